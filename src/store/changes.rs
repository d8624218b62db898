//! What happened, written as one with how far the updates got.

use crate::ingest::{Ingest, Put, Ready, chat_number, find_chat, key, number, ranges, save_ranges};
use crate::{Error, NOW, Ranges, Stretch, chats, history, outbox, people, pinned};
use heliograph_model::{Change, Chat, Media, Message, PeerId, PeerKind, Poll, PollAnswer};
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::mpsc;

/// From so many messages on, two threads share the work.
const MANY: usize = 100;
/// So many messages are handed over at once.
const HANDFUL: usize = 64;
/// So many handfuls may wait.
const AHEAD: usize = 8;

pub(crate) fn apply(ingest: &mut Ingest<'_>, changes: &[Change]) -> Result<(), Error> {
    let messages =
        || changes.iter().filter_map(|change| if let Change::NewMessage(new) = change { Some(new) } else { None });
    if messages().nth(MANY).is_none() {
        return in_order(ingest, changes, || None);
    }
    // What is made of them needs no file: it is made ahead of the thread that writes.
    std::thread::scope(|scope| {
        let (done, made) = mpsc::sync_channel::<Vec<Option<Ready>>>(AHEAD);
        let make = move || {
            let mut messages = messages();
            loop {
                let handful: Vec<_> = messages.by_ref().take(HANDFUL).map(Ready::of).collect();
                if handful.is_empty() || done.send(handful).is_err() {
                    break;
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("store-words".into()).spawn_scoped(scope, make) {
            tracing::debug!(%error, "the store works alone");
        }
        let mut handful = Vec::new().into_iter();
        in_order(ingest, changes, || {
            if handful.len() == 0 {
                handful = made.recv().unwrap_or_default().into_iter();
            }
            handful.next().flatten()
        })
    })
}

/// `ready` gives what was made of each new message in turn, if it was.
fn in_order(
    ingest: &mut Ingest<'_>,
    changes: &[Change],
    mut ready: impl FnMut() -> Option<Ready>,
) -> Result<(), Error> {
    let mut arrivals = Arrivals::default();
    for change in changes {
        match change {
            Change::NewMessage(message) => arrivals.take(ingest, message, ready(), Ranges::arrived)?,
            // Nothing that looks at what arrivals change.
            Change::Peer(_) | Change::Typing { .. } | Change::Presence { .. } => one(ingest, change)?,
            _ => {
                arrivals.write(ingest)?;
                one(ingest, change)?;
            }
        }
    }
    arrivals.write(ingest)
}

fn one(ingest: &mut Ingest<'_>, change: &Change) -> Result<(), Error> {
    match change {
        Change::Peer(peer) => people::save(ingest.connection, std::slice::from_ref(peer)),
        Change::NewMessage(message) => came(ingest, message, Ranges::arrived),
        Change::Edited(message) => {
            if history::is_numbered(message) {
                ingest.put(message)?;
            }
            Ok(())
        }
        Change::Sent { pending, message } => {
            outbox::sent(ingest.connection, *pending)?;
            sent(ingest, message)
        }
        Change::Deleted { chat, messages } => {
            for id in messages {
                for key in keys(ingest, *chat, *id)? {
                    deleted(ingest, key)?;
                }
            }
            Ok(())
        }
        Change::Reactions { chat, message, reactions, min } => change_one(ingest, *chat, *message, |message| {
            let before = std::mem::replace(&mut message.reactions, reactions.clone());
            if *min {
                for reaction in &mut message.reactions {
                    reaction.chosen = before.iter().any(|old| old.kind == reaction.kind && old.chosen);
                }
            }
        }),
        Change::Views { chat, message, views, forwards } => change_one(ingest, *chat, *message, |message| {
            message.views = views.or(message.views);
            message.forwards = forwards.or(message.forwards);
        }),
        Change::Pinned { chat, messages, pinned: now } => {
            for id in messages {
                change_one(ingest, *chat, *id, |message| message.pinned = *now)?;
            }
            pinned::change(ingest.connection, *chat, messages, *now)
        }
        Change::Heard { chat, messages } => {
            for id in messages {
                for key in keys(ingest, *chat, *id)? {
                    ingest.change(key, |message| message.unheard = false)?;
                }
            }
            Ok(())
        }
        Change::Poll { poll, answers, total, closed, solution, min } => {
            let found = messages_of(ingest, "SELECT message FROM poll_message WHERE poll = ?1", *poll)?;
            for key in found {
                ingest.change(key, |message| {
                    if let Some(Media::Poll(poll)) = &mut message.media {
                        poll.solution = solution.clone().or(poll.solution.take());
                        voted(poll, answers, *total, *closed, *min);
                    }
                })?;
            }
            Ok(())
        }
        Change::Preview { page, preview } => {
            let found = messages_of(ingest, "SELECT message FROM page_message WHERE page = ?1", *page)?;
            for key in found {
                ingest.change(key, |message| {
                    let above = message.preview.as_ref().is_some_and(|preview| preview.above);
                    message.preview.clone_from(preview);
                    if let Some(preview) = &mut message.preview {
                        preview.above = above;
                    }
                })?;
            }
            ingest.connection.prepare_cached("DELETE FROM page_message WHERE page = ?1")?.execute([page])?;
            Ok(())
        }
        Change::ReadInbox { chat, up_to, unread } => read_inbox(ingest, *chat, *up_to, *unread),
        Change::ReadOutbox { chat, up_to } => {
            ingest
                .connection
                .prepare_cached("UPDATE chat SET read_outbox = max(read_outbox, ?2) WHERE id = ?1")?
                .execute(params![chat.marked(), up_to])?;
            Ok(())
        }
        Change::Archived(places) => {
            for (chat, archived) in places {
                let number = ingest.chat(*chat)?;
                chats::archive(ingest.connection, number, *archived)?;
                // One that came out of it stands by its newest message; where there is none, the server says where.
                if !archived && chats::one(ingest.connection, *chat)?.is_some_and(|row| row.last.is_some()) {
                    chats::list(ingest.connection, number)?;
                }
            }
            Ok(())
        }
        Change::Presence { who, presence: new } => people::change(ingest.connection, *who, |peer| {
            if let PeerKind::User { presence, .. } = &mut peer.kind {
                *presence = *new;
            }
        }),
        Change::Typing { .. } => Ok(()),
        Change::Refetch => missed(ingest, None),
        Change::Missed(chat) => missed(ingest, Some(*chat)),
    }
}

/// Something was kept that was asked for before these changes: it may be from before them, so they are applied to it
/// once more. What a chat counts is not counted again.
pub(crate) fn again(ingest: &mut Ingest<'_>, changes: &[Change]) -> Result<(), Error> {
    for change in changes {
        match change {
            Change::Deleted { chat, messages } => {
                for id in messages {
                    for key in keys(ingest, *chat, *id)? {
                        ingest.remove(key)?;
                    }
                }
            }
            Change::Edited(message) => {
                let Some(id) = message.id.server() else { continue };
                let here = match find_chat(ingest.connection, message.chat)? {
                    Some(chat) => history::one(ingest.connection, key(chat, id))?,
                    None => None,
                };
                if here.is_some_and(|here| here.edited <= message.edited) {
                    ingest.put(message)?;
                }
            }
            Change::Reactions { .. }
            | Change::Views { .. }
            | Change::Pinned { .. }
            | Change::Archived(_)
            | Change::Heard { .. }
            | Change::Poll { .. }
            | Change::Preview { .. } => one(ingest, change)?,
            _ => {}
        }
    }
    Ok(())
}

/// The same for rows of the chat list, which count.
pub(crate) fn again_in_list(ingest: &mut Ingest<'_>, changes: &[Change], rows: &[Chat]) -> Result<(), Error> {
    let mut gone = false;
    for change in changes {
        match change {
            Change::NewMessage(message) | Change::Sent { message, .. } => {
                let mut arrivals = Arrivals { again: true, ..Arrivals::default() };
                // More may have been missed since it was told first: it says nothing of what came after it.
                arrivals.take(ingest, message, None, Ranges::sent)?;
                arrivals.write(ingest)?;
            }
            // A row that knows of it counts what came after it, too.
            Change::ReadInbox { chat, up_to, .. } if read_up_to(ingest, *chat)?.is_some_and(|read| read >= *up_to) => {}
            Change::Deleted { .. } | Change::ReadInbox { .. } | Change::ReadOutbox { .. } => {
                gone |= matches!(change, Change::Deleted { .. });
                one(ingest, change)?;
            }
            _ => again(ingest, std::slice::from_ref(change))?,
        }
    }
    if gone {
        // The row may count what is here no more.
        for row in rows {
            if let Some(chat) = find_chat(ingest.connection, row.id)? {
                recount(ingest, chat)?;
            }
        }
    }
    Ok(())
}

/// What messages that came by themselves change in their chats, until it is written: most of them come in rows.
#[derive(Default)]
struct Arrivals {
    chats: HashMap<i64, Arrived>,
    /// They are here, but the rows of their chats are from before them.
    again: bool,
}

/// A chat in which messages came.
struct Arrived {
    read: i32,
    last: Option<i64>,
    last_date: i64,
    unread: u32,
    /// Whether the row counts all of them cannot be told from the row.
    doubtful: bool,
}

impl Arrivals {
    /// `place` puts its number among the stretches of its chat, if it is the first one there.
    fn take(
        &mut self,
        ingest: &mut Ingest<'_>,
        message: &Message,
        ready: Option<Ready>,
        place: fn(&mut Ranges, i32) -> bool,
    ) -> Result<(), Error> {
        let Some(id) = message.id.server().filter(|id| *id > 0) else { return Ok(()) };
        let put = ingest.put_ready(message, ready)?;
        let chat = ingest.chat(message.chat)?;
        let arrived = match self.chats.entry(chat) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let connection = ingest.connection;
                let mut whole = ranges(connection, chat)?;
                if place(&mut whole, id) {
                    save_ranges(connection, chat, &whole)?;
                }
                chats::list(connection, chat)?;
                let found = connection
                    .prepare_cached("SELECT read_inbox, last, last_date, unread FROM chat WHERE number = ?1")?
                    .query_row([chat], |row| {
                        Ok(Arrived {
                            read: row.get(0)?,
                            last: row.get(1)?,
                            last_date: row.get(2)?,
                            unread: row.get(3)?,
                            doubtful: false,
                        })
                    })?;
                entry.insert(found)
            }
        };
        let newest = arrived.last.map(number);
        // The same may be said twice (by an answer and by an update); it counts once.
        if !message.outgoing && id > arrived.read {
            if newest.is_none_or(|newest| newest < id) {
                arrived.unread = arrived.unread.saturating_add(1);
            } else if put == Put::New || self.again {
                // It comes behind one of ours, whose number was told first, or the row has counted it already.
                arrived.doubtful = true;
            }
        }
        if newest.is_none_or(|newest| newest <= id) {
            arrived.last = Some(key(chat, id));
            arrived.last_date = message.date;
        }
        Ok(())
    }

    fn write(&mut self, ingest: &mut Ingest<'_>) -> Result<(), Error> {
        let mut statement = ingest
            .connection
            .prepare_cached("UPDATE chat SET last = ?2, last_date = ?3, unread = ?4 WHERE number = ?1")?;
        for (chat, arrived) in self.chats.drain() {
            statement.execute(params![chat, arrived.last, arrived.last_date, arrived.unread])?;
            if arrived.doubtful {
                recount(ingest, chat)?;
            }
        }
        Ok(())
    }
}

/// One of ours has arrived.
pub(crate) fn sent(ingest: &mut Ingest<'_>, message: &Message) -> Result<(), Error> {
    came(ingest, message, Ranges::sent)
}

/// One message came, by itself or with the answer to ours.
fn came(ingest: &mut Ingest<'_>, message: &Message, place: fn(&mut Ranges, i32) -> bool) -> Result<(), Error> {
    let mut arrivals = Arrivals::default();
    arrivals.take(ingest, message, None, place)?;
    arrivals.write(ingest)
}

/// The keys of a message of which perhaps only the number is known.
fn keys(ingest: &mut Ingest<'_>, chat: Option<PeerId>, id: i32) -> Result<Vec<i64>, Error> {
    let connection = ingest.connection;
    match chat {
        Some(chat) => Ok(find_chat(connection, chat)?.map(|chat| key(chat, id)).into_iter().collect()),
        None => {
            let mut statement = connection.prepare_cached("SELECT key FROM message WHERE common = ?1")?;
            let keys = statement.query_map([id], |row| row.get(0))?;
            Ok(keys.collect::<Result<_, _>>()?)
        }
    }
}

fn change_one(ingest: &mut Ingest<'_>, chat: PeerId, id: i32, change: impl FnOnce(&mut Message)) -> Result<(), Error> {
    if let Some(chat) = find_chat(ingest.connection, chat)? {
        ingest.change(key(chat, id), change)?;
    }
    Ok(())
}

/// Removes a message, and what the chat list says of it.
pub(crate) fn deleted(ingest: &mut Ingest<'_>, gone: i64) -> Result<(), Error> {
    let message = ingest.remove(gone)?;
    let (chat, id) = (chat_number(gone), number(gone));
    let connection = ingest.connection;
    let row = connection
        .prepare_cached("SELECT read_inbox, last FROM chat WHERE number = ?1")?
        .query_row([chat], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, Option<i64>>(1)?)))
        .optional()?;
    let Some((read, last)) = row else { return Ok(()) };
    if message.is_some_and(|message| !message.outgoing) && id > read {
        connection.prepare_cached("UPDATE chat SET unread = max(unread - 1, 0) WHERE number = ?1")?.execute([chat])?;
    }
    if last == Some(gone) {
        // The one before it, if nothing can be missing between them. Else it has to be asked for; the chat keeps its
        // place in the list meanwhile.
        let whole = ranges(connection, chat)?.whole(id);
        let before = match whole {
            Some(whole) => history::newest(connection, chat, Stretch { last: id, ..whole })?,
            None => None,
        };
        connection
            .prepare_cached(
                "UPDATE chat SET last = ?2,
                    last_date = coalesce((SELECT date FROM message WHERE key = ?2), last_date)
                 WHERE number = ?1",
            )?
            .execute(params![chat, before])?;
    }
    Ok(())
}

