use std::time::Duration;

use grammers_tl_types::{Deserializable, Identifiable, functions};
use tokio::sync::mpsc;

use super::table::MOST_SESSIONS;
use super::*;
use crate::rpc::Push;
use crate::scenario::Scenario;
use crate::wire::tests::{Noise, rounds};
use crate::wire::{RPC_RESULT, pack_if_smaller, write_container};

const NOW: u64 = 1_700_000_000;

fn at(seconds: u64) -> Moment {
    Moment { now: Duration::from_secs(seconds), epochs: Epochs::default() }
}

/// A client's side of one session, without a socket.
struct Client {
    sessions: Sessions,
    key: Arc<AuthKey>,
    session: Arc<Session>,
    line: Arc<Line>,
    queue: mpsc::Receiver<Outgoing>,
    next: i64,
}

impl Client {
    fn new() -> Self {
        let sessions = Sessions::new(|| at(NOW), Scenario::default());
        let key = Arc::new(AuthKey::new([7; 256], 2, 55, NOW as i64, Epochs::default()));
        let session = sessions.open(&key, 1);
        let (line, queue) = Line::new();
        Self { sessions, key, session, line, queue, next: 0 }
    }

    fn reconnect(&mut self) {
        (self.line, self.queue) = Line::new();
    }

    fn id(&mut self) -> i64 {
        self.next += 4;
        ((NOW as i64) << 32) + self.next
    }

    fn seq_no(&self) -> i32 {
        (self.next / 4 * 2) as i32
    }

    fn content(&mut self, body: Vec<u8>) -> Message {
        let msg_id = self.id();
        Message { msg_id, seq_no: self.seq_no() | 1, body }
    }

    fn service(&mut self, body: Vec<u8>) -> Message {
        let msg_id = self.id();
        Message { msg_id, seq_no: self.seq_no(), body }
    }

    fn send(&mut self, message: &Message) -> Vec<Call> {
        self.send_with_salt(message, 55)
    }

    fn send_with_salt(&mut self, message: &Message, salt: i64) -> Vec<Call> {
        let packet = Packet { receipt: 0, salt, session_id: 1, message: message.clone() };
        let demands = self.session.receive(packet, &self.line, at(NOW));
        demands
            .into_iter()
            .filter_map(|demand| if let Demand::Call(call) = demand { Some(call) } else { None })
            .collect()
    }

    /// Everything that was sent to the client since the last look, without the greeting.
    fn got(&mut self) -> Vec<Arc<Message>> {
        let mut got = Vec::new();
        while let Ok(outgoing) = self.queue.try_recv() {
            if let Outgoing::Message(_, message) = outgoing
                && constructor(&message.body) != Some(types::NewSessionCreated::CONSTRUCTOR_ID)
            {
                got.push(message);
            }
        }
        got
    }

    fn only(&mut self) -> Arc<Message> {
        let got = self.got();
        assert_eq!(got.len(), 1, "{got:?}");
        got[0].clone()
    }

    /// The code of the one `bad_msg_notification` or `bad_server_salt` that came.
    fn bad(&mut self, about: i64) -> i32 {
        let bad = enums::BadMsgNotification::from_bytes(&self.only().body).unwrap();
        assert_eq!(bad.bad_msg_id(), about);
        bad.error_code()
    }
}

fn call() -> Vec<u8> {
    functions::help::GetConfig {}.to_bytes()
}

fn ping() -> Vec<u8> {
    functions::Ping { ping_id: 9 }.to_bytes()
}

#[test]
fn the_first_message_is_greeted_once() {
    let mut client = Client::new();
    let inner = client.content(call());
    let container = client.service(write_container([&inner].into_iter()));
    assert_eq!(client.send(&container).len(), 1);
    let Ok(Outgoing::Message(_, greeting)) = client.queue.try_recv() else { panic!("no greeting") };
    let enums::NewSession::Created(created) = enums::NewSession::from_bytes(&greeting.body).unwrap();
    assert_eq!(created.first_msg_id, inner.msg_id);
    assert!(client.key.takes_salt(created.server_salt, NOW as i64, Epochs::default()));
    assert_eq!((greeting.msg_id & 3, greeting.seq_no), (3, 1));
    let message = client.content(call());
    client.send(&message);
    assert!(client.queue.try_recv().is_err());
}

