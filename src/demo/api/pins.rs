//! Pinned messages (core.telegram.org/api/pin).

use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Author, Body, Deed, Draft, Place, Room};
use grammers_tl_types::{enums, functions};

/// Anybody may pin in private chats and small groups; in channels and supergroups only who made them.
fn may_pin(ask: &Ask<'_>, place: Place) -> Fine<()> {
    let me = ask.me()?;
    let may = match place {
        Place::User(_) => true,
        Place::Group(id) => ask.state.groups.get(&id).is_some_and(|group| group.members.contains(&me)),
        Place::Channel(id) => ask
            .state
            .channels
            .get(&id)
            .is_some_and(|channel| channel.members.contains(&me) && (!channel.broadcast || channel.creator == me)),
    };
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
    let room = Room::of(me, place);
    let only = (request.pm_oneside && matches!(place, Place::User(_))).then_some(me);
    let mut notices = ask.state.pin(room, &[number], !request.unpin, only);
    let is_broadcast = matches!(place, Place::Channel(id)
        if ask.state.channels.get(&id).is_some_and(|channel| channel.broadcast));
    if !request.unpin && only.is_none() && place != Place::User(me) {
        let mut draft = Draft::deed(Deed::Pinned);
        draft.reply_to = Some(number);
        draft.details.silent = request.silent;
        let author = if is_broadcast { Author::Channel } else { Author::Person(me) };
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
