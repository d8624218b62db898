//! Everything that a client may send, damaged: nothing panics, nothing grows, and the server lives on.
//!
//! HELIOGRAPH_EFFORT=1 makes it a million inputs, CI scales it down.

use heliograph_schema::Guard;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::handshake::tests::Client as Exchange;
use crate::handshake::{self, Kept, Surroundings};
use crate::key::{AuthKey, Epochs};
use crate::layers;
use crate::session::call::tests::unwrap;
use crate::session::{Line, Moment};
use crate::transport::{Decoder, Encoder};
use crate::wire::tests::rounds;
use crate::wire::{Packet, decrypt};
use crate::world::{World, WorldKind};

/// Damages some bytes in one of the ways that find mistakes.
fn damage(noise: &mut Noise, bytes: &mut Vec<u8>) {
    for _ in 0..=noise.below(3) {
        let at = noise.below(bytes.len().max(1));
        match noise.below(7) {
            0 => bytes.truncate(at),
            1 => {
                let length = noise.below(24);
                bytes.extend(noise.bytes(length));
            }
            2 if at + 4 <= bytes.len() => {
                let odd = [0u32, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1cb5_c415, 0x3072_cfa1, 0x73f1_f8dc];
                let at = at & !3;
                bytes[at..at + 4].copy_from_slice(&odd[noise.below(8)].to_le_bytes());
            }
            3 if !bytes.is_empty() => {
                let from = noise.below(bytes.len());
                let piece = bytes[from..bytes.len().min(from + 32)].to_vec();
                bytes.splice(at..at, piece);
            }
            4 if !bytes.is_empty() => drop(bytes.drain(at..bytes.len().min(at + 8))),
            _ if !bytes.is_empty() => bytes[at] ^= 1 << noise.below(8),
            _ => {}
        }
    }
}

fn init<X: Serializable>(query: X) -> Vec<u8> {
    let params = types::JsonObject {
        value: vec![types::JsonObjectValue { key: "tz".into(), value: types::JsonNumber { value: 3.0 }.into() }.into()],
    };
    let query = functions::InitConnection {
        api_id: 1,
        device_model: "d".into(),
        system_version: "s".into(),
        app_version: "a".into(),
        system_lang_code: "en".into(),
        lang_pack: String::new(),
        lang_code: "en".into(),
        proxy: None,
        params: Some(params.into()),
        query,
    };
    functions::InvokeWithLayer { layer: 228, query }.to_bytes()
}

/// Calls of many shapes.
fn calls(world: &World) -> Vec<Vec<u8>> {
    let phone_number = world.accounts()[0].phone.clone();
    let settings = types::CodeSettings {
        allow_flashcall: false,
        current_number: false,
        allow_app_hash: false,
        allow_missed_call: false,
        allow_firebase: false,
        unknown_number: false,
        logout_tokens: None,
        token: None,
        app_sandbox: None,
    };
    let (api_id, api_hash) = (1, String::new());
    let peer = enums::InputPeer::User(types::InputPeerUser { user_id: 5, access_hash: 6 });
    let history = functions::messages::GetHistory {
        peer: peer.clone(),
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit: 20,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    let typing = functions::messages::SetTyping {
        peer,
        top_msg_id: None,
        action: enums::SendMessageAction::SendMessageTypingAction,
    };
    vec![
        init(functions::help::GetConfig {}),
        init(functions::auth::SendCode { phone_number, api_id, api_hash, settings: settings.into() }),
        history.to_bytes(),
        typing.to_bytes(),
        functions::users::GetUsers { id: vec![enums::InputUser::UserSelf; 3] }.to_bytes(),
        functions::InvokeAfterMsgs { msg_ids: vec![4, 8], query: functions::updates::GetState {} }.to_bytes(),
        functions::upload::SaveFilePart { file_id: 1, file_part: 0, bytes: vec![7; 1024] }.to_bytes(),
        functions::help::GetAppConfig { hash: 0 }.to_bytes(),
        pack_if_smaller(
            functions::contacts::Search { q: "x".repeat(4000), limit: 1, broadcasts: false, bots: false }.to_bytes(),
        ),
        get_file(),
        functions::Ping { ping_id: 4 }.to_bytes(),
        functions::GetFutureSalts { num: 4 }.to_bytes(),
        enums::MsgsAck::Ack(types::MsgsAck { msg_ids: vec![4, 8, 12] }).to_bytes(),
        enums::MsgsStateReq::Req(types::MsgsStateReq { msg_ids: vec![4, 8] }).to_bytes(),
        functions::RpcDropAnswer { req_msg_id: 4 }.to_bytes(),
        functions::DestroySession { session_id: 4 }.to_bytes(),
    ]
}

/// How much memory this process has, in bytes.
pub(super) fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4096
}

