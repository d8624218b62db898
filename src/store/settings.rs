//! What the person chose for this account: values by their names.

use crate::Error;
use crate::encoding::{decode, encode};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is chosen under this name. What cannot be read counts as not chosen.
pub(crate) fn get<T: DeserializeOwned>(connection: &Connection, name: &str) -> Result<Option<T>, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let value: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| decode(&value).ok()))
}

/// This is chosen from now on.
pub(crate) fn set<T: Serialize>(connection: &Connection, name: &str, value: &T) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, encode(value)?])?;
    Ok(())
}