fn messages_of(ingest: &Ingest<'_>, sql: &str, id: i64) -> Result<Vec<i64>, Error> {
    let mut statement = ingest.connection.prepare_cached(sql)?;
    let keys = statement.query_map([id], |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

fn voted(poll: &mut Poll, answers: &[PollAnswer], total: Option<u32>, closed: bool, min: bool) {
    poll.total = total.or(poll.total);
    poll.closed |= closed;
    for news in answers {
        match poll.answers.iter_mut().find(|answer| answer.option == news.option) {
            Some(answer) => {
                if !news.text.is_empty() {
                    answer.text = news.text.clone();
                }
                answer.voters = news.voters.or(answer.voters);
                if !min {
                    answer.chosen = news.chosen;
                    answer.correct = news.correct;
                }
            }
            None if !news.text.is_empty() => poll.answers.push(news.clone()),
            None => {}
        }
    }
}

fn read_up_to(ingest: &Ingest<'_>, chat: PeerId) -> Result<Option<i32>, Error> {
    let mut statement = ingest.connection.prepare_cached("SELECT read_inbox FROM chat WHERE id = ?1")?;
    Ok(statement.query_row([chat.marked()], |row| row.get(0)).optional()?)
}

fn read_inbox(ingest: &mut Ingest<'_>, chat: PeerId, up_to: i32, unread: Option<u32>) -> Result<(), Error> {
    let connection = ingest.connection;
    let row = connection
        .prepare_cached("SELECT number, read_inbox, unread, last FROM chat WHERE id = ?1")?
        .query_row([chat.marked()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i32>(1)?, row.get::<_, u32>(2)?, row.get::<_, Option<i64>>(3)?))
        })
        .optional()?;
    let Some((number_of, _, before, last)) = row.filter(|row| up_to >= row.1) else { return Ok(()) };
    let left = if last.is_some_and(|last| number(last) <= up_to) {
        unread.unwrap_or(0)
    } else {
        // Counted, where everything after it is here: of what was missed, messages are told before what was read, with
        // how many there were then. Else there are at most so many as before.
        let all = up_to.checked_add(1).and_then(|next| ranges(connection, number_of).ok()?.whole(next));
        match all {
            Some(whole) if whole.last == NOW => incoming_after(ingest, number_of, up_to)?,
            _ => unread.unwrap_or(before),
        }
    };
    ingest
        .connection
        .prepare_cached("UPDATE chat SET read_inbox = ?2, unread = ?3, mentions = min(mentions, ?3) WHERE number = ?1")?
        .execute(params![number_of, up_to, left])?;
    Ok(())
}