struct Target {
    sessions: Arc<Sessions>,
    api: Arc<Api>,
    key: Arc<AuthKey>,
    rsa: RsaKey,
    now: Moment,
    calls: Vec<Vec<u8>>,
    last_id: i64,
    content: i32,
}

impl Target {
    fn new() -> Self {
        let sessions = Arc::new(Sessions::new(clock, Scenario::default()));
        let world = Arc::new(World::new(WorldKind::Plain, 1, clock().seconds()));
        let calls = calls(&world);
        let api = Arc::new(Api::new(world, sessions.clone(), Vec::new()));
        let key = Arc::new(AuthKey::new([7; 256], HOME, 55, clock().seconds(), Epochs::default()));
        let (now, rsa) = (clock(), RsaKey::demo().unwrap());
        Self { sessions, api, key, rsa, now, calls, last_id: (now.seconds() << 32) - (200 << 32), content: 0 }
    }

    fn message(&mut self, body: Vec<u8>, related: bool) -> Message {
        self.last_id += 4;
        let seq_no = self.content | i32::from(related);
        self.content += if related { 2 } else { 0 };
        Message { msg_id: self.last_id, seq_no, body }
    }

    /// A damaged call, perhaps in a container, and then perhaps another damage.
    fn body(&mut self, noise: &mut Noise) -> Message {
        let mut body = self.calls[noise.below(self.calls.len())].clone();
        damage(noise, &mut body);
        body.resize(body.len().next_multiple_of(4).max(4), 0);
        let related = !matches!(constructor(&body), Some(types::MsgsAck::CONSTRUCTOR_ID));
        let message = self.message(body, related);
        if noise.below(4) > 0 {
            return message;
        }
        let other = self.message(functions::Ping { ping_id: 1 }.to_bytes(), true);
        let mut container = write_container([&message, &other].into_iter());
        if noise.below(3) == 0 {
            damage(noise, &mut container);
            container.resize(container.len().next_multiple_of(4).max(4), 0);
        }
        let container = if noise.below(4) == 0 { pack_if_smaller(container) } else { container };
        self.message(container, false)
    }

    /// A session gets a message, and the world the calls in it.
    async fn call(&mut self, noise: &mut Noise, line: &Arc<Line>) {
        let message = self.body(noise);
        let session = self.sessions.open(&self.key, 1);
        let packet = Packet { receipt: 0, salt: 55, session_id: 1, message };
        for demand in session.receive(packet, line, self.now) {
            let crate::session::Demand::Call(call) = demand else { continue };
            let answer = match unwrap(call.body) {
                Ok(invocation) => {
                    let body = layers::request(228, invocation);
                    let caller = Caller { key_id: self.key.id(), session_id: 1, dc: HOME, layer: 228 };
                    match Guard::get().call(&body) {
                        Ok(()) => Api::answer(&self.api, &caller, &body)
                            .await
                            .and_then(|answer| layers::answer(228, constructor(&body).unwrap_or_default(), answer)),
                        Err(_) => Err(RpcError::new(400, "INPUT_REQUEST_INVALID")),
                    }
                }
                Err(error) => Err(error),
            };
            session.answer(call.msg_id, answer, self.now);
        }
    }

