//! The folder of the kept pictures: files with random names, each sealed with its own key.

use super::sealed::{Sealed, seal, seal_part, sealed_length, sealed_start};
use crate::folder::create_private_folder;
use crate::{DataKey, Error};
use disk::{Writing, remove_file, rename};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

#[cfg(not(test))]
mod disk;
/// One that fails when a test wants it to.
#[cfg(test)]
#[path = "shelf/failing.rs"]
mod disk;

/// Name of the folder within that of the account.
const FOLDER: &str = "media";
/// What is not yet whole.
const UNFINISHED: &str = ".new";
/// Files take room in steps of so many bytes.
const BLOCK: u64 = 4096;

/// The folder.
#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
    /// Whether nothing may be written any more. Held while a file is written, so that none comes after all were removed.
    closed: RwLock<bool>,
    /// Files that are there or coming, and whose rows are not written yet.
    coming: Mutex<HashSet<String>>,
    /// Bytes that came since it was last looked whether there is too much.
    pub(super) added: AtomicU64,
    /// How much may stay.
    limits: Mutex<super::Limits>,
}

/// A new file. Unless it is kept, it is removed.
pub(crate) struct Written {
    shelf: Arc<Shelf>,
    /// What it is called.
    pub name: String,
    /// What it is sealed with.
    pub key: DataKey,
    /// Bytes of what is sealed in it.
    pub bytes: u64,
    kept: bool,
}

impl Written {
    /// Its row stands.
    pub fn keep(mut self) {
        self.kept = true;
        let _ = self.shelf.added.fetch_add(self.disk(), Ordering::Relaxed);
    }

    /// What it takes.
    pub fn disk(&self) -> u64 {
        sealed_length(self.bytes).next_multiple_of(BLOCK)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if !self.kept {
            self.shelf.remove(&self.name);
        }
        let _ = self.shelf.coming().remove(&self.name);
    }
}

impl Shelf {
    pub fn new(account: &Path) -> Self {
        Self {
            folder: account.join(FOLDER),
            closed: RwLock::default(),
            coming: Mutex::default(),
            added: AtomicU64::new(0),
            limits: Mutex::default(),
        }
    }

    /// Seals something in a new file.
    pub fn write(self: &Arc<Self>, plain: &[u8]) -> Result<Written, Error> {
        let bytes = u64::try_from(plain.len()).unwrap_or(u64::MAX);
        // Not brought to the disk before anything else happens: a torn one does not open, and is fetched again.
        self.make(bytes, |file, key| seal(plain, key, file))
    }

    /// A new file with room for so many bytes, of which none is there.
    pub fn room(self: &Arc<Self>, bytes: u64) -> Result<Written, Error> {
        self.make(bytes, |file, _| {
            file.set_len(sealed_length(bytes))?;
            file.sync_all()
        })
    }

    /// Whether this file has the room for so many bytes.
    pub fn has_room(&self, name: &str, bytes: u64) -> bool {
        fs::metadata(self.folder.join(name)).is_ok_and(|file| file.len() == sealed_length(bytes))
    }

    /// Seals a part of something of so many bytes in its place in a file, and brings it to the disk. Returns whether that
    /// file is still there.
    pub fn write_part(&self, name: &str, key: &DataKey, whole: u64, start: u64, plain: &[u8]) -> Result<bool, Error> {
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(Error::Closed);
        }
        let mut sealed = Vec::with_capacity(plain.len().saturating_add(plain.len() / 512));
        let written = seal_part(plain, start, whole, key, &mut sealed).and_then(|()| {
            let mut file = disk::open(&self.folder.join(name))?;
            file.seek(SeekFrom::Start(sealed_start(start)))?;
            file.write_all(&sealed)?;
            file.sync_data()
        });
        match written {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::io("a part cannot be kept", error)),
        }
    }

    fn make(
        self: &Arc<Self>,
        bytes: u64,
        fill: impl FnOnce(&mut Writing, &DataKey) -> io::Result<()>,
    ) -> Result<Written, Error> {
        let no_chance = |error: &dyn std::fmt::Display| Error::Database(error.to_string());
        let key = DataKey::random().map_err(|error| no_chance(&error))?;
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|error| no_chance(&error))?;
        let mut name = String::with_capacity(32);
        for byte in random {
            let _ = write!(name, "{byte:02x}");
        }
        let _ = self.coming().insert(name.clone());
        let written = Written { shelf: self.clone(), name, key, bytes, kept: false };
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(Error::Closed);
        }
        create_private_folder(&self.folder)?;
        let path = self.folder.join(&written.name);
        let beside = self.folder.join(format!("{}{UNFINISHED}", written.name));
        let made = (|| {
            let mut file = disk::create(&beside)?;
            fill(&mut file, &written.key)?;
            file.flush()?;
            rename(&beside, &path)
        })();
        made.map_err(|error| {
            let _ = remove_file(&beside);
            Error::io("a file cannot be kept", error)
        })?;
        drop(closed);
        Ok(written)
    }

    /// What is sealed in a file. An error, if it is not what was written.
    pub fn read(&self, name: &str, key: &DataKey, bytes: u64) -> io::Result<Vec<u8>> {
        self.read_range(name, key, bytes, 0..bytes)
    }

    /// A piece of it.
    pub fn read_range(&self, name: &str, key: &DataKey, bytes: u64, range: Range<u64>) -> io::Result<Vec<u8>> {
        let file = File::open(self.folder.join(name))?;
        Sealed::open(file, key, bytes)?.read(range)
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, name: &str) {
        match remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a kept picture was not removed");
            }
            _ => {}
        }
    }

    /// Removes all of them. `close`: for good.
    pub fn empty(&self, close: bool) -> Result<(), Error> {
        let mut closed = self.closed.write().unwrap_or_else(PoisonError::into_inner);
        *closed |= close;
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("the kept pictures cannot be removed", error))
            }
            _ => Ok(()),
        }
    }

    /// All files that are there.
    pub fn names(&self) -> Result<HashSet<String>, Error> {
        let failed = |error| Error::io("the kept pictures cannot be listed", error);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashSet::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut names = HashSet::new();
        for entry in entries {
            // Ours are plain letters.
            names.extend(entry.map_err(failed)?.file_name().into_string());
        }
        Ok(names)
    }

    /// Whether this file is there.
    pub fn has(&self, name: &str) -> bool {
        self.folder.join(name).exists()
    }

    /// Whether this file belongs to something that is just coming.
    pub fn is_coming(&self, name: &str) -> bool {
        self.coming().contains(name.strip_suffix(UNFINISHED).unwrap_or(name))
    }

    /// How much may stay.
    pub fn limits(&self) -> MutexGuard<'_, super::Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn coming(&self) -> MutexGuard<'_, HashSet<String>> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
