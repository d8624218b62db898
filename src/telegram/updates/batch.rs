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
    fn memory_is_bounded() {
        let mut recent = Recent::default();
        for id in 0..=i32::try_from(REMEMBERED).unwrap() {
            recent.insert(PeerId::User(1), MessageId::Server(id));
        }
        assert_eq!((recent.told.len(), recent.order.len()), (REMEMBERED, REMEMBERED));
    }
}
