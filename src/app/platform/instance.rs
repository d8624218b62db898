//! One window a data folder: the first start holds a lock and listens; a later one hands over what it was asked for,
//! and ends.
//!
//! The lock is the operating system's, on `window.lock` in the data folder: it is free again however its holder ended,
//! so whoever holds it may take over a socket that a killed process left behind. What comes over the socket is from the
//! same person (mode 0600), but is read as if it were from anybody: one bounded line of JSON, everything else is ignored.

use heliograph_store::create_private_folder;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name, prelude::*};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The lock, in the data folder.
const LOCK: &str = "window.lock";
/// Longer requests are nobody's.
const LONGEST: u64 = 64 * 1024;
/// More links at once are nobody's.
pub const MOST_LINKS: usize = 16;
/// The other side gets this long to say or read one line.
const PATIENCE: Duration = Duration::from_secs(2);
/// The first start gets this long to begin to listen, and to answer.
const REACHED_WITHIN: Duration = Duration::from_secs(15);
/// The path of a socket has no more room than this (`sockaddr_un`, the least of all systems).
const LONGEST_PATH: usize = 100;
/// What the first start answers when it has taken a request in.
const TAKEN: &str = "taken";

/// What a later start asks the first one for. To be shown is part of every request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// Links to open.
    pub links: Vec<String>,
    /// The account to show, by its id.
    pub account: Option<String>,
}

/// Requests of later starts.
pub type Requests = UnboundedReceiver<Request>;

/// Who has the window of a data folder.
#[derive(Debug)]
pub enum Claim {
    /// We do.
    Ours(Instance),
    /// Another process does.
    Taken,
}

/// That the window of a data folder is ours, for as long as this lives.
#[derive(Clone, Debug)]
pub struct Instance {
    inner: Arc<Inner>,
}

struct Inner {
    listener: Mutex<Option<LocalSocketListener>>,
    socket: Option<PathBuf>,
    _lock: File,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner").field("socket", &self.socket).finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // While the lock is still ours.
        if let Some(socket) = &self.socket {
            let _ = std::fs::remove_file(socket);
        }
    }
}

impl Instance {
    /// The requests of later starts, from now on. There is one stream for one listener.
    pub fn requests(&self) -> Option<Requests> {
        let listener = self.inner.listener.lock().ok()?.take()?;
        let (sender, requests) = unbounded_channel();
        let listening = std::thread::Builder::new().name("instance".into()).spawn(move || serve(&listener, &sender));
        if let Err(error) = listening {
            tracing::warn!("later starts cannot reach this window: {error}");
            return None;
        }
        Some(requests)
    }
}

/// Tries to become the one that has the window of this data folder.
pub fn claim(data_dir: &Path) -> io::Result<Claim> {
    create_private_folder(data_dir).map_err(io::Error::other)?;
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(data_dir.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Claim::Taken),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Without a socket there is still only one window; later starts can only say so.
    let (listener, socket) = match listen(data_dir) {
        Ok((listener, socket)) => (Some(listener), Some(socket)),
        Err(error) => {
            tracing::warn!("later starts cannot reach this window: {error}");
            (None, None)
        }
    };
    Ok(Claim::Ours(Instance { inner: Arc::new(Inner { listener: Mutex::new(listener), socket, _lock: lock }) }))
}

/// Hands a request to the process that has the window, and waits until it has taken it.
pub fn hand_over(data_dir: &Path, request: &Request) -> io::Result<()> {
    let path = socket_path(data_dir)?;
    let begun = Instant::now();
    loop {
        match say(&path, request) {
            Ok(()) => return Ok(()),
            // It has just begun, or is just ending.
            Err(_) if begun.elapsed() < REACHED_WITHIN => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => return Err(error),
        }
    }
}

fn say(path: &Path, request: &Request) -> io::Result<()> {
    let stream = LocalSocketStream::connect(name(path)?)?;
    patient(&stream);
    let mut line = serde_json::to_vec(request).map_err(io::Error::other)?;
    line.push(b'\n');
    (&stream).write_all(&line)?;
    let mut answer = String::new();
    BufReader::new(&stream).take(64).read_line(&mut answer)?;
    if answer.trim_end() == TAKEN { Ok(()) } else { Err(io::Error::other("it did not take the request")) }
}

/// Whom later starts find, and where. They wait there until somebody serves.
fn listen(data_dir: &Path) -> io::Result<(LocalSocketListener, PathBuf)> {
    let path = socket_path(data_dir)?;
    // The lock is ours: what lies here is of a process that was killed.
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let options = ListenerOptions::new().name(name(&path)?).reclaim_name(false);
    #[cfg(target_os = "linux")]
    let options = interprocess::os::unix::local_socket::ListenerOptionsExt::mode(options, 0o600);
    Ok((options.create_sync()?, path))
}

/// Takes in requests for as long as the process runs.
fn serve(listener: &LocalSocketListener, sender: &UnboundedSender<Request>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of descriptors, perhaps: not in a circle as fast as can be.
            std::thread::sleep(Duration::from_millis(100));
            continue;
        };
        let Some(request) = hear(&stream) else { continue };
        if sender.send(request).is_err() {
            return;
        }
        let _ = (&stream).write_all(format!("{TAKEN}\n").as_bytes());
    }
}

