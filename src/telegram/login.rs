//! Signing in and out (core.telegram.org/api/auth).
//!
//! By a code that is sent to the phone number ([`code`]), where needed after an e-mail address was set up ([`email`]),
//! or by a QR code that another device scans ([`qr`]); then by the two-step password where there is one ([`password`]).

mod code;
mod email;
mod log_out;
mod password;
mod qr;

pub use code::{CodeKind, NextCode, SentCode};
pub(crate) use code::{cancel_code, request_code, resend_code, sign_in};
pub use email::EmailCode;
pub(crate) use email::{reset_login_email, set_up_email, verify_email};
pub(crate) use log_out::log_out;
pub(crate) use password::{check_password, recover, request_recovery};
pub use qr::QrStep;
pub(crate) use qr::qr_step;

use crate::Error;
use crate::background::{Core, method};
use crate::connection::InvokeError;
use crate::convert::peer;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{Peer, PeerId};
use std::sync::Arc;

/// More datacenters than that do not send an account on.
const MOST_MOVES: usize = 3;

/// What came of a code.
#[derive(Clone, Debug, PartialEq)]
pub enum SignedIn {
    /// In; this is us.
    Done(Peer),
    /// The code was right; the account also has a password.
    Password {
        /// What its owner wrote down to remember it by.
        hint: Option<String>,
        /// Whether a forgotten one can be removed by e-mail: [`Account::request_recovery`](crate::Account::request_recovery).
        recovery: bool,
    },
}

/// Asks, and goes where the server sends us.
async fn at_home<R>(core: &Core, request: &R) -> Result<R::Return, InvokeError>
where
    R: tl::RemoteCall + tl::Identifiable,
{
    let mut moves = 0;
    let mut restarted = false;
    loop {
        match core.invoke_raw(request).await {
            Err(InvokeError::Rpc { name, value: Some(dc), .. })
                if matches!(name.as_str(), "PHONE_MIGRATE" | "NETWORK_MIGRATE" | "USER_MIGRATE")
                    && moves < MOST_MOVES =>
            {
                moves += 1;
                let dc = i32::try_from(dc).map_err(|_| InvokeError::Protocol("no such datacenter".into()))?;
                if let Err(error) = move_home(core, dc).await {
                    tracing::warn!(%error, method = method::<R>(), "the home datacenter was not saved");
                }
            }
            Err(error) if error.is("AUTH_RESTART") && !restarted => restarted = true,
            answer => return answer,
        }
    }
}

/// From now on this datacenter has the account.
async fn move_home(core: &Core, dc: i32) -> Result<(), Error> {
    core.pool().set_home(dc).await;
    core.save_connection(None, Some(dc)).await
}

/// What follows from the answer to a code, of whichever kind.
async fn arrived(
    core: &Arc<Core>,
    answer: Result<tl::enums::auth::Authorization, InvokeError>,
    method: &'static str,
) -> Result<SignedIn, Error> {
    match answer {
        Err(error) if error.is("SESSION_PASSWORD_NEEDED") => password::asked(core).await,
        answer => Ok(SignedIn::Done(welcomed(core, answer, method).await?)),
    }
}

/// What follows from the answer to the last step.
async fn welcomed(
    core: &Arc<Core>,
    answer: Result<tl::enums::auth::Authorization, InvokeError>,
    method: &'static str,
) -> Result<Peer, Error> {
    match answer {
        Ok(authorization) => welcome(core, authorization).await,
        // The answer was lost. If it was a yes, we are in; asking for it again would say that the code was used.
        Err(error @ (InvokeError::Dropped | InvokeError::Deadline)) => match ourselves(core).await {
            Some(user) => welcome_as(core, &user).await,
            None => Err(Error::from_call(error, method)),
        },
        Err(error) => Err(Error::from_call(error, method)),
    }
}

/// Who we are, if the server knows us.
async fn ourselves(core: &Core) -> Option<tl::enums::User> {
    let request = tl::functions::users::GetUsers { id: vec![tl::enums::InputUser::UserSelf] };
    core.invoke_raw(&request).await.ok()?.pop()
}

/// Everything that makes a fresh authorization a session.
async fn welcome(core: &Arc<Core>, authorization: tl::enums::auth::Authorization) -> Result<Peer, Error> {
    let tl::enums::auth::Authorization::Authorization(authorization) = authorization else {
        return Err(Error::PhoneUnregistered);
    };
    welcome_as(core, &authorization.user).await
}

async fn welcome_as(core: &Arc<Core>, user: &tl::enums::User) -> Result<Peer, Error> {
    let told = peer::user(user).ok_or_else(|| Error::Protocol("signed in as nobody".into()))?;
    let me: PeerId = told.peer.id;
    core.peers.learn(std::slice::from_ref(user), &[]);
    core.store.save_peers(vec![told.stored]).await?;
    // Somebody without the key that they signed in with would be taken for signed out at the next start.
    core.save_connection(None, None).await?;
    core.store.set_me(Some(me)).await?;
    core.set_me(Some(me));
    core.pool().authorized(true);
    core.feed(Feed::SignedIn);
    Ok(told.peer)
}
