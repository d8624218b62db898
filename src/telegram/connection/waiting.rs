//! The requests that a lane has: those that wait to be sent and those that wait for an answer.

use super::InvokeError;
use super::gate::Permit;
use crate::requests::{Priority, RequestState, Requests, may_be_sent_twice};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::oneshot;

/// A request that was on so many broken connections is taken for what breaks them.
const MOST_SENDINGS: u32 = 6;

/// The answer to a request: the bytes of what the method returns.
pub(super) type Answer = Result<Vec<u8>, InvokeError>;

/// One request, as a lane holds it.
pub(super) struct Request {
    /// Its number in the registry.
    pub id: u64,
    pub method: &'static str,
    pub priority: Priority,
    pub body: Vec<u8>,
    pub answer: oneshot::Sender<Answer>,
    /// Counted in the lane's load for as long as it is here.
    pub _load: Load,
    /// Room at the gate for as long as it is here.
    pub _permit: Permit,
}

/// Counts what a lane has to do.
pub(super) struct Load(Arc<AtomicUsize>);

impl Load {
    pub fn on(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter.clone())
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Numbers for the ends of the queue.
#[derive(Default)]
struct Turn {
    first: i64,
    last: i64,
}

struct Held {
    request: Request,
    message: Option<i64>,
    sendings: u32,
}

/// All requests of a lane.
pub(super) struct Waiting {
    requests: Requests,
    held: HashMap<u64, Held>,
    /// By urgency, then in their turn.
    queue: BTreeMap<(Priority, i64), u64>,
    turn: Turn,
    sent: HashMap<i64, u64>,
}

impl Waiting {
    /// None yet; `requests` is the registry in which their states are noted.
    pub fn new(requests: Requests) -> Self {
        Self { requests, held: HashMap::new(), queue: BTreeMap::new(), turn: Turn::default(), sent: HashMap::new() }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether something is to be sent.
    pub fn has_queued(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Whether an answer is awaited.
    pub fn has_sent(&self) -> bool {
        !self.sent.is_empty()
    }

    /// Takes a request in, unless nobody wants its answer any more.
    pub fn add(&mut self, request: Request) {
        if request.answer.is_closed() {
            return;
        }
        self.turn.last += 1;
        self.queue.insert((request.priority, self.turn.last), request.id);
        self.held.insert(request.id, Held { request, message: None, sendings: 0 });
    }

    /// Drops a request that nobody waits for; its message number if it was sent.
    pub fn cancel(&mut self, id: u64) -> Option<i64> {
        let message = self.held.remove(&id)?.message;
        self.queue.retain(|_, queued| *queued != id);
        message.inspect(|message| {
            self.sent.remove(message);
        })
    }

    /// Sends the next one through `send`, which gives its message number. False if none was left.
    pub fn send_next(&mut self, send: impl FnOnce(&[u8]) -> i64) -> bool {
        while let Some((_, id)) = self.queue.pop_first() {
            let Some(held) = self.held.get_mut(&id) else { continue };
            let message = send(&held.request.body);
            held.message = Some(message);
            held.sendings += 1;
            self.sent.insert(message, id);
            self.requests.set(id, RequestState::Sent);
            return true;
        }
        false
    }

    /// The method of a request that was sent.
    pub fn method(&self, message: i64) -> Option<&'static str> {
        self.held.get(self.sent.get(&message)?).map(|held| held.request.method)
    }

    /// Ends a request that was sent. False if it is not ours, or was cancelled.
    pub fn answer(&mut self, message: i64, answer: Answer) -> bool {
        let Some(held) = self.sent.remove(&message).and_then(|id| self.held.remove(&id)) else { return false };
        // Nobody waiting is no error: the call was cancelled this moment.
        let _ = held.request.answer.send(answer);
        true
    }

    /// The server did not take these in: they are sent again, before all others.
    pub fn send_again(&mut self, messages: &[i64]) {
        for message in messages.iter().rev() {
            if let Some(id) = self.sent.remove(message) {
                self.requeue(id);
            }
        }
    }

    /// The connection is gone. What may be sent twice will be; the rest gets an error, since it may have happened.
    pub fn disconnected(&mut self) {
        let mut sent: Vec<(i64, u64)> = self.sent.drain().collect();
        sent.sort_unstable();
        for (_, id) in sent.into_iter().rev() {
            if self.held.get(&id).is_some_and(|held| may_be_sent_twice(held.request.method)) {
                self.requeue(id);
            } else {
                self.fail(id, InvokeError::Dropped);
            }
        }
    }

    /// Ends all with an error.
    pub fn fail_all(&mut self, error: &InvokeError) {
        self.queue.clear();
        self.sent.clear();
        for (_, held) in self.held.drain() {
            let _ = held.request.answer.send(Err(error.clone()));
        }
    }

    fn requeue(&mut self, id: u64) {
        let Some(held) = self.held.get_mut(&id) else { return };
        held.message = None;
        if held.sendings >= MOST_SENDINGS {
            self.fail(id, InvokeError::Dropped);
        } else {
            self.requests.set(id, RequestState::Queued);
            self.turn.first -= 1;
            self.queue.insert((held.request.priority, self.turn.first), id);
        }
    }

    fn fail(&mut self, id: u64, error: InvokeError) {
        if let Some(held) = self.held.remove(&id) {
            let _ = held.request.answer.send(Err(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::gate::Gate;
    use futures::FutureExt as _;

    fn permit() -> Permit {
        Gate::default().pass(Priority::Usual, 1).now_or_never().flatten().unwrap()
    }

    fn request(id: u64, method: &'static str) -> (Request, oneshot::Receiver<Answer>) {
        let (answer, receiver) = oneshot::channel();
        let load = Load::on(&Arc::default());
        let body = vec![u8::try_from(id).unwrap()];
        let priority = Priority::Usual;
        (Request { id, method, priority, body, answer, _load: load, _permit: permit() }, receiver)
    }

    /// Sends all that is queued, as messages from 100 on; the bodies in their order.
    fn send_all(waiting: &mut Waiting) -> Vec<u8> {
        let mut bodies = Vec::new();
        while waiting.send_next(|body| {
            bodies.push(body[0]);
            100 + i64::from(body[0])
        }) {}
        bodies
    }

    #[test]
    fn after_a_cut_the_repeatable_go_out_again_in_order_and_the_others_fail() {
        let mut waiting = Waiting::new(Requests::default());
        let (first, mut first_answer) = request(1, "messages.getHistory");
        let (second, mut second_answer) = request(2, "auth.signIn");
        let (third, _third_answer) = request(3, "messages.sendMessage");
        for request in [first, second, third] {
            waiting.add(request);
        }
        assert_eq!(send_all(&mut waiting), [1, 2, 3]);
        let (fourth, _fourth_answer) = request(4, "auth.sendCode");
        waiting.add(fourth);
        waiting.disconnected();
        assert_eq!(second_answer.try_recv().unwrap(), Err(InvokeError::Dropped));
        assert_eq!(send_all(&mut waiting), [1, 3, 4], "what was never sent is sent, whatever it is");
        assert!(waiting.answer(101, Ok(vec![9])));
        assert_eq!(first_answer.try_recv().unwrap(), Ok(vec![9]));
        assert!(!waiting.answer(101, Ok(vec![9])), "a second answer");
    }

    #[test]
    fn what_breaks_every_connection_is_given_up() {
        let mut waiting = Waiting::new(Requests::default());
        let (poison, mut answer) = request(1, "messages.getHistory");
        waiting.add(poison);
        for _ in 0..MOST_SENDINGS {
            assert!(answer.try_recv().is_err());
            assert_eq!(send_all(&mut waiting), [1]);
            waiting.disconnected();
        }
        assert_eq!(answer.try_recv().unwrap(), Err(InvokeError::Dropped));
        assert!(waiting.is_empty());
    }

    #[test]
    fn a_refused_message_goes_before_those_that_wait() {
        let mut waiting = Waiting::new(Requests::default());
        let (first, _a) = request(1, "auth.sendCode");
        let (second, _b) = request(2, "auth.signIn");
        let (third, _c) = request(3, "help.getConfig");
        waiting.add(first);
        waiting.add(second);
        send_all(&mut waiting);
        waiting.add(third);
        waiting.send_again(&[101, 102, 555]);
        assert_eq!(send_all(&mut waiting), [1, 2, 3]);
    }

    #[test]
    fn cancelling_frees_everything() {
        let counter = Arc::default();
        let mut waiting = Waiting::new(Requests::default());
        for id in 1..=2 {
            let (answer, receiver) = oneshot::channel();
            let load = Load::on(&counter);
            let priority = Priority::Background;
            let body = vec![id as u8];
            let request =
                Request { id, method: "upload.getFile", priority, body, answer, _load: load, _permit: permit() };
            waiting.add(request);
            // As a dropped call does it; what is cancelled before it is taken in is not taken in.
            std::mem::forget(receiver);
        }
        assert_eq!(counter.load(Ordering::Relaxed), 2);
        assert!(waiting.send_next(|_| 101));
        assert_eq!(waiting.cancel(1), Some(101));
        assert_eq!(waiting.cancel(2), None);
        assert_eq!(waiting.cancel(2), None);
        assert!(waiting.is_empty() && !waiting.has_queued() && !waiting.has_sent());
        assert_eq!(counter.load(Ordering::Relaxed), 0);
        let (gone, receiver) = request(3, "upload.getFile");
        drop(receiver);
        waiting.add(gone);
        assert!(waiting.is_empty());
    }

    #[test]
    fn the_most_urgent_goes_first_also_after_a_cut() {
        let mut waiting = Waiting::new(Requests::default());
        let mut answers = Vec::new();
        for (id, priority) in
            [(1, Priority::Background), (2, Priority::Usual), (3, Priority::First), (4, Priority::First)]
        {
            let (request, answer) = request(id, "messages.getHistory");
            waiting.add(Request { priority, ..request });
            answers.push(answer);
        }
        assert_eq!(send_all(&mut waiting), [3, 4, 2, 1]);
        waiting.disconnected();
        assert_eq!(send_all(&mut waiting), [3, 4, 2, 1]);
    }
}
