//! The words of messages: formatted, with links, in every script. And single lines that end in "…" when they must.
//!
//! iced's own rich text is not found by tests and operations and cannot say where its last line ends, which the time in
//! a bubble needs; so these are thin widgets of our own over the same paragraphs.

mod clamped;
pub mod emoji;
mod line;
pub mod spans;

pub use clamped::{Clamped, clamped};
pub use line::{Line, line};

use crate::theme::Look;
use heliograph_model::FormattedText;
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{self, Alignment, LineHeight, Paragraph as _, Shaping, Span, Wrapping};
use iced::advanced::widget::{Operation, Tree, text as drawn, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::{Border, Color, Element, Event, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme};
use spans::Spans;

/// The words of a message.
pub struct Formatted<'a, Message> {
    look: Look,
    content: &'a str,
    spans: Spans<'a>,
    size: f32,
    color: Color,
    on_link: Option<Box<dyn Fn(String) -> Message + 'a>>,
}

/// Formatted text in message size. `ground` is the colour behind code.
pub fn formatted<'a, Message>(look: Look, text: &'a FormattedText, ground: Color) -> Formatted<'a, Message> {
    Formatted {
        look,
        content: &text.text,
        spans: spans::formatted(look, text, ground),
        size: look.body(),
        color: look.palette.text,
        on_link: None,
    }
}

impl<'a, Message> Formatted<'a, Message> {
    /// What pressing a link sends.
    pub fn on_link(mut self, f: impl Fn(String) -> Message + 'a) -> Self {
        self.on_link = Some(Box::new(f));
        self
    }
}

/// What is remembered of shaped words. A bubble reads where the last line ends.
pub struct State {
    spans: Vec<Span<'static, usize, Font>>,
    paragraph: Paragraph,
    pressed: Option<usize>,
    hovered: Option<usize>,
    revealed: bool,
    ends_in_block: bool,
}

/// How the last line of a text ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastLine {
    /// Its width.
    pub width: f32,
    /// It is written from right to left.
    pub rtl: bool,
}

impl State {
    /// Where the last line ends.
    pub fn last_line(&self) -> LastLine {
        if self.ends_in_block {
            // The block's ground goes on to the edge: nothing may stand beside its last line.
            return LastLine { width: f32::INFINITY, rtl: false };
        }
        let last = self.paragraph.buffer().layout_runs().last();
        last.map_or(LastLine { width: 0.0, rtl: false }, |run| LastLine { width: run.line_w, rtl: run.rtl })
    }
}

fn describe<T>(content: T, bounds: Size, size: f32, line_height: f32, wrapping: Wrapping) -> text::Text<T, Font> {
    text::Text {
        content,
        bounds,
        size: Pixels(size),
        line_height: LineHeight::Absolute(Pixels(line_height)),
        font: crate::theme::fonts::REGULAR,
        align_x: Alignment::Default,
        align_y: iced::alignment::Vertical::Top,
        shaping: Shaping::Advanced,
        wrapping,
    }
}

impl<'a, Message> Formatted<'a, Message> {
    /// The link under the pointer.
    fn link_at(&self, state: &State, bounds: Rectangle, cursor: mouse::Cursor) -> Option<usize> {
        let position = cursor.position_in(bounds)?;
        let index = state.paragraph.hit_span(position)?;
        self.spans.spans.get(index)?.link
    }

    fn spoiler_at(&self, state: &State, bounds: Rectangle, cursor: mouse::Cursor) -> bool {
        !state.revealed
            && cursor
                .position_in(bounds)
                .and_then(|position| state.paragraph.hit_span(position))
                .is_some_and(|index| self.spans.spoilers.contains(&index))
    }
}

