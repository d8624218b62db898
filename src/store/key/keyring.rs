//! The key in the desktop's keyring.
//!
//! A store is built for every use: a failure must not be remembered, since people unlock their keyring and try again.

use super::{DataKey, KeyError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The name under which all our entries stand.
const SERVICE: &str = "Heliograph";

/// A place that keeps keys by name.
pub(super) trait Vault {
    /// The key of this name; `None` when there is none.
    fn get(&mut self, account: &str) -> Result<Option<DataKey>, KeyError>;
    /// Keeps a key under this name.
    fn set(&mut self, account: &str, key: &DataKey) -> Result<(), KeyError>;
    /// Forgets it; that there was none is no error.
    fn remove(&mut self, account: &str) -> Result<(), KeyError>;
}

/// The Secret Service of the desktop (GNOME Keyring, KWallet, KeePassXC).
pub(super) struct SecretService {
    store: Arc<zbus_secret_service_keyring_store::Store>,
}

impl SecretService {
    /// Blocks until the session bus answered.
    pub(super) fn connect() -> Result<Self, KeyError> {
        match zbus_secret_service_keyring_store::Store::new() {
            Ok(store) => Ok(Self { store }),
            Err(error) => {
                tracing::debug!(%error, "no secret service");
                Err(KeyError::NoService)
            }
        }
    }

    fn entry(&self, account: &str) -> Result<Entry, KeyError> {
        let label = format!("Heliograph account {account}");
        let modifiers = [("label", label.as_str())].into();
        self.store.build(SERVICE, account, Some(&modifiers)).map_err(translate)
    }
}

impl Vault for SecretService {
    fn get(&mut self, account: &str) -> Result<Option<DataKey>, KeyError> {
        match self.entry(account)?.get_secret().map(Zeroizing::new) {
            Ok(text) => decode(&text).map(Some),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(translate(error)),
        }
    }

    fn set(&mut self, account: &str, key: &DataKey) -> Result<(), KeyError> {
        self.entry(account)?.set_secret(encode(key).as_bytes()).map_err(translate)
    }

    fn remove(&mut self, account: &str) -> Result<(), KeyError> {
        match self.entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(translate(error)),
        }
    }
}

/// KWallet keeps text only.
fn encode(key: &DataKey) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(key.bytes()))
}

fn decode(text: &[u8]) -> Result<DataKey, KeyError> {
    let bytes = STANDARD.decode(text).map(Zeroizing::new).map_err(|_| KeyError::Corrupt)?;
    DataKey::from_slice(&bytes).ok_or(KeyError::Corrupt)
}

fn translate(error: Error) -> KeyError {
    match error {
        Error::NoStorageAccess(_) => KeyError::Locked,
        Error::NoDefaultStore => KeyError::NoService,
        // Their texts carry what was found, and that may be a secret.
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            KeyError::Corrupt
        }
        Error::PlatformFailure(source) if says_unknown_service(source.as_ref()) => KeyError::NoService,
        other => KeyError::Io(other.to_string()),
    }
}

/// The service went away between the connection and the call.
fn says_unknown_service(error: &(dyn std::error::Error + 'static)) -> bool {
    let text = format!("{error:?}");
    ["ServiceUnknown", "NameHasNoOwner", "NoReply", "Disconnected"].iter().any(|name| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_kept_as_text() {
        let key = DataKey::random().unwrap();
        let text = encode(&key);
        assert!(text.is_ascii());
        assert_eq!(decode(text.as_bytes()).unwrap(), key);
        for wrong in ["", "x", "AAAA", "!!!!"] {
            assert_eq!(decode(wrong.as_bytes()), Err(KeyError::Corrupt), "{wrong}");
        }
    }

    #[test]
    fn every_failure_of_the_keyring_has_its_own_meaning() {
        let platform = |text: &str| -> keyring_core::error::PlatformError { text.into() };
        assert_eq!(translate(Error::NoStorageAccess(platform("Prompt"))), KeyError::Locked);
        assert_eq!(translate(Error::NoDefaultStore), KeyError::NoService);
        assert_eq!(
            translate(Error::PlatformFailure(platform("org.freedesktop.DBus.Error.ServiceUnknown"))),
            KeyError::NoService
        );
        assert!(matches!(translate(Error::PlatformFailure(platform("odd"))), KeyError::Io(_)));
        assert_eq!(translate(Error::BadEncoding(b"secret".to_vec())), KeyError::Corrupt);
        assert_eq!(translate(Error::Ambiguous(Vec::new())), KeyError::Corrupt);
    }
}
