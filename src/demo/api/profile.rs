//! One's own name, words and username (core.telegram.org/api/profile, .../api/bots#creating-a-bot for usernames).

use super::{Ask, Fine, bad};
use crate::world::{News, State};
use grammers_tl_types::{enums, functions};

const LONGEST_NAME: usize = 64;
const LONGEST_ABOUT: usize = 70;

fn own_user(ask: &Ask<'_>) -> Fine<enums::User> {
    let view = ask.view()?;
    Ok(view.user(view.me))
}

pub(crate) fn update_profile(ask: &mut Ask<'_>, request: functions::account::UpdateProfile) -> Fine<enums::User> {
    let me = ask.me()?;
    let first = request.first_name.map(|name| name.trim().to_owned());
    let last = request.last_name.map(|name| name.trim().to_owned());
    let about = request.about.map(|about| about.trim().to_owned());
    if first.as_ref().is_some_and(|name| name.is_empty() || name.chars().count() > LONGEST_NAME) {
        return Err(bad("FIRSTNAME_INVALID"));
    }
    if last.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(bad("LASTNAME_INVALID"));
    }
    if about.as_ref().is_some_and(|about| about.chars().count() > LONGEST_ABOUT) {
        return Err(bad("ABOUT_TOO_LONG"));
    }
    let person = ask.state.people.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let before = (person.first.clone(), person.last.clone(), person.about.clone());
    person.first = first.unwrap_or_else(|| before.0.clone());
    person.last = last.unwrap_or_else(|| before.1.clone());
    person.about = about.unwrap_or_else(|| before.2.clone());
    let is_renamed = (&person.first, &person.last) != (&before.0, &before.1);
    let is_described = person.about != before.2;
    if is_renamed {
        let notices = ask.state.tell_onlookers(me, &News::Name(me));
        ask.notices.extend(notices);
    }
    if is_described {
        let notices = ask.state.tell_onlookers(me, &News::Person(me));
        ask.notices.extend(notices);
    }
    own_user(ask)
}

/// Letters, digits and single underscores, 5 to 32 of them, a letter first and no underscore last.
fn is_username(name: &str) -> bool {
    (5..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

/// Whether somebody else has this username, in whatever case.
fn is_taken(state: &State, but: i64, name: &str) -> bool {
    let has = |username: &Option<String>| username.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(name));
    state.people.values().any(|person| person.id != but && has(&person.username))
        || state.channels.values().any(|channel| has(&channel.username))
}

pub(crate) fn check_username(ask: &mut Ask<'_>, request: functions::account::CheckUsername) -> Fine<bool> {
    let me = ask.me()?;
    if !is_username(&request.username) {
        return Err(bad("USERNAME_INVALID"));
    }
    Ok(!is_taken(ask.state, me, &request.username))
}

/// An empty name takes the username away.
pub(crate) fn update_username(ask: &mut Ask<'_>, request: functions::account::UpdateUsername) -> Fine<enums::User> {
    let me = ask.me()?;
    let name = request.username;
    if !name.is_empty() && !is_username(&name) {
        return Err(bad("USERNAME_INVALID"));
    }
    if !name.is_empty() && is_taken(ask.state, me, &name) {
        return Err(bad("USERNAME_OCCUPIED"));
    }
    let person = ask.state.people.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    if person.username.as_deref().unwrap_or_default() == name {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    person.username = (!name.is_empty()).then_some(name);
    let notices = ask.state.tell_onlookers(me, &News::Name(me));
    ask.notices.extend(notices);
    own_user(ask)
}
