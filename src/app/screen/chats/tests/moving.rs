//! Going elsewhere in a conversation and back, and what is read on the way.

use super::*;
use crate::widget::timeline::Pick;
use rows::Part;

fn said(id: i32) -> Said {
    let sender = if id % 3 == 0 { THEO } else { MARA };
    message(KEEPERS, id, sender, &format!("words {id}"), 1_700_000_000 + i64::from(id))
}

fn page(range: std::ops::RangeInclusive<i32>, newest: bool) -> HistoryPage {
    HistoryPage { messages: range.map(said).collect(), peers: Vec::new(), complete: false, newest }
}

fn key(id: i32) -> Key {
    Key { message: MessageId::Server(id), part: Part::Message }
}

/// The group with everything read, at its end.
fn at_end() -> Scene {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    let _ = scene.screen.state.roster.change(KEEPERS, |chat| {
        chat.last = Some(said(400));
        (chat.unread, chat.read_inbox) = (0, 400);
    });
    scene.update(Message::Opened(KEEPERS));
    scene.page(KEEPERS, Ok(page(351..=400, true)));
    scene.settle();
    assert!(scene.says("words 399"));
    scene
}

fn asked(scene: &Scene) -> Option<heliograph_model::Place> {
    scene.screen.history().unwrap().whole().map(|asked| asked.place)
}

#[test]
fn a_message_that_is_not_here_is_fetched_and_one_comes_back() {
    let mut scene = at_end();
    scene.update(Message::MessageWanted(KEEPERS, 50));
    assert_eq!(asked(&scene), Some(heliograph_model::Place::Around(50)));
    assert!(scene.says("Loading messages…") && scene.says("words 399"), "one stays until it is here");
    scene.page(KEEPERS, Ok(page(25..=75, false)));
    scene.settle();
    assert!(scene.says("words 50") && !scene.says("words 399"));
    // Nothing new joins what does not reach the end.
    scene.happened(Event::Changes(vec![Change::NewMessage(said(401))]));
    assert!(scene.screen.history().unwrap().get(MessageId::Server(401)).is_none());
    assert_eq!(scene.unread(KEEPERS), 1);
    // The button leads back first.
    scene.click("to-bottom");
    assert!(matches!(asked(&scene), Some(heliograph_model::Place::Around(390..=400))));
    scene.page(KEEPERS, Ok(page(352..=401, true)));
    scene.settle();
    assert!(scene.says("words 399"));
}

#[test]
fn a_message_that_is_gone_moves_nobody() {
    let mut scene = at_end();
    scene.update(Message::MessageWanted(KEEPERS, 50));
    let mut without = page(25..=75, false);
    without.messages.retain(|said| said.id != MessageId::Server(50));
    scene.page(KEEPERS, Ok(without));
    scene.settle();
    assert!(scene.says("words 399") && !scene.says("Loading messages…"));
}

#[test]
fn a_place_is_kept_while_other_chats_are_read() {
    let mut scene = at_end();
    for _ in 0..3 {
        scene.press(Named::PageUp);
        scene.settle();
    }
    scene.settle();
    let spot = scene.screen.spots.get(&KEEPERS).copied();
    assert!(matches!(spot, Some(Spot::At { message: 351..=390, .. })), "{spot:?}");
    assert!(!scene.says("words 399"));
    scene.update(Message::Opened(THEO));
    scene.history(THEO, vec![message(THEO, 12, THEO, "hello", 1_700_000_000)], true);
    scene.settle();
    scene.update(Message::Opened(KEEPERS));
    scene.settle();
    let again = scene.screen.spots.get(&KEEPERS).copied();
    assert_eq!(again, spot);
    assert!(!scene.says("words 399"));
}

#[test]
fn a_window_without_the_focus_reads_nothing() {
    let mut scene = at_end();
    scene.update(Message::Focused(false));
    scene.happened(Event::Changes(vec![Change::NewMessage(said(401))]));
    scene.settle();
    scene.linger();
    assert!(scene.says("words 401") && scene.says("1 new message"));
    assert_eq!(scene.unread(KEEPERS), 1);
    scene.update(Message::Focused(true));
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 0);
}

