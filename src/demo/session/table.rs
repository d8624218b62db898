//! Which sessions there are, and who of them hears what the world says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Moment, Session};
use crate::key::AuthKey;
use crate::rpc::Push;

/// How many sessions a key may have; beyond it the oldest is forgotten.
pub(super) const MOST_SESSIONS: usize = 64;
/// How many keys may have sessions before those that have only dead ones are looked for.
const MANY_KEYS: usize = 4096;

/// All sessions of all keys.
pub(crate) struct Sessions {
    /// The datacenter whose sessions get updates.
    home: i32,
    /// By key id; of each key the oldest first.
    by_key: Mutex<HashMap<i64, Vec<Arc<Session>>>>,
    clock: fn() -> Moment,
}

impl Sessions {
    /// No sessions yet. The clock is asked when the world pushes.
    pub(crate) fn new(home: i32, clock: fn() -> Moment) -> Self {
        Self { home, by_key: Mutex::default(), clock }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Vec<Arc<Session>>>> {
        self.by_key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session of this id, made if need be.
    pub(crate) fn open(&self, key: &Arc<AuthKey>, session_id: i64) -> Arc<Session> {
        let mut by_key = self.lock();
        // Keys come and go; those without a live session need no entry here.
        if by_key.len() >= MANY_KEYS && !by_key.contains_key(&key.id()) {
            by_key.retain(|_, sessions| sessions.iter().any(|session| !session.is_idle()));
        }
        let sessions = by_key.entry(key.id()).or_default();
        if let Some(session) = sessions.iter().find(|session| session.id == session_id) {
            return session.clone();
        }
        if sessions.len() >= MOST_SESSIONS {
            let idle = sessions.iter().position(|session| session.is_idle()).unwrap_or(0);
            sessions.remove(idle).end_lines();
        }
        let session = Arc::new(Session::new(session_id, key.clone()));
        sessions.push(session.clone());
        session
    }

    /// How many sessions a key has.
    #[cfg(test)]
    pub(super) fn of(&self, key_id: i64) -> usize {
        self.lock().get(&key_id).map_or(0, Vec::len)
    }

    /// Ends a session of the key; `false` when there is none of this id.
    pub(crate) fn destroy(&self, key_id: i64, session_id: i64) -> bool {
        let mut by_key = self.lock();
        let Some(sessions) = by_key.get_mut(&key_id) else { return false };
        let before = sessions.len();
        sessions.retain(|session| session.id != session_id);
        sessions.len() < before
    }

    /// Ends all sessions of a key.
    pub(crate) fn destroy_all(&self, key_id: i64) {
        self.lock().remove(&key_id);
    }
}

impl Push for Sessions {
    fn push(&self, key_id: i64, updates: Vec<u8>) {
        let sessions = self.lock().get(&key_id).cloned().unwrap_or_default();
        let at = (self.clock)();
        for session in sessions.iter().filter(|session| session.key.dc() == self.home) {
            session.push(updates.clone(), at);
        }
    }
}
