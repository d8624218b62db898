//! Two-step verification (core.telegram.org/api/srp): asking for the password, checking it, changing it, doing without.

mod changing;
mod recovery;
mod srp;

pub(crate) use changing::{
    cancel_password_email, confirm_password_email, get_password_settings, resend_password_email,
    update_password_settings,
};
pub(crate) use recovery::{check_recovery_password, recover_password, request_password_recovery};

use super::auth::{secret, signed_in};
use super::{Ask, Fine, bad};
use crate::world::{SrpChallenge, pattern};
use grammers_tl_types::{enums, functions, types};
use srp::{GENERATOR, PRIME};

/// Who asks: signed in, or owing the password.
fn asker(ask: &Ask<'_>) -> Fine<i64> {
    let owes = ask.state.devices.get(&ask.caller.key_id).and_then(|device| device.owes_password);
    match owes {
        Some(account) => Ok(account),
        None => ask.me(),
    }
}

fn algorithm(salt1: Vec<u8>, salt2: Vec<u8>) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1,
        salt2,
        g: i32::from(GENERATOR),
        p: PRIME.to_vec(),
    }
    .into()
}

pub(crate) fn get_password(ask: &mut Ask<'_>, _: functions::account::GetPassword) -> Fine<enums::account::Password> {
    let me = asker(ask)?;
    let now = ask.state.now();
    let Some(account) = ask.state.accounts.get_mut(&me) else { return Err(super::ask::unregistered()) };
    let unconfirmed = account.unconfirmed.as_ref().filter(|unconfirmed| unconfirmed.expires > now);
    let email_unconfirmed_pattern = unconfirmed.and_then(|waiting| waiting.password.email.as_deref()).map(pattern);
    let login_email_pattern = account.login_email.as_deref().map(pattern);
    let challenge = match &mut account.password {
        Some(password) => Some(SrpChallenge::new(me, &srp::kept(password))?),
        None => None,
    };
    let password = account.password.clone();
    // The client makes the first one longer by random bytes of its own.
    let new_salts = (secret::<8>()?.to_vec(), secret::<16>()?.to_vec());
    let device = ask.state.devices.entry(ask.caller.key_id).or_default();
    device.srp.clone_from(&challenge);
    device.new_salts = Some(new_salts.clone());
    Ok(types::account::Password {
        has_recovery: password.as_ref().is_some_and(|password| password.email.is_some()),
        has_secure_values: false,
        has_password: password.is_some(),
        current_algo: password.as_ref().map(|password| algorithm(password.salt1.clone(), password.salt2.clone())),
        srp_b: challenge.as_ref().map(|challenge| challenge.public.to_vec()),
        srp_id: challenge.as_ref().map(|challenge| challenge.id),
        hint: password.map(|password| password.hint).filter(|hint| !hint.is_empty()),
        email_unconfirmed_pattern,
        new_algo: algorithm(new_salts.0, new_salts.1),
        new_secure_algo: types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt: secret::<8>()?.to_vec() }
            .into(),
        secure_random: secret::<256>()?.to_vec(),
        pending_reset_date: None,
        login_email_pattern,
    }
    .into())
}

/// Whether the client knows the password of this account.
fn proven(ask: &mut Ask<'_>, me: i64, given: &enums::InputCheckPasswordSrp) -> Fine<()> {
    let enums::InputCheckPasswordSrp::Srp(given) = given else { return Err(bad("PASSWORD_HASH_INVALID")) };
    let challenge = ask.state.devices.get(&ask.caller.key_id).and_then(|device| device.srp.clone());
    let challenge = challenge.filter(|challenge| challenge.id == given.srp_id && challenge.user == me);
    let challenge = challenge.ok_or_else(|| bad("SRP_ID_INVALID"))?;
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let Some(password) = &mut account.password else { return Err(bad("PASSWORD_HASH_INVALID")) };
    let verifier = srp::kept(password);
    if challenge.accepts(&given.a, &given.m1, &verifier, (&password.salt1, &password.salt2)) {
        Ok(())
    } else {
        Err(bad("PASSWORD_HASH_INVALID"))
    }
}

pub(crate) fn check_password(
    ask: &mut Ask<'_>,
    request: functions::auth::CheckPassword,
) -> Fine<enums::auth::Authorization> {
    let me = asker(ask)?;
    proven(ask, me, &request.password)?;
    signed_in(ask, me, None)
}
