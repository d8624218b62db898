use super::*;
use crate::history::tests::{memory, said};
use crate::ingest::Ingest;
use crate::{Search, search};
use heliograph_model::Change;
use std::sync::Arc;

#[test]
fn plain_words_are_cut_like_all_others() {
    let letters: Vec<char> = "abzAZ09 -_'.,éÉß\u{301}йЯعة北京 が🎉#@^$\n".chars().collect();
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let text: String = (0..random(60)).map(|_| letters[random(letters.len())]).collect();
        let (mut quick, mut slow) = (Words::default(), Words::default());
        quick.take_all(&text);
        pieces(&text).iter().for_each(|piece| slow.take(piece));
        let row = |words: &Words| {
            let mut row = String::new();
            words.add_to(&mut row);
            row
        };
        assert_eq!(row(&quick), row(&slow), "{text:?}");
    }
    let mut long = Words::default();
    long.take_all(&"Ab".repeat(50));
    assert_eq!(long.text, format!("^ab^aba{}", "ab".repeat(LONGEST / 2)));
}

#[test]
fn rows_of_a_second_in_which_thousands_came_are_found_in_few_steps() {
    let room = memory();
    let take = |date| Places::default().take(&room, date, 1).unwrap();
    let rows: Vec<i64> = (0..3000).map(|_| take(1000)).collect();
    assert_eq!(rows, (0..3000).map(|n| first_of(1000) + n).collect::<Vec<_>>(), "in their order, without a hole");
    for sql in ["INSERT OR IGNORE INTO document (id, message) VALUES (?1, ?2)", "SELECT 1 FROM document WHERE id = ?1"]
    {
        room.prepare_cached(sql).unwrap().reset_status(rusqlite::StatementStatus::Run);
    }
    assert_eq!(take(1001), first_of(1000) + 3000, "that second is full as well");
    for (sql, most) in [
        ("INSERT OR IGNORE INTO document (id, message) VALUES (?1, ?2)", PER_SECOND as i32 + 1),
        ("SELECT 1 FROM document WHERE id = ?1", 24),
    ] {
        let runs = room.prepare_cached(sql).unwrap().get_status(rusqlite::StatementStatus::Run);
        assert!((1..=most).contains(&runs), "{runs} times: {sql}");
    }
    assert_eq!(take(999), first_of(999), "before them there is room");
    // What was deleted leaves a hole; whoever comes later does not look for it.
    room.execute("DELETE FROM document WHERE id = ?1", [first_of(1000) + 1500]).unwrap();
    assert_eq!(take(1000), first_of(1000) + 3001);
    assert_eq!(take(1300), first_of(1300));
}

#[test]
fn words_count_as_known_only_once_they_are_there_for_good() {
    let room = memory();
    let known = Arc::new(KnownWords::default());
    let say = |id, keep: bool| {
        let transaction = room.unchecked_transaction().unwrap();
        let mut ingest = Ingest::knowing(&transaction, known.clone());
        crate::changes::apply(&mut ingest, &[Change::NewMessage(said(PeerId::User(9), id, "Thunderstorm"))]).unwrap();
        ingest.finish().unwrap();
        if keep { transaction.commit().unwrap() } else { transaction.rollback().unwrap() }
    };
    let found = || {
        let wanted = Search { text: "understo".into(), limit: 9, ..Search::default() };
        search::search(&room, &wanted).unwrap().hits.len()
    };
    say(1, false);
    say(1, false);
    assert_eq!(found(), 0);
    for id in 1..=4 {
        say(id, true);
        assert_eq!(found(), id as usize);
    }
    // Another file in its place.
    room.execute_batch(
        "DELETE FROM word; DELETE FROM fresh_word; INSERT INTO word_parts (word_parts) VALUES ('rebuild');",
    )
    .unwrap();
    known.clear();
    say(5, true);
    assert_eq!(found(), 5);
}

#[test]
fn words_are_found_while_they_wait_and_when_they_stand_among_the_others() {
    let room = memory();
    let known = Arc::new(KnownWords::default());
    let count = |table: &str| {
        room.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap() as usize
    };
    let found = |text: &str| {
        let wanted = Search { text: text.into(), limit: 9, ..Search::default() };
        let hits = search::search(&room, &wanted).unwrap().hits;
        hits.iter().filter_map(|hit| hit.message.id.server()).collect::<Vec<_>>()
    };
    const EACH: usize = 128;
    let say = |id: usize, keep: bool| {
        let words: Vec<String> = (0..EACH).map(|word| format!("word{id:04}of{word:03}")).collect();
        let new = Change::NewMessage(said(PeerId::User(9), id as i32, &format!("sunrise {}", words.join(" "))));
        let transaction = room.unchecked_transaction().unwrap();
        let mut ingest = Ingest::knowing(&transaction, known.clone());
        crate::changes::apply(&mut ingest, &[new]).unwrap();
        ingest.finish().unwrap();
        if keep { transaction.commit().unwrap() } else { transaction.rollback().unwrap() }
    };
    say(1, true);
    say(2, true);
    assert_eq!((count("word"), count("fresh_word")), (0, 2 * EACH + 1));
    assert_eq!((found("unris"), found("d0001of1").len()), (vec![2, 1], 1));
    let many = MOST_FRESH as usize / EACH;
    (3..many).for_each(|id| say(id, true));
    // They go among the others with those that are one too many, or not at all.
    say(many, false);
    assert_eq!((count("word"), count("fresh_word")), (0, (many - 1) * EACH + 1));
    say(many, true);
    assert_eq!((count("word"), count("fresh_word")), (many * EACH + 1, 0));
    // What waits again is found once.
    known.clear();
    say(many + 1, true);
    assert_eq!((count("word"), count("fresh_word")), (many * EACH + 1, EACH + 1));
    assert_eq!(found("unrise").first(), Some(&(many as i32 + 1)));
    for id in [1, many / 2, many, many + 1] {
        assert_eq!(found(&format!("rd{id:04}of077")), [id as i32]);
    }
}
