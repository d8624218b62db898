//! An account's settings.

use super::{Ask, Fine, bad};
use crate::world::{Account, Presence};
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

fn account<'a>(ask: &'a mut Ask<'_>) -> Fine<&'a mut Account> {
    let me = ask.me()?;
    ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)
}

pub(crate) fn get_account_ttl(ask: &mut Ask<'_>, _: functions::account::GetAccountTtl) -> Fine<enums::AccountDaysTtl> {
    Ok(types::AccountDaysTtl { days: account(ask)?.circle.days_to_live }.into())
}

pub(crate) fn set_account_ttl(ask: &mut Ask<'_>, request: functions::account::SetAccountTtl) -> Fine<bool> {
    let enums::AccountDaysTtl::Ttl(ttl) = request.ttl;
    let account = account(ask)?;
    if !(30..=730).contains(&ttl.days) {
        return Err(bad("TTL_DAYS_INVALID"));
    }
    account.circle.days_to_live = ttl.days;
    Ok(true)
}

pub(crate) fn get_contact_sign_up_notification(
    ask: &mut Ask<'_>,
    _: functions::account::GetContactSignUpNotification,
) -> Fine<bool> {
    Ok(account(ask)?.circle.silent_newcomers)
}

pub(crate) fn set_contact_sign_up_notification(
    ask: &mut Ask<'_>,
    request: functions::account::SetContactSignUpNotification,
) -> Fine<bool> {
    account(ask)?.circle.silent_newcomers = request.silent;
    Ok(true)
}
