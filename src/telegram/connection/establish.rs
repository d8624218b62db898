//! Opening a connection to a datacenter: the stream, and a key where there is none.

use super::datacenter::{Credentials, Datacenter};
use super::handshake::{HandshakeError, exchange};
use super::packet::{PacketError, Wire};
use super::shared::Shared;
use super::{PoolEvent, Work};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

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
    let agreed = within(shared.timings.handshake, exchange(&mut wire, &shared.keys, number)).await??;
    let credentials = dc.agreed(agreed);
    shared.tell(PoolEvent::Datacenter(dc.record()));
    drop(lock);
    Ok(Established { wire, credentials })
}

async fn connect(shared: &Shared, dc: &Datacenter, work: Work) -> Result<Wire, EstablishError> {
    let address = dc.address(work).ok_or(EstablishError::NoAddress)?;
    let stream = within(shared.timings.connect, shared.connector.connect(&address)).await?;
    Ok(Wire::new(stream.map_err(EstablishError::Unreachable)?))
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, EstablishError> {
    timeout(limit, work).await.map_err(|_| EstablishError::TimedOut)
}
