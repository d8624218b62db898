//! What the benchmark in `benches/timeline` needs and nobody else does: the list of a conversation with any number of
//! rows, as the screen shows it, and a way to put messages into a conversation without a server.

use super::rows::{self, Kind, Row};
use super::state::Swift;
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

/// Messages and the rows that they make.
pub struct Talk {
    messages: Vec<Said>,
    index: Swift<MessageId, usize>,
    rows: Vec<Row>,
    changed: u64,
}

impl Talk {
    /// Of these messages, oldest first.
    pub fn new(messages: Vec<Said>) -> Self {
        let mut talk = Self { messages, index: Swift::default(), rows: Vec::new(), changed: 0 };
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
        self.changed += 1;
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
    /// What is asked of the server for a conversation, and has not come yet.
    pub fn awaits(&self, chat: PeerId) -> Vec<Place> {
        let Some(history) = self.state.histories.get(&chat) else { return Vec::new() };
        let [older, newer] = history.ends();
        [older, newer, history.whole()].into_iter().flatten().map(|asked| asked.place).collect()
    }

    /// A page that is awaited comes.
    pub fn page_came(&mut self, chat: PeerId, place: Place, page: HistoryPage) {
        let Some(history) = self.state.histories.get(&chat) else { return };
        let [older, newer] = history.ends();
        if let Some(asked) = [older, newer, history.whole()].into_iter().flatten().find(|asked| asked.place == place) {
            let _action = self.update(Message::HistoryCame { chat, asked, page: Ok(page), blurred: Vec::new() });
        }
    }

    /// How many messages of a conversation are here.
    pub fn holds(&self, chat: PeerId) -> usize {
        self.state.histories.get(&chat).map_or(0, |history| history.rows().len())
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
    timeline(look, &talk.rows, |row| row.key, row)
        .revision(scene.revision(talk.changed))
        .steady(|row| row.is_steady())
        .on_visible(Message::Seen)
        .into()
}
