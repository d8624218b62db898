mod benchmark;
mod client;
mod fuzz;
mod temporary;
mod trouble;

use std::sync::Mutex;
use std::time::Instant;

use futures::future::BoxFuture;
use grammers_crypto::DequeBuffer;
use grammers_mtproto::mtp::{Deserialization, Encrypted, Mtp};
use grammers_tl_types::{Deserializable, Identifiable, Serializable, enums, functions, types};

use self::client::{Client, Cloak, exchange};
use super::*;
use crate::rpc::{Answer, Caller, RpcError};
use crate::transport::Kind;
use crate::wire::tests::Noise;
use crate::wire::{GZIP_PACKED, Message, constructor, pack_if_smaller, unpack, write_container};

/// Methods that are enough to test the protocol with.
#[derive(Default)]
struct Methodical {
    carried_out: Mutex<Vec<&'static str>>,
    callers: Mutex<Vec<Caller>>,
}

const SECRET: &str = "00112233445566778899aabbccddeeff";
const FILE: usize = 512 * 1024;

impl Methods for Methodical {
    fn answer<'a>(&'a self, caller: &'a Caller, body: &'a [u8]) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let id = constructor(body).unwrap_or_default();
            self.carried_out.lock().unwrap().extend(self.name_of(id));
            self.callers.lock().unwrap().push(*caller);
            match id {
                functions::help::GetNearestDc::CONSTRUCTOR_ID => Ok(nearest()),
                functions::users::GetUsers::CONSTRUCTOR_ID => Ok(Vec::<enums::User>::new().to_bytes()),
                functions::contacts::Search::CONSTRUCTOR_ID => Ok(b"lighthouse, ".repeat(1000)),
                functions::upload::GetFile::CONSTRUCTOR_ID => Ok(file()),
                functions::help::GetConfig::CONSTRUCTOR_ID => panic!("a method may be wrong"),
                _ => Err(RpcError::new(400, "METHOD_NOT_FOUND")),
            }
        })
    }

    fn name_of(&self, constructor: u32) -> Option<&'static str> {
        match constructor {
            functions::auth::BindTempAuthKey::CONSTRUCTOR_ID => Some("auth.bindTempAuthKey"),
            functions::users::GetUsers::CONSTRUCTOR_ID => Some("users.getUsers"),
            functions::help::GetNearestDc::CONSTRUCTOR_ID => Some("help.getNearestDc"),
            functions::contacts::Search::CONSTRUCTOR_ID => Some("contacts.search"),
            functions::upload::GetFile::CONSTRUCTOR_ID => Some("upload.getFile"),
            functions::help::GetConfig::CONSTRUCTOR_ID => Some("help.getConfig"),
            _ => None,
        }
    }
}

fn nearest() -> Vec<u8> {
    enums::NearestDc::Dc(types::NearestDc { country: "NO".into(), this_dc: 2, nearest_dc: 2 }).to_bytes()
}

fn get_nearest() -> Vec<u8> {
    functions::help::GetNearestDc {}.to_bytes()
}

fn file() -> Vec<u8> {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BYTES.get_or_init(|| Noise::new(4).bytes(FILE)).clone()
}

fn get_file() -> Vec<u8> {
    let location = enums::InputFileLocation::InputTakeoutFileLocation;
    functions::upload::GetFile { precise: false, cdn_supported: false, location, offset: 0, limit: 1 }.to_bytes()
}

struct Stand {
    front: Front,
    methods: Arc<Methodical>,
    scenario: Scenario,
}

async fn stand() -> Stand {
    let listeners = listen(Options::default().listen).await.unwrap();
    let methods = Arc::new(Methodical::default());
    let scenario = Scenario::default();
    let sessions = Arc::new(Sessions::new(clock, scenario.clone()));
    let secret = SECRET.parse().ok();
    let front = Front::open(listeners, methods.clone(), sessions, scenario.clone(), secret).unwrap();
    Stand { front, methods, scenario }
}

impl Stand {
    fn address(&self, dc: i32) -> SocketAddr {
        self.front.datacenters.iter().find(|(id, _)| *id == dc).unwrap().1
    }

    async fn client(&self) -> Client {
        self.client_over(Kind::Full).await
    }

    async fn client_over(&self, kind: Kind) -> Client {
        Client::sign(self.address(HOME), kind, &self.front.hub.rsa.public_pem()).await
    }
}

