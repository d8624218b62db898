//! When to ask whether the server lives, and when to take it for dead.

use crate::connection::session::unix_now;
use crate::connection::shared::Timings;
use std::time::Duration;
use tokio::time::Instant;

/// More than this between the two clocks is a sleep of the machine, not a correction.
const SLEPT: Duration = Duration::from_secs(10);

/// Tells whether the machine slept: the wall clock went on and the other stood still.
pub(super) struct ClockWatch {
    wall: Duration,
    steady: std::time::Instant,
}

impl ClockWatch {
    /// From now on.
    pub fn start() -> Self {
        Self { wall: unix_now(), steady: std::time::Instant::now() }
    }

    /// Whether it slept since the last question.
    pub fn jumped(&mut self) -> bool {
        let now = Self::start();
        let wall = now.wall.saturating_sub(self.wall);
        let steady = now.steady.saturating_duration_since(self.steady);
        *self = now;
        wall.saturating_sub(steady) > SLEPT
    }
}

/// The signs of life on one connection.
pub(super) struct Pulse {
    timings: Timings,
    heard: Instant,
    pinged: Instant,
    /// The server is taken for dead unless it is heard before.
    due: Option<Instant>,
}

impl Pulse {
    /// From now on. The first words must be answered like a ping.
    pub fn start(timings: Timings) -> Self {
        let now = Instant::now();
        Self { timings, heard: now, pinged: now, due: None }
    }

    /// Bytes came.
    pub fn heard(&mut self) {
        self.heard = Instant::now();
        self.due = None;
    }

    /// Whether a ping is due. `awaiting`: an answer is awaited.
    pub fn wants_ping(&self, awaiting: bool) -> bool {
        self.due.is_none() && self.next_ping(awaiting) <= Instant::now()
    }

    fn next_ping(&self, awaiting: bool) -> Instant {
        let regular = self.pinged + self.timings.ping;
        if awaiting { regular.min(self.heard.max(self.pinged) + self.timings.patience) } else { regular }
    }

    /// A ping, or the first words, left.
    pub fn asked(&mut self) {
        self.pinged = Instant::now();
        self.due =
            Some(self.due.map_or(self.pinged + self.timings.pong, |due| due.min(self.pinged + self.timings.pong)));
    }

    /// Whether the server is to be taken for dead.
    pub fn is_dead(&self) -> bool {
        self.due.is_some_and(|due| due <= Instant::now())
    }

    /// When to look again.
    pub fn next(&self, awaiting: bool) -> Instant {
        self.due.unwrap_or_else(|| self.next_ping(awaiting))
    }
}