#[test]
fn a_wrong_salt_is_corrected_and_the_message_not_taken() {
    let mut client = Client::new();
    let message = client.content(call());
    assert!(client.send_with_salt(&message, 1234).is_empty());
    let answer = client.only();
    let enums::BadMsgNotification::BadServerSalt(bad) = enums::BadMsgNotification::from_bytes(&answer.body).unwrap()
    else {
        panic!("not about the salt")
    };
    assert_eq!((bad.bad_msg_id, bad.bad_msg_seqno, bad.error_code), (message.msg_id, message.seq_no, 48));
    assert_eq!(client.send_with_salt(&message, bad.new_server_salt).len(), 1, "the same message is good with it");
    assert!(client.got().is_empty());
}

#[test]
fn impossible_ids_and_numbers_are_named() {
    let mut client = Client::new();
    for (shift, code) in [(-(400i64 << 32), 16), (60 << 32, 17), (1, 18), (2, 18)] {
        let mut message = client.content(call());
        message.msg_id += shift;
        assert!(client.send(&message).is_empty());
        assert_eq!(client.bad(message.msg_id), code);
    }
    let mut message = client.content(call());
    message.seq_no &= !1;
    assert!(client.send(&message).is_empty());
    assert_eq!(client.bad(message.msg_id), 35);
    let mut ack = client.service(enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![] }).to_bytes());
    ack.seq_no |= 1;
    client.send(&ack);
    assert_eq!(client.bad(ack.msg_id), 34);
    let first = client.content(call());
    assert_eq!(client.send(&first).len(), 1);
    let mut low = client.content(call());
    low.seq_no = first.seq_no;
    assert!(client.send(&low).is_empty());
    assert_eq!(client.bad(low.msg_id), 32);
    let mut high = client.content(call());
    (high.msg_id, high.seq_no) = (first.msg_id - 4, first.seq_no + 2);
    assert!(client.send(&high).is_empty());
    assert_eq!(client.bad(high.msg_id), 33);
}

#[test]
fn containers_carry_calls_and_bad_ones_are_refused_whole() {
    let mut client = Client::new();
    let (one, two) = (client.content(call()), client.content(ping()));
    let ack = client.service(enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![1] }).to_bytes());
    let container = client.service(write_container([&one, &two, &ack].into_iter()));
    let calls = client.send(&container);
    assert_eq!(calls.iter().map(|call| call.msg_id).collect::<Vec<_>>(), [one.msg_id]);
    let pong = enums::Pong::from_bytes(&client.only().body).unwrap();
    assert_eq!(pong, enums::Pong::Pong(types::Pong { msg_id: two.msg_id, ping_id: 9 }));

    assert!(client.send(&container).is_empty());
    assert_eq!(client.bad(container.msg_id), 19, "the same container again");

    let inner = client.content(call());
    let nested = client.service(write_container([&inner].into_iter()));
    let outer = client.service(write_container([&nested].into_iter()));
    assert!(client.send(&outer).is_empty());
    assert_eq!(client.bad(outer.msg_id), 64);
    let container = client.service(write_container([&inner].into_iter()));
    let mut cut = container.clone();
    cut.body.truncate(cut.body.len() - 4);
    assert!(client.send(&cut).is_empty());
    assert_eq!(client.bad(cut.msg_id), 64);
    let mut early = container;
    early.msg_id = inner.msg_id - 4;
    assert!(client.send(&early).is_empty());
    assert_eq!(client.bad(early.msg_id), 64, "a container is newer than what it holds");
}

