//! The pictures of an album in their grid: as wide as there is room, never wider than it is made for.

use crate::media::{grid::Grid, still};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::{Length, Rectangle, Renderer, Size, Theme};

/// See the module.
pub struct Mosaic<'a, M> {
    look: Look,
    sizes: Vec<(u32, u32)>,
    cells: Vec<Element<'a, M>>,
}

/// One cell for each picture of these pixels.
pub fn mosaic<'a, M>(look: Look, sizes: Vec<(u32, u32)>, cells: Vec<Element<'a, M>>) -> Mosaic<'a, M> {
    Mosaic { look, sizes, cells }
}

/// The grid as it was made last: the search for the best one is not repeated with every frame.
#[derive(Default)]
struct State {
    sizes: Vec<(u32, u32)>,
    width: f32,
    rtl: bool,
    grid: Grid,
}

impl<M> Widget<M, Theme, Renderer> for Mosaic<'_, M> {
    pass_on!(each cells: children, diff, operate, update, mouse_interaction, overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let width = limits.max().width.min(still::ALBUM).floor();
        let rtl = self.look.direction == crate::theme::Direction::RightToLeft;
        if state.sizes != self.sizes || state.width != width || state.rtl != rtl {
            let grid = still::album_grid(&self.sizes, width);
            *state = State { sizes: self.sizes.clone(), width, rtl, grid };
        }
        let grid = state.grid.clone();
        let cells = self.cells.iter_mut().zip(&mut tree.children).zip(&grid.cells).map(|((cell, tree), place)| {
            let limits = layout::Limits::new(place.size(), place.size());
            cell.as_widget_mut().layout(tree, renderer, &limits).move_to(place.position())
        });
        layout::Node::with_children(grid.size, cells.collect())
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
        for ((cell, tree), layout) in self.cells.iter().zip(&tree.children).zip(layout.children()) {
            if layout.bounds().intersects(viewport) {
                cell.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
            }
        }
    }
}

impl<'a, M: 'a> From<Mosaic<'a, M>> for Element<'a, M> {
    fn from(mosaic: Mosaic<'a, M>) -> Self {
        Element::new(mosaic)
    }
}
