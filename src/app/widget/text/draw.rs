//! Draws shaped words.

use super::state::{State, What};
use crate::theme::Look;
use crate::widget::control::focus;
use crate::widget::icon::Icon;
use iced::advanced::svg::{Renderer as _, Svg};
use iced::advanced::text::Renderer as _;
use iced::advanced::{Renderer as _, renderer};
use iced::{Border, Color, Point, Rectangle, Renderer, Size, Vector};

/// Draws everything but what lies outside of `viewport`.
pub(super) fn draw(
    renderer: &mut Renderer,
    state: &State,
    look: Look,
    ground: Color,
    position: Point,
    viewport: &Rectangle,
) {
    let palette = look.palette;
    // By night the usual ground of code is hardly darker than bubbles are.
    let ground = if palette.night { Color { a: 0.28, ..Color::BLACK } } else { ground };
    let by = position - Point::ORIGIN;
    let fill = |renderer: &mut Renderer, bounds: Rectangle, radius: f32, color: Color| {
        let border = Border { radius: radius.into(), ..Border::default() };
        renderer.fill_quad(renderer::Quad { bounds: bounds + by, border, ..Default::default() }, color);
    };

    for quote in &state.quotes {
        fill(renderer, quote.frame, 6.0, Color { a: 0.10, ..palette.accent });
        let x = if quote.rtl { quote.frame.x + quote.frame.width - 3.0 } else { quote.frame.x };
        fill(renderer, Rectangle { x, width: 3.0, ..quote.frame }, 1.5, palette.accent);
    }
    for block in &state.blocks {
        if let Some(frame) = block.frame {
            let height = frame.height.min(block.end + 7.0 - frame.y).max(0.0);
            fill(renderer, Rectangle { height, ..frame }, 8.0, ground);
        }
        for mark in block.shaped.marks.iter().filter(|mark| mark.paint.ground) {
            let region = block.moved(mark.bounds);
            let region = Rectangle {
                x: region.x - 4.0,
                y: region.y + 1.0,
                width: region.width + 8.0,
                height: (region.height - 2.0).max(0.0),
            };
            fill(renderer, region, 5.0, ground);
        }
    }
    for region in state.chosen() {
        fill(renderer, region, 2.0, palette.selection);
    }

    let mut covers = Vec::new();
    for block in &state.blocks {
        let bounds = Rectangle::new(block.place + by, block.shaped.size());
        let shown = Rectangle { height: (block.end - block.place.y).max(0.0), ..bounds };
        if let Some((label, frame)) = block.label.as_ref().zip(block.frame) {
            let at = Point::new(frame.x + 10.0, frame.y + 6.0) + by;
            renderer.fill_paragraph(label, at, palette.muted, *viewport);
        }
        // Nothing is cut off at the sides: letters may reach over their own bounds.
        let clip = Rectangle { y: shown.y, height: shown.height, ..*viewport };
        let clip = if shown.height < bounds.height { viewport.intersection(&clip) } else { Some(*viewport) };
        let Some(clip) = clip else { continue };
        renderer.fill_paragraph(&block.shaped.paragraph, bounds.position(), palette.text, clip);
        for mark in &block.shaped.marks {
            let paint = mark.paint;
            let region = block.moved(mark.bounds);
            if region.height <= 0.0 {
                continue;
            }
            if paint.spoiler.is_some() {
                covers.push(region);
                continue;
            }
            let color = mark.color.unwrap_or(palette.text);
            let bar = |y: f32| Rectangle { y: (region.y + y).round(), height: 1.0, ..region };
            let hovered = paint.link.is_some_and(|link| state.hovered == Some(What::Link(link)));
            if paint.underline || hovered {
                fill(renderer, bar(mark.bounds.height * 0.82), 0.0, color);
            }
            if paint.strike {
                fill(renderer, bar(mark.bounds.height * 0.52), 0.0, color);
            }
        }
    }

    if !covers.is_empty() {
        // In a layer of its own: within one, words are drawn above grounds.
        renderer.with_layer(*viewport, |renderer| {
            for cover in covers {
                veil(renderer, look, cover + by);
            }
        });
    }
    for control in &state.controls {
        let Some(region) = control.regions.first() else { continue };
        let hovered = state.hovered == Some(control.what);
        let icon = match control.what {
            What::Copy(start) if state.copied.is_some_and(|(of, _)| of == start) => Some(Icon::Check),
            What::Copy(_) => Some(Icon::Copy),
            What::Quote(start) if state.opened.contains(&start) => Some(Icon::ChevronUp),
            What::Quote(_) => Some(Icon::ChevronDown),
            What::Link(_) | What::Spoiler(_) => None,
        };
        if let Some(icon) = icon {
            let size = look.size(15.0).round().min(region.width);
            let at = Point::new(region.center_x() - size / 2.0, region.center_y() - size / 2.0) + by;
            let bounds = Rectangle::new(Point::new(at.x.round(), at.y.round()), Size::new(size, size));
            let color = if hovered { palette.text } else { palette.muted };
            renderer.draw_svg(Svg::new(icon.handle()).color(color), bounds, *viewport);
        }
        if control.held.shows() {
            for region in &control.regions {
                focus::ring(renderer, look, *region + by, 4.0);
            }
        }
    }
}

/// Covers words with a calm ground of dots.
fn veil(renderer: &mut Renderer, look: Look, region: Rectangle) {
    let palette = look.palette;
    let cover = Rectangle { y: region.y + 2.0, height: (region.height - 4.0).max(0.0), ..region };
    let border = Border { radius: 4.0.into(), ..Border::default() };
    renderer.fill_quad(renderer::Quad { bounds: cover, border, ..Default::default() }, palette.quiet);
    let step = look.size(5.0).max(4.0);
    let dot = Size::new(1.5, 1.5);
    let border = Border { radius: 0.75.into(), ..Border::default() };
    let rows = ((cover.height - 2.0) / step).floor().max(1.0) as usize;
    let top = cover.y + (cover.height - (rows - 1) as f32 * step) / 2.0;
    for row in 0..rows {
        let mut x = cover.x + 3.0 + if row % 2 == 0 { 0.0 } else { step / 2.0 };
        while x < cover.x + cover.width - 2.0 {
            let at = Point::new(x, top + row as f32 * step) - Vector::new(0.75, 0.75);
            let quad = renderer::Quad { bounds: Rectangle::new(at, dot), border, ..Default::default() };
            renderer.fill_quad(quad, Color { a: 0.7, ..palette.muted });
            x += step;
        }
    }
}
