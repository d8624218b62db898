//! The key that opens an account's file, and the three places where it can live.
//!
//! It is made once, at random. A key is never made anew where a file already exists: that file could never be read again.

mod file;
mod keyring;
mod passphrase;

use crate::file::DATABASE;
use crate::note;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// 32 random bytes. Wiped from memory when dropped, never printed.
#[derive(Clone)]
pub struct DataKey(Box<Zeroizing<[u8; 32]>>);

impl DataKey {
    /// A new one from the system's source of randomness.
    pub fn random() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|e| KeyError::Io(format!("no randomness from the system: {e}")))?;
        Ok(Self(Box::new(bytes)))
    }

    /// Takes given bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Box::new(Zeroizing::new(bytes)))
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_bytes(bytes.try_into().ok()?))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for DataKey {
    fn eq(&self, other: &Self) -> bool {
        // No early way out, so that the time tells nothing.
        self.bytes().iter().zip(other.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

impl Eq for DataKey {}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// Where the data key lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum KeyStorage {
    /// In the desktop's keyring.
    #[default]
    Os,
    /// In a file beside the data, wrapped with a passphrase that is asked for at every start.
    Passphrase,
    /// In a file beside the data, unprotected.
    File,
}

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no keyring on this desktop (no session bus, or nobody who offers one).
    #[error("no keyring service answers on this desktop")]
    NoService,
    /// The keyring is locked, and was not unlocked when it asked.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring did not answer in time, perhaps because its question stands unanswered on screen.
    #[error("the keyring does not answer")]
    NoAnswer,
    /// The account's file is there, but its key is not. No new one is made: it could not open the file.
    #[error("the key of this account is missing")]
    Missing,
    /// A passphrase is needed to go on.
    #[error("a passphrase is needed")]
    NeedPassphrase {
        /// It is to be chosen now, rather than to be given again.
        new: bool,
    },
    /// The passphrase does not unwrap the key.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// What was found is not a key of ours.
    #[error("the stored key is damaged")]
    Corrupt,
    /// The system refused.
    #[error("the key could not be read or saved: {0}")]
    Io(String),
}

impl From<crate::Error> for KeyError {
    fn from(error: crate::Error) -> Self {
        Self::Io(error.to_string())
    }
}

/// What is known about an account's key without asking anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// There is no account in this folder yet.
    New,
    /// There is one, and its key lives here.
    Kept(KeyStorage),
}

/// Looks into the folder of an account: is there one, and where does its key live?
pub fn status(account_dir: &Path) -> Status {
    if account_dir.join(passphrase::NAME).exists() {
        Status::Kept(KeyStorage::Passphrase)
    } else if account_dir.join(file::NAME).exists() {
        Status::Kept(KeyStorage::File)
    } else if has_store(account_dir) {
        Status::Kept(KeyStorage::Os)
    } else {
        Status::New
    }
}

/// How long the keyring may take; it may have to ask the person first.
const KEYRING_PATIENCE: Duration = Duration::from_secs(90);

/// Finds the key of the account in this folder, or makes one where there is no account yet.
///
/// `account` names the entry in the keyring and must be unique to this account. `passphrase` is only looked at for
/// [`KeyStorage::Passphrase`]; without one the answer is [`KeyError::NeedPassphrase`]. Nothing blocks the caller's thread.
pub async fn obtain(
    storage: KeyStorage,
    account_dir: &Path,
    account: &str,
    passphrase: Option<&str>,
) -> Result<DataKey, KeyError> {
    let folder = account_dir.to_owned();
    match storage {
        KeyStorage::Os => {
            let account = account.to_owned();
            aside(KEYRING_PATIENCE, move || from_keyring(&mut keyring::SecretService::connect()?, &folder, &account))
                .await
        }
        KeyStorage::Passphrase => {
            let passphrase = passphrase.map(|words| Zeroizing::new(words.to_owned()));
            aside(Duration::MAX, move || {
                from_passphrase(&folder, passphrase.as_ref().map(|words| words.as_str()), passphrase::Cost::STRONG)
            })
            .await
        }
        KeyStorage::File => aside(Duration::MAX, move || from_file(&folder)).await,
    }
}

