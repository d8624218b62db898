//! What was missed in a channel comes in slices, and where the next one begins is known only when one is here. In a channel
//! that somebody looks at nobody waits for that: the slices are asked for at the same time, each from where the one before
//! is expected to end. One that did not begin where the one before really ended is thrown away.

use grammers_tl_types::enums::updates::ChannelDifference;
use std::collections::VecDeque;

/// So many slices of a channel are asked for ahead.
const SLICES: usize = 4;

/// So many channels are asked like this: those that somebody looked at last.
pub(super) const WATCHED: usize = 4;

/// What was asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// No other has it.
    pub number: u64,
    /// From this state on.
    pub pts: i32,
}

/// The slices of a channel that are asked for ahead.
#[derive(Default)]
pub(super) struct Ahead {
    /// So far the channel is, as far as we were told.
    reach: i32,
    /// Each begins where the one before is expected to end.
    slices: VecDeque<Slice>,
    /// It did not go as expected: from now on one slice after the other is asked for.
    astray: bool,
}

/// A slice that was asked for ahead.
pub(super) struct Slice {
    pub question: Question,
    /// It is here.
    pub answer: Option<ChannelDifference>,
}

impl Ahead {
    /// For a channel that is known to be so far.
    pub fn up_to(reach: i32) -> Self {
        Self { reach, ..Self::default() }
    }

    /// How far the channel is known to be.
    pub fn reach(&self) -> i32 {
        self.reach
    }

    /// The channel is so far at least.
    pub fn reaches(&mut self, pts: i32) {
        self.reach = self.reach.max(pts);
    }

    /// From where on the next slice is to be asked for, while one is asked for from `pts` on. Nothing beyond what is known.
    pub fn next(&self, pts: i32, limit: i32) -> Option<i32> {
        let last = self.slices.back().map_or(pts, |slice| slice.question.pts);
        let next = last.saturating_add(limit);
        (!self.astray && self.slices.len() < SLICES && next < self.reach).then_some(next)
    }

    /// This was asked.
    pub fn asked(&mut self, question: Question) {
        self.slices.push_back(Slice { question, answer: None });
    }

    /// Keeps an answer until it is its turn. Without one (`None`) it is asked again when it is.
    pub fn came(&mut self, question: Question, answer: Option<ChannelDifference>) {
        let Some(at) = self.slices.iter().position(|slice| slice.question == question) else { return };
        match (self.slices.get_mut(at), answer) {
            (Some(slice), Some(answer)) => slice.answer = Some(answer),
            _ => {
                self.slices.truncate(at);
                self.astray = true;
            }
        }
    }

    /// The slice that begins at this state, if it was asked for.
    pub fn take(&mut self, pts: i32) -> Option<Slice> {
        if self.slices.front().is_some_and(|slice| slice.question.pts == pts) {
            return self.slices.pop_front();
        }
        self.astray |= !self.slices.is_empty();
        self.slices.clear();
        None
    }

    /// They are asked for one after the other instead.
    pub fn forgo(&mut self) {
        self.slices.clear();
    }
}

#[cfg(test)]
impl Ahead {
    /// What is asked, in its order.
    pub fn questions(&self) -> Vec<Question> {
        self.slices.iter().map(|slice| slice.question).collect()
    }
}
