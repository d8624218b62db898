//! Pieces of a chat's history: kept as they come from the server, given back without papering over a hole.

use crate::encoding::decode;
use crate::ingest::{Ingest, chat_number, find_chat, key, number, ranges, save_ranges};
use crate::{Error, NOW, Stretch, changes, people};
use heliograph_model::{HistoryPage, Message, MessageId, Peer, PeerId, Place};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// A piece of a chat's history as it stands here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredPage {
    /// Oldest first, without a hole between them.
    pub messages: Vec<Message>,
    /// Those of the people whom they name that are known here.
    pub peers: Vec<Peer>,
    /// There is nothing older than the first of them.
    pub complete: bool,
    /// There is nothing newer than the last of them.
    pub newest: bool,
    /// Nothing can have happened to them that we were not told. Else they may be shown, but the server should be asked.
    pub verified: bool,
    /// Fewer than were asked for, because older ones are not here.
    pub hole_before: bool,
    /// Fewer than were asked for, because newer ones are not here.
    pub hole_after: bool,
}

/// Keeps a page. What stood here within it and is not part of it is gone.
pub(crate) fn save_page(ingest: &mut Ingest<'_>, chat: PeerId, place: Place, page: &HistoryPage) -> Result<(), Error> {
    let messages: Vec<&Message> = page
        .messages
        .iter()
        .filter(|message| message.chat == chat && message.id.server().is_some_and(|id| id > 0))
        .collect();
    let numbers = messages.iter().filter_map(|message| message.id.server());
    let (least, most) = (numbers.clone().min(), numbers.max());
    let number = ingest.chat(chat)?;
    // From where to where the server has told everything.
    let first = if page.complete { Some(1) } else { least };
    let last = if page.newest { Some(NOW) } else { most };
    let (first, last) = match place {
        Place::Before(id) => (first, Some(id.saturating_sub(1))),
        Place::After(id) => (Some(id.saturating_add(1)), last),
        Place::Newest | Place::Around(_) | Place::Date(_) => (first, last),
    };
    let told = first.zip(last).filter(|(first, last)| first <= last);
    let mut whole = ranges(ingest.connection, number)?;
    let mut gone = false;
    if let Some((first, last)) = told {
        let here = {
            let mut statement =
                ingest.connection.prepare_cached("SELECT key FROM message WHERE key BETWEEN ?1 AND ?2")?;
            let keys = statement.query_map([key(number, first), key(number, last)], |row| row.get::<_, i64>(0))?;
            keys.collect::<Result<Vec<_>, _>>()?
        };
        let told: HashSet<i32> = messages.iter().filter_map(|message| message.id.server()).collect();
        for here in here {
            let id = crate::ingest::number(here);
            // What is newer than the newest of the page may have come by itself while the answer was on its way.
            let came =
                || last == NOW && most.is_none_or(|most| id > most) && whole.at(id).is_some_and(|at| at.verified);
            if !told.contains(&id) && !came() {
                ingest.remove(here)?;
                gone = true;
            }
        }
    }
    for message in messages {
        save_fetched(ingest, message)?;
    }
    if let Some((first, last)) = told {
        whole.told(first, last);
        save_ranges(ingest.connection, number, &whole)?;
    }
    if gone {
        // The update that will tell of it finds nothing to count any more.
        changes::recount(ingest, number)?;
    }
    people::save(ingest.connection, &page.peers)
}

/// Keeps a message that was asked for. What is here may be newer: an edit can overtake an answer.
pub(crate) fn save_fetched(ingest: &mut Ingest<'_>, message: &Message) -> Result<(), Error> {
    if let Some(id) = message.id.server() {
        let chat = ingest.chat(message.chat)?;
        let here = one(ingest.connection, key(chat, id))?;
        if here.is_some_and(|here| here.edited > message.edited) {
            return Ok(());
        }
    }
    ingest.put(message)?;
    Ok(())
}

/// One message by its key.
pub(crate) fn one(connection: &Connection, key: i64) -> Result<Option<Message>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM message WHERE key = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([key], |row| row.get(0)).optional()?;
    Ok(body.and_then(|body| readable(&body)))
}

/// A message that a later version wrote in a way that this one cannot read is as good as not there.
fn readable(body: &[u8]) -> Option<Message> {
    decode(body).inspect_err(|_| tracing::warn!("a stored message cannot be read")).ok()
}

/// Messages of one chat by their numbers; those that are not here are left out.
pub(crate) fn some(connection: &Connection, chat: PeerId, numbers: &[i32]) -> Result<Vec<Message>, Error> {
    let Some(chat) = find_chat(connection, chat)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for number in numbers {
        found.extend(one(connection, key(chat, *number))?);
    }
    Ok(found)
}

