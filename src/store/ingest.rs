//! Messages on their way into the file: rows, index and tallies, in one transaction.

use crate::encoding::{decode, encode};
use crate::kind::{Kind, file_bytes};
use crate::search::index;
use crate::{Error, Ranges, Stretch, media, transfers};
use heliograph_model::{Media, Message, OtherMedia, PeerId};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The lower half of a key.
const NUMBER: i64 = 0xffff_ffff;

/// The key of a message: its chat's number and its own.
pub(crate) fn key(chat: i64, id: i32) -> i64 {
    (chat << 32) | i64::from(id.max(0))
}

/// The message's number in its key.
pub(crate) fn number(key: i64) -> i32 {
    i32::try_from(key & NUMBER).unwrap_or(i32::MAX)
}

/// The chat's number in a message's key.
pub(crate) fn chat_number(key: i64) -> i64 {
    key >> 32
}

/// What a message was before it was put.
#[derive(Debug, PartialEq)]
pub(crate) enum Put {
    /// It was not there.
    New,
    /// It was there.
    Known,
}

/// Collects what messages leave behind in index and tallies. [`Ingest::finish`] must be called before the transaction
/// is kept.
pub(crate) struct Ingest<'c> {
    pub connection: &'c Connection,
    chats: HashMap<PeerId, i64>,
    tally: HashMap<(i64, i64), (i64, i64)>,
    /// By document.
    index: BTreeMap<i64, index::Entry>,
    places: index::Places<'c>,
    known: Arc<index::KnownWords>,
    /// Statements that every message needs, kept at hand.
    read: Option<CachedStatement<'c>>,
    write: Option<CachedStatement<'c>>,
}

/// A statement that is kept at hand, prepared if it is not yet.
fn at_hand<'s, 'c>(
    kept: &'s mut Option<CachedStatement<'c>>,
    connection: &'c Connection,
    sql: &str,
) -> Result<&'s mut CachedStatement<'c>, Error> {
    Ok(match kept {
        Some(statement) => statement,
        None => kept.insert(connection.prepare_cached(sql)?),
    })
}

/// What is made of a message before it can be written. It can be made anywhere.
pub(crate) struct Ready {
    body: Vec<u8>,
    words: Option<String>,
}

impl Ready {
    /// `None` for what is not written as it is.
    pub fn of(message: &Message) -> Option<Self> {
        if message.fleeting || message.id.server().is_none() {
            return None;
        }
        Some(Self { body: encode(message).ok()?, words: index::words(message) })
    }
}

/// What stands beside the body of a message.
struct Row {
    key: i64,
    kind: i64,
    bytes: i64,
    document: Option<i64>,
    body: Vec<u8>,
}

impl<'c> Ingest<'c> {
    pub fn new(connection: &'c Connection) -> Self {
        Self::knowing(connection, Arc::default())
    }

    /// With the words that are known to stand in this file.
    pub fn knowing(connection: &'c Connection, known: Arc<index::KnownWords>) -> Self {
        Self {
            connection,
            chats: HashMap::new(),
            tally: HashMap::new(),
            index: BTreeMap::new(),
            places: index::Places::default(),
            known,
            read: None,
            write: None,
        }
    }

    /// The number of a chat, made if it is new.
    pub fn chat(&mut self, id: PeerId) -> Result<i64, Error> {
        if let Some(number) = self.chats.get(&id) {
            return Ok(*number);
        }
        let number = match find_chat(self.connection, id)? {
            Some(number) => number,
            None => {
                self.connection.prepare_cached("INSERT INTO chat (id) VALUES (?1)")?.execute([id.marked()])?;
                self.connection.last_insert_rowid()
            }
        };
        self.chats.insert(id, number);
        Ok(number)
    }

    /// Puts a message of the server in place of what was known of it. One of our own that has no number yet does not
    /// belong here: nothing is done.
    pub fn put(&mut self, message: &Message) -> Result<Put, Error> {
        self.put_ready(message, None)
    }

    /// The same, with what was made of exactly this message.
    pub fn put_ready(&mut self, message: &Message, ready: Option<Ready>) -> Result<Put, Error> {
        if message.fleeting {
            // What may be seen for a moment only never reaches the disk: its words stay.
            let media = message.media.as_ref().map(|_| Media::Other(OtherMedia::Fleeting));
            return self.put(&Message { media, fleeting: false, ..message.clone() });
        }
        let Some(id) = message.id.server().filter(|id| *id > 0) else { return Ok(Put::Known) };
        let chat = self.chat(message.chat)?;
        let key = key(chat, id);
        let kind = Kind::of(message) as i64;
        let bytes = file_bytes(message);
        let common = (!matches!(message.chat, PeerId::Channel(_))).then_some(id);
        let expires = message.lifetime.map(|seconds| message.date.saturating_add(i64::from(seconds)));
        let Ready { body, words } = match ready {
            Some(ready) => ready,
            None => Ready { body: encode(message)?, words: index::words(message) },
        };
        let old = self.row(key)?;
        let mut document = old.as_ref().and_then(|row| row.document);
        if words.is_none()
            && let Some(gone) = document.take()
        {
            self.forget_document(gone)?;
        }
        if let Some(words) = words {
            let before = match &old {
                Some(row) if document.is_some() => decode(&row.body).ok().and_then(|old| index::words(&old)),
                _ => None,
            };
            if before.as_ref() != Some(&words) {
                let place = match document {
                    Some(place) => place,
                    None => self.places.take(self.connection, message.date, key)?,
                };
                let known = document.replace(place).is_some();
                index::Entry::put(&mut self.index, place, words, known);
            }
        }
        at_hand(
            &mut self.write,
            self.connection,
            "INSERT INTO message (key, date, kind, bytes, common, expires, document, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (key) DO UPDATE SET date = excluded.date, kind = excluded.kind, bytes = excluded.bytes,
                expires = excluded.expires, document = excluded.document, body = excluded.body",
        )?
        .execute(params![key, message.date, kind, bytes, common, expires, document, body])?;
        if let Some(row) = &old {
            self.count(row.key, row.kind, -1, -row.bytes);
            media::changed(self.connection, key, message)?;
            transfers::changed(self.connection, key, message)?;
        }
        self.count(key, kind, 1, bytes);
        if let Some(Media::Poll(poll)) = &message.media {
            self.connection
                .prepare_cached("INSERT OR IGNORE INTO poll_message (poll, message) VALUES (?1, ?2)")?
                .execute([poll.id, key])?;
        }
        if let Some(page) = message.preview.as_ref().filter(|preview| preview.pending) {
            self.connection
                .prepare_cached("INSERT OR IGNORE INTO page_message (page, message) VALUES (?1, ?2)")?
                .execute([page.id, key])?;
        }
        Ok(if old.is_some() { Put::Known } else { Put::New })
    }

