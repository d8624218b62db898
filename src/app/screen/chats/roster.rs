//! The chat list: who is in it and in which order.

use super::state::Swift;
use heliograph_model::{Chat, ChatCursor, ChatPage, MessageId, PeerId};
use heliograph_telegram::Error;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Where a chat stands: among those that are pinned, then the newest first. Equal times happen; the list must not flicker
/// between them.
type Rank = (usize, Reverse<i64>, Reverse<Option<MessageId>>, PeerId);

/// The rows, newest first, what is pinned above all.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    chats: Swift<PeerId, Chat>,
    /// Those that are archived, or that folders name and that do not stand in the list as far as it is here; whether they are
    /// archived.
    aside: Swift<PeerId, (Chat, bool)>,
    pinned: Vec<PeerId>,
    order: Vec<PeerId>,
    /// Goes up with every change.
    version: u64,
    next: Option<ChatCursor>,
    /// Those that the server has told since the list was begun.
    told: HashSet<PeerId, foldhash::fast::RandomState>,
    /// So much was missed that the list is begun anew.
    anew: bool,
    /// The first page came.
    pub loaded: bool,
    /// A page is on its way.
    pub loading: bool,
    /// Why the last page did not come.
    pub failed: Option<Error>,
    /// How often it was asked where a chat stands.
    #[cfg(test)]
    pub asked: std::cell::Cell<usize>,
}

impl Roster {
    /// The chats, in the order on screen.
    pub fn order(&self) -> &[PeerId] {
        &self.order
    }

