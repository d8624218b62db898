//! The log beside the file, from which what was written gets into the file itself.
//!
//! That is mostly waiting for the disk, so a thread of its own does it while the next messages are written behind it.
//! Where so much comes that the log would grow without an end, whoever writes does the rest of it.

use super::{ending, unlock};
use crate::{DataKey, Error};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// After so many more pages it is time.
const TIMELY: i64 = 4000;
/// So many pages are too many.
const TOO_MANY: i64 = 16_000;
/// So many are carried over in no time.
const LITTLE: i64 = 2000;
/// Somebody may just be carrying it over; that takes no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Carries the log over into the file at times.
pub(super) struct Log {
    path: PathBuf,
    key: DataKey,
    at_work: Option<JoinHandle<()>>,
    /// The length at which it was tried last.
    tried: i64,
}

impl Log {
    pub fn new(path: PathBuf, key: DataKey) -> Self {
        Self { path, key, at_work: None, tried: 0 }
    }

    /// Something may have been written.
    pub fn look(&mut self, connection: &Connection) {
        match length(connection) {
            Ok(length) => self.carry_over(connection, length),
            Err(error) => tracing::warn!(%error, "the log beside the store cannot be seen"),
        }
    }

    fn carry_over(&mut self, connection: &Connection, length: i64) {
        if length < self.tried {
            // It began anew.
            self.tried = 0;
        }
        let (idle, new) = (self.at_work.as_ref().is_none_or(JoinHandle::is_finished), length - self.tried);
        let little_is_left = length >= TOO_MANY && idle && new <= LITTLE;
        if little_is_left || length >= 2 * TOO_MANY {
            self.wait();
            self.tried = length;
            // Up to its end, while nobody writes behind it: the next who writes begins it anew.
            if let Err(error) = checkpoint(connection) {
                tracing::warn!(%error, "the log beside the store stays as it is");
            }
        } else if idle && (new >= TIMELY || length >= TOO_MANY) {
            self.wait();
            self.tried = length;
            self.start();
        }
    }

    fn start(&mut self) {
        let (path, key) = (self.path.clone(), self.key.clone());
        let work = move || {
            let _touching = ending::touching();
            if let Err(error) = open(&path, &key).and_then(|connection| checkpoint(&connection)) {
                tracing::warn!(%error, "the log beside the store stays as it is");
            }
        };
        match std::thread::Builder::new().name("store-log".into()).spawn(work) {
            Ok(at_work) => self.at_work = Some(at_work),
            Err(error) => tracing::warn!(%error, "the log beside the store waits"),
        }
    }

    /// Waits until nobody else has the file open for it.
    pub fn wait(&mut self) {
        if let Some(at_work) = self.at_work.take()
            && at_work.join().is_err()
        {
            tracing::error!("the log beside the store was left");
        }
    }
}

/// Pages of the log, whether they stand in the file already or not.
fn length(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("PRAGMA wal_checkpoint(NOOP)")?;
    Ok(statement.query_row([], |row| row.get(1))?)
}

fn checkpoint(connection: &Connection) -> Result<(), Error> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}

/// Carries everything over and leaves the log empty.
pub(super) fn empty(connection: &Connection) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 || start.elapsed() >= PATIENCE {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// With `synchronous = FULL`, which is what a new connection has: the log is safe before the file is touched, and the
/// file before the log begins anew.
fn open(path: &Path, key: &DataKey) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key, path)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -200;")?;
    Ok(connection)
}
