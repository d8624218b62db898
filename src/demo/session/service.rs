//! The messages that the protocol itself answers: pings, salts, states, resending.
//!
//! <https://core.telegram.org/mtproto/service_messages>

use std::sync::Arc;
use std::time::Duration;

use grammers_tl_types::{Deserializable, Identifiable, RawVec, Serializable, enums, functions, types};

use super::inbox::{Content, Status};
use super::{Demand, Moment, Session, State};
use crate::key::SALT_PERIOD;
use crate::rpc::RpcError;
use crate::wire::{MSG_CONTAINER, Message};

/// The most ids that a question about messages may name.
const MOST_ASKED: usize = 8192;

/// What sequence number a message of this constructor has to bear.
pub(super) fn content(constructor: u32) -> Content {
    match constructor {
        MSG_CONTAINER | types::MsgsAck::CONSTRUCTOR_ID | types::HttpWait::CONSTRUCTOR_ID => Content::Unrelated,
        functions::Ping::CONSTRUCTOR_ID
        | functions::PingDelayDisconnect::CONSTRUCTOR_ID
        | functions::GetFutureSalts::CONSTRUCTOR_ID
        | functions::DestroySession::CONSTRUCTOR_ID
        | functions::DestroyAuthKey::CONSTRUCTOR_ID
        | types::MsgsStateReq::CONSTRUCTOR_ID
        | types::MsgsStateInfo::CONSTRUCTOR_ID
        | types::MsgsAllInfo::CONSTRUCTOR_ID
        | types::MsgResendReq::CONSTRUCTOR_ID
        | types::MsgResendAnsReq::CONSTRUCTOR_ID
        | types::MsgDetailedInfo::CONSTRUCTOR_ID
        | types::MsgNewDetailedInfo::CONSTRUCTOR_ID => Content::Either,
        _ => Content::Related,
    }
}

/// Serves a service message; gives the message back when it is a call for the world.
pub(super) fn serve(
    session: &Arc<Session>,
    state: &mut State,
    message: Message,
    at: Moment,
    demands: &mut Vec<Demand>,
) -> Option<Message> {
    let id = super::constructor(&message.body).unwrap_or_default();
    let arguments = message.body.get(4..).unwrap_or_default();
    let msg_id = message.msg_id;
    let done = match id {
        types::MsgsAck::CONSTRUCTOR_ID => types::MsgsAck::from_bytes(arguments).map(|ack| {
            for id in ack.msg_ids {
                state.outbox.remove(id);
            }
        }),
        functions::Ping::CONSTRUCTOR_ID => functions::Ping::from_bytes(arguments).map(|ping| {
            state.pong(session, msg_id, ping.ping_id, at);
        }),
        functions::PingDelayDisconnect::CONSTRUCTOR_ID => {
            functions::PingDelayDisconnect::from_bytes(arguments).map(|ping| {
                state.pong(session, msg_id, ping.ping_id, at);
                let delay = u64::try_from(ping.disconnect_delay).unwrap_or_default();
                demands.push(Demand::DisconnectAfter(Duration::from_secs(delay)));
            })
        }
        functions::GetFutureSalts::CONSTRUCTOR_ID => functions::GetFutureSalts::from_bytes(arguments).map(|asked| {
            let salts = future_salts(session, asked.num, msg_id, at);
            state.say(session, at, enums::FutureSalts::Salts(salts).to_bytes());
        }),
        types::MsgsStateReq::CONSTRUCTOR_ID => types::MsgsStateReq::from_bytes(arguments).map(|asked| {
            state.tell_states(session, msg_id, &asked.msg_ids, at);
        }),
        types::MsgResendReq::CONSTRUCTOR_ID => types::MsgResendReq::from_bytes(arguments).map(|asked| {
            state.resend(session, msg_id, &asked.msg_ids, at);
        }),
        types::MsgResendAnsReq::CONSTRUCTOR_ID => types::MsgResendAnsReq::from_bytes(arguments).map(|asked| {
            let answers: Vec<i64> = asked.msg_ids.iter().filter_map(|id| state.answer_to(*id)).collect();
            for answer in answers.into_iter().take(MOST_ASKED) {
                state.deliver_again(session, answer);
            }
            state.tell_states(session, msg_id, &asked.msg_ids, at);
        }),
        functions::RpcDropAnswer::CONSTRUCTOR_ID => functions::RpcDropAnswer::from_bytes(arguments).map(|drop| {
            let told = state.drop_answer(session, drop.req_msg_id, at);
            session.answer_now(state, msg_id, Ok(told.to_bytes()), at);
        }),
        functions::DestroySession::CONSTRUCTOR_ID => functions::DestroySession::from_bytes(arguments)
            .map(|destroy| demands.push(Demand::DestroySession(destroy.session_id))),
        functions::DestroyAuthKey::CONSTRUCTOR_ID => {
            demands.push(Demand::DestroyKey);
            Ok(())
        }
        types::HttpWait::CONSTRUCTOR_ID
        | types::MsgsStateInfo::CONSTRUCTOR_ID
        | types::MsgsAllInfo::CONSTRUCTOR_ID
        | types::MsgDetailedInfo::CONSTRUCTOR_ID
        | types::MsgNewDetailedInfo::CONSTRUCTOR_ID => Ok(()),
        _ => return Some(message),
    };
    if done.is_err() {
        session.answer_now(state, msg_id, Err(RpcError::new(400, "INPUT_REQUEST_INVALID")), at);
    }
    None
}

