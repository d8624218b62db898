//! Small groups, and what groups and channels have in common: their names and pictures.

use super::rights::{changed, happen, need};
use super::sending::own_updates;
use super::{Ask, Fine, bad, media, uploads};
use crate::world::{
    Ban, Body, Change, Channel, Deed, Doing, FileClass, Group, Journal, News, Notice, Place, Right, Room, roster,
};
use grammers_tl_types::enums::ChannelAdminLogEventAction as Action;
use grammers_tl_types::{enums, functions, types};
use std::collections::BTreeMap;

const LONGEST_TITLE: usize = 255;
const LONGEST_ABOUT: usize = 255;
/// How many a small group may have.
const MOST: usize = 200;
/// How much of what was said before somebody who is added may be shown.
const MOST_SHOWN: usize = 100;

/// A title that can be one.
pub(crate) fn title_of(title: &str) -> Fine<String> {
    let title: String = title.trim().chars().take(LONGEST_TITLE).collect();
    if title.is_empty() { Err(bad("CHAT_TITLE_EMPTY")) } else { Ok(title) }
}

/// The account is in this small group.
pub(crate) fn inside(ask: &Ask<'_>, id: i64) -> Fine<()> {
    let (me, room) = (ask.me()?, Room::Group(id));
    ask.state.chat(me, Place::Group(id)).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if ask.state.roster(room).is_some_and(|roster| roster.migrated_to.is_some()) {
        return Err(bad("CHAT_ID_INVALID"));
    }
    if ask.state.is_member(room, me) { Ok(()) } else { Err(bad("USER_NOT_PARTICIPANT")) }
}

fn members_changed(ask: &mut Ask<'_>, id: i64) -> Vec<Notice> {
    ask.state.tell_room(Room::Group(id), |_| News::Participants(id))
}

pub(crate) fn create_chat(
    ask: &mut Ask<'_>,
    request: functions::messages::CreateChat,
) -> Fine<enums::messages::InvitedUsers> {
    let me = ask.me()?;
    let title = title_of(&request.title)?;
    let mut members = vec![me];
    for user in &request.users {
        let who = ask.person(user)?;
        if !members.contains(&who) {
            members.push(who);
        }
    }
    if members.len() < 2 {
        return Err(bad("USERS_TOO_FEW"));
    }
    if members.len() > MOST {
        return Err(bad("USERS_TOO_MUCH"));
    }
    let id = ask.state.groups.keys().next_back().copied().unwrap_or(4_100_000) + 1;
    let (room, date) = (Room::Group(id), ask.state.now());
    let people = members.clone();
    let group = Group { id, title: title.clone(), about: String::new(), photo: None, creator: me, members, date };
    ask.state.groups.insert(id, group);
    if let Some(ttl) = request.ttl_period.filter(|ttl| *ttl > 0) {
        ask.state.rules.entry(room).or_default().ttl = Some(ttl);
    }
    let mut notices = members_changed(ask, id);
    notices.extend(happen(ask, room, me, Deed::GroupCreated { title, people }));
    invited(ask, notices)
}

/// The answer to those who brought others.
pub(crate) fn invited(ask: &mut Ask<'_>, notices: Vec<Notice>) -> Fine<enums::messages::InvitedUsers> {
    let updates = own_updates(ask, notices, Vec::new())?;
    Ok(types::messages::InvitedUsers { updates, missing_invitees: Vec::new() }.into())
}

