//! The thread for what takes its time: the bytes of files, and enciphering them. It gives way to all others, so that small
//! answers do not wait behind large ones; a real server has other machines for files.

use std::sync::OnceLock;
use tokio::runtime::{Builder, Runtime};

/// More than this is large.
pub(crate) const LARGE: usize = 64 * 1024;

/// How far it gives way.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does this there; here, where the system gives no such thread.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    static BULK: OnceLock<Option<Runtime>> = OnceLock::new();
    match BULK.get_or_init(start) {
        Some(runtime) => runtime.spawn(async move { work() }).await.ok(),
        None => Some(work()),
    }
}

fn start() -> Option<Runtime> {
    let give_way = || {
        #[cfg(target_os = "linux")]
        if let Err(error) = rustix::process::setpriority_process(None, NICE) {
            tracing::debug!(%error, "the thread of files does not give way");
        }
    };
    Builder::new_multi_thread().worker_threads(1).thread_name("demo files").on_thread_start(give_way).build().ok()
}
