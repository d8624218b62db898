//! Plain values that every floor of Heliograph speaks: peers, chats, messages, text, files.
//!
//! Nothing here does I/O, knows the network or is drawn. Every value is cheap enough to clone into an
//! interface message: large byte strings are shared.

mod change;
mod chat;
mod file;
mod id;
mod media;
mod message;
mod peer;
pub mod text;

pub use change::{Change, Connection};
pub use chat::{Chat, ChatCursor, ChatPage};
pub use file::{FileKind, FileLocation, safe_file_name};
pub use id::{MessageId, PeerId};
pub use media::{Document, Media, OtherMedia, Photo};
pub use message::{Delivery, HistoryPage, Message, SendFailure, Service};
pub use peer::{Peer, PeerKind, Presence, ProfilePhoto};
pub use text::{Entity, EntityKind, FormattedText};
