//! Going to a message, wherever it stands, and back to where one was.

use super::history::{Asked, History, Purpose};
use super::rows::{Key, Part};
use super::{Chats, Message};
use crate::widget::timeline::{Align, Jump};
use crate::words::{self, Words, fl};
use heliograph_model::{Connection, MessageId, PeerId, Place};
use heliograph_telegram::Error;
use iced::Task;

/// One can go back so often.
const STOPS: usize = 50;

/// Where one wants to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// At this message.
    Message(i32),
    /// At the first message since this time, in Unix seconds.
    Date(i64),
    /// At the first message that is new.
    Unread,
    /// At the newest message.
    End,
}

impl Aim {
    /// Whether it can be gone to at once.
    pub fn is_in(self, history: &History) -> bool {
        match self {
            Self::Message(id) => history.get(MessageId::Server(id)).is_some(),
            Self::Date(date) => history.first_since(date).is_some(),
            Self::Unread => history.unread_row().is_some(),
            Self::End => history.is_newest(),
        }
    }
}

/// Where one was before one jumped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    chat: PeerId,
    message: i32,
}

impl Chats {
    /// A message that another one speaks of is wanted.
    pub(super) fn message_wanted(&mut self, chat: PeerId, message: i32) -> Task<Message> {
        if let Some(from) = self.speaks_of(chat, message) {
            self.back.push(from);
            if self.back.len() > STOPS {
                let _ = self.back.remove(0);
            }
        }
        self.opened_at(chat, Aim::Message(message))
    }

    /// The message in view that answers this one, or the last one in view.
    fn speaks_of(&self, chat: PeerId, message: i32) -> Option<Stop> {
        let open = self.open.as_ref()?;
        let visible = open.visible?;
        let shown: Vec<_> = self.history()?.between(visible.first.message, visible.last.message).collect();
        let answers = shown.iter().rev().find(|said| {
            let reply = said.reply.as_ref();
            reply.is_some_and(|reply| reply.message == Some(message) && reply.chat.unwrap_or(said.chat) == chat)
        });
        let from = answers.or(shown.last())?.id.server()?;
        Some(Stop { chat: open.chat, message: from })
    }

    /// Back to where one was before the last jump.
    pub(super) fn go_back(&mut self) -> Task<Message> {
        match self.back.pop() {
            Some(stop) => self.opened_at(stop.chat, Aim::Message(stop.message)),
            None => Task::none(),
        }
    }

    /// There is somewhere to go back to.
    pub(super) fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// The button that leads down: first back to where one jumped from, then to what is new, then to the end.
    pub(super) fn end_wanted(&mut self) -> Task<Message> {
        let Some(open) = &self.open else { return Task::none() };
        let (chat, last) = (open.chat, open.visible.map(|visible| visible.last));
        // What is in view, or above it, was come by already.
        while let Some(stop) = self.back.last().filter(|stop| stop.chat == chat) {
            if last.is_none_or(|last| MessageId::Server(stop.message) > last.message) {
                return self.go_back();
            }
            let _ = self.back.pop();
        }
        let (read, unread) = self.read_of(chat);
        if unread > 0 && last.is_some_and(|last| MessageId::Server(read) > last.message) {
            let history = self.state.history(chat);
            let _ = history.mark_unread(read, unread);
            return self.aim(Aim::Unread);
        }
        self.reach_end()
    }

    /// Something new came while nobody looked at the end: the line stands above it, and counts what comes after it.
    /// Whether it is another one now.
    pub(super) fn draw_line(&mut self) -> bool {
        let Some(open) = &self.open else { return false };
        let (chat, visible) = (open.chat, open.visible);
        // What was missed comes all at once: nobody has looked at it.
        let catching_up = self.connection == Connection::Updating;
        let looks = !catching_up && self.reading.is_focused() && visible.is_some_and(|visible| visible.at_end);
        let (read, unread) = self.read_of(chat);
        let history = self.state.history(chat);
        !looks && history.may_mark(read) && history.mark_unread(read, unread)
    }

    /// To the newest message.
    pub(super) fn reach_end(&mut self) -> Task<Message> {
        self.aim(Aim::End)
    }

    /// What names us, the oldest first.
    pub(super) fn mention_wanted(&mut self) -> Task<Message> {
        let calls = self.open_chat().and_then(|chat| self.state.calls.get(&chat));
        match calls.and_then(|calls| calls.mentions.first()) {
            Some(id) => self.aim(Aim::Message(*id)),
            None => Task::none(),
        }
    }