#[tokio::test]
async fn every_transport_exchanges_a_key_and_carries_calls() {
    let stand = stand().await;
    for kind in [Kind::Full, Kind::Abridged, Kind::Intermediate, Kind::Padded] {
        let mut client = stand.client_over(kind).await;
        assert_eq!(client.ask(get_nearest()).await, Ok(nearest()), "{kind:?}");
        assert_eq!(client.ask(get_file()).await.unwrap().len(), FILE, "{kind:?}");
    }
    assert_eq!(stand.scenario.calls("help.getNearestDc"), 4);
}

#[tokio::test]
async fn each_session_is_answered_in_its_own_layer() {
    let stand = stand().await;
    let mut older = stand.client().await;
    let mut newer = older.clone_to(stand.address(HOME), Kind::Full).await;
    let call = |layer| functions::InvokeWithLayer { layer, query: functions::users::GetUsers { id: Vec::new() } };
    newer.ask(call(230).to_bytes()).await.unwrap();
    older.ask(call(228).to_bytes()).await.unwrap();
    let stop = types::SendMessageStopDraftAction { random_id: 4 };
    let update = |action| {
        let typing = types::UpdateUserTyping { user_id: 2, top_msg_id: None, action };
        enums::Updates::UpdateShort(types::UpdateShort { update: typing.into(), date: 1 }).to_bytes()
    };
    let (unknown, known) = (update(stop.into()), update(enums::SendMessageAction::SendMessageTypingAction));
    for updates in [&unknown, &known] {
        stand.front.hub.sessions.push(older.key_id(), updates.clone());
    }
    newer.find(|body| (body == unknown).then_some(())).await;
    older.find(|body| (body == known).then_some(())).await;
    assert!(!older.has(|body| body == unknown), "layer 228 has no word for it");
    let layers: Vec<i32> = stand.methods.callers.lock().unwrap().iter().map(|caller| caller.layer).collect();
    assert_eq!(layers, [230, 228]);
}

#[tokio::test]
async fn obfuscated_transports_and_those_of_a_proxy_carry_calls_too() {
    let stand = stand().await;
    let pem = stand.front.hub.rsa.public_pem();
    let secret: ProxySecret = SECRET.parse().unwrap();
    for kind in [Kind::Abridged, Kind::Intermediate, Kind::Padded] {
        for cloak in [Cloak::Obfuscated, Cloak::Proxy(secret.clone(), 2)] {
            let mut client = Client::sign_cloaked(stand.address(HOME), kind, cloak.clone(), &pem).await;
            assert_eq!(client.ask(get_nearest()).await, Ok(nearest()), "{kind:?} {cloak:?}");
            assert_eq!(client.ask(get_file()).await.unwrap().len(), FILE, "{kind:?} {cloak:?}");
            client.reconnect().await;
            assert_eq!(client.ask(get_nearest()).await, Ok(nearest()), "{kind:?} {cloak:?}");
        }
    }
}

#[tokio::test]
async fn a_proxy_leads_to_the_datacenter_that_the_client_names() {
    let stand = stand().await;
    let pem = stand.front.hub.rsa.public_pem();
    let secret: ProxySecret = SECRET.parse().unwrap();
    for (dc, reached) in [(4, 4), (-4, 4), (10_002, 2)] {
        let cloak = Cloak::Proxy(secret.clone(), dc);
        let mut client = Client::sign_cloaked(stand.address(HOME), Kind::Padded, cloak, &pem).await;
        client.ask(get_nearest()).await.unwrap();
        assert_eq!(stand.methods.callers.lock().unwrap().last().unwrap().dc, reached, "asked for {dc}");
    }
    let mut client =
        Client::sign_cloaked(stand.address(HOME), Kind::Padded, Cloak::Proxy(secret.clone(), 2), &pem).await;
    client.lead_to(3);
    client.reconnect().await;
    let message = client.content(get_nearest());
    client.send(&message).await;
    assert_eq!(client.packet().await, Some((-444i32).to_le_bytes().to_vec()), "there is no such datacenter");
}

