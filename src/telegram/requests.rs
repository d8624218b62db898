//! The registry of everything in flight, and what may be done to a request whose fate is unknown.
//!
//! One entry a call, from the moment it is made to the moment its future ends, however it ends.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestState {
    /// Waits for a connection or for room on it.
    Queued,
    /// On its way; the answer is awaited.
    Sent,
    /// Failed for a passing reason, so often, and is tried again.
    Retrying(u32),
}

/// One request as the registry shows it. It never holds what was asked.
#[derive(Clone, Debug)]
pub(crate) struct InFlight {
    /// The method's name in the API.
    pub method: &'static str,
    /// The datacenter that is asked.
    pub datacenter: i32,
    /// Since when.
    pub since: Instant,
    /// The size of the request.
    pub bytes: usize,
    /// How it stands.
    pub state: RequestState,
}

/// Everything in flight. A clone is the same registry.
#[derive(Clone, Default)]
pub(crate) struct Requests(Arc<Registry>);

#[derive(Default)]
struct Registry {
    next: AtomicU64,
    entries: Mutex<BTreeMap<u64, InFlight>>,
}

/// Keeps an entry in the registry; dropping it removes the entry.
pub(crate) struct Ticket {
    id: u64,
    requests: Requests,
}

impl Requests {
    /// Enters a request.
    pub fn enter(&self, method: &'static str, datacenter: i32, bytes: usize) -> Ticket {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let entry = InFlight { method, datacenter, since: Instant::now(), bytes, state: RequestState::Queued };
        self.entries().insert(id, entry);
        Ticket { id, requests: self.clone() }
    }

    /// Notes how a request stands; nothing happens if it has ended.
    pub fn set(&self, id: u64, state: RequestState) {
        if let Some(entry) = self.entries().get_mut(&id) {
            entry.state = state;
        }
    }

    /// What is in flight now, oldest first.
    pub fn snapshot(&self) -> Vec<InFlight> {
        self.entries().values().cloned().collect()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<u64, InFlight>> {
        self.0.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// The request's number in the registry.
    pub fn id(&self) -> u64 {
        self.id
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.requests.entries().remove(&self.id);
    }
}

/// The API's name for the method that a serialized request calls.
pub(crate) fn method_of(request: &[u8]) -> &'static str {
    match request.first_chunk() {
        Some(id) => grammers_tl_types::name_for_id(u32::from_le_bytes(*id)),
        None => "(empty)",
    }
}

/// Whether a request that may have reached the server may be sent again: it reads, it sets something to a fixed
/// value, or it carries a `random_id` by which the server knows the copy (`RANDOM_ID_DUPLICATE`).
pub(crate) fn may_be_sent_twice(method: &str) -> bool {
    const READS_OR_SETS: [&str; 8] = ["get", "read", "search", "resolve", "check", "set", "received", "save"];
    const KNOWN_BY_RANDOM_ID: [&str; 4] = ["sendMessage", "sendMedia", "sendMultiMedia", "forwardMessages"];
    let Some((namespace, name)) = method.split_once('.') else { return false };
    match namespace {
        // A code may be used up, a session begun.
        "auth" => false,
        "help" | "users" | "langpack" | "updates" | "upload" => true,
        _ => READS_OR_SETS.iter().any(|verb| name.starts_with(verb)) || KNOWN_BY_RANDOM_ID.contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types::{Serializable as _, functions};

    #[test]
    fn an_entry_lives_as_long_as_its_ticket() {
        let requests = Requests::default();
        let first = requests.enter("help.getConfig", 2, 4);
        let second = requests.enter("messages.getHistory", 4, 80);
        requests.set(second.id(), RequestState::Sent);
        let seen = requests.snapshot();
        assert_eq!(seen.len(), 2);
        assert_eq!((seen[0].method, seen[0].state), ("help.getConfig", RequestState::Queued));
        assert_eq!((seen[1].datacenter, seen[1].bytes, seen[1].state), (4, 80, RequestState::Sent));
        drop(first);
        assert_eq!(requests.snapshot().len(), 1);
        let gone = second.id();
        drop(second);
        requests.set(gone, RequestState::Queued);
        assert!(requests.snapshot().is_empty());
    }

    #[test]
    fn methods_are_named_as_in_the_api() {
        assert_eq!(method_of(&functions::help::GetConfig {}.to_bytes()), "help.getConfig");
        assert_eq!(method_of(&functions::updates::GetState {}.to_bytes()), "updates.getState");
        assert_eq!(method_of(&[]), "(empty)");
    }

    #[test]
    fn only_what_cannot_happen_twice_is_sent_twice() {
        for method in [
            "messages.getHistory",
            "upload.getFile",
            "upload.saveFilePart",
            "help.getConfig",
            "users.getUsers",
            "messages.readHistory",
            "channels.readHistory",
            "messages.sendMessage",
            "messages.sendMedia",
            "messages.setTyping",
            "updates.getDifference",
            "account.getPassword",
        ] {
            assert!(may_be_sent_twice(method), "{method}");
        }
        for method in [
            "auth.sendCode",
            "auth.signIn",
            "auth.checkPassword",
            "auth.importAuthorization",
            "messages.createChat",
            "channels.createChannel",
            "messages.startBot",
            "(empty)",
        ] {
            assert!(!may_be_sent_twice(method), "{method}");
        }
    }
}
