//! What is to be sent. It stands here before it is on the wire, so that nothing that was written is lost and nothing
//! goes out twice: the server knows a message that it has by the random number that was chosen here.

use crate::Error;
use crate::encoding::{decode, encode};
use crate::ingest::{find_chat, key, number};
use heliograph_model::{Message, MessageId, PeerId, ReactionKind, SendFailure};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Something that the server is to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Task {
    /// A new message, as it stands on screen, and the files that it is to carry.
    Send {
        /// With a pending number.
        message: Box<Message>,
        /// Whole paths.
        files: Vec<PathBuf>,
        /// The newest message of the chat that was known when this was first given to the wire: whatever came of it
        /// is newer.
        #[serde(default)]
        after: i32,
    },
    /// A message of ours gets other words.
    Edit(Box<Message>),
    /// Messages go.
    Delete {
        /// Which.
        messages: Vec<i32>,
        /// For the others, too.
        for_everyone: bool,
    },
    /// Our reactions to a message.
    React {
        /// Which message.
        message: i32,
        /// All of ours from now on.
        reactions: Vec<ReactionKind>,
    },
    /// We have read up to here.
    Read(i32),
    /// A message is kept at the top, or not any more.
    Pin {
        /// Which.
        message: i32,
        /// From now on.
        pinned: bool,
    },
}

/// How far something in the outbox got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It waits for its turn.
    Waiting,
    /// It was given to the wire, and no answer came yet. After a crash the server may or may not have it.
    OnTheWay,
    /// The server will not have it.
    Failed(SendFailure),
    /// It was on the way for so long that nobody knows: people have to say what is to be done.
    Unknown,
}

impl Progress {
    fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::OnTheWay => 1,
            Self::Unknown => 2,
            Self::Failed(SendFailure::Offline) => 3,
            Self::Failed(SendFailure::NotAllowed) => 4,
            Self::Failed(SendFailure::Refused) => 5,
            Self::Failed(SendFailure::Disk) => -1,
            Self::Failed(SendFailure::Wait(seconds)) => 6 + i64::from(seconds),
        }
    }

    fn from_number(number: i64) -> Self {
        match number {
            -1 => Self::Failed(SendFailure::Disk),
            0 => Self::Waiting,
            1 => Self::OnTheWay,
            3 => Self::Failed(SendFailure::Offline),
            4 => Self::Failed(SendFailure::NotAllowed),
            5 => Self::Failed(SendFailure::Refused),
            6.. => Self::Failed(SendFailure::Wait(u32::try_from(number - 6).unwrap_or(u32::MAX))),
            _ => Self::Unknown,
        }
    }
}

/// One row of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// By which the server knows it (core.telegram.org/api/errors: RANDOM_ID_DUPLICATE).
    pub random_id: i64,
    /// Where.
    pub chat: PeerId,
    /// What.
    pub task: Task,
    /// How far it got.
    pub progress: Progress,
    /// Since when, in Unix seconds by our clock.
    pub since: i64,
}

const COLUMNS: &str = "SELECT random_id, chat, state, since, body FROM outbox";

fn read(row: &Row<'_>) -> Result<Outgoing, Error> {
    Ok(Outgoing {
        random_id: row.get(0)?,
        chat: PeerId::from_marked(row.get(1)?).ok_or_else(|| Error::Damaged("chat in the outbox".into()))?,
        progress: Progress::from_number(row.get(2)?),
        since: row.get(3)?,
        task: decode(row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?)?,
    })
}

fn pending(task: &Task) -> Option<i64> {
    match task {
        Task::Send { message, .. } => match message.id {
            // The pattern of its bits: all that matters is that it is found again.
            MessageId::Pending(id) => Some(id.cast_signed()),
            MessageId::Server(_) => None,
        },
        _ => None,
    }
}

/// Puts something at the end of its chat's row. One with the same random number is left as it is.
pub(crate) fn put(connection: &Connection, outgoing: &Outgoing) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO outbox (random_id, chat, place, state, since, pending, body)
             VALUES (?1, ?2, (SELECT coalesce(max(place), 0) + 1 FROM outbox), ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            outgoing.random_id,
            outgoing.chat.marked(),
            outgoing.progress.number(),
            outgoing.since,
            pending(&outgoing.task),
            encode(&outgoing.task)?
        ])?;
    Ok(())
}

