//! Groups and channels.

use super::{Journal, LetterId};
use std::collections::BTreeMap;

/// A small group; its messages are numbered in each member's mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub id: i64,
    pub title: String,
    pub about: String,
    pub photo: Option<i64>,
    pub creator: i64,
    pub members: Vec<i64>,
    pub date: i32,
}

/// A supergroup or a broadcast channel; numbers its own messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Channel {
    pub id: i64,
    pub title: String,
    pub about: String,
    pub username: Option<String>,
    pub photo: Option<i64>,
    /// Only its creator writes.
    pub broadcast: bool,
    pub verified: bool,
    pub creator: i64,
    /// Those of its members whom the world knows.
    pub members: Vec<i64>,
    /// How many it says it has.
    pub size: i32,
    pub date: i32,
    pub letters: BTreeMap<i32, LetterId>,
    /// The same numbers, ascending, for paging.
    pub ids: Vec<i32>,
    pub last_id: i32,
    pub journal: Journal,
}
