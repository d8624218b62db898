//! What the benchmark in `benches/timeline` needs and nobody else does: the list of a conversation with any number of
//! rows, as the screen shows it, and a way to put messages into a conversation without a server.

use super::history::Purpose;
use super::rows::{self, Kind, Row};
use super::{Chats, Message, message};
use crate::media::pictures;
use crate::media::still;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::timeline::timeline;
use crate::words::Words;
use heliograph_model::{HistoryPage, Message as Said, MessageId, PeerId, Place};
use iced::widget::space;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Messages and the rows that they make.
pub struct Talk {
    messages: Vec<Said>,
    index: HashMap<MessageId, usize>,
    rows: Vec<Row>,
}

impl Talk {
    /// Of these messages, oldest first.
    pub fn new(messages: Vec<Said>) -> Self {
        let mut talk = Self { messages, index: HashMap::new(), rows: Vec::new() };
        talk.rebuild();
        talk
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// A page of older messages comes.
    pub fn prepend(&mut self, page: Vec<Said>) {
        self.messages.splice(0..0, page);
        self.rebuild();
    }

    fn rebuild(&mut self) {
        self.index = self.messages.iter().enumerate().map(|(index, said)| (said.id, index)).collect();
        self.rows = rows::rows(&self.messages, &TimeZone::UTC, None, (false, false));
    }
}

/// What these messages show of pictures, and how large: width and height.
pub fn pictures(messages: &[Said]) -> Vec<(pictures::Key, u32, u32)> {
    let stills = messages.iter().flat_map(|said| still::of_message(said, false));
    stills.map(|still| (still.key, still.key.form.width.into(), still.key.form.height.into())).collect()
}

impl Chats {
    /// A page of a conversation comes without having been asked for: the newest one, or that before a message.
    pub fn page_came(&mut self, chat: PeerId, before: Option<i32>, page: HistoryPage) {
        let history = self.state.history(chat);
        let asked = match before {
            Some(_) => history.ends_older().or_else(|| history.begin_older()),
            None => history.whole().or_else(|| history.begin_whole(Place::Newest, Purpose::Show)),
        };
        if let Some(asked) = asked {
            let _action = self.update(Message::HistoryCame { chat, asked, page: Ok(page), blurred: Vec::new() });
        }
    }
}

/// The list alone, at its end to begin with.
pub fn list<'a>(chats: &'a Chats, look: Look, talk: &'a Talk) -> Element<'a, Message> {
    let scene = chats.scene(look);
    let row = move |row: &'a Row| match &row.kind {
        Kind::Message { first, last } => {
            match talk.index.get(&row.key.message).and_then(|index| talk.messages.get(*index)) {
                Some(said) => message::view(&scene, said, (*first, *last)),
                None => space::horizontal().into(),
            }
        }
        Kind::Album { messages, first, last } => {
            let indices = messages.iter().filter_map(|id| talk.index.get(id));
            let all: Vec<&Said> = indices.filter_map(|index| talk.messages.get(*index)).collect();
            message::album(&scene, &all, (*first, *last))
        }
        kind => message::between(chats, look, &Words, kind),
    };
    timeline(look, &talk.rows, |row| row.key, row).steady(|row| row.is_steady()).on_visible(Message::Seen).into()
}
