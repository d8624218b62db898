//! Folders of chats (core.telegram.org/api/folders): filters that people make, and the archive.

use super::sending::own_updates;
use super::{Api, Ask, Fine, bad};
use crate::world::{Account, Change, Entry, News, Notice, Place, State};
use grammers_tl_types::{enums, functions, types};

/// Folders that people make have numbers from here on; 0 is all chats, 1 the archive.
const FIRST: i32 = 2;
const LAST: i32 = 255;
const MOST: usize = 10;
const MOST_CHATS: usize = 100;
const LONGEST_TITLE: usize = 12;
const ARCHIVE: i32 = 1;

/// The number of a folder; none for all chats.
pub(crate) fn id_of(filter: &enums::DialogFilter) -> Option<i32> {
    match filter {
        enums::DialogFilter::Filter(filter) => Some(filter.id),
        enums::DialogFilter::Chatlist(filter) => Some(filter.id),
        enums::DialogFilter::Default => None,
    }
}

pub(crate) fn get_dialog_filters(
    ask: &mut Ask<'_>,
    _: functions::messages::GetDialogFilters,
) -> Fine<enums::messages::DialogFilters> {
    let me = ask.me()?;
    let mut filters = ask.state.accounts.get(&me).map(|account| account.filters.clone()).unwrap_or_default();
    if !filters.contains(&enums::DialogFilter::Default) {
        filters.insert(0, enums::DialogFilter::Default);
    }
    Ok(types::messages::DialogFilters { tags_enabled: false, filters }.into())
}