    /// The chats, in no order.
    pub fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values()
    }

    /// Another number than before whenever something in the list has changed.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether the server has told all of it.
    pub fn is_whole(&self) -> bool {
        self.loaded && self.next.is_none()
    }

    /// One of them.
    pub fn get(&self, id: PeerId) -> Option<&Chat> {
        self.chats.get(&id).or_else(|| self.aside.get(&id).map(|(chat, _)| chat))
    }

    /// The chats beside the list, and whether they are archived.
    pub fn aside(&self) -> impl Iterator<Item = (&Chat, bool)> {
        self.aside.values().map(|(chat, archived)| (chat, *archived))
    }

    /// A chat was told of by its name: it goes beside the list, unless it stands in it. What is archived does not.
    pub fn put_aside(&mut self, mut chat: Chat, archived: bool) {
        let id = chat.id;
        let listed = self.chats.contains_key(&id);
        if listed && !archived {
            return;
        }
        let before = if listed { self.chats.remove(&id) } else { self.aside.remove(&id).map(|(chat, _)| chat) };
        // A message of ours that still waits is newer than what the server knows.
        if let Some(waiting) = before.and_then(|before| before.last).filter(|last| last.id.server().is_none()) {
            chat.last = Some(waiting);
        }
        self.order.retain(|other| !listed || *other != id);
        self.version += 1;
        let _ = self.aside.insert(id, (chat, archived));
    }

    /// A chat went into the archive, or came out of it into the list. Returns false when it is not known.
    pub fn archive(&mut self, id: PeerId, archived: bool) -> bool {
        if archived {
            let Some(chat) = self.get(id).cloned() else { return false };
            self.put_aside(Chat { pinned: false, ..chat }, true);
            return true;
        }
        if let Some((chat, _)) = self.aside.remove(&id) {
            self.add(chat);
        }
        self.chats.contains_key(&id)
    }

    /// Changes one of them and finds its place anew. Returns false when it is not known.
    pub fn change(&mut self, id: PeerId, change: impl FnOnce(&mut Chat)) -> bool {
        let Some(chat) = self.chats.get_mut(&id) else { return self.change_aside(id, change) };
        let (before, date) = (rank(&self.pinned, chat), chat.date());
        self.version += 1;
        change(chat);
        let after = rank(&self.pinned, chat);
        if chat.date() > date {
            // It has come up: the pages further down do not name it any more.
            let _ = self.told.insert(id);
        }
        if before != after {
            self.moved(id, &before, &after);
        }
        true
    }

    fn change_aside(&mut self, id: PeerId, change: impl FnOnce(&mut Chat)) -> bool {
        let Some((chat, archived)) = self.aside.get_mut(&id) else { return false };
        self.version += 1;
        let date = chat.date();
        change(chat);
        if chat.date() > date
            && !*archived
            && let Some((chat, _)) = self.aside.remove(&id)
        {
            // It has come up in the list.
            self.add(chat);
        }
        true
    }

    /// One chat stands elsewhere now. The others are in order, so that it costs two searches, however many they are.
    fn moved(&mut self, id: PeerId, before: &Rank, after: &Rank) {
        let stood = |other: &PeerId| if *other == id { *before } else { self.rank(*other) };
        let at = self.order.partition_point(|other| stood(other) < *before);
        if self.order.get(at) != Some(&id) {
            return self.sort();
        }
        // Between its old place and the new one the others move on by one.
        let (above, below) = self.order.split_at(at);
        let above_it = |other: &PeerId| self.rank(*other) < *after;
        let to = above.partition_point(above_it);
        if to < at {
            self.order.get_mut(to..=at).unwrap_or_default().rotate_right(1);
        } else {
            let to = at + below.get(1..).unwrap_or_default().partition_point(above_it);
            self.order.get_mut(at..=to).unwrap_or_default().rotate_left(1);
        }
    }

    fn rank(&self, id: PeerId) -> Rank {
        #[cfg(test)]
        self.asked.set(self.asked.get() + 1);
        self.chats.get(&id).map_or((usize::MAX, Reverse(0), Reverse(None), id), |chat| rank(&self.pinned, chat))
    }

    /// The list as it was seen last, until the server tells it.
    pub fn painted(&mut self, chats: Vec<Chat>) {
        if self.loaded {
            return;
        }
        self.pinned = chats.iter().filter(|chat| chat.pinned).map(|chat| chat.id).collect();
        for chat in chats {
            let _ = self.chats.entry(chat.id).or_insert(chat);
        }
        self.sort();
    }

    /// So much was missed that the list has to be told anew, from the first page to the last.
    pub fn distrust(&mut self) {
        self.anew = true;
    }

    /// So many rows from the top are as the server has them.
    pub fn told(&self) -> usize {
        self.told.len()
    }

    /// The first page came: it says what is pinned, and replaces what is here of its chats.
    pub fn first_page(&mut self, page: ChatPage) {
        self.pinned = page.chats.iter().filter(|chat| chat.pinned).map(|chat| chat.id).collect();
        for chat in self.chats.values_mut() {
            chat.pinned = false;
        }
        let anew = std::mem::take(&mut self.anew) || !self.loaded;
        // What was fetched further down stays; the list goes on from there.
        if anew || page.next.is_none() {
            self.next = page.next;
            self.told.clear();
        }
        self.loaded = true;
        self.take(page.chats, page.next.is_none());
    }

    /// A further page came.
    pub fn next_page(&mut self, page: ChatPage) {
        self.next = page.next;
        self.take(page.chats, page.next.is_none());
    }

    /// A page did not come.
    pub fn page_failed(&mut self, error: Error) {
        (self.loading, self.failed) = (false, Some(error));
    }

    /// The list goes on and its next part is asked for: after which chat.
    pub fn begin_next(&mut self) -> Option<ChatCursor> {
        if self.loading || !self.loaded {
            return None;
        }
        let next = self.next?;
        (self.loading, self.failed) = (true, None);
        Some(next)
    }

    /// A chat that was not in the list.
    pub fn add(&mut self, chat: Chat) {
        let id = chat.id;
        self.version += 1;
        let _ = self.told.insert(id);
        let _ = self.aside.remove(&id);
        if self.chats.insert(id, chat).is_some() {
            return self.sort();
        }
        let rank = self.rank(id);
        let at = self.order.partition_point(|other| self.rank(*other) < rank);
        self.order.insert(at, id);
    }

    fn take(&mut self, chats: Vec<Chat>, last: bool) {
        (self.loading, self.failed) = (false, None);
        for mut chat in chats {
            let _ = self.told.insert(chat.id);
            let _ = self.aside.remove(&chat.id);
            // A message of ours that still waits is newer than what the server knows.
            if let Some(waiting) = self.chats.get(&chat.id).and_then(|before| before.last.clone())
                && matches!(waiting.id, MessageId::Pending(_))
            {
                chat.last = Some(waiting);
            }
            let _ = self.chats.insert(chat.id, chat);
        }
        if last {
            // What was painted and is in none of the pages is in the list no more.
            let waits = |chat: &Chat| chat.last.as_ref().is_some_and(|last| last.id.server().is_none());
            self.chats.retain(|id, chat| self.told.contains(id) || waits(chat));
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.version += 1;
        let mut order: Vec<PeerId> = self.chats.keys().copied().collect();
        order.sort_by_cached_key(|id| self.rank(*id));
        self.order = order;
    }
}

