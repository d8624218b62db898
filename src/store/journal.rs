//! What happened while something was asked of the server: the answer may be from before it.

use heliograph_model::Change;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Changes are remembered as long as an answer is on its way that may be from before them.
#[derive(Clone, Default)]
pub(crate) struct Journal(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    changes: VecDeque<Change>,
    /// How many were forgotten.
    forgotten: u64,
    /// How many marks stand at each place.
    marks: BTreeMap<u64, usize>,
}

/// The moment when something was asked of the server. To be taken before it is asked, and handed over with the answer.
pub struct Mark {
    journal: Journal,
    at: u64,
}

impl Journal {
    /// Something is asked now.
    pub fn mark(&self) -> Mark {
        let mut inner = self.lock();
        let at = inner.forgotten + inner.changes.len() as u64;
        *inner.marks.entry(at).or_default() += 1;
        Mark { journal: self.clone(), at }
    }

    /// These happened.
    pub fn note(&self, changes: &[Change]) {
        let mut inner = self.lock();
        if !inner.marks.is_empty() {
            inner.changes.extend(changes.iter().filter(|change| concerns(change)).cloned());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an answer can be from before it.
fn concerns(change: &Change) -> bool {
    !matches!(
        change,
        Change::Peer(_) | Change::Typing { .. } | Change::Presence { .. } | Change::Refetch | Change::Missed(_)
    )
}

impl Mark {
    /// What happened since.
    pub(crate) fn since(&self) -> Vec<Change> {
        let inner = self.journal.lock();
        let begin = usize::try_from(self.at.saturating_sub(inner.forgotten)).unwrap_or(usize::MAX);
        inner.changes.iter().skip(begin).cloned().collect()
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        let mut inner = self.journal.lock();
        if let Some(count) = inner.marks.get_mut(&self.at) {
            *count -= 1;
            if *count == 0 {
                inner.marks.remove(&self.at);
            }
        }
        let needed = inner.marks.keys().next().copied();
        let needless = match needed {
            Some(first) => usize::try_from(first.saturating_sub(inner.forgotten)).unwrap_or(usize::MAX),
            None => inner.changes.len(),
        };
        let needless = needless.min(inner.changes.len());
        inner.changes.drain(..needless);
        inner.forgotten += needless as u64;
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark").field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(id: i32) -> Change {
        Change::Deleted { chat: None, messages: vec![id] }
    }

    #[test]
    fn changes_are_remembered_only_while_somebody_waits() {
        let journal = Journal::default();
        journal.note(&[gone(1)]);
        let first = journal.mark();
        journal.note(&[gone(2), Change::Refetch]);
        let second = journal.mark();
        journal.note(&[gone(3)]);
        assert_eq!(first.since(), [gone(2), gone(3)]);
        assert_eq!(second.since(), [gone(3)]);
        drop(first);
        assert_eq!(journal.lock().changes.len(), 1);
        assert_eq!(second.since(), [gone(3)]);
        drop(second);
        assert!(journal.lock().changes.is_empty() && journal.lock().marks.is_empty());
        assert_eq!(journal.mark().since(), []);
    }
}
