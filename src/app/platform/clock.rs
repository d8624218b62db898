//! The time: of the day, and of what has passed.

use jiff::Timestamp;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time of the day, as people have it.
    fn now(&self) -> Timestamp;

    /// The time by which waiting is measured; it never goes back.
    fn instant(&self) -> Instant;
}

/// The machine's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }
}

/// One that stands until it is moved, for headless tests.
#[derive(Debug)]
pub struct Standing {
    begun: (Timestamp, Instant),
    passed: Mutex<Duration>,
}

impl Standing {
    /// A clock that stands at this time.
    pub fn at(now: Timestamp) -> Self {
        Self { begun: (now, Instant::now()), passed: Mutex::default() }
    }

    /// So much time passes.
    pub fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner) += time;
    }

    fn passed(&self) -> Duration {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.begun.0.checked_add(self.passed()).unwrap_or(Timestamp::MAX)
    }

    fn instant(&self) -> Instant {
        self.begun.1 + self.passed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_it_is_moved() {
        let clock = Standing::at(Timestamp::UNIX_EPOCH);
        let before = clock.instant();
        clock.pass(Duration::from_secs(61));
        assert_eq!(clock.now().as_second(), 61);
        assert_eq!(clock.instant() - before, Duration::from_secs(61));
    }
}
