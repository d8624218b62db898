//! Which sessions there are, and who of them hears what the world says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Moment, Session};
use crate::key::AuthKey;
use crate::rpc::Push;
use crate::scenario::Scenario;

/// How many sessions a key may have; beyond it the oldest is forgotten.
pub(super) const MOST_SESSIONS: usize = 64;
/// How many temporary keys of a device are known; clients have two or three.
const MOST_TEMPORARY: usize = 16;
/// How many keys may have sessions before those that have only dead ones are looked for.
const MANY_KEYS: usize = 4096;

/// All sessions of all keys.
pub(crate) struct Sessions {
    /// By key id; of each key the oldest first.
    by_key: Mutex<HashMap<i64, Vec<Arc<Session>>>>,
    /// The temporary keys of each device, the oldest first.
    bound: Mutex<HashMap<i64, Vec<i64>>>,
    clock: fn() -> Moment,
    scenario: Scenario,
}

impl Sessions {
    /// No sessions yet. The clock is asked when the world pushes.
    pub(crate) fn new(clock: fn() -> Moment, scenario: Scenario) -> Self {
        Self { by_key: Mutex::default(), bound: Mutex::default(), clock, scenario }
    }

    /// What is for this device goes to the sessions of this temporary key too.
    pub(crate) fn bind(&self, device: i64, temporary: i64) {
        let mut bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        if bound.len() >= MANY_KEYS && !bound.contains_key(&device) {
            let by_key = self.lock();
            bound.retain(|_, keys| keys.iter().any(|key| by_key.contains_key(key)));
        }
        let keys = bound.entry(device).or_default();
        keys.retain(|key| *key != temporary);
        keys.push(temporary);
        if keys.len() > MOST_TEMPORARY {
            keys.remove(0);
        }
    }

    fn of_device(&self, device: i64) -> Vec<Arc<Session>> {
        let bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner).get(&device).cloned().unwrap_or_default();
        let by_key = self.lock();
        std::iter::once(device).chain(bound).filter_map(|key| by_key.get(&key)).flatten().cloned().collect()
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
        let sessions = self.of_device(key_id);
        let at = (self.clock)();
        for updates in self.scenario.updates(key_id, updates) {
            for session in &sessions {
                session.push(updates.clone(), at);
            }
        }
    }
}
