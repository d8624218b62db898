//! One line of words that ends in "…" where there is no more room.

use super::{describe, spans};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Paragraph as _, Span, Wrapping};
use iced::advanced::widget::{Operation, Tree, text as drawn, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::alignment::Horizontal;
use iced::{Color, Element, Font, Length, Rectangle, Renderer, Size, Theme};
use std::borrow::Cow;

/// See [`line()`].
pub struct Line<'a> {
    spans: Vec<Span<'a, usize, Font>>,
    size: f32,
    color: Color,
    width: Length,
    reserve: f32,
    align: Horizontal,
}

/// An empty line of this text size and colour; [`Line::push`] adds words.
pub fn line<'a>(size: f32, color: Color) -> Line<'a> {
    Line { spans: Vec::new(), size, color, width: Length::Shrink, reserve: 0.0, align: Horizontal::Left }
}

/// No line shows more characters.
const LONGEST: usize = 300;

impl<'a> Line<'a> {
    /// Words in the line's own looks, or in another font or colour. Breaks become spaces.
    pub fn push(mut self, words: impl Into<Cow<'a, str>>, font: Option<Font>, color: Option<Color>) -> Self {
        let words = words.into();
        let words = if words.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t')) {
            Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
        } else {
            words
        };
        // What is far longer than any line is never shown whole.
        let long = (words.len() > LONGEST).then(|| words.char_indices().nth(LONGEST)).flatten();
        let words = match long {
            Some((end, _)) => Cow::Owned(words.get(..end).unwrap_or_default().to_owned()),
            None => words,
        };
        let spans = spans::plain(words, font, color);
        match self.spans.is_empty() {
            true => self.spans = spans,
            false => self.spans.extend(spans),
        }
        self
    }

    /// Takes all the room there is.
    pub fn fill(mut self) -> Self {
        self.width = Length::Fill;
        self
    }

    /// At which side it stands where there is more room than words.
    pub fn align_x(mut self, align: Horizontal) -> Self {
        self.align = align;
        self
    }

    /// Leaves room for what stands behind it.
    pub fn reserve(mut self, width: f32) -> Self {
        self.reserve = width;
        self
    }

    fn content(&self) -> String {
        self.spans.iter().map(|span| span.text.as_ref()).collect()
    }
}

struct State {
    spans: Vec<Span<'static, usize, Font>>,
    size: f32,
    /// The room that `shown` was made for, and the width that all words need: at least more than the room where not all
    /// of them were looked at.
    room: f32,
    whole: f32,
    shown: Paragraph,
    shaped: bool,
}

