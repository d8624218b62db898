//! The list of chats.

use super::{Ask, Fine, View, bad};
use crate::world::{News, Place, hash_of, reading::Row};
use grammers_tl_types::{enums, functions, types};

/// How many rows a page may hold, and holds where the client does not say.
const MOST: usize = 500;
const USUAL: usize = 20;

/// The pinned chats of a folder on top, then its others. Without a folder, those of all chats.
pub(crate) fn ordered(view: &View<'_>, folder: Option<i32>) -> (Vec<Row>, Vec<Row>) {
    let (state, me) = (view.state, view.me);
    let pins = state.pins_of(me, folder.unwrap_or(0));
    let within = |place: &Place| folder.is_none_or(|folder| folder_of(view, *place) == folder);
    let pinned = pins.iter().filter_map(|place| state.row(me, *place)).collect();
    let others = state.rows(me).into_iter().filter(|row| !pins.contains(&row.place) && within(&row.place)).collect();
    (pinned, others)
}

fn folder_of(view: &View<'_>, place: Place) -> i32 {
    view.state.chat(view.me, place).map_or(0, |chat| chat.folder)
}

pub(crate) fn get_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::GetDialogs,
) -> Fine<enums::messages::Dialogs> {
    let offset_place = match &request.offset_peer {
        enums::InputPeer::Empty => None,
        peer => Some(ask.place(peer)?),
    };
    let mut view = ask.view()?;
    let (pinned, others) = ordered(&view, request.folder_id);
    let pinned = if request.exclude_pinned { Vec::new() } else { pinned };
    let start = if request.offset_date == 0 && request.offset_id == 0 && offset_place.is_none() {
        0
    } else if let Some(last) = pinned.iter().position(|row| Some(row.place) == offset_place) {
        last + 1
    } else {
        // Without a date, the chat named stands where it stands now.
        let stands = offset_place.filter(|_| request.offset_date == 0).and_then(|place| view.state.row(view.me, place));
        let lowest = Place::User(i64::MIN);
        let key = match stands {
            Some(row) => row.key(),
            None => (request.offset_date, request.offset_id, offset_place.unwrap_or(lowest)),
        };
        pinned.len() + others.partition_point(|row| row.key() >= key)
    };
    let total = pinned.len() + others.len();
    let limit = if request.limit <= 0 { USUAL } else { (request.limit as usize).min(MOST) };
    let page: Vec<Row> = pinned.into_iter().chain(others).skip(start).take(limit).collect();
    if request.hash != 0 && request.hash == hash_of(page.iter().map(|row| i64::from(row.top))) {
        return Ok(types::messages::DialogsNotModified { count: total as i32 }.into());
    }
    let whole = start == 0 && page.len() == total;
    Ok(dialogs(&mut view, &page, total as i32, whole))
}

fn rows_of(view: &mut View<'_>, rows: &[Row]) -> (Vec<enums::Dialog>, Vec<enums::Message>) {
    rows.iter().map(|row| (view.dialog(*row), view.message(row.place, row.top))).unzip()
}

fn dialogs(view: &mut View<'_>, rows: &[Row], count: i32, whole: bool) -> enums::messages::Dialogs {
    let (dialogs, messages) = rows_of(view, rows);
    let (chats, users) = view.everyone();
    if whole {
        types::messages::Dialogs { dialogs, messages, chats, users }.into()
    } else {
        types::messages::DialogsSlice { count, dialogs, messages, chats, users }.into()
    }
}

fn peer_dialogs(view: &mut View<'_>, rows: &[Row]) -> enums::messages::PeerDialogs {
    let (dialogs, messages) = rows_of(view, rows);
    let (chats, users) = view.everyone();
    types::messages::PeerDialogs { dialogs, messages, chats, users, state: view.update_state() }.into()
}

pub(crate) fn get_pinned_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::GetPinnedDialogs,
) -> Fine<enums::messages::PeerDialogs> {
    let mut view = ask.view()?;
    let rows = ordered(&view, Some(request.folder_id)).0;
    Ok(peer_dialogs(&mut view, &rows))
}

