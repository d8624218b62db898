//! Pictures and faces of what is in view.

use super::history::History;
use super::rows::{Key, Row};
use super::state::State;
use super::{Chats, Message, work};
use crate::media::still::Still;
use crate::media::{photos, pictures, still};
use heliograph_model::Message as Said;
use iced::Task;

impl Chats {
    /// Other messages or peers are in view: their pictures are wanted, and those near them.
    pub(super) fn visible_changed(&mut self) -> Task<Message> {
        let near = self.open.as_ref().and_then(|open| {
            let visible = open.visible?;
            let history = self.state.histories.get(&open.chat)?;
            Some(near(history, visible.first, visible.last))
        });
        let pinned = self.open.as_ref().and_then(|open| self.pins.get(&open.chat)?.shown());
        let pinned =
            pinned.and_then(|said| Some((said, still::small_square(said.media.as_ref()?, super::message::LITTLE)?)));
        let near = near.unwrap_or_default();
        let stills = stills(&near, &self.state).into_iter().chain(pinned);
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
        let order = self.folders.order(&self.state.roster);
        let end = self.listed.end.min(order.len());
        ids.extend(order.get(self.listed.start.min(end)..end).unwrap_or_default());
        ids.extend(self.searched());
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

/// So many rows on each side of what is in view are made ready.
pub(super) const AHEAD: usize = 5;

/// The messages of the rows in view from the newest to the oldest, then of those near them on both sides. Each row shows
/// its messages together.
pub(super) fn near(history: &History, first: Key, last: Key) -> Vec<Vec<&Said>> {
    let rows = history.rows();
    let (above, rest) = rows.split_at(rows.partition_point(|row| row.key < first));
    let (seen, below) = rest.split_at(rest.partition_point(|row| row.key <= last));
    let around = above.iter().rev().take(AHEAD).chain(below.iter().take(AHEAD));
    let together = |row: &Row| row.messages().iter().filter_map(|id| history.get(*id)).collect::<Vec<_>>();
    seen.iter().rev().chain(around).map(together).filter(|messages| !messages.is_empty()).collect()
}

/// The pictures of messages, in their order; those of an album have the form that they have in its grid. What a message
/// answers is shown little.
pub(super) fn stills<'m>(near: &[Vec<&'m Said>], state: &State) -> Vec<(&'m Said, Still)> {
    let mut stills = Vec::new();
    let revealed = |said: &Said| state.marks.is_revealed(said);
    for together in near {
        match still::is_grid(together) {
            true => stills.extend(still::of_album(together, revealed)),
            false => stills.extend(
                together
                    .iter()
                    .flat_map(|said| still::of_message(said, revealed(said)).into_iter().map(|still| (*said, still))),
            ),
        }
        for said in together {
            let answered = said.reply.as_ref().and_then(|reply| state.answered_media(said, reply));
            let little = answered.and_then(|media| still::small_square(media, super::message::LITTLE));
            stills.extend(little.map(|still| (*said, still)));
        }
    }
    stills
}
