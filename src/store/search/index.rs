//! What is written to the index.
//!
//! A message is one row of an FTS5 table that keeps no text: our own words, separated by spaces. Words stand there as
//! they are and by their first two and three letters (`^th`, `^the`), scripts without spaces by characters and pairs
//! of characters, and what can be filtered by as a word with a sign before it: chat `@`, sender `$`, kind `#`. So
//! every search is one query that FTS5 answers row by row, newest first, and that ends when there are enough.
//! Beside it stands every word once, cut into threes, to find those that have the wanted letters inside; new ones wait
//! in a small table, which is looked through, until there are many.

use super::segment::{LONGEST, Piece, PieceKind, pieces};
use crate::Error;
use crate::kind::{Kind, has_link};
use heliograph_model::{Media, Message, PeerId};
use rusqlite::{CachedStatement, Connection};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rows of the index for each second.
const PER_SECOND: i64 = 16;

/// The first row of the index for messages of this time.
pub(crate) fn first_of(date: i64) -> i64 {
    date.clamp(0, i64::MAX / PER_SECOND / 2) * PER_SECOND
}

/// The word that stands for a chat.
pub(crate) fn chat_word(chat: PeerId) -> String {
    marked_word('@', chat)
}

/// The word that stands for a sender.
pub(crate) fn sender_word(sender: PeerId) -> String {
    marked_word('$', sender)
}

fn marked_word(sign: char, peer: PeerId) -> String {
    let letter = match peer {
        PeerId::User(_) => 'u',
        PeerId::Group(_) => 'g',
        PeerId::Channel(_) => 'c',
    };
    format!("{sign}{letter}{:x}", peer.bare())
}

/// The word that stands for a kind.
pub(crate) fn kind_word(kind: Kind) -> String {
    format!("#{}", kind as u8)
}

/// The word of everything that has an address in it.
pub(crate) const LINK: &str = "#link";

/// What of a message is searched.
pub(crate) fn texts(message: &Message) -> Vec<&str> {
    let mut texts = vec![message.text.text.as_str()];
    match &message.media {
        Some(Media::Poll(poll)) => {
            texts.push(&poll.question.text);
            texts.extend(poll.answers.iter().map(|answer| answer.text.text.as_str()));
        }
        Some(Media::Contact(contact)) => texts.push(&contact.name),
        Some(Media::Location(location)) => {
            texts.extend(location.venue.iter().flat_map(|(name, address)| [name.as_str(), address.as_str()]));
        }
        Some(Media::Audio(audio)) => {
            texts.extend(audio.title.iter().chain(&audio.performer).map(String::as_str));
        }
        _ => {}
    }
    texts.extend(message.media.as_ref().and_then(Media::document).map(|document| document.name.as_str()));
    texts.retain(|text| !text.is_empty());
    texts
}

/// The row of the index for a message; `None` for what is not searched.
pub(crate) fn words(message: &Message) -> Option<String> {
    let kind = Kind::of(message);
    if kind == Kind::Service {
        return None;
    }
    let mut row = format!("{} {} {}", chat_word(message.chat), sender_word(message.sender), kind_word(kind));
    if has_link(message) {
        let _ = write!(row, " {LINK}");
    }
    let mut words = Words::default();
    for text in texts(message) {
        words.take_all(text);
    }
    words.add_to(&mut row);
    Some(row)
}

/// The words of one message, in one piece of memory: this is done for every message that comes.
#[derive(Default)]
struct Words {
    text: String,
    ranges: Vec<Range<usize>>,
}

