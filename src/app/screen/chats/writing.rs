//! What we write, and how far it got.

use super::{Chats, Message, work};
use crate::widget::composer::Composer;
use heliograph_model::{Delivery, FormattedText, MessageId, PeerId};
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
        if changed {
            self.typed(chat);
        }
        let composer = self.composers.entry(chat).or_default();
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
        let reply = self.draft_of(chat).and_then(|draft| draft.reply);
        self.sent_off(chat);
        self.answer(chat, text, reply)
    }

    /// Sends words.
    pub(super) fn say(&mut self, chat: PeerId, text: FormattedText) -> Task<Message> {
        self.answer(chat, text, None)
    }

    /// Sends words, in answer to a message.
    fn answer(&mut self, chat: PeerId, text: FormattedText, reply: Option<i32>) -> Task<Message> {
        (self.told_typing, self.notice) = (None, None);
        // Who answers has seen what was new.
        let _ = self.state.history(chat).mark_unread(i32::MAX, 0);
        let clock = u64::try_from(self.platform.clock.now().as_microsecond()).unwrap_or(0);
        let pending = self.state.write(chat, text, reply, self.now(), clock);
        let written = self.state.histories.get(&chat).and_then(|history| history.get(pending));
        if let Some(written) = written {
            // In the order of writing, so it must not take the way of tasks.
            self.account.submit(written.clone());
        }
        self.reach_end()
    }

    pub(super) fn send_again(&mut self, pending: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        if self.state.retry(chat, pending).is_some() {
            self.account.send_again(pending);
        }
        Task::none()
    }

    /// Our message got so far.
    pub(super) fn progressed(&mut self, chat: PeerId, pending: MessageId, delivery: &Delivery) {
        self.state.progressed(chat, pending, delivery);
    }

    /// Nothing more is expected of what did not go out, or may have: it was sent, or is not wanted any more.
    pub(super) fn given_up(&mut self, chat: PeerId, pending: MessageId) -> Task<Message> {
        let forget = work::forget(&self.account, pending);
        let refetch = if self.state.give_up(chat, pending) { self.refetch_chats() } else { Task::none() };
        Task::batch([forget, refetch])
    }

    /// What did not go out is written anew: its words go back to where they came from, after what stands there.
    pub(super) fn write_anew(&mut self, pending: MessageId) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let said = self.history().and_then(|history| history.get(pending));
        let Some(said) = said.filter(|said| said.delivery.needs_people()) else { return Task::none() };
        let words = said.text.clone();
        self.composers.entry(chat).or_default().append(words);
        self.typed(chat);
        Task::batch([self.given_up(chat, pending), iced::widget::operation::focus("composer")])
    }
}
