//! The field for a login code: one box for each digit, over a real text field.

use super::Element;
use crate::theme::{Look, fonts};
use iced::advanced::text::{self, Renderer as _};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::widget::{Id, text_input};
use iced::{Background, Border, Color, Event, Length, Pixels, Rectangle, Renderer, Size, Theme, Vector};

type InputState = text_input::State<<Renderer as text::Renderer>::Paragraph>;

/// Boxes for digits; made by [`code`].
pub struct Code<'a, M> {
    look: Look,
    value: &'a str,
    length: usize,
    wrong: bool,
    id: Option<Id>,
    on_input: Option<Box<dyn Fn(String) -> M + 'a>>,
    on_submit: Option<M>,
}

/// A field for `length` digits of which `value` stands there already.
pub fn code<'a, M: Clone + 'a>(look: Look, value: &'a str, length: usize) -> Code<'a, M> {
    Code { look, value, length: length.clamp(1, 12), wrong: false, id: None, on_input: None, on_submit: None }
}

impl<'a, M: Clone + 'a> Code<'a, M> {
    /// What typing sends: digits only, never more than there are boxes.
    pub fn on_input(self, message: impl Fn(String) -> M + 'a) -> Self {
        Self { on_input: Some(Box::new(message)), ..self }
    }

    /// What Enter sends.
    pub fn on_submit(self, message: M) -> Self {
        Self { on_submit: Some(message), ..self }
    }

    /// Whether what stands there was refused.
    pub fn wrong(self, wrong: bool) -> Self {
        Self { wrong, ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl<'a, M: Clone + 'a> From<Code<'a, M>> for Element<'a, M> {
    fn from(code: Code<'a, M>) -> Self {
        let Code { look, length, .. } = code;
        // Nothing of the field itself is seen; the boxes show what stands in it.
        let unseen = |_: &Theme, _| text_input::Style {
            background: Background::Color(Color::TRANSPARENT),
            border: Border::default(),
            icon: Color::TRANSPARENT,
            placeholder: Color::TRANSPARENT,
            value: Color::TRANSPARENT,
            selection: Color::TRANSPARENT,
        };
        let on_input = code.on_input.map(|on_input| {
            // After a refused code the next digit begins a new one.
            let refused = if code.wrong && code.value.len() >= length { code.value } else { "" };
            move |typed: String| {
                let new = typed.strip_prefix(refused).filter(|new| !new.is_empty()).unwrap_or(&typed);
                on_input(new.chars().filter(char::is_ascii_digit).take(length).collect())
            }
        });
        let mut input = text_input("", code.value)
            .on_input_maybe(on_input)
            .on_submit_maybe(code.on_submit)
            .size(look.body())
            .line_height(Pixels(look.size(20.0)))
            .padding([look.size(20.0), 14.0])
            .style(unseen);
        if let Some(id) = code.id {
            input = input.id(id);
        }
        Element::new(Boxes {
            look,
            digits: code.value.chars().collect(),
            value: text_input::Value::new(code.value),
            length,
            wrong: code.wrong,
            input: input.into(),
            drawn_focused: None,
        })
    }
}

struct Boxes<'a, M> {
    look: Look,
    digits: Vec<char>,
    value: text_input::Value,
    length: usize,
    wrong: bool,
    input: Element<'a, M>,
    drawn_focused: Option<bool>,
}

const GAP: f32 = 10.0;

impl<M> Boxes<'_, M> {
    fn focused(tree: &Tree) -> bool {
        tree.children.first().is_some_and(|child| child.state.downcast_ref::<InputState>().is_focused())
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Boxes<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::stateless()
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.input)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.input));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        // Narrower boxes where there is no room for all of them.
        let gaps = GAP * (self.length as f32 - 1.0);
        let width = (self.look.size(52.0) * self.length as f32 + gaps).min(limits.max().width);
        let size = Size::new(width, self.look.size(60.0));
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(size) };
        let inner = self.input.as_widget_mut().layout(child, renderer, &layout::Limits::new(size, size));
        layout::Node::with_children(size, vec![inner])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.input.as_widget_mut().operate(child, inner, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.input.as_widget_mut().update(child, event, inner, cursor, renderer, clipboard, shell, viewport);
            // The place of the unseen caret could not be told from the boxes: it stays behind the last digit.
            // Only all of it can be selected, with Ctrl+A.
            let state = child.state.downcast_mut::<InputState>();
            let selected = matches!(state.cursor().state(&self.value), text_input::cursor::State::Selection { .. });
            let pressed = matches!(event, Event::Mouse(mouse::Event::ButtonPressed(_)));
            if state.is_focused() && (!selected || pressed) {
                state.move_cursor_to_end();
            }
        }
        let focused = Self::focused(tree);
        if let Event::Window(iced::window::Event::RedrawRequested(_)) = event {
            self.drawn_focused = Some(focused);
        } else if self.drawn_focused.is_some_and(|drawn| drawn != focused) {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let palette = self.look.palette;
        let bounds = layout.bounds();
        let count = self.length as f32;
        let width = ((bounds.width - GAP * (count - 1.0)) / count).max(1.0);
        let focused = Self::focused(tree);
        let next = self.digits.len().min(self.length - 1);
        for place in 0..self.length {
            let here = Rectangle { x: bounds.x + (width + GAP) * place as f32, width, ..bounds };
            let edge = match (focused && place == next, self.wrong) {
                (_, true) => palette.danger,
                (true, false) => palette.accent,
                (false, false) => palette.edge,
            };
            let border = Border { color: edge, width: 1.5, radius: 12.0.into() };
            renderer.fill_quad(
                renderer::Quad { bounds: here, border, ..renderer::Quad::default() },
                Background::Color(palette.surface),
            );
            if let Some(digit) = self.digits.get(place) {
                renderer.fill_text(
                    text::Text {
                        content: digit.to_string(),
                        bounds: here.size(),
                        size: Pixels(self.look.title()),
                        line_height: text::LineHeight::default(),
                        font: fonts::MEDIUM,
                        align_x: text::Alignment::Center,
                        align_y: iced::alignment::Vertical::Center,
                        shaping: text::Shaping::Basic,
                        wrapping: text::Wrapping::None,
                    },
                    here.center(),
                    palette.text,
                    *viewport,
                );
            } else if focused && place == next {
                let height = self.look.size(26.0);
                let caret = Rectangle::new(here.center() - Vector::new(1.0, height / 2.0), Size::new(2.0, height));
                renderer.fill_quad(
                    renderer::Quad { bounds: caret, ..renderer::Quad::default() },
                    Background::Color(palette.accent),
                );
            }
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Text } else { mouse::Interaction::None }
    }
}
