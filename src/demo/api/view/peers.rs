//! People, groups and channels.

use super::{View, notify_settings};
use crate::world::{Channel, Group, Person, Place, Presence, Room, TELEGRAM};
use enums::PrivacyKey;
use grammers_tl_types::{enums, types};

impl View<'_> {
    /// Somebody; an empty user where there is none.
    pub(crate) fn user(&self, id: i64) -> enums::User {
        let Some(person) = self.state.people.get(&id) else { return types::UserEmpty { id }.into() };
        let contact = self.state.accounts.get(&self.me).is_some_and(|account| account.contacts.contains(&id));
        let mutual = self.state.accounts.get(&id).is_some_and(|account| account.contacts.contains(&self.me));
        let is_self = id == self.me;
        let (first, last) = self.state.called(self.me, id).unwrap_or_default();
        let said = self.state.accounts.get(&id).and_then(|account| account.circle.said(&PrivacyKey::PhoneNumber));
        let shows_phone = match said {
            Some(_) => self.state.shows(id, &PrivacyKey::PhoneNumber, self.me),
            // Whose number one has is a contact.
            None => contact || is_self,
        };
        types::User {
            is_self,
            contact,
            mutual_contact: contact && mutual,
            deleted: false,
            bot: person.bot,
            bot_chat_history: false,
            bot_nochats: person.bot,
            verified: id == TELEGRAM,
            restricted: false,
            min: false,
            bot_inline_geo: false,
            support: id == TELEGRAM,
            scam: false,
            apply_min_photo: true,
            fake: false,
            bot_attach_menu: false,
            premium: false,
            attach_menu_enabled: false,
            bot_can_edit: false,
            close_friend: false,
            stories_hidden: false,
            stories_unavailable: true,
            contact_require_premium: false,
            bot_business: false,
            bot_has_main_app: false,
            bot_forum_view: false,
            bot_forum_can_manage_topics: false,
            bot_can_manage_bots: false,
            bot_guestchat: false,
            bot_guard: false,
            id,
            access_hash: Some(self.state.access_hash(self.me, Place::User(id))),
            first_name: Some(first.to_owned()),
            last_name: (!last.is_empty()).then(|| last.to_owned()),
            username: person.username.clone(),
            phone: (shows_phone && !person.bot).then(|| person.phone.clone()),
            photo: self.profile_photo(person),
            status: (!person.bot).then(|| self.status(id)),
            bot_info_version: person.bot.then_some(1),
            restriction_reason: None,
            bot_inline_placeholder: None,
            lang_code: None,
            emoji_status: None,
            usernames: None,
            stories_max_id: None,
            color: None,
            profile_color: None,
            bot_active_users: None,
            bot_verification_icon: None,
            send_paid_messages_stars: None,
            linked_community_id: None,
        }
        .into()
    }

    /// Whether somebody is there.
    pub(crate) fn status(&self, id: i64) -> enums::UserStatus {
        if self.state.blocks(id, self.me) {
            return enums::UserStatus::Empty;
        }
        if !self.sees_when(id) {
            let by_me = !self.state.shows(self.me, &PrivacyKey::StatusTimestamp, id);
            let days = match self.state.presence(id) {
                Presence::Offline(was) => self.state.now().saturating_sub(was) / (24 * 60 * 60),
                Presence::Online(_) | Presence::Recently => 0,
            };
            return match days {
                0..3 => types::UserStatusRecently { by_me }.into(),
                3..7 => types::UserStatusLastWeek { by_me }.into(),
                7..30 => types::UserStatusLastMonth { by_me }.into(),
                _ => enums::UserStatus::Empty,
            };
        }
        match self.state.presence(id) {
            Presence::Online(expires) => types::UserStatusOnline { expires }.into(),
            Presence::Offline(was_online) => types::UserStatusOffline { was_online }.into(),
            Presence::Recently => types::UserStatusRecently { by_me: false }.into(),
        }
    }

    /// Whether the account sees when somebody is there: he shows it, and it is shown to him.
    pub(crate) fn sees_when(&self, id: i64) -> bool {
        let key = &PrivacyKey::StatusTimestamp;
        let blocked = self.state.blocks(self.me, id);
        self.state.shows(id, key, self.me) && (blocked || self.shows_itself(id))
    }

    /// The account lets this person see when it is there.
    fn shows_itself(&self, id: i64) -> bool {
        self.state.shows(self.me, &PrivacyKey::StatusTimestamp, id)
    }

    /// The photo of somebody, where he shows it.
    pub(crate) fn portrait_of(&self, person: &Person) -> Option<i64> {
        person.photo.filter(|_| self.state.shows(person.id, &PrivacyKey::ProfilePhoto, self.me))
    }

    fn profile_photo(&self, person: &Person) -> Option<enums::UserProfilePhoto> {
        let photo = self.state.photos.get(&self.portrait_of(person)?)?;
        Some(
            types::UserProfilePhoto {
                has_video: false,
                personal: false,
                photo_id: photo.id,
                stripped_thumb: Some(self.stripped(photo)),
                dc_id: photo.dc,
            }
            .into(),
        )
    }

    fn chat_photo(&self, photo: Option<i64>) -> enums::ChatPhoto {
        match photo.and_then(|id| self.state.photos.get(&id)) {
            Some(photo) => types::ChatPhoto {
                has_video: false,
                photo_id: photo.id,
                stripped_thumb: Some(self.stripped(photo)),
                dc_id: photo.dc,
            }
            .into(),
            None => enums::ChatPhoto::Empty,
        }
    }

    /// A group or channel.
    pub(crate) fn chat(&self, place: Place) -> enums::Chat {
        match place {
            Place::Group(id) => match self.state.groups.get(&id) {
                Some(group) => self.group(group),
                None => types::ChatEmpty { id }.into(),
            },
            Place::Channel(id) => match self.state.channels.get(&id) {
                Some(channel) => self.channel(channel),
                None => types::ChatEmpty { id }.into(),
            },
            Place::User(id) => types::ChatEmpty { id }.into(),
        }
    }

    fn group(&self, group: &Group) -> enums::Chat {
        let room = Room::Group(group.id);
        let roster = self.state.roster(room);
        let migrated_to = roster.and_then(|roster| roster.migrated_to);
        if self.state.is_kicked(room, self.me) {
            return types::ChatForbidden { id: group.id, title: group.title.clone() }.into();
        }
        types::Chat {
            creator: group.creator == self.me,
            left: !group.members.contains(&self.me),
            deactivated: migrated_to.is_some(),
            call_active: false,
            call_not_empty: false,
            noforwards: self.state.rules_of(Room::Group(group.id)).is_some_and(|rules| rules.noforwards),
            id: group.id,
            title: group.title.clone(),
            photo: self.chat_photo(group.photo),
            participants_count: group.members.len() as i32,
            date: group.date,
            version: roster.map_or(1, |roster| roster.version + 1),
            migrated_to: migrated_to.map(|channel_id| {
                let access_hash = self.state.access_hash(self.me, Place::Channel(channel_id));
                types::InputChannel { channel_id, access_hash }.into()
            }),
            admin_rights: self
                .state
                .admin_rights(room, self.me)
                .filter(|_| group.creator != self.me)
                .map(enums::ChatAdminRights::from),
            default_banned_rights: Some(self.state.default_bans(room).into()),
        }
        .into()
    }

    fn channel(&self, channel: &Channel) -> enums::Chat {
        let creator = channel.creator == self.me;
        let room = Room::Channel(channel.id);
        let rules = self.state.rules_of(room);
        let roster = self.state.roster(room);
        let access_hash = self.state.access_hash(self.me, Place::Channel(channel.id));
        if self.state.is_kicked(room, self.me) || roster.is_some_and(|roster| roster.gone) {
            let until = self.state.ban_on(room, self.me).map(|ban| ban.rights.until_date);
            return types::ChannelForbidden {
                broadcast: channel.broadcast,
                megagroup: !channel.broadcast,
                monoforum: false,
                id: channel.id,
                access_hash,
                title: channel.title.clone(),
                until_date: until.filter(|until| *until != 0),
            }
            .into();
        }
        types::Channel {
            creator,
            left: !channel.members.contains(&self.me),
            broadcast: channel.broadcast,
            verified: channel.verified,
            megagroup: !channel.broadcast,
            restricted: false,
            signatures: false,
            min: false,
            scam: false,
            has_link: self.state.linked_to(channel.id).is_some(),
            has_geo: false,
            slowmode_enabled: rules.is_some_and(|rules| rules.slowmode.is_some()),
            call_active: false,
            call_not_empty: false,
            fake: false,
            gigagroup: false,
            noforwards: rules.is_some_and(|rules| rules.noforwards),
            join_to_send: false,
            join_request: false,
            forum: false,
            stories_hidden: false,
            stories_hidden_min: false,
            stories_unavailable: true,
            signature_profiles: false,
            autotranslation: false,
            broadcast_messages_allowed: false,
            monoforum: false,
            forum_tabs: false,
            id: channel.id,
            access_hash: Some(access_hash),
            title: channel.title.clone(),
            username: channel.username.clone(),
            photo: self.chat_photo(channel.photo),
            date: channel.date,
            restriction_reason: None,
            admin_rights: self.state.admin_rights(room, self.me).map(enums::ChatAdminRights::from),
            banned_rights: self
                .state
                .ban_on(room, self.me)
                .map(|ban| enums::ChatBannedRights::from(ban.rights.clone())),
            default_banned_rights: (!channel.broadcast).then(|| self.state.default_bans(room).into()),
            participants_count: Some(channel.size),
            usernames: None,
            stories_max_id: None,
            color: None,
            profile_color: None,
            emoji_status: None,
            level: None,
            subscription_until_date: None,
            bot_verification_icon: None,
            send_paid_messages_stars: None,
            linked_monoforum_id: None,
            linked_community_id: None,
        }
        .into()
    }

    /// How the account is told of a chat's messages.
    pub(crate) fn notify(&self, place: Place) -> enums::PeerNotifySettings {
        notify_settings(&self.state.chat(self.me, place).map(|chat| chat.notify.clone()).unwrap_or_default())
    }
}
