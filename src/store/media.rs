//! Small pictures that are kept on disk: faces, photos, the stills of films, stickers.
//!
//! Each is a file of its own ([`shelf`], [`sealed`]); its key, and what it is, stands in a row. A picture of a message is
//! only kept while that message stands here and shows it: so what may be seen for a moment only never gets here, and
//! what is deleted, or whose time is up, takes its pictures along. Whoever removes rows need not think of the files.

pub(crate) mod sealed;
pub(crate) mod shelf;

use crate::encoding::decode;
use crate::ingest::{find_chat, key};
use crate::{DataKey, Error, Unfinished, transfers};
use heliograph_model::{FileKind, FileLocation, Media, Message, Peer, PeerId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use shelf::{Shelf, Written};
use std::collections::HashSet;
use std::sync::atomic::Ordering;

/// Larger ones are no small pictures.
pub(crate) const LARGEST: usize = 8 << 20;
/// It is noted once in so many seconds that something was used.
const NOTED: i64 = 6 * 3600;
/// After so many new bytes it is looked whether there is too much.
const LOOKED: u64 = 16 << 20;
/// Files that are removed in one go between other work.
const AT_ONCE: i64 = 200;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// The small profile photo of somebody.
    Face {
        /// Whose.
        peer: PeerId,
        /// Its number.
        photo: i64,
    },
    /// A file that a message shows, or one size of it.
    Shown {
        /// The chat.
        chat: PeerId,
        /// The message.
        message: i32,
        /// The file's table.
        kind: FileKind,
        /// Its number there.
        id: i64,
        /// The letter of its size; empty for the whole.
        thumb: String,
    },
}

/// What kinds of pictures there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureKind {
    /// Profile photos.
    Faces,
    /// Photos.
    Photos,
    /// Stills of films and other files.
    Stills,
    /// Stickers, and other small files that are shown whole.
    Stickers,
}

/// The kind of a row in numbers: `source`, but that of the files only those have the third that are shown whole.
const KIND: &str = "source + (source = 2 AND part = '')";

impl PictureKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Photos, Self::Stills, Self::Stickers, Self::Faces];

    fn number(self) -> i64 {
        match self {
            Self::Faces => 0,
            Self::Photos => 1,
            Self::Stills => 2,
            Self::Stickers => 3,
        }
    }

    fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Faces,
            1 => Self::Photos,
            2 => Self::Stills,
            _ => Self::Stickers,
        }
    }

    /// The source in its rows.
    fn source(self) -> i64 {
        self.number().min(2)
    }
}

/// How much may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes on the disk; `None`: any.
    pub bytes: Option<u64>,
    /// Seconds since it was used last; `None`: any.
    pub age: Option<i64>,
}

impl Default for Limits {
    /// A gigabyte, half a year.
    fn default() -> Self {
        Self { bytes: Some(1_000_000_000), age: Some(182 * 24 * 3600) }
    }
}

/// What is to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clear {
    /// All of it.
    All,
    /// Of this kind.
    Kind(PictureKind),
    /// What this chat shows; not the face that it has in the list.
    Chat(PeerId),
}

/// What is here, and what may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Storage {
    /// The kept pictures, the most first.
    pub pictures: Vec<Used>,
    /// Parts of files that are not whole yet, by chat.
    pub unfinished: Vec<Unfinished>,
    /// The chats that show them, as far as they are known.
    pub peers: Vec<Peer>,
    /// Stored messages of each chat.
    pub messages: Vec<(PeerId, u64)>,
    /// Bytes of the database: messages, the index, people, drafts, what waits to be sent.
    pub database: u64,
    /// How much may stay.
    pub limits: Limits,
}

/// How much of a kind a chat has here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which chat; for faces: whose.
    pub chat: PeerId,
    /// Which kind.
    pub kind: PictureKind,
    /// How many.
    pub pictures: u64,
    /// What they take on the disk.
    pub bytes: u64,
}

