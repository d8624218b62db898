//! Messages.

use crate::{FormattedText, Media, MessageId, Peer, PeerId};

/// One message of a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its place in the chat.
    pub id: MessageId,
    /// The chat it stands in.
    pub chat: PeerId,
    /// Who wrote it; in a broadcast channel the channel itself.
    pub sender: PeerId,
    /// Written by the signed-in person (on any device).
    pub outgoing: bool,
    /// When, in Unix seconds by the server's clock.
    pub date: i64,
    /// When it was last changed, in Unix seconds.
    pub edited: Option<i64>,
    /// Its words; the caption where there is media.
    pub text: FormattedText,
    /// What else it carries.
    pub media: Option<Media>,
    /// Says that something happened, rather than words of somebody.
    pub service: Option<Service>,
    /// The message of the same chat that it answers.
    pub reply_to: Option<i32>,
    /// How far our own message got. What others wrote is `Sent`.
    pub delivery: Delivery,
}

/// How far a message of our own got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// On its way.
    Sending,
    /// The server has it.
    Sent,
    /// It did not go out; its words are kept.
    Failed(SendFailure),
}

/// Why a message did not go out, in kinds that people can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// No connection.
    Offline,
    /// Too many messages; seconds to wait.
    Wait(u32),
    /// We may not write here.
    NotAllowed,
    /// The server refused it.
    Refused,
}

/// Things that happen in a chat (core.telegram.org/type/MessageAction), as far as they have words of their own.
#[derive(Clone, Debug, PartialEq)]
pub enum Service {
    /// The group or channel began; its title.
    Created(String),
    /// New title.
    Renamed(String),
    /// New photo.
    PhotoChanged,
    /// These came in (the sender brought them, or came by themselves).
    Joined(Vec<PeerId>),
    /// One left or was removed.
    Left(PeerId),
    /// A message was pinned.
    Pinned,
    /// A person has joined Telegram.
    ContactSignedUp,
    /// A call.
    Call,
    /// Something that this version has no words for.
    Other,
}

/// A piece of a chat's history.
#[derive(Clone, Debug, Default)]
pub struct HistoryPage {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Everyone whom they name.
    pub peers: Vec<Peer>,
    /// There is nothing older than the first of them.
    pub complete: bool,
}
