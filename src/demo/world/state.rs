//! Everything at one moment, and how to find one's way in it.

use super::{
    Account, Channel, Chat, Device, Document, FileClass, Group, Letter, LetterId, Limits, LoginToken, Person, Photo,
    Place, Poll, Presence, Room, Roster, Rules, SentCode, SignInTimes, StickerSet, WrongCodes, mix,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Instant;

/// What the lock guards.
pub(crate) struct State {
    pub seed: u64,
    /// The time that the world was built around, and when that was.
    base: i64,
    built: Instant,
    pub people: BTreeMap<i64, Person>,
    pub groups: BTreeMap<i64, Group>,
    pub channels: BTreeMap<i64, Channel>,
    pub letters: Vec<Letter>,
    pub accounts: BTreeMap<i64, Account>,
    pub photos: HashMap<i64, Photo>,
    pub documents: HashMap<i64, Document>,
    pub last_file: i64,
    pub devices: HashMap<i64, Device>,
    pub codes: HashMap<String, SentCode>,
    pub wrong_codes: HashMap<String, WrongCodes>,
    /// The tokens of QR codes.
    pub tokens: HashMap<Vec<u8>, LoginToken>,
    pub times: SignInTimes,
    /// Authorizations on their way from one datacenter to another: token, then (account, datacenter, key, expiry).
    pub exported: HashMap<Vec<u8>, (i64, i32, i64, i32)>,
    /// Parts of files on their way up: (key, file), then the parts.
    pub uploads: HashMap<(i64, i64), BTreeMap<i32, Vec<u8>>>,
    pub polls: BTreeMap<i64, Poll>,
    pub sticker_sets: Vec<StickerSet>,
    pub rules: HashMap<Room, Rules>,
    pub rosters: HashMap<Room, Roster>,
    /// The group where the posts of a broadcast channel are talked about.
    pub discussions: BTreeMap<i64, i64>,
    pub limits: Limits,
    /// The comments under a letter, oldest first.
    pub threads: HashMap<LetterId, Vec<LetterId>>,
    /// Which account has seen which post.
    pub seen_posts: HashSet<(i64, LetterId)>,
    /// Letters that vanish, and when.
    pub vanishing: Vec<(i32, LetterId)>,
    /// Letters of which only the words stay, and when.
    pub fading: Vec<(i32, LetterId)>,
    /// When something is to happen by itself next.
    pub alarm: Option<i32>,
    last_album: i64,
    /// No change of a channel is noticed at an earlier date than this: a client may have been told that it has heard all.
    told: AtomicI32,
    /// References with a smaller number are stale.
    pub reference_epoch: i32,
}

impl State {
    /// A world with nobody in it.
    pub(crate) fn empty(seed: u64, base: i64) -> Self {
        Self {
            seed,
            base,
            built: Instant::now(),
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
            channels: BTreeMap::new(),
            letters: Vec::new(),
            accounts: BTreeMap::new(),
            photos: HashMap::new(),
            documents: HashMap::new(),
            last_file: 0,
            devices: HashMap::new(),
            codes: HashMap::new(),
            wrong_codes: HashMap::new(),
            tokens: HashMap::new(),
            times: SignInTimes::default(),
            exported: HashMap::new(),
            uploads: HashMap::new(),
            reference_epoch: 1,
            polls: BTreeMap::new(),
            sticker_sets: Vec::new(),
            rules: HashMap::new(),
            rosters: HashMap::new(),
            discussions: BTreeMap::new(),
            limits: Limits::default(),
            threads: HashMap::new(),
            seen_posts: HashSet::new(),
            vanishing: Vec::new(),
            fading: Vec::new(),
            alarm: None,
            last_album: 0,
            told: AtomicI32::new(0),
        }
    }

    /// The time in this world, in Unix seconds.
    pub(crate) fn now(&self) -> i32 {
        let now = self.base.saturating_add(i64::try_from(self.built.elapsed().as_secs()).unwrap_or(0));
        i32::try_from(now).unwrap_or(i32::MAX)
    }

    /// The date at which a change of a channel is noticed now.
    pub(crate) fn noticing(&self) -> i32 {
        self.now().max(self.told.load(Ordering::Relaxed))
    }

    /// The date to tell a client of this account that has heard everything: nothing that it knows is at it or later.
    pub(crate) fn date_for(&self, account: i64) -> i32 {
        let now = self.now();
        let date = self.accounts.get(&account).map_or(now, |account| account.news.date(now));
        let newest = self.channels.values().filter_map(|channel| channel.journal.noticed()).max();
        let date = newest.map_or(date, |newest| date.max(newest.saturating_add(1)));
        self.told.fetch_max(date, Ordering::Relaxed);
        date
    }

    /// Lets so many seconds pass at once.
    pub(crate) fn advance(&mut self, seconds: i32) {
        self.base = self.base.saturating_add(i64::from(seconds));
    }

    /// A number for a new file.
    pub(crate) fn new_file_id(&mut self) -> i64 {
        self.last_file += 1;
        // Real numbers are long; these are too, and tell nothing.
        (mix(self.seed, self.last_file as u64) >> 2) as i64
    }

    /// A number for a new album.
    pub(crate) fn new_album_id(&mut self) -> i64 {
        self.last_album += 1;
        (mix(self.seed, 0x000a_1b0c ^ self.last_album as u64) >> 2) as i64
    }

    /// What holds in a room.
    pub(crate) fn rules_of(&self, room: Room) -> Option<&Rules> {
        self.rules.get(&room)
    }

    /// The key by which `viewer` shows that he may use this peer. Differs from account to account.
    pub(crate) fn access_hash(&self, viewer: i64, place: Place) -> i64 {
        let (kind, id) = match place {
            Place::User(id) => (11, id),
            Place::Group(id) => (12, id),
            Place::Channel(id) => (13, id),
        };
        mix(mix(self.seed, kind), mix(viewer as u64, id as u64)) as i64
    }

    /// The same for a file.
    pub(crate) fn file_hash(&self, viewer: i64, class: FileClass, id: i64) -> i64 {
        mix(mix(self.seed, 20 + class as u64), mix(viewer as u64, id as u64)) as i64
    }

    /// A reference for a file, good until the epoch changes.
    pub(crate) fn file_reference(&self, class: FileClass, id: i64) -> Vec<u8> {
        let mut bytes = vec![class as u8];
        bytes.extend_from_slice(&self.reference_epoch.to_be_bytes());
        bytes.extend_from_slice(&mix(mix(self.seed, self.reference_epoch as u64), id as u64).to_be_bytes());
        bytes
    }

    /// Digits of somebody's number.
    pub(crate) fn phone_of(&self, person: i64) -> &str {
        self.people.get(&person).map(|person| person.phone.as_str()).unwrap_or_default()
    }

    /// The account with this phone number, written in any way.
    pub(crate) fn account_by_phone(&self, phone: &str) -> Option<i64> {
        let digits = digits(phone);
        self.accounts.keys().copied().find(|person| self.phone_of(*person) == digits)
    }

    /// What `viewer` calls this chat.
    pub(crate) fn title_of(&self, viewer: i64, place: Place) -> String {
        match place {
            Place::User(id) if id == viewer => "Saved Messages".to_owned(),
            Place::User(id) => match self.called(viewer, id) {
                Some((first, "")) => first.to_owned(),
                Some((first, last)) => format!("{first} {last}"),
                None => String::new(),
            },
            Place::Group(id) => self.groups.get(&id).map(|group| group.title.clone()).unwrap_or_default(),
            Place::Channel(id) => self.channels.get(&id).map(|channel| channel.title.clone()).unwrap_or_default(),
        }
    }

    /// The chat that `viewer` knows by this title.
    pub(crate) fn place_by_title(&self, viewer: i64, title: &str) -> Option<Place> {
        let account = self.accounts.get(&viewer)?;
        let mut found: Vec<_> =
            account.chats.keys().copied().filter(|place| self.title_of(viewer, *place) == title).collect();
        found.sort();
        found.first().copied()
    }

    /// The message numbers of a chat, ascending.
    pub(crate) fn ids_in(&self, viewer: i64, place: Place) -> &[i32] {
        match place {
            Place::Channel(id) => self.channels.get(&id).map(|channel| {
                let cleared = self.chat(viewer, place).map_or(0, |chat| chat.available_from);
                let from = channel.ids.partition_point(|id| *id <= cleared);
                channel.ids.get(from..).unwrap_or_default()
            }),
            _ => self.chat(viewer, place).map(|chat| chat.ids.as_slice()),
        }
        .unwrap_or_default()
    }

    /// The letter that `viewer` sees under this number in this chat.
    pub(crate) fn letter_at(&self, viewer: i64, place: Place, id: i32) -> Option<(LetterId, &Letter)> {
        let number = match place {
            Place::Channel(channel) => *self.channels.get(&channel)?.letters.get(&id)?,
            _ => *self.accounts.get(&viewer)?.letters.get(&id)?,
        };
        let letter = self.letters.get(number)?;
        (letter.room == Room::of(viewer, place)).then_some((number, letter))
    }

    /// How a chat stands for an account.
    pub(crate) fn chat(&self, viewer: i64, place: Place) -> Option<&Chat> {
        self.accounts.get(&viewer)?.chats.get(&place)
    }

    /// The people in a room.
    pub(crate) fn members(&self, room: Room) -> Vec<i64> {
        match room {
            Room::Private(a, b) if a == b => vec![a],
            Room::Private(a, b) => vec![a, b],
            Room::Group(id) => self.groups.get(&id).map(|group| group.members.clone()).unwrap_or_default(),
            Room::Channel(id) => self.channels.get(&id).map(|channel| channel.members.clone()).unwrap_or_default(),
        }
    }

    /// Somebody is signed in to this account on some device, so nobody else speaks for that person.
    pub(crate) fn is_in_use(&self, person: i64) -> bool {
        self.devices.values().any(|device| device.user == Some(person))
    }

    /// The home keys of an account, in a fixed order.
    pub(crate) fn keys_of(&self, account: i64) -> Vec<i64> {
        let mut keys: Vec<_> = self
            .devices
            .iter()
            .filter(|(_, device)| device.user == Some(account) && device.parent.is_none())
            .map(|(key, _)| *key)
            .collect();
        keys.sort_unstable();
        keys
    }

    /// The number by which other sessions of the account call this one.
    pub(crate) fn session_hash(&self, key: i64) -> i64 {
        mix(mix(self.seed, 41), key as u64) as i64
    }

    /// Whether somebody is there now.
    pub(crate) fn presence(&self, person: i64) -> Presence {
        match self.people.get(&person).map(|person| person.presence) {
            Some(Presence::Online(until)) if until < self.now() => Presence::Offline(until),
            Some(presence) => presence,
            None => Presence::Recently,
        }
    }
}

/// The digits of a phone number.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
