//! Long conversations: far jumps and back, and what is kept of a long way.

use crate::{click_chat, open_chat, row_of};
use heliograph_model::{FormattedText, Message, MessageId, Place, Reply};
use heliograph_tests::{Desktop, Screen, Seen};
use iced::keyboard::{Modifiers, key::Named};
use iced::{Point, Rectangle};
use std::collections::BTreeSet;
use std::time::Duration;

/// Where messages are.
const CONVERSATION: Point = Point::new(830.0, 400.0);
/// A group of five thousand messages, each with its number.
const WATCH: &str = "Long Watch";
/// A group with one of everything, and a pinned message far up.
const KINDS: &str = "Every kind";

/// What is said in the conversation and can be seen whole.
fn shown(screen: &mut Screen) -> Vec<Seen> {
    let room = Rectangle { x: 400.0, y: 108.0, width: 880.0, height: 633.0 };
    let whole = |seen: &Seen| seen.visible.is_some_and(|visible| visible.height > seen.bounds.height - 0.5);
    screen.seen().into_iter().filter(|s| s.words.is_some() && s.bounds.is_within(&room) && whole(s)).collect()
}

/// The words that are shown, with how far down.
fn lines(screen: &mut Screen) -> Vec<(String, f32)> {
    shown(screen).into_iter().filter_map(|seen| Some((seen.words?, seen.bounds.y))).collect()
}

fn says(screen: &mut Screen, words: &str) -> bool {
    lines(screen).iter().any(|(said, _)| said.contains(words))
}

/// The number that words begin with.
fn number(words: &str) -> Option<u32> {
    words.strip_prefix("Watch ")?.split(':').next()?.parse().ok()
}

/// The numbers of the messages that are shown.
fn numbers(screen: &mut Screen) -> Vec<u32> {
    lines(screen).iter().filter_map(|(words, _)| number(words)).collect()
}

/// Opens a chat and waits for the end of it.
fn at_the_end(screen: &mut Screen, title: &str) {
    open_chat(screen, title);
    screen.wait_until("there are messages", |screen| !shown(screen).is_empty());
    screen.wait_until("the conversation is at its end", |screen| {
        screen.run_for(Duration::from_millis(200));
        if screen.has("to-bottom") {
            screen.click("to-bottom");
        }
        !screen.has("to-bottom")
    });
}

#[test]
fn what_is_pinned_far_up_is_gone_to_and_one_comes_back_by_the_key_and_by_the_button() {
    const END: &str = "That was one of everything. Thank you for scrolling.";
    const PINNED: &str = "One of somebody else, changed later and pinned.";
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    at_the_end(&mut screen, KINDS);
    screen.wait_until("the end is shown", |screen| says(screen, END));
    for by_key in [true, false] {
        screen.click("pinned");
        screen.wait_until("the pinned message is shown", |screen| says(screen, PINNED) && !says(screen, END));
        if by_key {
            screen.press_with(Named::ArrowLeft, Modifiers::ALT);
        } else {
            screen.click("to-bottom");
        }
        screen.wait_until("one is back", |screen| says(screen, END));
    }
}

#[test]
fn what_is_answered_four_thousand_messages_up_is_gone_to_and_one_comes_back() {
    const ANSWER: &str = "This still holds.";
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    at_the_end(&mut screen, WATCH);
    let (elsewhere, _events) = desktop.elsewhere(&desktop.account());
    let answered = desktop.run(async {
        let page = elsewhere.chats(None, 100).await.unwrap();
        let chat = page.peers.iter().find(|peer| peer.name == WATCH).unwrap().id;
        let newest = elsewhere.history(chat, Place::Newest, 1).await.unwrap().messages.pop().unwrap();
        let far = newest.id.server().unwrap() - 4000;
        let around = elsewhere.history(chat, Place::Around(far), 20).await.unwrap().messages;
        let answered = around.into_iter().find(|said| number(&said.text.text).is_some()).unwrap();
        elsewhere.submit(Message {
            id: MessageId::Pending(1),
            chat,
            sender: newest.sender,
            outgoing: true,
            text: FormattedText::plain(ANSWER),
            reply: Some(Box::new(Reply { message: answered.id.server(), ..Reply::default() })),
            ..Message::default()
        });
        answered.text.text
    });
    let number = number(&answered).unwrap();
    let said = format!("Watch {number}:");
    screen.wait_until("the answer is shown with what it answers", |screen| {
        says(screen, ANSWER) && lines(screen).iter().any(|(words, _)| words.starts_with(&said))
    });
    let seen = shown(&mut screen);
    let quoted = seen.iter().find(|seen| seen.words.as_ref().is_some_and(|words| words.starts_with(&said))).unwrap();
    screen.click_at(quoted.bounds.center());
    screen.wait_until("the answered message is shown among those around it", |screen| {
        let here = numbers(screen);
        // Not every message of the watch has a number.
        here.contains(&number)
            && here.iter().any(|other| matches!(other.abs_diff(number), 1..10))
            && !says(screen, ANSWER)
    });
    screen.press_with(Named::ArrowLeft, Modifiers::ALT);
    screen.wait_until("one is back", |screen| says(screen, ANSWER));
}

#[test]
fn nothing_is_lost_on_a_long_way_up_and_down_and_the_place_stays() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    at_the_end(&mut screen, WATCH);
    screen.wait_until("numbers are shown", |screen| !numbers(screen).is_empty());
    let all: Vec<u32> = desktop.on_server(WATCH).iter().filter_map(|words| number(words)).collect();
    let newest = *all.last().unwrap();
    // What the server has of these and was not shown.
    let missing = |met: &BTreeSet<u32>| {
        let first = *met.first().unwrap();
        all.iter().copied().filter(|number| *number >= first && !met.contains(number)).collect::<Vec<u32>>()
    };
    // Far more than is kept in memory.
    let far = newest - 600;
    let mut met = BTreeSet::new();
    screen.wait_until("one is far up", |screen| {
        let here = numbers(screen);
        met.extend(&here);
        screen.scroll_at(CONVERSATION, 4.0);
        here.first().is_some_and(|first| *first <= far)
    });
    assert_eq!(missing(&met), Vec::<u32>::new(), "each was there on the way up");
    // What is dropped below moves nothing, and other chats do not either.
    screen.run_for(Duration::from_millis(500));
    let before = lines(&mut screen);
    let other = screen.ids("chat:").into_iter().next().unwrap();
    assert_ne!(row_of(&mut screen, WATCH), Some(other.clone()));
    screen.click(&other);
    screen.wait_until("another chat is open", |screen| numbers(screen).is_empty());
    click_chat(&mut screen, WATCH);
    screen.wait_until("the place is the same", |screen| {
        let after = lines(screen);
        before.iter().all(|(words, y)| after.iter().any(|(said, at)| said == words && (at - y).abs() < 1.5))
    });
    let mut again = BTreeSet::new();
    screen.wait_until("one is at the end again", |screen| {
        again.extend(numbers(screen));
        screen.scroll_at(CONVERSATION, -4.0);
        again.contains(&newest)
    });
    assert_eq!(missing(&again), Vec::<u32>::new(), "each was there on the way down");
}
