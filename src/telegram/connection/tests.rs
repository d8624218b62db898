//! The pool and its lanes against the demo server, with its scripted troubles, and against servers that misbehave.

mod patience;
mod proxies;
mod rig;

use super::{InvokeError, PoolEvent, Work};
use crate::requests::RequestState;
use grammers_tl_types::functions;
use heliograph_demo::Trouble;
use heliograph_model::Connection;
use rig::Rig;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

const NEAREST: functions::help::GetNearestDc = functions::help::GetNearestDc {};
const CONFIG: functions::help::GetConfig = functions::help::GetConfig {};
const STATE: functions::updates::GetState = functions::updates::GetState {};

fn is_gap(event: &PoolEvent) -> bool {
    matches!(event, PoolEvent::MayHaveGap)
}

fn is_online(event: &PoolEvent) -> bool {
    matches!(event, PoolEvent::Connection(Connection::Online))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_agreed_on_and_kept_for_the_next_run() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    let kept = rig.wait(|event| matches!(event, PoolEvent::Datacenter(dc) if dc.auth_key.is_some())).await;
    let PoolEvent::Datacenter(kept) = kept else { unreachable!() };
    assert_eq!((kept.id, kept.authorized), (2, false));
    assert_ne!(kept.salt, 0);
    rig.wait(is_online).await;
    rig.pool.shut_down().await;
    assert_eq!(rig.pool.invoke(&NEAREST).await.err(), Some(InvokeError::NotConnected));

    let mut again = rig.restart(vec![kept.clone()]);
    again.pool.invoke(&NEAREST).await.unwrap();
    again.wait(is_online).await;
    assert!(again.seen.iter().all(|event| !matches!(event, PoolEvent::Datacenter(dc) if dc.auth_key != kept.auth_key)));
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_requests_at_once_wait_for_nobody() {
    let rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    // Nothing is answered before all of them are on their way.
    rig.scenario.stall(2, true);
    let calls = futures::future::join_all((0..20).map(|_| rig.pool.invoke(&NEAREST)));
    let all_sent = async {
        rig.until(|requests| requests.iter().filter(|r| r.state == RequestState::Sent).count() == 20).await;
        rig.scenario.stall(2, false);
    };
    let (answers, ()) = tokio::join!(calls, all_sent);
    assert!(answers.iter().all(Result::is_ok));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_in_flight_when_the_connection_was_cut_is_answered_after_it() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.delay("help.getNearestDc", Duration::from_secs(20));
    rig.scenario.delay("auth.sendCode", Duration::from_secs(20));
    let cut = async {
        let arrived = |method, calls| rig.scenario.calls(method) == calls;
        rig::eventually(|| arrived("help.getNearestDc", 4) && arrived("auth.sendCode", 1)).await;
        rig.scenario.delay("help.getNearestDc", Duration::ZERO);
        rig.scenario.cut_connections();
    };
    let code = rig::send_code(&rig.account().phone);
    let (a, b, c, code, ()) = tokio::join!(
        rig.pool.invoke(&NEAREST),
        rig.pool.invoke(&NEAREST),
        rig.pool.invoke(&NEAREST),
        rig.pool.invoke(&code),
        cut
    );
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(code.err(), Some(InvokeError::Dropped), "a code may have been sent: not asked twice");
    assert_eq!(rig.scenario.calls("auth.sendCode"), 1);
    assert_eq!(rig.scenario.calls("help.getNearestDc"), 7);
    rig.wait(is_gap).await;
    assert!(rig.pool.requests().snapshot().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn while_refused_it_says_when_it_tries_again_and_then_gets_through() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(is_online).await;
    rig.scenario.refuse_connections(true);
    rig.scenario.cut_connections();
    rig.wait(|event| matches!(event, PoolEvent::Connection(Connection::Waiting(seconds)) if *seconds > 0)).await;
    let pool = rig.pool.clone();
    let patient = tokio::spawn(async move { pool.invoke(&NEAREST).await });
    rig.scenario.refuse_connections(false);
    rig.pool.reconnect_now();
    rig.wait(is_online).await;
    assert!(patient.await.unwrap().is_ok());
    assert!(rig.seen.iter().any(|event| matches!(event, PoolEvent::Connection(Connection::Connecting))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_datacenter_that_never_answers_delays_no_other() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    rig.address_of(4, &silent.local_addr().unwrap().to_string());
    let pool = rig.pool.clone();
    let stuck = tokio::spawn(async move { pool.invoke_on(4, Work::Files, &NEAREST).await });
    // It holds the connection and says nothing.
    let _held = silent.accept().await.unwrap();
    for _ in 0..20 {
        rig.pool.invoke(&STATE).await.unwrap();
    }
    assert!(!stuck.is_finished());
    stuck.abort();
    assert!(stuck.await.unwrap_err().is_cancelled());
    rig.until(|requests| requests.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_dropped_leaves_nothing_behind() {
    let rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.drop_answers("help.getNearestDc", 1);
    let pool = rig.pool.clone();
    let call = tokio::spawn(async move { pool.invoke(&NEAREST).await });
    rig.until(|requests| requests.iter().any(|r| r.method == "help.getNearestDc")).await;
    call.abort();
    rig.until(|requests| requests.is_empty()).await;
    rig.pool.invoke(&NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_what_was_in_flight_and_nothing_else() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.drop_answers("help.getNearestDc", 1);
    let pool = rig.pool.clone();
    let call = tokio::spawn(async move { pool.invoke(&NEAREST).await });
    rig.until(|requests| requests.iter().any(|r| r.state == RequestState::Sent)).await;
    rig.pool.panic_all();
    assert_eq!(call.await.unwrap().err(), Some(InvokeError::Dropped));
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(is_gap).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_salt_costs_no_answer_and_is_kept() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.change_salts();
    let answers = futures::future::join_all((0..5).map(|_| rig.pool.invoke(&NEAREST))).await;
    assert!(answers.iter().all(Result::is_ok));
    rig.wait(|event| matches!(event, PoolEvent::Datacenter(_))).await;
    let mut salts = Vec::new();
    rig.drain();
    for event in &rig.seen {
        if let PoolEvent::Datacenter(dc) = event
            && dc.id == 2
            && dc.auth_key.is_some()
        {
            salts.push(dc.salt);
        }
    }
    salts.dedup();
    assert!(salts.len() >= 2, "{}", salts.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_key_is_replaced_and_the_account_hears_of_it_once() {
    let mut rig = Rig::start().await;
    rig.sign_in().await;
    let old = rig.key_of(2);
    rig.scenario.forget_keys();
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(|event| matches!(event, PoolEvent::Unauthorized)).await;
    assert_ne!(rig.key_of(2), old);
    assert_eq!(rig.pool.invoke(&STATE).await.unwrap_err(), InvokeError::rpc(401, "AUTH_KEY_UNREGISTERED"));
    rig.drain();
    assert_eq!(rig.seen.iter().filter(|event| matches!(event, PoolEvent::Unauthorized)).count(), 1);
    assert!(!rig.is_authorized(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_session_ends_no_key_speaks_for_the_account_any_more() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    rig.pool.invoke_on(4, Work::Files, &rig::no_users()).await.unwrap();
    assert!(rig.is_authorized(2) && rig.is_authorized(4));
    rig.scenario.fail("updates.getState", 1, 401, "SESSION_REVOKED");
    rig.pool.invoke(&STATE).await.unwrap_err();
    assert!(!rig.is_authorized(2) && !rig.is_authorized(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_another_number_than_we_guessed_is_still_home() {
    let rig = Rig::at_home(7, |_| {}).await;
    rig.sign_in().await;
    rig.pool.invoke_on(2, Work::Files, &rig::no_users()).await.unwrap();
    assert_eq!(rig.scenario.calls("auth.exportAuthorization"), 0);
    rig.pool.invoke_on(4, Work::Files, &rig::no_users()).await.unwrap();
    assert_eq!(rig.scenario.calls("auth.exportAuthorization"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_no_server_takes_is_not_sent() {
    let rig = Rig::start().await;
    let part = functions::upload::SaveFilePart { file_id: 1, file_part: 0, bytes: vec![0; 1 << 20] };
    assert!(matches!(rig.pool.invoke(&part).await, Err(InvokeError::Protocol(_))));
    rig.pool.invoke(&NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_session_is_said_once_and_only_if_someone_was_signed_in() {
    let mut rig = Rig::start().await;
    assert!(rig.pool.invoke(&STATE).await.unwrap_err().is("AUTH_KEY_UNREGISTERED"));
    rig.sign_in().await;
    rig.scenario.fail("updates.getState", 2, 401, "SESSION_REVOKED");
    for _ in 0..2 {
        assert!(rig.pool.invoke(&STATE).await.unwrap_err().is("SESSION_REVOKED"));
    }
    rig.drain();
    assert_eq!(rig.seen.iter().filter(|event| matches!(event, PoolEvent::Unauthorized)).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authorization_is_carried_to_another_datacenter_once() {
    let mut rig = Rig::start().await;
    rig.sign_in().await;
    let users = rig::no_users();
    let many = futures::future::join_all((0..20).map(|n| {
        let work = if n % 2 == 0 { Work::Files } else { Work::Requests };
        rig.pool.invoke_on(4, work, &users)
    }));
    assert!(many.await.iter().all(Result::is_ok));
    assert_eq!(rig.scenario.calls("auth.exportAuthorization"), 1);
    assert_eq!(rig.scenario.calls("auth.importAuthorization"), 1);
    rig.wait(|event| matches!(event, PoolEvent::Datacenter(dc) if dc.id == 4 && dc.authorized)).await;

    rig.scenario.fail("users.getUsers", 1, 401, "AUTH_KEY_UNREGISTERED");
    rig.pool.invoke_on(4, Work::Files, &users).await.unwrap();
    assert_eq!(rig.scenario.calls("auth.importAuthorization"), 2, "carried there again, once");
    rig.drain();
    assert!(!rig.seen.iter().any(|event| matches!(event, PoolEvent::Unauthorized)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_another_datacenter_is_made_while_home_is_asked_for_the_authorization() {
    let mut rig = Rig::start().await;
    rig.sign_in().await;
    rig.scenario.drop_answers("auth.exportAuthorization", 1);
    let (pool, users) = (rig.pool.clone(), rig::no_users());
    let asking = tokio::spawn(async move { pool.invoke_on(4, Work::Pictures, &users).await });
    let has_key = |event: &PoolEvent| matches!(event, PoolEvent::Datacenter(dc) if dc.id == 4 && dc.auth_key.is_some());
    rig.wait(has_key).await;
    assert!(!asking.is_finished() && !rig.is_authorized(4));
    asking.abort();
    // Nothing was asked on it yet, and it serves who comes next.
    rig.pool.invoke_on(4, Work::Pictures, &rig::no_users()).await.unwrap();
    assert!(rig.is_authorized(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_for_an_authorization_share_its_failure() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    rig.scenario.delay("auth.exportAuthorization", Duration::from_secs(3));
    rig.scenario.fail("auth.exportAuthorization", 1, 400, "DC_ID_INVALID");
    let users = rig::no_users();
    let many = futures::future::join_all((0..10).map(|_| rig.pool.invoke_on(4, Work::Files, &users))).await;
    assert!(many.iter().all(|answer| answer.as_ref().is_err_and(|error| error.is("DC_ID_INVALID"))));
    assert_eq!(rig.scenario.calls("auth.exportAuthorization"), 1);
    rig.pool.invoke_on(4, Work::Files, &users).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_comes_ends_at_the_deadline_and_stops_nothing() {
    let rig = Rig::with(|shared| shared.timings.request = Duration::from_secs(5)).await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.drop_answers("help.getNearestDc", 1);
    let (lost, other) = tokio::join!(rig.pool.invoke(&NEAREST), rig.pool.invoke(&CONFIG));
    assert_eq!(lost.err(), Some(InvokeError::Deadline));
    assert!(other.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_the_deadline_says_so() {
    let mut rig = Rig::with(|shared| shared.timings.request = Duration::from_secs(1)).await;
    rig.scenario.refuse_connections(true);
    rig.scenario.cut_connections();
    rig.wait(|event| matches!(event, PoolEvent::Connection(Connection::Waiting(_)))).await;
    assert_eq!(rig.pool.invoke(&NEAREST).await.err(), Some(InvokeError::NotConnected));
}

#[tokio::test(flavor = "multi_thread")]
async fn floods_are_told_and_server_errors_tried_again() {
    let rig = Rig::with(|shared| shared.timings.server_error = Duration::from_millis(10)).await;
    rig.scenario.fail("help.getNearestDc", 1, 420, "FLOOD_WAIT_42");
    let flood = rig.pool.invoke(&NEAREST).await.unwrap_err();
    assert_eq!(flood, InvokeError::Rpc { code: 420, name: "FLOOD_WAIT".into(), value: Some(42) });
    assert_eq!(rig.scenario.calls("help.getNearestDc"), 1, "a flood is not slept through here");

    rig.scenario.fail("help.getNearestDc", 3, 500, "RPC_CALL_FAIL");
    rig.pool.invoke(&NEAREST).await.unwrap();
    assert_eq!(rig.scenario.calls("help.getNearestDc"), 5);

    let code = rig::send_code(&rig.account().phone);
    rig.scenario.fail("auth.sendCode", 1, 500, "AUTH_RESTART");
    assert!(rig.pool.invoke(&code).await.unwrap_err().is("AUTH_RESTART"));
    assert_eq!(rig.scenario.calls("auth.sendCode"), 1, "not repeated by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_went_silent_is_replaced_and_its_requests_answered() {
    let freezer = rig::Freezer::default();
    let inside = freezer.clone();
    let mut rig = Rig::with(move |shared| {
        shared.connector = std::sync::Arc::new(inside);
        shared.timings.patience = Duration::from_millis(500);
        shared.timings.pong = Duration::from_secs(3);
    })
    .await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    freezer.freeze();
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(is_gap).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_instead_of_a_key_exchange_is_refused_without_a_panic() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        for n in 0u8.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let junk = match n % 4 {
                0 => b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
                1 => [&40u32.to_le_bytes()[..], &[n; 40]].concat(),
                2 => [&4u32.to_le_bytes()[..], &(-444i32).to_le_bytes()].concat(),
                _ => [&24u32.to_le_bytes()[..], &[0; 8], &5i64.to_le_bytes(), &[4, 0, 0, 0, 9, 9, 9, 9]].concat(),
            };
            let _ = stream.write_all(&junk).await;
        }
    });
    let mut rig = Rig::at(&address, |shared| shared.timings.request = Duration::from_secs(5));
    for _ in 0..4 {
        rig.wait(|event| matches!(event, PoolEvent::Connection(Connection::Waiting(_)))).await;
        rig.pool.reconnect_now();
    }
    assert_eq!(rig.pool.invoke(&NEAREST).await.err(), Some(InvokeError::NotConnected));
    assert!(!server.is_finished());
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_can_move() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.pool.set_home(4).await;
    let grammers_tl_types::enums::NearestDc::Dc(nearest) = rig.pool.invoke(&NEAREST).await.unwrap();
    assert_eq!((rig.pool.home(), nearest.this_dc), (4, 4));
    rig.wait(is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_without_work_is_closed_and_opened_again() {
    let rig = Rig::with(|shared| shared.timings.idle_files = Duration::from_millis(50)).await;
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
    let lane = || rig.pool.is_connected(4, Work::Files);
    rig::eventually(|| !lane()).await;
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_say_comes_as_updates_to_the_main_lane_only() {
    let mut rig = Rig::lively().await;
    rig.sign_in().await;
    rig.pool.invoke(&STATE).await.unwrap();
    rig.pool.invoke_on(2, Work::Files, &NEAREST).await.unwrap();
    rig.say("The lamp is lit");
    rig.wait(|event| matches!(event, PoolEvent::Updates(_))).await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.pool.invoke_on(2, Work::Files, &NEAREST).await.unwrap();
    rig.drain();
    assert_eq!(rig.seen.iter().filter(|event| matches!(event, PoolEvent::Updates(_))).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_request_does_not_wait_behind_a_file() {
    let rig = Rig::lively().await;
    rig.sign_in().await;
    let file = rig.large_file().await;
    rig.pool.invoke_on(4, Work::Files, &file.part(0)).await.unwrap();
    rig.pool.invoke_on(4, Work::Requests, &NEAREST).await.unwrap();
    rig.scenario.throttle_files(Some(100_000));
    let pool = rig.pool.clone();
    let part = file.part(1);
    let slow = tokio::spawn(async move { pool.invoke_on(4, Work::Files, &part).await });
    rig.until(|requests| requests.iter().any(|r| r.state == RequestState::Sent && r.method == "upload.getFile")).await;
    for _ in 0..10 {
        rig.pool.invoke_on(4, Work::Requests, &NEAREST).await.unwrap();
        rig.pool.invoke(&NEAREST).await.unwrap();
    }
    assert!(!slow.is_finished());
    slow.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_parts_share_a_few_lanes() {
    let rig = Rig::lively().await;
    rig.sign_in().await;
    let file = rig.large_file().await;
    let parts: Vec<_> = (0..24).map(|n| file.part(n)).collect();
    let answers = futures::future::join_all(parts.iter().map(|part| rig.pool.invoke_on(4, Work::Files, part))).await;
    for answer in answers {
        let grammers_tl_types::enums::upload::File::File(part) = answer.unwrap() else { panic!("no part") };
        assert_eq!(part.bytes.len(), rig::PART);
    }
    assert_eq!(rig.pool.lanes_for_files(4), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_part_may_take_longer_than_a_lost_one() {
    let rig = Rig::lively_with(|shared| {
        shared.timings.request = Duration::from_secs(4);
        shared.timings.patience = Duration::from_millis(200);
    })
    .await;
    rig.sign_in().await;
    let file = rig.large_file().await;
    rig.pool.invoke_on(4, Work::Files, &file.part(0)).await.unwrap();
    rig.scenario.drop_answers("upload.getFile", 1);
    let lost = rig.pool.invoke_on(4, Work::Files, &file.part(1)).await;
    assert_eq!(lost.err(), Some(InvokeError::Deadline), "pings are answered, the request is not");

    // Eight parts, one after another on each lane, take twice the deadline of one.
    rig.scenario.throttle_files(Some(rig::PART as u64));
    let parts: Vec<_> = (0..8).map(|n| file.part(n)).collect();
    let answers = futures::future::join_all(parts.iter().map(|part| rig.pool.invoke_on(4, Work::Files, part))).await;
    assert!(answers.iter().all(Result::is_ok));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_acknowledged_and_a_quiet_connection_is_pinged() {
    let stream = rig::Freezer::default();
    let inside = stream.clone();
    let acknowledging = Rig::with(move |shared| {
        shared.connector = std::sync::Arc::new(inside);
        shared.timings.acknowledge = Duration::from_millis(300);
    });
    let rig = acknowledging.await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    let written = stream.written();
    rig::eventually(|| stream.written() > written).await;

    let stream = rig::Freezer::default();
    let inside = stream.clone();
    let mut rig = Rig::with(move |shared| {
        shared.connector = std::sync::Arc::new(inside);
        shared.timings.acknowledge = Duration::from_secs(600);
        shared.timings.ping = Duration::from_millis(100);
    })
    .await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    for _ in 0..3 {
        let written = stream.written();
        rig::eventually(|| stream.written() > written).await;
    }
    rig.drain();
    assert!(!rig.seen.iter().any(is_gap), "the pings are answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_address_gives_way_to_the_next() {
    let rig = Rig::start().await;
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
    let real = rig.pool.shared().datacenter(4).record().address.unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
    rig.pool.shared().datacenter(4).set_addresses(vec![gone, real], Vec::new());
    rig.pool.invoke_on(4, Work::Requests, &NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_another_try_at_the_key_gets_it() {
    let rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.scenario.repeat_key_exchanges(1);
    rig.pool.invoke_on(4, Work::Requests, &NEAREST).await.unwrap();
    assert!(rig.key_of(4).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_another_key_is_not_spoken_to() {
    let mut rig = Rig::start().await;
    let mut fooled = rig.with_other_key();
    fooled.wait(|event| matches!(event, PoolEvent::Connection(Connection::Waiting(_)))).await;
    assert!(fooled.key_of(2).is_none());
    rig.drain();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_too_many_connections_is_left_in_peace() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(&[4u32.to_le_bytes(), (-429i32).to_le_bytes()].concat()).await;
        }
    });
    let mut rig = Rig::at(&address, |_| {});
    rig.wait(|event| matches!(event, PoolEvent::Connection(Connection::Waiting(8..)))).await;
    assert_eq!(rig.seen.len(), 2, "{:?}", rig.seen);
    server.abort();
}

#[test]
fn numbers_are_taken_out_of_error_names() {
    let rpc = |name: &str, value| InvokeError::Rpc { code: 1, name: name.into(), value };
    assert_eq!(InvokeError::rpc(1, "FILE_MIGRATE_4"), rpc("FILE_MIGRATE", Some(4)));
    assert_eq!(InvokeError::rpc(1, "FLOOD_WAIT_42"), rpc("FLOOD_WAIT", Some(42)));
    assert_eq!(InvokeError::rpc(1, "SESSION_REVOKED"), rpc("SESSION_REVOKED", None));
    assert_eq!(InvokeError::rpc(1, "2FA_CONFIRM_WAIT_60"), rpc("2FA_CONFIRM_WAIT", Some(60)));
    assert_eq!(InvokeError::rpc(1, ""), rpc("", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_lie_too_deep_are_refused_and_the_connection_lives_on() {
    let rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    let config = functions::help::GetAppConfig { hash: 0 };
    rig.scenario.trouble("help.getAppConfig", 1, Trouble::Nested(500_000));
    assert!(matches!(rig.pool.invoke(&config).await, Err(InvokeError::Protocol(_))));
    rig.pool.invoke(&NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_to_harm_on_its_way_comes_again() {
    for trouble in [
        Trouble::Close,
        Trouble::Truncate,
        Trouble::Random(5000),
        Trouble::UnknownBeside,
        Trouble::ChangeSalts,
        Trouble::CutConnections,
    ] {
        let rig = Rig::start().await;
        rig.pool.invoke(&CONFIG).await.unwrap();
        rig.scenario.trouble("help.getNearestDc", 1, trouble.clone());
        let answer = tokio::time::timeout(Duration::from_secs(60), rig.pool.invoke(&NEAREST)).await;
        assert!(answer.expect("no answer").is_ok(), "{trouble:?}");
        rig.pool.invoke(&CONFIG).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_of_zeros_is_not_opened() {
    let rig = Rig::start().await;
    rig.pool.invoke(&CONFIG).await.unwrap();
    rig.scenario.trouble("help.getNearestDc", 1, Trouble::GzipBomb(256));
    let answer = tokio::time::timeout(Duration::from_secs(60), rig.pool.invoke(&NEAREST)).await;
    tracing::debug!(?answer, "the bomb");
    tokio::time::timeout(Duration::from_secs(60), rig.pool.invoke(&CONFIG)).await.expect("silence").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_knows_costs_no_answer_and_has_what_was_missed_fetched() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(is_online).await;
    rig.drain();
    rig.seen.clear();
    rig.scenario.trouble("help.getConfig", 1, Trouble::UnknownBeside);
    rig.pool.invoke(&CONFIG).await.unwrap();
    // Who reads it finds that something may be missing.
    rig.wait(|event| matches!(event, PoolEvent::Updates(unread) if unread.read().is_none())).await;
    // Over the same connection.
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.drain();
    assert!(!rig.seen.iter().any(|event| matches!(event, PoolEvent::Connection(_))), "{:?}", rig.seen);
}
