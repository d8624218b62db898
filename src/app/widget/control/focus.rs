//! The keyboard's way from control to control.

use crate::widget::Element;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
use iced::widget::Id;
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// Stands around a whole window: Tab and Shift+Tab move the focus inside, Escape sends a message.
///
/// This is a widget and not a subscription so that the focus moves without a message, a new view or a task, and works
/// in headless tests.
pub struct Keys<'a, M> {
    content: Element<'a, M>,
    on_escape: Option<M>,
}

/// Puts the keyboard's ways around `content`.
pub fn keys<'a, M: Clone + 'a>(content: impl Into<Element<'a, M>>) -> Keys<'a, M> {
    Keys { content: content.into(), on_escape: None }
}

impl<M> Keys<'_, M> {
    /// What Escape sends, before anything inside sees the key.
    pub fn on_escape(self, message: Option<M>) -> Self {
        Self { on_escape: message, ..self }
    }

    /// Moves the focus one control on or back; from the last one on to the first.
    fn step(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, back: bool) {
        let mut count = Count::default();
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut count);
        if count.total == 0 {
            return;
        }
        let to = match (count.focused, back) {
            (None, false) => 0,
            (None, true) => count.total - 1,
            (Some(at), false) => (at + 1) % count.total,
            (Some(at), true) => (at + count.total - 1) % count.total,
        };
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { to, at: 0 });
    }
}

/// How many can have the focus, and which has it.
#[derive(Default)]
struct Count {
    total: usize,
    focused: Option<usize>,
}

impl Operation for Count {
    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.total);
        }
        self.total += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

/// Gives the focus to one by its number, and takes it from the others.
struct Focus {
    to: usize,
    at: usize,
}

impl Operation for Focus {
    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.at == self.to {
            state.focus();
        } else if state.is_focused() {
            state.unfocus();
        }
        self.at += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Keys<'_, M> {
    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
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
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(key), modifiers, .. }) = event {
            let others = modifiers.control() || modifiers.alt() || modifiers.logo();
            match key {
                key::Named::Tab if !others => {
                    self.step(tree, layout, renderer, modifiers.shift());
                    shell.capture_event();
                    shell.request_redraw();
                    return;
                }
                key::Named::Escape if !others => {
                    if let Some(message) = &self.on_escape {
                        shell.publish(message.clone());
                        shell.capture_event();
                        return;
                    }
                }
                _ => {}
            }
        }
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}

impl<'a, M: Clone + 'a> From<Keys<'a, M>> for Element<'a, M> {
    fn from(keys: Keys<'a, M>) -> Self {
        Self::new(keys)
    }
}
