//! An account's settings.

use super::{Ask, Fine};
use crate::world::Presence;
use grammers_tl_types::{enums, functions, types};

/// How long one is there without saying so again.
const ONLINE_SECONDS: i32 = 300;

pub(crate) fn update_status(ask: &mut Ask<'_>, request: functions::account::UpdateStatus) -> Fine<bool> {
    let me = ask.me()?;
    let now = ask.state.now();
    let presence =
        if request.offline { Presence::Offline(now) } else { Presence::Online(now.saturating_add(ONLINE_SECONDS)) };
    let notices = ask.state.set_presence(me, presence);
    ask.notices.extend(notices);
    Ok(true)
}

/// The devices that are signed in to the account.
pub(crate) fn get_authorizations(
    ask: &mut Ask<'_>,
    _: functions::account::GetAuthorizations,
) -> Fine<enums::account::Authorizations> {
    let me = ask.me()?;
    let authorizations = ask
        .state
        .keys_of(me)
        .into_iter()
        .map(|key| {
            let current = key == ask.caller.key_id;
            let since = ask.state.devices.get(&key).map_or(0, |device| device.since);
            types::Authorization {
                current,
                official_app: false,
                password_pending: false,
                encrypted_requests_disabled: true,
                call_requests_disabled: true,
                unconfirmed: false,
                hash: if current { 0 } else { key },
                device_model: "Device".to_owned(),
                platform: String::new(),
                system_version: String::new(),
                api_id: 1,
                app_name: "Demo".to_owned(),
                app_version: String::new(),
                date_created: since,
                date_active: ask.state.now(),
                ip: "127.0.0.1".to_owned(),
                country: String::new(),
                region: String::new(),
            }
            .into()
        })
        .collect();
    Ok(types::account::Authorizations { authorization_ttl_days: 180, authorizations }.into())
}
