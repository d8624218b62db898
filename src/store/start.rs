//! What is painted before there is a connection.

use crate::{Error, ScrollPlace, StoredChats, chats, folders, people, places, session};
use heliograph_model::{Folder, PeerId};
use rusqlite::{Connection, OptionalExtension, params};

/// Everything that the first picture needs, but the messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// The chat list, and who is signed in.
    pub chats: StoredChats,
    /// The person's folders, if there are any.
    pub folders: Vec<Folder>,
    /// Chats that do not stand in the list: those that these folders name, and those that are in the archive.
    pub named: StoredChats,
    /// The chats that are in the archive, as far as they are known.
    pub archived: Vec<PeerId>,
    /// The number of the folder that was shown.
    pub folder: i32,
    /// Where the reader was in each chat; at the end in the others.
    pub places: Vec<(PeerId, ScrollPlace)>,
    /// The chat that was open.
    pub open: Option<PeerId>,
    /// When all this was up to date last, in Unix seconds; `None`: never.
    pub current: Option<i64>,
}

const OPEN: &str = "open chat";
const CURRENT: &str = "current at";

pub(crate) fn read(connection: &Connection) -> Result<Start, Error> {
    let updates: Option<i64> = connection
        .query_row("SELECT date FROM update_state", [], |row| row.get(0))
        .optional()?
        .filter(|date| *date > 0);
    let mut chats = chats::first(connection, usize::MAX)?;
    let me = value(connection, session::ME)?.and_then(PeerId::from_marked);
    chats.peers.extend(people::some(connection, me)?);
    let folders = folders::all(connection)?;
    let archived = chats::archived(connection)?;
    let named: Vec<PeerId> = folders.iter().flat_map(Folder::named).chain(archived.iter().copied()).collect();
    Ok(Start {
        chats,
        named: chats::unlisted(connection, &named)?,
        archived,
        folders,
        folder: folders::chosen(connection)?,
        places: places::all(connection)?,
        open: value(connection, OPEN)?.and_then(PeerId::from_marked),
        current: value(connection, CURRENT)?.max(updates),
    })
}

pub(crate) fn set_open(connection: &Connection, chat: Option<PeerId>) -> Result<(), Error> {
    set_value(connection, OPEN, chat.map(PeerId::marked))
}

pub(crate) fn set_current(connection: &Connection, at: i64) -> Result<(), Error> {
    set_value(connection, CURRENT, Some(at))
}

fn value(connection: &Connection, name: &str) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM session_value WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

fn set_value(connection: &Connection, name: &str, value: Option<i64>) -> Result<(), Error> {
    match value {
        Some(value) => connection
            .prepare_cached(
                "INSERT INTO session_value (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![name, value])?,
        None => connection.prepare_cached("DELETE FROM session_value WHERE name = ?1")?.execute([name])?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::tests::memory;

    #[test]
    fn what_was_open_and_where_one_was_is_there_again() {
        let connection = memory();
        assert_eq!(read(&connection).unwrap(), Start::default());
        let (chat, other) = (PeerId::Channel(5), PeerId::User(6));
        set_open(&connection, Some(chat)).unwrap();
        set_current(&connection, 1_790_000_000).unwrap();
        let place = ScrollPlace { message: 7, offset: -12.5 };
        places::set(&connection, chat, Some(place)).unwrap();
        places::set(&connection, other, Some(place)).unwrap();
        places::set(&connection, other, None).unwrap();
        let start = read(&connection).unwrap();
        assert_eq!((start.open, start.current), (Some(chat), Some(1_790_000_000)));
        assert_eq!(start.places, [(chat, place)]);
        set_open(&connection, None).unwrap();
        assert_eq!(read(&connection).unwrap().open, None);
    }
}
