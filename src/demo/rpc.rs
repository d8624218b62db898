//! The seam between the protocol (sockets, keys, sessions) and the world (what the methods answer).

use std::fmt;

use futures::future::BoxFuture;

use crate::api::Api;

/// Who asks: one session of one device on one datacenter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The id of the auth key: one device on one datacenter.
    pub key_id: i64,
    /// The session that the client chose; several may share a key.
    pub session_id: i64,
    /// The datacenter that was asked.
    pub dc: i32,
    /// The API layer that the client named last on this key, 0 before it named one.
    pub layer: i32,
}

/// What becomes an `rpc_error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RpcError {
    /// Like an HTTP status: 303 elsewhere, 400 bad request, 401 not signed in, 420 wait, 500 ours.
    pub code: i32,
    /// The name that clients match on, e.g. `PHONE_CODE_INVALID`.
    pub message: String,
}

impl RpcError {
    /// An error of this code and name.
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl std::error::Error for RpcError {}

/// The boxed TL bytes of the method's return type, or the error to tell.
pub type Answer = Result<Vec<u8>, RpcError>;

/// The way by which the world speaks first.
pub trait Push: Send + Sync {
    /// Sends boxed `Updates` to every live session of the key that takes updates. A key without one is no error:
    /// the client will ask for the difference.
    fn push(&self, key_id: i64, updates: Vec<u8>);
}

/// What carries the calls out. The protocol knows no more of the world than this.
pub(crate) trait Methods: Send + Sync {
    /// Carries out one call, stripped of everything that wrapped it.
    fn answer<'a>(&'a self, caller: &'a Caller, body: &'a [u8]) -> BoxFuture<'a, Answer>;

    /// The TL name of a constructor, where there is such a method.
    fn name_of(&self, constructor: u32) -> Option<&'static str>;
}

impl Methods for Api {
    fn answer<'a>(&'a self, caller: &'a Caller, body: &'a [u8]) -> BoxFuture<'a, Answer> {
        Box::pin(Api::answer(self, caller, body))
    }

    fn name_of(&self, constructor: u32) -> Option<&'static str> {
        Api::name_of(constructor)
    }
}
