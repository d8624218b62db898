use super::*;
use crate::history::tests::{apply, memory, said};
use heliograph_model::{Change, Document, Entity, EntityKind, FileKind, FileLocation, FormattedText, Media, MessageId};
use std::sync::Arc;

const HERE: PeerId = PeerId::Channel(5);
const THERE: PeerId = PeerId::User(9);

fn room(messages: Vec<Message>) -> Connection {
    let connection = memory();
    apply(&connection, &messages.into_iter().map(Change::NewMessage).collect::<Vec<_>>());
    connection
}

fn found(connection: &Connection, wanted: Search) -> Vec<i32> {
    let wanted = Search { limit: 50, ..wanted };
    let found = search(connection, &wanted).unwrap();
    found.hits.iter().filter_map(|hit| hit.message.id.server()).collect()
}

fn words(connection: &Connection, text: &str) -> Vec<i32> {
    found(connection, Search { text: text.into(), ..Search::default() })
}

#[test]
fn words_and_their_beginnings_and_what_is_in_them() {
    let room = room(vec![
        said(HERE, 1, "The Thunderstorm is over"),
        said(HERE, 2, "a storm in the THIRD street"),
        said(HERE, 3, "Größere Übersetzung"),
        said(HERE, 4, "x y"),
    ]);
    assert_eq!(words(&room, "storm"), [2, 1]);
    assert_eq!(words(&room, "th"), [2, 1]);
    assert_eq!(words(&room, "thu"), [1]);
    assert_eq!(words(&room, "thunders"), [1]);
    assert_eq!(words(&room, "hund"), [1]);
    assert_eq!(words(&room, "tor"), [2, 1]);
    // Two letters: the beginning only.
    assert_eq!(words(&room, "hu"), Vec::<i32>::new());
    assert_eq!(words(&room, "storm third"), [2]);
    assert_eq!(words(&room, "grossere ubersetzung"), [3]);
    assert_eq!(words(&room, "SETZUNG"), [3]);
    assert_eq!(words(&room, "y"), [4]);
    assert_eq!(words(&room, "nothing"), Vec::<i32>::new());
    assert_eq!(words(&room, ""), Vec::<i32>::new());
    assert_eq!(words(&room, "?!"), Vec::<i32>::new());
    for odd in ["\"", "a\"b", "NEAR(", "storm AND", "*", "^th", "@c5", "#0", "' OR 1", "-storm", "storm\u{0}"] {
        let _ = words(&room, odd);
    }
    assert_eq!(words(&room, "@c5"), Vec::<i32>::new());
}

#[test]
fn scripts_without_spaces() {
    let room = room(vec![
        said(HERE, 1, "我们明天去北京吧"),
        said(HERE, 2, "京北"),
        said(HERE, 3, "東京タワーに行く"),
        said(HERE, 4, "สวัสดีครับ"),
        said(HERE, 5, "早安 🎉 大家"),
        said(HERE, 6, "安大 早大"),
        said(HERE, 7, "한국어 공부"),
    ]);
    assert_eq!(words(&room, "北京"), [1]);
    assert_eq!(words(&room, "京"), [3, 2, 1]);
    assert_eq!(words(&room, "明天去"), [1]);
    // Both pairs stand there, but not together.
    assert_eq!(words(&room, "安大家"), Vec::<i32>::new());
    assert_eq!(words(&room, "タワー"), [3]);
    assert_eq!(words(&room, "สวัสดี"), [4]);
    assert_eq!(words(&room, "🎉"), [5]);
    assert_eq!(words(&room, "한국"), [7]);
}

#[test]
fn filters_hold_together() {
    let at = |id, chat, sender, date| Message { sender: PeerId::User(sender), date, ..said(chat, id, "same words") };
    let file = FileLocation {
        dc: 1,
        kind: FileKind::Document,
        id: 1,
        access_hash: 1,
        file_reference: Arc::from([]),
        thumb: String::new(),
        size: 10,
    };
    let document =
        Document { id: 1, file, name: "Quarterly-Report_v2.pdf".into(), mime: String::new(), thumbnail: None };
    let mut linked = at(4, THERE, 1, 400);
    linked.text.entities.push(Entity { start: 0, end: 4, kind: EntityKind::TextUrl("https://example.org".into()) });
    let room = room(vec![
        at(1, HERE, 1, 100),
        at(2, HERE, 2, 200),
        Message { media: Some(Media::Document(document)), ..at(3, HERE, 1, 300) },
        linked,
    ]);
    let same = || Search { text: "same".into(), ..Search::default() };
    assert_eq!(found(&room, same()), [4, 3, 2, 1]);
    assert_eq!(found(&room, Search { chat: Some(HERE), ..same() }), [3, 2, 1]);
    assert_eq!(found(&room, Search { sender: Some(PeerId::User(1)), chat: Some(HERE), ..same() }), [3, 1]);
    assert_eq!(found(&room, Search { since: Some(200), until: Some(400), ..same() }), [3, 2]);
    assert_eq!(found(&room, Search { kinds: vec![Kind::File, Kind::Photo], ..Search::default() }), [3]);
    assert_eq!(found(&room, Search { link: true, ..Search::default() }), [4]);
    assert_eq!(words(&room, "report v2"), [3]);
    // A page ends where the next one begins.
    let first = search(&room, &Search { limit: 3, ..same() }).unwrap();
    assert_eq!(first.hits.len(), 3);
    assert_eq!(found(&room, Search { after: first.next, ..same() }), [1]);
}

