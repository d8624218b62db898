//! Steps from one place of a text to the next, for those who choose words with the keys.

use super::State;
use iced::Point;
use unicode_segmentation::UnicodeSegmentation;

/// How far, and towards which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One character to the left or to the right, as they are seen.
    Letter(Side),
    /// One word.
    Word(Side),
    /// One line.
    Line(Side),
}

/// Towards which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left, or up.
    Before,
    /// To the right, or down.
    After,
}

impl Step {
    /// Whether it leads towards the beginning of a text that is read in this direction.
    pub fn is_back(self, rtl: bool) -> bool {
        match self {
            Self::Letter(side) | Self::Word(side) => (side == Side::Before) != rtl,
            Self::Line(side) => side == Side::Before,
        }
    }
}

impl State {
    /// The place a step away from a byte of the text; nothing where the text ends.
    pub fn step(&self, byte: usize, step: Step) -> Option<usize> {
        let byte = byte.min(self.len());
        let back = step.is_back(self.is_rtl_at(byte));
        match step {
            Step::Letter(_) => self.letter_from(byte, back),
            Step::Word(_) => self.word_from(byte, back),
            Step::Line(_) => self.line_from(byte, back),
        }
    }

    /// Whether the text there is read from right to left.
    pub fn is_rtl_at(&self, byte: usize) -> bool {
        let block = self.blocks.iter().rev().find(|block| block.part.range.start <= byte);
        block.is_some_and(|block| block.shaped.is_rtl())
    }

    fn letter_from(&self, byte: usize, back: bool) -> Option<usize> {
        let (before, after) = self.text.text.split_at_checked(byte)?;
        match back {
            true => before.grapheme_indices(true).next_back().map(|(at, _)| at),
            false => after.graphemes(true).next().map(|letter| byte + letter.len()),
        }
    }

    fn word_from(&self, byte: usize, back: bool) -> Option<usize> {
        let (before, after) = self.text.text.split_at_checked(byte)?;
        match back {
            true if before.is_empty() => None,
            true => Some(before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)),
            false if after.is_empty() => None,
            false => {
                let next = after.unicode_word_indices().next();
                Some(next.map_or(self.len(), |(at, word)| byte + at + word.len()))
            }
        }
    }

    fn line_from(&self, byte: usize, back: bool) -> Option<usize> {
        // The character at the place, or the one before it, says where that is.
        let next = self.letter_from(byte, false).map(|end| (byte..end, false));
        let (letter, behind) = next.or_else(|| Some((self.letter_from(byte, true)?..byte, true)))?;
        let at = self.regions_of(&letter).into_iter().next()?;
        let x = at.x + if behind != self.is_rtl_at(byte) { at.width } else { 0.0 };
        // Gaps between blocks are no lines.
        (1..=8).find_map(|by| {
            let by = by as f32 * at.height / 2.0;
            let y = if back { at.y - by } else { at.y + at.height + by };
            let inside = 0.0 <= y && y < self.height();
            let there = inside.then(|| self.hit(Point::new(x, y)))?;
            (if back { there < byte } else { there > byte }).then_some(there)
        })
    }
}
