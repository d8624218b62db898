//! Messages that others answer and that are not in the conversation's window, or stand in another chat: fetched once,
//! when what answers them comes into view.

use super::{Chats, Message, work};
use heliograph_model::{Message as Said, Messages, PeerId};
use heliograph_telegram::Error;
use iced::Task;
use std::collections::HashMap;

/// At most so many are kept; then all are forgotten, and fetched again where they are in view.
const KEPT: usize = 500;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// `None` while it is on its way.
    found: HashMap<(PeerId, i32), Option<Found>>,
}

#[derive(Clone, Debug)]
enum Found {
    Here(Box<Said>),
    Gone,
}

impl Answered {
    /// A message, if it is here.
    pub fn get(&self, chat: PeerId, number: i32) -> Option<&Said> {
        match self.found.get(&(chat, number)) {
            Some(Some(Found::Here(said))) => Some(said),
            _ => None,
        }
    }

    /// Whether the server does not have it any more.
    pub fn is_gone(&self, chat: PeerId, number: i32) -> bool {
        matches!(self.found.get(&(chat, number)), Some(Some(Found::Gone)))
    }

    /// Whether nobody asked for it yet; now somebody does.
    fn begin(&mut self, chat: PeerId, number: i32) -> bool {
        if self.found.len() >= KEPT {
            self.found.clear();
        }
        let new = !self.found.contains_key(&(chat, number));
        if new {
            let _ = self.found.insert((chat, number), None);
        }
        new
    }

    /// The server answered: what it left out is gone. After a failure they can be asked for again.
    fn came(&mut self, chat: PeerId, numbers: &[i32], messages: Result<Vec<Said>, ()>) {
        let Ok(messages) = messages else {
            for number in numbers {
                let _ = self.found.remove(&(chat, *number));
            }
            return;
        };
        for number in numbers {
            let _ = self.found.insert((chat, *number), Some(Found::Gone));
        }
        for said in messages {
            if let Some(number) = said.id.server() {
                let _ = self.found.insert((chat, number), Some(Found::Here(Box::new(said))));
            }
        }
    }
}

impl Chats {
    /// Asks for what is answered by messages in view, or by what is being written, and is not here.
    pub(super) fn fetch_answered(&mut self) -> Task<Message> {
        let seen = self.open.as_ref().and_then(|open| Some((self.state.histories.get(&open.chat)?, open.visible?)));
        let seen = seen.into_iter().flat_map(|(history, visible)| {
            history.between(visible.first.message, visible.last.message).filter_map(|said| {
                let reply = said.reply.as_ref()?;
                Some((reply.chat.unwrap_or(said.chat), reply.message?))
            })
        });
        let wanted = seen.chain(self.answered_by_draft());
        let here = |chat: PeerId, number: i32| {
            let history = self.state.histories.get(&chat);
            history.is_some_and(|history| history.get(heliograph_model::MessageId::Server(number)).is_some())
        };
        let mut missing: HashMap<PeerId, Vec<i32>> = HashMap::new();
        for (chat, number) in wanted.filter(|(chat, number)| !here(*chat, *number)) {
            missing.entry(chat).or_default().push(number);
        }
        let mut tasks = Vec::new();
        for (chat, mut numbers) in missing {
            numbers.retain(|number| self.state.answered.begin(chat, *number));
            if !numbers.is_empty() {
                tasks.push(work::answered(&self.account, chat, numbers));
            }
        }
        Task::batch(tasks)
    }

    /// They came, or not.
    pub(super) fn answered_came(&mut self, chat: PeerId, numbers: &[i32], found: Result<Messages, Error>) {
        let messages = match found {
            Ok(Messages { messages, peers }) => {
                self.state.learn(peers);
                Ok(messages)
            }
            Err(_) => Err(()),
        };
        self.state.answered.came(chat, numbers, messages);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::MessageId;

    #[test]
    fn each_is_asked_for_once_and_again_after_a_failure() {
        let chat = PeerId::User(1);
        let mut answered = Answered::default();
        assert!(answered.begin(chat, 1) && answered.begin(chat, 2) && !answered.begin(chat, 1));
        answered.came(chat, &[1, 2], Err(()));
        assert!(answered.begin(chat, 1) && answered.begin(chat, 2));
        let said = Said { id: MessageId::Server(1), chat, ..Said::default() };
        answered.came(chat, &[1, 2], Ok(vec![said]));
        assert!(answered.get(chat, 1).is_some() && !answered.is_gone(chat, 1));
        assert!(answered.get(chat, 2).is_none() && answered.is_gone(chat, 2));
        assert!(!answered.begin(chat, 2));
    }
}
