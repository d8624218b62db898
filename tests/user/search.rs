//! Finding what was said, offline and with the server, and going there.

use crate::{GROUP, open_chat};
use heliograph_model::{FormattedText, MessageId, PeerId};
use heliograph_telegram::Account;
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

/// Somebody else who is in the group, and the group.
fn other(desktop: &Desktop) -> (Account, PeerId) {
    let (account, _events) = desktop.elsewhere(&desktop.other_account());
    let page = desktop.run(account.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    (account, group)
}

fn say(desktop: &Desktop, (account, group): &(Account, PeerId), number: u64, words: &str) -> i32 {
    let text = FormattedText::plain(words);
    desktop.run(account.send(*group, MessageId::Pending(number), text)).unwrap().id.server().unwrap()
}

/// Whether these words stand in the conversation.
fn in_conversation(screen: &mut Screen, words: &str) -> bool {
    let right = |seen: &heliograph_tests::Seen| seen.visible.is_some_and(|place| place.x > 384.0);
    screen.seen().iter().any(|seen| right(seen) && seen.words.as_ref().is_some_and(|said| said.contains(words)))
}

#[test]
fn a_word_that_was_seen_once_is_found_without_the_server() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let other = other(&desktop);
    let id = say(&desktop, &other, 1, "the pangolin sleeps under the stairs");
    screen.wait_for("pangolin");
    for number in 2..40 {
        say(&desktop, &other, number, &format!("nothing to report {number}"));
    }
    screen.wait_for("nothing to report 39");
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();
    screen.write("search", "pangol stairs");
    let hit = format!("hit:{}:{id}", other.1.marked());
    screen.wait_find(&hit);
    screen.wait_for("only what is stored here");
    desktop.scenario().refuse_connections(false);
    screen.click(&hit);
    screen.wait_until("the conversation is there", |screen| in_conversation(screen, "pangolin sleeps"));
    screen.wait_until("one is far from the end", |screen| screen.has("to-bottom"));
}

#[test]
fn what_was_never_seen_here_is_found_on_the_server_and_shown_once() {
    let desktop = Desktop::new();
    let other = other(&desktop);
    let id = say(&desktop, &other, 1, "an okapi by the gate");
    for number in 2..90 {
        say(&desktop, &other, number, &format!("all quiet {number}"));
    }
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    screen.write("search", "okapi");
    let hit = format!("hit:{}:{id}", other.1.marked());
    screen.wait_find(&hit);
    assert!(screen.shows("From Telegram"));
    screen.click(&hit);
    screen.wait_until("one is at the message", |screen| in_conversation(screen, "an okapi by the gate"));
    // It is stored now: found here, and not a second time on the server.
    screen.rewrite("search", "okapi gate");
    screen.wait_for("Nothing more");
    let hits = screen.ids("hit:");
    assert_eq!(hits, [hit]);
    screen.press(Named::Escape);
    screen.wait_until("the list is back", |screen| !screen.ids("chat:").is_empty());
}

#[test]
fn what_is_edited_or_deleted_is_not_found_any_more() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let other = other(&desktop);
    let id = say(&desktop, &other, 1, "a wombat on the roof");
    screen.wait_for("wombat");
    screen.write("search", "wombat");
    let hit = format!("hit:{}:{id}", other.1.marked());
    screen.wait_find(&hit);
    desktop.run(other.0.delete(other.1, &[id], true)).unwrap();
    screen.wait_until("it is gone", |screen| !screen.has(&hit));
    screen.rewrite("search", "wombat roof");
    screen.wait_for("Nothing found");
}

#[test]
fn a_conversation_is_searched_and_the_palette_goes_anywhere() {
    let desktop = Desktop::new();
    let other = other(&desktop);
    for number in 1..=60 {
        let words = if number % 20 == 0 { format!("a heron, {number}") } else { format!("calm sea {number}") };
        say(&desktop, &other, number, &words);
    }
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    // The composer of a conversation that was opened just now may still take the keyboard for itself.
    screen.wait_until("the box has the keyboard", |screen| {
        if screen.focused().as_deref() != Some("search-inside") {
            screen.chord('f', Modifiers::CTRL);
        }
        screen.focused().as_deref() == Some("search-inside")
    });
    screen.keys("heron");
    screen.wait_for("3 messages");
    screen.press(Named::Enter);
    screen.wait_for("1 of 3");
    screen.press(Named::Enter);
    screen.press(Named::Enter);
    screen.wait_for("3 of 3");
    screen.wait_until("one is at the oldest", |screen| in_conversation(screen, "a heron, 20"));
    screen.press(Named::Escape);
    screen.wait_until("the search is closed", |screen| !screen.has("search-inside"));
    assert!(screen.has("composer"));

    screen.chord('k', Modifiers::CTRL);
    screen.wait_until("the box has the keyboard", |screen| screen.focused().as_deref() == Some("palette"));
    screen.keys("appear");
    screen.wait_find("do:settings-appearance");
    screen.press(Named::Enter);
    screen.wait_for("Theme");
}
