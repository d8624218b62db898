//! The end of a session, by oneself.

use crate::Error;
use crate::background::Core;
use grammers_tl_types as tl;
use std::sync::Arc;
use std::time::Duration;

/// How long a log-out waits for the server.
const FAREWELL: Duration = Duration::from_secs(5);

/// Ends the session. Goes on to its end even if the caller does not wait.
pub(crate) async fn log_out(core: &Arc<Core>) -> Result<(), Error> {
    let core = core.clone();
    let work = tokio::spawn(async move {
        let _turn = core.turn.lock().await;
        if core.me().is_some() {
            let farewell = core.invoke(&tl::functions::auth::LogOut {});
            if !matches!(tokio::time::timeout(FAREWELL, farewell).await, Ok(Ok(_))) {
                tracing::info!("logged out without the server");
            }
        }
        core.begin_anew().await
    });
    work.await.unwrap_or(Err(Error::Cancelled))
}
