//! Typing at the end of a line that is rewritten as one types.
//!
//! A number is grouped while it is typed: the application answers a digit with a longer line than the field made of it, and the
//! field's caret, which counts letters, then stands before the digit instead of behind it. The next digit would go to the wrong
//! place. A task that moves the caret comes too late for quick fingers, so it is kept at the end here, before anything else
//! happens to the field.

use super::Element;
use iced::advanced::text;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, renderer};
use iced::widget::text_input;
use iced::{Event, Length, Rectangle, Renderer, Size, Theme};

type InputState = text_input::State<<Renderer as text::Renderer>::Paragraph>;

/// A text field whose caret stays at the end, if it was there, when the application rewrites the line.
pub(super) struct Tail<'a, M> {
    pub input: Element<'a, M>,
    pub value: text_input::Value,
}

#[derive(Default)]
struct State {
    /// What stood in the field at the last event.
    value: String,
    /// Whether the caret was behind all of it.
    at_end: bool,
}

impl<M> Widget<M, Theme, Renderer> for Tail<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { value: self.value.to_string(), at_end: true })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.input)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.input));
    }

    fn size(&self) -> Size<Length> {
        self.input.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(child) = tree.children.first_mut() else { return layout::Node::default() };
        let inner = self.input.as_widget_mut().layout(child, renderer, limits);
        layout::Node::with_children(inner.size(), vec![inner])
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
        let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) else { return };
        let state = tree.state.downcast_mut::<State>();
        let field = child.state.downcast_mut::<InputState>();
        let value = self.value.to_string();
        if state.value != value {
            if state.at_end {
                field.move_cursor_to_end();
            }
            state.value = value;
        }
        // Asked before the event: afterwards the field may hold more than we know of.
        state.at_end = match field.cursor().state(&self.value) {
            text_input::cursor::State::Index(index) => index >= self.value.len(),
            // All of it is replaced by what is typed next.
            text_input::cursor::State::Selection { start, end } => start.max(end) >= self.value.len(),
        };
        self.input.as_widget_mut().update(child, event, inner, cursor, renderer, clipboard, shell, viewport);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let (Some(child), Some(inner)) = (tree.children.first(), layout.children().next()) {
            self.input.as_widget().draw(child, renderer, theme, style, inner, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        match (tree.children.first(), layout.children().next()) {
            (Some(child), Some(inner)) => {
                self.input.as_widget().mouse_interaction(child, inner, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::None,
        }
    }
}
