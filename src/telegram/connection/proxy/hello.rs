//! The greeting of proxies that look like a web site (secrets that begin with `ee`): the first words of TLS 1.3, with a
//! digest under the proxy's secret where the randomness would be. Whoever does not know the secret is led to the site.
//!
//! As MTProto proxies understand it, a greeting is 517 bytes long and its last four bytes of randomness are mixed with
//! the time, so that it cannot be used again later.

use super::refused;
use crate::connection::session::unix_seconds;
use hmac::{Hmac, KeyInit as _, Mac as _};
use num_bigint::BigUint;
use sha2::Sha256;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// Says that what follows is encrypted.
pub(super) const CHANGE_CIPHER: [u8; 6] = [0x14, 3, 3, 0, 1, 1];
/// The length of a greeting, its record's head included.
const LENGTH: usize = 517;
/// Where the digest lies, in the greeting and in the answer to it.
const DIGEST: std::ops::Range<usize> = 11..43;

/// Greets a proxy and checks that it knows the secret.
pub(super) async fn greet(
    socket: &mut (impl AsyncRead + AsyncWrite + Unpin),
    key: &[u8; 16],
    site: &str,
) -> io::Result<()> {
    let hello = sign(hello(site)?, key, unix_seconds())?;
    socket.write_all(&hello).await?;
    answered(socket, &hello, key).await
}

/// Reads what a proxy says to this greeting: it has to know the secret.
pub(super) async fn answered(socket: &mut (impl AsyncRead + Unpin), hello: &[u8], key: &[u8; 16]) -> io::Result<()> {
    let mut answer = Vec::new();
    // The answer in words, the change of cipher, and a first record of noise.
    for (kind, most) in [(0x16, 4 << 10), (0x14, 16), (0x17, 17 << 10)] {
        let mut head = [0; 5];
        socket.read_exact(&mut head).await?;
        let [first, 3, 3, high, low] = head else { return Err(refused("does not know this secret")) };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if first != kind || length > most {
            return Err(refused("does not know this secret"));
        }
        answer.extend_from_slice(&head);
        let start = answer.len();
        answer.resize(start + length, 0);
        socket.read_exact(answer.get_mut(start..).unwrap_or_default()).await?;
    }
    if is_signed(hello, answer, key) { Ok(()) } else { Err(refused("does not know this secret")) }
}

/// Whether an answer was made by someone who knows the secret and has seen our greeting.
fn is_signed(hello: &[u8], mut answer: Vec<u8>, key: &[u8; 16]) -> bool {
    let (Some(ours), Some(place)) = (hello.get(DIGEST), answer.get_mut(DIGEST)) else { return false };
    let theirs = place.to_vec();
    place.fill(0);
    // Any key length is fine for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
    mac.update(ours);
    mac.update(&answer);
    mac.verify_slice(&theirs).is_ok()
}

/// Puts digest and time into a greeting.
fn sign(mut hello: Vec<u8>, key: &[u8; 16], now: i64) -> io::Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(io::Error::other)?;
    mac.update(&hello);
    let mut digest: [u8; 32] = mac.finalize().into_bytes().into();
    let time = (now as u32).to_le_bytes();
    for (byte, time) in digest.iter_mut().skip(28).zip(time) {
        *byte ^= time;
    }
    if let Some(place) = hello.get_mut(DIGEST) {
        place.copy_from_slice(&digest);
    }
    Ok(hello)
}

/// A greeting as a browser would say it, without its digest.
fn hello(site: &str) -> io::Result<Vec<u8>> {
    let mut random = [0u8; 96];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let (session, rest) = random.split_at(32);
    let grease: Vec<u8> = rest.iter().take(6).map(|byte| (byte & 0xf0) | 0x0a).collect();
    let [suite, first, group, version, mut last, ..] = *grease.as_slice() else {
        return Err(io::Error::other("no noise"));
    };
    // Two extensions of one number would be an error.
    if last == first {
        last ^= 0x10;
    }
    let mut extensions = Vec::new();
    let mut extension = |kind: u16, body: &[u8]| {
        extensions.extend_from_slice(&kind.to_be_bytes());
        extensions.extend_from_slice(&short(body.len()));
        extensions.extend_from_slice(body);
    };
    let greased = |byte: u8| u16::from_be_bytes([byte, byte]);
    let name = site.as_bytes();
    let mut server_name = short(name.len() + 3).to_vec();
    server_name.push(0);
    server_name.extend_from_slice(&short(name.len()));
    server_name.extend_from_slice(name);
    let mut key_share = vec![0, 0x29, group, group, 0, 1, 0, 0, 0x1d, 0, 0x20];
    key_share.extend_from_slice(&public_key()?);

    extension(greased(first), &[]);
    extension(0x0000, &server_name);
    extension(0x0017, &[]);
    extension(0xff01, &[0]);
    extension(0x000a, &[0, 8, group, group, 0, 0x1d, 0, 0x17, 0, 0x18]);
    extension(0x000b, &[1, 0]);
    extension(0x0023, &[]);
    extension(0x0010, b"\x00\x0c\x02h2\x08http/1.1");
    extension(0x0005, &[1, 0, 0, 0, 0]);
    extension(0x000d, &[0, 16, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 5, 1, 8, 6, 6, 1]);
    extension(0x0012, &[]);
    extension(0x0033, &key_share);
    extension(0x002d, &[1, 1]);
    extension(0x002b, &[6, version, version, 3, 4, 3, 3]);
    extension(0x001b, &[2, 0, 2]);
    extension(greased(last), &[0]);

    let mut hello = vec![0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];
    hello.resize(DIGEST.end, 0);
    hello.push(32);
    hello.extend_from_slice(session);
    hello.extend_from_slice(&[0, 0x20, suite, suite]);
    for suite in [
        0x1301u16, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
        0x002f, 0x0035,
    ] {
        hello.extend_from_slice(&suite.to_be_bytes());
    }
    hello.extend_from_slice(&[1, 0]);
    // Filled up to the length that is expected, by the extension that is there for it (RFC 7685).
    let padding = LENGTH.checked_sub(hello.len() + 2 + extensions.len() + 4);
    let padding = padding.ok_or_else(|| io::Error::other("the name of the site is too long"))?;
    hello.extend_from_slice(&short(extensions.len() + 4 + padding));
    hello.extend_from_slice(&extensions);
    hello.extend_from_slice(&[0, 0x15]);
    hello.extend_from_slice(&short(padding));
    hello.resize(LENGTH, 0);
    Ok(hello)
}

