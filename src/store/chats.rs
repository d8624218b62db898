//! The chat list as it was last seen.

use crate::ingest::{Ingest, key};
use crate::{Error, history, people};
use heliograph_model::{Chat, Message, Peer, PeerId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// A piece of the chat list as the server told it.
#[derive(Clone, Debug, Default)]
pub struct ListedChats {
    /// In the server's order.
    pub chats: Vec<Chat>,
    /// Everyone whom they name.
    pub peers: Vec<Peer>,
    /// The list begins with them.
    pub first: bool,
    /// The list ends with them. Chats that were in none of the pieces since the first are in the list no more.
    pub last: bool,
    /// They are no piece of the list, but rows that were asked for by name: where they stand was not told, nor whether they
    /// stand in it.
    pub single: bool,
    /// Those of single rows that are in the archive, and so not in the list.
    pub archived: Vec<PeerId>,
}

/// The chat list as it stands here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredChats {
    /// Pinned first, then newest first.
    pub chats: Vec<Chat>,
    /// Those of the people whom they name that are known here.
    pub peers: Vec<Peer>,
}

const ROUND: &str = "round of the chat list";

fn round(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM session_value WHERE name = ?1")?;
    Ok(statement.query_row([ROUND], |row| row.get(0)).optional()?.unwrap_or(1))
}

/// Keeps a piece of the list.
pub(crate) fn save(ingest: &mut Ingest<'_>, listed: &ListedChats) -> Result<(), Error> {
    let connection = ingest.connection;
    if listed.single {
        for chat in &listed.chats {
            let number = ingest.chat(chat.id)?;
            if let Some(message) = chat.last.as_ref().filter(|message| history::is_numbered(message)) {
                keep_last(ingest, number, message)?;
            }
            connection
                .prepare_cached(
                    "UPDATE chat SET unread = iif(read_inbox > ?5, unread, ?2), mentions = ?3, reactions = ?4,
                        read_inbox = max(read_inbox, ?5), read_outbox = max(read_outbox, ?6), muted = ?7 WHERE id = ?1",
                )?
                .execute(params![
                    chat.id.marked(),
                    chat.unread,
                    chat.mentions,
                    chat.reactions,
                    chat.read_inbox,
                    chat.read_outbox,
                    chat.muted
                ])?;
            archive(connection, number, listed.archived.contains(&chat.id))?;
        }
        return people::save(connection, &listed.peers);
    }
    let mut round = round(connection)?;
    if listed.first {
        round += 1;
        connection
            .prepare_cached(
                "INSERT INTO session_value (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![ROUND, round])?;
        connection.execute("UPDATE chat SET pinned = NULL WHERE pinned IS NOT NULL", [])?;
    }
    let mut pinned: i64 = connection.query_row("SELECT coalesce(max(pinned), 0) FROM chat", [], |row| row.get(0))?;
    for chat in &listed.chats {
        if chat.pinned {
            pinned += 1;
        }
        let number = ingest.chat(chat.id)?;
        let mut last = None;
        if let Some(message) = &chat.last {
            history::save_fetched(ingest, message)?;
            last = message.id.server().filter(|id| *id > 0).map(|id| key(number, id));
        }
        connection
            .prepare_cached(
                // What was read here may be on its way to the server still.
                "UPDATE chat SET listed = ?2, archived = 0, pinned = ?3, last = ?4, last_date = ?5,
                    unread = iif(read_inbox > ?9, unread, ?6), mentions = ?7, reactions = ?8,
                    read_inbox = max(read_inbox, ?9), read_outbox = max(read_outbox, ?10), muted = ?11
                 WHERE number = ?1",
            )?
            .execute(params![
                number,
                round,
                chat.pinned.then_some(pinned),
                last,
                chat.date(),
                chat.unread,
                chat.mentions,
                chat.reactions,
                chat.read_inbox,
                chat.read_outbox,
                chat.muted
            ])?;
    }
    if listed.last {
        connection
            .prepare_cached("UPDATE chat SET listed = 0, pinned = NULL WHERE listed <> 0 AND listed <> ?1")?
            .execute([round])?;
    }
    people::save(connection, &listed.peers)
}

/// A chat that does not stand in the list has this newest message, unless a newer one is here.
fn keep_last(ingest: &mut Ingest<'_>, number: i64, message: &Message) -> Result<(), Error> {
    let key = key(number, message.id.server().unwrap_or(0));
    let newer = ingest
        .connection
        .prepare_cached(
            "UPDATE chat SET last = ?2, last_date = ?3 WHERE number = ?1 AND listed = 0 AND ifnull(last, 0) <= ?2",
        )?
        .execute(params![number, key, message.date])?;
    if newer == 1 {
        history::save_fetched(ingest, message)?;
    }
    Ok(())
}

/// Those of these chats that do not stand in the list, as far as they are known.
pub(crate) fn unlisted(connection: &Connection, ids: &[PeerId]) -> Result<StoredChats, Error> {
    let mut result = StoredChats::default();
    let mut named = BTreeSet::new();
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM chat WHERE id = ?1 AND listed = 0 AND last NOT NULL")?;
    for id in ids {
        if named.contains(id) || !statement.exists([id.marked()])? {
            continue;
        }
        named.insert(*id);
        result.chats.extend(one(connection, *id)?);
    }
    for last in result.chats.iter().filter_map(|chat| chat.last.as_ref()) {
        people::name(last, &mut named);
    }
    result.peers = people::some(connection, named)?;
    Ok(result)
}

/// Puts a chat into the list that was not in it, but for one that is in the archive.
pub(crate) fn list(connection: &Connection, number: i64) -> Result<(), Error> {
    let round = round(connection)?;
    connection
        .prepare_cached("UPDATE chat SET listed = ?2 WHERE number = ?1 AND listed = 0 AND archived = 0")?
        .execute([number, round])?;
    Ok(())
}

/// A chat is in the archive, and then not in the list, or is not in it. It then stands in the list only if the server says
/// where, or something new comes.
pub(crate) fn archive(connection: &Connection, number: i64, archived: bool) -> Result<(), Error> {
    let sql = if archived {
        "UPDATE chat SET archived = 1, listed = 0, pinned = NULL WHERE number = ?1"
    } else {
        "UPDATE chat SET archived = 0 WHERE number = ?1"
    };
    connection.prepare_cached(sql)?.execute([number])?;
    Ok(())
}

/// The chats that are in the archive, as far as they are known.
pub(crate) fn archived(connection: &Connection) -> Result<Vec<PeerId>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM chat WHERE archived <> 0 ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    let ids = ids.map(|id| PeerId::from_marked(id?).ok_or_else(|| Error::Damaged("chat id".into())));
    ids.collect()
}

