//! The code that is sent to a phone number, on whichever way.

use super::{SignedIn, arrived, at_home, welcome};
use crate::Error;
use crate::background::{Core, method};
use grammers_tl_types as tl;
use heliograph_model::Peer;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Longer codes than that are a mistake of the server.
const LONGEST_CODE: i32 = 64;

/// A code is on its way to the person who signs in.
#[derive(Clone, PartialEq)]
pub struct SentCode {
    pub(super) phone: String,
    pub(super) hash: String,
    kind: CodeKind,
    length: Option<usize>,
    next: Option<NextCode>,
    resend_after: Option<Duration>,
    signed_in: Option<Box<Peer>>,
}

/// How the code comes.
#[derive(Clone, PartialEq, Eq)]
pub enum CodeKind {
    /// As a message in Telegram on another device.
    App,
    /// As a text message.
    Sms,
    /// Somebody calls and speaks it.
    Call,
    /// Somebody calls and hangs up: the whole number that calls is the code.
    FlashCall {
        /// What the number looks like, `X` for any digit.
        pattern: String,
    },
    /// Somebody calls and hangs up: the last digits of the number that calls are the code.
    MissedCall {
        /// How the number begins.
        prefix: String,
        /// How many digits to type.
        length: usize,
    },
    /// By e-mail.
    Email {
        /// The address, with most of it hidden.
        pattern: String,
        /// How many characters the code has.
        length: usize,
        /// Without access to the address, it can be removed, and that takes so long.
        reset_after: Option<Duration>,
        /// It is being removed, and will be gone at this time (Unix seconds).
        reset_at: Option<i64>,
    },
    /// None was sent: an e-mail address has to be set up first
    /// ([`Account::set_up_email`](crate::Account::set_up_email)).
    EmailSetUp,
    /// On fragment.com, for numbers that were bought there.
    Fragment {
        /// The page to open.
        url: String,
    },
    /// As a text message with a word in it.
    Word {
        /// How it begins.
        beginning: Option<String>,
    },
    /// As a text message with a sentence in it.
    Phrase {
        /// How it begins.
        beginning: Option<String>,
    },
    /// Some other way.
    Other,
}

// The ways have parts of numbers, addresses and codes in them, which stay out of logs.
impl fmt::Debug for CodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CodeKind::App => "App",
            CodeKind::Sms => "Sms",
            CodeKind::Call => "Call",
            CodeKind::FlashCall { .. } => "FlashCall",
            CodeKind::MissedCall { .. } => "MissedCall",
            CodeKind::Email { .. } => "Email",
            CodeKind::EmailSetUp => "EmailSetUp",
            CodeKind::Fragment { .. } => "Fragment",
            CodeKind::Word { .. } => "Word",
            CodeKind::Phrase { .. } => "Phrase",
            CodeKind::Other => "Other",
        })
    }
}

/// How the code would come if it were asked for once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextCode {
    /// As a text message.
    Sms,
    /// Spoken on the phone.
    Call,
    /// As the number of a call.
    FlashCall,
    /// As the end of the number of a call.
    MissedCall,
    /// On fragment.com.
    Fragment,
}

impl SentCode {
    /// How many characters it has, where the server says so.
    pub fn length(&self) -> Option<usize> {
        self.length
    }

    /// How it comes.
    pub fn kind(&self) -> &CodeKind {
        &self.kind
    }

    /// The number it was asked for: digits with a leading +.
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// What [`Account::resend_code`](crate::Account::resend_code) would bring; `None` if there is no other way.
    pub fn next(&self) -> Option<NextCode> {
        self.next
    }

    /// How long to wait, from when it was sent, before it may be asked for once more.
    pub fn resend_after(&self) -> Option<Duration> {
        self.resend_after
    }

    /// No code was needed, this is us: the server knew us already.
    pub fn signed_in(&self) -> Option<&Peer> {
        self.signed_in.as_deref()
    }
}

// Numbers and codes stay out of logs.
impl fmt::Debug for SentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentCode")
            .field("kind", &self.kind)
            .field("length", &self.length)
            .field("next", &self.next)
            .field("resend_after", &self.resend_after)
            .finish_non_exhaustive()
    }
}

