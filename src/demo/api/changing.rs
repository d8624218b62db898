//! Editing, deleting, marking as read.

use super::sending::{LONGEST, entities, own_updates};
use super::{Ask, Fine, announce, bad};
use crate::rpc::RpcError;
use crate::world::{Body, LetterId, Place, Room};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn edit_message(ask: &mut Ask<'_>, request: functions::messages::EditMessage) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let Some((number, letter)) = ask.state.letter_at(me, place, request.id) else {
        return Err(bad("MESSAGE_ID_INVALID"));
    };
    let owner = letter.is_by(me) || is_own_channel(ask, me, place);
    if !owner {
        return Err(RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    let is_text = letter.body == Body::Text;
    if matches!(letter.body, Body::Service(_)) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let (old_text, old_entities) = (letter.text.clone(), letter.entities.clone());
    let text = request.message.unwrap_or_else(|| old_text.clone());
    if text.trim().is_empty() && is_text {
        return Err(bad("MESSAGE_EMPTY"));
    }
    if text.chars().count() > LONGEST {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    let entities = entities(ask, &text, request.entities.unwrap_or_default());
    if text == old_text && entities == old_entities {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let notices = ask.state.edit(number, text, entities);
    own_updates(ask, notices, Vec::new())
}

fn is_own_channel(ask: &Ask<'_>, me: i64, place: Place) -> bool {
    matches!(place, Place::Channel(id) if ask.state.channels.get(&id).is_some_and(|channel| channel.creator == me))
}

/// From the mailbox, for oneself or for everybody. Numbers that are nothing are passed over.
pub(crate) fn delete_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteMessages,
) -> Fine<enums::messages::AffectedMessages> {
    let me = ask.me()?;
    let before = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    let mut by_room: Vec<(Room, Vec<LetterId>)> = Vec::new();
    for id in request.id.iter().take(100) {
        let Some(place) = announce::place_in_mailbox(ask.state, me, *id) else { continue };
        let Some((number, letter)) = ask.state.letter_at(me, place, *id) else { continue };
        // In a group only what one wrote can be taken back.
        if request.revoke && matches!(place, Place::Group(_)) && !letter.is_by(me) {
            return Err(RpcError::new(403, "MESSAGE_DELETE_FORBIDDEN"));
        }
        let room = letter.room;
        match by_room.iter_mut().find(|(other, _)| *other == room) {
            Some((_, letters)) => letters.push(number),
            None => by_room.push((room, vec![number])),
        }
    }
    let only = (!request.revoke).then_some(me);
    for (room, letters) in by_room {
        let notices = ask.state.delete(room, &letters, only);
        ask.notices.extend(notices);
    }
    let pts = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count: pts - before }.into())
}

pub(crate) fn delete_channel_messages(
    ask: &mut Ask<'_>,
    request: functions::channels::DeleteMessages,
) -> Fine<enums::messages::AffectedMessages> {
    let id = ask.channel(&request.channel)?;
    let (me, place) = (ask.me()?, Place::Channel(id));
    ask.state.chat(me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    let before = ask.state.channels.get(&id).map_or(1, |channel| channel.journal.pts());
    let everything = is_own_channel(ask, me, place);
    let mut letters = Vec::new();
    for message in request.id.iter().take(100) {
        let Some((number, letter)) = ask.state.letter_at(me, place, *message) else { continue };
        if !everything && !letter.is_by(me) {
            return Err(RpcError::new(403, "MESSAGE_DELETE_FORBIDDEN"));
        }
        letters.push(number);
    }
    letters.sort_unstable();
    letters.dedup();
    let notices = ask.state.delete(Room::Channel(id), &letters, None);
    ask.notices.extend(notices);
    let pts = ask.state.channels.get(&id).map_or(1, |channel| channel.journal.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count: pts - before }.into())
}

pub(crate) fn read_history(
    ask: &mut Ask<'_>,
    request: functions::messages::ReadHistory,
) -> Fine<enums::messages::AffectedMessages> {
    let place = ask.place(&request.peer)?;
    if matches!(place, Place::Channel(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let me = ask.me()?;
    let before = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    let notices = ask.state.read(me, place, if request.max_id <= 0 { i32::MAX } else { request.max_id });
    ask.notices.extend(notices);
    let pts = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count: pts - before }.into())
}

pub(crate) fn read_channel_history(ask: &mut Ask<'_>, request: functions::channels::ReadHistory) -> Fine<bool> {
    let place = Place::Channel(ask.channel(&request.channel)?);
    let me = ask.me()?;
    ask.state.chat(me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    let notices = ask.state.read(me, place, if request.max_id <= 0 { i32::MAX } else { request.max_id });
    let changed = !notices.is_empty();
    ask.notices.extend(notices);
    Ok(changed)
}

/// Voice messages that were heard and the like are not marked here.
pub(crate) fn read_message_contents(
    ask: &mut Ask<'_>,
    _: functions::messages::ReadMessageContents,
) -> Fine<enums::messages::AffectedMessages> {
    let me = ask.me()?;
    let pts = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count: 0 }.into())
}

pub(crate) fn read_channel_message_contents(
    ask: &mut Ask<'_>,
    request: functions::channels::ReadMessageContents,
) -> Fine<bool> {
    ask.channel(&request.channel)?;
    Ok(true)
}

pub(crate) fn received_messages(
    ask: &mut Ask<'_>,
    _: functions::messages::ReceivedMessages,
) -> Fine<Vec<enums::ReceivedNotifyMessage>> {
    ask.me()?;
    Ok(Vec::new())
}
