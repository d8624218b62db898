//! Whose turn it is.

use crate::Error;
use heliograph_model::{Delivery, Message, MessageId, PeerId, SendFailure};
use heliograph_store::{Outgoing, Progress, Task};
use std::collections::HashSet;
use tokio::time::Instant;

/// What waits, in order: the mirror of what the store has.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Row>);

/// How a row stands besides what is stored of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It waits for its turn.
    Idle,
    /// It is on the wire.
    Flying,
    /// It was on the wire, and no answer came.
    Lost,
    /// So it was, and the difference since then is here.
    Checked,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Row {
    pub outgoing: Outgoing,
    pub is_stored: bool,
    /// So often it was tried without an answer.
    pub tries: u32,
    phase: Phase,
    /// It was on the wire before, and what came of that is not known: it may be there.
    is_open: bool,
    /// Not before then.
    not_before: Option<Instant>,
    /// The server wants a pause until then.
    is_held: bool,
}

/// What an error means for a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nobody knows whether the server has it.
    Lost,
    /// The server wants it later, in so many seconds.
    Held(u32),
    /// The server does not want it.
    Failed(SendFailure),
}

/// What an error means for something that was tried so often before.
pub(super) fn fate(error: &Error, tries: u32) -> Fate {
    match error {
        Error::NotConnected | Error::TimedOut | Error::Cancelled | Error::SignedOut => Fate::Lost,
        Error::FloodWait(seconds) => Fate::Held(*seconds),
        Error::NotAllowed => Fate::Failed(SendFailure::NotAllowed),
        // The disk or the server have trouble that may pass.
        Error::Store(_) | Error::Protocol(_) if tries < super::TRIES => Fate::Lost,
        Error::Rpc { code, .. } if (*code >= 500 || *code < 0) && tries < super::TRIES => Fate::Lost,
        Error::Store(_) => Fate::Failed(SendFailure::Disk),
        _ => Fate::Failed(SendFailure::Refused),
    }
}

/// Words of a chat go out one after the other, and so does what is done to its messages; neither waits for the other.
fn lane(outgoing: &Outgoing) -> (PeerId, bool) {
    (outgoing.chat, matches!(outgoing.task, Task::Send { .. }))
}

impl Row {
    pub fn new(outgoing: Outgoing) -> Self {
        let is_open = outgoing.progress == Progress::OnTheWay && matches!(outgoing.task, Task::Send { .. });
        let phase = if is_open { Phase::Lost } else { Phase::Idle };
        Self { outgoing, is_stored: true, tries: 0, phase, is_open, not_before: None, is_held: false }
    }

    /// The message, if it is one.
    pub fn message(&self) -> Option<&Message> {
        super::doing::message(&self.outgoing.task)
    }

    /// It is not on its way, nor of open fate.
    pub fn may_be_touched(&self) -> bool {
        self.phase == Phase::Idle
    }

    /// The server does not want it.
    pub fn fail(&mut self, failure: SendFailure) {
        self.set(Progress::Failed(failure));
    }

    /// It got so far, as stored.
    pub fn set(&mut self, progress: Progress) {
        self.outgoing.progress = progress;
        (self.phase, self.is_open) = (Phase::Idle, false);
    }

    /// People want it to be tried again.
    pub fn wait_again(&mut self) {
        self.set(Progress::Waiting);
        (self.tries, self.not_before, self.is_held) = (0, None, false);
    }

    /// No answer came.
    pub fn lost(&mut self, not_before: Instant) {
        self.tries += 1;
        self.not_before = Some(not_before);
        // What is done twice is done once; only words are not.
        self.is_open = matches!(self.outgoing.task, Task::Send { .. });
        self.phase = if self.is_open { Phase::Lost } else { Phase::Idle };
    }

    /// The server wants a pause. True where an earlier try may have arrived: that is as open as it was.
    pub fn hold(&mut self, until: Instant) -> bool {
        (self.not_before, self.is_held) = (Some(until), true);
        if self.is_open {
            self.phase = Phase::Checked;
        }
        self.is_open
    }

    fn is_out_of_the_way(&self) -> bool {
        matches!(self.outgoing.progress, Progress::Failed(_) | Progress::Unknown)
    }
}