/// One request, if it is one.
fn hear(stream: &LocalSocketStream) -> Option<Request> {
    patient(stream);
    let begun = Instant::now();
    let mut line = Vec::new();
    let mut reader = BufReader::new(stream).take(LONGEST);
    // Not `read_until`: somebody who says a byte now and then must not be waited for.
    while !line.ends_with(b"\n") {
        let part = reader.fill_buf().ok()?;
        if part.is_empty() || begun.elapsed() > PATIENCE {
            return None;
        }
        let end = part.iter().position(|byte| *byte == b'\n').map_or(part.len(), |at| at + 1);
        line.extend_from_slice(part.get(..end)?);
        reader.consume(end);
    }
    parse(&line)
}

fn parse(line: &[u8]) -> Option<Request> {
    let request: Request = serde_json::from_slice(line).ok()?;
    (request.links.len() <= MOST_LINKS).then_some(request)
}

fn patient(stream: &LocalSocketStream) {
    // Not every system can; the other side is a process of the same person.
    let _ = stream.set_recv_timeout(Some(PATIENCE));
    let _ = stream.set_send_timeout(Some(PATIENCE));
}

/// In the folder for such things, which is ours alone; else in the data folder, which is, too.
fn socket_path(data_dir: &Path) -> io::Result<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    let whole = std::fs::canonicalize(data_dir)?;
    let name = format!("heliograph-{:016x}.sock", digest(whole.as_os_str().as_encoded_bytes()));
    if cfg!(windows) {
        return Ok(PathBuf::from(r"\\.\pipe").join(name));
    }
    let places = runtime.map(|folder| folder.join(&name)).into_iter().chain([data_dir.join("window.sock")]);
    let usable =
        |path: &PathBuf| path.as_os_str().len() <= LONGEST_PATH && path.parent().is_some_and(|folder| folder.is_dir());
    places.into_iter().find(usable).ok_or_else(|| io::Error::other("no place for a socket has a path short enough"))
}

fn name(path: &Path) -> io::Result<Name<'_>> {
    path.to_fs_name::<GenericFilePath>()
}

/// FNV-1a: the same in every build, which the standard library's hashers do not promise.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(data_dir: &Path) -> Instance {
        match claim(data_dir).unwrap() {
            Claim::Ours(instance) => instance,
            Claim::Taken => panic!("the folder is taken"),
        }
    }

    fn request(links: usize) -> Request {
        Request { links: vec!["tg://resolve?domain=mara".into(); links], account: Some("telegram-1".into()) }
    }

    #[test]
    fn a_later_start_hands_over_and_the_window_is_free_again_afterwards() {
        let room = tempfile::tempdir().unwrap();
        let first = ours(room.path());
        let mut requests = first.requests().unwrap();
        assert!(first.requests().is_none());
        assert!(matches!(claim(room.path()).unwrap(), Claim::Taken));
        hand_over(room.path(), &request(1)).unwrap();
        assert_eq!(requests.blocking_recv(), Some(request(1)));
        let socket = first.inner.socket.clone().unwrap();
        drop(first);
        assert!(!socket.exists());
        let _again = ours(room.path());
    }

    #[test]
    fn garbage_is_ignored_and_the_next_one_is_heard() {
        let room = tempfile::tempdir().unwrap();
        let first = ours(room.path());
        let mut requests = first.requests().unwrap();
        let path = first.inner.socket.clone().unwrap();
        let long = vec![b'x'; LONGEST as usize + 1];
        for garbage in [&b"\n"[..], b"GET / HTTP/1.1\r\n", b"{\"links\": 3}\n", b"\xff\xfe\n", b"{", &long] {
            let stream = LocalSocketStream::connect(name(&path).unwrap()).unwrap();
            // It may hang up in the middle.
            let _ = (&stream).write_all(garbage);
        }
        hand_over(room.path(), &request(2)).unwrap();
        assert_eq!(requests.blocking_recv(), Some(request(2)));
        assert!(requests.try_recv().is_err());
    }

    #[test]
    fn what_is_read_is_bounded() {
        let line = |links| serde_json::to_vec(&request(links)).unwrap();
        assert!(parse(&line(MOST_LINKS)).is_some());
        assert!(parse(&line(MOST_LINKS + 1)).is_none());
        assert_eq!(parse(b"{\"from\": \"a newer version\"}"), Some(Request::default()));
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_that_was_left_behind_is_taken_over_and_closed_to_others() {
        use std::os::unix::fs::PermissionsExt;
        let room = tempfile::tempdir().unwrap();
        create_private_folder(room.path()).unwrap();
        let path = socket_path(room.path()).unwrap();
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        let first = ours(room.path());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
        let mut requests = first.requests().unwrap();
        hand_over(room.path(), &Request::default()).unwrap();
        assert_eq!(requests.blocking_recv(), Some(Request::default()));
    }
}