fn short(length: usize) -> [u8; 2] {
    u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes()
}

/// Something that could be a public key of X25519: the coordinate of a point on the curve, not just any number.
fn public_key() -> io::Result<[u8; 32]> {
    let prime = (BigUint::from(1u8) << 255u32) - 19u8;
    let half = (&prime - 1u8) >> 1u32;
    loop {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let [.., last] = &mut bytes;
        *last &= 0x7f;
        let x = BigUint::from_bytes_le(&bytes);
        // y² = x³ + 486662x² + x has to have a root (RFC 7748, section 4.1).
        let square = (&x * &x * &x + &x * &x * 486_662u32 + &x) % &prime;
        if x < prime && square.modpow(&half, &prime) == BigUint::from(1u8) {
            return Ok(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 16] = [5; 16];

    /// The extensions of a greeting, by number.
    fn extensions(hello: &[u8]) -> Vec<(u16, Vec<u8>)> {
        let word = |at: usize| usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
        let mut at = 44 + 32;
        at += 2 + word(at);
        at += 1 + usize::from(hello[at]);
        assert_eq!(at + 2 + word(at), hello.len(), "the extensions reach to the end");
        at += 2;
        let mut found = Vec::new();
        while at < hello.len() {
            let (kind, length) = (word(at) as u16, word(at + 2));
            found.push((kind, hello[at + 4..at + 4 + length].to_vec()));
            at += 4 + length;
        }
        found
    }

    #[test]
    fn a_greeting_is_well_formed_and_as_long_as_proxies_expect() {
        for site in ["a.example", "a-rather-long-name-of-a-site.with.many.parts.example.org", &"x".repeat(182)] {
            let hello = hello(site).unwrap();
            assert_eq!(hello.len(), LENGTH);
            assert!(hello.starts_with(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"));
            let found = extensions(&hello);
            let name = &found.iter().find(|(kind, _)| *kind == 0).unwrap().1;
            assert!(name.ends_with(site.as_bytes()));
            let mut kinds: Vec<u16> = found.iter().map(|(kind, _)| *kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            assert_eq!(kinds.len(), found.len(), "no number twice");
        }
    }

    #[test]
    fn the_digest_tells_the_time_to_whoever_knows_the_secret() {
        let plain = hello("a.example").unwrap();
        let signed = sign(plain.clone(), &KEY, 1_800_000_000).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
        mac.update(&plain);
        let digest = mac.finalize().into_bytes();
        let mixed: Vec<u8> = signed[DIGEST].iter().zip(&digest).map(|(a, b)| a ^ b).collect();
        assert_eq!(mixed[..28], [0; 28]);
        assert_eq!(u32::from_le_bytes(mixed[28..].try_into().unwrap()), 1_800_000_000);
    }

    #[test]
    fn only_an_answer_to_this_greeting_under_this_secret_counts() {
        let hello = sign(hello("a.example").unwrap(), &KEY, 1).unwrap();
        let mut answer = vec![0x16; 120];
        answer[DIGEST].fill(0);
        let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
        mac.update(&hello[DIGEST]);
        mac.update(&answer);
        answer[DIGEST].copy_from_slice(&mac.finalize().into_bytes());
        assert!(is_signed(&hello, answer.clone(), &KEY));
        assert!(!is_signed(&hello, answer.clone(), &[6; 16]));
        let other = sign(super::hello("a.example").unwrap(), &KEY, 1).unwrap();
        assert!(!is_signed(&other, answer.clone(), &KEY));
        answer[100] ^= 1;
        assert!(!is_signed(&hello, answer, &KEY));
        assert!(!is_signed(&hello, vec![1; 20], &KEY));
    }
}
