//! Text with formatting.
//!
//! Telegram counts in UTF-16 code units (core.telegram.org/api/entities); we count in bytes of UTF-8, always on
//! character boundaries. [`Utf16`] translates at the border.

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
    Quote,
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
    pub kinds: Vec<&'a EntityKind>,
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
        let mut cuts: Vec<usize> = self
            .entities
            .iter()
            .flat_map(|entity| [entity.start, entity.end])
            .chain([0, self.text.len()])
            .filter(|&at| self.text.is_char_boundary(at))
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2)
            .filter_map(|pair| match pair {
                &[start, end] => Some(Span {
                    text: self.text.get(start..end)?,
                    range: start..end,
                    kinds: self.entities.iter().filter(|e| e.start <= start && end <= e.end).map(|e| &e.kind).collect(),
                }),
                _ => None,
            })
            .collect()
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The same without white space around it, entities moved along.
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text.trim_end().len().max(start);
        Self {
            text: self.text.get(start..end).unwrap_or_default().to_owned(),
            entities: self
                .entities
                .iter()
                .filter_map(|entity| {
                    let (s, e) = (entity.start.clamp(start, end) - start, entity.end.clamp(start, end) - start);
                    (s < e).then(|| Entity { start: s, end: e, kind: entity.kind.clone() })
                })
                .collect(),
        }
    }
}

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
        assert_eq!(spans.iter().map(|s| s.kinds.len()).collect::<Vec<_>>(), [1, 2, 1]);
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
