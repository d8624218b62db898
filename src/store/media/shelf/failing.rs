//! What the shelf asks of the disk, which may refuse it.

use crate::file::disk::{self, Disk, Step};
use crate::folder::private_options;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

/// A file on a disk.
pub(super) struct Writing {
    file: File,
    disk: Option<Arc<Disk>>,
}

pub(super) fn create(path: &Path) -> io::Result<Writing> {
    let disk = disk::of(path);
    may(disk.as_deref(), Step::Open)?;
    let file = private_options().write(true).create_new(true).open(path)?;
    Ok(Writing { file, disk })
}

pub(super) fn open(path: &Path) -> io::Result<Writing> {
    let disk = disk::of(path);
    may(disk.as_deref(), Step::Open)?;
    let file = File::options().write(true).open(path)?;
    Ok(Writing { file, disk })
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    may(disk::of(from).as_deref(), Step::Remove)?;
    fs::rename(from, to)
}

pub(super) fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    may(disk::of(path.as_ref()).as_deref(), Step::Remove)?;
    fs::remove_file(path)
}

fn may(disk: Option<&Disk>, step: Step) -> io::Result<()> {
    match disk.and_then(|disk| disk.step(step)) {
        Some(_) => Err(ErrorKind::StorageFull.into()),
        None => Ok(()),
    }
}

impl Writing {
    pub fn set_len(&mut self, length: u64) -> io::Result<()> {
        may(self.disk.as_deref(), Step::Truncate)?;
        self.file.set_len(length)
    }

    pub fn sync_all(&self) -> io::Result<()> {
        may(self.disk.as_deref(), Step::Sync)?;
        self.file.sync_all()
    }

    pub fn sync_data(&self) -> io::Result<()> {
        may(self.disk.as_deref(), Step::Sync)?;
        self.file.sync_data()
    }
}

impl Seek for Writing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(fault) = self.disk.as_ref().and_then(|disk| disk.step(Step::Write)) {
            let part = bytes.get(..fault.written(bytes.len())).unwrap_or_default();
            self.file.write_all(part)?;
            return Err(ErrorKind::StorageFull.into());
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        may(self.disk.as_deref(), Step::Sync)?;
        self.file.flush()
    }
}