    /// A stream of some transport, and what is in its packets.
    fn packets(&mut self, noise: &mut Noise) {
        let kinds = [Kind::Abridged, Kind::Intermediate, Kind::Padded, Kind::Full];
        let kind = kinds[noise.below(4)];
        let tag: &[u8] = match kind {
            Kind::Full => &[],
            Kind::Abridged => &[0xef],
            Kind::Intermediate => &[0xee; 4],
            Kind::Padded => &[0xdd; 4],
        };
        let mut encoder = Encoder::new(kind);
        let mut stream = tag.to_vec();
        let exchange = Exchange::new();
        for _ in 0..2 {
            let mut payload = match noise.below(3) {
                0 => crate::wire::write_plain(4, &exchange.ask()),
                1 => noise.bytes(40),
                _ => [self.key.id().to_le_bytes().to_vec(), noise.bytes(72)].concat(),
            };
            if noise.below(2) == 0 {
                damage(noise, &mut payload);
            }
            stream.extend(encoder.packet(&payload));
        }
        if noise.below(2) == 0 {
            damage(noise, &mut stream);
        }
        let mut decoder = Decoder::new(SECRET.parse().ok());
        let mut server = handshake::Exchange::default();
        let keep = |_| Kept::Known;
        let around = Surroundings { rsa: &self.rsa, dc: HOME, now: 0, epochs: Epochs::default(), keep: &keep };
        for piece in stream.chunks(1 + noise.below(64)) {
            decoder.extend(piece);
            while let Ok(Some(packet)) = decoder.next_packet() {
                let _ = decrypt(self.key.data(), &packet.bytes);
                if let Some((_, body)) = crate::wire::read_plain(&packet.bytes) {
                    let _ = server.step(body, &around);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_million_damaged_inputs_leave_the_server_as_it_was() {
    let mut noise = Noise::new(31);
    let mut target = Target::new();
    let (mut line, mut queue) = Line::new();
    let total = rounds(1_000_000);
    let mut before = 0;
    for round in 0..total {
        if round == total / 4 {
            before = resident();
        }
        if round % 3 == 0 {
            target.packets(&mut noise);
        } else {
            target.call(&mut noise, &line).await;
        }
        while let Ok(outgoing) = queue.try_recv() {
            line.wrote(outgoing.weight());
        }
        if line.has_ended() {
            (line, queue) = Line::new();
        }
    }
    let grown = resident().saturating_sub(before);
    // What a session remembers is bounded, and so is what an account may keep of parts of files.
    assert!(grown < 128 << 20, "grown by {} MiB", grown >> 20);
    println!("{total} inputs, grown by {} KiB", grown >> 10);
    let message = target.message(functions::Ping { ping_id: 9 }.to_bytes(), true);
    let session = target.sessions.open(&target.key, 2);
    let (line, mut queue) = Line::new();
    session.receive(Packet { receipt: 0, salt: 55, session_id: 2, message }, &line, target.now);
    assert!(queue.try_recv().is_ok(), "it lives");
}

#[tokio::test]
async fn every_damaged_connection_is_closed_or_goes_on() {
    let stand = stand().await;
    let mut noise = Noise::new(32);
    let mut witness = stand.client().await;
    let kinds = [Kind::Abridged, Kind::Intermediate, Kind::Padded, Kind::Full];
    for round in 0..rounds(2_000).min(2_000) {
        let kind = kinds[round % 4];
        let mut client = witness.clone_to(stand.address(HOME), kind).await;
        let message = client.content(get_nearest());
        let mut stream = client.framed(&message);
        damage(&mut noise, &mut stream);
        client.write_raw(&stream).await;
        client.finish_writing().await;
        // Closed, after an answer or without one: it must not stay open when nothing more can come.
        let mut rest = Vec::new();
        let end = timeout(Duration::from_secs(60), client.socket().read_to_end(&mut rest)).await;
        assert!(end.is_ok(), "round {round} hangs");
    }
    let mut half = TcpStream::connect(stand.address(HOME)).await.unwrap();
    half.write_all(&[0xef, 0x7f]).await.unwrap();
    assert_eq!(witness.ask(get_nearest()).await, Ok(nearest()), "the others do not notice");
}
