//! Looking through the chats and reading.

use crate::{GROUP, open_chat, row_of, title};
use heliograph_model::{FormattedText, MessageId};
use heliograph_tests::{Desktop, Screen};
use iced::Point;
use std::time::Duration;

/// Where messages are.
const CONVERSATION: Point = Point::new(830.0, 400.0);

fn titles(desktop: &Desktop) -> Vec<String> {
    let (account, _events) = desktop.elsewhere(&desktop.account());
    let mut titles = Vec::new();
    let mut after = None;
    loop {
        let page = desktop.run(account.chats(after, 100)).unwrap();
        for chat in &page.chats {
            let peer = page.peers.iter().find(|peer| peer.id == chat.id).unwrap();
            titles.push(title(peer));
        }
        after = page.next;
        if after.is_none() {
            return titles;
        }
    }
}

/// The titles in the list, wheeled through from top to bottom.
fn listed(screen: &mut Screen, titles: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut still = 0;
    while still < 8 {
        let mut rows: Vec<_> = screen
            .seen()
            .into_iter()
            .filter(|seen| seen.visible.is_some_and(|place| place.x > 64.0 && place.x < 384.0))
            .filter_map(|seen| Some((seen.visible?.y, seen.words.filter(|words| titles.contains(words))?)))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let before = found.len();
        for (_, title) in rows {
            if !found.contains(&title) {
                found.push(title);
            }
        }
        still = if found.len() == before { still + 1 } else { 0 };
        screen.scroll_at(Point::new(224.0, 400.0), -4.0);
        screen.run_for(Duration::from_millis(150));
    }
    found
}

#[test]
fn are_listed_to_the_end_in_the_servers_order() {
    let desktop = Desktop::new();
    let mut titles = titles(&desktop);
    assert!(titles.len() >= 50, "{}", titles.len());
    let mut screen = desktop.signed_in();
    // Two chats of one name would be one in this comparison.
    titles.dedup();
    let mut once = Vec::new();
    for title in titles {
        if !once.contains(&title) {
            once.push(title);
        }
    }
    assert_eq!(listed(&mut screen, &once), once);
}

#[test]
fn a_chat_opens_at_its_newest_messages() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let newest = desktop.on_server(GROUP).into_iter().rfind(|text| !text.is_empty()).unwrap();
    let words = newest.lines().next().unwrap().to_owned();
    screen.wait_for(&words);
}

#[test]
fn older_messages_come_when_wheeled_to() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let texts = desktop.on_server(GROUP);
    // Said only before the newest page.
    let (older, newer) = texts.split_at(texts.len() - 60);
    let old = older
        .iter()
        .rev()
        .find(|text| text.len() > 12 && !text.contains('\n') && !newer.contains(text))
        .unwrap_or_else(|| panic!("{GROUP} has only {} messages", texts.len()));
    open_chat(&mut screen, GROUP);
    let before = desktop.scenario().calls("messages.getHistory");
    screen.wait_until("an old message is wheeled to", |screen| {
        if screen.shows(old) {
            return true;
        }
        screen.scroll_at(CONVERSATION, 8.0);
        screen.run_for(Duration::from_millis(20));
        false
    });
    assert!(desktop.scenario().calls("messages.getHistory") > before);
    // And back again: the button brings the newest.
    screen.click("to-bottom");
    let newest = texts.iter().rfind(|text| !text.is_empty()).unwrap();
    screen.wait_for(newest.lines().next().unwrap());
}

#[test]
fn what_another_account_writes_appears_in_the_open_chat_and_in_the_list() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    let (other, _events) = desktop.elsewhere(&desktop.other_account());
    let page = desktop.run(other.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).expect("both are in the group").id;
    let say = |number: u64, text: &str| {
        let text = FormattedText { text: text.to_owned(), ..FormattedText::default() };
        desktop.run(other.send(group, MessageId::Pending(number), text)).unwrap();
    };
    // In the list, unread, at the top of what is not pinned.
    say(1, "the lamp is lit");
    screen.wait_for("the lamp is lit");
    open_chat(&mut screen, GROUP);
    screen.wait_until("it stands in the conversation too", |screen| {
        screen.seen().iter().any(|seen| {
            seen.words.as_deref().is_some_and(|words| words.contains("the lamp is lit"))
                && seen.visible.is_some_and(|place| place.x > 384.0)
        })
    });
    say(2, "and the fog has gone");
    screen.wait_until("the new one stands in the conversation", |screen| {
        screen.seen().iter().any(|seen| {
            seen.words.as_deref().is_some_and(|words| words.contains("and the fog has gone"))
                && seen.visible.is_some_and(|place| place.x > 384.0)
        })
    });
}

#[test]
fn a_chat_with_news_moves_up() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let rows = screen.ids("chat:");
    let last = rows[rows.len() - 2].clone();
    screen.click(&last);
    screen.wait_find("composer");
    screen.write("composer", "moving up");
    screen.press(iced::keyboard::key::Named::Enter);
    screen.wait_until("its row has risen", |screen| {
        screen.ids("chat:").iter().position(|id| *id == last).is_some_and(|at| at + 2 < rows.len() && at < 6)
    });
}

#[test]
fn in_a_narrow_window_list_and_conversation_take_turns() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    screen.resize(600.0, 800.0);
    screen.wait_until("the list stands alone", |screen| !screen.has("composer") && !screen.ids("chat:").is_empty());
    let row = row_of(&mut screen, GROUP).unwrap();
    screen.click(&row);
    screen
        .wait_until("the conversation stands alone", |screen| screen.has("composer") && screen.ids("chat:").is_empty());
}
