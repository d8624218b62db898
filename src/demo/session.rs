//! Sessions: what a client sends in one is judged here, and what it is answered goes out from here.
//!
//! No I/O: packets come in by [`Session::receive`], messages leave through the newest [`Line`].

pub(crate) mod call;
mod inbox;
mod invocation;
pub(crate) mod line;
mod outbox;
mod service;
mod table;

use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use grammers_tl_types::{Serializable, enums, types};
use tokio::sync::{Notify, Semaphore};

use self::inbox::{Content, Inbox, Status, Verdict, check_time, code};
pub(crate) use self::line::{Line, Outgoing};
use self::outbox::Outbox;
pub(crate) use self::outbox::server_msg_id;
pub(crate) use self::table::Sessions;
use crate::key::{AuthKey, Epochs};
use crate::layers;
use crate::rpc::RpcError;
use crate::scenario::{UNKNOWN, Wreck};
use crate::wire::{GZIP_PACKED, MSG_CONTAINER, Message, Packet, constructor, read_container, rpc_result, unpack};

/// How many sockets a session may have; beyond it the oldest gets nothing more.
const MOST_LINES: usize = 8;
/// How many calls of a session may be under way.
const MOST_RUNNING: usize = 1024;
/// Acknowledgements wait to travel with something else, up to this many.
const MOST_UNACKNOWLEDGED: usize = 512;
/// How many calls of a session are carried out at once, without and with a file's bytes in hand.
const CALLS_AT_ONCE: usize = 32;
const FILE_CALLS_AT_ONCE: usize = 8;

/// The moment at which something is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Since 1970.
    pub(crate) now: Duration,
    pub(crate) epochs: Epochs,
}

impl Moment {
    pub(crate) fn seconds(self) -> i64 {
        i64::try_from(self.now.as_secs()).unwrap_or(i64::MAX)
    }
}

/// A call to be carried out.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) msg_id: i64,
    pub(crate) body: Vec<u8>,
}

/// What a packet asks for beyond its session.
#[derive(Debug)]
pub(crate) enum Demand {
    /// A call to be carried out.
    Call(Call),
    /// The socket is to be closed unless this is said again in time.
    DisconnectAfter(Duration),
    /// Another session of the key is to end.
    DestroySession(i64),
    /// The key is to be forgotten.
    DestroyKey,
}

/// One session of one auth key.
pub(crate) struct Session {
    id: i64,
    unique_id: i64,
    key: Arc<AuthKey>,
    /// The layer that the client named last, 0 before.
    layer: AtomicI32,
    state: Mutex<State>,
    /// Told whenever a call was answered.
    answered: Notify,
    calls: Semaphore,
    file_calls: Semaphore,
}

#[derive(Default)]
struct State {
    inbox: Inbox,
    outbox: Outbox,
    /// Live sockets, the newest last.
    lines: Vec<Arc<Line>>,
    /// Whether `new_session_created` was said.
    greeted: bool,
    takes_updates: bool,
    /// Requests that nothing has acknowledged yet.
    unacknowledged: Vec<i64>,
    running: usize,
}

impl Session {
    fn new(id: i64, key: Arc<AuthKey>) -> Self {
        let mut unique_id = [0u8; 8];
        // It only has to differ from the last one; zeros are no harm.
        let _ = getrandom::fill(&mut unique_id);
        Self {
            id,
            unique_id: i64::from_le_bytes(unique_id),
            // A client that comes again in a new session may not name its layer again.
            layer: AtomicI32::new(key.layer()),
            key,
            state: Mutex::default(),
            answered: Notify::new(),
            calls: Semaphore::new(CALLS_AT_ONCE),
            file_calls: Semaphore::new(FILE_CALLS_AT_ONCE),
        }
    }

    /// The id that the client chose.
    pub(crate) fn id(&self) -> i64 {
        self.id
    }

    /// The key that it belongs to.
    pub(crate) fn key(&self) -> &Arc<AuthKey> {
        &self.key
    }

    /// The layer in which it is spoken to.
    pub(crate) fn layer(&self) -> i32 {
        self.layer.load(Ordering::Relaxed)
    }

