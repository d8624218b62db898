//! Streams to MTProto proxies (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation): everything masked
//! with keys that the proxy's secret is mixed into, in packets with noise at their end, on request inside of what looks
//! like TLS.
//!
//! The lane writes and reads packets of the intermediate transport; a task between it and the socket translates.

use super::hello;
use super::secret::{Disguise, ProxySecret};
use crate::connection::stream::BoxStream;
use grammers_crypto::ObfuscatedCipher;
use sha2::{Digest as _, Sha256};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, ReadHalf, duplex};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

/// The bytes that come first.
pub(super) const HEADER: usize = 64;
/// The transport with padding, by its mark in them.
const PADDED: [u8; 4] = [0xdd; 4];
/// What the intermediate transport of the lane begins with.
const INTERMEDIATE: [u8; 4] = [0xee; 4];
/// No packet is longer; the lane says so, too.
const LONGEST: usize = 4 << 20;
/// Between the lane and the socket.
const BETWEEN: usize = 64 << 10;
/// The longest record of TLS.
const RECORD: usize = 16 << 10;

/// Greets the proxy, and has it connect to this datacenter (negative: for files; from 10,000: test servers).
pub(super) async fn through(mut socket: TcpStream, secret: &ProxySecret, dc: i16) -> io::Result<BoxStream> {
    let tls = match &secret.disguise {
        Disguise::Tls(site) => {
            hello::greet(&mut socket, &secret.key, site).await?;
            true
        }
        Disguise::None | Disguise::Padded => false,
    };
    let (header, outgoing, incoming) = greeting(&secret.key, dc)?;
    let (near, far) = duplex(BETWEEN);
    let (from_lane, to_lane) = tokio::io::split(near);
    let (from_proxy, to_proxy) = socket.into_split();
    let out = Outgoing { from: from_lane, to: to_proxy, mask: outgoing, tls, pending: header.to_vec(), greeted: false };
    let back = Incoming::new(from_proxy, to_lane, incoming, tls);
    tokio::spawn(async move {
        // Whichever ends first ends the stream: the lane sees it closed.
        let ended = tokio::select! {
            ended = out.run() => ended,
            ended = back.run() => ended,
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "the stream through a proxy ended");
        }
    });
    Ok(Box::new(far))
}

/// One direction of the mask.
pub(super) struct Mask(ObfuscatedCipher);

impl Mask {
    pub(super) fn new(header: &[u8; HEADER], key: &[u8; 16]) -> Self {
        let mut mixed = *header;
        if let Some(place) = mixed.get_mut(8..40) {
            let digest: [u8; 32] = Sha256::new().chain_update(&place).chain_update(key).finalize().into();
            place.copy_from_slice(&digest);
        }
        Self(ObfuscatedCipher::new(&mixed))
    }

    pub(super) fn apply(&mut self, bytes: &mut [u8]) {
        self.0.encrypt(bytes);
    }
}

/// The first bytes, and the masks for what leaves and what arrives.
fn greeting(key: &[u8; 16], dc: i16) -> io::Result<([u8; HEADER], Mask, Mask)> {
    let mut header = noise()?;
    if let Some(place) = header.get_mut(56..60) {
        place.copy_from_slice(&PADDED);
    }
    if let Some(place) = header.get_mut(60..62) {
        place.copy_from_slice(&dc.to_le_bytes());
    }
    let mut turned = header;
    turned.reverse();
    let mut outgoing = Mask::new(&header, key);
    let mut masked = header;
    outgoing.apply(&mut masked);
    if let (Some(place), Some(end)) = (header.get_mut(56..), masked.get(56..)) {
        place.copy_from_slice(end);
    }
    Ok((header, outgoing, Mask::new(&turned, key)))
}

/// Bytes that begin like nothing that is known.
fn noise() -> io::Result<[u8; HEADER]> {
    loop {
        let mut bytes = [0; HEADER];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let [first, second, third, fourth, rest @ ..] = &bytes;
        let word = [*first, *second, *third, *fourth];
        let known = [*b"HEAD", *b"POST", *b"GET ", *b"OPTI", [0x16, 3, 1, 2], [0xdd; 4], [0xee; 4]];
        if *first != 0xef && !known.contains(&word) && !rest.starts_with(&[0; 4]) {
            return Ok(bytes);
        }
    }
}

/// From the lane to the proxy.
struct Outgoing {
    from: ReadHalf<DuplexStream>,
    to: OwnedWriteHalf,
    mask: Mask,
    tls: bool,
    /// Waits to leave with the first packet.
    pending: Vec<u8>,
    greeted: bool,
}