/// Asks for a code, at the datacenter that has the account.
pub(crate) async fn request_code(core: &Arc<Core>, phone: &str) -> Result<SentCode, Error> {
    let _turn = core.turn.lock().await;
    let phone = normalized(phone).ok_or(Error::PhoneInvalid)?;
    let request = tl::functions::auth::SendCode {
        phone_number: phone.clone(),
        api_id: core.settings.api_id,
        api_hash: core.settings.api_hash.clone(),
        settings: tl::types::CodeSettings {
            allow_flashcall: false,
            current_number: false,
            allow_app_hash: false,
            allow_missed_call: false,
            allow_firebase: false,
            unknown_number: false,
            logout_tokens: None,
            token: None,
            app_sandbox: None,
        }
        .into(),
    };
    let sent = asked(core, &request).await?;
    accepted(core, sent, phone).await
}

/// Has the code sent once more, on the next way.
pub(crate) async fn resend_code(core: &Arc<Core>, sent: &SentCode) -> Result<SentCode, Error> {
    let _turn = core.turn.lock().await;
    let request = tl::functions::auth::ResendCode {
        phone_number: sent.phone.clone(),
        phone_code_hash: sent.hash.clone(),
        reason: None,
    };
    let again = asked(core, &request).await?;
    accepted(core, again, sent.phone.clone()).await
}

/// Tells the server that the code is not wanted any more: it stops calling, and the code is void. Best effort.
pub(crate) async fn cancel_code(core: &Core, sent: &SentCode) -> Result<(), Error> {
    let _turn = core.turn.lock().await;
    let request =
        tl::functions::auth::CancelCode { phone_number: sent.phone.clone(), phone_code_hash: sent.hash.clone() };
    core.invoke(&request).await.map(|_| ())
}

/// Signs in with a code.
pub(crate) async fn sign_in(core: &Arc<Core>, sent: &SentCode, code: &str) -> Result<SignedIn, Error> {
    let _turn = core.turn.lock().await;
    if let (Some(me), true) = (&sent.signed_in, core.me().is_some()) {
        return Ok(SignedIn::Done(Peer::clone(me)));
    }
    let code = tidied(&sent.kind, code);
    if code.is_empty() {
        return Err(Error::CodeInvalid);
    }
    let by_mail = matches!(sent.kind, CodeKind::Email { .. });
    let request = tl::functions::auth::SignIn {
        phone_number: sent.phone.clone(),
        phone_code_hash: sent.hash.clone(),
        phone_code: (!by_mail).then(|| code.clone()),
        email_verification: by_mail.then(|| tl::types::EmailVerificationCode { code }.into()),
    };
    arrived(core, at_home(core, &request).await, "auth.signIn").await
}

/// Asks for something that a code comes of.
pub(super) async fn asked<R>(core: &Core, request: &R) -> Result<tl::enums::auth::SentCode, Error>
where
    R: tl::RemoteCall<Return = tl::enums::auth::SentCode> + tl::Identifiable,
{
    at_home(core, request).await.map_err(|error| Error::from_call(error, method::<R>()))
}

/// What the server said about a code.
pub(super) async fn accepted(
    core: &Arc<Core>,
    sent: tl::enums::auth::SentCode,
    phone: String,
) -> Result<SentCode, Error> {
    match sent {
        tl::enums::auth::SentCode::Code(code) => Ok(read(code, phone)),
        tl::enums::auth::SentCode::Success(success) => {
            let me = welcome(core, success.authorization).await?;
            Ok(SentCode {
                phone,
                hash: String::new(),
                kind: CodeKind::Other,
                length: None,
                next: None,
                resend_after: None,
                signed_in: Some(Box::new(me)),
            })
        }
        // A text message to this number costs money, which only the official apps can take.
        tl::enums::auth::SentCode::PaymentRequired(_) => Err(Error::CodeUnavailable),
    }
}

