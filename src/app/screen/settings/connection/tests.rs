use super::*;
use heliograph_telegram::{LaneReport, Priority, Wait};
use std::time::Duration;

#[test]
fn diagnostics_say_everything_and_nothing_secret() {
    let now = Instant::now();
    let lane = LaneReport { files: false, standing: Standing::Waiting(now + Duration::from_secs(7)), load: 2 };
    let dc = DatacenterReport {
        id: 2,
        home: true,
        lanes: vec![lane],
        in_flight: 512,
        received: 10,
        sent: 20,
        trouble: Some((Trouble::Cut, now)),
    };
    let request = InFlight {
        id: 5,
        method: "messages.getHistory",
        datacenter: 2,
        since: now,
        bytes: 64,
        priority: Priority::First,
        state: RequestState::Sent,
    };
    let wait = Wait { method: "upload.getFile", datacenter: 4, until: now + Duration::from_secs(3) };
    let report = ConnectionReport { datacenters: vec![dc], requests: vec![request], waits: vec![wait], proxy: Some(0) };
    let said = diagnostics(&report, now);
    for part in [
        "proxy: yes",
        "datacenter 2 (home): 10 received, 20 sent, 512 in flight",
        "requests: next try in 7 s, 2 requests",
        "0 s ago: the connection was cut",
        "wait 3 s: upload.getFile at 4",
        "messages.getHistory at 2: sent, 0 ms, 64 bytes, First",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[test]
fn the_best_connection_counts() {
    let words = Words;
    let now = Instant::now();
    let dc = |standings: &[Standing]| DatacenterReport {
        id: 4,
        home: false,
        lanes: standings.iter().map(|standing| LaneReport { files: true, standing: *standing, load: 0 }).collect(),
        in_flight: 0,
        received: 0,
        sent: 0,
        trouble: None,
    };
    let until = Standing::Waiting(now + Duration::from_secs(4));
    let online = fl!(words, "connection-online");
    assert_eq!(standing(&dc(&[Standing::Connecting, until, Standing::Online]), &words, now), online);
    let next = fl!(words, "connection-next-try", time = wait(4));
    assert_eq!(standing(&dc(&[Standing::Idle, until]), &words, now), next);
    assert_eq!(standing(&dc(&[]), &words, now), fl!(words, "connection-idle"));
}
