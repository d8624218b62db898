//! The search above the list, drawn and pressed; what the account would answer is put in.

use super::super::tests::{KEEPERS, MARA, ME, Scene, THEO, WEEKLY, message, peer, person};
use super::*;
use heliograph_model::Presence;
use iced::keyboard::key::Named;

impl Scene {
    fn type_in(&mut self, text: &str) -> u64 {
        self.click("search");
        self.typewrite(text);
        self.screen.search.finding.number()
    }

    fn came(&mut self, step: SearchStep) {
        let number = self.screen.search.finding.number();
        self.update(Screen::Search(Place::List, Message::Came(number, Box::new(step))));
    }

    fn lens(&mut self) {
        let now = self.screen.now();
        let said = vec![
            message(KEEPERS, 40, MARA, "the north lens is in place", now - 60),
            message(THEO, 7, THEO, "which lens do you mean", now - 90_000),
        ];
        self.came(SearchStep::Here(Ok(Here { messages: said, ..Here::default() })));
    }
}

#[test]
fn what_is_typed_takes_the_place_of_the_list_and_escape_brings_it_back() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    assert!(scene.says("See you there"));
    scene.type_in("lens");
    assert!(!scene.says("See you there"));
    scene.lens();
    assert!(scene.says("Messages") && scene.says("which lens do you mean") && scene.says("Mara:"));
    assert!(scene.says("From Telegram") && scene.says("Searching…"), "it is said what is still under way");
    scene.press(Named::Escape);
    assert!(scene.says("See you there") && !scene.says("which lens do you mean"));
    assert!(scene.screen.on_escape().is_none());
}

#[test]
fn chats_come_first_by_the_beginnings_of_their_words_and_our_own_by_its_name_here() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("ke");
    scene.came(SearchStep::Here(Ok(Here::default())));
    assert_eq!(scene.screen.search.finding.chats, [KEEPERS]);
    scene.press(Named::Enter);
    assert_eq!(scene.screen.open_chat(), Some(KEEPERS));
    assert!(!scene.screen.search.is_on(), "the list is there again");
    scene.type_in("saved");
    scene.came(SearchStep::Here(Ok(Here::default())));
    assert_eq!(scene.screen.search.finding.chats, [ME]);
}

#[test]
fn what_the_server_finds_comes_behind_and_nothing_twice() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    scene.lens();
    let before = scene.screen.search.finding.targets();
    let place = |scene: &mut Scene, target: Target| {
        let id: &'static str = match target {
            Target::Message(chat, id) => format!("hit:{}:{id}", chat.marked()).leak(),
            _ => unreachable!(),
        };
        scene.stage.bounds_of(super::super::tests::view(&scene.screen, scene.look), id).unwrap()
    };
    let places: Vec<_> = before.iter().map(|target| place(&mut scene, *target)).collect();
    let now = scene.screen.now();
    let stranger = PeerId::User(55);
    let there = There {
        found: vec![stranger],
        messages: vec![
            message(KEEPERS, 40, MARA, "the north lens is in place", now - 60),
            message(WEEKLY, 3, WEEKLY, "a lens of glass", now - 900_000),
        ],
        peers: vec![peer(stranger, person(Presence::Unknown, false), "Lens Lenson")],
        ..There::default()
    };
    scene.came(SearchStep::There(Ok(there)));
    let after = scene.screen.search.finding.targets();
    assert_eq!(after[..2], before[..]);
    assert_eq!(after[2..], [Target::Peer(stranger), Target::Message(WEEKLY, 3)]);
    let now_at: Vec<_> = before.iter().map(|target| place(&mut scene, *target)).collect();
    assert_eq!(places, now_at, "nothing that was there has moved");
    assert!(scene.says("Lens Lenson") && scene.says("a lens of glass") && !scene.says("Searching…"));
}

#[test]
fn an_answer_to_something_else_is_not_shown() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    let old = scene.type_in("len");
    let new = scene.type_in("s");
    assert_ne!(old, new);
    let said = message(THEO, 7, THEO, "an old answer", scene.screen.now());
    let step = SearchStep::Here(Ok(Here { messages: vec![said], ..Here::default() }));
    scene.update(Screen::Search(Place::List, Message::Came(old, Box::new(step))));
    assert!(!scene.says("an old answer"));
}