#[test]
fn newest_first_whatever_came_first() {
    let dated = |id, date| Message { date, ..said(HERE, id, "again") };
    let mut messages = vec![dated(3, 3000), dated(1, 1000), dated(2, 2000)];
    // More in one second than the index has rows for it.
    messages.extend((10..60).map(|id| dated(id, 2500)));
    let room = room(messages);
    let found = words(&room, "again");
    assert_eq!(found.len(), 50);
    assert_eq!(found[0], 3);
    let all = search(&room, &Search { text: "again".into(), limit: 100, ..Search::default() }).unwrap();
    assert_eq!(all.hits.len(), 53);
    assert_eq!(all.hits[51].message.date, 2000);
    assert_eq!(all.next, None);
}

#[test]
fn what_was_edited_or_deleted_is_not_found_any_more() {
    let room = room(vec![said(HERE, 1, "first wording"), said(HERE, 2, "another wording")]);
    apply(&room, &[Change::Edited(said(HERE, 1, "second thoughts"))]);
    assert_eq!(words(&room, "first"), Vec::<i32>::new());
    assert_eq!(words(&room, "thoughts"), [1]);
    apply(&room, &[Change::Deleted { chat: Some(HERE), messages: vec![1] }]);
    assert_eq!(words(&room, "thoughts"), Vec::<i32>::new());
    // New, edited and deleted within one batch.
    apply(
        &room,
        &[
            Change::NewMessage(said(HERE, 3, "brief")),
            Change::Edited(said(HERE, 3, "briefer")),
            Change::Deleted { chat: Some(HERE), messages: vec![2] },
            Change::NewMessage(said(HERE, 4, "gone at once")),
            Change::Deleted { chat: Some(HERE), messages: vec![4] },
            Change::NewMessage(said(HERE, 5, "gone at twice")),
        ],
    );
    assert_eq!(words(&room, "brie"), [3]);
    assert_eq!(words(&room, "wording"), Vec::<i32>::new());
    assert_eq!(words(&room, "gone"), [5]);
}

#[test]
fn the_words_are_marked_where_they_stand() {
    let marks = |text: &str, wanted: &str| {
        let room = room(vec![said(HERE, 1, text)]);
        let found = search(&room, &Search { text: wanted.into(), limit: 1, ..Search::default() }).unwrap();
        found.hits[0].marks.iter().map(|range| text[range.clone()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marks("Ein Ärgernis, e\u{301}te\u{301} Straße", "arg"), ["Ärg"]);
    assert_eq!(marks("Ein Ärgernis, e\u{301}te\u{301} Straße", "ete"), ["e\u{301}te\u{301}"]);
    assert_eq!(marks("am Straßenrand", "strassen"), ["Straßen"]);
    assert_eq!(marks("我们去北京吧", "北京"), ["北京"]);
    assert_eq!(marks("one two", "two one"), ["one", "two"]);
}

#[test]
fn what_happened_in_a_chat_is_no_text() {
    let joined = Message {
        service: Some(heliograph_model::Service::Renamed("Storm".into())),
        text: FormattedText::default(),
        id: MessageId::Server(8),
        ..said(HERE, 8, "")
    };
    let room = room(vec![joined]);
    assert_eq!(words(&room, "storm"), Vec::<i32>::new());
    assert_eq!(found(&room, Search { chat: Some(HERE), ..Search::default() }), Vec::<i32>::new());
}

#[test]
fn what_people_look_for_is_not_printed() {
    let wanted = Search { text: "a secret".into(), ..Search::default() };
    assert!(!format!("{wanted:?}").contains("secret"));
}
