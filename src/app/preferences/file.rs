//! Where the choices are kept.

use super::Preferences;
use heliograph_store::{create_private_folder, write_private_file};
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// More than this is not ours.
const LARGEST: u64 = 1 << 20;

/// The file with the choices. A handle: all copies mean the same file.
#[derive(Clone)]
pub struct File {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    damaged: Option<PathBuf>,
    /// What is to be written next: only the newest counts.
    next: Mutex<Option<Preferences>>,
    /// One writer at a time.
    writing: tokio::sync::Mutex<()>,
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
        let shared = Shared { path, damaged, next: Mutex::default(), writing: tokio::sync::Mutex::default() };
        (Self { shared: Arc::new(shared) }, preferences)
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
        let shared = self.shared.clone();
        let kept = preferences.clone();
        let written = tokio::task::spawn_blocking(move || write(&shared.path, &kept)).await;
        let failed = match written {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(why)) => why,
            Err(ended) => ended.to_string(),
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

fn write(path: &Path, preferences: &Preferences) -> Result<(), String> {
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
}
