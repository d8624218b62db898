//! Where the reader was in each chat.

use crate::Error;
use crate::encoding::{decode, encode};
use heliograph_model::PeerId;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Where the reader was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScrollPlace {
    /// The message that the place hangs on.
    pub message: i32,
    /// How far the top of the window lies below the message's top, in logical pixels.
    pub offset: f32,
}

pub(crate) fn get(connection: &Connection, chat: PeerId) -> Result<Option<ScrollPlace>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM place WHERE chat = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([chat.marked()], |row| row.get(0)).optional()?;
    body.map(|body| decode(&body)).transpose()
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<(PeerId, ScrollPlace)>, Error> {
    let mut statement = connection.prepare_cached("SELECT chat, body FROM place")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let place = decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        all.extend(PeerId::from_marked(row.get(0)?).map(|chat| (chat, place)));
    }
    Ok(all)
}

pub(crate) fn set(connection: &Connection, chat: PeerId, place: Option<ScrollPlace>) -> Result<(), Error> {
    match place {
        Some(place) => connection
            .prepare_cached(
                "INSERT INTO place (chat, body) VALUES (?1, ?2) ON CONFLICT (chat) DO UPDATE SET body = excluded.body",
            )?
            .execute(params![chat.marked(), encode(&place)?])?,
        None => connection.prepare_cached("DELETE FROM place WHERE chat = ?1")?.execute([chat.marked()])?,
    };
    Ok(())
}
