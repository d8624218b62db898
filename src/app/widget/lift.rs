//! A soft shadow under what lies above the rest.
//!
//! The software renderer blends its own blurred shadows once more with every partial redraw, so that they grow black
//! within seconds (iced_tiny_skia 0.14 draws them without the clip of the damaged part). This one is made of small
//! plain pieces around the content; a redraw inside of the content touches none of them.

use super::Element;
use crate::theme::Look;
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Layout, Renderer as _, mouse, renderer};
use iced::border::Radius;
use iced::{Background, Border, Color, Point, Rectangle, Renderer, Size, Theme};

/// How far something lies above the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// A hint, a menu.
    Low,
    /// A card or a dialog.
    High,
}

/// Content with corners of this radius, and its shadow.
pub fn lift<'a, M: 'a>(look: Look, height: Height, radius: f32, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Lift { look, height, radius, content: content.into() })
}

struct Lift<'a, M> {
    look: Look,
    height: Height,
    radius: f32,
    content: Element<'a, M>,
}

/// Draws only the shadow, for widgets that draw what stands above it themselves.
pub fn draw_shadow(renderer: &mut Renderer, look: Look, height: Height, radius: f32, bounds: Rectangle) {
    let (reach, drop, layers) = match height {
        Height::Low => (14.0, 3.0, 6),
        Height::High => (36.0, 10.0, 10),
    };
    // One layer is about one step of an 8-bit channel, the least that can be seen: the steps make an even slope.
    let ink = Color { a: if look.palette.night { 0.045 } else { 0.0046 }, ..Color::BLACK };
    let inset = radius.min(bounds.width / 2.0).min(bounds.height / 2.0);
    let inner = Rectangle { y: bounds.y + drop, ..bounds }.shrink(inset);
    // On whole pixels, so that the pieces meet without a seam.
    let (left, top) = (inner.x.round(), inner.y.round());
    let (right, bottom) = ((inner.x + inner.width).round(), (inner.y + inner.height).round());
    let (across, down) = (right - left, bottom - top);
    let mut piece = |x: f32, y: f32, width: f32, height: f32, radius: Radius| {
        renderer.fill_quad(
            renderer::Quad {
                bounds: Rectangle::new(Point::new(x, y), Size::new(width, height)),
                border: Border { radius, ..Border::default() },
                ..renderer::Quad::default()
            },
            Background::Color(ink),
        );
    };
    for layer in 0..layers {
        // Denser towards the edge.
        let out = (inset + reach * (1.0 - (layer as f32 / layers as f32).sqrt())).round();
        let square = Radius::default();
        piece(left, top - out, across, out, square);
        piece(left, bottom, across, out, square);
        piece(left - out, top, out, down, square);
        piece(right, top, out, down, square);
        piece(left - out, top - out, out, out, square.top_left(out));
        piece(right, top - out, out, out, square.top_right(out));
        piece(left - out, bottom, out, out, square.bottom_left(out));
        piece(right, bottom, out, out, square.bottom_right(out));
    }
}

impl<M> Widget<M, Theme, Renderer> for Lift<'_, M> {
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
        draw_shadow(renderer, self.look, self.height, self.radius, layout.bounds());
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Look;
    use crate::widget::stage::Stage;
    use iced::widget::{center, container, space};

    #[test]
    fn the_shadow_falls_off_outside_and_leaves_the_inside_alone() {
        let look = Look::day();
        let view = || -> Element<'static, ()> {
            let white = container(space()).width(200).height(100).style(|_| container::background(Color::WHITE));
            center(lift(look, Height::High, 20.0, white)).into()
        };
        let picture = Stage::new(400.0, 300.0).picture(view(), look);
        let brightness = |x, y| picture.at(x, y).map(u32::from).iter().take(3).sum::<u32>();
        assert_eq!(brightness(200, 150), 3 * 255);
        let below: Vec<u32> = (202..240).map(|y| brightness(200, y)).collect();
        assert!(below.is_sorted(), "it never grows darker on the way out: {below:?}");
        assert!(below[0] + 15 < brightness(5, 5), "near the edge it can be seen");
        assert_eq!(brightness(5, 5), brightness(395, 295));
    }
}