#[test]
fn a_packed_container_is_opened() {
    let mut client = Client::new();
    let long = functions::contacts::Search { broadcasts: false, bots: false, q: "x".repeat(4000), limit: 1 }.to_bytes();
    let (one, two) = (client.content(pack_if_smaller(long.clone())), client.content(call()));
    let body = pack_if_smaller(write_container([&one, &two].into_iter()));
    let container = client.service(body);
    let calls = client.send(&container);
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].body, long);
}

#[test]
fn a_repeated_call_is_answered_from_memory() {
    let mut client = Client::new();
    let message = client.content(call());
    assert_eq!(client.send(&message).len(), 1);
    assert!(client.send(&message).is_empty(), "while it runs");
    assert!(client.got().is_empty());
    client.session.answer(message.msg_id, Ok(vec![1, 2, 3, 4]), at(NOW));
    let answer = client.only();
    assert_eq!(constructor(&answer.body), Some(RPC_RESULT));
    assert_eq!((answer.msg_id & 3, answer.seq_no & 1), (1, 1));

    // In a fresh container too, as a client does that has waited long.
    let container = client.service(write_container([&message].into_iter()));
    assert!(client.send(&container).is_empty());
    assert_eq!(client.only(), answer, "the very same message again");

    let ack = client.service(enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![answer.msg_id] }).to_bytes());
    client.send(&ack);
    assert!(client.send(&message).is_empty());
    client.session.flush(at(NOW));
    let enums::MsgsAck::Ack(ack) = enums::MsgsAck::from_bytes(&client.only().body).unwrap();
    assert_eq!(ack.msg_ids, [message.msg_id], "the answer is known to have come");
}

#[test]
fn what_is_not_answered_soon_is_acknowledged() {
    let mut client = Client::new();
    let (fast, slow) = (client.content(call()), client.content(call()));
    client.send(&fast);
    client.send(&slow);
    client.session.answer(fast.msg_id, Ok(vec![0; 4]), at(NOW));
    client.got();
    client.session.flush(at(NOW));
    let enums::MsgsAck::Ack(ack) = enums::MsgsAck::from_bytes(&client.only().body).unwrap();
    assert_eq!(ack.msg_ids, [slow.msg_id]);
    client.session.flush(at(NOW));
    assert!(client.got().is_empty());
}

#[test]
fn answers_find_the_client_after_it_has_reconnected() {
    let mut client = Client::new();
    let (early, late) = (client.content(call()), client.content(call()));
    client.send(&early);
    client.send(&late);
    client.session.answer(early.msg_id, Ok(vec![1; 4]), at(NOW));
    client.line.end();
    client.session.answer(late.msg_id, Ok(vec![2; 4]), at(NOW));
    client.reconnect();
    let message = client.service(ping());
    client.send(&message);
    let got = client.got();
    let requests: Vec<i64> = got[..2].iter().map(|m| i64::from_bytes(&m.body[4..]).unwrap()).collect();
    assert_eq!(requests, [early.msg_id, late.msg_id]);
    assert_eq!(got.len(), 3, "and the pong");
}

