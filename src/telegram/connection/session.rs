//! An encrypted MTProto session without I/O: packs messages into packets, and packets into what they mean.
//!
//! `grammers_mtproto::mtp::Encrypted` does the same, but it panics on what a server may send (a foreign session, a
//! message of a megabyte), lets no request out on a new connection before it has fetched salts (a round trip more
//! after every reconnect), hides `new_session_created` (by which missed updates are known) and leaves out the checks
//! of core.telegram.org/mtproto/security_guidelines. So this is our own, over the cipher of `grammers_crypto`.

mod incoming;
mod seen;

use super::packet::empty;
use grammers_crypto::{AuthKey, DequeBuffer, decrypt_data_v2, encrypt_data_v2};
use grammers_tl_types::{Serializable as _, enums, types};
pub(super) use incoming::Incoming;
use seen::Seen;
use std::collections::VecDeque;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// msg_container, which the TL generator leaves to be written by hand.
const MSG_CONTAINER: u32 = 0x73f1_f8dc;

/// So many messages fit into a container; servers refuse many more.
pub(super) const MOST_IN_CONTAINER: usize = 100;

/// A packet is sealed once it has so many bytes.
pub(super) const FULL_PACKET: usize = 512 << 10;

/// So many containers are remembered, for the case that the server refuses one as a whole.
const REMEMBERED_CONTAINERS: usize = 64;

/// How far from our time the server's messages may be (core.telegram.org/mtproto/description).
const TOO_OLD: i64 = 300;
const TOO_NEW: i64 = 30;

/// In a session this young nothing can be an old copy, whatever its time says: our clock is wrong then.
const YOUNG: Duration = Duration::from_secs(60);

/// What makes a session unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SessionError {
    /// Not encrypted with our key, or damaged.
    #[error("a packet cannot be decrypted")]
    Undecryptable,
    /// Decrypted, but not as the protocol wants it.
    #[error("the server broke the protocol: {0}")]
    Malformed(&'static str),
    /// The clocks went apart while the session was open.
    #[error("the server's clock and ours went apart")]
    Clock,
}

/// Our time since 1970.
pub(super) fn unix_now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Our time in unix seconds.
pub(super) fn unix_seconds() -> i64 {
    i64::try_from(unix_now().as_secs()).unwrap_or(i64::MAX)
}

/// One session over one connection.
pub(super) struct Session {
    key: AuthKey,
    id: i64,
    salt: i64,
    time_offset: i32,
    /// When it began, and the server's time then.
    began: (Instant, i64),
    /// Twice the number of our messages that want an acknowledgement.
    sequence: i32,
    last_id: i64,
    /// Messages of the server that must be acknowledged.
    unacknowledged: Vec<i64>,
    /// Service messages that leave with the next packet, and whether they want an acknowledgement.
    errands: Vec<(Vec<u8>, bool)>,
    seen: Seen,
    containers: VecDeque<(i64, Vec<i64>)>,
}

/// A packet that is being filled.
pub(super) struct Packet {
    buffer: DequeBuffer<u8>,
    messages: i32,
    /// Those whose fate the caller follows.
    followed: Vec<i64>,
}

impl Packet {
    /// Whether no further message should be added.
    pub fn is_full(&self) -> bool {
        self.buffer.len() >= FULL_PACKET || self.followed.len() >= MOST_IN_CONTAINER
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.messages == 0
    }
}

impl Session {
    /// A new session under a key. `None` without randomness from the system.
    pub fn new(key: &heliograph_store::AuthKey, salt: i64, time_offset: i32) -> Option<Self> {
        let id = i64::from_le_bytes(getrandom::u64().ok()?.to_le_bytes());
        Some(Self {
            key: AuthKey::from_bytes(*key.bytes()),
            id,
            salt,
            time_offset,
            began: (Instant::now(), unix_seconds() + i64::from(time_offset)),
            sequence: 0,
            last_id: 0,
            unacknowledged: Vec::new(),
            errands: Vec::new(),
            seen: Seen::default(),
            containers: VecDeque::new(),
        })
    }

    /// The salt that is used now.
    pub fn salt(&self) -> i64 {
        self.salt
    }

    /// Server time minus ours, in seconds.
    pub fn time_offset(&self) -> i32 {
        self.time_offset
    }

    /// How many acknowledgements and service messages wait for a packet to leave with.
    pub fn errands(&self) -> usize {
        self.unacknowledged.len() + self.errands.len()
    }

    /// A packet to fill; acknowledgements and service messages that wait are in it.
    pub fn begin(&mut self) -> Packet {
        let mut packet = Packet { buffer: empty(1024), messages: 0, followed: Vec::new() };
        if !self.unacknowledged.is_empty() {
            let msg_ids = std::mem::take(&mut self.unacknowledged);
            let body = enums::MsgsAck::Ack(types::MsgsAck { msg_ids }).to_bytes();
            self.write(&mut packet, &[], &body, false);
        }
        for (body, wants_acknowledgement) in std::mem::take(&mut self.errands) {
            self.write(&mut packet, &[], &body, wants_acknowledgement);
        }
        packet
    }

