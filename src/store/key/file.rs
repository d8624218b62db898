//! The key in a plain file beside the data: for tests and for machines without a keyring.

use super::{DataKey, KeyError};
use crate::folder::{set_private, write_private_file};
use std::path::Path;
use zeroize::Zeroizing;

pub(super) const NAME: &str = "data.key";

pub(super) fn read(account_dir: &Path) -> Result<Option<DataKey>, KeyError> {
    let path = account_dir.join(NAME);
    match std::fs::read(&path).map(Zeroizing::new) {
        Ok(bytes) => {
            set_private(&path, 0o600)?;
            DataKey::from_slice(&bytes).map(Some).ok_or(KeyError::Corrupt)
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(KeyError::Io(e.to_string())),
    }
}

pub(super) fn write(account_dir: &Path, key: &DataKey) -> Result<(), KeyError> {
    Ok(write_private_file(&account_dir.join(NAME), key.bytes())?)
}
