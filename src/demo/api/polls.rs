//! Polls (core.telegram.org/api/poll).

use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::world::{Body, News, Place, Poll, polls};
use grammers_tl_types::{enums, functions, types};

const MOST_ANSWERS: usize = 12;
const LONGEST_QUESTION: usize = 255;
const LONGEST_ANSWER: usize = 100;

/// A new poll.
pub(crate) fn made(ask: &mut Ask<'_>, media: types::InputMediaPoll) -> Fine<Body> {
    let creator = ask.me()?;
    let enums::Poll::Poll(poll) = media.poll;
    let enums::TextWithEntities::Entities(question) = poll.question;
    let letters = |words: &types::TextWithEntities| words.text.trim().chars().count();
    if !(1..=LONGEST_QUESTION).contains(&letters(&question)) {
        return Err(bad("POLL_QUESTION_INVALID"));
    }
    if !(1..=MOST_ANSWERS).contains(&poll.answers.len()) || (poll.quiz && poll.answers.len() < 2) {
        return Err(bad("POLL_ANSWERS_INVALID"));
    }
    let mut answers: Vec<polls::Choice> = Vec::new();
    for (number, answer) in (0_u8..).zip(poll.answers) {
        let (text, option) = match answer {
            enums::PollAnswer::Answer(answer) => (answer.text, answer.option),
            // The server chooses what answers without an option go by.
            enums::PollAnswer::InputPollAnswer(answer) => (answer.text, vec![b'0' + number]),
        };
        let enums::TextWithEntities::Entities(text) = text;
        if !(1..=LONGEST_ANSWER).contains(&letters(&text)) {
            return Err(bad("POLL_ANSWER_INVALID"));
        }
        if option.is_empty() || option.len() > 100 {
            return Err(bad("POLL_OPTION_INVALID"));
        }
        if answers.iter().any(|other| other.option == option) {
            return Err(bad("POLL_OPTION_DUPLICATE"));
        }
        answers.push(polls::Choice { text, option, nameless: 0 });
    }
    let correct: Vec<usize> =
        media.correct_answers.unwrap_or_default().into_iter().filter_map(|place| usize::try_from(place).ok()).collect();
    if poll.quiz {
        if poll.multiple_choice {
            return Err(bad("QUIZ_MULTIPLE_INVALID"));
        }
        if correct.is_empty() {
            return Err(bad("QUIZ_CORRECT_ANSWERS_EMPTY"));
        }
        if correct.iter().any(|place| *place >= answers.len()) {
            return Err(bad("QUIZ_CORRECT_ANSWER_INVALID"));
        }
    }
    let now = ask.state.now();
    let close_date = poll.close_period.map(|period| now.saturating_add(period)).or(poll.close_date);
    if let Some(date) = close_date {
        ask.state.wake_at(date);
    }
    let solution = media
        .solution
        .map(|text| types::TextWithEntities { text, entities: media.solution_entities.unwrap_or_default() });
    let id = ask.state.new_file_id();
    let poll = Poll {
        id,
        creator,
        question,
        answers,
        public: poll.public_voters,
        multiple: poll.multiple_choice,
        quiz: poll.quiz,
        correct,
        solution,
        closed: poll.closed,
        close_period: poll.close_period,
        close_date,
        votes: Vec::new(),
    };
    ask.state.polls.insert(id, poll);
    Ok(Body::Poll(id))
}

/// The poll in a message.
fn in_message(ask: &Ask<'_>, peer: &enums::InputPeer, id: i32) -> Fine<(Place, i64)> {
    let place = ask.own_place(peer)?;
    let (_, letter) = ask.state.letter_at(ask.me()?, place, id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    match letter.body {
        Body::Poll(poll) => Ok((place, poll)),
        _ => Err(bad("MESSAGE_ID_INVALID")),
    }
}

pub(crate) fn send_vote(ask: &mut Ask<'_>, request: functions::messages::SendVote) -> Fine<enums::Updates> {
    let (_, id) = in_message(ask, &request.peer, request.msg_id)?;
    let (me, now) = (ask.me()?, ask.state.now());
    let poll = ask.state.polls.get_mut(&id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    poll.vote(me, request.options, now).map_err(|refused| {
        bad(match refused {
            polls::Refused::Closed => "MESSAGE_POLL_CLOSED",
            polls::Refused::NoSuchOption => "OPTION_INVALID",
            polls::Refused::TooMany => "OPTIONS_TOO_MUCH",
            polls::Refused::Answered => "REVOTE_NOT_ALLOWED",
        })
    })?;
    let notices = ask.state.tell_of_poll(id);
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn get_poll_results(
    ask: &mut Ask<'_>,
    request: functions::messages::GetPollResults,
) -> Fine<enums::Updates> {
    let (_, poll) = in_message(ask, &request.peer, request.msg_id)?;
    let mut view = ask.view()?;
    let updates = super::announce::news_update(&mut view, &News::Poll { poll }).into_iter().collect();
    let (chats, users) = view.everyone();
    Ok(types::Updates { updates, users, chats, date: ask.state.now(), seq: 0 }.into())
}

pub(crate) fn get_poll_votes(
    ask: &mut Ask<'_>,
    request: functions::messages::GetPollVotes,
) -> Fine<enums::messages::VotesList> {
    let (_, poll) = in_message(ask, &request.peer, request.id)?;
    let mut view = ask.view()?;
    let state = view.state;
    let poll = state.polls.get(&poll).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if !poll.public {
        return Err(bad("BROADCAST_FORBIDDEN"));
    }
    if !poll.shows_results_to(view.me) {
        return Err(bad("POLL_VOTE_REQUIRED"));
    }
    let wanted = |vote: &&polls::Vote| request.option.as_ref().is_none_or(|option| vote.options.contains(option));
    let all: Vec<&polls::Vote> = poll.votes.iter().rev().filter(wanted).collect();
    let start: usize = request.offset.as_deref().and_then(|offset| offset.parse().ok()).unwrap_or(0);
    let limit = request.limit.clamp(1, 50) as usize;
    let mut votes = Vec::new();
    for vote in all.iter().skip(start).take(limit) {
        let (peer, date) = (view.name(Place::User(vote.who)), vote.date);
        votes.push(match (&request.option, vote.options.as_slice()) {
            (Some(_), _) => types::MessagePeerVoteInputOption { peer, date }.into(),
            (None, [option]) => types::MessagePeerVote { peer, option: option.clone(), date }.into(),
            (None, options) => types::MessagePeerVoteMultiple { peer, options: options.to_vec(), date }.into(),
        });
    }
    let next = start.saturating_add(limit);
    let next_offset = (next < all.len()).then(|| next.to_string());
    let (chats, users) = view.everyone();
    Ok(types::messages::VotesList { count: all.len() as i32, votes, chats, users, next_offset }.into())
}

/// Somebody who made a poll closes it: the edit that says so.
pub(crate) fn close(ask: &mut Ask<'_>, id: i64) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let poll = ask.state.polls.get_mut(&id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if poll.creator != me {
        return Err(crate::rpc::RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    if poll.closed {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    poll.closed = true;
    let notices = ask.state.tell_of_poll(id);
    own_updates(ask, notices, Vec::new())
}