#[test]
fn the_arrows_walk_while_one_types_and_enter_goes_there() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    scene.lens();
    scene.press(Named::ArrowDown);
    assert_eq!(scene.screen.search.cursor, Some(0));
    scene.press(Named::ArrowDown);
    scene.press(Named::ArrowDown);
    assert_eq!(scene.screen.search.cursor, Some(1), "at the last it stays");
    scene.press(Named::Enter);
    assert_eq!(scene.screen.open_chat(), Some(THEO));
    let asked = scene.screen.state.histories[&THEO].whole().unwrap();
    assert_eq!(asked.place, heliograph_model::Place::Around(7), "the conversation opens at the message");
    assert!(scene.screen.search.is_on() && scene.says("which lens do you mean"), "the others can still be chosen");
    scene.press(Named::Escape);
    assert!(scene.screen.open.is_none() && scene.screen.search.is_on(), "what was opened last goes first");
    scene.press(Named::Escape);
    assert!(!scene.screen.search.is_on());
}

#[test]
fn the_arrows_of_another_line_of_text_are_its_own() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.keepers(31..=40);
    scene.type_in("lens");
    scene.lens();
    scene.click("composer");
    scene.press(Named::ArrowDown);
    assert_eq!(scene.screen.search.cursor, None);
}

#[test]
fn edited_and_deleted_messages_are_not_found_any_more() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    scene.lens();
    let now = scene.screen.now();
    let changed = |scene: &mut Scene, change| {
        scene.happened(heliograph_telegram::Event::Changes(vec![change]));
    };
    changed(&mut scene, Change::Edited(message(THEO, 7, THEO, "which lens do you mean exactly", now)));
    assert!(scene.says("which lens do you mean exactly"));
    changed(&mut scene, Change::Edited(message(THEO, 7, THEO, "never mind", now)));
    assert!(!scene.says("never mind") && !scene.says("which lens"));
    changed(&mut scene, Change::Deleted { chat: Some(KEEPERS), messages: vec![40] });
    assert!(scene.screen.search.finding.targets().is_empty());
}

#[test]
fn nothing_trouble_and_no_connection_have_words() {
    use heliograph_model::Connection;
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("zebra");
    scene.came(SearchStep::Here(Ok(Here::default())));
    assert!(scene.says("Searching…") && !scene.says("Nothing found"));
    scene.came(SearchStep::There(Err(Error::TimedOut)));
    assert!(scene.says("Telegram could not be searched."));
    scene.click("retry-search");
    scene.came(SearchStep::Here(Ok(Here::default())));
    scene.came(SearchStep::There(Ok(There::default())));
    assert!(scene.says("Nothing found") && scene.says("fewer words"));
    scene.happened(heliograph_telegram::Event::Connection(Connection::Waiting(3)));
    scene.type_in("s");
    scene.lens();
    assert!(scene.says("only what is stored here") && !scene.says("Searching…"));
}

#[test]
fn more_is_added_in_its_own_section() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    let now = scene.screen.now();
    let said = vec![message(KEEPERS, 40, MARA, "the north lens is in place", now - 60)];
    scene.came(SearchStep::Here(Ok(Here { messages: said, next: Some(9), ..Here::default() })));
    let there = There { messages: vec![message(THEO, 7, THEO, "which lens", now - 90)], ..There::default() };
    scene.came(SearchStep::There(Ok(there)));
    scene.click("more-here");
    let number = scene.screen.search.finding.number();
    let more =
        vec![message(THEO, 7, THEO, "which lens", now - 90), message(KEEPERS, 12, MARA, "an old lens", now - 900)];
    let more = Here { messages: more, ..Here::default() };
    scene.update(Screen::Search(Place::List, Message::MoreHere(number, Ok(more))));
    let targets = scene.screen.search.finding.targets();
    let wanted = [Target::Message(KEEPERS, 40), Target::Message(KEEPERS, 12), Target::Message(THEO, 7)];
    assert_eq!(targets, wanted);
    assert!(!scene.has("more-here"));
}

mod narrowing;

mod places {
    use super::*;

    impl Scene {
        pub(super) fn came_to(&mut self, place: Place, step: SearchStep) {
            let number = self.screen.search_at(place).unwrap().finding.number();
            self.update(Screen::Search(place, Message::Came(number, Box::new(step))));
        }

        /// With a search in the conversation that has found these, the newest first.
        pub(super) fn inside(&mut self, found: &[i32]) {
            self.keepers(1..=40);
            self.settle();
            self.click("search-in-chat");
            self.click("search-inside");
            self.typewrite("words");
            let said = found.iter().map(|id| message(KEEPERS, *id, MARA, &format!("words {id}"), 1000)).collect();
            self.came_to(Place::Inside, SearchStep::Here(Ok(Here { messages: said, ..Here::default() })));
        }

        pub(super) fn gone_to(&self) -> Option<i32> {
            self.screen.open.as_ref()?.jump.map(|jump| jump.key.message.server().unwrap())
        }
    }

