//! Everything that changes what is written or read, and who must hear of it.

use super::{
    Author, Body, Change, Deed, Details, Entry, Forwarded, Letter, LetterId, News, Place, Presence, Room, State,
};
use grammers_tl_types::enums::MessageEntity;

/// Something about to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub text: String,
    pub entities: Vec<MessageEntity>,
    pub body: Body,
    pub reply_to: Option<LetterId>,
    pub views: i32,
    pub details: Details,
}

impl Draft {
    /// Words only.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            entities: Vec::new(),
            body: Body::Text,
            reply_to: None,
            views: 1,
            details: Details::default(),
        }
    }

    /// Something that happened.
    pub(crate) fn deed(deed: Deed) -> Self {
        Self { body: Body::Service(deed), ..Self::text("") }
    }
}

/// Something that clients must hear of.
#[derive(Clone, Debug)]
pub(crate) enum Notice {
    /// A change of an account's mailbox.
    Mailbox { account: i64, entry: Entry },
    /// A change of a channel, for all its members.
    Channel { channel: i64, entry: Entry },
    /// The account read a channel up to here.
    ChannelReadInbox { account: i64, channel: i64, max_id: i32, unread: i32 },
    /// Others read what the account wrote in a channel.
    ChannelReadOutbox { account: i64, channel: i64, max_id: i32 },
    /// Somebody types, or stops.
    Typing { room: Room, who: i64, action: grammers_tl_types::enums::SendMessageAction },
    /// Somebody came or went.
    Presence { who: i64 },
    /// Something without a number of its own, for one account.
    News { account: i64, news: News },
}

impl State {
    /// Writes a letter and puts it into every mailbox that it belongs to.
    pub(crate) fn post(&mut self, room: Room, author: Author, date: i32, draft: Draft) -> (LetterId, Vec<Notice>) {
        let number = self.letters.len();
        let members = self.members(room);
        let ttl = self.rules_of(room).and_then(|rules| rules.ttl).filter(|_| !matches!(draft.body, Body::Service(_)));
        if let Some(ttl) = ttl {
            let gone = date.saturating_add(ttl);
            self.vanishing.push((gone, number));
            self.wake_at(gone);
        }
        let mut draft = draft;
        if let (Room::Channel(id), Some(answered)) = (room, draft.reply_to)
            && self.channels.get(&id).is_some_and(|channel| !channel.broadcast)
            && draft.details.top.is_none()
        {
            draft.details.top =
                self.letters.get(answered).map(|answered_letter| answered_letter.details.top.unwrap_or(answered));
        }
        if let Some(top) = draft.details.top {
            self.threads.entry(top).or_default().push(number);
        }
        let unheard = self.is_to_be_heard(&draft.body, &draft.details);
        let mentions_unread = members
            .iter()
            .copied()
            .filter(|member| self.accounts.contains_key(member) && self.names(*member, room, author, &draft))
            .collect();
        let mut copies = Vec::new();
        let mut notices = Vec::new();
        if let Room::Channel(id) = room {
            let noticed = self.noticing();
            if let Some(channel) = self.channels.get_mut(&id) {
                channel.last_id += 1;
                let message = channel.last_id;
                channel.letters.insert(message, number);
                channel.ids.push(message);
                copies.push((0, message));
                let entry = channel.journal.record(Change::New(message), date);
                channel.journal.notice(noticed);
                notices.push(Notice::Channel { channel: id, entry });
            }
            for member in members {
                if let Some(account) = self.accounts.get_mut(&member) {
                    account.chats.entry(Place::Channel(id)).or_default();
                }
            }
        } else {
            for member in members {
                let Some(account) = self.accounts.get_mut(&member) else { continue };
                account.last_id += 1;
                let message = account.last_id;
                account.letters.insert(message, number);
                account.chats.entry(room.seen_by(member)).or_default().ids.push(message);
                copies.push((member, message));
                let entry = account.journal.record(Change::New(message), date);
                notices.push(Notice::Mailbox { account: member, entry });
            }
        }
        self.letters.push(Letter {
            text: draft.text,
            entities: draft.entities,
            body: draft.body,
            reply_to: draft.reply_to,
            details: draft.details,
            views: draft.views,
            unheard,
            mentions_unread,
            ttl,
            copies,
            ..Letter::empty(room, author, date)
        });
        notices.extend(self.talk_about(room, number));
        (number, notices)
    }