/// All files that a message shows, itself or in its link's preview.
pub fn files(message: &Message) -> impl Iterator<Item = &FileLocation> {
    let preview = message.preview.as_deref();
    let photos = [
        match &message.media {
            Some(Media::Photo(photo)) => Some(photo),
            _ => None,
        },
        preview.and_then(|page| page.photo.as_ref()),
    ];
    let documents = [message.media.as_ref().and_then(Media::document), preview.and_then(|page| page.document.as_ref())];
    let stills = documents.into_iter().flatten().filter_map(|document| document.thumbnail.as_ref()?.file.as_ref());
    let photos = photos.into_iter().flatten().map(|photo| &photo.file);
    photos.chain(documents.into_iter().flatten().map(|document| &document.file)).chain(stills)
}

fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The names of a picture in its row: source, part and number.
fn names(picture: &Picture) -> (PictureKind, String, i64) {
    match picture {
        Picture::Face { peer, photo } => (PictureKind::Faces, peer.marked().to_string(), *photo),
        Picture::Shown { kind: FileKind::Photo, id, thumb, .. } => (PictureKind::Photos, thumb.clone(), *id),
        Picture::Shown { kind: FileKind::Document, id, thumb, .. } => {
            let kind = if thumb.is_empty() { PictureKind::Stickers } else { PictureKind::Stills };
            (kind, thumb.clone(), *id)
        }
    }
}

/// Where a picture lies.
pub(crate) struct Place {
    pub number: i64,
    pub name: String,
    pub key: DataKey,
    pub bytes: u64,
    /// It was not noted for a while that it is used, or not that this message shows it.
    pub to_note: bool,
}

/// Where it lies, if it is here.
pub(crate) fn find(connection: &Connection, picture: &Picture, now: i64) -> Result<Option<Place>, Error> {
    let (kind, part, id) = names(picture);
    let mut statement = connection.prepare_cached(
        "SELECT number, name, key, bytes, used FROM picture WHERE source = ?1 AND part = ?2 AND id = ?3",
    )?;
    let mut rows = statement.query(params![kind.source(), part, id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let number: i64 = row.get(0)?;
    let key = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
    let key = DataKey::from_slice(key).ok_or_else(|| Error::Damaged("a picture's key".into()))?;
    let used: i64 = row.get(4)?;
    let known = match picture {
        Picture::Face { .. } => true,
        Picture::Shown { chat, message, .. } => match find_chat(connection, *chat)? {
            Some(chat) => connection
                .prepare_cached("SELECT 1 FROM picture_message WHERE message = ?1 AND picture = ?2")?
                .exists([self::key(chat, *message), number])?,
            None => true,
        },
    };
    let to_note = !known || now.saturating_sub(used).saturating_abs() > NOTED;
    Ok(Some(Place { number, name: row.get(1)?, key, bytes: natural(row.get(3)?), to_note }))
}

/// Notes that it is used.
pub(crate) fn note(connection: &Connection, picture: &Picture, number: i64, now: i64) -> Result<(), Error> {
    connection.prepare_cached("UPDATE picture SET used = ?2 WHERE number = ?1")?.execute([number, now])?;
    if let Some(Holder::Message(message)) = holder(connection, picture)? {
        hold(connection, message, number)?;
    }
    Ok(())
}

/// Who has a picture.
enum Holder {
    Peer,
    /// A message, by its key.
    Message(i64),
}

/// Who has it, if it may be kept.
fn holder(connection: &Connection, picture: &Picture) -> Result<Option<Holder>, Error> {
    match picture {
        Picture::Face { peer, .. } => {
            let known = connection
                .prepare_cached(
                    "SELECT 1 WHERE EXISTS (SELECT 1 FROM shown_peer WHERE id = ?1)
                     OR EXISTS (SELECT 1 FROM peer WHERE id = ?1)",
                )?
                .exists([peer.marked()])?;
            Ok(known.then_some(Holder::Peer))
        }
        Picture::Shown { chat, message, kind, id, .. } => {
            let Some(chat) = find_chat(connection, *chat)? else { return Ok(None) };
            let key = key(chat, *message);
            let mut statement = connection.prepare_cached("SELECT body FROM message WHERE key = ?1")?;
            let body: Option<Vec<u8>> = statement.query_row([key], |row| row.get(0)).optional()?;
            let Some(Ok(message)) = body.map(|body| decode::<Message>(&body)) else { return Ok(None) };
            let shows = files(&message).any(|file| (file.kind, file.id) == (*kind, *id));
            Ok(shows.then_some(Holder::Message(key)))
        }
    }
}

/// Whether it may be kept.
pub(crate) fn may_keep(connection: &Connection, picture: &Picture) -> Result<bool, Error> {
    Ok(holder(connection, picture)?.is_some())
}

fn hold(connection: &Connection, message: i64, picture: i64) -> Result<(), Error> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO picture_message (message, picture) VALUES (?1, ?2)")?
        .execute([message, picture])?;
    Ok(())
}

/// Gives a new file its row. Returns whether it has one: not, if it may not be kept, or is here already.
pub(crate) fn put(connection: &Connection, picture: &Picture, file: &Written, now: i64) -> Result<bool, Error> {
    let Some(holder) = holder(connection, picture)? else { return Ok(false) };
    let (kind, part, id) = names(picture);
    let chat = match picture {
        // Only the current one.
        Picture::Face { peer, .. } => {
            connection
                .prepare_cached("DELETE FROM picture WHERE source = ?1 AND part = ?2 AND id <> ?3")?
                .execute(params![kind.source(), part, id])?;
            *peer
        }
        Picture::Shown { chat, .. } => *chat,
    };
    let new = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO picture (source, part, id, chat, name, key, bytes, disk, used)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            kind.source(),
            part,
            id,
            chat.marked(),
            file.name,
            file.key.bytes().as_slice(),
            stored(file.bytes),
            stored(file.disk()),
            now
        ])?;
    if let Holder::Message(message) = holder {
        let number = connection
            .prepare_cached("SELECT number FROM picture WHERE source = ?1 AND part = ?2 AND id = ?3")?
            .query_row(params![kind.source(), part, id], |row| row.get(0))?;
        hold(connection, message, number)?;
    }
    Ok(new > 0)
}

