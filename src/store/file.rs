//! The one encrypted file of an account and the thread that owns it.
//!
//! Everything that is written goes through that thread in the order of the calls, so that there is one writer and no
//! lock to wait for. What is shown is read beside it ([`reader`]), so that a long batch holds up no conversation.

mod content;
mod ending;
mod log;
mod pictures;
mod reader;
mod transfers;

use crate::folder::{create_private_folder, private_options, set_private, sync_folder};
use crate::ingest::Ingest;
use crate::journal::Journal;
use crate::media::Limits;
use crate::media::shelf::Shelf;
use crate::search::index::KnownWords;
use crate::{Batch, DataKey, Datacenter, Error, Session, StoredPeer, changes, media, memory, migrations, session};
use heliograph_model::PeerId;
use log::Log;
use reader::{Lane, Reader};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::fmt;
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// Name of the database within the folder of an account.
pub(crate) const DATABASE: &str = "account.db";
const LOCK: &str = "lock";

/// After so long without anything to do, memory is given back.
const QUIET: Duration = Duration::from_secs(5);

/// What the writer keeps of the file in memory: little while messages come one by one, however long that goes on; more while
/// much is taken in at once, which touches pages all over the index.
const CACHE: &str = "PRAGMA cache_size = -6000";
const LARGE_CACHE: &str = "PRAGMA cache_size = -16000";

/// So many changes at once are much.
const MUCH: usize = 500;

/// Statements that are kept ready.
const STATEMENTS: usize = 64;

/// A former owner that is just ending gets this long to let go of the file.
const PATIENCE: Duration = Duration::from_secs(2);

/// Handle to the open file of an account. Clones share it; it closes after the last one is gone.
#[derive(Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    /// For what is shown.
    screen: Lane,
    /// For searching, which may take longer.
    search: Lane,
    folder: Arc<Path>,
    /// Pictures beside the file.
    shelf: Arc<Shelf>,
    /// What happened while answers are on their way.
    journal: Journal,
    /// Words that stand in its index.
    words: Arc<KnownWords>,
}

/// What a power cut may take. A killed process loses nothing either way: what was committed is in the system's hands.
///
/// One file serves both, because its log is one: a commit is durable once the log was synchronised up to it, and then
/// so is every commit before it. A power cut can thus only take the newest commits, all of them `Fetchable` and younger
/// than the last `Lasting` one, and each as a whole; a batch of updates goes together with the pts that it led to, so
/// the server tells it again. Checkpoints synchronise log and file in both modes, so the file cannot be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Durability {
    /// The server has it, too (`synchronous = NORMAL`).
    Fetchable,
    /// It stands nowhere else: the session, drafts, the outbox (`synchronous = FULL`).
    Lasting,
}

enum Job {
    Run(Durability, Box<dyn FnOnce(&mut Connection) + Send>),
    Close { remove: bool, done: oneshot::Sender<Result<(), Error>> },
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the account in this folder, or makes it: folder 0700, files 0600. What exists is never overwritten:
    /// a key that does not open the file is [`Error::WrongKey`], a file from a newer program [`Error::Newer`].
    /// Only one `Store` can have a folder open, in all processes ([`Error::InUse`]).
    pub async fn open(account_dir: &Path, key: &DataKey) -> Result<Self, Error> {
        let folder: Arc<Path> = account_dir.into();
        let (jobs, queue) = mpsc::channel();
        let (opened, answer) = oneshot::channel();
        let (owned_folder, key) = (folder.clone(), key.clone());
        let shelf = Arc::new(Shelf::new(account_dir));
        let owned_shelf = shelf.clone();
        std::thread::Builder::new()
            .name("store".into())
            .spawn(move || match Owner::open(&owned_folder, &key, owned_shelf) {
                Ok((owner, lanes)) => {
                    drop(key);
                    if opened.send(Ok(lanes)).is_ok() {
                        owner.serve(&queue);
                    } else {
                        owner.end();
                    }
                }
                Err(error) => drop(opened.send(Err(error))),
            })
            .map_err(|e| Error::io("cannot start the store's thread", e))?;
        let (screen, search) = answer.await.map_err(|_| Error::Closed)??;
        Ok(Self { jobs, screen, search, folder, shelf, journal: Journal::default(), words: Arc::default() })
    }

