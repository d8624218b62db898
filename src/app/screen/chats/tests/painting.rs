//! What is shown before the server has said anything, and what becomes of it then.

use super::*;
use heliograph_model::Place;
use heliograph_store::{ScrollPlace, StoredChats};

fn said(id: i32) -> Said {
    message(
        KEEPERS,
        id,
        if id % 3 == 0 { THEO } else { MARA },
        &format!("words {id}"),
        1_700_000_000 + i64::from(id) * 60,
    )
}

fn stored(ids: std::ops::RangeInclusive<i32>, newest: bool) -> StoredPage {
    let messages = ids.map(said).collect();
    StoredPage { messages, newest, verified: true, hole_before: true, ..StoredPage::default() }
}

/// The program has just begun; this is what it finds.
fn begun(open: Option<PeerId>, places: Vec<(PeerId, ScrollPlace)>) -> Scene {
    let mut scene = Scene::new(1280.0, 800.0);
    let now = scene.screen.now();
    let chats = vec![
        chat(KEEPERS, message(KEEPERS, 400, MARA, "words 400", now - 86_400), 0),
        chat(THEO, message(THEO, 12, THEO, "I will bring the tripod", now - 90_000), 0),
    ];
    let chats = StoredChats { chats, peers: peers(now) };
    let start = Start { chats, places, open, current: Some(now - 86_000), ..Start::default() };
    scene.update(Message::StartCame(Ok(Box::new(start))));
    scene
}

impl Scene {
    fn waited(&self, chat: PeerId) -> Asked {
        self.screen.state.histories[&chat].whole().unwrap()
    }

    fn found(&mut self, chat: PeerId, page: StoredPage) {
        let asked = self.waited(chat);
        self.update(Message::StoredCame { chat, asked, page, blurred: Vec::new() });
    }
}

#[test]
fn the_chats_and_the_last_conversation_are_there_before_any_connection() {
    let mut scene = begun(Some(KEEPERS), Vec::new());
    assert!(scene.says("Lighthouse Keepers") && scene.says("I will bring the tripod"));
    assert!(!scene.says("As of"), "it may be a moment only");
    assert_eq!(scene.screen.open_chat(), Some(KEEPERS));
    scene.found(KEEPERS, stored(351..=400, true));
    scene.settle();
    assert!(scene.says("words 400"));
    scene.happened(Event::Connection(Connection::Waiting(5)));
    scene.update(Message::ChatsCame(true, Err(Error::NotConnected)));
    assert!(scene.says("As of Yesterday") && !scene.has("retry-chats"));
    // Then live: the list is asked for again, and what was missed.
    scene.happened(Event::Connection(Connection::Online));
    assert!(!scene.says("As of"));
    let asked = scene.waited(KEEPERS);
    assert_eq!(asked.place, Place::Newest);
    assert!(scene.screen.state.histories[&KEEPERS].is_refresh(asked));
}

#[test]
fn pages_further_up_come_from_the_store_while_there_is_no_connection() {
    let mut scene = begun(Some(KEEPERS), Vec::new());
    scene.found(KEEPERS, stored(351..=400, true));
    scene.settle();
    for _ in 0..30 {
        scene.press(Named::PageUp);
        scene.settle();
        let [older, _] = scene.screen.state.histories[&KEEPERS].ends();
        if let Some(asked) = older {
            let Place::Before(id) = asked.place else { panic!("{asked:?}") };
            let page = stored((id - 50).max(1)..=id - 1, false);
            scene.update(Message::StoredCame { chat: KEEPERS, asked, page, blurred: Vec::new() });
        }
    }
    scene.settle();
    let first = scene.screen.state.histories[&KEEPERS].numbered().next().unwrap().id;
    assert!(first < MessageId::Server(251), "{first:?}");
    let spot = scene.screen.spots.get(&KEEPERS).copied();
    assert!(matches!(spot, Some(Spot::At { message: ..300, .. })), "{spot:?}");
}

