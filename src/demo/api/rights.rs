//! What one may do in groups and channels, and who says so (core.telegram.org/api/rights).

use super::sending::own_updates;
use super::view::participant;
use super::{Ask, Fine, bad, contacts};
use crate::rpc::RpcError;
use crate::world::{Admin, Author, Ban, Body, Deed, Doing, Draft, FileKind, News, Notice, Place, Right, Room, State};
use grammers_tl_types::enums::ChannelAdminLogEventAction as Action;
use grammers_tl_types::{enums, functions, types};

/// The longest title of an administrator, in characters.
const LONGEST_RANK: usize = 16;

/// The caller may do this here.
pub(crate) fn need(ask: &Ask<'_>, place: Place, right: Right) -> Fine<()> {
    let me = ask.me()?;
    if ask.state.may(Room::of(me, place), me, right) { Ok(()) } else { Err(bad("CHAT_ADMIN_REQUIRED")) }
}

/// Where one may write: everywhere that one is, unless it is forbidden there; in broadcast channels only administrators.
pub(crate) fn may_write(ask: &Ask<'_>, place: Place) -> Fine<()> {
    if matches!(place, Place::User(_)) {
        return contacts::may_say(ask, place);
    }
    let me = ask.me()?;
    let room = Room::of(me, place);
    if ask.state.may(room, me, Right::Post) {
        return Ok(());
    }
    if matches!(place, Place::Channel(_)) && ask.state.ban_on(room, me).is_some_and(|ban| ban.rights.send_messages) {
        return Err(bad("USER_BANNED_IN_CHANNEL"));
    }
    Err(RpcError::new(403, "CHAT_WRITE_FORBIDDEN"))
}

/// Some kinds of content may be forbidden.
pub(crate) fn may_carry(ask: &Ask<'_>, place: Place, body: &Body) -> Fine<()> {
    let me = ask.me()?;
    let room = Room::of(me, place);
    if matches!(place, Place::User(_)) || ask.state.admin_rights(room, me).is_some() {
        return Ok(());
    }
    let own = ask.state.ban_on(room, me).map(|ban| ban.rights.clone());
    for bans in [Some(ask.state.default_bans(room)), own].into_iter().flatten() {
        let (forbidden, name) = match body {
            Body::Text | Body::Page(_) => (bans.send_plain, "PLAIN"),
            Body::Photo(_) => (bans.send_media || bans.send_photos, "PHOTOS"),
            Body::Poll(_) | Body::Todo { .. } => (bans.send_polls, "POLL"),
            Body::Document(id) => match ask.state.documents.get(id).map(|document| document.kind()) {
                Some(FileKind::Voice) => (bans.send_media || bans.send_voices, "VOICES"),
                Some(FileKind::Video) => (bans.send_media || bans.send_videos, "VIDEOS"),
                Some(FileKind::Round) => (bans.send_media || bans.send_roundvideos, "ROUNDVIDEOS"),
                _ => (bans.send_media || bans.send_docs, "DOCS"),
            },
            _ => (bans.send_media, "MEDIA"),
        };
        if forbidden {
            return Err(RpcError::new(403, format!("CHAT_SEND_{name}_FORBIDDEN")));
        }
    }
    Ok(())
}

/// Who speaks when this person does something here.
pub(crate) fn author(state: &State, me: i64, room: Room) -> Author {
    if state.is_broadcast(room) { Author::Channel } else { Author::Person(me) }
}

/// Something happened in a room, and everybody in it can read that.
pub(crate) fn happen(ask: &mut Ask<'_>, room: Room, who: i64, deed: Deed) -> Vec<Notice> {
    let (author, date) = (author(ask.state, who, room), ask.state.now());
    ask.state.post(room, author, date, Draft::deed(deed)).1
}

/// The chat is not what it was: all in it look again.
pub(crate) fn changed(ask: &mut Ask<'_>, room: Room) -> Vec<Notice> {
    ask.state.tell_room(room, News::Room)
}

fn rights_list(rights: &types::ChatAdminRights) -> [bool; 9] {
    [
        rights.change_info,
        rights.post_messages,
        rights.edit_messages,
        rights.delete_messages,
        rights.ban_users,
        rights.invite_users,
        rights.pin_messages,
        rights.add_admins,
        rights.manage_call,
    ]
}

/// Nothing is forbidden by these.
fn forbids_nothing(rights: &types::ChatBannedRights) -> bool {
    types::ChatBannedRights { until_date: 0, ..rights.clone() }
        == types::ChatBannedRights { until_date: 0, ..crate::world::roster::no_bans() }
}

fn standing(ask: &Ask<'_>, channel: i64, who: i64) -> enums::ChannelParticipant {
    // As one sees whom one changes.
    participant(ask.state, 0, channel, who)
        .unwrap_or_else(|| types::ChannelParticipantLeft { peer: Place::User(who).peer() }.into())
}

