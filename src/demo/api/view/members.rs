//! Who is in a group or channel.

use super::View;
use crate::world::{Admin, Ban, Place, Room, State, roster};
use grammers_tl_types::{enums, types};

impl View<'_> {
    /// The members of a small group; not for those who were removed.
    pub(crate) fn participants(&mut self, group: i64) -> Option<enums::ChatParticipants> {
        let state = self.state;
        let room = Room::Group(group);
        let known = state.groups.get(&group)?;
        if !state.is_member(room, self.me) {
            return Some(types::ChatParticipantsForbidden { chat_id: group, self_participant: None }.into());
        }
        let roster = state.roster(room);
        let mut participants = Vec::new();
        for user_id in known.members.iter().copied() {
            self.name(Place::User(user_id));
            let came = roster.and_then(|roster| roster.came.get(&user_id)).copied();
            let (inviter_id, date) = came.unwrap_or((known.creator, known.date));
            self.name(Place::User(inviter_id));
            let is_admin = roster.is_some_and(|roster| roster.admins.contains_key(&user_id));
            participants.push(if user_id == known.creator {
                types::ChatParticipantCreator { user_id, rank: None }.into()
            } else if is_admin {
                types::ChatParticipantAdmin { user_id, inviter_id, date, rank: None }.into()
            } else {
                types::ChatParticipant { user_id, inviter_id, date, rank: None }.into()
            });
        }
        let version = roster.map_or(1, |roster| roster.version + 1);
        Some(types::ChatParticipants { chat_id: group, participants, version }.into())
    }

    /// How somebody stands in a channel, and all whom that names.
    pub(crate) fn participant(&mut self, channel: i64, user_id: i64) -> Option<enums::ChannelParticipant> {
        let participant = participant(self.state, self.me, channel, user_id)?;
        self.name(Place::User(user_id));
        match &participant {
            enums::ChannelParticipant::Admin(admin) => {
                self.name(Place::User(admin.promoted_by));
                if let Some(inviter) = admin.inviter_id {
                    self.name(Place::User(inviter));
                }
            }
            enums::ChannelParticipant::Banned(banned) => {
                self.name(Place::User(banned.kicked_by));
            }
            enums::ChannelParticipant::ParticipantSelf(own) => {
                self.name(Place::User(own.inviter_id));
            }
            _ => {}
        }
        Some(participant)
    }
}

/// How somebody stands in a channel, as `viewer` sees it.
pub(crate) fn participant(state: &State, viewer: i64, channel: i64, user_id: i64) -> Option<enums::ChannelParticipant> {
    let room = Room::Channel(channel);
    let known = state.channels.get(&channel)?;
    let roster = state.roster(room);
    let member = known.members.contains(&user_id);
    if let Some(Ban { rights, by, date }) = state.ban_on(room, user_id) {
        return Some(
            types::ChannelParticipantBanned {
                left: !member,
                peer: Place::User(user_id).peer(),
                kicked_by: *by,
                date: *date,
                banned_rights: rights.clone().into(),
                rank: None,
            }
            .into(),
        );
    }
    if !member {
        return None;
    }
    let came = roster.and_then(|roster| roster.came.get(&user_id)).copied();
    let (inviter_id, date) = came.unwrap_or((known.creator, known.date));
    if user_id == known.creator {
        let admin_rights = roster::all_rights().into();
        return Some(types::ChannelParticipantCreator { user_id, admin_rights, rank: None }.into());
    }
    if let Some(Admin { rights, rank, by, date }) = roster.and_then(|roster| roster.admins.get(&user_id)) {
        let is_self = user_id == viewer;
        return Some(
            types::ChannelParticipantAdmin {
                can_edit: known.creator == viewer || *by == viewer,
                is_self,
                user_id,
                inviter_id: is_self.then_some(inviter_id),
                promoted_by: *by,
                date: *date,
                admin_rights: rights.clone().into(),
                rank: rank.clone(),
            }
            .into(),
        );
    }
    Some(if user_id == viewer {
        let (via_request, subscription_until_date, rank) = (false, None, None);
        types::ChannelParticipantSelf { via_request, user_id, inviter_id, date, subscription_until_date, rank }.into()
    } else {
        types::ChannelParticipant { user_id, date, subscription_until_date: None, rank: None }.into()
    })
}
