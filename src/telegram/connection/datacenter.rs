//! What all lanes to one datacenter share: its key, salt, clock and addresses.

use super::gate::Gate;
use super::handshake::Agreed;
use super::report::Trouble;
use super::{DcKey, InvokeError, Work};
use heliograph_store::AuthKey;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// An authorized key is forgotten only when it was denied so often in a row: anyone on the way can forge a transport
/// error, and forgetting the key means signing in again.
const DENIALS: u32 = 2;

/// A datacenter. Shared by its lanes.
pub(super) struct Datacenter {
    /// Its number.
    pub id: i32,
    /// Held while a key is agreed on, so that two lanes do not make two.
    pub exchange: tokio::sync::Mutex<()>,
    /// Held while the authorization is carried there; how the last attempt failed.
    pub import: tokio::sync::Mutex<Option<InvokeError>>,
    /// When answers about files, or parts of them, last came, in milliseconds since the pool was started.
    pub files_progressed: AtomicU64,
    /// How much may be in flight.
    pub gate: Gate,
    /// Bytes that came in this run.
    pub received: AtomicU64,
    /// Bytes that left in this run.
    pub sent: AtomicU64,
    /// Counts the attempts that ended.
    pub import_attempts: AtomicU64,
    state: Mutex<State>,
}

struct State {
    record: DcKey,
    /// Named by the server, for everything and for files only.
    named: Vec<String>,
    named_for_files: Vec<String>,
    /// Known before any server said something.
    built_in: Vec<String>,
    /// The built-in address goes first: the user gave it.
    built_in_first: bool,
    /// Which address is next.
    turn: usize,
    denials: u32,
    imports: u64,
    trouble: Option<(Trouble, Instant)>,
}

/// What a session is made from.
#[derive(Clone)]
pub(super) struct Credentials {
    pub key: AuthKey,
    pub salt: i64,
    pub time_offset: i32,
}

