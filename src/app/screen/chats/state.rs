//! Everything that the chats screen knows, and what changes do to it. Nothing here waits, draws or asks the network.

use super::answered::Answered;
use super::history::{History, Touched};
use super::marks::Marks;
use super::roster::Roster;
use super::rows::Key;
use crate::widget::timeline::Visible;
use heliograph_model::{
    Change, Chat, Delivery, FormattedText, Media, Message, MessageId, Peer, PeerId, PeerKind, Presence, Reaction, Reply,
};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// What every frame looks into many times: quick to find in, and still nobody can choose keys that collide.
pub type Swift<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// So many conversations stay in memory besides those in which something of ours waits.
const CONVERSATIONS: usize = 12;

/// People, chats, conversations.
#[derive(Clone, Debug)]
pub struct State {
    /// Who is signed in.
    pub me: PeerId,
    /// Everyone we were told about.
    pub peers: Swift<PeerId, Peer>,
    /// The chat list.
    pub roster: Roster,
    /// Conversations that were opened.
    pub histories: Swift<PeerId, History>,
    /// Messages that others answer and that are in none of them.
    pub answered: Answered,
    /// What calls for us in the conversations that were opened.
    pub calls: HashMap<PeerId, Calls>,
    /// In which order they were opened, the last one last.
    recent: Vec<PeerId>,
    /// What the reader has done with messages here.
    pub marks: Marks,
    /// Who is writing where, and the number of their last sign of it.
    typing: HashMap<PeerId, Vec<(PeerId, u64)>>,
    signs: u64,
    last_pending: u64,
}

/// The messages of a chat that name us or that people reacted to, and that we have not seen, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calls {
    /// They name us.
    pub mentions: Vec<i32>,
    /// Ours, with new reactions.
    pub reactions: Vec<i32>,
}

/// What is to be done after a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct After {
    /// Lists on screen must be fetched again.
    pub refetch: bool,
    /// What is here of these chats must be fetched again.
    pub missed: Vec<PeerId>,
    /// The first page of the chat list must be: a chat turned up that was not in it, or lost its last message.
    pub roster: bool,
    /// Where they stand is to be asked: something came in them, and they are in no list. They may be in the archive.
    pub strange: Vec<PeerId>,
    /// Somebody writes: their sign ends by itself after a while.
    pub typing: Vec<(PeerId, PeerId, u64)>,
    /// A connection or peer changed what photos are to be shown.
    pub peers: bool,
    /// Where other messages are pinned than before.
    pub pinned: Vec<PeerId>,
    /// Something that was shown of messages before may look otherwise now.
    pub shown: bool,
}

impl State {
    /// Nothing is known yet.
    pub fn new(me: PeerId) -> Self {
        Self {
            me,
            peers: Swift::default(),
            roster: Roster::default(),
            histories: Swift::default(),
            answered: Answered::default(),
            calls: HashMap::new(),
            recent: Vec::new(),
            marks: Marks::default(),
            typing: HashMap::new(),
            signs: 0,
            last_pending: 0,
        }
    }

    /// Learns who these are.
    pub fn learn(&mut self, peers: impl IntoIterator<Item = Peer>) {
        for peer in peers {
            let _ = self.peers.insert(peer.id, peer);
        }
    }

    /// Learns who these are, of whom nothing newer is known.
    pub fn learn_new(&mut self, peers: &[Peer]) {
        for peer in peers {
            let _ = self.peers.entry(peer.id).or_insert_with(|| peer.clone());
        }
    }

    /// The conversation, made when it is not there yet.
    pub fn history(&mut self, chat: PeerId) -> &mut History {
        self.histories.entry(chat).or_insert_with(|| History::new(TimeZone::system()))
    }

    /// A message by its number, if it is here, be it only because another one answers it.
    pub fn message(&self, chat: PeerId, number: i32) -> Option<&Message> {
        let here = self.histories.get(&chat).and_then(|history| history.get(MessageId::Server(number)));
        here.or_else(|| self.answered.get(chat, number))
    }

    /// What the message carries that is answered.
    pub fn answered_media<'m>(&'m self, message: &Message, reply: &'m Reply) -> Option<&'m Media> {
        let chat = reply.chat.unwrap_or(message.chat);
        match reply.message.and_then(|number| self.message(chat, number)) {
            Some(answered) => answered.media.as_ref(),
            None => reply.media.as_deref(),
        }
    }

