//! Typing at the end of a line that is rewritten as one types.
//!
//! A number is grouped while it is typed: the application answers a digit with a longer line than the field made of it, and the
//! field's caret, which counts letters, then stands before the digit instead of behind it. The next digit would go to the wrong
//! place. A task that moves the caret comes too late for quick fingers, so it is kept at the end here, before anything else
//! happens to the field.

use super::Element;
use crate::widget::passing::pass_on;
use iced::advanced::text;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, mouse};
use iced::widget::text_input;
use iced::{Event, Rectangle, Renderer, Theme};

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
    pass_on!(child input: children, diff, size, size_hint, layout, operate, draw, mouse_interaction, overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { value: self.value.to_string(), at_end: true })
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
        let Some(child) = tree.children.first_mut() else { return };
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
        self.input.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
    }
}
