//! Links by which one joins (core.telegram.org/api/invites).

use super::channels::come_in;
use super::rights::{happen, need};
use super::sending::own_updates;
use super::view::{LINK, exported};
use super::{Ask, Fine, bad};
use crate::world::{Deed, Doing, Invite, News, Place, Right, Room, mix};
use grammers_tl_types::enums::ChannelAdminLogEventAction as Action;
use grammers_tl_types::{enums, functions, types};

/// How many letters a link has after its beginning.
const LENGTH: usize = 16;
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// How many of the members of a chat are shown to those who look at a link.
const SHOWN: usize = 5;

/// The chat of a peer in which the caller may invite.
fn inviting(ask: &Ask<'_>, peer: &enums::InputPeer) -> Fine<(Room, Place)> {
    let place = ask.own_place(peer)?;
    if matches!(place, Place::User(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let (me, room) = (ask.me()?, Room::of(ask.me()?, place));
    // Members of a group may bring others, but links are made by administrators.
    if ask.state.admin_rights(room, me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    need(ask, place, Right::Invite)?;
    Ok((room, place))
}

/// Something that nobody guesses.
fn new_hash(ask: &Ask<'_>, room: Room) -> String {
    let (kind, id) = match room {
        Room::Channel(id) => (51, id),
        Room::Group(id) => (52, id),
        Room::Private(id, _) => (53, id),
    };
    let count = ask.state.roster(room).map_or(0, |roster| roster.invites.len());
    let mut number = mix(mix(ask.state.seed, kind), mix(id as u64, count as u64));
    let mut hash = String::new();
    for _ in 0..LENGTH {
        let letter = LETTERS.get((number % 64) as usize).copied().unwrap_or(b'A');
        hash.push(char::from(letter));
        number = mix(number, 7);
    }
    hash
}

fn make(ask: &mut Ask<'_>, room: Room, invite: Invite) -> Fine<enums::ExportedChatInvite> {
    let answer = exported(&invite);
    ask.state.roster_mut(room).invites.push(invite);
    Ok(answer)
}

pub(crate) fn export_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::ExportChatInvite,
) -> Fine<enums::ExportedChatInvite> {
    let (room, _) = inviting(ask, &request.peer)?;
    let (me, date) = (ask.me()?, ask.state.now());
    if request.expire_date.is_some_and(|expires| expires != 0 && expires <= date) {
        return Err(bad("EXPIRE_DATE_INVALID"));
    }
    if request.usage_limit.is_some_and(|limit| !(0..100_000).contains(&limit)) {
        return Err(bad("USAGE_LIMIT_INVALID"));
    }
    let expires = request.expire_date.filter(|expires| *expires != 0);
    let limit = request.usage_limit.filter(|limit| *limit != 0);
    let permanent = expires.is_none() && limit.is_none() && request.title.is_none();
    let hash = new_hash(ask, room);
    if permanent {
        // The one that was is good no more.
        for old in &mut ask.state.roster_mut(room).invites {
            old.revoked |= old.permanent && old.by == me;
        }
    }
    let (title, used, revoked) = (request.title, Vec::new(), false);
    make(ask, room, Invite { hash, by: me, date, title, expires, limit, used, revoked, permanent })
}

/// The link with this hash, where it is still good.
fn good(ask: &Ask<'_>, hash: &str) -> Fine<(Room, Invite)> {
    let hash = hash.trim_start_matches(LINK).trim_start_matches('+');
    if hash.is_empty() {
        return Err(bad("INVITE_HASH_EMPTY"));
    }
    if hash.len() != LENGTH {
        return Err(bad("INVITE_HASH_INVALID"));
    }
    let found = ask.state.rosters.iter().find_map(|(room, roster)| {
        let invite = roster.invites.iter().find(|invite| invite.hash == hash)?;
        (!roster.gone && roster.migrated_to.is_none()).then(|| (*room, invite.clone()))
    });
    // Telegram says the same of those that never were.
    let (room, invite) = found.ok_or_else(|| bad("INVITE_HASH_EXPIRED"))?;
    let late = invite.expires.is_some_and(|expires| expires <= ask.state.now());
    let full = invite.limit.is_some_and(|limit| invite.used.len() as i32 >= limit);
    let me = ask.me()?;
    let member = ask.state.is_member(room, me);
    if invite.revoked || ((late || full) && !member) || ask.state.is_kicked(room, me) {
        return Err(bad("INVITE_HASH_EXPIRED"));
    }
    Ok((room, invite))
}

pub(crate) fn check_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::CheckChatInvite,
) -> Fine<enums::ChatInvite> {
    let (room, _) = good(ask, &request.hash)?;
    let view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let place = room.seen_by(me);
    if state.is_member(room, me) {
        return Ok(types::ChatInviteAlready { chat: view.chat(place) }.into());
    }
    let (about, photo, public, size) = match room {
        Room::Group(id) => state.groups.get(&id).map(|group| (&group.about, group.photo, false, group.members.len())),
        Room::Channel(id) => state
            .channels
            .get(&id)
            .map(|channel| (&channel.about, channel.photo, channel.username.is_some(), channel.size as usize)),
        Room::Private(..) => None,
    }
    .ok_or_else(|| bad("INVITE_HASH_EXPIRED"))?;
    let channel = matches!(room, Room::Channel(_));
    let broadcast = state.is_broadcast(room);
    let members = state.members(room);
    let participants = members.iter().take(SHOWN).map(|who| view.user(*who)).collect();
    Ok(types::ChatInvite {
        channel,
        broadcast,
        public,
        megagroup: channel && !broadcast,
        request_needed: false,
        verified: false,
        scam: false,
        fake: false,
        can_refulfill_subscription: false,
        title: state.title_of(me, place),
        about: (!about.is_empty()).then(|| about.clone()),
        photo: match photo {
            Some(photo) => view.photo(photo),
            None => types::PhotoEmpty { id: 0 }.into(),
        },
        participants_count: size as i32,
        participants: (!broadcast).then_some(participants),
        color: 0,
        subscription_pricing: None,
        subscription_form_id: None,
        bot_verification: None,
    }
    .into())
}

pub(crate) fn import_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::ImportChatInvite,
) -> Fine<enums::messages::ChatInviteJoinResult> {
    let (room, invite) = good(ask, &request.hash)?;
    let me = ask.me()?;
    if ask.state.is_member(room, me) {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    let notices = match room {
        Room::Channel(id) => {
            let notices = come_in(ask, id, Some(invite.by))?;
            let joined: Action = types::ChannelAdminLogEventActionParticipantJoinByInvite {
                via_chatlist: false,
                invite: exported(&invite),
            }
            .into();
            ask.state.log(room, me, Doing::Plain(Box::new(joined), vec![invite.by]));
            notices
        }
        Room::Group(id) => {
            ask.state.enter(room, me, invite.by);
            let mut notices = ask.state.tell_room(room, |_| News::Participants(id));
            notices.extend(happen(ask, room, me, Deed::JoinedByLink(invite.by)));
            notices
        }
        Room::Private(..) => return Err(bad("INVITE_HASH_EXPIRED")),
    };
    let now = ask.state.now();
    let mut invites = ask.state.roster_mut(room).invites.iter_mut();
    if let Some(used) = invites.find(|other| other.hash == invite.hash) {
        used.used.push((me, now));
    }
    let updates = own_updates(ask, notices, Vec::new())?;
    Ok(types::messages::ChatInviteJoinResultOk { updates }.into())
}

/// The link that the caller names, as its place among those of the room.
fn named(ask: &Ask<'_>, room: Room, link: &str) -> Fine<usize> {
    let hash = link.trim_start_matches(LINK);
    let invites = ask.state.roster(room).map(|roster| roster.invites.as_slice()).unwrap_or_default();
    invites.iter().position(|invite| invite.hash == hash).ok_or_else(|| bad("INVITE_HASH_EXPIRED"))
}

pub(crate) fn get_exported_chat_invites(
    ask: &mut Ask<'_>,
    request: functions::messages::GetExportedChatInvites,
) -> Fine<enums::messages::ExportedChatInvites> {
    let (room, _) = inviting(ask, &request.peer)?;
    let admin = ask.person(&request.admin_id)?;
    let mut view = ask.view()?;
    let invites = view.state.roster(room).map(|roster| roster.invites.as_slice()).unwrap_or_default();
    let wanted: Vec<_> =
        invites.iter().rev().filter(|invite| invite.by == admin && invite.revoked == request.revoked).collect();
    let after = request.offset_link.as_deref().map(|link| link.trim_start_matches(LINK));
    let start = after.map_or(0, |after| {
        wanted.iter().position(|invite| invite.hash == after).map_or(wanted.len(), |place| place + 1)
    });
    let page = wanted.iter().skip(start).take(request.limit.clamp(1, 100) as usize);
    let page = page.map(|invite| view.invite(invite)).collect();
    let users = view.everyone().1;
    Ok(types::messages::ExportedChatInvites { count: wanted.len() as i32, invites: page, users }.into())
}

pub(crate) fn get_exported_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::GetExportedChatInvite,
) -> Fine<enums::messages::ExportedChatInvite> {
    let (room, _) = inviting(ask, &request.peer)?;
    let place = named(ask, room, &request.link)?;
    answer(ask, room, place)
}

