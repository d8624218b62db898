//! Putting a finished download where a person wants it. Blocking: for a thread of its own.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// The dialog has asked: replace it.
    Replace,
    /// Keep it, and take the next free name: `name (2).txt`.
    Keep,
}

/// Moves `file` to `target` and says where it is now. Whatever goes wrong, `file` stays, and so does what was at
/// `target`: the new content is written beside it, made safe against a power cut, and only then takes the name.
pub(super) fn save(file: &Path, target: &Path, existing: Existing) -> io::Result<PathBuf> {
    let folder = target.parent().filter(|folder| folder.is_dir()).ok_or(io::ErrorKind::NotFound)?;
    target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    if target.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let part = match Part::beside(folder) {
        Ok(part) => part,
        // A sandbox may have opened this one name to us, and nothing beside it.
        Err(_) if existing == Existing::Replace => return overwrite(file, target),
        Err(e) => return Err(e),
    };
    part.fill(file)?;
    let saved = match existing {
        Existing::Replace => {
            fs::rename(&part.path, target)?;
            target.to_owned()
        }
        Existing::Keep => {
            let free = claim(target)?;
            if let Err(e) = fs::rename(&part.path, &free) {
                let _ = fs::remove_file(&free);
                return Err(e);
            }
            free
        }
    };
    sync_folder(folder);
    let _ = fs::remove_file(file);
    Ok(saved)
}

fn overwrite(file: &Path, target: &Path) -> io::Result<PathBuf> {
    let mut out = File::create(target)?;
    io::copy(&mut File::open(file)?, &mut out)?;
    out.sync_all()?;
    let _ = fs::remove_file(file);
    Ok(target.to_owned())
}

/// Takes the first free name, by making an empty file of that name: nobody else can take it then.
fn claim(target: &Path) -> io::Result<PathBuf> {
    let mut last = io::ErrorKind::AlreadyExists.into();
    for number in 1..=9999 {
        let path = numbered(target, number);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => return Ok(path),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => last = e,
            Err(e) => return Err(e),
        }
    }
    Err(last)
}

/// `a.txt`, `a (2).txt`, `a (3).txt` ...
fn numbered(target: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return target.to_owned();
    }
    let mut name = target.file_stem().unwrap_or_default().to_os_string();
    name.push(format!(" ({number})"));
    if let Some(extension) = target.extension() {
        name.push(".");
        name.push(extension);
    }
    target.with_file_name(name)
}

fn sync_folder(folder: &Path) {
    // Some file systems refuse this for folders; the file itself is safe already.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// A file in the making beside its target. Removed unless it was renamed.
struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    fn beside(folder: &Path) -> io::Result<Self> {
        for number in 0..1000 {
            let path = folder.join(format!(".heliograph-{}-{number}.part", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file }),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// A copy, which file systems that can do so share with its source: so the permissions are those that the person's
    /// other files get, and the download stays until all went well.
    fn fill(&self, source: &Path) -> io::Result<()> {
        io::copy(&mut File::open(source)?, &mut &self.file)?;
        self.file.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    struct Room {
        _root: tempfile::TempDir,
        file: PathBuf,
        folder: PathBuf,
    }

    fn room() -> Room {
        let root = tempfile::tempdir().unwrap();
        let (file, folder) = (root.path().join("temporary"), root.path().join("folder"));
        fs::write(&file, "new").unwrap();
        fs::create_dir(&folder).unwrap();
        Room { _root: root, file, folder }
    }

    #[test]
    fn a_file_moves_to_a_free_name() {
        for existing in [Existing::Keep, Existing::Replace] {
            let room = room();
            let target = room.folder.join("a.txt");
            assert_eq!(save(&room.file, &target, existing).unwrap(), target);
            assert_eq!(fs::read_to_string(&target).unwrap(), "new");
            assert_eq!(names(&room.folder), ["a.txt"]);
            assert!(!room.file.exists());
        }
    }

    #[test]
    fn what_is_there_is_kept_and_the_new_one_numbered() {
        let room = room();
        for name in ["a.tar.gz", "a.tar (2).gz"] {
            fs::write(room.folder.join(name), "old").unwrap();
        }
        let saved = save(&room.file, &room.folder.join("a.tar.gz"), Existing::Keep).unwrap();
        assert_eq!(saved, room.folder.join("a.tar (3).gz"));
        assert_eq!(fs::read_to_string(saved).unwrap(), "new");
        assert_eq!(fs::read_to_string(room.folder.join("a.tar.gz")).unwrap(), "old");
        assert_eq!(names(&room.folder), ["a.tar (2).gz", "a.tar (3).gz", "a.tar.gz"]);
    }

    #[test]
    fn what_the_dialog_asked_about_is_replaced() {
        let room = room();
        let target = room.folder.join("a");
        fs::write(&target, "old and longer").unwrap();
        save(&room.file, &target, Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(names(&room.folder), ["a"]);
    }

    #[test]
    fn a_failure_keeps_the_download_and_what_was_there() {
        let room = room();
        let taken = room.folder.join("taken");
        fs::create_dir(&taken).unwrap();
        for existing in [Existing::Keep, Existing::Replace] {
            assert!(save(&room.file, &taken, existing).is_err());
            assert!(save(&room.file, &room.folder.join("no/such/folder/a"), existing).is_err());
        }
        assert_eq!(fs::read_to_string(&room.file).unwrap(), "new");
        assert_eq!(names(&room.folder), ["taken"]);
        // The source goes away half way: nothing of it is left beside the target.
        fs::remove_file(&room.file).unwrap();
        fs::write(room.folder.join("a"), "old").unwrap();
        assert!(save(&room.file, &room.folder.join("a"), Existing::Replace).is_err());
        assert_eq!(fs::read_to_string(room.folder.join("a")).unwrap(), "old");
        assert_eq!(names(&room.folder), ["a", "taken"]);
    }

    #[test]
    fn numbers_stand_before_the_extension() {
        let number = |name: &str| numbered(Path::new(name), 2);
        assert_eq!(number("/a/b.txt"), Path::new("/a/b (2).txt"));
        assert_eq!(number("/a/b"), Path::new("/a/b (2)"));
        assert_eq!(number("/a/b c.d e"), Path::new("/a/b c (2).d e"));
    }

    #[cfg(unix)]
    #[test]
    fn the_saved_file_has_the_permissions_of_the_persons_other_files() {
        use std::os::unix::fs::PermissionsExt;
        let room = room();
        fs::set_permissions(&room.file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(room.folder.join("other"), "x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let saved = save(&room.file, &room.folder.join("mine"), Existing::Keep).unwrap();
        assert_eq!(mode(&saved), mode(&room.folder.join("other")));
    }
}
