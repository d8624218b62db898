//! The thread that carries files. To decipher half a megabyte takes a millisecond or two: among the common threads whatever
//! is small would wait behind it. This one gives way to all others, those of the window as well.

use std::future::pending;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle};

/// How far it gives way: whoever has something else to do goes first, but it is not starved.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Where the lanes for files run. There is one such thread for the whole program, from the first file on; where the system
/// gives none, they run among the others.
pub(super) fn handle() -> Handle {
    static BULK: OnceLock<Option<Handle>> = OnceLock::new();
    BULK.get_or_init(start).clone().unwrap_or_else(Handle::current)
}

fn start() -> Option<Handle> {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::warn!(%error, "files have no thread of their own");
            return None;
        }
    };
    let handle = runtime.handle().clone();
    let run = move || {
        #[cfg(target_os = "linux")]
        if let Err(error) = rustix::process::setpriority_process(None, NICE) {
            // Slower for others, and no worse.
            tracing::debug!(%error, "the thread of files does not give way");
        }
        runtime.block_on(pending::<()>());
    };
    match std::thread::Builder::new().name("files".into()).spawn(run) {
        Ok(_) => Some(handle),
        Err(error) => {
            tracing::warn!(%error, "files have no thread of their own");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_have_one_thread_for_all_and_it_gives_way() {
        let own = std::thread::current().id();
        let look = || {
            let nice = {
                #[cfg(target_os = "linux")]
                let nice = rustix::process::getpriority_process(None).unwrap();
                #[cfg(not(target_os = "linux"))]
                let nice = 10;
                nice
            };
            (std::thread::current().id(), nice)
        };
        let (first, nice) = handle().spawn(async move { look() }).await.unwrap();
        let (second, _) = handle().spawn(async move { look() }).await.unwrap();
        assert!(first != own && first == second);
        assert!(nice >= 10);
    }
}
