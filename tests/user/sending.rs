//! Writing: what others get, and what happens when it does not go out.

use crate::{GROUP, open_chat};
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::{Modifiers, key::Named};
use std::time::{Duration, Instant};

/// What an empty composer says.
const EMPTY: &str = "Write a message";

fn in_conversation(screen: &mut Screen, words: &str) -> bool {
    screen.seen().iter().any(|seen| {
        seen.words.as_deref().is_some_and(|text| text.contains(words))
            && seen.id.as_deref() != Some("composer")
            && seen.visible.is_some_and(|place| place.x > 384.0)
    })
}

#[test]
fn a_message_reaches_the_server() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    screen.write("composer", "the lamp was lit at dusk");
    screen.wait_gone(EMPTY);
    screen.press(Named::Enter);
    screen.wait_until("it is shown", |screen| in_conversation(screen, "the lamp was lit at dusk"));
    screen.wait_until("the server has it", |_| {
        desktop.on_server(GROUP).last().is_some_and(|text| text == "the lamp was lit at dusk")
    });
    // These words stand in an empty composer only.
    screen.wait_for(EMPTY);
}

/// The part of the picture where messages are.
fn conversation(screen: &mut Screen) -> Vec<u8> {
    let (width, height, rgba) = screen.picture();
    let picture = image::RgbaImage::from_raw(width, height, rgba).unwrap();
    image::imageops::crop_imm(&picture, 384, 56, width - 384, height - 56 - 70).to_image().into_raw()
}

#[test]
fn it_is_shown_at_once_with_a_clock_and_then_with_a_tick() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    // Photos that come meanwhile would change the picture too.
    screen.run_for(Duration::from_secs(2));
    desktop.scenario().delay("messages.sendMessage", Duration::from_secs(3));
    screen.write("composer", "shown at once");
    let start = Instant::now();
    screen.click("send");
    screen.wait_until("it is shown", |screen| in_conversation(screen, "shown at once"));
    let with_clock = conversation(&mut screen);
    screen.run_for(Duration::from_millis(500));
    let (still_with_clock, waited) = (conversation(&mut screen), start.elapsed());
    screen.wait_until("the server has it", |_| desktop.on_server(GROUP).contains(&"shown at once".to_owned()));
    screen.wait_until("the clock has become a tick", |screen| conversation(screen) != with_clock);
    // Where the machine was so slow that the answer was there already, this says nothing.
    assert!(with_clock == still_with_clock || waited > Duration::from_secs(3));
    screen.run_for(Duration::from_secs(1));
    assert_eq!(desktop.on_server(GROUP).iter().filter(|text| *text == "shown at once").count(), 1);
    assert!(screen.ids("retry:").is_empty());
}

#[test]
fn shift_enter_breaks_the_line() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    screen.write("composer", "one");
    // The words that stand in an empty composer are gone once there is something in it, and back when it is sent.
    screen.wait_gone(EMPTY);
    screen.press_with(Named::Enter, Modifiers::SHIFT);
    screen.run_for(Duration::from_millis(100));
    assert!(!screen.shows(EMPTY), "the key with Shift sends nothing");
    screen.keys("two");
    screen.press(Named::Enter);
    screen.wait_for(EMPTY);
    // Whoever else says something meanwhile does not matter.
    screen.wait_until("the server has both lines", |_| desktop.on_server(GROUP).iter().any(|text| text == "one\ntwo"));
}

#[test]
fn several_keep_their_order() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    desktop.scenario().delay("messages.sendMessage", Duration::from_millis(400));
    screen.click("composer");
    for text in ["first", "second", "third"] {
        screen.keys(text);
        screen.press(Named::Enter);
    }
    screen.wait_until("the server has all three", |_| desktop.on_server(GROUP).ends_with(&["third".to_owned()]));
    let texts = desktop.on_server(GROUP);
    assert_eq!(texts[texts.len() - 3..], ["first", "second", "third"]);
}

#[test]
fn a_refused_one_keeps_its_words_and_can_be_sent_again() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    desktop.scenario().fail("messages.sendMessage", 1, 400, "MESSAGE_POLL_CLOSED");
    screen.write("composer", "not lost");
    screen.press(Named::Enter);
    screen.wait_until("a retry is offered", |screen| !screen.ids("retry:").is_empty());
    assert!(in_conversation(&mut screen, "not lost"));
    assert!(!desktop.on_server(GROUP).contains(&"not lost".to_owned()));
    let retry = screen.ids("retry:").remove(0);
    screen.click(&retry);
    screen.wait_until("the server has it", |_| desktop.on_server(GROUP).contains(&"not lost".to_owned()));
    screen.wait_until("nothing is left to retry", |screen| screen.ids("retry:").is_empty());
    assert_eq!(desktop.on_server(GROUP).iter().filter(|text| *text == "not lost").count(), 1);
}

#[test]
fn nothing_but_blanks_is_not_sent() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let sent = desktop.scenario().calls("messages.sendMessage");
    screen.write("composer", "   ");
    screen.press(Named::Enter);
    screen.run_for(Duration::from_millis(500));
    assert_eq!(desktop.scenario().calls("messages.sendMessage"), sent);
}

#[test]
fn a_draft_is_there_after_the_program_was_ended() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    screen.write("composer", "not finished yet");
    screen.run_for(Duration::from_secs(1));
    drop(screen);
    let mut screen = desktop.open_again();
    open_chat(&mut screen, GROUP);
    screen.wait_gone("Write a message");
    assert!(!desktop.on_server(GROUP).contains(&"not finished yet".to_owned()));
    screen.click("send");
    screen.wait_until("these were its words", |_| {
        desktop.on_server(GROUP).last().is_some_and(|text| text == "not finished yet")
    });
}

#[test]
fn the_list_shows_what_was_begun_elsewhere_in_it() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    screen.write("composer", "begun and left");
    screen.press(Named::Escape);
    screen.wait_for("Draft:");
    screen.wait_for("begun and left");
}

#[test]
fn what_was_sent_without_a_connection_goes_out_after_the_program_was_ended() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let newest = desktop.on_server(GROUP).into_iter().rfind(|text| !text.is_empty()).unwrap();
    let beginning: String = newest.chars().take(20).collect();
    screen.wait_until("the conversation is there", |screen| in_conversation(screen, &beginning));
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();
    screen.run_for(Duration::from_millis(500));
    screen.click("composer");
    for text in ["offline one", "offline two"] {
        screen.keys(text);
        screen.press(Named::Enter);
    }
    screen.wait_until("both are shown", |screen| in_conversation(screen, "offline two"));
    screen.run_for(Duration::from_millis(500));
    drop(screen);
    let mut screen = desktop.open_again();
    desktop.scenario().refuse_connections(false);
    screen.wait_until("the server has both", |_| desktop.on_server(GROUP).ends_with(&["offline two".to_owned()]));
    screen.run_for(Duration::from_secs(1));
    let texts = desktop.on_server(GROUP);
    assert_eq!(texts[texts.len() - 2..], ["offline one", "offline two"]);
    assert_eq!(texts.iter().filter(|text| text.starts_with("offline ")).count(), 2);
}