    /// A letter speaks to this member: it answers or names him.
    fn names(&self, member: i64, room: Room, author: Author, draft: &Draft) -> bool {
        if author == Author::Person(member) || matches!(room, Room::Private(..)) {
            return false;
        }
        let answers = draft
            .reply_to
            .and_then(|number| self.letters.get(number))
            .is_some_and(|answered| answered.is_by(member) && !matches!(draft.body, Body::Service(_)));
        answers || self.names_in(member, &draft.text, &draft.entities)
    }

    /// These words name this person.
    pub(crate) fn names_in(&self, person: i64, text: &str, entities: &[MessageEntity]) -> bool {
        if entities.is_empty() && !text.contains('@') {
            return false;
        }
        let by_name = self
            .people
            .get(&person)
            .and_then(|person| person.username.as_deref())
            .is_some_and(|username| text.contains(&format!("@{username}")));
        by_name
            || entities
                .iter()
                .any(|entity| matches!(entity, MessageEntity::MentionName(mention) if mention.user_id == person))
    }

    /// A post of a channel that is talked about in a group appears there, as the first of its comments.
    fn talk_about(&mut self, room: Room, number: LetterId) -> Vec<Notice> {
        let Room::Channel(channel) = room else { return Vec::new() };
        let Some(group) = self.discussions.get(&channel).copied() else { return Vec::new() };
        let Some(letter) = self.letters.get(number).filter(|letter| !matches!(letter.body, Body::Service(_))) else {
            return Vec::new();
        };
        let post = letter.id_for(0);
        let place = Place::Channel(channel);
        let details = Details {
            forwarded: Some(Forwarded {
                from: Some(place),
                date: letter.date,
                post,
                saved_from: post.map(|post| (place, post)),
                ..Forwarded::default()
            }),
            // What people feel about it there is not what they feel here.
            nameless_signs: Vec::new(),
            ..letter.details.clone()
        };
        let draft = Draft {
            text: letter.text.clone(),
            entities: letter.entities.clone(),
            body: letter.body.clone(),
            reply_to: None,
            views: letter.views,
            details,
        };
        let date = letter.date;
        let (copy, mut notices) = self.post(Room::Channel(group), Author::Post(channel), date, draft);
        notices.extend(self.pin(Room::Channel(group), &[copy], true, None));
        notices
    }

    /// Changes the words of a letter.
    pub(crate) fn edit(&mut self, number: LetterId, text: String, entities: Vec<MessageEntity>) -> Vec<Notice> {
        let date = self.now();
        let Some(letter) = self.letters.get_mut(number) else { return Vec::new() };
        letter.text = text;
        letter.entities = entities;
        letter.edited = Some(date);
        self.tell_of_edit(number)
    }

    /// Everybody who has a letter hears that it is another.
    pub(crate) fn tell_of_edit(&mut self, number: LetterId) -> Vec<Notice> {
        let date = self.now();
        let Some(letter) = self.letters.get(number) else { return Vec::new() };
        let (room, copies) = (letter.room, letter.copies.clone());
        copies.into_iter().filter_map(|(owner, id)| self.record(room, owner, Change::Edited(id), date)).collect()
    }

    /// Takes letters out of all mailboxes, or of one only. Letters of one room each call.
    pub(crate) fn delete(&mut self, room: Room, letters: &[LetterId], only: Option<i64>) -> Vec<Notice> {
        let date = self.now();
        let mut gone: Vec<(i64, Vec<i32>)> = Vec::new();
        for number in letters {
            let Some(letter) = self.letters.get_mut(*number) else { continue };
            letter.copies.retain(|(owner, id)| {
                if only.is_some_and(|only| only != *owner) {
                    return true;
                }
                match gone.iter_mut().find(|(other, _)| other == owner) {
                    Some((_, ids)) => ids.push(*id),
                    None => gone.push((*owner, vec![*id])),
                }
                false
            });
        }
        let mut notices = Vec::new();
        for (owner, mut ids) in gone {
            ids.sort_unstable();
            match room {
                Room::Channel(id) => {
                    if let Some(channel) = self.channels.get_mut(&id) {
                        channel.letters.retain(|id, _| ids.binary_search(id).is_err());
                        channel.ids.retain(|id| ids.binary_search(id).is_err());
                    }
                }
                _ => {
                    if let Some(account) = self.accounts.get_mut(&owner) {
                        account.letters.retain(|id, _| ids.binary_search(id).is_err());
                        if let Some(chat) = account.chats.get_mut(&room.seen_by(owner)) {
                            chat.ids.retain(|id| ids.binary_search(id).is_err());
                        }
                    }
                }
            }
            notices.extend(self.record(room, owner, Change::Deleted(ids), date));
        }
        notices
    }

