//! What the screen asks of the account: each a task of its own, none waits for another.

use super::history::Asked;
use super::{CHATS, MESSAGES, Message, Said};
use crate::media::photos::{self, Face};
use crate::media::pictures::{self, Blur, Blurred, Shaper};
use crate::platform::opener;
use heliograph_model::{ChatCursor, MessageId, PeerId, Place, ReactionKind};
use heliograph_store::Task as Deed;
use heliograph_telegram::{Account, ScrollPlace};
use iced::Task;

/// So many messages of a page may be in view at once.
const SEEN_FIRST: usize = 16;

/// So many pinned messages of a chat are gone through.
const PINS: u32 = 100;
/// So many messages that call for us are gone through before it is asked again.
const CALLS: u32 = 100;

/// A page of the chat list.
pub fn chats(account: &Account, after: Option<ChatCursor>) -> Task<Message> {
    let account = account.clone();
    let first = after.is_none();
    Task::perform(async move { account.chats(after, CHATS).await }, move |page| Message::ChatsCame(first, page))
}

/// Who we are.
pub fn myself(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.myself().await }, Message::MyselfCame)
}

/// Downloads that were going on when the program ended.
pub fn transfers(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let transfers = account.transfers().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "downloads do not go on by themselves");
            Vec::new()
        });
        Message::TransfersCame(transfers)
    })
}

/// The person's folders.
pub fn folders(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.folders().await }, Message::FoldersCame)
}

/// Keeps which folder is shown.
pub fn keep_folder(account: &Account, id: i32) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        if let Err(error) = account.keep_folder(id).await {
            tracing::warn!(%error, "which folder is shown was not kept");
        }
        Message::Told
    })
}

/// Asks where chats stand that are in no list.
pub fn name(account: &Account, chats: Vec<PeerId>) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        account.name_chats(&chats);
        Message::Told
    })
}

/// Whose public name this is.
pub fn resolve(account: &Account, name: String) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let found = account.resolve_username(&name).await;
        Message::NameCame(name, found)
    })
}

/// A page of messages, with blurred pictures for its photos.
pub fn history(account: &Account, chat: PeerId, asked: Asked, shaper: Shaper) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let page = account.history(chat, asked.place, MESSAGES).await;
        let all = page.as_ref().map_or(&[][..], |page| &page.messages);
        let blurred = blurred(shaper.blurs(seen_first(all, asked.place))).await;
        Message::HistoryCame { chat, asked, page, blurred }
    })
}

/// What the first picture needs.
pub fn start(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.stored_start().await }, |start| Message::StartCame(start.map(Box::new)))
}

/// What is stored of a page of messages, with blurred pictures for its photos.
pub fn stored(account: &Account, chat: PeerId, asked: Asked, shaper: Shaper, live: bool) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let mut page = account.stored_history(chat, asked.place, MESSAGES as usize).await.unwrap_or_default();
        if page.messages.is_empty() && !live && matches!(asked.place, Place::Around(_)) {
            // Better the newest than nothing.
            page = account.stored_history(chat, Place::Newest, MESSAGES as usize).await.unwrap_or_default();
        }
        let blurred = blurred(shaper.blurs(seen_first(&page.messages, asked.place))).await;
        Message::StoredCame { chat, asked, page, blurred }
    })
}

/// Keeps where the reader is in a chat; `None`: at the end.
pub fn keep_place(account: &Account, chat: PeerId, place: Option<ScrollPlace>) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.keep_place(chat, place).await }, |_| Message::Told)
}

/// Keeps which chat is open.
pub fn keep_open(account: &Account, chat: Option<PeerId>) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.keep_open(chat).await }, |_| Message::Told)
}

/// Those of a page that are seen first; what is further away is made when it comes near.
fn seen_first(all: &[Said], place: Place) -> impl Iterator<Item = &Said> {
    let first = match place {
        Place::Newest | Place::Before(_) => all.len().saturating_sub(SEEN_FIRST),
        Place::After(_) => 0,
        Place::Around(_) | Place::Date(_) => (all.len() / 2).saturating_sub(SEEN_FIRST / 2),
    };
    all.iter().skip(first).take(SEEN_FIRST)
}

/// What is kept at the top of a chat.
pub fn pinned(account: &Account, chat: PeerId, at_once: bool) -> Task<Message> {
    let stored = account.clone();
    let here = Task::future(async move { stored.stored_pinned(chat).await.ok().flatten() })
        .then(move |pins| pins.map_or_else(Task::none, |pins| Task::done(Message::PinsCame(chat, Ok(pins)))));
    let account = account.clone();
    let there =
        Task::perform(async move { account.pinned(chat, PINS).await }, move |pins| Message::PinsCame(chat, pins));
    if at_once { here.chain(there) } else { there }
}

/// What names us in a chat.
pub fn mentions(account: &Account, chat: PeerId) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.mentions(chat, CALLS).await }, move |calls| Message::MentionsCame(chat, calls))
}

