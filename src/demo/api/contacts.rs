//! Contacts and those who are blocked (core.telegram.org/api/contacts, .../api/block).

use super::sending::own_updates;
use super::{Ask, Fine, bad, privacy};
use crate::rpc::RpcError;
use crate::world::{News, Notice, Place, digits};
use grammers_tl_types::enums::{InputUser, PrivacyKey, PrivacyRule};
use grammers_tl_types::{enums, functions, types};

const LONGEST_NAME: usize = 64;
const MOST_AT_ONCE: usize = 500;

fn account<'a>(ask: &'a mut Ask<'_>) -> Fine<&'a mut crate::world::Account> {
    let me = ask.me()?;
    ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)
}

/// Keeps somebody as a contact under this name; whoever keeps it hears of it.
fn keep(ask: &mut Ask<'_>, person: i64, first: &str, last: &str) -> Fine<Vec<Notice>> {
    let me = ask.me()?;
    let account = account(ask)?;
    account.contacts.insert(person);
    account.circle.names.insert(person, (first.to_owned(), last.to_owned()));
    let news = [News::PeerSettings(Place::User(person)), News::Name(person)];
    Ok(news.into_iter().filter_map(|news| ask.state.tell(me, news)).collect())
}

fn checked_name<'a>(first: &'a str, last: &'a str) -> Fine<(&'a str, &'a str)> {
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() || first.chars().count() > LONGEST_NAME || last.chars().count() > LONGEST_NAME {
        return Err(bad("CONTACT_NAME_EMPTY"));
    }
    Ok((first, last))
}

pub(crate) fn add_contact(ask: &mut Ask<'_>, request: functions::contacts::AddContact) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let person = ask.person(&request.id).map_err(|_| bad("CONTACT_ID_INVALID"))?;
    if person == me {
        return Err(bad("CONTACT_ID_INVALID"));
    }
    let (first, last) = checked_name(&request.first_name, &request.last_name)?;
    let notices = keep(ask, person, first, last)?;
    if request.add_phone_privacy_exception {
        let mut rules = account(ask)?.circle.rules(&PrivacyKey::PhoneNumber);
        let named = rules.iter_mut().find_map(|rule| match rule {
            PrivacyRule::PrivacyValueAllowUsers(rule) => Some(&mut rule.users),
            _ => None,
        });
        match named {
            Some(users) if users.contains(&person) => {}
            Some(users) => users.push(person),
            None => rules.insert(0, types::PrivacyValueAllowUsers { users: vec![person] }.into()),
        }
        privacy::say(ask, me, PrivacyKey::PhoneNumber, rules);
    }
    own_updates(ask, notices, Vec::new())
}

/// Lets go of contacts; those who are none are passed over.
fn let_go(ask: &mut Ask<'_>, people: &[i64]) -> Fine<Vec<Notice>> {
    let me = ask.me()?;
    let mut notices = Vec::new();
    for person in people {
        let account = account(ask)?;
        if account.contacts.remove(person) {
            account.circle.names.remove(person);
            notices.extend(ask.state.tell(me, News::PeerSettings(Place::User(*person))));
            notices.extend(ask.state.tell(me, News::Name(*person)));
        }
    }
    Ok(notices)
}

