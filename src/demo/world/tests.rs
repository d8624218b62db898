use super::*;
use crate::drawing::stripped;
use std::collections::{BTreeMap, HashSet};

const NOW: i64 = 1_795_000_000;

fn lifelike() -> World {
    World::new(WorldKind::Lifelike, 1, NOW)
}

#[test]
fn a_seed_gives_one_world() {
    for kind in [WorldKind::Lifelike, WorldKind::Plain] {
        let (one, other, third) = (World::new(kind, 5, NOW), World::new(kind, 5, NOW), World::new(kind, 6, NOW));
        let (one, other, third) = (one.lock(), other.lock(), third.lock());
        assert_eq!(one.letters, other.letters);
        assert_eq!(one.people, other.people);
        assert_eq!(one.groups, other.groups);
        assert_eq!(one.channels, other.channels);
        assert_eq!(one.photos, other.photos);
        assert_eq!(one.documents, other.documents);
        assert!(one.accounts == other.accounts);
        assert_ne!(one.letters, third.letters);
    }
}

#[test]
fn the_lifelike_world_has_what_it_promises() {
    let world = lifelike();
    let accounts = world.accounts();
    assert!(accounts.len() >= 5);
    assert!(accounts.iter().any(|account| account.password.is_some()));
    assert!(accounts.first().unwrap().password.is_none());
    let state = world.lock();
    let main = accounts.first().unwrap().user_id;
    let rows = state.rows(main);
    assert!((55..=66).contains(&rows.len()), "{} chats", rows.len());
    let first = *state.accounts.get(&main).unwrap().pinned.first().unwrap();
    assert_eq!(state.title_of(main, first), "Lighthouse Keepers");
    assert_eq!(rows.first().unwrap().place, first, "the pinned one is the newest too");
    let newest = *state.ids_in(main, first).last().unwrap();
    assert_eq!(state.letter_at(main, first, newest).unwrap().1.text, "the north lens is in place");
    let long = state.place_by_title(main, "Long Watch").unwrap();
    assert_eq!(state.ids_in(main, long).len(), 5_000);
    assert!(state.documents.values().any(|document| document.size == 50 * 1024 * 1024));
    let with_photo = rows.iter().filter(|row| match row.place {
        Place::User(id) => state.people.get(&id).unwrap().photo.is_some(),
        Place::Group(id) => state.groups.get(&id).unwrap().photo.is_some(),
        Place::Channel(id) => state.channels.get(&id).unwrap().photo.is_some(),
    });
    assert!(with_photo.count() * 10 > rows.len() * 7);
    let words: String = state.letters.iter().map(|letter| letter.text.as_str()).collect();
    for script in ['я', 'ط', 'の', '看', '등', 'θ', 'ב', 'त', '🪁'] {
        assert!(words.contains(script), "{script}");
    }
    // Nothing is of the future, and time runs with the numbers.
    for row in &rows {
        let dates: Vec<i32> = state
            .ids_in(main, row.place)
            .iter()
            .map(|id| state.letter_at(main, row.place, *id).unwrap().1.date)
            .collect();
        assert!(dates.is_sorted(), "{}", state.title_of(main, row.place));
        assert!(dates.iter().all(|date| i64::from(*date) <= NOW));
    }
    let unread = |title: &str| state.unread(main, state.place_by_title(main, title).unwrap());
    assert_eq!(unread("Lighthouse Keepers"), 3);
    assert_eq!(unread("Astronomy Weekly"), 128);
    assert_eq!(unread("Release notes"), 1);
    assert_eq!(unread("Rust Reading Group"), 42);
    assert_eq!(unread("Saved Messages"), 0);
    // Nobody leaves unread what they have answered.
    for row in rows.iter().filter(|row| matches!(row.place, Place::User(_))) {
        let last = state.ids_in(main, row.place).last().and_then(|id| state.letter_at(main, row.place, *id));
        if last.is_some_and(|(_, letter)| letter.is_by(main)) {
            assert_eq!(state.unread(main, row.place), 0, "{}", state.title_of(main, row.place));
        }
    }
}

