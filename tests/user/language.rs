//! The language of the interface: spoken at once, everywhere, and from the other side where it is read so.

use crate::{GROUP, open_chat};
use heliograph::words::{self, Language};
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::Modifiers;

/// Where the middle of what has this id lies across the window, from 0 to 1.
fn across(screen: &mut Screen, id: &str) -> f32 {
    let seen = screen.wait_find(id);
    let (width, _, _) = screen.picture();
    seen.bounds.center_x() / width as f32
}

fn choose(screen: &mut Screen, language: &str) {
    screen.chord(',', Modifiers::CTRL);
    screen.click("settings-language");
    screen.click(language);
    screen.click("settings-close");
}

#[test]
fn arabic_is_read_from_the_other_side_at_once_and_back_again() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    open_chat(&mut screen, GROUP);
    let places = ["account-menu", "chats", "composer", "send"];
    let english = places.map(|id| across(&mut screen, id));
    assert!(english.is_sorted(), "{english:?}");
    assert!(screen.shows("Settings"));

    choose(&mut screen, "language:ar");
    screen.wait_for("الإعدادات");
    assert!(!screen.shows("Settings"));
    let arabic = places.map(|id| across(&mut screen, id));
    for (id, (english, arabic)) in places.into_iter().zip(english.into_iter().zip(arabic)) {
        assert!((english + arabic - 1.0).abs() < 0.02, "{id} is mirrored: {english} {arabic}");
    }

    choose(&mut screen, "language:en");
    screen.wait_for("Settings");
    assert_eq!(places.map(|id| across(&mut screen, id)), english);
}

#[test]
fn what_was_written_and_the_open_chat_stay() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    open_chat(&mut screen, GROUP);
    screen.write("composer", "half a thought");
    choose(&mut screen, "language:de");
    screen.wait_for("Mitglieder");
    screen.click("send");
    screen.wait_for("half a thought");
}