/// Counts what is unread in a chat, where all of it is here.
pub(crate) fn recount(ingest: &Ingest<'_>, chat: i64) -> Result<(), Error> {
    let connection = ingest.connection;
    let (read, before, last) = connection
        .prepare_cached("SELECT read_inbox, unread, last FROM chat WHERE number = ?1")?
        .query_row([chat], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, u32>(1)?, row.get::<_, Option<i64>>(2)?)))?;
    if before == 1 && last.is_none_or(|last| number(last) <= read) {
        // Marked as unread by hand.
        return Ok(());
    }
    let whole = read.checked_add(1).and_then(|next| ranges(connection, chat).ok()?.whole(next));
    if whole.is_some_and(|whole| whole.last == NOW) {
        let unread = incoming_after(ingest, chat, read)?;
        connection.prepare_cached("UPDATE chat SET unread = ?2 WHERE number = ?1")?.execute(params![chat, unread])?;
    }
    Ok(())
}

fn incoming_after(ingest: &Ingest<'_>, chat: i64, up_to: i32) -> Result<u32, Error> {
    let mut statement = ingest.connection.prepare_cached("SELECT body FROM message WHERE key > ?1 AND key <= ?2")?;
    let mut rows = statement.query([key(chat, up_to), key(chat, NOW)])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        count += u32::from(crate::encoding::decode::<Message>(body).is_ok_and(|message| !message.outgoing));
    }
    Ok(count)
}

/// Things have happened that we were not told, in one chat or in any: what is here has to be asked for again.
pub(crate) fn missed(ingest: &mut Ingest<'_>, chat: Option<PeerId>) -> Result<(), Error> {
    let connection = ingest.connection;
    let numbers: Vec<i64> = match chat {
        Some(chat) => find_chat(connection, chat)?.into_iter().collect(),
        None => {
            let mut statement = connection.prepare_cached("SELECT DISTINCT chat FROM stretch")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        }
    };
    for number_of in numbers {
        let mut whole = ranges(connection, number_of)?;
        let newest = whole.newest().filter(|newest| newest.last == NOW);
        let newest = match newest {
            Some(newest) => history::newest(connection, number_of, newest)?,
            None => None,
        };
        whole.missed(newest.map(number));
        save_ranges(connection, number_of, &whole)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
