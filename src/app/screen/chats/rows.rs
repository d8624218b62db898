//! What stands in a conversation's list: days, the line above what is new, and messages, joined into runs.

use crate::words::date as dates;
use heliograph_model::{Message, MessageId};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Messages of one sender within so many seconds share one name and one avatar.
const RUN: i64 = 5 * 60;

/// Orders the rows: by message, and what stands above it before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The message.
    pub message: MessageId,
    /// What of it.
    pub part: Part,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The state of what is older.
    Older,
    /// The day that begins here.
    Day,
    /// The line above what is new.
    Unread,
    /// The message itself.
    Message,
    /// The state of what is newer.
    Newer,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its place and what it shows.
    pub key: Key,
    /// With what.
    pub kind: Kind,
}

/// What a row shows, and with what.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Older messages are on their way, or did not come.
    Older,
    /// A day.
    Day(Date),
    /// So many new messages follow.
    Unread(u32),
    /// A message, and whether it is the first and the last of its run.
    Message {
        /// Shows the name.
        first: bool,
        /// Shows the avatar.
        last: bool,
    },
    /// Messages that are shown as one, by their numbers; the row has the key of the first.
    Album {
        /// All of them, oldest first.
        messages: Vec<MessageId>,
        /// Shows the name.
        first: bool,
        /// Shows the avatar.
        last: bool,
    },
    /// Newer messages are on their way, or did not come.
    Newer,
}

impl Row {
    /// Whether it stays while others come and go.
    pub fn is_steady(&self) -> bool {
        self.key.part == Part::Message
    }

    /// The messages that it shows.
    pub fn messages(&self) -> &[MessageId] {
        match &self.kind {
            Kind::Message { .. } => std::slice::from_ref(&self.key.message),
            Kind::Album { messages, .. } => messages,
            _ => &[],
        }
    }

    /// One more message is shown in it.
    fn add(&mut self, message: MessageId) {
        match &mut self.kind {
            Kind::Message { first, last } => {
                let messages = vec![self.key.message, message];
                self.kind = Kind::Album { messages, first: *first, last: *last };
            }
            Kind::Album { messages, .. } => messages.push(message),
            _ => {}
        }
    }
}

/// Makes the rows of messages, oldest first. `unread` is the first new message and how many there are; `ends` says
/// whether there is something to say of what is older and of what is newer.
pub fn rows<'m>(
    messages: impl IntoIterator<Item = &'m Message>,
    zone: &TimeZone,
    unread: Option<(MessageId, u32)>,
    (older, newer): (bool, bool),
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    if older {
        let key = Key { message: MessageId::Server(i32::MIN), part: Part::Older };
        rows.push(Row { key, kind: Kind::Older });
    }
    let mut before: Option<(&Message, Date)> = None;
    for message in messages {
        let day = dates::day(message.date, zone);
        let new_day = before.is_none_or(|(_, before)| before != day);
        let line = unread.filter(|(first, _)| *first == message.id);
        let album = before.is_some_and(|(before, _)| is_one_album(before, message));
        if album && let Some(row) = rows.last_mut() {
            row.add(message.id);
            before = Some((message, day));
            continue;
        }
        if new_day {
            rows.push(Row { key: Key { message: message.id, part: Part::Day }, kind: Kind::Day(day) });
        }
        if let Some((_, count)) = line {
            rows.push(Row { key: Key { message: message.id, part: Part::Unread }, kind: Kind::Unread(count) });
        }
        let first = new_day || line.is_some() || before.is_none_or(|(before, _)| !joins(before, message));
        if !first && let Some(Row { kind: Kind::Message { last, .. } | Kind::Album { last, .. }, .. }) = rows.last_mut()
        {
            *last = false;
        }
        let key = Key { message: message.id, part: Part::Message };
        rows.push(Row { key, kind: Kind::Message { first, last: true } });
        before = Some((message, day));
    }
    if newer {
        let key = Key { message: MessageId::Pending(u64::MAX), part: Part::Newer };
        rows.push(Row { key, kind: Kind::Newer });
    }
    rows
}

/// Whether two messages that follow each other are shown as one.
fn is_one_album(before: &Message, message: &Message) -> bool {
    message.album.is_some() && before.album == message.album && before.sender == message.sender
}

