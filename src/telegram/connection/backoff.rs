//! How long to wait before the next try to connect.

use std::time::Duration;

/// The pauses after the first failure, the second and so on; the last one goes on for ever. The first try again is
/// at once: most cuts are passing ones.
const PAUSES: [u64; 7] = [0, 1, 2, 4, 8, 16, 30];

/// Counts failures in a row.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: usize,
}

impl Backoff {
    /// Notes a failure; the pause that is due now. The jitter keeps a crowd of clients from coming back as one.
    pub fn failed(&mut self) -> Duration {
        self.failed_with(random_fraction())
    }

    /// `fraction` is in 0.0..1.0 and spreads the pause from 0.8 to 1.2 of itself.
    fn failed_with(&mut self, fraction: f64) -> Duration {
        let seconds = PAUSES.get(self.failures).or(PAUSES.last()).copied().unwrap_or(0);
        self.failures = self.failures.saturating_add(1);
        Duration::from_secs(seconds).mul_f64(0.8 + 0.4 * fraction)
    }

    /// A connection was answered on: the next pauses are short again, but not none, as it may be cut every time.
    pub fn answered(&mut self) {
        self.failures = self.failures.min(1);
    }

    /// A connection held: the next failure is a first one again.
    pub fn held(&mut self) {
        self.failures = 0;
    }
}

/// In 0.0..1.0; without randomness the middle, which only costs the jitter.
fn random_fraction() -> f64 {
    getrandom::u32().map_or(0.5, |random| f64::from(random) / (f64::from(u32::MAX) + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_try_is_at_once_and_the_pauses_grow_to_a_limit() {
        let mut backoff = Backoff::default();
        let seconds: Vec<u64> = (0..10).map(|_| backoff.failed_with(0.5).as_secs()).collect();
        assert_eq!(seconds, [0, 1, 2, 4, 8, 16, 30, 30, 30, 30]);
        backoff.answered();
        assert_eq!(backoff.failed_with(0.5), Duration::from_secs(1));
        backoff.held();
        backoff.answered();
        assert_eq!(backoff.failed_with(0.5), Duration::ZERO);
    }

    #[test]
    fn jitter_stays_within_a_fifth() {
        for fraction in [0.0, 0.3, 0.999] {
            let mut backoff = Backoff { failures: 6 };
            let pause = backoff.failed_with(fraction).as_secs_f64();
            assert!((24.0..=36.0).contains(&pause), "{pause}");
        }
        let mut backoff = Backoff { failures: 6 };
        assert_ne!(backoff.failed_with(0.1), backoff.failed_with(0.9));
        for _ in 0..100 {
            assert!((0.0..1.0).contains(&random_fraction()));
        }
    }
}
