//! What can be seen of the connections from outside: to be shown, and never with anything secret in it.

use super::establish::EstablishError;
use super::handshake::HandshakeError;
use super::packet::PacketError;
use crate::requests::{InFlight, Wait};
use std::io;
use std::time::Instant;

/// How all connections of an account stand, at one moment.
#[derive(Clone, Debug, Default)]
pub struct ConnectionReport {
    /// The datacenters that were spoken with in this run, the home one first.
    pub datacenters: Vec<DatacenterReport>,
    /// What is in flight, oldest first.
    pub requests: Vec<InFlight>,
    /// What the server wants no more of for a while.
    pub waits: Vec<Wait>,
    /// Which proxy is in use.
    pub proxy: Option<usize>,
}

/// One datacenter.
#[derive(Clone, Debug)]
pub struct DatacenterReport {
    /// Its number.
    pub id: i32,
    /// It has the account.
    pub home: bool,
    /// The connections to it.
    pub lanes: Vec<LaneReport>,
    /// Bytes that are in flight, both ways, as far as they are known before.
    pub in_flight: usize,
    /// Bytes that came in this run.
    pub received: u64,
    /// Bytes that left in this run.
    pub sent: u64,
    /// What went wrong last, and when.
    pub trouble: Option<(Trouble, Instant)>,
}

/// One connection.
#[derive(Clone, Copy, Debug)]
pub struct LaneReport {
    /// It is for files, not for small requests.
    pub files: bool,
    /// How it stands.
    pub standing: Standing,
    /// Requests that it has.
    pub load: usize,
}

/// How a connection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing to do: it connects when there is.
    #[default]
    Idle,
    /// It is being made.
    Connecting,
    /// It stands, and the server answers.
    Online,
    /// It is tried again then.
    Waiting(Instant),
}

/// What can go wrong with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nobody has named an address.
    #[error("no address is known")]
    NoAddress,
    /// There is no way there: no network, most of the time.
    #[error("the network is unreachable")]
    Unreachable,
    /// Somebody is there, and does not want to be connected to.
    #[error("the server refuses the connection")]
    Refused,
    /// No answer.
    #[error("the server did not answer in time")]
    Silent,
    /// The connection was cut.
    #[error("the connection was cut")]
    Cut,
    /// What came is not what the protocol allows: somebody meddles, or it is no such server.
    #[error("what came makes no sense")]
    Nonsense,
    /// No key could be agreed on.
    #[error("no key could be agreed on")]
    NoKey,
    /// The server has forgotten the key.
    #[error("the server does not know the key any more")]
    KeyForgotten,
    /// Too many connections.
    #[error("too many connections")]
    TooMany,
    /// The server refused with another transport error.
    #[error("the server refused with transport error {0}")]
    Status(u32),
    /// The server did not take our messages: the clock is wrong, most of the time.
    #[error("the server did not take the messages (code {0})")]
    Rejected(i32),
    /// A fault of ours.
    #[error("a fault of the program")]
    Fault,
}

impl From<&PacketError> for Trouble {
    fn from(error: &PacketError) -> Self {
        match error {
            PacketError::Io(error) => Trouble::from(error),
            PacketError::Closed => Trouble::Cut,
            PacketError::Malformed => Trouble::Nonsense,
            PacketError::Status(404) => Trouble::KeyForgotten,
            PacketError::Status(429) => Trouble::TooMany,
            PacketError::Status(status) => Trouble::Status(*status),
        }
    }
}

impl From<&io::Error> for Trouble {
    fn from(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::ConnectionRefused => Trouble::Refused,
            Kind::TimedOut => Trouble::Silent,
            Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => Trouble::Cut,
            _ => Trouble::Unreachable,
        }
    }
}

impl From<&EstablishError> for Trouble {
    fn from(error: &EstablishError) -> Self {
        match error {
            EstablishError::NoAddress => Trouble::NoAddress,
            EstablishError::Unreachable(error) => Trouble::from(error),
            EstablishError::TimedOut => Trouble::Silent,
            EstablishError::Superseded => Trouble::Cut,
            EstablishError::Handshake(HandshakeError::Packet(error)) => Trouble::from(error),
            EstablishError::Handshake(_) => Trouble::NoKey,
        }
    }
}
