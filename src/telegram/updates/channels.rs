//! What was missed in channels (core.telegram.org/api/updates#recovering-gaps). Each counts for itself, so many are asked
//! at the same time, first those that somebody looks at. What happens in a channel while it is asked waits until what came
//! before is here; all others go on.

use super::ahead::{Ahead, Question, WATCHED};
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
    /// So many questions were asked.
    questions: u64,
    /// How far channels are of which the server has just said that something is missing.
    pub told: Vec<(i64, i32)>,
}

/// What is known of one of them.
#[derive(Default)]
struct Missing {
    /// A request is on its way.
    asked: Option<Question>,
    /// What comes after it.
    ahead: Ahead,
    /// More was missed while it was on its way.
    again: bool,
    /// Up to here, said the server while it was on its way.
    told: i32,
    failures: u32,
    narrowing: Narrowing,
    /// They came meanwhile.
    held: Vec<tl::enums::Update>,
}

/// An answer, and what it is to.
pub(super) struct Answer {
    id: i64,
    question: Question,
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

    /// Something is missing in this channel, up to a state that the server `told` or not; `first`: somebody looks at it.
    pub fn want(&mut self, id: i64, first: bool, told: Option<i32>) {
        let missing = self.missing.entry(id).or_default();
        missing.ahead.reaches(told.unwrap_or_default());
        if missing.asked.is_some() {
            missing.told = missing.told.max(told.unwrap_or_default());
            missing.again |= told.is_none();
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
        let Some((id, pts)) = channel_of(&update) else { return Some(update) };
        let Some(missing) = self.missing.get_mut(&id) else { return Some(update) };
        missing.ahead.reaches(pts);
        if missing.held.len() < MOST_HELD {
            missing.held.push(update);
        } else {
            missing.again = missing.asked.is_some();
        }
        None
    }

    /// A channel is so far, as some answer tells.
    pub fn reaches(&mut self, id: i64, pts: i32) {
        if let Some(missing) = self.missing.get_mut(&id) {
            missing.ahead.reaches(pts);
        }
    }

    fn question(&mut self, pts: i32) -> Question {
        self.questions += 1;
        Question { number: self.questions, pts }
    }

    /// Waits for the next answer; for ever where nothing was asked.
    pub async fn answer(&mut self) -> Answer {
        match self.answers.next().await {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }
}

/// The channel in whose order an update stands, and the state that it leads to.
fn channel_of(update: &tl::enums::Update) -> Option<(i64, i32)> {
    use tl::enums::Update as U;
    let of = |message: &tl::enums::Message| match crate::convert::message::chat(message) {
        Some(PeerId::Channel(id)) => Some(id),
        _ => None,
    };
    match update {
        U::NewChannelMessage(u) => Some((of(&u.message)?, u.pts)),
        U::EditChannelMessage(u) => Some((of(&u.message)?, u.pts)),
        U::DeleteChannelMessages(u) => Some((u.channel_id, u.pts)),
        U::ReadChannelInbox(u) => Some((u.channel_id, u.pts)),
        U::ChannelWebPage(u) => Some((u.channel_id, u.pts)),
        U::PinnedChannelMessages(u) => Some((u.channel_id, u.pts)),
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
                let id = channel.channel_id;
                let told = self.channels.told.iter().filter(|(told, _)| *told == id).map(|(_, pts)| *pts).max();
                let first = self.opened.contains(&id);
                self.channels.want(id, first, told);
            }
        }
        self.channels.told.clear();
    }

    /// Asks as many as may be asked.
    pub(super) fn ask_channels(&mut self) {
        if self.channels.is_idle() {
            return;
        }
        while self.channels.answers.len() < AT_ONCE
            && let Some(id) = self.channels.behind.pop_front()
        {
            self.ask_channel_after(id, Duration::ZERO);
        }
        for at in 0..WATCHED {
            if let Some(id) = self.opened.get(at) {
                self.ask_ahead(*id);
            }
        }
    }

