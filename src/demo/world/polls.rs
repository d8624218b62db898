//! Polls (core.telegram.org/api/poll). One poll may stand in many letters: forwards share it.

use grammers_tl_types::types;

/// A question with answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Poll {
    pub id: i64,
    pub creator: i64,
    pub question: types::TextWithEntities,
    pub answers: Vec<Choice>,
    pub public: bool,
    pub multiple: bool,
    pub quiz: bool,
    /// The right answers of a quiz, as places in `answers`.
    pub correct: Vec<usize>,
    pub solution: Option<types::TextWithEntities>,
    pub closed: bool,
    pub close_period: Option<i32>,
    pub close_date: Option<i32>,
    pub votes: Vec<Vote>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    pub text: types::TextWithEntities,
    pub option: Vec<u8>,
    /// Votes of people whom the world does not know by name.
    pub nameless: i32,
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vote {
    pub who: i64,
    pub options: Vec<Vec<u8>>,
    pub date: i32,
}

/// Why a vote is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Closed,
    NoSuchOption,
    TooMany,
    /// In a quiz one answers once.
    Answered,
}

impl Poll {
    /// Somebody chooses; an empty choice takes an earlier one back.
    pub(crate) fn vote(&mut self, who: i64, options: Vec<Vec<u8>>, date: i32) -> Result<(), Refused> {
        if self.closed {
            return Err(Refused::Closed);
        }
        if options.iter().any(|option| !self.answers.iter().any(|answer| answer.option == *option)) {
            return Err(Refused::NoSuchOption);
        }
        if options.len() > 1 && !self.multiple {
            return Err(Refused::TooMany);
        }
        if self.quiz && self.votes.iter().any(|vote| vote.who == who) {
            return Err(Refused::Answered);
        }
        self.votes.retain(|vote| vote.who != who);
        if !options.is_empty() {
            self.votes.push(Vote { who, options, date });
        }
        Ok(())
    }

    /// How many chose this answer.
    pub(crate) fn count(&self, choice: &Choice) -> i32 {
        let named = self.votes.iter().filter(|vote| vote.options.contains(&choice.option)).count();
        choice.nameless.saturating_add(named as i32)
    }

    /// How many chose anything.
    pub(crate) fn voters(&self) -> i32 {
        let nameless: i32 = self.answers.iter().map(|answer| answer.nameless).sum();
        nameless.saturating_add(self.votes.len() as i32)
    }

    /// Whether this person may see the results: who has voted, or anybody once it is closed.
    pub(crate) fn shows_results_to(&self, who: i64) -> bool {
        self.closed || self.vote_of(who).is_some()
    }

    /// What somebody chose.
    pub(crate) fn vote_of(&self, who: i64) -> Option<&Vote> {
        self.votes.iter().find(|vote| vote.who == who)
    }
}
