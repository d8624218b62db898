//! Where the choices are kept.

use super::{Lock, Preferences, Proxies};
use crate::words;
use heliograph_store::{KeyError, KeyStorage, Note, create_private_folder, write_private_file};
use serde_json::Value;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// More than this is not ours.
const LARGEST: u64 = 1 << 20;

/// The file with the choices. A handle: all copies mean the same file.
#[derive(Clone)]
pub struct File {
    shared: Arc<Shared>,
    /// Where a new key is kept.
    keys: KeyStorage,
}

struct Shared {
    path: PathBuf,
    damaged: Option<PathBuf>,
    /// What is to be written next: only the newest counts.
    next: Mutex<Option<Preferences>>,
    /// One writer at a time.
    writing: tokio::sync::Mutex<()>,
    /// Where the proxies lie sealed.
    note: Note,
    proxies: Mutex<Standing>,
}

/// How the proxies stand on the disk.
#[derive(Default)]
struct Standing {
    /// What lies sealed, as far as it is known.
    sealed: Option<Zeroizing<Vec<u8>>>,
    /// What lies among the other choices still, as before they were sealed. It stays until it lies sealed.
    plain: Option<Value>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("path", &self.shared.path).finish_non_exhaustive()
    }
}

impl File {
    /// Reads the choices of this data folder. It is small and comes before the window, so it may take its time.
    ///
    /// What cannot be read is put aside as `preferences.json.bak`, and the usual choices hold.
    pub fn open(data_dir: &Path) -> (Self, Preferences) {
        let path = data_dir.join("preferences.json");
        let (preferences, damaged) = match read(&path) {
            Ok(preferences) => (preferences.unwrap_or_default(), None),
            Err(error) => {
                tracing::warn!("{} cannot be read, the usual choices hold: {error}", path.display());
                let aside = path.with_extension("json.bak");
                if let Err(error) = std::fs::rename(&path, &aside) {
                    tracing::warn!("it cannot be put aside either: {error}");
                }
                (Preferences::default(), Some(aside))
            }
        };
        let note = Note::at(data_dir.join("proxies"));
        let mut preferences = preferences;
        if preferences.proxies.list.is_empty() && note.is_there() {
            // Even where the other choices are lost.
            preferences.proxies.lock = Lock::Reading;
        }
        let plain = Some(&preferences.proxies).filter(|proxies| !proxies.list.is_empty()).map(Proxies::unsealed);
        let shared = Shared {
            path,
            damaged,
            next: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            note,
            proxies: Mutex::new(Standing { sealed: None, plain }),
        };
        (Self { shared: Arc::new(shared), keys: KeyStorage::default() }, preferences)
    }

    /// A key that has to be made is kept here.
    pub fn with_keys_in(self, keys: Option<KeyStorage>) -> Self {
        Self { keys: keys.unwrap_or(self.keys), ..self }
    }

    /// Whether proxies lie among the other choices, as before they were sealed.
    pub fn has_plain_proxies(&self) -> bool {
        self.standing().plain.is_some()
    }

    /// The proxies that lie sealed; whether one is taken stays as it is. It may take until the keyring is unlocked.
    pub async fn read_proxies(&self, on: bool) -> Result<Proxies, KeyError> {
        // They were there: whoever goes on without them may go straight where he must not.
        let sealed = self.shared.note.read().await?.ok_or(KeyError::Missing)?;
        let proxies = Proxies::opened(&sealed, on)?;
        self.standing().sealed = Some(sealed);
        Ok(proxies)
    }

    /// Puts proxies aside that cannot be read, for a new list.
    pub fn put_proxies_aside(&self) -> Result<(), KeyError> {
        self.shared.note.put_aside()
    }

