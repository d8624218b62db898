//! What can go wrong with single answers, and with the updates of one device.

use std::collections::HashMap;
use std::time::Duration;

use grammers_tl_types::{Identifiable as _, types};
use serde::Deserialize;
use tokio::time::Instant;

use crate::rpc::RpcError;

/// Something that happens to one answer.
///
/// In a scenario file its name is in snake case, with its value behind it where it has one: `"drop"`,
/// `{"delay_ms": 500}`, `{"error": {"code": 420, "message": "FLOOD_WAIT_5"}}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trouble {
    /// It comes this many milliseconds later.
    DelayMs(u64),
    /// The call is carried out, and nobody ever hears of it.
    Drop,
    /// The call is not carried out, but answered with this error.
    Error {
        /// Like an HTTP status.
        code: i32,
        /// The name that clients match on.
        message: String,
    },
    /// Instead of the answer the socket is closed. The answer comes over the client's next one.
    Close,
    /// Half of the packet with the answer comes, then the socket is closed. The answer comes over the next one.
    Truncate,
    /// Instead of the answer come this many random bytes, no packet at all. The answer comes over the next socket, if
    /// the client makes one.
    Random(usize),
    /// The answer comes in a container beside a message that no client knows.
    UnknownBeside,
    /// Instead of the answer comes a gzip of this many MiB of zeros.
    GzipBomb(usize),
    /// Instead of the answer comes what `help.getAppConfig` answers, with lists that lie in each other so many times.
    Nested(usize),
    /// The answer begins with a constructor that no client knows.
    Unreadable,
    /// Before the call is looked at all salts change.
    ChangeSalts,
    /// Before the call is looked at all keys are forgotten, and all sockets closed.
    ForgetKeys,
    /// Before the call is looked at all sockets are closed.
    CutConnections,
}

/// What the writer of a socket does instead of sending an answer as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wreck {
    Close,
    Truncate,
    Random(usize),
    UnknownBeside,
    GzipBomb(usize),
    Nested(usize),
    Unreadable,
}

/// The constructor of what no client knows.
pub(crate) const UNKNOWN: u32 = 0x0bad_c0de;

/// Makes what begins here one of a kind that no client knows.
pub(crate) fn make_unknown(bytes: &mut [u8], at: usize) {
    if let Some(constructor) = bytes.get_mut(at..at + 4) {
        constructor.copy_from_slice(&UNKNOWN.to_le_bytes());
    }
}

/// Makes every message in which these words are one of a kind that no client knows, and all of it where it is none of
/// the usual ones.
pub(super) fn spoil(bytes: &mut [u8], words: &str) {
    const MESSAGES: [u32; 3] = [
        types::Message::CONSTRUCTOR_ID,
        types::UpdateShortMessage::CONSTRUCTOR_ID,
        types::UpdateShortChatMessage::CONSTRUCTOR_ID,
    ];
    let mut from = 0;
    while let Some(found) =
        bytes.get(from..).and_then(|rest| rest.windows(words.len()).position(|all| all == words.as_bytes()))
    {
        let place = from + found;
        let is_message = |at: &usize| {
            bytes
                .get(*at..*at + 4)
                .and_then(|four| four.try_into().ok())
                .is_some_and(|four| MESSAGES.contains(&u32::from_le_bytes(four)))
        };
        let message = (0..place).step_by(4).rfind(is_message);
        make_unknown(bytes, message.unwrap_or(0));
        from = place + words.len();
    }
}

/// A trouble, and to which of a method's calls it happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The method's TL name; `*` for every one.
    pub method: String,
    /// The first call that it happens to, counted from 1 and from when the rule was made.
    #[serde(default = "one")]
    pub nth: u64,
    /// To how many calls it happens; 0 for ever.
    #[serde(default = "one")]
    pub times: u64,
    /// What happens.
    #[serde(rename = "do")]
    pub trouble: Trouble,
}

fn one() -> u64 {
    1
}

/// A rule at work.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) rule: Rule,
    pub(super) calls: u64,
}

