//! What happens while we watch.

use crate::{FormattedText, Message, MessageId, Peer, PeerId, PollAnswer, Presence, Reaction, WebPage};

/// One thing that changed. The telegram floor sends them in batches, in the server's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Somebody new, or new about somebody known.
    Peer(Peer),
    /// A message that was not there; also our own from another device.
    NewMessage(Message),
    /// A message has other words or media now.
    Edited(Message),
    /// People feel otherwise about a message.
    Reactions {
        /// Where.
        chat: PeerId,
        /// Which message.
        message: i32,
        /// All of them, in the server's order.
        reactions: Vec<Reaction>,
        /// What is ours was not said: it stays as it was.
        min: bool,
    },
    /// People voted, or a poll was closed. The server does not say in which messages it stands.
    Poll {
        /// Its number.
        poll: i64,
        /// The answers as they are now: words as before where they are empty.
        answers: Vec<PollAnswer>,
        /// How many have voted, where it was said.
        total: Option<u32>,
        /// Nobody can vote any more; where it is `false`, nothing was said.
        closed: bool,
        /// Why the right answer of a quiz is right, where it was said.
        solution: Option<FormattedText>,
        /// What was chosen by us was not said: it stays as it was.
        min: bool,
    },
    /// It is known now what a link leads to, or `None`: to nothing that can be shown. The server does not say in which
    /// messages it stands; whether the preview is above the words stays as it was.
    Preview {
        /// Its number, as in [`WebPage::id`].
        page: i64,
        /// What it leads to.
        preview: Option<Box<WebPage>>,
    },
    /// A post was seen or passed on more often.
    Views {
        /// Where.
        chat: PeerId,
        /// Which message.
        message: i32,
        /// How often seen.
        views: Option<u32>,
        /// How often passed on.
        forwards: Option<u32>,
    },
    /// Messages are kept at the top of the chat, or not any more.
    Pinned {
        /// Where.
        chat: PeerId,
        /// Which.
        messages: Vec<i32>,
        /// They are now.
        pinned: bool,
    },
    /// What names us or was to be listened to was, by us or by the other side. Outside channels the server does not
    /// say where: `None`.
    Heard {
        /// The channel, if it was one.
        chat: Option<PeerId>,
        /// Their numbers.
        messages: Vec<i32>,
    },
    /// Messages are gone. Outside channels the server does not say from which chat: `None`.
    Deleted {
        /// The channel, if it was one.
        chat: Option<PeerId>,
        /// Their numbers.
        messages: Vec<i32>,
    },
    /// Our own pending message got its number.
    Sent {
        /// What it was until now.
        pending: MessageId,
        /// What it is.
        message: Message,
    },
    /// We read up to here, on this or another device.
    ReadInbox {
        /// Where.
        chat: PeerId,
        /// The newest message read.
        up_to: i32,
        /// How many remain, where the server said so.
        unread: Option<u32>,
    },
    /// The other side read our messages up to here.
    ReadOutbox {
        /// Where.
        chat: PeerId,
        /// The newest of ours that was read.
        up_to: i32,
    },
    /// Chats went into the archive (`true`) or came out of it into the list, here or on another device
    /// (core.telegram.org/api/folders#peer-folders).
    Archived(Vec<(PeerId, bool)>),
    /// Somebody is writing (ends by itself after 6 seconds, core.telegram.org/method/messages.setTyping).
    Typing {
        /// Where.
        chat: PeerId,
        /// Who.
        who: PeerId,
        /// They stopped.
        stopped: bool,
    },
    /// Somebody came or went.
    Presence {
        /// Who.
        who: PeerId,
        /// How.
        presence: Presence,
    },
    /// So much was missed that lists on screen must be fetched again.
    Refetch,
    /// So much was missed in this chat that what is here of it must be fetched again.
    Missed(PeerId),
}

/// How the connection stands, as people need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Connection {
    /// Trying.
    #[default]
    Connecting,
    /// Connected; fetching what was missed.
    Updating,
    /// Live.
    Online,
    /// Not reachable; tries again after so many seconds.
    Waiting(u32),
}