    /// The folder of the account.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a session needs to go on where it stopped.
    pub async fn session(&self) -> Result<Session, Error> {
        self.call(|connection| session::read(connection)).await
    }

    /// Adds a datacenter or replaces what was known about it.
    pub async fn save_datacenter(&self, dc: Datacenter) -> Result<(), Error> {
        self.call(move |connection| session::save_datacenter(connection, &dc)).await
    }

    /// Names the datacenter that has the account.
    pub async fn set_home(&self, id: i32) -> Result<(), Error> {
        self.call(move |connection| session::set_home(connection, id)).await
    }

    /// Says who is signed in, or that nobody is any more.
    pub async fn set_me(&self, me: Option<PeerId>) -> Result<(), Error> {
        self.call(move |connection| session::set_me(connection, me)).await
    }

    /// Every known peer, by rising marked id.
    pub async fn peers(&self) -> Result<Vec<StoredPeer>, Error> {
        self.call(|connection| session::peers(connection)).await
    }

    /// Saves peers. A "min" hash never replaces a full one, and no hash never replaces one.
    pub async fn save_peers(&self, peers: Vec<StoredPeer>) -> Result<(), Error> {
        if peers.is_empty() {
            return Ok(());
        }
        self.change(move |transaction| session::save_peers(transaction, &peers)).await
    }

    /// Saves what a batch of updates leaves behind, all of it or nothing.
    pub async fn apply(&self, batch: Batch) -> Result<(), Error> {
        let (journal, words) = (self.journal.clone(), self.words.clone());
        self.note(move |transaction| {
            transaction.execute_batch(if batch.changes.len() < MUCH { CACHE } else { LARGE_CACHE })?;
            journal.note(&batch.changes);
            if let Some(state) = &batch.state {
                session::save_update_state(transaction, state)?;
            }
            session::save_peers(transaction, &batch.peers)?;
            let mut ingest = Ingest::knowing(transaction, words);
            changes::apply(&mut ingest, &batch.changes)?;
            ingest.finish()
        })
        .await
    }

    /// Saves all of a session at once, in place of the one that was there: for taking over one that was made elsewhere.
    pub async fn save_session(&self, session: Session, peers: Vec<StoredPeer>) -> Result<(), Error> {
        let words = self.words.clone();
        self.change(move |transaction| {
            words.clear();
            session::clear(transaction)?;
            session::set_home(transaction, session.home)?;
            session::set_me(transaction, session.me)?;
            for dc in &session.datacenters {
                session::save_datacenter(transaction, dc)?;
            }
            if let Some(state) = &session.updates {
                session::save_update_state(transaction, state)?;
            }
            session::save_peers(transaction, &peers)
        })
        .await
    }

    /// Forgets everything; the empty file and its key stay, so that somebody can sign in again.
    pub async fn clear(&self) -> Result<(), Error> {
        let words = self.words.clone();
        self.change(move |transaction| {
            words.clear();
            session::clear(transaction)
        })
        .await?;
        let shelf = self.shelf.clone();
        self.call(move |connection| {
            *shelf.limits() = Limits::default();
            let emptied = shelf.empty(false);
            // What was deleted must not live on in the log beside the file.
            log::empty(connection)?;
            emptied
        })
        .await
    }

    /// Closes the file, whoever else still holds a handle, and waits until it is closed.
    pub async fn close(self) -> Result<(), Error> {
        self.end(false).await
    }

