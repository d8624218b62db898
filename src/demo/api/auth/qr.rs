//! Signing in by a QR code that another session of the account scans (core.telegram.org/api/qr-login).

use super::{let_in, secret, sessions};
use crate::api::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Device, LoginToken};
use grammers_tl_types::{enums, functions, types};

/// An accepted token is to be used within this.
const ACCEPTED_SECONDS: i32 = 60;
/// More tokens than that are not kept; the oldest go.
const MOST_TOKENS: usize = 4096;

fn forget_old(ask: &mut Ask<'_>) {
    let now = ask.state.now();
    ask.state.tokens.retain(|_, token| token.expires > now);
    if ask.state.tokens.len() >= MOST_TOKENS {
        ask.state.tokens.clear();
    }
}

/// A token to show, or what became of the one that was shown.
pub(crate) fn export_login_token(
    ask: &mut Ask<'_>,
    request: functions::auth::ExportLoginToken,
) -> Fine<enums::auth::LoginToken> {
    if request.api_id <= 0 || request.api_hash.is_empty() {
        return Err(bad("API_ID_INVALID"));
    }
    forget_old(ask);
    let key = ask.caller.key_id;
    let accepted = ask.state.tokens.iter().find(|(_, token)| token.key == key && token.accepted.is_some());
    if let Some((bytes, account)) = accepted.and_then(|(bytes, token)| Some((bytes.clone(), token.accepted?))) {
        return used(ask, bytes, account);
    }
    if let Some(Device { owes_password: Some(_), .. }) = ask.state.devices.get(&key) {
        return Err(RpcError::new(401, "SESSION_PASSWORD_NEEDED"));
    }
    // The one before is void.
    ask.state.tokens.retain(|_, token| token.key != key);
    let token = secret::<32>()?.to_vec();
    let expires = ask.state.now().saturating_add(ask.state.times.token);
    let entry = LoginToken { key, expires, except: request.except_ids, accepted: None };
    ask.state.tokens.insert(token.clone(), entry);
    Ok(types::auth::LoginToken { expires, token }.into())
}

/// At the datacenter of the account that has accepted the token.
pub(crate) fn import_login_token(
    ask: &mut Ask<'_>,
    request: functions::auth::ImportLoginToken,
) -> Fine<enums::auth::LoginToken> {
    let token = ask.state.tokens.get(&request.token).ok_or_else(|| bad("AUTH_TOKEN_INVALID"))?;
    if token.expires <= ask.state.now() {
        return Err(bad("AUTH_TOKEN_EXPIRED"));
    }
    match token.accepted {
        Some(account) => used(ask, request.token, account),
        None => Ok(types::auth::LoginToken { expires: token.expires, token: request.token }.into()),
    }
}

/// An accepted token lets in, at the datacenter of the account only.
fn used(ask: &mut Ask<'_>, token: Vec<u8>, account: i64) -> Fine<enums::auth::LoginToken> {
    let home = ask.state.accounts.get(&account).map_or(ask.caller.dc, |account| account.dc);
    if home != ask.caller.dc {
        return Ok(types::auth::LoginTokenMigrateTo { dc_id: home, token }.into());
    }
    ask.state.tokens.remove(&token);
    let authorization = let_in(ask, account)?;
    Ok(types::auth::LoginTokenSuccess { authorization }.into())
}

/// The session that has scanned the code says yes.
pub(crate) fn accept_login_token(
    ask: &mut Ask<'_>,
    request: functions::auth::AcceptLoginToken,
) -> Fine<enums::Authorization> {
    let me = ask.me()?;
    let now = ask.state.now();
    let token = ask.state.tokens.get_mut(&request.token).ok_or_else(|| bad("AUTH_TOKEN_INVALIDX"))?;
    if token.accepted.is_some() {
        return Err(bad("AUTH_TOKEN_ALREADY_ACCEPTED"));
    }
    if token.expires <= now {
        return Err(bad("AUTH_TOKEN_EXPIRED"));
    }
    if token.except.contains(&me) {
        return Err(bad("AUTH_TOKEN_EXCEPTION"));
    }
    token.accepted = Some(me);
    token.expires = now.saturating_add(ACCEPTED_SECONDS);
    let key = token.key;
    let update = types::UpdateShort { update: enums::Update::LoginToken, date: now };
    ask.pushes.push((key, update.into()));
    Ok(sessions::authorization(ask, key, now))
}
