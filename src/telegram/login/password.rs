//! The two-step password, and the way in without it (core.telegram.org/api/srp).

mod srp;

use super::{SignedIn, welcomed};
use crate::Error;
use crate::background::Core;
use grammers_tl_types as tl;
use heliograph_model::Peer;
use std::sync::Arc;

/// The server wants the password; what it says about it.
pub(super) async fn asked(core: &Core) -> Result<SignedIn, Error> {
    let password = about(core).await?;
    let hint = password.hint.filter(|hint| !hint.trim().is_empty());
    Ok(SignedIn::Password { hint, recovery: password.has_recovery })
}

async fn about(core: &Core) -> Result<tl::types::account::Password, Error> {
    let tl::enums::account::Password::Password(password) = core.invoke(&tl::functions::account::GetPassword {}).await?;
    Ok(password)
}

/// Signs in with the two-step password.
pub(crate) async fn check_password(core: &Arc<Core>, words: &str) -> Result<Peer, Error> {
    let _turn = core.turn.lock().await;
    let mut again = true;
    loop {
        let proof = srp::proof(about(core).await?, words.to_owned()).await?;
        match core.invoke_raw(&tl::functions::auth::CheckPassword { password: proof }).await {
            // Another try took the parameters, or they were too old.
            Err(error) if again && (error.is("SRP_ID_INVALID") || error.is("SRP_PASSWORD_CHANGED")) => again = false,
            answer => return welcomed(core, answer, "auth.checkPassword").await,
        }
    }
}

/// Has a code sent to the e-mail address that was given for a forgotten password; its pattern.
pub(crate) async fn request_recovery(core: &Core) -> Result<String, Error> {
    let _turn = core.turn.lock().await;
    let tl::enums::auth::PasswordRecovery::Recovery(recovery) =
        core.invoke(&tl::functions::auth::RequestPasswordRecovery {}).await?;
    Ok(recovery.email_pattern)
}

/// Signs in with that code. The account has no password afterwards.
pub(crate) async fn recover(core: &Arc<Core>, code: &str) -> Result<Peer, Error> {
    let _turn = core.turn.lock().await;
    let code = super::code::digits_of(code);
    if code.is_empty() {
        return Err(Error::CodeInvalid);
    }
    if !core.invoke(&tl::functions::auth::CheckRecoveryPassword { code: code.clone() }).await? {
        return Err(Error::CodeInvalid);
    }
    let request = tl::functions::auth::RecoverPassword { code, new_settings: None };
    welcomed(core, core.invoke_raw(&request).await, "auth.recoverPassword").await
}
