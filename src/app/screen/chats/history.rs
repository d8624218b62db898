//! The messages of one conversation, as far as they are here: a window around the reader, open at both ends, of which
//! nothing is missing. What is on its way joins it only where it leaves nothing out.

mod piece;

use super::rows::{self, Key, Part, Row};
use crate::widget::timeline::{Anchor, Saved};
use heliograph_model::{Change, Delivery, FormattedText, HistoryPage, Message, MessageId, Place};
use heliograph_telegram::{Error, StoredPage};
use jiff::tz::TimeZone;
use piece::Piece;
pub use piece::Touched;
use std::collections::BTreeMap;

/// More messages than this are not kept around the reader.
const MOST: usize = 400;
/// When there are more, so many stay.
const KEPT: usize = 300;

/// See the module.
#[derive(Clone, Debug)]
pub struct History {
    zone: TimeZone,
    /// What the server has numbered.
    window: Option<Piece>,
    /// Our own messages that still wait, or did not go out.
    waiting: BTreeMap<u64, Message>,
    rows: Vec<Row>,
    older: Option<Flight>,
    newer: Option<Flight>,
    whole: Option<Flight>,
    /// Something was missed while a whole page was on its way: it may be from before that.
    again: bool,
    /// What happened while pages were on their way: they may be from before it.
    journal: Vec<Change>,
    numbers: u64,
    /// Which request did not come to anything, and why.
    failed: Option<(Asked, Error)>,
    /// Something here is as it was seen last, and the server was not asked.
    painted: bool,
    line: Option<Line>,
    /// The rows are not those of the messages yet.
    stale: bool,
    /// How many rows were made so far.
    #[cfg(test)]
    pub made: usize,
}

/// The line above what is new.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    /// It stands above the first message of others after this one.
    read: i32,
    /// How many were new.
    count: u32,
}

/// A page that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Tells requests apart.
    pub number: u64,
    /// Where.
    pub place: Place,
}

/// What a page of its own is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be where it is, whatever is here now.
    Show,
    /// To know what was missed at the end; where it does not join what is here, the reader stays where they are.
    Refresh,
}

#[derive(Clone, Copy, Debug)]
struct Flight {
    asked: Asked,
    purpose: Purpose,
    /// Where the journal stood when it was asked for.
    since: usize,
    /// What is stored of it is shown already.
    painted: bool,
}

/// What came of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is not wanted any more.
    Late,
    /// It went on where the window ended, or said anew what was here.
    Joined,
    /// It stands in place of what was here.
    Replaced,
    /// It leaves a hole, and nothing of it is shown: the newest messages are elsewhere now.
    Apart,
}

