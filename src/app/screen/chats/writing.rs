//! What we write, and how far it got.

use super::{Chats, Message, work};
use crate::widget::composer::Composer;
use heliograph_model::{FormattedText, MessageId, PeerId};
use iced::Task;
use iced::widget::text_editor;
use std::time::Duration;

/// The others are told at most this often that we are writing.
const TYPING_EVERY: Duration = Duration::from_secs(5);

impl Chats {
    pub(super) fn composed(&mut self, action: text_editor::Action) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        if let Some(open) = &mut self.open {
            open.choosing.yields();
        }
        let composer = self.composers.entry(chat).or_default();
        let changed = composer.perform(action);
        if !changed || composer.model().is_blank() || chat == self.state.me {
            return Task::none();
        }
        let now = self.platform.clock.instant();
        if self.told_typing.is_some_and(|(told, at)| told == chat && now.duration_since(at) < TYPING_EVERY) {
            return Task::none();
        }
        self.told_typing = Some((chat, now));
        work::typing(&self.account, chat)
    }

    pub(super) fn submitted(&mut self) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let Some(text) = self.composers.get_mut(&chat).and_then(Composer::take) else { return Task::none() };
        self.say(chat, text)
    }

    /// Sends words.
    pub(super) fn say(&mut self, chat: PeerId, text: FormattedText) -> Task<Message> {
        (self.told_typing, self.notice) = (None, None);
        // Who answers has seen what was new.
        self.state.history(chat).mark_unread(i32::MAX, 0);
        let clock = u64::try_from(self.platform.clock.now().as_microsecond()).unwrap_or(0);
        let pending = self.state.write(chat, text.clone(), self.now(), clock);
        Task::batch([self.reach_end(), work::send(&self.account, chat, pending, text)])
    }

    pub(super) fn send_again(&mut self, pending: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        match self.state.retry(chat, pending) {
            Some(text) => work::send(&self.account, chat, pending, text),
            None => Task::none(),
        }
    }
}