    /// The client speaks this layer from now on.
    pub(crate) fn set_layer(&self, layer: i32) {
        self.layer.store(layer, Ordering::Relaxed);
        self.key.set_layer(layer);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Judges a decrypted packet that came over this line, answers what the protocol itself answers, and gives the
    /// rest.
    pub(crate) fn receive(self: &Arc<Self>, packet: Packet, line: &Arc<Line>, at: Moment) -> Vec<Demand> {
        let mut state = self.lock();
        state.attach(self, line);
        let message = packet.message;
        let mut demands = Vec::new();
        if let Err(code) = check_time(message.msg_id, at.now) {
            state.bad(self, &message, code, at);
        } else if !self.key.takes_salt(packet.salt, at.seconds(), at.epochs) {
            let new_server_salt = self.key.salt(at.seconds(), at.epochs);
            let bad = types::BadServerSalt {
                bad_msg_id: message.msg_id,
                bad_msg_seqno: message.seq_no,
                error_code: code::SALT,
                new_server_salt,
            };
            state.say(self, at, enums::BadMsgNotification::BadServerSalt(bad).to_bytes());
        } else {
            self.accept(&mut state, message, at, &mut demands);
        }
        demands
    }

    fn accept(self: &Arc<Self>, state: &mut State, message: Message, at: Moment, demands: &mut Vec<Demand>) {
        let message = match opened(message) {
            Ok(message) => message,
            Err(message) => return self.single(state, message, at, demands),
        };
        if constructor(&message.body) != Some(MSG_CONTAINER) {
            state.greet(self, message.msg_id, at);
            return self.single(state, message, at, demands);
        }
        let inner = read_container(&message.body).filter(|inner| {
            inner.iter().all(|m| m.msg_id < message.msg_id && constructor(&m.body) != Some(MSG_CONTAINER))
        });
        let Some(inner) = inner else { return state.bad(self, &message, code::CONTAINER, at) };
        match state.inbox.take(message.msg_id, message.seq_no, Content::Unrelated, Status::Settled) {
            Verdict::New => {}
            Verdict::Repeated(_) => return state.bad(self, &message, code::CONTAINER_REPEATED, at),
            Verdict::Bad(code) => return state.bad(self, &message, code, at),
        }
        let first = inner.iter().map(|m| m.msg_id).min().unwrap_or(message.msg_id);
        state.greet(self, first, at);
        for message in inner {
            let message = opened(message).unwrap_or_else(|damaged| damaged);
            self.single(state, message, at, demands);
        }
    }

    /// One message, out of a container or alone.
    fn single(self: &Arc<Self>, state: &mut State, message: Message, at: Moment, demands: &mut Vec<Demand>) {
        let id = constructor(&message.body).unwrap_or_default();
        let content = service::content(id);
        let first = if content == Content::Related { Status::Running } else { Status::Settled };
        match state.inbox.take(message.msg_id, message.seq_no, content, first) {
            Verdict::Bad(code) => return state.bad(self, &message, code, at),
            Verdict::Repeated(status) => return self.again(state, message.msg_id, status, at),
            Verdict::New => {}
        }
        let Some(body) = service::serve(self, state, message, at, demands) else { return };
        let Message { msg_id, body, .. } = body;
        if state.running >= MOST_RUNNING {
            return self.answer_now(state, msg_id, Err(RpcError::new(420, "FLOOD_WAIT_3")), at);
        }
        state.running += 1;
        state.owe(self, msg_id, at);
        demands.push(Demand::Call(Call { msg_id, body }));
    }

    /// A message that was here before: nothing is carried out twice.
    fn again(self: &Arc<Self>, state: &mut State, msg_id: i64, status: Status, at: Moment) {
        match status {
            Status::Answered { by, .. } => match state.outbox.get(by) {
                Some(answer) => state.deliver(self, answer),
                // The client has acknowledged the answer: it has it.
                None => state.owe(self, msg_id, at),
            },
            Status::Forgotten => {
                self.answer_now(state, msg_id, Err(RpcError::new(500, "ANSWER_FORGOTTEN")), at);
            }
            Status::Running => state.owe(self, msg_id, at),
            Status::Settled => {}
        }
    }

    /// Answers a call: a boxed result, perhaps packed, or an error.
    pub(crate) fn answer(self: &Arc<Self>, msg_id: i64, answer: Result<Vec<u8>, RpcError>, at: Moment) {
        let mut state = self.lock();
        state.running = state.running.saturating_sub(1);
        // It may have been given up by rpc_drop_answer, and so answered already.
        if state.inbox.status(msg_id).is_none_or(|status| status == Status::Running) {
            self.answer_now(&mut state, msg_id, answer, at);
        }
        drop(state);
        self.answered.notify_waiters();
    }

    /// Answers a call, but the answer comes to harm on its way. It is kept all the same, and comes over the client's next
    /// socket.
    pub(crate) fn answer_wrecked(
        self: &Arc<Self>,
        msg_id: i64,
        answer: Result<Vec<u8>, RpcError>,
        wreck: Wreck,
        at: Moment,
    ) {
        let mut state = self.lock();
        state.running = state.running.saturating_sub(1);
        if state.inbox.status(msg_id).is_none_or(|status| status == Status::Running) {
            let message = state.answered(msg_id, answer, at);
            let outgoing = match wreck {
                Wreck::Close => {
                    if let Some(line) = state.lines.last() {
                        line.end();
                    }
                    None
                }
                Wreck::Truncate => Some(Outgoing::Truncated(self.clone(), message)),
                Wreck::Random(length) => Some(Outgoing::Noise(length)),
                Wreck::UnknownBeside => {
                    let (unknown, _) = state.outbox.keep(at.now, None, UNKNOWN.to_le_bytes().repeat(3));
                    Some(Outgoing::Together(self.clone(), vec![unknown, message]))
                }
                Wreck::GzipBomb(_) | Wreck::Nested(_) | Wreck::Unreadable => {
                    Some(Outgoing::Message(self.clone(), message))
                }
            };
            if let (Some(outgoing), Some(line)) = (outgoing, state.lines.last()) {
                line.send(outgoing);
            }
        }
        drop(state);
        self.answered.notify_waiters();
    }

    /// A call is done, but its answer is kept back for good.
    pub(crate) fn keep_back(&self) {
        let mut state = self.lock();
        state.running = state.running.saturating_sub(1);
    }

    fn answer_now(self: &Arc<Self>, state: &mut State, msg_id: i64, answer: Result<Vec<u8>, RpcError>, at: Moment) {
        let message = state.answered(msg_id, answer, at);
        state.deliver(self, message);
    }

    /// Waits until these calls are done. `Err` when one failed or takes too long.
    pub(crate) async fn wait_for(&self, calls: &[i64]) -> Result<(), RpcError> {
        let waiting = async {
            for call in calls {
                loop {
                    let notified = self.answered.notified();
                    tokio::pin!(notified);
                    notified.as_mut().enable();
                    let status = self.lock().inbox.status(*call);
                    match status {
                        Some(Status::Running) => notified.await,
                        Some(Status::Answered { failed: true, .. }) => {
                            return Err(RpcError::new(400, "MSG_WAIT_FAILED"));
                        }
                        _ => break,
                    }
                }
            }
            Ok(())
        };
        let limit = Duration::from_secs(30);
        tokio::time::timeout(limit, waiting).await.unwrap_or_else(|_| Err(RpcError::new(500, "MSG_WAIT_TIMEOUT")))
    }

    /// Waits until the client has taken most of what was sent to it.
    pub(crate) async fn room(&self) {
        let line = self.lock().lines.last().cloned();
        if let Some(line) = line {
            line.room().await;
        }
    }

    /// Sends boxed updates, if anybody listens and wants them.
    fn push(self: &Arc<Self>, updates: Vec<u8>, at: Moment) {
        let mut state = self.lock();
        state.lines.retain(|line| !line.has_ended());
        if !state.takes_updates || state.lines.is_empty() {
            return;
        }
        let Some(updates) = layers::updates(self.layer(), updates) else { return };
        let (message, forgotten) = state.outbox.keep(at.now, None, updates);
        for request in forgotten {
            state.inbox.set(request, Status::Forgotten);
        }
        state.deliver(self, message);
    }

    /// From now on the session gets updates.
    pub(crate) fn take_updates(&self) {
        self.lock().takes_updates = true;
    }

    /// Sends the acknowledgements that found nothing to travel with.
    pub(crate) fn flush(self: &Arc<Self>, at: Moment) {
        self.lock().acknowledge(self, at);
    }

    /// Sends a service message that answers the client.
    pub(crate) fn reply(self: &Arc<Self>, at: Moment, body: Vec<u8>) {
        self.lock().say(self, at, body);
    }

    /// The id of a container that is sent now.
    pub(crate) fn container_header(&self, at: Moment) -> (i64, i32) {
        let mut state = self.lock();
        (state.outbox.next_id(at.now, false), state.outbox.even_seq_no())
    }

    /// The socket is gone.
    pub(crate) fn detach(&self, line: &Arc<Line>) {
        self.lock().lines.retain(|other| !Arc::ptr_eq(other, line));
    }

    fn is_idle(&self) -> bool {
        self.lock().lines.iter().all(|line| line.has_ended())
    }

    fn end_lines(&self) {
        for line in self.lock().lines.drain(..) {
            line.end();
        }
    }
}

/// The message with its body unpacked, or as it was when it cannot be (its call will be refused).
fn opened(mut message: Message) -> Result<Message, Message> {
    if constructor(&message.body) != Some(GZIP_PACKED) {
        return Ok(message);
    }
    match unpack(&message.body) {
        Some(body) => {
            message.body = body;
            Ok(message)
        }
        None => Err(message),
    }
}

impl State {
    /// Notes the answer to a call, and gives the message that carries it.
    fn answered(&mut self, msg_id: i64, answer: Result<Vec<u8>, RpcError>, at: Moment) -> Arc<Message> {
        let failed = answer.is_err();
        let result = answer.unwrap_or_else(|error| {
            let error = types::RpcError { error_code: error.code, error_message: error.message };
            enums::RpcError::Error(error).to_bytes()
        });
        let (message, forgotten) = self.outbox.keep(at.now, Some(msg_id), rpc_result(msg_id, &result));
        for request in forgotten {
            self.inbox.set(request, Status::Forgotten);
        }
        self.inbox.set(msg_id, Status::Answered { by: message.msg_id, failed });
        // An answer acknowledges its request.
        self.unacknowledged.retain(|id| *id != msg_id);
        message
    }

