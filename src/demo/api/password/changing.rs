//! Setting, changing and removing the password, and the e-mail address for when it is forgotten.

use super::{GENERATOR, PRIME, proven};
use crate::api::auth::address;
use crate::api::{Ask, Fine, bad};
use crate::world::{EMAIL_CODE, Password, Unconfirmed};
use grammers_tl_types::{enums, functions, types};
use num_bigint::BigUint;

/// Whoever has a password shows that he knows it, and who has none says so.
fn entitled(ask: &mut Ask<'_>, given: &enums::InputCheckPasswordSrp) -> Fine<i64> {
    let me = ask.me()?;
    let locked = ask.state.accounts.get(&me).is_some_and(|account| account.password.is_some());
    if locked {
        proven(ask, me, given)?;
    } else if !matches!(given, enums::InputCheckPasswordSrp::InputCheckPasswordEmpty) {
        return Err(bad("PASSWORD_HASH_INVALID"));
    }
    Ok(me)
}

/// Only with the password.
pub(crate) fn get_password_settings(
    ask: &mut Ask<'_>,
    request: functions::account::GetPasswordSettings,
) -> Fine<enums::account::PasswordSettings> {
    let me = entitled(ask, &request.password)?;
    let password = ask.state.accounts.get(&me).and_then(|account| account.password.as_ref());
    let email = password.and_then(|password| password.email.clone());
    Ok(types::account::PasswordSettings { email, secure_settings: None }.into())
}

pub(crate) fn update_password_settings(
    ask: &mut Ask<'_>,
    request: functions::account::UpdatePasswordSettings,
) -> Fine<bool> {
    let me = entitled(ask, &request.password)?;
    let enums::account::PasswordInputSettings::Settings(settings) = request.new_settings;
    apply(ask, me, settings)?;
    Ok(true)
}

/// Puts new settings in force, or lets them wait for their address.
pub(super) fn apply(ask: &mut Ask<'_>, me: i64, settings: types::account::PasswordInputSettings) -> Fine<()> {
    if let Some(email) = settings.email.as_deref().filter(|email| !email.is_empty()) {
        address(email)?;
    }
    let before = ask.state.accounts.get(&me).and_then(|account| account.password.clone());
    let mut password = match (settings.new_algo, settings.new_password_hash) {
        (Some(algo), Some(hash)) if !hash.is_empty() => {
            let mut password = made(ask, &algo, &hash)?;
            password.hint = settings.hint.unwrap_or_default();
            password.email = before.and_then(|before| before.email);
            password
        }
        // No algorithm and no hash: the password is to be removed.
        (Some(_), _) => return set(ask, me, None),
        (None, _) => before.ok_or_else(|| bad("NEW_SETTINGS_EMPTY"))?,
    };
    match settings.email {
        None => set(ask, me, Some(password)),
        Some(email) if email.is_empty() => {
            password.email = None;
            set(ask, me, Some(password))
        }
        Some(email) => {
            password.email = Some(email);
            let expires = ask.state.now().saturating_add(ask.state.times.code);
            if let Some(account) = ask.state.accounts.get_mut(&me) {
                account.unconfirmed = Some(Unconfirmed { password, expires });
            }
            Err(bad(&format!("EMAIL_UNCONFIRMED_{}", EMAIL_CODE.len())))
        }
    }
}

/// A password out of what the client made of it, with the salts that it was given.
fn made(ask: &Ask<'_>, algo: &enums::PasswordKdfAlgo, hash: &[u8]) -> Fine<Password> {
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo else {
        return Err(bad("NEW_SETTINGS_INVALID"));
    };
    let device = ask.state.devices.get(&ask.caller.key_id);
    let (salt1, salt2) = device.and_then(|device| device.new_salts.as_ref()).ok_or_else(|| bad("NEW_SALT_INVALID"))?;
    // The documentation wants 32 bytes more than were given.
    let salted = algo.salt1.starts_with(salt1) && algo.salt1.len() == salt1.len() + 32 && algo.salt2 == *salt2;
    if !salted || algo.g != i32::from(GENERATOR) || algo.p != PRIME {
        return Err(bad("NEW_SALT_INVALID"));
    }
    let verifier = BigUint::from_bytes_be(hash);
    if hash.len() != PRIME.len() || verifier <= BigUint::from(1_u8) || verifier >= BigUint::from_bytes_be(&PRIME) {
        return Err(bad("NEW_SETTINGS_INVALID"));
    }
    Ok(Password {
        salt1: algo.salt1.clone(),
        salt2: algo.salt2.clone(),
        verifier: Some(verifier),
        words: None,
        hint: String::new(),
        email: None,
    })
}

/// From now on this is the password. Questions about the one before are void.
pub(super) fn set(ask: &mut Ask<'_>, me: i64, password: Option<Password>) -> Fine<()> {
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.password = password;
        account.unconfirmed = None;
        account.recovery_until = None;
    }
    for device in ask.state.devices.values_mut() {
        if device.srp.as_ref().is_some_and(|challenge| challenge.user == me) {
            device.srp = None;
        }
    }
    Ok(())
}

/// What waits for its address.
fn waiting(ask: &Ask<'_>, me: i64) -> Fine<Unconfirmed> {
    let account = ask.state.accounts.get(&me);
    let waiting = account.and_then(|account| account.unconfirmed.clone());
    waiting.filter(|waiting| waiting.expires > ask.state.now()).ok_or_else(|| bad("EMAIL_HASH_EXPIRED"))
}

pub(crate) fn confirm_password_email(
    ask: &mut Ask<'_>,
    request: functions::account::ConfirmPasswordEmail,
) -> Fine<bool> {
    let me = ask.me()?;
    let waiting = waiting(ask, me)?;
    if request.code != EMAIL_CODE {
        return Err(bad("CODE_INVALID"));
    }
    set(ask, me, Some(waiting.password))?;
    Ok(true)
}

pub(crate) fn resend_password_email(ask: &mut Ask<'_>, _: functions::account::ResendPasswordEmail) -> Fine<bool> {
    let me = ask.me()?;
    waiting(ask, me).map(|_| true)
}

pub(crate) fn cancel_password_email(ask: &mut Ask<'_>, _: functions::account::CancelPasswordEmail) -> Fine<bool> {
    let me = ask.me()?;
    waiting(ask, me)?;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.unconfirmed = None;
    }
    Ok(true)
}
