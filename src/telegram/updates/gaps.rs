//! Fetching what was missed (core.telegram.org/api/updates#recovering-gaps).

use super::{Doubt, Machine};
use crate::Error;
use crate::connection::InvokeError;
use grammers_session::updates::{MessageBoxes, PrematureEndReason, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::{Change, PeerId};

/// Updates of a channel that are asked for at once, as the documentation advises for people.
const CHANNEL_LIMIT: i32 = 100;

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
enum Step {
    /// Ask for less.
    Less,
    /// It is alone now: go past it.
    Skip,
    GiveUp,
}

impl Narrowing {
    fn unreadable(&mut self) -> Step {
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

    fn readable(&mut self) {
        self.limit = self.limit.map(|limit| limit.saturating_mul(4)).filter(|limit| *limit <= NARROW);
    }
}

impl Machine {
    /// Fetches differences until nothing is missing. What comes in meanwhile waits its turn: it is newer.
    pub(super) async fn fill_gaps(&mut self) {
        if self.catching_up {
            self.core.catching_up(true);
        }
        let mut failures = 0;
        let mut too_long = false;
        loop {
            if let Some(mut request) = self.boxes.get_difference() {
                request.pts_limit = self.narrowing.limit;
                match self.core.invoke_raw(&request).await {
                    Ok(difference) => {
                        failures = 0;
                        self.narrowing.readable();
                        too_long = self.take_difference(difference, too_long);
                    }
                    Err(InvokeError::Protocol(_)) if self.go_past(&request) => failures = 0,
                    Err(error) => {
                        failures += 1;
                        self.difference_failed(error, failures).await;
                    }
                }
            } else if let Some(mut request) = self.boxes.get_channel_difference() {
                request.limit = self.narrowing.limit.unwrap_or(CHANNEL_LIMIT);
                match self.channel_difference(request.clone()).await {
                    Ok(()) => {
                        failures = 0;
                        self.narrowing.readable();
                    }
                    Err(InvokeError::Protocol(_)) if self.go_past_in_channel(&request) => failures = 0,
                    Err(error) => {
                        failures += 1;
                        self.channel_failed(error, &mut failures).await;
                    }
                }
            } else {
                break;
            }
            self.flush().await;
        }
        self.narrowing = Narrowing::default();
        self.catching_up = false;
        self.core.catching_up(false);
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

    /// The same in a channel.
    pub(super) fn go_past_in_channel(&mut self, request: &tl::functions::updates::GetChannelDifference) -> bool {
        let tl::enums::InputChannel::Channel(channel) = &request.channel else { return false };
        match self.narrowing.unreadable() {
            Step::Less => return true,
            Step::GiveUp => return false,
            Step::Skip => {}
        }
        tracing::warn!("something that was missed in a channel cannot be read, it is left out");
        let nothing = tl::types::updates::ChannelDifference {
            r#final: false,
            pts: request.pts.saturating_add(1),
            timeout: None,
            new_messages: Vec::new(),
            other_updates: Vec::new(),
            chats: Vec::new(),
            users: Vec::new(),
        };
        self.boxes.apply_channel_difference(nothing.into());
        self.batch.changes.push(Change::Missed(PeerId::Channel(channel.channel_id)));
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
            self.pause(&error).await;
        }
    }

    async fn channel_difference(
        &mut self,
        mut request: tl::functions::updates::GetChannelDifference,
    ) -> Result<(), InvokeError> {
        let known = match &request.channel {
            tl::enums::InputChannel::Channel(channel) => self.core.peers.input_channel(channel.channel_id),
            _ => None,
        };
        let Some(channel) = known else {
            // Without its key nothing can be asked. The chat list will tell of it again.
            self.give_up_channel();
            return Ok(());
        };
        request.channel = channel;
        let difference = self.core.invoke_raw(&request).await?;
        self.take_channel_difference(difference, &request.channel);
        Ok(())
    }

    /// Takes in what was missed in a channel.
    pub(super) fn take_channel_difference(
        &mut self,
        mut difference: tl::enums::updates::ChannelDifference,
        channel: &tl::enums::InputChannel,
    ) {
        use tl::enums::updates::ChannelDifference as D;
        match &mut difference {
            D::Difference(d) => self.sort_out(&mut d.other_updates),
            D::TooLong(d) => {
                if let tl::enums::InputChannel::Channel(channel) = channel {
                    self.batch.changes.push(Change::Missed(PeerId::Channel(channel.channel_id)));
                }
                // The boxes would fall over one without a state.
                if !matches!(&d.dialog, tl::enums::Dialog::Dialog(dialog) if dialog.pts.is_some()) {
                    self.learn(&d.users, &d.chats);
                    self.give_up_channel();
                    return;
                }
            }
            D::Empty(_) => {}
        }
        let end = match &mut difference {
            D::Difference(d) if d.r#final => {
                // The boxes take everything of the last one but the messages for something that they have, because they
                // are told how far it leads first: edits and deletions would be lost. So it is not the last one.
                d.r#final = false;
                Some(tl::types::updates::ChannelDifferenceEmpty { r#final: true, pts: d.pts, timeout: d.timeout })
            }
            _ => None,
        };
        if let tl::enums::InputChannel::Channel(channel) = channel {
            // What has no number of its own is not in it.
            self.rows.doubt(PeerId::Channel(channel.channel_id), Doubt::Certain);
        }
        for difference in [Some(difference), end.map(Into::into)].into_iter().flatten() {
            let result = self.boxes.apply_channel_difference(difference);
            self.absorb(result, true);
        }
    }

    async fn channel_failed(&mut self, error: InvokeError, failures: &mut u32) {
        match &error {
            InvokeError::Rpc { code, name, .. }
                if *code < 500 && *code != 420 && *code != 401 && name != "PERSISTENT_TIMESTAMP_OUTDATED" =>
            {
                tracing::info!(name, "a channel is closed to us");
                self.give_up_channel();
                *failures = 0;
                return;
            }
            // It is tried again with the next gap.
            InvokeError::Rpc { .. } | InvokeError::Protocol(_) if *failures >= TRIES => {
                self.boxes.end_channel_difference(PrematureEndReason::TemporaryServerIssues);
                *failures = 0;
                return;
            }
            _ => {}
        }
        let error = Error::from_call(error, "updates.getChannelDifference");
        self.pause(&error).await;
    }

    fn give_up_channel(&mut self) {
        self.boxes.end_channel_difference(PrematureEndReason::Banned);
    }
}
