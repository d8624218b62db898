//! Changes as updates (core.telegram.org/api/updates).

mod news;

pub(crate) use news::news_update;

use super::View;
use crate::drawing::Pictures;
use crate::rpc::Push;
use crate::world::{Change, Entry, Notice, Place, Room, State, World};
use grammers_tl_types::{Serializable, enums, types};

/// Tells every device that must hear of these things, but one.
pub(crate) fn announce(state: &State, world: &World, push: &dyn Push, notices: &[Notice], but: Option<i64>) {
    if notices.is_empty() {
        return;
    }
    for account in state.accounts.keys().copied() {
        let keys: Vec<i64> = state.keys_of(account).into_iter().filter(|key| Some(*key) != but).collect();
        if keys.is_empty() {
            continue;
        }
        if let Some(updates) = updates_for(state, &world.pictures, account, notices, Vec::new()) {
            let bytes = updates.to_bytes();
            for key in keys {
                push.push(key, bytes.clone());
            }
        }
    }
}

/// The updates of one account out of what happened, after those given; nothing where there are none.
pub(crate) fn updates_for(
    state: &State,
    pictures: &Pictures,
    account: i64,
    notices: &[Notice],
    mut updates: Vec<enums::Update>,
) -> Option<enums::Updates> {
    let mut view = View::new(state, pictures, account);
    updates.extend(notices.iter().filter_map(|notice| update(&mut view, notice)));
    if updates.is_empty() {
        return None;
    }
    let (chats, users) = view.everyone();
    // Numbered by pts where they need an order; seq 0 says that the whole needs none.
    Some(types::Updates { updates, users, chats, date: state.now(), seq: 0 }.into())
}

fn update(view: &mut View<'_>, notice: &Notice) -> Option<enums::Update> {
    let me = view.me;
    match notice {
        Notice::Mailbox { account, entry } if *account == me => mailbox_update(view, entry),
        Notice::Channel { channel, entry } => {
            view.state.chat(me, Place::Channel(*channel))?;
            channel_update(view, *channel, entry)
        }
        Notice::ChannelReadInbox { account, channel, max_id, unread } if *account == me => {
            view.name(Place::Channel(*channel));
            Some(
                types::UpdateReadChannelInbox {
                    folder_id: None,
                    channel_id: *channel,
                    max_id: *max_id,
                    still_unread_count: *unread,
                    pts: view.state.channels.get(channel)?.journal.pts(),
                }
                .into(),
            )
        }
        Notice::ChannelReadOutbox { account, channel, max_id } if *account == me => {
            view.name(Place::Channel(*channel));
            Some(types::UpdateReadChannelOutbox { channel_id: *channel, max_id: *max_id }.into())
        }
        Notice::Typing { room, who, action } => typing(view, *room, *who, action),
        Notice::Presence { who } if *who != me && knows(view, *who) && view.sees_when(*who) => {
            view.name(Place::User(*who));
            Some(types::UpdateUserStatus { user_id: *who, status: view.status(*who) }.into())
        }
        Notice::News { account, news } if *account == me => news_update(view, news),
        _ => None,
    }
}

/// The account hears when this person comes and goes.
fn knows(view: &View<'_>, who: i64) -> bool {
    view.state
        .accounts
        .get(&view.me)
        .is_some_and(|account| account.contacts.contains(&who) || account.chats.contains_key(&Place::User(who)))
}

fn typing(view: &mut View<'_>, room: Room, who: i64, action: &enums::SendMessageAction) -> Option<enums::Update> {
    if who == view.me || view.state.blocks(view.me, who) || !view.state.members(room).contains(&view.me) {
        return None;
    }
    let action = action.clone();
    let from_id = view.name(Place::User(who));
    view.name(room.seen_by(view.me));
    Some(match room {
        Room::Private(..) => types::UpdateUserTyping { user_id: who, top_msg_id: None, action }.into(),
        Room::Group(chat_id) => types::UpdateChatUserTyping { chat_id, from_id, action }.into(),
        Room::Channel(channel_id) => {
            types::UpdateChannelUserTyping { channel_id, top_msg_id: None, from_id, action }.into()
        }
    })
}

