//! The session against a server's side written here.

use super::*;
use crate::noise::{Noise, inputs};
use grammers_crypto::aes;
use sha2::{Digest as _, Sha256};

const KEY: [u8; 256] = [0x5a; 256];

fn session() -> Session {
    Session::new(&heliograph_store::AuthKey::new(KEY), 77, 0).unwrap()
}

/// The cipher of one direction: `x` is 0 for ours, 8 for the server's.
fn cipher(message_key: &[u8], x: usize) -> ([u8; 32], [u8; 32]) {
    let a = Sha256::new().chain_update(message_key).chain_update(&KEY[x..x + 36]).finalize();
    let b = Sha256::new().chain_update(&KEY[40 + x..76 + x]).chain_update(message_key).finalize();
    let key = [&a[..8], &b[8..24], &a[24..]].concat();
    let iv = [&b[..8], &a[8..24], &b[24..]].concat();
    (key.try_into().unwrap(), iv.try_into().unwrap())
}

/// What we sent, as the server reads it: salt, session, and the rest.
fn decrypted(packet: &DequeBuffer<u8>) -> (i64, i64, Vec<u8>) {
    let packet = packet.as_ref();
    let mut body = packet[24..].to_vec();
    let (key, iv) = cipher(&packet[8..24], 0);
    aes::ige_decrypt(&mut body, &key, &iv);
    let check = Sha256::new().chain_update(&KEY[88..120]).chain_update(&body).finalize();
    assert_eq!(check[8..24], packet[8..24]);
    let number = |at: usize| i64::from_le_bytes(body[at..at + 8].try_into().unwrap());
    (number(0), number(8), body[16..].to_vec())
}

/// A packet of the server to this session, with so much padding.
fn packet_padded(session: i64, message: &[u8], padding: usize) -> Vec<u8> {
    let mut plain = [0i64.to_le_bytes(), session.to_le_bytes()].concat();
    plain.extend_from_slice(message);
    plain.resize(plain.len() + padding, 1);
    let large = Sha256::new().chain_update(&KEY[96..128]).chain_update(&plain).finalize();
    let (key, iv) = cipher(&large[8..24], 8);
    aes::ige_encrypt(&mut plain, &key, &iv);
    let key_id = sha1::Sha1::digest(KEY);
    [&key_id[12..20], &large[8..24], &plain].concat()
}

fn packet(session: &Session, message: &[u8]) -> Vec<u8> {
    let padding = 12 + (16 - (16 + message.len() + 12) % 16) % 16;
    packet_padded(session.id, message, padding)
}

fn message(id: i64, sequence: i32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&id.to_le_bytes()[..], &sequence.to_le_bytes(), &length.to_le_bytes(), body].concat()
}

fn id_at(seconds: i64, n: i64) -> i64 {
    (seconds << 32) | (n << 2) | 1
}

fn now_id(n: i64) -> i64 {
    id_at(unix_seconds(), n)
}

fn answer(request: i64, body: &[u8]) -> Vec<u8> {
    [&0xf35c_6d01_u32.to_le_bytes()[..], &request.to_le_bytes(), body].concat()
}

fn container(messages: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(messages.len()).unwrap();
    [&MSG_CONTAINER.to_le_bytes()[..], &count.to_le_bytes(), &messages.concat()].concat()
}

fn open(session: &mut Session, message: &[u8]) -> Result<Vec<Incoming>, SessionError> {
    let mut bytes = packet(session, message);
    session.open(&mut bytes)
}

#[test]
fn one_message_goes_alone_and_several_in_a_container() {
    let mut session = session();
    let mut first = session.begin();
    let id = session.add(&mut first, b"head", b"body");
    let (salt, session_id, plain) = decrypted(&session.seal(first));
    assert_eq!((salt, session_id), (77, session.id));
    assert_eq!(plain[..24], message(id, 1, b"headbody"));

    let mut second = session.begin();
    let a = session.add(&mut second, &[], b"aaaa");
    let b = session.add(&mut second, &[], b"bbbb");
    let (_, _, plain) = decrypted(&session.seal(second));
    let inner = container(&[message(a, 3, b"aaaa"), message(b, 5, b"bbbb")]);
    let outer = i64::from_le_bytes(plain[..8].try_into().unwrap());
    assert!(id < a && a < b && b < outer && outer % 4 == 0);
    assert_eq!(plain[..16 + inner.len()], message(outer, 6, &inner));
    assert_eq!(session.refused(outer), [a, b], "a refused container refuses what is in it");
}

#[test]
fn answers_are_told_and_acknowledged_once() {
    let mut session = session();
    let reply = message(now_id(1), 1, &answer(44, b"okay"));
    let found = open(&mut session, &reply).unwrap();
    assert!(matches!(&found[..], [Incoming::Answer { request: 44, body }] if body == b"okay"));
    assert!(open(&mut session, &reply).unwrap().is_empty(), "the same again");
    let packet = session.begin();
    let (_, _, plain) = decrypted(&session.seal(packet));
    let acknowledged = enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![now_id(1), now_id(1)] }).to_bytes();
    assert!(plain[16..].starts_with(&acknowledged));
    assert_eq!(session.errands(), 0);
}

