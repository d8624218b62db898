//! What a message answers: a bar, a little picture, a name with a sign beside it, and words under it.
//!
//! One widget in place of five nested ones: every frame makes a handful of these.

use super::{Element, flow};
use crate::theme::Look;
use crate::widget::passing::pass_on;
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer};
use iced::{Border, Color, Length, Point, Rectangle, Renderer, Size, Theme, border};

/// How wide the bar is.
const BAR: f32 = 3.0;
/// Between the bar, the picture and the words.
const GAP: f32 = 8.0;
/// Between the name and its sign.
const SIGN: f32 = 6.0;
/// After the words.
const END: f32 = 6.0;

/// See the module; made by [`quoted`].
pub struct Quoted<'a, M> {
    look: Look,
    color: Color,
    /// The name, the words, the sign, the picture.
    children: Vec<Element<'a, M>>,
    sign: bool,
}

/// A name above words, beside a bar of this colour.
pub fn quoted<'a, M>(
    look: Look,
    color: Color,
    name: impl Into<Element<'a, M>>,
    words: impl Into<Element<'a, M>>,
) -> Quoted<'a, M> {
    Quoted { look, color, children: vec![name.into(), words.into()], sign: false }
}

impl<'a, M> Quoted<'a, M> {
    /// What stands after the name, and what before both.
    pub fn with(mut self, sign: Option<Element<'a, M>>, picture: Option<Element<'a, M>>) -> Self {
        self.sign = sign.is_some();
        self.children.extend(sign.into_iter().chain(picture));
        self
    }
}

impl<M> Widget<M, Theme, Renderer> for Quoted<'_, M> {
    pass_on!(each children: children, diff, operate, update);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let room = limits.max().width;
        let mut children = self.children.iter_mut().zip(&mut tree.children);
        let (name, words) = (children.next(), children.next());
        let sign = if self.sign { children.next() } else { None };
        let of = |child: Option<(&mut Element<'_, M>, &mut Tree)>, room: f32| {
            let limits = layout::Limits::new(Size::ZERO, Size::new(room.max(0.0), f32::INFINITY));
            child.map(|(child, tree)| child.as_widget_mut().layout(tree, renderer, &limits))
        };
        let size = |node: &Option<layout::Node>| node.as_ref().map_or(Size::ZERO, layout::Node::size);

        let picture = of(children.next(), room);
        let start = BAR + GAP + picture.as_ref().map_or(0.0, |picture| picture.size().width + GAP);
        let room = room - start - END;
        let sign = of(sign, room);
        let after = sign.as_ref().map_or(0.0, |sign| sign.size().width + SIGN);
        let (name, words) = (of(name, room - after), of(words, room));

        let line = Size::new(size(&name).width + after, size(&name).height.max(size(&sign).height));
        let lines = Size::new(line.width.max(size(&words).width), line.height + size(&words).height);
        let whole = Size::new(start + lines.width + END, lines.height.max(size(&picture).height));
        let top = (whole.height - lines.height) / 2.0;
        let middle = |node: &Option<layout::Node>| (line.height - size(node).height) / 2.0;
        let places = [
            (start, top + middle(&name)),
            (start, top + line.height),
            (start + size(&name).width + SIGN, top + middle(&sign)),
            (BAR + GAP, (whole.height - size(&picture).height) / 2.0),
        ];
        let nodes = [name, words, sign, picture].into_iter().zip(places).filter_map(|(node, (x, y))| {
            let node = node?;
            let x = flow::at(self.look, x, node.size().width, whole.width);
            Some(node.move_to(Point::new(x, y)))
        });
        layout::Node::with_children(whole, nodes.collect())
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
        let bounds = layout.bounds();
        let bar = Rectangle { x: bounds.x + flow::at(self.look, 0.0, BAR, bounds.width), width: BAR, ..bounds };
        let border = Border { radius: border::radius(BAR / 2.0), ..Border::default() };
        renderer.fill_quad(renderer::Quad { bounds: bar, border, snap: true, ..renderer::Quad::default() }, self.color);
        for ((child, tree), layout) in self.children.iter().zip(&tree.children).zip(layout.children()) {
            child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }
}

impl<'a, M: 'a> From<Quoted<'a, M>> for Element<'a, M> {
    fn from(quoted: Quoted<'a, M>) -> Self {
        Element::new(quoted)
    }
}