fn answer(ask: &Ask<'_>, room: Room, place: usize) -> Fine<enums::messages::ExportedChatInvite> {
    let mut view = ask.view()?;
    let invite = view.state.roster(room).and_then(|roster| roster.invites.get(place));
    let invite = view.invite(invite.ok_or_else(|| bad("INVITE_HASH_EXPIRED"))?);
    let users = view.everyone().1;
    Ok(types::messages::ExportedChatInvite { invite, users }.into())
}

pub(crate) fn edit_exported_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::EditExportedChatInvite,
) -> Fine<enums::messages::ExportedChatInvite> {
    let (room, _) = inviting(ask, &request.peer)?;
    let me = ask.me()?;
    let place = named(ask, room, &request.link)?;
    let Some(invite) = ask.state.roster_mut(room).invites.get_mut(place) else {
        return Err(bad("INVITE_HASH_EXPIRED"));
    };
    if invite.revoked {
        return Err(bad("INVITE_REVOKED_MISSING"));
    }
    invite.revoked = request.revoked;
    if let Some(expires) = request.expire_date {
        invite.expires = (expires != 0).then_some(expires);
    }
    if let Some(limit) = request.usage_limit {
        invite.limit = (limit != 0).then_some(limit);
    }
    if request.title.is_some() {
        invite.title = request.title;
    }
    if request.revoked {
        let action: Action = types::ChannelAdminLogEventActionExportedInviteRevoke { invite: exported(invite) }.into();
        ask.state.log(room, me, Doing::Plain(Box::new(action), vec![me]));
    }
    answer(ask, room, place)
}

