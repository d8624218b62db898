//! Folders and files that only their owner may read.

use crate::Error;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Makes a folder and its missing parents, readable by their owner only (0700). One that exists is closed to others too;
/// its parents are left as they are.
pub fn create_private_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| Error::io(format!("cannot make the folder {}", folder.display()), e))?;
    set_private(folder, 0o700)
}

/// Writes a small file that only its owner may read (0600), so that after a crash either the old or the new content
/// stands there, never a part: temporary name, fsync, rename, fsync of the folder.
pub fn write_private_file(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |e| Error::io(format!("cannot write {}", path.display()), e);
    let folder = path.parent().ok_or_else(|| failed(std::io::ErrorKind::InvalidInput.into()))?;
    let mut name = path.file_name().ok_or_else(|| failed(std::io::ErrorKind::InvalidInput.into()))?.to_os_string();
    name.push(".new");
    let temporary = folder.join(name);
    // What a crash left behind under this name may have other permissions.
    match fs::remove_file(&temporary) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(e)),
        _ => {}
    }
    let written = (|| {
        let mut file = private_options().write(true).create_new(true).open(&temporary)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        sync_folder(folder)
    })();
    written.map_err(|e| {
        let _ = fs::remove_file(&temporary);
        failed(e)
    })
}

/// Makes what was created, renamed or removed in this folder last through a power cut.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Options that create a file as 0600.
pub(crate) fn private_options() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes group's and others' rights from what already exists.
pub(crate) fn set_private(path: &Path, mode: u32) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let failed = |e| Error::io(format!("cannot close {} to others", path.display()), e);
        let found = fs::metadata(path).map_err(failed)?.permissions().mode() & 0o777;
        if found & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(failed)?;
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_are_closed_to_others() {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("a/b/c");
        create_private_folder(&folder).unwrap();
        for part in ["a", "a/b", "a/b/c"] {
            assert_eq!(mode(&room.path().join(part)), 0o700, "{part}");
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        create_private_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        write_private_file(&folder.join("f"), b"x").unwrap();
        assert_eq!(mode(&folder.join("f")), 0o600);
    }

    #[test]
    fn a_write_that_crashed_half_way_harms_nothing() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("key");
        write_private_file(&path, b"old").unwrap();
        // The crash: a temporary file, half written, with open permissions.
        fs::write(room.path().join("key.new"), b"ne").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write_private_file(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_content_and_no_rest() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("taken");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), b"x").unwrap();
        assert!(write_private_file(&path, b"new").is_err());
        assert_eq!(fs::read(path.join("inside")).unwrap(), b"x");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }
}
