//! Obfuscated streams: <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
//!
//! 64 bytes of noise come first. Keys for both directions lie in them, and, masked with them, which transport follows.
//! A client that believes to speak to an MTProxy mixes the proxy's secret into the keys and names a datacenter.

use std::fmt;
use std::str::FromStr;

use grammers_crypto::ObfuscatedCipher;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::Kind;

/// How many bytes come first.
pub(super) const HEADER: usize = 64;

/// The secret of an MTProxy, as its users write it: 32 hexadecimal digits, `dd` before them where only the padded
/// transport is taken.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxySecret {
    bytes: [u8; 16],
    only_padded: bool,
}

/// That is no secret of a proxy that we can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a proxy's secret is 32 hexadecimal digits, with or without dd before them")]
pub struct SecretRefused;

impl FromStr for ProxySecret {
    type Err = SecretRefused;

    fn from_str(text: &str) -> Result<Self, SecretRefused> {
        let text = text.trim();
        if !text.is_ascii() {
            return Err(SecretRefused);
        }
        let (only_padded, digits) = match text.len() {
            32 => (false, text),
            34 => (true, text.strip_prefix("dd").or_else(|| text.strip_prefix("DD")).ok_or(SecretRefused)?),
            _ => return Err(SecretRefused),
        };
        let mut bytes = [0u8; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| SecretRefused)?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(SecretRefused);
            }
            *byte = u8::from_str_radix(pair, 16).map_err(|_| SecretRefused)?;
        }
        Ok(Self { bytes, only_padded })
    }
}

impl fmt::Debug for ProxySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProxySecret")
    }
}

/// AES-256-CTR over one direction.
pub(crate) struct Keystream(ObfuscatedCipher);

impl fmt::Debug for Keystream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keystream")
    }
}

impl Keystream {
    /// The stream of the key in these bytes.
    fn new(header: &[u8; HEADER], secret: Option<&ProxySecret>) -> Self {
        let mut header = *header;
        if let (Some(secret), Some(key)) = (secret, header.get_mut(8..40)) {
            let mixed: [u8; 32] = Sha256::new().chain_update(&key).chain_update(secret.bytes).finalize().into();
            key.copy_from_slice(&mixed);
        }
        Self(ObfuscatedCipher::new(&header))
    }

    /// Masks or unmasks what comes next.
    pub(crate) fn apply(&mut self, bytes: &mut [u8]) {
        self.0.encrypt(bytes);
    }
}

/// What the first bytes said.
pub(super) struct Opened {
    pub(super) kind: Kind,
    /// The datacenter, where a proxy was meant.
    pub(super) proxied_to: Option<i32>,
    pub(super) incoming: Keystream,
    pub(super) outgoing: Keystream,
}

/// Reads the first bytes of a client: as ours, else as for a proxy with this secret.
pub(super) fn open(header: &[u8; HEADER], secret: Option<&ProxySecret>) -> Option<Opened> {
    attempt(header, None).or_else(|| attempt(header, Some(secret?)))
}

fn attempt(header: &[u8; HEADER], secret: Option<&ProxySecret>) -> Option<Opened> {
    let mut incoming = Keystream::new(header, secret);
    let mut plain = *header;
    incoming.apply(&mut plain);
    let (tag, rest) = plain.get(56..)?.split_first_chunk::<4>()?;
    let kind = match tag {
        [0xef, 0xef, 0xef, 0xef] => Kind::Abridged,
        [0xee, 0xee, 0xee, 0xee] => Kind::Intermediate,
        [0xdd, 0xdd, 0xdd, 0xdd] => Kind::Padded,
        _ => return None,
    };
    if secret.is_some_and(|secret| secret.only_padded) && kind != Kind::Padded {
        return None;
    }
    // Only a proxy looks at it. Test datacenters count from 10000, those for media are negative.
    let named = rest.first_chunk::<2>().map(|dc| i32::from(i16::from_le_bytes(*dc)).abs() % 10_000);
    let mut turned = *header;
    turned.reverse();
    let proxied_to = secret.and(named);
    Some(Opened { kind, proxied_to, incoming, outgoing: Keystream::new(&turned, secret) })
}

/// A client's first bytes, and its streams in and out.
#[cfg(test)]
pub(crate) fn greet(kind: Kind, secret: Option<&ProxySecret>, dc: i16) -> ([u8; HEADER], Keystream, Keystream) {
    let tag: u8 = match kind {
        Kind::Abridged => 0xef,
        Kind::Intermediate => 0xee,
        Kind::Padded | Kind::Full => 0xdd,
    };
    let mut header = [0u8; HEADER];
    getrandom::fill(&mut header).unwrap();
    // Nothing that begins like another transport.
    (header[0], header[4]) = (1, 1);
    header[56..60].fill(tag);
    header[60..62].copy_from_slice(&dc.to_le_bytes());
    let mut turned = header;
    turned.reverse();
    let mut outgoing = Keystream::new(&header, secret);
    let mut masked = header;
    outgoing.apply(&mut masked);
    header[56..].copy_from_slice(&masked[56..]);
    // The keys lie before the masked part in this direction, and after it in the other.
    let mut sent = header;
    sent.reverse();
    (header, Keystream::new(&sent, secret), outgoing)
}