impl Running {
    /// Counts a call; the trouble when it is its turn.
    pub(super) fn strikes(&mut self, method: &str) -> Option<&Trouble> {
        if self.rule.method != "*" && self.rule.method != method {
            return None;
        }
        self.calls += 1;
        let first = self.rule.nth.max(1);
        let over = self.rule.times > 0 && self.calls >= first.saturating_add(self.rule.times);
        (self.calls >= first && !over).then_some(&self.rule.trouble)
    }
}

/// How often a device may call a method before it is told to wait.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flood {
    /// The method's TL name; `*` for all of them together.
    pub method: String,
    /// This many calls are answered ...
    pub calls: u32,
    /// ... within this many milliseconds.
    pub within_ms: u64,
    /// How many seconds `FLOOD_WAIT_X` names, and for how long every call is answered so.
    pub wait: u32,
}

/// A limit at work.
#[derive(Debug)]
pub(super) struct Gauge {
    pub(super) flood: Flood,
    /// By device: since when it is counted, how many calls that were, and until when it has to wait.
    pub(super) devices: HashMap<i64, (Instant, u32, Option<Instant>)>,
}

/// Devices whose calls or updates are counted, at most.
const MOST_DEVICES: usize = 4096;

impl Gauge {
    /// Counts a call; the error when there were too many.
    pub(super) fn exceeded(&mut self, device: i64, method: &str, now: Instant) -> Option<RpcError> {
        if self.flood.method != "*" && self.flood.method != method {
            return None;
        }
        if self.devices.len() >= MOST_DEVICES && !self.devices.contains_key(&device) {
            self.devices.clear();
        }
        let (since, calls, until) = self.devices.entry(device).or_insert((now, 0, None));
        if let Some(end) = until {
            if now < *end {
                let left = (*end - now).as_secs_f64().ceil() as u32;
                return Some(RpcError::new(420, format!("FLOOD_WAIT_{}", left.max(1))));
            }
            (*since, *calls, *until) = (now, 0, None);
        }
        if now - *since > Duration::from_millis(self.flood.within_ms) {
            (*since, *calls) = (now, 0);
        }
        *calls += 1;
        if *calls <= self.flood.calls {
            return None;
        }
        *until = Some(now + Duration::from_secs(self.flood.wait.into()));
        Some(RpcError::new(420, format!("FLOOD_WAIT_{}", self.flood.wait)))
    }
}

/// What happens to updates on their way to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mishap {
    /// They are never sent: a hole in the numbers.
    Miss,
    /// They are sent twice.
    Twice,
    /// They are kept until all of them are there, and then sent the newest first.
    Reverse,
    /// They begin with a constructor that no client knows.
    Unreadable,
}

/// A mishap, and to which updates of each device it happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disturbance {
    /// How many updates of a device get through before.
    #[serde(default)]
    pub after: u64,
    /// How many it happens to.
    #[serde(default = "one")]
    pub times: u64,
    /// What happens.
    #[serde(rename = "do")]
    pub mishap: Mishap,
}

/// A disturbance at work.
#[derive(Debug)]
pub(super) struct Disturbing {
    pub(super) disturbance: Disturbance,
    /// By device: how many updates there were, and those that are kept.
    pub(super) devices: HashMap<i64, (u64, Vec<Vec<u8>>)>,
}

impl Disturbing {
    /// What is sent instead of these updates.
    pub(super) fn disturb(&mut self, device: i64, updates: Vec<u8>) -> Vec<Vec<u8>> {
        if self.devices.len() >= MOST_DEVICES && !self.devices.contains_key(&device) {
            self.devices.clear();
        }
        let (seen, kept) = self.devices.entry(device).or_default();
        *seen += 1;
        let Disturbance { after, times, mishap } = self.disturbance;
        if *seen <= after || *seen > after.saturating_add(times) {
            return vec![updates];
        }
        match mishap {
            Mishap::Miss => Vec::new(),
            Mishap::Twice => vec![updates.clone(), updates],
            Mishap::Unreadable => {
                let mut updates = updates;
                make_unknown(&mut updates, 0);
                vec![updates]
            }
            Mishap::Reverse => {
                kept.push(updates);
                if *seen < after + times {
                    return Vec::new();
                }
                let mut all = std::mem::take(kept);
                all.reverse();
                all
            }
        }
    }
}
