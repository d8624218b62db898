//! Rows of the chat list.

use crate::{Message, Peer, PeerId};
use serde::{Deserialize, Serialize};

/// One row of the chat list ("dialog" in the API's words).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    /// With whom or in what.
    pub id: PeerId,
    /// Its newest message.
    pub last: Option<Message>,
    /// Messages not read yet.
    pub unread: u32,
    /// Of these, mentions of us.
    pub mentions: u32,
    /// Messages of ours with reactions that we did not see yet.
    #[serde(default)]
    pub reactions: u32,
    /// The newest message that we have read.
    pub read_inbox: i32,
    /// The newest of our own that the other side has read.
    pub read_outbox: i32,
    /// Kept at the top.
    pub pinned: bool,
    /// Makes no sound.
    pub muted: bool,
}

impl Chat {
    /// The time the list is ordered by, newest first, in Unix seconds.
    pub fn date(&self) -> i64 {
        self.last.as_ref().map_or(0, |message| message.date)
    }
}

/// Where the next page of the chat list begins (core.telegram.org/api/offsets).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatCursor {
    /// Date of the last row's newest message, Unix seconds.
    pub date: i64,
    /// Number of that message.
    pub message: i32,
    /// The last row.
    pub peer: PeerId,
}

/// A piece of the chat list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChatPage {
    /// In the server's order: pinned first, then newest first.
    pub chats: Vec<Chat>,
    /// Everyone whom they name.
    pub peers: Vec<Peer>,
    /// Where the next page begins; `None` at the end of the list.
    pub next: Option<ChatCursor>,
}
