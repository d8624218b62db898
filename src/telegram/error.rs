//! What can go wrong, in kinds that the app has words for.

use thiserror::Error;

/// Why a request to Telegram did not work out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// There is no connection now; the account keeps trying to get one.
    #[error("not connected")]
    NotConnected,
    /// No answer came in time.
    #[error("no answer in time")]
    TimedOut,
    /// It was called off.
    #[error("cancelled")]
    Cancelled,
    /// Too many requests; allowed again after so many seconds.
    #[error("too many requests, wait {0} s")]
    FloodWait(u32),
    /// This is no phone number, or one that Telegram does not let in.
    #[error("the phone number is not valid")]
    PhoneInvalid,
    /// Nobody has an account with this number.
    #[error("no account has this phone number")]
    PhoneUnregistered,
    /// Not the code that was sent.
    #[error("the code is wrong")]
    CodeInvalid,
    /// The code was right once.
    #[error("the code has expired")]
    CodeExpired,
    /// Not the two-step password.
    #[error("the password is wrong")]
    PasswordInvalid,
    /// Nobody is signed in (any more).
    #[error("signed out")]
    SignedOut,
    /// We may not do that here.
    #[error("not allowed")]
    NotAllowed,
    /// The server has never told us about this peer.
    #[error("unknown peer")]
    UnknownPeer,
    /// The message or its file is not there any more.
    #[error("the file is gone")]
    FileGone,
    /// Any other refusal.
    #[error("{method}: {name} ({code})")]
    Rpc {
        /// The method that was called.
        method: &'static str,
        /// Its code, like HTTP's.
        code: i32,
        /// Its name without the number in it, e.g. `PEER_ID_INVALID`.
        name: String,
    },
    /// The disk did not take or give what it should.
    #[error("disk: {0}")]
    Disk(String),
    /// Our own database did not.
    #[error("store: {0}")]
    Store(String),
    /// The server said something that makes no sense.
    #[error("protocol: {0}")]
    Protocol(String),
}
