//! Messages of a chat, and how far they were read.

use crate::Error;
use crate::background::Core;
use crate::convert::message;
use crate::stored;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{Change, HistoryPage, Message, MessageId, Messages, PeerId, Place};
use heliograph_store::Mark;

/// The server gives no more at once.
const MOST: u32 = 100;

/// Of a page. Where nothing at all can be read, it is not for one message that nobody knows.
const MOST_LEFT_OUT: u32 = 8;

/// An answer that holds messages.
pub(crate) struct Answer {
    pub messages: Vec<tl::enums::Message>,
    pub users: Vec<tl::enums::User>,
    pub chats: Vec<tl::enums::Chat>,
    /// The server says that there are no others.
    pub all: bool,
    /// How far the channel is that they stand in.
    pub pts: Option<i32>,
}

impl Answer {
    /// Takes the answer apart.
    pub fn from(answer: tl::enums::messages::Messages) -> Self {
        use tl::enums::messages::Messages as M;
        match answer {
            M::Messages(m) => Self { messages: m.messages, users: m.users, chats: m.chats, all: true, pts: None },
            M::Slice(m) => Self { messages: m.messages, users: m.users, chats: m.chats, all: false, pts: None },
            M::ChannelMessages(m) => {
                Self { messages: m.messages, users: m.users, chats: m.chats, all: false, pts: Some(m.pts) }
            }
            // Only for those who ask with the hash of what they have.
            M::NotModified(_) => Self { messages: vec![], users: vec![], chats: vec![], all: false, pts: None },
        }
    }
}

