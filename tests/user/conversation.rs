//! Finding one's way in a long conversation, and what the server learns of it.

use crate::{GROUP, click_chat, open_chat, row_of};
use heliograph_model::{FormattedText, MessageId, PeerId};
use heliograph_telegram::Account;
use heliograph_tests::{Desktop, Screen, Seen};
use iced::{Point, Rectangle};
use std::time::Duration;

/// Where messages are.
const CONVERSATION: Point = Point::new(830.0, 400.0);

/// A group in which something is said on every day.
const WATCH: &str = "Long Watch";

/// Somebody else who is in the group.
struct Other {
    account: Account,
    group: PeerId,
    said: u64,
}

impl Other {
    fn new(desktop: &Desktop) -> Self {
        let (account, _events) = desktop.elsewhere(&desktop.other_account());
        let page = desktop.run(account.chats(None, 100)).unwrap();
        let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
        Self { account, group, said: 0 }
    }

    fn says(&mut self, desktop: &Desktop, words: &str) {
        self.said += 1;
        let text = FormattedText::plain(words);
        let _sent = desktop.run(self.account.send(self.group, MessageId::Pending(self.said), text)).unwrap();
    }
}

/// How many messages of the group are unread, as the server has it.
fn unread(desktop: &Desktop, elsewhere: &Account) -> u32 {
    let page = desktop.run(elsewhere.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    page.chats.iter().find(|chat| chat.id == group).unwrap().unread
}

/// What is said in the conversation and can be seen whole.
fn shown(screen: &mut Screen) -> Vec<Seen> {
    let room = Rectangle { x: 400.0, y: 120.0, width: 880.0, height: 621.0 };
    let whole = |seen: &Seen| seen.visible.is_some_and(|visible| visible.height > seen.bounds.height - 0.5);
    let within = |seen: &Seen| seen.bounds.is_within(&room) && whole(seen);
    screen.seen().into_iter().filter(|seen| seen.words.is_some() && within(seen)).collect()
}

/// Brings the conversation to its end, by however many presses that takes.
fn to_the_end(screen: &mut Screen) {
    screen.wait_until("there are messages", |screen| !shown(screen).is_empty());
    screen.wait_until("the conversation is at its end", |screen| {
        // The button comes with the first picture of what is in view.
        screen.run_for(Duration::from_millis(200));
        if screen.has("to-bottom") {
            screen.click("to-bottom");
        }
        !screen.has("to-bottom")
    });
}

#[test]
fn what_was_not_in_view_stays_unread() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let (elsewhere, _events) = desktop.elsewhere(&desktop.account());
    let mut other = Other::new(&desktop);
    for number in 1..=60 {
        other.says(&desktop, &format!("the log of the night, line {number}"));
    }
    screen.wait_for("line 60");
    let all = unread(&desktop, &elsewhere);
    assert!(all >= 60, "{all}");
    open_chat(&mut screen, GROUP);
    screen.wait_for("new messages");
    screen.wait_until("what is in view is read", |_| unread(&desktop, &elsewhere) < all);
    screen.run_for(Duration::from_millis(1200));
    let left = unread(&desktop, &elsewhere);
    assert!(left > 0 && left < all, "{left} of {all}");
    to_the_end(&mut screen);
    screen.wait_until("all is read", |_| unread(&desktop, &elsewhere) == 0);
}

#[test]
fn a_window_without_the_focus_reads_nothing() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let (elsewhere, _events) = desktop.elsewhere(&desktop.account());
    let mut other = Other::new(&desktop);
    open_chat(&mut screen, GROUP);
    to_the_end(&mut screen);
    screen.wait_until("all is read", |_| unread(&desktop, &elsewhere) == 0);
    screen.focus(false);
    other.says(&desktop, "nobody is looking");
    screen.wait_until("it is in the conversation", |screen| {
        shown(screen).iter().any(|seen| seen.words.as_deref().is_some_and(|words| words.contains("nobody is looking")))
    });
    screen.run_for(Duration::from_millis(1500));
    assert_eq!(unread(&desktop, &elsewhere), 1);
    screen.focus(true);
    screen.wait_until("it is read", |_| unread(&desktop, &elsewhere) == 0);
}

