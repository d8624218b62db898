//! Something that takes the place of something else for a while. What is aside is neither seen nor asked anything, but
//! it keeps its state: it comes back as it was left.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

struct Aside<'a, M> {
    usual: Element<'a, M>,
    instead: Element<'a, M>,
    is_aside: bool,
}

/// `usual`, or, as long as there is one, `instead`.
pub fn aside<'a, M: 'a>(usual: impl Into<Element<'a, M>>, instead: Option<Element<'a, M>>) -> Element<'a, M> {
    let is_aside = instead.is_some();
    let instead = instead.unwrap_or_else(|| iced::widget::space().into());
    Element::new(Aside { usual: usual.into(), instead, is_aside })
}

impl<'a, M> Aside<'a, M> {
    fn shown(&self) -> (&Element<'a, M>, usize) {
        if self.is_aside { (&self.instead, 1) } else { (&self.usual, 0) }
    }

    fn shown_mut(&mut self) -> (&mut Element<'a, M>, usize) {
        if self.is_aside { (&mut self.instead, 1) } else { (&mut self.usual, 0) }
    }
}

impl<M> Widget<M, Theme, Renderer> for Aside<'_, M> {
    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.usual), Tree::new(&self.instead)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.usual, &self.instead]);
    }

    fn size(&self) -> Size<Length> {
        self.shown().0.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let (shown, number) = self.shown_mut();
        let Some(tree) = tree.children.get_mut(number) else { return layout::Node::default() };
        let node = shown.as_widget_mut().layout(tree, renderer, limits);
        layout::Node::with_children(node.size(), vec![node])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let (shown, number) = self.shown_mut();
        if let (Some(tree), Some(layout)) = (tree.children.get_mut(number), layout.children().next()) {
            operation.traverse(&mut |operation| shown.as_widget_mut().operate(tree, layout, renderer, operation));
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
        let (shown, number) = self.shown_mut();
        if let (Some(tree), Some(layout)) = (tree.children.get_mut(number), layout.children().next()) {
            shown.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
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
        let (shown, number) = self.shown();
        if let (Some(tree), Some(layout)) = (tree.children.get(number), layout.children().next()) {
            shown.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        let (shown, number) = self.shown();
        match (tree.children.get(number), layout.children().next()) {
            (Some(tree), Some(layout)) => shown.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer),
            _ => mouse::Interaction::None,
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let (shown, number) = self.shown_mut();
        let (tree, layout) = (tree.children.get_mut(number)?, layout.children().next()?);
        shown.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}