pub(crate) fn add_chat_user(
    ask: &mut Ask<'_>,
    request: functions::messages::AddChatUser,
) -> Fine<enums::messages::InvitedUsers> {
    let id = request.chat_id;
    let (me, room, place) = (ask.me()?, Room::Group(id), Place::Group(id));
    let who = ask.person(&request.user_id)?;
    if who == me {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    inside(ask, id)?;
    need(ask, place, Right::Invite)?;
    if ask.state.is_member(room, who) {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    if ask.state.members(room).len() >= MOST {
        return Err(bad("USERS_TOO_MUCH"));
    }
    ask.state.enter(room, who, me);
    let mut notices = show_the_last(ask, id, who, request.fwd_limit.max(0) as usize);
    notices.extend(members_changed(ask, id));
    notices.extend(happen(ask, room, me, Deed::Added(vec![who])));
    invited(ask, notices)
}

/// Somebody new sees the newest letters that whoever brought him sees.
fn show_the_last(ask: &mut Ask<'_>, id: i64, who: i64, count: usize) -> Vec<Notice> {
    let (Ok(me), place) = (ask.me(), Place::Group(id)) else { return Vec::new() };
    let ids = ask.state.ids_in(me, place);
    let from = ids.len().saturating_sub(count.min(MOST_SHOWN));
    let shown = ids.get(from..).unwrap_or_default().iter();
    let letters: Vec<_> = shown.filter_map(|id| Some(ask.state.letter_at(me, place, *id)?.0)).collect();
    let date = ask.state.now();
    let mut notices = Vec::new();
    for number in letters {
        let Some(account) = ask.state.accounts.get_mut(&who) else { break };
        let Some(letter) = ask.state.letters.get_mut(number).filter(|letter| letter.id_for(who).is_none()) else {
            continue;
        };
        account.last_id += 1;
        let message = account.last_id;
        account.letters.insert(message, number);
        account.chats.entry(place).or_default().ids.push(message);
        letter.copies.push((who, message));
        let entry = account.journal.record(Change::New(message), date);
        notices.push(Notice::Mailbox { account: who, entry });
    }
    notices
}

pub(crate) fn delete_chat_user(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteChatUser,
) -> Fine<enums::Updates> {
    let id = request.chat_id;
    let (me, room) = (ask.me()?, Room::Group(id));
    let who = ask.person(&request.user_id)?;
    inside(ask, id)?;
    if !ask.state.is_member(room, who) {
        return Err(bad("USER_NOT_PARTICIPANT"));
    }
    let brought = ask.state.roster(room).and_then(|roster| roster.came.get(&who)).is_some_and(|(by, _)| *by == me);
    let creator = ask.state.creator_of(room) == Some(who);
    if who != me && (creator || !(brought || ask.state.may(room, me, Right::Ban))) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    // Whoever goes still sees that he went.
    let mut notices = happen(ask, room, me, Deed::Removed(who));
    ask.state.exit(room, who);
    if who != me {
        let rights = types::ChatBannedRights { view_messages: true, ..roster::no_bans() };
        let date = ask.state.now();
        ask.state.roster_mut(room).bans.insert(who, Ban { rights, by: me, date });
    }
    notices.extend(ask.state.tell(who, News::Room(Place::Group(id))));
    notices.extend(members_changed(ask, id));
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn edit_chat_title(ask: &mut Ask<'_>, request: functions::messages::EditChatTitle) -> Fine<enums::Updates> {
    inside(ask, request.chat_id)?;
    rename(ask, Place::Group(request.chat_id), &request.title)
}

/// Gives a group or channel another name.
pub(crate) fn rename(ask: &mut Ask<'_>, place: Place, title: &str) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let room = Room::of(me, place);
    need(ask, place, Right::ChangeInfo)?;
    let title = title_of(title)?;
    let old = ask.state.title_of(me, place);
    if old == title {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    match place {
        Place::Group(id) => ask.state.groups.entry(id).and_modify(|group| group.title.clone_from(&title)),
        Place::Channel(id) => {
            ask.state.channels.entry(id).and_modify(|channel| channel.title.clone_from(&title));
            let (prev_value, new_value) = (old, title.clone());
            let action: Action = types::ChannelAdminLogEventActionChangeTitle { prev_value, new_value }.into();
            ask.state.log(room, me, Doing::Plain(Box::new(action), Vec::new()));
            return told(ask, room, Deed::Renamed(title));
        }
        Place::User(_) => return Err(bad("PEER_ID_INVALID")),
    };
    told(ask, room, Deed::Renamed(title))
}

/// Everybody looks again, and reads why.
fn told(ask: &mut Ask<'_>, room: Room, deed: Deed) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let mut notices = changed(ask, room);
    notices.extend(happen(ask, room, me, deed));
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn edit_chat_photo(ask: &mut Ask<'_>, request: functions::messages::EditChatPhoto) -> Fine<enums::Updates> {
    inside(ask, request.chat_id)?;
    show(ask, Place::Group(request.chat_id), request.photo)
}

/// Gives a group or channel another picture, or none.
pub(crate) fn show(ask: &mut Ask<'_>, place: Place, photo: enums::InputChatPhoto) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let room = Room::of(me, place);
    need(ask, place, Right::ChangeInfo)?;
    let new = match photo {
        enums::InputChatPhoto::Empty => None,
        enums::InputChatPhoto::InputChatUploadedPhoto(uploaded) => {
            let file = uploaded.file.ok_or_else(|| bad("PHOTO_FILE_MISSING"))?;
            match uploads::photo(ask, &file)? {
                Body::Photo(id) => Some(id),
                _ => return Err(bad("PHOTO_INVALID")),
            }
        }
        enums::InputChatPhoto::Photo(known) => match known.id {
            enums::InputPhoto::Photo(photo) => {
                media::known_file(ask, FileClass::Photo, photo.id, photo.access_hash, &photo.file_reference)?;
                Some(photo.id)
            }
            enums::InputPhoto::Empty => None,
        },
    };
    if let Some(photo) = new.and_then(|id| ask.state.photos.get_mut(&id)) {
        if photo.width.min(photo.height) < 160 {
            return Err(bad("PHOTO_CROP_SIZE_SMALL"));
        }
        photo.face = true;
    }
    let shown = match place {
        Place::Group(id) => ask.state.groups.get_mut(&id).map(|group| &mut group.photo),
        Place::Channel(id) => ask.state.channels.get_mut(&id).map(|channel| &mut channel.photo),
        Place::User(_) => None,
    };
    let old = std::mem::replace(shown.ok_or_else(|| bad("PEER_ID_INVALID"))?, new);
    if old == new {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    ask.state.log(room, me, Doing::Photo { old, new });
    told(ask, room, new.map_or(Deed::PhotoGone, Deed::NewPhoto))
}

pub(crate) fn edit_chat_about(ask: &mut Ask<'_>, request: functions::messages::EditChatAbout) -> Fine<bool> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let room = Room::of(me, place);
    need(ask, place, Right::ChangeInfo)?;
    if request.about.chars().count() > LONGEST_ABOUT {
        return Err(bad("CHAT_ABOUT_TOO_LONG"));
    }
    let about = match place {
        Place::Group(id) => ask.state.groups.get_mut(&id).map(|group| &mut group.about),
        Place::Channel(id) => ask.state.channels.get_mut(&id).map(|channel| &mut channel.about),
        Place::User(_) => None,
    };
    let about = about.ok_or_else(|| bad("PEER_ID_INVALID"))?;
    if *about == request.about {
        return Err(bad("CHAT_ABOUT_NOT_MODIFIED"));
    }
    let prev_value = std::mem::replace(about, request.about.clone());
    let action: Action = types::ChannelAdminLogEventActionChangeAbout { prev_value, new_value: request.about }.into();
    ask.state.log(room, me, Doing::Plain(Box::new(action), Vec::new()));
    let notices = changed(ask, room);
    ask.notices.extend(notices);
    Ok(true)
}

/// A small group becomes a supergroup.
pub(crate) fn migrate_chat(ask: &mut Ask<'_>, request: functions::messages::MigrateChat) -> Fine<enums::Updates> {
    let id = request.chat_id;
    let (me, room) = (ask.me()?, Room::Group(id));
    inside(ask, id)?;
    let group = ask.state.groups.get(&id).cloned().ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if group.creator != me {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let channel = new_channel(ask, group.title.clone(), group.about.clone(), false)?;
    let new = Room::Channel(channel);
    if let Some(channel) = ask.state.channels.get_mut(&channel) {
        channel.photo = group.photo;
        channel.size = group.members.len() as i32;
        channel.members.clone_from(&group.members);
    }
    let old = ask.state.roster_mut(room);
    old.migrated_to = Some(channel);
    let (admins, came, default_bans) = (old.admins.clone(), old.came.clone(), old.default_bans.clone());
    let roster = ask.state.roster_mut(new);
    (roster.admins, roster.came) = (admins, came);
    roster.default_bans = Some(default_bans.unwrap_or_else(roster::no_bans));
    let mut notices = happen(ask, room, me, Deed::MigratedTo(channel));
    notices.extend(changed(ask, new));
    notices.extend(happen(ask, new, me, Deed::MigratedFrom { title: group.title, group: id }));
    if let Some(group) = ask.state.groups.get_mut(&id) {
        group.members.clear();
    }
    own_updates(ask, notices, Vec::new())
}

/// A channel in which only the caller is.
pub(crate) fn new_channel(ask: &mut Ask<'_>, title: String, about: String, broadcast: bool) -> Fine<i64> {
    let me = ask.me()?;
    if about.chars().count() > LONGEST_ABOUT {
        return Err(bad("CHAT_ABOUT_TOO_LONG"));
    }
    let id = ask.state.channels.keys().next_back().copied().unwrap_or(1_700_000_000) + 1;
    let channel = Channel {
        id,
        title,
        about,
        username: None,
        photo: None,
        broadcast,
        verified: false,
        creator: me,
        size: 1,
        members: vec![me],
        date: ask.state.now(),
        letters: BTreeMap::new(),
        ids: Vec::new(),
        last_id: 0,
        journal: Journal::default(),
    };
    ask.state.channels.insert(id, channel);
    Ok(id)
}