fn read(code: tl::types::auth::SentCode, phone: String) -> SentCode {
    let (kind, length) = kind(code.r#type);
    SentCode {
        phone,
        hash: code.phone_code_hash,
        kind,
        length,
        next: code.next_type.map(|next| match next {
            tl::enums::auth::CodeType::Sms => NextCode::Sms,
            tl::enums::auth::CodeType::Call => NextCode::Call,
            tl::enums::auth::CodeType::FlashCall => NextCode::FlashCall,
            tl::enums::auth::CodeType::MissedCall => NextCode::MissedCall,
            tl::enums::auth::CodeType::FragmentSms => NextCode::Fragment,
        }),
        resend_after: code.timeout.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
        signed_in: None,
    }
}

fn kind(kind: tl::enums::auth::SentCodeType) -> (CodeKind, Option<usize>) {
    use tl::enums::auth::SentCodeType as T;
    match kind {
        T::App(code) => (CodeKind::App, length(code.length)),
        T::Sms(code) => (CodeKind::Sms, length(code.length)),
        T::FirebaseSms(code) => (CodeKind::Sms, length(code.length)),
        T::Call(code) => (CodeKind::Call, length(code.length)),
        T::MissedCall(code) => {
            let digits = length(code.length);
            (CodeKind::MissedCall { prefix: code.prefix, length: digits.unwrap_or_default() }, digits)
        }
        T::FlashCall(code) => (CodeKind::FlashCall { pattern: code.pattern }, None),
        T::EmailCode(code) => {
            let characters = length(code.length);
            let kind = CodeKind::Email {
                pattern: code.email_pattern,
                length: characters.unwrap_or_default(),
                reset_after: code
                    .reset_available_period
                    .and_then(|seconds| u64::try_from(seconds).ok())
                    .map(Duration::from_secs),
                reset_at: code.reset_pending_date.map(i64::from),
            };
            (kind, characters)
        }
        T::SetUpEmailRequired(_) => (CodeKind::EmailSetUp, None),
        T::FragmentSms(code) => (CodeKind::Fragment { url: code.url }, length(code.length)),
        T::SmsWord(code) => (CodeKind::Word { beginning: some_text(code.beginning) }, None),
        T::SmsPhrase(code) => (CodeKind::Phrase { beginning: some_text(code.beginning) }, None),
    }
}

/// A number of characters, unless it is none or absurd.
pub(super) fn length(length: i32) -> Option<usize> {
    usize::try_from(length).ok().filter(|_| (1..=LONGEST_CODE).contains(&length))
}

fn some_text(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The code without what people type around it. Words keep their spaces.
fn tidied(kind: &CodeKind, code: &str) -> String {
    match kind {
        CodeKind::Word { .. } | CodeKind::Phrase { .. } => code.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => digits_of(code),
    }
}

/// A code of digits or letters, without spaces and dashes.
pub(super) fn digits_of(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// Digits with a leading +; `None` when there are none.
fn normalized(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty() && digits.len() <= 20).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tl::enums::auth::{CodeType, SentCodeType};
    use tl::types::auth as types;

    fn sent(kind: impl Into<SentCodeType>) -> SentCode {
        let code = types::SentCode {
            r#type: kind.into(),
            phone_code_hash: "secret".into(),
            next_type: Some(CodeType::MissedCall),
            timeout: Some(90),
        };
        read(code, "+4670".into())
    }

    #[test]
    fn numbers_are_written_in_many_ways() {
        assert_eq!(normalized("+46 70-123 45 67").as_deref(), Some("+46701234567"));
        assert_eq!(normalized("(0049) 151 1").as_deref(), Some("+00491511"));
        assert_eq!(normalized("number"), None);
        assert_eq!(normalized(&"1".repeat(30)), None);
    }

    #[test]
    fn numbers_and_hashes_stay_out_of_logs() {
        let shown = format!("{:?}", sent(types::SentCodeTypeSmsWord { beginning: Some("lig".into()) }));
        assert!(shown.starts_with("SentCode { kind: Word, length: None, next: Some(MissedCall)"), "{shown}");
        for secret in ["4670", "secret", "lig"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn every_way_is_understood() {
        let app = sent(types::SentCodeTypeApp { length: 5 });
        assert_eq!((app.kind(), app.length()), (&CodeKind::App, Some(5)));
        assert_eq!((app.next(), app.resend_after()), (Some(NextCode::MissedCall), Some(Duration::from_secs(90))));
        let missed = sent(types::SentCodeTypeMissedCall { prefix: "+4477".into(), length: 6 });
        assert_eq!(missed.kind(), &CodeKind::MissedCall { prefix: "+4477".into(), length: 6 });
        assert_eq!(missed.length(), Some(6));
        let flash = sent(types::SentCodeTypeFlashCall { pattern: "+44XXXX".into() });
        assert_eq!((flash.kind(), flash.length()), (&CodeKind::FlashCall { pattern: "+44XXXX".into() }, None));
        let mail = sent(types::SentCodeTypeEmailCode {
            apple_signin_allowed: false,
            google_signin_allowed: false,
            email_pattern: "k***@e***".into(),
            length: 6,
            reset_available_period: Some(7),
            reset_pending_date: Some(99),
        });
        let expected = CodeKind::Email {
            pattern: "k***@e***".into(),
            length: 6,
            reset_after: Some(Duration::from_secs(7)),
            reset_at: Some(99),
        };
        assert_eq!(mail.kind(), &expected);
        let fragment = sent(types::SentCodeTypeFragmentSms { url: "https://fragment.com".into(), length: 5 });
        assert_eq!(fragment.kind(), &CodeKind::Fragment { url: "https://fragment.com".into() });
        let phrase = sent(types::SentCodeTypeSmsPhrase { beginning: Some(" ".into()) });
        assert_eq!(phrase.kind(), &CodeKind::Phrase { beginning: None });
        let set_up =
            sent(types::SentCodeTypeSetUpEmailRequired { apple_signin_allowed: false, google_signin_allowed: false });
        assert_eq!((set_up.kind(), set_up.length()), (&CodeKind::EmailSetUp, None));
    }

    #[test]
    fn absurd_lengths_are_none() {
        for length in [0, -1, i32::MIN, i32::MAX, LONGEST_CODE + 1] {
            assert_eq!(sent(types::SentCodeTypeSms { length }).length(), None);
        }
    }

    /// The answer to those who send the token of an earlier log-out.
    #[tokio::test(flavor = "multi_thread")]
    async fn who_is_known_needs_no_code() {
        let folder = tempfile::tempdir().unwrap();
        let key = heliograph_store::DataKey::from_bytes([1; 32]);
        let store = heliograph_store::Store::open(&folder.path().join("account"), &key).await.unwrap();
        let server = heliograph_demo::Server::start(heliograph_demo::Options {
            quiet: true,
            world: heliograph_demo::WorldKind::Plain,
            ..Default::default()
        });
        let server = server.await.unwrap();
        let settings = crate::Settings {
            servers: crate::Servers::Custom {
                address: server.address().to_string(),
                key: crate::ServerKey::from_pem(&server.public_key_pem()).unwrap(),
            },
            api_id: 1,
            api_hash: "x".into(),
            ways: crate::Ways::default(),
            device: crate::Device {
                model: "Test".into(),
                system: "Test".into(),
                app_version: "0".into(),
                language: "en".into(),
            },
        };
        let (account, _events) = crate::Account::open(settings, store).await.unwrap();
        let demo = server.accounts().remove(0);
        let sent = account.request_code(&demo.phone).await.unwrap();
        let sign_in = tl::functions::auth::SignIn {
            phone_number: sent.phone.clone(),
            phone_code_hash: sent.hash.clone(),
            phone_code: Some(demo.code),
            email_verification: None,
        };
        let authorization = account.core().invoke_raw(&sign_in).await.unwrap();
        let success = types::SentCodeSuccess { authorization };
        let sent = accepted(account.core(), success.into(), sent.phone).await.unwrap();
        let me = sent.signed_in().unwrap();
        assert_eq!(account.me(), Some(me.id));
        assert_eq!(account.sign_in(&sent, "").await, Ok(SignedIn::Done(me.clone())));
        let unknown = types::AuthorizationSignUpRequired { terms_of_service: None }.into();
        let unknown = types::SentCodeSuccess { authorization: unknown };
        assert_eq!(accepted(account.core(), unknown.into(), "+1".into()).await, Err(Error::PhoneUnregistered));
    }

    #[test]
    fn words_keep_their_spaces() {
        assert_eq!(tidied(&CodeKind::App, " 12-3 45 "), "12345");
        assert_eq!(tidied(&CodeKind::Phrase { beginning: None }, "  the light   is on "), "the light is on");
    }
}
