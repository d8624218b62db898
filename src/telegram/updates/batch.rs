//! What one round of updates leaves behind.

use heliograph_model::{Change, MessageId, PeerId};
use heliograph_store::StoredPeer;
use std::collections::{HashSet, VecDeque};

/// So many messages are remembered as told.
const REMEMBERED: usize = 4000;

/// Changes for the app and keys for the store.
#[derive(Default)]
pub(super) struct Batch {
    pub changes: Vec<Change>,
    /// To be stored; the app is told later.
    pub untold: Vec<Change>,
    pub peers: Vec<StoredPeer>,
}

/// So much waits for the store one by one.
const MOST_OWED: usize = 20_000;

/// What the store could not take yet.
#[derive(Default)]
pub(super) struct Owed {
    pub changes: Vec<Change>,
    pub peers: Vec<StoredPeer>,
}

impl Owed {
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.peers.is_empty()
    }

    /// Adds what came next. Where it gets too much, all that is stored counts as uncertain instead.
    pub fn add(&mut self, changes: impl IntoIterator<Item = Change>, peers: Vec<StoredPeer>) {
        self.changes.extend(changes);
        self.peers.extend(peers);
        if self.changes.len() > MOST_OWED || self.peers.len() > MOST_OWED {
            // What became of ours is nobody's to tell again.
            self.changes.retain(|change| matches!(change, Change::Sent { .. }));
            self.changes.push(Change::Refetch);
            self.peers.truncate(MOST_OWED);
        }
    }
}

/// The messages that the app was told of last. A difference may hold what came by itself just before.
#[derive(Default)]
pub(super) struct Recent {
    told: HashSet<(PeerId, MessageId)>,
    order: VecDeque<(PeerId, MessageId)>,
}

impl Recent {
    /// Notes a message; false if it was told already.
    pub fn insert(&mut self, chat: PeerId, id: MessageId) -> bool {
        if !self.told.insert((chat, id)) {
            return false;
        }
        self.order.push_back((chat, id));
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.told.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_once() {
        let mut recent = Recent::default();
        let id = MessageId::Server(7);
        assert!(recent.insert(PeerId::Channel(1), id));
        assert!(!recent.insert(PeerId::Channel(1), id));
        // Each channel counts for itself.
        assert!(recent.insert(PeerId::Channel(2), id));
    }

    #[test]
    fn too_much_that_is_owed_becomes_a_doubt_but_what_became_of_ours_stays() {
        let mut owed = Owed::default();
        let message = heliograph_model::Message::default();
        let sent = Change::Sent { pending: MessageId::Pending(1), message: message.clone() };
        owed.add([Change::NewMessage(message.clone()), sent.clone()], Vec::new());
        owed.add(std::iter::repeat_n(Change::NewMessage(message), MOST_OWED), Vec::new());
        assert_eq!(owed.changes, [sent, Change::Refetch]);
    }

    #[test]
    fn memory_is_bounded() {
        let mut recent = Recent::default();
        for id in 0..=i32::try_from(REMEMBERED).unwrap() {
            recent.insert(PeerId::User(1), MessageId::Server(id));
        }
        assert_eq!((recent.told.len(), recent.order.len()), (REMEMBERED, REMEMBERED));
    }
}
