//! The sign of work that is under way: the rays of the sun, lit one after the other.

use crate::theme::Look;
use crate::widget::Element;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::{Background, Border, Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, window};
use std::time::{Duration, Instant};

/// The next ray lights up after this.
pub(super) const STEP: Duration = Duration::from_millis(100);
const RAYS: u128 = 8;

/// Draws the sign around a point.
pub(super) fn draw(
    renderer: &mut Renderer,
    center: Point,
    radius: f32,
    ink: Color,
    elapsed: Duration,
    reduce_motion: bool,
) {
    let lit = elapsed.as_millis() / STEP.as_millis() % RAYS;
    let dot = radius * 0.38;
    for ray in 0..RAYS {
        // Without motion all rays are there, evenly.
        let behind = (lit + RAYS - ray) % RAYS;
        let alpha = if reduce_motion { 0.7 } else { 1.0 - 0.12 * behind as f32 };
        let angle = std::f32::consts::TAU * ray as f32 / RAYS as f32;
        let at = Point::new(center.x + angle.sin() * radius, center.y - angle.cos() * radius);
        renderer.fill_quad(
            renderer::Quad {
                bounds: Rectangle::new(Point::new(at.x - dot / 2.0, at.y - dot / 2.0), Size::new(dot, dot)),
                border: Border { radius: (dot / 2.0).into(), ..Border::default() },
                snap: false,
                ..renderer::Quad::default()
            },
            Background::Color(Color { a: ink.a * alpha, ..ink }),
        );
    }
}

struct Spinner {
    look: Look,
    size: f32,
    ink: Color,
}

#[derive(Default)]
struct State {
    since: Option<Instant>,
    now: Option<Instant>,
}

/// The sign by itself, `size` pixels wide. It is still while nothing is drawn, and with reduced motion.
pub fn spinner<'a, M: 'a>(look: Look, size: f32, ink: Color) -> Element<'a, M> {
    Element::new(Spinner { look, size, ink })
}

impl<M> Widget<M, Theme, Renderer> for Spinner {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size), Length::Fixed(self.size))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.size, self.size)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        if let Event::Window(window::Event::RedrawRequested(now)) = event
            && layout.bounds().intersects(viewport)
        {
            let state = tree.state.downcast_mut::<State>();
            state.since.get_or_insert(*now);
            state.now = Some(*now);
            if !self.look.reduce_motion {
                shell.request_redraw_at(*now + STEP);
            }
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let elapsed = match (state.since, state.now) {
            (Some(since), Some(now)) => now.duration_since(since),
            _ => Duration::ZERO,
        };
        let radius = self.size * 0.42;
        draw(renderer, layout.bounds().center(), radius, self.ink, elapsed, self.look.reduce_motion);
    }
}
