//! Carrying one call out: its wrappers, the scripted trouble, the world, the answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use grammers_tl_types::{Identifiable as _, Serializable as _, enums, types};
use heliograph_schema::Guard;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep, sleep_until};

use super::invocation::unwrap;
use super::{Call, Session};
use crate::key::binding::{self, is_bind};
use crate::layers;
use crate::rpc::{Answer, Caller, RpcError};
use crate::scenario::{Wreck, make_unknown};
use crate::server::Hub;
use crate::wire::{constructor, gzip_bomb, pack_if_smaller};

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
    let mut invocation = match unwrap(call.body) {
        Ok(invocation) => invocation,
        Err(error) => return session.answer(call.msg_id, Err(error), hub.moment()),
    };
    if let Some(layer) = invocation.layer {
        session.set_layer(layer);
    }
    if !invocation.without_updates {
        session.take_updates();
    }
    let layer = session.layer();
    invocation.body = layers::request(layer, invocation.body);
    let id = constructor(&invocation.body).unwrap_or_default();
    let name = match hub.methods().name_of(id) {
        Some(name) => name.to_owned(),
        None => format!("unknown #{id:08x}"),
    };
    let fate = hub.scenario().call(session.key().device().unwrap_or_else(|| session.key().id()), &name);
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
        None if is_bind(id) => bind(hub, session, call.msg_id, &invocation.body),
        None => match caller(session, &name) {
            Ok(_) if Guard::get().call(&invocation.body).is_err() => Err(RpcError::new(400, "INPUT_REQUEST_INVALID")),
            Ok(caller) => {
                let answer = ask(hub, &caller, &invocation.body, &name).await;
                answer.and_then(|answer| layers::answer(layer, id, answer))
            }
            Err(error) => Err(error),
        },
    };
    drop(memory);
    if !is_file {
        answer = answer.map(|answer| hub.scenario().spoilt(answer));
    }
    if fate.lost {
        return session.keep_back();
    }
    match fate.wreck {
        Some(Wreck::GzipBomb(mib)) => {
            let bomb = gzip_bomb(mib).ok_or_else(|| RpcError::new(500, "INTERNAL"));
            return session.answer(call.msg_id, bomb, hub.moment());
        }
        Some(Wreck::Nested(depth)) => return session.answer(call.msg_id, Ok(nested(depth)), hub.moment()),
        Some(Wreck::Unreadable) => {
            let unreadable = answer.map(|mut answer| {
                make_unknown(&mut answer, 0);
                answer
            });
            return session.answer(call.msg_id, unreadable, hub.moment());
        }
        Some(wreck) => return session.answer_wrecked(call.msg_id, answer, wreck, hub.moment()),
        None => {}
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

/// A configuration of lists that lie in each other.
fn nested(depth: usize) -> Vec<u8> {
    let mut bytes = types::help::AppConfig::CONSTRUCTOR_ID.to_bytes();
    0i32.serialize(&mut bytes);
    for _ in 0..depth {
        types::JsonArray::CONSTRUCTOR_ID.serialize(&mut bytes);
        0x1cb5_c415u32.serialize(&mut bytes);
        1u32.serialize(&mut bytes);
    }
    enums::Jsonvalue::JsonNull.serialize(&mut bytes);
    pack_if_smaller(bytes)
}

/// Who calls. A temporary key stands for nobody before it is bound, but may ask how to find the server.
fn caller(session: &Session, name: &str) -> Result<Caller, RpcError> {
    let key = session.key();
    let free = name.starts_with("help.") || name.starts_with("langpack.");
    let device = match key.device() {
        Some(device) => device,
        None if free => key.id(),
        None => return Err(RpcError::new(401, "AUTH_KEY_PERM_EMPTY")),
    };
    Ok(Caller { key_id: device, session_id: session.id(), dc: key.dc(), layer: session.layer() })
}

/// `auth.bindTempAuthKey`, which is between the keys and nobody else.
fn bind(hub: &Hub, session: &Session, msg_id: i64, body: &[u8]) -> Answer {
    let at = hub.moment();
    let (key, session_id) = (session.key(), session.id());
    let asked = binding::Asked { key, msg_id, session_id, body, now: at.seconds(), epochs: at.epochs };
    let device = hub.bind(&asked)?;
    tracing::debug!(device, "a temporary key is bound");
    Ok(true.to_bytes())
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A call without what is around it.
    pub(crate) fn unwrap(body: Vec<u8>) -> Result<Vec<u8>, RpcError> {
        super::unwrap(body).map(|invocation| invocation.body)
    }
}
