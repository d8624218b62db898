//! What can go wrong, in kinds that the app has words for.

use crate::connection::InvokeError;
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
    /// Telegram has shut this number out.
    #[error("the phone number is banned")]
    PhoneBanned,
    /// Too many codes or passwords were tried with this number; Telegram does not say for how long to wait.
    #[error("too many tries with this phone number")]
    PhoneFlood,
    /// Nobody has an account with this number.
    #[error("no account has this phone number")]
    PhoneUnregistered,
    /// Not the code that was sent.
    #[error("the code is wrong")]
    CodeInvalid,
    /// The code was right once.
    #[error("the code has expired")]
    CodeExpired,
    /// There is no way left by which a code could be sent.
    #[error("no code can be sent")]
    CodeUnavailable,
    /// This is no e-mail address.
    #[error("the e-mail address is not valid")]
    EmailInvalid,
    /// Telegram does not send to this address.
    #[error("the e-mail address is not allowed")]
    EmailRefused,
    /// The e-mail address is being removed already.
    #[error("the e-mail address is being removed already")]
    EmailResetPending,
    /// Not the two-step password.
    #[error("the password is wrong")]
    PasswordInvalid,
    /// No e-mail address was left for a forgotten password.
    #[error("the password cannot be recovered")]
    RecoveryUnavailable,
    /// The code for a forgotten password was asked for too long ago.
    #[error("the recovery has expired")]
    RecoveryExpired,
    /// Telegram does not take the api_id and api_hash of this program.
    #[error("the program is not known to the server")]
    ApiRefused,
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

impl Error {
    /// What a failed call means. `method` is the API's name of the method.
    pub(crate) fn from_call(error: InvokeError, method: &'static str) -> Self {
        match error {
            InvokeError::Rpc { code, name, value } => Self::from_rpc(code, name, value, method),
            InvokeError::Deadline => Self::TimedOut,
            InvokeError::NotConnected | InvokeError::Dropped => Self::NotConnected,
            InvokeError::CalledOff => Self::Cancelled,
            InvokeError::Protocol(what) => Self::Protocol(what),
        }
    }

    fn from_rpc(code: i32, name: String, value: Option<u32>, method: &'static str) -> Self {
        match name.as_str() {
            "FLOOD_WAIT" | "SLOWMODE_WAIT" | "FLOOD_PREMIUM_WAIT" | "FLOOD_TEST_PHONE_WAIT" => {
                Self::FloodWait(value.unwrap_or(1))
            }
            "PHONE_NUMBER_FLOOD" | "PHONE_PASSWORD_FLOOD" => Self::PhoneFlood,
            "PHONE_NUMBER_INVALID" => Self::PhoneInvalid,
            "PHONE_NUMBER_BANNED" => Self::PhoneBanned,
            "PHONE_NUMBER_UNOCCUPIED" => Self::PhoneUnregistered,
            "PHONE_CODE_INVALID"
            | "PHONE_CODE_EMPTY"
            | "CODE_INVALID"
            | "EMAIL_CODE_INVALID"
            | "CODE_EMPTY"
            | "EMAIL_TOKEN_INVALID" => Self::CodeInvalid,
            "PHONE_CODE_EXPIRED" | "PHONE_CODE_HASH_EMPTY" | "EMAIL_VERIFY_EXPIRED" | "EMAIL_HASH_EXPIRED" => {
                Self::CodeExpired
            }
            "SEND_CODE_UNAVAILABLE" => Self::CodeUnavailable,
            "EMAIL_INVALID" => Self::EmailInvalid,
            "EMAIL_NOT_ALLOWED" => Self::EmailRefused,
            "TASK_ALREADY_EXISTS" => Self::EmailResetPending,
            "PASSWORD_RECOVERY_NA" => Self::RecoveryUnavailable,
            "PASSWORD_RECOVERY_EXPIRED" => Self::RecoveryExpired,
            "API_ID_INVALID" | "API_ID_PUBLISHED_FLOOD" | "UPDATE_APP_TO_LOGIN" => Self::ApiRefused,
            "PASSWORD_HASH_INVALID" => Self::PasswordInvalid,
            "AUTH_KEY_UNREGISTERED"
            | "AUTH_KEY_INVALID"
            | "SESSION_REVOKED"
            | "SESSION_EXPIRED"
            | "USER_DEACTIVATED"
            | "USER_DEACTIVATED_BAN" => Self::SignedOut,
            "PEER_ID_INVALID" | "CHANNEL_INVALID" | "USER_ID_INVALID" | "CHAT_ID_INVALID" => Self::UnknownPeer,
            "LOCATION_INVALID" | "FILE_ID_INVALID" | "MEDIA_EMPTY" => Self::FileGone,
            name if name.starts_with("FILE_REFERENCE_") => Self::FileGone,
            "CHANNEL_PRIVATE"
            | "CHAT_ADMIN_REQUIRED"
            | "CHAT_RESTRICTED"
            | "USER_BANNED_IN_CHANNEL"
            | "USER_IS_BLOCKED"
            | "YOU_BLOCKED_USER" => Self::NotAllowed,
            name if code == 403 || name.ends_with("_FORBIDDEN") => Self::NotAllowed,
            _ => Self::Rpc { method, code, name },
        }
    }
}

