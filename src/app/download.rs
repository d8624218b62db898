//! Downloads: a click fetches the file into a private folder, with progress; then the person says where it goes, in the
//! desktop's own dialog or, where there is none, in a path field.

mod saving;

use crate::platform::copies::{AccountCopies, Copies};
use crate::platform::folders;
use crate::platform::portal::{Choice, Portal};
use crate::words::{self, Words, fl};
use futures::SinkExt;
use futures::future::BoxFuture;
use heliograph_model::{Document, PeerId, safe_file_name};
use heliograph_telegram::{Account, Error, Purpose, Transfer, Wish};
use iced::Task;
use iced::task::Handle;
use saving::Existing;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// At most ten times a second: more would only keep the window busy drawing.
const PROGRESS: Duration = Duration::from_millis(100);

/// A message and its file.
type Key = (PeerId, i32);

/// Fetches a file of a message into a path, telling how far it got.
type Fetch = Arc<dyn Fn(Key, Wanted, PathBuf, Arc<Progress>) -> BoxFuture<'static, Result<(), Error>> + Send + Sync>;

/// What was fetched of a file is not wanted any more, or it is where it should be.
type LetGo = Arc<dyn Fn(Key, &Wish) + Send + Sync>;

/// A file that somebody wants.
#[derive(Clone)]
struct Wanted {
    document: Document,
    wish: Wish,
}

/// Bytes done, and the whole size.
#[derive(Debug, Default)]
struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

/// All downloads of an account.
pub struct Downloads {
    fetch: Fetch,
    let_go: LetGo,
    /// Where files lie until they are saved.
    folder: PathBuf,
    /// Where saving is offered.
    offer: Option<PathBuf>,
    portal: Portal,
    copies: Arc<AccountCopies>,
    rows: HashMap<Key, Row>,
    tickets: u64,
}

struct Row {
    /// Answers to an earlier click on the same file are told by this.
    ticket: u64,
    wish: Wish,
    /// Fit to be a file name.
    name: String,
    phase: Phase,
}

enum Phase {
    Running {
        done: u64,
        total: u64,
        _work: Handle,
    },
    Asking {
        file: Arc<Temporary>,
        _work: Handle,
    },
    Entering {
        file: Arc<Temporary>,
        path: String,
        error: Option<String>,
    },
    /// The work is not stopped with the phase: half a move is no state to leave things in.
    Saving {
        file: Arc<Temporary>,
        path: String,
    },
    Saved(PathBuf),
    Failed(String),
}

/// How a download stands, to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// Nothing was asked for, or it was cancelled.
    Idle,
    /// On its way.
    Running {
        /// Bytes that are here.
        done: u64,
        /// Bytes in all; 0 when not known.
        total: u64,
    },
    /// The desktop's own dialog asks where to save it.
    AskingWhere,
    /// There is no such dialog: a path is to be entered here.
    EnterPath {
        /// As entered so far.
        path: &'a str,
        /// What was wrong with it, in words.
        error: Option<&'a str>,
    },
    /// Saved here.
    Saved(&'a Path),
    /// It failed, and why, in words.
    Failed(&'a str),
}

/// What happens to a download.
#[derive(Clone, Debug)]
pub struct Message {
    key: Key,
    ticket: u64,
    event: Event,
}

#[derive(Clone, Debug)]
enum Event {
    Progressed {
        done: u64,
        total: u64,
    },
    Fetched(Result<Arc<Temporary>, Failure>),
    Decided(Choice),
    Saved(Result<PathBuf, Failure>),
    /// It was shown to the desktop.
    Opened(Result<(), Failure>),
}

/// Why a download did not get where it should.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Failure {
    /// It could not be fetched.
    Fetch(Error),
    /// The private folder cannot be used.
    Disk(String),
    /// No path was entered.
    NoPath,
    /// The path does not say where it begins.
    Relative,
    /// The folder does not exist.
    NoFolder(PathBuf),
    /// We may not write there.
    NotAllowed(PathBuf),
    /// Something else about that place.
    Target(String),
    /// The desktop has no program for it.
    NoProgram,
}

impl Failure {
    fn words(&self) -> String {
        let words = Words;
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::Fetch(error) => words::error(error),
            Self::Disk(why) => words::error(&Error::Disk(why.clone())),
            Self::NoPath => fl!(words, "download-no-path"),
            Self::Relative => fl!(words, "download-relative-path"),
            Self::NoFolder(folder) => fl!(words, "download-no-folder", folder = shown(folder)),
            Self::NotAllowed(path) => fl!(words, "download-not-allowed", path = shown(path)),
            Self::NoProgram => fl!(words, "file-not-opened"),
            Self::Target(why) => fl!(words, "download-not-saved", why = why.clone()),
        }
    }

    fn target(error: &io::Error, target: &Path) -> Self {
        let folder = target.parent().unwrap_or(target).to_owned();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder(folder),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotAllowed(target.to_owned()),
            _ => Self::Target(error.to_string()),
        }
    }
}