    /// Applies changes in their order. What is made of all messages of a conversation is made once for all of them.
    pub fn apply(&mut self, changes: Vec<Change>) -> After {
        let mut after = After::default();
        let mut changes = changes.into_iter().peekable();
        while let Some(mut change) = changes.next() {
            // Where it is not said which chat is meant, all of them are gone through: not more often than needed.
            while let Some(next) = changes.next_if(|next| is_more_of(&change, next)) {
                join(&mut change, next);
            }
            if let Change::Deleted { messages, .. } | Change::Heard { messages, .. } = &mut change {
                // Each counts once.
                messages.sort_unstable();
                messages.dedup();
            }
            self.apply_one(change, &mut after);
        }
        after.shown |= self.settle();
        after
    }

    /// The rows of all conversations follow what happened in them. Whether something that was there looks otherwise.
    fn settle(&mut self) -> bool {
        self.histories.values_mut().fold(false, |shown, history| history.settle() | shown)
    }

    fn apply_one(&mut self, change: Change, after: &mut After) {
        match change {
            Change::Peer(peer) => {
                let _ = self.peers.insert(peer.id, peer);
                (after.peers, after.shown) = (true, true);
            }
            Change::NewMessage(message) => self.new_message(message, after),
            Change::Edited(message) => {
                let _ = self.roster.change(message.chat, |chat| {
                    if chat.last.as_ref().is_some_and(|last| last.id == message.id) {
                        chat.last = Some(message.clone());
                    }
                });
                after.shown |= self.tell(message.chat, &Change::Edited(message));
            }
            Change::Deleted { chat, messages } => self.deleted(chat, messages, after),
            Change::Sent { pending, message } => {
                after.shown = true;
                self.sent(pending, message);
            }
            Change::ReadInbox { chat, up_to, unread } => self.read(chat, up_to, unread),
            Change::ReadOutbox { chat, up_to } => {
                let known = self.histories.contains_key(&chat);
                let _ = self.roster.change(chat, |chat| {
                    after.shown |= known && chat.read_outbox < up_to;
                    chat.read_outbox = chat.read_outbox.max(up_to);
                });
            }
            Change::Typing { chat, who, stopped } => {
                if who != self.me {
                    self.stop_typing(chat, who);
                    if !stopped {
                        self.signs += 1;
                        self.typing.entry(chat).or_default().push((who, self.signs));
                        after.typing.push((chat, who, self.signs));
                    }
                }
            }
            Change::Presence { who, presence: new } => {
                if let Some(Peer { kind: PeerKind::User { presence, .. }, .. }) = self.peers.get_mut(&who) {
                    *presence = new;
                }
            }
            Change::Reactions { chat, message, .. } => {
                self.reacted(chat, message, &change);
                after.shown |= self.tell(chat, &change);
            }
            Change::Views { chat, .. } => after.shown |= self.tell(chat, &change),
            Change::Pinned { chat, .. } => {
                after.shown |= self.tell(chat, &change);
                after.pinned.push(chat);
            }
            Change::Archived(places) => {
                for (chat, archived) in places {
                    after.roster |= !self.roster.archive(chat, archived) && !archived;
                }
            }
            Change::Poll { .. } | Change::Preview { .. } => {
                for history in self.histories.values_mut() {
                    after.shown |= looks(history.note(&change));
                }
            }
            Change::Heard { chat, ref messages } => {
                for chat in self.meant(chat, messages) {
                    self.heard(chat, messages);
                    after.shown |= self.tell(chat, &change);
                }
            }
            Change::Refetch => (after.refetch, after.shown) = (true, true),
            Change::Missed(chat) => {
                after.missed.push(chat);
                after.shown = true;
            }
        }
    }

