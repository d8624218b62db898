//! Small things beside each other in as many lines as they need; says where the last line ends, so that the time of a
//! bubble can stand beside it.

use super::{Element, flow};
use crate::theme::Look;
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Widget, layout};
use iced::{Length, Point, Renderer, Size, Theme, Vector};

/// Made by [`chips`].
pub struct Chips<'a, M> {
    look: Look,
    gap: f32,
    children: Vec<Element<'a, M>>,
}

/// These beside each other in the order of reading, so many pixels apart each way.
pub fn chips<'a, M>(look: Look, gap: f32, children: Vec<Element<'a, M>>) -> Chips<'a, M> {
    Chips { look, gap, children }
}

/// How wide the last line is, as laid out last.
struct State {
    last: f32,
}

/// How wide the last line is, if this is the tree of chips.
pub fn last_line(tree: &Tree) -> Option<f32> {
    (tree.tag == tree::Tag::of::<State>()).then(|| tree.state.downcast_ref::<State>().last)
}

impl<M> Widget<M, Theme, Renderer> for Chips<'_, M> {
    pass_on!(each children: children, diff, operate, update, draw, mouse_interaction, overlay);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { last: 0.0 })
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let room = limits.max().width;
        let loose = layout::Limits::new(Size::ZERO, Size::new(room, f32::INFINITY));
        let mut nodes = Vec::with_capacity(self.children.len());
        let (mut x, mut y, mut height, mut width) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        for (child, tree) in self.children.iter_mut().zip(&mut tree.children) {
            let node = child.as_widget_mut().layout(tree, renderer, &loose);
            let size = node.size();
            if x > 0.0 && x + self.gap + size.width > room {
                (x, y, height) = (0.0, y + height + self.gap, 0.0);
            }
            let start = if x > 0.0 { x + self.gap } else { 0.0 };
            nodes.push(node.move_to(Point::new(start, y)));
            (x, height) = (start + size.width, height.max(size.height));
            width = width.max(x);
        }
        tree.state.downcast_mut::<State>().last = x;
        let whole = Size::new(width, y + height);
        for node in &mut nodes {
            let bounds = node.bounds();
            let mirrored = flow::at(self.look, bounds.x, bounds.width, whole.width);
            node.translate_mut(Vector::new(mirrored - bounds.x, 0.0));
        }
        layout::Node::with_children(whole, nodes)
    }
}

impl<'a, M: 'a> From<Chips<'a, M>> for Element<'a, M> {
    fn from(chips: Chips<'a, M>) -> Self {
        Element::new(chips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Direction;
    use crate::widget::stage::Stage;
    use iced::widget::{container, space};

    fn three(look: Look) -> Element<'static, ()> {
        let chip = |id: &'static str| container(space().width(40).height(10)).id(id).into();
        chips(look, 4.0, vec![chip("a"), chip("b"), chip("c")]).into()
    }

    #[test]
    fn what_does_not_fit_goes_on_below_in_both_directions() {
        let mut stage = Stage::new(100.0, 50.0);
        let english = Look::day();
        let arabic = Look { direction: Direction::RightToLeft, ..english };
        let at = |stage: &mut Stage, look, id| stage.bounds_of(three(look), id).map(|b| (b.x, b.y)).unwrap();
        assert_eq!(["a", "b", "c"].map(|id| at(&mut stage, english, id)), [(0.0, 0.0), (44.0, 0.0), (0.0, 14.0)]);
        // All of them are 84 wide.
        assert_eq!(["a", "b", "c"].map(|id| at(&mut stage, arabic, id)), [(44.0, 0.0), (0.0, 0.0), (44.0, 14.0)]);
    }
}
