//! Finding messages and peers.

use super::history::page;
use super::{Ask, Fine, bad};
use crate::world::{Body, Letter, Place, State, Window};
use grammers_tl_types::enums::{MessageEntity, MessagesFilter};
use grammers_tl_types::{enums, functions, types};

/// Whether a letter is of the kind that the filter wants.
fn passes(filter: &MessagesFilter, letter: &Letter, state: &State) -> bool {
    use MessagesFilter as Filter;
    let voice = |id: &i64| state.documents.get(id).is_some_and(|document| document.voice.is_some());
    match (filter, &letter.body) {
        (Filter::InputMessagesFilterEmpty, body) => !matches!(body, Body::Service(_)),
        (Filter::InputMessagesFilterPhotos | Filter::InputMessagesFilterPhotoVideo, Body::Photo(_)) => true,
        (Filter::InputMessagesFilterDocument, Body::Document(id)) => !voice(id),
        (Filter::InputMessagesFilterVoice | Filter::InputMessagesFilterRoundVoice, Body::Document(id)) => voice(id),
        (Filter::InputMessagesFilterGeo, Body::Geo { .. }) => true,
        (Filter::InputMessagesFilterContacts, Body::Contact { .. }) => true,
        (Filter::InputMessagesFilterPoll, Body::Poll { .. }) => true,
        (Filter::InputMessagesFilterPinned, _) => letter.pinned,
        (Filter::InputMessagesFilterUrl, _) => {
            letter.entities.iter().any(|entity| matches!(entity, MessageEntity::Url(_) | MessageEntity::TextUrl(_)))
        }
        _ => false,
    }
}

pub(crate) fn search(ask: &mut Ask<'_>, request: functions::messages::Search) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let from = match &request.from_id {
        Some(peer) => match ask.place(peer)? {
            Place::User(person) => Some(person),
            _ => None,
        },
        None => None,
    };
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let ids = state.found_in(me, place, &request.q, |letter| {
        passes(&request.filter, letter, state)
            && from.is_none_or(|person| letter.is_by(person))
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
    for place in places.into_iter().filter(wanted) {
        for id in state.found_in(me, place, &request.q, |letter| {
            passes(&request.filter, letter, state)
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
