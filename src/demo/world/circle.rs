//! How an account stands to people: what it calls them, whom it blocks, and who may see what of it
//! (core.telegram.org/api/privacy).

use super::{Place, State};
use grammers_tl_types::enums::{GlobalPrivacySettings, PrivacyKey, PrivacyRule};
use grammers_tl_types::types;
use std::collections::HashMap;

/// The part of an account that is about other people.
#[derive(Debug, PartialEq)]
pub(crate) struct Circle {
    /// First and last names that the account gave to its contacts.
    pub names: HashMap<i64, (String, String)>,
    /// Those who are blocked and since when, newest last.
    pub blocked: Vec<(Place, i32)>,
    /// What was said about who may see or do what; nothing said is the default.
    rules: Vec<(PrivacyKey, Vec<PrivacyRule>)>,
    pub global: GlobalPrivacySettings,
    /// Days after which an account that nobody uses is gone.
    pub days_to_live: i32,
    /// Nobody is told of a contact who is new here.
    pub silent_newcomers: bool,
}

impl Default for Circle {
    fn default() -> Self {
        let global = types::GlobalPrivacySettings {
            archive_and_mute_new_noncontact_peers: false,
            keep_archived_unmuted: false,
            keep_archived_folders: false,
            hide_read_marks: false,
            new_noncontact_peers_require_premium: false,
            display_gifts_button: false,
            noncontact_peers_paid_stars: None,
            disallowed_gifts: None,
        };
        Self {
            names: HashMap::new(),
            blocked: Vec::new(),
            rules: Vec::new(),
            global: global.into(),
            days_to_live: 365,
            silent_newcomers: false,
        }
    }
}

impl Circle {
    /// Whether messages from there are refused.
    pub(crate) fn blocks(&self, place: Place) -> bool {
        self.blocked.iter().any(|(blocked, _)| *blocked == place)
    }

    /// What was said about this.
    pub(crate) fn said(&self, key: &PrivacyKey) -> Option<&[PrivacyRule]> {
        self.rules.iter().find(|(known, _)| known == key).map(|(_, rules)| rules.as_slice())
    }

    /// The rules that hold.
    pub(crate) fn rules(&self, key: &PrivacyKey) -> Vec<PrivacyRule> {
        let default = || match key {
            PrivacyKey::PhoneNumber | PrivacyKey::Birthday => PrivacyRule::PrivacyValueAllowContacts,
            _ => PrivacyRule::PrivacyValueAllowAll,
        };
        self.said(key).map_or_else(|| vec![default()], <[PrivacyRule]>::to_vec)
    }

    /// From now on these rules hold.
    pub(crate) fn say(&mut self, key: PrivacyKey, rules: Vec<PrivacyRule>) {
        self.rules.retain(|(known, _)| *known != key);
        self.rules.push((key, rules));
    }
}

impl State {
    /// Messages of this person to this account are refused.
    pub(crate) fn blocks(&self, account: i64, person: i64) -> bool {
        self.accounts.get(&account).is_some_and(|account| account.circle.blocks(Place::User(person)))
    }

    /// Whether `owner` lets `viewer` see or do this. The first rule that speaks of him decides; nobody who is blocked may.
    pub(crate) fn shows(&self, owner: i64, key: &PrivacyKey, viewer: i64) -> bool {
        let Some(account) = self.accounts.get(&owner).filter(|_| owner != viewer) else { return true };
        if account.circle.blocks(Place::User(viewer)) {
            return false;
        }
        let contact = account.contacts.contains(&viewer);
        let bot = self.people.get(&viewer).is_some_and(|person| person.bot);
        let meets = |chats: &[i64]| {
            chats.iter().any(|chat| {
                let group = self.groups.get(chat).map(|group| &group.members);
                let members = group.or_else(|| self.channels.get(chat).map(|channel| &channel.members));
                members.is_some_and(|members| members.contains(&viewer))
            })
        };
        for rule in account.circle.rules(key) {
            let (speaks, allows) = match &rule {
                PrivacyRule::PrivacyValueAllowAll => (true, true),
                PrivacyRule::PrivacyValueDisallowAll => (true, false),
                PrivacyRule::PrivacyValueAllowContacts => (contact, true),
                PrivacyRule::PrivacyValueDisallowContacts => (contact, false),
                PrivacyRule::PrivacyValueAllowUsers(rule) => (rule.users.contains(&viewer), true),
                PrivacyRule::PrivacyValueDisallowUsers(rule) => (rule.users.contains(&viewer), false),
                PrivacyRule::PrivacyValueAllowChatParticipants(rule) => (meets(&rule.chats), true),
                PrivacyRule::PrivacyValueDisallowChatParticipants(rule) => (meets(&rule.chats), false),
                PrivacyRule::PrivacyValueAllowBots => (bot, true),
                PrivacyRule::PrivacyValueDisallowBots => (bot, false),
                // Nobody here is a close friend, and nobody pays.
                PrivacyRule::PrivacyValueAllowCloseFriends | PrivacyRule::PrivacyValueAllowPremium => (false, true),
            };
            if speaks {
                return allows;
            }
        }
        false
    }

    /// First and last name as `viewer` knows them.
    pub(crate) fn called(&self, viewer: i64, person: i64) -> Option<(&str, &str)> {
        let given = self.accounts.get(&viewer).and_then(|account| account.circle.names.get(&person));
        let own = || self.people.get(&person).map(|person| (person.first.as_str(), person.last.as_str()));
        given.map(|(first, last)| (first.as_str(), last.as_str())).or_else(own)
    }

    /// The accounts that see this person somewhere: himself, those who have him as a contact, a chat or a group with him.
    pub(crate) fn onlookers(&self, person: i64) -> Vec<i64> {
        let sees = |viewer: i64, account: &super::Account| {
            viewer == person
                || account.contacts.contains(&person)
                || account.chats.contains_key(&Place::User(person))
                || self.groups.values().any(|group| group.members.contains(&person) && group.members.contains(&viewer))
        };
        self.accounts.iter().filter(|(viewer, account)| sees(**viewer, account)).map(|(viewer, _)| *viewer).collect()
    }
}
