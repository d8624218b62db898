//! Many things at once: none waits for another.

use crate::stage::{KEEPERS, Stage};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn reading_sending_and_a_photo_take_about_one_delay() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let chat = user.chat(KEEPERS).await.id;
    let all = user.everything().await;
    let with_photo: Vec<_> = all.peers.iter().filter(|peer| peer.photo.is_some()).take(2).collect();
    let photo_of = |number: usize| {
        let peer = with_photo[number];
        user.account.profile_photo(peer.id, peer.photo.as_ref().unwrap())
    };
    // The way to the datacenter of files is open then.
    photo_of(0).await.unwrap();

    let ticks = Arc::new(AtomicU32::new(0));
    let clock = {
        let ticks = ticks.clone();
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(20));
            loop {
                interval.tick().await;
                ticks.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    // Long beside whatever a loaded machine takes by itself.
    stage.scenario.delay_all(Duration::from_secs(3));
    let begin = Instant::now();
    user.account.history(chat, heliograph_model::Place::Newest, 10).await.unwrap();
    let single = begin.elapsed();

    let ticks_before = ticks.load(Ordering::Relaxed);
    let begin = Instant::now();
    let (page, sent, photo) = tokio::join!(
        user.account.history(chat, heliograph_model::Place::Newest, 10),
        user.say(chat, "At the same time"),
        photo_of(1)
    );
    let together = begin.elapsed();
    assert_eq!(page.unwrap().messages.len(), 10);
    assert!(sent.is_ok() && photo.is_ok());
    assert!(together < single * 2, "{together:?} for all, {single:?} for one");
    assert!(ticks.load(Ordering::Relaxed) > ticks_before, "the clock ticks on");
    clock.abort();
    println!("one request {single:?}, three at once {together:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_flow_while_much_is_on_its_way() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let all = user.everything().await;
    stage.scenario.throttle_files(Some(4 << 10));
    let photos: Vec<_> = all
        .peers
        .iter()
        .filter_map(|peer| Some((peer.id, peer.photo.clone()?)))
        .map(|(id, photo)| {
            let account = user.account.clone();
            tokio::spawn(async move { account.profile_photo(id, &photo).await })
        })
        .collect();
    stage.server.api().say(stage.demo(1).user_id, KEEPERS, &user.demo.phone, "In the middle of it");
    user.heard.message("In the middle of it").await;
    assert!(photos.iter().any(|photo| !photo.is_finished()), "the photos are still on their way");
    for photo in photos {
        photo.abort();
    }
}