#[tokio::test]
async fn quick_acknowledgements_come_where_they_are_asked_for() {
    let stand = stand().await;
    for kind in [Kind::Abridged, Kind::Intermediate, Kind::Padded] {
        let mut client = stand.client_over(kind).await;
        client.ask(get_nearest()).await.unwrap();
        assert!(client.receipts.is_empty(), "{kind:?}");
        let message = client.content(get_nearest());
        let expected = client.send_with_receipt(&message).await;
        client.result(message.msg_id).await.unwrap();
        assert_eq!(client.receipts, [expected], "{kind:?}");
    }
}

#[tokio::test]
async fn the_caller_is_known_by_key_session_datacenter_and_layer() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    let call = functions::InvokeWithLayer { layer: 230, query: functions::help::GetNearestDc {} };
    client.ask(call.to_bytes()).await.unwrap();
    client.ask(get_nearest()).await.unwrap();
    let callers = stand.methods.callers.lock().unwrap().clone();
    assert_eq!(callers.iter().map(|caller| caller.layer).collect::<Vec<_>>(), [0, 230, 230]);
    assert!(callers.iter().all(|c| (c.dc, c.session_id, c.key_id) == (2, client.session_id(), client.key_id())));
}

#[tokio::test]
async fn grammers_own_client_side_is_served() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let mut mtp = Encrypted::build().finish(client.key());
    let request = functions::InvokeWithLayer { layer: 230, query: functions::help::GetNearestDc {} }.to_bytes();
    let mut asked = false;
    let mut corrected = 0;
    // Its first salt is wrong, so the first try only brings the right one; then it wants future salts first.
    let result = 'turns: loop {
        let mut buffer = DequeBuffer::with_capacity(4096, 256);
        if !asked {
            asked = mtp.push(&mut buffer, &request).is_some();
        }
        mtp.finalize(&mut buffer);
        if !buffer.is_empty() {
            client.send_packet(&buffer[..]).await;
        }
        let mut packet = client.packet().await.unwrap();
        for got in mtp.deserialize(&mut packet).unwrap() {
            match got {
                Deserialization::RpcResult(result) => break 'turns result.body,
                Deserialization::BadMessage(bad) => {
                    assert_eq!(bad.code, 48);
                    corrected += 1;
                    asked = false;
                }
                _ => {}
            }
        }
    };
    assert_eq!(result, nearest());
    assert_eq!(corrected, 1);
    assert_eq!(stand.scenario.calls("help.getNearestDc"), 1);
}

#[tokio::test]
async fn a_repeated_call_is_carried_out_once() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let message = client.content(get_nearest());
    client.send(&message).await;
    let first = client.result(message.msg_id).await;
    client.send(&message).await;
    assert_eq!(client.result(message.msg_id).await, first);
    assert_eq!(stand.methods.carried_out.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn changed_salts_are_told_and_then_taken() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.change_salts();
    let message = client.content(get_nearest());
    client.send(&message).await;
    let bad = client.find(|body| enums::BadMsgNotification::from_bytes(body).ok()).await;
    let enums::BadMsgNotification::BadServerSalt(bad) = bad else { panic!("{bad:?}") };
    assert_eq!(bad.bad_msg_id, message.msg_id);
    client.salt = bad.new_server_salt;
    client.send(&message).await;
    assert_eq!(client.result(message.msg_id).await, Ok(nearest()));
}

#[tokio::test]
async fn large_answers_come_packed_and_packed_calls_are_understood() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let q = "sea ".repeat(1000);
    let call = functions::contacts::Search { broadcasts: false, bots: false, q, limit: 1 }.to_bytes();
    let packed = pack_if_smaller(call.clone());
    assert_eq!(constructor(&packed), Some(GZIP_PACKED));
    let answer = client.ask(packed).await.unwrap();
    assert_eq!(constructor(&answer), Some(GZIP_PACKED));
    assert!(answer.len() < 1000);
    assert_eq!(unpack(&answer).unwrap(), b"lighthouse, ".repeat(1000));
    assert_eq!(stand.scenario.calls("contacts.search"), 1);
}

#[tokio::test]
async fn every_call_is_answered_even_nonsense_and_panics() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let error = |code, text: &str| Err((code, text.to_owned()));
    assert_eq!(client.ask(vec![0xfe, 0xca, 0xad, 0xde]).await, error(400, "METHOD_NOT_FOUND"));
    assert_eq!(stand.scenario.calls("unknown #deadcafe"), 1);
    let get_config = functions::help::GetConfig {}.to_bytes();
    assert_eq!(client.ask(get_config).await, error(500, "INTERNAL"));
    let cut = functions::InvokeWithLayer { layer: 1, query: functions::help::GetNearestDc {} }.to_bytes();
    assert_eq!(client.ask(cut[..8].to_vec()).await, error(400, "INPUT_REQUEST_INVALID"));
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()), "and it goes on");
}

