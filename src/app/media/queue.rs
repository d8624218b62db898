//! Who is served first: things that are fetched in the background, a few at a time, each once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Decides what to fetch now. It holds the handles of what runs: dropping one cancels the work.
#[derive(Debug)]
pub struct Queue<K, H> {
    most: usize,
    running: HashMap<K, Option<H>>,
    waiting: Vec<K>,
    failed: HashSet<K>,
}

impl<K: Clone + Eq + Hash, H> Queue<K, H> {
    /// At most so many at once.
    pub fn new(most: usize) -> Self {
        Self { most, running: HashMap::new(), waiting: Vec::new(), failed: HashSet::new() }
    }

    /// Says what is needed, the most urgent first; what is there already must be left out. Everything else is
    /// cancelled. Returns what to begin now.
    pub fn want(&mut self, keys: impl IntoIterator<Item = K>) -> Vec<K> {
        let mut seen = HashSet::new();
        let wanted: Vec<K> =
            keys.into_iter().filter(|key| !self.failed.contains(key) && seen.insert(key.clone())).collect();
        self.running.retain(|key, _| seen.contains(key));
        self.waiting = wanted.into_iter().filter(|key| !self.running.contains_key(key)).collect();
        self.begin()
    }

    /// Keeps the handle of work that was begun.
    pub fn began(&mut self, key: &K, handle: H) {
        if let Some(slot) = self.running.get_mut(key) {
            *slot = Some(handle);
        }
    }

    /// It ended, well or not; what failed is not tried again until [`Queue::forgive`]. Returns what to begin now.
    pub fn ended(&mut self, key: &K, well: bool) -> Vec<K> {
        let _ = self.running.remove(key);
        if !well {
            let _ = self.failed.insert(key.clone());
        }
        self.begin()
    }

    /// Whether it was tried and failed.
    pub fn failed(&self, key: &K) -> bool {
        self.failed.contains(key)
    }

    /// What failed may be tried again (say, after the connection came back).
    pub fn forgive(&mut self) {
        self.failed.clear();
    }

    fn begin(&mut self) -> Vec<K> {
        let room = self.most.saturating_sub(self.running.len()).min(self.waiting.len());
        let begun: Vec<K> = self.waiting.drain(..room).collect();
        self.running.extend(begun.iter().map(|key| (key.clone(), None)));
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn each_is_fetched_once_and_the_first_go_first() {
        let mut queue: Queue<u8, ()> = Queue::new(2);
        assert_eq!(queue.want([1, 2, 3, 1]), [1, 2]);
        assert!(queue.want([1, 2, 3]).is_empty(), "they are under way");
        assert_eq!(queue.ended(&1, true), [3]);
        // The caller leaves out what it has.
        assert!(queue.want([2, 3]).is_empty());
    }

    #[test]
    fn what_nobody_needs_is_cancelled() {
        let mut queue = Queue::new(2);
        let (one, two) = (Rc::new(()), Rc::new(()));
        assert_eq!(queue.want([1, 2, 3]), [1, 2]);
        queue.began(&1, one.clone());
        queue.began(&2, two.clone());
        assert_eq!(queue.want([4, 2]), [4], "the newly visible one takes the place");
        assert_eq!(Rc::strong_count(&one), 1, "its handle was dropped");
        assert_eq!(Rc::strong_count(&two), 2);
        assert!(queue.ended(&4, true).is_empty(), "3 is not wanted any more");
    }

    #[test]
    fn a_failure_costs_that_one_only() {
        let mut queue: Queue<u8, ()> = Queue::new(1);
        assert_eq!(queue.want([1, 2]), [1]);
        assert_eq!(queue.ended(&1, false), [2]);
        assert!(queue.ended(&2, true).is_empty());
        assert!(queue.want([1]).is_empty(), "not asked for again and again");
        queue.forgive();
        assert_eq!(queue.want([1]), [1]);
    }
}
