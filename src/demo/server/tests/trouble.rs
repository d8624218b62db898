//! Scripted trouble, as it looks on the wire.

use grammers_tl_types::Cursor;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::scenario::{ClosingConnections, Disturbance, Flood, Mishap, Rule, Trouble};

const METHOD: &str = "help.getNearestDc";

#[tokio::test]
async fn the_nth_answer_is_late_lost_or_an_error() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.trouble(METHOD, 2, Trouble::DelayMs(1200));
    stand.scenario.trouble(METHOD, 3, Trouble::Drop);
    let error = Trouble::Error { code: 500, message: "INTERNAL".into() };
    stand.scenario.add(Rule { method: "*".into(), nth: 4, times: 2, trouble: error });
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    let started = Instant::now();
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert!(started.elapsed() >= Duration::from_millis(1200));
    let lost = client.content(get_nearest());
    client.send(&lost).await;
    for _ in 0..2 {
        assert_eq!(client.ask(get_nearest()).await, Err((500, "INTERNAL".to_owned())));
    }
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert!(!client.has_result(lost.msg_id));
}

#[tokio::test]
async fn a_closed_socket_a_truncated_packet_and_noise_lose_no_answer() {
    for kind in [Kind::Full, Kind::Abridged, Kind::Padded] {
        for trouble in [Trouble::Close, Trouble::Truncate] {
            let stand = stand().await;
            let mut client = stand.client_over(kind).await;
            client.ask(get_nearest()).await.unwrap();
            stand.scenario.trouble(METHOD, 1, trouble.clone());
            let message = client.content(get_nearest());
            client.send(&message).await;
            // Whole packets may come before: acknowledgements.
            while client.packet().await.is_some() {}
            assert_eq!(client.is_mid_packet(), trouble == Trouble::Truncate, "{kind:?}");
            client.reconnect().await;
            client.ping().await;
            assert_eq!(client.result(message.msg_id).await, Ok(nearest()), "{kind:?} {trouble:?}");
            assert_eq!(stand.scenario.calls(METHOD), 2, "carried out once");
        }
    }
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.trouble(METHOD, 1, Trouble::Random(333));
    let message = client.content(get_nearest());
    client.send(&message).await;
    assert_eq!(client.raw(333).await.len(), 333);
    client.reconnect().await;
    client.ping().await;
    assert_eq!(client.result(message.msg_id).await, Ok(nearest()));
}

#[tokio::test]
async fn an_unknown_constructor_shares_a_container_with_the_answer() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.trouble(METHOD, 1, Trouble::UnknownBeside);
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert!(client.has(|body| constructor(body) == Some(0x0bad_c0de)));
    assert_eq!(client.containers, 1);
}

#[tokio::test]
async fn a_bomb_is_small_until_it_is_opened() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.trouble(METHOD, 1, Trouble::GzipBomb(64));
    let answer = client.ask(get_nearest()).await.unwrap();
    assert_eq!(constructor(&answer), Some(GZIP_PACKED));
    assert!(answer.len() < 128 * 1024, "{}", answer.len());
    assert_eq!(unpack(&answer), None, "our own reader does not open it");
    let packed = Vec::<u8>::deserialize(&mut Cursor::from_slice(&answer[4..])).unwrap();
    let unpacked = std::io::copy(&mut flate2::read::GzDecoder::new(&packed[..]), &mut std::io::sink()).unwrap();
    assert_eq!(unpacked, 64 * 1024 * 1024);
}

#[tokio::test]
async fn an_answer_begins_with_what_nobody_knows() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.trouble(METHOD, 1, Trouble::Unreadable);
    assert_eq!(constructor(&client.ask(get_nearest()).await.unwrap()), Some(0x0bad_c0de));
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
}

#[test]
fn messages_with_certain_words_are_of_a_kind_that_nobody_knows() {
    let scenario = crate::scenario::Scenario::default();
    scenario.make_unreadable("riddle");
    let plain = |text: &str| {
        let short = types::UpdateShortMessage {
            out: false,
            mentioned: false,
            media_unread: false,
            silent: false,
            id: 1,
            user_id: 2,
            message: text.into(),
            pts: 3,
            pts_count: 1,
            date: 4,
            fwd_from: None,
            via_bot_id: None,
            reply_to: None,
            entities: None,
            ttl_period: None,
        };
        enums::Updates::UpdateShortMessage(short).to_bytes()
    };
    assert_eq!(scenario.updates(1, plain("an answer")), [plain("an answer")]);
    let told = scenario.updates(1, plain("a riddle"));
    assert_eq!(constructor(&told[0]), Some(0x0bad_c0de));
    // One of several, and only that one.
    let several = [&7u32.to_le_bytes()[..], &plain("an answer"), &plain("a riddle"), &plain("the end")].concat();
    let spoilt = scenario.spoilt(several.clone());
    let differ: Vec<usize> = (0..several.len()).filter(|at| several[*at] != spoilt[*at]).collect();
    assert_eq!(differ, (4 + plain("an answer").len()..).take(4).collect::<Vec<_>>());
}