    /// Asks for further slices of what was missed in a channel, as far as it is known to be.
    fn ask_ahead(&mut self, id: i64) {
        while let Some(missing) = self.channels.missing.get(&id)
            && let Some(asked) = missing.asked
            && (missing.failures, missing.narrowing.limit()) == (0, None)
            && let Some(pts) = missing.ahead.next(asked.pts, CHANNEL_LIMIT)
            && let Some(channel) = self.core.peers.input_channel(id)
        {
            let question = self.channels.question(pts);
            if let Some(missing) = self.channels.missing.get_mut(&id) {
                missing.ahead.asked(question);
            }
            self.put(id, question, channel, CHANNEL_LIMIT, Duration::ZERO);
        }
    }

    /// Puts a question to the server.
    fn put(&mut self, id: i64, question: Question, channel: tl::enums::InputChannel, limit: i32, pause: Duration) {
        let request = tl::functions::updates::GetChannelDifference {
            force: false,
            channel,
            filter: tl::enums::ChannelMessagesFilter::Empty,
            pts: question.pts,
            limit,
        };
        let core = self.core.clone();
        let asked = Asked::after(pause, async move { core.invoke_raw(&request).await });
        let answer = async move { Answer { id, question, result: asked.await.and_then(|result| result) } };
        self.channels.answers.push(answer.boxed());
    }

    fn ask_channel_after(&mut self, id: i64, pause: Duration) {
        let Some(pts) = self.channel_pts(id) else { return self.release(id) };
        let Some(channel) = self.core.peers.input_channel(id) else {
            // Without its key nothing can be asked. The chat list will tell of it again.
            if self.begin_channel(id) {
                self.boxes.end_channel_difference(PrematureEndReason::Banned);
            }
            return self.release(id);
        };
        let question = self.channels.question(pts);
        let Some(missing) = self.channels.missing.get_mut(&id) else { return };
        let limit = missing.narrowing.limit();
        if !pause.is_zero() || limit.is_some() {
            missing.ahead.forgo();
        }
        if let Some(slice) = missing.ahead.take(pts) {
            let question = slice.question;
            missing.asked = Some(question);
            if let Some(difference) = slice.answer {
                let answer = Answer { id, question, result: Ok(difference) };
                self.channels.answers.push(std::future::ready(answer).boxed());
            }
            return;
        }
        missing.asked = Some(question);
        self.put(id, question, channel, limit.unwrap_or(CHANNEL_LIMIT), pause);
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
        let Answer { id, question, result } = answer;
        let Some(missing) = self.channels.missing.get_mut(&id) else { return };
        if missing.asked != Some(question) {
            // It was asked ahead; or nobody waits for it any more.
            return missing.ahead.came(question, result.ok());
        }
        missing.asked = None;
        let pts = question.pts;
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
        if self.channel_pts(id).is_some_and(|pts| missing.again || pts < missing.told) {
            let ahead = Ahead::up_to(missing.ahead.reach());
            self.channels.missing.insert(id, Missing { held: missing.held, ahead, ..Missing::default() });
            return self.channels.want(id, self.opened.contains(&id), None);
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
        let pts = self.channel_pts(id).unwrap_or_default();
        let question = self.channels.question(pts);
        self.channels.missing.entry(id).or_default().asked.get_or_insert(question);
    }

    /// An answer about a channel comes, as if it had been asked.
    pub fn answered(&mut self, id: i64, result: Result<tl::enums::updates::ChannelDifference, InvokeError>) {
        self.asked(id);
        if let Some(question) = self.channels.missing.get(&id).and_then(|missing| missing.asked) {
            self.channel_came(Answer { id, question, result });
        }
    }

    /// From which states on a channel is asked at the same time.
    pub fn questions(&self, id: i64) -> Vec<i32> {
        self.all_questions(id).iter().map(|question| question.pts).collect()
    }

    fn all_questions(&self, id: i64) -> Vec<Question> {
        let Some(missing) = self.channels.missing.get(&id) else { return Vec::new() };
        missing.asked.into_iter().chain(missing.ahead.questions()).collect()
    }

    /// An answer comes to what was asked from this state on, and what is to be asked then is asked.
    pub fn slice_came(
        &mut self,
        id: i64,
        pts: i32,
        result: Result<tl::enums::updates::ChannelDifference, InvokeError>,
    ) {
        let question = self.all_questions(id).into_iter().find(|question| question.pts == pts).unwrap();
        self.channel_came(Answer { id, question, result });
        // What is here already comes at once.
        while let Some(Some(answer)) = self.channels.answers.next().now_or_never() {
            self.channel_came(answer);
        }
        self.ask();
    }
}