const COLUMNS: &str =
    "SELECT chat.id, unread, mentions, reactions, read_inbox, read_outbox, pinned IS NOT NULL, muted, last FROM chat";

struct Stored {
    chat: Chat,
    last: Option<i64>,
}

fn stored(row: &Row<'_>) -> Result<Stored, Error> {
    let id = PeerId::from_marked(row.get(0)?).ok_or_else(|| Error::Damaged("chat id".into()))?;
    let chat = Chat {
        id,
        last: None,
        unread: row.get(1)?,
        mentions: row.get(2)?,
        reactions: row.get(3)?,
        read_inbox: row.get(4)?,
        read_outbox: row.get(5)?,
        pinned: row.get(6)?,
        muted: row.get(7)?,
    };
    Ok(Stored { chat, last: row.get(8)? })
}

/// The first rows of the list.
pub(crate) fn first(connection: &Connection, limit: usize) -> Result<StoredChats, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "{COLUMNS} WHERE listed <> 0 ORDER BY pinned IS NULL, pinned, last_date DESC, last & 4294967295 DESC LIMIT ?1"
    ))?;
    let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut result = StoredChats::default();
    let mut ids = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let Stored { mut chat, last } = stored(row)?;
        ids.insert(chat.id);
        if let Some(last) = last {
            chat.last = history::one(connection, last)?;
        }
        if let Some(last) = &chat.last {
            people::name(last, &mut ids);
        }
        result.chats.push(chat);
    }
    result.peers = people::some(connection, ids)?;
    Ok(result)
}

/// One chat, whether it stands in the list or not.
pub(crate) fn one(connection: &Connection, id: PeerId) -> Result<Option<Chat>, Error> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE chat.id = ?1"))?;
    let mut rows = statement.query([id.marked()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let Stored { mut chat, last } = stored(row)?;
    if let Some(last) = last {
        chat.last = history::one(connection, last)?;
    }
    Ok(Some(chat))
}
