//! How much is here, by chat and kind.

use crate::{Error, Kind};
use heliograph_model::PeerId;
use rusqlite::Connection;

/// How much of a kind a chat has here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which chat.
    pub chat: PeerId,
    /// Which kind.
    pub kind: Kind,
    /// How many messages.
    pub messages: u64,
    /// Bytes of the files that they carry, as their senders said; the files themselves may not be here.
    pub bytes: u64,
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Tally>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT chat.id, tally.kind, tally.messages, tally.bytes FROM tally JOIN chat ON chat.number = tally.chat
         WHERE tally.messages > 0 ORDER BY tally.chat, tally.kind",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(Tally {
            chat: PeerId::from_marked(row.get(0)?).ok_or_else(|| Error::Damaged("chat id".into()))?,
            kind: Kind::from_number(row.get(1)?),
            messages: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
            bytes: u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        });
    }
    Ok(all)
}
