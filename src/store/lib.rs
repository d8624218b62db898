//! What Heliograph keeps on disk: one encrypted file an account, and the key that opens it.
//!
//! [`key`] finds or makes the [`DataKey`] (in the desktop's keyring, under a passphrase, or in a plain file);
//! [`Store`] is the SQLCipher database that this key opens. Nothing here knows the network or is drawn.

mod changes;
mod chats;
mod drafts;
mod encoding;
mod error;
mod file;
mod folder;
mod folders;
mod history;
mod ingest;
mod journal;
pub mod key;
mod kind;
mod media;
mod memory;
mod migrations;
mod note;
mod outbox;
mod people;
mod pinned;
mod places;
mod ranges;
mod search;
mod session;
mod settings;
mod start;
mod tally;
mod transfers;

pub use chats::{ListedChats, StoredChats};
pub use drafts::{Draft, Drafts};
pub use error::Error;
pub use file::Store;
pub use folder::{create_private_folder, write_private_file};
pub use history::{Expired, StoredPage};
pub use journal::Mark;
pub use key::{DataKey, KeyError, KeyStorage};
pub use kind::{Kind, has_link};
pub use media::{Clear, Limits, Picture, PictureKind, Storage, Used, files};
pub use migrations::STEPS as SCHEMA;
pub use note::Note;
pub use outbox::{Outgoing, Progress, Task};
pub use people::FoundPeers;
pub use places::ScrollPlace;
pub use ranges::{NOW, Ranges, Stretch};
pub use search::wording::{Fit, Wording};
pub use search::{Found, Hit, Search};
pub use session::{AuthKey, Batch, Datacenter, HOME_DATACENTER, Session, StoredPeer, UpdateState};
pub use start::Start;
pub use tally::Tally;
pub use transfers::{Parts, Purpose, Transfer, Transferring, Unfinished, Wish};
