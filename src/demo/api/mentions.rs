//! What speaks to the account, what was heard, and who has read what.

use super::clearing::{affected, pts_of};
use super::history::page;
use super::{Ask, Fine, announce, bad};
use crate::rpc::RpcError;
use crate::world::{Place, Window};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn get_unread_mentions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetUnreadMentions,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let ids = view.state.unread_mention_ids(view.me, place);
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    Ok(page(&mut view, place, &ids, asked, 0))
}

pub(crate) fn read_mentions(
    ask: &mut Ask<'_>,
    request: functions::messages::ReadMentions,
) -> Fine<enums::messages::AffectedHistory> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let before = pts_of(ask, place);
    let ids = ask.state.unread_mention_ids(me, place);
    let notices = ask.state.read_contents(me, place, &ids);
    ask.notices.extend(notices);
    let count = pts_of(ask, place) - before;
    Ok(affected(ask, place, count))
}

/// Voice messages that were heard, mentions that were noticed, things that were opened.
pub(crate) fn read_message_contents(
    ask: &mut Ask<'_>,
    request: functions::messages::ReadMessageContents,
) -> Fine<enums::messages::AffectedMessages> {
    let me = ask.me()?;
    let before = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    let mut by_place: Vec<(Place, Vec<i32>)> = Vec::new();
    for id in request.id.iter().take(100) {
        let Some(place) = announce::place_in_mailbox(ask.state, me, *id) else { continue };
        match by_place.iter_mut().find(|(other, _)| *other == place) {
            Some((_, ids)) => ids.push(*id),
            None => by_place.push((place, vec![*id])),
        }
    }
    for (place, ids) in by_place {
        let notices = ask.state.read_contents(me, place, &ids);
        ask.notices.extend(notices);
    }
    let pts = ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count: pts - before }.into())
}

pub(crate) fn read_channel_message_contents(
    ask: &mut Ask<'_>,
    request: functions::channels::ReadMessageContents,
) -> Fine<bool> {
    let place = Place::Channel(ask.channel(&request.channel)?);
    let me = ask.me()?;
    ask.state.chat(me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    let notices = ask.state.read_contents(me, place, &request.id);
    ask.notices.extend(notices);
    Ok(true)
}

/// When the other side read a message of a private chat.
pub(crate) fn get_outbox_read_date(
    ask: &mut Ask<'_>,
    request: functions::messages::GetOutboxReadDate,
) -> Fine<enums::OutboxReadDate> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let (_, letter) = ask.state.letter_at(me, place, request.msg_id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let read = ask.state.chat(me, place).is_some_and(|chat| chat.read_outbox >= request.msg_id);
    if !matches!(place, Place::User(_)) || !letter.is_by(me) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    if !read {
        return Err(bad("MESSAGE_NOT_READ_YET"));
    }
    // That it was read is known, the minute is that of the answer.
    Ok(types::OutboxReadDate { date: ask.state.now() }.into())
}

/// Members of a small group who have read a message.
pub(crate) fn get_message_read_participants(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessageReadParticipants,
) -> Fine<Vec<enums::ReadParticipantDate>> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let (_, letter) = ask.state.letter_at(me, place, request.msg_id).ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let room = letter.room;
    if !letter.is_by(me) {
        return Err(RpcError::new(400, "MSG_ID_INVALID"));
    }
    let now = ask.state.now();
    let readers = ask.state.members(room).into_iter().filter(|member| *member != me).filter(|member| {
        let theirs = letter.id_for(*member).unwrap_or(i32::MAX);
        ask.state.chat(*member, room.seen_by(*member)).is_some_and(|chat| chat.read_inbox >= theirs)
    });
    Ok(readers.map(|user_id| types::ReadParticipantDate { user_id, date: now }.into()).collect())
}
