//! Who is signed in where, and everything that is on its way to that.

use super::mix;
use num_bigint::BigUint;
use serde::Serialize;

/// One auth key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Device {
    /// Signed in as.
    pub user: Option<i64>,
    /// Gave the right code, owes the password.
    pub owes_password: Option<i64>,
    /// The key from which its authorization was imported; when that one signs out, so does this.
    pub parent: Option<i64>,
    pub srp: Option<SrpChallenge>,
    /// The salts with which a new password is to be made.
    pub new_salts: Option<(Vec<u8>, Vec<u8>)>,
    /// When it signed in, in Unix seconds.
    pub since: i32,
}

/// How codes come to an account, at first; asked for once more, they come as a text message, then by a call.
///
/// What real Telegram would send by these ways is fixed here: the code of the account ([`DemoAccount`](super::DemoAccount)),
/// [`EMAIL_CODE`] for anything sent by e-mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeWay {
    /// To the other devices of the account, as a message of Telegram's own.
    #[default]
    App,
    /// As a text message.
    Sms,
    /// Spoken on the phone.
    Call,
    /// The code is the number that calls: [`FLASH_NUMBER`].
    FlashCall,
    /// The code is the end of the number that calls.
    MissedCall,
    /// By e-mail; the address can be given up (`auth.resetLoginEmail`).
    Email,
    /// An e-mail address has to be set up first; whatever ends in `@refused.example` is not allowed.
    EmailSetUp,
    /// On fragment.com.
    Fragment,
    /// As a text message with a word.
    Word,
    /// As a text message with a sentence.
    Phrase,
}

/// The code in everything sent by e-mail: to sign in, to set the address up, to recover a password.
pub const EMAIL_CODE: &str = "583140";

/// The number that calls for a flash call, the end of which is the code of a missed call.
pub const FLASH_NUMBER: &str = "15550141725";

impl CodeWay {
    /// The ways in the order in which a resend goes through them.
    pub(crate) fn chain(self) -> &'static [CodeWay] {
        use CodeWay::{App, Call, Email, EmailSetUp, FlashCall, Fragment, MissedCall, Phrase, Sms, Word};
        match self {
            App => &[App, Sms, Call],
            Sms => &[Sms, Call],
            Call => &[Call, Sms],
            FlashCall => &[FlashCall, Sms, Call],
            MissedCall => &[MissedCall, Sms, Call],
            Email => &[Email],
            EmailSetUp => &[EmailSetUp],
            Fragment => &[Fragment],
            Word => &[Word, Sms],
            Phrase => &[Phrase, Sms],
        }
    }
}

/// A code on its way.
#[derive(Clone)]
pub(crate) struct SentCode {
    pub hash: String,
    /// Unix seconds.
    pub sent: i32,
    pub expires: i32,
    /// The way that it took, and those left.
    pub ways: &'static [CodeWay],
    /// The address that is being set up for it, once one was named.
    pub email: Option<String>,
}

impl SentCode {
    /// The way that it took.
    pub(crate) fn way(&self) -> CodeWay {
        self.ways.first().copied().unwrap_or_default()
    }
}

/// Wrong codes given for one number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WrongCodes {
    pub count: u32,
    /// No more tries before.
    pub until: i32,
}

/// How long things last while somebody signs in, in seconds. Tests shorten them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInTimes {
    /// A code is good for so long.
    pub code: i32,
    /// After a code has left the phone network it can be asked for once more after this.
    pub resend: i32,
    /// After so many wrong codes ...
    pub wrong_codes: u32,
    /// ... one has to wait so long.
    pub wait: i32,
    /// A QR code is good for so long.
    pub token: i32,
    /// An e-mail address that was given up is gone after this.
    pub email_reset: i32,
}

impl Default for SignInTimes {
    fn default() -> Self {
        Self { code: 300, resend: 15, wrong_codes: 5, wait: 60, token: 30, email_reset: 7 * 24 * 3600 }
    }
}

/// The token of a QR code.
#[derive(Clone, Debug)]
pub(crate) struct LoginToken {
    /// The key that shows it.
    pub key: i64,
    pub expires: i32,
    /// Accounts that may not take it: they are signed in there already.
    pub except: Vec<i64>,
    /// Who took it.
    pub accepted: Option<i64>,
}

/// A two-step password, as the server keeps it (core.telegram.org/api/srp).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password {
    pub salt1: Vec<u8>,
    pub salt2: Vec<u8>,
    /// What is kept instead of the password. It takes a tenth of a second to make, so those of the cast are made when
    /// they are asked for.
    pub verifier: Option<BigUint>,
    /// The password itself, of the cast only: tests have to know it.
    pub words: Option<String>,
    pub hint: String,
    /// For when it is forgotten.
    pub email: Option<String>,
}

impl Password {
    /// One of the cast's.
    pub(crate) fn of_cast(seed: u64, account: i64, words: &str, email: Option<&str>) -> Self {
        let long = |purpose: u64, words: u64| {
            (0..words).flat_map(|word| mix(mix(seed, purpose), mix(account as u64, word)).to_le_bytes()).collect()
        };
        Self {
            salt1: long(31, 5),
            salt2: long(32, 2),
            verifier: None,
            words: Some(words.to_owned()),
            hint: "what the lamp drinks".to_owned(),
            email: email.map(str::to_owned),
        }
    }
}

/// Settings of a password that wait for the address to be confirmed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Unconfirmed {
    /// The password as it will be, with the address.
    pub password: Password,
    pub expires: i32,
}

/// The server's side of one password check (core.telegram.org/api/srp).
#[derive(Clone)]
pub(crate) struct SrpChallenge {
    pub id: i64,
    pub user: i64,
    pub secret: BigUint,
    pub public: [u8; 256],
}

impl std::fmt::Debug for SrpChallenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SrpChallenge").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An address with most of it hidden, as it is shown to whoever signs in.
pub(crate) fn pattern(email: &str) -> String {
    let masked = |part: &str| part.chars().take(1).chain("***".chars()).collect::<String>();
    match email.split_once('@') {
        Some((name, host)) => {
            let end = host.rsplit_once('.').map_or("", |(_, end)| end);
            format!("{}@{}.{end}", masked(name), masked(host))
        }
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_hidden() {
        assert_eq!(pattern("keeper@lamp.example"), "k***@l***.example");
        assert_eq!(pattern("nobody"), "***");
    }

    #[test]
    fn a_missed_call_ends_in_the_code_of_all_accounts() {
        assert!(FLASH_NUMBER.ends_with(super::super::CODE));
    }
}
