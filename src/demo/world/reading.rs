//! Questions about the state: lists of chats, unread counts, searching.

use super::{Body, Letter, Place, State};

/// A chat in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub place: Place,
    pub top: i32,
    pub date: i32,
}

impl Row {
    /// What the list is ordered by: the newest message, then numbers, so that equal times have an order too.
    pub(crate) fn key(&self) -> (i32, i32, Place) {
        (self.date, self.top, self.place)
    }
}

impl State {
    /// One chat as a row; none for a chat without messages.
    pub(crate) fn row(&self, viewer: i64, place: Place) -> Option<Row> {
        self.chat(viewer, place)?;
        let top = *self.ids_in(viewer, place).last()?;
        let (_, letter) = self.letter_at(viewer, place, top)?;
        Some(Row { place, top, date: letter.date })
    }

    /// All chats of an account, newest first, without regard to pins.
    pub(crate) fn rows(&self, viewer: i64) -> Vec<Row> {
        let Some(account) = self.accounts.get(&viewer) else { return Vec::new() };
        let mut rows: Vec<_> = account.chats.keys().filter_map(|place| self.row(viewer, *place)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.key()));
        rows
    }

    /// How many messages of others are unread.
    pub(crate) fn unread(&self, viewer: i64, place: Place) -> i32 {
        self.unread_ids(viewer, place).count() as i32
    }

    /// How many messages that speak to the viewer he has not noticed yet.
    pub(crate) fn unread_mentions(&self, viewer: i64, place: Place) -> i32 {
        if matches!(place, Place::User(_)) {
            return 0;
        }
        self.unread_mention_ids(viewer, place).len() as i32
    }

    fn unread_ids(&self, viewer: i64, place: Place) -> impl Iterator<Item = i32> {
        let read = self.chat(viewer, place).map_or(0, |chat| chat.read_inbox);
        let ids = self.ids_in(viewer, place);
        let from = ids.partition_point(|id| *id <= read);
        ids.get(from..)
            .unwrap_or_default()
            .iter()
            .copied()
            .filter(move |id| self.letter_at(viewer, place, *id).is_some_and(|(_, letter)| !letter.is_by(viewer)))
    }

    /// The message answers the viewer or names him.
    pub(crate) fn is_mentioned(&self, viewer: i64, place: Place, id: i32) -> bool {
        let Some((_, letter)) = self.letter_at(viewer, place, id) else { return false };
        if letter.is_by(viewer) || matches!(place, Place::User(_)) {
            return false;
        }
        let answers =
            letter.reply_to.and_then(|number| self.letters.get(number)).is_some_and(|answered| answered.is_by(viewer));
        let named = self.names_in(viewer, &letter.text, &letter.entities);
        answers || named
    }

    /// The numbers of a chat's messages, ascending, that hold `query` (in any case) and pass `keep`.
    pub(crate) fn found_in(&self, viewer: i64, place: Place, query: &str, keep: impl Fn(&Letter) -> bool) -> Vec<i32> {
        let query = query.to_lowercase();
        self.ids_in(viewer, place)
            .iter()
            .copied()
            .filter(|id| {
                self.letter_at(viewer, place, *id).is_some_and(|(_, letter)| {
                    let name = match letter.body {
                        Body::Document(id) => self.documents.get(&id).map(|document| document.name.to_lowercase()),
                        _ => None,
                    };
                    keep(letter)
                        && (query.is_empty()
                            || letter.text.to_lowercase().contains(&query)
                            || name.is_some_and(|name| name.contains(&query)))
                })
            })
            .collect()
    }
}
