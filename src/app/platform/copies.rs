//! Files of messages that another program shows: private copies in the person's runtime folder, which the system empties
//! itself at the end of the session. They go when their account is left and when Heliograph ends, and what a crash left
//! goes at the next start.

use super::{folders, opener};
use futures::future::BoxFuture;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Our folder within the runtime folder.
const FOLDER: &str = "heliograph-opened";

/// Whoever has this file locked is alive.
const LOCK: &str = "lock";

/// Names that a desktop may run instead of showing them.
const RUN: [&str; 24] = [
    "app", "appimage", "bat", "cmd", "com", "command", "cpl", "desktop", "exe", "hta", "jar", "js", "lnk", "msi",
    "pif", "ps1", "py", "reg", "run", "scr", "sh", "url", "vbs", "wsf",
];

/// Shows a file in another program; says whether the desktop took it.
type Opener = Arc<dyn Fn(PathBuf) -> BoxFuture<'static, bool> + Send + Sync>;

/// All copies of this process.
pub struct Copies {
    root: Option<PathBuf>,
    opener: Opener,
    session: Mutex<Session>,
}

/// What this process has made.
#[derive(Default)]
struct Session {
    /// Its folder, and the lock that says so.
    held: Option<(PathBuf, File)>,
    number: u64,
    /// It is ending: nothing is made any more.
    over: bool,
}

/// The copies of one account. They go when it is left, too.
pub struct AccountCopies {
    copies: Arc<Copies>,
    own: Mutex<Own>,
}

#[derive(Default)]
struct Own {
    folders: Vec<PathBuf>,
    /// It was left: nothing is made any more.
    over: bool,
}

impl AccountCopies {
    /// Makes a copy of a file under this name, for its owner alone (0600). Blocking.
    pub fn make(&self, file: &Path, name: &str) -> io::Result<PathBuf> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.over {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let copy = self.copies.make(file, name)?;
        own.folders.extend(copy.parent().map(Path::to_owned));
        Ok(copy)
    }

    /// Shows a file in the program that the desktop has for it. Returns whether it has one.
    pub async fn show(&self, path: PathBuf) -> bool {
        (self.copies.opener)(path).await
    }

    /// Removes all of them, for good. Blocking.
    pub fn clear(&self) {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        own.over = true;
        for folder in own.folders.drain(..) {
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a copy of a file that was opened stays until the end");
                }
                _ => {}
            }
        }
    }
}

impl std::fmt::Debug for AccountCopies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountCopies").finish_non_exhaustive()
    }
}

impl Default for Copies {
    fn default() -> Self {
        Self::new(folders::runtime(), Arc::new(|path| Box::pin(opener::open(path))))
    }
}

impl Copies {
    /// Copies below this folder, shown by this.
    pub fn new(runtime: Option<PathBuf>, opener: Opener) -> Self {
        Self { root: runtime.map(|folder| folder.join(FOLDER)), opener, session: Mutex::default() }
    }

    /// Those of an account.
    pub fn of_account(self: &Arc<Self>) -> Arc<AccountCopies> {
        Arc::new(AccountCopies { copies: self.clone(), own: Mutex::default() })
    }

    /// Makes a copy of a file under this name. Blocking.
    fn make(&self, file: &Path, name: &str) -> io::Result<PathBuf> {
        let root = self.root.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if session.over {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let folder = match &session.held {
            Some((folder, _)) => folder.clone(),
            None => {
                let held = begin(root)?;
                let folder = held.0.clone();
                session.held = Some(held);
                folder
            }
        };
        session.number += 1;
        // Each in a folder of its own: it keeps its name, which the other program shows.
        let folder = folder.join(session.number.to_string());
        private_folder(&folder)?;
        let path = folder.join(name);
        let copied = private_file(&path).and_then(|mut copy| io::copy(&mut File::open(file)?, &mut copy));
        if let Err(error) = copied {
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        Ok(path)
    }

    /// Removes what processes left behind that are not there any more. Blocking.
    pub fn sweep(&self) {
        let Some(root) = &self.root else { return };
        let Ok(entries) = fs::read_dir(root) else { return };
        for entry in entries.flatten() {
            let folder = entry.path();
            let ours = {
                let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
                session.held.as_ref().is_some_and(|(held, _)| *held == folder)
            };
            // Without a lock it was being made or removed when its process ended.
            let alive = File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock_shared().is_err());
            if !ours && !alive {
                let _ = fs::remove_dir_all(&folder);
            }
        }
    }

    /// Removes what this process has made, for good.
    pub fn clear(&self) {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.over = true;
        if let Some((folder, lock)) = session.held.take() {
            let _ = fs::remove_dir_all(&folder);
            drop(lock);
        }
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        self.clear();
    }
}

impl std::fmt::Debug for Copies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copies").field("root", &self.root).finish_non_exhaustive()
    }
}

