//! Scenario files: what a [`Scenario`] does, as JSON.
//!
//! ```json
//! {
//!   "delay_all_ms": 20,
//!   "distance_ms": 50,
//!   "rules": [
//!     {"method": "messages.getHistory", "nth": 2, "times": 3, "do": {"delay_ms": 1500}},
//!     {"method": "messages.sendMessage", "do": "drop"},
//!     {"method": "upload.getFile", "nth": 5, "do": "truncate"},
//!     {"method": "help.getConfig", "do": {"error": {"code": 500, "message": "INTERNAL"}}}
//!   ],
//!   "floods": [{"method": "messages.sendMessage", "calls": 20, "within_ms": 1000, "wait": 5}],
//!   "updates": [{"after": 3, "times": 2, "do": "reverse"}],
//!   "unreadable": ["words that only a message of an unknown kind has"],
//!   "connections": [{"dc": 4, "close_after_bytes": 100000, "times": 2}],
//!   "stalled": [4],
//!   "refuse_connections": false,
//!   "file_bytes_per_second": 1000000,
//!   "key_exchanges": {"repeat": 1, "fail": 1},
//!   "limits": {"random_ids_for": 30, "burst": 20, "burst_seconds": 60, "largest_file": 1000000}
//! }
//! ```
//!
//! Everything may be left out. `do` of a rule is a [`Trouble`], of updates a [`Mishap`]; `nth` and `times` are 1 where
//! they are not given, and `times: 0` is for ever. Of several rules for one call all happen. `limits` are [`Limits`]; those
//! that are not given stay as they are.
//!
//! [`Mishap`]: super::Mishap

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use crate::world::Limits;

use super::{ClosingConnections, Disturbance, Flood, Rule, Scenario, Trouble};

/// More than any scenario needs.
const LARGEST: u64 = 1024 * 1024;
/// A bomb beyond this only hurts the server itself.
const LARGEST_BOMB: usize = 1024;
const MOST_NESTED: usize = 1_000_000;
const MOST_RANDOM: usize = 64 * 1024 * 1024;

/// Why a scenario file is not one.
#[derive(Debug, Error)]
pub enum ScenarioRefused {
    /// It cannot be read.
    #[error("the scenario {}: {error}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// It is not what a scenario looks like.
    #[error("the scenario {}: {error}", file.display())]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// Where and why.
        error: serde_json::Error,
    },
    /// It asks for too much.
    #[error("the scenario {}: {why}", file.display())]
    TooMuch {
        /// Which file.
        file: PathBuf,
        /// Of what.
        why: &'static str,
    },
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    delay_all_ms: u64,
    distance_ms: u64,
    rules: Vec<Rule>,
    floods: Vec<Flood>,
    updates: Vec<Disturbance>,
    connections: Vec<ClosingConnections>,
    unreadable: Vec<String>,
    stalled: Vec<i32>,
    refuse_connections: bool,
    file_bytes_per_second: Option<u64>,
    key_exchanges: Exchanges,
    limits: Option<Limits>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Exchanges {
    repeat: u32,
    fail: u32,
}

impl Scenario {
    /// Reads a scenario file; how it looks says the documentation of `scenario::file`, and tests/README.md.
    ///
    /// # Errors
    /// When there is no such file, or it says something that no scenario knows.
    pub fn read(file: &Path) -> Result<Self, ScenarioRefused> {
        let unreadable = |error| ScenarioRefused::Unreadable { file: file.to_owned(), error };
        let too_much = |why| ScenarioRefused::TooMuch { file: file.to_owned(), why };
        if std::fs::metadata(file).map_err(unreadable)?.len() > LARGEST {
            return Err(too_much("more than 1 MiB of it"));
        }
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        let written: Written =
            serde_json::from_str(&text).map_err(|error| ScenarioRefused::Malformed { file: file.to_owned(), error })?;
        if written.unreadable.iter().any(String::is_empty) {
            return Err(too_much("words that are none"));
        }
        for rule in &written.rules {
            match rule.trouble {
                Trouble::GzipBomb(mib) if mib > LARGEST_BOMB => return Err(too_much("a bomb of more than 1024 MiB")),
                Trouble::Nested(depth) if depth > MOST_NESTED => return Err(too_much("more than a million levels")),
                Trouble::Random(bytes) if bytes > MOST_RANDOM => return Err(too_much("more than 64 MiB of noise")),
                _ => {}
            }
        }
        let scenario = Self::default();
        scenario.delay_all(Duration::from_millis(written.delay_all_ms));
        scenario.set_distance(Duration::from_millis(written.distance_ms));
        written.rules.into_iter().for_each(|rule| scenario.add(rule));
        written.floods.into_iter().for_each(|flood| scenario.limit(flood));
        written.updates.into_iter().for_each(|disturbance| scenario.disturb_updates(disturbance));
        written.connections.into_iter().for_each(|closing| scenario.close_connections(closing));
        written.unreadable.iter().for_each(|words| scenario.make_unreadable(words));
        written.stalled.into_iter().for_each(|dc| scenario.stall(dc, true));
        scenario.refuse_connections(written.refuse_connections);
        scenario.throttle_files(written.file_bytes_per_second);
        scenario.repeat_key_exchanges(written.key_exchanges.repeat);
        scenario.fail_key_exchanges(written.key_exchanges.fail);
        if let Some(limits) = written.limits {
            scenario.set_limits(limits);
        }
        Ok(scenario)
    }
}
