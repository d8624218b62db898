//! Signing in and out (core.telegram.org/api/auth, core.telegram.org/api/srp).

use heliograph_model::Peer;
use std::fmt;

/// A code is on its way to the person who signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct SentCode {
    phone: String,
    hash: String,
    kind: CodeKind,
    length: usize,
}

/// How the code comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// As a message in Telegram on another device.
    App,
    /// As a text message.
    Sms,
    /// Somebody calls; the code is spoken or is a part of the number that calls.
    Call,
    /// By e-mail.
    Email,
    /// Some other way.
    Other,
}

impl SentCode {
    /// How many characters it has; 0 if the server did not say.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How it comes.
    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    /// The number it was asked for, digits only with a leading +.
    pub fn phone(&self) -> &str {
        &self.phone
    }
}

// Numbers and codes stay out of logs.
impl fmt::Debug for SentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentCode").field("kind", &self.kind).field("length", &self.length).finish_non_exhaustive()
    }
}

/// What came of a code.
#[derive(Clone, Debug, PartialEq)]
pub enum SignedIn {
    /// In; this is us.
    Done(Peer),
    /// The code was right; the account also has a password.
    Password {
        /// What its owner wrote down to remember it by.
        hint: Option<String>,
    },
}