#[test]
fn states_resending_and_dropping() {
    let mut client = Client::new();
    let (running, answered) = (client.content(call()), client.content(call()));
    client.send(&running);
    client.send(&answered);
    client.session.answer(answered.msg_id, Ok(vec![3; 4]), at(NOW));
    let answer = client.only();

    let msg_ids = vec![running.msg_id, answered.msg_id, running.msg_id - 8, answered.msg_id + 4000];
    let asked = client.content(enums::MsgsStateReq::Req(types::MsgsStateReq { msg_ids }).to_bytes());
    client.send(&asked);
    let enums::MsgsStateInfo::Info(info) = enums::MsgsStateInfo::from_bytes(&client.only().body).unwrap();
    assert_eq!((info.req_msg_id, info.info), (asked.msg_id, vec![36, 68, 2, 3]));

    let msg_ids = vec![answer.msg_id];
    let resend = client.content(enums::MsgResendReq::Req(types::MsgResendReq { msg_ids }).to_bytes());
    client.send(&resend);
    assert_eq!(client.only(), answer);
    let msg_ids = vec![answered.msg_id];
    let resend = types::MsgResendAnsReq { msg_ids };
    let resend = client.content(enums::MsgResendReq::MsgResendAnsReq(resend).to_bytes());
    client.send(&resend);
    assert_eq!(client.got()[0], answer);

    let drop = |client: &mut Client, req_msg_id| {
        let message = client.content(functions::RpcDropAnswer { req_msg_id }.to_bytes());
        client.send(&message);
        let got = client.got();
        let own = got.iter().find(|m| i64::from_bytes(&m.body[4..]).unwrap() == message.msg_id).unwrap();
        (enums::RpcDropAnswer::from_bytes(&own.body[12..]).unwrap(), got.len())
    };
    let (told, _) = drop(&mut client, answered.msg_id);
    assert!(matches!(told, enums::RpcDropAnswer::RpcAnswerDropped(dropped) if dropped.msg_id == answer.msg_id));
    assert_eq!(drop(&mut client, answered.msg_id), (enums::RpcDropAnswer::RpcAnswerUnknown, 1));
    assert_eq!(drop(&mut client, 400), (enums::RpcDropAnswer::RpcAnswerUnknown, 1));
    let (told, messages) = drop(&mut client, running.msg_id);
    assert_eq!((told, messages), (enums::RpcDropAnswer::RpcAnswerDroppedRunning, 2), "the call is answered too");
    client.session.answer(running.msg_id, Ok(vec![4; 4]), at(NOW));
    assert!(client.got().is_empty(), "what was dropped is not answered later");
}

#[test]
fn future_salts_are_those_that_will_be_taken() {
    let mut client = Client::new();
    let asked = client.content(functions::GetFutureSalts { num: 3 }.to_bytes());
    client.send(&asked);
    let enums::FutureSalts::Salts(salts) = enums::FutureSalts::from_bytes(&client.only().body).unwrap();
    assert_eq!((salts.req_msg_id, salts.now, salts.salts.0.len()), (asked.msg_id, NOW as i32, 3));
    for salt in salts.salts.0 {
        let none = Epochs::default();
        assert!(client.key.takes_salt(salt.salt, salt.valid_since.into(), none));
        assert!(client.key.takes_salt(salt.salt, i64::from(salt.valid_until) - 1, none));
        assert!(!client.key.takes_salt(salt.salt, salt.valid_until.into(), none));
    }
    let asked = client.content(functions::GetFutureSalts { num: i32::MAX }.to_bytes());
    client.send(&asked);
    let enums::FutureSalts::Salts(salts) = enums::FutureSalts::from_bytes(&client.only().body).unwrap();
    assert_eq!(salts.salts.0.len(), 64);
}

#[test]
fn updates_go_to_those_sessions_that_want_them() {
    let mut client = Client::new();
    let message = client.service(ping());
    client.send(&message);
    client.got();
    client.sessions.push(client.key.id(), vec![1; 4]);
    assert!(client.got().is_empty(), "no call without invokeWithoutUpdates yet");
    client.session.take_updates();
    client.sessions.push(client.key.id(), vec![2; 4]);
    let update = client.only();
    assert_eq!((&update.body[..], update.msg_id & 3, update.seq_no & 1), (&[2u8; 4][..], 3, 1));
    client.sessions.push(client.key.id() + 1, vec![3; 4]);
    client.line.end();
    client.sessions.push(client.key.id(), vec![4; 4]);
    client.reconnect();
    let message = client.service(ping());
    client.send(&message);
    assert_eq!(client.got().len(), 1, "only the pong: what was missed is asked for as a difference");
}

#[test]
fn sessions_of_a_key_are_bounded_and_idle_ones_go_first() {
    let mut client = Client::new();
    let message = client.service(ping());
    client.send(&message);
    for id in 2..500 {
        client.sessions.open(&client.key, id);
    }
    assert!(Arc::ptr_eq(&client.sessions.open(&client.key, 1), &client.session), "the live one stays");
    assert!(client.sessions.of(client.key.id()) <= MOST_SESSIONS);
    assert!(client.sessions.destroy(client.key.id(), 499) && !client.sessions.destroy(client.key.id(), 499));
}