#[tokio::test]
async fn a_slow_answer_does_not_hold_a_fast_one() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.delay("upload.getFile", Duration::from_secs(4));
    let (slow, fast) = (client.content(get_file()), client.content(get_nearest()));
    let container = client.service(write_container([&slow, &fast].into_iter()));
    client.send(&container).await;
    let order = [client.next_result().await, client.next_result().await];
    assert_eq!(order, [fast.msg_id, slow.msg_id]);
}

#[tokio::test]
async fn delays_of_many_calls_run_side_by_side() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let delay = Duration::from_secs(2);
    stand.scenario.delay_all(delay);
    let started = Instant::now();
    let calls: Vec<Message> = (0..20).map(|_| client.content(get_nearest())).collect();
    let container = client.service(write_container(calls.iter()));
    client.send(&container).await;
    for call in &calls {
        assert_eq!(client.result(call.msg_id).await, Ok(nearest()));
    }
    // One after another they would take twenty delays.
    let took = started.elapsed();
    assert!(took >= delay && took < delay * 10, "{took:?}");
}

#[tokio::test]
async fn what_a_far_server_says_takes_its_way_and_nothing_waits_for_what_is_under_way() {
    let stand = stand().await;
    let one_way = Duration::from_millis(300);
    stand.scenario.set_distance(one_way);
    let mut client = stand.client().await;
    let started = Instant::now();
    let calls: Vec<Message> = (0..20).map(|_| client.content(get_nearest())).collect();
    for call in &calls {
        client.send(call).await;
    }
    for call in &calls {
        assert_eq!(client.result(call.msg_id).await, Ok(nearest()));
    }
    let took = started.elapsed();
    assert!(took >= one_way * 2, "{took:?}");
    assert!(took < one_way * 20, "they were on their way together: {took:?}");
}

#[tokio::test]
async fn a_stranded_connection_says_nothing_and_does_not_end_and_a_new_one_is_answered() {
    let stand = stand().await;
    let mut client = stand.client().await;
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    stand.scenario.strand_connections();
    let silence = timeout(Duration::from_millis(500), client.ask(get_nearest())).await;
    assert!(silence.is_err(), "it says something, or has ended");
    let mut other = stand.client().await;
    assert_eq!(other.ask(get_nearest()).await, Ok(nearest()));
}

#[tokio::test]
async fn scripted_failures_and_lost_answers() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.fail("help.getNearestDc", 1, 420, "FLOOD_WAIT_7");
    assert_eq!(client.ask(get_nearest()).await, Err((420, "FLOOD_WAIT_7".to_owned())));
    assert!(stand.methods.carried_out.lock().unwrap().is_empty(), "not carried out");
    stand.scenario.drop_answers("help.getNearestDc", 1);
    let lost = client.content(get_nearest());
    client.send(&lost).await;
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    client.send(&lost).await;
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert!(!client.has_result(lost.msg_id), "lost, also when it is asked for again");
    assert_eq!(stand.methods.carried_out.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_answer_follows_the_client_to_its_new_socket() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.delay("help.getNearestDc", Duration::from_secs(3));
    let message = client.content(get_nearest());
    client.send(&message).await;
    // The ping shows that the call before it has arrived.
    client.ping().await;
    stand.scenario.cut_connections();
    assert!(client.packet().await.is_none(), "cut");
    client.reconnect().await;
    client.ping().await;
    assert_eq!(client.result(message.msg_id).await, Ok(nearest()));
    assert_eq!(stand.scenario.calls("help.getNearestDc"), 2);
}

#[tokio::test]
async fn calls_wait_for_those_that_they_name() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.delay("upload.getFile", Duration::from_millis(800));
    let first = client.content(get_file());
    let query = functions::help::GetNearestDc {};
    let second = client.content(functions::InvokeAfterMsg { msg_id: first.msg_id, query }.to_bytes());
    let container = client.service(write_container([&first, &second].into_iter()));
    client.send(&container).await;
    let order = [client.next_result().await, client.next_result().await];
    assert_eq!(order, [first.msg_id, second.msg_id]);
}

