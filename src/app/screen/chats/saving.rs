//! Files of messages: fetching and saving them.

use super::{Chats, Message};
use crate::download;
use crate::words::{Words, fl};
use heliograph_model::{Document, Media, MessageId, PeerId};
use heliograph_telegram::Transfer;
use iced::Task;

impl Chats {
    /// What was going on when the program ended goes on.
    pub(super) fn transfers_came(&mut self, transfers: Vec<Transfer>) -> Task<Message> {
        for transfer in &transfers {
            self.speeds.watch((transfer.chat, transfer.message), self.platform.clock.instant());
        }
        self.downloads.resume(transfers).map(Message::Downloaded)
    }

    /// The file of a message, or why it may not be had.
    fn file_of(&self, message: i32) -> Result<(PeerId, Document), Task<Message>> {
        let chat = self.open_chat().ok_or_else(Task::none)?;
        let said = self.history().and_then(|history| history.get(MessageId::Server(message)));
        let said = said.ok_or_else(Task::none)?;
        let document = said.media.as_ref().and_then(Media::document).cloned().ok_or_else(Task::none)?;
        if self.may_copy(said) {
            Ok((chat, document))
        } else {
            Err(Task::done(Message::Say(fl!(Words, "save-protected"))))
        }
    }

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
        let (chat, document) = match self.file_of(message) {
            Ok(found) => found,
            Err(why) => return why,
        };
        self.speeds.watch((chat, message), self.platform.clock.instant());
        self.downloads.open(chat, message, &document).map(Message::Downloaded)
    }

    pub(super) fn download(&mut self, message: i32) -> Task<Message> {
        let (chat, document) = match self.file_of(message) {
            Ok(found) => found,
            Err(why) => return why,
        };
        self.speeds.watch((chat, message), self.platform.clock.instant());
        self.downloads.start(chat, message, &document).map(Message::Downloaded)
    }
}