impl Downloads {
    /// Downloads of this account; what is not yet saved lies in `temp`, a folder that is ours alone: whatever else is
    /// found in it is removed.
    pub fn new(account: Account, temp: PathBuf) -> Self {
        let keeper = account.clone();
        let mut downloads = Self::with(
            Arc::new(move |message, Wanted { document, wish }, into, progress| {
                let account = account.clone();
                Box::pin(async move {
                    account
                        .download(message, &document, &wish, &into, move |done, total| {
                            progress.total.store(total, Ordering::Relaxed);
                            progress.done.store(done, Ordering::Relaxed);
                        })
                        .await
                })
            }),
            temp,
        );
        downloads.let_go = Arc::new(move |message, wish| keeper.drop_download(message, wish));
        downloads
    }

    fn with(fetch: Fetch, folder: PathBuf) -> Self {
        Self {
            fetch,
            let_go: Arc::new(|_, _| {}),
            folder,
            offer: folders::downloads(),
            portal: Portal::default(),
            copies: Arc::new(Copies::default()).of_account(),
            rows: HashMap::new(),
            tickets: 0,
        }
    }

    /// Makes what other programs show elsewhere than by itself.
    pub fn with_copies(mut self, copies: &Arc<Copies>) -> Self {
        self.copies = copies.of_account();
        self
    }

    /// What other programs show of the account.
    pub fn copies(&self) -> Arc<AccountCopies> {
        self.copies.clone()
    }

    /// Looks for the desktop's dialog elsewhere.
    pub fn with_portal(mut self, portal: Portal) -> Self {
        self.portal = portal;
        self
    }

    /// Offers to save in another folder than the person's download folder.
    pub fn with_offer(mut self, folder: PathBuf) -> Self {
        self.offer = Some(folder);
        self
    }

    /// Begins to download, unless that file is on its way already.
    pub fn start(&mut self, chat: PeerId, message: i32, document: &Document) -> Task<Message> {
        self.begin(chat, message, document, Purpose::Save, 0)
    }

    /// Goes on with what was going on when the program ended.
    pub fn resume(&mut self, transfers: Vec<Transfer>) -> Task<Message> {
        let all = transfers.into_iter().map(|Transfer { chat, message, document, purpose, done }| {
            match self.state(chat, message) {
                State::Idle => self.begin(chat, message, &document, purpose, done),
                // Somebody was quicker.
                _ => Task::none(),
            }
        });
        Task::batch(all.collect::<Vec<_>>())
    }

    /// Shows the file in another program: as it was saved, or else a private copy of it.
    pub fn open(&mut self, chat: PeerId, message: i32, document: &Document) -> Task<Message> {
        self.begin(chat, message, document, Purpose::Open, 0)
    }

    /// `done`: so many bytes are here already.
    fn begin(&mut self, chat: PeerId, message: i32, document: &Document, purpose: Purpose, done: u64) -> Task<Message> {
        let key = (chat, message);
        let copies = self.copies.clone();
        if let (Purpose::Open, State::Saved(path)) = (purpose, self.state(chat, message)) {
            let path = path.to_owned();
            let there = async move { tokio::fs::try_exists(&path).await.unwrap_or(false) && copies.show(path).await };
            let ticket = self.rows.get(&key).map_or(0, |row| row.ticket);
            return Task::future(there).map(move |well| {
                let opened = if well { Ok(()) } else { Err(Failure::NoProgram) };
                Message { key, ticket, event: Event::Opened(opened) }
            });
        }
        if !matches!(self.state(chat, message), State::Idle | State::Saved(_) | State::Failed(_)) {
            return Task::none();
        }
        // The first one of this run clears away what an earlier run left behind.
        let sweep = self.tickets == 0;
        self.tickets += 1;
        let ticket = self.tickets;
        let name = safe_file_name(&document.name);
        let total = document.file.size;
        let wish = Wish::new(purpose);
        let work = work(Job {
            key,
            wanted: Wanted { document: document.clone(), wish: wish.clone() },
            name: name.clone(),
            temporary: self.folder.join(format!("{}-{ticket}", std::process::id())),
            sweep,
            fetch: self.fetch.clone(),
            portal: self.portal.clone(),
            offer: self.offer.clone(),
            open: (purpose == Purpose::Open).then_some(copies),
        });
        let (task, handle) = Task::stream(work).map(move |event| Message { key, ticket, event }).abortable();
        let phase = Phase::Running { done, total, _work: handle.abort_on_drop() };
        self.rows.insert(key, Row { ticket, wish, name, phase });
        task
    }

