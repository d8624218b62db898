//! What people feel about a message.

use crate::PeerId;
use serde::{Deserialize, Serialize};

/// One reaction to a message, and by how many (core.telegram.org/api/reactions).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reaction {
    /// Which.
    pub kind: ReactionKind,
    /// How many people.
    pub count: u32,
    /// We are among them.
    pub chosen: bool,
    /// A few of them.
    pub recent: Vec<PeerId>,
}

/// A sign of feeling.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReactionKind {
    /// An emoji.
    Emoji(String),
    /// An emoji picture, by document id.
    Custom(i64),
    /// Paid for with stars.
    Paid,
}
