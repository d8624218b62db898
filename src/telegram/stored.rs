//! What the server told goes to the store, and what stands there is given to those who cannot wait for the server.
//!
//! Nobody waits until it is written: whoever asked has the answer already, and what is not written is asked for again.

use crate::Error;
use crate::background::Core;
use heliograph_model::{Change, Chat, ChatPage, HistoryPage, Message, Messages, PeerId, Place};
use heliograph_store::{Batch, Expired, Found, ListedChats, Mark, ScrollPlace, Search, Start, Store, StoredPage};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// The clock is looked at so often, in seconds, where no message asks for it earlier.
const LONGEST: u64 = 60;

/// Keeps a piece of a chat's history.
pub(crate) fn keep_page(core: &Core, chat: PeerId, place: Place, page: &HistoryPage, asked: Mark) {
    let page = page.clone();
    keep(core, move |store| async move { store.save_page(chat, place, page, asked).await });
}

/// Keeps single messages.
pub(crate) fn keep_messages(core: &Core, messages: &Messages, asked: Mark) {
    if messages.messages.is_empty() && messages.peers.is_empty() {
        return;
    }
    let Messages { messages, peers } = messages.clone();
    keep(core, move |store| async move { store.save_messages(messages, peers, asked).await });
}

/// Keeps a piece of the chat list.
pub(crate) fn keep_chats(core: &Core, first: bool, page: &ChatPage, asked: Mark) {
    let (chats, peers, last) = (page.chats.clone(), page.peers.clone(), page.next.is_none());
    let listed = ListedChats { chats, peers, first, last, ..ListedChats::default() };
    keep(core, move |store| async move { store.save_chats(listed, asked).await });
}

/// Keeps single rows of it, some of them in the archive.
pub(crate) fn keep_rows(core: &Core, page: &ChatPage, archived: &[PeerId], asked: Mark) {
    let (chats, peers, archived) = (page.chats.clone(), page.peers.clone(), archived.to_vec());
    let listed = ListedChats { chats, peers, archived, single: true, ..ListedChats::default() };
    keep(core, move |store| async move { store.save_chats(listed, asked).await });
}

/// Keeps what we did ourselves, where the server sends no news of it.
pub(crate) fn keep_changes(core: &Core, changes: Vec<Change>) {
    keep(core, move |store| async move { store.apply(Batch { changes, ..Batch::default() }).await });
}

fn keep<F>(core: &Core, save: impl FnOnce(Store) -> F)
where
    F: Future<Output = Result<(), heliograph_store::Error>> + Send + 'static,
{
    let saving = save(core.store.clone());
    tokio::spawn(async move {
        match saving.await {
            // The account was closed meanwhile.
            Ok(()) | Err(heliograph_store::Error::Closed) => {}
            Err(error) => tracing::warn!(%error, "an answer was not stored"),
        }
    });
}

/// What can be shown before there is a connection; without what has no time left.
pub(crate) async fn start(core: &Core) -> Result<Start, Error> {
    core.store.expire(core.pool().server_time()).await?;
    Ok(core.store.start().await?)
}

/// The beginning of the chat list as it was last seen.
pub(crate) async fn chats(core: &Core, limit: usize) -> Result<ChatPage, Error> {
    let stored = core.store.chats(limit).await?;
    Ok(ChatPage { chats: stored.chats, peers: stored.peers, next: None })
}

/// One chat as it was last seen.
pub(crate) async fn chat(core: &Core, id: PeerId) -> Result<Option<Chat>, Error> {
    Ok(core.store.chat(id).await?)
}

/// A piece of a chat's history as far as it is here without a hole.
pub(crate) async fn history(core: &Core, chat: PeerId, place: Place, limit: usize) -> Result<StoredPage, Error> {
    Ok(core.store.page(chat, place, limit).await?)
}

/// Messages by their numbers, and whom they name.
pub(crate) async fn messages(core: &Core, chat: PeerId, ids: Vec<i32>) -> Result<Messages, Error> {
    let (messages, peers) = core.store.named_messages(chat, ids).await?;
    Ok(Messages { messages, peers })
}

/// What is kept at the top of a chat, as the server told it last.
pub(crate) async fn pinned(core: &Core, chat: PeerId) -> Result<Option<Messages>, Error> {
    let stored = core.store.pinned(chat).await?;
    Ok(stored.map(|(messages, peers)| Messages { messages, peers }))
}

/// Keeps what is kept at the top of a chat.
pub(crate) fn keep_pinned(core: &Core, chat: PeerId, pinned: &[Message], asked: Mark) {
    let numbers: Vec<i32> = pinned.iter().filter_map(|message| message.id.server()).collect();
    keep(core, move |store| async move { store.save_pinned(chat, numbers, asked).await });
}

/// Looks through everything that was ever seen here.
pub(crate) async fn search(core: &Core, wanted: Search) -> Result<Found, Error> {
    Ok(core.store.search(wanted).await?)
}

/// Where the reader is in a chat; `None`: at the end.
pub(crate) async fn set_place(core: &Core, chat: PeerId, place: Option<ScrollPlace>) -> Result<(), Error> {
    Ok(core.store.set_place(chat, place).await?)
}

/// Which chat is open.
pub(crate) async fn set_open(core: &Core, chat: Option<PeerId>) -> Result<(), Error> {
    Ok(core.store.set_open(chat).await?)
}

/// Looks at the clock: messages whose time is up go, whether there is a connection or not; while there is one, it is
/// noted that all is up to date.
pub(crate) async fn watch_clock(core: Arc<Core>) {
    loop {
        let now = core.pool().server_time();
        if core.is_online() {
            note_current(&core).await;
        }
        let wait = match core.store.expire(now).await {
            Ok(Expired { gone, next }) => {
                core.tell_changes(deleted(gone));
                next.map_or(LONGEST, |next| u64::try_from(next - now).unwrap_or(0).clamp(1, LONGEST))
            }
            Err(heliograph_store::Error::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "messages whose time is up are still stored");
                LONGEST
            }
        };
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
}

/// Everything is up to date now.
pub(crate) async fn note_current(core: &Core) {
    match core.store.set_current(core.pool().server_time()).await {
        Ok(()) | Err(heliograph_store::Error::Closed) => {}
        Err(error) => tracing::warn!(%error, "the time was not stored"),
    }
}

/// The same as the server would tell it: by channel, and all others together.
fn deleted(gone: Vec<(PeerId, i32)>) -> Vec<Change> {
    let mut by_chat: BTreeMap<Option<PeerId>, Vec<i32>> = BTreeMap::new();
    for (chat, id) in gone {
        let chat = Some(chat).filter(|chat| matches!(chat, PeerId::Channel(_)));
        by_chat.entry(chat).or_default().push(id);
    }
    by_chat.into_iter().map(|(chat, messages)| Change::Deleted { chat, messages }).collect()
}
