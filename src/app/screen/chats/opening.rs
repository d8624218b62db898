//! Opening and leaving conversations, each at the place where it was left.

use super::history::Purpose;
use super::jumping::Aim;
use super::rows::{Key, Part};
use super::{Chats, Message, Open, work};
use crate::widget::timeline::{Anchor, Saved};
use heliograph_model::{MessageId, PeerId, Place};
use heliograph_telegram::{ScrollPlace, Start};
use iced::Task;

/// Where the reader was in a chat, as a plain value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// At the newest message.
    End,
    /// The top of a message stands so many pixels below the top of the view.
    At {
        /// Its number.
        message: i32,
        /// Pixels; negative when the top is out of sight.
        offset: f32,
    },
}

impl Spot {
    /// The place that the list keeps, if it can be found again later.
    fn of(saved: Saved<Key>) -> Option<Self> {
        match saved {
            Anchor::End => Some(Self::End),
            Anchor::At { key, offset } => Some(Self::At { message: key.message.server()?, offset }),
        }
    }

    /// The same for the store.
    fn kept(self) -> Option<ScrollPlace> {
        match self {
            Self::End => None,
            Self::At { message, offset } => Some(ScrollPlace { message, offset }),
        }
    }

    /// The same for the list.
    fn saved(self) -> Saved<Key> {
        match self {
            Self::End => Anchor::End,
            Self::At { message, offset } => {
                let message = MessageId::Server(message);
                Anchor::At { key: Key { message, part: Part::Message }, offset }
            }
        }
    }
}

impl Chats {
    /// The reader has come to rest at another place.
    pub(super) fn placed(&mut self, saved: Saved<Key>) -> Task<Message> {
        let newest = self.history().is_some_and(super::history::History::is_newest);
        if let (Some(open), Some(spot)) = (&self.open, Spot::of(saved))
            // The end of what is here is not the end of the chat.
            && (newest || spot != Spot::End)
        {
            let (chat, before) = (open.chat, self.spots.insert(open.chat, spot));
            if before != Some(spot) {
                return work::keep_place(&self.account, chat, spot.kept());
            }
        }
        Task::none()
    }

    /// What was seen last came: it is shown until the server tells how things are.
    pub(super) fn start_came(&mut self, start: Start) -> Task<Message> {
        let Start { chats, folders, named, archived, folder, places, open, current } = start;
        self.state.learn_new(&chats.peers);
        self.state.roster.painted(chats.chats);
        self.state.learn_new(&named.peers);
        // Whether they belong to the list is told with the next connection.
        for chat in named.chats {
            let archived = archived.contains(&chat.id);
            self.state.roster.put_aside(chat, archived);
        }
        self.folders_painted(folders, folder);
        self.current = self.current.or(current);
        for (chat, place) in places {
            let spot = Spot::At { message: place.message, offset: place.offset };
            let _ = self.spots.entry(chat).or_insert(spot);
        }
        let opened = open.filter(|_| self.session == 0).map(|chat| self.opened(chat));
        Task::batch([self.faces()].into_iter().chain(opened))
    }

    /// A chat was chosen.
    pub(super) fn opened(&mut self, chat: PeerId) -> Task<Message> {
        let focus = super::focusing::to_the_composer();
        if self.open_chat() == Some(chat) {
            return Task::batch([self.reach_end(), focus]);
        }
        self.back.clear();
        self.enter(chat);
        let (read, unread) = self.read_of(chat);
        let spot = self.spots.get(&chat).copied();
        let history = self.state.history(chat);
        let _ = history.mark_unread(read, unread);
        let (place, here, again) = match spot {
            Some(Spot::At { message, .. }) => {
                let place = Place::Around(message);
                (place, history.get(MessageId::Server(message)).is_some(), place)
            }
            _ if unread > 0 && read > 0 => {
                (Place::Around(read), history.covers(read) && history.is_newest(), Place::Newest)
            }
            _ => (Place::Newest, history.is_newest(), Place::Newest),
        };
        let asked = if here {
            history.begin_whole(again, Purpose::Refresh)
        } else {
            // What is here is elsewhere in the chat: it would only be seen to go.
            history.forget();
            history.begin_whole(place, Purpose::Show)
        };
        if let Some(open) = &mut self.open {
            open.restore = spot.filter(|spot| matches!(spot, Spot::At { .. })).map(Spot::saved);
        }
        Task::batch([self.ask(chat, asked), self.entered(chat), focus])
    }

    /// A chat is opened at one of its messages.
    pub(super) fn opened_at(&mut self, chat: PeerId, aim: Aim) -> Task<Message> {
        if self.open_chat() == Some(chat) {
            return self.aim(aim);
        }
        self.enter(chat);
        let (read, unread) = self.read_of(chat);
        let history = self.state.history(chat);
        let _ = history.mark_unread(read, unread);
        if !aim.is_in(history) {
            history.forget();
        }
        Task::batch([self.aim(aim), self.entered(chat), super::focusing::to_the_composer()])
    }

    /// Back to the list.
    pub(super) fn closed(&mut self) -> Task<Message> {
        self.draft_left();
        self.open = None;
        self.back.clear();
        self.reading.turn_away();
        Task::batch([work::keep_open(&self.account, None), self.visible_changed()])
    }

    /// How far the chat was read, and how many messages were not.
    pub(super) fn read_of(&self, chat: PeerId) -> (i32, u32) {
        self.state.roster.get(chat).map_or((i32::MAX, 0), |row| (row.read_inbox, row.unread))
    }

    fn enter(&mut self, chat: PeerId) {
        self.draft_left();
        self.state.visited(chat);
        self.reading.turn_away();
        self.session += 1;
        self.open = Some(Open::new(chat, self.session));
        self.notice = None;
        self.draft_entered(chat);
    }

    /// What else is fetched of a chat that was opened.
    fn entered(&mut self, chat: PeerId) -> Task<Message> {
        let row = self.state.roster.get(chat);
        let (mentions, reactions) = row.map_or((0, 0), |row| (row.mentions, row.reactions));
        let mentions = (mentions > 0).then(|| work::mentions(&self.account, chat));
        let reactions = (reactions > 0).then(|| work::reactions(&self.account, chat));
        let calls = Task::batch(mentions.into_iter().chain(reactions));
        let kept = work::keep_open(&self.account, Some(chat));
        let pinned = work::pinned(&self.account, chat, !self.pins.contains_key(&chat));
        Task::batch([kept, pinned, calls, self.visible_changed()])
    }
}
