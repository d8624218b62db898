//! Signing in by a QR code that another device of the account scans (core.telegram.org/api/qr-login).

use super::{SignedIn, arrived, at_home, move_home};
use crate::Error;
use crate::background::Core;
use crate::connection::InvokeError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grammers_tl_types as tl;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A QR code holds no more than that.
const LONGEST_TOKEN: usize = 1024;

/// A token is asked for anew if the server did away with it in between, so often.
const MOST_TOKENS: usize = 3;

/// How far signing in by a QR code is.
#[derive(Clone, PartialEq)]
pub enum QrStep {
    /// To be shown, until a device scans it.
    Token {
        /// What the QR code says: `tg://login?token=...`. Whoever scans it lets this session in, so it is a secret.
        url: String,
        /// Afterwards another one is needed.
        valid_for: Duration,
    },
    /// A device has scanned it and said yes.
    SignedIn(SignedIn),
}

impl fmt::Debug for QrStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QrStep::Token { valid_for, .. } => {
                f.debug_struct("Token").field("valid_for", valid_for).finish_non_exhaustive()
            }
            QrStep::SignedIn(signed_in) => f.debug_tuple("SignedIn").field(signed_in).finish(),
        }
    }
}

/// Asks for a token, or for what became of it.
pub(crate) async fn qr_step(core: &Arc<Core>) -> Result<QrStep, Error> {
    let _turn = core.turn.lock().await;
    let mut gone = Error::Protocol("no token to sign in with".into());
    for _ in 0..MOST_TOKENS {
        let export = tl::functions::auth::ExportLoginToken {
            api_id: core.settings.api_id,
            api_hash: core.settings.api_hash.clone(),
            except_ids: core.others(),
        };
        match followed(core, at_home(core, &export).await).await {
            Ok(tl::enums::auth::LoginToken::Token(token)) => return shown(core, &token),
            Ok(tl::enums::auth::LoginToken::Success(success)) => {
                return arrived(core, Ok(success.authorization), "auth.exportLoginToken").await.map(QrStep::SignedIn);
            }
            Ok(tl::enums::auth::LoginToken::MigrateTo(_)) => {
                return Err(Error::Protocol("sent on from datacenter to datacenter".into()));
            }
            // It ran out, or was taken, on the way to another datacenter: the next one is good.
            Err(error) if error.is("AUTH_TOKEN_EXPIRED") || error.is("AUTH_TOKEN_INVALID") => {
                gone = Error::from_call(error, "auth.importLoginToken");
            }
            Err(error) => {
                return arrived(core, Err(error), "auth.exportLoginToken").await.map(QrStep::SignedIn);
            }
        }
    }
    Err(gone)
}

/// Goes to the datacenter of the account that has accepted the token.
async fn followed(
    core: &Core,
    mut answer: Result<tl::enums::auth::LoginToken, InvokeError>,
) -> Result<tl::enums::auth::LoginToken, InvokeError> {
    for _ in 0..super::MOST_MOVES {
        let Ok(tl::enums::auth::LoginToken::MigrateTo(elsewhere)) = answer else { return answer };
        if let Err(error) = move_home(core, elsewhere.dc_id).await {
            tracing::warn!(%error, "the home datacenter was not saved");
        }
        answer = at_home(core, &tl::functions::auth::ImportLoginToken { token: elsewhere.token }).await;
    }
    answer
}

fn shown(core: &Core, token: &tl::types::auth::LoginToken) -> Result<QrStep, Error> {
    if token.token.is_empty() || token.token.len() > LONGEST_TOKEN {
        return Err(Error::Protocol("a token of an odd length".into()));
    }
    let left = i64::from(token.expires) - core.pool().server_time();
    Ok(QrStep::Token {
        url: format!("tg://login?token={}", URL_SAFE_NO_PAD.encode(&token.token)),
        valid_for: Duration::from_secs(u64::try_from(left).unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_out_of_logs() {
        let step = QrStep::Token { url: "tg://login?token=secret".into(), valid_for: Duration::from_secs(30) };
        assert_eq!(format!("{step:?}"), "Token { valid_for: 30s, .. }");
    }
}
