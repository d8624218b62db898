//! Who is in a channel.

use super::view::exported;
use super::{Ask, Fine, View, bad};
use crate::world::{Place, Right, Room, State};
use grammers_tl_types::{enums, functions, types};

/// How many there are of each kind, for administrators.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    pub admins: i32,
    pub kicked: i32,
    pub restricted: i32,
}

/// Counts those who stand out.
pub(crate) fn counts(state: &State, room: Room) -> Counts {
    let roster = state.roster(room);
    let bans = roster.into_iter().flat_map(|roster| roster.bans.keys());
    let bans: Vec<_> = bans.filter_map(|who| state.ban_on(room, *who)).collect();
    let kicked = bans.iter().filter(|ban| ban.rights.view_messages).count();
    Counts {
        admins: roster.map_or(0, |roster| roster.admins.len()) as i32 + 1,
        kicked: kicked as i32,
        restricted: (bans.len() - kicked) as i32,
    }
}

/// The permanent link of those who may invite.
pub(crate) fn own_invite(view: &mut View<'_>, place: Place) -> Option<enums::ExportedChatInvite> {
    let room = Room::of(view.me, place);
    let invites = &view.state.roster(room)?.invites;
    view.state.admin_rights(room, view.me)?;
    invites.iter().find(|invite| invite.permanent && !invite.revoked && invite.by == view.me).map(exported)
}

pub(crate) fn get_participants(
    ask: &mut Ask<'_>,
    request: functions::channels::GetParticipants,
) -> Fine<enums::channels::ChannelParticipants> {
    use enums::ChannelParticipantsFilter as Filter;
    let id = ask.channel(&request.channel)?;
    let mut view = ask.view()?;
    let (state, room) = (view.state, Room::Channel(id));
    let channel = state.channels.get(&id).ok_or_else(|| bad("CHANNEL_INVALID"))?;
    let is_admin = state.admin_rights(room, view.me).is_some();
    if channel.broadcast && !is_admin {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let bans: Vec<i64> = state.roster(room).into_iter().flat_map(|roster| roster.bans.keys().copied()).collect();
    let bans = |kicked: bool| -> Vec<i64> {
        let held = |who: &i64| state.ban_on(room, *who).is_some_and(|ban| ban.rights.view_messages == kicked);
        bans.iter().copied().filter(held).collect()
    };
    let named = |query: &str, people: Vec<i64>| -> Vec<i64> {
        let query = query.to_lowercase();
        let found = |who: &i64| state.people.get(who).is_some_and(|who| who.name().to_lowercase().contains(&query));
        people.into_iter().filter(found).collect()
    };
    let all = match &request.filter {
        Filter::ChannelParticipantsKicked(_) | Filter::ChannelParticipantsBanned(_) if !is_admin => {
            return Err(bad("CHAT_ADMIN_REQUIRED"));
        }
        Filter::ChannelParticipantsKicked(filter) => named(&filter.q, bans(true)),
        Filter::ChannelParticipantsBanned(filter) => named(&filter.q, bans(false)),
        Filter::ChannelParticipantsSearch(filter) => named(&filter.q, channel.members.clone()),
        Filter::ChannelParticipantsContacts(filter) => {
            let contacts = state.accounts.get(&view.me).map(|account| &account.contacts);
            let known = |who: &i64| contacts.is_some_and(|contacts| contacts.contains(who));
            named(&filter.q, channel.members.iter().copied().filter(known).collect())
        }
        Filter::ChannelParticipantsAdmins => {
            channel.members.iter().copied().filter(|who| state.admin_rights(room, *who).is_some()).collect()
        }
        Filter::ChannelParticipantsBots => {
            let bot = |who: &i64| state.people.get(who).is_some_and(|person| person.bot);
            channel.members.iter().copied().filter(bot).collect()
        }
        _ => channel.members.clone(),
    };
    let page = all.iter().skip(request.offset.max(0) as usize).take(request.limit.clamp(0, 200) as usize);
    let participants = page.filter_map(|person| view.participant(id, *person)).collect();
    let (chats, users) = view.everyone();
    Ok(types::channels::ChannelParticipants { count: all.len() as i32, participants, chats, users }.into())
}

pub(crate) fn get_participant(
    ask: &mut Ask<'_>,
    request: functions::channels::GetParticipant,
) -> Fine<enums::channels::ChannelParticipant> {
    let id = ask.channel(&request.channel)?;
    let Place::User(person) = ask.place(&request.participant)? else { return Err(bad("PARTICIPANT_ID_INVALID")) };
    let mut view = ask.view()?;
    let room = Room::Channel(id);
    if person != view.me && view.state.is_broadcast(room) && !view.state.may(room, view.me, Right::Invite) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let participant = view.participant(id, person).ok_or_else(|| bad("USER_NOT_PARTICIPANT"))?;
    let (chats, users) = view.everyone();
    Ok(types::channels::ChannelParticipant { participant, chats, users }.into())
}
