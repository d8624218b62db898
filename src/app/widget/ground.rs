//! Coloured grounds in small pieces, as tall as what is seen of them.
//!
//! Whatever crosses the edge of its layer, or of the spot that is drawn again, the software renderer fills through a mask,
//! all of it, at several times the price: a wheel of 14 pixels that turns in a corner would cost as much as the whole list
//! behind it. What is made of pieces costs one of them; and what ends at the edge by itself needs no mask.

use super::Element;
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Layout, Renderer as _, mouse, renderer};
use iced::border::Radius;
use iced::{Border, Color, Rectangle, Renderer, Theme};

/// The side of a piece.
const SIDE: f32 = 128.0;

/// What is lower than this is one piece.
const LOW: f32 = 192.0;

/// Pieces reach so far into the next one: where a pixel belongs to both, nothing shines through.
const SEAM: f32 = 1.0;

/// Content on a ground of this color, which nothing shines through.
pub fn under<'a, M: 'a>(color: Color, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Ground { color, content: content.into() })
}

/// Fills the part of `bounds` that is in view.
pub fn fill(renderer: &mut Renderer, bounds: Rectangle, radius: Radius, color: Color, viewport: &Rectangle) {
    let Some((bounds, radius)) = seen(bounds, radius, viewport) else { return };
    for (bounds, radius) in slices(bounds, radius, color.a < 1.0) {
        let border = Border { radius, ..Border::default() };
        renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, color);
    }
}

struct Ground<'a, M> {
    color: Color,
    content: Element<'a, M>,
}

impl<M> Widget<M, Theme, Renderer> for Ground<'_, M> {
    pass_on!(whole content: tag, state, children, diff, size, size_hint, layout, operate, update, mouse_interaction, overlay);

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
        if let Some(bounds) = layout.bounds().intersection(viewport) {
            for bounds in tiles(bounds) {
                renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, self.color);
            }
        }
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }
}

/// Where pieces begin, and how long they are, over such a length.
fn steps(begin: f32, length: f32) -> impl Iterator<Item = (f32, f32)> {
    let count = (length / SIDE).ceil().max(1.0) as u16;
    (0..count).map(move |step| {
        let from = f32::from(step) * SIDE;
        (begin + from, (SIDE + SEAM).min(length - from))
    })
}

fn tiles(bounds: Rectangle) -> impl Iterator<Item = Rectangle> {
    steps(bounds.y, bounds.height).flat_map(move |(y, height)| {
        steps(bounds.x, bounds.width).map(move |(x, width)| Rectangle { x, y, width, height })
    })
}

/// A tall one as its two ends with the corners, and what lies between. Not where one would shine through the other.
fn slices(bounds: Rectangle, radius: Radius, shines: bool) -> Vec<(Rectangle, Radius)> {
    let Rectangle { y, height, .. } = bounds;
    let (top, bottom) = (radius.top_left.max(radius.top_right), radius.bottom_left.max(radius.bottom_right));
    if shines || height < LOW || height <= 2.0 * (top + bottom) {
        return vec![(bounds, radius)];
    }
    let mut slices = Vec::new();
    if top > 0.0 {
        slices.push((Rectangle { height: 2.0 * top, ..bounds }, radius.bottom(0.0)));
    }
    let between = steps(y + top, height - top - bottom);
    slices.extend(between.map(|(y, height)| (Rectangle { y, height, ..bounds }, Radius::default())));
    if bottom > 0.0 {
        slices.push((Rectangle { y: y + height - 2.0 * bottom, height: 2.0 * bottom, ..bounds }, radius.top(0.0)));
    }
    slices
}

