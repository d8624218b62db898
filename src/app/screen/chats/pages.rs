//! The chat list and the messages come in pages, each asked for before it is needed.

use super::{Chats, Message, work};
use crate::media::pictures::Blurred;
use heliograph_model::{HistoryPage, PeerId};
use heliograph_telegram::Error;
use iced::Task;

impl Chats {
    pub(super) fn refetch_chats(&mut self) -> Task<Message> {
        self.state.roster.failed = None;
        work::chats(&self.account, None)
    }

    /// Fetches the next part of the list when its end is near.
    pub(super) fn more_chats(&mut self) -> Task<Message> {
        if self.listed.end + 30 < self.state.roster.order().len() {
            return Task::none();
        }
        match self.state.roster.begin_next() {
            Some(after) => work::chats(&self.account, Some(after)),
            None => Task::none(),
        }
    }

    pub(super) fn newest_messages(&mut self, chat: PeerId) -> Task<Message> {
        let history = self.state.history(chat);
        if history.refreshing {
            return Task::none();
        }
        (history.refreshing, history.failed) = (true, None);
        work::history(&self.account, chat, None, self.pictures.shaper())
    }

    pub(super) fn older_messages(&mut self) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        match self.state.history(chat).begin_older() {
            Some(before) => work::history(&self.account, chat, Some(before), self.pictures.shaper()),
            None => Task::none(),
        }
    }

    pub(super) fn history_came(
        &mut self,
        chat: PeerId,
        before: Option<i32>,
        page: Result<HistoryPage, Error>,
        blurred: Vec<Blurred>,
    ) -> Task<Message> {
        self.pictures.add_blurred(blurred);
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                self.state.history(chat).page_failed(error);
                return Task::none();
            }
        };
        self.state.learn(page.peers.iter().cloned());
        let history = self.state.history(chat);
        let first = !history.loaded;
        match before {
            Some(_) => history.older_page(page),
            None => history.newest_page(page),
        }
        if let Some(open) = self.open.as_ref().filter(|open| open.chat == chat && first) {
            history.mark_unread(open.read, open.unread);
        }
        let wants_older = history.still_wants_older() && self.open_chat() == Some(chat);
        let older = if wants_older { self.older_messages() } else { Task::none() };
        Task::batch([self.visible_changed(), older])
    }
}