pub(crate) fn delete_contacts(ask: &mut Ask<'_>, request: functions::contacts::DeleteContacts) -> Fine<enums::Updates> {
    ask.me()?;
    let people = request.id.iter().take(MOST_AT_ONCE).map(|user| ask.person(user)).collect::<Fine<Vec<_>>>()?;
    let notices = let_go(ask, &people)?;
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn delete_by_phones(ask: &mut Ask<'_>, request: functions::contacts::DeleteByPhones) -> Fine<bool> {
    ask.me()?;
    let phones: Vec<String> = request.phones.iter().take(MOST_AT_ONCE).map(|phone| digits(phone)).collect();
    let people: Vec<i64> =
        ask.state.people.values().filter(|person| phones.contains(&person.phone)).map(|person| person.id).collect();
    let notices = let_go(ask, &people)?;
    ask.notices.extend(notices);
    Ok(true)
}

/// Whoever has this number and lets himself be found by it.
fn by_phone(ask: &Ask<'_>, phone: &str) -> Fine<Option<i64>> {
    let me = ask.me()?;
    let phone = digits(phone);
    let mut people = ask.state.people.values().filter(|person| !person.bot && !phone.is_empty());
    let found = people.find(|person| person.phone == phone).map(|person| person.id);
    Ok(found.filter(|person| ask.state.shows(*person, &PrivacyKey::AddedByPhone, me)))
}

pub(crate) fn import_contacts(
    ask: &mut Ask<'_>,
    request: functions::contacts::ImportContacts,
) -> Fine<enums::contacts::ImportedContacts> {
    let me = ask.me()?;
    let mut imported = Vec::new();
    for contact in request.contacts.iter().take(MOST_AT_ONCE) {
        let enums::InputContact::InputPhoneContact(contact) = contact;
        let Ok((first, last)) = checked_name(&contact.first_name, &contact.last_name) else { continue };
        let Some(user_id) = by_phone(ask, &contact.phone)?.filter(|person| *person != me) else { continue };
        let notices = keep(ask, user_id, first, last)?;
        ask.notices.extend(notices);
        imported.push((user_id, contact.client_id));
    }
    let mut view = ask.view()?;
    for (user_id, _) in &imported {
        view.name(Place::User(*user_id));
    }
    let imported =
        imported.into_iter().map(|(user_id, client_id)| types::ImportedContact { user_id, client_id }.into()).collect();
    let (_, users) = view.everyone();
    let (popular_invites, retry_contacts) = (Vec::new(), Vec::new());
    Ok(types::contacts::ImportedContacts { imported, popular_invites, retry_contacts, users }.into())
}

pub(crate) fn resolve_phone(
    ask: &mut Ask<'_>,
    request: functions::contacts::ResolvePhone,
) -> Fine<enums::contacts::ResolvedPeer> {
    let person = by_phone(ask, &request.phone)?.ok_or_else(|| bad("PHONE_NOT_OCCUPIED"))?;
    let mut view = ask.view()?;
    let peer = view.name(Place::User(person));
    let (chats, users) = view.everyone();
    Ok(types::contacts::ResolvedPeer { peer, chats, users }.into())
}

pub(crate) fn get_contact_ids(ask: &mut Ask<'_>, _: functions::contacts::GetContactIds) -> Fine<Vec<i32>> {
    let account = account(ask)?;
    let mut people: Vec<i64> = account.contacts.iter().copied().collect();
    people.sort_unstable();
    Ok(people.into_iter().filter_map(|person| i32::try_from(person).ok()).collect())
}

/// Another than oneself.
fn other(ask: &Ask<'_>, peer: &enums::InputPeer) -> Fine<Place> {
    let place = ask.place(peer)?;
    if place == Place::User(ask.me()?) {
        return Err(bad("CONTACT_ID_INVALID"));
    }
    Ok(place)
}

/// One's own sessions hear of it; who is blocked only sees less of the account.
fn set_blocked(ask: &mut Ask<'_>, place: Place, blocked: bool) -> Fine<()> {
    let me = ask.me()?;
    let now = ask.state.now();
    let account = account(ask)?;
    if account.circle.blocks(place) == blocked {
        return Ok(());
    }
    account.circle.blocked.retain(|(known, _)| *known != place);
    if blocked {
        account.circle.blocked.push((place, now));
    }
    let notice = ask.state.tell(me, News::Blocked(place));
    ask.notices.extend(notice);
    if let Place::User(person) = place
        && ask.state.onlookers(me).contains(&person)
    {
        let notice = ask.state.tell(person, News::Person(me));
        ask.notices.extend(notice);
    }
    Ok(())
}

pub(crate) fn block(ask: &mut Ask<'_>, request: functions::contacts::Block) -> Fine<bool> {
    let place = other(ask, &request.id)?;
    // Stories are not served: who may see them is nothing to keep.
    if !request.my_stories_from {
        set_blocked(ask, place, true)?;
    }
    Ok(true)
}

pub(crate) fn unblock(ask: &mut Ask<'_>, request: functions::contacts::Unblock) -> Fine<bool> {
    let place = other(ask, &request.id)?;
    if !request.my_stories_from {
        set_blocked(ask, place, false)?;
    }
    Ok(true)
}

pub(crate) fn replace_blocked(ask: &mut Ask<'_>, request: functions::contacts::SetBlocked) -> Fine<bool> {
    ask.me()?;
    if request.my_stories_from {
        return Ok(true);
    }
    let wanted = request.id.iter().take(MOST_AT_ONCE).map(|peer| other(ask, peer)).collect::<Fine<Vec<_>>>()?;
    let known: Vec<Place> = account(ask)?.circle.blocked.iter().map(|(place, _)| *place).collect();
    for place in known.into_iter().filter(|place| !wanted.contains(place)) {
        set_blocked(ask, place, false)?;
    }
    for place in wanted {
        set_blocked(ask, place, true)?;
    }
    Ok(true)
}

pub(crate) fn get_blocked(
    ask: &mut Ask<'_>,
    request: functions::contacts::GetBlocked,
) -> Fine<enums::contacts::Blocked> {
    let mut view = ask.view()?;
    let account = view.state.accounts.get(&view.me).ok_or_else(super::ask::unregistered)?;
    let all: &[(Place, i32)] = if request.my_stories_from { &[] } else { &account.circle.blocked };
    let (offset, limit) = (request.offset.max(0) as usize, request.limit.clamp(0, 100) as usize);
    let mut blocked = Vec::new();
    for (place, date) in all.iter().rev().skip(offset).take(limit) {
        blocked.push(types::PeerBlocked { peer_id: view.name(*place), date: *date }.into());
    }
    let (chats, users) = view.everyone();
    if blocked.len() == all.len() {
        return Ok(types::contacts::Blocked { blocked, chats, users }.into());
    }
    Ok(types::contacts::BlockedSlice { count: all.len() as i32, blocked, chats, users }.into())
}

/// Nothing is said between two of whom one blocks the other.
pub(crate) fn may_say(ask: &Ask<'_>, place: Place) -> Fine<()> {
    let me = ask.me()?;
    let Place::User(person) = place else { return Ok(()) };
    if ask.state.blocks(me, person) {
        return Err(bad("YOU_BLOCKED_USER"));
    }
    if ask.state.blocks(person, me) {
        return Err(RpcError::new(400, "USER_IS_BLOCKED"));
    }
    Ok(())
}

/// Others' requests are not kept: whoever is accepted is a contact.
pub(crate) fn accept_contact(ask: &mut Ask<'_>, request: functions::contacts::AcceptContact) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let person = match &request.id {
        InputUser::UserSelf => return Err(bad("CONTACT_ID_INVALID")),
        user => ask.person(user)?,
    };
    let known = ask.state.called(me, person).map(|(first, last)| (first.to_owned(), last.to_owned()));
    let (first, last) = known.ok_or_else(|| bad("CONTACT_REQ_MISSING"))?;
    let notices = keep(ask, person, &first, &last)?;
    own_updates(ask, notices, Vec::new())
}