#[test]
fn whatever_is_missed_while_the_end_is_fetched_is_fetched_after_it() {
    let mut scene = begun(Some(KEEPERS), Vec::new());
    scene.found(KEEPERS, stored(351..=400, true));
    scene.happened(Event::Connection(Connection::Online));
    let first = scene.waited(KEEPERS);
    scene.happened(Event::Changes(vec![Change::Missed(KEEPERS)]));
    assert_eq!(scene.waited(KEEPERS), first, "it is still awaited");
    // What is said after that which was missed is told by itself.
    let now = scene.screen.now();
    scene.happened(Event::Changes(vec![Change::NewMessage(message(KEEPERS, 460, MARA, "words 460", now))]));
    let messages = stored(351..=420, true).messages;
    scene.page(KEEPERS, Ok(HistoryPage { messages, newest: true, ..HistoryPage::default() }));
    let second = scene.waited(KEEPERS);
    assert_ne!(second.number, first.number);
    let messages = stored(400..=460, true).messages;
    scene.page(KEEPERS, Ok(HistoryPage { messages, newest: true, ..HistoryPage::default() }));
    let ids: Vec<_> = scene.screen.state.histories[&KEEPERS].numbered().filter_map(|said| said.id.server()).collect();
    assert_eq!(ids, (351..=460).collect::<Vec<_>>());
    assert!(scene.screen.state.histories[&KEEPERS].whole().is_none(), "that was all");
}

#[test]
fn a_chat_of_which_nothing_is_here_says_so_without_a_connection_and_shows_what_waits() {
    let mut scene = begun(None, Vec::new());
    scene.happened(Event::Connection(Connection::Waiting(5)));
    scene.update(Message::Opened(THEO));
    scene.found(THEO, StoredPage::default());
    let asked = scene.waited(THEO);
    assert!(scene.says("Messages come with the connection") && !scene.says("Loading messages"));
    scene.click("composer");
    scene.typewrite("I am on my way");
    scene.press(Named::Enter);
    scene.settle();
    assert!(scene.says("I am on my way") && scene.says("Messages come with the connection"));
    assert!(!scene.has("to-bottom"), "nothing lies further down");
    scene.happened(Event::Connection(Connection::Online));
    assert!(scene.says("Loading messages") && scene.screen.state.histories[&THEO].is_awaited(asked.number));
}

#[test]
fn whoever_stays_at_what_is_stored_learns_how_others_have_reacted_meanwhile() {
    let mut scene = begun(Some(KEEPERS), Vec::new());
    scene.update(Message::Focused(true));
    scene.found(KEEPERS, stored(301..=400, true));
    scene.settle();
    let visible = |scene: &Scene| {
        let (_, last) = scene.screen.open.as_ref().unwrap().visible.unwrap().fully.unwrap();
        last.message.server().unwrap()
    };
    scene.linger();
    assert!(!scene.screen.reading.is_checked(visible(&scene)), "nobody can be asked");
    scene.happened(Event::Connection(Connection::Online));
    let messages = stored(351..=400, true).messages;
    scene.page(KEEPERS, Ok(HistoryPage { messages, newest: true, ..HistoryPage::default() }));
    assert!(scene.screen.reading.is_checked(351) && !scene.screen.reading.is_checked(350));
    while visible(&scene) > 345 {
        scene.press(Named::PageUp);
        scene.settle();
    }
    let seen = visible(&scene);
    assert!(!scene.screen.reading.is_checked(seen), "it was not in view for long");
    scene.linger();
    assert!(scene.screen.reading.is_checked(seen));
    // After a time without a connection it is as uncertain as before.
    scene.happened(Event::Changes(vec![Change::Refetch]));
    assert!(!scene.screen.reading.is_checked(seen));
}

