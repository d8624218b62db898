//! Pinned messages (core.telegram.org/api/pin).

use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Body, Deed, Doing, Draft, Place, Right, Room};
use grammers_tl_types::{enums, functions};

/// Whoever has the right; in private chats everybody.
fn may_pin(ask: &Ask<'_>, place: Place) -> Fine<()> {
    let me = ask.me()?;
    let may = ask.state.may(Room::of(me, place), me, Right::Pin);
    if may { Ok(()) } else { Err(RpcError::new(403, "CHAT_ADMIN_REQUIRED")) }
}

pub(crate) fn update_pinned_message(
    ask: &mut Ask<'_>,
    request: functions::messages::UpdatePinnedMessage,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    may_pin(ask, place)?;
    let (number, letter) = ask.state.letter_at(me, place, request.id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if matches!(letter.body, Body::Service(_)) {
        return Err(bad("PIN_RESTRICTED"));
    }
    if letter.is_pinned_for(me) != request.unpin {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let copy = letter.clone();
    let room = Room::of(me, place);
    ask.state.log(room, me, Doing::Pinned(request.id, Box::new(copy)));
    let only = (request.pm_oneside && matches!(place, Place::User(_))).then_some(me);
    let mut notices = ask.state.pin(room, &[number], !request.unpin, only);
    if !request.unpin && only.is_none() && place != Place::User(me) {
        let mut draft = Draft::deed(Deed::Pinned);
        draft.reply_to = Some(number);
        draft.details.silent = request.silent;
        let author = super::rights::author(ask.state, me, room);
        let date = ask.state.now();
        notices.extend(ask.state.post(room, author, date, draft).1);
    }
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn unpin_all_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::UnpinAllMessages,
) -> Fine<enums::messages::AffectedHistory> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    may_pin(ask, place)?;
    let before = super::clearing::pts_of(ask, place);
    let ids = ask.state.pinned_in(me, place);
    let letters: Vec<_> = ids.iter().filter_map(|id| Some(ask.state.letter_at(me, place, *id)?.0)).collect();
    let notices = ask.state.pin(Room::of(me, place), &letters, false, None);
    ask.notices.extend(notices);
    let count = super::clearing::pts_of(ask, place) - before;
    Ok(super::clearing::affected(ask, place, count))
}
