//! What administrators did (core.telegram.org/api/recent-actions).

use super::{Ask, Fine, bad};
use crate::world::{Doing, Place, Room};
use grammers_tl_types::enums::{ChannelAdminLogEventAction as Action, ChannelParticipant};
use grammers_tl_types::{enums, functions, types};

/// What was done is of a kind that was asked for.
fn wanted(filter: &types::ChannelAdminLogEventsFilter, doing: &Doing) -> bool {
    let action = match doing {
        Doing::Photo { .. } => return filter.info,
        Doing::Pinned(..) => return filter.pinned,
        Doing::Edited(..) => return filter.edit,
        Doing::Deleted(..) => return filter.delete,
        Doing::Plain(action, _) => action.as_ref(),
    };
    match action {
        Action::ParticipantJoin | Action::ParticipantJoinByInvite(_) => filter.join,
        Action::ParticipantLeave => filter.leave,
        Action::ParticipantInvite(_) => filter.invite,
        Action::ParticipantToggleAdmin(change) => match &change.new_participant {
            ChannelParticipant::Admin(_) => filter.promote,
            _ => filter.demote,
        },
        Action::ParticipantToggleBan(change) => {
            let kicked = |participant: &ChannelParticipant| {
                matches!(participant, ChannelParticipant::Banned(banned)
                    if matches!(&banned.banned_rights, enums::ChatBannedRights::Rights(rights) if rights.view_messages))
            };
            let banned = matches!(change.new_participant, ChannelParticipant::Banned(_));
            match (kicked(&change.prev_participant), kicked(&change.new_participant)) {
                (_, true) => filter.kick,
                (true, false) if !banned => filter.unkick,
                _ if banned => filter.ban,
                _ => filter.unban,
            }
        }
        Action::ExportedInviteRevoke(_) | Action::ExportedInviteEdit(_) | Action::ExportedInviteDelete(_) => {
            filter.invites
        }
        Action::ToggleSlowMode(_) | Action::DefaultBannedRights(_) => filter.settings,
        _ => filter.info,
    }
}

pub(crate) fn get_admin_log(
    ask: &mut Ask<'_>,
    request: functions::channels::GetAdminLog,
) -> Fine<enums::channels::AdminLogResults> {
    let id = ask.channel(&request.channel)?;
    let (me, room, place) = (ask.me()?, Room::Channel(id), Place::Channel(id));
    if ask.state.admin_rights(room, me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let admins = request.admins.unwrap_or_default();
    let admins = admins.iter().map(|user| ask.person(user)).collect::<Fine<Vec<_>>>()?;
    let query = request.q.to_lowercase();
    let mut view = ask.view()?;
    let state = view.state;
    let log = state.roster(room).map(|roster| roster.log.as_slice()).unwrap_or_default();
    let filter = request.events_filter.map(|filter| match filter {
        enums::ChannelAdminLogEventsFilter::Filter(filter) => filter,
    });
    let found = log.iter().rev().filter(|logged| {
        let name = state.people.get(&logged.who).map(|person| person.name().to_lowercase()).unwrap_or_default();
        (request.max_id == 0 || logged.id < request.max_id)
            && logged.id > request.min_id
            && (admins.is_empty() || admins.contains(&logged.who))
            && filter.as_ref().is_none_or(|filter| wanted(filter, &logged.doing))
            && (query.is_empty() || name.contains(&query))
    });
    let mut events = Vec::new();
    for logged in found.take(request.limit.clamp(1, 100) as usize) {
        view.name(Place::User(logged.who));
        let action = view.doing(place, &logged.doing);
        events
            .push(types::ChannelAdminLogEvent { id: logged.id, date: logged.date, user_id: logged.who, action }.into());
    }
    view.name(place);
    let (chats, users) = view.everyone();
    Ok(types::channels::AdminLogResults { events, chats, users }.into())
}