#[test]
fn the_servers_page_goes_over_the_stored_one_and_moves_nothing() {
    let place = ScrollPlace { message: 200, offset: -7.0 };
    let mut scene = begun(None, vec![(KEEPERS, place)]);
    scene.happened(Event::Connection(Connection::Online));
    scene.update(Message::Opened(KEEPERS));
    assert_eq!(scene.waited(KEEPERS).place, Place::Around(200));
    scene.found(KEEPERS, stored(175..=224, false));
    scene.settle();
    let spot = |scene: &Scene| scene.screen.spots.get(&KEEPERS).copied();
    assert_eq!(spot(&scene), Some(Spot::At { message: 200, offset: -7.0 }));
    assert!(scene.says("words 202"));
    // One above is gone, one has other words.
    let mut messages: Vec<Said> = (175..=224).filter(|id| *id != 190).map(said).collect();
    for said in &mut messages {
        if said.id == MessageId::Server(203) {
            said.text = FormattedText::plain("better words");
            said.edited = Some(1_800_000_000);
        }
    }
    scene.page(KEEPERS, Ok(HistoryPage { messages, peers: Vec::new(), complete: false, newest: false }));
    scene.settle();
    assert_eq!(spot(&scene), Some(Spot::At { message: 200, offset: -7.0 }));
    assert!(scene.says("better words"));
    assert!(scene.screen.state.histories[&KEEPERS].get(MessageId::Server(190)).is_none());
}

#[test]
fn a_hole_between_what_is_stored_and_what_is_new_is_not_papered_over() {
    let mut scene = begun(None, Vec::new());
    scene.happened(Event::Connection(Connection::Online));
    scene.update(Message::Opened(KEEPERS));
    scene.found(KEEPERS, stored(351..=400, true));
    scene.settle();
    assert!(scene.says("words 400"));
    scene.page(
        KEEPERS,
        Ok(HistoryPage { messages: (900..=949).map(said).collect(), peers: Vec::new(), complete: false, newest: true }),
    );
    scene.settle();
    let history = &scene.screen.state.histories[&KEEPERS];
    let ids: Vec<_> = history.numbered().filter_map(|said| said.id.server()).collect();
    assert_eq!((ids.first(), ids.last()), (Some(&900), Some(&949)));
    assert!(scene.says("words 949"));
}

#[test]
fn so_much_was_missed_in_one_chat_concerns_that_chat_only() {
    let mut scene = begun(None, Vec::new());
    scene.happened(Event::Connection(Connection::Online));
    for (chat, from) in [(THEO, 1), (KEEPERS, 351)] {
        scene.update(Message::Opened(chat));
        let messages = (from..from + 50).map(|id| Said { chat, ..said(id) }).collect();
        scene.history(chat, messages, true);
        scene.settle();
    }
    scene.happened(Event::Changes(vec![Change::Missed(PeerId::Channel(77))]));
    assert!(scene.screen.state.histories[&KEEPERS].whole().is_none());
    assert!(scene.screen.state.histories[&THEO].is_loaded());
    scene.happened(Event::Changes(vec![Change::Missed(KEEPERS)]));
    assert!(scene.screen.state.histories[&KEEPERS].whole().is_some(), "it is asked for again");
    assert!(scene.screen.state.histories[&THEO].is_loaded());
}

#[test]
fn what_needs_a_connection_cannot_be_pressed_without_one() {
    let mut scene = begun(Some(KEEPERS), Vec::new());
    let mut page = stored(351..=400, true);
    page.messages[49].media = Some(document("north-lens-survey.pdf"));
    scene.found(KEEPERS, page);
    scene.happened(Event::Connection(Connection::Waiting(5)));
    scene.settle();
    scene.click("download:400");
    assert!(!scene.has("cancel:400"));
    scene.happened(Event::Connection(Connection::Online));
    scene.settle();
    scene.click("download:400");
    assert!(scene.has("cancel:400"));
}

#[test]
fn without_a_connection_nobody_is_said_to_be_online() {
    let mut scene = begun(None, Vec::new());
    scene.update(Message::Opened(MARA));
    assert!(scene.says("online"));
    scene.happened(Event::Connection(Connection::Waiting(5)));
    assert!(!scene.says("online") && scene.says("last seen"));
}