    /// Stops a download or takes its question away; what was fetched is removed. One that is just being saved goes on.
    pub fn cancel(&mut self, chat: PeerId, message: i32) {
        if let Some(Row { phase: Phase::Running { .. } | Phase::Asking { .. } | Phase::Entering { .. }, .. }) =
            self.rows.get(&(chat, message))
        {
            self.forget((chat, message));
        }
    }

    /// Nothing of it is kept.
    fn forget(&mut self, key: Key) {
        if let Some(row) = self.rows.remove(&key) {
            (self.let_go)(key, &row.wish);
        }
    }

    /// The path in the field changed.
    pub fn path_changed(&mut self, chat: PeerId, message: i32, changed: String) {
        if let Some(Row { phase: Phase::Entering { path, error, .. }, .. }) = self.rows.get_mut(&(chat, message)) {
            *path = changed;
            *error = None;
        }
    }

    /// Saves to the path in the field. A file that is there already is kept: the new one is numbered.
    pub fn save(&mut self, chat: PeerId, message: i32) -> Task<Message> {
        let Some(row) = self.rows.get_mut(&(chat, message)) else { return Task::none() };
        let Phase::Entering { path, error, .. } = &mut row.phase else { return Task::none() };
        match entered(path, folders::home().as_deref()) {
            Ok(target) => row.save((chat, message), target, Existing::Keep),
            Err(failure) => {
                *error = Some(failure.words());
                Task::none()
            }
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, Message { key, ticket, event }: Message) -> Task<Message> {
        let Some(row) = self.rows.get_mut(&key).filter(|row| row.ticket == ticket) else { return Task::none() };
        let phase = std::mem::replace(&mut row.phase, Phase::Failed(String::new()));
        let name = &row.name;
        let offer = self.offer.as_ref();
        let field = || offer.map_or_else(|| PathBuf::from(name), |folder| folder.join(name)).display().to_string();
        row.phase = match (phase, event) {
            (Phase::Running { _work, .. }, Event::Progressed { done, total }) => Phase::Running { done, total, _work },
            (Phase::Running { _work, .. }, Event::Fetched(Ok(file))) => Phase::Asking { file, _work },
            (Phase::Running { .. }, Event::Fetched(Err(failure))) => Phase::Failed(failure.words()),
            // Shown: there is nothing more to be said of it.
            (Phase::Running { .. }, Event::Opened(Ok(())))
            | (Phase::Asking { .. }, Event::Decided(Choice::Cancelled)) => {
                self.forget(key);
                return Task::none();
            }
            (Phase::Running { .. }, Event::Opened(Err(failure))) => {
                // At the next start nobody expects it any more.
                (self.let_go)(key, &row.wish);
                Phase::Failed(failure.words())
            }
            (Phase::Saved(_), Event::Opened(Err(failure))) => Phase::Failed(failure.words()),
            (Phase::Asking { file, .. }, Event::Decided(Choice::NoDialog)) => {
                Phase::Entering { file, path: field(), error: None }
            }
            (Phase::Asking { file, .. }, Event::Decided(Choice::Chosen(target))) => {
                row.phase = Phase::Entering { file, path: target.display().to_string(), error: None };
                return row.save(key, target, Existing::Replace);
            }
            (Phase::Saving { .. }, Event::Saved(Ok(path))) => {
                (self.let_go)(key, &row.wish);
                Phase::Saved(path)
            }
            // What was fetched is not lost: another place may do.
            (Phase::Saving { file, path }, Event::Saved(Err(failure))) => {
                Phase::Entering { file, path, error: Some(failure.words()) }
            }
            (phase, _) => phase,
        };
        Task::none()
    }

    /// How the download of this message's file stands.
    pub fn state(&self, chat: PeerId, message: i32) -> State<'_> {
        match self.rows.get(&(chat, message)).map(|row| &row.phase) {
            None => State::Idle,
            Some(Phase::Running { done, total, .. }) => State::Running { done: *done, total: *total },
            Some(Phase::Asking { .. } | Phase::Saving { .. }) => State::AskingWhere,
            Some(Phase::Entering { path, error, .. }) => State::EnterPath { path, error: error.as_deref() },
            Some(Phase::Saved(path)) => State::Saved(path),
            Some(Phase::Failed(why)) => State::Failed(why),
        }
    }
}

