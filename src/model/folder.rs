//! Folders of chats: what a person puts together from the list, by name or by kind.

use crate::{Chat, Peer, PeerId, PeerKind};
use serde::{Deserialize, Serialize};

/// A folder, and which chats it holds (core.telegram.org/api/folders).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Its number; 0 stands for the whole list, which has its place among the folders.
    pub id: i32,
    /// What it is called; empty for the whole list.
    pub title: String,
    /// The emoji that says which sign it has, where one was chosen.
    #[serde(default)]
    pub sign: Option<String>,
    /// Held, and kept at its top in this order.
    #[serde(default)]
    pub pinned: Vec<PeerId>,
    /// Held, whatever kind they are.
    #[serde(default)]
    pub included: Vec<PeerId>,
    /// Never held.
    #[serde(default)]
    pub excluded: Vec<PeerId>,
    /// Holds people whom we have among our contacts.
    #[serde(default)]
    pub contacts: bool,
    /// Holds all other people.
    #[serde(default)]
    pub non_contacts: bool,
    /// Holds groups, small and large.
    #[serde(default)]
    pub groups: bool,
    /// Holds channels that are read.
    #[serde(default)]
    pub broadcasts: bool,
    /// Holds bots.
    #[serde(default)]
    pub bots: bool,
    /// Of what it holds by kind, not what makes no sound, unless we are named there.
    #[serde(default)]
    pub exclude_muted: bool,
    /// Of what it holds by kind, not what was read.
    #[serde(default)]
    pub exclude_read: bool,
    /// Of what it holds by kind, not what is in the archive.
    #[serde(default)]
    pub exclude_archived: bool,
}

impl Folder {
    /// Whether this is the whole list.
    pub fn is_all(&self) -> bool {
        self.id == 0
    }

    /// The chats that it names: those at its top, and those that it holds whatever kind they are.
    pub fn named(&self) -> impl Iterator<Item = PeerId> + '_ {
        self.pinned.iter().chain(&self.included).copied()
    }

    /// Whether it holds a chat, of which this much is known. `open`: somebody looks at it, so it does not go because it was
    /// read. A chat in the archive is not in the list that folders are made from.
    pub fn holds(&self, chat: &Chat, peer: Option<&Peer>, open: bool) -> bool {
        if self.is_all() || self.pinned.contains(&chat.id) || self.included.contains(&chat.id) {
            return true;
        }
        if self.excluded.contains(&chat.id) {
            return false;
        }
        let of_kind = match peer.map(|peer| (&peer.kind, peer.contact)) {
            Some((PeerKind::User { bot: true, .. }, _)) => self.bots,
            Some((PeerKind::User { .. }, true)) => self.contacts,
            Some((PeerKind::User { .. }, false)) => self.non_contacts,
            Some((PeerKind::Group | PeerKind::Supergroup, _)) => self.groups,
            Some((PeerKind::Channel, _)) => self.broadcasts,
            None => false,
        };
        of_kind
            && (!self.exclude_muted || !chat.muted || chat.mentions > 0)
            && (!self.exclude_read || open || chat.unread > 0 || chat.mentions > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Presence;

    fn chat(id: PeerId) -> Chat {
        Chat {
            id,
            last: None,
            unread: 0,
            mentions: 0,
            reactions: 0,
            read_inbox: 0,
            read_outbox: 0,
            pinned: false,
            muted: false,
        }
    }

    fn peer(id: PeerId, kind: PeerKind, contact: bool) -> Peer {
        Peer {
            id,
            kind,
            name: "x".into(),
            username: None,
            photo: None,
            hue: 0,
            members: None,
            verified: false,
            protected: false,
            writable: true,
            contact,
        }
    }

    fn person(bot: bool) -> PeerKind {
        PeerKind::User { is_self: false, bot, deleted: false, presence: Presence::Unknown }
    }

    #[test]
    fn each_kind_has_its_rule() {
        let rules: [fn(&mut Folder); 5] = [
            |folder| folder.contacts = true,
            |folder| folder.non_contacts = true,
            |folder| folder.groups = true,
            |folder| folder.broadcasts = true,
            |folder| folder.bots = true,
        ];
        let all = [
            (PeerId::User(1), person(false), true, 0),
            (PeerId::User(2), person(false), false, 1),
            (PeerId::Group(3), PeerKind::Group, false, 2),
            (PeerId::Channel(4), PeerKind::Supergroup, false, 2),
            (PeerId::Channel(5), PeerKind::Channel, false, 3),
            // A bot is no contact, even if it stands among them.
            (PeerId::User(6), person(true), true, 4),
        ];
        for (at, rule) in rules.into_iter().enumerate() {
            let mut folder = Folder { id: 2, ..Folder::default() };
            rule(&mut folder);
            for (id, kind, contact, wanted) in &all {
                let held = folder.holds(&chat(*id), Some(&peer(*id, kind.clone(), *contact)), false);
                assert_eq!(held, at == *wanted, "{id:?} {at}");
            }
            assert!(!folder.holds(&chat(PeerId::User(7)), None, false), "nobody knows what it is");
        }
    }

    #[test]
    fn what_is_named_stands_above_the_rules() {
        let id = PeerId::Channel(4);
        let group = peer(id, PeerKind::Supergroup, false);
        let mut silent = Chat { muted: true, ..chat(id) };
        let strict = Folder { id: 2, groups: true, exclude_muted: true, exclude_read: true, ..Folder::default() };
        let holds = |folder: &Folder, chat: &Chat, open| folder.holds(chat, Some(&group), open);
        assert!(!holds(&strict, &silent, true));
        silent.unread = 3;
        assert!(!holds(&strict, &silent, false));
        silent.mentions = 1;
        assert!(holds(&strict, &silent, false), "we are named there");
        let read = chat(id);
        assert!(!holds(&strict, &read, false) && holds(&strict, &read, true));
        let quiet = Chat { muted: true, ..chat(id) };
        assert!(holds(&Folder { included: vec![id], ..strict.clone() }, &quiet, false));
        assert!(holds(&Folder { pinned: vec![id], ..strict.clone() }, &quiet, false));
        let never = Folder { id: 2, groups: true, excluded: vec![id], ..Folder::default() };
        assert!(!holds(&never, &Chat { unread: 9, ..chat(id) }, true));
        assert!(holds(&Folder::default(), &quiet, false), "the whole list holds everything");
    }
}
