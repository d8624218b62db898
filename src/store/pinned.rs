//! What is kept at the top of each chat, as the server told it last and as it has changed since.

use crate::Error;
use crate::encoding::{decode, encode};
use crate::history;
use heliograph_model::{Change, Message, PeerId};
use rusqlite::{Connection, OptionalExtension, params};

/// The numbers, newest first; `None` if it was never told.
fn numbers(connection: &Connection, chat: PeerId) -> Result<Option<Vec<i32>>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM pinned WHERE chat = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([chat.marked()], |row| row.get(0)).optional()?;
    body.map(|body| decode(&body)).transpose()
}

/// The messages, newest first, without those that are gone; `None` if it was never told which these are.
pub(crate) fn get(connection: &Connection, chat: PeerId) -> Result<Option<Vec<Message>>, Error> {
    numbers(connection, chat)?.map(|numbers| history::some(connection, chat, &numbers)).transpose()
}

/// These it is, whatever was known before.
pub(crate) fn set(connection: &Connection, chat: PeerId, numbers: &[i32]) -> Result<(), Error> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    connection
        .prepare_cached(
            "INSERT INTO pinned (chat, body) VALUES (?1, ?2) ON CONFLICT (chat) DO UPDATE SET body = excluded.body",
        )?
        .execute(params![chat.marked(), encode(&numbers)?])?;
    Ok(())
}

/// These are pinned, too, or not any more. Where it was never told which are, that stays unknown.
pub(crate) fn change(connection: &Connection, chat: PeerId, messages: &[i32], pinned: bool) -> Result<(), Error> {
    let Some(mut numbers) = numbers(connection, chat)? else { return Ok(()) };
    numbers.retain(|number| !messages.contains(number));
    if pinned {
        numbers.extend(messages);
    }
    set(connection, chat, &numbers)
}

/// What happened since it was asked which are pinned.
pub(crate) fn again(connection: &Connection, chat: PeerId, since: &[Change]) -> Result<(), Error> {
    for happened in since {
        if let Change::Pinned { chat: of, messages, pinned } = happened
            && *of == chat
        {
            change(connection, chat, messages, *pinned)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::tests::memory;

    const CHAT: PeerId = PeerId::Channel(5);

    #[test]
    fn what_is_pinned_follows_the_server_and_what_happens() {
        let connection = memory();
        let now = |connection: &Connection| numbers(connection, CHAT).unwrap();
        change(&connection, CHAT, &[3], true).unwrap();
        assert_eq!(now(&connection), None, "one of perhaps many is no list");
        set(&connection, CHAT, &[3, 9, 3]).unwrap();
        change(&connection, CHAT, &[7], true).unwrap();
        assert_eq!(now(&connection), Some(vec![9, 7, 3]));
        change(&connection, CHAT, &[9, 7], false).unwrap();
        assert_eq!(now(&connection), Some(vec![3]));
        // An answer to what was asked before this happened does not undo it.
        set(&connection, CHAT, &[9, 3]).unwrap();
        let pinned = |chat, message, pinned| Change::Pinned { chat, messages: vec![message], pinned };
        let other = PeerId::Channel(6);
        again(&connection, CHAT, &[pinned(CHAT, 9, false), pinned(other, 3, false), pinned(CHAT, 4, true)]).unwrap();
        assert_eq!(now(&connection), Some(vec![4, 3]));
        assert_eq!(get(&connection, CHAT).unwrap(), Some(Vec::new()), "those that are not here are left out");
        assert_eq!(get(&connection, other).unwrap(), None);
    }
}
