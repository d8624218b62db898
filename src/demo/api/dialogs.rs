//! The list of chats.

use super::{Ask, Fine, View, bad};
use crate::world::{Place, hash_of, reading::Row};
use grammers_tl_types::{enums, functions, types};

/// How many rows a page may hold, and holds where the client does not say.
const MOST: usize = 500;
const USUAL: usize = 20;

/// The pinned chats on top, then the others.
pub(crate) fn ordered(view: &View<'_>) -> (Vec<Row>, Vec<Row>) {
    let pins = view.state.accounts.get(&view.me).map(|account| account.pinned.as_slice()).unwrap_or_default();
    let pinned = pins.iter().filter_map(|place| view.state.row(view.me, *place)).collect();
    let others = view.state.rows(view.me).into_iter().filter(|row| !pins.contains(&row.place)).collect();
    (pinned, others)
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
    if request.folder_id.is_some_and(|folder| folder != 0) {
        // Nothing is archived here.
        return Ok(dialogs(&mut view, &[], 0, true));
    }
    let (pinned, others) = ordered(&view);
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
    let rows = if request.folder_id == 0 { ordered(&view).0 } else { Vec::new() };
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

pub(crate) fn get_dialog_filters(
    ask: &mut Ask<'_>,
    _: functions::messages::GetDialogFilters,
) -> Fine<enums::messages::DialogFilters> {
    ask.me()?;
    Ok(types::messages::DialogFilters { tags_enabled: false, filters: vec![enums::DialogFilter::Default] }.into())
}

pub(crate) fn toggle_dialog_pin(ask: &mut Ask<'_>, request: functions::messages::ToggleDialogPin) -> Fine<bool> {
    const PINS: usize = 5;
    let place = dialog_place(ask, &request.peer)?;
    let me = ask.me()?;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.pinned.retain(|pinned| *pinned != place);
        if request.pinned {
            if account.pinned.len() >= PINS {
                return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
            }
            account.pinned.insert(0, place);
        }
    }
    Ok(true)
}

pub(crate) fn mark_dialog_unread(ask: &mut Ask<'_>, request: functions::messages::MarkDialogUnread) -> Fine<bool> {
    let place = dialog_place(ask, &request.peer)?;
    let me = ask.me()?;
    if let Some(chat) = ask.state.accounts.get_mut(&me).and_then(|account| account.chats.get_mut(&place)) {
        chat.marked_unread = request.unread;
    }
    Ok(true)
}