#[tokio::test]
async fn lists_lie_in_each_other() {
    let stand = stand().await;
    let mut client = stand.client().await;
    stand.scenario.trouble(METHOD, 1, Trouble::Nested(3));
    let answer = client.ask(get_nearest()).await.unwrap();
    let enums::help::AppConfig::Config(got) = enums::help::AppConfig::from_bytes(&answer).unwrap() else { panic!() };
    let list = |value| enums::Jsonvalue::JsonArray(types::JsonArray { value: vec![value] });
    assert_eq!(got.config, list(list(list(enums::Jsonvalue::JsonNull))));
}

#[tokio::test]
async fn calls_that_lie_too_deep_are_refused_before_anybody_reads_them() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let mut deep = functions::messages::GetPeerSettings::CONSTRUCTOR_ID.to_bytes();
    for _ in 0..200_000 {
        deep.extend(types::InputPeerUserFromMessage::CONSTRUCTOR_ID.to_le_bytes());
    }
    assert_eq!(client.ask(deep).await, Err((400, "INPUT_REQUEST_INVALID".to_owned())));
    assert!(stand.methods.carried_out.lock().unwrap().is_empty());
}

#[tokio::test]
async fn salts_keys_and_connections_go_at_a_call() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    stand.scenario.trouble(METHOD, 1, Trouble::ChangeSalts);
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    let next = client.content(get_nearest());
    client.send(&next).await;
    client.find(|body| enums::BadMsgNotification::from_bytes(body).ok()).await;
    let stand = super::stand().await;
    let mut client = stand.client().await;
    stand.scenario.trouble(METHOD, 1, Trouble::CutConnections);
    let message = client.content(get_nearest());
    client.send(&message).await;
    while client.packet().await.is_some() {}
    client.reconnect().await;
    client.ping().await;
    assert_eq!(client.result(message.msg_id).await, Ok(nearest()));
    stand.scenario.trouble(METHOD, 1, Trouble::ForgetKeys);
    let message = client.content(get_nearest());
    client.send(&message).await;
    while client.packet().await.is_some() {}
    client.reconnect().await;
    let message = client.content(get_nearest());
    client.send(&message).await;
    assert_eq!(client.packet().await, Some((-404i32).to_le_bytes().to_vec()));
}

#[tokio::test]
async fn a_socket_ends_after_so_many_bytes() {
    let stand = stand().await;
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    let closing = |dc, close_after_bytes| ClosingConnections { dc, close_after_bytes, times: 1 };
    stand.scenario.close_connections(closing(Some(FILES), 1));
    stand.scenario.close_connections(closing(Some(HOME), 100_001));
    client.reconnect().await;
    let message = client.content(get_file());
    client.send(&message).await;
    let mut came = 0;
    loop {
        let more = client.raw(1).await;
        if more.is_empty() {
            break;
        }
        came += more.len();
    }
    assert_eq!(came, 100_001);
    client.reconnect().await;
    client.ping().await;
    assert_eq!(client.result(message.msg_id).await.unwrap().len(), FILE);
}

#[tokio::test]
async fn a_stalled_datacenter_takes_everything_and_says_nothing() {
    let stand = stand().await;
    let pem = stand.front.hub.rsa.public_pem();
    let mut files = Client::sign(stand.address(FILES), Kind::Full, &pem).await;
    let mut home = stand.client().await;
    files.ask(get_nearest()).await.unwrap();
    stand.scenario.stall(FILES, true);
    let message = files.content(get_nearest());
    files.send(&message).await;
    let mut fresh = TcpStream::connect(stand.address(FILES)).await.unwrap();
    fresh.write_all(&[0xee; 4]).await.unwrap();
    assert_eq!(home.ask(get_nearest()).await, Ok(nearest()), "the other one answers");
    let said = timeout(Duration::from_millis(700), files.packet()).await;
    assert!(said.is_err(), "{said:?}");
    let mut byte = [0];
    assert!(timeout(Duration::from_millis(100), fresh.read(&mut byte)).await.is_err(), "open, and silent");
    stand.scenario.stall(FILES, false);
    assert_eq!(files.result(message.msg_id).await, Ok(nearest()));
}

/// Sends five updates with numbers in them, and gives the numbers that arrive.
async fn numbers(stand: &Stand) -> Vec<u8> {
    let mut client = stand.client().await;
    client.ask(get_nearest()).await.unwrap();
    for number in 1..=5u8 {
        stand.front.hub.sessions.push(client.key_id(), vec![number; 8]);
    }
    client.ping().await;
    client.others().iter().filter(|body| body.len() == 8).map(|body| body[0]).collect()
}

