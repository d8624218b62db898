//! Files on their way to the disk: which parts of each are here, so that it goes on where it stopped.
//!
//! The parts lie sealed among the kept pictures ([`crate::media`]), in one file that is as long as the whole from the
//! beginning. A part counts only when its bytes are on the disk. As with pictures, only what a message that stands here
//! shows is kept, and it goes with the message; what is protected is not kept at all.

use crate::encoding::{decode, encode};
use crate::ingest::{chat_number, find_chat, key, number};
use crate::media::shelf::Written;
use crate::media::{Limits, files};
use crate::{DataKey, Error, people};
use heliograph_model::{Document, FileKind, Message, PeerId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a file is fetched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// To be saved where the person says.
    Save,
    /// To be shown in another program.
    Open,
}

/// That somebody wants a file. Clones are the same wish.
#[derive(Clone, Debug)]
pub struct Wish {
    /// For what.
    pub purpose: Purpose,
    called_off: Arc<AtomicBool>,
}

impl Wish {
    /// A new one.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, called_off: Arc::default() }
    }

    pub(crate) fn call_off(&self) {
        self.called_off.store(true, Ordering::SeqCst);
    }

    /// Whether nobody wants it any more.
    pub fn is_called_off(&self) -> bool {
        self.called_off.load(Ordering::SeqCst)
    }
}

/// A file that somebody wanted and that is not whole, or of which nobody said yet where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The chat.
    pub chat: PeerId,
    /// The message that has it.
    pub message: i32,
    /// The file.
    pub document: Document,
    /// What it is wanted for.
    pub purpose: Purpose,
    /// Bytes of it that are here.
    pub done: u64,
}

/// How much of a chat's unfinished files is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The chat.
    pub chat: PeerId,
    /// What the parts that are here take on the disk.
    pub bytes: u64,
}

/// Which parts are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    bits: Vec<u8>,
    bytes: u64,
    part: u64,
}

impl Parts {
    /// None of a file of so many bytes, in parts of so many.
    fn none(bytes: u64, part: u64) -> Result<Self, Error> {
        let many = usize::try_from(bytes.div_ceil(part.max(1)).div_ceil(8)).map_err(|_| too_large())?;
        Ok(Self { bits: vec![0; many], bytes, part })
    }

    /// How many there are in all.
    pub fn count(&self) -> u64 {
        self.bytes.div_ceil(self.part.max(1))
    }

    /// Where a part begins.
    pub fn start(&self, part: u64) -> u64 {
        part.saturating_mul(self.part)
    }

    /// How long it is.
    pub fn length(&self, part: u64) -> u64 {
        self.bytes.saturating_sub(self.start(part)).min(self.part)
    }

    /// Whether it is here.
    pub fn has(&self, part: u64) -> bool {
        let byte = usize::try_from(part / 8).ok().and_then(|at| self.bits.get(at));
        byte.is_some_and(|byte| byte & (1 << (part % 8)) != 0)
    }

    /// Those that are not here.
    pub fn missing(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.count()).filter(|part| !self.has(*part))
    }

    /// Bytes that are here.
    pub fn done(&self) -> u64 {
        (0..self.count()).filter(|part| self.has(*part)).map(|part| self.length(part)).sum()
    }

    /// It is here now, or not any more.
    pub(crate) fn set(&mut self, part: u64, here: bool) {
        if let Some(byte) = usize::try_from(part / 8).ok().and_then(|at| self.bits.get_mut(at)) {
            let bit = 1 << (part % 8);
            *byte = if here { *byte | bit } else { *byte & !bit };
        }
    }
}

/// A file that is being fetched.
pub struct Transferring {
    pub(crate) message: i64,
    pub(crate) name: String,
    pub(crate) key: DataKey,
    /// Which parts are here.
    pub parts: Parts,
}

impl std::fmt::Debug for Transferring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transferring").field("parts", &self.parts).finish_non_exhaustive()
    }
}

impl Transferring {
    /// Bytes of the whole.
    pub(crate) fn bytes(&self) -> u64 {
        self.parts.bytes
    }
}

