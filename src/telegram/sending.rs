//! Sending: in order within a chat, never twice, and shown once.

mod outbox;

use crate::background::Core;
use crate::convert::{media, message, preview, text};
use crate::updates::Feed;
use crate::{Error, history};
use grammers_tl_types as tl;
use heliograph_model::{Delivery, FormattedText, Message, MessageId, PeerId, Place};
use outbox::Turn;
pub(crate) use outbox::{Admission, Sending};

/// Where a message that the server had already is looked for.
const LOOK_BACK: u32 = 50;

/// Sends words.
pub(crate) async fn send(
    core: &Core,
    chat: PeerId,
    pending: MessageId,
    words: FormattedText,
) -> Result<Message, Error> {
    let peer = core.input_peer(chat)?;
    let words = words.trimmed();
    if words.is_empty() {
        return Err(Error::Rpc { method: "messages.sendMessage", code: 400, name: "MESSAGE_EMPTY".into() });
    }
    let turn = core.sending.turn(chat, pending).await.ok_or(Error::Cancelled)?;
    let _release = Release { core, turn: Some(turn) };
    send_now(core, chat, peer, pending, words).await
}

/// Ends the turn, however the send ends, and shows what was held back for its sake: what the server told of this chat
/// meanwhile may have been this message.
struct Release<'a> {
    core: &'a Core,
    turn: Option<Turn>,
}

impl Drop for Release<'_> {
    fn drop(&mut self) {
        let held = self.turn.take().map(Turn::end).unwrap_or_default();
        if !held.is_empty() {
            self.core.feed(Feed::Release(held));
        }
    }
}

async fn send_now(
    core: &Core,
    chat: PeerId,
    peer: tl::enums::InputPeer,
    pending: MessageId,
    words: FormattedText,
) -> Result<Message, Error> {
    let random_id = core.sending.random_id(chat, pending)?;
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
        reply_to: None,
        message: words.text.clone(),
        random_id,
        reply_markup: None,
        entities: text::to_send(&words, |id| core.peers.input_user(id)),
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    };
    let (message, updates) = match core.invoke_raw(&request).await {
        Ok(updates) => {
            let found = match find(&updates, random_id, chat, core.me(), &words) {
                Found::Message(message) => Some(*message),
                Found::Number(id) => history::one(core, chat, id).await.ok().flatten(),
                Found::Nothing => None,
            };
            let message = match found {
                Some(message) => message,
                None => look_back(core, chat, &words).await?,
            };
            (message, Some(Box::new(updates)))
        }
        // An earlier try of ours did arrive; only its answer was lost.
        Err(error) if error.is("RANDOM_ID_DUPLICATE") => (look_back(core, chat, &words).await?, None),
        Err(error) => return Err(Error::from_call(error, "messages.sendMessage")),
    };
    if let Some(id) = message.id.server() {
        core.sending.sent(chat, pending, id);
    }
    core.feed(Feed::Own { updates, pending, message: Box::new(message.clone()) });
    Ok(message)
}

/// What an answer says of the message that it answers.
#[derive(Debug, PartialEq)]
enum Found {
    Message(Box<Message>),
    Number(i32),
    Nothing,
}

fn find(
    updates: &tl::enums::Updates,
    random_id: i64,
    chat: PeerId,
    me: Option<PeerId>,
    words: &FormattedText,
) -> Found {
    use tl::enums::Updates as U;
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
async fn look_back(core: &Core, chat: PeerId, words: &FormattedText) -> Result<Message, Error> {
    let page = history::history(core, chat, Place::Newest, LOOK_BACK).await?;
    let mut ours = page.messages.into_iter().rev().filter(|message| {
        message.outgoing
            && message.text.text.trim() == words.text.trim()
            && message.id.server().is_some_and(|id| !core.sending.is_sent(chat, id))
    });
    ours.next().ok_or_else(|| Error::Protocol("a sent message is not where it should be".into()))
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

    const ME: PeerId = PeerId::User(1);
    const CHAT: PeerId = PeerId::User(5);

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
        find(&answer(updates), 77, CHAT, Some(ME), &FormattedText::plain("words"))
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
        let Found::Message(message) = find(&short.into(), 77, CHAT, Some(ME), &FormattedText::plain("a.org")) else {
            panic!("not found")
        };
        assert_eq!((message.id, message.chat, message.sender), (MessageId::Server(9), CHAT, ME));
        assert_eq!((message.text.text.as_str(), message.text.entities.len(), message.date), ("a.org", 1, 50));
    }
}
