//! What is on its way out: whose turn it is in each chat, under which number, and what of it has arrived.

use crate::Error;
use heliograph_model::{Message, MessageId, PeerId};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// So many of our own messages are remembered, to know them again in the stream of updates.
const REMEMBERED: usize = 2000;

/// The sends of an account.
#[derive(Clone, Default)]
pub(crate) struct Sending(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Chats that are being sent to, and who waits there, by the order in which people wrote.
    chats: HashMap<PeerId, BTreeMap<(MessageId, u64), oneshot::Sender<Turn>>>,
    waiters: u64,
    /// A retry must carry the number of the first try: by it the server knows the copy.
    random_ids: HashMap<(PeerId, MessageId), i64>,
    sent: HashSet<(PeerId, i32)>,
    sent_order: VecDeque<(PeerId, i32)>,
    /// Messages of ours that came as updates while one of that chat was on its way.
    held: Vec<Message>,
}

/// What is to be done with a new message of ours that came as an update.
#[derive(Debug, PartialEq)]
pub(crate) enum Admission {
    /// It was sent elsewhere: it is news.
    Show,
    /// We have sent it; the app knows.
    Known,
    /// It may be the one that is on its way: decided when the answer is here.
    Held,
}

/// The right to send to a chat now. Others wait until it ends.
pub(crate) struct Turn {
    sending: Sending,
    chat: PeerId,
    over: bool,
}

impl Sending {
    /// Waits until it is this message's turn. `None` if the session ended meanwhile.
    pub async fn turn(&self, chat: PeerId, pending: MessageId) -> Option<Turn> {
        let receiver = {
            let mut state = self.state();
            state.waiters += 1;
            let place = (pending, state.waiters);
            match state.chats.get_mut(&chat) {
                Some(waiting) => {
                    let (sender, receiver) = oneshot::channel();
                    waiting.insert(place, sender);
                    receiver
                }
                None => {
                    state.chats.insert(chat, BTreeMap::new());
                    return Some(Turn { sending: self.clone(), chat, over: false });
                }
            }
        };
        receiver.await.ok()
    }