#[derive(Serialize, Deserialize)]
struct Body {
    document: Document,
    purpose: Purpose,
}

fn too_large() -> Error {
    Error::Damaged("a file's length".into())
}

fn stored(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| too_large())
}

fn source(kind: FileKind) -> i64 {
    match kind {
        FileKind::Photo => 0,
        FileKind::Document => 1,
    }
}

/// The message that has this file, by its key; `None`, where the file may not be kept.
pub(crate) fn holder(
    connection: &Connection,
    chat: PeerId,
    message: i32,
    document: &Document,
) -> Result<Option<i64>, Error> {
    let Some(number) = find_chat(connection, chat)? else { return Ok(None) };
    if is_protected(connection, chat)? {
        return Ok(None);
    }
    let key = key(number, message);
    let mut statement = connection.prepare_cached("SELECT body FROM message WHERE key = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([key], |row| row.get(0)).optional()?;
    let Some(Ok(message)) = body.map(|body| decode::<Message>(&body)) else { return Ok(None) };
    let file = &document.file;
    let shows = files(&message).any(|shown| (shown.kind, shown.id) == (file.kind, file.id));
    Ok((shows && !message.protected).then_some(key))
}

/// Whether nothing of this chat may be saved.
fn is_protected(connection: &Connection, chat: PeerId) -> Result<bool, Error> {
    Ok(people::some(connection, [chat])?.iter().any(|peer| peer.protected))
}

fn read(row: &Row<'_>) -> Result<Transferring, Error> {
    let key = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
    let key = DataKey::from_slice(key).ok_or_else(|| Error::Damaged("a transfer's key".into()))?;
    let natural =
        |column: usize| -> Result<u64, Error> { u64::try_from(row.get::<_, i64>(column)?).map_err(|_| too_large()) };
    let mut parts = Parts::none(natural(3)?, natural(4)?)?;
    let bits: Vec<u8> = row.get(5)?;
    if bits.len() == parts.bits.len() {
        parts.bits = bits;
    }
    Ok(Transferring { message: row.get(0)?, name: row.get(1)?, key, parts })
}

const COLUMNS: &str = "message, name, key, bytes, part, parts";

/// What is here of this file, if it was begun and is the same. It is wanted (again) from now on.
pub(crate) fn resume(
    connection: &Connection,
    message: i64,
    document: &Document,
    part: u64,
    purpose: Purpose,
    now: i64,
) -> Result<Option<Transferring>, Error> {
    let file = &document.file;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM transfer WHERE message = ?1 AND source = ?2 AND file = ?3 AND bytes = ?4 AND part = ?5"
    ))?;
    let mut rows = statement.query(params![message, source(file.kind), file.id, stored(file.size)?, stored(part)?])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let here = read(row)?;
    let body = encode(&Body { document: document.clone(), purpose })?;
    connection
        .prepare_cached("UPDATE transfer SET wanted = 1, used = ?2, body = ?3 WHERE message = ?1")?
        .execute(params![message, now, body])?;
    Ok(Some(here))
}

/// Begins one, in place of any other of the message.
pub(crate) fn begin(
    connection: &Connection,
    message: i64,
    document: &Document,
    part: u64,
    purpose: Purpose,
    room: &Written,
    now: i64,
) -> Result<Transferring, Error> {
    remove(connection, message)?;
    let parts = Parts::none(document.file.size, part)?;
    let body = encode(&Body { document: document.clone(), purpose })?;
    connection
        .prepare_cached(
            "INSERT INTO transfer (message, source, file, name, key, bytes, part, parts, wanted, used, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?10)",
        )?
        .execute(params![
            message,
            source(document.file.kind),
            document.file.id,
            room.name,
            room.key.bytes().as_slice(),
            stored(document.file.size)?,
            stored(part)?,
            parts.bits,
            now,
            body
        ])?;
    Ok(Transferring { message, name: room.name.clone(), key: room.key.clone(), parts })
}

