//! The connection: lanes to datacenters, supervised, so that requests only have to be asked and answered.
//!
//! - [`Pool`] is the handle: it picks a lane for each request, carries authorizations to other datacenters and turns
//!   answers into values. Every request has a deadline and is in the registry (`requests.rs`) while it lives.
//! - A lane (`lane.rs`) is one task with one connection: many requests in flight, liveness by pings, reconnection
//!   with backoff. A panic in it is caught, costs the requests that it carried and nothing else.
//! - `handshake.rs` agrees on keys, `session.rs` is the encrypted protocol without I/O, `packet.rs` and `stream.rs`
//!   are the bytes below.

mod backoff;
mod bulk;
mod datacenter;
mod establish;
mod gate;
mod handshake;
mod lane;
mod network;
mod packet;
mod pool;
pub(crate) mod proxy;
pub(crate) mod report;
mod session;
mod shared;
mod stream;
#[cfg(test)]
mod tests;
mod waiting;
mod wake;

use crate::{Device, Servers};
use grammers_tl_types::{Deserializable as _, enums};
use heliograph_model::Connection;
use heliograph_schema::Guard;
pub(crate) use pool::Pool;
use proxy::Ways;

/// What is kept of a datacenter between two runs.
pub(crate) type DcKey = heliograph_store::Datacenter;

/// Whom to connect to, and as what.
#[derive(Clone, Debug)]
pub(crate) struct PoolSettings {
    /// Which servers.
    pub servers: Servers,
    /// The program's number.
    pub api_id: i32,
    /// What is said about the machine.
    pub device: Device,
    /// Straight, or by proxies.
    pub ways: Ways,
}

/// What a lane is for. Files have lanes of their own, so that nothing small waits behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// Small requests.
    Requests,
    /// Parts of whole files: nobody looks at them before all are here.
    Files,
    /// Small files that somebody looks at.
    Pictures,
}

impl Work {
    /// Whether it goes by the lanes for files.
    pub fn is_files(self) -> bool {
        matches!(self, Work::Files | Work::Pictures)
    }
}

/// Updates as they lie in a packet. Read they take thirty times as much memory, so they wait like this for their turn.
#[derive(Clone)]
pub(crate) struct Unread(Box<[u8]>);

impl Unread {
    /// What the packet holds.
    pub fn new(body: Vec<u8>) -> Self {
        Self(body.into_boxed_slice())
    }

    /// What they say; `None` for something that cannot be read.
    pub fn read(&self) -> Option<enums::Updates> {
        let read = std::panic::catch_unwind(|| match Guard::get().updates(&self.0) {
            Ok(()) => enums::Updates::from_bytes(&self.0).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        });
        let read = read.unwrap_or_else(|_| Err("the reader fell over it".into()));
        read.inspect_err(|error| tracing::debug!(%error, "something came that cannot be read")).ok()
    }
}

/// What happens by itself.
#[derive(Clone)]
pub(crate) enum PoolEvent {
    /// Updates from the home datacenter, as they came; or something that we do not know.
    Updates(Unread),
    /// Updates may have been missed: reconnected (not the first connection of a run), or the server lost the session.
    /// The difference is to be fetched.
    MayHaveGap,
    /// How the connection to the home datacenter stands.
    Connection(Connection),
    /// Something of a datacenter changed: save it.
    Datacenter(DcKey),
    /// The account's session has ended on the server. Comes once.
    Unauthorized,
    /// Something that whoever listens falls over.
    #[cfg(test)]
    Stone,
}

impl std::fmt::Debug for PoolEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Updates hold what people write.
        match self {
            PoolEvent::Updates(_) => f.write_str("Updates"),
            PoolEvent::MayHaveGap => f.write_str("MayHaveGap"),
            PoolEvent::Connection(connection) => write!(f, "Connection({connection:?})"),
            PoolEvent::Datacenter(dc) => write!(f, "Datacenter({})", dc.id),
            PoolEvent::Unauthorized => f.write_str("Unauthorized"),
            #[cfg(test)]
            PoolEvent::Stone => f.write_str("Stone"),
        }
    }
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvokeError {
    /// The server refused.
    #[error("the server refused with {code} {name}")]
    Rpc {
        /// As in HTTP, roughly.
        code: i32,
        /// E.g. `FLOOD_WAIT`, without a number in it.
        name: String,
        /// The number in the name, e.g. the seconds of `FLOOD_WAIT_42`.
        value: Option<u32>,
    },
    /// Sent, but not answered in time.
    #[error("the server did not answer in time")]
    Deadline,
    /// There was no connection in time.
    #[error("not connected")]
    NotConnected,
    /// The connection broke after it was sent, and it must not be sent twice: it may have happened or not.
    #[error("the connection broke before the answer")]
    Dropped,
    /// Somebody called it off.
    #[error("called off")]
    CalledOff,
    /// The answer, or the request itself, cannot be understood.
    #[error("protocol: {0}")]
    Protocol(String),
}

impl InvokeError {
    /// Takes the number out of an error's name: `FILE_MIGRATE_4` is `FILE_MIGRATE` with 4.
    pub fn rpc(code: i32, message: &str) -> Self {
        let mut value = None;
        let parts: Vec<&str> = message
            .split('_')
            .filter(|part| match part.parse::<u32>() {
                Ok(number) if value.is_none() => {
                    value = Some(number);
                    false
                }
                _ => true,
            })
            .collect();
        InvokeError::Rpc { code, name: parts.join("_"), value }
    }

    /// Whether the server refused with this name.
    pub fn is(&self, expected: &str) -> bool {
        matches!(self, InvokeError::Rpc { name, .. } if name == expected)
    }
}