impl Words {
    fn take_all(&mut self, text: &str) {
        // No word reaches over one of these signs, so what is between them stands for itself; and most of it is plain.
        for part in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            if !part.is_ascii() {
                for piece in pieces(part) {
                    self.take(&piece);
                }
            } else if !part.is_empty() {
                self.take_plain(part);
            }
        }
    }

    /// A word of ASCII letters and digits only.
    fn take_plain(&mut self, word: &str) {
        for letters in [2, 3] {
            if let Some(beginning) = word.get(..letters) {
                self.put(&["^", beginning]);
            }
        }
        self.put(&[word.get(..LONGEST).unwrap_or(word)]);
        // It is all of ASCII, and so is what was put.
        let from = self.ranges.iter().rev().nth(word.len().min(3).saturating_sub(1)).map_or(0, |range| range.start);
        if let Some(put) = self.text.get_mut(from..) {
            put.make_ascii_lowercase();
        }
    }

    fn take(&mut self, piece: &Piece) {
        match piece.kind {
            PieceKind::Word => {
                for letters in [2, 3] {
                    if let Some(start) = first_letters(&piece.text, letters) {
                        self.put(&["^", start]);
                    }
                }
                self.put(&[cut(&piece.text)]);
            }
            PieceKind::Run => {
                let mut ends = piece.text.char_indices().map(|(at, c)| at..at + c.len_utf8());
                let mut before: Option<Range<usize>> = None;
                for now in &mut ends {
                    self.put(&[piece.text.get(now.clone()).unwrap_or_default()]);
                    if let Some(before) = before {
                        self.put(&[piece.text.get(before.start..now.end).unwrap_or_default()]);
                    }
                    before = Some(now);
                }
            }
        }
    }

    fn put(&mut self, parts: &[&str]) {
        let start = self.text.len();
        self.text.extend(parts.iter().copied());
        self.ranges.push(start..self.text.len());
    }

    /// Adds each of them once.
    fn add_to(&self, row: &mut String) {
        let mut words: Vec<&str> = self.ranges.iter().filter_map(|range| self.text.get(range.clone())).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            row.push(' ');
            row.push_str(word);
        }
    }
}

/// As much of a word as the index knows.
pub(crate) fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// The first letters of a word, if it has so many.
pub(crate) fn first_letters(word: &str, letters: usize) -> Option<&str> {
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.nth(letters.checked_sub(1)?).and_then(|end| word.get(..end))
}

/// What is to be done with a row of the index.
#[derive(Debug, PartialEq)]
pub(crate) enum Entry {
    /// It is new.
    Add(String),
    /// It was there, with other words.
    Replace(String),
    /// It goes.
    Remove,
}

impl Entry {
    /// The row gets these words. `known`: it stood in the index before.
    pub fn put(entries: &mut BTreeMap<i64, Self>, row: i64, words: String, known: bool) {
        let fresh = match entries.get(&row) {
            Some(Self::Add(_)) => true,
            Some(Self::Replace(_) | Self::Remove) => false,
            None => !known,
        };
        entries.insert(row, if fresh { Self::Add(words) } else { Self::Replace(words) });
    }

    /// The row goes.
    pub fn remove(entries: &mut BTreeMap<i64, Self>, row: i64) {
        if let Some(Self::Add(_)) = entries.get(&row) {
            entries.remove(&row);
        } else {
            entries.insert(row, Self::Remove);
        }
    }
}

/// Finds rows of the index for new messages.
#[derive(Default)]
pub(crate) struct Places<'c> {
    /// For seconds of which messages came already: the next row to try.
    next: HashMap<i64, i64>,
    insert: Option<CachedStatement<'c>>,
}

impl<'c> Places<'c> {
    /// Takes the first free row for a message of this time; where its second is full, one behind those that came before it.
    pub fn take(&mut self, connection: &'c Connection, date: i64, message: i64) -> Result<i64, Error> {
        let first = first_of(date);
        let next = self.next.entry(first).or_insert(first);
        let mut tries = 0;
        let insert = match &mut self.insert {
            Some(statement) => statement,
            none => {
                none.insert(connection.prepare_cached("INSERT OR IGNORE INTO document (id, message) VALUES (?1, ?2)")?)
            }
        };
        loop {
            let row = *next;
            *next += 1;
            if insert.execute([row, message])? == 1 {
                return Ok(row);
            }
            tries += 1;
            if tries == PER_SECOND {
                *next = free_after(connection, row)?;
            }
        }
    }
}

/// A free row behind this one that is taken, with a taken one before it. Thousands can come in a second and fill the hours
/// after it: they are not looked at one by one.
fn free_after(connection: &Connection, mut taken: i64) -> Result<i64, Error> {
    let mut look = connection.prepare_cached("SELECT 1 FROM document WHERE id = ?1")?;
    let mut step = PER_SECOND;
    while look.exists([taken + step])? {
        taken += step;
        step *= 2;
    }
    let mut free = taken + step;
    while free - taken > 1 {
        let between = taken + (free - taken) / 2;
        if look.exists([between])? { taken = between } else { free = between }
    }
    Ok(free)
}

