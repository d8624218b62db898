//! Finding messages and peers.

use super::history::page;
use super::{Ask, Fine, bad};
use crate::world::{Author, Body, Deed, Document, FileKind, Letter, Place, State, Window};
use grammers_tl_types::enums::{MessageEntity, MessagesFilter};
use grammers_tl_types::{enums, functions, types};

/// Whether a letter is of the kind that the filter wants.
fn passes(filter: &MessagesFilter, letter: &Letter, state: &State, me: i64) -> bool {
    use MessagesFilter as Filter;
    let kind = match &letter.body {
        Body::Document(id) => state.documents.get(id).map(Document::kind),
        _ => None,
    };
    let photo = matches!(letter.body, Body::Photo(_));
    match filter {
        Filter::InputMessagesFilterEmpty => !matches!(letter.body, Body::Service(_)),
        Filter::InputMessagesFilterPhotos => photo,
        Filter::InputMessagesFilterVideo => kind == Some(FileKind::Video),
        Filter::InputMessagesFilterPhotoVideo => photo || kind == Some(FileKind::Video),
        Filter::InputMessagesFilterDocument => kind == Some(FileKind::File),
        Filter::InputMessagesFilterMusic => kind == Some(FileKind::Music),
        Filter::InputMessagesFilterGif => kind == Some(FileKind::Animation),
        Filter::InputMessagesFilterVoice => kind == Some(FileKind::Voice),
        Filter::InputMessagesFilterRoundVideo => kind == Some(FileKind::Round),
        Filter::InputMessagesFilterRoundVoice => matches!(kind, Some(FileKind::Voice | FileKind::Round)),
        Filter::InputMessagesFilterGeo => {
            matches!(letter.body, Body::Geo { .. } | Body::Venue(_) | Body::Live { .. })
        }
        Filter::InputMessagesFilterContacts => matches!(letter.body, Body::Contact { .. }),
        Filter::InputMessagesFilterPoll => matches!(letter.body, Body::Poll(_)),
        Filter::InputMessagesFilterPinned => letter.is_pinned_for(me),
        Filter::InputMessagesFilterMyMentions => state.names_in(me, &letter.text, &letter.entities),
        Filter::InputMessagesFilterPhoneCalls(filter) => {
            matches!(letter.body, Body::Service(Deed::Called { .. })) && !filter.missed
        }
        Filter::InputMessagesFilterUrl => {
            letter.entities.iter().any(|entity| matches!(entity, MessageEntity::Url(_) | MessageEntity::TextUrl(_)))
        }
        _ => false,
    }
}

pub(crate) fn search(ask: &mut Ask<'_>, request: functions::messages::Search) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let from = request.from_id.as_ref().map(|peer| ask.place(peer)).transpose()?;
    let saved = request.saved_peer_id.as_ref().map(|peer| ask.place(peer)).transpose()?;
    let top = match request.top_msg_id {
        Some(top) => Some(ask.state.letter_at(ask.me()?, place, top).ok_or_else(|| bad("MSG_ID_INVALID"))?.0),
        None => None,
    };
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let ids = state.found_in(me, place, &request.q, |letter| {
        passes(&request.filter, letter, state, me)
            && from.is_none_or(|from| match (from, letter.author) {
                (Place::User(person), _) => letter.is_by(person),
                (channel, Author::Channel) => channel == place,
                (channel, Author::Post(post)) => channel == Place::Channel(post),
                _ => false,
            })
            && top.is_none_or(|top| letter.details.top == Some(top))
            && saved.is_none_or(|from| super::view::saved_from(letter, me) == from)
            && (request.min_date <= 0 || letter.date > request.min_date)
            && (request.max_date <= 0 || letter.date < request.max_date)
    });
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    Ok(page(&mut view, place, &ids, asked, request.hash))
}

