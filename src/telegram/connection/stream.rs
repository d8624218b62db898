//! What a lane speaks over: any two-way stream of bytes. Proxies are streams of their own under the same trait.

use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt as _};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, ToSocketAddrs, lookup_host};

/// An address has so long before the next one is tried beside it.
const HEAD_START: Duration = Duration::from_millis(300);

/// So many addresses of a name are tried.
const MOST_ADDRESSES: usize = 8;

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
        Box::pin(async move { Ok(Box::new(reach(target.address).await?) as BoxStream) })
    }
}

/// Opens a stream to whoever has this name or number; of several addresses to the first that answers.
pub(crate) async fn reach(whom: impl ToSocketAddrs) -> io::Result<TcpStream> {
    let mut addresses = by_turns(lookup_host(whom).await?.collect());
    addresses.truncate(MOST_ADDRESSES);
    let reached = first_of(addresses.into_iter().map(TcpStream::connect)).await;
    let (_, stream) = reached.unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()))?;
    // Requests are written whole: waiting for more would only add delay.
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The families by turns, beginning with that of the first: where one is dead, so are all its addresses.
fn by_turns(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let sixth = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (one, other): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|address| address.is_ipv6() == sixth);
    let mut other = other.into_iter();
    let mut all: Vec<SocketAddr> = one.into_iter().flat_map(|next| [Some(next), other.next()]).flatten().collect();
    all.extend(other);
    all
}

/// Begins the first of these; the next one, beside it, when it takes too long or fails, and so on. The first that succeeds
/// counts (RFC 8305: a dead address costs a moment rather than a deadline), with its number; of failures the last one.
pub(crate) async fn first_of<T, F: Future<Output = io::Result<T>>>(
    tries: impl IntoIterator<Item = F>,
) -> Option<io::Result<(usize, T)>> {
    let mut left = tries.into_iter().enumerate().peekable();
    let mut running = FuturesUnordered::new();
    let mut failure = None;
    loop {
        if let Some((at, next)) = left.next() {
            running.push(async move { (at, next.await) });
        }
        tokio::select! {
            done = running.next() => match done {
                Some((at, Ok(stream))) => return Some(Ok((at, stream))),
                Some((_, Err(error))) => failure = Some(Err(error)),
                None => return failure,
            },
            () = tokio::time::sleep(HEAD_START), if left.peek().is_some() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_of_a_name_are_tried_by_turns() {
        let all = |numbers: &[&str]| numbers.iter().map(|number| number.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let told = all(&["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1", "192.0.2.1:1"]);
        let order = all(&["[2001:db8::1]:1", "192.0.2.1:1", "[2001:db8::2]:1", "[2001:db8::3]:1"]);
        assert_eq!(by_turns(told), order);
        let four = all(&["192.0.2.2:1", "192.0.2.1:1"]);
        assert_eq!(by_turns(four.clone()), four);
        assert_eq!(by_turns(Vec::new()), Vec::new());
    }

    #[tokio::test]
    async fn a_silent_address_and_a_closed_one_cost_a_moment_and_no_address_is_no_stream() {
        let open = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let tries: [BoxFuture<'_, io::Result<TcpStream>>; 3] = [
            Box::pin(std::future::pending()),
            Box::pin(TcpStream::connect(closed)),
            Box::pin(TcpStream::connect(open.local_addr().unwrap())),
        ];
        let (at, stream) = first_of(tries).await.unwrap().unwrap();
        assert_eq!((at, stream.peer_addr().unwrap()), (2, open.local_addr().unwrap()));
        assert!(first_of([TcpStream::connect(closed)]).await.unwrap().is_err());
        assert!(first_of(std::iter::empty::<std::future::Ready<io::Result<()>>>()).await.is_none());
    }
}