#[test]
fn what_calls_for_us_is_one_press_away_and_done_with_when_it_was_seen() {
    let mut scene = at_end();
    let mut naming = said(401);
    (naming.mentioned, naming.unheard) = (true, true);
    for _ in 0..3 {
        scene.press(Named::PageUp);
        scene.settle();
    }
    scene.happened(Event::Changes(vec![Change::NewMessage(naming.clone())]));
    let found = Messages { messages: vec![naming], peers: Vec::new() };
    scene.update(Message::MentionsCame(KEEPERS, Ok(found)));
    scene.settle();
    scene.linger();
    assert_eq!(scene.screen.state.roster.get(KEEPERS).unwrap().mentions, 1);
    scene.click("to-mention");
    scene.settle();
    scene.linger();
    assert!(scene.says("words 401") && !scene.has("to-mention"));
    assert_eq!(scene.screen.state.roster.get(KEEPERS).unwrap().mentions, 0);
    assert!(!scene.screen.history().unwrap().get(MessageId::Server(401)).unwrap().unheard);
}

#[test]
fn pinned_messages_are_gone_through() {
    let mut scene = at_end();
    let pins = Messages { messages: vec![said(360), said(355)], peers: Vec::new() };
    scene.update(Message::PinsCame(KEEPERS, Ok(pins)));
    scene.settle();
    assert!(scene.says("Pinned message 2") && scene.says("words 360"));
    scene.click("pinned");
    assert!(scene.says("Pinned message 1") && scene.says("words 355"), "the next older one is shown");
    assert!(scene.screen.can_go_back(), "as from every jump");
    scene.happened(Event::Changes(vec![Change::Deleted { chat: Some(KEEPERS), messages: vec![355] }]));
    assert!(scene.says("Pinned message") && !scene.says("words 355"));
}

#[test]
fn messages_are_chosen_and_escape_takes_that_back_first() {
    let mut scene = at_end();
    let pick = |scene: &mut Scene, id, pick| scene.update(Message::Choosing(choosing::Message::Picked(key(id), pick)));
    pick(&mut scene, 390, Pick::Toggle);
    pick(&mut scene, 393, Pick::Extend);
    assert!(scene.says("4 messages chosen"));
    pick(&mut scene, 391, Pick::Toggle);
    assert!(scene.says("3 messages chosen"));
    scene.happened(Event::Changes(vec![Change::Deleted { chat: Some(KEEPERS), messages: vec![390] }]));
    assert!(scene.says("2 messages chosen"));
    scene.press(Named::Escape);
    assert!(!scene.says("messages chosen") && scene.screen.open_chat() == Some(KEEPERS));
    scene.press(Named::Escape);
    assert_eq!(scene.screen.open_chat(), None);
}

#[test]
fn what_is_protected_is_not_copied() {
    let mut scene = at_end();
    let words = said(400);
    assert!(scene.screen.may_copy(&words));
    assert!(!scene.screen.may_copy(&Said { protected: true, ..words.clone() }));
    let mut keepers = scene.screen.peer(KEEPERS).clone();
    keepers.protected = true;
    scene.happened(Event::Changes(vec![Change::Peer(keepers)]));
    assert!(!scene.screen.may_copy(&words));
}

#[test]
fn deleting_asks_first() {
    let mut scene = at_end();
    scene.update(Message::Menu(menu::Message::Delete(vec![MessageId::Server(400)])));
    assert!(scene.says("Delete this message?"));
    scene.click(crate::widget::control::CANCEL);
    assert!(!scene.says("Delete this message?") && scene.says("words 400"));
    scene.update(Message::Menu(menu::Message::Delete(vec![MessageId::Server(400)])));
    scene.click(crate::widget::control::PRIMARY);
    scene.update(Message::Deleted(KEEPERS, vec![400]));
    assert!(!scene.says("Delete this message?") && !scene.says("words 400"));
}

#[test]
fn the_menu_of_a_message_says_what_can_be_done() {
    let mut scene = at_end();
    scene.update(Message::MenuWanted(key(400), iced::Point::new(700.0, 400.0)));
    scene.settle();
    assert!(scene.says("Copy text") && scene.says("Choose") && scene.says("Delete"));
    assert!(!scene.says("Take back vote"));
}

#[test]
fn a_day_is_chosen_from_a_month() {
    let mut scene = at_end();
    scene.update(Message::Calendar(calendar::Message::Wanted(jiff::civil::date(2026, 3, 10))));
    assert!(scene.says("March 2026"));
    scene.click("calendar-before");
    assert!(scene.says("February 2026"));
    scene.click("day:2026-02-03");
    assert!(!scene.says("February 2026"));
    assert!(matches!(asked(&scene), Some(heliograph_model::Place::Date(_))), "{:?}", asked(&scene));
}