impl Datacenter {
    /// `record` is what was kept; `built_in` where it can be found.
    pub fn new(record: DcKey, built_in: Vec<String>, built_in_first: bool) -> Self {
        let named = record.address.iter().cloned().collect();
        Self {
            id: record.id,
            exchange: tokio::sync::Mutex::default(),
            import: tokio::sync::Mutex::default(),
            import_attempts: AtomicU64::new(0),
            files_progressed: AtomicU64::new(0),
            gate: Gate::default(),
            received: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            state: Mutex::new(State {
                record,
                named,
                named_for_files: Vec::new(),
                built_in,
                built_in_first,
                turn: 0,
                denials: 0,
                imports: 0,
                trouble: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is to be kept.
    pub fn record(&self) -> DcKey {
        self.state().record.clone()
    }

    /// Notes what went wrong.
    pub fn troubled(&self, trouble: Trouble) {
        self.state().trouble = Some((trouble, Instant::now()));
    }

    /// What went wrong last, and when.
    pub fn trouble(&self) -> Option<(Trouble, Instant)> {
        self.state().trouble
    }

    /// The key, if there is one.
    pub fn credentials(&self) -> Option<Credentials> {
        let state = self.state();
        let key = state.record.auth_key.clone()?;
        Some(Credentials { key, salt: state.record.salt, time_offset: state.record.time_offset })
    }

    /// Takes a new key over.
    pub fn agreed(&self, agreed: Agreed) -> Credentials {
        let mut state = self.state();
        state.denials = 0;
        state.record.auth_key = Some(agreed.key.clone());
        state.record.salt = agreed.salt;
        state.record.time_offset = agreed.time_offset;
        state.record.authorized = false;
        Credentials { key: agreed.key, salt: agreed.salt, time_offset: agreed.time_offset }
    }

    /// The server says that it does not know this key. What that means.
    pub fn denied(&self, key: &AuthKey) -> Denial {
        let mut state = self.state();
        if state.record.auth_key.as_ref() != Some(key) {
            // Another lane has seen to it.
            return Denial::AskAgain;
        }
        state.denials += 1;
        if state.record.authorized && state.denials < DENIALS {
            return Denial::AskAgain;
        }
        state.denials = 0;
        state.record.auth_key = None;
        Denial::Forgotten { was_authorized: std::mem::take(&mut state.record.authorized) }
    }

    /// The server spoke with us under our key.
    pub fn accepted(&self) {
        self.state().denials = 0;
    }

    /// Notes salt and clock; true if they are new.
    pub fn tuned(&self, key: &AuthKey, salt: i64, time_offset: i32) -> bool {
        let mut state = self.state();
        let ours = state.record.auth_key.as_ref() == Some(key);
        // A second more or less is the way, not the clock.
        let moved = state.record.time_offset.abs_diff(time_offset) > 1;
        if !ours || (state.record.salt == salt && !moved) {
            return false;
        }
        state.record.salt = salt;
        state.record.time_offset = time_offset;
        true
    }

    /// Whether the account's authorization is on this key.
    pub fn authorized(&self) -> bool {
        self.state().record.authorized
    }

    /// Notes whether the account's authorization is on this key; true if that is new.
    pub fn set_authorized(&self, authorized: bool) -> bool {
        let mut state = self.state();
        std::mem::replace(&mut state.record.authorized, authorized) != authorized
    }

    /// Counts how often an authorization was carried here: tells a waiting request whether it was sent before that.
    pub fn imports(&self) -> u64 {
        self.state().imports
    }

    /// The authorization was carried here.
    pub fn imported(&self) {
        let mut state = self.state();
        state.record.authorized = true;
        state.imports += 1;
    }

    /// Takes over the addresses that the server names; true if the first one is new.
    pub fn set_addresses(&self, named: Vec<String>, for_files: Vec<String>) -> bool {
        if named.is_empty() {
            return false;
        }
        let mut state = self.state();
        let new = state.record.address.as_ref() != named.first();
        state.record.address = named.first().cloned();
        state.named = named;
        state.named_for_files = for_files;
        new
    }

    /// The address to try now. `None` if nobody knows one.
    pub fn address(&self, work: Work) -> Option<String> {
        self.addresses(work).into_iter().next()
    }

    /// All addresses: the one to try now, then one of the other family (IPv4, IPv6), then the rest.
    pub fn addresses(&self, work: Work) -> Vec<String> {
        let state = self.state();
        // A new key is made at an address for everything: the ones for files have numbers of their own.
        let for_files = work.is_files() && state.record.auth_key.is_some();
        let special: &[String] = if for_files { &state.named_for_files } else { &[] };
        let (first, second) =
            if state.built_in_first { (&state.built_in, &state.named) } else { (&state.named, &state.built_in) };
        let mut all: Vec<String> = Vec::new();
        for address in special.iter().chain(first).chain(second) {
            if !all.contains(address) {
                all.push(address.clone());
            }
        }
        let Some(turn) = state.turn.checked_rem(all.len()) else { return all };
        all.rotate_left(turn);
        let family = all.first().map(|first| is_ipv6(first));
        if let Some(other) = all.iter().position(|address| Some(is_ipv6(address)) != family) {
            let other = all.remove(other);
            all.insert(1, other);
        }
        all
    }

    /// This address was the first to answer, of those for this work: it is tried first from now on.
    pub fn prefer(&self, work: Work, address: &str) {
        // At most all of them, each once.
        for _ in 0..self.addresses(work).len() {
            if self.address(work).as_deref() == Some(address) {
                return;
            }
            self.next_address();
        }
    }

    /// The address did not answer: the next one is tried next.
    pub fn next_address(&self) {
        let mut state = self.state();
        state.turn = state.turn.wrapping_add(1);
    }
}

/// Whether it is a number of IPv6; names may be either.
fn is_ipv6(address: &str) -> bool {
    address.starts_with('[')
}

/// What follows from a key that the server does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denial {
    /// Nothing yet.
    AskAgain,
    /// It is gone; a new one is to be made.
    Forgotten {
        /// The account's authorization was on it.
        was_authorized: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datacenter(authorized: bool) -> Datacenter {
        let auth_key = Some(AuthKey::new([7; 256]));
        let record = DcKey { id: 2, auth_key, authorized, ..DcKey::default() };
        Datacenter::new(record, vec!["built-in:1".into()], false)
    }

    #[test]
    fn one_forged_denial_does_not_sign_out() {
        let key = AuthKey::new([7; 256]);
        let dc = datacenter(true);
        assert_eq!(dc.denied(&key), Denial::AskAgain);
        dc.accepted();
        assert_eq!(dc.denied(&key), Denial::AskAgain);
        assert_eq!(dc.denied(&key), Denial::Forgotten { was_authorized: true });
        assert!(dc.credentials().is_none());
        assert!(!dc.authorized());
        assert_eq!(dc.denied(&key), Denial::AskAgain, "the key of before");
    }

    #[test]
    fn a_key_without_authorization_is_forgotten_at_once() {
        let dc = datacenter(false);
        assert_eq!(dc.denied(&AuthKey::new([7; 256])), Denial::Forgotten { was_authorized: false });
    }

    #[test]
    fn addresses_take_turns() {
        let dc = datacenter(false);
        assert_eq!(dc.address(Work::Requests).unwrap(), "built-in:1");
        assert!(dc.set_addresses(vec!["named:2".into(), "named:3".into()], vec!["files:4".into()]));
        assert!(!dc.set_addresses(vec!["named:2".into(), "named:3".into()], vec!["files:4".into()]));
        assert_eq!(dc.record().address.as_deref(), Some("named:2"));
        let mut turns = Vec::new();
        for _ in 0..4 {
            turns.push(dc.address(Work::Requests).unwrap());
            dc.next_address();
        }
        assert_eq!(turns, ["named:2", "named:3", "built-in:1", "named:2"]);
        assert_eq!(dc.address(Work::Files).unwrap(), "files:4");
    }

    #[test]
    fn a_given_address_stays_first() {
        let dc = Datacenter::new(DcKey { id: 2, ..DcKey::default() }, vec!["given:1".into()], true);
        dc.set_addresses(vec!["named:2".into()], Vec::new());
        assert_eq!(dc.address(Work::Requests).unwrap(), "given:1");
        let nowhere = Datacenter::new(DcKey::default(), Vec::new(), false);
        assert!(nowhere.address(Work::Requests).is_none());
    }
}
