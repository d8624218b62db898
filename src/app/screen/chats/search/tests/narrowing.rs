//! Filters of the search, and the list of hits in a conversation.

use super::*;
use crate::widget::stage::Stage;
use iced::keyboard::key::{Code, Physical};
use iced::keyboard::{self, Key, Location, Modifiers};
use iced::{Event, widget};

#[test]
fn a_filter_is_enough_to_search_and_what_is_chosen_is_said_and_passed_on() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    assert!(
        scene.has("search-kind") && scene.has("search-chat") && scene.has("search-from") && scene.has("search-when")
    );
    for message in [Message::Only(Only::Photos), Message::In(Some(KEEPERS)), Message::From(Some(MARA))] {
        scene.update(Screen::Search(Place::List, message));
    }
    scene.update(Screen::Search(Place::List, Message::When(When::Of(2024))));
    let wanted = scene.screen.search.finding.wanted().clone();
    assert_eq!((wanted.chat, wanted.sender, wanted.only), (Some(KEEPERS), Some(MARA), Only::Photos));
    let (since, until) = (wanted.since.unwrap(), wanted.until.unwrap());
    assert!((364 * 86_400..=367 * 86_400).contains(&(until - since)), "a year: {since} to {until}");
    for said in ["Photos", "Lighthouse Keepe…", "Mara Lindqvist", "2024"] {
        assert!(scene.says(said), "{said}");
    }
    // Without words it is still a search, until Escape takes all of it back.
    scene.update(Screen::Search(Place::List, Message::Typed(String::new())));
    assert!(scene.screen.search.is_on() && !scene.screen.search.finding.wanted().is_blank());
    scene.press(Named::Escape);
    assert!(!scene.screen.search.is_on() && scene.says("See you there"));
    scene.type_in("lens");
    assert!(!scene.says("Photos"), "nothing is kept of it");
}

#[test]
fn a_date_alone_asks_for_words() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Screen::Search(Place::List, Message::When(When::Week)));
    scene.came(SearchStep::Here(Ok(Here::default())));
    assert!(scene.says("Type what you look for") && scene.says("Last 7 days") && !scene.says("Nothing found"));
}

#[test]
fn nothing_more_is_only_said_where_no_more_can_be_shown() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.type_in("lens");
    scene.lens();
    let cursor = heliograph_telegram::SearchCursor { rate: 1, peer: KEEPERS, message: 2 };
    scene.came(SearchStep::There(Ok(There { next: Some(cursor), ..There::default() })));
    assert!(scene.has("more-there") && !scene.says("Nothing more"));
    scene.came(SearchStep::There(Ok(There::default())));
    assert!(!scene.has("more-there") && scene.says("Nothing more"));
}

#[test]
fn what_was_found_in_a_conversation_is_listed_and_chosen_from() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.inside(&[38, 20, 3]);
    assert!(!scene.has("inside:20"));
    scene.click("search-list");
    assert!(scene.has("inside:38") && scene.has("inside:20") && scene.has("inside:3"));
    scene.click("inside:20");
    assert_eq!(scene.gone_to(), Some(20));
    assert!(scene.says("2 of 3") && scene.has("inside:3"), "the list stays");
    scene.click("search-older");
    assert_eq!(scene.gone_to(), Some(3));
    scene.click("search-list");
    assert!(!scene.has("inside:20"));
    // The date narrows it down there, too.
    scene.update(Screen::Search(Place::Inside, Message::When(When::Today)));
    let wanted = scene.screen.search_at(Place::Inside).unwrap().finding.wanted().clone();
    assert!(wanted.chat == Some(KEEPERS) && wanted.since.is_some() && wanted.until.is_none());
}

/// The letter that the layout writes, at the place of a key.
fn pressed(letter: &str, code: Code) -> Vec<Screen> {
    let key = Key::Character(letter.into());
    let event = keyboard::Event::KeyPressed {
        key: key.clone(),
        modified_key: key,
        physical_key: Physical::Code(code),
        location: Location::Standard,
        modifiers: Modifiers::COMMAND,
        text: None,
        repeat: false,
    };
    let keys = crate::widget::control::focus::keys(widget::space())
        .on_shortcut(|key, modifiers| super::super::shortcut(key, modifiers, true));
    Stage::new(100.0, 100.0).events(keys, &[Event::Keyboard(event)])
}

#[test]
fn keys_are_found_by_their_place_in_every_layout() {
    let place = |letter, code| match pressed(letter, code)[..] {
        [Screen::Search(place, Message::Wanted)] => Some(place),
        _ => None,
    };
    assert_eq!(place("k", Code::KeyK), Some(Place::Palette));
    // Ukrainian, Arabic, Greek.
    assert_eq!(place("л", Code::KeyK), Some(Place::Palette));
    assert_eq!(place("ن", Code::KeyK), Some(Place::Palette));
    assert_eq!(place("а", Code::KeyF), Some(Place::Inside));
    assert_eq!(place("ب", Code::KeyF), Some(Place::Inside));
    assert_eq!(place("φ", Code::KeyF), Some(Place::Inside));
    // A Latin layout means the letter that it writes: Dvorak has "u" there.
    assert_eq!(place("u", Code::KeyF), None);
    assert_eq!(place("f", Code::KeyY), Some(Place::Inside));
}
