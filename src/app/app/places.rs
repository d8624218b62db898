//! Which folders accounts lie in: `DIR/accounts/<id>/`.
//!
//! An account belongs to the servers that it was made at: what was agreed with one server must never be shown to
//! another. The id begins with their name, so it stays true when everything in the folder is removed.

use heliograph_store::key::{self, Status};
use heliograph_store::{Error, KeyStorage, create_private_folder};
use heliograph_telegram::Servers;
use std::fs;
use std::path::{Path, PathBuf};

/// Where an account lies, and where the key to it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The account's name in the keyring; also that of its folder.
    pub id: String,
    /// Where everything of the account lies.
    pub folder: PathBuf,
    /// Where the key to it lives.
    pub key_storage: KeyStorage,
}

impl Place {
    /// The place of this id. The key is where it is; a new one goes where the person says, else into the keyring.
    fn of(data_dir: &Path, id: String, key_storage: Option<KeyStorage>) -> Self {
        let folder = folder_of(data_dir).join(&id);
        let key_storage = match key::status(&folder) {
            Status::Kept(storage) => storage,
            Status::New => key_storage.unwrap_or_default(),
        };
        Self { id, folder, key_storage }
    }

    /// A new place for an account at these servers. Its folder comes when the account is opened.
    pub fn fresh(data_dir: &Path, servers: &Servers, key_storage: Option<KeyStorage>) -> Self {
        let id = format!("{}-{}", name(servers), fresh());
        let folder = folder_of(data_dir).join(&id);
        Self { id, folder, key_storage: key_storage.unwrap_or_default() }
    }
}

/// Every account at these servers, by id. There need not be any.
pub fn all(data_dir: &Path, servers: &Servers, key_storage: Option<KeyStorage>) -> Result<Vec<Place>, Error> {
    let accounts = folder_of(data_dir);
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
    ids.sort();
    let places = ids.into_iter().map(|id| Place::of(data_dir, id, key_storage));
    // Where nothing is kept, there is no account: somebody has logged out, or has never signed in.
    Ok(places.filter(|place| key::status(&place.folder) != Status::New).collect())
}

fn folder_of(data_dir: &Path) -> PathBuf {
    data_dir.join("accounts")
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

    fn made(data_dir: &Path, servers: &Servers) -> Place {
        let place = Place::fresh(data_dir, servers, None);
        create_private_folder(&place.folder).unwrap();
        fs::write(place.folder.join("data.key"), [0; 32]).unwrap();
        Place { key_storage: KeyStorage::File, ..place }
    }

    #[test]
    fn accounts_are_found_again_by_their_servers() {
        let room = tempfile::tempdir().unwrap();
        let data = room.path().join("data");
        assert!(all(&data, &Servers::Production, None).unwrap().is_empty());
        let real = made(&data, &Servers::Production);
        let test = made(&data, &Servers::Test);
        assert_ne!(real, test);
        assert_eq!(all(&data, &Servers::Production, None).unwrap(), std::slice::from_ref(&real));
        assert_eq!(all(&data, &Servers::Test, None).unwrap(), [test]);
        assert_eq!(real.folder, data.join("accounts").join(&real.id));
        let second = made(&data, &Servers::Production);
        let both = all(&data, &Servers::Production, None).unwrap();
        assert!(both.len() == 2 && both.contains(&real) && both.contains(&second));
        // Somebody has logged out, and nothing is left of it.
        fs::remove_file(second.folder.join("data.key")).unwrap();
        assert_eq!(all(&data, &Servers::Production, None).unwrap(), [real]);
    }

    #[test]
    fn the_key_is_looked_for_where_it_is() {
        let room = tempfile::tempdir().unwrap();
        let place = Place::fresh(room.path(), &Servers::Test, None);
        assert_eq!(place.key_storage, KeyStorage::Os);
        create_private_folder(&place.folder).unwrap();
        fs::write(place.folder.join("account.db"), "x").unwrap();
        assert_eq!(all(room.path(), &Servers::Test, None).unwrap()[0].key_storage, KeyStorage::Os);
        fs::write(place.folder.join("data.key"), [0; 32]).unwrap();
        let found = |storage| all(room.path(), &Servers::Test, storage).unwrap()[0].key_storage;
        assert_eq!(found(None), KeyStorage::File);
        // What is said is for new ones: there it is not.
        assert_eq!(found(Some(KeyStorage::Passphrase)), KeyStorage::File);
        assert_eq!(
            Place::fresh(room.path(), &Servers::Test, Some(KeyStorage::Passphrase)).key_storage,
            KeyStorage::Passphrase
        );
    }

    #[test]
    fn what_is_no_account_is_left_alone() {
        let room = tempfile::tempdir().unwrap();
        for folder in ["stranger", "test-0", "telegraph-0", "telegram"] {
            fs::create_dir_all(room.path().join("accounts").join(folder)).unwrap();
        }
        fs::write(room.path().join("accounts/telegram-0"), "a file").unwrap();
        assert!(all(room.path(), &Servers::Production, None).unwrap().is_empty());
    }

    #[test]
    fn ids_differ() {
        assert_ne!(fresh(), fresh());
    }
}
