//! The end of the process. SQLCipher then takes down what its open files stand on, whatever other threads do meanwhile:
//! a store that is just working or closing would crash. So from then on no store touches its file any more; what was
//! written before is safe in its log.

use std::sync::{Once, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

static TOUCHED: RwLock<()> = RwLock::new(());

/// The end of the process waits so long for a store that is at work.
const PATIENCE: Duration = Duration::from_secs(2);

/// To be held while a file is touched. After the end of the process has begun it never comes.
pub(super) fn touching() -> RwLockReadGuard<'static, ()> {
    TOUCHED.read().unwrap_or_else(PoisonError::into_inner)
}

/// To be called after a file was opened: what is registered later runs earlier, and SQLCipher has registered by then.
pub(super) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[allow(unsafe_code, reason = "the handler is a function of ours that takes nothing and does not unwind")]
        let refused = unsafe { libc::atexit(hold) } != 0;
        if refused {
            tracing::debug!("the end of the process cannot be prepared");
        }
    });
}

extern "C" fn hold() {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Ok(held) = TOUCHED.try_write() {
            std::mem::forget(held);
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