/// A message says something else now: pictures that it does not show any more are not its own.
pub(crate) fn changed(connection: &Connection, message: i64, now: &Message) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "SELECT number, source, id FROM picture_message JOIN picture ON number = picture WHERE message = ?1",
    )?;
    let held = statement.query_map([message], |row| {
        Ok((row.get::<_, i64>(0)?, PictureKind::from_number(row.get(1)?), row.get::<_, i64>(2)?))
    })?;
    for held in held.collect::<Result<Vec<_>, _>>()? {
        let (number, kind, id) = held;
        let kind = if kind == PictureKind::Photos { FileKind::Photo } else { FileKind::Document };
        if !files(now).any(|file| (file.kind, file.id) == (kind, id)) {
            connection
                .prepare_cached("DELETE FROM picture_message WHERE message = ?1 AND picture = ?2")?
                .execute([message, number])?;
        }
    }
    Ok(())
}

/// Forgets one whose file is not what it was.
pub(crate) fn forget(connection: &Connection, number: i64, name: &str) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM picture WHERE number = ?1 AND name = ?2")?.execute(params![number, name])?;
    Ok(())
}

/// Forgets these.
pub(crate) fn clear(connection: &Connection, what: Clear) -> Result<(), Error> {
    match what {
        Clear::All => {
            transfers::clear(connection)?;
            connection.prepare_cached("DELETE FROM picture")?.execute([])?
        }
        Clear::Kind(kind) => {
            connection.prepare_cached(&format!("DELETE FROM picture WHERE {KIND} = ?1"))?.execute([kind.number()])?
        }
        Clear::Chat(chat) => connection
            .prepare_cached("DELETE FROM picture WHERE chat = ?1 AND source <> ?2")?
            .execute([chat.marked(), PictureKind::Faces.source()])?,
    };
    Ok(())
}

