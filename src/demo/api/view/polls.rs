//! Polls and what was voted.

use super::View;
use crate::world::{Place, Poll};
use grammers_tl_types::{enums, types};

impl View<'_> {
    /// A poll with as much of its results as the account may see.
    pub(super) fn poll_media(&mut self, id: i64) -> Option<enums::MessageMedia> {
        let state = self.state;
        let poll = state.polls.get(&id)?;
        let results = self.results(poll);
        Some(types::MessageMediaPoll { poll: self.poll(poll), results, attached_media: None }.into())
    }

    /// The question and its answers.
    pub(crate) fn poll(&self, poll: &Poll) -> enums::Poll {
        let answers = poll.answers.iter().map(|answer| {
            types::PollAnswer {
                text: answer.text.clone().into(),
                option: answer.option.clone(),
                media: None,
                added_by: None,
                date: None,
            }
            .into()
        });
        types::Poll {
            id: poll.id,
            closed: poll.closed,
            public_voters: poll.public,
            multiple_choice: poll.multiple,
            quiz: poll.quiz,
            open_answers: false,
            revoting_disabled: false,
            shuffle_answers: false,
            hide_results_until_close: false,
            creator: poll.creator == self.me,
            subscribers_only: false,
            question: poll.question.clone().into(),
            answers: answers.collect(),
            close_period: poll.close_period,
            close_date: poll.close_date,
            countries_iso2: None,
            hash: 0,
        }
        .into()
    }

    /// Who has not voted sees no more than how many did.
    pub(crate) fn results(&mut self, poll: &Poll) -> enums::PollResults {
        let own = poll.vote_of(self.me);
        let shows = poll.shows_results_to(self.me);
        let mut results = Vec::new();
        for (place, answer) in poll.answers.iter().enumerate() {
            let recent = poll.votes.iter().rev().filter(|vote| vote.options.contains(&answer.option)).take(3);
            let recent: Vec<i64> = if poll.public { recent.map(|vote| vote.who).collect() } else { Vec::new() };
            let recent_voters = recent.into_iter().map(|who| self.name(Place::User(who))).collect();
            results.push(
                types::PollAnswerVoters {
                    chosen: own.is_some_and(|vote| vote.options.contains(&answer.option)),
                    correct: poll.quiz && poll.correct.contains(&place),
                    option: answer.option.clone(),
                    voters: Some(poll.count(answer)),
                    // Shares its flag with `voters`: both or neither.
                    recent_voters: Some(recent_voters),
                }
                .into(),
            );
        }
        let solution = poll.solution.as_ref().filter(|_| shows);
        types::PollResults {
            min: false,
            has_unread_votes: false,
            can_view_stats: false,
            results: shows.then_some(results),
            total_voters: Some(poll.voters()),
            recent_voters: None,
            solution: solution.map(|solution| solution.text.clone()),
            solution_entities: solution.map(|solution| solution.entities.clone()),
            solution_media: None,
        }
        .into()
    }
}
