//! A server that is far away: whatever a connection carries takes its time, either way, and nothing of it waits for
//! what another connection carries.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::scenario::Scenario;

/// So many pieces are under way at most, of 64 KiB at most: a line that is long holds much, and not everything.
const MOST_UNDER_WAY: usize = 512;
const PIECE: usize = 64 * 1024;
/// For connecting with ourselves.
const PATIENCE: Duration = Duration::from_secs(5);

/// The server's end of a line whose other end is this socket. The distance is looked at again and again: it may change.
pub(super) async fn apart(client: TcpStream, scenario: &Scenario) -> io::Result<TcpStream> {
    // A socket like any other for whoever serves it, with another one of ours between it and the client.
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let near = TcpStream::connect(listener.local_addr()?);
    let (near, far) = timeout(PATIENCE, async { tokio::join!(near, listener.accept()) }).await?;
    let (near, (far, from)) = (near?, far?);
    if near.local_addr()? != from {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    for socket in [&client, &near] {
        socket.set_nodelay(true)?;
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = near.into_split();
    let there = scenario.clone();
    tokio::spawn(async move {
        // Opening a line takes a way there and back before anything can be said.
        sleep(there.distance() * 2).await;
        carry(from_client, to_server, there).await;
    });
    tokio::spawn(carry(from_server, to_client, scenario.clone()));
    Ok(far)
}

/// Carries what comes, in its order, until one side ends.
async fn carry(mut from: tokio::net::tcp::OwnedReadHalf, mut to: tokio::net::tcp::OwnedWriteHalf, scenario: Scenario) {
    let (sender, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(MOST_UNDER_WAY);
    let deliver = async {
        while let Some((due, piece)) = under_way.recv().await {
            sleep_until(due).await;
            if to.write_all(&piece).await.is_err() {
                break;
            }
        }
        // Whoever reads sees the end; an end that does not get through is one as well.
        let _ = to.shutdown().await;
        under_way.close();
    };
    let collect = async {
        let mut piece = vec![0; PIECE];
        while let Ok(count) = from.read(&mut piece).await
            && let Some(read) = piece.get(..count).filter(|read| !read.is_empty())
        {
            let due = Instant::now() + scenario.distance();
            if sender.send((due, read.to_vec())).await.is_err() {
                break;
            }
        }
        drop(sender);
    };
    tokio::join!(deliver, collect);
}