    /// Notes the socket over which a message came. One that is new to the session gets what its client may have
    /// missed on the last one.
    fn attach(&mut self, session: &Arc<Session>, line: &Arc<Line>) {
        if self.lines.iter().any(|known| Arc::ptr_eq(known, line)) {
            return;
        }
        self.lines.retain(|known| !known.has_ended());
        if self.lines.len() >= MOST_LINES {
            self.lines.remove(0);
        }
        self.lines.push(line.clone());
        for answer in self.outbox.answers() {
            self.deliver(session, answer);
        }
    }

    /// Sends on the newest socket that lives. Without one, an answer waits for the next.
    fn deliver(&mut self, session: &Arc<Session>, message: Arc<Message>) {
        while let Some(line) = self.lines.last() {
            if line.send(Outgoing::Message(session.clone(), message.clone())) {
                return;
            }
            self.lines.pop();
        }
    }

    /// Sends a service message that answers the client.
    fn say(&mut self, session: &Arc<Session>, at: Moment, body: Vec<u8>) {
        let message = self.outbox.service(at.now, true, body);
        self.deliver(session, message);
    }

    fn bad(&mut self, session: &Arc<Session>, message: &Message, error_code: i32, at: Moment) {
        let bad = types::BadMsgNotification { bad_msg_id: message.msg_id, bad_msg_seqno: message.seq_no, error_code };
        self.say(session, at, enums::BadMsgNotification::Notification(bad).to_bytes());
    }