#[test]
fn a_chat_opens_again_where_it_was_left() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    to_the_end(&mut screen);
    for _ in 0..6 {
        screen.scroll_at(CONVERSATION, 5.0);
        screen.run_for(Duration::from_millis(100));
    }
    screen.run_for(Duration::from_millis(500));
    let before = shown(&mut screen);
    let mark = before.iter().find(|seen| seen.words.as_ref().is_some_and(|words| words.len() > 12)).unwrap();
    let rows = screen.ids("chat:");
    let group = row_of(&mut screen, GROUP).unwrap();
    let another = rows.into_iter().find(|row| *row != group).unwrap();
    screen.click(&another);
    screen.wait_until("the other chat is open", |screen| !shown(screen).iter().any(|seen| seen.words == mark.words));
    click_chat(&mut screen, GROUP);
    screen.wait_until("the place is the same", |screen| {
        shown(screen).iter().any(|seen| seen.words == mark.words && (seen.bounds.y - mark.bounds.y).abs() < 1.5)
    });
}

#[test]
fn a_day_is_gone_to_and_the_end_is_there_again() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, WATCH);
    to_the_end(&mut screen);
    screen.wait_until("a day is wheeled to", |screen| {
        if shown(screen).iter().any(|seen| seen.words.as_deref() == Some("Yesterday")) {
            return true;
        }
        screen.scroll_at(CONVERSATION, 3.0);
        screen.run_for(Duration::from_millis(50));
        false
    });
    let day = shown(&mut screen).into_iter().find(|seen| seen.words.as_deref() == Some("Yesterday")).unwrap();
    screen.click_at(day.bounds.center());
    screen.click("calendar-before");
    screen.wait_find("dialog-cancel");
    let first = screen.ids("day:").into_iter().find(|id| id.ends_with("-01")).unwrap();
    screen.click(&first);
    screen.wait_until("one is far from the end", |screen| screen.has("to-bottom") && screen.ids("day:").is_empty());
    let newest = desktop.on_server(WATCH).into_iter().rfind(|text| !text.is_empty()).unwrap();
    let newest = newest.lines().next().unwrap().to_owned();
    to_the_end(&mut screen);
    screen.wait_until("the newest message is shown", |screen| {
        shown(screen).iter().any(|seen| seen.words.as_ref().is_some_and(|words| words.contains(&newest)))
    });
}

#[test]
fn what_comes_while_one_reads_above_is_counted() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let (elsewhere, _events) = desktop.elsewhere(&desktop.account());
    let mut other = Other::new(&desktop);
    open_chat(&mut screen, GROUP);
    to_the_end(&mut screen);
    screen.wait_until("all is read", |_| unread(&desktop, &elsewhere) == 0);
    for _ in 0..6 {
        screen.scroll_at(CONVERSATION, 5.0);
        screen.run_for(Duration::from_millis(50));
    }
    let button = screen.wait_find("to-bottom").bounds;
    other.says(&desktop, "the first one");
    other.says(&desktop, "the second one");
    screen.wait_until("both are counted", |screen| {
        let near = |seen: &Seen| seen.bounds.x >= button.x - 20.0 && (seen.bounds.y - button.y).abs() < 40.0;
        screen.seen().iter().any(|seen| seen.words.as_deref() == Some("2") && near(seen))
    });
    assert_eq!(unread(&desktop, &elsewhere), 2);
    to_the_end(&mut screen);
    screen.wait_until("all is read", |_| unread(&desktop, &elsewhere) == 0);
}

#[test]
fn messages_are_chosen_and_copied() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let mut other = Other::new(&desktop);
    open_chat(&mut screen, GROUP);
    to_the_end(&mut screen);
    other.says(&desktop, "worth keeping");
    let mut place = None;
    screen.wait_until("it is in the conversation", |screen| {
        place = shown(screen).into_iter().find(|seen| seen.words.as_deref() == Some("worth keeping"));
        place.is_some()
    });
    screen.right_click_at(place.unwrap().bounds.center());
    screen.click("menu-choose");
    screen.wait_for("1 message chosen");
    screen.click("choosing-copy");
    screen.wait_until("it is copied", |_| desktop.copied().iter().any(|copied| copied == "worth keeping"));
    screen.wait_gone("1 message chosen");
}
