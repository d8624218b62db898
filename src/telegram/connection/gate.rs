//! How much may be in flight to one datacenter, and who goes first when that is not enough for all.
//!
//! Counted is what a request takes on the line both ways: its own bytes, and those of a part of a file that it asks for.

use crate::requests::Priority;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// At most so many bytes are in flight to a datacenter.
pub(super) const MOST: usize = 8 << 20;

/// So many of them are kept for what somebody looks at: it never waits behind what runs in the background.
const KEPT: usize = 1 << 20;

/// The gate before a datacenter. A clone is the same gate.
#[derive(Clone, Default)]
pub(super) struct Gate(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    used: usize,
    next: u64,
    waiting: BTreeMap<(Priority, u64), Waiter>,
}

struct Waiter {
    bytes: usize,
    opened: oneshot::Sender<Permit>,
}

/// Allows so many bytes to be in flight; dropping it lets the next one in.
pub(super) struct Permit {
    bytes: usize,
    gate: Gate,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.gate.state().used -= self.bytes;
        self.gate.open();
    }
}

/// Takes its place in the row away when nobody waits there any more.
struct Place<'a> {
    gate: &'a Gate,
    key: (Priority, u64),
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.gate.state().waiting.remove(&self.key).is_some() {
            self.gate.open();
        }
    }
}

impl Gate {
    /// Waits until there is room for so many bytes. More than there is room for at all goes alone.
    pub async fn pass(&self, priority: Priority, bytes: usize) -> Option<Permit> {
        let (opened, permit) = oneshot::channel();
        let place = {
            let mut state = self.state();
            let key = (priority, state.next);
            state.next += 1;
            state.waiting.insert(key, Waiter { bytes: bytes.min(MOST - KEPT), opened });
            Place { gate: self, key }
        };
        self.open();
        let permit = permit.await.ok();
        drop(place);
        permit
    }

    /// What is in flight now, in bytes.
    pub fn used(&self) -> usize {
        self.state().used
    }

    /// Lets in whom there is room for, the most urgent first. Nobody overtakes one who waits for more room: else large
    /// requests would wait for ever.
    fn open(&self) {
        loop {
            let (waiter, permit) = {
                let mut state = self.state();
                let Some(first) = state.waiting.first_entry() else { return };
                let most = if first.key().0 == Priority::First { MOST } else { MOST - KEPT };
                let bytes = first.get().bytes;
                if state.used + bytes > most {
                    return;
                }
                let Some((_, waiter)) = state.waiting.pop_first() else { return };
                state.used += bytes;
                (waiter, Permit { bytes, gate: self.clone() })
            };
            // Outside the lock: whoever has gone meanwhile gives the permit back here.
            let _ = waiter.opened.send(permit);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    const PART: usize = 512 << 10;

    #[test]
    fn no_more_is_let_in_than_there_is_room_for_and_who_is_looked_at_goes_first() {
        let gate = Gate::default();
        let pass = |priority| gate.pass(priority, PART).now_or_never().flatten();
        let mut inside: Vec<Permit> = std::iter::from_fn(|| pass(Priority::Background)).collect();
        assert_eq!(inside.len(), (MOST - KEPT) / PART);
        let looked_at = [pass(Priority::First), pass(Priority::First)];
        assert!(looked_at.iter().all(Option::is_some), "there is room kept for them");
        assert_eq!(gate.used(), MOST);
        assert!(pass(Priority::First).is_none());

        let mut background = Box::pin(gate.pass(Priority::Background, PART));
        let mut usual = Box::pin(gate.pass(Priority::Usual, PART));
        assert!(background.as_mut().now_or_never().is_none() && usual.as_mut().now_or_never().is_none());
        drop(looked_at);
        assert!(usual.as_mut().now_or_never().is_none(), "that room was kept");
        inside.pop();
        assert!(background.as_mut().now_or_never().is_none(), "it came first, but is less urgent");
        let usual = usual.now_or_never().flatten();
        assert!(usual.is_some());
        drop(usual);
        assert!(background.now_or_never().flatten().is_some());
        drop(inside);
        assert_eq!(gate.used(), 0);
    }

    #[test]
    fn whoever_goes_away_leaves_nothing_behind() {
        let gate = Gate::default();
        let all = gate.pass(Priority::Usual, 100 << 20).now_or_never().flatten();
        assert!(all.is_some(), "more than there is room for goes alone");
        let mut gone = Box::pin(gate.pass(Priority::Usual, PART));
        assert!(gone.as_mut().now_or_never().is_none());
        drop(all);
        // Let in, but it never looked.
        drop(gone);
        assert_eq!(gate.used(), 0);
        assert!(gate.state().waiting.is_empty());
    }
}
