//! What a user does, end to end and headless: the real program over real sockets against the demo server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what these find goes wrong by panicking, in the tests and in what they share"
)]

mod accounts;
mod chats;
mod concurrency;
mod conversation;
mod downloads;
mod faults;
mod folders;
mod language;
mod log_out;
mod offline;
mod reading;
mod search;
mod sending;
mod settings;
mod sign_in;
mod sign_in_ways;

use heliograph_tests::Screen;

/// A group that the first account and others share.
const GROUP: &str = "Lighthouse Keepers";

/// What the list calls this peer.
fn title(peer: &heliograph_model::Peer) -> String {
    if peer.is_self() { "Saved Messages".to_owned() } else { peer.name.clone() }
}

/// Opens the chat with this title from the list, wheeling to it where it is not on the screen.
fn open_chat(screen: &mut Screen, title: &str) {
    click_chat(screen, title);
    screen.wait_find("composer");
}

/// The same, where something else than the chat may come of it.
fn click_chat(screen: &mut Screen, title: &str) {
    const LIST: iced::Point = iced::Point::new(224.0, 400.0);
    const TO_THE_TOP: f32 = 1000.0;
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
    if row_of(screen, title).is_none() {
        screen.scroll_at(LIST, TO_THE_TOP);
    }
    for _ in 0..60 {
        if screen.comes(|screen| row_of(screen, title).is_some(), std::time::Duration::from_millis(150)) {
            break;
        }
        screen.scroll_at(LIST, -5.0);
    }
    let Some(row) = row_of(screen, title) else { panic!("{title:?} is not in the list: {:?}", screen.words()) };
    screen.click(&row);
}

/// The id of the chat's row: the row that holds its title.
fn row_of(screen: &mut Screen, title: &str) -> Option<String> {
    let seen = screen.seen();
    let words = seen
        .iter()
        .find(|seen| seen.words.as_deref() == Some(title) && seen.visible.is_some_and(|place| place.x < 384.0))?;
    let middle = words.visible?.center();
    seen.iter()
        .find(|seen| {
            seen.id.as_deref().is_some_and(|id| id.starts_with("chat:"))
                && seen.visible.is_some_and(|place| place.contains(middle))
        })
        .and_then(|seen| seen.id.clone())
}
