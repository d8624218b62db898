//! The outbox at work: what the server is to be told stands in the store before it is on the wire, goes out in order,
//! each chat for itself, and leaves the store when the server has it. What was on its way when the connection or the
//! program ended is looked for first, after the difference, and only then sent again under the same random number.

mod doing;
mod rows;
#[cfg(test)]
mod tests;

use crate::background::Core;
use crate::sending::{self, Delivered, Letter};
use crate::updates::Feed;
use crate::{Error, Event};
use heliograph_model::{Change, Connection, Delivery, Message, MessageId, PeerId, SendFailure};
use heliograph_store::{Outgoing, Progress, Task};
use rows::{Fate, Row, Rows};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Between two tries of one that gets no answer, at first and at most.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A server that has trouble with something so often will not take it.
const TRIES: u32 = 6;

/// Who waits for the end of a send.
type Waiter = oneshot::Sender<Result<Message, Error>>;

/// What the outbox is told.
pub(crate) enum Command {
    /// This is to be sent.
    Send(Box<Message>, Option<Waiter>),
    /// This is to be done with messages that the server has.
    Do(PeerId, Box<Task>),
    /// Try once more what did not go out.
    Again(MessageId, Option<Waiter>),
    /// It is not wanted any more, if it is not on its way just now. Gives it back.
    Take(MessageId, oneshot::Sender<Option<Message>>),
    /// What waits or did not go out, as it is to be shown.
    List(oneshot::Sender<Vec<Message>>),
    /// The connection stands so.
    Connection(Connection),
}

/// What a task of the outbox has to say at its end.
enum Done {
    /// Of the row with this random number.
    Row(i64, Box<Result<Outcome, Error>>),
    /// The difference is here, or could not be had.
    CaughtUp(bool),
}

/// How a try ended.
enum Outcome {
    /// Sent.
    Delivered(Delivered),
    /// Done.
    Did,
    /// It had been taken back.
    Unwanted,
}

/// Runs until the account ends. `rows`: what the store had at the start.
pub(crate) async fn run(core: Arc<Core>, rows: Vec<Outgoing>, mut commands: UnboundedReceiver<Command>) {
    let mut outbox = Outbox {
        rows: Rows::new(rows),
        core,
        running: JoinSet::new(),
        names: HashMap::new(),
        waiters: HashMap::new(),
        online: false,
        catching_up: false,
        undropped: Vec::new(),
        drop_at: None,
    };
    loop {
        if outbox.drop_at.is_some_and(|due| due <= Instant::now()) {
            outbox.drop_again().await;
        }
        outbox.go_on();
        let wake = outbox.rows.next_wake(Instant::now()).into_iter().chain(outbox.drop_at).min();
        tokio::select! {
            command = commands.recv() => match command {
                Some(command) => outbox.obey(command).await,
                None => return,
            },
            Some(ended) = outbox.running.join_next_with_id() => {
                let done = match ended {
                    Ok((id, done)) => {
                        outbox.names.remove(&id);
                        done
                    }
                    // It fell over; as if no answer had come.
                    Err(error) => match outbox.names.remove(&error.id()) {
                        Some(Some(random_id)) => Done::Row(random_id, Box::new(Err(Error::TimedOut))),
                        _ => Done::CaughtUp(false),
                    },
                };
                outbox.ended(done).await;
            }
            () = sleep_until(wake) => {}
        }
    }
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(wake) => tokio::time::sleep_until(wake).await,
        None => std::future::pending().await,
    }
}

struct Outbox {
    core: Arc<Core>,
    rows: Rows,
    running: JoinSet<Done>,
    /// Which row each task is about; the difference is about none.
    names: HashMap<tokio::task::Id, Option<i64>>,
    waiters: HashMap<i64, Waiter>,
    online: bool,
    /// The difference is being fetched for the sake of those whose fate is open.
    catching_up: bool,
    /// Done, and still stored.
    undropped: Vec<i64>,
    /// When the store is asked to drop these again.
    drop_at: Option<Instant>,
}

