//! What comes by itself: the connection, and what others do.

use super::history::History;
use super::{Chats, Message, work};
use crate::media::pictures::Blur;
use heliograph_model::{Change, Connection, PeerId};
use iced::Task;
use std::time::Duration;

/// A sign of writing ends by itself after this (core.telegram.org/method/messages.setTyping).
const TYPING_LASTS: Duration = Duration::from_secs(6);
/// Of so many messages that come at once the pictures are made ready.
const BLURRED: usize = 32;

fn live(connection: Connection) -> bool {
    matches!(connection, Connection::Online | Connection::Updating)
}

impl Chats {
    pub(super) fn connected(&mut self, connection: Connection) -> Task<Message> {
        let before = std::mem::replace(&mut self.connection, connection);
        self.away = match connection {
            Connection::Waiting(_) => true,
            Connection::Connecting => self.away,
            Connection::Updating | Connection::Online => false,
        };
        if live(before) && !live(connection) {
            self.current = Some(self.now());
        }
        if !live(connection) || live(before) {
            return Task::none();
        }
        // What could not be fetched without a connection is tried again.
        self.photos.forgive();
        self.pictures.forgive();
        let mut tasks = vec![self.visible_changed(), self.search_connected(), work::folders(&self.account)];
        if !self.state.peers.contains_key(&self.state.me) {
            tasks.push(work::myself(&self.account));
        }
        if self.state.roster.failed.is_some() {
            tasks.push(self.refetch_chats());
        }
        if self.history().is_some_and(|history| history.failed().is_some()) {
            tasks.push(self.retry_history());
        }
        if self.history().is_some_and(History::is_painted) {
            tasks.push(self.refresh());
        }
        Task::batch(tasks)
    }

    /// The server can be asked.
    pub(super) fn is_live(&self) -> bool {
        live(self.connection)
    }

    pub(super) fn changed(&mut self, changes: Vec<Change>) -> Task<Message> {
        let Some(open) = self.open_chat() else { return self.applied(changes, Vec::new(), false) };
        let mut last = Vec::new();
        let mut news = false;
        for change in &changes {
            match change {
                Change::NewMessage(said) if said.chat == open => {
                    news |= !said.outgoing;
                    last.push(said);
                }
                Change::Edited(said) if said.chat == open => last.push(said),
                _ => {}
            }
        }
        // More of them than these are never in view at once.
        let last = last.split_off(last.len().saturating_sub(BLURRED));
        let blurs = self.pictures.blurs(last);
        self.applied(changes, blurs, news)
    }

    fn applied(&mut self, changes: Vec<Change>, blurs: Vec<Blur>, news: bool) -> Task<Message> {
        for change in &changes {
            if let Change::Deleted { chat, messages } = change
                && let Some(open) = &mut self.open
                && chat.map_or(!matches!(open.chat, PeerId::Channel(_)), |chat| chat == open.chat)
            {
                open.choosing.forget(|id| id.server().is_some_and(|id| messages.contains(&id)));
                if let Some(pins) = self.pins.get_mut(&open.chat) {
                    pins.forget(messages);
                }
            }
        }
        self.search_changed(&changes);
        let after = self.state.apply(changes);
        let mut tasks = vec![work::blur(blurs)];
        if !after.typing.is_empty() {
            tasks.push(Task::future(async move {
                tokio::time::sleep(TYPING_LASTS).await;
                Message::TypingEnded(after.typing)
            }));
        }
        if after.refetch || after.roster || !after.missed.is_empty() {
            tasks.push(self.refetch_chats());
        }
        if !after.strange.is_empty() {
            tasks.push(work::name(&self.account, after.strange));
        }
        if after.refetch {
            self.state.distrust(self.open_chat());
            tasks.push(self.refresh());
        }
        for chat in after.missed {
            if self.open_chat() == Some(chat) {
                tasks.push(self.refresh());
            } else {
                self.state.history(chat).forget();
            }
        }
        if after.peers {
            tasks.push(self.visible_changed());
        }
        tasks.push(self.pins_changed(&after.pinned));
        let line = news && self.draw_line();
        let cut = self.state.cut(self.open.as_ref().map(|open| (open.chat, open.visible)));
        if after.shown || line || cut {
            self.revision += 1;
        }
        Task::batch(tasks)
    }
}
