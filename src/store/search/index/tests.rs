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
    room.execute_batch("DELETE FROM word; INSERT INTO word_parts (word_parts) VALUES ('rebuild');").unwrap();
    known.clear();
    say(5, true);
    assert_eq!(found(), 5);
}