impl Outbox {
    /// Starts whatever may go out now.
    fn go_on(&mut self) {
        if !self.online {
            return;
        }
        if self.rows.has_lost() && !self.catching_up {
            self.catching_up = true;
            let core = self.core.clone();
            let task = self.running.spawn(async move {
                let (done, caught_up) = oneshot::channel();
                core.feed(Feed::CatchUp(done));
                let caught_up = caught_up.await.is_ok();
                if !caught_up {
                    tokio::time::sleep(PAUSE).await;
                }
                Done::CaughtUp(caught_up)
            });
            self.names.insert(task.id(), None);
        }
        let now = Instant::now();
        while let Some(row) = self.rows.take_next(now) {
            let (random_id, core) = (row.random_id, self.core.clone());
            if matches!(row.task, Task::Send { .. }) {
                core.sending.open(random_id, row.chat);
            }
            let task = self.running.spawn(async move {
                let result = carry_out(&core, row).await;
                Done::Row(random_id, Box::new(result))
            });
            self.names.insert(task.id(), Some(random_id));
        }
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Send(message, waiter) => self.send(*message, waiter).await,
            Command::Do(chat, task) => self.queue(chat, *task).await,
            Command::Again(pending, waiter) => self.again(pending, waiter).await,
            Command::Take(pending, answer) => {
                let _ = answer.send(self.take(pending).await);
            }
            Command::List(answer) => {
                let _ = answer.send(self.rows.messages(self.core.pool().server_time(), Instant::now()));
            }
            Command::Connection(connection) => {
                self.online = matches!(connection, Connection::Online);
                if self.online {
                    self.rows.forgive();
                }
            }
        }
    }

    async fn send(&mut self, mut message: Message, waiter: Option<Waiter>) {
        message.text = message.text.trimmed();
        if message.text.is_empty() {
            let error = Error::Rpc { method: "messages.sendMessage", code: 400, name: "MESSAGE_EMPTY".into() };
            self.tell(&message, Delivery::Failed(SendFailure::Refused));
            return answer(waiter, Err(error));
        }
        if self.rows.find(message.id).is_some() {
            return self.again(message.id, waiter).await;
        }
        let (chat, random_id) = (
            message.chat,
            match random() {
                Ok(random_id) => random_id,
                Err(error) => return answer(waiter, Err(error)),
            },
        );
        message.delivery = Delivery::Sending;
        let task = Task::Send { message: Box::new(message), files: Vec::new(), after: 0 };
        let since = self.core.pool().server_time();
        let outgoing = Outgoing { random_id, chat, task, progress: Progress::Waiting, since };
        self.put(outgoing, waiter).await;
    }

    /// Into the store; only then does it count.
    async fn put(&mut self, outgoing: Outgoing, waiter: Option<Waiter>) {
        let random_id = outgoing.random_id;
        let stored = self.core.store.put_outgoing(outgoing.clone()).await;
        let mut row = Row::new(outgoing);
        match stored {
            Ok(()) => {
                if let Some(waiter) = waiter {
                    self.waiters.insert(random_id, waiter);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "what is to be sent was not stored");
                row.is_stored = false;
                row.fail(SendFailure::Disk);
                let message = row.message().cloned();
                if let Some(message) = message {
                    self.tell(&message, Delivery::Failed(SendFailure::Disk));
                }
                answer(waiter, Err(error.into()));
            }
        }
        self.rows.push(row);
    }

    /// Something to be done with messages that the server has: it counts as done here, and is. Both stand in the store
    /// together, so that whatever ends in between, the server hears of what is shown as done.
    async fn queue(&mut self, chat: PeerId, task: Task) {
        let Ok(random_id) = random() else { return };
        let since = self.core.pool().server_time();
        let replaced = self.rows.replaced_by(chat, &task);
        let changes = doing::changes(chat, &task);
        let outgoing = Outgoing { random_id, chat, task, progress: Progress::Waiting, since };
        if let Err(error) = self.core.store.put_done(outgoing.clone(), replaced.clone(), changes.clone()).await {
            tracing::warn!(%error, "what is to be done was not stored");
            self.core.tell(Event::Refused { chat, error: error.into() });
            // Whoever draws may show it as done.
            self.core.tell_changes(vec![Change::Refetch]);
            return;
        }
        for replaced in replaced {
            self.rows.remove(replaced);
            self.close(replaced);
        }
        if !changes.is_empty() {
            self.core.tell_changes(changes);
        }
        self.rows.push(Row::new(outgoing));
    }

    /// It goes out once more, at its place and under its number: the server may have it.
    async fn again(&mut self, pending: MessageId, waiter: Option<Waiter>) {
        let Some(row) = self.rows.find(pending).filter(|row| row.may_be_touched()) else {
            return answer(waiter, Err(Error::Cancelled));
        };
        let outgoing = row.outgoing.clone();
        let (random_id, is_stored) = (outgoing.random_id, row.is_stored);
        if !is_stored {
            self.rows.remove(random_id);
            let again = Outgoing { progress: Progress::Waiting, ..outgoing };
            if let Some(message) = doing::message(&again.task) {
                self.tell(message, Delivery::Sending);
            }
            return self.put(again, waiter).await;
        }
        let now = self.core.pool().server_time();
        if let Err(error) = self.core.store.retry_outgoing(random_id, random_id, now).await {
            return answer(waiter, Err(error.into()));
        }
        if let Some(row) = self.rows.get_mut(random_id) {
            row.wait_again();
            let message = row.message().cloned();
            if let Some(message) = message {
                self.tell(&message, Delivery::Sending);
            }
        }
        if let Some(waiter) = waiter {
            self.waiters.insert(random_id, waiter);
        }
    }

    async fn take(&mut self, pending: MessageId) -> Option<Message> {
        let row = self.rows.find(pending).filter(|row| row.may_be_touched())?;
        let (random_id, message) = (row.outgoing.random_id, row.message().cloned());
        self.drop_row(random_id).await;
        message
    }

    async fn drop_row(&mut self, random_id: i64) {
        self.drop_stored(random_id).await;
        self.rows.remove(random_id);
        self.waiters.remove(&random_id);
        self.close(random_id);
    }

    /// Nothing more comes of it: what was held back for its sake is shown.
    fn close(&self, random_id: i64) {
        let held = self.core.sending.close(random_id);
        if !held.is_empty() {
            self.core.feed(Feed::Release(held));
        }
    }

    async fn ended(&mut self, done: Done) {
        let (random_id, result) = match done {
            Done::CaughtUp(well) => {
                self.catching_up = false;
                if well {
                    self.rows.caught_up();
                }
                return;
            }
            Done::Row(random_id, result) => (random_id, *result),
        };
        match result {
            Ok(Outcome::Delivered(Delivered::As(message))) => {
                self.over(random_id, Ok(*message));
            }
            Ok(Outcome::Delivered(Delivered::Gone)) => {
                // It was there and is not any more, or not as it was: nothing is left to be shown of it.
                let chat = self.rows.get_mut(random_id).map(|row| row.outgoing.chat);
                let pending = self.rows.get_mut(random_id).and_then(|row| row.message().map(|message| message.id));
                self.drop_stored(random_id).await;
                if let (Some(chat), Some(pending)) = (chat, pending) {
                    self.core.tell(Event::Unwritten { chat, pending });
                }
                self.over(random_id, Err(Error::FileGone));
            }
            Ok(Outcome::Delivered(Delivered::Unknown)) => {
                self.set(random_id, Progress::Unknown).await;
                self.show(random_id, Delivery::Unknown);
                self.close(random_id);
                answer(self.waiters.remove(&random_id), Err(Error::TimedOut));
            }
            Ok(Outcome::Did | Outcome::Unwanted) => {
                self.drop_stored(random_id).await;
                self.rows.remove(random_id);
                self.close(random_id);
            }
            Err(error) => self.failed(random_id, error).await,
        }
    }

    async fn failed(&mut self, random_id: i64, error: Error) {
        let Some(row) = self.rows.get_mut(random_id) else { return };
        let now = Instant::now();
        match rows::fate(&error, row.tries) {
            Fate::Lost => {
                let pause = PAUSE.saturating_mul(1 << row.tries.min(5)).min(LONGEST_PAUSE);
                row.lost(now + pause);
            }
            Fate::Held(seconds) => {
                let is_open = row.hold(now + Duration::from_secs(seconds.into()));
                let until = self.core.pool().server_time().saturating_add(seconds.into());
                if !is_open {
                    self.set(random_id, Progress::Waiting).await;
                }
                self.show(random_id, Delivery::Held(until));
                // The try that has to wait did not arrive, but one before it may have: what looks like it is still no news.
                if !is_open {
                    self.close(random_id);
                }
            }
            Fate::Failed(failure) => {
                let (is_message, chat) = (row.message().is_some(), row.outgoing.chat);
                self.close(random_id);
                if is_message {
                    self.set(random_id, Progress::Failed(failure)).await;
                    self.show(random_id, Delivery::Failed(failure));
                } else {
                    // What was shown as done is not: it is shown as it is.
                    self.drop_stored(random_id).await;
                    self.rows.remove(random_id);
                    self.core.tell(Event::Refused { chat, error: error.clone() });
                    // By way of those who try again where the store does not take it.
                    self.core.feed(Feed::Read(vec![Change::Refetch]));
                }
                answer(self.waiters.remove(&random_id), Err(error));
            }
        }
    }

    async fn set(&mut self, random_id: i64, progress: Progress) {
        let now = self.core.pool().server_time();
        if let Err(error) = self.core.store.set_outgoing(random_id, progress, now).await {
            tracing::warn!(%error, "how far a message got is not stored");
        }
        if let Some(row) = self.rows.get_mut(random_id) {
            row.set(progress);
        }
    }

    async fn drop_stored(&mut self, random_id: i64) {
        self.undropped.push(random_id);
        self.drop_again().await;
    }

    /// What is done must not be done once more after the next start.
    async fn drop_again(&mut self) {
        while let Some(random_id) = self.undropped.last() {
            if let Err(error) = self.core.store.drop_outgoing(*random_id).await {
                tracing::warn!(%error, "what is done is still stored");
                self.drop_at = Some(Instant::now() + PAUSE);
                return;
            }
            self.undropped.pop();
        }
        self.drop_at = None;
    }

    fn over(&mut self, random_id: i64, result: Result<Message, Error>) {
        self.rows.remove(random_id);
        self.close(random_id);
        answer(self.waiters.remove(&random_id), result);
    }

    fn show(&mut self, random_id: i64, delivery: Delivery) {
        if let Some(message) = self.rows.get_mut(random_id).and_then(|row| row.message().cloned()) {
            self.tell(&message, delivery);
        }
    }

    fn tell(&self, message: &Message, delivery: Delivery) {
        self.core.tell(Event::Outgoing { chat: message.chat, pending: message.id, delivery });
    }
}

