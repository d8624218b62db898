//! What is in flight is seen, called off, waited for and kept within bounds.

use super::rig::{self, Rig, eventually};
use super::{NEAREST, STATE};
use crate::connection::report::{Standing, Trouble};
use crate::connection::{InvokeError, PoolEvent, Work};
use crate::requests::{Priority, RequestState};
use heliograph_model::Connection;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_waits_for_the_servers_patience_and_is_seen_to() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    rig.scenario.fail("updates.getState", 1, 420, "FLOOD_WAIT_5");
    let began = Instant::now();
    let (pool, second) = (rig.pool.clone(), rig.pool.clone());
    let call = tokio::spawn(async move { pool.invoke(&STATE).await });
    rig.until(|requests| requests.iter().any(|r| matches!(r.state, RequestState::Waiting(_)))).await;
    let report = rig.pool.report();
    assert_eq!((report.waits[0].method, report.waits[0].datacenter), ("updates.getState", 2));
    // Whoever asks the same meanwhile waits, too, rather than making it longer.
    let second = tokio::spawn(async move { second.invoke(&STATE).await });
    rig.until(|requests| requests.iter().filter(|r| matches!(r.state, RequestState::Waiting(_))).count() == 2).await;
    rig.pool.invoke(&rig::no_users()).await.unwrap();
    call.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert!(began.elapsed() >= Duration::from_secs(5));
    assert_eq!(rig.scenario.calls("updates.getState"), 3);
    assert!(rig.pool.report().waits.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn minutes_are_an_error_that_says_how_many_and_a_call_can_be_called_off() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    rig.scenario.fail("updates.getState", 1, 420, "FLOOD_WAIT_300");
    let flood = rig.pool.invoke(&STATE).await.unwrap_err();
    assert_eq!(flood, InvokeError::Rpc { code: 420, name: "FLOOD_WAIT".into(), value: Some(300) });
    assert_eq!(rig.pool.report().waits.len(), 1);

    rig.scenario.drop_answers("help.getNearestDc", 1);
    let pool = rig.pool.clone();
    let call = tokio::spawn(async move { pool.invoke(&NEAREST).await });
    rig.until(|requests| requests.iter().any(|r| r.state == RequestState::Sent)).await;
    let request = rig.pool.report().requests[0].clone();
    assert_eq!(request.method, "help.getNearestDc");
    rig.pool.call_off(request.id);
    assert_eq!(call.await.unwrap().err(), Some(InvokeError::CalledOff));
    rig.until(|requests| requests.is_empty()).await;
    rig.pool.call_off(request.id);
    rig.pool.invoke(&NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_than_eight_megabytes_are_in_flight_and_pictures_go_before_files() {
    let rig = Rig::lively().await;
    rig.sign_in().await;
    let file = rig.large_file().await;
    // Authorized there, and the lanes stand.
    rig.pool.invoke_on(4, Work::Files, &file.part(0)).await.unwrap();
    rig.scenario.delay("upload.getFile", Duration::from_millis(400));
    let in_flight = || rig.pool.report().datacenters.iter().find(|dc| dc.id == 4).unwrap().in_flight;
    let parts: Vec<_> = (0..48).map(|n| file.part(n % 4)).collect();
    let here = std::cell::Cell::new(0);
    let all = futures::future::join_all(parts.iter().map(|part| {
        let asked = rig.pool.invoke_on(4, Work::Files, part);
        futures::FutureExt::inspect(asked, |_| here.set(here.get() + 1))
    }));
    let picture = async {
        eventually(|| in_flight() > 6 << 20).await;
        let sent = || rig.pool.report().requests.iter().filter(|r| r.state == RequestState::Sent).count();
        eventually(|| sent() == 13).await;
        assert!(in_flight() <= 8 << 20, "{}", in_flight());
        let requests = rig.pool.report().requests;
        assert_eq!(requests.len(), 48);
        assert!(requests.iter().all(|request| request.priority == Priority::Background));
        rig.pool.invoke_on(4, Work::Pictures, &file.part(0)).await.unwrap();
        // It went with the second round of files: the third and the fourth still wait, or are on their way.
        assert!(here.get() <= 43, "{}", here.get());
    };
    // It is looked at first: what came after it does not count, however late this is looked at.
    let ((), all) = futures::future::join(picture, all).await;
    assert!(all.iter().all(Result::is_ok));
    // Counted a moment after the last answer is handed over.
    eventually(|| in_flight() == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_and_what_went_wrong_is_seen() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    rig.pool.invoke_on(4, Work::Files, &rig::no_users()).await.unwrap();
    let report = rig.pool.report();
    assert_eq!(report.datacenters.iter().map(|dc| (dc.id, dc.home)).collect::<Vec<_>>(), [(2, true), (4, false)]);
    for dc in &report.datacenters {
        assert!(dc.lanes.iter().all(|lane| lane.standing == Standing::Online), "{dc:?}");
        assert!(dc.received > 0 && dc.sent > 0 && dc.trouble.is_none(), "{dc:?}");
    }
    assert!(report.datacenters[1].lanes[0].files);
    rig.scenario.refuse_connections(true);
    rig.scenario.cut_connections();
    let home = || rig.pool.report().datacenters[0].clone();
    eventually(|| matches!(home().lanes[0].standing, Standing::Waiting(_))).await;
    eventually(|| home().trouble.is_some_and(|(trouble, _)| matches!(trouble, Trouble::Cut | Trouble::Refused))).await;
    rig.scenario.refuse_connections(false);
    rig.pool.reconnect_now();
    eventually(|| home().lanes[0].standing == Standing::Online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_ipv6_costs_a_moment_and_is_asked_once() {
    let broken = rig::Broken6::default();
    let inside = broken.clone();
    let rig = Rig::with(move |shared| shared.connector = Arc::new(inside)).await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    let dc = rig.pool.shared().datacenter(4);
    eventually(|| dc.address(Work::Requests).is_some()).await;
    let working = dc.address(Work::Requests).unwrap();
    dc.set_addresses(vec!["[2001:db8::4]:443".into(), working], Vec::new());
    let began = Instant::now();
    rig.pool.invoke_on(4, Work::Requests, &NEAREST).await.unwrap();
    assert!(began.elapsed() < rig.pool.shared().timings.connect, "{:?}", began.elapsed());
    assert_eq!(broken.tried(), 1);
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
    assert_eq!(broken.tried(), 1, "the one that answered goes first from then on");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sleep_nobody_waits_for_a_connection_that_died_without_a_word() {
    // Until a silent server counts as dead more time would go by than any call has.
    let rig = Rig::with(|shared| {
        shared.timings.pong = Duration::from_secs(3600);
        shared.timings.patience = Duration::from_secs(3600);
    })
    .await;
    rig.sign_in().await;
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
    rig.scenario.strand_connections();
    let pool = rig.pool.clone();
    let under_way = tokio::spawn(async move { pool.invoke(&STATE).await });
    rig.until(|requests| requests.iter().any(|request| request.method == "updates.getState")).await;
    rig.pool.reconnect_now();
    under_way.await.unwrap().unwrap();
    rig.pool.invoke_on(4, Work::Files, &NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pictures_go_by_the_lane_that_stands_and_parts_of_files_by_several() {
    let rig = Rig::start().await;
    rig.sign_in().await;
    let ask = async |work, times: usize| {
        let all = (0..times).map(|_| rig.pool.invoke_on(4, work, &NEAREST));
        assert!(futures::future::join_all(all).await.iter().all(Result::is_ok));
    };
    ask(Work::Pictures, 1).await;
    ask(Work::Pictures, 60).await;
    assert_eq!(rig.pool.lanes_for_files(4), 1);
    rig.scenario.delay("help.getNearestDc", Duration::from_millis(100));
    ask(Work::Files, 12).await;
    assert_eq!(rig.pool.lanes_for_files(4), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_may_be_asked_for_before_the_server_has_said_a_word() {
    let mut rig = Rig::start().await;
    rig.sign_in().await;
    rig.wait(|event| matches!(event, PoolEvent::Connection(Connection::Online))).await;
    rig.drain();
    let before = rig.seen.len();
    rig.scenario.stall(2, true);
    rig.scenario.cut_connections();
    rig.wait(|event| matches!(event, PoolEvent::MayHaveGap)).await;
    let calls = rig.scenario.calls("updates.getState");
    let pool = rig.pool.clone();
    let asked = tokio::spawn(async move { pool.invoke(&STATE).await });
    let scenario = rig.scenario.clone();
    eventually(|| scenario.calls("updates.getState") > calls).await;
    rig.drain();
    let mut since = rig.seen.iter().skip(before);
    assert!(!since.any(|event| matches!(event, PoolEvent::Connection(Connection::Online))));
    rig.scenario.stall(2, false);
    asked.await.unwrap().unwrap();
}