/// Whether two messages that follow each other belong to one run.
fn joins(before: &Message, message: &Message) -> bool {
    before.sender == message.sender
        && before.outgoing == message.outgoing
        && before.service.is_none()
        && message.service.is_none()
        && message.date - before.date <= RUN
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{Delivery, FormattedText, PeerId, Service};

    /// Midnight, 10 March 2026, UTC.
    const MIDNIGHT: i64 = 1_773_100_800;

    fn message(id: i32, sender: i64, date: i64) -> Message {
        Message {
            id: MessageId::Server(id),
            chat: PeerId::Group(1),
            sender: PeerId::User(sender),
            outgoing: false,
            date: MIDNIGHT + date,
            edited: None,
            text: FormattedText::plain("x"),
            media: None,
            service: None,
            delivery: Delivery::Sent,
            ..Message::default()
        }
    }

    /// Rows in few letters: D day, U unread, O older; messages as [ first ... last ].
    fn sketch(messages: &[Message], unread: Option<(MessageId, u32)>) -> String {
        rows(messages, &TimeZone::UTC, unread, (false, false))
            .iter()
            .map(|row| match row.kind {
                Kind::Older => "O",
                Kind::Newer => "N",
                Kind::Album { .. } => "A",
                Kind::Day(_) => "D",
                Kind::Unread(_) => "U",
                Kind::Message { first: true, last: true } => "[x]",
                Kind::Message { first: true, last: false } => "[x",
                Kind::Message { first: false, last: false } => "x",
                Kind::Message { first: false, last: true } => "x]",
            })
            .collect()
    }

    #[test]
    fn runs_end_with_the_sender_and_after_five_minutes() {
        let m = [message(1, 7, 0), message(2, 7, 299), message(3, 7, 590), message(4, 7, 900), message(5, 8, 901)];
        assert_eq!(sketch(&m, None), "D[xxx][x][x]");
    }

    #[test]
    fn a_day_begins_at_local_midnight_and_ends_a_run() {
        let m = [message(1, 7, -10), message(2, 7, 5)];
        assert_eq!(sketch(&m, None), "D[x]D[x]");
        // Two hours west the day is not over.
        let west = TimeZone::fixed(jiff::tz::offset(-2));
        let kinds: Vec<_> = rows(&m, &west, None, (false, false)).into_iter().map(|row| row.kind).collect();
        assert!(matches!(kinds[..], [Kind::Day(_), Kind::Message { .. }, Kind::Message { .. }]));
    }

    #[test]
    fn the_line_stands_above_the_first_new_message() {
        let m = [message(1, 7, 0), message(2, 7, 1), message(3, 7, 2)];
        assert_eq!(sketch(&m, Some((MessageId::Server(2), 2))), "D[x]U[xx]");
    }

    #[test]
    fn service_messages_stand_alone() {
        let mut m = [message(1, 7, 0), message(2, 7, 1), message(3, 7, 2)];
        m[1].service = Some(Service::Pinned);
        assert_eq!(sketch(&m, None), "D[x][x][x]");
    }

    #[test]
    fn an_album_is_one_row_of_its_run() {
        let mut m: Vec<_> = (1..=5).map(|id| message(id, 7, i64::from(id))).collect();
        m[1].album = Some(9);
        m[2].album = Some(9);
        m[3].album = Some(10);
        assert_eq!(sketch(&m, None), "D[xAxx]");
        let rows = rows(&m, &TimeZone::UTC, None, (false, false));
        assert_eq!(rows[2].key.message, MessageId::Server(2));
        assert_eq!(rows[2].messages(), [2, 3].map(MessageId::Server));
        assert_eq!(rows[3].messages(), [MessageId::Server(4)], "one alone is a message");
    }

    #[test]
    fn keys_rise() {
        let m = [message(1, 7, 0), message(2, 7, 100_000)];
        let rows = rows(&m, &TimeZone::UTC, Some((MessageId::Server(2), 1)), (true, true));
        assert!(rows.windows(2).all(|pair| pair[0].key < pair[1].key));
        assert_eq!(rows.len(), 7);
    }
}