    /// Closes the file and removes the account's folder with all that is in it. The key in a keyring is not the
    /// store's: see [`key::destroy`](crate::key::destroy).
    pub async fn destroy(self) -> Result<(), Error> {
        self.end(true).await
    }

    async fn end(self, remove: bool) -> Result<(), Error> {
        let (done, answer) = oneshot::channel();
        self.jobs.send(Job::Close { remove, done }).map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Durability::Lasting, work).await
    }

    /// Hands work to the thread that writes. It is done even if nobody waits for it any more.
    async fn run<T: Send + 'static>(
        &self,
        durability: Durability,
        work: impl FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (done, answer) = oneshot::channel();
        let job = Job::Run(durability, Box::new(move |connection| drop(done.send(work(connection)))));
        self.jobs.send(job).map_err(|_| Error::Closed)?;
        // Nobody answers when the work panicked: the owner goes on with the next.
        answer.await.map_err(|_| Error::Closed)?
    }

    /// Hands work to the thread that writes, and does not wait for it.
    fn later(&self, work: impl FnOnce(&mut Connection) -> Result<(), Error> + Send + 'static) {
        let job = Box::new(move |connection: &mut Connection| {
            if let Err(error) = work(connection) {
                tracing::warn!(%error, "something was not noted");
            }
        });
        // Closed: nothing is noted any more.
        let _ = self.jobs.send(Job::Run(Durability::Fetchable, job));
    }

    /// Like `call`, within one transaction that is only kept when all went well.
    async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Durability::Lasting, move |connection| transact(connection, work)).await
    }

    /// Like `change`, for what the server has, too.
    async fn note<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(Durability::Fetchable, move |connection| transact(connection, work)).await
    }
}

fn transact<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

/// What the thread owns. Fields are dropped in this order: the lock goes last.
struct Owner {
    readers: Vec<Reader>,
    log: Log,
    connection: Connection,
    durability: Durability,
    lock: File,
    folder: PathBuf,
    shelf: Arc<Shelf>,
}

impl Owner {
    fn open(folder: &Path, key: &DataKey, shelf: Arc<Shelf>) -> Result<(Self, (Lane, Lane)), Error> {
        create_private_folder(folder)?;
        let lock = lock(folder)?;
        let path = folder.join(DATABASE);
        // SQLite gives the files beside this one the same permissions.
        match private_options().write(true).create_new(true).open(&path) {
            Ok(_) => sync_folder(folder).map_err(|e| Error::io("cannot save the new store", e))?,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => set_private(&path, 0o600)?,
            Err(e) => return Err(Error::io(format!("cannot make {}", path.display()), e)),
        }
        // Without OpenSSL's own clean-up at the end of the process, for the reason that `ending` gives.
        openssl_sys::init();
        let _touching = ending::touching();
        let mut connection = Connection::open(&path)?;
        ending::register();
        // Closing tidies the log of a crash into the file: not while nobody knows whether the key is the right one.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        unlock(&connection, key, &path)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA foreign_keys = ON;
             PRAGMA wal_autocheckpoint = 0;
             PRAGMA journal_size_limit = 16777216;",
        )?;
        connection.execute_batch(CACHE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        migrations::migrate(&mut connection, migrations::STEPS)?;
        *shelf.limits() = pictures::limits(&connection)?;
        let (screen, on_screen) = Reader::start("store-screen", path.clone(), key.clone())?;
        let (search, searching) = Reader::start("store-search", path.clone(), key.clone())?;
        let owner = Self {
            readers: vec![on_screen, searching],
            log: Log::new(path, key.clone()),
            connection,
            durability: Durability::Lasting,
            lock,
            folder: folder.to_owned(),
            shelf,
        };
        Ok((owner, (screen, search)))
    }

