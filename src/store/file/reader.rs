//! Reading beside the thread that writes: a connection of its own each, that sees the file as it was committed last.

use super::{QUIET, STATEMENTS, ending, unlock};
use crate::{DataKey, Error, memory};
use rusqlite::{Connection, InterruptHandle, OpenFlags};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce(Result<&Connection, Error>) + Send>;

enum Job {
    Run(u64, Work),
    Stop,
}

/// What a reader is at.
#[derive(Default)]
struct Running {
    job: Option<u64>,
    /// Nobody waits for it.
    abandoned: bool,
    interrupt: Option<InterruptHandle>,
}

impl Running {
    fn interrupt(&self) {
        if let Some(handle) = &self.interrupt {
            handle.interrupt();
        }
    }
}

/// One row of things to be read, in the order of the calls. Clones share it.
#[derive(Clone)]
pub(super) struct Lane {
    jobs: mpsc::Sender<Job>,
    next: Arc<AtomicU64>,
    running: Arc<Mutex<Running>>,
}

/// Whoever asked does not wait any more: what is being read for them is broken off.
struct Waiting {
    job: u64,
    running: Arc<Mutex<Running>>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut running = lock(&self.running);
        if running.job == Some(self.job) {
            running.abandoned = true;
            running.interrupt();
        }
    }
}

impl Lane {
    /// Reads from one state of the file. What nobody waits for any more is not read, or broken off.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (done, answer) = oneshot::channel();
        let job = self.next.fetch_add(1, Ordering::Relaxed);
        let run: Work = Box::new(move |connection| {
            if !done.is_closed() {
                let _ = done.send(connection.and_then(|connection| {
                    // Several statements see the same state.
                    let transaction = connection.unchecked_transaction()?;
                    let result = work(&transaction);
                    transaction.finish()?;
                    result
                }));
            }
        });
        let waiting = Waiting { job, running: self.running.clone() };
        // An interrupt between two statements passes unheard: whoever comes next says it again.
        {
            let running = lock(&self.running);
            if running.abandoned {
                running.interrupt();
            }
        }
        self.jobs.send(Job::Run(job, run)).map_err(|_| Error::Closed)?;
        let result = answer.await;
        drop(waiting);
        result.map_err(|_| Error::Closed)?
    }
}

/// The thread at the other end of a [`Lane`].
pub(super) struct Reader {
    lane: Lane,
    thread: JoinHandle<()>,
}

impl Reader {
    /// Opens the file beside the one who writes.
    pub fn start(name: &str, path: PathBuf, key: DataKey) -> Result<(Lane, Self), Error> {
        let (jobs, queue) = mpsc::channel();
        let lane = Lane { jobs, next: Arc::new(AtomicU64::new(1)), running: Arc::default() };
        let running = lane.running.clone();
        let thread = std::thread::Builder::new()
            .name(name.into())
            .spawn(move || serve(&queue, &running, &path, &key))
            .map_err(|e| Error::io("cannot start a thread of the store", e))?;
        Ok((lane.clone(), Self { lane, thread }))
    }

    /// Breaks off what is being read and lets go of the file.
    pub fn stop(self) {
        let _ = self.lane.jobs.send(Job::Stop);
        while !self.thread.is_finished() {
            lock(&self.lane.running).interrupt();
            std::thread::sleep(Duration::from_millis(1));
        }
        if self.thread.join().is_err() {
            tracing::error!("a reader of the store failed unexpectedly");
        }
    }
}

fn serve(queue: &mpsc::Receiver<Job>, running: &Mutex<Running>, path: &Path, key: &DataKey) {
    let mut connection: Option<Connection> = None;
    while let Some(Job::Run(job, work)) = next_or_tidy(queue, connection.as_ref()) {
        let _touching = ending::touching();
        let opened = match connection.take() {
            Some(open) => Ok(open),
            None => open(path, key),
        };
        match opened {
            Ok(open) => {
                let mut now = lock(running);
                now.job = Some(job);
                now.abandoned = false;
                now.interrupt = Some(open.get_interrupt_handle());
                drop(now);
                if catch_unwind(AssertUnwindSafe(|| work(Ok(&open)))).is_err() {
                    tracing::error!("reading from the store failed unexpectedly");
                }
                let mut now = lock(running);
                now.job = None;
                now.abandoned = false;
                drop(now);
                connection = Some(open);
            }
            // The next one tries again.
            Err(error) => work(Err(error)),
        }
    }
    let _touching = ending::touching();
    let mut now = lock(running);
    now.interrupt = None;
    drop(now);
    drop(connection);
}

/// The next job; gives back the memory of the page cache, and what lies free besides, where none comes for a while.
fn next_or_tidy(queue: &mpsc::Receiver<Job>, connection: Option<&Connection>) -> Option<Job> {
    match queue.recv_timeout(QUIET) {
        Ok(job) => Some(job),
        Err(mpsc::RecvTimeoutError::Disconnected) => None,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            if let Some(connection) = connection {
                let touching = ending::touching();
                let _ = connection.execute_batch("PRAGMA shrink_memory");
                drop(touching);
                memory::give_back();
            }
            queue.recv().ok()
        }
    }
}

fn open(path: &Path, key: &DataKey) -> Result<Connection, Error> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    unlock(&connection, key, path)?;
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}
