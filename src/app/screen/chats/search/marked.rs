//! Words in one line, with those marked that are searched for.

use crate::theme::Look;
use crate::widget::text::{Line, line};
use heliograph_store::Wording;
use iced::{Color, Font};
use std::ops::Range;

/// So many characters stand before the first word that is marked, at most.
const BEFORE: usize = 24;
/// So many bytes of a text are looked through: what is far behind is in no line.
const LOOKED: usize = 16 * 1024;
/// So many characters follow.
const LONGEST: usize = 240;

/// One line of a text, and where in it the words stand, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The line.
    pub text: String,
    /// In their order.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// The part of a text around the first word that is searched for.
    pub fn around(text: &str, wording: &Wording) -> Self {
        let mut end = text.len().min(LOOKED);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let whole = text.get(..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let marks = wording.marks(&whole);
        let start = marks.first().map_or(0, |first| beginning(&whole, first.start));
        let shown = whole.get(start..).unwrap_or_default();
        let end = shown.char_indices().nth(LONGEST).map_or(shown.len(), |(end, _)| end);
        let shown = shown.get(..end).unwrap_or_default();
        let dots = if start > 0 { "…" } else { "" };
        let moved = |at: usize| at.saturating_sub(start) + dots.len();
        let marks = marks.into_iter().map(|mark| moved(mark.start)..moved(mark.end));
        let text = format!("{dots}{shown}");
        let marks = marks.filter(|mark| text.get(mark.clone()).is_some()).collect();
        Self { text, marks }
    }

    /// A whole name.
    pub fn name(name: &str, wording: &Wording) -> Self {
        Self { text: name.to_owned(), marks: wording.name_marks(name) }
    }

    /// As a line of this size and colour.
    pub fn line<'a>(&self, look: Look, size: f32, color: Color, font: Option<Font>) -> Line<'a> {
        let ink = look.palette.accent_text;
        let mut out = line(size, color);
        let mut at = 0;
        for mark in &self.marks {
            let (before, marked) = (self.text.get(at..mark.start), self.text.get(mark.clone()));
            if let (Some(before), Some(marked)) = (before, marked) {
                if !before.is_empty() {
                    out = out.push(before.to_owned(), font, None);
                }
                // Not in another weight: within a word, the letters behind would have it as well.
                out = out.push(marked.to_owned(), font, Some(ink));
                at = mark.end;
            }
        }
        out.push(self.text.get(at..).unwrap_or_default().to_owned(), font, None)
    }
}

/// Where the line begins for the first mark to be seen: at a word's beginning shortly before it.
fn beginning(text: &str, mark: usize) -> usize {
    let before = text.get(..mark).unwrap_or_default();
    if before.chars().count() <= BEFORE {
        return 0;
    }
    let far = before.char_indices().rev().nth(BEFORE / 2).map_or(0, |(at, _)| at);
    // Not in the midst of a word, where there are words.
    let near = before.get(far..).unwrap_or_default();
    near.find(' ').map_or(far, |space| far + space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(line: &Marked) -> Vec<&str> {
        line.marks.iter().map(|mark| &line.text[mark.clone()]).collect()
    }

    #[test]
    fn the_first_word_found_is_in_sight() {
        let wording = Wording::new("lens");
        let line = Marked::around("the north\nlens is in place", &wording);
        assert_eq!((line.text.as_str(), marked(&line)), ("the north lens is in place", vec!["lens"]));
        let far = "we talked a long time about the weather before anyone said a word of the lens, the LENS";
        let line = Marked::around(far, &wording);
        assert!(line.text.starts_with('…') && line.text.len() < far.len(), "{}", line.text);
        assert!(line.text.find("lens").unwrap() < 20, "{}", line.text);
        assert_eq!(marked(&line), ["lens", "LENS"]);
    }

    #[test]
    fn texts_without_spaces_and_very_long_ones_are_cut_between_characters() {
        let wording = Wording::new("灯台");
        let text = format!("{}灯台{}", "海".repeat(60), "山".repeat(9000));
        let line = Marked::around(&text, &wording);
        assert_eq!(marked(&line), ["灯台"]);
        assert!(line.text.chars().count() <= LONGEST + 1);
        assert_eq!(Marked::around("", &wording), Marked::default());
    }
}