impl From<heliograph_store::Error> for Error {
    fn from(error: heliograph_store::Error) -> Self {
        Self::Store(error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        // The kind alone: the whole text may hold a path.
        Self::Disk(error.kind().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rpc(code: i32, name: &str, value: Option<u32>) -> Error {
        Error::from_call(InvokeError::Rpc { code, name: name.into(), value }, "messages.sendMessage")
    }

    #[test]
    fn refusals_have_their_kinds() {
        for (code, name, value, error) in [
            (420, "FLOOD_WAIT", Some(31), Error::FloodWait(31)),
            (420, "SLOWMODE_WAIT", Some(5), Error::FloodWait(5)),
            (406, "PHONE_NUMBER_INVALID", None, Error::PhoneInvalid),
            (400, "PHONE_NUMBER_BANNED", None, Error::PhoneBanned),
            (400, "PHONE_NUMBER_FLOOD", None, Error::PhoneFlood),
            (406, "PHONE_PASSWORD_FLOOD", None, Error::PhoneFlood),
            (400, "PHONE_CODE_EMPTY", None, Error::CodeInvalid),
            (406, "SEND_CODE_UNAVAILABLE", None, Error::CodeUnavailable),
            (400, "EMAIL_INVALID", None, Error::EmailInvalid),
            (400, "EMAIL_NOT_ALLOWED", None, Error::EmailRefused),
            (400, "EMAIL_VERIFY_EXPIRED", None, Error::CodeExpired),
            (400, "TASK_ALREADY_EXISTS", None, Error::EmailResetPending),
            (400, "CODE_INVALID", None, Error::CodeInvalid),
            (400, "PASSWORD_RECOVERY_NA", None, Error::RecoveryUnavailable),
            (400, "PASSWORD_RECOVERY_EXPIRED", None, Error::RecoveryExpired),
            (400, "API_ID_INVALID", None, Error::ApiRefused),
            (400, "PHONE_NUMBER_UNOCCUPIED", None, Error::PhoneUnregistered),
            (400, "PHONE_CODE_INVALID", None, Error::CodeInvalid),
            (400, "PHONE_CODE_EXPIRED", None, Error::CodeExpired),
            (400, "PASSWORD_HASH_INVALID", None, Error::PasswordInvalid),
            (401, "AUTH_KEY_UNREGISTERED", None, Error::SignedOut),
            (401, "SESSION_REVOKED", None, Error::SignedOut),
            (403, "CHAT_WRITE_FORBIDDEN", None, Error::NotAllowed),
            (403, "SOMETHING_NEW", None, Error::NotAllowed),
            (400, "CHANNEL_PRIVATE", None, Error::NotAllowed),
            (400, "PEER_ID_INVALID", None, Error::UnknownPeer),
            (400, "FILE_REFERENCE_EXPIRED", None, Error::FileGone),
        ] {
            assert_eq!(rpc(code, name, value), error, "{name}");
        }
    }

    #[test]
    fn unknown_refusals_keep_their_name() {
        let error = rpc(400, "MESSAGE_TOO_LONG", None);
        assert_eq!(error, Error::Rpc { method: "messages.sendMessage", code: 400, name: "MESSAGE_TOO_LONG".into() });
        assert_eq!(error.to_string(), "messages.sendMessage: MESSAGE_TOO_LONG (400)");
    }

    #[test]
    fn failures_on_the_way() {
        let call = |error| Error::from_call(error, "help.getConfig");
        assert_eq!(call(InvokeError::Deadline), Error::TimedOut);
        assert_eq!(call(InvokeError::NotConnected), Error::NotConnected);
        assert_eq!(call(InvokeError::Dropped), Error::NotConnected);
        assert_eq!(call(InvokeError::Protocol("odd".into())), Error::Protocol("odd".into()));
        let disk = std::io::Error::new(std::io::ErrorKind::StorageFull, "/home/somebody/secret");
        assert_eq!(Error::from(disk), Error::Disk("no storage space".into()));
    }
}
