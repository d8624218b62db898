//! Which folder an account lies in: `DIR/accounts/<id>/`.
//!
//! An account belongs to the servers that it was made at: what was agreed with one server must never be shown to
//! another. A small file `server` beside the data says which they are.

use heliograph_store::{Error, create_private_folder, write_private_file};
use heliograph_telegram::Servers;
use std::fs;
use std::path::{Path, PathBuf};

const MARK: &str = "server";

/// The folder of an account and the name by which a keyring knows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) folder: PathBuf,
}

/// The first account of these servers, or a fresh folder for one.
pub(super) fn choose(data_dir: &Path, servers: &Servers) -> Result<Place, Error> {
    let accounts = data_dir.join("accounts");
    create_private_folder(&accounts)?;
    let mark = mark(servers);
    let failed = |source| Error::Io { what: format!("cannot read {}", accounts.display()), source };
    let mut ids = Vec::new();
    for entry in fs::read_dir(&accounts).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_type().map_err(failed)?.is_dir() {
            ids.extend(entry.file_name().into_string());
        }
    }
    ids.sort_unstable();
    for id in ids {
        let folder = accounts.join(&id);
        if fs::read_to_string(folder.join(MARK)).is_ok_and(|found| found.trim_end() == mark) {
            return Ok(Place { id, folder });
        }
    }
    let id = fresh_id();
    let folder = accounts.join(&id);
    create_private_folder(&folder)?;
    write_private_file(&folder.join(MARK), format!("{mark}\n").as_bytes())?;
    Ok(Place { id, folder })
}

/// A custom server is its key: its address may change.
fn mark(servers: &Servers) -> String {
    match servers {
        Servers::Production => "production".into(),
        Servers::Test => "test".into(),
        Servers::Custom { key, .. } => format!("key {:016x}", key.fingerprint()),
    }
}

/// Names the account in the keyring too, so two data folders must not give the same one.
fn fresh_id() -> String {
    use std::hash::{BuildHasher, Hasher};
    // Seeded by the system for each instance; it need not be a secret, only another one each time.
    let mut hasher = std::hash::RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    if let Ok(now) = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH) {
        hasher.write_u128(now.as_nanos());
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_again_by_its_servers() {
        let room = tempfile::tempdir().unwrap();
        let data = room.path().join("data");
        let real = choose(&data, &Servers::Production).unwrap();
        let test = choose(&data, &Servers::Test).unwrap();
        assert_ne!(real, test);
        assert_eq!(choose(&data, &Servers::Production).unwrap(), real);
        assert_eq!(choose(&data, &Servers::Test).unwrap(), test);
        assert_eq!(real.folder, data.join("accounts").join(&real.id));
    }

    #[test]
    fn what_is_no_account_is_left_alone() {
        let room = tempfile::tempdir().unwrap();
        fs::create_dir_all(room.path().join("accounts/stranger")).unwrap();
        fs::write(room.path().join("accounts/file"), "x").unwrap();
        let place = choose(room.path(), &Servers::Production).unwrap();
        assert!(place.id != "stranger" && place.id != "file");
        assert!(fs::read_dir(room.path().join("accounts/stranger")).unwrap().next().is_none());
    }

    #[test]
    fn ids_differ() {
        assert_ne!(fresh_id(), fresh_id());
    }
}
