//! The e-mail address to which codes go (core.telegram.org/api/auth#email-verification).

use super::code::{good_code, sent};
use super::number;
use crate::api::{Ask, Fine, bad};
use crate::world::{CodeWay, EMAIL_CODE, SentCode, pattern};
use grammers_tl_types::{enums, functions, types};

/// Addresses that end so are refused, as those of throw-away providers are.
const REFUSED: &str = "@refused.example";

/// Something like an address, and one that is taken.
pub(crate) fn address(email: &str) -> Fine<()> {
    let sound = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if !sound || email.chars().any(char::is_whitespace) {
        return Err(bad("EMAIL_INVALID"));
    }
    if email.ends_with(REFUSED) { Err(bad("EMAIL_NOT_ALLOWED")) } else { Ok(()) }
}

/// Where the change waits: under the number that signs in, or under the account that is signed in.
fn place(ask: &Ask<'_>, purpose: &enums::EmailVerifyPurpose) -> Fine<String> {
    match purpose {
        enums::EmailVerifyPurpose::LoginSetup(setup) => {
            let phone = number(&setup.phone_number)?;
            let code = good_code(ask, &phone, &setup.phone_code_hash)?;
            if code.way() == CodeWay::EmailSetUp { Ok(phone) } else { Err(bad("EMAIL_NOT_SETUP")) }
        }
        enums::EmailVerifyPurpose::LoginChange => Ok(format!("change of {}", ask.me()?)),
        enums::EmailVerifyPurpose::Passport => Err(bad("EMAIL_NOT_SETUP")),
    }
}

pub(crate) fn send_verify_email_code(
    ask: &mut Ask<'_>,
    request: functions::account::SendVerifyEmailCode,
) -> Fine<enums::account::SentEmailCode> {
    let place = place(ask, &request.purpose)?;
    address(&request.email)?;
    let now = ask.state.now();
    let expires = now.saturating_add(ask.state.times.code);
    let waiting = ask.state.codes.entry(place).or_insert_with(|| SentCode {
        hash: String::new(),
        sent: now,
        expires,
        ways: CodeWay::Email.chain(),
        email: None,
    });
    waiting.expires = expires;
    waiting.email = Some(request.email.clone());
    Ok(types::account::SentEmailCode { email_pattern: pattern(&request.email), length: EMAIL_CODE.len() as i32 }.into())
}

pub(crate) fn verify_email(
    ask: &mut Ask<'_>,
    request: functions::account::VerifyEmail,
) -> Fine<enums::account::EmailVerified> {
    let place = place(ask, &request.purpose)?;
    let waiting = ask.state.codes.get(&place).filter(|waiting| waiting.expires > ask.state.now());
    let email = waiting.and_then(|waiting| waiting.email.clone()).ok_or_else(|| bad("EMAIL_VERIFY_EXPIRED"))?;
    match request.verification {
        enums::EmailVerification::Code(code) if code.code == EMAIL_CODE => {}
        enums::EmailVerification::Code(_) => return Err(bad("CODE_INVALID")),
        _ => return Err(bad("EMAIL_TOKEN_INVALID")),
    }
    let account = match request.purpose {
        enums::EmailVerifyPurpose::LoginSetup(_) => ask.state.account_by_phone(&place),
        _ => Some(ask.me()?),
    };
    ask.state.codes.remove(&place);
    if let Some(account) = account.and_then(|account| ask.state.accounts.get_mut(&account)) {
        account.login_email = Some(email.clone());
        account.email_gone_at = None;
        account.way = CodeWay::Email;
    }
    Ok(match request.purpose {
        enums::EmailVerifyPurpose::LoginSetup(_) => {
            let sent_code = sent(ask, place, CodeWay::Email.chain())?;
            types::account::EmailVerifiedLogin { email, sent_code }.into()
        }
        _ => types::account::EmailVerified { email }.into(),
    })
}

/// Somebody has lost the address: it is gone after a while, and until then codes still go there.
pub(crate) fn reset_login_email(
    ask: &mut Ask<'_>,
    request: functions::auth::ResetLoginEmail,
) -> Fine<enums::auth::SentCode> {
    let phone = number(&request.phone_number)?;
    let code = good_code(ask, &phone, &request.phone_code_hash)?;
    let now = ask.state.now();
    let gone_at = now.saturating_add(ask.state.times.email_reset);
    let account = ask.state.account_by_phone(&phone).and_then(|account| ask.state.accounts.get_mut(&account));
    let Some(account) = account.filter(|_| code.way() == CodeWay::Email) else {
        return Err(bad("EMAIL_INSTALL_MISSING"));
    };
    match account.email_gone_at {
        Some(at) if at > now => return Err(bad("TASK_ALREADY_EXISTS")),
        None if gone_at > now => {
            account.email_gone_at = Some(gone_at);
            return sent(ask, phone, CodeWay::Email.chain());
        }
        _ => {}
    }
    account.email_gone_at = None;
    account.login_email = None;
    account.way = CodeWay::Sms;
    sent(ask, phone, CodeWay::Sms.chain())
}
