//! The keyboard's way from control to control.

use crate::widget::Element;
use iced::advanced::widget::operation::{self, Operation, Outcome};
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
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

    fn run(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.content.as_widget_mut().operate(tree, layout, renderer, operation.as_mut());
            if let Outcome::Chain(following) = operation.finish() {
                next = Some(following);
            }
        }
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
                    let step: Box<dyn Operation> = if modifiers.shift() {
                        Box::new(operation::focusable::focus_previous())
                    } else {
                        Box::new(operation::focusable::focus_next())
                    };
                    self.run(tree, layout, renderer, step);
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
