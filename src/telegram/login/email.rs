//! The e-mail address of an account, where codes go (core.telegram.org/api/auth#email-verification).

use super::SentCode;
use super::code::{accepted, asked, digits_of, length};
use crate::Error;
use crate::background::Core;
use grammers_tl_types as tl;
use std::fmt;
use std::sync::Arc;

/// A code is on its way to an e-mail address that is to be set up.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailCode {
    pattern: String,
    length: Option<usize>,
}

impl EmailCode {
    /// The address, with most of it hidden.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// How many characters it has, where the server says so.
    pub fn length(&self) -> Option<usize> {
        self.length
    }
}

impl fmt::Debug for EmailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailCode").field("length", &self.length).finish_non_exhaustive()
    }
}

fn purpose(sent: &SentCode) -> tl::enums::EmailVerifyPurpose {
    tl::types::EmailVerifyPurposeLoginSetup { phone_number: sent.phone.clone(), phone_code_hash: sent.hash.clone() }
        .into()
}

/// Has a code sent to an address that becomes the account's, after [`CodeKind::EmailSetUp`](super::CodeKind).
pub(crate) async fn set_up_email(core: &Core, sent: &SentCode, email: &str) -> Result<EmailCode, Error> {
    let _turn = core.turn.lock().await;
    let email = email.trim();
    // The server knows best; this only saves a question without a chance.
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) {
        return Err(Error::EmailInvalid);
    }
    let request = tl::functions::account::SendVerifyEmailCode { purpose: purpose(sent), email: email.to_owned() };
    let tl::enums::account::SentEmailCode::Code(code) = core.invoke(&request).await?;
    Ok(EmailCode { pattern: code.email_pattern, length: length(code.length) })
}

/// Confirms the address with the code; the code to sign in with follows.
pub(crate) async fn verify_email(core: &Arc<Core>, sent: &SentCode, code: &str) -> Result<SentCode, Error> {
    let _turn = core.turn.lock().await;
    let code = digits_of(code);
    if code.is_empty() {
        return Err(Error::CodeInvalid);
    }
    let request = tl::functions::account::VerifyEmail {
        purpose: purpose(sent),
        verification: tl::types::EmailVerificationCode { code }.into(),
    };
    match core.invoke(&request).await? {
        tl::enums::account::EmailVerified::Login(verified) => {
            accepted(core, verified.sent_code, sent.phone.clone()).await
        }
        tl::enums::account::EmailVerified::Verified(_) => {
            Err(Error::Protocol("an e-mail address without a code to sign in with".into()))
        }
    }
}

/// Gives up the account's address: the code comes to the phone, at once or when the time to wait is over.
pub(crate) async fn reset_login_email(core: &Arc<Core>, sent: &SentCode) -> Result<SentCode, Error> {
    let _turn = core.turn.lock().await;
    let request =
        tl::functions::auth::ResetLoginEmail { phone_number: sent.phone.clone(), phone_code_hash: sent.hash.clone() };
    let again = asked(core, &request).await?;
    accepted(core, again, sent.phone.clone()).await
}
