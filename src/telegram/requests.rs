//! The registry of everything in flight, and what may be done to a request whose fate is unknown.
//!
//! One entry a call, from the moment it is made to the moment its future ends, however it ends.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Nobody waits longer by himself for the server's patience to come back; it is an error then, which says how long.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Waits for a connection or for room on it.
    Queued,
    /// On its way; the answer is awaited.
    Sent,
    /// Failed for a passing reason, so often, and is tried again.
    Retrying(u32),
    /// The server wants it no sooner than then.
    Waiting(Instant),
}

/// Who goes first. What somebody looks at does not wait behind what nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody looks at the place where the answer will stand, or pressed something.
    First,
    /// Everything else.
    Usual,
    /// Whole files, and what is only good to have.
    Background,
}

/// One request as the registry shows it. It never holds what was asked.
#[derive(Clone, Debug)]
pub struct InFlight {
    /// Its number.
    pub id: u64,
    /// The method's name in the API.
    pub method: &'static str,
    /// The datacenter that is asked.
    pub datacenter: i32,
    /// Since when.
    pub since: Instant,
    /// The size of the request.
    pub bytes: usize,
    /// How urgent it is.
    pub priority: Priority,
    /// How it stands.
    pub state: RequestState,
}

/// The server wants no more of a method for a while (`FLOOD_WAIT`, `SLOWMODE_WAIT`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The method's name in the API.
    pub method: &'static str,
    /// The datacenter that said it.
    pub datacenter: i32,
    /// Until when.
    pub until: Instant,
}

/// Everything in flight. A clone is the same registry.
#[derive(Clone, Default)]
pub(crate) struct Requests(Arc<Registry>);

#[derive(Default)]
struct Registry {
    next: AtomicU64,
    entries: Mutex<BTreeMap<u64, Entry>>,
    waits: Mutex<BTreeMap<(i32, &'static str), Instant>>,
}

struct Entry {
    shown: InFlight,
    /// So often it went out.
    sendings: u32,
    called_off: Arc<Notify>,
}

/// Keeps an entry in the registry; dropping it removes the entry.
pub(crate) struct Ticket {
    id: u64,
    called_off: Arc<Notify>,
    requests: Requests,
}

impl Requests {
    /// Enters a request.
    pub fn enter(&self, method: &'static str, datacenter: i32, bytes: usize, priority: Priority) -> Ticket {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let state = RequestState::Queued;
        let shown = InFlight { id, method, datacenter, since: Instant::now(), bytes, priority, state };
        let called_off = Arc::new(Notify::new());
        self.entries().insert(id, Entry { shown, sendings: 0, called_off: called_off.clone() });
        Ticket { id, called_off, requests: self.clone() }
    }

    /// Notes how a request stands; nothing happens if it has ended.
    pub fn set(&self, id: u64, state: RequestState) {
        if let Some(entry) = self.entries().get_mut(&id) {
            entry.shown.state = state;
            entry.sendings += u32::from(state == RequestState::Sent);
        }
    }

    /// Calls a request off: whoever made it gets an error. Nothing happens if it has ended.
    pub fn call_off(&self, id: u64) {
        if let Some(entry) = self.entries().get(&id) {
            entry.called_off.notify_one();
        }
    }

    /// What is in flight now, oldest first.
    pub fn snapshot(&self) -> Vec<InFlight> {
        self.entries().values().map(|entry| entry.shown.clone()).collect()
    }

    /// The server wants no more of this for so long.
    pub fn wait(&self, datacenter: i32, method: &'static str, seconds: u32) -> Instant {
        let until = Instant::now() + Duration::from_secs(seconds.into());
        let mut waits = self.waits();
        let kept = waits.entry((datacenter, method)).or_insert(until);
        *kept = until.max(*kept);
        *kept
    }

