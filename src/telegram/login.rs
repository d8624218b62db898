//! Signing in and out (core.telegram.org/api/auth).

mod password;

use crate::Error;
use crate::background::{Core, method};
use crate::connection::InvokeError;
use crate::convert::peer;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{Peer, PeerId};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long a log-out waits for the server.
const FAREWELL: Duration = Duration::from_secs(5);

/// More datacenters than that do not send an account on.
const MOST_MOVES: usize = 3;

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

    /// The number it was asked for: digits with a leading +.
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

/// Asks for a code, at the datacenter that has the account.
pub(crate) async fn request_code(core: &Core, phone: &str) -> Result<SentCode, Error> {
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
    match at_home(core, &request).await? {
        tl::enums::auth::SentCode::Code(code) => {
            let (kind, length) = kind(&code.r#type);
            Ok(SentCode { phone, hash: code.phone_code_hash, kind, length })
        }
        // Only for those who send the token of an earlier log-out, or who have to pay for a text message.
        tl::enums::auth::SentCode::Success(_) => Err(Error::Protocol("signed in without a code".into())),
        tl::enums::auth::SentCode::PaymentRequired(_) => Err(Error::NotAllowed),
    }
}

/// Asks, and goes where the server sends us.
async fn at_home<R>(core: &Core, request: &R) -> Result<R::Return, Error>
where
    R: tl::RemoteCall + tl::Identifiable,
{
    let mut moves = 0;
    let mut restarted = false;
    loop {
        match core.invoke_raw(request).await {
            Ok(answer) => return Ok(answer),
            Err(InvokeError::Rpc { name, value: Some(dc), .. })
                if matches!(name.as_str(), "PHONE_MIGRATE" | "NETWORK_MIGRATE" | "USER_MIGRATE")
                    && moves < MOST_MOVES =>
            {
                moves += 1;
                let dc = i32::try_from(dc).map_err(|_| Error::Protocol("no such datacenter".into()))?;
                core.pool().set_home(dc).await;
                core.store.set_home(dc).await?;
            }
            Err(error) if error.is("AUTH_RESTART") && !restarted => restarted = true,
            Err(error) => return Err(Error::from_call(error, method::<R>())),
        }
    }
}

/// Signs in with a code.
pub(crate) async fn sign_in(core: &Arc<Core>, sent: &SentCode, code: &str) -> Result<SignedIn, Error> {
    let _turn = core.turn.lock().await;
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.is_empty() {
        return Err(Error::CodeInvalid);
    }
    let by_mail = sent.kind == CodeKind::Email;
    let request = tl::functions::auth::SignIn {
        phone_number: sent.phone.clone(),
        phone_code_hash: sent.hash.clone(),
        phone_code: (!by_mail).then(|| code.clone()),
        email_verification: by_mail.then(|| tl::types::EmailVerificationCode { code }.into()),
    };
    match core.invoke_raw(&request).await {
        Ok(authorization) => Ok(SignedIn::Done(welcome(core, authorization).await?)),
        Err(error) if error.is("SESSION_PASSWORD_NEEDED") => {
            let tl::enums::account::Password::Password(password) =
                core.invoke(&tl::functions::account::GetPassword {}).await?;
            Ok(SignedIn::Password { hint: password.hint.filter(|hint| !hint.trim().is_empty()) })
        }
        Err(error) => Err(Error::from_call(error, "auth.signIn")),
    }
}

/// Signs in with the two-step password.
pub(crate) async fn check_password(core: &Arc<Core>, words: &str) -> Result<Peer, Error> {
    let _turn = core.turn.lock().await;
    let mut again = true;
    loop {
        let tl::enums::account::Password::Password(password) =
            core.invoke(&tl::functions::account::GetPassword {}).await?;
        let proof = password::proof(password, words.to_owned()).await?;
        match core.invoke_raw(&tl::functions::auth::CheckPassword { password: proof }).await {
            Ok(authorization) => return welcome(core, authorization).await,
            // Another try took the parameters, or they were too old.
            Err(error) if again && (error.is("SRP_ID_INVALID") || error.is("SRP_PASSWORD_CHANGED")) => again = false,
            Err(error) => return Err(Error::from_call(error, "auth.checkPassword")),
        }
    }
}

/// Everything that makes a fresh authorization a session.
async fn welcome(core: &Arc<Core>, authorization: tl::enums::auth::Authorization) -> Result<Peer, Error> {
    let tl::enums::auth::Authorization::Authorization(authorization) = authorization else {
        return Err(Error::PhoneUnregistered);
    };
    let told = peer::user(&authorization.user).ok_or_else(|| Error::Protocol("signed in as nobody".into()))?;
    let me: PeerId = told.peer.id;
    core.peers.learn(std::slice::from_ref(&authorization.user), &[]);
    core.store.save_peers(vec![told.stored]).await?;
    core.store.set_me(Some(me)).await?;
    core.set_me(Some(me));
    core.pool().authorized(true);
    core.feed(Feed::SignedIn);
    Ok(told.peer)
}

/// Ends the session. Goes on to its end even if the caller does not wait.
pub(crate) async fn log_out(core: &Arc<Core>) -> Result<(), Error> {
    let core = core.clone();
    let work = tokio::spawn(async move {
        let _turn = core.turn.lock().await;
        if core.me().is_some() {
            let farewell = core.invoke(&tl::functions::auth::LogOut {});
            if !matches!(tokio::time::timeout(FAREWELL, farewell).await, Ok(Ok(_))) {
                tracing::info!("logged out without the server");
            }
        }
        core.begin_anew().await
    });
    work.await.unwrap_or(Err(Error::Cancelled))
}

/// Digits with a leading +; `None` when there are none.
fn normalized(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty() && digits.len() <= 20).then(|| format!("+{digits}"))
}

fn kind(kind: &tl::enums::auth::SentCodeType) -> (CodeKind, usize) {
    use tl::enums::auth::SentCodeType as T;
    let (kind, length) = match kind {
        T::App(code) => (CodeKind::App, code.length),
        T::Sms(code) => (CodeKind::Sms, code.length),
        T::FirebaseSms(code) => (CodeKind::Sms, code.length),
        T::Call(code) => (CodeKind::Call, code.length),
        T::MissedCall(code) => (CodeKind::Call, code.length),
        T::FlashCall(_) => (CodeKind::Call, 0),
        T::EmailCode(code) => (CodeKind::Email, code.length),
        T::FragmentSms(code) => (CodeKind::Other, code.length),
        T::SetUpEmailRequired(_) | T::SmsWord(_) | T::SmsPhrase(_) => (CodeKind::Other, 0),
    };
    (kind, usize::try_from(length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_many_ways() {
        assert_eq!(normalized("+46 70-123 45 67").as_deref(), Some("+46701234567"));
        assert_eq!(normalized("(0049) 151 1").as_deref(), Some("+00491511"));
        assert_eq!(normalized("number"), None);
        assert_eq!(normalized(&"1".repeat(30)), None);
    }

    #[test]
    fn numbers_and_hashes_stay_out_of_logs() {
        let sent = SentCode { phone: "+4670".into(), hash: "secret".into(), kind: CodeKind::App, length: 5 };
        assert_eq!(format!("{sent:?}"), "SentCode { kind: App, length: 5, .. }");
    }
}