    fn new_message(&mut self, message: Message, after: &mut After) {
        let chat_id = message.chat;
        self.stop_typing(chat_id, message.sender);
        if message.mentioned
            && message.unheard
            && !message.outgoing
            && let (Some(calls), Some(id)) = (self.calls.get_mut(&chat_id), message.id.server())
            && !calls.mentions.contains(&id)
        {
            calls.mentions.push(id);
        }
        // It is needed twice only where the conversation is here.
        let told = self.histories.contains_key(&chat_id).then(|| Change::NewMessage(message.clone()));
        let mut message = Some(message);
        let _ = self.roster.change(chat_id, |chat| {
            let Some(message) = message.take() else { return };
            let newest = chat.last.as_ref().and_then(|last| last.id.server()).unwrap_or(0);
            let id = message.id.server().unwrap_or(0);
            // The same may be said twice (an answer and an update); it counts once.
            if !message.outgoing && id > chat.read_inbox && id > newest {
                chat.unread = chat.unread.saturating_add(1);
                chat.mentions = chat.mentions.saturating_add(u32::from(message.mentioned && message.unheard));
            }
            let waiting = chat.last.as_ref().is_some_and(|last| last.id.server().is_none());
            if id >= newest && !waiting {
                chat.last = Some(message);
            }
        });
        // It is still there: the chat is not in the list.
        if let Some(message) = message {
            after.roster = true;
            if message.id.server().is_some() {
                after.strange.push(chat_id);
            }
            let unread = u32::from(!message.outgoing);
            self.roster.add(Chat {
                id: chat_id,
                last: Some(message),
                unread,
                mentions: 0,
                reactions: 0,
                read_inbox: 0,
                read_outbox: 0,
                pinned: false,
                muted: false,
            });
        }
        if let Some(change) = told {
            after.shown |= self.tell(chat_id, &change);
        }
    }

    /// The conversation takes note of what happened in it. Whether something that was there looks otherwise.
    fn tell(&mut self, chat: PeerId, change: &Change) -> bool {
        self.histories.get_mut(&chat).is_some_and(|history| looks(history.note(change)))
    }

    /// The chats that may be meant where the server does not say which: people and small groups share one row of numbers,
    /// channels have their own and say so. Of what is not here only the last messages are known.
    fn meant(&self, chat: Option<PeerId>, messages: &[i32]) -> Vec<PeerId> {
        if let Some(chat) = chat {
            return vec![chat];
        }
        let ends = |last: &Message| last.id.server().is_some_and(|id| messages.binary_search(&id).is_ok());
        let listed = self.roster.chats().filter(|chat| chat.last.as_ref().is_some_and(ends)).map(|chat| &chat.id);
        let known = self.histories.keys().chain(self.calls.keys()).chain(listed);
        let mut chats: Vec<_> = known.copied().filter(|id| !matches!(id, PeerId::Channel(_))).collect();
        chats.sort_unstable();
        chats.dedup();
        chats
    }

    fn deleted(&mut self, chat: Option<PeerId>, messages: Vec<i32>, after: &mut After) {
        let chats = self.meant(chat, &messages);
        let change = Change::Deleted { chat, messages };
        let Change::Deleted { messages, .. } = &change else { return };
        for id in chats {
            let read = self.roster.get(id).map_or(i32::MAX, |chat| chat.read_inbox);
            let unread = self.histories.get(&id).map_or(0, |history| history.unread_among(messages, read));
            self.heard(id, messages);
            after.shown |= self.tell(id, &change);
            let history = self.histories.get(&id);
            let _ = self.roster.change(id, |chat| {
                chat.unread = chat.unread.saturating_sub(unread);
                let gone = |last: &Message| last.id.server().is_some_and(|id| messages.binary_search(&id).is_ok());
                if chat.last.as_ref().is_some_and(gone) {
                    chat.last = history.and_then(|history| history.last().cloned());
                    after.roster |= chat.last.is_none();
                }
            });
        }
    }

    /// These call for us no more.
    pub fn heard(&mut self, chat: PeerId, messages: &[i32]) {
        let history = self.histories.get(&chat);
        let calls = self.calls.get(&chat);
        let count =
            |in_list: &dyn Fn(&Calls) -> bool, in_history: bool| u32::from(calls.is_some_and(in_list) || in_history);
        let (mut mentions, mut reactions) = (0, 0);
        for id in messages {
            let unheard = history.and_then(|history| history.get(MessageId::Server(*id)));
            let unheard = unheard.is_some_and(|message| message.mentioned && message.unheard);
            mentions += count(&|calls| calls.mentions.contains(id), unheard);
            reactions += count(&|calls| calls.reactions.contains(id), false);
        }
        if let Some(calls) = self.calls.get_mut(&chat) {
            calls.mentions.retain(|id| !messages.contains(id));
            calls.reactions.retain(|id| !messages.contains(id));
        }
        if mentions + reactions > 0 {
            let _ = self.roster.change(chat, |chat| {
                chat.mentions = chat.mentions.saturating_sub(mentions);
                chat.reactions = chat.reactions.saturating_sub(reactions);
            });
        }
    }

    /// We have seen what called for us.
    pub fn seen_calls(&mut self, chat: PeerId, messages: &[i32]) {
        self.heard(chat, messages);
        let _ = self.tell(chat, &Change::Heard { chat: None, messages: messages.to_vec() });
    }