    /// The number that makes all tries of one message the same message to the server.
    pub fn random_id(&self, chat: PeerId, pending: MessageId) -> Result<i64, Error> {
        if let Some(id) = self.state().random_ids.get(&(chat, pending)) {
            return Ok(*id);
        }
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| Error::Protocol("the system has no random numbers".into()))?;
        let id = i64::from_le_bytes(bytes);
        self.state().random_ids.insert((chat, pending), id);
        Ok(id)
    }

    /// Notes that a message has arrived.
    pub fn sent(&self, chat: PeerId, pending: MessageId, id: i32) {
        let mut state = self.state();
        state.random_ids.remove(&(chat, pending));
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

    /// Decides about a new message that came as an update.
    pub fn admit(&self, message: &Message) -> Admission {
        let Some(id) = message.id.server().filter(|_| message.outgoing) else { return Admission::Show };
        let mut state = self.state();
        if state.sent.contains(&(message.chat, id)) {
            Admission::Known
        } else if state.chats.contains_key(&message.chat) {
            state.held.push(message.clone());
            Admission::Held
        } else {
            Admission::Show
        }
    }

    /// Forgets everything; who waits is told that the session has ended.
    pub fn clear(&self) {
        let old = std::mem::take(&mut *self.state());
        drop(old);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the next one send. The turn itself travels, so that it goes on to the one after if that one has gone away.
    fn pass_on(&self, chat: PeerId) {
        loop {
            let next = {
                let mut state = self.state();
                let Some(waiting) = state.chats.get_mut(&chat) else { return };
                match waiting.pop_first() {
                    Some((_, next)) => next,
                    None => {
                        state.chats.remove(&chat);
                        return;
                    }
                }
            };
            match next.send(Turn { sending: self.clone(), chat, over: false }) {
                Ok(()) => return,
                Err(mut refused) => refused.over = true,
            }
        }
    }
}

impl Turn {
    /// Ends the turn. What was held back and turned out not to be ours is handed out.
    pub fn end(mut self) -> Vec<Message> {
        self.over = true;
        let held = {
            let mut state = self.sending.state();
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                std::mem::take(&mut state.held).into_iter().partition(|message| message.chat == self.chat);
            state.held = elsewhere;
            here.into_iter()
                .filter(|message| message.id.server().is_none_or(|id| !state.sent.contains(&(message.chat, id))))
                .collect()
        };
        self.sending.pass_on(self.chat);
        held
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.over {
            self.sending.pass_on(self.chat);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message;
    use crate::convert::message::tests::plain;
    use grammers_tl_types as tl;
    use std::time::Duration;

    const A: PeerId = PeerId::User(5);
    const B: PeerId = PeerId::User(6);

    fn pending(number: u64) -> MessageId {
        MessageId::Pending(number)
    }

    fn ours(id: i32, chat: PeerId) -> Message {
        let message = tl::types::Message { out: true, ..plain(id, chat, "words") };
        message::message(&message.into(), Some(PeerId::User(1))).unwrap()
    }

    #[tokio::test]
    async fn those_who_wait_go_in_the_order_of_writing() {
        let sending = Sending::default();
        let first = sending.turn(A, pending(1)).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for number in [4, 2, 3] {
            let (sending, order) = (sending.clone(), order.clone());
            tasks.push(tokio::spawn(async move {
                let turn = sending.turn(A, pending(number)).await.unwrap();
                order.lock().unwrap().push(number);
                drop(turn);
            }));
        }
        tokio::task::yield_now().await;
        // Another chat does not wait.
        assert!(sending.turn(B, pending(9)).await.is_some());
        while sending.state().chats.get(&A).unwrap().len() < 3 {
            tokio::task::yield_now().await;
        }
        drop(first);
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [2, 3, 4]);
    }

    #[tokio::test]
    async fn one_who_goes_away_does_not_block_the_others() {
        let sending = Sending::default();
        let first = sending.turn(A, pending(1)).await.unwrap();
        let impatient = tokio::time::timeout(Duration::from_millis(5), sending.turn(A, pending(2))).await;
        assert!(impatient.is_err());
        let mut unread = Box::pin(sending.turn(A, pending(3)));
        assert!(futures::poll!(&mut unread).is_pending());
        drop(first);
        // It has been given the turn, but never looks.
        drop(unread);
        assert!(sending.turn(A, pending(4)).await.is_some());
        assert!(sending.state().chats.is_empty());
    }

    #[test]
    fn a_retry_has_the_number_of_the_first_try() {
        let sending = Sending::default();
        let first = sending.random_id(A, pending(1)).unwrap();
        assert_eq!(sending.random_id(A, pending(1)).unwrap(), first);
        assert_ne!(sending.random_id(A, pending(2)).unwrap(), first);
        assert_ne!(sending.random_id(B, pending(1)).unwrap(), first);
    }

    #[tokio::test]
    async fn our_own_message_is_not_news() {
        let sending = Sending::default();
        assert_eq!(sending.admit(&ours(7, A)), Admission::Show);
        let turn = sending.turn(A, pending(1)).await.unwrap();
        // The update overtakes the answer; another device writes at the same time.
        assert_eq!(sending.admit(&ours(8, A)), Admission::Held);
        assert_eq!(sending.admit(&ours(9, A)), Admission::Held);
        assert_eq!(sending.admit(&ours(9, B)), Admission::Show);
        sending.sent(A, pending(1), 8);
        let news: Vec<_> = turn.end().into_iter().map(|message| message.id).collect();
        assert_eq!(news, [MessageId::Server(9)]);
        assert_eq!(sending.admit(&ours(8, A)), Admission::Known);
    }

    #[tokio::test]
    async fn the_end_of_the_session_wakes_everyone() {
        let sending = Sending::default();
        let turn = sending.turn(A, pending(1)).await.unwrap();
        let mut waiting = Box::pin(sending.turn(A, pending(2)));
        assert!(futures::poll!(&mut waiting).is_pending());
        sending.clear();
        assert!(waiting.await.is_none());
        drop(turn);
        assert!(sending.turn(A, pending(3)).await.is_some());
    }
}