pub(crate) fn delete_exported_chat_invite(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteExportedChatInvite,
) -> Fine<bool> {
    let (room, _) = inviting(ask, &request.peer)?;
    let place = named(ask, room, &request.link)?;
    let invites = &mut ask.state.roster_mut(room).invites;
    if !invites.get(place).is_some_and(|invite| invite.revoked) {
        return Err(bad("INVITE_REVOKED_MISSING"));
    }
    // Stays as a mark, so that no later link gets the same name; nothing can be done with it any more.
    if let Some(invite) = invites.get_mut(place) {
        invite.by = 0;
    }
    Ok(true)
}

pub(crate) fn get_chat_invite_importers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetChatInviteImporters,
) -> Fine<enums::messages::ChatInviteImporters> {
    let (room, _) = inviting(ask, &request.peer)?;
    let only = request.link.as_deref().map(|link| named(ask, room, link)).transpose()?;
    let mut view = ask.view()?;
    let invites = view.state.roster(room).map(|roster| roster.invites.as_slice()).unwrap_or_default();
    let wanted = invites.iter().enumerate().filter(|(place, _)| only.is_none_or(|only| only == *place));
    // Nobody has to ask first.
    let used: Vec<(i64, i32)> =
        wanted.flat_map(|(_, invite)| invite.used.iter().copied()).filter(|_| !request.requested).collect();
    let page = used.iter().rev().take(request.limit.clamp(1, 100) as usize);
    let importers = page.map(|(user_id, date)| {
        view.name(Place::User(*user_id));
        let (requested, via_chatlist, about, approved_by) = (false, false, None, None);
        types::ChatInviteImporter { requested, via_chatlist, user_id: *user_id, date: *date, about, approved_by }.into()
    });
    let importers = importers.collect();
    let users = view.everyone().1;
    Ok(types::messages::ChatInviteImporters { count: used.len() as i32, importers, users }.into())
}