pub(crate) fn edit_admin(ask: &mut Ask<'_>, request: functions::channels::EditAdmin) -> Fine<enums::Updates> {
    let id = ask.channel(&request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    let who = ask.person(&request.user_id)?;
    need(ask, place, Right::AddAdmins)?;
    let creator = ask.state.creator_of(room);
    if creator == Some(who) {
        return Err(bad("USER_CREATOR"));
    }
    let enums::ChatAdminRights::Rights(rights) = request.admin_rights;
    let own = ask.state.admin_rights(room, me).ok_or_else(|| bad("CHAT_ADMIN_REQUIRED"))?;
    if rights_list(&rights).iter().zip(rights_list(&own)).any(|(given, own)| *given && !own) {
        return Err(RpcError::new(403, "RIGHT_FORBIDDEN"));
    }
    if request.rank.as_ref().is_some_and(|rank| rank.chars().count() > LONGEST_RANK) {
        return Err(bad("ADMIN_RANK_INVALID"));
    }
    let old = ask.state.roster(room).and_then(|roster| roster.admins.get(&who)).map(|admin| admin.by);
    if old.is_some_and(|by| by != me && creator != Some(me)) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let is_any = rights_list(&rights).contains(&true) || rights.other || rights.anonymous || rights.manage_topics;
    if !is_any && old.is_none() {
        return Err(bad("USER_NOT_PARTICIPANT"));
    }
    if ask.state.is_kicked(room, who) && !ask.state.may(room, me, Right::Ban) {
        return Err(bad("USER_KICKED"));
    }
    let before = standing(ask, id, who);
    let mut notices = Vec::new();
    if !ask.state.is_member(room, who) {
        ask.state.enter(room, who, me);
        if !ask.state.is_broadcast(room) {
            notices.extend(happen(ask, room, me, Deed::Added(vec![who])));
        }
    }
    let date = ask.state.now();
    let roster = ask.state.roster_mut(room);
    if is_any {
        roster.bans.remove(&who);
        roster.admins.insert(who, Admin { rights, rank: request.rank, by: me, date });
    } else {
        roster.admins.remove(&who);
    }
    let new_participant = standing(ask, id, who);
    let action: Action =
        types::ChannelAdminLogEventActionParticipantToggleAdmin { prev_participant: before, new_participant }.into();
    ask.state.log(room, me, Doing::Plain(Box::new(action), vec![who, me]));
    notices.extend(ask.state.tell(who, News::Room(place)));
    own_updates(ask, notices, vec![types::UpdateChannel { channel_id: id }.into()])
}

pub(crate) fn edit_banned(ask: &mut Ask<'_>, request: functions::channels::EditBanned) -> Fine<enums::Updates> {
    let id = ask.channel(&request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    let Place::User(who) = ask.place(&request.participant)? else { return Err(bad("PARTICIPANT_ID_INVALID")) };
    need(ask, place, Right::Ban)?;
    let creator = ask.state.creator_of(room);
    let promoted = ask.state.roster(room).and_then(|roster| roster.admins.get(&who)).map(|admin| admin.by);
    if who == me || creator == Some(who) || promoted.is_some_and(|by| by != me && creator != Some(me)) {
        return Err(bad("USER_ADMIN_INVALID"));
    }
    let enums::ChatBannedRights::Rights(rights) = request.banned_rights;
    let before = standing(ask, id, who);
    let (was_member, kicked) = (ask.state.is_member(room, who), rights.view_messages);
    if ask.state.is_broadcast(room) && !kicked && !forbids_nothing(&rights) {
        return Err(bad("CHANNEL_INVALID"));
    }
    let date = ask.state.now();
    let mut notices = Vec::new();
    let roster = ask.state.roster_mut(room);
    roster.admins.remove(&who);
    if forbids_nothing(&rights) {
        roster.bans.remove(&who);
    } else {
        roster.bans.insert(who, Ban { rights, by: me, date });
    }
    if kicked && was_member {
        ask.state.exit(room, who);
        if !ask.state.is_broadcast(room) {
            notices.extend(happen(ask, room, me, Deed::Removed(who)));
        }
    }
    let new_participant = standing(ask, id, who);
    let action: Action =
        types::ChannelAdminLogEventActionParticipantToggleBan { prev_participant: before, new_participant }.into();
    ask.state.log(room, me, Doing::Plain(Box::new(action), vec![who, me]));
    notices.extend(ask.state.tell(who, News::Room(place)));
    own_updates(ask, notices, vec![types::UpdateChannel { channel_id: id }.into()])
}

pub(crate) fn edit_default_banned_rights(
    ask: &mut Ask<'_>,
    request: functions::messages::EditChatDefaultBannedRights,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let room = Room::of(me, place);
    need(ask, place, Right::Ban)?;
    if matches!(place, Place::User(_)) || ask.state.is_broadcast(room) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let enums::ChatBannedRights::Rights(rights) = request.banned_rights;
    let rights = types::ChatBannedRights { view_messages: false, until_date: i32::MAX, ..rights };
    let old = ask.state.default_bans(room);
    if old == rights {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let action: Action = types::ChannelAdminLogEventActionDefaultBannedRights {
        prev_banned_rights: old.into(),
        new_banned_rights: rights.clone().into(),
    }
    .into();
    let roster = ask.state.roster_mut(room);
    roster.default_bans = Some(rights);
    roster.version += 1;
    ask.state.log(room, me, Doing::Plain(Box::new(action), Vec::new()));
    let notices = ask.state.tell_room(room, News::DefaultBans);
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn edit_chat_admin(ask: &mut Ask<'_>, request: functions::messages::EditChatAdmin) -> Fine<bool> {
    let id = request.chat_id;
    let (me, room) = (ask.me()?, Room::Group(id));
    let who = ask.person(&request.user_id)?;
    super::groups::inside(ask, id)?;
    if ask.state.creator_of(room) != Some(me) || who == me {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if !ask.state.is_member(room, who) {
        return Err(bad("USER_NOT_PARTICIPANT"));
    }
    let date = ask.state.now();
    let roster = ask.state.roster_mut(room);
    if request.is_admin == roster.admins.contains_key(&who) {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    if request.is_admin {
        let rights = types::ChatAdminRights { add_admins: false, ..crate::world::roster::all_rights() };
        roster.admins.insert(who, Admin { rights, rank: None, by: me, date });
    } else {
        roster.admins.remove(&who);
    }
    roster.version += 1;
    let mut notices = ask.state.tell_room(room, |_| News::Participants(id));
    notices.extend(ask.state.tell(who, News::Room(Place::Group(id))));
    ask.notices.extend(notices);
    Ok(true)
}