#[test]
fn refusals_containers_and_packed_answers_are_understood() {
    let mut session = session();
    let refusal = enums::RpcError::Error(types::RpcError { error_code: 420, error_message: "FLOOD_WAIT_3".into() });
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, &[7; 4000]).unwrap();
    let packed = [&0x3072_cfa1_u32.to_le_bytes()[..], &packer.finish().unwrap().to_bytes()].concat();
    let all = container(&[
        message(now_id(1), 1, &answer(10, &refusal.to_bytes())),
        message(now_id(2), 3, &answer(14, &packed)),
        message(now_id(3), 4, b"\x11\x11\x11\x11something new"[..16].as_ref()),
    ]);
    let found = open(&mut session, &message(now_id(4), 4, &all)).unwrap();
    let [first, second, third] = &found[..] else { panic!("{}", found.len()) };
    assert!(matches!(first, Incoming::Refusal { request: 10, code: 420, name } if name == "FLOOD_WAIT_3"));
    assert!(matches!(second, Incoming::Answer { request: 14, body } if *body == [7; 4000]));
    assert!(matches!(third, Incoming::Update(body) if body.len() == 16));
}

#[test]
fn a_stale_salt_is_replaced_and_names_what_to_send_again() {
    let mut session = session();
    let mut packet = session.begin();
    let a = session.add(&mut packet, &[], b"aaaa");
    let b = session.add(&mut packet, &[], b"bbbb");
    let (_, _, plain) = decrypted(&session.seal(packet));
    let container = i64::from_le_bytes(plain[..8].try_into().unwrap());
    let stale = types::BadServerSalt { bad_msg_id: container, bad_msg_seqno: 4, error_code: 48, new_server_salt: 99 };
    let stale = enums::BadMsgNotification::from(stale).to_bytes();
    let found = open(&mut session, &message(now_id(1), 2, &stale)).unwrap();
    assert!(matches!(&found[..], [Incoming::StaleSalt { messages }] if *messages == [a, b]));
    let mut packet = session.begin();
    session.add(&mut packet, &[], b"aaaa");
    assert_eq!(decrypted(&session.seal(packet)).0, 99);
}

#[test]
fn a_wrong_clock_is_put_right() {
    let mut session = session();
    let mut packet = session.begin();
    let ours = session.add(&mut packet, &[], b"aaaa");
    let bad = types::BadMsgNotification { bad_msg_id: ours, bad_msg_seqno: 1, error_code: 17 };
    let an_hour_ago = id_at(unix_seconds() - 3600, 1);
    session.began.0 = Instant::now() - YOUNG * 2;
    let notice = message(an_hour_ago, 2, &enums::BadMsgNotification::from(bad).to_bytes());
    let found = open(&mut session, &notice).unwrap();
    assert!(matches!(&found[..], [Incoming::Rejected { code: 17, messages }] if *messages == [ours]));
    assert!((-3601..=-3599).contains(&session.time_offset()), "{}", session.time_offset());
}

#[test]
fn old_copies_are_refused_but_a_young_session_believes_the_server() {
    let mut young = session();
    let late = message(id_at(unix_seconds() - 4000, 1), 1, &answer(44, b"okay"));
    assert_eq!(open(&mut young, &late).unwrap().len(), 1);
    assert!((-4001..=-3999).contains(&young.time_offset()));
    let mut old = session();
    old.began = (Instant::now() - YOUNG * 2, unix_seconds() - 120);
    assert_eq!(open(&mut old, &late).err(), Some(SessionError::Clock));
    let early = message(id_at(unix_seconds() + 400, 1), 1, &answer(44, b"okay"));
    assert_eq!(open(&mut old, &early).err(), Some(SessionError::Clock));
    // The machine slept: the steady clock stood still, the wall clock is right.
    old.began = (Instant::now() - YOUNG * 2, unix_seconds() - 9000);
    assert_eq!(open(&mut old, &message(now_id(1), 1, &answer(44, b"okay"))).unwrap().len(), 1);
}

