//! A run of messages of which nothing is missing.

use heliograph_model::{Change, HistoryPage, Media, Message, MessageId, Place, Poll, PollAnswer, ReactionKind};
use std::collections::BTreeMap;

/// All messages of one chat whose numbers lie between two others: what is not in it does not exist there.
#[derive(Clone, Debug)]
pub struct Piece {
    messages: BTreeMap<i32, Message>,
    /// The first number that it speaks for; `i32::MIN` where nothing is older.
    from: i32,
    /// The last one; `i32::MAX` where nothing is newer.
    to: i32,
}

impl Piece {
    /// What the answer for this place speaks for.
    pub fn of(page: HistoryPage, place: Place) -> Self {
        let numbered = page.messages.into_iter().filter_map(|message| Some((message.id.server()?, message)));
        let messages: BTreeMap<i32, Message> = numbered.collect();
        let first = messages.keys().next().copied();
        let last = messages.keys().next_back().copied();
        let open_below = page.complete || messages.is_empty() && !matches!(place, Place::After(_));
        let open_above = page.newest || messages.is_empty() && !matches!(place, Place::Before(_));
        let from = match place {
            Place::After(id) => id.saturating_add(1),
            _ if open_below => i32::MIN,
            _ => first.unwrap_or(i32::MIN),
        };
        let to = match place {
            Place::Before(id) => id.saturating_sub(1),
            Place::Newest => i32::MAX,
            _ if open_above => i32::MAX,
            _ => last.unwrap_or(i32::MAX),
        };
        Self { messages, from, to }
    }

    /// Nothing is older than what is here.
    pub fn is_complete(&self) -> bool {
        self.from == i32::MIN
    }

    /// Nothing is newer than what is here.
    pub fn is_newest(&self) -> bool {
        self.to == i32::MAX
    }

    /// The first and the last number that it speaks for.
    pub fn range(&self) -> (i32, i32) {
        (self.from, self.to)
    }

    /// Whether it says all about this number.
    pub fn covers(&self, id: i32) -> bool {
        self.from <= id && id <= self.to
    }

    /// The messages, oldest first.
    pub fn messages(&self) -> &BTreeMap<i32, Message> {
        &self.messages
    }

    /// One message.
    pub fn get(&self, id: i32) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// More may be newer than the last message that is here: what was missed is not known.
    pub fn doubt_end(&mut self) {
        if self.is_newest()
            && let Some(last) = self.messages.keys().next_back()
        {
            self.to = *last;
        }
    }

    /// Leaves out an album that the edge of a page may have cut, unless that would leave out what was asked for, or
    /// everything.
    pub fn trim(&mut self, place: Place) {
        let keep = match place {
            Place::Around(id) => Some(id),
            _ => None,
        };
        let album = |entry: Option<(&i32, &Message)>| entry.and_then(|(_, message)| message.album);
        if !self.is_complete()
            && !matches!(place, Place::After(_))
            && let Some(cut) = album(self.messages.first_key_value())
            && let Some((next, _)) = self.messages.iter().find(|(_, message)| message.album != Some(cut))
            && keep.is_none_or(|keep| keep >= *next)
        {
            let next = *next;
            self.messages = self.messages.split_off(&next);
            self.from = next;
        }
        if !self.is_newest()
            && !matches!(place, Place::Before(_))
            && let Some(cut) = album(self.messages.last_key_value())
            && let Some((last, _)) = self.messages.iter().rev().find(|(_, message)| message.album != Some(cut))
            && keep.is_none_or(|keep| keep <= *last)
        {
            let last = *last;
            let _cut = self.messages.split_off(&last.saturating_add(1));
            self.to = last;
        }
    }

    /// Takes over what another piece says, which is the later truth, where the two leave nothing out between them.
    pub fn join(&mut self, other: Self) -> Result<(), Self> {
        if other.from > self.to.saturating_add(1) || self.from > other.to.saturating_add(1) {
            return Err(other);
        }
        self.messages.retain(|id, _| !other.covers(*id));
        self.messages.extend(other.messages);
        (self.from, self.to) = (self.from.min(other.from), self.to.max(other.to));
        Ok(())
    }

    /// Drops what is older than this number.
    pub fn cut_before(&mut self, id: i32) {
        self.messages = self.messages.split_off(&id);
        self.from = id;
    }

