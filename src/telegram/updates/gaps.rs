//! Fetching what was missed (core.telegram.org/api/updates#recovering-gaps).

use super::Machine;
use crate::Error;
use crate::connection::InvokeError;
use grammers_session::updates::{MessageBoxes, PrematureEndReason, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::{Change, PeerId};

/// Updates of a channel that are asked for at once, as the documentation advises for people.
const CHANNEL_LIMIT: i32 = 100;

/// A server that cannot tell what was missed after so many tries will not.
const TRIES: u32 = 5;

impl Machine {
    /// Fetches differences until nothing is missing. What comes in meanwhile waits its turn: it is newer.
    pub(super) async fn fill_gaps(&mut self) {
        if self.catching_up {
            self.core.catching_up(true);
        }
        let mut failures = 0;
        let mut too_long = false;
        loop {
            if let Some(request) = self.boxes.get_difference() {
                match self.core.invoke_raw(&request).await {
                    Ok(difference) => {
                        failures = 0;
                        too_long = self.take_difference(difference, too_long);
                    }
                    Err(error) => {
                        failures += 1;
                        self.difference_failed(error, failures).await;
                    }
                }
            } else if let Some(request) = self.boxes.get_channel_difference() {
                match self.channel_difference(request).await {
                    Ok(()) => failures = 0,
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
        self.catching_up = false;
        self.core.catching_up(false);
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
        request.limit = CHANNEL_LIMIT;
        use tl::enums::updates::ChannelDifference as D;
        let mut difference = self.core.invoke_raw(&request).await?;
        match &mut difference {
            D::Difference(d) => self.sort_out(&mut d.other_updates),
            D::TooLong(d) => {
                if let tl::enums::InputChannel::Channel(channel) = &request.channel {
                    self.batch.changes.push(Change::Missed(PeerId::Channel(channel.channel_id)));
                }
                // The boxes would fall over one without a state.
                if !matches!(&d.dialog, tl::enums::Dialog::Dialog(dialog) if dialog.pts.is_some()) {
                    self.learn(&d.users, &d.chats);
                    self.give_up_channel();
                    return Ok(());
                }
            }
            D::Empty(_) => {}
        }
        let result = self.boxes.apply_channel_difference(difference);
        self.absorb(result, true);
        Ok(())
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