impl Outgoing {
    async fn run(mut self) -> io::Result<()> {
        let mut tag = [0; 4];
        self.from.read_exact(&mut tag).await?;
        if tag != INTERMEDIATE {
            return Err(io::Error::other("the lane speaks another transport"));
        }
        let mut packet = Vec::new();
        loop {
            let Some(length) = length(&mut self.from).await? else { return Ok(()) };
            let mut padding = [0; 16];
            getrandom::fill(&mut padding).map_err(io::Error::other)?;
            let [amount, padding @ ..] = padding;
            let padding = padding.get(..usize::from(amount % 16)).unwrap_or_default();
            packet.clear();
            packet.extend_from_slice(&u32::try_from(length + padding.len()).unwrap_or_default().to_le_bytes());
            packet.resize(4 + length, 0);
            self.from.read_exact(packet.get_mut(4..).unwrap_or_default()).await?;
            packet.extend_from_slice(padding);
            self.mask.apply(&mut packet);
            let mut bytes = std::mem::take(&mut self.pending);
            bytes.extend_from_slice(&packet);
            self.write(&bytes).await?;
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.tls {
            return self.to.write_all(bytes).await;
        }
        let mut records = Vec::with_capacity(bytes.len() + 64);
        if !std::mem::replace(&mut self.greeted, true) {
            records.extend_from_slice(&hello::CHANGE_CIPHER);
        }
        for part in bytes.chunks(RECORD) {
            records.extend_from_slice(&[0x17, 3, 3]);
            records.extend_from_slice(&u16::try_from(part.len()).unwrap_or_default().to_be_bytes());
            records.extend_from_slice(part);
        }
        self.to.write_all(&records).await
    }
}

/// From the proxy to the lane.
pub(super) struct Incoming<R, W> {
    from: Records<R>,
    to: W,
    mask: Mask,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Incoming<R, W> {
    /// What comes from a proxy over `from`, in records of TLS or not, goes to `to` in packets of the lane's transport.
    pub(super) fn new(from: R, to: W, mask: Mask, tls: bool) -> Self {
        Self { from: Records { from, tls, left: 0 }, to, mask }
    }

    pub(super) async fn run(mut self) -> io::Result<()> {
        let mut packet = Vec::new();
        loop {
            let mut head = [0; 4];
            self.from.read_exact(&mut head).await?;
            self.mask.apply(&mut head);
            let length = usize::try_from(u32::from_le_bytes(head)).unwrap_or(usize::MAX);
            if !(4..=LONGEST + 16).contains(&length) {
                return Err(io::Error::from(io::ErrorKind::InvalidData));
            }
            packet.clear();
            packet.resize(length, 0);
            self.from.read_exact(&mut packet).await?;
            self.mask.apply(&mut packet);
            let inner = packet.get(..without_padding(&packet)).unwrap_or_default();
            let mut bytes = u32::try_from(inner.len()).unwrap_or_default().to_le_bytes().to_vec();
            bytes.extend_from_slice(inner);
            self.to.write_all(&bytes).await?;
        }
    }
}

/// How much of a padded packet is its own: what is encrypted comes in blocks of 16 after 24 bytes, what is not says how
/// long it is, and what is shorter than both is a transport error.
fn without_padding(packet: &[u8]) -> usize {
    let whole = packet.len();
    if whole < 24 {
        return whole.min(4);
    }
    if packet.starts_with(&[0; 8]) {
        let said =
            packet.get(16..20).and_then(|bytes| bytes.first_chunk::<4>()).map_or(0, |four| u32::from_le_bytes(*four));
        return usize::try_from(said).unwrap_or(usize::MAX).saturating_add(20).min(whole);
    }
    whole - (whole - 24) % 16
}

/// The length of the next packet; `None` where the stream ends before one.
async fn length(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<usize>> {
    let mut head = [0; 4];
    let mut got = 0;
    while let Some(rest) = head.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match from.read(rest).await? {
            0 if got == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => got += read,
        }
    }
    let length = usize::try_from(u32::from_le_bytes(head)).unwrap_or(usize::MAX);
    if length > LONGEST { Err(io::ErrorKind::InvalidData.into()) } else { Ok(Some(length)) }
}

/// What arrives, out of its records where there are any.
struct Records<R> {
    from: R,
    tls: bool,
    /// Of the record that is being read.
    left: usize,
}

impl<R: AsyncRead + Unpin> Records<R> {
    async fn read_exact(&mut self, mut to: &mut [u8]) -> io::Result<()> {
        if !self.tls {
            return self.from.read_exact(to).await.map(|_| ());
        }
        while !to.is_empty() {
            while self.left == 0 {
                let mut head = [0; 5];
                self.from.read_exact(&mut head).await?;
                let [kind, 3, 3, high, low] = head else { return Err(io::ErrorKind::InvalidData.into()) };
                let length = usize::from(u16::from_be_bytes([high, low]));
                match kind {
                    0x17 => self.left = length,
                    // The end of the greeting, which may come late.
                    0x14 if length <= 16 => {
                        let mut gone = vec![0; length];
                        self.from.read_exact(&mut gone).await?;
                    }
                    _ => return Err(io::ErrorKind::InvalidData.into()),
                }
            }
            let amount = self.left.min(to.len());
            let (part, rest) = to.split_at_mut(amount);
            self.from.read_exact(part).await?;
            self.left -= amount;
            to = rest;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_told_from_what_it_pads() {
        // A transport error.
        assert_eq!(without_padding(&[0x6c, 0xfe, 0xff, 0xff]), 4);
        assert_eq!(without_padding(&[0xff; 19]), 4);
        // Encrypted: 24 bytes and blocks of 16.
        for padding in 0..16 {
            assert_eq!(without_padding(&vec![7; 24 + 48 + padding]), 24 + 48);
        }
        // Plain: it says how long it is.
        let mut plain = vec![0; 8 + 8];
        plain.extend_from_slice(&40u32.to_le_bytes());
        plain.resize(20 + 40 + 13, 1);
        assert_eq!(without_padding(&plain), 60);
        plain[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(without_padding(&plain), plain.len(), "a lie reaches no further than the packet");
        assert_eq!(without_padding(&[]), 0);
    }

    #[test]
    fn the_first_bytes_name_transport_and_datacenter_to_whoever_knows_the_secret() {
        let key = [9; 16];
        let (header, _, mut incoming) = greeting(&key, -4).unwrap();
        let mut theirs = Mask::new(&header, &key);
        let mut plain = header;
        theirs.apply(&mut plain);
        assert_eq!(plain[56..60], PADDED);
        assert_eq!(i16::from_le_bytes([plain[60], plain[61]]), -4);
        // And back: the proxy masks with the header turned around.
        let mut sent = header;
        sent.reverse();
        let mut words = *b"hello";
        Mask::new(&sent, &key).apply(&mut words);
        incoming.apply(&mut words);
        assert_eq!(&words, b"hello");
    }
}