/// How much is here.
pub(crate) fn used(connection: &Connection) -> Result<Vec<Used>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT chat, {KIND} AS kind, count(*), sum(disk) FROM picture GROUP BY chat, kind
         ORDER BY sum(disk) DESC, chat, kind",
    ))?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let chat = PeerId::from_marked(row.get(0)?).ok_or_else(|| Error::Damaged("chat id".into()))?;
        let kind = PictureKind::from_number(row.get(1)?);
        all.push(Used { chat, kind, pictures: natural(row.get(2)?), bytes: natural(row.get(3)?) });
    }
    Ok(all)
}

/// Forgets what was not used for too long, and of the rest what was used longest ago, if it is too much.
pub(crate) fn evict(connection: &Connection, limits: Limits, now: i64) -> Result<(), Error> {
    transfers::evict(connection, limits, now)?;
    if let Some(age) = limits.age {
        connection.prepare_cached("DELETE FROM picture WHERE used < ?1")?.execute([now.saturating_sub(age)])?;
    }
    let Some(bytes) = limits.bytes else { return Ok(()) };
    let total: i64 =
        connection.prepare_cached("SELECT coalesce(sum(disk), 0) FROM picture")?.query_row([], |row| row.get(0))?;
    let mut total = natural(total);
    if total <= bytes {
        return Ok(());
    }
    // A little more than must be, so that not every new one sends an old one away.
    let most = bytes - bytes / 10;
    let mut oldest = Vec::new();
    let mut statement = connection.prepare_cached("SELECT number, disk FROM picture ORDER BY used, number")?;
    let mut rows = statement.query([])?;
    while let (true, Some(row)) = (total > most, rows.next()?) {
        oldest.push(row.get::<_, i64>(0)?);
        total = total.saturating_sub(natural(row.get(1)?));
    }
    let mut remove = connection.prepare_cached("DELETE FROM picture WHERE number = ?1")?;
    for number in oldest {
        remove.execute([number])?;
    }
    Ok(())
}

/// The same, if enough came since it was looked last.
pub(crate) fn evict_at_times(connection: &Connection, shelf: &Shelf, now: i64) -> Result<(), Error> {
    if shelf.added.load(Ordering::Relaxed) < LOOKED {
        return Ok(());
    }
    shelf.added.store(0, Ordering::Relaxed);
    evict(connection, *shelf.limits(), now)
}

/// Forgets rows whose files are not there. Returns the files, of these that were there, that have no rows.
pub(crate) fn sweep(connection: &Connection, shelf: &Shelf, mut there: HashSet<String>) -> Result<Vec<String>, Error> {
    let mut lost = Vec::new();
    let mut statement = connection.prepare_cached("SELECT number, name FROM picture")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(1)?;
        // What was not there then may have come since.
        if !there.remove(&name) && !shelf.has(&name) {
            lost.push((row.get::<_, i64>(0)?, name));
        }
    }
    for (number, name) in lost {
        forget(connection, number, &name)?;
    }
    for (message, name) in transfers::names(connection)? {
        if !there.remove(&name) && !shelf.has(&name) {
            transfers::remove(connection, message)?;
        }
    }
    Ok(there.into_iter().filter(|name| !shelf.is_coming(name)).collect())
}

/// Removes files whose rows are gone. Returns whether there may be more.
pub(crate) fn remove_gone(connection: &Connection, shelf: &Shelf) -> Result<bool, Error> {
    let names = {
        let mut statement = connection.prepare_cached("SELECT name FROM picture_gone LIMIT ?1")?;
        let names = statement.query_map([AT_ONCE], |row| row.get::<_, String>(0))?;
        names.collect::<Result<Vec<_>, _>>()?
    };
    if names.is_empty() {
        return Ok(false);
    }
    let transaction = connection.unchecked_transaction()?;
    {
        let mut statement = transaction.prepare_cached("DELETE FROM picture_gone WHERE name = ?1")?;
        for name in &names {
            // One that cannot be removed now is swept later.
            shelf.remove(name);
            statement.execute([name])?;
        }
    }
    transaction.commit()?;
    Ok(true)
}