#[test]
fn the_world_for_measurements_is_even() {
    let world = World::new(WorldKind::Plain, 1, NOW);
    let main = world.accounts().first().unwrap().user_id;
    let state = world.lock();
    let rows = state.rows(main);
    assert_eq!(rows.len(), 201);
    let mut sizes = BTreeMap::new();
    for row in rows {
        *sizes.entry(state.ids_in(main, row.place).len()).or_insert(0) += 1;
    }
    assert_eq!(sizes, BTreeMap::from([(20, 200), (3_000, 1)]));
    assert!(state.letters.iter().all(|letter| letter.body == Body::Text && !letter.text.is_empty()));
}

#[test]
fn titles_are_unique_to_the_main_account() {
    let world = lifelike();
    let main = world.accounts().first().unwrap().user_id;
    let state = world.lock();
    let titles: Vec<String> = state.rows(main).iter().map(|row| state.title_of(main, row.place)).collect();
    assert_eq!(titles.iter().collect::<HashSet<_>>().len(), titles.len());
    assert!(titles.iter().all(|title| !title.is_empty()));
}

#[test]
fn windows_equal_brute_force() {
    let ids: Vec<i32> = (1..60).filter(|id| id % 7 != 3).collect();
    let date_of = |id: i32| id * 10;
    for offset_id in [0, 1, 2, 10, 17, 30, 59, 60, 1000] {
        for offset_date in [0, 5, 100, 305, 1000] {
            for add_offset in [-60, -20, -10, -1, 0, 1, 5, 100] {
                for limit in [1, 2, 7, 20, 100, 1000] {
                    for (max_id, min_id) in [(0, 0), (25, 0), (0, 25), (40, 12), (5, 50)] {
                        let asked = Window { offset_id, offset_date, add_offset, limit, max_id, min_id };
                        // As documented: how many up to the offset, plus the addition, gives where the slice begins.
                        let newest_first: Vec<i32> = ids.iter().rev().copied().collect();
                        let offset = if offset_id > 0 {
                            newest_first.iter().filter(|id| **id >= offset_id).count()
                        } else if offset_date > 0 {
                            newest_first.iter().filter(|id| date_of(**id) >= offset_date).count()
                        } else {
                            0
                        };
                        let start = offset as i32 + add_offset;
                        let expected: Vec<i32> = (start..start + limit.min(100))
                            .filter_map(|place| usize::try_from(place).ok())
                            .filter_map(|place| newest_first.get(place).copied())
                            .filter(|id| (max_id == 0 || *id < max_id) && (min_id == 0 || *id > min_id))
                            .collect();
                        assert_eq!(window(&ids, asked, date_of).0, expected, "{asked:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn extreme_windows_are_empty_or_cut() {
    for add_offset in [i32::MIN, i32::MAX] {
        for limit in [i32::MIN, 0, i32::MAX] {
            let asked = Window { offset_id: i32::MAX, add_offset, limit, ..Window::default() };
            assert!(window(&[1, 2, 3], asked, |_| 0).0.len() <= 3);
        }
    }
}

#[test]
fn parts_of_any_size_make_the_whole() {
    let state_world = lifelike();
    let state = state_world.lock();
    let mut documents: Vec<&Document> = state.documents.values().filter(|d| d.size < 400_000).take(12).collect();
    documents.extend(state.documents.values().filter(|d| matches!(d.content, Content::Log(_))).take(3));
    for document in documents {
        let whole = document.read(0, document.size as usize);
        assert_eq!(whole.len() as u64, document.size);
        for part in [1_usize, 7, 63, 64, 65, 1000, 4096, 131_072] {
            if document.size as usize / part > 2_000 {
                continue;
            }
            let mut together = Vec::new();
            while (together.len() as u64) < document.size {
                together.extend(document.read(together.len() as u64, part));
            }
            assert!(together == whole, "{} by {part}", document.name);
        }
        assert!(document.read(document.size, 10).is_empty());
        assert!(document.read(u64::MAX, 10).is_empty());
    }
}

#[test]
fn the_large_file_is_read_from_anywhere() {
    let world = lifelike();
    let state = world.lock();
    let large = state.documents.values().find(|document| document.name == "star-map.fits").unwrap();
    let end = large.read(large.size - 5, 100);
    assert_eq!(end.len(), 5);
    let before = large.read(large.size - 4096, 4096);
    assert!(before.ends_with(&end));
}

#[test]
fn every_stripped_thumbnail_decodes() {
    let world = lifelike();
    let state = world.lock();
    for photo in state.photos.values().take(80) {
        let PhotoSource::Drawn(scene) = photo.source else { panic!("drawn") };
        let data = world.pictures.stripped(scene, photo.width, photo.height);
        let image = image::load_from_memory(&stripped::whole(&data).unwrap()).unwrap();
        assert_eq!(image.width().max(image.height()), 40);
    }
}

#[test]
fn access_hashes_differ_by_account_and_peer() {
    let state = State::empty(1, NOW);
    let mut seen = HashSet::new();
    for viewer in 1..20 {
        for id in 1..20 {
            for place in [Place::User(id), Place::Group(id), Place::Channel(id)] {
                assert!(seen.insert(state.access_hash(viewer, place)));
            }
        }
    }
}

#[test]
fn what_one_writes_stands_in_every_mailbox() {
    let world = lifelike();
    let accounts = world.accounts();
    let (robin, mara) = (accounts.first().unwrap(), accounts.get(1).unwrap());
    let mut state = world.lock();
    let room = Room::of(robin.user_id, Place::User(mara.user_id));
    let date = state.now();
    let (_, notices) = state.post(room, Author::Person(robin.user_id), date, Draft::text("from one to the other"));
    assert_eq!(notices.len(), 2);
    drop(state);
    assert_eq!(world.texts_in(&robin.phone, "Mara Lindqvist").last().unwrap(), "from one to the other");
    assert_eq!(world.texts_in(&mara.phone, "Robin Vale").last().unwrap(), "from one to the other");
    assert!(world.texts_in(&mara.phone, "Nobody").is_empty());
    assert!(world.file_bytes("rota-2026.csv").unwrap().len() == 9_216);
}

/// The journal of a mailbox or channel, followed through every kind of change.
#[test]
fn numbers_of_changes_have_no_gaps() {
    let world = lifelike();
    let accounts = world.accounts();
    let (robin, mara) = (accounts.first().unwrap().user_id, accounts.get(1).unwrap().user_id);
    let mut state = world.lock();
    let keepers = state.place_by_title(robin, "Lighthouse Keepers").unwrap();
    let Place::Channel(channel) = keepers else { panic!("a channel") };
    let before = state.accounts.get(&robin).unwrap().journal.pts();
    let channel_before = state.channels.get(&channel).unwrap().journal.pts();
    let mut notices = Vec::new();
    for room in [Room::of(robin, Place::User(mara)), Room::Channel(channel)] {
        let date = state.now();
        let mut letters = Vec::new();
        for number in 0..6 {
            let author = Author::Person(if number % 2 == 0 { robin } else { mara });
            let (letter, news) = state.post(room, author, date, Draft::text(format!("n{number}")));
            letters.push(letter);
            notices.extend(news);
        }
        notices.extend(state.edit(letters[1], "changed".to_owned(), Vec::new()));
        let place = room.seen_by(robin);
        notices.extend(state.read(robin, place, i32::MAX));
        notices.extend(state.read(mara, room.seen_by(mara), i32::MAX));
        notices.extend(state.delete(room, &letters[..3], None));
        if place != keepers {
            notices.extend(state.delete(room, &letters[3..5], Some(robin)));
        }
    }
    let mut pts = BTreeMap::from([(robin, before), (channel, channel_before)]);
    for notice in &notices {
        let (owner, entry) = match notice {
            Notice::Mailbox { account, entry } => (account, entry),
            Notice::Channel { channel, entry } => (channel, entry),
            _ => continue,
        };
        if let Some(pts) = pts.get_mut(owner) {
            assert_eq!(*pts + entry.count, entry.pts, "{notice:?}");
            *pts = entry.pts;
        }
    }
    assert_eq!(pts[&robin], state.accounts.get(&robin).unwrap().journal.pts());
    assert_eq!(pts[&channel], state.channels.get(&channel).unwrap().journal.pts());
    // 6 new, 1 edited, 1 read by him, 1 read of his, 3 and 2 deleted.
    assert_eq!(pts[&robin] - before, 14);
    assert_eq!(pts[&channel] - channel_before, 10);
}