/// Whether a file of this name is shown rather than run.
pub fn may_open(name: &str) -> bool {
    let extension = Path::new(name.trim_end_matches(['.', ' '])).extension();
    let Some(extension) = extension else { return false };
    !RUN.iter().any(|run| extension.eq_ignore_ascii_case(run))
}

/// The folder of this process, and its lock.
fn begin(root: &Path) -> io::Result<(PathBuf, File)> {
    private_folder(root)?;
    for number in 0..1000 {
        let folder = root.join(format!("{}-{number}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => {
                private_folder(&folder)?;
                let lock = private_file(&folder.join(LOCK))?;
                lock.lock()?;
                return Ok((folder, lock));
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn private_folder(folder: &Path) -> io::Result<()> {
    heliograph_store::create_private_folder(folder).map_err(io::Error::other)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copies(runtime: &Path) -> Copies {
        Copies::new(Some(runtime.to_owned()), Arc::new(|_| Box::pin(async { true })))
    }

    fn left(runtime: &Path) -> usize {
        fs::read_dir(runtime.join(FOLDER)).map_or(0, Iterator::count)
    }

    #[test]
    fn a_copy_is_for_its_owner_alone_and_keeps_its_name() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("file");
        fs::write(&file, "content").unwrap();
        let copies = copies(room.path());
        let (one, two) = (copies.make(&file, "a.txt").unwrap(), copies.make(&file, "a.txt").unwrap());
        assert_ne!(one, two);
        for path in [&one, &two] {
            assert_eq!(fs::read_to_string(path).unwrap(), "content");
            assert_eq!(path.file_name().unwrap(), "a.txt");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
                assert_eq!((mode(path), mode(path.parent().unwrap())), (0o600, 0o700));
                assert_eq!(mode(&room.path().join(FOLDER)), 0o700);
            }
        }
    }

    #[test]
    fn they_go_at_the_end_and_what_a_crash_left_at_the_next_start() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("file");
        fs::write(&file, "content").unwrap();
        let alive = copies(room.path());
        let kept = alive.make(&file, "kept.txt").unwrap();
        // A process that was killed: its lock is nobody's any more.
        let crashed = room.path().join(FOLDER).join("4194305-0");
        fs::create_dir_all(crashed.join("1")).unwrap();
        fs::write(crashed.join("1/secret.txt"), "x").unwrap();
        fs::write(crashed.join(LOCK), "").unwrap();
        let next = copies(room.path());
        next.sweep();
        assert!(!crashed.exists());
        assert!(kept.exists(), "another one that is alive keeps its own");
        drop(alive);
        assert_eq!(left(room.path()), 0);
        next.clear();
        assert!(next.make(&file, "late.txt").is_err(), "nothing is made any more at the end");
        assert_eq!(left(room.path()), 0);
    }

    #[test]
    fn those_of_an_account_go_with_it_and_those_of_others_stay() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("file");
        fs::write(&file, "content").unwrap();
        let copies = Arc::new(copies(room.path()));
        let (left, other) = (copies.of_account(), copies.of_account());
        let gone = [left.make(&file, "a.txt").unwrap(), left.make(&file, "b.txt").unwrap()];
        let stays = other.make(&file, "a.txt").unwrap();
        left.clear();
        assert!(gone.iter().all(|copy| !copy.parent().unwrap().exists()));
        assert!(left.make(&file, "late.txt").is_err(), "one that was just being fetched");
        assert_eq!(fs::read_to_string(&stays).unwrap(), "content");
        assert!(other.make(&file, "b.txt").is_ok());
    }

    #[test]
    fn what_would_be_run_is_not_opened() {
        for name in ["a.txt", "letter.PDF", "a.tar.gz", "picture.jpeg"] {
            assert!(may_open(name), "{name}");
        }
        for name in ["setup.exe", "a.txt.EXE", "x.desktop", "a.exe.", "a.sh ", "nothing", "run.JAR"] {
            assert!(!may_open(name), "{name}");
        }
    }
}
