//! What a message can carry besides text.

use crate::FileLocation;
use std::sync::Arc;

/// What a message carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    /// A picture.
    Photo(Photo),
    /// A file, shown as a row.
    Document(Document),
    /// A kind that is shown by its name only.
    Other(OtherMedia),
}

/// A picture in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// Its number; the same photo has the same one wherever it appears.
    pub id: i64,
    /// Where the size that we show is.
    pub file: FileLocation,
    /// Pixels of that size.
    pub width: u32,
    /// Pixels of that size.
    pub height: u32,
    /// A tiny blurred JPEG without its header, shown at once.
    pub stripped: Option<Arc<[u8]>>,
}

/// A file in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its number.
    pub id: i64,
    /// Where it is; `file.size` is its size in bytes.
    pub file: FileLocation,
    /// As its sender named it, not made safe; empty when unnamed.
    pub name: String,
    /// MIME type, as its sender said.
    pub mime: String,
}

/// Kinds that have no view of their own yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherMedia {
    /// Moving picture with sound.
    Video,
    /// Round video message.
    RoundVideo,
    /// Silent loop.
    Animation,
    /// Spoken message.
    Voice,
    /// Music.
    Audio,
    /// Sticker of any kind.
    Sticker,
    /// Poll or quiz.
    Poll,
    /// Somebody's phone number.
    Contact,
    /// A point on the map.
    Location,
    /// Dice and its like.
    Dice,
    /// A game.
    Game,
    /// An invoice.
    Invoice,
    /// A story.
    Story,
    /// A kind unknown to this version.
    Unknown,
}
