//! Carrying one call out: its wrappers, the scripted trouble, the world, the answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep, sleep_until};

use super::invocation::unwrap;
use super::{Call, Session};
use crate::rpc::{Answer, Caller, RpcError};
use crate::server::Hub;
use crate::wire::{constructor, pack_if_smaller};

/// Carries a call out and answers it, unless the server stops before that. The permit is for the memory that the
/// call's body takes.
pub(crate) async fn run(hub: Arc<Hub>, session: Arc<Session>, call: Call, memory: OwnedSemaphorePermit) {
    let stopped = hub.stopped();
    tokio::select! {
        biased;
        () = stopped => {}
        () = carry_out(&hub, &session, call, memory) => {}
    }
}

async fn carry_out(hub: &Hub, session: &Arc<Session>, call: Call, memory: OwnedSemaphorePermit) {
    let invocation = match unwrap(call.body) {
        Ok(invocation) => invocation,
        Err(error) => return session.answer(call.msg_id, Err(error), hub.moment()),
    };
    if let Some(layer) = invocation.layer {
        session.key().set_layer(layer);
    }
    if !invocation.without_updates {
        session.take_updates();
    }
    let id = constructor(&invocation.body).unwrap_or_default();
    let name = match hub.methods().name_of(id) {
        Some(name) => name.to_owned(),
        None => format!("unknown #{id:08x}"),
    };
    let fate = hub.scenario().call(&name);
    if !fate.delay.is_zero() {
        sleep(fate.delay).await;
    }
    if let Err(error) = session.wait_for(&invocation.after).await {
        return session.answer(call.msg_id, Err(error), hub.moment());
    }

    let is_file = matches!(name.as_str(), "upload.getFile" | "upload.getWebFile" | "upload.getCdnFile");
    let turns = if is_file { &session.file_calls } else { &session.calls };
    // Never closed, so this waits and does not fail.
    let _turn = turns.acquire().await;
    session.room().await;
    let mut answer = match fate.failure {
        Some(error) => Err(error),
        None => {
            let caller = Caller {
                key_id: session.key().id(),
                session_id: session.id(),
                dc: session.key().dc(),
                layer: session.key().layer(),
            };
            ask(hub, &caller, &invocation.body, &name).await
        }
    };
    drop(memory);
    if fate.lost {
        return session.keep_back();
    }
    if is_file {
        // A file's bytes hardly shrink; they wait their turn instead.
        if let (Ok(bytes), scenario) = (&answer, hub.scenario())
            && let Some(turn) = scenario.file_turn(bytes.len())
        {
            sleep_until(turn).await;
        }
    } else {
        answer = answer.map(pack_if_smaller);
    }
    session.answer(call.msg_id, answer, hub.moment());
}

/// Asks the world. A panic there costs this one call.
async fn ask(hub: &Hub, caller: &Caller, body: &[u8], name: &str) -> Answer {
    match AssertUnwindSafe(hub.methods().answer(caller, body)).catch_unwind().await {
        Ok(answer) => {
            if let Err(error) = &answer {
                tracing::debug!(method = name, %error, "refused");
            }
            answer
        }
        Err(_) => {
            tracing::error!(method = name, "the method panicked");
            Err(RpcError::new(500, "INTERNAL"))
        }
    }
}
