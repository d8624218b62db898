//! What was missed in channels (core.telegram.org/api/updates#recovering-gaps). Each counts for itself, so many are asked
//! at the same time, first those that somebody looks at. What happens in a channel while it is asked waits until what came
//! before is here; all others go on.

use super::gaps::{Asked, Narrowing, Step};
use super::{Doubt, Machine};
use crate::Error;
use crate::connection::InvokeError;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt as _};
use grammers_session::updates::{PrematureEndReason, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::{Change, PeerId};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// So many are asked at the same time.
const AT_ONCE: usize = 16;

/// Updates of a channel that are asked for at once, as the documentation advises for people.
const CHANNEL_LIMIT: i32 = 100;

/// A server that cannot tell what was missed after so many tries will not.
const TRIES: u32 = 5;

/// So many updates of a channel wait; where there are more, it is asked once more instead.
const MOST_HELD: usize = 1000;

/// The channels of which something is missing.
#[derive(Default)]
pub(super) struct Channels {
    /// To be asked, the most wanted first.
    behind: VecDeque<i64>,
    missing: HashMap<i64, Missing>,
    answers: FuturesUnordered<BoxFuture<'static, Answer>>,
}

/// What is known of one of them.
#[derive(Default)]
struct Missing {
    /// A request is on its way.
    asked: bool,
    /// More was missed while it was on its way.
    again: bool,
    failures: u32,
    narrowing: Narrowing,
    /// They came meanwhile.
    held: Vec<tl::enums::Update>,
}

/// An answer, and what it is to.
pub(super) struct Answer {
    id: i64,
    pts: i32,
    result: Result<tl::enums::updates::ChannelDifference, InvokeError>,
}

/// How it goes on with a channel.
enum Next {
    Done,
    Ask(Duration),
}

impl Channels {
    /// Nothing is missing anywhere.
    pub fn is_idle(&self) -> bool {
        self.missing.is_empty()
    }

    /// Something is missing in this channel; `first`: somebody looks at it.
    pub fn want(&mut self, id: i64, first: bool) {
        let missing = self.missing.entry(id).or_default();
        if missing.asked {
            missing.again = true;
            return;
        }
        let queued = self.behind.contains(&id);
        if first {
            self.behind.retain(|other| *other != id);
            self.behind.push_front(id);
        } else if !queued {
            self.behind.push_back(id);
        }
    }

    /// Keeps an update of a channel of which something is missing; gives back any other.
    pub fn hold(&mut self, update: tl::enums::Update) -> Option<tl::enums::Update> {
        // What says that something is missing is no such thing.
        let Some(missing) = channel_of(&update).and_then(|id| self.missing.get_mut(&id)) else { return Some(update) };
        if missing.held.len() < MOST_HELD {
            missing.held.push(update);
        } else {
            missing.again = missing.asked;
        }
        None
    }

    /// Waits for the next answer; for ever where nothing was asked.
    pub async fn answer(&mut self) -> Answer {
        match self.answers.next().await {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }
}

/// The channel in whose order an update stands.
fn channel_of(update: &tl::enums::Update) -> Option<i64> {
    use tl::enums::Update as U;
    let of = |message: &tl::enums::Message| match crate::convert::message::chat(message) {
        Some(PeerId::Channel(id)) => Some(id),
        _ => None,
    };
    match update {
        U::NewChannelMessage(u) => of(&u.message),
        U::EditChannelMessage(u) => of(&u.message),
        U::DeleteChannelMessages(u) => Some(u.channel_id),
        U::ReadChannelInbox(u) => Some(u.channel_id),
        U::ChannelWebPage(u) => Some(u.channel_id),
        U::PinnedChannelMessages(u) => Some(u.channel_id),
        _ => None,
    }
}

impl Machine {
    /// Takes over from the boxes in which channels something is missing.
    pub(super) fn collect_channels(&mut self) {
        while let Some(request) = self.boxes.get_channel_difference() {
            // They would give out one after the other; here they wait until their answer is there.
            self.boxes.end_channel_difference(PrematureEndReason::TemporaryServerIssues);
            if let tl::enums::InputChannel::Channel(channel) = request.channel {
                let first = self.opened.contains(&channel.channel_id);
                self.channels.want(channel.channel_id, first);
            }
        }
    }

    /// Asks as many as may be asked.
    pub(super) fn ask_channels(&mut self) {
        while self.channels.answers.len() < AT_ONCE {
            let Some(id) = self.channels.behind.pop_front() else { return };
            self.ask_channel_after(id, Duration::ZERO);
        }
    }

    fn ask_channel_after(&mut self, id: i64, pause: Duration) {
        let (Some(pts), Some(missing)) = (self.channel_pts(id), self.channels.missing.get_mut(&id)) else {
            return self.release(id);
        };
        let Some(channel) = self.core.peers.input_channel(id) else {
            // Without its key nothing can be asked. The chat list will tell of it again.
            if self.begin_channel(id) {
                self.boxes.end_channel_difference(PrematureEndReason::Banned);
            }
            return self.release(id);
        };
        missing.asked = true;
        let request = tl::functions::updates::GetChannelDifference {
            force: false,
            channel,
            filter: tl::enums::ChannelMessagesFilter::Empty,
            pts,
            limit: missing.narrowing.limit().unwrap_or(CHANNEL_LIMIT),
        };
        let core = self.core.clone();
        let asked = Asked::after(pause, async move { core.invoke_raw(&request).await });
        let answer = async move { Answer { id, pts, result: asked.await.and_then(|result| result) } };
        self.channels.answers.push(answer.boxed());
    }

    /// Lets the boxes expect the difference of this channel and no other's; false where they do not know it.
    fn begin_channel(&mut self, channel_id: i64) -> bool {
        let update = tl::types::UpdateChannelTooLong { channel_id, pts: None }.into();
        let updates = tl::types::UpdateShort { update, date: 0 };
        let _ = self.boxes.process_updates(UpdatesLike::Updates(updates.into()));
        self.boxes.get_channel_difference().is_some_and(|request| {
            matches!(request.channel, tl::enums::InputChannel::Channel(channel) if channel.channel_id == channel_id)
        })
    }

    /// An answer about a channel came.
    pub(super) fn channel_came(&mut self, answer: Answer) {
        let Answer { id, pts, result } = answer;
        if let Some(missing) = self.channels.missing.get_mut(&id) {
            missing.asked = false;
        }
        let next = if self.channel_pts(id) != Some(pts) || !self.begin_channel(id) {
            // All began anew meanwhile.
            Next::Ask(Duration::ZERO)
        } else {
            let next = match result {
                Ok(difference) => self.take_channel_difference(id, difference),
                Err(InvokeError::Protocol(_)) if self.go_past_in_channel(id, pts) => Next::Ask(Duration::ZERO),
                Err(error) => self.channel_failed(id, error),
            };
            // What is still to come is kept here.
            if self.boxes.get_channel_difference().is_some() {
                self.boxes.end_channel_difference(PrematureEndReason::TemporaryServerIssues);
            }
            next
        };
        match next {
            Next::Done => self.release(id),
            Next::Ask(pause) => self.ask_channel_after(id, pause),
        }
    }

    /// Nothing more is to be asked of a channel: what came meanwhile follows.
    fn release(&mut self, id: i64) {
        let Some(missing) = self.channels.missing.remove(&id) else { return };
        if missing.again && self.channel_pts(id).is_some() {
            self.channels.missing.insert(id, Missing { held: missing.held, ..Missing::default() });
            return self.channels.want(id, self.opened.contains(&id));
        }
        let (users, chats) = (Vec::new(), Vec::new());
        let held = tl::types::Updates { updates: missing.held, users, chats, date: 0, seq: 0 };
        self.process(UpdatesLike::Updates(held.into()));
    }

    fn take_channel_difference(&mut self, id: i64, mut difference: tl::enums::updates::ChannelDifference) -> Next {
        use tl::enums::updates::ChannelDifference as D;
        if let Some(missing) = self.channels.missing.get_mut(&id) {
            missing.failures = 0;
            missing.narrowing.readable();
        }
        // What has no number of its own is not in it.
        self.rows.doubt(PeerId::Channel(id), Doubt::Certain);
        let mut end = None;
        let last = match &mut difference {
            D::Difference(d) => {
                self.leave_out(&mut d.other_updates);
                let last = std::mem::take(&mut d.r#final);
                if last {
                    // The boxes take everything of the last one but the messages for something that they have, because
                    // they are told how far it leads first: edits and deletions would be lost. So it is not the last one.
                    let (pts, timeout) = (d.pts, d.timeout);
                    end = Some(tl::types::updates::ChannelDifferenceEmpty { r#final: true, pts, timeout });
                }
                last
            }
            D::TooLong(d) => {
                self.batch.changes.push(Change::Missed(PeerId::Channel(id)));
                // The boxes would fall over one without a state.
                if !matches!(&d.dialog, tl::enums::Dialog::Dialog(dialog) if dialog.pts.is_some()) {
                    self.learn(&d.users, &d.chats);
                    self.boxes.end_channel_difference(PrematureEndReason::Banned);
                    return Next::Done;
                }
                d.r#final
            }
            D::Empty(d) => d.r#final,
        };
        for difference in [Some(difference), end.map(Into::into)].into_iter().flatten() {
            let result = self.boxes.apply_channel_difference(difference);
            self.absorb(result, true);
        }
        if last { Next::Done } else { Next::Ask(Duration::ZERO) }
    }

    /// Something in what was missed cannot be read: asks for less of it, and goes past what cannot be read even alone.
    /// False where that leads nowhere. The boxes expect the difference of this channel.
    fn go_past_in_channel(&mut self, id: i64, pts: i32) -> bool {
        let Some(missing) = self.channels.missing.get_mut(&id) else { return false };
        missing.failures = 0;
        match missing.narrowing.unreadable() {
            Step::Less => return true,
            Step::GiveUp => return false,
            Step::Skip => {}
        }
        tracing::warn!("something that was missed in a channel cannot be read, it is left out");
        let nothing = tl::types::updates::ChannelDifference {
            r#final: false,
            pts: pts.saturating_add(1),
            timeout: None,
            new_messages: Vec::new(),
            other_updates: Vec::new(),
            chats: Vec::new(),
            users: Vec::new(),
        };
        self.boxes.apply_channel_difference(nothing.into());
        self.batch.changes.push(Change::Missed(PeerId::Channel(id)));
        true
    }

    fn channel_failed(&mut self, id: i64, error: InvokeError) -> Next {
        match &error {
            InvokeError::Rpc { code, name, .. }
                if *code < 500 && *code != 420 && *code != 401 && name != "PERSISTENT_TIMESTAMP_OUTDATED" =>
            {
                tracing::info!(name, "a channel is closed to us");
                self.boxes.end_channel_difference(PrematureEndReason::Banned);
                return Next::Done;
            }
            InvokeError::Rpc { .. } | InvokeError::Protocol(_) => {
                let Some(missing) = self.channels.missing.get_mut(&id) else { return Next::Done };
                missing.failures += 1;
                // It is tried again with the next gap.
                if missing.failures >= TRIES {
                    return Next::Done;
                }
            }
            _ => {}
        }
        let error = Error::from_call(error, "updates.getChannelDifference");
        tracing::info!(%error, "what was missed in a channel waits");
        Next::Ask(super::pause_after(&error))
    }
}

#[cfg(test)]
impl Channels {
    /// Those that are to be asked, in their order.
    pub fn order(&self) -> Vec<i64> {
        self.behind.iter().copied().collect()
    }
}

#[cfg(test)]
impl Machine {
    /// From which state on something is missing in a channel, if something is.
    pub fn missing_since(&mut self, id: i64) -> Option<i32> {
        self.collect_channels();
        self.channel_pts(id).filter(|_| self.channels.missing.contains_key(&id))
    }

    /// It is asked, and nobody answers.
    pub fn asked(&mut self, id: i64) {
        self.channels.behind.retain(|other| *other != id);
        self.channels.missing.entry(id).or_default().asked = true;
    }

    /// An answer about a channel comes, as if it had been asked.
    pub fn answered(&mut self, id: i64, result: Result<tl::enums::updates::ChannelDifference, InvokeError>) {
        self.asked(id);
        if let Some(pts) = self.channel_pts(id) {
            self.channel_came(Answer { id, pts, result });
        }
    }
}