#[test]
fn what_breaks_the_rules_is_refused() {
    let mut session = session();
    let good = message(now_id(1), 1, &answer(44, b"okay"));
    // Another session is ignored, a foreign key and every flipped bit are refused.
    let mut other = packet_padded(session.id ^ 1, &good, 16);
    assert!(session.open(&mut other).unwrap().is_empty());
    let whole = packet(&session, &good);
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        assert_eq!(session.open(&mut damaged).err(), Some(SessionError::Undecryptable), "byte {at}");
    }
    for length in 0..whole.len() {
        assert!(session.open(&mut whole[..length].to_vec()).is_err(), "{length} bytes");
    }
    let (little, much) = (packet_padded(session.id, &good, 0), packet_padded(session.id, &good, 1040));
    for mut padded in [little, much] {
        assert!(matches!(session.open(&mut padded), Err(SessionError::Malformed(_))));
    }
    let bodies = [
        message(now_id(1) - 1, 1, &answer(44, b"okay")),
        message(now_id(2), 1, &answer(44, &[])),
        message(now_id(3), 1, &[0x01, 0x6d, 0x5c, 0xf3]),
        message(now_id(4), 0, &container(&[message(now_id(5), 0, &container(&[]))])),
        message(now_id(6), 0, &[&MSG_CONTAINER.to_le_bytes()[..], &[0xff; 4]].concat()),
        message(now_id(7), 0, &[&MSG_CONTAINER.to_le_bytes()[..], &[9, 0, 0, 0]].concat()),
        message(now_id(8), 1, &[0xa1, 0xcf, 0x72, 0x30, 3, 1, 2, 3]),
    ];
    for (number, body) in bodies.iter().enumerate() {
        assert!(matches!(open(&mut session, body), Err(SessionError::Malformed(_))), "body {number}");
    }
}

#[test]
fn what_the_server_asks_about_is_answered() {
    let mut session = session();
    open(&mut session, &message(now_id(1), 2, &enums::Pong::Pong(types::Pong { msg_id: 4, ping_id: 5 }).to_bytes()))
        .unwrap();
    let asked = types::MsgsStateReq { msg_ids: vec![now_id(1), 4001] };
    let asked = enums::MsgsStateReq::from(asked).to_bytes();
    open(&mut session, &message(now_id(2), 2, &asked)).unwrap();
    let missed = types::MsgNewDetailedInfo { answer_msg_id: 5005, bytes: 9, status: 0 };
    open(&mut session, &message(now_id(3), 2, &enums::MsgDetailedInfo::from(missed).to_bytes())).unwrap();
    let sent = session.begin();
    let (_, _, plain) = decrypted(&session.seal(sent));
    let holds = |bytes: &[u8]| plain.windows(bytes.len()).any(|window| window == bytes);
    let state = types::MsgsStateInfo { req_msg_id: now_id(2), info: vec![4, 1] };
    assert!(holds(&enums::MsgsStateInfo::from(state).to_bytes()));
    assert!(holds(&enums::MsgResendReq::from(types::MsgResendReq { msg_ids: vec![5005] }).to_bytes()));
}

#[test]
fn numbers_rise_even_when_the_clock_goes_back() {
    let mut session = session();
    let first = session.next_id();
    session.time_offset = -5000;
    let second = session.next_id();
    assert!(second > first && second % 4 == 0);
}

#[test]
fn whatever_is_in_a_packet_is_understood_or_refused() {
    let refusal = enums::RpcError::Error(types::RpcError { error_code: 420, error_message: "FLOOD_WAIT_3".into() });
    let salt = types::BadServerSalt { bad_msg_id: 4, bad_msg_seqno: 1, error_code: 48, new_server_salt: 9 };
    let notice = types::BadMsgNotification { bad_msg_id: 8, bad_msg_seqno: 1, error_code: 32 };
    let fresh = types::NewSessionCreated { first_msg_id: 4, unique_id: 1, server_salt: 5 };
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, &[7; 400]).unwrap();
    let packed = [&0x3072_cfa1_u32.to_le_bytes()[..], &packer.finish().unwrap().to_bytes()].concat();
    let bodies = [
        answer(10, &refusal.to_bytes()),
        answer(14, &packed),
        enums::BadMsgNotification::BadServerSalt(salt).to_bytes(),
        enums::BadMsgNotification::Notification(notice).to_bytes(),
        enums::NewSession::Created(fresh).to_bytes(),
        enums::Pong::Pong(types::Pong { msg_id: 4, ping_id: 7 }).to_bytes(),
        enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![4, 8] }).to_bytes(),
        packed,
    ];
    let mut noise = Noise(1);
    let mut session = session();
    let mut understood = 0;
    for round in 0..inputs() {
        if round % 64 == 0 {
            session = self::session();
        }
        let number = i64::try_from(round * 8).unwrap();
        let id = now_id(number % 100_000);
        let mut body = bodies[noise.below(bodies.len())].clone();
        if noise.below(3) == 0 {
            let some = [message(id + 4, 1, &body), message(id + 8, 2, &bodies[noise.below(bodies.len())])];
            body = container(&some);
        }
        noise.damage(&mut body);
        // Lengths of messages are multiples of four; what is not is refused at once.
        if noise.below(20) > 0 {
            body.truncate(body.len() & !3);
        }
        let mut whole = message(id, 1, &body);
        if noise.below(10) == 0 {
            noise.damage(&mut whole);
        }
        understood += u64::from(open(&mut session, &whole).is_ok_and(|found| !found.is_empty()));
        // What waits to be said leaves with the next packet.
        if session.errands() > 32 {
            let packet = session.begin();
            session.seal(packet);
            assert_eq!(session.errands(), 0);
        }
    }
    assert!(understood > inputs() / 10, "{understood}");
}
