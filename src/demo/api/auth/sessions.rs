//! The sessions of an account: listing and ending them.

use super::forget;
use crate::api::{Ask, Fine, bad};
use grammers_tl_types::{enums, functions, types};

/// All devices are called this, and are here.
pub(super) const DEVICE: &str = "Device";
pub(super) const ADDRESS: &str = "127.0.0.1";

/// A session as the list shows it.
pub(super) fn authorization(ask: &Ask<'_>, key: i64, since: i32) -> enums::Authorization {
    let current = key == ask.caller.key_id;
    types::Authorization {
        current,
        official_app: false,
        password_pending: false,
        encrypted_requests_disabled: true,
        call_requests_disabled: true,
        unconfirmed: false,
        hash: if current { 0 } else { ask.state.session_hash(key) },
        device_model: DEVICE.to_owned(),
        platform: String::new(),
        system_version: String::new(),
        api_id: 1,
        app_name: "Demo".to_owned(),
        app_version: String::new(),
        date_created: since,
        date_active: ask.state.now(),
        ip: ADDRESS.to_owned(),
        country: String::new(),
        region: String::new(),
    }
    .into()
}

/// The devices that are signed in to the account.
pub(crate) fn get_authorizations(
    ask: &mut Ask<'_>,
    _: functions::account::GetAuthorizations,
) -> Fine<enums::account::Authorizations> {
    let me = ask.me()?;
    let keys = ask.state.keys_of(me).into_iter();
    let authorizations =
        keys.map(|key| authorization(ask, key, ask.state.devices.get(&key).map_or(0, |device| device.since))).collect();
    Ok(types::account::Authorizations { authorization_ttl_days: 180, authorizations }.into())
}

/// Another session of the account, by its number.
fn other(ask: &Ask<'_>, hash: i64) -> Fine<i64> {
    let me = ask.me()?;
    let mut others = ask.state.keys_of(me).into_iter().filter(|key| *key != ask.caller.key_id);
    others.find(|key| ask.state.session_hash(*key) == hash).ok_or_else(|| bad("HASH_INVALID"))
}

/// Its client asks for what it missed, and learns then that it is out.
fn end(ask: &mut Ask<'_>, key: i64) {
    ask.pushes.push((key, enums::Updates::TooLong));
    forget(ask.state, key);
}

/// Ends another session.
pub(crate) fn reset_authorization(ask: &mut Ask<'_>, request: functions::account::ResetAuthorization) -> Fine<bool> {
    let key = other(ask, request.hash)?;
    end(ask, key);
    Ok(true)
}

/// Ends all sessions but this one.
pub(crate) fn reset_authorizations(ask: &mut Ask<'_>, _: functions::auth::ResetAuthorizations) -> Fine<bool> {
    let me = ask.me()?;
    for key in ask.state.keys_of(me) {
        if key != ask.caller.key_id {
            end(ask, key);
        }
    }
    Ok(true)
}

/// Says that another session is one's own; what it may do is not kept.
pub(crate) fn change_authorization_settings(
    ask: &mut Ask<'_>,
    request: functions::account::ChangeAuthorizationSettings,
) -> Fine<bool> {
    if request.hash == 0 {
        ask.me()?;
    } else {
        other(ask, request.hash)?;
    }
    Ok(true)
}
