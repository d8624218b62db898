//! The messages of one conversation, as far as they are here.

use super::rows::{self, Key, Part, Row};
use heliograph_model::{Delivery, HistoryPage, Message, MessageId, SendFailure};
use heliograph_telegram::Error;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What is known, without holes, from the newest message back to some older one.
#[derive(Clone, Debug)]
pub struct History {
    zone: TimeZone,
    messages: BTreeMap<MessageId, Message>,
    rows: Vec<Row>,
    /// Something came from the server once.
    pub loaded: bool,
    /// Nothing is older than the first message.
    pub complete: bool,
    /// The newest page is on its way.
    pub refreshing: bool,
    /// An older page is on its way.
    pub loading_older: bool,
    /// Older messages were asked for while that could not be done.
    wants_older: bool,
    /// Why the last page did not come.
    pub failed: Option<Error>,
    /// The first message that was new when the conversation was opened, and how many were.
    unread: Option<(MessageId, u32)>,
}

impl History {
    /// Nothing is here yet. Days begin at midnight in this zone.
    pub fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            messages: BTreeMap::new(),
            rows: Vec::new(),
            loaded: false,
            complete: false,
            refreshing: false,
            loading_older: false,
            wants_older: false,
            failed: None,
            unread: None,
        }
    }

    /// The rows to show, oldest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// One message.
    pub fn get(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// All of them, oldest first.
    #[cfg(test)]
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values()
    }

    /// All of them, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().rev()
    }

    /// Those between two rows, both included.
    pub fn between(&self, first: Key, last: Key) -> impl DoubleEndedIterator<Item = &Message> {
        let (first, last) = (first.message, last.message.max(first.message));
        self.messages.range(first..=last).map(|(_, message)| message)
    }

    /// The newest message.
    pub fn last(&self) -> Option<&Message> {
        self.messages.values().next_back()
    }

    /// The number of the oldest one that the server has numbered.
    pub fn oldest(&self) -> Option<i32> {
        self.messages.keys().find_map(|id| id.server())
    }

    /// The row of the line above what is new.
    pub fn unread_row(&self) -> Option<Key> {
        self.unread.map(|(message, _)| Key { message, part: Part::Unread })
    }

    /// The conversation is opened: the line stands above the first message after `read`.
    pub fn mark_unread(&mut self, read: i32, count: u32) {
        self.unread = None;
        if count > 0 {
            let first = self.messages.values().find(|m| !m.outgoing && m.id.server().is_some_and(|id| id > read));
            // When the first of them is not here, the line would stand in the wrong place.
            let reaches_back = self.complete || self.oldest().is_some_and(|oldest| oldest <= read);
            if let (Some(first), true) = (first, reaches_back) {
                self.unread = Some((first.id, count));
            }
        }
        self.rebuild();
    }

    /// The newest page came.
    pub fn newest_page(&mut self, page: HistoryPage) {
        (self.refreshing, self.loaded, self.failed) = (false, true, None);
        let oldest = page.messages.iter().map(|m| m.id).min();
        let newest = page.messages.iter().map(|m| m.id).max();
        let here = self.messages.keys().rev().find(|id| id.server().is_some()).copied();
        // When it does not reach back to what is here, there may be a hole between: what is older is fetched again when
        // it is wanted.
        let joins = !page.complete && oldest.is_some() && oldest <= here;
        if !joins {
            self.complete = page.complete;
        }
        // What it leaves out in its range is gone; what came while it was on its way is newer than it.
        self.messages.retain(|id, _| id.server().is_none() || Some(*id) > newest || (joins && Some(*id) < oldest));
        self.take(page.messages);
    }

    /// A page of older messages came.
    pub fn older_page(&mut self, page: HistoryPage) {
        (self.loading_older, self.failed) = (false, None);
        self.complete = page.complete || page.messages.is_empty();
        self.take(page.messages);
    }

    /// A page did not come.
    pub fn page_failed(&mut self, error: Error) {
        (self.refreshing, self.loading_older) = (false, false);
        self.failed = Some(error);
        self.rebuild();
    }

    /// The newest page is here: whether older messages were asked for meanwhile.
    pub fn still_wants_older(&mut self) -> bool {
        std::mem::take(&mut self.wants_older) && !self.refreshing
    }

    /// Older messages are asked for. Says before which; `None` when there is nothing to ask for now.
    pub fn begin_older(&mut self) -> Option<i32> {
        if self.complete || self.loading_older {
            return None;
        }
        if self.refreshing || !self.loaded {
            // The newest page may leave a hole; what is older comes after it.
            self.wants_older = true;
            return None;
        }
        let before = self.oldest()?;
        (self.loading_older, self.failed) = (true, None);
        self.rebuild();
        Some(before)
    }

    fn take(&mut self, messages: Vec<Message>) {
        for message in messages {
            // What we wrote and what the server says may cross: the pending one goes when its number comes, not here.
            let _ = self.messages.insert(message.id, message);
        }
        self.rebuild();
    }

    /// A message is new, or another one now.
    pub fn put(&mut self, message: Message) {
        let same_place = self.messages.insert(message.id, message.clone()).is_some_and(|before| {
            before.date == message.date && before.sender == message.sender && before.service == message.service
        });
        if !same_place {
            self.rebuild();
        }
    }

    /// A message has other words now. Nothing happens when it is not here.
    pub fn edit(&mut self, message: Message) {
        if self.messages.contains_key(&message.id) {
            self.put(message);
        }
    }

    /// Messages are gone. Returns how many of them were here and not ours, after `read`.
    pub fn delete(&mut self, gone: &[i32], read: i32) -> u32 {
        let mut unread = 0;
        let mut any = false;
        for id in gone {
            if let Some(message) = self.messages.remove(&MessageId::Server(*id)) {
                any = true;
                unread += u32::from(!message.outgoing && *id > read);
            }
        }
        if any {
            self.rebuild();
        }
        unread
    }

    /// Our message got its number.
    pub fn sent(&mut self, pending: MessageId, message: Message) {
        let _ = self.messages.remove(&pending);
        let _ = self.messages.insert(message.id, message);
        self.rebuild();
    }

    /// Our message did not go out.
    pub fn send_failed(&mut self, pending: MessageId, failure: SendFailure) {
        if let Some(message) = self.messages.get_mut(&pending) {
            message.delivery = Delivery::Failed(failure);
        }
    }

    /// Our message is tried once more. Returns its words.
    pub fn retry(&mut self, pending: MessageId) -> Option<heliograph_model::FormattedText> {
        let message = self.messages.get_mut(&pending).filter(|m| matches!(m.delivery, Delivery::Failed(_)))?;
        message.delivery = Delivery::Sending;
        Some(message.text.clone())
    }

    /// The newest message of others up to the end of what is in view: what was read with it.
    pub fn newest_seen(&self, last: Key) -> Option<i32> {
        // A day or the line above what is new stands before its message, which is not in view then.
        let mut seen = self.messages.range(..=last.message).rev();
        if last.part != Part::Message {
            let _ = seen.next();
        }
        seen.find(|(_, m)| !m.outgoing).and_then(|(id, _)| id.server())
    }

    /// How many messages of others are here after `read`, and whether that is all of them.
    pub fn count_after(&self, read: i32) -> (u32, bool) {
        let count = self.messages.values().filter(|m| !m.outgoing && m.id.server().is_some_and(|id| id > read)).count();
        let all = self.loaded && (self.complete || self.oldest().is_some_and(|oldest| oldest <= read));
        (u32::try_from(count).unwrap_or(u32::MAX), all)
    }

    fn rebuild(&mut self) {
        if let Some((first, _)) = self.unread
            && !self.messages.contains_key(&first)
        {
            self.unread = None;
        }
        let older = self.loading_older || (self.failed.is_some() && !self.messages.is_empty());
        self.rows = rows::rows(self.messages.values(), &self.zone, self.unread, older);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{FormattedText, PeerId};

    fn message(id: i32) -> Message {
        Message {
            id: MessageId::Server(id),
            chat: PeerId::Group(1),
            sender: PeerId::User(7),
            outgoing: false,
            date: i64::from(id),
            edited: None,
            text: FormattedText::plain(id.to_string()),
            media: None,
            service: None,
            delivery: Delivery::Sent,
            ..Message::default()
        }
    }

    fn page(ids: impl IntoIterator<Item = i32>, complete: bool) -> HistoryPage {
        HistoryPage { messages: ids.into_iter().map(message).collect(), peers: Vec::new(), complete, newest: true }
    }

    fn ids(history: &History) -> Vec<i32> {
        history.messages().filter_map(|m| m.id.server()).collect()
    }

    fn history(ids: impl IntoIterator<Item = i32>) -> History {
        let mut history = History::new(TimeZone::UTC);
        history.newest_page(page(ids, false));
        history
    }

    #[test]
    fn pages_join_upwards() {
        let mut history = history(50..=60);
        assert_eq!(history.begin_older(), Some(50));
        assert_eq!(history.begin_older(), None, "one at a time");
        history.older_page(page(40..50, false));
        assert_eq!(ids(&history), (40..=60).collect::<Vec<_>>());
        let _ = history.begin_older();
        history.older_page(page(39..40, true));
        assert_eq!(history.begin_older(), None, "that was all");
    }

    #[test]
    fn a_refreshed_page_removes_what_is_gone_and_keeps_what_is_older() {
        let mut history = history(10..=20);
        history.newest_page(page([15, 16, 18, 21], false));
        assert_eq!(ids(&history), [10, 11, 12, 13, 14, 15, 16, 18, 21]);
    }

    #[test]
    fn what_came_while_the_page_was_on_its_way_stays() {
        let mut history = history(10..=20);
        history.put(message(21));
        history.newest_page(page(15..=20, false));
        assert_eq!(history.last().unwrap().id, MessageId::Server(21));
    }

    #[test]
    fn older_messages_wanted_too_early_are_not_forgotten() {
        let mut history = history(10..=20);
        history.refreshing = true;
        assert_eq!(history.begin_older(), None);
        assert!(!history.still_wants_older(), "the newest page is not here yet");
        assert_eq!(history.begin_older(), None);
        history.newest_page(page(15..=20, false));
        assert!(history.still_wants_older() && !history.still_wants_older());
        assert_eq!(history.begin_older(), Some(10));
    }

    #[test]
    fn what_stands_above_a_message_is_not_the_message() {
        let history = history(10..=20);
        let key = |part| Key { message: MessageId::Server(15), part };
        assert_eq!(history.newest_seen(key(Part::Message)), Some(15));
        assert_eq!(history.newest_seen(key(Part::Unread)), Some(14));
    }

    #[test]
    fn a_hole_is_never_shown() {
        let mut history = history(10..=20);
        history.newest_page(page(90..=95, false));
        assert_eq!(ids(&history), (90..=95).collect::<Vec<_>>());
        assert_eq!(history.begin_older(), Some(90));
    }

    #[test]
    fn a_failed_page_can_be_asked_for_again() {
        let mut history = history(50..=60);
        let _ = history.begin_older();
        history.page_failed(Error::TimedOut);
        assert_eq!(history.rows()[0].key.part, Part::Older, "there is a row to try again from");
        assert_eq!(history.begin_older(), Some(50));
    }

    #[test]
    fn our_message_waits_last_and_keeps_its_place_when_it_is_sent() {
        let mut history = history(1..=3);
        let mut ours = message(0);
        (ours.id, ours.outgoing, ours.delivery) = (MessageId::Pending(5), true, Delivery::Sending);
        history.put(ours.clone());
        history.put(message(4));
        assert_eq!(history.last().unwrap().id, MessageId::Pending(5));
        history.send_failed(MessageId::Pending(5), SendFailure::Offline);
        assert_eq!(history.retry(MessageId::Pending(5)).unwrap().text, "0", "its words are kept");
        assert!(history.retry(MessageId::Pending(5)).is_none(), "it is under way");
        let mut sent = message(5);
        sent.outgoing = true;
        history.sent(MessageId::Pending(5), sent.clone());
        history.sent(MessageId::Pending(5), sent);
        assert_eq!(ids(&history), [1, 2, 3, 4, 5], "said twice, there once");
    }

    #[test]
    fn the_line_stands_above_the_first_unread_message() {
        let mut history = history(1..=9);
        history.mark_unread(6, 3);
        assert_eq!(history.unread_row(), Some(Key { message: MessageId::Server(7), part: Part::Unread }));
        history.mark_unread(9, 0);
        assert_eq!(history.unread_row(), None);
        // The first unread one is not here.
        let mut history = super::tests::history(5..=9);
        history.mark_unread(2, 7);
        assert_eq!(history.unread_row(), None);
    }

    #[test]
    fn deleting_says_how_many_unread_ones_went() {
        let mut history = history(1..=9);
        assert_eq!(history.delete(&[2, 8, 9, 400], 6), 2);
        assert_eq!(ids(&history), [1, 3, 4, 5, 6, 7]);
    }
}