/// Everything, in the order in which it was put.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Outgoing>, Error> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY place"))?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// What may go out now: of each chat the first that has neither failed nor is of unknown fate, if it is waiting and
/// nothing before it is on its way.
pub(crate) fn next(connection: &Connection) -> Result<Vec<Outgoing>, Error> {
    let mut heads: Vec<Outgoing> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for outgoing in all(connection)? {
        if matches!(outgoing.progress, Progress::Failed(_) | Progress::Unknown) {
            continue;
        }
        if seen.insert(outgoing.chat) && outgoing.progress == Progress::Waiting {
            heads.push(outgoing);
        }
    }
    Ok(heads)
}

/// It got so far. Returns whether it is still there.
pub(crate) fn set(connection: &Connection, random_id: i64, progress: Progress, now: i64) -> Result<bool, Error> {
    let changed = connection
        .prepare_cached("UPDATE outbox SET state = ?2, since = ?3 WHERE random_id = ?1")?
        .execute(params![random_id, progress.number(), now])?;
    Ok(changed > 0)
}

/// It is given to the wire now. Returns it as it stands from now on, if it is still there.
pub(crate) fn begin(connection: &Connection, random_id: i64, now: i64) -> Result<Option<Outgoing>, Error> {
    let Some(mut outgoing) = one(connection, random_id)? else { return Ok(None) };
    if let Task::Send { after, .. } = &mut outgoing.task
        && *after == 0
        && let Some(chat) = find_chat(connection, outgoing.chat)?
    {
        let newest: Option<i64> = connection
            .prepare_cached("SELECT max(key) FROM message WHERE key BETWEEN ?1 AND ?2")?
            .query_row([key(chat, 0), key(chat, i32::MAX)], |row| row.get(0))?;
        *after = newest.map_or(0, number);
    }
    (outgoing.progress, outgoing.since) = (Progress::OnTheWay, now);
    connection
        .prepare_cached("UPDATE outbox SET state = ?2, since = ?3, body = ?4 WHERE random_id = ?1")?
        .execute(params![random_id, outgoing.progress.number(), now, encode(&outgoing.task)?])?;
    Ok(Some(outgoing))
}

/// One of them.
pub(crate) fn one(connection: &Connection, random_id: i64) -> Result<Option<Outgoing>, Error> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE random_id = ?1"))?
        .query_and_then([random_id], read)?
        .next()
        .transpose()
}

/// What was on its way before this time has an unknown fate from now on.
pub(crate) fn give_up(connection: &Connection, before: i64) -> Result<Vec<Outgoing>, Error> {
    connection.prepare_cached("UPDATE outbox SET state = ?1 WHERE state = ?2 AND since < ?3")?.execute([
        Progress::Unknown.number(),
        Progress::OnTheWay.number(),
        before,
    ])?;
    Ok(all(connection)?.into_iter().filter(|outgoing| outgoing.progress == Progress::Unknown).collect())
}

/// It goes out once more: at the same place, if its random number is the same; with a new one at the end of the row,
/// as something new.
pub(crate) fn retry(connection: &Connection, random_id: i64, new_id: i64, now: i64) -> Result<bool, Error> {
    let Some(found) = one(connection, random_id)? else { return Ok(false) };
    if new_id == random_id {
        return set(connection, random_id, Progress::Waiting, now);
    }
    remove(connection, random_id)?;
    put(connection, &Outgoing { random_id: new_id, progress: Progress::Waiting, since: now, ..found })?;
    Ok(true)
}

/// What has not gone out yet says something else now.
pub(crate) fn edit(connection: &Connection, random_id: i64, task: &Task) -> Result<bool, Error> {
    let changed = connection
        .prepare_cached("UPDATE outbox SET body = ?2, pending = ?3 WHERE random_id = ?1 AND state <> ?4")?
        .execute(params![random_id, encode(task)?, pending(task), Progress::OnTheWay.number()])?;
    Ok(changed > 0)
}

/// It is done, or not wanted any more.
pub(crate) fn remove(connection: &Connection, random_id: i64) -> Result<bool, Error> {
    Ok(connection.prepare_cached("DELETE FROM outbox WHERE random_id = ?1")?.execute([random_id])? > 0)
}

/// Our message with this pending number has arrived.
pub(crate) fn sent(connection: &Connection, id: MessageId) -> Result<(), Error> {
    if let MessageId::Pending(id) = id {
        connection.prepare_cached("DELETE FROM outbox WHERE pending = ?1")?.execute([id.cast_signed()])?;
    }
    Ok(())
}

/// The random number of our message with this pending number.
pub(crate) fn random_id(connection: &Connection, pending: u64) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT random_id FROM outbox WHERE pending = ?1")?;
    Ok(statement.query_row([pending.cast_signed()], |row| row.get(0)).optional()?)
}

#[cfg(test)]
mod tests;
