//! What the shelf asks of the disk.

use crate::folder::private_options;
use std::fs::File;
pub(super) use std::fs::{remove_file, rename};
use std::io;
use std::path::Path;

/// A file that is written.
pub(super) type Writing = File;

/// Makes a file for its owner alone.
pub(super) fn create(path: &Path) -> io::Result<Writing> {
    private_options().write(true).create_new(true).open(path)
}

/// Opens one to write in it.
pub(super) fn open(path: &Path) -> io::Result<Writing> {
    File::options().write(true).open(path)
}
