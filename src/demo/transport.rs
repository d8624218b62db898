//! How packets lie in the byte stream: <https://core.telegram.org/mtproto/mtproto-transports>.
//!
//! The first bytes of a connection say which transport the client speaks; both directions then use it.

mod obfuscation;

use flate2::Crc;
use thiserror::Error;

use self::obfuscation::HEADER;
pub(crate) use self::obfuscation::Keystream;
#[cfg(test)]
pub(crate) use self::obfuscation::greet;
pub use self::obfuscation::{ProxySecret, SecretRefused};

/// The largest packet taken: 1 MiB of message, and room for headers and padding.
pub(crate) const LARGEST_PACKET: usize = 1024 * 1024 + 4096;

/// The stream is not a transport that we speak, or is damaged; the connection cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Garbage {
    #[error("a packet of {0} bytes")]
    Length(u64),
    #[error("packet out of sequence")]
    Sequence,
    #[error("checksum differs")]
    Checksum,
    #[error("a greeting that names no transport")]
    Greeting,
}

/// Which of the transports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One length byte (or four), counted in words.
    Abridged,
    /// Four length bytes.
    Intermediate,
    /// Four length bytes, up to 15 random bytes after the payload.
    Padded,
    /// Length, sequence number and checksum.
    Full,
}

/// A packet as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Payload {
    pub(crate) bytes: Vec<u8>,
    /// The client wants to hear at once that it came:
    /// <https://core.telegram.org/mtproto/mtproto-transports#quick-ack>. On a client's side: it is such a receipt.
    pub(crate) quick_ack: bool,
}

/// Takes packets out of what arrived.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    kind: Option<Kind>,
    /// What clients of a proxy know.
    secret: Option<ProxySecret>,
    incoming: Option<Keystream>,
    outgoing: Option<Keystream>,
    proxied_to: Option<i32>,
    /// Whether a length with the highest bit set is a receipt, as it is for clients.
    takes_receipts: bool,
    buffer: Vec<u8>,
    /// Where in the buffer the next packet starts.
    start: usize,
    /// The number that the next full packet must carry.
    sequence: u32,
}

impl Decoder {
    /// The server's side, which also understands clients that come as through a proxy with this secret.
    pub(crate) fn new(secret: Option<ProxySecret>) -> Self {
        Self { secret, ..Self::default() }
    }

    /// The client's side, which knows the transport from the start.
    #[cfg(test)]
    pub(crate) fn of(kind: Kind, incoming: Option<Keystream>) -> Self {
        Self { kind: Some(kind), incoming, takes_receipts: true, ..Self::default() }
    }

    /// The transport, once the first bytes have told.
    #[cfg(test)]
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Puts packets on the same stream, once the transport is known.
    pub(crate) fn encoder(&mut self) -> Option<Encoder> {
        self.kind.map(|kind| Encoder { outgoing: self.outgoing.take(), ..Encoder::new(kind) })
    }

    /// The datacenter to which a client of a proxy wants to be led.
    pub(crate) fn proxied_to(&self) -> Option<i32> {
        self.proxied_to
    }

    /// Whether a packet has begun that is not complete yet.
    pub(crate) fn is_mid_packet(&self) -> bool {
        self.start < self.buffer.len()
    }

