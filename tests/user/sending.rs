//! Writing: what others get, and what happens when it does not go out.

use crate::{GROUP, open_chat};
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::{Modifiers, key::Named};
use std::time::Duration;

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
    screen.write("composer", "the north lens is in place");
    screen.press(Named::Enter);
    screen.wait_until("it is shown", |screen| in_conversation(screen, "the north lens is in place"));
    screen.wait_until("the server has it", |_| {
        desktop.on_server(GROUP).last().is_some_and(|text| text == "the north lens is in place")
    });
    assert_eq!(screen.value("composer").unwrap_or_default(), "");
}

#[test]
fn it_is_shown_before_the_server_answers_and_arrives_once() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let sent = desktop.scenario().calls("messages.sendMessage");
    desktop.scenario().delay("messages.sendMessage", Duration::from_secs(3));
    screen.write("composer", "shown at once");
    screen.click("send");
    screen.wait_until("it is shown", |screen| in_conversation(screen, "shown at once"));
    assert!(
        !desktop.on_server(GROUP).contains(&"shown at once".to_owned())
            || desktop.scenario().calls("messages.sendMessage") == sent + 1
    );
    desktop.scenario().delay("messages.sendMessage", Duration::ZERO);
    screen.wait_until("the server has it", |_| desktop.on_server(GROUP).contains(&"shown at once".to_owned()));
    screen.run_for(Duration::from_secs(1));
    let copies = desktop.on_server(GROUP).iter().filter(|text| *text == "shown at once").count();
    assert_eq!(copies, 1);
    assert!(screen.ids("retry:").is_empty());
}

#[test]
fn shift_enter_breaks_the_line() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    screen.write("composer", "one");
    screen.press_with(Named::Enter, Modifiers::SHIFT);
    screen.keys("two");
    screen.press(Named::Enter);
    screen.wait_until("the server has both lines", |_| {
        desktop.on_server(GROUP).last().is_some_and(|text| text == "one\ntwo")
    });
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
