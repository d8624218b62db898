//! What the reader has done with messages here that nobody else knows of: hidden pictures that were pressed, answers
//! that are ticked and not sent yet.

use super::{Chats, Message};
use heliograph_model::{Change, Delivery, Media, Message as Said, MessageId, PeerId, Poll};
use heliograph_telegram::Error;
use iced::Task;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    revealed: HashSet<(PeerId, MessageId)>,
    ballots: HashMap<(PeerId, MessageId), Ballot>,
    explained: HashSet<(PeerId, MessageId)>,
    spoilers: HashMap<(PeerId, MessageId), Vec<usize>>,
}

/// How far a vote got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    /// The places of the answers that are ticked.
    pub ticked: BTreeSet<usize>,
    /// It is on its way.
    pub sending: bool,
}

impl Marks {
    /// Whether what this message hides was pressed.
    pub fn is_revealed(&self, said: &Said) -> bool {
        self.revealed.contains(&(said.chat, said.id))
    }

    /// Where the spoilers in the words of this message begin that were looked under.
    pub fn opened_spoilers(&self, said: &Said) -> &[usize] {
        self.spoilers.get(&(said.chat, said.id)).map_or(&[], Vec::as_slice)
    }

    /// The vote that is being made in this message.
    pub fn ballot(&self, said: &Said) -> Option<&Ballot> {
        self.ballots.get(&(said.chat, said.id))
    }

    /// Whether the reason for the right answer was asked for.
    pub fn is_explained(&self, said: &Said) -> bool {
        self.explained.contains(&(said.chat, said.id))
    }
}

impl Chats {
    /// What a message hides is shown from now on.
    pub(super) fn revealed(&mut self, id: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let _ = self.state.marks.revealed.insert((chat, id));
        self.visible_changed()
    }

    /// A spoiler in the words of a message was looked under.
    pub(super) fn spoiler_opened(&mut self, id: MessageId, start: usize) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        self.state.marks.spoilers.entry((chat, id)).or_default().push(start);
        Task::none()
    }

    /// The reason for the right answer is shown, or not any more.
    pub(super) fn explained(&mut self, id: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        if !self.state.marks.explained.remove(&(chat, id)) {
            let _ = self.state.marks.explained.insert((chat, id));
        }
        Task::none()
    }

    fn poll(&self, chat: PeerId, id: MessageId) -> Option<&Poll> {
        match &self.state.histories.get(&chat)?.get(id)?.media {
            Some(Media::Poll(poll)) => Some(poll),
            _ => None,
        }
    }

    /// An answer was pressed: where several can be given it is ticked, else it is the vote.
    pub(super) fn answered(&mut self, id: MessageId, answer: usize) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let Some(multiple) = self.poll(chat, id).map(|poll| poll.multiple) else { return Task::none() };
        let ballot = self.state.marks.ballots.entry((chat, id)).or_default();
        if ballot.sending {
            return Task::none();
        }
        if !multiple {
            ballot.ticked = BTreeSet::from([answer]);
            return self.voted_for(id);
        }
        if !ballot.ticked.remove(&answer) {
            let _ = ballot.ticked.insert(answer);
        }
        Task::none()
    }

    /// What is ticked is sent.
    pub(super) fn voted_for(&mut self, id: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let ticked = self.state.marks.ballots.get(&(chat, id)).map(|ballot| ballot.ticked.clone()).unwrap_or_default();
        let options = self.poll(chat, id).map(|poll| {
            let chosen = poll.answers.iter().enumerate().filter(|(place, _)| ticked.contains(place));
            chosen.map(|(_, answer)| answer.option.clone()).collect::<Vec<_>>()
        });
        match options.filter(|options| !options.is_empty()) {
            Some(options) => self.vote(chat, id, options),
            None => Task::none(),
        }
    }

    /// The vote is taken back.
    pub(super) fn retracted(&mut self, id: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        match self.poll(chat, id) {
            // Who has answered a quiz has answered it.
            Some(poll) if poll.voted() && !poll.quiz && !poll.closed => self.vote(chat, id, Vec::new()),
            _ => Task::none(),
        }
    }

    fn vote(&mut self, chat: PeerId, id: MessageId, options: Vec<Arc<[u8]>>) -> Task<Message> {
        let Some(number) = id.server() else { return Task::none() };
        self.state.marks.ballots.entry((chat, id)).or_default().sending = true;
        let account = self.account.clone();
        Task::perform(async move { account.vote(chat, number, options).await }, move |result| {
            Message::Voted(chat, id, result.map(|poll| poll.map(Box::new)))
        })
    }

    /// The server has the vote, or not.
    pub(super) fn voted(
        &mut self,
        chat: PeerId,
        id: MessageId,
        result: Result<Option<Box<Poll>>, Error>,
    ) -> Result<(), Error> {
        let ballot = self.state.marks.ballots.remove(&(chat, id));
        let poll = match result {
            Ok(poll) => poll,
            Err(error) => {
                // What was ticked stays so, to be sent once more.
                if let Some(ballot) = ballot.filter(|_| self.poll(chat, id).is_some_and(|poll| poll.multiple)) {
                    let _ = self.state.marks.ballots.insert((chat, id), Ballot { sending: false, ..ballot });
                }
                return Err(error);
            }
        };
        if let Some(poll) = poll
            && let Some(said) = self.state.histories.get(&chat).and_then(|history| history.get(id))
        {
            let wrong = poll.quiz && poll.answers.iter().any(|answer| answer.chosen && !answer.correct);
            if wrong && poll.solution.is_some() {
                let _ = self.state.marks.explained.insert((chat, id));
            }
            let said = Said { media: Some(Media::Poll(poll)), ..said.clone() };
            self.state.history(chat).apply(&Change::Edited(said));
        }
        Ok(())
    }

    /// Whether a poll in view closes so soon that its seconds are counted.
    pub(super) fn counts_down(&self) -> bool {
        let Some(open) = &self.open else { return false };
        let (Some(visible), Some(history)) = (open.visible, self.state.histories.get(&open.chat)) else { return false };
        let now = self.now();
        if history.waiting().any(|said| matches!(said.delivery, Delivery::Held(_))) {
            return true;
        }
        history.between(visible.first.message, visible.last.message).any(|said| match &said.media {
            Some(Media::Poll(poll)) => {
                !poll.closed && poll.closes.is_some_and(|closes| (now..=now + COUNTED).contains(&closes))
            }
            _ => false,
        })
    }
}

/// The seconds of a poll that closes within so many are counted; what takes longer is said to the minute.
pub const COUNTED: i64 = 3600;