/// These parts are here now, or not any more. Returns which are; `None`, if the file is not wanted any more.
pub(crate) fn mark(
    connection: &Connection,
    message: i64,
    name: &str,
    parts: &[u64],
    here: bool,
) -> Result<Option<Parts>, Error> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM transfer WHERE message = ?1 AND name = ?2"))?;
    let mut rows = statement.query(params![message, name])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut now = read(row)?.parts;
    for part in parts {
        now.set(*part, here);
    }
    connection
        .prepare_cached("UPDATE transfer SET parts = ?2 WHERE message = ?1")?
        .execute(params![message, now.bits])?;
    Ok(Some(now))
}

/// It does not go on by itself any more; what is here stays.
pub(crate) fn stop(connection: &Connection, message: i64) -> Result<(), Error> {
    connection.prepare_cached("UPDATE transfer SET wanted = 0 WHERE message = ?1")?.execute([message])?;
    Ok(())
}

/// Nobody wants it any more, and nothing of it stays.
pub(crate) fn remove(connection: &Connection, message: i64) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM transfer WHERE message = ?1")?.execute([message])?;
    Ok(())
}

/// A message says something else now: what it does not show any more is not fetched for it.
pub(crate) fn changed(connection: &Connection, message: i64, now: &Message) -> Result<(), Error> {
    let mut statement = connection.prepare_cached("SELECT source, file FROM transfer WHERE message = ?1")?;
    let held: Option<(i64, i64)> = statement.query_row([message], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some(held) = held else { return Ok(()) };
    if now.protected || !files(now).any(|file| (source(file.kind), file.id) == held) {
        remove(connection, message)?;
    }
    Ok(())
}

/// Everything that goes on by itself.
pub(crate) fn wanted(connection: &Connection) -> Result<Vec<Transfer>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, chat.id, transfer.body FROM transfer JOIN chat ON chat.number = transfer.message >> 32
         WHERE wanted = 1 ORDER BY used, transfer.message"
    ))?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let here = read(row)?;
        let chat = PeerId::from_marked(row.get(6)?).ok_or_else(|| Error::Damaged("chat id".into()))?;
        let body: Vec<u8> = row.get(7)?;
        // One that cannot be read is begun anew when it is asked for.
        let Ok(Body { document, purpose }) = decode(&body) else { continue };
        if is_protected(connection, chat)? {
            continue;
        }
        all.push(Transfer { chat, message: number(here.message), document, purpose, done: here.parts.done() });
    }
    Ok(all)
}

/// What the parts take, by chat.
pub(crate) fn unfinished(connection: &Connection) -> Result<Vec<Unfinished>, Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM transfer ORDER BY message"))?;
    let mut rows = statement.query([])?;
    let mut all: Vec<(i64, u64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let here = read(row)?;
        let chat = chat_number(here.message);
        let bytes = here.parts.done();
        match all.last_mut() {
            Some((last, sum)) if *last == chat => *sum = sum.saturating_add(bytes),
            _ => all.push((chat, bytes)),
        }
    }
    let mut chat = connection.prepare_cached("SELECT id FROM chat WHERE number = ?1")?;
    let mut found = Vec::new();
    for (number, bytes) in all {
        let id: Option<i64> = chat.query_row([number], |row| row.get(0)).optional()?;
        found.extend(id.and_then(PeerId::from_marked).map(|chat| Unfinished { chat, bytes }));
    }
    Ok(found)
}

/// The names of their files.
pub(crate) fn names(connection: &Connection) -> Result<Vec<(i64, String)>, Error> {
    let mut statement = connection.prepare_cached("SELECT message, name FROM transfer")?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Forgets what nobody waits for and nobody asked for in a long time. What goes on is never taken.
pub(crate) fn evict(connection: &Connection, limits: Limits, now: i64) -> Result<(), Error> {
    if let Some(age) = limits.age {
        connection
            .prepare_cached("DELETE FROM transfer WHERE wanted = 0 AND used < ?1")?
            .execute([now.saturating_sub(age)])?;
    }
    Ok(())
}

/// Forgets what nobody waits for.
pub(crate) fn clear(connection: &Connection) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM transfer WHERE wanted = 0")?.execute([])?;
    Ok(())
}
