//! Which messages of the server were taken in already: none may count twice.

use std::collections::BTreeSet;

/// So many are remembered; what is older than all of them is refused.
const REMEMBERED: usize = 1024;

/// The numbers of the newest messages.
#[derive(Default)]
pub(super) struct Seen {
    ids: BTreeSet<i64>,
}

impl Seen {
    /// Notes a message; false if it was there before, or may have been.
    pub fn insert(&mut self, id: i64) -> bool {
        if self.ids.len() >= REMEMBERED && self.ids.first().is_some_and(|oldest| id < *oldest) {
            return false;
        }
        let new = self.ids.insert(id);
        if self.ids.len() > REMEMBERED {
            self.ids.pop_first();
        }
        new
    }

    /// Whether it is remembered.
    pub fn contains(&self, id: i64) -> bool {
        self.ids.contains(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_counts_twice_and_memory_is_bounded() {
        let mut seen = Seen::default();
        for id in 1..=5000 {
            assert!(seen.insert(id * 4 + 1));
            assert!(!seen.insert(id * 4 + 1));
        }
        assert_eq!(seen.ids.len(), REMEMBERED);
        assert!(!seen.insert(5), "too old to know");
        assert!(seen.contains(20_001));
        assert!(seen.insert(19_999), "late, but new");
    }
}
