//! What a user does, end to end and headless: the real program over real sockets against the demo server.

mod chats;
mod concurrency;
mod downloads;
mod faults;
mod log_out;
mod sending;
mod sign_in;

use heliograph_tests::Screen;

/// A group that the first account and others share.
const GROUP: &str = "Lighthouse Keepers";

/// Opens the chat with this title from the list, wheeling down to it where it is not on the screen.
fn open_chat(screen: &mut Screen, title: &str) {
    for _ in 0..60 {
        let there = screen.comes(|screen| row_of(screen, title).is_some(), std::time::Duration::from_millis(300));
        if there {
            break;
        }
        let Some(first) = screen.ids("chat:").into_iter().next() else { break };
        screen.scroll(&first, -5.0);
    }
    let Some(row) = row_of(screen, title) else { panic!("{title:?} is not in the list: {:?}", screen.words()) };
    screen.click(&row);
    screen.wait_find("composer");
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