    /// Somebody else feels something about a message of ours that is here: it calls for us.
    fn reacted(&mut self, chat: PeerId, id: i32, change: &Change) {
        let Change::Reactions { reactions, .. } = change else { return };
        let said = self.histories.get(&chat).and_then(|history| history.get(MessageId::Server(id)));
        let Some(said) = said.filter(|said| said.outgoing) else { return };
        let others = |reactions: &[Reaction]| -> u32 {
            reactions.iter().map(|reaction| reaction.count.saturating_sub(u32::from(reaction.chosen))).sum()
        };
        if others(reactions) <= others(&said.reactions) {
            return;
        }
        let calls = self.calls.entry(chat).or_default();
        if !calls.reactions.contains(&id) {
            calls.reactions.push(id);
            let _ = self.roster.change(chat, |chat| chat.reactions = chat.reactions.saturating_add(1));
        }
    }

    /// This conversation is opened. Those that were not for long are let go.
    pub fn visited(&mut self, chat: PeerId) {
        self.recent.retain(|id| *id != chat);
        self.recent.push(chat);
        while self.recent.len() > CONVERSATIONS {
            let gone = self.recent.remove(0);
            let _ = self.calls.remove(&gone);
            match self.histories.get_mut(&gone) {
                Some(history) if history.has_waiting() => history.forget(),
                _ => {
                    let _ = self.histories.remove(&gone);
                }
            }
        }
    }

    /// Conversations into which very much came are cut: the open one around its reader, unless this is at the end, the
    /// others at their end. Whether anything went.
    pub fn cut(&mut self, open: Option<(PeerId, Option<Visible<Key>>)>) -> bool {
        let mut went = false;
        for (chat, history) in self.histories.iter_mut().filter(|(_, history)| history.is_too_long()) {
            let visible = open.filter(|(open, _)| open == chat).and_then(|(_, visible)| visible);
            went |= match visible.filter(|visible| !visible.at_end) {
                Some(visible) => history.keep_around(visible.first.message, visible.last.message),
                None => history.keep_end(),
            };
        }
        went
    }

    /// So much was missed that what is here of other conversations than this one cannot be trusted.
    pub fn distrust(&mut self, open: Option<PeerId>) {
        self.calls.clear();
        self.roster.distrust();
        for (chat, history) in &mut self.histories {
            if Some(*chat) != open {
                history.forget();
            }
        }
    }

    /// Our message got its number.
    fn sent(&mut self, pending: MessageId, message: Message) {
        let _ = self.roster.change(message.chat, |chat| {
            let is_last = chat.last.as_ref().is_none_or(|last| last.id == pending || last.id < message.id);
            if is_last {
                chat.last = Some(message.clone());
            }
        });
        let _ = self.tell(message.chat, &Change::Sent { pending, message });
    }

    /// Our message got so far.
    pub fn progressed(&mut self, chat: PeerId, pending: MessageId, delivery: &Delivery) {
        if let Some(history) = self.histories.get_mut(&chat) {
            history.progressed(pending, delivery.clone());
        }
        let _ = self.roster.change(chat, |chat| {
            if let Some(last) = chat.last.as_mut().filter(|last| last.id == pending) {
                last.delivery = delivery.clone();
            }
        });
    }

    /// These of ours wait since the program ran last.
    pub fn restore(&mut self, waiting: Vec<Message>) {
        for message in waiting {
            if self.histories.get(&message.chat).is_none_or(|history| history.get(message.id).is_none()) {
                self.history(message.chat).write(message);
            }
        }
        self.waiting_come_last();
    }

    /// In the chat list, too, what of ours waits is newer than what the server has.
    pub fn waiting_come_last(&mut self) {
        for (chat, history) in &self.histories {
            if let Some(waiting) = history.waiting().next_back() {
                let _ = self.roster.change(*chat, |chat| {
                    if chat.last.as_ref().is_none_or(|last| last.date <= waiting.date) {
                        chat.last = Some(waiting.clone());
                    }
                });
            }
        }
    }

    /// We write: the message is there at once and waits. Returns its number.
    pub fn write(&mut self, chat: PeerId, text: FormattedText, reply: Option<i32>, now: i64, clock: u64) -> MessageId {
        // Rising, and not the same in another run: a retry is known by it.
        self.last_pending = clock.max(self.last_pending + 1);
        let id = MessageId::Pending(self.last_pending);
        let message = Message {
            id,
            chat,
            sender: self.me,
            outgoing: true,
            date: now,
            edited: None,
            text,
            media: None,
            service: None,
            delivery: Delivery::Sending,
            reply: reply.map(|message| Box::new(Reply { message: Some(message), ..Reply::default() })),
            ..Message::default()
        };
        let _ = self.roster.change(chat, |chat| chat.last = Some(message.clone()));
        self.history(chat).write(message);
        id
    }

