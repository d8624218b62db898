//! Files of messages: fetching and saving them.

use super::{Chats, Message};
use crate::download;
use heliograph_model::MessageId;
use iced::Task;

impl Chats {
    /// Where a file could not be saved to the path that was entered, one goes on in that field.
    pub(super) fn save_failed(&mut self) -> Task<Message> {
        let Some((chat, message)) = self.saving else { return Task::none() };
        match self.downloads.state(chat, message) {
            download::State::AskingWhere => Task::none(),
            download::State::EnterPath { .. } => {
                self.saving = None;
                iced::widget::operation::focus("save-path")
            }
            _ => {
                self.saving = None;
                Task::none()
            }
        }
    }

    /// Shows a file in another program.
    pub(super) fn open_file(&mut self, message: i32) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let said = self.history().and_then(|history| history.get(MessageId::Server(message)));
        let document = said.and_then(|said| said.media.as_ref()?.document().cloned());
        let Some(document) = document else { return Task::none() };
        self.speeds.watch((chat, message), self.platform.clock.instant());
        self.downloads.open(chat, message, &document).map(Message::Downloaded)
    }

    pub(super) fn download(&mut self, message: i32) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let said = self.history().and_then(|history| history.get(MessageId::Server(message)));
        let document = said.and_then(|said| said.media.as_ref()?.document().cloned());
        let Some(document) = document else { return Task::none() };
        self.speeds.watch((chat, message), self.platform.clock.instant());
        self.downloads.start(chat, message, &document).map(Message::Downloaded)
    }
}
