//! Older layers: what a client of another schema says and hears.
//!
//! The world speaks layer 230. What differs elsewhere stands in the tables beside this file, which `generate.py` writes
//! from published schemas; values are found and rewritten by schema, whatever they are part of. Where an older layer has
//! no word for something, the smallest thing that is optional around it is left out: a flag, an element of a list, an
//! update.

mod convert;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::OnceLock;

use heliograph_schema::{Kind, Schema, native};

use self::convert::Converter;
use crate::rpc::RpcError;

/// The older layers, the newest first.
const OLDER: [(i32, &str); 2] = [(229, include_str!("layers/229.tl")), (228, include_str!("layers/228.tl"))];

/// Read when the first client of an older layer comes.
fn older() -> &'static [(i32, Schema)] {
    static OLDER_SCHEMAS: OnceLock<Vec<(i32, Schema)>> = OnceLock::new();
    OLDER_SCHEMAS.get_or_init(|| OLDER.iter().map(|(layer, table)| (*layer, native().older(table))).collect())
}

/// The schema that a client of this layer speaks; `None` when it is the world's own. What is older than the oldest that we
/// know is taken for that.
fn of(layer: i32) -> Option<(&'static Schema, &'static Schema)> {
    // A client that named no layer gets the one of today.
    if layer <= 0 || OLDER.first().is_none_or(|(newest, _)| layer > *newest) {
        return None;
    }
    let fits = older().iter().rev().find(|(known, _)| *known >= layer)?;
    Some((native(), &fits.1))
}

/// A call as the world knows it.
pub(crate) fn request(layer: i32, body: Vec<u8>) -> Vec<u8> {
    let Some((native, older)) = of(layer) else { return body };
    // What cannot be followed is left to the reader of calls, which refuses it by name.
    match Converter::new(older, native).call(&body) {
        Ok(Some(converted)) => converted,
        _ => body,
    }
}

/// The answer to a call of this constructor (the world's own) as the client knows it.
pub(crate) fn answer(layer: i32, method: u32, body: Vec<u8>) -> Result<Vec<u8>, RpcError> {
    let Some((native, older)) = of(layer) else { return Ok(body) };
    // Nothing that differs can stand in what other methods answer.
    let Some(result) = native.result(method) else { return Ok(body) };
    down(native, older, body, result).ok_or_else(|| RpcError::new(400, "CONNECTION_LAYER_INVALID"))
}

/// Updates as the client knows them; `None` when there is nothing in them that it could know.
pub(crate) fn updates(layer: i32, body: Vec<u8>) -> Option<Vec<u8>> {
    let Some((native, older)) = of(layer) else { return Some(body) };
    down(native, older, body, &Kind::Boxed("Updates".into()))
}

fn down(native: &Schema, older: &Schema, body: Vec<u8>, kind: &Kind) -> Option<Vec<u8>> {
    let converter = Converter::new(native, older);
    match converter.is_same(&body, kind) {
        Ok(true) => Some(body),
        Ok(false) => converter.whole(&body, kind).ok().flatten(),
        Err(unknown) => {
            tracing::warn!(%unknown, "an answer that the tables of layers do not know");
            Some(body)
        }
    }
}