    fn run(&mut self, durability: Durability, work: Box<dyn FnOnce(&mut Connection) + Send>) {
        if durability != self.durability {
            let mode = match durability {
                Durability::Fetchable => "PRAGMA synchronous = NORMAL",
                Durability::Lasting => "PRAGMA synchronous = FULL",
            };
            match self.connection.execute_batch(mode) {
                Ok(()) => self.durability = durability,
                Err(error) => tracing::warn!(%error, "the store keeps its durability"),
            }
        }
        if catch_unwind(AssertUnwindSafe(|| work(&mut self.connection))).is_err() {
            tracing::error!("a database job failed unexpectedly");
        }
        if let Err(error) = media::remove_gone(&self.connection, &self.shelf) {
            tracing::debug!(%error, "pictures that are gone are removed later");
        }
        self.log.look(&self.connection);
    }

    /// The next job; gives back the memory of the page cache, and what lies free besides, where none comes for a while.
    fn next_or_tidy(&mut self, queue: &mpsc::Receiver<Job>) -> Option<Job> {
        match queue.recv_timeout(QUIET) {
            Ok(job) => Some(job),
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let touching = ending::touching();
                let _ = self.connection.execute_batch("PRAGMA shrink_memory");
                drop(touching);
                memory::give_back();
                queue.recv().ok()
            }
        }
    }

    /// Lets go of the file: first those who read, then the one who writes, which tidies up.
    fn end(mut self) {
        self.stop_readers();
    }

    fn stop_readers(&mut self) {
        for reader in self.readers.drain(..) {
            reader.stop();
        }
        self.log.wait();
    }

    fn serve(mut self, queue: &mpsc::Receiver<Job>) {
        while let Some(job) = self.next_or_tidy(queue) {
            let _touching = ending::touching();
            match job {
                Job::Run(durability, work) => self.run(durability, work),
                Job::Close { remove, done } => {
                    let _ = done.send(self.close(remove));
                    return;
                }
            }
        }
        let _touching = ending::touching();
        self.end();
    }

    fn close(mut self, remove: bool) -> Result<(), Error> {
        self.stop_readers();
        let Self { connection, lock, folder, shelf, .. } = self;
        let closed = connection.close().map_err(|(_, e)| Error::from(e));
        let removed = if remove {
            // Nothing may come into the folder while it goes.
            let emptied = shelf.empty(true);
            emptied.and(remove_whole(&folder).map_err(|e| Error::io(format!("cannot remove {}", folder.display()), e)))
        } else {
            Ok(())
        };
        drop(lock);
        closed.and(removed)
    }
}

/// Removes a folder, also one into which somebody who is just ending puts something meanwhile.
fn remove_whole(folder: &Path) -> std::io::Result<()> {
    let start = Instant::now();
    loop {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty && start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let failed = |e| Error::io(format!("cannot lock {}", path.display()), e);
    let file = private_options().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(Error::InUse(folder.to_owned())),
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
    }
}

fn unlock(connection: &Connection, key: &DataKey, path: &Path) -> Result<(), Error> {
    // SQLCipher's own log would go to standard error.
    let _ = connection.query_row("PRAGMA cipher_log_level = NONE", [], |_| Ok(()));
    // The raw form `x'…'` skips SQLCipher's derivation from a passphrase: ours is a full key already.
    let mut sql = Zeroizing::new(String::with_capacity(96));
    sql.push_str("PRAGMA key = \"x'");
    for byte in key.bytes() {
        let _ = write!(sql, "{byte:02x}");
    }
    sql.push_str("'\"");
    // The statement holds the key: an error about it must not be passed on.
    connection.execute_batch(&sql).map_err(|_| Error::Database("the key could not be given".into()))?;
    match connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())) {
        Ok(()) => Ok(()),
        Err(rusqlite::Error::SqliteFailure(code, _)) if code.code == ErrorCode::NotADatabase => {
            Err(Error::WrongKey(path.to_owned()))
        }
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod crash;
#[cfg(test)]
pub(crate) mod disk;
#[cfg(test)]
mod failing;
#[cfg(test)]
mod tests;
