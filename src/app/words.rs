//! Everything that the interface says. The words live in `i18n/`, one file a language, and travel in the binary.

pub mod date;
mod language;
pub mod number;

pub use language::{Here, Language, current, desktop, here, language, languages, set};

/// Looks up a message by its id, which is checked when compiling: `fl!(words, "retry")`.
pub use i18n_embed_fl::fl;

use fluent::{FluentArgs, FluentValue};
use heliograph_store::KeyError;
use heliograph_telegram::Error;
use std::collections::HashMap;

/// The words in the person's language. A handle without weight: which language that is, is asked with each message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words;

/// What [`fl!`] calls.
impl Words {
    /// A message without arguments.
    pub fn get(&self, id: &str) -> String {
        language::say(id, None, None)
    }

    /// A message with arguments.
    pub fn get_args_concrete<'a>(&self, id: &str, args: HashMap<&'a str, FluentValue<'a>>) -> String {
        language::say(id, None, Some(&FluentArgs::from_iter(args)))
    }

    /// What belongs to a message, without arguments.
    pub fn get_attr(&self, id: &str, attribute: &str) -> String {
        language::say(id, Some(attribute), None)
    }

    /// What belongs to a message, with arguments.
    pub fn get_attr_args_concrete<'a>(
        &self,
        id: &str,
        attribute: &str,
        args: HashMap<&'a str, FluentValue<'a>>,
    ) -> String {
        language::say(id, Some(attribute), Some(&FluentArgs::from_iter(args)))
    }
}

/// Says what went wrong with a request, what it means for the person's data, and what to do next.
pub fn error(error: &Error) -> String {
    let words = Words;
    match error {
        Error::NotConnected => fl!(words, "error-not-connected"),
        Error::TimedOut => fl!(words, "error-timed-out"),
        Error::Cancelled => fl!(words, "error-cancelled"),
        Error::FloodWait(seconds) => fl!(words, "error-flood-wait", time = wait(*seconds)),
        Error::PhoneInvalid => fl!(words, "error-phone-invalid"),
        Error::PhoneBanned => fl!(words, "error-phone-banned"),
        Error::PhoneFlood => fl!(words, "error-phone-flood"),
        Error::PhoneUnregistered => fl!(words, "error-phone-unregistered"),
        Error::CodeInvalid => fl!(words, "error-code-invalid"),
        Error::CodeExpired => fl!(words, "error-code-expired"),
        Error::CodeUnavailable => fl!(words, "error-code-unavailable"),
        Error::EmailInvalid => fl!(words, "error-email-invalid"),
        Error::EmailRefused => fl!(words, "error-email-refused"),
        Error::EmailResetPending => fl!(words, "error-email-reset-pending"),
        Error::PasswordInvalid => fl!(words, "error-password-invalid"),
        Error::RecoveryUnavailable => fl!(words, "error-recovery-unavailable"),
        Error::RecoveryExpired => fl!(words, "error-recovery-expired"),
        Error::ApiRefused => fl!(words, "error-api-refused"),
        Error::SignedOut => fl!(words, "error-signed-out"),
        Error::NotAllowed => fl!(words, "error-not-allowed"),
        Error::UnknownPeer => fl!(words, "error-unknown-peer"),
        Error::FileGone => fl!(words, "error-file-gone"),
        Error::Rpc { name, .. } => fl!(words, "error-rpc", name = name.clone()),
        Error::Disk(why) => fl!(words, "error-disk", why = why.clone()),
        Error::Store(why) => fl!(words, "error-store", why = why.clone()),
        Error::Protocol(_) => fl!(words, "error-protocol"),
    }
}

/// The same for the key to the person's data.
pub fn key_error(error: &KeyError) -> String {
    let words = Words;
    match error {
        KeyError::NoService => fl!(words, "key-no-service"),
        KeyError::Locked => fl!(words, "key-locked"),
        KeyError::NoAnswer => fl!(words, "key-no-answer"),
        KeyError::Missing => fl!(words, "key-missing"),
        KeyError::NeedPassphrase { new: true } => fl!(words, "opening-passphrase-new-lead"),
        KeyError::NeedPassphrase { new: false } => fl!(words, "opening-passphrase-lead"),
        KeyError::WrongPassphrase => fl!(words, "key-wrong-passphrase"),
        KeyError::Corrupt => fl!(words, "key-corrupt"),
        KeyError::Io(why) => fl!(words, "key-io", why = why.clone()),
    }
}

/// The same where there is no data yet: the key may be kept elsewhere.
pub fn new_key_error(error: &KeyError) -> String {
    match error {
        KeyError::NoService => fl!(Words, "key-no-service-new"),
        KeyError::Locked => fl!(Words, "key-locked-new"),
        error => key_error(error),
    }
}

/// A time to wait, in the unit that people would use; never shorter than it is.
pub fn wait(seconds: u32) -> String {
    let words = Words;
    match seconds {
        0..120 => fl!(words, "wait-seconds", count = seconds),
        120..7200 => fl!(words, "wait-minutes", count = seconds.div_ceil(60)),
        _ => fl!(words, "wait-hours", count = seconds.div_ceil(3600)),
    }
}

/// A time in the unit that people would use, for what lasts for hours, days or months.
pub fn span(seconds: u32) -> String {
    let words = Words;
    match seconds {
        0..86_400 => wait(seconds),
        86_400..2_592_000 if seconds.is_multiple_of(604_800) => fl!(words, "span-weeks", count = (seconds / 604_800)),
        86_400..2_592_000 => fl!(words, "span-days", count = (seconds / 86_400)),
        2_592_000..31_536_000 => fl!(words, "span-months", count = (seconds / 2_592_000)),
        _ => fl!(words, "span-years", count = (seconds / 31_536_000)),
    }
}

#[cfg(test)]
mod translations;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_the_binary_without_marks() {
        let words = Words;
        assert_eq!(fl!(words, "retry"), "Try again");
        assert_eq!(
            error(&Error::FloodWait(42)),
            "Telegram asks to wait 42 seconds before the next try. Nothing was lost."
        );
    }

    #[test]
    fn waits_are_in_fitting_units_and_never_too_short() {
        assert_eq!(wait(1), "1 second");
        assert_eq!(wait(119), "119 seconds");
        assert_eq!(wait(121), "3 minutes");
        assert_eq!(wait(7201), "3 hours");
    }

    #[test]
    fn every_error_says_something_of_its_own() {
        let errors = [
            Error::NotConnected,
            Error::TimedOut,
            Error::Cancelled,
            Error::FloodWait(3),
            Error::PhoneInvalid,
            Error::PhoneBanned,
            Error::PhoneFlood,
            Error::PhoneUnregistered,
            Error::CodeInvalid,
            Error::CodeExpired,
            Error::CodeUnavailable,
            Error::EmailInvalid,
            Error::EmailRefused,
            Error::EmailResetPending,
            Error::PasswordInvalid,
            Error::RecoveryUnavailable,
            Error::RecoveryExpired,
            Error::ApiRefused,
            Error::SignedOut,
            Error::NotAllowed,
            Error::UnknownPeer,
            Error::FileGone,
            Error::Rpc { method: "auth.signIn", code: 400, name: "PEER_FLOOD".into() },
            Error::Disk("no space left".into()),
            Error::Store("damaged".into()),
            Error::Protocol("odd".into()),
        ];
        let said: std::collections::HashSet<String> = errors.iter().map(error).collect();
        assert_eq!(said.len(), errors.len());
        for words in said {
            assert!(words.ends_with('.') && !words.contains('!') && !words.contains("No localization"), "{words}");
        }
    }
}
