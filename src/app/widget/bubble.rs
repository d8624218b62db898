//! A message as a bubble: where reading begins or, when it is our own, where it ends; its time at the end of the last line where
//! it fits, else below; the sender's avatar beside the last bubble of a run. Under the time there may be something across the
//! whole bubble, and buttons under the bubble itself.

use super::{chips, flow, ground, text};
use crate::theme::{Direction, Look};
use crate::widget::passing::pass_on;
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::border::Radius;
use iced::{Color, Element, Length, Padding, Point, Rectangle, Renderer, Size, Theme, Vector};

/// The widest bubble, at 100 % text.
const WIDEST: f32 = 520.0;
/// Between the bubble's edge and what is in it.
const PADDING: Padding = Padding { top: 7.0, right: 12.0, bottom: 6.0, left: 12.0 };
/// How far pictures reach into that.
const BLEED: f32 = 6.0;
/// Avatar and the gap beside it.
const AVATAR: (f32, f32) = (32.0, 8.0);
/// Above the first bubble of a run, and above the others.
const ABOVE: (f32, f32) = (10.0, 2.0);
/// Corners, and the one at the last bubble's foot.
const RADIUS: (f32, f32) = (14.0, 5.0);
/// Between the bubble and what stands under it.
const BELOW: f32 = 4.0;
/// How wide a bubble is at least with something across it, and with something under it, at 100 % text.
const LEAST: (f32, f32) = (200.0, 240.0);
/// Words under a narrow picture may be so wide, at 100 % text.
const CAPTION: f32 = 240.0;
/// How round the ground of a picture is that is narrower than its bubble.
const PICTURE: f32 = 10.0;
/// At least this much between the last word and the time.
const BEFORE_TIME: f32 = 12.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Plain,
    /// Reaches closer to the edge of the bubble.
    Picture,
    /// The time may stand at the end of its last line.
    Words,
    /// The same, of things that are higher than a line of words.
    Chips,
}

/// See the module.
pub struct Bubble<'a, M> {
    look: Look,
    own: bool,
    first: bool,
    last: bool,
    /// Whether there is room for an avatar, and then which.
    avatars: bool,
    /// Without a ground of its own.
    bare: bool,
    parts: Vec<(Part, f32)>,
    /// Across the bubble, under the time.
    foot: Option<Element<'a, M>>,
    /// Under the bubble.
    below: Option<Element<'a, M>>,
    /// Whether there was a foot, and something below.
    ends: (bool, bool),
    /// The parts, then the time, the foot, what is below, the avatar: as far as they are there.
    children: Vec<Element<'a, M>>,
}

/// A bubble with its time. `own` puts it at the end.
pub fn bubble<'a, M>(look: Look, own: bool) -> Bubble<'a, M> {
    Bubble {
        look,
        own,
        first: true,
        last: true,
        avatars: false,
        bare: false,
        parts: Vec::with_capacity(4),
        foot: None,
        below: None,
        ends: (false, false),
        // Words, a time, an avatar, and one thing more.
        children: Vec::with_capacity(4),
    }
}

/// How far bubbles stand off the edges of a view of this width.
pub fn margin(width: f32) -> f32 {
    if width < 560.0 { 12.0 } else { 24.0 }
}

impl<'a, M: 'a> Bubble<'a, M> {
    /// Whether it begins and ends a run of one sender.
    pub fn run(mut self, first: bool, last: bool) -> Self {
        (self.first, self.last) = (first, last);
        self
    }

    /// Whether nothing is in it yet.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Something in it, so many pixels below what is above.
    pub fn part(mut self, gap: f32, content: impl Into<Element<'a, M>>) -> Self {
        self.parts.push((Part::Plain, gap));
        self.children.push(content.into());
        self
    }

    /// A picture in it.
    pub fn picture(mut self, gap: f32, content: impl Into<Element<'a, M>>) -> Self {
        self.parts.push((Part::Picture, gap));
        self.children.push(content.into());
        self
    }

    /// Words in it.
    pub fn words(mut self, gap: f32, content: text::Formatted<'a, M>) -> Self {
        self.parts.push((Part::Words, gap));
        self.children.push(content.into());
        self
    }

    /// Small things beside each other in it.
    pub fn chips(mut self, gap: f32, content: chips::Chips<'a, M>) -> Self {
        self.parts.push((Part::Chips, gap));
        self.children.push(content.into());
        self
    }

    /// Without a ground: what is in it stands on the wall.
    pub fn bare(mut self, bare: bool) -> Self {
        self.bare = bare;
        self
    }

    /// Something across the whole bubble, under the time.
    pub fn foot(mut self, content: impl Into<Element<'a, M>>) -> Self {
        self.foot = Some(content.into());
        self
    }

    /// Something under the bubble, as wide as it is.
    pub fn below(mut self, content: impl Into<Element<'a, M>>) -> Self {
        self.below = Some(content.into());
        self
    }

    /// Its time and ticks, and the avatar: `None` leaves no room for one, `Some(None)` leaves room.
    pub fn finish(mut self, time: impl Into<Element<'a, M>>, avatar: Option<Option<Element<'a, M>>>) -> Self {
        self.children.push(time.into());
        self.avatars = avatar.is_some();
        self.ends = (self.foot.is_some(), self.below.is_some());
        self.children.extend(self.foot.take().into_iter().chain(self.below.take()).chain(avatar.flatten()));
        self
    }

    fn radius(&self) -> Radius {
        let mut radius = Radius::new(RADIUS.0);
        let at_right = self.own == (self.look.direction == Direction::LeftToRight);
        if self.last && at_right {
            radius.bottom_right = RADIUS.1;
        } else if self.last {
            radius.bottom_left = RADIUS.1;
        }
        radius
    }
}

