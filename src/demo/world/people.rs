//! People, and the mailboxes of those among them who have an account here.

use super::circle::Circle;
use super::stickers::Drawer;
use super::{CodeWay, HOME_DC, Journal, LetterId, Notify, Password, Place, Scheduled, Unconfirmed, news::Newspaper};
use grammers_tl_types as tl;
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
    /// Photos that one had before, newest first.
    pub earlier: Vec<i64>,
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
#[derive(PartialEq)]
pub(crate) struct Account {
    pub person: i64,
    pub code: String,
    /// How the code comes.
    pub way: CodeWay,
    /// Where codes by e-mail go.
    pub login_email: Option<String>,
    /// When that address, given up, will be gone.
    pub email_gone_at: Option<i32>,
    /// The datacenter that has the account.
    pub dc: i32,
    pub password: Option<Password>,
    /// What becomes of the password once an address is confirmed.
    pub unconfirmed: Option<Unconfirmed>,
    /// Until when the code for a forgotten password is good.
    pub recovery_until: Option<i32>,
    pub contacts: HashSet<i64>,
    pub letters: BTreeMap<i32, LetterId>,
    pub chats: HashMap<Place, Chat>,
    /// Pinned chats, topmost first.
    pub pinned: Vec<Place>,
    /// The same in the archive.
    pub pinned_archive: Vec<Place>,
    /// Pinned chats of the saved messages.
    pub pinned_saved: Vec<Place>,
    pub last_id: i32,
    pub journal: Journal,
    /// The random numbers of what was sent and when, so that nothing is sent twice.
    pub sent: HashMap<i64, i32>,
    /// When it sent lately, for the limit on bursts.
    pub bursts: Vec<i32>,
    /// How it is told of users, groups and channels about which it says nothing.
    pub notify: [Notify; 3],
    /// Folders, in their order.
    pub filters: Vec<tl::enums::DialogFilter>,
    pub scheduled: BTreeMap<i32, Scheduled>,
    pub last_scheduled: i32,
    pub drawer: Drawer,
    /// What new chats of the account begin with: seconds after which messages vanish.
    pub default_ttl: i32,
    pub news: Newspaper,
    pub circle: Circle,
}

impl Account {
    pub(crate) fn new(person: i64, code: &str, password: Option<Password>) -> Self {
        Self {
            person,
            code: code.to_owned(),
            way: CodeWay::App,
            login_email: None,
            email_gone_at: None,
            dc: HOME_DC,
            password,
            unconfirmed: None,
            recovery_until: None,
            contacts: HashSet::new(),
            letters: BTreeMap::new(),
            chats: HashMap::new(),
            pinned: Vec::new(),
            last_id: 0,
            journal: Journal::default(),
            sent: HashMap::new(),
            pinned_archive: Vec::new(),
            pinned_saved: Vec::new(),
            bursts: Vec::new(),
            notify: Default::default(),
            filters: Vec::new(),
            scheduled: BTreeMap::new(),
            last_scheduled: 0,
            drawer: Drawer::default(),
            default_ttl: 0,
            news: Newspaper::default(),
            circle: Circle::default(),
        }
    }
}

/// How one chat stands for one account.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chat {
    /// Message numbers, ascending; empty for channels, which keep their own.
    pub ids: Vec<i32>,
    pub read_inbox: i32,
    pub read_outbox: i32,
    pub notify: Notify,
    pub marked_unread: bool,
    /// 1 is the archive.
    pub folder: i32,
    pub draft: Option<Box<tl::types::DraftMessage>>,
    /// Messages of a supergroup up to this number are cleared away for this account.
    pub available_from: i32,
    /// Up to where each thread was read: the number of its first message, then the newest that was read.
    pub threads: HashMap<i32, i32>,
}