/// A change of the account's mailbox. Nothing where what it speaks of is gone since.
pub(crate) fn mailbox_update(view: &mut View<'_>, entry: &Entry) -> Option<enums::Update> {
    let (pts, pts_count) = (entry.pts, entry.count);
    Some(match &entry.change {
        Change::New(id) => {
            let message = mailbox_message(view, *id)?;
            types::UpdateNewMessage { message, pts, pts_count }.into()
        }
        Change::Edited(id) => {
            let message = mailbox_message(view, *id)?;
            types::UpdateEditMessage { message, pts, pts_count }.into()
        }
        Change::Deleted(ids) => types::UpdateDeleteMessages { messages: ids.clone(), pts, pts_count }.into(),
        Change::ReadInbox { place, max_id, unread } => types::UpdateReadHistoryInbox {
            folder_id: None,
            peer: view.name(*place),
            top_msg_id: None,
            max_id: *max_id,
            still_unread_count: *unread,
            pts,
            pts_count,
        }
        .into(),
        Change::ReadOutbox { place, max_id } => {
            types::UpdateReadHistoryOutbox { peer: view.name(*place), max_id: *max_id, pts, pts_count }.into()
        }
        Change::Pinned { place, ids, pinned } => {
            let (pinned, peer) = (*pinned, view.name(*place));
            types::UpdatePinnedMessages { pinned, peer, messages: ids.clone(), pts, pts_count }.into()
        }
        Change::ContentsRead(ids) => {
            let date = Some(entry.date);
            types::UpdateReadMessagesContents { messages: ids.clone(), pts, pts_count, date }.into()
        }
        Change::Foldered(places) => {
            let folder_peers = places
                .iter()
                .map(|(place, folder_id)| types::FolderPeer { peer: view.name(*place), folder_id: *folder_id }.into());
            types::UpdateFolderPeers { folder_peers: folder_peers.collect(), pts, pts_count }.into()
        }
    })
}

/// The chat in which a numbered message of the account's mailbox stands.
pub(crate) fn place_in_mailbox(state: &State, account: i64, id: i32) -> Option<Place> {
    let number = state.accounts.get(&account)?.letters.get(&id)?;
    Some(state.letters.get(*number)?.room.seen_by(account))
}

pub(crate) fn mailbox_message(view: &mut View<'_>, id: i32) -> Option<enums::Message> {
    let place = place_in_mailbox(view.state, view.me, id)?;
    Some(view.message(place, id))
}

/// A change of a channel.
pub(crate) fn channel_update(view: &mut View<'_>, channel: i64, entry: &Entry) -> Option<enums::Update> {
    let place = Place::Channel(channel);
    let (pts, pts_count) = (entry.pts, entry.count);
    view.name(place);
    Some(match &entry.change {
        Change::New(id) => {
            view.state.letter_at(view.me, place, *id)?;
            types::UpdateNewChannelMessage { message: view.message(place, *id), pts, pts_count }.into()
        }
        Change::Edited(id) => {
            view.state.letter_at(view.me, place, *id)?;
            types::UpdateEditChannelMessage { message: view.message(place, *id), pts, pts_count }.into()
        }
        Change::Deleted(ids) => {
            types::UpdateDeleteChannelMessages { channel_id: channel, messages: ids.clone(), pts, pts_count }.into()
        }
        Change::Pinned { ids, pinned, .. } => types::UpdatePinnedChannelMessages {
            pinned: *pinned,
            channel_id: channel,
            messages: ids.clone(),
            pts,
            pts_count,
        }
        .into(),
        Change::ReadInbox { .. } | Change::ReadOutbox { .. } | Change::ContentsRead(_) | Change::Foldered(_) => {
            return None;
        }
    })
}