/// Where the time goes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Foot {
    /// The width of everything in the bubble.
    width: f32,
    /// How much the time adds to the height.
    extra: f32,
    /// The top of the time, below the end of the parts.
    top: f32,
}

/// Puts the time at the end of the last line where it fits. `line` is that line's width, if there is one.
fn foot(content: f32, line: Option<f32>, time: Size, room: f32) -> Foot {
    match line {
        Some(line) if line + BEFORE_TIME + time.width <= room => {
            Foot { width: content.max(line + BEFORE_TIME + time.width), extra: 0.0, top: -time.height }
        }
        _ => Foot { width: content.max(time.width), extra: time.height + 4.0, top: 4.0 },
    }
}

impl<'a, M> Widget<M, Theme, Renderer> for Bubble<'a, M> {
    pass_on!(each children: children, diff, operate, update, mouse_interaction, overlay);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let width = limits.max().width;
        let side = margin(width);
        let gutter = if self.avatars && !self.own { AVATAR.0 + AVATAR.1 } else { 0.0 };
        // A little of the wall is always seen at the other side.
        let room = (width - 2.0 * side - gutter - 24.0).min(self.look.size(WIDEST)).max(120.0);
        let padding = if self.bare { Padding::ZERO } else { PADDING };
        let mut inner = room - padding.left - padding.right;
        let above = if self.first { ABOVE.0 } else { ABOVE.1 };