impl History {
    /// Nothing is here yet. Days begin at midnight in this zone.
    pub fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            window: None,
            waiting: BTreeMap::new(),
            rows: Vec::new(),
            older: None,
            newer: None,
            whole: None,
            journal: Vec::new(),
            numbers: 0,
            failed: None,
            painted: false,
            again: false,
            line: None,
            stale: false,
            #[cfg(test)]
            made: 0,
        }
    }

    /// The rows to show, oldest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Something came from the server once.
    pub fn is_loaded(&self) -> bool {
        self.window.is_some()
    }

    /// Nothing is older than the first message.
    #[cfg(test)]
    pub fn is_complete(&self) -> bool {
        self.window.as_ref().is_some_and(Piece::is_complete)
    }

    /// Nothing is newer than the last message: the window reaches the end.
    pub fn is_newest(&self) -> bool {
        self.window.as_ref().is_some_and(Piece::is_newest)
    }

    /// Nothing that is here stands before something that is not: the end of the chat is seen, or nothing but ours.
    pub fn is_at_end(&self) -> bool {
        self.is_newest() || self.window.is_none()
    }

    /// A page in place of what is here, or anew, is on its way: which one.
    pub fn whole(&self) -> Option<Asked> {
        self.whole.map(|flight| flight.asked)
    }

    /// The older and the newer page that are on their way.
    pub fn ends(&self) -> [Option<Asked>; 2] {
        [self.older, self.newer].map(|flight| flight.map(|flight| flight.asked))
    }

    /// Which page did not come, and why.
    pub fn failed(&self) -> Option<(Place, &Error)> {
        self.failed.as_ref().map(|(asked, error)| (asked.place, error))
    }

    /// One message.
    pub fn get(&self, id: MessageId) -> Option<&Message> {
        match id {
            MessageId::Server(id) => self.window.as_ref()?.get(id),
            MessageId::Pending(id) => self.waiting.get(&id),
        }
    }

    /// Those that the server has numbered, oldest first.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.window.iter().flat_map(|window| window.messages().values())
    }

    /// All that is shown, oldest first. What waits stands after the newest message, which may not be here; where nothing
    /// is here at all, it stands alone.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.numbered().chain(self.waiting.values().filter(|_| self.is_at_end()))
    }

    /// All of them, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Message> {
        self.messages().rev()
    }

    /// Those between two messages, both included.
    pub fn between(&self, first: MessageId, last: MessageId) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages().filter(move |message| first <= message.id && message.id <= last)
    }

    /// The newest message of the chat, where it is here.
    pub fn last(&self) -> Option<&Message> {
        self.messages().next_back().filter(|_| self.is_newest())
    }

    /// The first message that was written then or later, if the window is sure of it.
    pub fn first_since(&self, date: i64) -> Option<MessageId> {
        let window = self.window.as_ref()?;
        let found = self.numbered().find(|message| message.date >= date)?;
        let sure = window.is_complete() || self.numbered().next().is_some_and(|first| first.id < found.id);
        sure.then_some(found.id)
    }

    /// Whether the window says all about this number.
    pub fn covers(&self, id: i32) -> bool {
        self.window.as_ref().is_some_and(|window| window.covers(id))
    }

    /// The row in which a message is shown.
    pub fn key_of(&self, id: MessageId) -> Option<Key> {
        let key = Key { message: id, part: Part::Message };
        let row = match self.rows.binary_search_by(|row| row.key.cmp(&key)) {
            Ok(index) => self.rows.get(index),
            // In an album that begins before it.
            Err(after) => self.rows.get(..after)?.iter().rev().find(|row| row.key.part == Part::Message),
        };
        row.filter(|row| row.messages().contains(&id)).map(|row| row.key)
    }

    /// Whether all messages of a row are among those that are picked.
    pub fn is_picked(&self, key: Key, picked: impl Fn(MessageId) -> bool) -> bool {
        let row = self.rows.binary_search_by(|row| row.key.cmp(&key)).ok().and_then(|index| self.rows.get(index));
        row.is_some_and(|row| !row.messages().is_empty() && row.messages().iter().all(|id| picked(*id)))
    }

    /// The place of the list that comes nearest to one that was kept: its message may be gone.
    pub fn nearest(&self, saved: Saved<Key>) -> Saved<Key> {
        let Anchor::At { key, offset } = saved else { return saved };
        let after = self.rows.partition_point(|row| row.key <= key);
        let row = self.rows.get(..after).unwrap_or_default().iter().rev().find(|row| row.is_steady());
        let row = row.or_else(|| self.rows.iter().find(|row| row.is_steady()));
        row.map_or(saved, |row| Anchor::At { key: row.key, offset })
    }

    /// The row of the line above what is new, where it can be said.
    pub fn unread_row(&self) -> Option<Key> {
        self.line_at().map(|(message, _)| Key { message, part: Part::Unread })
    }

    fn line_at(&self) -> Option<(MessageId, u32)> {
        let line = self.line?;
        // When what follows the last read one is not here, the line would stand in the wrong place.
        let (from, _) = self.window.as_ref()?.range();
        if from > line.read.saturating_add(1) {
            return None;
        }
        let new = |message: &&Message| !message.outgoing && message.id > MessageId::Server(line.read);
        self.numbered().find(new).map(|message| (message.id, line.count))
    }

    /// The line stands above the first message of others after `read` from now on; without a count there is none. Whether
    /// it is another one than before.
    pub fn mark_unread(&mut self, read: i32, count: u32) -> bool {
        let line = (count > 0).then_some(Line { read, count });
        let other = self.line != line;
        if other {
            self.line = line;
            self.rebuild();
        }
        other
    }

    /// Whether there is no line yet, or one that stands after this message and counts on.
    pub fn may_mark(&self, read: i32) -> bool {
        self.line.is_none_or(|line| line.read == read)
    }

    /// A page of its own is asked for: its number, or nothing where one for the same is under way.
    pub fn begin_whole(&mut self, place: Place, purpose: Purpose) -> Option<Asked> {
        if self.whole.is_some_and(|flight| flight.asked.place == place && flight.purpose == purpose) {
            return None;
        }
        let flight = self.fly(place, purpose);
        self.whole = Some(flight);
        self.rebuild();
        Some(flight.asked)
    }

    /// Something was missed. What is here is asked for once more: now, or as soon as the page is here that is on its way,
    /// which may not have it yet. In a storm of such news one page follows the other, and each comes.
    pub fn begin_refresh(&mut self, place: Place) -> Option<Asked> {
        let comes = |flight: Flight| flight.purpose == Purpose::Show || flight.asked.place == place;
        if self.whole.is_some_and(comes) {
            self.again = true;
            return None;
        }
        self.begin_whole(place, if self.is_loaded() { Purpose::Refresh } else { Purpose::Show })
    }

    /// Whether something was missed while the page was on its way that is here now.
    pub fn take_again(&mut self) -> bool {
        self.whole.is_none() && std::mem::take(&mut self.again)
    }

    /// Older messages are asked for, where there can be any and none are under way.
    pub fn begin_older(&mut self) -> Option<Asked> {
        let window = self.window.as_ref()?;
        if window.is_complete() || self.older.is_some() || self.is_to_be_replaced() {
            return None;
        }
        let flight = self.fly(Place::Before(window.range().0), Purpose::Show);
        self.older = Some(flight);
        self.rebuild();
        Some(flight.asked)
    }

    /// Newer messages are asked for, where there can be any and none are under way.
    pub fn begin_newer(&mut self) -> Option<Asked> {
        let window = self.window.as_ref()?;
        if window.is_newest() || self.newer.is_some() || self.is_to_be_replaced() {
            return None;
        }
        let flight = self.fly(Place::After(window.range().1), Purpose::Show);
        self.newer = Some(flight);
        self.rebuild();
        Some(flight.asked)
    }

    fn is_to_be_replaced(&self) -> bool {
        self.whole.is_some_and(|flight| flight.purpose == Purpose::Show && !flight.painted)
    }

    /// Something here is as it was seen last, and the server was not asked.
    pub fn is_painted(&self) -> bool {
        self.painted
    }

    /// Whether this page is to tell what was missed: only the server knows.
    pub fn is_refresh(&self, asked: Asked) -> bool {
        self.whole.is_some_and(|flight| flight.asked == asked && flight.purpose == Purpose::Refresh)
    }

    fn fly(&mut self, place: Place, purpose: Purpose) -> Flight {
        // What did not come at one end is still to be tried again when something is asked for elsewhere.
        let same = |(asked, _): &(Asked, Error)| std::mem::discriminant(&asked.place) == std::mem::discriminant(&place);
        if self.failed.as_ref().is_some_and(same) || purpose == Purpose::Show && is_whole(place) {
            self.failed = None;
        }
        self.numbers += 1;
        Flight { asked: Asked { number: self.numbers, place }, purpose, since: self.journal.len(), painted: false }
    }

    fn land(&mut self, number: u64) -> Option<Flight> {
        let flights = [&mut self.older, &mut self.newer, &mut self.whole];
        flights.into_iter().find(|flight| flight.is_some_and(|flight| flight.asked.number == number))?.take()
    }

    /// What is stored of a page came. It is the `last` word, or the server is asked, too.
    pub fn stored(&mut self, number: u64, page: StoredPage, last: bool) -> Came {
        let flights = [&mut self.older, &mut self.newer, &mut self.whole].into_iter().flatten();
        let Some(flight) = flights.into_iter().find(|flight| flight.asked.number == number) else { return Came::Late };
        flight.painted = true;
        let flight = *flight;
        let StoredPage { messages, peers, complete, newest, verified, .. } = page;
        let place = match (flight.asked.place, messages.last().and_then(|said| said.id.server())) {
            // The newest that is here is not the newest that there is.
            (Place::Newest, Some(id)) if !newest => Place::Around(id),
            (place, _) => place,
        };
        let mut piece = Piece::of(HistoryPage { messages, peers, complete, newest }, place);
        for change in self.journal.get(flight.since..).unwrap_or_default() {
            let _ = piece.apply(change);
        }
        piece.trim(place);
        let came = match &mut self.window {
            None => {
                self.window = Some(piece);
                Came::Replaced
            }
            Some(window) => match window.join(piece) {
                Ok(()) => Came::Joined,
                Err(_) if !is_whole(place) => Came::Late,
                Err(piece) => {
                    *window = piece;
                    (self.older, self.newer) = (None, None);
                    Came::Replaced
                }
            },
        };
        // The middle of a conversation that is known to be whole needs no one's word.
        self.painted |= !verified || is_whole(place);
        if last {
            let _ = self.land(number);
            self.forget_journal();
        }
        self.rebuild();
        came
    }

    /// A page came.
    pub fn came(&mut self, number: u64, page: HistoryPage) -> Came {
        let Some(flight) = self.land(number) else { return Came::Late };
        let place = flight.asked.place;
        let mut piece = Piece::of(page, place);
        for change in self.journal.get(flight.since..).unwrap_or_default() {
            let _ = piece.apply(change);
        }
        let ends = !is_whole(place);
        piece.trim(place);
        let came = match &mut self.window {
            None => {
                self.window = Some(piece);
                Came::Replaced
            }
            Some(window) => {
                if flight.purpose == Purpose::Refresh || flight.painted {
                    // The end that is claimed here may be what was missed.
                    window.doubt_end();
                }
                match (window.join(piece), flight.purpose) {
                    (Ok(()), _) => Came::Joined,
                    (Err(_), _) if ends => Came::Late,
                    (Err(piece), Purpose::Show) => {
                        *window = piece;
                        (self.older, self.newer) = (None, None);
                        Came::Replaced
                    }
                    (Err(_), Purpose::Refresh) => Came::Apart,
                }
            }
        };
        self.painted &= !is_whole(place) || came == Came::Apart;
        self.forget_journal();
        self.rebuild();
        came
    }

    /// A page came that is of no use.
    pub fn refuse(&mut self, number: u64) {
        let _ = self.land(number);
        self.forget_journal();
        self.rebuild();
    }

    /// A page did not come. Whether it was still wanted.
    pub fn page_failed(&mut self, number: u64, error: Error) -> bool {
        let Some(flight) = self.land(number) else { return false };
        self.failed = Some((flight.asked, error));
        self.forget_journal();
        self.rebuild();
        true
    }

    /// Whether this page is still to come.
    pub fn is_awaited(&self, number: u64) -> bool {
        [self.older, self.newer, self.whole].iter().flatten().any(|flight| flight.asked.number == number)
    }

    /// A page does not come, and that is no fault: it is asked for again when it is needed.
    pub fn call_off(&mut self, number: u64) {
        if self.land(number).is_some() {
            self.forget_journal();
            self.rebuild();
        }
    }

    fn forget_journal(&mut self) {
        if self.older.is_none() && self.newer.is_none() && self.whole.is_none() {
            self.journal.clear();
        }
    }

    /// So much was missed that nothing here can be trusted: all is fetched anew.
    pub fn forget(&mut self) {
        (self.window, self.older, self.newer, self.whole) = (None, None, None, None);
        self.painted = false;
        self.journal.clear();
        self.rebuild();
    }

    /// Something happened in this chat, or to a poll: says what that means for what is shown. The rows follow when it is
    /// [settled](Self::settle), once for all that happened at a time.
    pub fn note(&mut self, change: &Change) -> Touched {
        if self.older.is_some() || self.newer.is_some() || self.whole.is_some() {
            self.journal.push(change.clone());
        }
        let mut touched = self.window.as_mut().map_or(Touched::Nothing, |window| window.apply(change));
        if let Change::Sent { pending: MessageId::Pending(pending), .. } = change
            && self.waiting.remove(pending).is_some()
        {
            touched = Touched::Rows;
        }
        self.stale |= matches!(touched, Touched::Rows | Touched::Added);
        touched
    }

    /// Makes the rows of what was noted. Whether one that was there before has another look now.
    pub fn settle(&mut self) -> bool {
        if !self.stale {
            return false;
        }
        let before = std::mem::take(&mut self.rows);
        self.rebuild();
        // Both are in order.
        let mut after = self.rows.iter().peekable();
        before.iter().any(|row| {
            while after.next_if(|other| other.key < row.key).is_some() {}
            after.next_if(|other| other.key == row.key).is_some_and(|other| other != row)
        })
    }

    /// Notes a change and settles it.
    pub fn apply(&mut self, change: &Change) {
        let _ = self.note(change);
        let _ = self.settle();
    }

    /// How many of these are here, not ours, and after `read`.
    pub fn unread_among(&self, ids: &[i32], read: i32) -> u32 {
        let unread = |id: &&i32| **id > read && self.get(MessageId::Server(**id)).is_some_and(|m| !m.outgoing);
        u32::try_from(ids.iter().filter(unread).count()).unwrap_or(u32::MAX)
    }

    /// How many messages of others stand after `after`, up to `up_to`, where all of these are here.
    pub fn count_between(&self, after: i32, up_to: i32) -> Option<u32> {
        let (from, to) = self.window.as_ref()?.range();
        if from > after.saturating_add(1) || up_to > to {
            return None;
        }
        let (after, up_to) = (MessageId::Server(after), MessageId::Server(up_to));
        let count = self.numbered().filter(|m| !m.outgoing && m.id > after && m.id <= up_to).count();
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Something of ours waits here, or did not go out.
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// We write: the message waits after all others.
    pub fn write(&mut self, message: Message) {
        if let MessageId::Pending(number) = message.id {
            let _ = self.waiting.insert(number, message);
            self.rebuild();
        }
    }

    /// Our message got so far.
    pub fn progressed(&mut self, pending: MessageId, delivery: Delivery) {
        if let Some(message) = self.waiting_mut(pending) {
            message.delivery = delivery;
        }
    }

    /// What of ours waits here, or did not go out.
    pub fn waiting(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.waiting.values()
    }

    /// Our message is tried once more. Returns its words.
    pub fn retry(&mut self, pending: MessageId) -> Option<FormattedText> {
        let message = self.waiting_mut(pending).filter(|m| m.delivery.needs_people())?;
        message.delivery = Delivery::Sending;
        Some(message.text.clone())
    }

    /// Our message that did not go out is given up.
    pub fn give_up(&mut self, pending: MessageId) -> bool {
        let MessageId::Pending(number) = pending else { return false };
        let failed = self.waiting.get(&number).is_some_and(|m| m.delivery.needs_people());
        if failed {
            let _ = self.waiting.remove(&number);
            self.rebuild();
        }
        failed
    }

    fn waiting_mut(&mut self, pending: MessageId) -> Option<&mut Message> {
        match pending {
            MessageId::Pending(number) => self.waiting.get_mut(&number),
            MessageId::Server(_) => None,
        }
    }

    /// Drops what is far from the reader, who sees these. Whether anything went.
    pub fn keep_around(&mut self, first: MessageId, last: MessageId) -> bool {
        let Some(window) = self.window.as_mut().filter(|window| window.messages().len() > MOST) else { return false };
        let ids: Vec<i32> = window.messages().keys().copied().collect();
        let above = ids.partition_point(|id| MessageId::Server(*id) < first);
        let below = ids.len() - ids.partition_point(|id| MessageId::Server(*id) <= last);
        // As much at either side as fits; what one side does not need is the other's.
        let room = KEPT.saturating_sub(ids.len() - above - below);
        let drop_above = above.saturating_sub(room.saturating_sub(below.min(room / 2)));
        let drop_below = below.saturating_sub(room.saturating_sub(above.min(room / 2)));
        // An album stays whole.
        let album = |index: usize| ids.get(index).and_then(|id| window.get(*id)).and_then(|message| message.album);
        let cuts = |index: usize| index > 0 && album(index).is_some() && album(index) == album(index - 1);
        let mut begin = drop_above;
        while begin > 0 && cuts(begin) {
            begin -= 1;
        }
        let mut end = ids.len() - drop_below;
        while end < ids.len() && cuts(end) {
            end += 1;
        }
        let (begin, end) = ((begin > 0).then(|| ids.get(begin)), (end < ids.len()).then(|| ids.get(end - 1)));
        let (begin, end) = (begin.flatten().copied(), end.flatten().copied());
        if let Some(begin) = begin {
            window.cut_before(begin);
            self.older = None;
        }
        if let Some(end) = end {
            window.cut_after(end);
            self.newer = None;
        }
        let went = begin.is_some() || end.is_some();
        if went {
            self.forget_journal();
            self.rebuild();
        }
        went
    }

    /// So much came into it that it is to be cut, wherever the reader is.
    pub fn is_too_long(&self) -> bool {
        self.window.as_ref().is_some_and(|window| window.messages().len() > 2 * MOST)
    }

    /// Drops what is far from its last message. Whether anything went.
    pub fn keep_end(&mut self) -> bool {
        let last = self.numbered().next_back().map(|last| last.id);
        last.is_some_and(|last| self.keep_around(last, last))
    }

    fn rebuild(&mut self) {
        self.stale = false;
        let failed = |end: fn(&Place) -> bool| self.failed.as_ref().is_some_and(|(asked, _)| end(&asked.place));
        let shows = self.messages().next().is_some();
        let older = self.older.is_some() || failed(|place| matches!(place, Place::Before(_)));
        let newer = self.newer.is_some() || failed(|place| matches!(place, Place::After(_)));
        self.rows = rows::rows(self.messages(), &self.zone, self.line_at(), (older && shows, newer && shows));
        #[cfg(test)]
        {
            self.made += self.rows.len();
        }
    }
}

/// Whether it does not go on where the window ends.
fn is_whole(place: Place) -> bool {
    !matches!(place, Place::Before(_) | Place::After(_))
}

#[cfg(test)]
mod tests;
