//! Text with formatting.
//!
//! Telegram counts in UTF-16 code units (core.telegram.org/api/entities); we count in bytes of UTF-8, always on
//! character boundaries. [`Utf16`] translates at the border.

mod markup;

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Words and what stands out in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FormattedText {
    /// The words.
    pub text: String,
    /// What stands out, in order of start, longer first. Ranges lie inside the text, on character boundaries, and are not empty.
    pub entities: Vec<Entity>,
}

/// A stretch of text that stands out. Stretches may nest and overlap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entity {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How it stands out.
    pub kind: EntityKind,
}

/// Ways to stand out (core.telegram.org/type/MessageEntity).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are Telegram's own")]
pub enum EntityKind {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
    Code,
    /// A block of code and its language (may be empty).
    Pre(String),
    /// Somebody's words, of which only the beginning shows at first if it is `collapsed`.
    Quote {
        collapsed: bool,
    },
    /// An address that stands in the text as it is.
    Url,
    /// Words that lead to an address.
    TextUrl(String),
    Mention,
    /// A person without a public name, by id.
    MentionName(i64),
    Hashtag,
    Cashtag,
    BotCommand,
    Email,
    Phone,
    BankCard,
    /// An emoji picture, by document id.
    CustomEmoji(i64),
}

/// A stretch in which everything looks alike: the parts that entities cut a text into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// The words of this stretch.
    pub text: &'a str,
    /// Where they stand in the whole.
    pub range: Range<usize>,
    /// Everything that applies here, outermost first.
    pub entities: Vec<&'a Entity>,
}

impl Span<'_> {
    /// Whether it is hidden until somebody wants to see it.
    pub fn is_spoiler(&self) -> bool {
        self.entities.iter().any(|entity| entity.kind == EntityKind::Spoiler)
    }
}

impl FormattedText {
    /// Words without formatting.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), entities: Vec::new() }
    }

    /// Takes words and entities with UTF-16 offsets, as they come from the network: what lies outside the text, is
    /// empty, or cuts a character is clipped or dropped.
    pub fn from_utf16(text: String, entities: impl IntoIterator<Item = (i64, i64, EntityKind)>) -> Self {
        let map = Utf16::new(&text);
        let mut entities: Vec<_> = entities
            .into_iter()
            .filter_map(|(offset, length, kind)| {
                let start = map.to_byte(offset.max(0));
                let end = map.to_byte(offset.saturating_add(length.max(0)));
                (start < end).then_some(Entity { start, end, kind })
            })
            .collect();
        entities.sort_by_key(|entity| (entity.start, usize::MAX - entity.end));
        Self { text, entities }
    }

    /// The entities with offset and length in UTF-16 code units.
    pub fn utf16_entities(&self) -> impl Iterator<Item = (i32, i32, &EntityKind)> {
        let map = Utf16::new(&self.text);
        self.entities.iter().map(move |entity| {
            let start = map.to_utf16(entity.start);
            (start as i32, map.to_utf16(entity.end).saturating_sub(start) as i32, &entity.kind)
        })
    }

    /// Cuts the text wherever something begins or ends. The spans cover the text exactly once, in order.
    pub fn spans(&self) -> Vec<Span<'_>> {
        self.spans_within(0..self.text.len())
    }

    /// Cuts a part of the text, of which ends that lie within a character move back to its beginning.
    pub fn spans_within(&self, range: Range<usize>) -> Vec<Span<'_>> {
        let range = self.clip(range);
        let mut cuts: Vec<usize> = self
            .entities
            .iter()
            .flat_map(|entity| [entity.start, entity.end])
            .filter(|at| range.contains(at) && self.text.is_char_boundary(*at))
            .chain([range.start, range.end])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2)
            .filter_map(|pair| match pair {
                &[start, end] => Some(Span {
                    text: self.text.get(start..end)?,
                    range: start..end,
                    entities: self.entities.iter().filter(|e| e.start <= start && end <= e.end).collect(),
                }),
                _ => None,
            })
            .collect()
    }

    /// The nearest range that lies inside the text, on character boundaries.
    fn clip(&self, range: Range<usize>) -> Range<usize> {
        let floor = |at: usize| {
            let at = at.min(self.text.len());
            (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
        };
        let start = floor(range.start);
        start..floor(range.end).max(start)
    }

    /// A part of the text with what stands out in it. Ends that lie within a character move back to its beginning.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let range = self.clip(range);
        let within = |at: usize| at.clamp(range.start, range.end) - range.start;
        Self {
            text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
            entities: self
                .entities
                .iter()
                .filter_map(|entity| {
                    let (start, end) = (within(entity.start), within(entity.end));
                    (start < end).then(|| Entity { start, end, kind: entity.kind.clone() })
                })
                .collect(),
        }
    }

    /// A part of the text as somebody sees it who has looked only under those spoilers that begin at `revealed`: marks
    /// stand for the letters of others, and where these lead is left out.
    pub fn seen(&self, range: Range<usize>, revealed: &[usize]) -> Self {
        let hidden: Vec<&Entity> = self
            .entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Spoiler && !revealed.contains(&entity.start))
            .collect();
        if hidden.is_empty() {
            return self.slice(range);
        }
        let range = self.clip(range);
        let mut text = String::with_capacity(range.len());
        // (byte here, byte there) at each cut.
        let mut cuts = vec![(range.start, 0)];
        for span in self.spans_within(range) {
            if hidden.iter().any(|spoiler| spoiler.start <= span.range.start && span.range.end <= spoiler.end) {
                text.extend(span.text.chars().map(|c| if c.is_whitespace() { c } else { VEIL }));
            } else {
                text.push_str(span.text);
            }
            cuts.push((span.range.end, text.len()));
        }
        let moved = |at: usize| {
            let after = cuts.partition_point(|(here, _)| *here <= at);
            after.checked_sub(1).and_then(|index| cuts.get(index)).map_or(0, |(_, there)| *there)
        };
        let shown = |entity: &&Entity| {
            entity.kind == EntityKind::Spoiler
                || !hidden.iter().any(|spoiler| spoiler.start <= entity.start && entity.end <= spoiler.end)
        };
        let entities = self
            .entities
            .iter()
            .filter(shown)
            .filter_map(|entity| {
                let (start, end) = (moved(entity.start), moved(entity.end));
                (start < end).then(|| Entity { start, end, kind: entity.kind.clone() })
            })
            .collect();
        Self { text, entities }
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The same without white space around it, entities moved along.
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.slice(start..self.text.trim_end().len().max(start))
    }
}