    /// Adds a request, given in two parts; its message number, by which the answer will name it.
    pub fn add(&mut self, packet: &mut Packet, head: &[u8], body: &[u8]) -> i64 {
        let id = self.write(packet, head, body, true);
        packet.followed.push(id);
        id
    }

    /// Closes and encrypts a packet.
    pub fn seal(&mut self, packet: Packet) -> DequeBuffer<u8> {
        let Packet { mut buffer, messages, followed } = packet;
        if messages > 1 {
            let id = self.next_id();
            let length = i32::try_from(buffer.len() + 8).unwrap_or(i32::MAX);
            let mut head = Vec::with_capacity(24);
            id.serialize(&mut head);
            self.next_sequence(false).serialize(&mut head);
            length.serialize(&mut head);
            MSG_CONTAINER.serialize(&mut head);
            messages.serialize(&mut head);
            buffer.extend_front(&head);
            if self.containers.len() >= REMEMBERED_CONTAINERS {
                self.containers.pop_front();
            }
            self.containers.push_back((id, followed));
        }
        let mut head = [0; 16];
        let (salt, session) = head.split_at_mut(8);
        salt.copy_from_slice(&self.salt.to_le_bytes());
        session.copy_from_slice(&self.id.to_le_bytes());
        buffer.extend_front(&head);
        encrypt_data_v2(&mut buffer, &self.key);
        buffer
    }

    /// Decrypts a packet, in place, and says what was in it. A packet of another session is no error: the server may
    /// still be answering what we asked before a reconnect.
    pub fn open(&mut self, packet: &mut [u8]) -> Result<Vec<Incoming>, SessionError> {
        let plain = decrypt_data_v2(packet, &self.key).map_err(|_| SessionError::Undecryptable)?;
        let plain: &[u8] = plain;
        let cut = SessionError::Malformed("a packet is too short");
        let (_salt, rest) = plain.split_first_chunk::<8>().ok_or(cut)?;
        let (session, rest) = rest.split_first_chunk::<8>().ok_or(cut)?;
        if i64::from_le_bytes(*session) != self.id {
            return Ok(Vec::new());
        }
        let (message, padding) = incoming::Message::read(rest)?;
        if !(12..=1024).contains(&padding.len()) {
            return Err(SessionError::Malformed("the padding has a wrong length"));
        }
        let mut found = Vec::new();
        self.take_in(&message, &mut found, 0)?;
        Ok(found)
    }

    fn write(&mut self, packet: &mut Packet, head: &[u8], body: &[u8], wants_acknowledgement: bool) -> i64 {
        let id = self.next_id();
        let length = i32::try_from(head.len() + body.len()).unwrap_or(i32::MAX);
        id.serialize(&mut packet.buffer);
        self.next_sequence(wants_acknowledgement).serialize(&mut packet.buffer);
        length.serialize(&mut packet.buffer);
        packet.buffer.extend(head);
        packet.buffer.extend(body);
        packet.messages += 1;
        id
    }

    /// Server time in unix seconds times 2^32, rising by at least 4.
    fn next_id(&mut self) -> i64 {
        let now = unix_now();
        let seconds = i64::try_from(now.as_secs()).unwrap_or(0) + i64::from(self.time_offset);
        let id = (seconds << 32) | (i64::from(now.subsec_nanos()) << 2);
        self.last_id = id.max(self.last_id + 4);
        self.last_id
    }

    fn next_sequence(&mut self, wants_acknowledgement: bool) -> i32 {
        if wants_acknowledgement {
            self.sequence = self.sequence.wrapping_add(2);
            self.sequence.wrapping_sub(1)
        } else {
            self.sequence
        }
    }

    /// Whether a message of the server has a time that can be true. A wall clock that was set wrong and a machine
    /// that slept (where the other clock stood still) each leave one of our two clocks right.
    fn check_time(&mut self, message: i64) -> Result<(), SessionError> {
        let theirs = message >> 32;
        let (began, server_then) = self.began;
        let age = began.elapsed();
        let wall = unix_seconds() + i64::from(self.time_offset);
        let steady = server_then + i64::try_from(age.as_secs()).unwrap_or(i64::MAX >> 1);
        let plausible = |ours: i64| (ours - TOO_OLD..=ours + TOO_NEW).contains(&theirs);
        if plausible(wall) || plausible(steady) {
            return Ok(());
        }
        if age < YOUNG {
            self.set_clock(message);
            return Ok(());
        }
        Err(SessionError::Clock)
    }

    /// Takes over the server's time from the number of one of its messages.
    fn set_clock(&mut self, message: i64) {
        let theirs = message >> 32;
        self.time_offset = i32::try_from(theirs - unix_seconds()).unwrap_or(0);
        self.began = (Instant::now(), theirs);
    }

    /// The messages that were refused with this number: those of a container, or just this one.
    fn refused(&self, id: i64) -> Vec<i64> {
        let container = self.containers.iter().find(|(container, _)| *container == id);
        container.map_or_else(|| vec![id], |(_, messages)| messages.clone())
    }
}

#[cfg(test)]
mod tests;
