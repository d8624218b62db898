//! Plain values that every floor of Heliograph speaks: peers, chats, messages, text, files.
//!
//! Nothing here does I/O, knows the network or is drawn. Every value is cheap enough to clone into an
//! interface message: large byte strings are shared.

mod button;
mod change;
mod chat;
mod file;
mod folder;
mod id;
mod media;
mod message;
mod peer;
mod reaction;
mod service;
pub mod text;

pub use button::{Button, ButtonAction, ButtonAnswer, Buttons};
pub use change::{Change, Connection};
pub use chat::{Chat, ChatCursor, ChatPage};
pub use file::{FileKind, FileLocation, safe_file_name};
pub use folder::Folder;
pub use id::{MessageId, PeerId};
pub use media::{
    Audio, Contact, Dice, Document, Location, Media, OtherMedia, Photo, Poll, PollAnswer, Sticker, StickerKind,
    Thumbnail, Video, VideoKind, Voice, WebPage,
};
pub use message::{Comments, Delivery, Forward, HistoryPage, Message, Messages, Place, Reply, SendFailure};
pub use peer::{Peer, PeerKind, Presence, ProfilePhoto, has_initials, initials};
pub use reaction::{Reaction, ReactionKind};
pub use service::Service;
pub use text::{Entity, EntityKind, FormattedText};
