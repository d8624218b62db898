//! Signing in and out (core.telegram.org/api/auth), and taking an authorization to another datacenter.

mod code;
mod email;
mod qr;
mod sessions;

pub(crate) use code::{cancel_code, resend_code, send_code, sign_in, sign_up};
pub(crate) use email::{address, reset_login_email, send_verify_email_code, verify_email};
pub(crate) use qr::{accept_login_token, export_login_token, import_login_token};
pub(crate) use sessions::{
    change_authorization_settings, get_authorizations, reset_authorization, reset_authorizations,
};

use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Device, State, digits};
use grammers_tl_types::{enums, functions, types};

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

/// The account is let in, unless it has a password: then that is owed.
fn let_in(ask: &mut Ask<'_>, account: i64) -> Fine<enums::auth::Authorization> {
    let locked = ask.state.accounts.get(&account).is_some_and(|account| account.password.is_some());
    if locked {
        let device = ask.state.devices.entry(ask.caller.key_id).or_default();
        *device = Device { owes_password: Some(account), ..Device::default() };
        return Err(RpcError::new(401, "SESSION_PASSWORD_NEEDED"));
    }
    signed_in(ask, account, None)
}

/// From now on this key is this account's.
pub(crate) fn signed_in(ask: &mut Ask<'_>, account: i64, parent: Option<i64>) -> Fine<enums::auth::Authorization> {
    let since = ask.state.now();
    let key = ask.caller.key_id;
    ask.state.tokens.retain(|_, token| token.key != key);
    if parent.is_none() {
        let others: Vec<i64> = ask.state.keys_of(account).into_iter().filter(|other| *other != key).collect();
        let news = types::UpdateNewAuthorization {
            unconfirmed: true,
            hash: ask.state.session_hash(key),
            date: Some(since),
            device: Some(sessions::DEVICE.to_owned()),
            location: Some(sessions::ADDRESS.to_owned()),
        };
        for other in others {
            let updates = vec![news.clone().into()];
            let updates = types::Updates { updates, users: Vec::new(), chats: Vec::new(), date: since, seq: 0 };
            ask.pushes.push((other, updates.into()));
        }
    }
    ask.state.devices.insert(key, Device { user: Some(account), parent, since, ..Device::default() });
    Ok(types::auth::Authorization {
        setup_password_required: false,
        otherwise_relogin_days: None,
        tmp_sessions: None,
        future_auth_token: None,
        user: ask.view()?.user(account),
    }
    .into())
}

/// Forgets a device, with what it took to other datacenters.
fn forget(state: &mut State, key: i64) {
    state.devices.retain(|id, device| *id != key && device.parent != Some(key));
    state.exported.retain(|_, (_, _, from, _)| *from != key);
}

/// This device only, with what it took to other datacenters.
pub(crate) fn log_out(ask: &mut Ask<'_>, _: functions::auth::LogOut) -> Fine<enums::auth::LoggedOut> {
    ask.me()?;
    forget(ask.state, ask.caller.key_id);
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
