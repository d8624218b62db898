//! The world as one account sees it, in the constructors of the protocol. Remembers everyone whom it named, because every
//! answer must bring them along.

mod media;
mod peers;

pub(crate) use peers::all_rights;

use crate::drawing::Pictures;
use crate::world::{Author, Body, Deed, Letter, Place, State, reading::Row};
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
            Some((_, letter)) => self.letter(place, id, letter),
            None => types::MessageEmpty { id, peer_id: None }.into(),
        }
    }

    /// Messages in the order of their numbers given.
    pub(crate) fn messages(&mut self, place: Place, ids: &[i32]) -> Vec<enums::Message> {
        ids.iter().map(|id| self.message(place, *id)).collect()
    }

    fn letter(&mut self, place: Place, id: i32, letter: &'a Letter) -> enums::Message {
        let peer_id = self.name(place);
        let out = letter.is_by(self.me);
        let from_id = match letter.author {
            Author::Channel => None,
            // In a private chat the other side is the chat itself.
            Author::Person(person) if matches!(place, Place::User(other) if other == person && person != self.me) => {
                self.name(Place::User(person));
                None
            }
            Author::Person(person) => Some(self.name(Place::User(person))),
        };
        let post = letter.author == Author::Channel;
        let reply_to = letter
            .reply_to
            .and_then(|number| self.state.letters.get(number))
            .and_then(|answered| answered.id_for(self.me))
            .map(reply_header);
        let saved_peer_id = (place == Place::User(self.me)).then(|| place.peer());
        let mentioned = self.state.is_mentioned(self.me, place, id);
        if let Body::Service(deed) = &letter.body {
            let action = self.deed(deed);
            return types::MessageService {
                out,
                mentioned,
                media_unread: false,
                reactions_are_possible: false,
                silent: false,
                post,
                legacy: false,
                id,
                from_id,
                peer_id,
                saved_peer_id,
                reply_to,
                date: letter.date,
                action,
                reactions: None,
                ttl_period: None,
            }
            .into();
        }
        for entity in &letter.entities {
            if let enums::MessageEntity::MentionName(mention) = entity {
                self.name(Place::User(mention.user_id));
            }
        }
        types::Message {
            out,
            mentioned,
            media_unread: false,
            silent: false,
            post,
            from_scheduled: false,
            legacy: false,
            edit_hide: false,
            pinned: letter.pinned,
            noforwards: false,
            invert_media: false,
            offline: false,
            video_processing_pending: false,
            paid_suggested_post_stars: false,
            paid_suggested_post_ton: false,
            id,
            from_id,
            from_boosts_applied: None,
            from_rank: None,
            peer_id,
            saved_peer_id,
            fwd_from: None,
            via_bot_id: None,
            via_business_bot_id: None,
            guestchat_via_from: None,
            reply_to,
            date: letter.date,
            message: letter.text.clone(),
            media: self.media(&letter.body),
            reply_markup: None,
            entities: (!letter.entities.is_empty()).then(|| letter.entities.clone()),
            views: post.then_some(letter.views),
            forwards: post.then_some(letter.views / 90),
            replies: None,
            edit_date: letter.edited,
            post_author: None,
            grouped_id: None,
            reactions: None,
            restriction_reason: None,
            ttl_period: None,
            quick_reply_shortcut_id: None,
            effect: None,
            factcheck: None,
            report_delivery_until_date: None,
            paid_message_stars: None,
            suggested_post: None,
            schedule_repeat_period: None,
            summary_from_language: None,
            rich_message: None,
        }
        .into()
    }

    fn deed(&mut self, deed: &Deed) -> enums::MessageAction {
        let mut all = |people: &[i64]| {
            for person in people {
                self.named.insert(Place::User(*person));
            }
            people.to_vec()
        };
        match deed {
            Deed::GroupCreated { title, people } => {
                types::MessageActionChatCreate { title: title.clone(), users: all(people) }.into()
            }
            Deed::ChannelCreated(title) => types::MessageActionChannelCreate { title: title.clone() }.into(),
            Deed::Renamed(title) => types::MessageActionChatEditTitle { title: title.clone() }.into(),
            Deed::Added(people) => types::MessageActionChatAddUser { users: all(people) }.into(),
            Deed::JoinedByLink(inviter) => {
                all(&[*inviter]);
                types::MessageActionChatJoinedByLink { inviter_id: *inviter }.into()
            }
            Deed::Pinned => enums::MessageAction::PinMessage,
            Deed::SignedUp => enums::MessageAction::ContactSignUp,
            Deed::Called { seconds } => types::MessageActionPhoneCall {
                video: false,
                call_id: i64::from(*seconds),
                reason: Some(enums::PhoneCallDiscardReason::Hangup),
                duration: Some(*seconds),
            }
            .into(),
        }
    }

    /// A chat as a row of the list.
    pub(crate) fn dialog(&mut self, row: Row) -> enums::Dialog {
        let state = self.state;
        let chat = state.chat(self.me, row.place).cloned().unwrap_or_default();
        let pinned = state.accounts.get(&self.me).is_some_and(|account| account.pinned.contains(&row.place));
        let pts = match row.place {
            Place::Channel(id) => state.channels.get(&id).map(|channel| channel.journal.pts()),
            _ => None,
        };
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
            unread_reactions_count: 0,
            unread_poll_votes_count: 0,
            notify_settings: notify_settings(chat.muted),
            pts,
            draft: None,
            folder_id: None,
            ttl_period: None,
        }
        .into()
    }

    /// Where the account's updates stand.
    pub(crate) fn update_state(&self) -> enums::updates::State {
        let account = self.state.accounts.get(&self.me);
        types::updates::State {
            pts: account.map_or(1, |account| account.journal.pts()),
            qts: 0,
            date: self.state.now(),
            // Nothing here is ordered by it.
            seq: 1,
            unread_count: 0,
        }
        .into()
    }
}

/// How one is told of a chat's messages.
pub(crate) fn notify_settings(muted: bool) -> enums::PeerNotifySettings {
    types::PeerNotifySettings {
        show_previews: None,
        silent: None,
        mute_until: muted.then_some(i32::MAX),
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

fn reply_header(id: i32) -> enums::MessageReplyHeader {
    types::MessageReplyHeader {
        reply_to_scheduled: false,
        forum_topic: false,
        quote: false,
        reply_to_ephemeral: false,
        reply_to_msg_id: Some(id),
        reply_to_peer_id: None,
        reply_from: None,
        reply_media: None,
        reply_to_top_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        todo_item_id: None,
        poll_option: None,
    }
    .into()
}