pub(crate) fn update_dialog_filter(ask: &mut Ask<'_>, request: functions::messages::UpdateDialogFilter) -> Fine<bool> {
    let me = ask.me()?;
    if !(FIRST..=LAST).contains(&request.id) {
        return Err(bad("FILTER_ID_INVALID"));
    }
    if let Some(filter) = &request.filter {
        let (title, include, flags) = match filter {
            enums::DialogFilter::Filter(filter) => {
                let any = filter.contacts || filter.non_contacts || filter.groups || filter.broadcasts || filter.bots;
                let all = filter.pinned_peers.iter().chain(&filter.include_peers).chain(&filter.exclude_peers);
                (&filter.title, all.collect::<Vec<_>>(), any)
            }
            enums::DialogFilter::Chatlist(filter) => {
                (&filter.title, filter.pinned_peers.iter().chain(&filter.include_peers).collect(), false)
            }
            enums::DialogFilter::Default => return Err(bad("FILTER_ID_INVALID")),
        };
        let enums::TextWithEntities::Entities(title) = title;
        if title.text.trim().is_empty() || title.text.chars().count() > LONGEST_TITLE {
            return Err(bad("FILTER_TITLE_EMPTY"));
        }
        if include.len() > MOST_CHATS {
            return Err(bad("FILTER_INCLUDE_TOO_MUCH"));
        }
        if include.is_empty() && !flags {
            return Err(bad("FILTER_INCLUDE_EMPTY"));
        }
        for peer in include {
            ask.place(peer)?;
        }
    }
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let known = account.filters.iter().position(|filter| id_of(filter) == Some(request.id));
    match (request.filter, known.and_then(|place| account.filters.get_mut(place))) {
        (Some(filter), Some(known)) => *known = filter,
        (Some(filter), None) => {
            if account.filters.iter().filter(|filter| id_of(filter).is_some()).count() >= MOST {
                return Err(bad("DIALOG_FILTERS_TOO_MUCH"));
            }
            account.filters.push(filter);
        }
        (None, _) => account.filters.retain(|filter| id_of(filter) != Some(request.id)),
    }
    let notice = ask.state.tell(me, News::Filter(request.id));
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn update_dialog_filters_order(
    ask: &mut Ask<'_>,
    request: functions::messages::UpdateDialogFiltersOrder,
) -> Fine<bool> {
    let me = ask.me()?;
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    if request.order.contains(&0) && !account.filters.contains(&enums::DialogFilter::Default) {
        account.filters.insert(0, enums::DialogFilter::Default);
    }
    let place = |filter: &enums::DialogFilter| {
        let id = id_of(filter).unwrap_or(0);
        request.order.iter().position(|other| *other == id).unwrap_or(usize::MAX)
    };
    account.filters.sort_by_key(place);
    let notice = ask.state.tell(me, News::FiltersOrdered);
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn get_suggested_dialog_filters(
    ask: &mut Ask<'_>,
    _: functions::messages::GetSuggestedDialogFilters,
) -> Fine<Vec<enums::DialogFilterSuggested>> {
    ask.me()?;
    let suggested = |id: i32, title: &str, description: &str| {
        let personal = title == "Personal";
        let filter = types::DialogFilter {
            contacts: personal,
            non_contacts: personal,
            groups: false,
            broadcasts: false,
            bots: false,
            exclude_muted: false,
            exclude_read: !personal,
            exclude_archived: true,
            title_noanimate: false,
            id,
            title: types::TextWithEntities { text: title.to_owned(), entities: Vec::new() }.into(),
            emoticon: None,
            color: None,
            pinned_peers: Vec::new(),
            include_peers: Vec::new(),
            exclude_peers: Vec::new(),
        };
        types::DialogFilterSuggested { filter: filter.into(), description: description.to_owned() }.into()
    };
    Ok(vec![
        suggested(0, "Unread", "New messages from all chats."),
        suggested(0, "Personal", "Only messages from personal chats."),
    ])
}

pub(crate) fn toggle_dialog_filter_tags(
    ask: &mut Ask<'_>,
    _: functions::messages::ToggleDialogFilterTags,
) -> Fine<bool> {
    ask.me()?;
    Ok(true)
}

/// A folder that somebody makes: chats by their titles, and rules.
#[derive(Clone, Debug, Default)]
pub struct DemoFolder {
    /// What it is called.
    pub title: &'static str,
    /// The emoji that says which sign it has.
    pub sign: Option<&'static str>,
    /// Kept at its top.
    pub pinned: Vec<&'static str>,
    /// Held, whatever kind they are.
    pub included: Vec<&'static str>,
    /// Never held.
    pub excluded: Vec<&'static str>,
    /// Holds contacts and all other people.
    pub people: bool,
    /// Holds groups.
    pub groups: bool,
    /// Holds channels.
    pub broadcasts: bool,
    /// Holds only what is unread.
    pub unread: bool,
}

impl Api {
    /// The account with this phone number makes this folder, or makes another one of it, or removes it.
    pub fn set_folder(&self, phone: &str, id: i32, folder: Option<DemoFolder>) {
        let mut state = self.world.lock();
        let Some(me) = state.account_by_phone(phone) else { return };
        let filter = folder.map(|folder| filter_of(&state, me, id, &folder));
        let Some(account) = state.accounts.get_mut(&me) else { return };
        match (filter, account.filters.iter_mut().find(|filter| id_of(filter) == Some(id))) {
            (Some(filter), Some(known)) => *known = filter,
            (Some(filter), None) => account.filters.push(filter),
            (None, _) => account.filters.retain(|filter| id_of(filter) != Some(id)),
        }
        let notices: Vec<_> = state.tell(me, News::Filter(id)).into_iter().collect();
        self.announce(&state, &notices, None);
    }
}

impl Api {
    /// The account with this phone number moves a chat into the archive or out of it, on another device.
    pub fn archive(&self, phone: &str, title: &str, archived: bool) {
        let mut state = self.world.lock();
        let Some(me) = state.account_by_phone(phone) else { return };
        let Some(place) = state.place_by_title(me, title) else { return };
        let date = state.now();
        let Some(account) = state.accounts.get_mut(&me) else { return };
        let entry = put(account, vec![(place, if archived { ARCHIVE } else { 0 })], date);
        self.announce(&state, &[Notice::Mailbox { account: me, entry }], None);
    }
}

fn filter_of(state: &State, me: i64, id: i32, folder: &DemoFolder) -> enums::DialogFilter {
    let peers = |titles: &[&str]| {
        let places = titles.iter().filter_map(|title| state.place_by_title(me, title));
        places.map(|place| input(place, state.access_hash(me, place))).collect()
    };
    types::DialogFilter {
        contacts: folder.people,
        non_contacts: folder.people,
        groups: folder.groups,
        broadcasts: folder.broadcasts,
        bots: false,
        exclude_muted: false,
        exclude_read: folder.unread,
        exclude_archived: true,
        title_noanimate: false,
        id,
        title: types::TextWithEntities { text: folder.title.to_owned(), entities: Vec::new() }.into(),
        emoticon: folder.sign.map(str::to_owned),
        color: None,
        pinned_peers: peers(&folder.pinned),
        include_peers: peers(&folder.included),
        exclude_peers: peers(&folder.excluded),
    }
    .into()
}

fn input(place: Place, access_hash: i64) -> enums::InputPeer {
    match place {
        Place::User(user_id) => types::InputPeerUser { user_id, access_hash }.into(),
        Place::Group(chat_id) => types::InputPeerChat { chat_id }.into(),
        Place::Channel(channel_id) => types::InputPeerChannel { channel_id, access_hash }.into(),
    }
}

/// Puts chats into the archive or the list. Their pins do not come along.
fn put(account: &mut Account, places: Vec<(Place, i32)>, date: i32) -> Entry {
    for (place, folder) in &places {
        account.chats.entry(*place).or_default().folder = *folder;
        account.pinned.retain(|pinned| pinned != place);
        account.pinned_archive.retain(|pinned| pinned != place);
    }
    account.journal.record(Change::Foldered(places), date)
}

/// Into the archive and out of it.
pub(crate) fn edit_peer_folders(
    ask: &mut Ask<'_>,
    request: functions::folders::EditPeerFolders,
) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let mut moved = Vec::new();
    for peer in &request.folder_peers {
        let enums::InputFolderPeer::Peer(peer) = peer;
        let place = ask.own_place(&peer.peer)?;
        if !(0..=ARCHIVE).contains(&peer.folder_id) {
            return Err(bad("FOLDER_ID_INVALID"));
        }
        moved.push((place, peer.folder_id));
    }
    let date = ask.state.now();
    let mut notices = Vec::new();
    if let Some(account) = ask.state.accounts.get_mut(&me).filter(|_| !moved.is_empty()) {
        let entry = put(account, moved, date);
        notices.push(Notice::Mailbox { account: me, entry });
    }
    own_updates(ask, notices, Vec::new())
}