fn rank(pinned: &[PeerId], chat: &Chat) -> Rank {
    let place = match chat.pinned {
        true => pinned.iter().position(|pin| *pin == chat.id).unwrap_or(pinned.len()),
        false => usize::MAX,
    };
    (place, Reverse(chat.date()), Reverse(chat.last.as_ref().map(|last| last.id)), chat.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{Delivery, FormattedText, Message};

    fn message(chat: i64, id: i32, date: i64) -> Message {
        Message {
            id: MessageId::Server(id),
            chat: PeerId::User(chat),
            sender: PeerId::User(chat),
            outgoing: false,
            date,
            edited: None,
            text: FormattedText::plain("x"),
            media: None,
            service: None,
            delivery: Delivery::Sent,
            ..Message::default()
        }
    }

    fn chat(id: i64, date: i64, pinned: bool) -> Chat {
        Chat {
            id: PeerId::User(id),
            last: Some(message(id, 1, date)),
            unread: 0,
            mentions: 0,
            reactions: 0,
            read_inbox: 0,
            read_outbox: 0,
            pinned,
            muted: false,
        }
    }

    fn page(chats: Vec<Chat>, next: bool) -> ChatPage {
        let next = next.then_some(ChatCursor { date: 1, message: 1, peer: PeerId::User(1) });
        ChatPage { chats, peers: Vec::new(), next }
    }

    fn order(roster: &Roster) -> Vec<i64> {
        roster.order().iter().map(|id| id.bare()).collect()
    }

    #[test]
    fn pinned_first_in_their_own_order_then_the_newest() {
        let mut roster = Roster::default();
        roster.first_page(page(vec![chat(1, 5, true), chat(2, 90, true), chat(3, 70, false)], true));
        roster.next_page(page(vec![chat(4, 80, false), chat(5, 60, false)], false));
        assert_eq!(order(&roster), [1, 2, 4, 3, 5]);
    }

    #[test]
    fn a_new_message_brings_its_chat_up() {
        let mut roster = Roster::default();
        roster.first_page(page(vec![chat(1, 5, true), chat(2, 90, false), chat(3, 70, false)], false));
        assert!(roster.change(PeerId::User(3), |chat| chat.last = Some(message(3, 2, 100))));
        assert_eq!(order(&roster), [1, 3, 2]);
        assert!(!roster.change(PeerId::User(99), |_| {}));
    }

    #[test]
    fn pages_follow_each_other_once() {
        let mut roster = Roster::default();
        assert!(roster.begin_next().is_none(), "the first page comes first");
        roster.first_page(page(vec![chat(1, 5, false)], true));
        assert!(roster.begin_next().is_some());
        assert!(roster.begin_next().is_none(), "it is on its way");
        roster.page_failed(Error::TimedOut);
        assert!(roster.begin_next().is_some(), "and may be asked for again");
        roster.next_page(page(vec![chat(2, 4, false)], false));
        assert!(roster.begin_next().is_none(), "that was the end");
    }

    #[test]
    fn what_was_seen_last_stands_there_until_the_server_has_told_everything() {
        let mut roster = Roster::default();
        roster.painted(vec![chat(7, 50, true), chat(1, 40, false), chat(2, 30, false), chat(3, 20, false)]);
        assert!(!roster.loaded && order(&roster) == [7, 1, 2, 3]);
        roster.first_page(page(vec![chat(1, 60, false), chat(7, 50, false)], true));
        assert_eq!((order(&roster), roster.told()), (vec![1, 7, 2, 3], 2));
        // One comes up by itself before its page is asked for; another is in none of the pages.
        assert!(roster.change(PeerId::User(3), |chat| chat.last = Some(message(3, 2, 90))));
        roster.painted(vec![chat(9, 99, false)]);
        roster.next_page(page(vec![chat(4, 10, false)], false));
        assert_eq!(order(&roster), [3, 1, 7, 4]);
        // Later pages begin anew only where so much was missed.
        roster.first_page(page(vec![chat(1, 60, false)], true));
        assert!(roster.begin_next().is_none());
        roster.distrust();
        roster.first_page(page(vec![chat(1, 60, false)], true));
        assert!(roster.begin_next().is_some());
        assert_eq!(roster.told(), 1);
    }

    #[test]
    fn what_waits_to_be_sent_stays_the_last_message() {
        let mut roster = Roster::default();
        roster.first_page(page(vec![chat(1, 5, false)], false));
        let mut ours = message(1, 0, 50);
        ours.id = MessageId::Pending(1);
        let _ = roster.change(PeerId::User(1), |chat| chat.last = Some(ours.clone()));
        roster.first_page(page(vec![chat(1, 5, false)], false));
        assert_eq!(roster.get(PeerId::User(1)).unwrap().last, Some(ours));
    }

    /// Numbers below this one, always the same.
    fn dice(seed: &mut u64, below: u64) -> i64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((*seed >> 33) % below).unwrap()
    }

    #[test]
    fn whatever_changes_each_chat_stands_where_it_belongs() {
        let mut seed = 7;
        let mut roster = Roster::default();
        roster.first_page(page((0..40).map(|id| chat(id, dice(&mut seed, 20), id % 9 == 0)).collect(), false));
        for step in 0..2000 {
            let id = dice(&mut seed, 45);
            let (date, number) = (dice(&mut seed, 25), i32::try_from(dice(&mut seed, 3)).unwrap());
            let known = roster.change(PeerId::User(id), |chat| match step % 10 {
                0 => chat.pinned = !chat.pinned,
                1 => chat.last = None,
                2 => chat.unread += 1,
                _ => chat.last = Some(message(id, number, date)),
            });
            if !known {
                roster.add(chat(id, date, false));
            }
            let found = order(&roster);
            roster.sort();
            assert_eq!(found, order(&roster), "after step {step}");
        }
    }

    #[test]
    fn a_change_in_a_long_list_does_not_sort_it() {
        let mut seed = 3;
        let mut roster = Roster::default();
        roster.first_page(page((0..4000).map(|id| chat(id, id, id % 1000 == 0)).collect(), false));
        roster.asked.set(0);
        for step in 0..500 {
            let id = dice(&mut seed, 4000);
            assert!(roster.change(PeerId::User(id), |chat| chat.last = Some(message(id, 2, 5000 + step))));
        }
        // Two searches, each in twelve steps.
        assert!(roster.asked.get() <= 500 * 30, "{}", roster.asked.get());
    }
}