/// Stands for a letter under a spoiler.
pub const VEIL: char = '\u{2592}';

/// Translates offsets between bytes of UTF-8 and code units of UTF-16 for one text.
#[derive(Debug)]
pub struct Utf16 {
    /// (byte, UTF-16 unit) at each character, and at the end.
    marks: Vec<(usize, usize)>,
}

impl Utf16 {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        let mut units = 0;
        let mut marks: Vec<_> = text
            .char_indices()
            .map(|(byte, c)| {
                let mark = (byte, units);
                units += c.len_utf16();
                mark
            })
            .collect();
        marks.push((text.len(), units));
        Self { marks }
    }

    /// The byte at which the unit begins; the start of the character that it cuts; the end of the text past it.
    pub fn to_byte(&self, unit: i64) -> usize {
        let unit = usize::try_from(unit).unwrap_or(0);
        let after = self.marks.partition_point(|&(_, u)| u <= unit);
        after.checked_sub(1).and_then(|i| self.marks.get(i)).map_or(0, |&(byte, _)| byte)
    }

    /// The unit at which the byte begins; the start of the character that it cuts.
    pub fn to_utf16(&self, byte: usize) -> usize {
        let after = self.marks.partition_point(|&(b, _)| b <= byte);
        after.checked_sub(1).and_then(|i| self.marks.get(i)).map_or(0, |&(_, unit)| unit)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_utf16_units() {
        // One unit, two units (surrogates), one unit of three bytes.
        let text = FormattedText::from_utf16("a😀漢b".into(), [(1, 2, EntityKind::Bold), (3, 1, EntityKind::Code)]);
        assert_eq!(text.entities[0], Entity { start: 1, end: 5, kind: EntityKind::Bold });
        assert_eq!(text.entities[1], Entity { start: 5, end: 8, kind: EntityKind::Code });
        let back: Vec<_> = text.utf16_entities().map(|(o, l, _)| (o, l)).collect();
        assert_eq!(back, [(1, 2), (3, 1)]);
    }

    #[test]
    fn bad_entities_are_clipped_or_dropped() {
        let text = FormattedText::from_utf16(
            "ab😀".into(),
            [
                (-5, 2, EntityKind::Bold),
                (1, 900, EntityKind::Italic),
                (9, 2, EntityKind::Code),
                (0, 0, EntityKind::Url),
                (i64::MAX, i64::MAX, EntityKind::Url),
            ],
        );
        assert_eq!(text.entities, [Entity { start: 1, end: 6, kind: EntityKind::Italic }]);
        // Half a surrogate pair is not a character.
        let text = FormattedText::from_utf16("😀".into(), [(0, 1, EntityKind::Bold)]);
        assert!(text.entities.is_empty());
    }

    #[test]
    fn spans_cover_the_text_once() {
        let text =
            FormattedText::from_utf16("one two three".into(), [(0, 7, EntityKind::Bold), (4, 9, EntityKind::Italic)]);
        let spans = text.spans();
        assert_eq!(spans.iter().map(|s| s.text).collect::<String>(), text.text);
        assert_eq!(spans.iter().map(|s| s.entities.len()).collect::<Vec<_>>(), [1, 2, 1]);
    }

    #[test]
    fn trimming_moves_entities() {
        let text =
            FormattedText::from_utf16("  hi you \n".into(), [(1, 3, EntityKind::Bold), (8, 2, EntityKind::Code)])
                .trimmed();
        assert_eq!(text.text, "hi you");
        assert_eq!(text.entities, [Entity { start: 0, end: 2, kind: EntityKind::Bold }]);
    }
}