fn answer(waiter: Option<Waiter>, result: Result<Message, Error>) {
    if let Some(waiter) = waiter {
        // Whoever asked may have gone away.
        let _ = waiter.send(result);
    }
}

/// Gives a row to the wire.
async fn carry_out(core: &Core, row: Outgoing) -> Result<Outcome, Error> {
    if !matches!(row.task, Task::Send { .. }) {
        doing::perform(core, row.chat, &row.task).await?;
        return Ok(Outcome::Did);
    }
    let again = row.progress == Progress::OnTheWay;
    let begun = match again {
        // It keeps the time of its first try.
        true => core.store.outgoing(row.random_id).await?,
        false => core.store.begin_outgoing(row.random_id, core.pool().server_time()).await?,
    };
    let Some(Outgoing { random_id, since, task: Task::Send { message, after, .. }, .. }) = begun else {
        return Ok(Outcome::Unwanted);
    };
    let tried = again.then_some(since);
    let delivered = sending::deliver(core, &Letter { random_id, message: *message, after, tried }).await?;
    if let Delivered::As(message) = &delivered {
        // Together with the message that it became, before the next one of the chat begins.
        if let Err(error) = core.store.outgoing_answered(random_id, Some((**message).clone())).await {
            // The server has it, and so do the updates, which try again.
            tracing::warn!(%error, "what was sent is not stored yet");
        }
    }
    Ok(Outcome::Delivered(delivered))
}

/// A number by which the server knows something of ours.
fn random() -> Result<i64, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| Error::Protocol("the system has no random numbers".into()))?;
    Ok(i64::from_le_bytes(bytes))
}

/// Those whose fate is open are known to the updates before the first of them can come.
pub(crate) fn reopen(core: &Core, rows: &[Outgoing]) {
    for row in rows {
        if row.progress == Progress::OnTheWay && matches!(row.task, Task::Send { .. }) {
            core.sending.open(row.random_id, row.chat);
        }
    }
}