impl Rows {
    pub fn new(rows: Vec<Outgoing>) -> Self {
        Self(rows.into_iter().map(Row::new).collect())
    }

    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }

    pub fn get_mut(&mut self, random_id: i64) -> Option<&mut Row> {
        self.0.iter_mut().find(|row| row.outgoing.random_id == random_id)
    }

    /// Our message with this pending number.
    pub fn find(&self, pending: MessageId) -> Option<&Row> {
        self.0.iter().find(|row| row.message().is_some_and(|message| message.id == pending))
    }

    pub fn remove(&mut self, random_id: i64) {
        self.0.retain(|row| row.outgoing.random_id != random_id);
    }

    /// Some are of open fate, and what was missed since is to be fetched.
    pub fn has_lost(&self) -> bool {
        self.0.iter().any(|row| row.phase == Phase::Lost)
    }

    /// What was missed was fetched.
    pub fn caught_up(&mut self) {
        for row in &mut self.0 {
            if row.phase == Phase::Lost {
                row.phase = Phase::Checked;
            }
        }
    }

    /// There is a new connection: nobody waits for the old one to come to itself.
    pub fn forgive(&mut self) {
        for row in self.0.iter_mut().filter(|row| !row.is_held) {
            row.not_before = None;
        }
    }

    /// The first that may go out now; it is on its way from here on.
    pub fn take_next(&mut self, now: Instant) -> Option<Outgoing> {
        let mut seen = HashSet::new();
        for row in self.0.iter_mut().filter(|row| !row.is_out_of_the_way()) {
            if !seen.insert(lane(&row.outgoing)) || row.not_before.is_some_and(|then| then > now) {
                continue;
            }
            let ready = matches!(row.phase, Phase::Idle | Phase::Checked);
            if ready {
                // Tried again, it says so.
                if row.phase == Phase::Checked {
                    row.outgoing.progress = Progress::OnTheWay;
                }
                let taken = row.outgoing.clone();
                if matches!(row.outgoing.task, Task::Send { .. }) && row.phase == Phase::Idle {
                    row.outgoing.progress = Progress::OnTheWay;
                }
                row.phase = Phase::Flying;
                (row.not_before, row.is_held) = (None, false);
                return Some(taken);
            }
        }
        None
    }

    /// When somebody's pause ends.
    pub fn next_wake(&self, now: Instant) -> Option<Instant> {
        self.0.iter().filter_map(|row| row.not_before).filter(|then| *then > now).min()
    }

    /// What is to be done in the chat already and has no meaning any more beside this.
    pub fn replaced_by(&self, chat: PeerId, task: &Task) -> Vec<i64> {
        let is_replaced = |row: &&Row| {
            row.phase == Phase::Idle
                && row.outgoing.chat == chat
                && match (&row.outgoing.task, task) {
                    (Task::Read(old), Task::Read(new)) => old <= new,
                    (Task::React { message: old, .. }, Task::React { message: new, .. })
                    | (Task::Pin { message: old, .. }, Task::Pin { message: new, .. }) => old == new,
                    (Task::Edit(old), Task::Edit(new)) => old.id == new.id,
                    _ => false,
                }
        };
        self.0.iter().filter(is_replaced).map(|row| row.outgoing.random_id).collect()
    }

    /// The messages, as they are to be shown: it is now this time, by the server's clock and by ours.
    pub fn messages(&self, server_time: i64, now: Instant) -> Vec<Message> {
        let shown = self.0.iter().filter_map(|row| {
            let mut message = row.message()?.clone();
            message.delivery = match row.outgoing.progress {
                Progress::Failed(failure) => Delivery::Failed(failure),
                Progress::Unknown => Delivery::Unknown,
                Progress::Waiting | Progress::OnTheWay => match row.not_before.filter(|_| row.is_held) {
                    Some(then) => {
                        let left = i64::try_from(then.saturating_duration_since(now).as_secs()).unwrap_or(0);
                        Delivery::Held(server_time.saturating_add(left))
                    }
                    None => Delivery::Sending,
                },
            };
            Some(message)
        });
        shown.collect()
    }
}