/// What was reacted to in a chat.
pub fn reactions(account: &Account, chat: PeerId) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.reactions(chat, CALLS).await }, move |calls| Message::ReactionsCame(chat, calls))
}

/// Tells what called for us and was seen.
pub fn read_contents(account: &Account, chat: PeerId, ids: Vec<i32>) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.read_contents(chat, &ids).await }, |_| Message::Told)
}

/// Counts posts that were seen.
pub fn count_views(account: &Account, chat: PeerId, ids: Vec<i32>) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.count_views(chat, &ids).await }, move |counts| {
        Message::ViewsCounted(chat, counts.unwrap_or_default())
    })
}

/// Asks how others have reacted to these.
pub fn refresh_reactions(account: &Account, chat: PeerId, ids: Vec<i32>) -> Task<Message> {
    let account = account.clone();
    // Whoever looks again asks again.
    Task::future(async move { account.refresh_reactions(chat, &ids).await }).discard()
}

/// Removes messages.
pub fn delete(account: &Account, chat: PeerId, ids: Vec<i32>, for_everyone: bool) -> Task<Message> {
    account.queue(chat, Deed::Delete { messages: ids.clone(), for_everyone });
    Task::done(Message::Deleted(chat, ids))
}

/// The address of a message.
pub fn message_link(account: &Account, chat: PeerId, id: i32) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.message_link(chat, id).await }, Message::MessageLinkCame)
}

/// Makes tiny pictures large.
pub fn blur(blurs: Vec<Blur>) -> Task<Message> {
    if blurs.is_empty() {
        return Task::none();
    }
    Task::perform(blurred(blurs), Message::BlurredCame)
}

async fn blurred(blurs: Vec<Blur>) -> Vec<Blurred> {
    if blurs.is_empty() {
        return Vec::new();
    }
    tokio::task::spawn_blocking(move || pictures::blurred(blurs)).await.unwrap_or_default()
}

/// A profile photo.
pub fn face(account: &Account, request: photos::Request) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let photos::Request { key, photo } = request;
        let face = match account.profile_photo(key.0, &photo).await {
            Ok(bytes) => tokio::task::spawn_blocking(move || Face::decode(&bytes).ok()).await.ok().flatten(),
            Err(_) => None,
        };
        Message::FaceCame(key, face)
    })
}

/// A picture of a message.
pub fn picture(account: &Account, request: pictures::Request) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        let pictures::Request { chat, message, key, file, shape } = request;
        let picture = match account.picture((chat, message), &file).await {
            Ok(bytes) => tokio::task::spawn_blocking(move || pictures::decode(&bytes, shape).ok()).await.ok().flatten(),
            Err(_) => None,
        };
        Message::PictureCame(key, picture)
    })
}

/// What was begun and not sent.
pub fn drafts(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.drafts().await.unwrap_or_default() }, Message::DraftsCame)
}

/// What of ours waits since the program ran last.
pub fn outgoing(account: &Account) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.outgoing().await }, Message::OutgoingCame)
}

/// What did not go out is not wanted any more.
pub fn forget(account: &Account, pending: MessageId) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.take_back(pending).await }, |_| Message::Told)
}

/// Tells what was read.
pub fn mark_read(account: &Account, chat: PeerId, up_to: i32) -> Task<Message> {
    account.queue(chat, Deed::Read(up_to));
    Task::done(Message::Marked(chat, Ok(())))
}

/// Tells that we are writing.
pub fn typing(account: &Account, chat: PeerId) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.typing(chat).await }, |_| Message::Told)
}

/// Opens an address of the web with the desktop's own means.
pub fn open_link(url: String) -> Task<Message> {
    Task::future(async move {
        let opened = opener::open(&url).await;
        Message::LinkOpened(url, opened)
    })
}

/// Tells our reactions to a message from now on.
pub fn react(account: &Account, chat: PeerId, message: i32, ours: Vec<ReactionKind>) -> Task<Message> {
    account.queue(chat, Deed::React { message, reactions: ours });
    Task::none()
}

/// Tells a bot that a button of its was pressed.
pub fn press(
    account: &Account,
    chat: PeerId,
    message: i32,
    place: (usize, usize),
    data: Option<std::sync::Arc<[u8]>>,
) -> Task<Message> {
    let account = account.clone();
    Task::perform(async move { account.press(chat, message, data).await }, move |answer| {
        Message::ButtonAnswered(chat, message, place, answer)
    })
}

/// Messages that are answered and are not here.
pub fn answered(account: &Account, chat: PeerId, numbers: Vec<i32>) -> Task<Message> {
    let account = account.clone();
    Task::future(async move {
        // What is stored is as good, and is there without a connection.
        let found = match account.stored_messages(chat, numbers.clone()).await {
            Ok(found) if found.messages.len() == numbers.len() => Ok(found),
            _ => account.messages(chat, &numbers).await,
        };
        Message::AnsweredCame(chat, numbers, found)
    })
}
