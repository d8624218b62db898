//! What happens while we watch.

use crate::{Message, MessageId, Peer, PeerId, Presence};

/// One thing that changed. The telegram floor sends them in batches, in the server's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Somebody new, or new about somebody known.
    Peer(Peer),
    /// A message that was not there; also our own from another device.
    NewMessage(Message),
    /// A message has other words or media now.
    Edited(Message),
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
