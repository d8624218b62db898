//! Something that hangs below a field, over whatever else is there: the list of a field with suggestions.
//!
//! The keyboard stays with the field. The list goes when the field loses it.

use super::Element;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
use iced::widget::Id;
use iced::{Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

/// Between the field and what hangs below.
const GAP: f32 = 4.0;
/// To the edges of the window.
const EDGE: f32 = 8.0;

/// A field with something below it; made by [`drop`].
pub struct Drop<'a, M> {
    field: Element<'a, M>,
    below: Element<'a, M>,
    most: f32,
    on_key: Box<dyn Fn(key::Named) -> Option<M> + 'a>,
    on_leave: M,
}

/// Hangs `below` under `field`, as wide as it and at most `most` high. `on_key` sees the keys that the field has no
/// use for; `on_leave` is sent when the field loses the keyboard.
pub fn drop<'a, M: Clone + 'a>(
    field: impl Into<Element<'a, M>>,
    below: impl Into<Element<'a, M>>,
    most: f32,
    on_key: impl Fn(key::Named) -> Option<M> + 'a,
    on_leave: M,
) -> Drop<'a, M> {
    Drop { field: field.into(), below: below.into(), most, on_key: Box::new(on_key), on_leave }
}

#[derive(Default)]
struct State {
    had_focus: bool,
}

/// Whether anything has the keyboard.
struct Focused(bool);

impl Operation for Focused {
    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        self.0 |= state.is_focused();
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Drop<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.field), Tree::new(&self.below)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.field, &self.below]);
    }

    fn size(&self) -> Size<Length> {
        self.field.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(field) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        let node = self.field.as_widget_mut().layout(field, renderer, limits);
        layout::Node::with_children(node.size(), vec![node])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let (Some(field), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.field.as_widget_mut().operate(field, inner, renderer, operation);
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
        let (Some(field), Some(inner)) = (tree.children.first_mut(), layout.children().next()) else { return };
        let mut focused = Focused(false);
        self.field.as_widget_mut().operate(field, inner, renderer, &mut focused);
        // Keys that move in the list or choose from it, before the field sees them.
        if focused.0
            && let Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(named), .. }) = event
            && let Some(message) = (self.on_key)(*named)
        {
            shell.publish(message);
            shell.capture_event();
            return;
        }
        self.field.as_widget_mut().update(field, event, inner, cursor, renderer, clipboard, shell, viewport);
        let mut focused = Focused(false);
        self.field.as_widget_mut().operate(field, inner, renderer, &mut focused);
        let state = tree.state.downcast_mut::<State>();
        if state.had_focus && !focused.0 {
            shell.publish(self.on_leave.clone());
        }
        state.had_focus = focused.0;
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
        if let (Some(field), Some(inner)) = (tree.children.first(), layout.children().next()) {
            self.field.as_widget().draw(field, renderer, theme, style, inner, cursor, viewport);
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
            (Some(field), Some(inner)) => {
                self.field.as_widget().mouse_interaction(field, inner, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::None,
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let tree = tree.children.get_mut(1)?;
        let field = Rectangle::new(layout.position() + translation, layout.bounds().size());
        Some(overlay::Element::new(Box::new(Below { content: &mut self.below, tree, field, most: self.most })))
    }
}

impl<'a, M: Clone + 'a> From<Drop<'a, M>> for Element<'a, M> {
    fn from(drop: Drop<'a, M>) -> Self {
        Self::new(drop)
    }
}

struct Below<'a, 'b, M> {
    content: &'b mut Element<'a, M>,
    tree: &'b mut Tree,
    field: Rectangle,
    most: f32,
}

impl<M> overlay::Overlay<M, Theme, Renderer> for Below<'_, '_, M> {
    fn layout(&mut self, renderer: &Renderer, bounds: Size) -> layout::Node {
        let under = bounds.height - (self.field.y + self.field.height) - GAP - EDGE;
        let over = self.field.y - GAP - EDGE;
        // Below, unless there is hardly room and more of it above.
        let above = under < self.most.min(160.0) && over > under;
        let height = if above { over } else { under }.clamp(0.0, self.most);
        let limits = layout::Limits::new(Size::ZERO, Size::new(self.field.width, height));
        let node = self.content.as_widget_mut().layout(self.tree, renderer, &limits);
        let y = if above { self.field.y - GAP - node.size().height } else { self.field.y + self.field.height + GAP };
        node.move_to(Point::new(self.field.x, y))
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        let viewport = layout.bounds();
        self.content.as_widget().draw(self.tree, renderer, theme, style, layout, cursor, &viewport);
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(self.tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        // The keyboard is the field's.
        if matches!(event, Event::Keyboard(_)) {
            return;
        }
        let viewport = layout.bounds();
        self.content.as_widget_mut().update(self.tree, event, layout, cursor, renderer, clipboard, shell, &viewport);
        // A press on the list is none on what lies under it.
        if matches!(event, Event::Mouse(mouse::Event::ButtonPressed(_))) && cursor.is_over(layout.bounds()) {
            shell.capture_event();
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, renderer: &Renderer) -> mouse::Interaction {
        let viewport = layout.bounds();
        self.content.as_widget().mouse_interaction(self.tree, layout, cursor, &viewport, renderer)
    }
}
