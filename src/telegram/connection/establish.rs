//! Opening a connection to a datacenter: the stream, and a key where there is none.

use super::datacenter::{Credentials, Datacenter};
use super::handshake::{self, HandshakeError, exchange};
use super::packet::{PacketError, Wire};
use super::proxy::{Proxy, ProxyTrouble};
use super::shared::Shared;
use super::stream::{BoxStream, Target, first_of};
use super::{PoolEvent, Work};
use crate::Servers;
use futures::future::BoxFuture;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// So many addresses are tried beside each other.
const MOST_AT_ONCE: usize = 3;

/// A connection that can be spoken on.
pub(super) struct Established {
    pub wire: Wire,
    pub credentials: Credentials,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum EstablishError {
    #[error("nobody has named an address of this datacenter")]
    NoAddress,
    #[error("the address cannot be reached: {0}")]
    Unreachable(io::Error),
    #[error("the address did not answer in time")]
    TimedOut,
    #[error("it is begun anew")]
    Superseded,
    #[error(transparent)]
    Handshake(#[from] HandshakeError),
}

impl EstablishError {
    /// The server asked for a pause.
    pub fn is_flood(&self) -> bool {
        matches!(self, EstablishError::Handshake(HandshakeError::Packet(PacketError::Status(429))))
    }
}

/// Connects, and agrees on a key if there is none. Every step has its deadline.
pub(super) async fn establish(
    shared: Arc<Shared>,
    dc: Arc<Datacenter>,
    work: Work,
) -> Result<Established, EstablishError> {
    let result = attempt(&shared, &dc, work).await;
    if result.is_err() {
        dc.next_address();
    }
    result
}

async fn attempt(shared: &Shared, dc: &Datacenter, work: Work) -> Result<Established, EstablishError> {
    if let Some(credentials) = dc.credentials() {
        let wire = connect(shared, dc, work).await?;
        return Ok(Established { wire, credentials });
    }
    // Whoever comes second waits here for the key of the first.
    let lock = dc.exchange.lock().await;
    if let Some(credentials) = dc.credentials() {
        drop(lock);
        let wire = connect(shared, dc, work).await?;
        return Ok(Established { wire, credentials });
    }
    let mut wire = connect(shared, dc, work).await?;
    let number = shared.number_in_exchange(dc.id);
    let agreed = within(shared.timings.handshake, exchange(&mut wire, &shared.keys, number))
        .await
        .and_then(|agreed| Ok(agreed?));
    shared.connector.tried(agreed.is_ok());
    let agreed = agreed?;
    let credentials = dc.agreed(agreed);
    shared.tell(PoolEvent::Datacenter(dc.record()));
    drop(lock);
    Ok(Established { wire, credentials })
}

async fn connect(shared: &Shared, dc: &Datacenter, work: Work) -> Result<Wire, EstablishError> {
    let mut addresses = dc.addresses(work);
    // A proxy finds its own way; asked several times at once it would be several times at work.
    addresses.truncate(if shared.connector.is_direct() { MOST_AT_ONCE } else { 1 });
    let (at, stream) = within(shared.timings.connect, race(shared, dc, work, &addresses)).await??;
    if let Some(address) = addresses.get(at).filter(|_| at > 0) {
        tracing::debug!(dc = dc.id, "another address was faster");
        dc.prefer(work, address);
    }
    Ok(Wire::new(stream))
}

/// Opens a stream to the first of these addresses that answers.
async fn race(
    shared: &Shared,
    dc: &Datacenter,
    work: Work,
    addresses: &[String],
) -> Result<(usize, BoxStream), EstablishError> {
    let test = matches!(shared.settings.servers, Servers::Test);
    let tries = addresses.iter().map(|address| -> BoxFuture<'_, io::Result<BoxStream>> {
        let target = Target { address, dc: dc.id, files: work.is_files(), test };
        // Nobody is spoken to before it is their turn.
        Box::pin(async move { shared.connector.connect(target).await })
    });
    match first_of(tries.collect::<Vec<_>>()).await {
        Some(reached) => reached.map_err(EstablishError::Unreachable),
        None => Err(EstablishError::NoAddress),
    }
}

/// Tries a proxy: how long a server behind it takes to answer, the way there included.
pub(super) async fn probe(shared: &Shared, proxy: &Proxy) -> Result<Duration, ProxyTrouble> {
    let dc = shared.datacenter(shared.home());
    let address = dc.address(Work::Requests).ok_or(ProxyTrouble::NoServer)?;
    let target =
        Target { address: &address, dc: dc.id, files: false, test: matches!(shared.settings.servers, Servers::Test) };
    let began = Instant::now();
    let opened = timeout(shared.timings.connect, proxy.connect(target)).await.map_err(|_| ProxyTrouble::TimedOut)?;
    let stream = opened.map_err(|error| match error.kind() {
        io::ErrorKind::ConnectionRefused if error.get_ref().is_some() => ProxyTrouble::Refused,
        _ => ProxyTrouble::Unreachable,
    })?;
    let mut wire = Wire::new(stream);
    match timeout(shared.timings.connect, handshake::probe(&mut wire)).await {
        Ok(Ok(())) => {}
        // Streams to MTProto proxies only turn out to be wrong when something is to come back.
        Ok(Err(_)) => return Err(ProxyTrouble::NoServer),
        Err(_) => return Err(ProxyTrouble::TimedOut),
    }
    Ok(began.elapsed())
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, EstablishError> {
    timeout(limit, work).await.map_err(|_| EstablishError::TimedOut)
}