#[tokio::test]
async fn updates_reach_the_sessions_that_called_without_refusing_them() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let quiet = functions::InvokeWithoutUpdates { query: functions::help::GetNearestDc {} };
    client.ask(quiet.to_bytes()).await.unwrap();
    let updates = enums::Updates::TooLong.to_bytes();
    stand.front.hub.sessions.push(client.key_id(), updates.clone());
    client.ask(get_nearest()).await.unwrap();
    assert!(!client.has(|body| body == updates));
    stand.front.hub.sessions.push(client.key_id(), updates.clone());
    client.find(|body| (body == updates).then_some(())).await;
}

#[tokio::test]
async fn an_unknown_key_and_one_of_another_datacenter_get_404() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    for kind in [Kind::Full, Kind::Abridged, Kind::Intermediate, Kind::Padded] {
        let mut elsewhere = client.clone_to(stand.address(FILES), kind).await;
        let message = elsewhere.content(get_nearest());
        elsewhere.send(&message).await;
        assert_eq!(elsewhere.packet().await, Some((-404i32).to_le_bytes().to_vec()), "{kind:?}");
        assert_eq!(elsewhere.packet().await, None, "{kind:?}");
    }
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.forget_keys();
    let message = client.content(get_nearest());
    client.send(&message).await;
    assert_eq!(client.packet().await, Some((-404i32).to_le_bytes().to_vec()));
}

#[tokio::test]
async fn a_destroyed_key_is_unknown_and_a_destroyed_session_new() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    let mut other = client.clone_to(stand.address(HOME), Kind::Abridged).await;
    other.ask(get_nearest()).await.unwrap();
    for (session_id, known) in [(other.session_id(), true), (other.session_id(), false), (client.session_id(), false)] {
        let message = client.content(functions::DestroySession { session_id }.to_bytes());
        client.send(&message).await;
        let told = client.find(|body| enums::DestroySessionRes::from_bytes(body).ok()).await;
        assert_eq!(matches!(told, enums::DestroySessionRes::DestroySessionOk(_)), known);
        assert_eq!(told.session_id(), session_id);
    }
    let message = client.content(functions::DestroyAuthKey {}.to_bytes());
    client.send(&message).await;
    client.find(|body| enums::DestroyAuthKeyRes::from_bytes(body).ok()).await;
    let message = client.content(get_nearest());
    client.send(&message).await;
    assert_eq!(client.packet().await, Some((-404i32).to_le_bytes().to_vec()));
}

#[tokio::test]
async fn damaged_packets_end_the_connection_and_nothing_else() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    let mut noise = Noise::new(8);
    for _ in 0..20 {
        let mut victim = client.clone_to(stand.address(HOME), Kind::Intermediate).await;
        let message = victim.content(get_nearest());
        let mut packet = victim.sealed(&message);
        let at = 8 + noise.below(packet.len() - 8);
        packet[at] ^= 1 << noise.below(8);
        victim.send_packet(&packet).await;
        assert_eq!(victim.packet().await, None, "byte {at}");
    }
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert_eq!(stand.scenario.calls("help.getNearestDc"), 2);
}

#[tokio::test]
async fn ping_delay_disconnect_disconnects_when_it_is_not_repeated() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let message = client.content(functions::PingDelayDisconnect { ping_id: 3, disconnect_delay: 1 }.to_bytes());
    client.send(&message).await;
    let enums::Pong::Pong(pong) = client.find(|body| enums::Pong::from_bytes(body).ok()).await;
    assert_eq!((pong.msg_id, pong.ping_id), (message.msg_id, 3));
    while client.packet().await.is_some() {}
}

#[tokio::test]
async fn acknowledges_what_takes_long() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.delay_all(Duration::from_secs(20));
    let message = client.content(get_nearest());
    client.send(&message).await;
    let enums::MsgsAck::Ack(ack) = client.find(|body| enums::MsgsAck::from_bytes(body).ok()).await;
    assert_eq!(ack.msg_ids, [message.msg_id]);
}