#[test]
fn little_is_kept_of_what_is_far() {
    let mut scene = at_end();
    for round in 0..8 {
        let history = scene.screen.history().unwrap();
        let asked = history.ends()[0];
        if let Some(asked) = asked {
            let heliograph_model::Place::Before(before) = asked.place else { unreachable!() };
            let older = Ok(page(before - 100..=before - 1, false));
            scene.update(Message::HistoryCame { chat: KEEPERS, asked, page: older, blurred: Vec::new() });
        }
        for _ in 0..12 {
            scene.press(Named::PageUp);
            scene.settle();
        }
        assert!(scene.screen.history().unwrap().numbered().count() <= 500, "round {round}");
    }
    assert!(!scene.screen.history().unwrap().is_newest(), "the end is far, and was let go");
    scene.click("to-bottom");
    assert_eq!(asked(&scene), Some(heliograph_model::Place::Newest));
}

#[test]
fn what_a_spoiler_hides_is_copied_only_once_it_was_looked_under() {
    let mut scene = at_end();
    let mut hiding = said(400);
    let spoiler = (4, 6, EntityKind::Spoiler);
    hiding.text = FormattedText::from_utf16("who murder did it, and more".into(), [spoiler, (0, 3, EntityKind::Bold)]);
    scene.happened(Event::Changes(vec![Change::Edited(hiding)]));
    let pick = Message::Choosing(choosing::Message::Picked(key(400), Pick::Toggle));
    scene.update(pick.clone());
    scene.update(Message::Choosing(choosing::Message::CopyWanted));
    scene.update(Message::SpoilerOpened(MessageId::Server(400), 4));
    scene.update(pick);
    scene.update(Message::Choosing(choosing::Message::CopyWanted));
    let [hidden, open] = &scene.clipboard.all()[..] else { panic!("two copies") };
    assert!(!hidden.contains("murder") && hidden.ends_with("did it, and more"), "{hidden}");
    assert_eq!(open, "who murder did it, and more");
    assert!(scene.clipboard.html()[1].contains("who"));
}

#[test]
fn words_are_copied_from_where_the_selection_begins_to_where_it_ends() {
    use crate::widget::timeline::Selection;
    let mut scene = at_end();
    let selected = Selection { first: (key(398), 6), last: (key(400), 5) };
    scene.update(Message::Choosing(choosing::Message::Selected(Some(selected))));
    scene.update(Message::Choosing(choosing::Message::CopyWanted));
    assert_eq!(scene.clipboard.all(), ["398\nwords 399\nwords"]);
    let selected = Selection { first: (key(398), 0), last: (key(398), usize::MAX) };
    scene.update(Message::Choosing(choosing::Message::Selected(Some(selected))));
    scene.update(Message::Choosing(choosing::Message::CopyWanted));
    assert_eq!(scene.clipboard.all()[1], "words 398");
}

#[test]
fn an_account_that_was_left_within_the_moment_reads_nothing() {
    let mut scene = at_end();
    scene.happened(Event::Changes(vec![Change::NewMessage(said(401))]));
    scene.settle();
    let (had, _task) = scene.screen.turned(false);
    assert!(had);
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 1);
    // Nor is anything read behind another account.
    scene.happened(Event::Changes(vec![Change::NewMessage(said(402))]));
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 2);
    let _came = scene.screen.turned(true);
    scene.settle();
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 0);
}

#[test]
fn a_day_is_reached_with_the_keyboard() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(KEEPERS));
    scene.history(KEEPERS, vec![said(40)], true);
    scene.settle();
    let date = scene.screen.history().unwrap().rows().iter().find_map(|row| match row.kind {
        rows::Kind::Day(date) => Some(date),
        _ => None,
    });
    let id: &'static str = format!("date:{}", date.unwrap()).leak();
    let focused = |scene: &mut Scene| scene.stage.has_focus(view(&scene.screen, scene.look), id);
    for _ in 0..60 {
        if focused(&mut scene) {
            break;
        }
        scene.press(Named::Tab);
    }
    assert!(focused(&mut scene));
    scene.press(Named::Enter);
    assert!(scene.has("calendar-before"));
}

#[test]
fn whoever_writes_keeps_the_keyboard_when_something_comes_above_or_goes() {
    let mut scene = at_end();
    scene.click("composer");
    scene.typewrite("half");
    let pins = Messages { messages: vec![said(360)], peers: Vec::new() };
    scene.update(Message::PinsCame(KEEPERS, Ok(pins)));
    assert!(scene.has("pinned"));
    scene.typewrite(" of");
    scene.screen.notice = Some("that did not work".to_owned());
    assert!(scene.says("that did not work"));
    scene.typewrite(" it");
    scene.screen.notice = None;
    scene.typewrite(" is here");
    assert_eq!(scene.screen.composers[&KEEPERS].model().text(), "half of it is here");
    scene.press(Named::Enter);
    assert!(scene.screen.composers[&KEEPERS].model().is_blank());
}