fn future_salts(session: &Session, count: i32, req_msg_id: i64, at: Moment) -> types::FutureSalts {
    let now = at.seconds();
    let start = now - now.rem_euclid(SALT_PERIOD);
    let second = |seconds: i64| i32::try_from(seconds).unwrap_or(i32::MAX);
    let salts = (0..i64::from(count.clamp(1, 64)))
        .map(|i| {
            let since = start + i * SALT_PERIOD;
            types::FutureSalt {
                valid_since: second(since),
                valid_until: second(since + SALT_PERIOD + SALT_PERIOD / 2),
                salt: session.key.salt(since, at.epochs),
            }
        })
        .collect();
    types::FutureSalts { req_msg_id, now: second(now), salts: RawVec(salts) }
}

impl State {
    fn pong(&mut self, session: &Arc<Session>, msg_id: i64, ping_id: i64, at: Moment) {
        self.say(session, at, enums::Pong::Pong(types::Pong { msg_id, ping_id }).to_bytes());
    }

    fn tell_states(&mut self, session: &Arc<Session>, req_msg_id: i64, asked: &[i64], at: Moment) {
        let info = asked.iter().take(MOST_ASKED).map(|id| self.inbox.state_byte(*id)).collect();
        self.say(session, at, enums::MsgsStateInfo::Info(types::MsgsStateInfo { req_msg_id, info }).to_bytes());
    }

    /// Sends messages of ours again; when one is no longer known, or was never ours, the states instead.
    fn resend(&mut self, session: &Arc<Session>, req_msg_id: i64, asked: &[i64], at: Moment) {
        let asked = asked.get(..MOST_ASKED).unwrap_or(asked);
        for id in asked {
            self.deliver_again(session, *id);
        }
        if asked.iter().any(|id| self.outbox.get(*id).is_none()) {
            self.tell_states(session, req_msg_id, asked, at);
        }
    }

    fn deliver_again(&mut self, session: &Arc<Session>, msg_id: i64) {
        if let Some(message) = self.outbox.get(msg_id) {
            self.deliver(session, message);
        }
    }

    fn answer_to(&self, request: i64) -> Option<i64> {
        match self.inbox.status(request) {
            Some(Status::Answered { by, .. }) => Some(by),
            _ => None,
        }
    }

    /// The client does not want this answer any more.
    fn drop_answer(&mut self, session: &Arc<Session>, request: i64, at: Moment) -> enums::RpcDropAnswer {
        match self.inbox.status(request) {
            Some(Status::Running) => {
                // Both the question and the call itself are answered with this.
                let told = enums::RpcDropAnswer::RpcAnswerDroppedRunning;
                session.answer_now(self, request, Ok(told.to_bytes()), at);
                told
            }
            Some(Status::Answered { by, .. }) => match self.outbox.get(by) {
                Some(answer) => {
                    self.outbox.remove(by);
                    enums::RpcDropAnswer::RpcAnswerDropped(types::RpcAnswerDropped {
                        msg_id: by,
                        seq_no: answer.seq_no,
                        bytes: i32::try_from(answer.body.len()).unwrap_or(i32::MAX),
                    })
                }
                None => enums::RpcDropAnswer::RpcAnswerUnknown,
            },
            _ => enums::RpcDropAnswer::RpcAnswerUnknown,
        }
    }
}
