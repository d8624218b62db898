//! What a lane speaks over: any two-way stream of bytes. Proxies are streams of their own under the same trait.

use futures::future::BoxFuture;
use std::io;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// A two-way stream of bytes.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Any stream.
pub(crate) type BoxStream = Box<dyn Stream>;

/// Whom a stream leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    /// `host:port`.
    pub address: &'a str,
    /// The datacenter's number.
    pub dc: i32,
    /// It is for files.
    pub files: bool,
    /// Among the test servers.
    pub test: bool,
}

impl Target<'_> {
    /// As proxies are told: test servers count from 10,000, those for files are negative
    /// (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation).
    pub fn named(self) -> i16 {
        let number = self.dc.saturating_add(if self.test { 10_000 } else { 0 });
        let number = i16::try_from(number).unwrap_or_default();
        if self.files { number.saturating_neg() } else { number }
    }
}

/// Opens streams to servers.
pub(crate) trait Connector: Send + Sync {
    /// Opens one. The caller sets the deadline.
    fn connect<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, io::Result<BoxStream>>;

    /// Whether it goes straight to the address.
    fn is_direct(&self) -> bool {
        true
    }

    /// A stream was opened; whether a server spoke on it.
    fn tried(&self, _answered: bool) {}
}

/// Straight to the server.
pub(crate) struct Tcp;

impl Connector for Tcp {
    fn connect<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, io::Result<BoxStream>> {
        Box::pin(async move {
            let stream = TcpStream::connect(target.address).await?;
            // Requests are written whole: waiting for more would only add delay.
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as BoxStream)
        })
    }
}
