//! Everything that was seen is there at once, without a server.

use crate::{GROUP, open_chat};
use heliograph_model::{FormattedText, MessageId};
use heliograph_tests::{Desktop, Screen};
use iced::Point;
use std::time::Duration;

/// Over the messages.
const MESSAGES: Point = Point::new(800.0, 400.0);

/// The words of the messages in view.
fn shown(screen: &mut Screen) -> Vec<String> {
    let seen = screen.seen();
    let of_messages =
        seen.into_iter().filter(|seen| seen.visible.is_some_and(|place| place.x > 384.0 && place.y > 60.0));
    of_messages.filter_map(|seen| seen.words).filter(|words| words.len() > 12).collect()
}

/// Whether these words are among them.
fn shows(screen: &mut Screen, words: &str) -> bool {
    shown(screen).iter().any(|shown| shown.contains(words))
}

/// Whether these words in view are those that were in view, but for the bars around them.
fn is_there(shown: &[String], before: &[String]) -> bool {
    let common = shown.iter().filter(|words| before.contains(words)).count();
    common >= 3 && before.iter().any(|words| Some(words) == shown.first())
}

/// The middles of these chats' faces in the list.
fn faces(screen: &mut Screen, chats: &[String]) -> Vec<Vec<u8>> {
    let rows: Vec<_> = chats.iter().filter_map(|id| screen.find(id)).map(|row| row.bounds).collect();
    let (width, _, rgba) = screen.picture();
    let middle = |row: &iced::Rectangle| {
        // Beside its middle, where neither the mark of who is online nor anything of the row's state is drawn.
        let (left, top) = (row.x as usize + 26, row.center_y() as usize - 10);
        let lines = (top..top + 20).filter_map(|y| {
            let start = (y * width as usize + left) * 4;
            rgba.get(start..start + 80)
        });
        lines.flatten().copied().collect()
    };
    rows.iter().map(middle).collect()
}

/// The words of the newest message.
fn newest(desktop: &Desktop) -> String {
    let all = desktop.on_server(GROUP);
    all.iter().rfind(|words| words.len() > 12).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn the_program_opens_on_what_it_saw_last_without_a_server() {
    let mut desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let newest = newest(&desktop);
    screen.wait_until("the newest message is there", |screen| shows(screen, &newest));
    // Far enough up that further pages were fetched.
    for _ in 0..40 {
        screen.scroll_at(MESSAGES, 12.0);
        screen.run_for(Duration::from_millis(20));
    }
    screen.run_for(Duration::from_millis(1500));
    let place = shown(&mut screen);
    assert!(!place.is_empty() && !shows(&mut screen, &newest), "{place:?}");
    let chats = screen.ids("chat:");
    let seen = faces(&mut screen, &chats[..4]);
    drop(screen);
    desktop.stop_server();

    // The chats and the last conversation at its place; nothing was ever answered.
    let mut screen = desktop.open_again_offline();
    // What is said below the list takes the place of a row.
    screen.wait_until("the chats are listed", |screen| {
        let listed = screen.ids("chat:");
        listed.len() > 5 && chats.starts_with(&listed)
    });
    screen.wait_for("As of");
    screen.wait_until("the faces are those that were seen", |screen| faces(screen, &chats[..4]) == seen);
    screen.wait_until("the conversation is where it was", |screen| is_there(&shown(screen), &place));
    // Down to the end and up again, page by page.
    screen.click("to-bottom");
    screen.wait_until("the newest message is there", |screen| shows(screen, &newest));
    for _ in 0..40 {
        screen.scroll_at(MESSAGES, 12.0);
        screen.run_for(Duration::from_millis(10));
    }
    screen.wait_until("what stands further up is there", |screen| !shows(screen, &newest) && !shown(screen).is_empty());
    // A chat that was never opened has its newest message at least in the list, and says why it is not there.
    let left = shown(&mut screen);
    screen.run_for(Duration::from_millis(1500));
    let other = screen.ids("chat:").into_iter().find(|id| *id != chats[0]).unwrap();
    screen.click(&other);
    screen.wait_until("another chat is open", |screen| !is_there(&shown(screen), &left));
    // The one before is there again, where it was left.
    open_chat(&mut screen, GROUP);
    screen.wait_until("it is there again", |screen| is_there(&shown(screen), &left));
}

#[test]
fn what_was_missed_joins_what_was_stored() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let newest = newest(&desktop);
    screen.wait_until("the newest message is there", |screen| shows(screen, &newest));
    screen.run_for(Duration::from_millis(1200));
    drop(screen);
    // While it is closed, something happens.
    let (other, _events) = desktop.elsewhere(&desktop.other_account());
    let page = desktop.run(other.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    let say = |text: &str, number| {
        let text = FormattedText { text: text.to_owned(), ..FormattedText::default() };
        desktop.run(other.send(group, MessageId::Pending(number), text)).unwrap()
    };
    say("The fog has come in", 1);
    let gone = say("Nobody will ever read this", 2);
    desktop.run(other.delete(group, &[gone.id.server().unwrap()], true)).unwrap();
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();

    let mut screen = desktop.open_again();
    screen.wait_until("the newest message that was seen is there", |screen| shows(screen, &newest));
    assert!(!screen.shows("The fog has come in"));
    screen.wait_for("As of");
    desktop.scenario().refuse_connections(false);
    screen.wait_until("what was missed is there", |screen| shows(screen, "The fog has come in"));
    screen.wait_gone("As of");
    assert!(shows(&mut screen, &newest));
    say("And gone again", 3);
    screen.wait_until("what comes now is there", |screen| shows(screen, "And gone again"));
    assert!(!screen.shows("Nobody will ever read this"));
}
