//! What comes by itself: the account's events and the minute.

use super::pieces::{Piece, Pieces};
use futures::{Stream, StreamExt, stream};
use heliograph_telegram::Events;
use iced::{Subscription, keyboard};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// The window hears of no more than one piece in this time: no picture shows more than one.
const FRAME: Duration = Duration::from_millis(16);

/// The event stream of one opened account. There is one for one listener, so the first subscription takes it.
#[derive(Clone)]
pub(super) struct Source {
    /// Whose it is.
    pub seat: super::seat::Id,
    /// Tells the streams of accounts opened there one after the other apart.
    pub number: u64,
    pub events: Arc<Mutex<Option<Events>>>,
}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seat, self.number).hash(state);
    }
}

impl Source {
    /// What has come since the last message, in its order: not more than one message takes in, and the next one when it
    /// has.
    pub(super) fn subscription(&self) -> Subscription<Piece> {
        Subscription::run_with(self.clone(), pieces)
    }
}

/// What is on its way to the window.
struct Way {
    events: Events,
    came: Pieces,
    /// Held by the piece that the window has not taken in yet.
    turn: Arc<Semaphore>,
    /// Not before then.
    next: Instant,
}

impl Way {
    async fn piece(mut self) -> Option<(Piece, Self)> {
        if self.came.is_empty() {
            self.came.put(self.events.recv().await?);
        }
        let turn = self.turn.clone().acquire_owned().await.ok()?;
        tokio::time::sleep_until(self.next).await;
        while !self.came.is_full()
            && let Ok(event) = self.events.try_recv()
        {
            self.came.put(event);
        }
        self.next = Instant::now() + FRAME;
        Some((Piece { events: self.came.take(), _turn: Arc::new(turn) }, self))
    }
}

fn pieces(source: &Source) -> impl Stream<Item = Piece> + use<> {
    let events = source.events.lock().ok().and_then(|mut events| events.take());
    match events {
        Some(events) => {
            let (came, turn) = (Pieces::default(), Arc::new(Semaphore::new(1)));
            stream::unfold(Way { events, came, turn, next: Instant::now() }, Way::piece).left_stream()
        }
        None => stream::pending().right_stream(),
    }
}

/// Once at the beginning of every minute, for what is said in relative time.
pub(super) fn minutes() -> Subscription<()> {
    Subscription::run(|| {
        stream::repeat(()).then(|()| async {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            // A little late rather than a little early, when the old minute would be drawn once more.
            tokio::time::sleep(Duration::from_millis(60_050 - now.subsec_millis() as u64 - now.as_secs() % 60 * 1000))
                .await;
        })
    })
}

/// What a digit key means, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nth {
    /// Ctrl+Shift+1 to 9: an account.
    Account(usize),
    /// Ctrl+1 to 8: a folder.
    Folder(usize),
}

/// Digits with Ctrl (Command on a Mac): by the place of the key, since Shift, and many a keyboard, makes another sign of it.
pub(super) fn shortcut(event: &iced::Event) -> Option<Nth> {
    use iced::keyboard::key::{Code, Physical};
    let iced::Event::Keyboard(keyboard::Event::KeyPressed { physical_key, modifiers, repeat: false, .. }) = event
    else {
        return None;
    };
    if !modifiers.command() || modifiers.alt() {
        return None;
    }
    let Physical::Code(code) = physical_key else { return None };
    let place = [
        Code::Digit1,
        Code::Digit2,
        Code::Digit3,
        Code::Digit4,
        Code::Digit5,
        Code::Digit6,
        Code::Digit7,
        Code::Digit8,
        Code::Digit9,
    ]
    .iter()
    .position(|digit| digit == code)?;
    match (modifiers.shift(), place) {
        (true, place) => Some(Nth::Account(place)),
        (false, 0..=7) => Some(Nth::Folder(place)),
        (false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pieces::MOST;
    use futures::FutureExt;
    use heliograph_model::{Change, Connection, PeerId};
    use heliograph_telegram::Event;

    fn source(events: Events) -> Source {
        Source { seat: super::super::seat::Id(0), number: 1, events: Arc::new(Mutex::new(Some(events))) }
    }

    #[tokio::test]
    async fn what_came_meanwhile_is_one_message_and_the_stream_is_taken_once() {
        let (sender, events) = tokio::sync::mpsc::unbounded_channel();
        for _ in 0..3 {
            sender.send(Event::Connection(Connection::Online)).unwrap();
        }
        sender.send(Event::SignedOut).unwrap();
        drop(sender);
        let source = source(events);
        let seen: Vec<Vec<Event>> = pieces(&source).map(|piece| piece.events).collect().await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].len(), 4);
        assert_eq!(seen[0].last(), Some(&Event::SignedOut));
        assert!(Box::pin(pieces(&source)).next().now_or_never().is_none());
    }

    #[tokio::test]
    async fn nothing_more_comes_before_the_window_has_taken_in_what_it_has() {
        let (sender, events) = tokio::sync::mpsc::unbounded_channel();
        let change = |up_to| Change::ReadOutbox { chat: PeerId::User(1), up_to };
        sender.send(Event::Changes((0..3 * MOST as i32).map(change).collect())).unwrap();
        drop(sender);
        let mut pieces = Box::pin(pieces(&source(events)));
        let first = pieces.next().await.unwrap();
        assert!(matches!(&first.events[..], [Event::Changes(changes)] if changes.len() == MOST));
        // However long the window takes.
        let kept = first.clone();
        drop(first);
        tokio::select! {
            biased;
            _ = pieces.next() => unreachable!("the window was flooded"),
            () = tokio::time::sleep(4 * FRAME) => {}
        }
        drop(kept);
        assert_eq!(pieces.map(|piece| piece.events).concat().await.len(), 2);
    }
}
