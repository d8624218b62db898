//! The world as one account sees it, in the constructors of the protocol. Remembers everyone whom it named, because every
//! answer must bring them along.

mod media;
mod members;
mod message;
mod peers;
mod polls;
mod roster;

pub(crate) use members::participant;
pub(crate) use message::{saved_from, sign};
pub(crate) use roster::{LINK, exported};

use crate::drawing::Pictures;
use crate::world::{Notify, Place, Room, State, reading::Row};
use grammers_tl_types as tl;
use std::collections::BTreeSet;
use tl::{enums, types};

/// One account's eyes.
pub(crate) struct View<'a> {
    pub state: &'a State,
    pub pictures: &'a Pictures,
    pub me: i64,
    named: BTreeSet<Place>,
}

impl<'a> View<'a> {
    pub(crate) fn new(state: &'a State, pictures: &'a Pictures, me: i64) -> Self {
        Self { state, pictures, me, named: BTreeSet::new() }
    }

    /// This peer must be among those that the answer brings along.
    pub(crate) fn name(&mut self, place: Place) -> enums::Peer {
        self.named.insert(place);
        place.peer()
    }

    /// Everyone named so far.
    pub(crate) fn everyone(&self) -> (Vec<enums::Chat>, Vec<enums::User>) {
        let mut chats = Vec::new();
        let mut users = Vec::new();
        for place in &self.named {
            match place {
                Place::User(id) => users.push(self.user(*id)),
                place => chats.push(self.chat(*place)),
            }
        }
        (chats, users)
    }

    /// A message by its number; an empty one where there is none.
    pub(crate) fn message(&mut self, place: Place, id: i32) -> enums::Message {
        match self.state.letter_at(self.me, place, id) {
            Some((number, letter)) => self.letter(place, id, Some(number), letter),
            None => types::MessageEmpty { id, peer_id: None }.into(),
        }
    }

    /// Messages in the order of their numbers given.
    pub(crate) fn messages(&mut self, place: Place, ids: &[i32]) -> Vec<enums::Message> {
        ids.iter().map(|id| self.message(place, *id)).collect()
    }

    /// A chat as a row of the list.
    pub(crate) fn dialog(&mut self, row: Row) -> enums::Dialog {
        let state = self.state;
        let chat = state.chat(self.me, row.place).cloned().unwrap_or_default();
        let pinned = state.pins_of(self.me, chat.folder).contains(&row.place);
        let pts = match row.place {
            Place::Channel(id) => state.channels.get(&id).map(|channel| channel.journal.pts()),
            _ => None,
        };
        let ttl_period = state.rules_of(Room::of(self.me, row.place)).and_then(|rules| rules.ttl);
        types::Dialog {
            pinned,
            unread_mark: chat.marked_unread,
            view_forum_as_messages: false,
            peer: self.name(row.place),
            top_message: row.top,
            read_inbox_max_id: chat.read_inbox,
            read_outbox_max_id: chat.read_outbox,
            unread_count: state.unread(self.me, row.place),
            unread_mentions_count: state.unread_mentions(self.me, row.place),
            unread_reactions_count: state.unread_reaction_ids(self.me, row.place).len() as i32,
            unread_poll_votes_count: 0,
            notify_settings: notify_settings(&chat.notify),
            pts,
            draft: chat.draft.map(|draft| enums::DraftMessage::Message(*draft)),
            folder_id: (chat.folder != 0).then_some(chat.folder),
            ttl_period,
        }
        .into()
    }

    /// Where the account's updates stand.
    pub(crate) fn update_state(&self) -> enums::updates::State {
        let account = self.state.accounts.get(&self.me);
        types::updates::State {
            pts: account.map_or(1, |account| account.journal.pts()),
            qts: 0,
            date: self.state.date_for(self.me),
            // Nothing here is ordered by it.
            seq: 1,
            unread_count: 0,
        }
        .into()
    }
}

/// How one is told of a chat's messages.
pub(crate) fn notify_settings(notify: &Notify) -> enums::PeerNotifySettings {
    types::PeerNotifySettings {
        show_previews: notify.show_previews,
        silent: notify.silent,
        mute_until: notify.mute_until,
        ios_sound: None,
        android_sound: None,
        other_sound: None,
        stories_muted: None,
        stories_hide_sender: None,
        stories_ios_sound: None,
        stories_android_sound: None,
        stories_other_sound: None,
    }
    .into()
}