#[cfg(test)]
mod tests {
    use super::super::{Decoder, Encoder, Garbage};
    use super::*;

    const KINDS: [Kind; 3] = [Kind::Abridged, Kind::Intermediate, Kind::Padded];

    fn secret(text: &str) -> ProxySecret {
        text.parse().unwrap()
    }

    #[test]
    fn secrets_are_read_as_their_users_write_them() {
        let plain = secret("000102030405060708090a0b0c0d0e0f");
        assert_eq!((plain.bytes[15], plain.only_padded), (15, false));
        let padded = secret("dd000102030405060708090A0B0C0D0E0F");
        assert_eq!((padded.bytes, padded.only_padded), (plain.bytes, true));
        for wrong in ["", "00", "ee000102030405060708090a0b0c0d0e0f", "+00102030405060708090a0b0c0d0e0f", "\u{e4}"] {
            assert_eq!(wrong.parse::<ProxySecret>(), Err(SecretRefused), "{wrong}");
        }
        assert_eq!(format!("{plain:?}"), "ProxySecret", "never printed");
    }

    #[test]
    fn both_directions_are_masked_in_every_transport_with_and_without_a_secret() {
        let known = secret("dd000102030405060708090a0b0c0d0e0f");
        for kind in KINDS {
            for with in [None, Some(&known)] {
                if with.is_some() && kind != Kind::Padded {
                    continue;
                }
                let (header, incoming, outgoing) = greet(kind, with, -2);
                let mut client = Encoder::obfuscated(kind, Some(outgoing));
                let mut stream = header.to_vec();
                stream.extend(client.packet(&[1; 40]));
                stream.extend(client.packet(&[2; 4000]));
                let mut server = Decoder::new(Some(known.clone()));
                let mut got = Vec::new();
                for piece in stream.chunks(7) {
                    server.extend(piece);
                    while let Some(packet) = server.next_packet().unwrap() {
                        got.push(packet.bytes);
                    }
                }
                assert_eq!(server.kind(), Some(kind));
                assert_eq!(server.proxied_to(), with.map(|_| 2), "only a proxy is told where to");
                assert_eq!((&got[0][..40], &got[1][..4000]), (&[1; 40][..], &[2; 4000][..]));
                let mut encoder = server.encoder().unwrap();
                let mut client = Decoder::of(kind, Some(incoming));
                let sent = encoder.packet(&[3; 40]);
                assert!(!sent.windows(8).any(|part| part == [3; 8]), "masked");
                client.extend(&sent);
                client.extend(&encoder.packet(&[4; 400]));
                assert_eq!(client.next_packet().unwrap().unwrap().bytes[..40], [3; 40]);
                assert_eq!(client.next_packet().unwrap().unwrap().bytes[..400], [4; 400]);
            }
        }
    }

    #[test]
    fn grammers_obfuscated_streams_are_understood() {
        use grammers_crypto::DequeBuffer;
        use grammers_mtproto::transport::{Abridged, Intermediate, Obfuscated, Transport};
        let payload: Vec<u8> = (0..640).map(|i| i as u8).collect();
        let clients: [(Kind, Box<dyn Transport>); 2] = [
            (Kind::Abridged, Box::new(Obfuscated::new(Abridged::new()))),
            (Kind::Intermediate, Box::new(Obfuscated::new(Intermediate::new()))),
        ];
        for (kind, mut client) in clients {
            let mut decoder = Decoder::new(None);
            let mut encoder = None;
            for _ in 0..3 {
                let mut buffer = DequeBuffer::with_capacity(1024, 128);
                buffer.extend(payload.iter().copied());
                client.pack(&mut buffer);
                decoder.extend(&buffer[..]);
                assert_eq!(decoder.next_packet().unwrap().unwrap().bytes, payload, "{kind:?}");
                let encoder = encoder.get_or_insert_with(|| decoder.encoder().unwrap());
                let mut reply = encoder.packet(&payload);
                let offset = client.unpack(&mut reply).unwrap();
                assert_eq!(&reply[offset.data_range], &payload[..], "{kind:?}");
            }
        }
    }

    #[test]
    fn another_secret_or_a_transport_that_it_forbids_is_refused() {
        let known = secret("dd000102030405060708090a0b0c0d0e0f");
        let other = secret("dd100102030405060708090a0b0c0d0e0f");
        for (kind, with, of) in [
            (Kind::Padded, &other, Some(&known)),
            (Kind::Padded, &other, None),
            (Kind::Abridged, &known, Some(&known)),
            (Kind::Intermediate, &known, Some(&known)),
        ] {
            let (header, ..) = greet(kind, Some(with), 2);
            let mut decoder = Decoder::new(of.cloned());
            decoder.extend(&header);
            assert_eq!(decoder.next_packet(), Err(Garbage::Greeting));
        }
        let plain = secret("000102030405060708090a0b0c0d0e0f");
        for kind in KINDS {
            let (header, ..) = greet(kind, Some(&plain), 2);
            let mut decoder = Decoder::new(Some(plain.clone()));
            decoder.extend(&header);
            assert_eq!(decoder.next_packet(), Ok(None));
            assert_eq!(decoder.kind(), Some(kind), "a plain secret takes all of them");
        }
    }
}