/// In all chats, newest first. The next page begins at the rate, peer and number of the last one.
pub(crate) fn search_global(
    ask: &mut Ask<'_>,
    request: functions::messages::SearchGlobal,
) -> Fine<enums::messages::Messages> {
    let after = match &request.offset_peer {
        enums::InputPeer::Empty => None,
        peer => Some((request.offset_rate, ask.place(peer)?, request.offset_id)),
    };
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let wanted = |place: &Place| match place {
        Place::User(_) => !request.broadcasts_only && !request.groups_only,
        Place::Group(_) => !request.broadcasts_only && !request.users_only,
        Place::Channel(id) => {
            let broadcast = state.channels.get(id).is_some_and(|channel| channel.broadcast);
            !request.users_only && if broadcast { !request.groups_only } else { !request.broadcasts_only }
        }
    };
    let places: Vec<Place> =
        state.accounts.get(&me).map(|account| account.chats.keys().copied().collect()).unwrap_or_default();
    let mut found: Vec<(i32, Place, i32)> = Vec::new();
    let folder = request.folder_id;
    let within =
        |place: &Place| folder.is_none_or(|folder| state.chat(me, *place).is_some_and(|chat| chat.folder == folder));
    for place in places.into_iter().filter(wanted).filter(within) {
        for id in state.found_in(me, place, &request.q, |letter| {
            passes(&request.filter, letter, state, me)
                && (request.min_date <= 0 || letter.date > request.min_date)
                && (request.max_date <= 0 || letter.date < request.max_date)
        }) {
            let date = state.letter_at(me, place, id).map_or(0, |(_, letter)| letter.date);
            found.push((date, place, id));
        }
    }
    found.sort_by_key(|row| std::cmp::Reverse(*row));
    let count = found.len() as i32;
    let start = after.map_or(0, |after| found.partition_point(|row| *row >= after));
    let limit = if request.limit <= 0 { 20 } else { request.limit.min(100) as usize };
    let rows: Vec<_> = found.into_iter().skip(start).take(limit).collect();
    let next_rate = rows.last().map(|(date, _, _)| *date);
    let messages = rows.iter().map(|(_, place, id)| view.message(*place, *id)).collect();
    let (chats, users) = view.everyone();
    Ok(types::messages::MessagesSlice {
        inexact: false,
        count,
        next_rate,
        offset_id_offset: None,
        search_flood: None,
        messages,
        topics: Vec::new(),
        chats,
        users,
    }
    .into())
}

/// How many messages of each kind a chat has.
pub(crate) fn get_search_counters(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSearchCounters,
) -> Fine<Vec<enums::messages::SearchCounter>> {
    let place = ask.own_place(&request.peer)?;
    let view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let counters = request.filters.into_iter().take(30).map(|filter| {
        let count = state.found_in(me, place, "", |letter| passes(&filter, letter, state, me)).len() as i32;
        types::messages::SearchCounter { inexact: false, filter, count }.into()
    });
    Ok(counters.collect())
}

/// Messages of a kind, by the days on which they were written, newest first.
pub(crate) fn get_search_results_calendar(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSearchResultsCalendar,
) -> Fine<enums::messages::SearchResultsCalendar> {
    const DAY: i32 = 24 * 60 * 60;
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let ids = state.found_in(me, place, "", |letter| passes(&request.filter, letter, state, me));
    let date_of = |id: i32| state.letter_at(me, place, id).map_or(0, |(_, letter)| letter.date);
    let mut periods: Vec<types::SearchResultsCalendarPeriod> = Vec::new();
    let mut days = 0;
    for id in ids.iter().rev().copied().filter(|id| request.offset_id <= 0 || *id < request.offset_id) {
        let date = date_of(id) / DAY * DAY;
        match periods.last_mut() {
            Some(period) if period.date == date => {
                period.min_msg_id = id;
                period.count += 1;
            }
            _ if days >= 100 => break,
            _ => {
                days += 1;
                periods.push(types::SearchResultsCalendarPeriod { date, min_msg_id: id, max_msg_id: id, count: 1 });
            }
        }
    }
    let oldest = ids.first().copied().unwrap_or(0);
    let shown: Vec<i32> = periods.iter().map(|period| period.max_msg_id).collect();
    let messages = view.messages(place, &shown);
    let (chats, users) = view.everyone();
    Ok(types::messages::SearchResultsCalendar {
        inexact: false,
        count: ids.len() as i32,
        min_date: date_of(oldest),
        min_msg_id: oldest,
        offset_id_offset: None,
        periods: periods.into_iter().map(Into::into).collect(),
        messages,
        chats,
        users,
    }
    .into())
}

