//! The world that the server serves: people, groups, channels, what they wrote, and what each account sees of it.
//!
//! One lock guards it all. Sections under it are short: drawing pictures and reading files happen outside.

pub(crate) mod cast;
mod chance;
mod circle;
mod details;
mod files;
mod journal;
mod letter;
mod marking;
pub(crate) mod markup;
mod news;
pub(crate) mod notify;
mod paging;
mod people;
pub(crate) mod polls;
mod posting;
pub(crate) mod reading;
mod rooms;
pub(crate) mod roster;
pub(crate) mod rules;
pub(crate) mod scheduled;
mod seed;
mod sign_in;
pub(crate) mod state;
pub(crate) mod stickers;
mod threads;

pub(crate) use chance::{Chance, mix};
pub(crate) use details::{Details, Forwarded, Quote, Reaction, Sign};
pub(crate) use files::{Content, Document, FileClass, FileKind, Photo, PhotoSource};
pub(crate) use journal::{Change, Entry, Journal};
pub(crate) use letter::{Author, Body, Deed, Letter, LetterId, Place, Room};
pub(crate) use news::News;
pub(crate) use notify::Notify;
pub(crate) use paging::{Window, hash_of, window};
pub(crate) use people::{Account, Chat, Person, Presence};
pub(crate) use polls::Poll;
pub(crate) use posting::{Draft, Notice};
pub(crate) use rooms::{Channel, Group};
pub(crate) use roster::{Admin, Ban, Doing, Invite, Right, Roster};
pub use rules::Limits;
pub(crate) use rules::Rules;
pub(crate) use scheduled::Scheduled;
pub(crate) use seed::{CODE, FILES_DC, HOME_DC, TELEGRAM};
pub use sign_in::{CodeWay, EMAIL_CODE, FLASH_NUMBER, SignInTimes};
pub(crate) use sign_in::{Device, LoginToken, Password, SentCode, SrpChallenge, Unconfirmed, WrongCodes, pattern};
pub(crate) use state::{State, digits};
pub(crate) use stickers::StickerSet;

use crate::drawing::Pictures;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Which world to build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorldKind {
    /// About sixty chats with everything that a chat can hold.
    #[default]
    Lifelike,
    /// 201 chats of text only, for measurements: 200 of 20 messages and one of 3,000.
    Plain,
}

/// An account that one can sign in to.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// With the plus sign.
    pub phone: String,
    /// The code that always works; for codes by e-mail [`EMAIL_CODE`], for flash calls [`FLASH_NUMBER`].
    pub code: String,
    /// How the code comes.
    pub way: CodeWay,
    /// The two-step password, where there is one and nobody has changed it.
    pub password: Option<String>,
    /// Whether a forgotten password can be recovered by e-mail, with [`EMAIL_CODE`].
    pub recovery: bool,
    /// The datacenter that has the account.
    pub dc: i32,
    /// The person.
    pub user_id: i64,
}

impl fmt::Debug for DemoAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DemoAccount").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

/// Everything that the server knows. Two worlds of the same kind, seed and time are equal.
pub struct World {
    state: Mutex<State>,
    pub(crate) pictures: Pictures,
}

impl World {
    /// Builds a world as it stands at `now` (Unix seconds).
    pub fn new(kind: WorldKind, seed: u64, now: i64) -> World {
        World { state: Mutex::new(seed::build(kind, seed, now)), pictures: Pictures::default() }
    }

    /// A panic elsewhere while the lock was held leaves the world usable: every change is complete in itself.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The accounts that can sign in; the first is the one with the richest world.
    pub fn accounts(&self) -> Vec<DemoAccount> {
        let state = self.lock();
        let mut all: Vec<_> = state
            .accounts
            .values()
            .map(|account| DemoAccount {
                phone: format!("+{}", state.phone_of(account.person)),
                code: match account.way {
                    CodeWay::Email | CodeWay::EmailSetUp => EMAIL_CODE.to_owned(),
                    CodeWay::FlashCall => FLASH_NUMBER.to_owned(),
                    _ => account.code.clone(),
                },
                way: account.way,
                password: account.password.as_ref().and_then(|password| password.words.clone()),
                recovery: account.password.as_ref().is_some_and(|password| password.email.is_some()),
                dc: account.dc,
                user_id: account.person,
            })
            .collect();
        all.sort_by_key(|account| account.user_id);
        all
    }

    /// What the account with this phone number sees in the chat with this title, oldest first. Service messages are empty.
    pub fn texts_in(&self, phone: &str, title: &str) -> Vec<String> {
        let state = self.lock();
        let Some(viewer) = state.account_by_phone(phone) else { return Vec::new() };
        let Some(place) = state.place_by_title(viewer, title) else { return Vec::new() };
        let ids = state.ids_in(viewer, place);
        ids.iter().filter_map(|id| state.letter_at(viewer, place, *id)).map(|(_, letter)| letter.text.clone()).collect()
    }

    /// All bytes of the first document with this name.
    pub fn file_bytes(&self, document_name: &str) -> Option<Vec<u8>> {
        let state = self.lock();
        let document = state.documents.values().find(|document| document.name == document_name)?.clone();
        drop(state);
        Some(document.read(0, usize::try_from(document.size).ok()?))
    }

    /// What the server allows from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.lock().limits = limits;
    }

    /// What the server allows.
    pub fn limits(&self) -> Limits {
        self.lock().limits
    }

    /// Lets so many seconds pass at once. What becomes due happens with the next call of anybody.
    pub fn advance(&self, seconds: i32) {
        self.lock().advance(seconds);
    }

    /// Changes how long codes and QR codes last, from now on.
    pub fn set_sign_in_times(&self, change: impl FnOnce(&mut SignInTimes)) {
        change(&mut self.lock().times);
    }

    /// Makes every file reference handed out so far stale, as happens on Telegram after some hours.
    pub fn expire_file_references(&self) {
        self.lock().reference_epoch += 1;
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
