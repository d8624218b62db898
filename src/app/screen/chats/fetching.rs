//! Pictures and faces of what is in view.

use super::{Chats, Message, work};
use crate::media::{photos, pictures, still};
use iced::Task;

impl Chats {
    /// Other messages or peers are in view: their pictures are wanted.
    pub(super) fn visible_changed(&mut self) -> Task<Message> {
        let seen = self.open.as_ref().and_then(|open| {
            let visible = open.visible?;
            Some(self.state.histories.get(&open.chat)?.between(visible.first.message, visible.last.message).rev())
        });
        let stills = seen.into_iter().flatten().flat_map(|message| {
            let answered = message.reply.as_ref().and_then(|reply| self.state.answered_media(message, reply));
            let little = answered.and_then(|media| still::small_square(media, super::message::LITTLE));
            still::of_message(message, false).into_iter().chain(little).map(move |still| (message, still))
        });
        let pictures::Work { fetch, blur } = self.pictures.want(stills);
        Task::batch([work::blur(blur), self.fetch_pictures(fetch), self.faces(), self.fetch_answered()])
    }

    /// Whose faces are in view: the open chat, its senders, the list, ourselves.
    pub(super) fn faces(&mut self) -> Task<Message> {
        let mut ids = vec![self.state.me];
        if let Some(open) = &self.open {
            ids.push(open.chat);
            if let (Some(visible), Some(history)) = (open.visible, self.state.histories.get(&open.chat)) {
                ids.extend(
                    history.between(visible.first.message, visible.last.message).rev().map(|message| message.sender),
                );
            }
        }
        let order = self.state.roster.order();
        let end = self.listed.end.min(order.len());
        ids.extend(order.get(self.listed.start.min(end)..end).unwrap_or_default());
        let peers = ids.iter().filter_map(|id| self.state.peers.get(id));
        let begin = self.photos.want(peers);
        self.fetch_faces(begin)
    }

    pub(super) fn fetch_faces(&mut self, requests: Vec<photos::Request>) -> Task<Message> {
        Task::batch(requests.into_iter().map(|request| {
            let key = request.key;
            let (task, handle) = work::face(&self.account, request).abortable();
            self.photos.began(key, handle.abort_on_drop());
            task
        }))
    }

    pub(super) fn fetch_pictures(&mut self, requests: Vec<pictures::Request>) -> Task<Message> {
        Task::batch(requests.into_iter().map(|request| {
            let key = request.key;
            let (task, handle) = work::picture(&self.account, request).abortable();
            self.pictures.began(key, handle.abort_on_drop());
            task
        }))
    }
}
