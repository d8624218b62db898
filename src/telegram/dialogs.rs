//! The chat list (core.telegram.org/method/messages.getDialogs).

use crate::Error;
use crate::background::Core;
use crate::convert::update::ARCHIVE;
use crate::convert::{message, peer};
use crate::stored;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{Chat, ChatCursor, ChatPage, Message, PeerId};
use std::collections::{HashMap, HashSet};
use std::time::{SystemTime, UNIX_EPOCH};

/// The server gives no more at once.
pub(crate) const MOST: u32 = 100;

/// All pinned chats come on the first page, so it must have room for them.
const LEAST_FIRST: u32 = 20;

/// A page of the chat list.
pub(crate) async fn chats(core: &Core, after: Option<ChatCursor>, limit: u32) -> Result<ChatPage, Error> {
    let offset_peer = match after {
        // A cursor outlives the key of its peer only if everything else does; the server then goes by date.
        Some(cursor) => core.input_peer(cursor.peer).unwrap_or(tl::enums::InputPeer::Empty),
        None => tl::enums::InputPeer::Empty,
    };
    let least = if after.is_none() { LEAST_FIRST } else { 1 };
    let request = tl::functions::messages::GetDialogs {
        exclude_pinned: after.is_some(),
        folder_id: Some(0),
        offset_date: after.map_or(0, |cursor| i32::try_from(cursor.date).unwrap_or(i32::MAX)),
        offset_id: after.map_or(0, |cursor| cursor.message),
        offset_peer,
        limit: i32::try_from(limit.clamp(least, MOST)).unwrap_or(100),
        hash: 0,
    };
    let asked = core.store.mark();
    let (dialogs, messages, users, chats, all) = match core.invoke(&request).await? {
        tl::enums::messages::Dialogs::Dialogs(d) => (d.dialogs, d.messages, d.users, d.chats, true),
        tl::enums::messages::Dialogs::Slice(d) => (d.dialogs, d.messages, d.users, d.chats, false),
        // Only for those who ask with the hash of what they have.
        tl::enums::messages::Dialogs::NotModified(_) => {
            return Err(Error::Protocol("the chat list has not changed".into()));
        }
    };
    let peers = core.learn(&users, &chats);
    core.feed(Feed::ChannelStates(dialogs.iter().filter_map(channel_state).collect()));
    let mut page = page(&dialogs, &messages, &told(&users, &chats), core.me(), after);
    page.peers = peers;
    if all {
        page.next = None;
    }
    stored::keep_chats(core, after.is_none(), &page, asked);
    Ok(page)
}

/// Single rows of the list, as they are now. They are kept; where they stand in the list is not told.
pub(crate) async fn rows(core: &Core, chats: &[PeerId]) -> Result<Vec<Chat>, Error> {
    let peers = chats.iter().flat_map(|chat| core.input_peer(*chat)).collect();
    Ok(by_name(core, peers).await?.page.chats)
}

/// Rows that were asked for by name.
#[derive(Default)]
pub(crate) struct Named {
    pub page: ChatPage,
    /// Those of them that are in the archive.
    pub archived: Vec<PeerId>,
}

/// The rows of these chats, no more than the server gives at once.
pub(crate) async fn by_name(core: &Core, peers: Vec<tl::enums::InputPeer>) -> Result<Named, Error> {
    let peers = peers.into_iter().map(|peer| tl::types::InputDialogPeer { peer }.into()).collect();
    let request = tl::functions::messages::GetPeerDialogs { peers };
    if request.peers.is_empty() {
        return Ok(Named::default());
    }
    let asked = core.store.mark();
    let tl::enums::messages::PeerDialogs::Dialogs(told_of) = core.invoke(&request).await?;
    let mut page = page(&told_of.dialogs, &told_of.messages, &told(&told_of.users, &told_of.chats), core.me(), None);
    page.peers = core.learn(&told_of.users, &told_of.chats);
    core.feed(Feed::ChannelStates(told_of.dialogs.iter().filter_map(channel_state).collect()));
    let archived = told_of.dialogs.iter().filter_map(|dialog| match dialog {
        tl::enums::Dialog::Dialog(dialog) if dialog.folder_id == Some(ARCHIVE) => Some(peer::id(&dialog.peer)),
        _ => None,
    });
    let named = Named { archived: archived.collect(), page };
    stored::keep_rows(core, &named.page, &named.archived, asked);
    Ok(named)
}

/// The chats of an answer. Those whose peer the answer does not tell of are left out, and where nothing is left that
/// the next page could begin after, the list ends.
fn page(
    dialogs: &[tl::enums::Dialog],
    messages: &[tl::enums::Message],
    told: &HashSet<PeerId>,
    me: Option<PeerId>,
    after: Option<ChatCursor>,
) -> ChatPage {
    let tops: HashMap<(PeerId, i32), Message> = messages
        .iter()
        .filter_map(|m| message::message(m, me))
        .filter_map(|m| Some(((m.chat, m.id.server()?), m)))
        .collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let mut page = ChatPage::default();
    for dialog in dialogs {
        let tl::enums::Dialog::Dialog(dialog) = dialog else { continue };
        let id = peer::id(&dialog.peer);
        let last = tops.get(&(id, dialog.top_message)).cloned();
        if let Some(last) = &last {
            page.next = Some(ChatCursor { date: last.date, message: dialog.top_message, peer: id });
        }
        if told.contains(&id) && !page.chats.iter().any(|chat| chat.id == id) {
            page.chats.push(chat(dialog, id, last, now));
        }
    }
    if page.next == after {
        page.next = None;
    }
    page
}

