//! Supergroups and channels: made, joined, left, ruled, deleted.

use super::groups::{invited, new_channel, rename, show, title_of};
use super::rights::{changed, happen, need};
use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::world::{Deed, Doing, News, Notice, Place, Right, Room, roster};
use grammers_tl_types::enums::ChannelAdminLogEventAction as Action;
use grammers_tl_types::{enums, functions, types};

/// How long a slow room may make its members wait, in seconds.
const SLOW: [i32; 7] = [0, 10, 30, 60, 300, 900, 3_600];
/// How many may be brought at once.
const MOST_INVITED: usize = 100;

/// A channel that the caller is in, as its number.
fn own(ask: &Ask<'_>, channel: &enums::InputChannel) -> Fine<i64> {
    let id = ask.channel(channel)?;
    if ask.state.is_member(Room::Channel(id), ask.me()?) { Ok(id) } else { Err(bad("CHANNEL_PRIVATE")) }
}

fn log(ask: &mut Ask<'_>, id: i64, who: i64, action: Action, people: Vec<i64>) {
    ask.state.log(Room::Channel(id), who, Doing::Plain(Box::new(action), people));
}

pub(crate) fn create_channel(ask: &mut Ask<'_>, request: functions::channels::CreateChannel) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let title = title_of(&request.title)?;
    let id = new_channel(ask, title.clone(), request.about, !request.megagroup)?;
    let room = Room::Channel(id);
    if request.megagroup {
        let bans = types::ChatBannedRights { change_info: true, pin_messages: true, ..roster::no_bans() };
        ask.state.roster_mut(room).default_bans = Some(bans);
    }
    if let Some(ttl) = request.ttl_period.filter(|ttl| *ttl > 0) {
        ask.state.rules.entry(room).or_default().ttl = Some(ttl);
    }
    let mut notices = changed(ask, room);
    notices.extend(happen(ask, room, me, Deed::ChannelCreated(title)));
    let answer = own_updates(ask, notices, Vec::new());
    // One has read what one made.
    if let Some(chat) = ask.state.accounts.get_mut(&me).and_then(|account| account.chats.get_mut(&Place::Channel(id))) {
        chat.read_inbox = 1;
    }
    answer
}

pub(crate) fn edit_title(ask: &mut Ask<'_>, request: functions::channels::EditTitle) -> Fine<enums::Updates> {
    let id = own(ask, &request.channel)?;
    rename(ask, Place::Channel(id), &request.title)
}

pub(crate) fn edit_photo(ask: &mut Ask<'_>, request: functions::channels::EditPhoto) -> Fine<enums::Updates> {
    let id = own(ask, &request.channel)?;
    show(ask, Place::Channel(id), request.photo)
}