    #[test]
    fn in_a_conversation_one_goes_from_hit_to_hit_in_the_timeline() {
        let mut scene = Scene::with_chats(1280.0, 800.0);
        scene.inside(&[38, 20, 3]);
        let wanted = scene.screen.search_at(Place::Inside).unwrap().finding.wanted().clone();
        assert_eq!((wanted.chat, wanted.text.as_str()), (Some(KEEPERS), "words"));
        assert!(scene.says("3 messages"));
        scene.press(Named::Enter);
        assert_eq!(scene.gone_to(), Some(38));
        assert!(scene.says("1 of 3"));
        scene.press(Named::Enter);
        assert_eq!(scene.gone_to(), Some(20));
        // The server knows one between them: one is still at the same message.
        let more = vec![message(KEEPERS, 30, MARA, "words 30", 1000), message(KEEPERS, 3, MARA, "words 3", 1000)];
        let there = There { messages: more, total: Some(4), ..There::default() };
        scene.came_to(Place::Inside, SearchStep::There(Ok(there)));
        assert!(scene.says("3 of 4"));
        scene.click("search-newer");
        assert_eq!(scene.gone_to(), Some(30));
        scene.click("search-older");
        scene.click("search-older");
        assert_eq!(scene.gone_to(), Some(3));
        scene.click("search-older");
        assert_eq!(scene.gone_to(), Some(3), "there is no older one");
        scene.press(Named::Escape);
        assert!(!scene.has("search-inside") && scene.screen.open_chat() == Some(KEEPERS));
    }

    #[test]
    fn a_sender_and_a_kind_are_enough_to_search_for() {
        let mut scene = Scene::with_chats(1280.0, 800.0);
        scene.inside(&[38]);
        scene.update(Screen::Search(Place::Inside, Message::Typed(String::new())));
        assert!(!scene.says("1 message"));
        scene.update(Screen::Search(Place::Inside, Message::From(Some(THEO))));
        scene.update(Screen::Search(Place::Inside, Message::Only(Only::Photos)));
        let search = scene.screen.search_at(Place::Inside).unwrap();
        let wanted = search.finding.wanted();
        assert_eq!((wanted.sender, wanted.only, wanted.text.as_str()), (Some(THEO), Only::Photos, ""));
    }

    #[test]
    fn the_palette_offers_chats_and_what_can_be_done_before_anything_is_typed() {
        let mut scene = Scene::with_chats(1280.0, 800.0);
        scene.update(Screen::Search(Place::Palette, Message::Wanted));
        assert!(scene.has("palette") && scene.says("Actions") && scene.says("Storage"));
        let offered = &scene.screen.palette.as_ref().unwrap().finding.commands;
        // Those further down are scrolled to.
        let pages = crate::screen::settings::Page::ALL;
        assert_eq!(*offered, pages.into_iter().map(Command::Settings).collect::<Vec<_>>());
        assert_eq!(scene.screen.palette.as_ref().unwrap().chosen(), Some(Target::Peer(KEEPERS)));
        scene.click("palette");
        scene.press(Named::ArrowDown);
        scene.press(Named::Enter);
        assert_eq!(scene.screen.open_chat(), Some(THEO));
        assert!(!scene.has("palette"));
    }

    #[test]
    fn the_palette_finds_settings_by_their_names_and_escape_closes_it_first() {
        let mut scene = Scene::with_chats(1280.0, 800.0);
        scene.keepers(31..=40);
        scene.update(Screen::Search(Place::Palette, Message::Wanted));
        scene.click("palette");
        scene.typewrite("langu");
        scene.came_to(Place::Palette, SearchStep::Here(Ok(Here::default())));
        let target = scene.screen.palette.as_ref().unwrap().chosen();
        let page = crate::screen::settings::Page::Language;
        assert_eq!(target, Some(Target::Command(Command::Settings(page))));
        scene.press(Named::Escape);
        assert!(!scene.has("palette") && scene.screen.open_chat() == Some(KEEPERS));
        scene.update(Screen::Search(Place::Palette, Message::Wanted));
        let chosen = Message::Chosen(Target::Command(Command::Settings(page)));
        let action = scene.screen.update(Screen::Search(Place::Palette, chosen));
        assert!(matches!(action, Action::Settings(wanted) if wanted == page));
    }

    #[test]
    fn keys_lead_to_the_search_that_fits() {
        use iced::keyboard::{Key, Modifiers};
        let pressed =
            |key: &str, modifiers, open| match super::super::shortcut(&Key::Character(key.into()), modifiers, open) {
                Some(Screen::Search(place, Message::Wanted)) => Some(place),
                _ => None,
            };
        assert_eq!(pressed("k", Modifiers::COMMAND, true), Some(Place::Palette));
        assert_eq!(pressed("f", Modifiers::COMMAND, true), Some(Place::Inside));
        assert_eq!(pressed("f", Modifiers::COMMAND, false), Some(Place::List));
        assert_eq!(pressed("f", Modifiers::empty(), false), None);
    }
}