    /// Until when the server wants no more of this, if it said so.
    pub fn wait_of(&self, datacenter: i32, method: &'static str) -> Option<Instant> {
        self.waits().get(&(datacenter, method)).copied().filter(|until| *until > Instant::now())
    }

    /// What the server wants no more of for a while.
    pub fn waits_now(&self) -> Vec<Wait> {
        let now = Instant::now();
        let mut waits = self.waits();
        waits.retain(|_, until| *until > now);
        waits.iter().map(|(&(datacenter, method), &until)| Wait { method, datacenter, until }).collect()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<u64, Entry>> {
        self.0.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waits(&self) -> MutexGuard<'_, BTreeMap<(i32, &'static str), Instant>> {
        self.0.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// The request's number in the registry.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Whether it went out more than once: an earlier sending may have arrived, whatever the last one was answered.
    pub fn was_repeated(&self) -> bool {
        self.requests.entries().get(&self.id).is_some_and(|entry| entry.sendings > 1)
    }

    /// Returns when somebody calls it off.
    pub async fn called_off(&self) {
        self.called_off.notified().await;
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.requests.entries().remove(&self.id);
    }
}

/// Whether by an error of this name the server asks for patience.
pub(crate) fn is_wait(name: &str) -> bool {
    matches!(name, "FLOOD_WAIT" | "FLOOD_PREMIUM_WAIT" | "SLOWMODE_WAIT")
}

/// Whether a request waits by itself for the server's patience to come back. Only what reads, and parts of files: whoever
/// sends sees the countdown at his message, and may want to send something else.
pub(crate) fn waits_by_itself(method: &str, until: Instant) -> bool {
    const READS: [&str; 4] = ["get", "search", "resolve", "read"];
    let reads = method.split_once('.').is_some_and(|(namespace, name)| match namespace {
        "auth" | "account" => false,
        "upload" | "updates" => true,
        _ => READS.iter().any(|verb| name.starts_with(verb)),
    });
    reads && until.saturating_duration_since(Instant::now()) <= LONGEST_WAIT
}

/// How urgent a small request is by itself.
pub(crate) fn priority_of(method: &str) -> Priority {
    const LATER: [&str; 9] = [
        "help.getConfig",
        "help.getAppConfig",
        "messages.getAvailableReactions",
        "messages.getMessagesViews",
        "messages.getMessagesReactions",
        "messages.setTyping",
        "account.updateStatus",
        "contacts.getContacts",
        "messages.getDialogFilters",
    ];
    const LOOKED_AT: [&str; 9] = [
        "messages.getHistory",
        "messages.getReplies",
        "messages.getMessages",
        "channels.getMessages",
        "messages.search",
        "messages.searchGlobal",
        "messages.getBotCallbackAnswer",
        "contacts.search",
        "contacts.resolveUsername",
    ];
    match method {
        _ if LATER.contains(&method) => Priority::Background,
        _ if LOOKED_AT.contains(&method) || !may_be_sent_twice(method) => Priority::First,
        // What was written keeps its order among itself: one kind of urgency for all of it.
        _ if is_known_by_random_id(method) => Priority::First,
        _ => Priority::Usual,
    }
}

/// What a request takes on the line, both ways, as far as it can be known before: a part of a file has the length that
/// was asked for.
pub(crate) fn weight(method: &str, body: &[u8]) -> usize {
    let asked = match (method, body.last_chunk::<4>()) {
        // `limit` is the last of its arguments.
        ("upload.getFile", Some(limit)) => usize::try_from(i32::from_le_bytes(*limit)).unwrap_or(0).min(1 << 20),
        _ => 0,
    };
    body.len() + asked
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
    let Some((namespace, name)) = method.split_once('.') else { return false };
    match namespace {
        // A code may be used up, a session begun.
        "auth" => false,
        "help" | "users" | "langpack" | "updates" | "upload" => true,
        _ => READS_OR_SETS.iter().any(|verb| name.starts_with(verb)) || is_known_by_random_id(method),
    }
}

/// Whether the server tells by a `random_id` that it has a request of this kind already.
pub(crate) fn is_known_by_random_id(method: &str) -> bool {
    const ALL: [&str; 4] =
        ["messages.sendMessage", "messages.sendMedia", "messages.sendMultiMedia", "messages.forwardMessages"];
    ALL.contains(&method)
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types::{Serializable as _, functions};

    #[test]
    fn an_entry_lives_as_long_as_its_ticket() {
        let requests = Requests::default();
        let first = requests.enter("help.getConfig", 2, 4, Priority::Usual);
        let second = requests.enter("messages.getHistory", 4, 80, Priority::First);
        requests.set(second.id(), RequestState::Sent);
        let seen = requests.snapshot();
        assert_eq!(seen.len(), 2);
        assert_eq!((seen[0].method, seen[0].state), ("help.getConfig", RequestState::Queued));
        assert_eq!((seen[1].datacenter, seen[1].bytes, seen[1].state), (4, 80, RequestState::Sent));
        drop(first);
        assert_eq!(requests.snapshot().len(), 1);
        assert!(!second.was_repeated());
        requests.set(second.id(), RequestState::Queued);
        requests.set(second.id(), RequestState::Sent);
        assert!(second.was_repeated());
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

    #[test]
    fn what_is_looked_at_goes_first_and_what_was_written_keeps_its_order() {
        assert_eq!(priority_of("messages.getHistory"), Priority::First);
        assert_eq!(priority_of("auth.signIn"), Priority::First);
        assert_eq!(priority_of("updates.getDifference"), Priority::Usual);
        assert_eq!(priority_of("messages.setTyping"), Priority::Background);
        let written =
            ["messages.sendMessage", "messages.sendMedia", "messages.forwardMessages", "messages.editMessage"];
        assert!(written.iter().all(|method| priority_of(method) == Priority::First));
        assert!(Priority::First < Priority::Usual && Priority::Usual < Priority::Background);
    }

    #[test]
    fn the_servers_patience_is_waited_for_by_those_who_read() {
        let soon = Instant::now() + Duration::from_secs(5);
        for method in ["messages.getHistory", "upload.getFile", "updates.getDifference", "messages.searchGlobal"] {
            assert!(waits_by_itself(method, soon), "{method}");
            assert!(!waits_by_itself(method, soon + LONGEST_WAIT * 2), "{method}: nobody waits for minutes");
        }
        for method in ["auth.sendCode", "account.getPassword", "messages.sendMessage", "messages.setTyping"] {
            assert!(!waits_by_itself(method, soon), "{method}");
        }
    }

    #[test]
    fn waits_are_seen_until_they_are_over() {
        let requests = Requests::default();
        let until = requests.wait(2, "messages.getHistory", 30);
        requests.wait(2, "messages.getHistory", 5);
        requests.wait(4, "upload.getFile", 0);
        let wait = Wait { method: "messages.getHistory", datacenter: 2, until };
        assert_eq!(requests.waits_now(), [wait], "the longest counts");
        assert_eq!(requests.wait_of(2, "messages.getHistory"), Some(until));
        assert_eq!(requests.wait_of(4, "messages.getHistory"), None);
        assert_eq!(requests.wait_of(4, "upload.getFile"), None);
    }

    #[test]
    fn a_part_of_a_file_weighs_what_will_come() {
        let location = grammers_tl_types::types::InputPhotoFileLocation {
            id: 1,
            access_hash: 2,
            file_reference: Vec::new(),
            thumb_size: "m".into(),
        };
        let request = functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: location.into(),
            offset: 0,
            limit: 512 << 10,
        };
        let body = request.to_bytes();
        assert_eq!(weight(method_of(&body), &body), body.len() + (512 << 10));
        assert_eq!(weight("help.getConfig", &[1, 2, 3, 4]), 4);
    }
}
