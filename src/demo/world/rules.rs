//! What holds in a room, and what the server allows at all.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What holds in one room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Letters vanish so many seconds after they were written.
    pub ttl: Option<i32>,
    pub noforwards: bool,
    /// Seconds between two letters of the same member.
    pub slowmode: Option<i32>,
    /// When each member wrote last, where that matters.
    pub wrote: HashMap<i64, i32>,
    pub reactions: Reactions,
}

/// Which signs may be put to the letters of a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reactions {
    #[default]
    All,
    Some(Vec<super::Sign>),
    None,
}

/// What the server allows. A scenario may set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// How long a random id is remembered, in seconds: sent again within it, it is `RANDOM_ID_DUPLICATE`.
    pub random_ids_for: i32,
    /// How many messages one account may send in [`Self::burst_seconds`]; the next one is `FLOOD_WAIT_X`.
    pub burst: u32,
    /// In seconds.
    pub burst_seconds: i32,
    /// The largest file that may be uploaded, in bytes.
    pub largest_file: u64,
    /// How long one's own message may be changed, in seconds.
    pub edit_for: i32,
    /// How many changes a difference may hold before it is cut into slices.
    pub slice: usize,
    /// Beyond this many missed changes a mailbox is to be loaded afresh.
    pub too_long: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            random_ids_for: 300,
            burst: u32::MAX,
            burst_seconds: 60,
            // All of it is held in memory, so there is less room than on Telegram.
            largest_file: 128 * 1024 * 1024,
            edit_for: 48 * 60 * 60,
            slice: 500,
            too_long: 5_000,
        }
    }
}
