//! What is true of any text as it is shaped, with any entities.

use super::blocks;
use super::spans::{self, Letters};
use super::state::State;
use crate::theme::Look;
use heliograph_model::{EntityKind, FormattedText};
use iced::{Color, Point};

const PIECES: &[&str] = &[
    "a",
    "word ",
    "two, ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "é",
    "e\u{301}",
    "漢字",
    "हिन्दी",
    "سلام ",
    "עולם ",
    "мир ",
    "😀",
    "👍🏽",
    "👩‍👩‍👧",
    "🇺🇦",
    "❤️",
    "\u{200b}",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{2060}",
    "\u{2029}",
    "\u{1c}",
    "12 ",
    "https://a.example ",
    "let x = \"y\"; ",
    "\u{202f}",
];

/// Chance that is the same in every run.
struct Noise(u64);

impl Noise {
    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }
}

/// Texts of every kind, with what they came from.
fn texts(count: u64) -> impl Iterator<Item = (Noise, FormattedText)> {
    use EntityKind::*;
    (0..count).map(|seed| {
        let mut noise = Noise(seed);
        let words: String = (0..noise.below(20)).map(|_| noise.pick(PIECES)).collect();
        let entities: Vec<_> = (0..noise.below(8))
            .map(|_| {
                let kind = match noise.below(11) {
                    0 => Bold,
                    1 => Code,
                    2 => Spoiler,
                    3 => Pre("rust".into()),
                    4 => Pre(String::new()),
                    5 => Quote { collapsed: true },
                    6 => Quote { collapsed: false },
                    7 => Url,
                    8 => TextUrl("https://b.example".into()),
                    9 => CustomEmoji(5),
                    _ => Underline,
                };
                (noise.below(52) as i64 - 2, noise.below(32) as i64 - 2, kind)
            })
            .collect();
        (noise, FormattedText::from_utf16(words, entities))
    })
}

#[test]
fn each_byte_is_shaped_once_and_in_order() {
    for (_, text) in texts(300) {
        let links = spans::links(&text);
        let colors = [(1..4, Color::BLACK), (6..7, Color::WHITE)];
        let mut at = 0;
        for part in blocks::parts(&text) {
            // Between blocks there are breaks only.
            assert!(text.text[at..part.range.start].chars().all(|c| c == '\n'), "{text:?}");
            let code = part.code.is_some();
            let letters = Letters { look: Look::day(), code, links: &links, revealed: &[], colors: &colors };
            let cut = spans::cut(&text, part.range.clone(), letters);
            assert_eq!(cut.spans.len(), cut.paints.len());
            let joined: String = cut.spans.iter().map(|span| span.text.as_ref()).collect();
            at = part.range.start;
            for piece in &cut.pieces {
                assert_eq!(piece.source, at, "{text:?}");
                let shaped = &joined[piece.shaped..piece.shaped + piece.len];
                assert_eq!(shaped, &text.text[piece.source..piece.source + piece.len], "{text:?}");
                at += piece.len;
            }
            assert_eq!(at, part.range.end, "{text:?}");
        }
        assert!(text.text[at..].chars().all(|c| c == '\n'), "{text:?}");
    }
}

#[test]
fn any_point_hits_a_boundary_and_any_choice_can_be_drawn() {
    crate::theme::fonts::load();
    for (mut noise, text) in texts(120) {
        let mut state = State::new();
        let room = 20.0 + noise.below(380) as f32;
        state.settle(&text, Look::day(), room, true);
        for _ in 0..8 {
            let point = Point::new(noise.below(500) as f32 - 50.0, noise.below(450) as f32 - 50.0);
            let byte = state.hit(point);
            assert!(text.text.is_char_boundary(byte), "{text:?}");
            let (word, paragraph) = (state.word_at(byte), state.paragraph_at(byte));
            assert!(text.text.get(word).is_some() && text.text.get(paragraph).is_some(), "{text:?}");
        }
        let (a, b) = (noise.below(80), noise.below(80));
        state.select(Some(a.min(b)..a.max(b)));
        assert!(state.chosen().iter().all(|region| region.width >= 0.0 && region.height >= 0.0), "{text:?}");
        assert!(state.selected().is_none_or(|range| text.text.get(range).is_some()));
        let _ = state.last_line();
    }
}
