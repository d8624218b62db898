//! Invite links and what was done.

use super::View;
use crate::world::{Doing, Invite, Letter, Place};
use grammers_tl_types::{enums, types};

/// What every link begins with.
pub(crate) const LINK: &str = "https://t.me/+";

impl View<'_> {
    /// A link by which one joins.
    pub(crate) fn invite(&mut self, invite: &Invite) -> enums::ExportedChatInvite {
        self.name(Place::User(invite.by));
        exported(invite)
    }

    /// What was done in a channel.
    pub(crate) fn doing(&mut self, place: Place, doing: &Doing) -> enums::ChannelAdminLogEventAction {
        let shown = |view: &Self, photo: &Option<i64>| match photo {
            Some(photo) => view.photo(*photo),
            None => types::PhotoEmpty { id: 0 }.into(),
        };
        let mut written = |id: i32, letter: &Letter| self.letter(place, id, None, letter);
        match doing {
            Doing::Plain(action, people) => {
                for person in people {
                    self.name(Place::User(*person));
                }
                (**action).clone()
            }
            Doing::Photo { old, new } => {
                let (prev_photo, new_photo) = (shown(self, old), shown(self, new));
                types::ChannelAdminLogEventActionChangePhoto { prev_photo, new_photo }.into()
            }
            Doing::Pinned(id, letter) => {
                types::ChannelAdminLogEventActionUpdatePinned { message: written(*id, letter) }.into()
            }
            Doing::Edited(id, old, new) => types::ChannelAdminLogEventActionEditMessage {
                prev_message: written(*id, old),
                new_message: written(*id, new),
            }
            .into(),
            Doing::Deleted(id, letter) => {
                types::ChannelAdminLogEventActionDeleteMessage { message: written(*id, letter) }.into()
            }
        }
    }
}

/// A link as the protocol has it.
pub(crate) fn exported(invite: &Invite) -> enums::ExportedChatInvite {
    types::ChatInviteExported {
        revoked: invite.revoked,
        permanent: invite.permanent,
        request_needed: false,
        link: format!("{LINK}{}", invite.hash),
        admin_id: invite.by,
        date: invite.date,
        start_date: None,
        expire_date: invite.expires,
        usage_limit: invite.limit,
        usage: (!invite.used.is_empty()).then_some(invite.used.len() as i32),
        requested: None,
        subscription_expired: None,
        title: invite.title.clone(),
        subscription_pricing: None,
    }
    .into()
}