    /// Tells a client, once, that the server knows nothing of what came before this message.
    fn greet(&mut self, session: &Arc<Session>, first_msg_id: i64, at: Moment) {
        if std::mem::replace(&mut self.greeted, true) {
            return;
        }
        let server_salt = session.key.salt(at.seconds(), at.epochs);
        let created = types::NewSessionCreated { first_msg_id, unique_id: session.unique_id, server_salt };
        let (message, _) = self.outbox.keep(at.now, None, enums::NewSession::Created(created).to_bytes());
        self.deliver(session, message);
    }

    /// Notes that a request has to be acknowledged.
    fn owe(&mut self, session: &Arc<Session>, msg_id: i64, at: Moment) {
        if !self.unacknowledged.contains(&msg_id) {
            self.unacknowledged.push(msg_id);
        }
        if self.unacknowledged.len() >= MOST_UNACKNOWLEDGED {
            self.acknowledge(session, at);
        }
    }

    fn acknowledge(&mut self, session: &Arc<Session>, at: Moment) {
        if self.unacknowledged.is_empty() {
            return;
        }
        let msg_ids = std::mem::take(&mut self.unacknowledged);
        let message = self.outbox.service(at.now, false, enums::MsgsAck::Ack(types::MsgsAck { msg_ids }).to_bytes());
        self.deliver(session, message);
    }
}

#[cfg(test)]
mod tests;
