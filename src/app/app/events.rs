//! What comes by itself: the account's events and the minute.

use futures::{Stream, StreamExt, stream};
use heliograph_telegram::{Event, Events};
use iced::{Subscription, keyboard};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// At most this many events make one message: a message costs one new view of the window.
const BATCH: usize = 256;

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
    /// All that has come since the last message, in its order.
    pub(super) fn subscription(&self) -> Subscription<Vec<Event>> {
        Subscription::run_with(self.clone(), batches)
    }
}

fn batches(source: &Source) -> impl Stream<Item = Vec<Event>> + use<> {
    let events = source.events.lock().ok().and_then(|mut events| events.take());
    match events {
        Some(mut events) => stream::poll_fn(move |context| events.poll_recv(context)).ready_chunks(BATCH).left_stream(),
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

/// Ctrl+Shift+1 to 9 (Command on a Mac): by the place of the key, since Shift makes another sign of it.
pub(super) fn shortcut(event: &iced::Event) -> Option<usize> {
    use iced::keyboard::key::{Code, Physical};
    let iced::Event::Keyboard(keyboard::Event::KeyPressed { physical_key, modifiers, repeat: false, .. }) = event
    else {
        return None;
    };
    if !modifiers.command() || !modifiers.shift() || modifiers.alt() {
        return None;
    }
    let Physical::Code(code) = physical_key else { return None };
    [
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
    .position(|digit| digit == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future;
    use heliograph_model::Connection;

    #[test]
    fn what_came_meanwhile_is_one_message_and_the_stream_is_taken_once() {
        let (sender, events) = tokio::sync::mpsc::unbounded_channel();
        for _ in 0..3 {
            sender.send(Event::Connection(Connection::Online)).unwrap();
        }
        sender.send(Event::SignedOut).unwrap();
        drop(sender);
        let source = Source { seat: super::super::seat::Id(0), number: 1, events: Arc::new(Mutex::new(Some(events))) };
        let seen: Vec<Vec<Event>> = futures::executor::block_on(batches(&source).collect());
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].len(), 4);
        assert_eq!(seen[0].last(), Some(&Event::SignedOut));
        let again =
            futures::executor::block_on(future::select(Box::pin(batches(&source).into_future()), future::ready(())));
        assert!(matches!(again, future::Either::Right(_)));
    }
}
