//! A file on its way to the disk.

use crate::Error;
use std::io::SeekFrom;
use std::path::{Path, PathBuf};
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

/// Only its owner may read it, and it is removed unless it was finished.
pub(super) struct PartialFile {
    file: File,
    path: PathBuf,
    finished: bool,
}

impl PartialFile {
    /// Makes the file, or empties the one that is there.
    pub async fn create(path: &Path) -> Result<Self, Error> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(path).await?;
        #[cfg(unix)]
        {
            // One that was there before may have been open to others.
            use std::os::unix::fs::PermissionsExt as _;
            file.set_permissions(std::fs::Permissions::from_mode(0o600)).await?;
        }
        Ok(Self { file, path: path.to_owned(), finished: false })
    }

    /// Writes a part to its place.
    pub async fn write_at(&mut self, offset: u64, bytes: &[u8]) -> Result<(), Error> {
        self.file.seek(SeekFrom::Start(offset)).await?;
        self.file.write_all(bytes).await?;
        // Errors of the disk show here, not at the next part.
        self.file.flush().await?;
        Ok(())
    }

    /// The file is whole.
    pub async fn finish(mut self) -> Result<(), Error> {
        self.file.sync_all().await?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.finished {
            // A drop cannot wait; removing a name is quick.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn parts_come_in_any_order() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        let mut file = PartialFile::create(&path).await.unwrap();
        file.write_at(3, b"def").await.unwrap();
        file.write_at(0, b"abc").await.unwrap();
        file.finish().await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"abcdef");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn what_was_not_finished_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        let mut file = PartialFile::create(&path).await.unwrap();
        file.write_at(0, b"abc").await.unwrap();
        drop(file);
        assert!(!path.exists());
        let error = PartialFile::create(&dir.path().join("no/such/folder")).await.err();
        assert_eq!(error, Some(Error::Disk("entity not found".into())));
    }
}