/// Removes the key, so that nobody can read the account's file any more. That there was none is no error.
pub async fn destroy(storage: KeyStorage, account_dir: &Path, account: &str) -> Result<(), KeyError> {
    let folder = account_dir.to_owned();
    match storage {
        KeyStorage::Os => {
            use keyring::Vault;
            let account = account.to_owned();
            aside(KEYRING_PATIENCE, move || keyring::SecretService::connect()?.remove(&account)).await
        }
        KeyStorage::Passphrase => aside(Duration::MAX, move || remove(folder.join(passphrase::NAME))).await,
        KeyStorage::File => aside(Duration::MAX, move || remove(folder.join(file::NAME))).await,
    }
}

fn remove(path: PathBuf) -> Result<(), KeyError> {
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(KeyError::Io(e.to_string())),
        _ => Ok(()),
    }
}

/// An empty file holds nothing that could be lost: the program ended between making it and filling it.
fn has_store(account_dir: &Path) -> bool {
    [DATABASE, note::NAME].iter().any(|name| match std::fs::metadata(account_dir.join(name)) {
        Ok(found) => found.len() > 0,
        Err(e) => e.kind() != std::io::ErrorKind::NotFound,
    })
}

fn from_keyring(vault: &mut dyn keyring::Vault, account_dir: &Path, account: &str) -> Result<DataKey, KeyError> {
    if let Some(key) = vault.get(account)? {
        return Ok(key);
    }
    if has_store(account_dir) {
        return Err(KeyError::Missing);
    }
    let key = DataKey::random()?;
    vault.set(account, &key)?;
    // Only what can be read back is fit to lock something in.
    match vault.get(account)? {
        Some(kept) if kept == key => Ok(key),
        _ => Err(KeyError::Io("the keyring did not keep the key".into())),
    }
}

fn from_passphrase(account_dir: &Path, passphrase: Option<&str>, cost: passphrase::Cost) -> Result<DataKey, KeyError> {
    let wrapped = passphrase::read(account_dir)?;
    if wrapped.is_none() && has_store(account_dir) {
        return Err(KeyError::Missing);
    }
    let passphrase =
        passphrase.filter(|words| !words.is_empty()).ok_or(KeyError::NeedPassphrase { new: wrapped.is_none() })?;
    if let Some(wrapped) = wrapped {
        return passphrase::unwrap(&wrapped, passphrase);
    }
    let key = DataKey::random()?;
    crate::create_private_folder(account_dir)?;
    passphrase::write(account_dir, &passphrase::wrap(&key, passphrase, cost)?)?;
    Ok(key)
}

fn from_file(account_dir: &Path) -> Result<DataKey, KeyError> {
    if let Some(key) = file::read(account_dir)? {
        return Ok(key);
    }
    if has_store(account_dir) {
        return Err(KeyError::Missing);
    }
    let key = DataKey::random()?;
    crate::create_private_folder(account_dir)?;
    file::write(account_dir, &key)?;
    Ok(key)
}

/// Runs slow work on a thread of its own. A thread that never answers is left behind: a runtime's blocking thread would
/// hold up the end of the program.
pub(crate) async fn aside<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Result<T, KeyError> {
    let (done, answer) = oneshot::channel();
    std::thread::Builder::new()
        .name("key".into())
        .spawn(move || drop(done.send(work())))
        .map_err(|e| KeyError::Io(e.to_string()))?;
    match tokio::time::timeout(patience, answer).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(KeyError::Io("the key's thread ended early".into())),
        Err(_) => Err(KeyError::NoAnswer),
    }
}

#[cfg(test)]
mod tests;