fn chat(dialog: &tl::types::Dialog, id: PeerId, last: Option<Message>, now: u64) -> Chat {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    let tl::enums::PeerNotifySettings::Settings(notify) = &dialog.notify_settings;
    Chat {
        id,
        last,
        // Marked as unread by hand counts as one.
        unread: count(dialog.unread_count).max(u32::from(dialog.unread_mark)),
        mentions: count(dialog.unread_mentions_count),
        reactions: count(dialog.unread_reactions_count),
        read_inbox: dialog.read_inbox_max_id,
        read_outbox: dialog.read_outbox_max_id,
        pinned: dialog.pinned,
        muted: notify.mute_until.and_then(|until| u64::try_from(until).ok()).is_some_and(|until| until > now),
    }
}

fn channel_state(dialog: &tl::enums::Dialog) -> Option<(i64, i32)> {
    match dialog {
        tl::enums::Dialog::Dialog(dialog) => match (peer::id(&dialog.peer), dialog.pts) {
            (PeerId::Channel(id), Some(pts)) if pts > 0 => Some((id, pts)),
            _ => None,
        },
        _ => None,
    }
}

fn told(users: &[tl::enums::User], chats: &[tl::enums::Chat]) -> HashSet<PeerId> {
    let told = users.iter().filter_map(peer::user).chain(chats.iter().filter_map(peer::chat));
    told.map(|told| told.peer.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message::tests::{plain, to_peer};

    fn dialog(peer: PeerId, top_message: i32) -> tl::types::Dialog {
        tl::types::Dialog {
            pinned: false,
            unread_mark: false,
            view_forum_as_messages: false,
            peer: to_peer(peer),
            top_message,
            read_inbox_max_id: 3,
            read_outbox_max_id: 4,
            unread_count: 2,
            unread_mentions_count: 1,
            unread_reactions_count: 0,
            unread_poll_votes_count: 0,
            notify_settings: tl::types::PeerNotifySettings {
                show_previews: None,
                silent: None,
                mute_until: Some(i32::MAX),
                ios_sound: None,
                android_sound: None,
                other_sound: None,
                stories_muted: None,
                stories_hide_sender: None,
                stories_ios_sound: None,
                stories_android_sound: None,
                stories_other_sound: None,
            }
            .into(),
            pts: None,
            draft: None,
            folder_id: None,
            ttl_period: None,
        }
    }

    const A: PeerId = PeerId::User(5);
    const B: PeerId = PeerId::Channel(5);

    #[test]
    fn a_row_has_its_own_message_and_the_next_page_begins_after_the_last() {
        let dialogs = [dialog(A, 7).into(), dialog(B, 7).into()];
        // The same number in two chats: numbers of channels are their own.
        let messages = [plain(7, A, "from a person").into(), plain(7, B, "from a channel").into()];
        let page = page(&dialogs, &messages, &HashSet::from([A, B]), None, None);
        let words: Vec<_> = page.chats.iter().map(|c| c.last.as_ref().unwrap().text.text.as_str()).collect();
        assert_eq!(words, ["from a person", "from a channel"]);
        let chat = &page.chats[0];
        assert_eq!((chat.unread, chat.mentions, chat.read_inbox, chat.read_outbox, chat.muted), (2, 1, 3, 4, true));
        assert_eq!(page.next, Some(ChatCursor { date: 1_700_000_000, message: 7, peer: B }));
    }

    #[test]
    fn what_the_answer_does_not_tell_of_is_left_out() {
        let community = tl::types::DialogCommunity {
            pinned: false,
            community_id: 1,
            notify_settings: dialog(A, 1).notify_settings,
        };
        let dialogs = [dialog(A, 7).into(), community.into(), dialog(B, 9).into()];
        let page = page(&dialogs, &[], &HashSet::from([B]), None, None);
        assert_eq!(page.chats.iter().map(|chat| chat.id).collect::<Vec<_>>(), [B]);
        assert_eq!((page.chats[0].last.clone(), page.next), (None, None));
    }

    #[test]
    fn a_server_that_does_not_move_on_ends_the_list() {
        let cursor = ChatCursor { date: 1_700_000_000, message: 7, peer: A };
        let messages = [plain(7, A, "").into()];
        let page = page(&[dialog(A, 7).into()], &messages, &HashSet::from([A]), None, Some(cursor));
        assert_eq!(page.next, None);
    }

    #[test]
    fn only_channels_have_states_of_their_own() {
        let with_pts = |peer| tl::types::Dialog { pts: Some(12), ..dialog(peer, 1) }.into();
        assert_eq!(channel_state(&with_pts(B)), Some((5, 12)));
        assert_eq!(channel_state(&with_pts(A)), None);
        assert_eq!(channel_state(&dialog(B, 1).into()), None);
    }
}
