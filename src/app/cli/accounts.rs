//! Which folder an account lies in: `DIR/accounts/<id>/`.
//!
//! An account belongs to the servers that it was made at: what was agreed with one server must never be shown to
//! another. The id begins with their name, so it stays true when everything in the folder is removed.

use heliograph_store::{Error, create_private_folder};
use heliograph_telegram::Servers;
use std::fs;
use std::path::{Path, PathBuf};

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
    let servers = name(servers);
    let failed = |source| Error::Io { what: format!("cannot read {}", accounts.display()), source };
    let mut ids = Vec::new();
    for entry in fs::read_dir(&accounts).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(id) = entry.file_name().into_string() else { continue };
        let ours = id.strip_prefix(&servers).is_some_and(|rest| rest.starts_with('-'));
        if ours && entry.file_type().map_err(failed)?.is_dir() {
            ids.push(id);
        }
    }
    let id = ids.into_iter().min().unwrap_or_else(|| format!("{servers}-{}", fresh()));
    let folder = accounts.join(&id);
    create_private_folder(&folder)?;
    Ok(Place { id, folder })
}

/// A custom server is its key: its address may change.
fn name(servers: &Servers) -> String {
    match servers {
        Servers::Production => "telegram".into(),
        Servers::Test => "test".into(),
        Servers::Custom { key, .. } => format!("server.{:016x}", key.fingerprint()),
    }
}

/// The id names the account in the keyring too, so two data folders must not give the same one.
fn fresh() -> String {
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
        // Even when somebody has logged out and nothing is left of it.
        fs::remove_dir_all(&real.folder).unwrap();
        fs::create_dir(&real.folder).unwrap();
        assert_eq!(choose(&data, &Servers::Production).unwrap(), real);
    }

    #[test]
    fn what_is_no_account_is_left_alone() {
        let room = tempfile::tempdir().unwrap();
        for folder in ["stranger", "test-0", "telegraph-0", "telegram"] {
            fs::create_dir_all(room.path().join("accounts").join(folder)).unwrap();
        }
        fs::write(room.path().join("accounts/telegram-0"), "a file").unwrap();
        let place = choose(room.path(), &Servers::Production).unwrap();
        assert!(place.id.starts_with("telegram-") && place.id != "telegram-0", "{}", place.id);
    }

    #[test]
    fn ids_differ() {
        assert_ne!(fresh(), fresh());
    }
}
