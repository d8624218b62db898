//! What the server's messages mean (core.telegram.org/mtproto/service_messages and .../service_messages_about_messages).

use super::{MSG_CONTAINER, Session, SessionError};
use flate2::read::GzDecoder;
use grammers_tl_types::{Deserializable, Identifiable, Serializable as _, enums, types};
use std::borrow::Cow;
use std::io::Read as _;

/// Written by hand in every implementation, as their form is outside of TL.
const RPC_RESULT: u32 = 0xf35c_6d01;
const GZIP_PACKED: u32 = 0x3072_cfa1;

/// No answer is longer once unpacked.
const LONGEST_UNPACKED: u64 = 32 << 20;

/// More messages than any server puts into a container.
const MOST_CONTAINED: u32 = 4096;

/// Something that a packet said. Message numbers are those of our own messages.
pub(in crate::connection) enum Incoming {
    /// The answer to a request.
    Answer { request: i64, body: Vec<u8> },
    /// The refusal of a request.
    Refusal { request: i64, code: i32, name: String },
    /// The salt was stale; these must be sent again.
    StaleSalt { messages: Vec<i64> },
    /// These were not even looked at, for a fault of numbering or time: a new session is needed.
    Rejected { messages: Vec<i64>, code: i32 },
    /// The session is new to the server.
    NewSession,
    /// The server is alive.
    Pong,
    /// Updates, or something that we do not know.
    Update(Vec<u8>),
}

/// One message as it lies in a packet.
pub(super) struct Message<'a> {
    id: i64,
    sequence: i32,
    body: Cow<'a, [u8]>,
}

impl<'a> Message<'a> {
    /// Reads a message; what follows it.
    pub fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), SessionError> {
        let cut = SessionError::Malformed("a message is cut");
        let (id, rest) = bytes.split_first_chunk::<8>().ok_or(cut)?;
        let (sequence, rest) = rest.split_first_chunk::<4>().ok_or(cut)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(cut)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| cut)?;
        if !length.is_multiple_of(4) {
            return Err(SessionError::Malformed("a message has a wrong length"));
        }
        let (body, rest) = rest.split_at_checked(length).ok_or(cut)?;
        let (id, sequence) = (i64::from_le_bytes(*id), i32::from_le_bytes(*sequence));
        Ok((Self { id, sequence, body: Cow::Borrowed(body) }, rest))
    }
}

/// The constructor at the start of an object, and what follows it.
fn constructor(body: &[u8]) -> Result<(u32, &[u8]), SessionError> {
    let (id, rest) = body.split_first_chunk().ok_or(SessionError::Malformed("an object is cut"))?;
    Ok((u32::from_le_bytes(*id), rest))
}

fn parse<T: Deserializable>(body: &[u8]) -> Result<T, SessionError> {
    T::from_bytes(body).map_err(|_| SessionError::Malformed("a service message cannot be read"))
}

/// The content of a `gzip_packed`, given what follows its constructor.
fn unpacked(packed: &[u8]) -> Result<Vec<u8>, SessionError> {
    let packed: Vec<u8> = parse(packed)?;
    let mut plain = Vec::with_capacity(packed.len().saturating_mul(4).min(1 << 20));
    let read = GzDecoder::new(packed.as_slice()).take(LONGEST_UNPACKED + 1).read_to_end(&mut plain);
    match read {
        Ok(length) if length as u64 <= LONGEST_UNPACKED => Ok(plain),
        _ => Err(SessionError::Malformed("a packed object cannot be unpacked")),
    }
}

impl Session {
    /// Takes in one message. `depth` counts containers and wrappings around it.
    pub(super) fn take_in(
        &mut self,
        message: &Message<'_>,
        found: &mut Vec<Incoming>,
        depth: u32,
    ) -> Result<(), SessionError> {
        // The server's messages are odd, ours even: what looks like ours was thrown back at us.
        if message.id & 1 == 0 {
            return Err(SessionError::Malformed("a message has the number of one of ours"));
        }
        let (kind, rest) = constructor(&message.body)?;
        // A notice that our time is wrong comes with a time that looks wrong to us.
        if kind != types::BadMsgNotification::CONSTRUCTOR_ID {
            self.check_time(message.id)?;
        }
        if message.sequence & 1 == 1 {
            // Also what came before: the first acknowledgement may have been lost.
            self.unacknowledged.push(message.id);
        }
        if !self.seen.insert(message.id) {
            return Ok(());
        }
        self.understand(message.id, kind, &message.body, rest, found, depth)
    }

