//! Whatever proxies answer and whatever links people open: nothing panics, and nothing grows.

use super::hello;
use super::mtproto::{HEADER, Incoming, Mask};
use super::{Proxy, ProxyLogin, ProxySecret, http, socks};
use crate::noise::{Noise, inputs};
use std::io::Cursor;
use tokio::io::{Join, Sink, join, sink};

const KEY: [u8; 16] = [5; 16];

/// A proxy that has this to say, and then ends.
fn says(bytes: Vec<u8>) -> Join<Cursor<Vec<u8>>, Sink> {
    join(Cursor::new(bytes), sink())
}

fn login() -> Option<ProxyLogin> {
    Some(ProxyLogin { user: "mara".into(), password: "pw".into() })
}

/// Damages one of these, or makes something up.
fn made(noise: &mut Noise, sound: &[&[u8]]) -> Vec<u8> {
    if noise.below(10) == 0 {
        let length = noise.below(80);
        return noise.bytes(length);
    }
    let mut bytes = noise.pick(sound).to_vec();
    noise.damage(&mut bytes);
    bytes
}

#[tokio::test]
async fn answers_of_socks_proxies() {
    let sound: [&[u8]; 6] = [
        b"\x05\x00\x05\x00\x00\x01\x0a\x00\x00\x01\x04\x38",
        b"\x05\x00\x05\x00\x00\x04\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\x04\x38",
        b"\x05\x00\x05\x00\x00\x03\x0bexample.org\x04\x38",
        b"\x05\x02\x01\x00\x05\x00\x00\x01\x0a\x00\x00\x01\x04\x38",
        b"\x05\x02\x01\x01",
        b"\x05\xff",
    ];
    let mut noise = Noise(1);
    let mut led = 0;
    for _ in 0..inputs() {
        let answer = made(&mut noise, &sound);
        let login = if noise.below(2) == 0 { login() } else { None };
        led += u64::from(socks::through(says(answer), login.as_ref(), "10.0.0.1:443").await.is_ok());
    }
    assert!(led > inputs() / 50, "{led}");
}

#[tokio::test]
async fn answers_of_http_proxies() {
    let sound: [&[u8]; 5] = [
        b"HTTP/1.1 200 Connection established\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nVia: x\r\nProxy-Agent: y\r\n\r\nmore",
        b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"a\"\r\n\r\n",
        b"HTTP/1.1 99999999999999999999 \xff\r\n\r\n",
        b"http/9 \r \r\n\r\n",
    ];
    let mut noise = Noise(2);
    let mut led = 0;
    for _ in 0..inputs() {
        let answer = made(&mut noise, &sound);
        led += u64::from(http::through(says(answer), login().as_ref(), "10.0.0.1:443").await.is_ok());
    }
    assert!(led > inputs() / 50, "{led}");
    // A head that never ends is not waited for.
    let endless = join(tokio::io::repeat(b'H'), sink());
    assert!(http::through(endless, None, "10.0.0.1:443").await.is_err());
    let endless = join(Cursor::new(b"HTTP/1.1 200 ".to_vec()), sink());
    assert!(http::through(endless, None, "10.0.0.1:443").await.is_err());
}

#[tokio::test]
async fn answers_of_proxies_that_look_like_a_site() {
    let first = [&[0x16, 3, 3, 0, 122][..], &[2; 122]].concat();
    let sound = [&first[..], &[0x14, 3, 3, 0, 1, 1], &[0x17, 3, 3, 1, 0], &[9; 256]].concat();
    let largest = [&first[..], &[0x14, 3, 3, 0, 1, 1], &[0x17, 3, 3, 0x44, 0], &[9; 0x4400]].concat();
    let alert = b"\x15\x03\x03\x00\x02\x02\x28";
    let mut noise = Noise(3);
    for round in 0..inputs() {
        // One in a hundred is long: copying takes nearly all of the time.
        let answer = if noise.below(100) == 0 {
            made(&mut noise, &[&largest])
        } else {
            made(&mut noise, &[&sound, &sound, &sound, alert])
        };
        // Nobody guesses the digest. Making a greeting takes far longer than reading the answer.
        let heard = if round % 100 == 0 {
            hello::greet(&mut says(answer), &KEY, "example.org").await
        } else {
            hello::answered(&mut says(answer), &[7; 517], &KEY).await
        };
        assert!(heard.is_err());
    }
}

/// What the lane is given of a stream of a proxy.
async fn delivered(bytes: &[u8], tls: bool) -> Vec<u8> {
    let mut given = Vec::new();
    let _ = Incoming::new(bytes, &mut given, Mask::new(&[7; HEADER], &KEY), tls).run().await;
    given
}

