//! What the account missed (core.telegram.org/api/updates#recovering-gaps). While it is asked for, only what stands in the
//! account's own order waits; channels have an order of their own, and most of what happens has none: these go on.

use super::Machine;
use super::gaps::{Asked, Narrowing, Step};
use crate::Error;
use crate::connection::InvokeError;
use grammers_session::updates::{MessageBoxes, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::Change;
use std::time::Duration;

/// A server that cannot tell what was missed after so many tries will not.
const TRIES: u32 = 5;

/// So many updates wait; where there are more, the account is asked once more instead.
const MOST_HELD: usize = 1000;

/// What is known of what the account missed.
#[derive(Default)]
pub(super) struct Account {
    /// Since when something is missing, as it is asked for.
    missing: Option<tl::functions::updates::GetDifference>,
    asked: Option<Asked<Result<tl::enums::updates::Difference, InvokeError>>>,
    /// More was missed while it was on its way.
    again: bool,
    /// Before it is asked the next time.
    pause: Duration,
    narrowing: Narrowing,
    /// So often in a row it could not be had.
    failures: u32,
    /// The last one was too long to be told.
    too_long: bool,
    /// They came meanwhile, in their order.
    held: Vec<UpdatesLike>,
}

/// What the server says.
pub(super) type Answer = Result<tl::enums::updates::Difference, InvokeError>;

impl Account {
    /// Nothing is missing, as far as was asked.
    pub fn is_idle(&self) -> bool {
        self.missing.is_none()
    }

    /// Waits for the next answer; for ever where nothing was asked.
    pub async fn answer(&mut self) -> Answer {
        let Some(asked) = &mut self.asked else { return std::future::pending().await };
        asked.await.and_then(|answer| answer)
    }

    /// Keeps what stands in the account's order; gives back the rest.
    fn hold(&mut self, updates: UpdatesLike) -> Option<UpdatesLike> {
        use tl::enums::Updates as U;
        let (kept, rest) = match updates {
            UpdatesLike::Updates(U::Updates(mut all)) => {
                let kept = take_ordered(&mut all.updates);
                // A number of its own says where the whole stands; the difference counts it as well.
                let seq = std::mem::take(&mut all.seq);
                let (users, chats, date) = (Vec::new(), Vec::new(), super::NO_DATE);
                let kept = tl::types::Updates { updates: kept, users, chats, date, seq };
                let empty = kept.updates.is_empty() && seq == 0;
                (U::from(kept), (empty, Some(U::Updates(all))))
            }
            UpdatesLike::Updates(U::Combined(mut all)) => {
                let kept = take_ordered(&mut all.updates);
                let (seq_start, seq) = (std::mem::take(&mut all.seq_start), std::mem::take(&mut all.seq));
                let (users, chats, date) = (Vec::new(), Vec::new(), super::NO_DATE);
                let kept = tl::types::UpdatesCombined { updates: kept, users, chats, date, seq_start, seq };
                let empty = kept.updates.is_empty() && seq_start == 0;
                (U::from(kept), (empty, Some(U::Combined(all))))
            }
            UpdatesLike::Updates(short @ (U::UpdateShortMessage(_) | U::UpdateShortChatMessage(_))) => {
                (short, (false, None))
            }
            UpdatesLike::Updates(U::UpdateShort(short)) if is_ordered(&short.update) => (short.into(), (false, None)),
            affected @ UpdatesLike::AffectedMessages(_) => {
                self.keep(affected);
                return None;
            }
            other => return Some(other),
        };
        let (empty, rest) = rest;
        if !empty {
            self.keep(UpdatesLike::Updates(kept));
        }
        rest.map(UpdatesLike::Updates)
    }

    fn keep(&mut self, updates: UpdatesLike) {
        if self.held.len() < MOST_HELD {
            self.held.push(updates);
        } else {
            self.again = true;
        }
    }
}

fn take_ordered(updates: &mut Vec<tl::enums::Update>) -> Vec<tl::enums::Update> {
    let (kept, rest) = std::mem::take(updates).into_iter().partition(is_ordered);
    *updates = rest;
    kept
}

/// Whether an update stands in the order of the account (`pts`, `qts`).
fn is_ordered(update: &tl::enums::Update) -> bool {
    use tl::enums::Update as U;
    matches!(
        update,
        U::NewMessage(_)
            | U::EditMessage(_)
            | U::DeleteMessages(_)
            | U::ReadHistoryInbox(_)
            | U::ReadHistoryOutbox(_)
            | U::ReadMessagesContents(_)
            | U::WebPage(_)
            | U::FolderPeers(_)
            | U::PinnedMessages(_)
            | U::NewEncryptedMessage(_)
            | U::ChatParticipant(_)
            | U::ChannelParticipant(_)
            | U::BotStopped(_)
            | U::BotChatInviteRequester(_)
            | U::BotChatBoost(_)
            | U::BotMessageReaction(_)
            | U::BotMessageReactions(_)
            | U::BotNewBusinessMessage(_)
            | U::BotEditBusinessMessage(_)
            | U::BotDeleteBusinessMessage(_)
            | U::BotPurchasedPaidMedia(_)
    )
}

impl Machine {
    /// Whether something of the account is missing.
    pub(super) fn account_is_behind(&self) -> bool {
        !self.account.is_idle() || self.boxes.get_difference().is_some()
    }

    /// Keeps what has to wait for what the account missed; gives back the rest.
    pub(super) fn hold_for_account(&mut self, updates: UpdatesLike) -> Option<UpdatesLike> {
        if self.account_is_behind() { self.account.hold(updates) } else { Some(updates) }
    }

    /// Asks for what the account missed, if something is missing and nothing is asked yet.
    pub(super) fn ask_account(&mut self) {
        if let Some(request) = self.boxes.get_difference() {
            // The boxes would look after no channel while they wait for it; so it is waited for here.
            let state = self.boxes.session_state();
            let nothing = tl::types::updates::DifferenceEmpty { date: state.date, seq: state.seq };
            self.boxes.apply_difference(nothing.into());
            self.account.again |= self.account.asked.is_some();
            self.account.missing = Some(request);
        }
        let account = &mut self.account;
        let (Some(request), None) = (&account.missing, &account.asked) else { return };
        let request = tl::functions::updates::GetDifference { pts_limit: account.narrowing.limit(), ..request.clone() };
        let core = self.core.clone();
        let question = async move { core.invoke_raw(&request).await };
        account.asked = Some(Asked::after(std::mem::take(&mut account.pause), question));
    }

    /// What the account missed came, or not.
    pub(super) async fn account_came(&mut self, answer: Answer) {
        self.account.asked = None;
        let Some(request) = self.account.missing.take() else { return };
        // Now they expect it again.
        let _ = self.boxes.process_updates(UpdatesLike::ConnectionClosed);
        match answer {
            Ok(difference) => {
                self.account.failures = 0;
                self.account.narrowing.readable();
                self.account.too_long = self.take_difference(difference, self.account.too_long);
            }
            Err(InvokeError::Protocol(_)) if self.go_past(&request) => self.account.failures = 0,
            Err(error) => {
                self.account.failures += 1;
                self.difference_failed(error).await;
            }
        }
        if self.boxes.get_difference().is_none() {
            self.account_is_here();
        }
    }

    /// All is here that the account missed: what came meanwhile follows.
    fn account_is_here(&mut self) {
        let Account { held, again, .. } = std::mem::take(&mut self.account);
        if again {
            self.account.held = held;
            let _ = self.boxes.process_updates(UpdatesLike::ConnectionClosed);
            return;
        }
        for updates in held {
            // One of them may show that something is missing still: the rest waits on.
            self.process(updates);
        }
    }

    /// Something in the account's difference cannot be read: asks for less of it, and goes past what cannot be read
    /// even alone. False where that leads nowhere.
    pub(super) fn go_past(&mut self, request: &tl::functions::updates::GetDifference) -> bool {
        match self.account.narrowing.unreadable() {
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

    async fn difference_failed(&mut self, error: InvokeError) {
        let failures = self.account.failures;
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
            tracing::info!(%error, "updates wait");
            self.account.pause = super::pause_after(&error);
        }
    }
}