/// A page as it stands here.
pub(crate) fn page(connection: &Connection, chat: PeerId, place: Place, limit: usize) -> Result<StoredPage, Error> {
    let Some(chat) = find_chat(connection, chat)? else {
        return Ok(StoredPage { hole_before: true, hole_after: true, ..StoredPage::default() });
    };
    let limit = limit.max(1);
    let whole = ranges(connection, chat)?;
    let hole = || Ok(StoredPage { hole_before: true, hole_after: true, ..StoredPage::default() });
    let (stretch, older, newer) = match place {
        Place::Newest => match whole.newest().and_then(|newest| whole.whole(newest.last)) {
            Some(stretch) => (stretch, Some((stretch.last, limit)), None),
            None => return hole(),
        },
        Place::Before(id) => match id.checked_sub(1).and_then(|id| whole.whole(id)) {
            Some(stretch) => (stretch, Some((id.saturating_sub(1), limit)), None),
            None => return hole(),
        },
        Place::After(id) => match id.checked_add(1).and_then(|id| whole.whole(id)) {
            Some(stretch) => (stretch, None, Some((id.saturating_add(1), limit))),
            None => return hole(),
        },
        Place::Around(id) => {
            // One that stands alone (a hit, something answered) is shown alone.
            let stretch = whole.whole(id).unwrap_or(Stretch { first: id, last: id, verified: false });
            (stretch, Some((id.saturating_sub(1), limit / 2)), Some((id, limit - limit / 2)))
        }
        Place::Date(date) => match first_since(connection, chat, date, &whole)? {
            Some((id, stretch)) => (stretch, Some((id.saturating_sub(1), limit / 2)), Some((id, limit - limit / 2))),
            None => return hole(),
        },
    };
    let mut result = StoredPage { verified: stretch.verified, ..StoredPage::default() };
    if let Some((to, count)) = older {
        let from = stretch.first;
        let (mut messages, all) = between(connection, chat, (from, to.min(stretch.last)), count, true)?;
        messages.reverse();
        result.messages = messages;
        result.complete = all && from <= 1;
        result.hole_before = all && from > 1;
    }
    if let Some((from, count)) = newer {
        let (messages, all) = between(connection, chat, (from.max(stretch.first), stretch.last), count, false)?;
        result.messages.extend(messages);
        result.newest = all && stretch.last == NOW;
        result.hole_after = all && stretch.last != NOW;
    } else if matches!(place, Place::Newest) {
        result.newest = stretch.last == NOW;
        result.hole_after = stretch.last != NOW;
    }
    result.peers = people::named(connection, &result.messages)?;
    Ok(result)
}

/// Up to `count` messages from `first` to `last`, and whether these are all that there are.
fn between(
    connection: &Connection,
    chat: i64,
    (first, last): (i32, i32),
    count: usize,
    backwards: bool,
) -> Result<(Vec<Message>, bool), Error> {
    if first > last {
        return Ok((Vec::new(), true));
    }
    let mut statement = connection.prepare_cached(if backwards {
        "SELECT body FROM message WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?3"
    } else {
        "SELECT body FROM message WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT ?3"
    })?;
    let one_more = i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = statement.query(params![key(chat, first), key(chat, last), one_more])?;
    let mut messages = Vec::new();
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen > count {
            return Ok((messages, false));
        }
        messages.extend(readable(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?));
    }
    Ok((messages, true))
}

/// The first message that is not older than this time, if it is certain that it is the first: nothing may be missing
/// between it and the one before it.
fn first_since(
    connection: &Connection,
    chat: i64,
    date: i64,
    whole: &crate::Ranges,
) -> Result<Option<(i32, Stretch)>, Error> {
    let mut next =
        connection.prepare_cached("SELECT key, date FROM message WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT 1")?;
    // Time rises with the numbers, so halving finds it.
    let (mut low, mut high) = (1_i32, NOW);
    let mut found = None;
    while low <= high {
        let middle = low + (high - low) / 2;
        let row = next
            .query_row([key(chat, middle), key(chat, NOW)], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
            .optional()?;
        match row {
            Some((key, at)) if at < date => {
                let Some(after) = number(key).checked_add(1) else { break };
                low = after;
            }
            other => {
                if let Some((key, _)) = other {
                    found = Some(number(key));
                }
                if middle <= 1 {
                    break;
                }
                high = middle - 1;
            }
        }
    }
    let Some(id) = found else { return Ok(None) };
    let Some(stretch) = whole.whole(id) else { return Ok(None) };
    if stretch.first <= 1 {
        return Ok(Some((id, stretch)));
    }
    let before: Option<i64> = connection
        .prepare_cached("SELECT key FROM message WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1")?
        .query_row([key(chat, stretch.first), key(chat, id.saturating_sub(1))], |row| row.get(0))
        .optional()?;
    Ok(before.map(|_| (id, stretch)))
}

/// Messages whose time was up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// These are gone.
    pub gone: Vec<(PeerId, i32)>,
    /// When the next one's time is up, in Unix seconds.
    pub next: Option<i64>,
}

/// Removes the messages whose time is up.
pub(crate) fn expire(ingest: &mut Ingest<'_>, now: i64) -> Result<Expired, Error> {
    let connection = ingest.connection;
    let keys = {
        let mut statement =
            connection.prepare_cached("SELECT key FROM message WHERE expires IS NOT NULL AND expires <= ?1")?;
        let keys = statement.query_map([now], |row| row.get::<_, i64>(0))?;
        keys.collect::<Result<Vec<_>, _>>()?
    };
    let mut gone = Vec::new();
    for key in keys {
        let marked: i64 = connection
            .prepare_cached("SELECT id FROM chat WHERE number = ?1")?
            .query_row([chat_number(key)], |row| row.get(0))?;
        changes::deleted(ingest, key)?;
        gone.extend(PeerId::from_marked(marked).map(|chat| (chat, number(key))));
    }
    let next = connection
        .prepare_cached("SELECT min(expires) FROM message WHERE expires IS NOT NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(Expired { gone, next })
}

/// The number of the newest message of a chat that is here.
pub(crate) fn newest(connection: &Connection, chat: i64, within: Stretch) -> Result<Option<i64>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT key FROM message WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1")?;
    Ok(statement.query_row([key(chat, within.first), key(chat, within.last)], |row| row.get(0)).optional()?)
}

/// Whether this is a number of the server that can be stored.
pub(crate) fn is_numbered(message: &Message) -> bool {
    matches!(message.id, MessageId::Server(id) if id > 0)
}

#[cfg(test)]
pub(crate) mod tests;
