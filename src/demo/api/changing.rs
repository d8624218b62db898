//! Editing, deleting, marking as read.

use super::sending::{LONGEST, LONGEST_CAPTION, own_updates};
use super::{Ask, Fine, announce, bad, entities, media};
use crate::rpc::RpcError;
use crate::world::{Body, Doing, LetterId, Place, Right, Room};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn edit_message(ask: &mut Ask<'_>, request: functions::messages::EditMessage) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    if request.schedule_date.is_some() {
        return super::scheduled::edit(ask, place, request);
    }
    let me = ask.me()?;
    let Some((number, letter)) = ask.state.letter_at(me, place, request.id) else {
        return Err(bad("MESSAGE_ID_INVALID"));
    };
    if matches!(letter.body, Body::Service(_)) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    if !letter.is_by(me) && !is_own_channel(ask, me, place) {
        return Err(RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    // What was written by others cannot be changed by passing it on.
    if letter.details.forwarded.is_some() {
        return Err(RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    // Who may not write any more may not change either.
    if letter.is_by(me) && !matches!(place, Place::User(_)) {
        super::sending::may_write(ask, place)?;
    }
    let age = ask.state.now().saturating_sub(letter.date);
    if age > ask.state.limits.edit_for && place != Place::User(me) && !is_own_channel(ask, me, place) {
        return Err(bad("MESSAGE_EDIT_TIME_EXPIRED"));
    }
    if let (Body::Poll(poll), Some(enums::InputMedia::Poll(media))) = (&letter.body, &request.media) {
        let enums::Poll::Poll(asked) = &media.poll;
        let poll = *poll;
        return if asked.closed { super::polls::close(ask, poll) } else { Err(bad("MESSAGE_NOT_MODIFIED")) };
    }
    let before = letter.clone();
    let (old_text, old_entities, old_body) = (letter.text.clone(), letter.entities.clone(), letter.body.clone());
    let is_text = matches!(old_body, Body::Text | Body::Page(_));
    let given = request.message.is_some();
    let text = request.message.unwrap_or_else(|| old_text.clone());
    if text.trim().is_empty() && is_text && request.media.is_none() {
        return Err(bad("MESSAGE_EMPTY"));
    }
    if text.chars().count() > if is_text { LONGEST } else { LONGEST_CAPTION } {
        return Err(bad(if is_text { "MESSAGE_TOO_LONG" } else { "MEDIA_CAPTION_TOO_LONG" }));
    }
    let entities =
        if given { entities::checked(ask, &text, request.entities.unwrap_or_default())? } else { old_entities.clone() };
    let mut carried = match request.media {
        Some(media) => media::body(ask, place, media)?,
        None if is_text && request.no_webpage => Body::Text.into(),
        None if is_text => media::page_for(ask, &text, &entities).unwrap_or(Body::Text).into(),
        None => old_body.clone().into(),
    };
    if text == old_text && entities == old_entities && carried.body == old_body {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    if let Some(letter) = ask.state.letters.get_mut(number) {
        std::mem::swap(&mut letter.body, &mut carried.body);
    }
    let notices = ask.state.edit(number, text, entities);
    if let Some(after) = ask.state.letters.get(number).cloned() {
        let doing = Doing::Edited(request.id, Box::new(before), Box::new(after));
        ask.state.log(Room::of(me, place), me, doing);
    }
    own_updates(ask, notices, Vec::new())
}

/// Whether a message may be changed, and how.
pub(crate) fn get_message_edit_data(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessageEditData,
) -> Fine<enums::messages::MessageEditData> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let (_, letter) = ask.state.letter_at(me, place, request.id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if !letter.is_by(me) && !is_own_channel(ask, me, place) {
        return Err(RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    let caption = matches!(letter.body, Body::Photo(_) | Body::Document(_));
    Ok(types::messages::MessageEditData { caption }.into())
}

/// The posts of a channel belong to it; whoever may change them may.
fn is_own_channel(ask: &Ask<'_>, me: i64, place: Place) -> bool {
    ask.state.may(Room::of(me, place), me, Right::Edit) && matches!(place, Place::Channel(_))
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
        // In a group what others wrote can be taken back by administrators.
        let others = matches!(place, Place::Group(_)) && !letter.is_by(me);
        if request.revoke && others && !ask.state.may(letter.room, me, Right::Delete) {
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
    let everything = ask.state.may(Room::Channel(id), me, Right::Delete);
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
    for number in &letters {
        let Some(letter) = ask.state.letters.get(*number).filter(|letter| !letter.is_by(me)) else { continue };
        let doing = Doing::Deleted(letter.id_for(me).unwrap_or_default(), Box::new(letter.clone()));
        ask.state.log(Room::Channel(id), me, doing);
    }
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

pub(crate) fn received_messages(
    ask: &mut Ask<'_>,
    _: functions::messages::ReceivedMessages,
) -> Fine<Vec<enums::ReceivedNotifyMessage>> {
    ask.me()?;
    Ok(Vec::new())
}
