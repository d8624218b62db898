//! Signing in and out (core.telegram.org/api/auth), and taking an authorization to another datacenter.

use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{CODE, SentCode, state::digits};
use grammers_tl_types::{enums, functions, types};

/// How long a code is good.
const CODE_SECONDS: i32 = 5 * 60;
/// Wrong codes before one must wait, and how long.
const WRONG_CODES: u32 = 5;
const WAIT_SECONDS: i32 = 60;
/// How long an exported authorization is good.
const EXPORT_SECONDS: i32 = 60;

/// Digits of something that could be a number.
fn number(phone: &str) -> Fine<String> {
    let junk = phone.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '+' | ' ' | '-' | '(' | ')' | '\u{a0}'));
    let digits = digits(phone);
    if junk || !(7..=15).contains(&digits.len()) { Err(bad("PHONE_NUMBER_INVALID")) } else { Ok(digits) }
}

/// Bytes that nobody can guess.
pub(crate) fn secret<const N: usize>() -> Fine<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| RpcError::new(500, "RANDOM_UNAVAILABLE"))?;
    Ok(bytes)
}

fn sent(ask: &mut Ask<'_>, phone: String, by: enums::auth::SentCodeType) -> Fine<enums::auth::SentCode> {
    let hash: String = secret::<9>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let expires = ask.state.now().saturating_add(CODE_SECONDS);
    ask.state.codes.insert(phone, SentCode { hash: hash.clone(), expires });
    Ok(types::auth::SentCode {
        r#type: by,
        phone_code_hash: hash,
        next_type: Some(enums::auth::CodeType::Sms),
        timeout: Some(60),
    }
    .into())
}

/// Says yes to any number that could be one, as Telegram does.
pub(crate) fn send_code(ask: &mut Ask<'_>, request: functions::auth::SendCode) -> Fine<enums::auth::SentCode> {
    if request.api_id <= 0 || request.api_hash.is_empty() {
        return Err(bad("API_ID_INVALID"));
    }
    let phone = number(&request.phone_number)?;
    sent(ask, phone, types::auth::SentCodeTypeApp { length: CODE.len() as i32 }.into())
}

/// The same code again, by another way.
pub(crate) fn resend_code(ask: &mut Ask<'_>, request: functions::auth::ResendCode) -> Fine<enums::auth::SentCode> {
    let phone = number(&request.phone_number)?;
    good_code(ask, &phone, &request.phone_code_hash)?;
    sent(ask, phone, types::auth::SentCodeTypeSms { length: CODE.len() as i32 }.into())
}

pub(crate) fn cancel_code(ask: &mut Ask<'_>, request: functions::auth::CancelCode) -> Fine<bool> {
    let phone = number(&request.phone_number)?;
    good_code(ask, &phone, &request.phone_code_hash)?;
    ask.state.codes.remove(&phone);
    Ok(true)
}

/// A code is on its way under this hash.
fn good_code(ask: &Ask<'_>, phone: &str, hash: &str) -> Fine<()> {
    match ask.state.codes.get(phone) {
        Some(sent) if sent.hash == hash && sent.expires > ask.state.now() => Ok(()),
        _ => Err(bad("PHONE_CODE_EXPIRED")),
    }
}

/// Checks the code. Then somebody is signed in, owes the password, or has no account yet.
pub(crate) fn sign_in(ask: &mut Ask<'_>, request: functions::auth::SignIn) -> Fine<enums::auth::Authorization> {
    let phone = number(&request.phone_number)?;
    let now = ask.state.now();
    let wrong = ask.state.wrong_codes.get(&phone).copied().unwrap_or_default();
    if wrong.until > now {
        return Err(RpcError::new(420, format!("FLOOD_WAIT_{}", wrong.until - now)));
    }
    good_code(ask, &phone, &request.phone_code_hash)?;
    let code = request.phone_code.unwrap_or_default();
    if code.is_empty() {
        return Err(bad("PHONE_CODE_EMPTY"));
    }
    let account = ask.state.account_by_phone(&phone);
    let expected = account.and_then(|id| ask.state.accounts.get(&id)).map_or(CODE, |account| account.code.as_str());
    if code != expected {
        let entry = ask.state.wrong_codes.entry(phone).or_default();
        entry.count += 1;
        if entry.count >= WRONG_CODES {
            entry.count = 0;
            entry.until = now.saturating_add(WAIT_SECONDS);
        }
        return Err(bad("PHONE_CODE_INVALID"));
    }
    ask.state.wrong_codes.remove(&phone);
    let Some(account) = account else {
        return Ok(types::auth::AuthorizationSignUpRequired { terms_of_service: None }.into());
    };
    ask.state.codes.remove(&phone);
    let locked = ask.state.accounts.get(&account).is_some_and(|account| account.password.is_some());
    if locked {
        let device = ask.state.devices.entry(ask.caller.key_id).or_default();
        *device = crate::world::Device { owes_password: Some(account), ..Default::default() };
        return Err(RpcError::new(401, "SESSION_PASSWORD_NEEDED"));
    }
    signed_in(ask, account, None)
}

/// From now on this key is this account's.
pub(crate) fn signed_in(ask: &mut Ask<'_>, account: i64, parent: Option<i64>) -> Fine<enums::auth::Authorization> {
    let since = ask.state.now();
    ask.state
        .devices
        .insert(ask.caller.key_id, crate::world::Device { user: Some(account), parent, since, ..Default::default() });
    Ok(types::auth::Authorization {
        setup_password_required: false,
        otherwise_relogin_days: None,
        tmp_sessions: None,
        future_auth_token: None,
        user: ask.view()?.user(account),
    }
    .into())
}

/// This device only, with what it took to other datacenters.
pub(crate) fn log_out(ask: &mut Ask<'_>, _: functions::auth::LogOut) -> Fine<enums::auth::LoggedOut> {
    ask.me()?;
    let key = ask.caller.key_id;
    ask.state.devices.retain(|id, device| *id != key && device.parent != Some(key));
    ask.state.exported.retain(|_, (_, _, from, _)| *from != key);
    Ok(types::auth::LoggedOut { future_auth_token: None }.into())
}

pub(crate) fn export_authorization(
    ask: &mut Ask<'_>,
    request: functions::auth::ExportAuthorization,
) -> Fine<enums::auth::ExportedAuthorization> {
    let me = ask.me()?;
    let known = ask.api.datacenters.iter().any(|(id, _)| *id == request.dc_id);
    if !known || request.dc_id == ask.caller.dc {
        return Err(bad("DC_ID_INVALID"));
    }
    let now = ask.state.now();
    ask.state.exported.retain(|_, (_, _, _, expires)| *expires > now);
    let bytes = secret::<32>()?.to_vec();
    let origin = ask.state.devices.get(&ask.caller.key_id).and_then(|device| device.parent);
    let key = origin.unwrap_or(ask.caller.key_id);
    ask.state.exported.insert(bytes.clone(), (me, request.dc_id, key, now.saturating_add(EXPORT_SECONDS)));
    Ok(types::auth::ExportedAuthorization { id: me, bytes }.into())
}

pub(crate) fn import_authorization(
    ask: &mut Ask<'_>,
    request: functions::auth::ImportAuthorization,
) -> Fine<enums::auth::Authorization> {
    let invalid = || bad("AUTH_BYTES_INVALID");
    let (account, dc, key, expires) = ask.state.exported.remove(&request.bytes).ok_or_else(invalid)?;
    if account != request.id || dc != ask.caller.dc || expires <= ask.state.now() {
        return Err(invalid());
    }
    signed_in(ask, account, Some(key))
}
