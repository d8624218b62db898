//! What happens by itself, cut into pieces that the window can take in between two pictures, however much comes at once.

use heliograph_model::Change;
use heliograph_telegram::Event;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// So many changes make a piece: some milliseconds' work, and 30,000 a second where one is taken in a picture.
pub const MOST: usize = 500;

/// What one message brings to the window.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What happened, in its order.
    pub events: Vec<Event>,
    /// The next one comes when this is taken in, and gone.
    pub(super) _turn: Arc<OwnedSemaphorePermit>,
}

/// What came and is still to be taken in, in its order.
#[derive(Debug, Default)]
pub struct Pieces {
    waiting: VecDeque<Waiting>,
    /// How many changes wait, every other event counted as one.
    size: usize,
}

#[derive(Debug)]
enum Waiting {
    Changes(std::vec::IntoIter<Change>),
    Event(Event),
}

impl Pieces {
    /// This came.
    pub fn put(&mut self, event: Event) {
        self.size += match &event {
            Event::Changes(changes) => changes.len(),
            _ => 1,
        };
        self.waiting.push_back(match event {
            Event::Changes(changes) => Waiting::Changes(changes.into_iter()),
            event => Waiting::Event(event),
        });
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// There is enough for a piece.
    pub fn is_full(&self) -> bool {
        self.size >= MOST
    }

    /// The next piece. Changes that follow each other are one event, whatever came as one: what they have to do with each
    /// other is done once.
    pub fn take(&mut self) -> Vec<Event> {
        let (mut piece, mut room) = (Vec::new(), MOST);
        while room > 0
            && let Some(next) = self.waiting.pop_front()
        {
            match next {
                Waiting::Event(event) => {
                    room -= 1;
                    piece.push(event);
                }
                Waiting::Changes(mut changes) => {
                    let here = changes.by_ref().take(room);
                    let before = room;
                    room -= here.len();
                    match piece.last_mut() {
                        Some(Event::Changes(so_far)) => so_far.extend(here),
                        _ if before == room => {}
                        _ => piece.push(Event::Changes(here.collect())),
                    }
                    if changes.len() > 0 {
                        self.waiting.push_front(Waiting::Changes(changes));
                    }
                }
            }
        }
        self.size = self.size.saturating_sub(MOST - room);
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{Connection, PeerId};

    fn changes(numbers: std::ops::Range<i32>) -> Event {
        Event::Changes(numbers.map(|up_to| Change::ReadOutbox { chat: PeerId::User(1), up_to }).collect())
    }

    /// The numbers of the changes, and -1 for anything else.
    fn told(events: &[Event]) -> Vec<i32> {
        let of = |event: &Event| match event {
            Event::Changes(changes) => changes
                .iter()
                .map(|change| match change {
                    Change::ReadOutbox { up_to, .. } => *up_to,
                    _ => -2,
                })
                .collect(),
            _ => vec![-1],
        };
        events.iter().flat_map(of).collect()
    }

    #[test]
    fn much_comes_in_pieces_and_in_its_order() {
        let mut pieces = Pieces::default();
        pieces.put(changes(0..3));
        pieces.put(changes(3..3));
        pieces.put(changes(3..1300));
        pieces.put(Event::Connection(Connection::Online));
        pieces.put(changes(1300..1310));
        assert!(pieces.is_full());
        let (mut all, mut count) = (Vec::new(), 0);
        while !pieces.is_empty() {
            let piece = pieces.take();
            count += 1;
            assert!(told(&piece).len() <= MOST);
            all.extend(told(&piece));
        }
        let expected: Vec<i32> = (0..1300).chain([-1]).chain(1300..1310).collect();
        assert_eq!((all, count), (expected, 3));
        assert!(!pieces.is_full() && pieces.take().is_empty());
    }

    #[test]
    fn what_came_one_by_one_is_one_event() {
        let mut pieces = Pieces::default();
        (0..40).for_each(|number| pieces.put(changes(number..number + 1)));
        let piece = pieces.take();
        assert_eq!((piece.len(), told(&piece)), (1, (0..40).collect()));
    }
}
