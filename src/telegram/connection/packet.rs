//! Packets on a stream: MTProto's intermediate transport (core.telegram.org/mtproto/mtproto-transports).

use super::stream::BoxStream;
use grammers_crypto::DequeBuffer;
use grammers_mtproto::transport::{Intermediate, Transport as _};
use std::io;
use std::ops::Range;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// Room to leave before the payload of a packet: transport, key and message key, salt and session, container.
const HEADROOM: usize = 8 + 24 + 16 + 24;

/// No packet is longer; the largest real ones are parts of files, of at most 1 MiB.
const LONGEST: usize = 4 << 20;

/// The least that is read at once.
const READ_AHEAD: usize = 64 << 10;

/// What ends a stream of packets.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PacketError {
    /// The stream broke.
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    /// The other side closed it.
    #[error("the server closed the connection")]
    Closed,
    /// A length that no packet has: this is no MTProto server, or something meddles.
    #[error("the server sent something that is no packet")]
    Malformed,
    /// A transport error, by its positive number: 404 key unknown, 429 too many connections, 444 wrong datacenter.
    #[error("the server refused with transport error {0}")]
    Status(u32),
}

/// An empty packet to write into.
pub(super) fn empty(capacity: usize) -> DequeBuffer<u8> {
    DequeBuffer::with_capacity(capacity, HEADROOM)
}

/// The packets that arrive.
#[derive(Default)]
pub(super) struct Inbox {
    bytes: Vec<u8>,
    start: usize,
}

impl Inbox {
    /// Reads more; how many bytes. Nothing is lost if the future is dropped.
    pub async fn fill(&mut self, from: &mut (impl AsyncRead + Unpin)) -> Result<usize, PacketError> {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        let missing = match self.length()? {
            Some(length) => (4 + length).saturating_sub(self.bytes.len()),
            None => 0,
        };
        self.bytes.reserve(missing.max(READ_AHEAD));
        match from.read_buf(&mut self.bytes).await? {
            0 => Err(PacketError::Closed),
            read => Ok(read),
        }
    }

    /// The place of the next packet, if it is there as a whole.
    pub fn take(&mut self) -> Result<Option<Range<usize>>, PacketError> {
        let Some(length) = self.length()? else { return Ok(None) };
        let from = self.start + 4;
        let range = from..from + length;
        let Some(packet) = self.bytes.get(range.clone()) else { return Ok(None) };
        if let Ok(status) = <[u8; 4]>::try_from(packet) {
            return Err(PacketError::Status(i32::from_le_bytes(status).unsigned_abs()));
        }
        self.start = range.end;
        Ok(Some(range))
    }

    /// Whether a part of a packet is here and the rest is on its way.
    pub fn is_amid_packet(&self) -> bool {
        self.start < self.bytes.len()
    }

    /// A packet by its place.
    pub fn packet(&mut self, range: Range<usize>) -> &mut [u8] {
        self.bytes.get_mut(range).unwrap_or_default()
    }

    /// The length of the packet that is next, once it is known.
    fn length(&self) -> Result<Option<usize>, PacketError> {
        let Some(head) = self.bytes.get(self.start..).and_then(|bytes| bytes.first_chunk()) else { return Ok(None) };
        let length = usize::try_from(u32::from_le_bytes(*head)).map_err(|_| PacketError::Malformed)?;
        if (4..=LONGEST).contains(&length) { Ok(Some(length)) } else { Err(PacketError::Malformed) }
    }
}

/// The packets that leave.
pub(super) struct Outbox {
    transport: Intermediate,
    bytes: Vec<u8>,
    start: usize,
}

impl Default for Outbox {
    fn default() -> Self {
        Self { transport: Intermediate::new(), bytes: Vec::new(), start: 0 }
    }
}

impl Outbox {
    /// Adds a packet.
    pub fn push(&mut self, mut packet: DequeBuffer<u8>) {
        self.transport.pack(&mut packet);
        self.bytes.extend_from_slice(packet.as_ref());
    }

    /// How many bytes wait.
    pub fn len(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// Writes what the stream takes. Nothing is lost if the future is dropped.
    pub async fn write_some(&mut self, to: &mut (impl AsyncWrite + Unpin)) -> Result<(), PacketError> {
        let waiting = self.bytes.get(self.start..).unwrap_or_default();
        if waiting.is_empty() {
            return Ok(());
        }
        let written = to.write(waiting).await?;
        if written == 0 {
            return Err(PacketError::Closed);
        }
        self.start += written;
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        }
        Ok(())
    }
}