    fn understand(
        &mut self,
        id: i64,
        kind: u32,
        body: &[u8],
        rest: &[u8],
        found: &mut Vec<Incoming>,
        depth: u32,
    ) -> Result<(), SessionError> {
        match kind {
            RPC_RESULT => found.extend(answer(rest)?),
            MSG_CONTAINER => {
                if depth > 0 {
                    return Err(SessionError::Malformed("a container lies in another"));
                }
                let (count, mut rest) = constructor(rest)?;
                if count > MOST_CONTAINED {
                    return Err(SessionError::Malformed("a container is too large"));
                }
                for _ in 0..count {
                    let (message, after) = Message::read(rest)?;
                    self.take_in(&message, found, depth + 1)?;
                    rest = after;
                }
            }
            GZIP_PACKED => {
                if depth > 1 {
                    return Err(SessionError::Malformed("a packed object lies in another"));
                }
                let plain = unpacked(rest)?;
                let (kind, rest) = constructor(&plain)?;
                self.understand(id, kind, &plain, rest, found, depth + 2)?;
            }
            types::BadServerSalt::CONSTRUCTOR_ID | types::BadMsgNotification::CONSTRUCTOR_ID => {
                self.rejected(id, parse(body)?, found);
            }
            types::NewSessionCreated::CONSTRUCTOR_ID => {
                let enums::NewSession::Created(new) = parse(body)?;
                self.salt = new.server_salt;
                found.push(Incoming::NewSession);
            }
            types::Pong::CONSTRUCTOR_ID => found.push(Incoming::Pong),
            types::MsgDetailedInfo::CONSTRUCTOR_ID | types::MsgNewDetailedInfo::CONSTRUCTOR_ID => {
                let answer = match parse(body)? {
                    enums::MsgDetailedInfo::Info(info) => info.answer_msg_id,
                    enums::MsgDetailedInfo::MsgNewDetailedInfo(info) => info.answer_msg_id,
                };
                if self.seen.contains(answer) {
                    self.unacknowledged.push(answer);
                } else {
                    let request = types::MsgResendReq { msg_ids: vec![answer] };
                    self.errands.push((enums::MsgResendReq::Req(request).to_bytes(), true));
                }
            }
            types::MsgsStateReq::CONSTRUCTOR_ID => {
                let enums::MsgsStateReq::Req(asked) = parse(body)?;
                // 4: received; 1: nothing is known of it (core.telegram.org/mtproto/service_messages_about_messages).
                let info = asked.msg_ids.iter().map(|id| if self.seen.contains(*id) { 4 } else { 1 }).collect();
                let reply = types::MsgsStateInfo { req_msg_id: id, info };
                self.errands.push((enums::MsgsStateInfo::Info(reply).to_bytes(), false));
            }
            types::MsgsAck::CONSTRUCTOR_ID
            | types::MsgsStateInfo::CONSTRUCTOR_ID
            | types::MsgsAllInfo::CONSTRUCTOR_ID
            | types::MsgResendReq::CONSTRUCTOR_ID
            | types::FutureSalts::CONSTRUCTOR_ID
            | types::DestroySessionOk::CONSTRUCTOR_ID
            | types::DestroySessionNone::CONSTRUCTOR_ID => {}
            _ => found.push(Incoming::Update(body.to_vec())),
        }
        Ok(())
    }

    fn rejected(&mut self, id: i64, notice: enums::BadMsgNotification, found: &mut Vec<Incoming>) {
        match notice {
            enums::BadMsgNotification::BadServerSalt(stale) => {
                self.salt = stale.new_server_salt;
                found.push(Incoming::StaleSalt { messages: self.refused(stale.bad_msg_id) });
            }
            enums::BadMsgNotification::Notification(bad) => {
                // 16 and 17: our time is too early or too late.
                if matches!(bad.error_code, 16 | 17) {
                    self.set_clock(id);
                }
                found.push(Incoming::Rejected { messages: self.refused(bad.bad_msg_id), code: bad.error_code });
            }
        }
    }
}

/// What an `rpc_result` says, given what follows its constructor.
fn answer(bytes: &[u8]) -> Result<Option<Incoming>, SessionError> {
    let (request, result) = bytes.split_first_chunk().ok_or(SessionError::Malformed("an answer is cut"))?;
    let request = i64::from_le_bytes(*request);
    let (kind, rest) = constructor(result)?;
    Ok(match kind {
        types::RpcError::CONSTRUCTOR_ID => {
            let enums::RpcError::Error(error) = parse(result)?;
            Some(Incoming::Refusal { request, code: error.error_code, name: error.error_message })
        }
        // Answers to our own `rpc_drop_answer`.
        types::RpcAnswerUnknown::CONSTRUCTOR_ID
        | types::RpcAnswerDroppedRunning::CONSTRUCTOR_ID
        | types::RpcAnswerDropped::CONSTRUCTOR_ID => None,
        GZIP_PACKED => Some(Incoming::Answer { request, body: unpacked(rest)? }),
        _ => Some(Incoming::Answer { request, body: result.to_vec() }),
    })
}
