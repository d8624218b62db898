//! What is on the wire, or was when the connection or the program ended, and what of it has arrived.

use heliograph_model::{Message, PeerId};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many of our own messages are remembered, to know them again in the stream of updates.
const REMEMBERED: usize = 2000;

/// The sends of an account whose end is open.
#[derive(Clone, Default)]
pub(crate) struct Sending(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// By their random numbers: where.
    open: HashMap<i64, PeerId>,
    /// Which number the server gave to some of them.
    numbers: HashMap<i64, i32>,
    sent: HashSet<(PeerId, i32)>,
    sent_order: VecDeque<(PeerId, i32)>,
    /// Messages of ours that came as updates while one of that chat was open.
    held: Vec<Message>,
}

/// What is to be done with a new message of ours that came as an update.
#[derive(Debug, PartialEq)]
pub(crate) enum Admission {
    /// It was sent elsewhere: it is news.
    Show,
    /// We have sent it; the app knows.
    Known,
    /// It may be one that is open: decided when that one ends. Until then it is stored and not shown.
    Held,
}

impl Sending {
    /// This one is on the wire, or was, and nobody knows what came of it.
    pub fn open(&self, random_id: i64, chat: PeerId) {
        self.state().open.insert(random_id, chat);
    }

    /// The server has told which number a message of ours got.
    pub fn numbered(&self, random_id: i64, id: i32) {
        let mut state = self.state();
        if state.open.contains_key(&random_id) {
            state.numbers.insert(random_id, id);
        }
    }

    /// Which number it got, if that was told.
    pub fn number(&self, random_id: i64) -> Option<i32> {
        self.state().numbers.get(&random_id).copied()
    }

    /// Takes a message out that was held back and passes the test, the oldest first.
    pub fn claim(&self, test: impl Fn(&Message) -> bool) -> Option<Message> {
        // The test may ask for more of what is kept here, so it is not held meanwhile.
        let held = self.state().held.clone();
        let found = held.into_iter().find(test)?;
        self.state().held.retain(|message| (message.chat, message.id) != (found.chat, found.id));
        Some(found)
    }

    /// Notes that a message has arrived.
    pub fn sent(&self, chat: PeerId, id: i32) {
        let mut state = self.state();
        if state.sent.insert((chat, id)) {
            state.sent_order.push_back((chat, id));
        }
        if state.sent_order.len() > REMEMBERED
            && let Some(oldest) = state.sent_order.pop_front()
        {
            state.sent.remove(&oldest);
        }
    }

    /// Whether this is a message that we have sent in this run.
    pub fn is_sent(&self, chat: PeerId, id: i32) -> bool {
        self.state().sent.contains(&(chat, id))
    }

    /// What came of it is known. Gives back what was held for its sake and turned out not to be ours.
    pub fn close(&self, random_id: i64) -> Vec<Message> {
        let mut state = self.state();
        state.numbers.remove(&random_id);
        let Some(chat) = state.open.remove(&random_id) else { return Vec::new() };
        if state.open.values().any(|other| *other == chat) {
            return Vec::new();
        }
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            std::mem::take(&mut state.held).into_iter().partition(|message| message.chat == chat);
        state.held = elsewhere;
        let sent = &state.sent;
        here.into_iter()
            .filter(|message| message.id.server().is_none_or(|id| !sent.contains(&(message.chat, id))))
            .collect()
    }

    /// Decides about a new message that came as an update.
    pub fn admit(&self, message: &Message) -> Admission {
        let Some(id) = message.id.server().filter(|_| message.outgoing) else { return Admission::Show };
        let mut state = self.state();
        if state.sent.contains(&(message.chat, id)) {
            Admission::Known
        } else if state.open.values().any(|chat| *chat == message.chat) {
            if !state.held.iter().any(|held| (held.chat, held.id) == (message.chat, message.id)) {
                state.held.push(message.clone());
            }
            Admission::Held
        } else {
            Admission::Show
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.state() = State::default();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message;
    use crate::convert::message::tests::plain;
    use grammers_tl_types as tl;
    use heliograph_model::MessageId;

    const A: PeerId = PeerId::User(5);
    const B: PeerId = PeerId::User(6);

    fn ours(id: i32, chat: PeerId) -> Message {
        let message = tl::types::Message { out: true, ..plain(id, chat, "words") };
        message::message(&message.into(), Some(PeerId::User(1))).unwrap()
    }

    fn ids(messages: Vec<Message>) -> Vec<MessageId> {
        messages.into_iter().map(|message| message.id).collect()
    }

    #[test]
    fn our_own_message_is_not_news() {
        let sending = Sending::default();
        assert_eq!(sending.admit(&ours(7, A)), Admission::Show);
        sending.open(1, A);
        // The update overtakes the answer; another device writes at the same time.
        assert_eq!(sending.admit(&ours(8, A)), Admission::Held);
        assert_eq!(sending.admit(&ours(9, A)), Admission::Held);
        assert_eq!(sending.admit(&ours(9, A)), Admission::Held);
        assert_eq!(sending.admit(&ours(9, B)), Admission::Show);
        sending.sent(A, 8);
        assert_eq!(ids(sending.close(1)), [MessageId::Server(9)]);
        assert_eq!(sending.admit(&ours(8, A)), Admission::Known);
        assert_eq!(sending.admit(&ours(10, A)), Admission::Show);
    }

    #[test]
    fn what_is_held_waits_for_all_that_are_open_in_its_chat() {
        let sending = Sending::default();
        sending.open(1, A);
        sending.open(2, A);
        assert_eq!(sending.admit(&ours(8, A)), Admission::Held);
        assert!(sending.close(1).is_empty());
        assert_eq!(sending.claim(|message| message.id == MessageId::Server(8)).map(|message| message.chat), Some(A));
        assert!(sending.close(2).is_empty() && sending.close(2).is_empty());
    }

    #[test]
    fn the_number_that_was_told_is_known_until_the_end() {
        let sending = Sending::default();
        sending.numbered(1, 50);
        assert_eq!(sending.number(1), None, "of another device");
        sending.open(1, A);
        sending.numbered(1, 50);
        assert_eq!(sending.number(1), Some(50));
        let _ = sending.close(1);
        assert_eq!(sending.number(1), None);
    }
}