#[tokio::test]
async fn streams_of_mtproto_proxies() {
    let packet = |length: usize| [&(length as u32).to_le_bytes()[..], &vec![3; length]].concat();
    let plain = [&40u32.to_le_bytes()[..], &[0; 16], &20u32.to_le_bytes(), &[1; 20]].concat();
    let sound = [packet(24 + 32 + 7), plain, packet(4), packet(24 + 160)].concat();
    let mut noise = Noise(4);
    let mut passed = 0;
    for _ in 0..inputs() {
        let tls = noise.below(2) == 0;
        // Damaged inside of the mask, and outside of it.
        let mut inner = made(&mut noise, &[&sound]);
        Mask::new(&[7; HEADER], &KEY).apply(&mut inner);
        let mut bytes = Vec::new();
        while tls && !inner.is_empty() {
            let rest = inner.split_off(inner.len().min(1 + noise.below(200)));
            if noise.below(10) == 0 {
                bytes.extend_from_slice(&hello::CHANGE_CIPHER);
            }
            bytes.extend_from_slice(&[0x17, 3, 3, 0, inner.len() as u8]);
            bytes.extend_from_slice(&inner);
            inner = rest;
        }
        if !tls {
            bytes = inner;
        }
        if noise.below(3) == 0 {
            noise.damage(&mut bytes);
        }
        let given = delivered(&bytes, tls).await;
        assert!(given.len() <= bytes.len());
        passed += u64::from(!given.is_empty());
    }
    assert!(passed > inputs() / 10, "{passed}");
}

/// No length that is said costs more memory than the longest packet.
#[tokio::test]
async fn longer_packets_than_there_are_end_the_stream() {
    for said in [0, 3, (4 << 20) + 17, u32::MAX] {
        let mut head = said.to_le_bytes().to_vec();
        Mask::new(&[7; HEADER], &KEY).apply(&mut head);
        assert!(delivered(&head, false).await.is_empty());
    }
}

const PIECES: &[&str] = &[
    "tg://",
    "tg:",
    "TG://",
    "https://t.me/",
    "http://t.me/",
    "t.me/",
    "telegram.me/",
    "proxy",
    "socks",
    "http",
    "?",
    "/",
    "server=",
    "server=proxy.example",
    "server=%3A%3A1",
    "&",
    "&",
    "port=",
    "port=443",
    "port=0",
    "port=65536",
    "port=-1",
    "port=+1",
    "secret=",
    "secret=00112233445566778899aabbccddeeff",
    "secret=dd",
    "secret=ee",
    "00112233445566778899aabbccddeeff",
    "7qqqqqqqqqqqqqqqqqqqqqpleGFtcGxlLm9yZw",
    "user=",
    "user=a",
    "pass=",
    "pass=p%26",
    "%",
    "%f",
    "%00",
    "%ff",
    "%25",
    "=",
    "==",
    "#",
    "+",
    " ",
    "\n",
    "\0",
    "ü",
    "\u{202e}",
    "😀",
    "@",
    "\\",
    "..",
];

#[test]
fn links_and_secrets() {
    let mut noise = Noise(5);
    let mut read = 0;
    for _ in 0..inputs() {
        let mut link = match noise.below(4) {
            0 => noise.words(14, PIECES),
            1 => format!("tg://proxy?server=a&port=1&secret={}", noise.words(4, PIECES)),
            2 => format!("https://t.me/socks?server=h&port=1&user={}", noise.words(6, PIECES)),
            _ => "tg://proxy?server=proxy.example&port=443&secret=dd00112233445566778899aabbccddeeff".to_owned(),
        };
        if noise.below(3) == 0 {
            let mut bytes = link.into_bytes();
            noise.damage(&mut bytes);
            link = String::from_utf8_lossy(&bytes).into_owned();
        }
        if let Ok(proxy) = link.parse::<Proxy>() {
            read += 1;
            assert!(!proxy.host.is_empty() && proxy.host.len() <= 253 && proxy.port > 0);
            assert_eq!(proxy.link().parse().as_ref(), Ok(&proxy), "{link}");
        }
        let length = noise.below(60);
        let bytes = noise.bytes(length);
        if let Ok(secret) = ProxySecret::from_bytes(&bytes) {
            assert_eq!(secret.to_hex().parse(), Ok(secret));
        }
        if let Ok(secret) = noise.words(5, PIECES).parse::<ProxySecret>() {
            assert_eq!(secret.to_hex().parse(), Ok(secret));
        }
    }
    assert!(read > inputs() / 20, "{read}");
}