    /// `reader` has read a chat up to the message that it knows under `max_id`. Tells its other devices and those whose
    /// messages were read. Nothing where nothing is new.
    pub(crate) fn read(&mut self, reader: i64, place: Place, max_id: i32) -> Vec<Notice> {
        let date = self.now();
        let Some(newest) = self.ids_in(reader, place).last().copied() else { return Vec::new() };
        let max_id = max_id.min(newest);
        let Some(chat) = self.accounts.get_mut(&reader).and_then(|account| account.chats.get_mut(&place)) else {
            return Vec::new();
        };
        chat.marked_unread = false;
        if max_id <= chat.read_inbox {
            return Vec::new();
        }
        chat.read_inbox = max_id;
        let unread = self.unread(reader, place);
        let mut notices = Vec::new();
        if let Place::Channel(channel) = place {
            notices.push(Notice::ChannelReadInbox { account: reader, channel, max_id, unread });
        } else if let Some(account) = self.accounts.get_mut(&reader) {
            let entry = account.journal.record(Change::ReadInbox { place, max_id, unread }, date);
            notices.push(Notice::Mailbox { account: reader, entry });
        }
        if let Some(letter) = self.letter_before(reader, place, max_id) {
            notices.extend(self.seen(Room::of(reader, place), reader, letter));
        }
        notices
    }

    /// The newest letter of a chat up to this number.
    fn letter_before(&self, viewer: i64, place: Place, max_id: i32) -> Option<LetterId> {
        let ids = self.ids_in(viewer, place);
        let end = ids.partition_point(|id| *id <= max_id);
        let id = ids.get(..end)?.last()?;
        self.letter_at(viewer, place, *id).map(|(number, _)| number)
    }

    /// Somebody, with or without an account, has read a room up to this letter: the others learn that theirs were read.
    pub(crate) fn seen(&mut self, room: Room, reader: i64, up_to: LetterId) -> Vec<Notice> {
        let date = self.now();
        let others: Vec<i64> = self.members(room).into_iter().filter(|member| *member != reader).collect();
        let mut notices = Vec::new();
        for other in others {
            let place = room.seen_by(other);
            // Broadcast channels do not tell who read them.
            if let Room::Channel(id) = room
                && self.channels.get(&id).is_none_or(|channel| channel.broadcast)
            {
                continue;
            }
            let Some(known) = self.chat(other, place).map(|chat| chat.read_outbox) else { continue };
            let Some(max_id) = self.newest_own(other, place, known, up_to) else { continue };
            let Some(account) = self.accounts.get_mut(&other) else { continue };
            if let Some(chat) = account.chats.get_mut(&place) {
                chat.read_outbox = max_id;
            }
            if let Place::Channel(channel) = place {
                notices.push(Notice::ChannelReadOutbox { account: other, channel, max_id });
            } else {
                let entry = account.journal.record(Change::ReadOutbox { place, max_id }, date);
                notices.push(Notice::Mailbox { account: other, entry });
            }
        }
        notices
    }

    /// The newest message of the viewer's own after `after` that was written no later than `up_to`.
    fn newest_own(&self, viewer: i64, place: Place, after: i32, up_to: LetterId) -> Option<i32> {
        let ids = self.ids_in(viewer, place);
        let from = ids.partition_point(|id| *id <= after);
        ids.get(from..)?
            .iter()
            .rev()
            .find(|id| {
                self.letter_at(viewer, place, **id)
                    .is_some_and(|(number, letter)| number <= up_to && letter.is_by(viewer))
            })
            .copied()
    }

    /// Somebody comes or goes.
    pub(crate) fn set_presence(&mut self, who: i64, presence: Presence) -> Vec<Notice> {
        match self.people.get_mut(&who) {
            Some(person) if person.presence != presence => {
                person.presence = presence;
                vec![Notice::Presence { who }]
            }
            _ => Vec::new(),
        }
    }

    /// Writes a change into the journal of the channel, or of the mailbox that holds this copy.
    pub(crate) fn record(&mut self, room: Room, owner: i64, change: Change, date: i32) -> Option<Notice> {
        if let Room::Channel(channel) = room {
            let noticed = self.noticing();
            let journal = &mut self.channels.get_mut(&channel)?.journal;
            let entry = journal.record(change, date);
            journal.notice(noticed);
            return Some(Notice::Channel { channel, entry });
        }
        let entry = self.accounts.get_mut(&owner)?.journal.record(change, date);
        Some(Notice::Mailbox { account: owner, entry })
    }
}