/// A stream with its packets, one direction at a time, as the key exchange needs it.
pub(super) struct Wire {
    pub stream: BoxStream,
    pub inbox: Inbox,
    pub outbox: Outbox,
}

impl Wire {
    /// Over a fresh stream.
    pub fn new(stream: BoxStream) -> Self {
        Self { stream, inbox: Inbox::default(), outbox: Outbox::default() }
    }

    /// Sends one packet.
    pub async fn send(&mut self, packet: DequeBuffer<u8>) -> Result<(), PacketError> {
        self.outbox.push(packet);
        while self.outbox.len() > 0 {
            self.outbox.write_some(&mut self.stream).await?;
        }
        self.stream.flush().await?;
        Ok(())
    }

    /// Waits for one packet.
    pub async fn receive(&mut self) -> Result<Vec<u8>, PacketError> {
        loop {
            if let Some(range) = self.inbox.take()? {
                return Ok(self.inbox.packet(range).to_vec());
            }
            self.inbox.fill(&mut self.stream).await?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::{Noise, inputs};

    fn inbox(bytes: &[u8]) -> Inbox {
        Inbox { bytes: bytes.to_vec(), start: 0 }
    }

    #[test]
    fn packets_are_taken_one_by_one() {
        let mut outbox = Outbox::default();
        for text in [b"abcdefgh".as_slice(), b"ijklmnopqrst"] {
            let mut packet = empty(16);
            packet.extend(text);
            outbox.push(packet);
        }
        assert_eq!(outbox.bytes[..4], [0xee; 4], "the tag of the transport comes first");
        let mut inbox = inbox(&outbox.bytes[4..outbox.bytes.len() - 1]);
        let first = inbox.take().unwrap().unwrap();
        assert_eq!(inbox.packet(first), b"abcdefgh");
        assert!(inbox.take().unwrap().is_none(), "one byte is missing");
        inbox.bytes.push(b't');
        let second = inbox.take().unwrap().unwrap();
        assert_eq!(inbox.packet(second), b"ijklmnopqrst");
        assert!(inbox.take().unwrap().is_none());
    }

    #[test]
    fn transport_errors_and_nonsense_are_told_apart() {
        let status = |code: i32| [4i32.to_le_bytes(), code.to_le_bytes()].concat();
        assert!(matches!(inbox(&status(-404)).take(), Err(PacketError::Status(404))));
        assert!(matches!(inbox(&status(i32::MIN)).take(), Err(PacketError::Status(_))));
        assert!(matches!(inbox(b"HTTP/1.1 400").take(), Err(PacketError::Malformed)));
        assert!(matches!(inbox(&[0; 8]).take(), Err(PacketError::Malformed)));
        assert!(matches!(inbox(&[0xff; 8]).take(), Err(PacketError::Malformed)));
        assert!(matches!(inbox(&[4, 0]).take(), Ok(None)));
    }

    #[tokio::test]
    async fn whatever_arrives_is_taken_or_refused_within_bounds() {
        let packet = |length: u32| [&length.to_le_bytes()[..], &vec![3; length as usize]].concat();
        let sound = [packet(8), packet(40), packet(4096), packet(24)].concat();
        let mut noise = Noise(1);
        let mut taken = 0;
        for _ in 0..inputs() {
            let mut bytes = sound.clone();
            noise.damage(&mut bytes);
            let (mut inbox, mut from) = (Inbox::default(), bytes.as_slice());
            let mut whole = 0;
            loop {
                match inbox.take() {
                    Ok(Some(range)) => whole += inbox.packet(range).len() + 4,
                    Ok(None) => {
                        let part = 1 + noise.below(5000).min(from.len());
                        let mut some = from.get(..part).unwrap_or(from);
                        from = from.get(part..).unwrap_or_default();
                        if inbox.fill(&mut some).await.is_err() {
                            break;
                        }
                    }
                    Err(_) => break,
                }
                assert!(inbox.bytes.capacity() <= 2 * (LONGEST + READ_AHEAD));
            }
            assert!(whole <= bytes.len());
            taken += whole;
        }
        assert!(taken > 0);
    }

    #[tokio::test]
    async fn a_packet_in_dribs_arrives_whole() {
        let (client, mut server) = tokio::io::duplex(7);
        let mut wire = Wire::new(Box::new(client));
        let sending = tokio::spawn(async move {
            let body = vec![5u8; 100_000];
            server.write_all(&100_000u32.to_le_bytes()).await.unwrap();
            server.write_all(&body).await.unwrap();
        });
        assert_eq!(wire.receive().await.unwrap(), vec![5u8; 100_000]);
        sending.await.unwrap();
        assert!(matches!(wire.receive().await, Err(PacketError::Closed)));
    }
}