    /// Adds what the socket gave.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let before = self.buffer.len();
        self.buffer.extend_from_slice(bytes);
        if let (Some(incoming), Some(new)) = (&mut self.incoming, self.buffer.get_mut(before..)) {
            incoming.apply(new);
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// The next whole packet, or `None` until more bytes came.
    pub(crate) fn next_packet(&mut self) -> Result<Option<Payload>, Garbage> {
        let Some(kind) = self.detect()? else { return Ok(None) };
        match kind {
            Kind::Abridged => self.next_abridged(),
            Kind::Intermediate | Kind::Padded => self.next_intermediate(),
            Kind::Full => self.next_full(),
        }
    }

    fn detect(&mut self) -> Result<Option<Kind>, Garbage> {
        if self.kind.is_none() {
            let (kind, tag) = match *self.rest() {
                [0xef, ..] => (Kind::Abridged, 1),
                [0xee, 0xee, 0xee, 0xee, ..] => (Kind::Intermediate, 4),
                [0xdd, 0xdd, 0xdd, 0xdd, ..] => (Kind::Padded, 4),
                // HTTP, and the greeting of TLS: clients must not begin like this.
                [b'G', b'E', b'T', b' ', ..]
                | [b'H', b'E', b'A', b'D', ..]
                | [b'P', b'O', b'S', b'T', ..]
                | [b'O', b'P', b'T', b'I', ..]
                | [0x16, 0x03, 0x01, 0x02, ..] => return Err(Garbage::Greeting),
                // The first packet of the full transport has the number 0.
                [_, _, _, _, 0, 0, 0, 0, ..] => (Kind::Full, 0),
                _ => return self.open(),
            };
            self.kind = Some(kind);
            self.start += tag;
        }
        Ok(self.kind)
    }

    /// The first 64 bytes of an obfuscated stream.
    fn open(&mut self) -> Result<Option<Kind>, Garbage> {
        let Some(header) = self.rest().first_chunk::<HEADER>() else { return Ok(None) };
        let mut opened = obfuscation::open(header, self.secret.as_ref()).ok_or(Garbage::Greeting)?;
        self.start += HEADER;
        if let Some(rest) = self.buffer.get_mut(self.start..) {
            opened.incoming.apply(rest);
        }
        self.kind = Some(opened.kind);
        self.proxied_to = opened.proxied_to;
        (self.incoming, self.outgoing) = (Some(opened.incoming), Some(opened.outgoing));
        Ok(self.kind)
    }

    /// Cuts `header + length` bytes off and gives those after the header.
    fn take(&mut self, header: usize, length: usize, quick_ack: bool) -> Option<Payload> {
        let bytes = self.rest().get(header..header.checked_add(length)?)?.to_vec();
        self.start += header + length;
        Some(Payload { bytes, quick_ack })
    }

    fn next_abridged(&mut self) -> Result<Option<Payload>, Garbage> {
        let Some(first) = self.rest().first().copied() else { return Ok(None) };
        let quick_ack = first & 0x80 != 0;
        if quick_ack && self.takes_receipts {
            // Turned round, so that its highest bit comes first.
            let receipt = self.take(0, 4, true);
            return Ok(receipt.map(|receipt| Payload { bytes: receipt.bytes.into_iter().rev().collect(), ..receipt }));
        }
        let (header, words) = match first & 0x7f {
            0x7f => match *self.rest() {
                [_, a, b, c, ..] => (4, u32::from_le_bytes([a, b, c, 0])),
                _ => return Ok(None),
            },
            words => (1, u32::from(words)),
        };
        let length = checked_length(u64::from(words) * 4)?;
        Ok(self.take(header, length, quick_ack))
    }

    fn next_intermediate(&mut self) -> Result<Option<Payload>, Garbage> {
        let Some(header) = self.rest().first_chunk::<4>() else { return Ok(None) };
        let header = u32::from_le_bytes(*header);
        let quick_ack = header & RECEIPT != 0;
        if quick_ack && self.takes_receipts {
            return Ok(self.take(0, 4, true));
        }
        let length = checked_length(u64::from(header & !RECEIPT))?;
        Ok(self.take(4, length, quick_ack))
    }

    fn next_full(&mut self) -> Result<Option<Payload>, Garbage> {
        let Some(header) = self.rest().first_chunk::<4>() else { return Ok(None) };
        let whole = u64::from(u32::from_le_bytes(*header));
        if whole < 12 || whole % 4 != 0 {
            return Err(Garbage::Length(whole));
        }
        let length = checked_length(whole - 12)?;
        let Some((summed, sum)) = self.rest().get(..length + 12).and_then(<[u8]>::split_last_chunk::<4>) else {
            return Ok(None);
        };
        if crc(summed) != u32::from_le_bytes(*sum) {
            return Err(Garbage::Checksum);
        }
        if summed.get(4..8) != Some(self.sequence.to_le_bytes().as_slice()) {
            return Err(Garbage::Sequence);
        }
        let bytes = summed.get(8..).unwrap_or_default().to_vec();
        self.sequence = self.sequence.wrapping_add(1);
        self.start += length + 12;
        Ok(Some(Payload { bytes, quick_ack: false }))
    }
}

/// The bit that asks for a quick acknowledgement, and that is set in one.
pub(crate) const RECEIPT: u32 = 1 << 31;

/// The bounds of every payload: a transport error is 4 bytes, the smallest message 24.
fn checked_length(length: u64) -> Result<usize, Garbage> {
    match usize::try_from(length) {
        Ok(fits) if (4..=LARGEST_PACKET).contains(&fits) => Ok(fits),
        _ => Err(Garbage::Length(length)),
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Puts packets on the stream.
#[derive(Debug)]
pub(crate) struct Encoder {
    kind: Kind,
    outgoing: Option<Keystream>,
    sequence: u32,
}

impl Encoder {
    /// An encoder at the start of a connection.
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, outgoing: None, sequence: 0 }
    }

    /// The client's side of an obfuscated stream.
    #[cfg(test)]
    pub(crate) fn obfuscated(kind: Kind, outgoing: Option<Keystream>) -> Self {
        Self { outgoing, ..Self::new(kind) }
    }

    /// The bytes to write for this payload, whose length is a multiple of four.
    pub(crate) fn packet(&mut self, payload: &[u8]) -> Vec<u8> {
        let framed = self.framed(payload);
        self.masked(framed)
    }

    /// The bytes that say at once that a packet came; the full transport has none.
    pub(crate) fn quick_ack(&mut self, token: u32) -> Vec<u8> {
        let token = token | RECEIPT;
        let bytes = match self.kind {
            Kind::Abridged => token.to_be_bytes(),
            Kind::Intermediate | Kind::Padded => token.to_le_bytes(),
            Kind::Full => return Vec::new(),
        };
        self.masked(bytes.to_vec())
    }

    /// A packet that asks for a quick acknowledgement.
    #[cfg(test)]
    pub(crate) fn packet_with_receipt(&mut self, payload: &[u8]) -> Vec<u8> {
        let mut framed = self.framed(payload);
        framed[if self.kind == Kind::Abridged { 0 } else { 3 }] |= 0x80;
        self.masked(framed)
    }

    fn masked(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        if let Some(outgoing) = &mut self.outgoing {
            outgoing.apply(&mut bytes);
        }
        bytes
    }

    fn framed(&mut self, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(payload.len() + 28);
        match self.kind {
            Kind::Abridged => match u8::try_from(length / 4) {
                Ok(words) if words < 0x7f => out.push(words),
                _ => {
                    out.push(0x7f);
                    out.extend((length / 4).to_le_bytes().iter().take(3));
                }
            },
            Kind::Intermediate => out.extend(length.to_le_bytes()),
            Kind::Padded => {
                // A short payload is a transport error and told by its length: it gets no padding.
                let padding = if length > 4 { random_padding() } else { Vec::new() };
                out.extend((length + u32::try_from(padding.len()).unwrap_or_default()).to_le_bytes());
                out.extend_from_slice(payload);
                out.extend(padding);
                return out;
            }
            Kind::Full => {
                out.extend((length + 12).to_le_bytes());
                out.extend(self.sequence.to_le_bytes());
                out.extend_from_slice(payload);
                out.extend(crc(&out).to_le_bytes());
                self.sequence = self.sequence.wrapping_add(1);
                return out;
            }
        }
        out.extend_from_slice(payload);
        out
    }
}

/// Up to three bytes. Fifteen are allowed, but Telethon takes off no more than what is beyond a multiple of four.
fn random_padding() -> Vec<u8> {
    let mut bytes = [0u8; 16];
    // Without randomness there is simply no padding; it hides lengths and guards nothing here.
    if getrandom::fill(&mut bytes).is_err() {
        return Vec::new();
    }
    let [count, random @ ..] = bytes;
    random.iter().take(usize::from(count & 0x03)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::tests::{Noise, rounds};

    fn tag(kind: Kind) -> &'static [u8] {
        match kind {
            Kind::Abridged => &[0xef],
            Kind::Intermediate => &[0xee; 4],
            Kind::Padded => &[0xdd; 4],
            Kind::Full => &[],
        }
    }

    const ALL: [Kind; 4] = [Kind::Abridged, Kind::Intermediate, Kind::Padded, Kind::Full];

    #[test]
    fn every_transport_gives_back_what_was_sent_byte_by_byte() {
        for kind in ALL {
            let mut encoder = Encoder::new(kind);
            let payloads: Vec<Vec<u8>> = [24usize, 40, 500, 508, 512, 4096, 1024 * 1024]
                .iter()
                .map(|n| (0..*n).map(|i| i as u8).collect())
                .collect();
            let mut stream = tag(kind).to_vec();
            for payload in &payloads {
                stream.extend(encoder.packet(payload));
            }
            let mut decoder = Decoder::default();
            let mut got = Vec::new();
            for piece in stream.chunks(4093) {
                // The first bytes come one at a time, so that detection is tried on every prefix.
                if got.is_empty() {
                    for byte in piece {
                        decoder.extend(&[*byte]);
                        got.extend(decoder.next_packet().unwrap().map(|payload| payload.bytes));
                    }
                } else {
                    decoder.extend(piece);
                    while let Some(packet) = decoder.next_packet().unwrap() {
                        got.push(packet.bytes);
                    }
                }
            }
            assert_eq!(decoder.kind(), Some(kind));
            assert!(!decoder.is_mid_packet());
            assert_eq!(got.len(), payloads.len(), "{kind:?}");
            for (got, sent) in got.iter().zip(&payloads) {
                let extra = got.len() - sent.len();
                assert!(extra == 0 || (kind == Kind::Padded && extra < 4));
                assert_eq!(&got[..sent.len()], &sent[..]);
            }
        }
    }

    #[test]
    fn the_client_side_of_grammers_understands_each_packet() {
        use grammers_crypto::DequeBuffer;
        use grammers_mtproto::transport::{Abridged, Full, Intermediate, Transport};
        let payload: Vec<u8> = (0..640).map(|i| i as u8).collect();
        let clients: [(Kind, Box<dyn Transport>); 3] = [
            (Kind::Abridged, Box::new(Abridged::new())),
            (Kind::Intermediate, Box::new(Intermediate::new())),
            (Kind::Full, Box::new(Full::new())),
        ];
        for (kind, mut client) in clients {
            let mut decoder = Decoder::default();
            let mut encoder = Encoder::new(kind);
            for _ in 0..3 {
                let mut buffer = DequeBuffer::with_capacity(1024, 64);
                buffer.extend(payload.iter().copied());
                client.pack(&mut buffer);
                decoder.extend(&buffer[..]);
                assert_eq!(decoder.next_packet().unwrap().unwrap().bytes, payload, "{kind:?}");
                let mut reply = encoder.packet(&payload);
                let offset = client.unpack(&mut reply).unwrap();
                assert_eq!(&reply[offset.data_range], &payload[..], "{kind:?}");
            }
        }
    }

    #[test]
    fn nonsense_lengths_are_refused_at_once() {
        for (bytes, what) in [
            (&[0xef, 0x7f, 0xff, 0xff, 0xff][..], "abridged, 64 MiB"),
            (&[0xef, 0x00], "abridged, empty"),
            (&[0xee, 0xee, 0xee, 0xee, 0, 0, 0, 0x7f], "intermediate, 2 GiB"),
            (&[0xdd, 0xdd, 0xdd, 0xdd, 0, 0, 0, 0], "padded, empty"),
            (&[8, 0, 0, 0, 0, 0, 0, 0], "full, shorter than its frame"),
            (&[0x29, 0, 0, 0, 0, 0, 0, 0], "full, not in words"),
        ] {
            let mut decoder = Decoder::default();
            decoder.extend(bytes);
            assert!(matches!(decoder.next_packet(), Err(Garbage::Length(_))), "{what}");
        }
    }

    #[test]
    fn other_protocols_are_refused_at_once() {
        for greeting in [&b"GET / HTTP/1.1\r\n"[..], b"POST", b"HEAD", b"OPTIONS", &[0x16, 3, 1, 2, 0]] {
            let mut decoder = Decoder::default();
            decoder.extend(greeting);
            assert_eq!(decoder.next_packet(), Err(Garbage::Greeting));
        }
        let mut decoder = Decoder::default();
        decoder.extend(&[7; HEADER]);
        assert_eq!(decoder.next_packet(), Err(Garbage::Greeting), "obfuscated, but naming no transport");
    }

    #[test]
    fn a_receipt_is_asked_for_and_given_in_each_transport() {
        for kind in [Kind::Abridged, Kind::Intermediate, Kind::Padded] {
            for length in [24, 2048] {
                let mut client = Encoder::new(kind);
                let mut decoder = Decoder::default();
                decoder.extend(tag(kind));
                decoder.extend(&client.packet_with_receipt(&vec![5; length]));
                decoder.extend(&client.packet(&vec![6; length]));
                assert!(decoder.next_packet().unwrap().unwrap().quick_ack, "{kind:?}");
                assert!(!decoder.next_packet().unwrap().unwrap().quick_ack, "{kind:?}");
                let mut server = decoder.encoder().unwrap();
                let mut decoder = Decoder::of(kind, None);
                decoder.extend(&server.quick_ack(0x0102_0304));
                decoder.extend(&server.packet(&[9; 24]));
                let bytes = 0x8102_0304u32.to_le_bytes().to_vec();
                assert_eq!(decoder.next_packet(), Ok(Some(Payload { bytes, quick_ack: true })), "{kind:?}");
                assert_eq!(decoder.next_packet().unwrap().unwrap().bytes[..24], [9; 24], "{kind:?}");
            }
        }
        assert_eq!(Encoder::new(Kind::Abridged).quick_ack(1), [0x80, 0, 0, 1], "the highest bit comes first");
        assert!(Encoder::new(Kind::Full).quick_ack(1).is_empty());
    }

    #[test]
    fn full_refuses_a_wrong_checksum_and_a_wrong_number() {
        let packet = Encoder::new(Kind::Full).packet(&[7; 24]);
        for at in 4..packet.len() {
            let mut damaged = packet.clone();
            damaged[at] ^= 1;
            let mut decoder = Decoder::default();
            decoder.extend(&damaged);
            // With another number than 0 the first packet is no full one at all.
            let expected = if at < 8 { Garbage::Greeting } else { Garbage::Checksum };
            assert!(matches!(decoder.next_packet(), Err(garbage) if garbage == expected) || damaged.len() < HEADER);
        }
        let mut decoder = Decoder::default();
        decoder.extend(&packet);
        decoder.extend(&packet);
        assert!(decoder.next_packet().unwrap().is_some());
        assert_eq!(decoder.next_packet(), Err(Garbage::Sequence));
    }

    #[test]
    fn random_streams_never_panic() {
        let mut noise = Noise::new(11);
        for round in 0..rounds(20_000) {
            let mut bytes = tag(ALL[round % 4]).to_vec();
            let length = noise.below(64);
            bytes.extend(noise.bytes(length));
            let mut decoder = Decoder::default();
            decoder.extend(&bytes);
            while let Ok(Some(_)) = decoder.next_packet() {}
        }
    }
}