fn dialog_place(ask: &Ask<'_>, peer: &enums::InputDialogPeer) -> Fine<Place> {
    match peer {
        enums::InputDialogPeer::Peer(peer) => ask.own_place(&peer.peer),
        _ => Err(bad("PEER_ID_INVALID")),
    }
}

pub(crate) fn get_peer_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::GetPeerDialogs,
) -> Fine<enums::messages::PeerDialogs> {
    let places = request.peers.iter().take(100).map(|peer| dialog_place(ask, peer)).collect::<Fine<Vec<_>>>()?;
    let mut view = ask.view()?;
    // A chat in which nothing is written yet has a row too when it is asked for by name.
    let rows: Vec<Row> = places
        .into_iter()
        .map(|place| view.state.row(view.me, place).unwrap_or(Row { place, top: 0, date: 0 }))
        .collect();
    let dialogs = rows.iter().map(|row| view.dialog(*row)).collect();
    let messages = rows.iter().filter(|row| row.top > 0).map(|row| view.message(row.place, row.top)).collect();
    let (chats, users) = view.everyone();
    Ok(types::messages::PeerDialogs { dialogs, messages, chats, users, state: view.update_state() }.into())
}

/// The pinned chats of the folder in which a chat is.
fn pins_of(account: &mut crate::world::Account, folder: i32) -> &mut Vec<Place> {
    if folder == 0 { &mut account.pinned } else { &mut account.pinned_archive }
}

/// How many chats may be pinned in a folder.
fn most_pins(folder: i32) -> usize {
    if folder == 0 { 5 } else { 100 }
}

pub(crate) fn toggle_dialog_pin(ask: &mut Ask<'_>, request: functions::messages::ToggleDialogPin) -> Fine<bool> {
    let place = dialog_place(ask, &request.peer)?;
    let me = ask.me()?;
    let folder = ask.state.chat(me, place).map_or(0, |chat| chat.folder);
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let pins = pins_of(account, folder);
    let known = pins.contains(&place);
    if request.pinned && !known && pins.len() >= most_pins(folder) {
        return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
    }
    if request.pinned == known {
        return Ok(true);
    }
    pins.retain(|pinned| *pinned != place);
    if request.pinned {
        pins.insert(0, place);
    }
    let notice = ask.state.tell(me, News::ChatPinned { place, folder, pinned: request.pinned });
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn reorder_pinned_dialogs(
    ask: &mut Ask<'_>,
    request: functions::messages::ReorderPinnedDialogs,
) -> Fine<bool> {
    let mut order = request.order.iter().map(|peer| dialog_place(ask, peer)).collect::<Fine<Vec<_>>>()?;
    let (me, folder) = (ask.me()?, request.folder_id);
    if order.len() > most_pins(folder) {
        return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
    }
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let pins = pins_of(account, folder);
    if !request.force {
        // Those that are not named stay behind the others.
        order.retain(|place| pins.contains(place));
        order.extend(pins.iter().copied().filter(|place| !order.contains(place)).collect::<Vec<_>>());
    }
    *pins = order;
    let notice = ask.state.tell(me, News::PinsOrdered { folder });
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn mark_dialog_unread(ask: &mut Ask<'_>, request: functions::messages::MarkDialogUnread) -> Fine<bool> {
    let place = dialog_place(ask, &request.peer)?;
    let me = ask.me()?;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.chats.entry(place).or_default().marked_unread = request.unread;
    }
    let notice = ask.state.tell(me, News::UnreadMark { place, unread: request.unread });
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn get_dialog_unread_marks(
    ask: &mut Ask<'_>,
    _: functions::messages::GetDialogUnreadMarks,
) -> Fine<Vec<enums::DialogPeer>> {
    let me = ask.me()?;
    let chats = ask.state.accounts.get(&me).map(|account| account.chats.iter());
    let mut marked: Vec<Place> =
        chats.into_iter().flatten().filter(|(_, chat)| chat.marked_unread).map(|(place, _)| *place).collect();
    marked.sort();
    Ok(marked.into_iter().map(|place| types::DialogPeer { peer: place.peer() }.into()).collect())
}
