//! The pictures of an album in their grid: as wide as there is room, never wider than it is made for.

use crate::media::{grid::Grid, still};
use crate::theme::Look;
use crate::widget::Element;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

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
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        self.cells.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.cells);
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

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        for ((cell, tree), layout) in self.cells.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            cell.as_widget_mut().operate(tree, layout, renderer, operation);
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
        for ((cell, tree), layout) in self.cells.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            cell.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        let each = self.cells.iter().zip(&tree.children).zip(layout.children());
        each.map(|((cell, tree), layout)| cell.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer))
            .max()
            .unwrap_or_default()
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

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        overlay::from_children(&mut self.cells, tree, layout, renderer, viewport, translation)
    }
}

impl<'a, M: 'a> From<Mosaic<'a, M>> for Element<'a, M> {
    fn from(mosaic: Mosaic<'a, M>) -> Self {
        Element::new(mosaic)
    }
}