#[tokio::test]
async fn refuses_connections_and_exchanges_as_told() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.refuse_connections(true);
    client.reconnect().await;
    assert_eq!(client.packet().await, None);
    stand.scenario.refuse_connections(false);
    client.reconnect().await;
    client.ping().await;
    stand.scenario.repeat_key_exchanges(2);
    let mut patient = stand.client().await;
    assert_eq!(patient.retries, 2);
    patient.ask(get_nearest()).await.unwrap();
}

#[tokio::test]
async fn the_exchange_knows_its_datacenter() {
    let stand = stand().await;
    let pem = stand.front.hub.rsa.public_pem();
    for (asked, at, expected) in [(4, FILES, Ok(())), (2, FILES, Err(-444)), (4, HOME, Err(-444))] {
        let made = exchange(stand.address(at), Some(asked), &pem).await;
        assert_eq!(made, expected, "{asked} at {at}");
    }
}

#[tokio::test]
async fn throttled_files_leave_other_calls_alone() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.throttle_files(Some(FILE as u64 / 2));
    let files: Vec<Message> = (0..20).map(|_| client.content(get_file())).collect();
    let container = client.service(write_container(files.iter()));
    client.send(&container).await;
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert_eq!(client.results(), 0, "no file yet");
    stand.scenario.throttle_files(None);
    assert_eq!(client.result(files[0].msg_id).await.unwrap().len(), FILE);
}

#[tokio::test]
async fn many_files_at_once_all_arrive() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let files: Vec<Message> = (0..120).map(|_| client.content(get_file())).collect();
    for file in &files {
        client.send(file).await;
    }
    for file in &files {
        assert_eq!(client.result(file.msg_id).await.unwrap().len(), FILE);
        client.acknowledge().await;
    }
}

#[tokio::test]
async fn stopping_closes_connections_and_ports() {
    let mut stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.delay_all(Duration::from_secs(600));
    let message = client.content(get_nearest());
    client.send(&message).await;
    client.ping().await;
    stand.front.close().await;
    while client.packet().await.is_some() {}
    assert!(TcpStream::connect(stand.address(HOME)).await.is_err());
    assert!(TcpStream::connect(stand.address(FILES)).await.is_err());
}

#[tokio::test]
async fn garbage_on_the_socket_ends_it() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let stand = stand().await;
    for garbage in [&b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"[..], &[0xef, 1, 0, 0, 0, 1], &[0; 64]] {
        let mut socket = TcpStream::connect(stand.address(HOME)).await.unwrap();
        socket.write_all(garbage).await.unwrap();
        let mut rest = Vec::new();
        // A reset is as good an end as an orderly one.
        let _ = timeout(Duration::from_secs(30), socket.read_to_end(&mut rest)).await.expect("still open");
    }
}

#[tokio::test]
async fn other_computers_reach_it_only_when_that_was_allowed() {
    let listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let options = Options { listen, world: WorldKind::Plain, quiet: true, ..Options::default() };
    let refused = Server::start(options.clone()).await.err().unwrap();
    assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
    Server::start(Options { allow_remote: true, ..options }).await.unwrap().stop().await;
}

#[tokio::test]
async fn the_descriptor_is_one_line_of_json_that_names_everything() {
    let options = Options { world: WorldKind::Plain, quiet: true, ..Options::default() };
    let server = Server::start(options).await.unwrap();
    let line = server.descriptor();
    assert!(!line.contains('\n'));
    let json: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(json["address"], server.address().to_string());
    assert_eq!(json["dc_id"], 2);
    let datacenters = json["datacenters"].as_array().unwrap();
    assert_eq!(datacenters.len(), 2);
    assert_eq!((&datacenters[0]["id"], &datacenters[0]["address"]), (&2.into(), &json["address"]));
    assert_eq!((&datacenters[1]["id"], datacenters[1]["address"] == json["address"]), (&4.into(), false));
    assert!(json["public_key_pem"].as_str().unwrap().starts_with("-----BEGIN RSA PUBLIC KEY-----\n"));
    let accounts = json["accounts"].as_array().unwrap();
    assert!(accounts.len() >= 5);
    assert!(accounts.iter().all(|a| a["phone"].is_string() && a["code"].is_string()));
    assert!(accounts.iter().any(|a| a["password"].is_string() && a["dc"] == 2));
    assert!(accounts.iter().all(|a| a.get("password").is_some()), "null where there is none");
    server.stop().await;
}
