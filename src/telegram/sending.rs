//! Sending: in order within a chat, never twice, and shown once.

mod registry;

use crate::background::Core;
use crate::convert::{media, message, preview, text};
use crate::updates::Feed;
use crate::{Error, history};
use grammers_tl_types as tl;
use heliograph_model::{Delivery, Message, MessageId, PeerId, Place};
pub(crate) use registry::{Admission, Sending};

/// Where a message that the server had already is looked for.
const LOOK_BACK: u32 = 50;

/// A message that the server forgot the random number of would be written twice. Until so long ago, in seconds, it knows
/// it; how long it really does is not documented.
const SURELY_KNOWN: i64 = 240;

/// What was on its way for longer than this, in seconds, without a trace does not go out again by itself.
const ASKED_AFTER: i64 = 24 * 60 * 60;

/// A message that may be one of ours of unknown fate is not older than the try by more than this, nor younger by more
/// than that, in seconds: clocks differ, and tries last.
const BEFORE: i64 = 60;
const AFTER: i64 = 600;

/// A message on its way out.
pub(crate) struct Letter {
    pub random_id: i64,
    pub message: Message,
    /// The newest message of the chat that was there before it.
    pub after: i32,
    /// When it was given to the wire before, without an answer.
    pub tried: Option<i64>,
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub(crate) enum Delivered {
    /// The server has it.
    As(Box<Message>),
    /// The server had it; it is gone again, or looks different by now.
    Gone,
    /// It may have been sent, so long ago that the server would not know it again.
    Unknown,
}

/// Sends a message; one that was tried before is looked for first, where the server might not know it again.
pub(crate) async fn deliver(core: &Core, letter: &Letter) -> Result<Delivered, Error> {
    let Message { chat, id: pending, .. } = letter.message;
    let peer = core.input_peer(chat)?;
    if let Some(tried) = letter.tried {
        if let Some(message) = arrived(core, letter, tried).await? {
            return Ok(done(core, pending, message, None));
        }
        if core.pool().server_time().saturating_sub(tried) > ASKED_AFTER {
            return Ok(Delivered::Unknown);
        }
    }
    let words = &letter.message.text;
    let request = tl::functions::messages::SendMessage {
        no_webpage: false,
        silent: false,
        background: false,
        clear_draft: true,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer,
        reply_to: letter.message.answers().map(answering),
        message: words.text.clone(),
        random_id: letter.random_id,
        reply_markup: None,
        entities: text::to_send(words, |id| core.peers.input_user(id)),
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    };
    // Once the server has it, no error is a refusal of the message: what became of it is only not known yet.
    let found = match core.invoke_raw(&request).await {
        Ok(updates) => {
            let found = match find(&updates, letter.random_id, &letter.message, core.me()) {
                Found::Message(message) => Some(*message),
                Found::Number(id) => history::one(core, chat, id).await.ok().flatten(),
                Found::Nothing => None,
            };
            let message = match found {
                Some(message) => Some(message),
                None => look_back(core, letter).await.map_err(|_| Error::TimedOut)?,
            };
            message.map(|message| (message, Some(Box::new(updates))))
        }
        // An earlier try of ours did arrive; only its answer was lost.
        Err(error) if error.is("RANDOM_ID_DUPLICATE") => {
            let message = match core.sending.number(letter.random_id) {
                Some(id) => history::one(core, chat, id).await.map_err(|_| Error::TimedOut)?,
                None => None,
            };
            let message = match message {
                Some(message) => Some(message),
                None => look_back(core, letter).await.map_err(|_| Error::TimedOut)?,
            };
            message.map(|message| (message, None))
        }
        Err(error) => return Err(Error::from_call(error, "messages.sendMessage")),
    };
    Ok(match found {
        Some((message, updates)) => done(core, pending, message, updates),
        None => Delivered::Gone,
    })
}

/// Names the message that is answered.
pub(crate) fn answering(id: i32) -> tl::enums::InputReplyTo {
    tl::types::InputReplyToMessage {
        reply_to_msg_id: id,
        top_msg_id: None,
        reply_to_peer_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        monoforum_peer_id: None,
        todo_item_id: None,
        poll_option: None,
    }
    .into()
}

/// Whoever draws hears of it, and knows it again when the server tells of it.
fn done(core: &Core, pending: MessageId, message: Message, updates: Option<Box<tl::enums::Updates>>) -> Delivered {
    if let Some(id) = message.id.server() {
        core.sending.sent(message.chat, id);
    }
    core.feed(Feed::Own { updates, pending, message: Box::new(message.clone()) });
    Delivered::As(Box::new(message))
}

/// Looks for what came of an earlier try without trying again.
async fn arrived(core: &Core, letter: &Letter, tried: i64) -> Result<Option<Message>, Error> {
    let chat = letter.message.chat;
    if let Some(id) = core.sending.number(letter.random_id) {
        return history::one(core, chat, id).await;
    }
    if core.pool().server_time().saturating_sub(tried) < SURELY_KNOWN {
        // The server tells by the random number, and more surely than words do.
        return Ok(None);
    }
    let then = tried.saturating_sub(BEFORE)..=tried.saturating_add(AFTER);
    let is_it = |message: &Message| is_it(core, letter, message) && then.contains(&message.date);
    if let Some(message) = core.sending.claim(is_it) {
        return Ok(Some(message));
    }
    let place = if letter.after > 0 { Place::After(letter.after) } else { Place::Newest };
    let page = history::history(core, chat, place, LOOK_BACK).await?;
    Ok(page.messages.into_iter().find(is_it))
}

/// Whether this may be what came of the letter.
fn is_it(core: &Core, letter: &Letter, message: &Message) -> bool {
    message.outgoing
        && message.chat == letter.message.chat
        && message.text.text.trim() == letter.message.text.text.trim()
        && message.id.server().is_some_and(|id| id > letter.after && !core.sending.is_sent(message.chat, id))
}

/// What an answer says of the message that it answers.
#[derive(Debug, PartialEq)]
enum Found {
    Message(Box<Message>),
    Number(i32),
    Nothing,
}

fn find(updates: &tl::enums::Updates, random_id: i64, ours: &Message, me: Option<PeerId>) -> Found {
    use tl::enums::Updates as U;
    let Message { chat, text: words, .. } = ours;
    let chat = *chat;
    let list = match updates {
        U::Updates(u) => u.updates.as_slice(),
        U::Combined(u) => u.updates.as_slice(),
        U::UpdateShort(u) => std::slice::from_ref(&u.update),
        // The short answer leaves out what we know ourselves.
        U::UpdateShortSentMessage(u) => {
            return Found::Message(Box::new(Message {
                id: MessageId::Server(u.id),
                chat,
                sender: me.unwrap_or(chat),
                outgoing: true,
                date: u.date.into(),
                edited: None,
                text: match &u.entities {
                    Some(entities) => text::formatted(words.text.clone(), Some(entities)),
                    None => words.clone(),
                },
                media: u.media.as_ref().and_then(|carried| media::media(carried, u.date)),
                service: None,
                reply: ours.reply.clone(),
                preview: match &u.media {
                    Some(tl::enums::MessageMedia::WebPage(page)) => preview::preview(page, false),
                    _ => None,
                },
                lifetime: u.ttl_period.and_then(|seconds| u32::try_from(seconds).ok()),
                delivery: Delivery::Sent,
                ..Message::default()
            }));
        }
        U::TooLong | U::UpdateShortMessage(_) | U::UpdateShortChatMessage(_) => &[],
    };
    let number = list.iter().find_map(|update| match update {
        tl::enums::Update::MessageId(u) if u.random_id == random_id => Some(u.id),
        _ => None,
    });
    let mut messages = list.iter().filter_map(|update| match update {
        tl::enums::Update::NewMessage(u) => message::message(&u.message, me),
        tl::enums::Update::NewChannelMessage(u) => message::message(&u.message, me),
        _ => None,
    });
    let message = messages.find(|message| {
        message.chat == chat && number.map_or(message.outgoing, |number| message.id == MessageId::Server(number))
    });
    match (message, number) {
        (Some(message), _) => Found::Message(Box::new(message)),
        (None, Some(number)) => Found::Number(number),
        (None, None) => Found::Nothing,
    }
}

/// Finds a message of ours that the server has, by its words: the newest that no other send has claimed.
async fn look_back(core: &Core, letter: &Letter) -> Result<Option<Message>, Error> {
    let page = history::history(core, letter.message.chat, Place::Newest, LOOK_BACK).await?;
    Ok(page.messages.into_iter().rev().find(|message| is_it(core, letter, message)))
}

/// Tells the others that we are writing.
pub(crate) async fn typing(core: &Core, chat: PeerId) -> Result<(), Error> {
    let peer = core.input_peer(chat)?;
    let action = tl::enums::SendMessageAction::SendMessageTypingAction;
    core.invoke(&tl::functions::messages::SetTyping { peer, top_msg_id: None, action }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message::tests::plain;
    use heliograph_model::FormattedText;

    const ME: PeerId = PeerId::User(1);
    const CHAT: PeerId = PeerId::User(5);

    fn ours(words: &str) -> Message {
        Message { chat: CHAT, text: FormattedText::plain(words), ..Message::default() }
    }

    fn answer(updates: Vec<tl::enums::Update>) -> tl::enums::Updates {
        tl::types::Updates { updates, users: vec![], chats: vec![], date: 1, seq: 0 }.into()
    }

    fn new(id: i32, chat: PeerId, out: bool) -> tl::enums::Update {
        let message = tl::types::Message { out, ..plain(id, chat, "words") }.into();
        tl::types::UpdateNewMessage { message, pts: 2, pts_count: 1 }.into()
    }

    fn number(id: i32, random_id: i64) -> tl::enums::Update {
        tl::types::UpdateMessageId { id, random_id }.into()
    }

    fn found(updates: Vec<tl::enums::Update>) -> Found {
        find(&answer(updates), 77, &ours("words"), Some(ME))
    }

    #[test]
    fn the_random_id_tells_which_message_is_ours() {
        let updates = vec![number(8, 1), number(9, 77), new(8, CHAT, true), new(9, CHAT, true)];
        assert!(matches!(found(updates), Found::Message(m) if m.id == MessageId::Server(9)));
        assert_eq!(found(vec![number(9, 77)]), Found::Number(9));
        assert_eq!(found(vec![]), Found::Nothing);
        assert_eq!(found(vec![new(9, CHAT, false), new(9, PeerId::User(6), true)]), Found::Nothing);
        assert!(matches!(found(vec![new(4, CHAT, true)]), Found::Message(m) if m.id == MessageId::Server(4)));
    }

    #[test]
    fn the_short_answer_is_completed_from_what_we_sent() {
        let short = tl::types::UpdateShortSentMessage {
            out: true,
            id: 9,
            pts: 2,
            pts_count: 1,
            date: 50,
            media: None,
            entities: Some(vec![tl::types::MessageEntityUrl { offset: 0, length: 5 }.into()]),
            ttl_period: None,
        };
        let Found::Message(message) = find(&short.into(), 77, &ours("a.org"), Some(ME)) else { panic!("not found") };
        assert_eq!((message.id, message.chat, message.sender), (MessageId::Server(9), CHAT, ME));
        assert_eq!((message.text.text.as_str(), message.text.entities.len(), message.date), ("a.org", 1, 50));
    }
}
