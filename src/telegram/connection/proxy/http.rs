//! HTTP with the method CONNECT (RFC 9110, section 9.3.6).

use super::{ProxyLogin, refused};
use crate::connection::stream::{BoxStream, Stream};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// No head of an answer is longer.
const LONGEST_HEAD: usize = 16 << 10;

/// Has the proxy connect to `address`.
pub(super) async fn through(
    mut stream: impl Stream + 'static,
    login: Option<&ProxyLogin>,
    address: &str,
) -> io::Result<BoxStream> {
    let mut head = format!("CONNECT {address} HTTP/1.1\r\nHost: {address}\r\nProxy-Connection: Keep-Alive\r\n");
    if let Some(login) = login.filter(|login| !login.user.is_empty()) {
        let words = STANDARD.encode(format!("{}:{}", login.user, login.password));
        head.push_str(&format!("Proxy-Authorization: Basic {words}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    // Byte by byte, so that nothing of what the server says is taken: it speaks only when it is spoken to, but who knows.
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= LONGEST_HEAD {
            return Err(refused("does not speak HTTP"));
        }
        answer.push(stream.read_u8().await?);
        if answer.len() == 5 && !answer.eq_ignore_ascii_case(b"HTTP/") {
            return Err(refused("does not speak HTTP"));
        }
    }
    match status(&answer) {
        Some(200..=299) => Ok(Box::new(stream)),
        Some(407) => Err(refused("does not take this name and password")),
        Some(403 | 405) => Err(refused("does not allow this connection")),
        Some(_) => Err(refused("cannot reach the server")),
        None => Err(refused("does not speak HTTP")),
    }
}

/// The three digits of the first line.
fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.split(|byte| *byte == b'\r').next()?).ok()?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn the_status_stands_in_the_first_line() {
        assert_eq!(status(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 407\r\n\r\n"), Some(407));
        for nonsense in [&b"HTTP/1.1\r\n\r\n"[..], b"", b"\r\n\r\n", b"\xff\xfe 200\r\n", b"HTTP/1.1 two\r\n"] {
            assert_eq!(status(nonsense), None);
        }
    }
}