#[test]
fn too_many_calls_at_once_are_told_to_wait() {
    let mut client = Client::new();
    let mut calls = 0;
    for _ in 0..MOST_RUNNING + 5 {
        let message = client.content(call());
        calls += client.send(&message).len();
    }
    assert_eq!(calls, MOST_RUNNING);
    let floods = client.got().iter().filter(|m| constructor(&m.body) == Some(RPC_RESULT)).count();
    assert_eq!(floods, 5);
}

#[test]
fn a_client_that_takes_nothing_off_is_cut_off() {
    let mut client = Client::new();
    let message = client.service(ping());
    client.send(&message);
    for _ in 0..100_000 {
        if client.line.has_ended() {
            return;
        }
        let message = client.service(ping());
        client.send(&message);
    }
    panic!("the queue grew for ever");
}

#[tokio::test]
async fn waiting_for_other_calls() {
    let mut client = Client::new();
    let (good, bad) = (client.content(call()), client.content(call()));
    client.send(&good);
    client.send(&bad);
    let session = client.session.clone();
    let (good_id, bad_id) = (good.msg_id, bad.msg_id);
    let waits = tokio::spawn(async move { (session.wait_for(&[good_id]).await, session.wait_for(&[bad_id]).await) });
    tokio::task::yield_now().await;
    assert!(!waits.is_finished());
    client.session.answer(good_id, Ok(vec![0; 4]), at(NOW));
    client.session.answer(bad_id, Err(RpcError::new(400, "X")), at(NOW));
    let (good, bad) = waits.await.unwrap();
    assert_eq!(good, Ok(()));
    assert_eq!(bad, Err(RpcError::new(400, "MSG_WAIT_FAILED")));
    assert_eq!(client.session.wait_for(&[12345]).await, Ok(()), "unknown calls are not waited for");
}

#[test]
fn random_messages_never_panic_and_leave_the_session_usable() {
    let mut noise = Noise::new(21);
    let mut client = Client::new();
    let message = client.content(ping());
    client.send(&message);
    let heads = [
        MSG_CONTAINER,
        GZIP_PACKED,
        types::MsgsAck::CONSTRUCTOR_ID,
        types::MsgsStateReq::CONSTRUCTOR_ID,
        types::MsgResendReq::CONSTRUCTOR_ID,
        types::MsgResendAnsReq::CONSTRUCTOR_ID,
        functions::Ping::CONSTRUCTOR_ID,
        functions::PingDelayDisconnect::CONSTRUCTOR_ID,
        functions::GetFutureSalts::CONSTRUCTOR_ID,
        functions::RpcDropAnswer::CONSTRUCTOR_ID,
        functions::DestroySession::CONSTRUCTOR_ID,
        types::HttpWait::CONSTRUCTOR_ID,
    ];
    for _ in 0..rounds(20_000) {
        let mut body = heads[noise.below(heads.len())].to_le_bytes().to_vec();
        if noise.below(3) == 0 {
            body.extend(0x1cb5_c415u32.to_le_bytes());
            body.extend((noise.below(4) as u32).to_le_bytes());
        }
        let length = noise.below(16) * 4;
        body.extend(noise.bytes(length));
        let mut message = if noise.below(2) == 0 { client.content(body) } else { client.service(body) };
        if noise.below(8) == 0 {
            message.msg_id = noise.next() as i64;
            message.seq_no = noise.next() as i32;
        }
        client.send(&message);
        client.got();
        if client.line.has_ended() {
            client.reconnect();
        }
    }
    let message = client.content(ping());
    client.send(&message);
    assert!(client.got().iter().any(|m| constructor(&m.body) == Some(types::Pong::CONSTRUCTOR_ID)));
}