    /// We try once more. Returns the words.
    pub fn retry(&mut self, chat: PeerId, pending: MessageId) -> Option<FormattedText> {
        let text = self.histories.get_mut(&chat)?.retry(pending)?;
        let _ = self.roster.change(chat, |chat| {
            if let Some(last) = chat.last.as_mut().filter(|last| last.id == pending) {
                last.delivery = Delivery::Sending;
            }
        });
        Some(text)
    }

    /// Our message that did not go out is given up.
    pub fn give_up(&mut self, chat: PeerId, pending: MessageId) -> bool {
        let Some(history) = self.histories.get_mut(&chat).filter(|history| history.has_waiting()) else { return false };
        let gone = history.give_up(pending);
        let last = history.last().cloned();
        let mut lost = false;
        let _ = self.roster.change(chat, |chat| {
            if gone && chat.last.as_ref().is_some_and(|last| last.id == pending) {
                lost = last.is_none();
                chat.last = last;
            }
        });
        lost
    }

    /// Everything up to here was read.
    pub fn read(&mut self, chat: PeerId, up_to: i32, unread: Option<u32>) {
        let history = self.histories.get(&chat);
        let _ = self.roster.change(chat, |chat| {
            if up_to < chat.read_inbox {
                return;
            }
            let now = history.and_then(|history| history.count_between(chat.read_inbox, up_to));
            let left = history.and_then(|history| history.count_between(up_to, i32::MAX));
            chat.read_inbox = up_to;
            chat.unread = match (unread, left, now) {
                (Some(unread), ..) => unread,
                (None, Some(left), _) => left,
                _ if chat.last.as_ref().is_some_and(|last| last.id <= MessageId::Server(up_to)) => 0,
                (None, None, Some(now)) => chat.unread.saturating_sub(now),
                (None, None, None) => chat.unread,
            };
        });
    }

    /// A sign of writing is over, unless a newer one came.
    pub fn typing_ended(&mut self, chat: PeerId, who: PeerId, sign: u64) {
        if let Some(writers) = self.typing.get_mut(&chat) {
            writers.retain(|writer| *writer != (who, sign));
            if writers.is_empty() {
                let _ = self.typing.remove(&chat);
            }
        }
    }

    fn stop_typing(&mut self, chat: PeerId, who: PeerId) {
        if let Some(writers) = self.typing.get_mut(&chat) {
            writers.retain(|(writer, _)| *writer != who);
            if writers.is_empty() {
                let _ = self.typing.remove(&chat);
            }
        }
    }

    /// Who is writing there.
    pub fn typing(&self, chat: PeerId) -> impl ExactSizeIterator<Item = PeerId> + '_ {
        self.typing.get(&chat).map(Vec::as_slice).unwrap_or_default().iter().map(|(who, _)| *who)
    }

    /// Whether a message of ours was read by the other side.
    pub fn is_read(&self, message: &Message) -> bool {
        let read = self.roster.get(message.chat).map_or(0, |chat| chat.read_outbox);
        message.id.server().is_some_and(|id| id <= read)
    }
}

/// Whether it means that something that was there may look otherwise. What stands beside a new one is compared when rows
/// are made.
fn looks(touched: Touched) -> bool {
    touched > Touched::Added
}

/// Whether two changes that follow each other are the same, of other messages.
fn is_more_of(change: &Change, next: &Change) -> bool {
    match (change, next) {
        (Change::Deleted { chat: a, .. }, Change::Deleted { chat: b, .. })
        | (Change::Heard { chat: a, .. }, Change::Heard { chat: b, .. }) => a == b,
        _ => false,
    }
}

/// Makes one of the two.
fn join(change: &mut Change, next: Change) {
    if let (
        Change::Deleted { messages, .. } | Change::Heard { messages, .. },
        Change::Deleted { messages: more, .. } | Change::Heard { messages: more, .. },
    ) = (change, next)
    {
        messages.extend(more);
    }
}

/// Whether somebody is there now.
pub fn is_online(peer: &Peer, now: i64) -> bool {
    match peer.kind {
        PeerKind::User { is_self: false, bot: false, presence: Presence::Online(until), .. } => until > now,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
