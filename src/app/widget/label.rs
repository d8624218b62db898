//! Words of the interface: iced's text, but right in both directions of reading.
//!
//! iced anchors a text that fills its room at the left whatever its direction, and draws a single line from right to
//! left outside of its place when an alignment is asked for (iced_graphics 0.14 lays it out anew only without one).

use super::Element;
use crate::theme::Direction;
use crate::words;
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Renderer as _, Shaping, Text, Wrapping, paragraph};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::alignment::{Horizontal, Vertical};
use iced::{Color, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme};
use std::borrow::Cow;

/// Words; made by [`text`].
pub struct Label<'a> {
    content: Cow<'a, str>,
    size: Option<f32>,
    line_height: LineHeight,
    font: Option<Font>,
    color: Option<Color>,
    width: Length,
    align: Option<Horizontal>,
    wrapping: Wrapping,
}

/// Words in as many lines as they need. They stand where reading begins in the program's language; within the lines
/// each paragraph keeps its own direction.
pub fn text<'a>(content: impl Into<Cow<'a, str>>) -> Label<'a> {
    Label {
        content: content.into(),
        size: None,
        line_height: LineHeight::default(),
        font: None,
        color: None,
        width: Length::Shrink,
        align: None,
        wrapping: Wrapping::default(),
    }
}

impl Label<'_> {
    /// How big the letters are.
    pub fn size(self, size: impl Into<Pixels>) -> Self {
        Self { size: Some(size.into().0), ..self }
    }

    /// How high a line is.
    pub fn line_height(self, height: impl Into<LineHeight>) -> Self {
        Self { line_height: height.into(), ..self }
    }

    /// In which font.
    pub fn font(self, font: Font) -> Self {
        Self { font: Some(font), ..self }
    }

    /// In which colour; that of what is around them, unless said.
    pub fn color(self, color: Color) -> Self {
        Self { color: Some(color), ..self }
    }

    /// How wide the words are; as they need it, unless said.
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: width.into(), ..self }
    }

    /// Where they stand in their room.
    pub fn align_x(self, align: impl Into<Horizontal>) -> Self {
        Self { align: Some(align.into()), ..self }
    }

    /// In the middle of their room.
    pub fn center(self) -> Self {
        self.align_x(Horizontal::Center)
    }

    /// How lines are broken.
    pub fn wrapping(self, wrapping: Wrapping) -> Self {
        Self { wrapping, ..self }
    }
}

#[derive(Default)]
struct State {
    plain: paragraph::Plain<Paragraph>,
    /// Several lines, each of them in the middle.
    centered: Option<paragraph::Plain<Paragraph>>,
}

impl State {
    fn shown(&self) -> &Paragraph {
        self.centered.as_ref().unwrap_or(&self.plain).raw()
    }
}

impl<M> Widget<M, Theme, Renderer> for Label<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            let words = Text {
                content: self.content.as_ref(),
                bounds: limits.max(),
                size: Pixels(self.size.unwrap_or(renderer.default_size().0)),
                line_height: self.line_height,
                font: self.font.unwrap_or(renderer.default_font()),
                align_x: Alignment::Default,
                align_y: Vertical::Top,
                shaping: Shaping::Auto,
                wrapping: self.wrapping,
            };
            let _changed = state.plain.update(words);
            let several = state.plain.raw().buffer().layout_runs().nth(1).is_some();
            if self.align == Some(Horizontal::Center) && several {
                let words = Text { align_x: Alignment::Center, ..words };
                let _changed = state.centered.get_or_insert_default().update(words);
            } else {
                state.centered = None;
            }
            state.plain.min_bounds()
        })
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
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
        let bounds = layout.bounds();
        let shown = tree.state.downcast_ref::<State>().shown();
        let start = match words::current().direction() {
            Direction::LeftToRight => Horizontal::Left,
            Direction::RightToLeft => Horizontal::Right,
        };
        let left_over = bounds.width - shown.min_width();
        let x = match self.align.unwrap_or(start) {
            Horizontal::Left => bounds.x,
            Horizontal::Center => bounds.x + left_over / 2.0,
            Horizontal::Right => bounds.x + left_over,
        };
        renderer.fill_paragraph(shown, Point::new(x, bounds.y), self.color.unwrap_or(style.text_color), *viewport);
    }
}

impl<'a, M: 'a> From<Label<'a>> for Element<'a, M> {
    fn from(label: Label<'a>) -> Self {
        Element::new(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Look;
    use crate::widget::stage::Stage;
    use iced::widget::container;

    /// The first and the last dark column.
    fn ink(language: &str, label: Label<'static>) -> (u32, u32) {
        let _here = words::here(words::language(language).unwrap());
        let view: Element<'static, ()> = container(label.size(14).color(Color::BLACK)).width(400).into();
        let picture = Stage::new(400.0, 60.0).picture(view, Look::day());
        let dark = |x: &u32| (0..60).any(|y| picture.at(*x, y)[0] < 128);
        ((0..400).find(dark).unwrap(), (0..400).rev().find(dark).unwrap())
    }

    #[test]
    fn words_stand_where_reading_begins_whatever_their_own_direction() {
        let fill = |words: &'static str| text(words).width(Length::Fill);
        for words in ["Lighthouse", "منارة"] {
            assert!(ink("en", fill(words)).0 < 8, "{words}");
            assert!(ink("ar", fill(words)).1 > 392, "{words}");
        }
    }

    #[test]
    fn an_alignment_holds_for_both_directions() {
        for words in ["Lighthouse", "منارة"] {
            let (left, right) = ink("ar", text(words).width(Length::Fill).align_x(Horizontal::Center));
            assert!(left.abs_diff(400 - right) <= 4, "{words}: {left} {right}");
            let (left, _) = ink("ar", text(words).width(Length::Fill).align_x(Horizontal::Left));
            assert!(left < 8, "{words}: {left}");
        }
    }
}
