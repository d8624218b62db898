//! People, and the mailboxes of those among them who have an account here.

use super::{Journal, LetterId, Place};
use num_bigint::BigUint;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub id: i64,
    pub first: String,
    pub last: String,
    pub username: Option<String>,
    /// Digits only.
    pub phone: String,
    pub about: String,
    pub bot: bool,
    pub photo: Option<i64>,
    pub presence: Presence,
}

impl Person {
    /// First and last name.
    pub(crate) fn name(&self) -> String {
        if self.last.is_empty() { self.first.clone() } else { format!("{} {}", self.first, self.last) }
    }
}

/// Whether somebody is there; times in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Until then, unless heard from again.
    Online(i32),
    /// Last seen then.
    Offline(i32),
    /// Does not say when.
    Recently,
}

/// One account's mailbox. Private chats and small groups are numbered together in it, channels number their own.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub person: i64,
    pub code: String,
    pub password: Option<String>,
    /// What the password check needs of it, once it was asked for.
    pub verifier: Option<BigUint>,
    pub contacts: HashSet<i64>,
    pub letters: BTreeMap<i32, LetterId>,
    pub chats: HashMap<Place, Chat>,
    /// Pinned chats, topmost first.
    pub pinned: Vec<Place>,
    pub last_id: i32,
    pub journal: Journal,
    /// The random numbers of what was sent, so that nothing is sent twice.
    pub sent: HashSet<i64>,
}

impl Account {
    pub(crate) fn new(person: i64, code: &str, password: Option<&str>) -> Self {
        Self {
            person,
            code: code.to_owned(),
            password: password.map(str::to_owned),
            verifier: None,
            contacts: HashSet::new(),
            letters: BTreeMap::new(),
            chats: HashMap::new(),
            pinned: Vec::new(),
            last_id: 0,
            journal: Journal::default(),
            sent: HashSet::new(),
        }
    }
}

/// How one chat stands for one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chat {
    /// Message numbers, ascending; empty for channels, which keep their own.
    pub ids: Vec<i32>,
    pub read_inbox: i32,
    pub read_outbox: i32,
    pub muted: bool,
    pub marked_unread: bool,
}
