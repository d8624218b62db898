//! Polls and quizzes (core.telegram.org/api/poll).

use super::{peer, text};
use grammers_tl_types as tl;
use heliograph_model::{Change, FormattedText, Poll, PollAnswer};
use std::sync::Arc;

/// A poll with what came of it so far.
pub(crate) fn poll(poll: &tl::enums::Poll, results: &tl::enums::PollResults) -> Poll {
    let tl::enums::Poll::Poll(poll) = poll;
    let tl::enums::PollResults::Results(results) = results;
    Poll {
        id: poll.id,
        question: words(&poll.question),
        answers: answers(&poll.answers, results),
        quiz: poll.quiz,
        multiple: poll.multiple_choice,
        public: poll.public_voters,
        closed: poll.closed,
        total: count(results.total_voters),
        closes: poll.close_date.map(Into::into),
        solution: solution(results),
        recent: results.recent_voters.iter().flatten().map(peer::id).collect(),
    }
}

/// News of a poll. Where the poll itself is not told again, the answers have no words.
pub(crate) fn change(update: &tl::types::UpdateMessagePoll) -> Change {
    let tl::enums::PollResults::Results(results) = &update.results;
    let told = update.poll.as_ref().map(|tl::enums::Poll::Poll(poll)| poll);
    let answers = match told {
        Some(poll) => answers(&poll.answers, results),
        None => results.results.iter().flatten().map(|voters| answer(FormattedText::default(), voters)).collect(),
    };
    Change::Poll {
        poll: update.poll_id,
        answers,
        total: count(results.total_voters),
        closed: told.is_some_and(|poll| poll.closed),
        solution: solution(results),
        min: results.min,
    }
}

fn answers(answers: &[tl::enums::PollAnswer], results: &tl::types::PollResults) -> Vec<PollAnswer> {
    let voters_of = |option: &[u8]| {
        let mut all = results.results.iter().flatten();
        all.find(|tl::enums::PollAnswerVoters::Voters(voters)| voters.option == option)
    };
    let answers = answers.iter().filter_map(|told| match told {
        tl::enums::PollAnswer::Answer(told) => Some(match voters_of(&told.option) {
            Some(voters) => answer(words(&told.text), voters),
            None => PollAnswer {
                text: words(&told.text),
                option: told.option.as_slice().into(),
                voters: None,
                chosen: false,
                correct: false,
            },
        }),
        // Only ever sent by us.
        tl::enums::PollAnswer::InputPollAnswer(_) => None,
    });
    answers.collect()
}

fn answer(text: FormattedText, voters: &tl::enums::PollAnswerVoters) -> PollAnswer {
    let tl::enums::PollAnswerVoters::Voters(voters) = voters;
    let option: Arc<[u8]> = voters.option.as_slice().into();
    PollAnswer { text, option, voters: count(voters.voters), chosen: voters.chosen, correct: voters.correct }
}

fn words(words: &tl::enums::TextWithEntities) -> FormattedText {
    let tl::enums::TextWithEntities::Entities(words) = words;
    text::formatted(words.text.clone(), Some(&words.entities))
}

fn solution(results: &tl::types::PollResults) -> Option<FormattedText> {
    let words = results.solution.clone().filter(|words| !words.is_empty())?;
    Some(text::formatted(words, results.solution_entities.as_deref()))
}

fn count(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}