/// What is seen of it from top to bottom, with straight ends where it goes on outside. A corner at the edge stays whole,
/// and so does one for which too little would be left.
fn seen(bounds: Rectangle, mut radius: Radius, viewport: &Rectangle) -> Option<(Rectangle, Radius)> {
    let whole = (bounds, radius);
    let (mut top, mut bottom) = (bounds.y, bounds.y + bounds.height);
    let (above, below) = (viewport.y - top, bottom - (viewport.y + viewport.height));
    if above > 0.0 && above >= radius.top_left.max(radius.top_right) {
        top = viewport.y;
        (radius.top_left, radius.top_right) = (0.0, 0.0);
    }
    if below > 0.0 && below >= radius.bottom_left.max(radius.bottom_right) {
        bottom = viewport.y + viewport.height;
        (radius.bottom_left, radius.bottom_right) = (0.0, 0.0);
    }
    let height = bottom - top;
    let room = 2.0 * radius.top_left.max(radius.top_right).max(radius.bottom_left).max(radius.bottom_right);
    match height > 0.0 {
        // The renderer makes corners smaller where they do not have half of the height each.
        true if height < room => Some(whole),
        true => Some((Rectangle { y: top, height, ..bounds }, radius)),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Point, Size};

    fn at(y: f32, height: f32) -> Rectangle {
        Rectangle::new(Point::new(10.0, y), Size::new(50.0, height))
    }

    #[test]
    fn what_goes_on_outside_ends_at_the_edge_and_a_corner_in_view_stays_as_it_is() {
        let view = Rectangle::new(Point::new(0.0, 100.0), Size::new(200.0, 300.0));
        let all = Radius::new(14.0).bottom_left(5.0);
        assert_eq!(seen(at(150.0, 60.0), all, &view), Some((at(150.0, 60.0), all)));
        assert_eq!(seen(at(40.0, 100.0), all, &view), Some((at(100.0, 40.0), all.top(0.0))));
        assert_eq!(
            seen(at(90.0, 100.0), all, &view),
            Some((at(90.0, 100.0), all)),
            "the edge goes through the corners"
        );
        assert_eq!(seen(at(350.0, 200.0), all, &view), Some((at(350.0, 50.0), all.bottom(0.0))));
        assert_eq!(seen(at(0.0, 900.0), all, &view), Some((at(100.0, 300.0), Radius::default())));
        assert_eq!(seen(at(20.0, 50.0), all, &view), None);
        assert_eq!(
            seen(at(390.0, 60.0), all, &view),
            Some((at(390.0, 60.0), all)),
            "its corners have no room in 10 pixels"
        );
    }

    /// Every row of a whole is in a piece, none goes beyond it, and only the ends are round.
    #[test]
    fn pieces_are_small_and_leave_nothing_out() {
        let all = Radius::new(14.0).bottom_left(5.0);
        for height in [30.0, 191.0, 192.0, 300.5, 515.0, 2000.0] {
            let pieces = slices(at(7.25, height), all, false);
            assert!(pieces.iter().all(|(piece, _)| piece.height <= LOW));
            let mut reached = 7.25;
            for (piece, _) in &pieces {
                assert!(piece.y <= reached && piece.x == 10.0 && piece.width == 50.0, "{pieces:?}");
                reached = f32::max(reached, piece.y + piece.height);
            }
            assert!((reached - 7.25 - height).abs() < 0.01, "{pieces:?}");
            for (piece, radius) in &pieces {
                let round = radius.top_left.max(radius.top_right).max(radius.bottom_left).max(radius.bottom_right);
                assert!(2.0 * round <= piece.height, "the renderer would make its corners smaller: {piece:?}");
            }
            let (first, last) = (pieces.first().unwrap().1, pieces.last().unwrap().1);
            assert_eq!((first.top_left, last.bottom_left, last.bottom_right), (14.0, 5.0, 14.0));
        }
        assert_eq!(slices(at(0.0, 900.0), all, true).len(), 1, "it would be seen twice at the seams");
        let tiles: Vec<Rectangle> = tiles(Rectangle::new(Point::new(320.0, 56.0), Size::new(300.0, 129.0))).collect();
        assert_eq!(tiles.len(), 3 * 2);
        assert_eq!(tiles.iter().map(|tile| tile.x + tile.width).fold(0.0, f32::max), 620.0);
        assert_eq!(tiles.iter().map(|tile| tile.y + tile.height).fold(0.0, f32::max), 185.0);
    }
}
