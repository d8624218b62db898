//! A forgotten password: a code by e-mail does instead.

use super::asker;
use super::changing::{apply, set};
use crate::api::auth::signed_in;
use crate::api::{Ask, Fine, bad};
use crate::world::{EMAIL_CODE, pattern};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn request_password_recovery(
    ask: &mut Ask<'_>,
    _: functions::auth::RequestPasswordRecovery,
) -> Fine<enums::auth::PasswordRecovery> {
    let me = asker(ask)?;
    let until = ask.state.now().saturating_add(ask.state.times.code);
    let account = ask.state.accounts.get_mut(&me).ok_or_else(crate::api::ask::unregistered)?;
    let password = account.password.as_ref().ok_or_else(|| bad("PASSWORD_EMPTY"))?;
    let email = password.email.as_deref().ok_or_else(|| bad("PASSWORD_RECOVERY_NA"))?;
    let email_pattern = pattern(email);
    account.recovery_until = Some(until);
    Ok(types::auth::PasswordRecovery { email_pattern }.into())
}

/// Whose password this code is instead of.
fn recovers(ask: &Ask<'_>, code: &str) -> Fine<i64> {
    let me = asker(ask)?;
    let until = ask.state.accounts.get(&me).and_then(|account| account.recovery_until);
    if until.is_none_or(|until| until <= ask.state.now()) {
        return Err(bad("PASSWORD_RECOVERY_EXPIRED"));
    }
    match code {
        "" => Err(bad("CODE_EMPTY")),
        EMAIL_CODE => Ok(me),
        _ => Err(bad("CODE_INVALID")),
    }
}

pub(crate) fn check_recovery_password(
    ask: &mut Ask<'_>,
    request: functions::auth::CheckRecoveryPassword,
) -> Fine<bool> {
    recovers(ask, &request.code).map(|_| true)
}

/// Lets in, with a new password or none.
pub(crate) fn recover_password(
    ask: &mut Ask<'_>,
    request: functions::auth::RecoverPassword,
) -> Fine<enums::auth::Authorization> {
    let me = recovers(ask, &request.code)?;
    match request.new_settings {
        Some(enums::account::PasswordInputSettings::Settings(settings)) => apply(ask, me, settings)?,
        None => set(ask, me, None)?,
    }
    signed_in(ask, me, None)
}