/// A piece of a chat's history (core.telegram.org/api/offsets).
pub(crate) async fn history(core: &Core, chat: PeerId, place: Place, limit: u32) -> Result<HistoryPage, Error> {
    let limit = limit.clamp(1, MOST);
    let whole = i32::try_from(limit).unwrap_or(100);
    let (offset_id, offset_date, add_offset) = match place {
        Place::Newest => (0, 0, 0),
        // Nothing can be older; to the server 0 would mean "from the newest".
        Place::Before(..=1) => return Ok(HistoryPage { complete: true, ..HistoryPage::default() }),
        Place::Before(id) => (id, 0, 0),
        Place::After(id) => (id.saturating_add(1).max(1), 0, -whole),
        Place::Around(id) => (id.saturating_add(1).max(1), 0, -whole / 2),
        Place::Date(date) => (0, i32::try_from(date).unwrap_or(i32::MAX), -whole / 2),
    };
    let request = tl::functions::messages::GetHistory {
        peer: core.input_peer(chat)?,
        offset_id,
        offset_date,
        add_offset,
        limit: whole,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    let asked = core.store.mark();
    let answer = readable(core, request).await?;
    if let PeerId::Channel(id) = chat {
        core.feed(Feed::Opened { channel: id, pts: answer.pts });
    }
    let peers = core.learn(&answer.users, &answer.chats);
    let page = page(answer, peers, chat, core.me(), place, limit);
    stored::keep_page(core, chat, place, &page, asked);
    Ok(page)
}

/// What the server has there. Where something in it cannot be read, half as much is asked for at once, until that is
/// alone: it is left out, as one of the messages that are gone, and hides no other.
async fn readable(core: &Core, request: tl::functions::messages::GetHistory) -> Result<Answer, Error> {
    let mut whole = Answer { messages: vec![], users: vec![], chats: vec![], all: false, pts: None };
    let (mut left_out, mut split) = (0, false);
    // The newest last.
    let mut pieces = vec![request];
    while let Some(piece) = pieces.pop() {
        match core.invoke(&piece).await {
            Ok(answer) => {
                let answer = Answer::from(answer);
                whole.messages.extend(answer.messages);
                whole.users.extend(answer.users);
                whole.chats.extend(answer.chats);
                whole.all = answer.all && !split;
                whole.pts = answer.pts;
            }
            Err(Error::Protocol(_)) if piece.limit > 1 => {
                split = true;
                let newer = piece.limit / 2;
                let (add_offset, limit) = (piece.add_offset.saturating_add(newer), piece.limit - newer);
                pieces.push(tl::functions::messages::GetHistory { add_offset, limit, ..piece.clone() });
                pieces.push(tl::functions::messages::GetHistory { limit: newer, ..piece });
            }
            Err(Error::Protocol(_)) if left_out < MOST_LEFT_OUT => {
                left_out += 1;
                let newer = whole.messages.last().map_or(i32::MAX, tl::enums::Message::id);
                whole.messages.push(tl::types::MessageEmpty { id: newer.saturating_sub(1), peer_id: None }.into());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(whole)
}

fn page(
    answer: Answer,
    peers: Vec<heliograph_model::Peer>,
    chat: PeerId,
    me: Option<PeerId>,
    place: Place,
    limit: u32,
) -> HistoryPage {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    // Gone messages count, too: they took places of the page.
    let newer_than = |id: i32| answer.messages.iter().filter(|message| message.id() > id).count();
    let (complete, newest) = match place {
        Place::Newest => (answer.messages.len() < limit, true),
        Place::Before(_) => (answer.messages.len() < limit, false),
        Place::After(id) => (false, newer_than(id) < limit),
        Place::Around(id) => {
            let newer = newer_than(id);
            (answer.messages.len() - newer < limit - limit / 2, newer < limit / 2)
        }
        Place::Date(_) => (false, false),
    };
    let (complete, newest) = (complete || answer.all, newest || answer.all);
    let mut messages: Vec<Message> =
        answer.messages.iter().filter_map(|m| message::message(m, me)).filter(|message| message.chat == chat).collect();
    messages.sort_by_key(|message| message.id);
    messages.dedup_by_key(|message| message.id);
    if let Place::After(id) = place {
        // Where fewer are newer, the server fills the page with older ones.
        messages.retain(|message| message.id > MessageId::Server(id));
    }
    HistoryPage { messages, peers, complete, newest }
}

/// Tells the server how far we have read.
pub(crate) async fn mark_read(core: &Core, chat: PeerId, up_to: i32) -> Result<(), Error> {
    if let PeerId::Channel(id) = chat {
        let channel = core.peers.input_channel(id).ok_or(Error::UnknownPeer)?;
        core.invoke(&tl::functions::channels::ReadHistory { channel, max_id: up_to }).await?;
    } else {
        let peer = core.input_peer(chat)?;
        let tl::enums::messages::AffectedMessages::Messages(affected) =
            core.invoke(&tl::functions::messages::ReadHistory { peer, max_id: up_to }).await?;
        core.feed(Feed::Affected(affected));
    }
    stored::keep_changes(core, vec![Change::ReadInbox { chat, up_to, unread: None }]);
    Ok(())
}

/// Messages by their numbers, in the order of their numbers; those that are gone are left out.
pub(crate) async fn messages(core: &Core, chat: PeerId, ids: &[i32]) -> Result<Messages, Error> {
    let mut all = Messages::default();
    for ids in ids.chunks(MOST as usize) {
        let some = some(core, chat, ids).await?;
        all.messages.extend(some.messages);
        all.peers.extend(some.peers);
    }
    all.messages.sort_by_key(|message| message.id);
    all.messages.dedup_by_key(|message| message.id);
    Ok(all)
}

async fn some(core: &Core, chat: PeerId, ids: &[i32]) -> Result<Messages, Error> {
    let asked = core.store.mark();
    let wanted = ids.iter().map(|id| tl::types::InputMessageId { id: *id }.into()).collect();
    let answer = if let PeerId::Channel(channel) = chat {
        let channel = core.peers.input_channel(channel).ok_or(Error::UnknownPeer)?;
        core.invoke(&tl::functions::channels::GetMessages { channel, id: wanted }).await?
    } else {
        core.invoke(&tl::functions::messages::GetMessages { id: wanted }).await?
    };
    let mut found = of_chat(core, answer, chat, asked);
    found.messages.retain(|message| message.id.server().is_some_and(|id| ids.contains(&id)));
    Ok(found)
}

/// The messages of an answer, asked for at this moment, that stand in this chat.
pub(crate) fn of_chat(core: &Core, answer: tl::enums::messages::Messages, chat: PeerId, asked: Mark) -> Messages {
    let answer = Answer::from(answer);
    let peers = core.learn(&answer.users, &answer.chats);
    let messages = answer.messages.iter().filter_map(|m| message::message(m, core.me()));
    let found = Messages { messages: messages.filter(|message| message.chat == chat).collect(), peers };
    stored::keep_messages(core, &found, asked);
    found
}

/// One message as the server has it now.
pub(crate) async fn one(core: &Core, chat: PeerId, id: i32) -> Result<Option<Message>, Error> {
    Ok(messages(core, chat, &[id]).await?.messages.pop())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message::tests::plain;

    const CHAT: PeerId = PeerId::User(5);

    fn answer(ids: &[i32], all: bool) -> Answer {
        let messages = ids.iter().map(|id| plain(*id, CHAT, "words").into()).collect();
        Answer { messages, users: vec![], chats: vec![], all, pts: None }
    }

    #[test]
    fn pages_are_oldest_first_and_name_nothing_twice() {
        let mut answer = answer(&[9, 8, 8, 3], false);
        answer.messages.push(plain(7, PeerId::User(6), "of another chat").into());
        let page = page(answer, vec![], CHAT, None, Place::Newest, 5);
        let ids: Vec<_> = page.messages.iter().map(|message| message.id).collect();
        assert_eq!(ids, [3, 8, 9].map(MessageId::Server));
        assert!(!page.complete);
    }

    #[test]
    fn the_beginning_is_reached_when_the_server_says_so_or_has_no_more() {
        let complete = |ids: &[i32], all| page(answer(ids, all), vec![], CHAT, None, Place::Newest, 3).complete;
        assert!(complete(&[3, 2, 1], true));
        assert!(complete(&[2, 1], false));
        assert!(!complete(&[3, 2, 1], false));
        // A gone message takes a place.
        let mut with_gone = answer(&[9, 8], false);
        with_gone.messages.push(tl::types::MessageEmpty { id: 7, peer_id: None }.into());
        assert!(!page(with_gone, vec![], CHAT, None, Place::Newest, 3).complete);
    }
}
