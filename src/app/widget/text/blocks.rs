//! A text as blocks that stand below each other: words, code, what somebody else said.

use heliograph_model::{EntityKind, FormattedText};
use std::ops::Range;

/// A stretch of a text that is shaped as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its bytes, without the breaks around it.
    pub range: Range<usize>,
    /// It is code; the name of its language, if it has one.
    pub code: Option<String>,
    /// The quote that it is in.
    pub quote: Option<Quoted>,
}

/// A quote in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Its first byte, by which it is known.
    pub start: usize,
    /// Only its beginning shows until it is opened.
    pub collapsed: bool,
}

/// Cuts a text where a block begins or ends. All but breaks between blocks is in one of them, in order.
pub fn parts(text: &FormattedText) -> Vec<Part> {
    let is_block = |kind: &EntityKind| matches!(kind, EntityKind::Pre(_) | EntityKind::Quote { .. });
    if !text.entities.iter().any(|entity| is_block(&entity.kind)) {
        return vec![Part { range: 0..text.text.len(), code: None, quote: None }];
    }
    // The bytes, the code that they are in and the quote, by where these begin.
    let mut parts: Vec<(Part, Option<usize>)> = Vec::new();
    for span in text.spans() {
        let code = span.entities.iter().find_map(|entity| match &entity.kind {
            EntityKind::Pre(language) => Some((entity.start, language)),
            _ => None,
        });
        let quote = span.entities.iter().find_map(|entity| match entity.kind {
            EntityKind::Quote { collapsed } => Some(Quoted { start: entity.start, collapsed }),
            _ => None,
        });
        match parts.last_mut() {
            Some((last, from)) if last.quote == quote && *from == code.map(|(start, _)| start) => {
                last.range.end = span.range.end;
            }
            _ => {
                let language = code.map(|(_, language)| language.trim().to_owned());
                parts.push((Part { range: span.range, code: language, quote }, code.map(|(start, _)| start)));
            }
        }
    }
    let mut parts: Vec<Part> = parts.into_iter().map(|(part, _)| part).collect();
    let count = parts.len();
    for (index, part) in parts.iter_mut().enumerate() {
        let words = text.text.get(part.range.clone()).unwrap_or_default();
        // The block itself begins a line and ends one.
        let plain = part.code.is_none() && part.quote.is_none();
        let front = match (plain, index > 0) {
            (true, true) => usize::from(words.starts_with('\n')),
            (true, false) => 0,
            (false, _) => words.len() - words.trim_start_matches('\n').len(),
        };
        let rest = words.get(front..).unwrap_or_default();
        let back = match (plain, index + 1 < count) {
            (true, true) => usize::from(rest.ends_with('\n')),
            (true, false) => 0,
            (false, _) => rest.len() - rest.trim_end_matches('\n').len(),
        };
        part.range = part.range.start + front..part.range.end - back;
    }
    parts.retain(|part| !part.range.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(words: &str, entities: &[(i64, i64, EntityKind)]) -> Vec<(String, bool, bool)> {
        let text = FormattedText::from_utf16(words.into(), entities.iter().cloned());
        parts(&text)
            .into_iter()
            .map(|part| (text.text[part.range].to_owned(), part.code.is_some(), part.quote.is_some()))
            .collect()
    }

    #[test]
    fn blocks_stand_alone_without_the_breaks_around_them() {
        let parts = cut("see\nlet a;\n\nthen", &[(4, 7, EntityKind::Pre("rust".into()))]);
        assert_eq!(
            parts,
            [("see".into(), false, false), ("let a;".into(), true, false), ("then".into(), false, false)]
        );
        assert_eq!(cut("one\n\ntwo", &[]), [("one\n\ntwo".into(), false, false)]);
    }

    #[test]
    fn code_in_a_quote_belongs_to_both() {
        let quote = EntityKind::Quote { collapsed: false };
        let parts = cut("said\ncode\nmore", &[(0, 14, quote), (5, 4, EntityKind::Pre(String::new()))]);
        assert_eq!(parts, [("said".into(), false, true), ("code".into(), true, true), ("more".into(), false, true)]);
    }

    #[test]
    fn two_quotes_in_a_row_are_two() {
        let quote = || EntityKind::Quote { collapsed: true };
        let text = FormattedText::from_utf16("a\nb".into(), [(0, 2, quote()), (2, 1, quote())]);
        let parts = parts(&text);
        assert_eq!(parts.len(), 2);
        assert_ne!(parts[0].quote, parts[1].quote);
    }
}