impl fmt::Debug for Downloads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Downloads").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Row {
    /// Only from `Phase::Entering`.
    fn save(&mut self, key: Key, target: PathBuf, existing: Existing) -> Task<Message> {
        let Phase::Entering { file, path, .. } = &self.phase else { return Task::none() };
        let (file, path) = (file.clone(), path.clone());
        let (ticket, name) = (self.ticket, self.name.clone());
        self.phase = Phase::Saving { file: file.clone(), path };
        Task::future(async move {
            let saved = aside(move || {
                // Whoever names a folder wants the file in it.
                let target = if existing == Existing::Keep && target.is_dir() { target.join(name) } else { target };
                saving::save(&file.0, &target, existing).map_err(|e| Failure::target(&e, &target))
            })
            .await;
            Message { key, ticket, event: Event::Saved(saved) }
        })
    }
}

/// Reads what was typed as a path: absolute, or below the home as `~/...`.
fn entered(text: &str, home: Option<&Path>) -> Result<PathBuf, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::NoPath);
    }
    let path = match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(text),
    };
    if path.is_absolute() { Ok(path) } else { Err(Failure::Relative) }
}

struct Job {
    key: Key,
    wanted: Wanted,
    name: String,
    temporary: PathBuf,
    sweep: bool,
    fetch: Fetch,
    portal: Portal,
    offer: Option<PathBuf>,
    /// To be shown by these, rather than saved.
    open: Option<Arc<AccountCopies>>,
}

/// From the click to the decision where to save.
fn work(job: Job) -> impl futures::Stream<Item = Event> {
    iced::stream::channel(4, async move |mut events: futures::channel::mpsc::Sender<Event>| {
        let fetched = fetch(&job, &mut events).await;
        let fetched = match (fetched, &job.open) {
            (Ok(file), Some(copies)) => {
                let opened = show(copies.clone(), file, job.name.clone()).await;
                let _ = events.send(Event::Opened(opened)).await;
                return;
            }
            (fetched, _) => fetched,
        };
        let here = fetched.is_ok();
        // Nobody listens any more when the window is closing.
        let _ = events.send(Event::Fetched(fetched)).await;
        if here {
            let choice = job.portal.ask_where(&job.name, job.offer.as_deref()).await;
            let _ = events.send(Event::Decided(choice)).await;
        }
    })
}

/// Shows a copy of the file in another program.
async fn show(copies: Arc<AccountCopies>, file: Arc<Temporary>, name: String) -> Result<(), Failure> {
    let made = copies.clone();
    let copy = aside(move || made.make(&file.0, &name).map_err(|e| Failure::Disk(e.kind().to_string()))).await?;
    if copies.show(copy).await { Ok(()) } else { Err(Failure::NoProgram) }
}

async fn fetch(job: &Job, events: &mut futures::channel::mpsc::Sender<Event>) -> Result<Arc<Temporary>, Failure> {
    // From here on the file goes when nobody needs it any more.
    let temporary = Arc::new(Temporary(job.temporary.clone()));
    let (path, sweep) = (job.temporary.clone(), job.sweep);
    aside(move || prepare(&path, sweep)).await?;
    let progress = Arc::new(Progress::default());
    let fetching = (job.fetch)(job.key, job.wanted.clone(), job.temporary.clone(), progress.clone());
    tokio::pin!(fetching);
    let mut clock = tokio::time::interval(PROGRESS);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut told = 0;
    loop {
        tokio::select! {
            result = &mut fetching => return result.map(|()| temporary).map_err(Failure::Fetch),
            _ = clock.tick() => {
                let (done, total) = (progress.done.load(Ordering::Relaxed), progress.total.load(Ordering::Relaxed));
                if done != told {
                    told = done;
                    // A full queue means that the window is behind; the next tick tells more anyway.
                    let _ = events.try_send(Event::Progressed { done, total: total.max(job.wanted.document.file.size) });
                }
            }
        }
    }
}

/// Makes the private folder, and clears it where nothing of this run can be in it yet.
fn prepare(temporary: &Path, sweep: bool) -> Result<(), Failure> {
    let folder = temporary.parent().ok_or_else(|| Failure::Disk("no folder".into()))?;
    heliograph_store::create_private_folder(folder).map_err(|e| Failure::Disk(e.to_string()))?;
    if !sweep {
        return Ok(());
    }
    let ours = format!("{}-", std::process::id());
    let found = std::fs::read_dir(folder).map_err(|e| Failure::Disk(e.to_string()))?;
    for entry in found.flatten() {
        // A second download may have begun meanwhile.
        if !entry.file_name().to_string_lossy().starts_with(&ours) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// Runs blocking work away from the interface and from the runtime's few threads.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Failure::Disk("the work was interrupted".into())))
}

/// A file that goes when nobody needs it any more.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.0);
        let remove = move || drop(std::fs::remove_file(path));
        // The last holder may be the interface, which never waits for a disk.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_) => remove(),
        }
    }
}

#[cfg(test)]
mod tests;