/// Words that were seen to stand in the file, so that it need not be asked for each word of each message. Some may be
/// forgotten at any time.
#[derive(Default)]
pub(crate) struct KnownWords(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// A place for each remainder of a hash; empty until the first words come.
    hashes: Vec<u64>,
    state: RandomState,
    /// How many wait in `fresh_word`, at most; `None`: that is to be looked up.
    waiting: Option<i64>,
}

/// Half a megabyte, as soon as messages come.
const KNOWN: usize = 1 << 16;

/// So many fresh words are put among the others at once. Until then each is looked at when parts of words are searched.
const MOST_FRESH: i64 = 8192;

impl KnownWords {
    /// The file has no words any more.
    pub fn clear(&self) {
        let mut known = self.lock();
        (known.hashes, known.waiting) = (Vec::new(), None);
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn place(&mut self, hash: u64) -> Option<&mut u64> {
        if self.hashes.is_empty() {
            self.hashes = vec![0; KNOWN];
        }
        self.hashes.get_mut(hash as usize % KNOWN)
    }

    fn has(&mut self, word: &str) -> bool {
        let hash = self.state.hash_one(word);
        self.place(hash).is_some_and(|place| *place == hash)
    }

    fn keep(&mut self, word: &str) {
        let hash = self.state.hash_one(word);
        if let Some(place) = self.place(hash) {
            *place = hash;
        }
    }
}

/// Writes rows of the index, in their order: FTS5 begins a new piece wherever a row does not follow the one before.
/// To be done once in a transaction, as what stands in the file is taken for lasting.
pub(crate) fn write(connection: &Connection, entries: BTreeMap<i64, Entry>, known: &KnownWords) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut add = connection.prepare_cached("INSERT INTO word_index (rowid, words) VALUES (?1, ?2)")?;
    let mut replace = connection.prepare_cached("INSERT OR REPLACE INTO word_index (rowid, words) VALUES (?1, ?2)")?;
    let mut remove = connection.prepare_cached("DELETE FROM word_index WHERE rowid = ?1")?;
    let mut known = known.lock();
    let mut words = Vec::new();
    for (row, entry) in &entries {
        match entry {
            Entry::Add(text) => add.execute((row, text))?,
            Entry::Replace(text) => replace.execute((row, text))?,
            Entry::Remove => remove.execute([row])?,
        };
        if let Entry::Add(text) | Entry::Replace(text) = entry {
            // Shorter ones have nothing inside that is not found by their beginning.
            words.extend(text.split(' ').filter(|word| is_kept(word) && !known.has(word)));
        }
    }
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Ok(());
    }
    let mut fresh = connection.prepare_cached("INSERT OR IGNORE INTO fresh_word (word) VALUES (?1)")?;
    let mut waiting = match known.waiting {
        Some(waiting) => waiting,
        None => connection.query_row("SELECT count(*) FROM fresh_word", [], |row| row.get(0))?,
    };
    for word in words {
        if fresh.execute([word])? == 1 {
            // It is not known for good before this transaction is.
            waiting += 1;
        } else {
            known.keep(word);
        }
    }
    known.waiting = Some(waiting);
    if waiting >= MOST_FRESH {
        // Whether that is for good is not known here: they are counted anew.
        known.waiting = None;
        settle(connection)?;
    }
    Ok(())
}

/// Puts the fresh words among the others. The places of new words lie all over a large tree: with many at once, each part
/// of it that is touched is written once for several of them.
fn settle(connection: &Connection) -> Result<(), Error> {
    let fresh = {
        let mut statement = connection.prepare_cached("SELECT word FROM fresh_word ORDER BY word")?;
        let words = statement.query_map([], |row| row.get::<_, String>(0))?;
        words.collect::<Result<Vec<_>, _>>()?
    };
    let mut word_row = connection.prepare_cached("INSERT OR IGNORE INTO word (word) VALUES (?1)")?;
    let mut parts = connection.prepare_cached("INSERT INTO word_parts (rowid, word) VALUES (?1, ?2)")?;
    for word in &fresh {
        if word_row.execute([word])? == 1 {
            parts.execute((connection.last_insert_rowid(), word))?;
        }
    }
    connection.prepare_cached("DELETE FROM fresh_word")?.execute([])?;
    Ok(())
}

/// Words in which others can be found.
fn is_kept(word: &str) -> bool {
    !word.starts_with(['@', '$', '#', '^']) && first_letters(word, 4).is_some()
}

#[cfg(test)]
mod tests;
