//! Search in everything that was ever seen here, newest first.

pub(crate) mod index;
pub(crate) mod segment;
pub(crate) mod wording;

use crate::Error;
use crate::encoding::decode;
use crate::kind::Kind;
use crate::people;
use heliograph_model::{Message, Peer, PeerId};
use index::{LINK, chat_word, cut, first_letters, first_of, kind_word, sender_word, texts};
use rusqlite::{Connection, params};
use segment::{PieceKind, pieces};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::ops::Range;
use wording::{Wanted, Wording, place};

/// So many words that have the wanted letters inside are looked for; there may be more, and these are not found.
const MOST_WORDS: usize = 400;

/// What is searched for. Everything that is named must hold.
#[derive(Clone, Default, PartialEq)]
pub struct Search {
    /// Words, parts of words from three letters on, beginnings of words from two letters on.
    pub text: String,
    /// In this chat.
    pub chat: Option<PeerId>,
    /// From this sender.
    pub sender: Option<PeerId>,
    /// Of one of these kinds.
    pub kinds: Vec<Kind>,
    /// With an address in it.
    pub link: bool,
    /// Not before this time (Unix seconds).
    pub since: Option<i64>,
    /// Before this time (Unix seconds).
    pub until: Option<i64>,
    /// Goes on behind [`Found::next`] of an earlier answer.
    pub after: Option<i64>,
    /// So many.
    pub limit: usize,
}

// What people look for stays out of logs.
impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("chat", &self.chat).field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Newest first.
    pub hits: Vec<Hit>,
    /// Those of the people whom they name that are known here.
    pub peers: Vec<Peer>,
    /// There may be more: where to go on.
    pub next: Option<i64>,
    /// So many words have the wanted letters inside that not all were looked for.
    pub partial: bool,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The message.
    pub message: Message,
    /// Where in its text the wanted words stand, in bytes.
    pub marks: Vec<Range<usize>>,
}

pub(crate) fn search(connection: &Connection, search: &Search) -> Result<Found, Error> {
    let Wording(wanted) = Wording::new(&search.text);
    let mut found = Found::default();
    // Signs alone find nothing, rather than everything.
    if wanted.is_empty() && !search.text.trim().is_empty() {
        return Ok(found);
    }
    let Some(expression) = expression(connection, search, &wanted, &mut found.partial)? else { return Ok(found) };
    let mut statement = connection.prepare_cached(
        "SELECT word_index.rowid, message.body
         FROM word_index CROSS JOIN document ON document.id = word_index.rowid
            CROSS JOIN message ON message.key = document.message
         WHERE word_index MATCH ?1 AND word_index.rowid >= ?2 AND word_index.rowid < ?3
         ORDER BY word_index.rowid DESC",
    )?;
    let first = search.since.map_or(0, first_of);
    let end = search.until.map_or(i64::MAX, first_of).min(search.after.unwrap_or(i64::MAX));
    let mut rows = statement.query(params![expression, first, end])?;
    while let Some(row) = rows.next()? {
        let Ok(message) = decode::<Message>(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?) else {
            continue;
        };
        if let Some(marks) = marks(&message, &wanted) {
            found.hits.push(Hit { message, marks });
            if found.hits.len() >= search.limit.max(1) {
                found.next = Some(row.get(0)?);
                break;
            }
        }
    }
    let mut named = BTreeSet::new();
    for hit in &found.hits {
        people::name(&hit.message, &mut named);
    }
    found.peers = people::some(connection, named)?;
    Ok(found)
}

/// What FTS5 is asked; `None` if nothing can be found.
fn expression(
    connection: &Connection,
    search: &Search,
    wanted: &[Wanted],
    partial: &mut bool,
) -> Result<Option<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    // Filters first: they are rarer than most words.
    all.extend(search.chat.map(|chat| quoted(&chat_word(chat))));
    all.extend(search.sender.map(|sender| quoted(&sender_word(sender))));
    if !search.kinds.is_empty() {
        all.push(either(search.kinds.iter().map(|kind| kind_word(*kind))));
    }
    if search.link {
        all.push(quoted(LINK));
    }
    for wanted in wanted {
        match wanted.kind {
            PieceKind::Run => {
                let characters: Vec<char> = wanted.text.chars().collect();
                match characters.as_slice() {
                    [one] => all.push(quoted(&one.to_string())),
                    many => all.extend(many.windows(2).map(|pair| quoted(&String::from_iter(pair)))),
                }
            }
            PieceKind::Word => match word_expression(connection, &wanted.text, partial)? {
                Some(expression) => all.push(expression),
                None => return Ok(None),
            },
        }
    }
    all.dedup();
    Ok((!all.is_empty()).then(|| all.join(" AND ")))
}

