//! Wakes the world when something in it is due: a scheduled message, one that vanishes, a poll that closes.

use super::{Api, announce};
use crate::rpc::Push;
use crate::world::{State, World};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;

/// Sleeps no longer than this at once, so that nobody waits for a world that is gone.
const LONGEST: i32 = 60;

impl Api {
    /// Sees to it that somebody wakes up when the next thing is due.
    pub(super) fn wind_alarm(&self, state: &State) {
        let Some(due) = state.alarm else { return };
        let mut wound = self.wound.lock().unwrap_or_else(PoisonError::into_inner);
        if wound.is_some_and(|earlier| earlier <= due && earlier > state.now()) {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        *wound = Some(due);
        runtime.spawn(wake(Arc::downgrade(&self.world), Arc::clone(&self.push), due));
    }
}

async fn wake(world: Weak<World>, push: Arc<dyn Push>, mut due: i32) {
    loop {
        let Some(strong) = world.upgrade() else { return };
        let wait = due.saturating_sub(strong.lock().now()).clamp(0, LONGEST);
        drop(strong);
        if wait > 0 {
            tokio::time::sleep(Duration::from_secs(u64::try_from(wait).unwrap_or(1))).await;
        }
        let Some(strong) = world.upgrade() else { return };
        let mut state = strong.lock();
        let notices = state.pass_time();
        announce::announce(&state, &strong, push.as_ref(), &notices, None);
        match state.alarm {
            Some(next) if next > state.now() => due = next,
            Some(_) => {}
            None => return,
        }
    }
}