fn shape(spans: &[Span<'_, usize, Font>], size: f32) -> Paragraph {
    let bounds = Size::new(f32::INFINITY, f32::INFINITY);
    Paragraph::with_spans(describe(spans, bounds, size, (size * 20.0 / 14.0).round(), Wrapping::None))
}

/// So many characters are looked at first to find those that fit: of most words far less is seen.
fn likely(room: f32, size: f32) -> usize {
    // In most scripts characters are half as wide as they are high; narrow ones a quarter.
    (4.0 * room / size).max(0.0) as usize + 1
}

/// The words as they are where they fit, else their beginning and "…"; and a width that is more than the room where
/// not all of them fit. A line of a list shows a sixth of what was written: no more than is needed is shaped.
fn shape_into(spans: &[Span<'static, usize, Font>], size: f32, room: f32) -> (Paragraph, f32) {
    let mut characters = likely(room, size);
    loop {
        let beginning = first(spans, characters);
        let whole = shape(beginning.as_deref().unwrap_or(spans), size);
        let width = whole.min_width().ceil();
        match (width > room, beginning) {
            (true, beginning) => {
                let spans = beginning.as_deref().unwrap_or(spans);
                return (shape(&cut(spans, fitting(&whole, room - size)), size), width);
            }
            (false, None) => return (whole, width),
            // Narrower than any script is: more of it may be seen.
            (false, Some(_)) => characters *= 2,
        }
    }
}

/// So many of the first characters, where there are more.
fn first(spans: &[Span<'static, usize, Font>], characters: usize) -> Option<Vec<Span<'static, usize, Font>>> {
    let mut left = characters;
    for (at, span) in spans.iter().enumerate() {
        let end = span.text.char_indices().nth(left).map(|(end, _)| end);
        let Some(end) = end else {
            left -= span.text.chars().count();
            continue;
        };
        let mut spans = spans.get(..=at).unwrap_or_default().to_vec();
        if let Some(last) = spans.last_mut() {
            last.text = Cow::Owned(last.text.get(..end).unwrap_or_default().to_owned());
        }
        return Some(spans);
    }
    None
}

/// The first bytes of the words that fit into the room.
fn fitting(paragraph: &Paragraph, room: f32) -> usize {
    let Some(run) = paragraph.buffer().layout_runs().next() else { return 0 };
    // In the order of reading, which for scripts from right to left is not the order on screen.
    let mut glyphs: Vec<_> = run.glyphs.iter().map(|glyph| (glyph.start, glyph.end, glyph.w)).collect();
    glyphs.sort_by_key(|&(start, ..)| start);
    let mut used = 0.0;
    let mut end = 0;
    for (start, stop, width) in glyphs {
        used += width;
        if used > room {
            return start.min(end);
        }
        end = end.max(stop);
    }
    end
}

fn cut(spans: &[Span<'_, usize, Font>], bytes: usize) -> Vec<Span<'static, usize, Font>> {
    let mut left = bytes;
    let mut out: Vec<Span<'static, usize, Font>> = Vec::new();
    for span in spans {
        let mut end = left.min(span.text.len());
        while !span.text.is_char_boundary(end) {
            end -= 1;
        }
        left = left.saturating_sub(span.text.len());
        let words = span.text.get(..end).unwrap_or_default();
        let last = left == 0;
        let words = if last { words.trim_end() } else { words };
        let mut piece = span.clone().to_static();
        piece.text = Cow::Owned(words.to_owned());
        out.push(piece);
        if last {
            break;
        }
    }
    let color = out.last().and_then(|span| span.color);
    out.push(Span { text: Cow::Borrowed("…"), color, ..Span::default() });
    out
}

impl<Message> Widget<Message, Theme, Renderer> for Line<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State {
            spans: Vec::new(),
            size: 0.0,
            room: -1.0,
            whole: 0.0,
            shown: Paragraph::default(),
            shaped: false,
        })
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let room = (limits.max().width - self.reserve).max(0.0);
        let anew = state.spans != self.spans || state.size != self.size || !state.shaped;
        // As long as everything fits, or the room is the same, nothing is to be done.
        if anew || (state.room != room && (state.whole > room || state.whole > state.room)) {
            if anew {
                state.spans = self.spans.iter().cloned().map(Span::to_static).collect();
            }
            (state.shown, state.whole) = shape_into(&state.spans, self.size, room);
            state.size = self.size;
            state.shaped = true;
        }
        state.room = room;
        let height = (self.size * 20.0 / 14.0).round();
        let width = state.shown.min_width().ceil().min(room);
        layout::Node::new(limits.width(self.width).resolve(self.width, Length::Shrink, Size::new(width, height)))
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content());
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        defaults: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let style = drawn::Style { color: Some(self.color) };
        let mut bounds = layout.bounds();
        let left_over = (bounds.width - state.shown.min_width()).max(0.0);
        bounds.x += match self.align {
            Horizontal::Left => 0.0,
            Horizontal::Center => (left_over / 2.0).round(),
            Horizontal::Right => left_over.floor(),
        };
        drawn::draw(renderer, defaults, bounds, &state.shown, style, viewport);
    }
}

impl<'a, Message: 'a> From<Line<'a>> for Element<'a, Message> {
    fn from(line: Line<'a>) -> Self {
        Element::new(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Vec<Span<'static, usize, Font>> {
        spans::plain(words.to_owned(), None, None)
    }

    fn shown(line: &str, room: f32) -> String {
        let (shown, _) = shape_into(&words(line), 14.0, room);
        shown.buffer().lines.iter().map(|line| line.text().to_owned()).collect()
    }

    #[test]
    fn long_lines_end_in_dots() {
        crate::theme::fonts::load();
        assert_eq!(shown("short", 400.0), "short");
        let cut = shown("the north lens is in place and will stay there", 150.0);
        assert!(cut.starts_with("the north lens") && cut.ends_with('…'), "{cut}");
        let cut = shown("пора домой, пора домой, пора домой", 120.0);
        assert!(cut.starts_with("пора") && cut.ends_with('…'), "{cut}");
        let cut = shown("👍👍👍👍👍👍👍👍👍👍👍👍", 60.0);
        assert!(cut.starts_with('👍') && cut.ends_with('…'), "{cut}");
    }

    /// However much is looked at first, what is seen is what is seen when all is looked at.
    #[test]
    fn no_more_is_shaped_than_is_needed_and_nothing_else_is_seen() {
        crate::theme::fonts::load();
        let sentences = [
            "the north lens is in place and will stay there until somebody moves it again, which nobody wants to",
            "lililililililililililililili....................,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
            "\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}here",
            "مرحبا بالعالم مرحبا بالعالم مرحبا",
            "灯台守は毎晩同じ時間に灯りをつける",
            "👍👍🏽👍👍👍👍👍👍👍👍👍👍",
            "",
        ];
        for (sentence, room) in
            sentences.iter().flat_map(|sentence| [0.0, 9.0, 30.0, 120.0, 900.0].map(|room| (sentence, room)))
        {
            let spans = words(sentence);
            let whole = shape(&spans, 14.0);
            let fits = whole.min_width().ceil() <= room;
            let expected: String = match fits {
                true => sentence.to_string(),
                false => cut(&spans, fitting(&whole, room - 14.0)).iter().map(|span| span.text.as_ref()).collect(),
            };
            assert_eq!(shown(sentence, room), expected, "{sentence} in {room}");
            assert_eq!(shape_into(&spans, 14.0, room).1 <= room, fits, "{sentence} in {room}");
        }
        let long = words(&"word ".repeat(50));
        let looked_at = first(&long, likely(60.0, 14.0)).unwrap();
        assert_eq!(looked_at.iter().map(|span| span.text.len()).sum::<usize>(), 18);
        let mixed: Vec<_> = words("one ").into_iter().chain(words("und zwei")).collect();
        let of_mixed = |count| Some(first(&mixed, count)?.iter().map(|span| span.text.as_ref()).collect::<String>());
        assert_eq!(of_mixed(2).as_deref(), Some("on"));
        assert_eq!(of_mixed(6).as_deref(), Some("one un"));
        assert_eq!(of_mixed(12), None);
    }

    #[test]
    fn right_to_left_keeps_its_beginning() {
        crate::theme::fonts::load();
        let words = "مرحبا بالعالم مرحبا بالعالم مرحبا";
        let cut = shown(words, 90.0);
        assert!(words.starts_with(cut.trim_end_matches('…')) && cut.ends_with('…'), "{cut}");
    }
}