    /// What people reacted to, the oldest first.
    pub(super) fn reaction_wanted(&mut self) -> Task<Message> {
        let calls = self.open_chat().and_then(|chat| self.state.calls.get(&chat));
        match calls.and_then(|calls| calls.reactions.first()) {
            Some(id) => self.aim(Aim::Message(*id)),
            None => Task::none(),
        }
    }

    /// Goes there, or fetches what stands there first.
    pub(super) fn aim(&mut self, aim: Aim) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let (read, _) = self.read_of(chat);
        let history = self.state.history(chat);
        if aim.is_in(history) {
            self.reach(aim);
            return Task::none();
        }
        let place = match aim {
            Aim::Message(id) if history.covers(id) => return gone(),
            Aim::Message(id) => Place::Around(id),
            Aim::Date(_) if history.is_newest() && history.numbered().next().is_none() => return Task::none(),
            Aim::Date(date) => Place::Date(date),
            // What was new is gone.
            Aim::Unread if history.covers(read) && history.is_newest() => return self.reach_end(),
            Aim::Unread => Place::Around(read),
            Aim::End => Place::Newest,
        };
        let asked = history.begin_whole(place, Purpose::Show);
        if let (Some(open), Some(asked)) = (&mut self.open, asked) {
            open.aim = Some((asked.number, aim));
        }
        self.ask(chat, asked)
    }

    /// Whether a page that came does not hold what it was asked for: then it is of no use.
    pub(super) fn is_missed(&self, asked: Asked, page: &heliograph_model::HistoryPage) -> bool {
        let aim = self.open.as_ref().and_then(|open| open.aim).filter(|(number, _)| *number == asked.number);
        match aim {
            Some((_, Aim::Message(id))) => !page.messages.iter().any(|said| said.id == MessageId::Server(id)),
            _ => false,
        }
    }

    /// A page came; perhaps what one wanted is in it.
    pub(super) fn arrived(&mut self, asked: Asked) -> Task<Message> {
        let Some(open) = &mut self.open else { return Task::none() };
        let Some((_, aim)) = open.aim.take_if(|(number, _)| *number == asked.number) else { return Task::none() };
        self.reach(aim);
        Task::none()
    }

    /// What one wanted did not come.
    pub(super) fn missed(&mut self, asked: Asked, error: &Error) -> Task<Message> {
        let loaded = self.history().is_some_and(History::is_loaded);
        let Some(open) = &mut self.open else { return Task::none() };
        if !loaded || open.aim.is_none_or(|(number, _)| number != asked.number) {
            // Where nothing is shown, it is said in the conversation, with a way to try again.
            return Task::none();
        }
        open.aim = None;
        Task::done(Message::Say(words::error(error)))
    }

    /// The message that one wanted is not there any more.
    pub(super) fn missed_message(&mut self, chat: PeerId, asked: Asked) -> Task<Message> {
        if let Some(open) = &mut self.open {
            open.aim = None;
        }
        let history = self.state.history(chat);
        history.refuse(asked.number);
        let newest = if history.is_loaded() { None } else { history.begin_whole(Place::Newest, Purpose::Show) };
        Task::batch([gone(), self.ask(chat, newest)])
    }

    /// What one wanted is here: the list goes there.
    fn reach(&mut self, aim: Aim) {
        self.jumps += 1;
        let number = self.jumps;
        let Some(open) = &mut self.open else { return };
        let Some(history) = self.state.histories.get(&open.chat) else { return };
        let jump = match aim {
            Aim::Message(id) => history.key_of(MessageId::Server(id)).map(|key| (key, Align::Centre, true)),
            Aim::Date(date) => history.first_since(date).map(|message| {
                let day = Key { message, part: Part::Day };
                let row = history.rows().binary_search_by(|row| row.key.cmp(&day));
                (row.map_or(Key { message, part: Part::Message }, |_| day), Align::Top, false)
            }),
            Aim::Unread => history.unread_row().map(|key| (key, Align::Top, false)),
            Aim::End => None,
        };
        match jump {
            Some((key, align, highlight)) => {
                (open.restore, open.jump) = (None, Some(Jump { number, key, align, highlight }));
            }
            // Nothing is as new as that.
            None => self.seek += 1,
        }
    }

    /// The messages of a date are wanted: midnight there, in Unix seconds.
    pub(super) fn date_wanted(&mut self, date: i64) -> Task<Message> {
        self.aim(Aim::Date(date))
    }
}

/// A message is not there any more.
fn gone() -> Task<Message> {
    Task::done(Message::Say(fl!(Words, "message-gone")))
}