        let mut nodes = Vec::with_capacity(self.children.len() + 1);
        let (mut y, mut content) = (0.0_f32, 0.0_f32);
        let mut line = None;
        // How much lower than the time things of the last line reach.
        let mut lower = None;
        // Words in the other direction than the program's begin at the other edge.
        let rtl = self.look.direction == Direction::RightToLeft;
        let mut against = 0_u32;
        let mut children = self.children.iter_mut().zip(&mut tree.children);
        for (number, ((part, gap), (child, tree))) in self.parts.iter().zip(&mut children).enumerate() {
            let bleed = if *part == Part::Picture && !self.bare { BLEED } else { 0.0 };
            let limits = layout::Limits::new(Size::ZERO, Size::new(inner + 2.0 * bleed, f32::INFINITY));
            let node = child.as_widget_mut().layout(tree, renderer, &limits);
            let size = node.size();
            content = content.max(size.width - 2.0 * bleed);
            if *part == Part::Picture {
                // What stands under a picture is as wide as that.
                inner = inner.min((size.width - 2.0 * bleed).max(self.look.size(CAPTION)));
            }
            y += gap;
            let last = if *part == Part::Words { text::last_line(tree) } else { None };
            if last.is_some_and(|last| last.rtl != rtl) {
                against |= 1_u32.unbounded_shl(number as u32);
            }
            line = last.filter(|last| last.rtl == rtl).map(|last| last.width);
            lower = None;
            if *part == Part::Chips {
                line = chips::last_line(tree);
                lower = node.children().last().map(|chip| chip.size().height);
            }
            nodes.push(node.move_to(Point::new(padding.left - bleed, above + padding.top + y)));
            y += size.height;
        }
        let limits = layout::Limits::new(Size::ZERO, Size::new(inner, f32::INFINITY));
        let time = children.next().map(|(child, tree)| child.as_widget_mut().layout(tree, renderer, &limits));
        let time_size = time.as_ref().map_or(Size::ZERO, layout::Node::size);
        let mut foot = foot(content, line, time_size, inner);
        if let (Some(lower), true) = (lower, foot.extra == 0.0) {
            foot.top -= ((lower - time_size.height) / 2.0).max(0.0);
        }
        let least = match self.ends {
            (_, true) => LEAST.1,
            (true, false) => LEAST.0,
            (false, false) => 0.0,
        };
        foot.width = foot.width.max(self.look.size(least).min(room) - padding.left - padding.right);
        let mut size = Size::new(
            (foot.width + padding.left + padding.right).ceil(),
            (y + foot.extra + padding.top + padding.bottom).ceil(),
        );
        let x = if self.own { width - side - size.width } else { side + gutter };
        for (node, (part, _)) in nodes.iter_mut().zip(&self.parts) {
            let shift = match part {
                // Narrower than the words under it: in the middle of a ground of its own.
                Part::Picture if !self.bare => ((foot.width + 2.0 * BLEED - node.size().width) / 2.0).floor(),
                _ if self.bare && self.own => foot.width - node.size().width,
                _ => 0.0,
            };
            node.translate_mut(Vector::new(shift.max(0.0), 0.0));
        }
        let is_against = |number: usize| against.unbounded_shr(number as u32) & 1 == 1;
        for (_, node) in nodes.iter_mut().enumerate().filter(|(number, _)| is_against(*number)) {
            let shift = foot.width - node.size().width;
            node.translate_mut(Vector::new(shift, 0.0));
        }
        for node in &mut nodes {
            node.translate_mut(Vector::new(x, 0.0));
        }
        if let Some(time) = time {
            let at = Point::new(
                x + size.width - padding.right - time_size.width,
                (above + padding.top + y + foot.top).round(),
            );
            nodes.push(time.move_to(at));
        }
        let across = layout::Limits::new(Size::ZERO, Size::new(size.width, f32::INFINITY)).width(size.width);
        if let Some((foot, tree)) = if self.ends.0 { children.next() } else { None } {
            let node = foot.as_widget_mut().layout(tree, renderer, &across);
            let at = Point::new(x, above + size.height);
            size.height += node.size().height;
            nodes.push(node.move_to(at));
        }
        let mut under = 0.0;
        if let Some((below, tree)) = if self.ends.1 { children.next() } else { None } {
            let node = below.as_widget_mut().layout(tree, renderer, &across);
            under = 2.0 * BELOW + node.size().height;
            nodes.push(node.move_to(Point::new(x, above + size.height + BELOW)));
        }
        if let Some((avatar, tree)) = children.next() {
            let limits = layout::Limits::new(Size::ZERO, Size::new(AVATAR.0, AVATAR.0));
            let node = avatar.as_widget_mut().layout(tree, renderer, &limits);
            nodes.push(node.move_to(Point::new(side, above + size.height - AVATAR.0)));
        }
        nodes.push(layout::Node::new(size).move_to(Point::new(x, above)));
        // All this was said for reading from left to right.
        if rtl {
            for node in &mut nodes {
                let bounds = node.bounds();
                let x = flow::at(self.look, bounds.x, bounds.width, width);
                node.translate_mut(Vector::new(x - bounds.x, 0.0));
            }
        }
        layout::Node::with_children(Size::new(width, above + size.height + under), nodes)
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
        let palette = self.look.palette;
        if let Some(ground) = layout.children().next_back().filter(|_| !self.bare) {
            let (ground, radius) = (ground.bounds(), self.radius());
            if !palette.night {
                // A hint of a shadow; blurred ones cost too much to draw again with every scroll. No more of it than can be
                // seen below the bubble.
                let deep = ground.height.min(2.0 * RADIUS.0);
                let below = Rectangle { y: ground.y + ground.height - deep + 1.0, height: deep, ..ground };
                ground::fill(renderer, below, radius.top(0.0), Color { a: 0.06, ..Color::BLACK }, viewport);
            }
            let color = if self.own { palette.bubble_out } else { palette.raised };
            ground::fill(renderer, ground, radius, color, viewport);
            let room = ground.width - PADDING.left - PADDING.right + 2.0 * BLEED;
            for ((part, _), picture) in self.parts.iter().zip(layout.children()) {
                let picture = picture.bounds();
                if *part == Part::Picture && picture.width + 2.0 <= room {
                    let across = Rectangle { x: ground.x + (ground.width - room) / 2.0, width: room, ..picture };
                    ground::fill(renderer, across, PICTURE.into(), palette.quiet, viewport);
                }
            }
        }
        for ((child, tree), layout) in self.children.iter().zip(&tree.children).zip(layout.children()) {
            child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }
}

impl<'a, M: 'a> From<Bubble<'a, M>> for Element<'a, M> {
    fn from(bubble: Bubble<'a, M>) -> Self {
        Element::new(bubble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: Size = Size { width: 40.0, height: 14.0 };

    #[test]
    fn the_time_ends_the_last_line_where_it_fits() {
        // Short words: the bubble grows so that the time stands beside them.
        assert_eq!(foot(100.0, Some(100.0), TIME, 496.0), Foot { width: 152.0, extra: 0.0, top: -14.0 });
        // A short last line under a long one: it takes no room at all.
        assert_eq!(foot(480.0, Some(60.0), TIME, 496.0), Foot { width: 480.0, extra: 0.0, top: -14.0 });
    }

    #[test]
    fn else_it_has_a_line_of_its_own() {
        assert_eq!(foot(480.0, Some(470.0), TIME, 496.0), Foot { width: 480.0, extra: 18.0, top: 4.0 });
        // Below a picture or a file, and below words in the other direction.
        assert_eq!(foot(20.0, None, TIME, 496.0), Foot { width: 40.0, extra: 18.0, top: 4.0 });
    }
}
