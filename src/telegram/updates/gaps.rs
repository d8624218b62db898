//! Fetching what the account missed (core.telegram.org/api/updates#recovering-gaps).

use super::Machine;
use crate::Error;
use crate::connection::InvokeError;
use grammers_session::updates::{MessageBoxes, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::Change;
use std::pin::pin;

/// A server that cannot tell what was missed after so many tries will not.
const TRIES: u32 = 5;

/// Where something in an answer cannot be read, so much is asked for at once instead; then a quarter, until it is alone.
const NARROW: i32 = 64;

/// So much that cannot be read is skipped in one go. A server of which we understand nothing is none to follow.
const MOST_SKIPPED: u32 = 100;

/// How much of what was missed is asked for at once: less and less around what cannot be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowing {
    limit: Option<i32>,
    skipped: u32,
}

/// What to do about an answer that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for less.
    Less,
    /// It is alone now: go past it.
    Skip,
    GiveUp,
}

impl Narrowing {
    /// How much to ask for; as much as ever without one.
    pub fn limit(&self) -> Option<i32> {
        self.limit
    }

    /// Counts an answer that cannot be read.
    pub fn unreadable(&mut self) -> Step {
        match self.limit {
            None => self.limit = Some(NARROW),
            Some(1) if self.skipped >= MOST_SKIPPED => return Step::GiveUp,
            Some(1) => {
                self.skipped += 1;
                return Step::Skip;
            }
            Some(limit) => self.limit = Some(limit / 4),
        }
        Step::Less
    }

    /// Counts one that can be.
    pub fn readable(&mut self) {
        self.limit = self.limit.map(|limit| limit.saturating_mul(4)).filter(|limit| *limit <= NARROW);
    }
}

impl Machine {
    /// Asks once for what the account missed, if something is missing. What comes in of the account meanwhile waits its
    /// turn: it is newer. Channels count for themselves.
    pub(super) async fn fill_gap(&mut self) -> bool {
        let Some(mut request) = self.boxes.get_difference() else {
            (self.failures, self.too_long, self.narrowing) = (0, false, Narrowing::default());
            return false;
        };
        request.pts_limit = self.narrowing.limit;
        let core = self.core.clone();
        let mut answer = pin!(core.invoke_raw(&request));
        let answer = loop {
            tokio::select! {
                answer = &mut answer => break answer,
                came = self.channels.answer() => {
                    self.channel_came(came);
                    self.ask_channels();
                    self.flush().await;
                }
            }
        };
        match answer {
            Ok(difference) => {
                self.failures = 0;
                self.narrowing.readable();
                self.too_long = self.take_difference(difference, self.too_long);
            }
            Err(InvokeError::Protocol(_)) if self.go_past(&request) => self.failures = 0,
            Err(error) => {
                self.failures += 1;
                self.difference_failed(error, self.failures).await;
            }
        }
        true
    }

    /// Something in the account's difference cannot be read: asks for less of it, and goes past what cannot be read
    /// even alone. False where that leads nowhere.
    pub(super) fn go_past(&mut self, request: &tl::functions::updates::GetDifference) -> bool {
        match self.narrowing.unreadable() {
            Step::Less => return true,
            Step::GiveUp => return false,
            Step::Skip => {}
        }
        tracing::warn!("something that was missed cannot be read, it is left out");
        let (pts, seq) = (request.pts.saturating_add(1), self.boxes.session_state().seq);
        let state = tl::types::updates::State { pts, qts: request.qts, date: request.date, seq, unread_count: 0 };
        let nothing = tl::types::updates::DifferenceSlice {
            new_messages: Vec::new(),
            new_encrypted_messages: Vec::new(),
            other_updates: Vec::new(),
            chats: Vec::new(),
            users: Vec::new(),
            intermediate_state: state.into(),
        };
        self.boxes.apply_difference(nothing.into());
        // It may have been about anything.
        self.batch.changes.push(Change::Refetch);
        true
    }

    /// Takes in the account's difference. Returns whether it was too long to be told.
    pub(super) fn take_difference(&mut self, mut difference: tl::enums::updates::Difference, again: bool) -> bool {
        use tl::enums::updates::Difference as D;
        let too_long = matches!(difference, D::TooLong(_));
        match &mut difference {
            D::Difference(d) => self.sort_out(&mut d.other_updates),
            D::Slice(d) => self.sort_out(&mut d.other_updates),
            D::Empty(_) | D::TooLong(_) => {}
        }
        let result = self.boxes.apply_difference(difference);
        self.collect_channels();
        self.absorb(result, true);
        if too_long {
            self.batch.changes.push(Change::Refetch);
            if !again {
                // The rest, from the state that the server named.
                let _ = self.boxes.process_updates(UpdatesLike::ConnectionClosed);
            }
        }
        too_long
    }

    async fn difference_failed(&mut self, error: InvokeError, failures: u32) {
        let refused = match &error {
            // The server is behind us, or has trouble: it asks for another try.
            InvokeError::Rpc { name, .. } if name == "PERSISTENT_TIMESTAMP_OUTDATED" => failures >= TRIES,
            InvokeError::Rpc { code, .. } if *code >= 500 || *code == 420 || *code == 401 => failures >= TRIES * 4,
            InvokeError::Rpc { .. } => true,
            // An answer that cannot be read stays so.
            InvokeError::Protocol(_) => failures >= TRIES,
            InvokeError::Deadline | InvokeError::NotConnected | InvokeError::Dropped | InvokeError::CalledOff => false,
        };
        let error = Error::from_call(error, "updates.getDifference");
        if refused && error != Error::SignedOut {
            tracing::warn!(%error, "what was missed cannot be fetched; beginning from now");
            self.boxes = MessageBoxes::new();
            self.begin().await;
            self.batch.changes.push(Change::Refetch);
        } else {
            super::pause(&error).await;
        }
    }
}
