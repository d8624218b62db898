//! Words in at most so many lines; the last one ends in "…" where there are more.

use super::{describe, spans};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Paragraph as _, Span, Wrapping};
use iced::advanced::widget::{Operation, Tree, text as drawn, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::{Color, Element, Font, Length, Rectangle, Renderer, Size, Theme};
use std::borrow::Cow;

/// See [`clamped`].
pub struct Clamped<'a> {
    words: Cow<'a, str>,
    font: Option<Font>,
    size: f32,
    color: Color,
    lines: usize,
}

/// Words of this size and colour in at most so many lines.
pub fn clamped<'a>(words: impl Into<Cow<'a, str>>, size: f32, color: Color, lines: usize) -> Clamped<'a> {
    Clamped { words: words.into(), font: None, size, color, lines }
}

impl Clamped<'_> {
    /// In another font.
    pub fn font(self, font: Font) -> Self {
        Self { font: Some(font), ..self }
    }

    fn line_height(&self) -> f32 {
        (self.size * 18.0 / 13.0).round()
    }

    fn shape(&self, words: &str, room: f32) -> Paragraph {
        let spans: Vec<Span<'_, usize, Font>> = spans::plain(Cow::Borrowed(words), self.font, None);
        let bounds = Size::new(room, f32::INFINITY);
        Paragraph::with_spans(describe(&*spans, bounds, self.size, self.line_height(), Wrapping::WordOrGlyph))
    }

    /// What of the words fits into the lines.
    fn fitting(&self, room: f32) -> Paragraph {
        // What is far longer than the lines is never shown whole.
        let most = self.lines * 200;
        let end = self.words.char_indices().nth(most).map_or(self.words.len(), |(end, _)| end);
        let words = self.words.get(..end).unwrap_or_default();
        let whole = self.shape(words, room);
        if whole.buffer().layout_runs().count() <= self.lines && end == self.words.len() {
            return whole;
        }
        // Where the last line ends, as bytes of the words: paragraph, then place in it.
        let starts: Vec<usize> = std::iter::once(0).chain(words.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let last = whole.buffer().layout_runs().take(self.lines).last();
        let mut end = last.map_or(0, |run| {
            let in_line = run.glyphs.iter().map(|glyph| glyph.end).max().unwrap_or(0);
            starts.get(run.line_i).copied().unwrap_or(0) + in_line
        });
        loop {
            while !words.is_char_boundary(end) {
                end -= 1;
            }
            let cut = format!("{}…", words.get(..end).unwrap_or_default().trim_end());
            let shaped = self.shape(&cut, room);
            if shaped.buffer().layout_runs().count() <= self.lines || end == 0 {
                return shaped;
            }
            end = words.get(..end).and_then(|words| words.char_indices().next_back()).map_or(0, |(at, _)| at);
        }
    }
}

#[derive(Default)]
struct State {
    words: String,
    size: f32,
    lines: usize,
    room: f32,
    shown: Paragraph,
}

impl<M> Widget<M, Theme, Renderer> for Clamped<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let room = limits.max().width;
        let same = state.words == self.words && state.size == self.size && state.lines == self.lines;
        if !same || state.room != room {
            state.shown = self.fitting(room);
            (state.size, state.lines, state.room) = (self.size, self.lines, room);
            self.words.as_ref().clone_into(&mut state.words);
        }
        let size = state.shown.min_bounds();
        layout::Node::new(Size::new(size.width.ceil(), size.height))
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.words);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let look = drawn::Style { color: Some(self.color) };
        drawn::draw(renderer, style, layout.bounds(), &state.shown, look, viewport);
    }
}

impl<'a, M: 'a> From<Clamped<'a>> for Element<'a, M> {
    fn from(clamped: Clamped<'a>) -> Self {
        Element::new(clamped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(words: &str, most: usize, room: f32) -> (usize, bool) {
        crate::theme::fonts::load();
        let shown = clamped(words.to_owned(), 13.0, Color::BLACK, most).fitting(room);
        let buffer = shown.buffer();
        let ends = buffer.lines.iter().any(|line| line.text().ends_with('…'));
        (buffer.layout_runs().count(), ends)
    }

    #[test]
    fn what_is_too_long_ends_in_dots_on_the_last_line() {
        let long = "The lamp turns once in ten seconds and can be seen for twenty miles. ".repeat(40);
        assert_eq!(lines(&long, 3, 300.0), (3, true));
        assert_eq!(lines("Short.", 3, 300.0), (1, false));
        assert_eq!(lines("One\nTwo\nThree\nFour", 3, 300.0), (3, true));
        assert_eq!(lines("One\nTwo\nThree", 3, 300.0), (3, false));
        assert!(!lines("", 3, 300.0).1);
    }

    #[test]
    fn no_script_and_no_room_breaks_it() {
        for words in ["漢字仮名交じり文".repeat(90), "נר לרגלי ".repeat(90), "👩‍👩‍👧‍👦".repeat(90), "\n".repeat(900)]
        {
            for room in [0.0, 7.0, 90.0] {
                assert!(lines(&words, 2, room).0 <= 2 || room < 30.0, "{words} {room}");
            }
        }
    }
}