    /// Drops what is newer than this number.
    pub fn cut_after(&mut self, id: i32) {
        let _dropped = self.messages.split_off(&id.saturating_add(1));
        self.to = id;
    }

    /// Takes note of a change. Says what it means for whoever shows the piece.
    pub fn apply(&mut self, change: &Change) -> Touched {
        match change {
            Change::NewMessage(message) => match message.id {
                MessageId::Server(id) if self.covers(id) => self.put(id, message),
                _ => Touched::Nothing,
            },
            Change::Sent { message, .. } => match message.id {
                MessageId::Server(id) if self.covers(id) => self.put(id, message),
                _ => Touched::Nothing,
            },
            Change::Edited(message) => match message.id {
                MessageId::Server(id) if self.messages.contains_key(&id) => self.put(id, message),
                _ => Touched::Nothing,
            },
            Change::Deleted { messages, .. } => {
                let before = self.messages.len();
                for id in messages {
                    let _ = self.messages.remove(id);
                }
                if self.messages.len() == before { Touched::Nothing } else { Touched::Rows }
            }
            Change::Reactions { message, reactions, min, .. } => self.change(*message, |message| {
                let before = std::mem::replace(&mut message.reactions, reactions.clone());
                if *min {
                    // Which are ours was not said: those stay that were.
                    let ours =
                        |kind: &ReactionKind| before.iter().any(|reaction| reaction.chosen && reaction.kind == *kind);
                    message.reactions.iter_mut().for_each(|reaction| reaction.chosen = ours(&reaction.kind));
                }
            }),
            Change::Views { message, views, forwards, .. } => self.change(*message, |message| {
                message.views = views.or(message.views);
                message.forwards = forwards.or(message.forwards);
            }),
            Change::Pinned { messages, pinned, .. } => self.change_all(messages, |message| message.pinned = *pinned),
            Change::Heard { messages, .. } => self.change_all(messages, |message| message.unheard = false),
            Change::Poll { poll, answers, total, closed, min, solution } => {
                let mut touched = Touched::Nothing;
                for message in self.messages.values_mut() {
                    if let Some(Media::Poll(voted)) = &mut message.media
                        && voted.id == *poll
                    {
                        vote(voted, answers, *total, *closed, *min);
                        voted.solution = solution.clone().or(voted.solution.take());
                        touched = Touched::Looks;
                    }
                }
                touched
            }
            Change::Preview { page, preview } => {
                let mut touched = Touched::Nothing;
                for message in self.messages.values_mut() {
                    if message.preview.as_ref().is_some_and(|known| known.id == *page) {
                        message.preview.clone_from(preview);
                        touched = Touched::Looks;
                    }
                }
                touched
            }
            _ => Touched::Nothing,
        }
    }

    fn put(&mut self, id: i32, message: &Message) -> Touched {
        let newest = self.messages.keys().next_back().is_none_or(|last| *last < id);
        match self.messages.insert(id, message.clone()) {
            Some(before)
                if before.date == message.date
                    && before.sender == message.sender
                    && before.service == message.service
                    && before.album == message.album =>
            {
                Touched::Looks
            }
            None if newest => Touched::Added,
            _ => Touched::Rows,
        }
    }

    fn change(&mut self, id: i32, change: impl FnOnce(&mut Message)) -> Touched {
        match self.messages.get_mut(&id) {
            Some(message) => {
                change(message);
                Touched::Looks
            }
            None => Touched::Nothing,
        }
    }

    fn change_all(&mut self, ids: &[i32], change: impl Fn(&mut Message)) -> Touched {
        ids.iter().fold(Touched::Nothing, |touched, id| touched.max(self.change(*id, &change)))
    }
}

/// What a change means for whoever shows the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// It concerns others.
    Nothing,
    /// There is one more message at the end.
    Added,
    /// A message looks otherwise.
    Looks,
    /// There are other rows.
    Rows,
}

/// The counts of a poll are others now.
pub fn vote(poll: &mut Poll, answers: &[PollAnswer], total: Option<u32>, closed: bool, min: bool) {
    poll.closed |= closed;
    poll.total = total.or(poll.total);
    for answer in answers {
        let Some(known) = poll.answers.iter_mut().find(|known| known.option == answer.option) else { continue };
        known.voters = answer.voters.or(known.voters);
        if !min {
            known.chosen = answer.chosen;
            known.correct |= answer.correct;
        }
    }
}
