//! One socket, as the sessions on it see it: a bounded queue towards its writer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::time::timeout;

use super::Session;
use crate::wire::Message;

/// Beyond this many waiting messages or bytes the client does not read, and is cut off.
const MOST_WAITING: usize = 4096;
const MOST_WAITING_BYTES: usize = 64 * 1024 * 1024;
/// Answers are computed only while less than this waits to be written.
const ENOUGH_WAITING_BYTES: usize = 4 * 1024 * 1024;

/// Something to write.
pub(crate) enum Outgoing {
    /// To be encrypted for a session, with others in a container where that fits.
    Message(Arc<Session>, Arc<Message>),
    /// A finished packet.
    Packet(Vec<u8>),
    /// A packet has come: this is its receipt.
    QuickAck(u32),
    /// Messages that have to share one container.
    Together(Arc<Session>, Vec<Arc<Message>>),
    /// The first half of a packet, after which the connection ends.
    Truncated(Arc<Session>, Arc<Message>),
    /// So many bytes that are no packet.
    Noise(usize),
    /// A finished packet after which the connection ends.
    Last(Vec<u8>),
}

impl Outgoing {
    /// About how much memory it holds.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Message(_, message) | Self::Truncated(_, message) => message.body.len() + 64,
            Self::Together(_, messages) => messages.iter().map(|message| message.body.len() + 64).sum(),
            Self::Noise(length) => *length,
            Self::Packet(packet) | Self::Last(packet) => packet.len(),
            Self::QuickAck(_) => 4,
        }
    }
}

/// The sending side of one socket.
pub(crate) struct Line {
    queue: mpsc::Sender<Outgoing>,
    waiting: AtomicUsize,
    written: Notify,
    ended: watch::Sender<bool>,
}

impl Line {
    /// A line, and the end from which its writer takes.
    pub(crate) fn new() -> (Arc<Self>, mpsc::Receiver<Outgoing>) {
        let (queue, receiver) = mpsc::channel(MOST_WAITING);
        let line =
            Self { queue, waiting: AtomicUsize::new(0), written: Notify::new(), ended: watch::Sender::new(false) };
        (Arc::new(line), receiver)
    }

    /// Queues something; `false` when the line has ended, or ends now since its client takes nothing off.
    pub(crate) fn send(&self, outgoing: Outgoing) -> bool {
        if self.has_ended() {
            return false;
        }
        let weight = outgoing.weight();
        let waiting = self.waiting.fetch_add(weight, Ordering::Relaxed);
        if waiting > MOST_WAITING_BYTES || self.queue.try_send(outgoing).is_err() {
            self.end();
            return false;
        }
        true
    }

    /// The writer has got rid of this much.
    pub(crate) fn wrote(&self, weight: usize) {
        self.waiting.fetch_sub(weight, Ordering::Relaxed);
        self.written.notify_waiters();
    }

    /// Waits until the client has taken most of what was sent, or the line has ended.
    pub(crate) async fn room(&self) {
        while self.waiting.load(Ordering::Relaxed) > ENOUGH_WAITING_BYTES && !self.has_ended() {
            // The pause covers a write between the look and the wait.
            let _ = timeout(Duration::from_millis(50), self.written.notified()).await;
        }
    }

    /// Ends the connection.
    pub(crate) fn end(&self) {
        self.ended.send_replace(true);
    }

    /// Whether nothing will be sent any more.
    pub(crate) fn has_ended(&self) -> bool {
        *self.ended.borrow()
    }

    /// Resolves once the line has ended.
    pub(crate) async fn ended(&self) {
        // The sender lives in self, so that this cannot fail.
        let _ = self.ended.subscribe().wait_for(|ended| *ended).await;
    }
}