pub(crate) fn invite_to_channel(
    ask: &mut Ask<'_>,
    request: functions::channels::InviteToChannel,
) -> Fine<enums::messages::InvitedUsers> {
    let id = own(ask, &request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    need(ask, place, Right::Invite)?;
    if request.users.is_empty() {
        return Err(bad("USERS_TOO_FEW"));
    }
    if request.users.len() > MOST_INVITED {
        return Err(bad("USERS_TOO_MUCH"));
    }
    let mut people = Vec::new();
    for user in &request.users {
        let who = ask.person(user)?;
        if ask.state.is_kicked(room, who) && !ask.state.may(room, me, Right::Ban) {
            return Err(bad("USER_KICKED"));
        }
        if !ask.state.is_member(room, who) && !people.contains(&who) {
            people.push(who);
        }
    }
    if people.is_empty() {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    let mut notices = Vec::new();
    for who in &people {
        ask.state.enter(room, *who, me);
        notices.extend(ask.state.tell(*who, News::Room(place)));
        let participant = super::view::participant(ask.state, 0, id, *who);
        if let Some(participant) = participant {
            let action = types::ChannelAdminLogEventActionParticipantInvite { participant }.into();
            log(ask, id, me, action, vec![*who]);
        }
    }
    if !ask.state.is_broadcast(room) {
        notices.extend(happen(ask, room, me, Deed::Added(people)));
    }
    notices.extend(ask.state.tell(me, News::Room(place)));
    invited(ask, notices)
}

/// Comes into a channel by oneself, or by somebody's link.
pub(crate) fn come_in(ask: &mut Ask<'_>, id: i64, by: Option<i64>) -> Fine<Vec<Notice>> {
    let (me, room) = (ask.me()?, Room::Channel(id));
    ask.state.enter(room, me, by.unwrap_or(me));
    let mut notices: Vec<Notice> = ask.state.tell(me, News::Room(Place::Channel(id))).into_iter().collect();
    if !ask.state.is_broadcast(room) {
        notices.extend(happen(ask, room, me, by.map_or_else(|| Deed::Added(vec![me]), Deed::JoinedByLink)));
    }
    Ok(notices)
}

pub(crate) fn join_channel(
    ask: &mut Ask<'_>,
    request: functions::channels::JoinChannel,
) -> Fine<enums::messages::ChatInviteJoinResult> {
    let id = ask.channel(&request.channel)?;
    let me = ask.me()?;
    if ask.state.is_member(Room::Channel(id), me) {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    let notices = come_in(ask, id, None)?;
    log(ask, id, me, Action::ParticipantJoin, Vec::new());
    let updates = own_updates(ask, notices, Vec::new())?;
    Ok(types::messages::ChatInviteJoinResultOk { updates }.into())
}

pub(crate) fn leave_channel(ask: &mut Ask<'_>, request: functions::channels::LeaveChannel) -> Fine<enums::Updates> {
    let id = ask.channel(&request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    if !ask.state.is_member(room, me) {
        return Err(bad("USER_NOT_PARTICIPANT"));
    }
    if ask.state.creator_of(room) == Some(me) {
        return Err(bad("USER_CREATOR"));
    }
    ask.state.exit(room, me);
    let mut notices = Vec::new();
    if !ask.state.is_broadcast(room) {
        notices.extend(happen(ask, room, me, Deed::Removed(me)));
    }
    log(ask, id, me, Action::ParticipantLeave, Vec::new());
    notices.extend(ask.state.tell(me, News::Room(place)));
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn delete_channel(ask: &mut Ask<'_>, request: functions::channels::DeleteChannel) -> Fine<enums::Updates> {
    let id = own(ask, &request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    if ask.state.creator_of(room) != Some(me) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let members = ask.state.members(room);
    ask.state.roster_mut(room).gone = true;
    let mut notices = Vec::new();
    for member in members {
        ask.state.exit(room, member);
        notices.extend(ask.state.tell(member, News::Room(place)));
    }
    if let Some(channel) = ask.state.channels.get_mut(&id) {
        channel.username = None;
        channel.size = 0;
    }
    ask.state.discussions.retain(|channel, group| *channel != id && *group != id);
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn toggle_slow_mode(
    ask: &mut Ask<'_>,
    request: functions::channels::ToggleSlowMode,
) -> Fine<enums::Updates> {
    let id = own(ask, &request.channel)?;
    let (me, room) = (ask.me()?, Room::Channel(id));
    need(ask, Place::Channel(id), Right::Ban)?;
    if ask.state.is_broadcast(room) {
        return Err(bad("CHANNEL_INVALID"));
    }
    if !SLOW.contains(&request.seconds) {
        return Err(bad("SECONDS_INVALID"));
    }
    let rules = ask.state.rules.entry(room).or_default();
    let prev_value = rules.slowmode.unwrap_or(0);
    if prev_value == request.seconds {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    rules.slowmode = (request.seconds > 0).then_some(request.seconds);
    let new_value = request.seconds;
    let action = types::ChannelAdminLogEventActionToggleSlowMode { prev_value, new_value }.into();
    log(ask, id, me, action, Vec::new());
    let notices = changed(ask, room);
    own_updates(ask, notices, Vec::new())
}

/// A name in public, as Telegram allows it.
fn valid(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && (5..=32).contains(&name.len())
        && !name.ends_with('_')
}

/// Somebody else has this name in public.
fn taken(ask: &Ask<'_>, name: &str) -> bool {
    let same = |other: &Option<String>| other.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(name));
    ask.state.people.values().any(|person| same(&person.username))
        || ask.state.channels.values().any(|channel| same(&channel.username))
}

pub(crate) fn check_username(ask: &mut Ask<'_>, request: functions::channels::CheckUsername) -> Fine<bool> {
    // Asked before there is a channel, too.
    if !matches!(request.channel, enums::InputChannel::Empty) {
        own(ask, &request.channel)?;
    }
    ask.me()?;
    if !valid(&request.username) {
        return Err(bad("USERNAME_INVALID"));
    }
    if taken(ask, &request.username) { Err(bad("USERNAME_OCCUPIED")) } else { Ok(true) }
}

pub(crate) fn update_username(ask: &mut Ask<'_>, request: functions::channels::UpdateUsername) -> Fine<bool> {
    let id = own(ask, &request.channel)?;
    let (me, room) = (ask.me()?, Room::Channel(id));
    if ask.state.creator_of(room) != Some(me) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let new = (!request.username.is_empty()).then_some(request.username);
    let old = ask.state.channels.get(&id).and_then(|channel| channel.username.clone());
    if old == new {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    if let Some(name) = &new {
        if !valid(name) {
            return Err(bad("USERNAME_INVALID"));
        }
        if taken(ask, name) && !old.as_ref().is_some_and(|old| old.eq_ignore_ascii_case(name)) {
            return Err(bad("USERNAME_OCCUPIED"));
        }
    }
    let (prev_value, new_value) = (old.unwrap_or_default(), new.clone().unwrap_or_default());
    if let Some(channel) = ask.state.channels.get_mut(&id) {
        channel.username = new;
    }
    let action = types::ChannelAdminLogEventActionChangeUsername { prev_value, new_value }.into();
    log(ask, id, me, action, Vec::new());
    let notices = changed(ask, room);
    ask.notices.extend(notices);
    Ok(true)
}