fn word_expression(connection: &Connection, word: &str, partial: &mut bool) -> Result<Option<String>, Error> {
    let letters = word.chars().take(4).count();
    if letters == 1 {
        return Ok(Some(quoted(word)));
    }
    if letters == 2 {
        return Ok(Some(quoted(&format!("^{word}"))));
    }
    let mut words: Vec<String> = Vec::new();
    let start = first_letters(word, 3).unwrap_or(word);
    let (inside, more) = words_with(connection, cut(word))?;
    if letters == 3 {
        words.push(format!("^{word}"));
        words.extend(inside.into_iter().filter(|other| !other.starts_with(word)));
    } else if more {
        // Too many to name: those that begin so are found by their beginning.
        words.push(format!("^{start}"));
        words.extend(inside.into_iter().filter(|other| !other.starts_with(start)));
    } else {
        words = inside;
    }
    *partial |= more;
    Ok((!words.is_empty()).then(|| either(words)))
}

/// The words that have these letters inside, and whether there are more of them.
fn words_with(connection: &Connection, part: &str) -> Result<(Vec<String>, bool), Error> {
    let letters: Vec<char> = part.chars().collect();
    let threes: Vec<String> = letters.windows(3).map(|three| quoted(&String::from_iter(three))).collect();
    let mut statement = connection.prepare_cached(
        "SELECT word.word FROM word_parts CROSS JOIN word ON word.id = word_parts.rowid WHERE word_parts MATCH ?1",
    )?;
    let mut rows = statement.query([threes.join(" AND ")])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        if word.contains(part) {
            if words.len() >= MOST_WORDS {
                return Ok((words, true));
            }
            words.push(word);
        }
    }
    // Those that came last stand in no tree yet. Some of them may stand among the others, too.
    let mut statement = connection.prepare_cached("SELECT word FROM fresh_word WHERE instr(word, ?1) > 0")?;
    let mut rows = statement.query([part])?;
    let settled: HashSet<String> = words.iter().cloned().collect();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        if !settled.contains(&word) {
            if words.len() >= MOST_WORDS {
                return Ok((words, true));
            }
            words.push(word);
        }
    }
    Ok((words, false))
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

fn either(words: impl IntoIterator<Item = String>) -> String {
    let mut any = String::from("(");
    for (n, word) in words.into_iter().enumerate() {
        let _ = write!(any, "{}\"{word}\"", if n == 0 { "" } else { " OR " });
    }
    any.push(')');
    any
}

/// Where the wanted words stand in the message's own text; `None` if one of them stands nowhere in the message. The
/// index knows beginnings, pairs and the first letters of very long words only: this is what decides.
fn marks(message: &Message, wanted: &[Wanted]) -> Option<Vec<Range<usize>>> {
    let mut marks = Vec::new();
    let mut missing: Vec<bool> = wanted.iter().map(|_| true).collect();
    let texts = texts(message);
    for text in &texts {
        // Only what stands in its text can be marked.
        let own = !message.text.text.is_empty() && std::ptr::eq(*text, message.text.text.as_str());
        for piece in pieces(text) {
            for (wanted, missing) in wanted.iter().zip(&mut missing) {
                if let Some(at) = wanted.find(&piece) {
                    *missing = false;
                    if own {
                        marks.push(place(text, &piece, at, wanted.text.len()));
                    }
                }
            }
        }
    }
    marks.sort_unstable_by_key(|range| (range.start, range.end));
    marks.dedup();
    missing.iter().all(|missing| !missing).then_some(marks)
}

#[cfg(test)]
mod tests;
