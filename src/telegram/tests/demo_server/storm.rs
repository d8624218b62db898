//! Very much happens at once: nothing is lost, and the app is not flooded.

use crate::stage::{KEEPERS, PATIENCE, Stage};
use heliograph_model::{Change, MessageId};
use heliograph_telegram::Event;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// So many updates a second, if the server gets that far.
const A_SECOND: usize = 5000;
/// No picture of the window shows more than one batch.
const FRAME: Duration = Duration::from_millis(16);

/// Two seconds; a minute with HELIOGRAPH_EFFORT=1.
fn seconds() -> u64 {
    let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    ((60.0 * effort) as u64).max(2)
}

/// What the process holds, in MiB: the server's world is in it, too.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() >> 10
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_storm_of_updates_none_is_lost_and_the_app_hears_of_one_batch_a_picture() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    user.chat(KEEPERS).await;
    let other = stage.server.accounts().into_iter().find(|other| other.user_id != user.demo.user_id).unwrap();
    let (api, phone) = (stage.server.api(), user.demo.phone.clone());
    let before = memory();
    let storm = tokio::task::spawn_blocking(move || {
        let began = Instant::now();
        let mut said = 0;
        while began.elapsed() < Duration::from_secs(seconds()) {
            let due = (began.elapsed().as_secs_f64() * A_SECOND as f64) as usize;
            while said < due && began.elapsed() < Duration::from_secs(seconds()) {
                api.say(other.user_id, KEEPERS, &phone, &format!("storm {said}"));
                said += 1;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        (said, began.elapsed())
    });
    let (mut words, mut numbers) = (HashSet::new(), HashSet::new());
    let (mut batches, mut largest, mut twice) = (0_u32, 0, 0);
    let began = Instant::now();
    let mut done = false;
    let (said, lasted) = storm.await.unwrap();
    while !done {
        let event = user.heard.take(PATIENCE).await;
        let Event::Changes(changes) = event else { continue };
        let mut new = 0;
        for change in changes {
            if let Change::NewMessage(message) = change
                && message.text.text.starts_with("storm ")
            {
                new += 1;
                twice += u32::from(!numbers.insert(message.id) || !matches!(message.id, MessageId::Server(_)));
                words.insert(message.text.text);
            }
        }
        batches += u32::from(new > 0);
        largest = largest.max(new);
        done = words.len() == said;
    }
    let took = lasted + began.elapsed();
    println!(
        "{said} updates in {lasted:?}, all here after {took:?}, in {batches} batches of at most {largest}; {before} MiB before, {} after",
        memory()
    );
    assert_eq!(twice, 0, "some came twice");
    assert!(u128::from(batches) <= took.as_millis() / FRAME.as_millis() + 2, "{batches} batches in {took:?}");
    // And the store holds what the app heard.
    let stored = user.account.stored_history(user.chat(KEEPERS).await.id, heliograph_model::Place::Newest, 50).await;
    assert!(stored.unwrap().messages.iter().all(|message| message.text.text.starts_with("storm ")));
}
