//! Something small that is secret and belongs to no account: one sealed file in a folder of its own, and a key of its own
//! where the keys of accounts are kept.
//!
//! The file: a mark, the name of the key, a random nonce, and the rest encrypted and authenticated with XChaCha20-Poly1305
//! together with mark and name.

use crate::key::{self, Status};
use crate::{DataKey, KeyError, KeyStorage, create_private_folder, write_private_file};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The sealed file in its folder.
pub(crate) const NAME: &str = "note.sealed";

const MARK: &[u8; 16] = b"heliograph note1";
/// The name of the key: so many letters.
const KEY_NAME: usize = 16;
const NONCE: usize = 24;

/// Where something small lies sealed. Nothing blocks the caller's thread.
#[derive(Clone, Debug)]
pub struct Note {
    folder: PathBuf,
}

impl Note {
    /// The one in this folder, which has nothing else in it.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether something lies there, whoever can read it.
    pub fn is_there(&self) -> bool {
        !matches!(std::fs::metadata(self.path()), Err(error) if error.kind() == ErrorKind::NotFound)
    }

    /// What lies there, if anything does. It may take until the person has unlocked the keyring.
    pub async fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        let Some(sealed) = self.sealed().await? else { return Ok(None) };
        let key = self.key(self.storage(KeyStorage::Os), &key_name(&sealed)?).await?;
        unseal(&sealed, &key).map(Some)
    }

    /// Seals this instead of what lies there. Where nothing did, the key is made, and kept in `storage`; in a file beside
    /// it where there is no keyring at all.
    pub async fn write(&self, plain: Zeroizing<Vec<u8>>, storage: KeyStorage) -> Result<(), KeyError> {
        let (storage, name, new) = match self.sealed().await? {
            Some(sealed) => (self.storage(KeyStorage::Os), key_name(&sealed)?, false),
            None => (self.storage(storage), fresh_name()?, true),
        };
        let key = match self.key(storage, &name).await {
            Err(KeyError::NoService) if new => self.key(KeyStorage::File, &name).await?,
            key => key?,
        };
        let sealed = seal(&plain, &key, &name)?;
        let folder = self.folder.clone();
        key::aside(std::time::Duration::MAX, move || {
            create_private_folder(&folder)?;
            Ok(write_private_file(&folder.join(NAME), &sealed)?)
        })
        .await
    }

    /// Puts what nobody can read any more aside, so that something new can lie there. It is not lost: its key may come back.
    pub fn put_aside(&self) -> Result<(), KeyError> {
        let failed = |error: std::io::Error| KeyError::Io(error.to_string());
        match std::fs::rename(self.path(), self.path().with_extension("sealed.bak")) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Where the key lives, or is to live.
    fn storage(&self, usual: KeyStorage) -> KeyStorage {
        match key::status(&self.folder) {
            Status::Kept(storage) => storage,
            // Nobody is asked for words here.
            Status::New if usual == KeyStorage::Passphrase => KeyStorage::Os,
            Status::New => usual,
        }
    }

    async fn key(&self, storage: KeyStorage, name: &str) -> Result<DataKey, KeyError> {
        key::obtain(storage, &self.folder, &format!("note-{name}"), None).await
    }

    async fn sealed(&self) -> Result<Option<Vec<u8>>, KeyError> {
        let path = self.path();
        key::aside(std::time::Duration::MAX, move || read(&path)).await
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, KeyError> {
    match std::fs::read(path) {
        Ok(sealed) => Ok(Some(sealed)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(KeyError::Io(error.to_string())),
    }
}

fn fresh_name() -> Result<String, KeyError> {
    let random = getrandom::u64().map_err(|error| KeyError::Io(format!("no randomness from the system: {error}")))?;
    Ok(format!("{random:016x}"))
}

fn key_name(sealed: &[u8]) -> Result<String, KeyError> {
    let name = sealed.strip_prefix(MARK).and_then(|rest| rest.get(..KEY_NAME)).ok_or(KeyError::Corrupt)?;
    let name = std::str::from_utf8(name).map_err(|_| KeyError::Corrupt)?;
    if name.bytes().all(|letter| letter.is_ascii_hexdigit()) { Ok(name.to_owned()) } else { Err(KeyError::Corrupt) }
}

fn seal(plain: &[u8], key: &DataKey, name: &str) -> Result<Vec<u8>, KeyError> {
    let failed = |what: &str| KeyError::Io(what.to_owned());
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| failed("no randomness from the system"))?;
    let head = [MARK.as_slice(), name.as_bytes()].concat();
    let cipher = XChaCha20Poly1305::new_from_slice(key.bytes()).map_err(|_| KeyError::Corrupt)?;
    let payload = Payload { msg: plain, aad: &head };
    let body = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| failed("too long to be sealed"))?;
    Ok([head.as_slice(), &nonce, &body].concat())
}

fn unseal(sealed: &[u8], key: &DataKey) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let (head, rest) = sealed.split_at_checked(MARK.len() + KEY_NAME).ok_or(KeyError::Corrupt)?;
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Corrupt)?;
    let cipher = XChaCha20Poly1305::new_from_slice(key.bytes()).map_err(|_| KeyError::Corrupt)?;
    let plain = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: head });
    plain.map(Zeroizing::new).map_err(|_| KeyError::Corrupt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(words.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn it_is_read_again_and_lies_there_sealed() {
        let room = tempfile::tempdir().unwrap();
        let note = Note::at(room.path().join("note"));
        assert!(!note.is_there());
        assert_eq!(note.read().await, Ok(None));
        note.write(words("hush"), KeyStorage::File).await.unwrap();
        assert!(note.is_there());
        assert_eq!(note.read().await, Ok(Some(words("hush"))));
        note.write(words("hush, hush"), KeyStorage::Os).await.unwrap();
        assert_eq!(note.read().await, Ok(Some(words("hush, hush"))), "the key lives where it lived");
        let lies = std::fs::read(room.path().join("note").join(NAME)).unwrap();
        assert!(!lies.windows(4).any(|part| part == b"hush"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&room.path().join("note")), 0o700);
            assert_eq!(mode(&room.path().join("note").join(NAME)), 0o600);
        }
    }

    #[tokio::test]
    async fn without_its_key_nothing_is_read_and_nothing_is_lost() {
        let room = tempfile::tempdir().unwrap();
        let note = Note::at(room.path().to_owned());
        note.write(words("hush"), KeyStorage::File).await.unwrap();
        let key = std::fs::read(room.path().join("data.key")).unwrap();
        let lies = std::fs::read(room.path().join(NAME)).unwrap();
        std::fs::write(room.path().join("data.key"), [7; 32]).unwrap();
        assert_eq!(note.read().await, Err(KeyError::Corrupt), "another key");
        std::fs::remove_file(room.path().join("data.key")).unwrap();
        // No new key is made for what another one has sealed.
        assert_eq!(note.storage(KeyStorage::File), KeyStorage::Os);
        assert_eq!(key::obtain(KeyStorage::File, room.path(), "any", None).await, Err(KeyError::Missing));
        assert_eq!(std::fs::read(room.path().join(NAME)).unwrap(), lies);
        std::fs::write(room.path().join("data.key"), key).unwrap();
        assert_eq!(note.read().await, Ok(Some(words("hush"))));
        note.put_aside().unwrap();
        assert!(!note.is_there() && room.path().join("note.sealed.bak").exists());
        assert_eq!(note.read().await, Ok(None));
    }

    #[test]
    fn what_was_meddled_with_is_not_read() {
        let key = DataKey::from_bytes([3; 32]);
        let sealed = seal(b"hush", &key, "0123456789abcdef").unwrap();
        assert_eq!(unseal(&sealed, &key), Ok(words("hush")));
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert_eq!(unseal(&other, &key), Err(KeyError::Corrupt));
        }
        for length in 0..sealed.len() {
            assert!(unseal(&sealed[..length], &key).is_err());
        }
        assert_eq!(key_name(b"nonsense"), Err(KeyError::Corrupt));
    }
}
