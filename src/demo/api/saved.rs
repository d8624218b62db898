//! Saved messages by where they come from (core.telegram.org/api/saved-messages).

use super::history::page;
use super::view::saved_from;
use super::{Ask, Fine, View, bad};
use crate::world::{LetterId, News, Place, Room, Window};
use grammers_tl_types::{enums, functions, types};

const MOST_PINS: usize = 5;

/// Each chat from which something was saved, with the number of its newest message, newest first, the pinned ones on top.
fn chats(view: &View<'_>) -> Vec<(Place, i32, bool)> {
    let (state, me) = (view.state, view.me);
    let own = Place::User(me);
    let mut found: Vec<(Place, i32, bool)> = Vec::new();
    let pins = state.accounts.get(&me).map(|account| account.pinned_saved.clone()).unwrap_or_default();
    for id in state.ids_in(me, own).iter().rev() {
        let Some((_, letter)) = state.letter_at(me, own, *id) else { continue };
        let from = saved_from(letter, me);
        if !found.iter().any(|(place, _, _)| *place == from) {
            found.push((from, *id, pins.contains(&from)));
        }
    }
    found
        .sort_by_key(|(place, id, pinned)| (!pinned, pins.iter().position(|pin| pin == place), std::cmp::Reverse(*id)));
    found
}

fn packed(view: &mut View<'_>, rows: &[(Place, i32, bool)], total: usize) -> enums::messages::SavedDialogs {
    let own = Place::User(view.me);
    let dialogs = rows
        .iter()
        .map(|(place, top_message, pinned)| {
            types::SavedDialog { pinned: *pinned, peer: view.name(*place), top_message: *top_message }.into()
        })
        .collect();
    let ids: Vec<i32> = rows.iter().map(|(_, id, _)| *id).collect();
    let messages = view.messages(own, &ids);
    let (chats, users) = view.everyone();
    if rows.len() == total {
        types::messages::SavedDialogs { dialogs, messages, chats, users }.into()
    } else {
        types::messages::SavedDialogsSlice { count: total as i32, dialogs, messages, chats, users }.into()
    }
}

pub(crate) fn get_saved_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSavedDialogs,
) -> Fine<enums::messages::SavedDialogs> {
    let mut view = ask.view()?;
    let mut all = chats(&view);
    if request.exclude_pinned {
        all.retain(|(_, _, pinned)| !pinned);
    }
    let total = all.len();
    let limit = if request.limit <= 0 { 20 } else { request.limit.min(100) as usize };
    let offset = request.offset_id;
    let rows: Vec<_> =
        all.into_iter().filter(|(_, id, pinned)| offset <= 0 || (*id < offset && !pinned)).take(limit).collect();
    Ok(packed(&mut view, &rows, total))
}

pub(crate) fn get_pinned_saved_dialogs(
    ask: &mut Ask<'_>,
    _: functions::messages::GetPinnedSavedDialogs,
) -> Fine<enums::messages::SavedDialogs> {
    let mut view = ask.view()?;
    let rows: Vec<_> = chats(&view).into_iter().filter(|(_, _, pinned)| *pinned).collect();
    Ok(packed(&mut view, &rows, rows.len()))
}

pub(crate) fn get_saved_history(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSavedHistory,
) -> Fine<enums::messages::Messages> {
    let from = ask.place(&request.peer)?;
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let own = Place::User(me);
    let ids: Vec<i32> = state
        .ids_in(me, own)
        .iter()
        .copied()
        .filter(|id| state.letter_at(me, own, *id).is_some_and(|(_, letter)| saved_from(letter, me) == from))
        .collect();
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    Ok(page(&mut view, own, &ids, asked, request.hash))
}

pub(crate) fn toggle_saved_dialog_pin(
    ask: &mut Ask<'_>,
    request: functions::messages::ToggleSavedDialogPin,
) -> Fine<bool> {
    let enums::InputDialogPeer::Peer(peer) = &request.peer else { return Err(bad("PEER_ID_INVALID")) };
    let place = ask.place(&peer.peer)?;
    let me = ask.me()?;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.pinned_saved.retain(|pinned| *pinned != place);
        if request.pinned {
            if account.pinned_saved.len() >= MOST_PINS {
                return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
            }
            account.pinned_saved.insert(0, place);
        }
    }
    let notice = ask.state.tell(me, News::SavedPinned { place, pinned: request.pinned });
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn get_saved_reaction_tags(
    ask: &mut Ask<'_>,
    _: functions::messages::GetSavedReactionTags,
) -> Fine<enums::messages::SavedReactionTags> {
    let me = ask.me()?;
    let own = Place::User(me);
    let mut tags: Vec<types::SavedReactionTag> = Vec::new();
    for id in ask.state.ids_in(me, own) {
        let Some((_, letter)) = ask.state.letter_at(me, own, *id) else { continue };
        for reaction in &letter.reactions {
            let sign = super::view::sign(&reaction.sign);
            match tags.iter_mut().find(|tag| tag.reaction == sign) {
                Some(tag) => tag.count += 1,
                None => tags.push(types::SavedReactionTag { reaction: sign, title: None, count: 1 }),
            }
        }
    }
    let tags = tags.into_iter().map(Into::into).collect();
    Ok(types::messages::SavedReactionTags { tags, hash: 0 }.into())
}

pub(crate) fn reorder_pinned_saved_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::ReorderPinnedSavedDialogs,
) -> Fine<bool> {
    let me = ask.me()?;
    let mut order = Vec::new();
    for peer in &request.order {
        let enums::InputDialogPeer::Peer(peer) = peer else { return Err(bad("PEER_ID_INVALID")) };
        order.push(ask.place(&peer.peer)?);
    }
    if order.len() > MOST_PINS {
        return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
    }
    let first = order.first().copied();
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.pinned_saved = order;
    }
    if let Some(place) = first {
        let notice = ask.state.tell(me, News::SavedPinned { place, pinned: true });
        ask.notices.extend(notice);
    }
    Ok(true)
}

/// Forgets what was saved from one chat.
pub(crate) fn delete_saved_history(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteSavedHistory,
) -> Fine<enums::messages::AffectedHistory> {
    let from = ask.place(&request.peer)?;
    let me = ask.me()?;
    let own = Place::User(me);
    let before = super::clearing::pts_of(ask, own);
    let letters: Vec<LetterId> = ask
        .state
        .ids_in(me, own)
        .iter()
        .filter(|id| request.max_id <= 0 || **id <= request.max_id)
        .filter_map(|id| ask.state.letter_at(me, own, *id))
        .filter(|(_, letter)| saved_from(letter, me) == from)
        .map(|(number, _)| number)
        .collect();
    let notices = ask.state.delete(Room::of(me, own), &letters, None);
    ask.notices.extend(notices);
    let count = super::clearing::pts_of(ask, own) - before;
    Ok(super::clearing::affected(ask, own, count))
}
