//! What Heliograph keeps on disk: one encrypted file an account, and the key that opens it.
//!
//! [`key`] finds or makes the [`DataKey`] (in the desktop's keyring, under a passphrase, or in a plain file);
//! [`Store`] is the SQLCipher database that this key opens. Nothing here knows the network or is drawn.

mod error;
mod file;
mod folder;
pub mod key;
mod migrations;
mod session;

pub use error::Error;
pub use file::Store;
pub use folder::{create_private_folder, write_private_file};
pub use key::{DataKey, KeyError, KeyStorage};
pub use session::{AuthKey, Batch, Datacenter, HOME_DATACENTER, Session, StoredPeer, UpdateState};