/// Where in a chat messages of a kind stand.
pub(crate) fn get_search_results_positions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSearchResultsPositions,
) -> Fine<enums::messages::SearchResultsPositions> {
    let place = ask.own_place(&request.peer)?;
    let view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let ids = state.found_in(me, place, "", |letter| passes(&request.filter, letter, state, me));
    let limit = request.limit.clamp(1, 100) as usize;
    let positions = ids
        .iter()
        .rev()
        .enumerate()
        .filter(|(_, id)| request.offset_id <= 0 || **id < request.offset_id)
        .take(limit)
        .map(|(offset, id)| {
            let date = state.letter_at(me, place, *id).map_or(0, |(_, letter)| letter.date);
            types::SearchResultPosition { msg_id: *id, date, offset: offset as i32 }.into()
        });
    Ok(types::messages::SearchResultsPositions { count: ids.len() as i32, positions: positions.collect() }.into())
}

/// What the account itself has sent of a kind, in all chats.
pub(crate) fn search_sent_media(
    ask: &mut Ask<'_>,
    request: functions::messages::SearchSentMedia,
) -> Fine<enums::messages::Messages> {
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let mut found: Vec<(i32, Place, i32)> = Vec::new();
    let places = state.accounts.get(&me).map(|account| account.chats.keys().copied());
    for place in places.into_iter().flatten() {
        let own = |letter: &Letter| letter.is_by(me) && passes(&request.filter, letter, state, me);
        for id in state.found_in(me, place, &request.q, own) {
            found.push((state.letter_at(me, place, id).map_or(0, |(_, letter)| letter.date), place, id));
        }
    }
    found.sort_by_key(|row| std::cmp::Reverse(*row));
    found.truncate(if request.limit <= 0 { 20 } else { request.limit.min(100) as usize });
    let messages = found.iter().map(|(_, place, id)| view.message(*place, *id)).collect();
    let (chats, users) = view.everyone();
    Ok(types::messages::Messages { messages, topics: Vec::new(), chats, users }.into())
}

/// Places that people share in a chat while they move.
pub(crate) fn get_recent_locations(
    ask: &mut Ask<'_>,
    request: functions::messages::GetRecentLocations,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let now = state.now();
    let alive = |letter: &Letter| match letter.body {
        Body::Live { period, .. } => letter.date.saturating_add(period) > now,
        _ => false,
    };
    let ids = state.found_in(me, place, "", alive);
    let asked = Window { limit: request.limit, ..Window::default() };
    Ok(page(&mut view, place, &ids, asked, request.hash))
}

/// Peers by name: those of one's own chats and contacts first, then public ones.
pub(crate) fn search_contacts(ask: &mut Ask<'_>, request: functions::contacts::Search) -> Fine<enums::contacts::Found> {
    let query = request.q.trim().trim_start_matches('@').to_lowercase();
    if query.is_empty() {
        return Err(bad("SEARCH_QUERY_EMPTY"));
    }
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let limit = request.limit.clamp(1, 100) as usize;
    let Some(account) = state.accounts.get(&me) else { return Err(super::ask::unregistered()) };
    let mut mine: Vec<Place> = account.chats.keys().copied().collect();
    mine.extend(account.contacts.iter().map(|person| Place::User(*person)));
    mine.sort();
    mine.dedup();
    mine.retain(|place| state.title_of(me, *place).to_lowercase().contains(&query));
    let public = |username: &Option<String>| username.as_ref().is_some_and(|name| name.to_lowercase().contains(&query));
    let people = state.people.values().filter(|person| public(&person.username)).map(|person| Place::User(person.id));
    let channels =
        state.channels.values().filter(|channel| public(&channel.username)).map(|channel| Place::Channel(channel.id));
    let others: Vec<Place> = people.chain(channels).filter(|place| !mine.contains(place)).take(limit).collect();
    let my_results = mine.into_iter().take(limit).map(|place| view.name(place)).collect();
    let results = others.into_iter().map(|place| view.name(place)).collect();
    let (chats, users) = view.everyone();
    Ok(types::contacts::Found { my_results, results, chats, users }.into())
}