#[tokio::test]
async fn updates_have_a_hole_come_twice_or_in_another_order() {
    let garbled = 0xde;
    for (after, times, mishap, expected) in [
        (1, 1, Mishap::Unreadable, vec![1, garbled, 3, 4, 5]),
        (0, 1, Mishap::Miss, vec![2, 3, 4, 5]),
        (2, 2, Mishap::Miss, vec![1, 2, 5]),
        (1, 1, Mishap::Twice, vec![1, 2, 2, 3, 4, 5]),
        (1, 3, Mishap::Reverse, vec![1, 4, 3, 2, 5]),
    ] {
        let stand = stand().await;
        stand.scenario.disturb_updates(Disturbance { after, times, mishap });
        assert_eq!(numbers(&stand).await, expected);
        assert_eq!(numbers(&stand).await, expected, "of each device");
    }
    assert_eq!(numbers(&stand().await).await, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn bursts_are_told_to_wait() {
    let stand = stand().await;
    let mut client = stand.client().await;
    let mut other = stand.client().await;
    stand.scenario.limit(Flood { method: METHOD.into(), calls: 3, within_ms: 60_000, wait: 3 });
    for _ in 0..3 {
        assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    }
    for _ in 0..2 {
        let (code, name) = client.ask(get_nearest()).await.unwrap_err();
        assert!(code == 420 && name.starts_with("FLOOD_WAIT_"), "{name}");
    }
    assert_eq!(other.ask(get_nearest()).await, Ok(nearest()), "each device for itself");
    tokio::time::sleep(Duration::from_millis(3100)).await;
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()), "after the wait");
}

#[tokio::test]
async fn exchanges_fail_as_told() {
    let stand = stand().await;
    stand.scenario.fail_key_exchanges(1);
    stand.scenario.repeat_key_exchanges(1);
    let mut client = stand.client().await;
    assert_eq!((client.failures, client.retries), (1, 1));
    client.ask(get_nearest()).await.unwrap();
}

#[tokio::test]
async fn a_file_says_the_same() {
    let folder = std::env::temp_dir().join(format!("heliograph-scenario-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("scenario.json");
    let read = |text: &str| {
        std::fs::write(&file, text).unwrap();
        Scenario::read(&file)
    };
    // The example in the documentation.
    let example: String = include_str!("../../scenario/file.rs")
        .lines()
        .skip_while(|line| *line != "//! ```json")
        .skip(1)
        .take_while(|line| *line != "//! ```")
        .map(|line| line.trim_start_matches("//!"))
        .collect();
    let scenario = read(&example).unwrap();
    let fate = scenario.call(1, "messages.sendMessage");
    assert!(fate.lost && fate.delay == Duration::from_millis(20));
    assert_eq!(scenario.call(1, "messages.getHistory").delay, Duration::from_millis(20));
    assert_eq!(scenario.call(1, "messages.getHistory").delay, Duration::from_millis(1520));
    assert_eq!(scenario.call(1, "help.getConfig").failure, Some(RpcError::new(500, "INTERNAL")));
    assert_eq!((scenario.lifetime(2), scenario.lifetime(4)), (None, Some(100_000)));
    assert!(timeout(Duration::from_millis(50), scenario.unstalled(4)).await.is_err());
    assert!(scenario.file_turn(1).is_some() && !scenario.refuses());
    let limits = scenario.limits().unwrap();
    assert_eq!((limits.random_ids_for, limits.burst, limits.largest_file), (30, 20, 1_000_000));
    assert_eq!(limits.edit_for, crate::world::Limits::default().edit_for, "what is not given stays");
    for trouble in [
        r#""close""#,
        r#""truncate""#,
        r#"{"random": 10}"#,
        r#""unknown_beside""#,
        r#"{"gzip_bomb": 10}"#,
        r#"{"nested": 10}"#,
        r#""unreadable""#,
        r#""change_salts""#,
        r#""forget_keys""#,
        r#""cut_connections""#,
    ] {
        read(&format!(r#"{{"rules": [{{"method": "*", "times": 0, "do": {trouble}}}]}}"#)).unwrap();
    }
    for wrong in [
        "",
        r#"{"rule": []}"#,
        r#"{"rules": [{"method": "*"}]}"#,
        r#"{"rules": [{"method": "*", "do": "explode"}]}"#,
        r#"{"rules": [{"method": "*", "do": {"gzip_bomb": 100000}}]}"#,
        r#"{"rules": [{"method": "*", "do": {"random": 1000000000}}]}"#,
        r#"{"updates": [{"do": "shuffle"}]}"#,
        r#"{"limits": {"patience": 3}}"#,
    ] {
        let told = read(wrong).expect_err(wrong).to_string();
        assert!(told.contains("scenario.json") && told.lines().count() == 1, "{told}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(Scenario::read(&file).is_err(), "no such file");
}