    /// Seals the proxies, where they are others than those that lie sealed.
    async fn seal(&self, proxies: &Proxies) -> Result<(), KeyError> {
        let Some(plain) = proxies.to_seal().map(Zeroizing::new) else { return Ok(()) };
        let is_there = self.shared.note.is_there();
        if is_there && self.standing().sealed.as_ref() == Some(&plain) || !is_there && proxies.list.is_empty() {
            return Ok(());
        }
        self.shared.note.write(plain.clone(), self.keys).await?;
        *self.standing() = Standing { sealed: Some(plain), plain: None };
        Ok(())
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.shared.proxies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the choices that could not be read lie now.
    pub fn damaged(&self) -> Option<&Path> {
        self.shared.damaged.as_deref()
    }

    /// Says what is to be kept, before anything is awaited: of several sayings the last one counts.
    pub fn keep(&self, preferences: Preferences) {
        if let Ok(mut next) = self.shared.next.lock() {
            *next = Some(preferences);
        }
    }

    /// Writes what is to be kept, if it is not written yet. Must be awaited on a tokio runtime.
    pub async fn write(&self) -> Result<(), String> {
        let _turn = self.shared.writing.lock().await;
        let next = self.shared.next.lock().ok().and_then(|mut next| next.take());
        let Some(preferences) = next else { return Ok(()) };
        let sealed = self.seal(&preferences.proxies).await;
        let mut kept = serde_json::to_value(&preferences).map_err(|error| error.to_string())?;
        if let (Some(plain), Some(kept)) = (&self.standing().plain, kept.as_object_mut()) {
            // What cannot be sealed is not lost.
            kept.insert("proxies".into(), plain.clone());
        }
        let shared = self.shared.clone();
        let written = tokio::task::spawn_blocking(move || write(&shared.path, &kept)).await;
        let failed = match (written, sealed) {
            (Ok(Ok(())), Ok(())) => return Ok(()),
            (Ok(Ok(())), Err(error)) => words::key_error(&error),
            (Ok(Err(why)), _) => why,
            (Err(ended), _) => ended.to_string(),
        };
        // It is still to be written, unless there is something newer by now.
        if let Ok(mut next) = self.shared.next.lock() {
            next.get_or_insert(preferences);
        }
        Err(failed)
    }
}

fn read(path: &Path) -> io::Result<Option<Preferences>> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // What stands there is not repeated: it may be a secret.
    serde_json::from_slice(&bytes).map(Some).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn write(path: &Path, preferences: &Value) -> Result<(), String> {
    let mut json = serde_json::to_vec_pretty(preferences).map_err(|error| error.to_string())?;
    json.push(b'\n');
    if let Some(folder) = path.parent() {
        create_private_folder(folder).map_err(|error| error.to_string())?;
    }
    write_private_file(path, &json).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::ThemeChoice;
    use tempfile::tempdir;

    fn night() -> Preferences {
        Preferences { theme: ThemeChoice::Night, ..Preferences::default() }
    }

    #[tokio::test]
    async fn choices_are_there_after_a_restart_and_nobody_else_reads_them() {
        let room = tempdir().unwrap();
        let folder = room.path().join("data");
        let (file, first) = File::open(&folder);
        assert_eq!(first, Preferences::default());
        file.keep(night());
        file.write().await.unwrap();
        assert_eq!(File::open(&folder).1, night());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.join("preferences.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    }

    #[tokio::test]
    async fn of_several_the_last_one_stays() {
        let room = tempdir().unwrap();
        let (file, _) = File::open(room.path());
        file.keep(Preferences::default());
        let first = file.write();
        file.keep(night());
        let second = file.write();
        // Whoever comes first writes the newest, and nobody writes the old one after it.
        let (second, first) = tokio::join!(second, first);
        assert_eq!((first, second), (Ok(()), Ok(())));
        assert_eq!(File::open(room.path()).1, night());
    }

    #[test]
    fn what_cannot_be_read_is_put_aside() {
        for broken in [&b"{\"theme\": \"night\""[..], b"", b"\xff\xfe", b"[1, 2]", &vec![b' '; LARGEST as usize + 2]] {
            let room = tempdir().unwrap();
            let path = room.path().join("preferences.json");
            std::fs::write(&path, broken).unwrap();
            let (file, preferences) = File::open(room.path());
            assert_eq!(preferences, Preferences::default());
            let aside = file.damaged().unwrap();
            assert_eq!(aside, room.path().join("preferences.json.bak"));
            assert_eq!(std::fs::read(aside).unwrap(), broken);
            assert!(!path.exists());
        }
    }

    #[tokio::test]
    async fn what_could_not_be_written_is_still_to_be_written() {
        let room = tempdir().unwrap();
        let folder = room.path().join("data");
        // A file stands where the folder should be.
        std::fs::write(&folder, b"").unwrap();
        let (file, _) = File::open(&folder);
        file.keep(night());
        file.write().await.unwrap_err();
        std::fs::remove_file(&folder).unwrap();
        file.write().await.unwrap();
        assert_eq!(File::open(&folder).1, night());
    }

    fn with_proxies() -> (Preferences, Proxies) {
        let mut proxies = Proxies::default();
        let link = "tg://socks?server=10.0.0.1&port=7&user=mara&pass=hush-hush";
        assert!(proxies.take(link.parse().unwrap()));
        (Preferences { proxies: proxies.clone(), ..night() }, proxies)
    }

    fn everything_in(folder: &Path) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            all.extend(if path.is_dir() { everything_in(&path) } else { std::fs::read(&path).unwrap() });
        }
        all
    }

    fn says(folder: &Path, words: &str) -> bool {
        everything_in(folder).windows(words.len()).any(|part| part == words.as_bytes())
    }

    #[tokio::test]
    async fn proxies_lie_sealed_and_nothing_goes_out_before_they_are_read() {
        let room = tempdir().unwrap();
        let (preferences, proxies) = with_proxies();
        let file = File::open(room.path()).0.with_keys_in(Some(KeyStorage::File));
        file.keep(preferences);
        file.write().await.unwrap();
        assert!(!says(room.path(), "hush-hush") && !says(room.path(), "10.0.0.1"));
        let (file, read) = File::open(room.path());
        assert!(read.proxies.waits() && read.proxies.list.is_empty());
        // What else is chosen before they are read costs nothing.
        file.keep(Preferences { text: 1.5, ..read });
        file.write().await.unwrap();
        assert_eq!(file.read_proxies(true).await, Ok(proxies));
        let (file, read) = File::open(room.path());
        assert!(read.text == 1.5 && read.proxies.waits());
        // Without the key they cannot be read, and stay.
        std::fs::rename(room.path().join("proxies/data.key"), room.path().join("key")).unwrap();
        std::fs::write(room.path().join("proxies/data.key"), [1; 32]).unwrap();
        assert_eq!(file.read_proxies(true).await, Err(KeyError::Corrupt));
        file.keep(read);
        file.write().await.unwrap();
        std::fs::rename(room.path().join("key"), room.path().join("proxies/data.key")).unwrap();
        assert_eq!(file.read_proxies(false).await.unwrap().list.len(), 1);
        std::fs::remove_file(room.path().join("proxies/note.sealed")).unwrap();
        assert_eq!(file.read_proxies(true).await, Err(KeyError::Missing));
    }

    #[tokio::test]
    async fn proxies_of_before_are_taken_over_once_and_not_before_they_lie_sealed() {
        let room = tempdir().unwrap();
        let path = room.path().join("preferences.json");
        let (_, proxies) = with_proxies();
        let before = serde_json::json!({ "theme": "night", "proxies": proxies.unsealed() });
        std::fs::write(&path, serde_json::to_vec(&before).unwrap()).unwrap();
        let (file, read) = File::open(room.path());
        let file = file.with_keys_in(Some(KeyStorage::File));
        assert!(read.proxies == proxies && file.has_plain_proxies());
        // There is no room for the sealed one.
        std::fs::write(room.path().join("proxies"), b"").unwrap();
        file.keep(Preferences { text: 1.5, ..read.clone() });
        file.write().await.unwrap_err();
        let (_, again) = File::open(room.path());
        assert!(again.proxies == proxies && again.text == 1.5, "nothing is lost");
        std::fs::remove_file(room.path().join("proxies")).unwrap();
        file.write().await.unwrap();
        assert!(!file.has_plain_proxies() && !says(room.path(), "hush-hush"));
        assert_eq!(File::open(room.path()).0.read_proxies(true).await, Ok(proxies));
    }
}