    /// Changes a message that is here. Returns whether it is.
    pub fn change(&mut self, key: i64, change: impl FnOnce(&mut Message)) -> Result<bool, Error> {
        let Some(row) = self.row(key)? else { return Ok(false) };
        let Ok(mut message) = decode::<Message>(&row.body) else { return Ok(false) };
        let before = message.clone();
        change(&mut message);
        if message == before {
            return Ok(true);
        }
        if index::words(&before) == index::words(&message) && message.media.is_some() == before.media.is_some() {
            // Nothing but the body has changed.
            self.connection
                .prepare_cached("UPDATE message SET body = ?2 WHERE key = ?1")?
                .execute(params![key, encode(&message)?])?;
        } else {
            self.put(&message)?;
        }
        Ok(true)
    }

    /// Removes a message from everywhere. Returns it, if it was here and could be read.
    pub fn remove(&mut self, key: i64) -> Result<Option<Message>, Error> {
        let Some(row) = self.row(key)? else { return Ok(None) };
        let message = decode::<Message>(&row.body).ok();
        self.connection.prepare_cached("DELETE FROM message WHERE key = ?1")?.execute([key])?;
        if let Some(document) = row.document {
            self.forget_document(document)?;
        }
        self.count(key, row.kind, -1, -row.bytes);
        if let Some(Message { media: Some(Media::Poll(poll)), .. }) = &message {
            self.connection
                .prepare_cached("DELETE FROM poll_message WHERE poll = ?1 AND message = ?2")?
                .execute([poll.id, key])?;
        }
        if let Some(page) = message.as_ref().and_then(|message| message.preview.as_ref()) {
            self.connection
                .prepare_cached("DELETE FROM page_message WHERE page = ?1 AND message = ?2")?
                .execute([page.id, key])?;
        }
        Ok(message)
    }

    /// Writes what was collected.
    pub fn finish(self) -> Result<(), Error> {
        let mut tally = self.connection.prepare_cached(
            "INSERT INTO tally (chat, kind, messages, bytes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (chat, kind) DO UPDATE SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes",
        )?;
        for ((chat, kind), (messages, bytes)) in self.tally {
            if (messages, bytes) != (0, 0) {
                tally.execute([chat, kind, messages, bytes])?;
            }
        }
        index::write(self.connection, self.index, &self.known)
    }

    fn forget_document(&mut self, document: i64) -> Result<(), Error> {
        self.connection.prepare_cached("DELETE FROM document WHERE id = ?1")?.execute([document])?;
        index::Entry::remove(&mut self.index, document);
        Ok(())
    }

    fn count(&mut self, key: i64, kind: i64, messages: i64, bytes: i64) {
        let tally = self.tally.entry((chat_number(key), kind)).or_default();
        tally.0 += messages;
        tally.1 = tally.1.saturating_add(bytes);
    }

    fn row(&mut self, key: i64) -> Result<Option<Row>, Error> {
        let sql = "SELECT kind, bytes, document, body FROM message WHERE key = ?1";
        let statement = at_hand(&mut self.read, self.connection, sql)?;
        let row = statement.query_row([key], |row| {
            Ok(Row { key, kind: row.get(0)?, bytes: row.get(1)?, document: row.get(2)?, body: row.get(3)? })
        });
        Ok(row.optional()?)
    }
}

/// The number of a chat that is known.
pub(crate) fn find_chat(connection: &Connection, id: PeerId) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT number FROM chat WHERE id = ?1")?;
    Ok(statement.query_row([id.marked()], |row| row.get(0)).optional()?)
}

/// What is whole of a chat's history.
pub(crate) fn ranges(connection: &Connection, chat: i64) -> Result<Ranges, Error> {
    let mut statement =
        connection.prepare_cached("SELECT first, last, verified FROM stretch WHERE chat = ?1 ORDER BY first")?;
    let rows = statement
        .query_map([chat], |row| Ok(Stretch { first: row.get(0)?, last: row.get(1)?, verified: row.get(2)? }))?;
    Ok(Ranges::new(rows.collect::<Result<Vec<_>, _>>()?))
}

/// Writes what is whole of a chat's history.
pub(crate) fn save_ranges(connection: &Connection, chat: i64, ranges: &Ranges) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM stretch WHERE chat = ?1")?.execute([chat])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO stretch (chat, first, last, verified) VALUES (?1, ?2, ?3, ?4)")?;
    for stretch in ranges.stretches() {
        insert.execute(params![chat, stretch.first, stretch.last, stretch.verified])?;
    }
    Ok(())
}