impl<'a, Message> Widget<Message, Theme, Renderer> for Formatted<'a, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State {
            spans: Vec::new(),
            paragraph: Paragraph::default(),
            pressed: None,
            hovered: None,
            revealed: false,
            ends_in_block: false,
        })
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let bounds = Size::new(limits.max().width, f32::INFINITY);
        let line_height = (self.size * 20.0 / 14.0).round();
        let shape =
            |spans| Paragraph::with_spans(describe(spans, bounds, self.size, line_height, Wrapping::WordOrGlyph));
        let spans = &*self.spans.spans;
        if state.spans != spans {
            state.paragraph = shape(spans);
            state.spans = spans.iter().cloned().map(Span::to_static).collect();
        } else {
            match state.paragraph.compare(describe((), bounds, self.size, line_height, Wrapping::WordOrGlyph)) {
                text::Difference::None => {}
                text::Difference::Bounds => state.paragraph.resize(bounds),
                text::Difference::Shape => state.paragraph = shape(spans),
            }
        }
        let last = spans.len().checked_sub(1);
        state.ends_in_block = last.is_some_and(|last| self.spans.blocks.contains(&last));
        let size = state.paragraph.min_bounds();
        layout::Node::new(Size::new(size.width.ceil(), size.height))
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), self.content);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let Event::Mouse(event) = event else { return };
        if self.spans.links.is_empty() && self.spans.spoilers.is_empty() {
            return;
        }
        let state = tree.state.downcast_mut::<State>();
        let link = self.link_at(state, layout.bounds(), cursor);
        if link != state.hovered {
            state.hovered = link;
            shell.request_redraw();
        }
        match event {
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                if self.spoiler_at(state, layout.bounds(), cursor) {
                    state.revealed = true;
                    shell.request_redraw();
                    shell.capture_event();
                } else if link.is_some() {
                    state.pressed = link;
                    shell.capture_event();
                }
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                if let Some(pressed) = state.pressed.take()
                    && link == Some(pressed)
                    && let (Some(on_link), Some(url)) = (&self.on_link, self.spans.links.get(pressed))
                {
                    shell.publish(on_link(url.clone()));
                }
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        if !cursor.is_over(bounds) || (self.spans.links.is_empty() && self.spans.spoilers.is_empty()) {
            return mouse::Interaction::None;
        }
        if self.spoiler_at(state, bounds, cursor) || self.link_at(state, bounds, cursor).is_some() {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
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
        let bounds = layout.bounds();
        if !bounds.intersects(viewport) {
            return;
        }
        let state = tree.state.downcast_ref::<State>();
        let translation = layout.position() - Point::ORIGIN;
        let fill = |renderer: &mut Renderer, bounds: Rectangle, border: Border, color: Color| {
            renderer.fill_quad(renderer::Quad { bounds: bounds + translation, border, ..Default::default() }, color);
        };
        for (index, span) in self.spans.spans.iter().enumerate() {
            let Some(highlight) = span.highlight else { continue };
            let iced::Background::Color(color) = highlight.background else { continue };
            let block = self.spans.blocks.contains(&index);
            for region in state.paragraph.span_bounds(index) {
                let region = if block {
                    Rectangle { x: -4.0, width: bounds.width + 8.0, ..region }
                } else {
                    Rectangle {
                        x: region.x - span.padding.left,
                        y: region.y + 1.0,
                        width: region.width + span.padding.left + span.padding.right,
                        height: region.height - 2.0,
                    }
                };
                fill(renderer, region, if block { Border::default() } else { highlight.border }, color);
            }
        }
        drawn::draw(renderer, defaults, bounds, &state.paragraph, drawn::Style { color: Some(self.color) }, viewport);
        for (index, span) in self.spans.spans.iter().enumerate() {
            let hovered = span.link.is_some() && span.link == state.hovered;
            let hidden = !state.revealed && self.spans.spoilers.contains(&index);
            if !(span.underline || span.strikethrough || hovered || hidden) {
                continue;
            }
            let color = span.color.unwrap_or(self.color);
            for region in state.paragraph.span_bounds(index) {
                let bar = |y: f32| Rectangle { y: (region.y + y).round(), height: 1.0, ..region };
                if span.underline || hovered {
                    fill(renderer, bar(region.height * 0.82), Border::default(), color);
                }
                if span.strikethrough {
                    fill(renderer, bar(region.height * 0.52), Border::default(), color);
                }
                if hidden {
                    let cover = Rectangle { y: region.y + 2.0, height: region.height - 4.0, ..region };
                    let border = Border { radius: 4.0.into(), ..Border::default() };
                    // In a layer of its own: within one, words are drawn above grounds.
                    renderer.with_layer(*viewport, |renderer| fill(renderer, cover, border, self.look.palette.faint));
                }
            }
        }
    }
}

impl<'a, Message: 'a> From<Formatted<'a, Message>> for Element<'a, Message> {
    fn from(formatted: Formatted<'a, Message>) -> Self {
        Element::new(formatted)
    }
}

/// Where a point of the last line stands, for those that put something beside it.
pub fn last_line(tree: &Tree) -> Option<LastLine> {
    (tree.tag == tree::Tag::of::<State>()).then(|| tree.state.downcast_ref::<State>().last_line())
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced_test::simulator;

    #[test]
    fn words_are_found_and_links_open() {
        let text = FormattedText::from_utf16("see a.example".into(), [(4, 9, heliograph_model::EntityKind::Url)]);
        let element: Element<'_, String> = formatted(Look::day(), &text, Color::BLACK).on_link(|url| url).into();
        let mut ui = simulator(element);
        let _found = ui.click("see a.example").expect("found by its words");
        assert_eq!(ui.into_messages().collect::<Vec<_>>(), ["https://a.example"]);
    }
}
