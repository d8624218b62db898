//! The disk refuses what is written of pictures: at worst one is not kept. None is ever shown half or wrong, and no file
//! stays that nobody knows of.

use super::*;
use crate::file::disk::Disk;
use crate::history::tests::effort;
use crate::media::sealed::sealed_length;
use std::collections::{BTreeMap, BTreeSet};

fn content(photo: i64) -> Vec<u8> {
    (0..20_000 + photo * 3000).map(|at| (at * photo % 251) as u8).collect()
}

/// What stands in rows, what lies on the disk, and what is said of it belong together.
async fn tidy(room: &Room, store: &Store, photos: &BTreeSet<i64>) {
    store.tidy_pictures(NOW).await.unwrap();
    let sealed: BTreeSet<u64> = photos.iter().map(|id| sealed_length(content(*id).len() as u64)).collect();
    let files = room.left(store).await;
    let there: BTreeSet<u64> = files.iter().map(|file| fs::metadata(file).unwrap().len()).collect();
    assert_eq!((files.len(), there), (photos.len(), sealed));
    let used: u64 = store.used_by_pictures().await.unwrap().iter().map(|used| used.pictures).sum();
    assert_eq!(used, photos.len() as u64);
}

#[tokio::test]
async fn one_that_could_not_be_kept_is_kept_the_next_time() {
    let stride = if effort() >= 1.0 { 1 } else { 3 };
    for failing in (0..).step_by(stride) {
        let mut failed = Vec::new();
        for times in [1, u64::MAX] {
            let room = Room::new();
            let disk = Disk::below(room.root.path());
            let store = room.open().await;
            keep(&store, CHAT, 9, 9, &content(9)).await;
            apply(&store, Change::NewMessage(with_photo(CHAT, 1, 10))).await;
            disk.fail(failing, times);
            let kept = store.keep_picture(shown(CHAT, 1, 10), content(10), NOW).await;
            failed = disk.heal();
            assert!(kept.is_ok() || !failed.is_empty(), "{kept:?}");
            let there = get(&store, shown(CHAT, 1, 10)).await;
            match (&kept, there) {
                (Ok(kept), Some(there)) => assert!(*kept && there == content(10)),
                (Ok(kept), None) => panic!("{failing}, {failed:?}: {kept}"),
                (Err(_), there) => assert_eq!(there, None, "{failing}, {failed:?}"),
            }
            if kept.is_err() {
                assert!(store.keep_picture(shown(CHAT, 1, 10), content(10), NOW).await.unwrap(), "{failing}");
            }
            tidy(&room, &store, &BTreeSet::from([9, 10])).await;
            store.close().await.unwrap();
            let store = room.open().await;
            for (message, photo) in [(9, 9), (1, 10)] {
                assert_eq!(
                    get(&store, shown(CHAT, message, photo)).await,
                    Some(content(photo)),
                    "{failing}, {failed:?}"
                );
            }
            store.close().await.unwrap();
        }
        if failed.is_empty() {
            println!("{failing} steps");
            assert!(failing > 8);
            return;
        }
    }
}

#[tokio::test]
async fn none_is_shown_wrong_or_left_behind_whatever_is_refused() {
    const PHOTOS: u64 = 12;
    let rounds = ((1000.0 * effort()) as u64).max(40);
    let room = Room::new();
    let disk = Disk::below(room.root.path());
    println!("HELIOGRAPH_DISK_SEED={}", disk.seed());
    let mut store = room.open().await;
    // Whether each is here; those of which that is not certain are not in it.
    let mut here: BTreeMap<i64, bool> = (1..=PHOTOS as i64).map(|photo| (photo, false)).collect();
    let mut refused = 0;
    for round in 0..rounds {
        disk.fail(disk.random(60), [1, 1 + disk.random(5), u64::MAX][disk.random(3) as usize]);
        for _ in 0..12 {
            let photo = 1 + disk.random(PHOTOS) as i64;
            let message = photo as i32;
            match disk.random(8) {
                0..5 => {
                    let new = Change::NewMessage(with_photo(CHAT, message, photo));
                    let stored = store.apply(Batch { changes: vec![new], ..Batch::default() }).await;
                    let kept = match stored {
                        Ok(()) => store.keep_picture(shown(CHAT, message, photo), content(photo), NOW).await,
                        Err(error) => Err(error),
                    };
                    match kept {
                        Ok(_) => drop(here.insert(photo, true)),
                        // One that was here before stays.
                        Err(_) if here.get(&photo) == Some(&true) => {}
                        Err(_) => drop(here.remove(&photo)),
                    }
                }
                5 => {
                    let gone = Change::Deleted { chat: Some(CHAT), messages: vec![message] };
                    match store.apply(Batch { changes: vec![gone], ..Batch::default() }).await {
                        Ok(()) => drop(here.insert(photo, false)),
                        Err(_) => drop(here.remove(&photo)),
                    }
                }
                6 if disk.random(4) == 0 => {
                    // Forgotten, and removed then or later.
                    here.clear();
                    if store.clear_pictures(Clear::All).await.is_ok() {
                        here = (1..=PHOTOS as i64).map(|photo| (photo, false)).collect();
                    }
                }
                _ => {
                    if let Ok(there) = store.picture(shown(CHAT, message, photo), NOW).await {
                        assert!(there.is_none_or(|there| there == content(photo)), "round {round}: {photo}");
                    }
                }
            }
        }
        refused += disk.heal().len();
        let mut photos = BTreeSet::new();
        for photo in 1..=PHOTOS as i64 {
            let there = get(&store, shown(CHAT, photo as i32, photo)).await;
            if let Some(certain) = here.get(&photo) {
                assert_eq!(there.is_some(), *certain, "round {round}: {photo}");
            }
            if let Some(there) = there {
                assert!(there == content(photo), "round {round}: {photo}");
                photos.insert(photo);
            }
            here.insert(photo, photos.contains(&photo));
        }
        tidy(&room, &store, &photos).await;
        if disk.random(5) == 0 {
            store.close().await.unwrap();
            store = room.open().await;
        }
    }
    println!("{rounds} rounds, {refused} refused");
    assert!(refused as u64 > rounds / 2, "{refused}");
}
