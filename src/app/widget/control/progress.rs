//! How far something is.

use super::spinner::spinner;
use super::{Element, icon_button};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::Icon;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::widget::svg::{self, Svg};
use iced::widget::{Id, container, stack};
use iced::{Background, Border, Event, Length, Rectangle, Renderer, Size, Theme, window};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// A bar that is filled up to this part of it, from 0 to 1; one that wanders while nobody knows.
pub fn progress_bar<'a, M: 'a>(look: Look, part: Option<f32>) -> Element<'a, M> {
    Element::new(Bar { look, part: part.map(|part| if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 }) })
}

struct Bar {
    look: Look,
    part: Option<f32>,
}

#[derive(Default)]
struct State {
    since: Option<Instant>,
    now: Option<Instant>,
}

/// Once over the whole bar.
const ROUND: Duration = Duration::from_millis(1600);
const STEP: Duration = Duration::from_millis(33);

impl<M> Widget<M, Theme, Renderer> for Bar {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, self.look.size(4.0).round().max(3.0))
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
            && self.part.is_none()
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
        let p = self.look.palette;
        let bounds = layout.bounds();
        let border = Border { radius: (bounds.height / 2.0).into(), ..Border::default() };
        let mut fill = |bounds: Rectangle, color| {
            renderer
                .fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, Background::Color(color));
        };
        fill(bounds, p.quiet);
        let (start, width) = match (self.part, tree.state.downcast_ref::<State>()) {
            (Some(part), _) => (0.0, bounds.width * part),
            // Without motion: a part in the middle, which is no amount.
            (None, _) if self.look.reduce_motion => (bounds.width * 0.35, bounds.width * 0.3),
            (None, State { since: Some(since), now: Some(now) }) => {
                let round = now.duration_since(*since).as_secs_f32() / ROUND.as_secs_f32();
                let head = round.fract() * 1.3;
                let (start, end) = ((head - 0.3).max(0.0), head.min(1.0));
                (bounds.width * start, bounds.width * (end - start).max(0.0))
            }
            (None, _) => (0.0, 0.0),
        };
        if width > 0.0 {
            // Never smaller than its round ends.
            let width = width.max(bounds.height).min(bounds.width);
            let place = Rectangle { x: bounds.x + start, width, ..bounds };
            fill(flow::mirrored(self.look, place, bounds), p.accent);
        }
    }
}

/// Steps of the ring: each is a drawing of its own, made once.
const STEPS: usize = 60;

/// The part of a circle that begins at the top.
fn arc(step: usize) -> String {
    let head = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48" fill="none" stroke="#000" stroke-width="3" stroke-linecap="round">"##;
    if step >= STEPS {
        return format!(r#"{head}<circle cx="24" cy="24" r="21"/></svg>"#);
    }
    let angle = std::f32::consts::TAU * step as f32 / STEPS as f32;
    let (x, y) = (24.0 + 21.0 * angle.sin(), 24.0 - 21.0 * angle.cos());
    let large = u8::from(step * 2 > STEPS);
    format!(r#"{head}<path d="M24 3A21 21 0 {large} 1 {x:.2} {y:.2}"/></svg>"#)
}

fn ring(step: usize) -> Option<svg::Handle> {
    static RINGS: LazyLock<Vec<svg::Handle>> =
        LazyLock::new(|| (0..=STEPS).map(|step| svg::Handle::from_memory(arc(step).into_bytes())).collect());
    RINGS.get(step.min(STEPS)).cloned()
}

/// A ring that is closed up to this part of it, from 0 to 1; the rays of the sun while nobody knows.
pub fn progress_ring<'a, M: Clone + 'a>(look: Look, part: Option<f32>, size: f32) -> Element<'a, M> {
    let p = look.palette;
    let Some(part) = part else {
        return container(spinner(look, size * 0.8, p.accent)).center(size).into();
    };
    let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
    let layer = |step, color| {
        let drawing = Svg::new(ring(step)?).width(size).height(size);
        Some(Element::from(drawing.style(move |_: &Theme, _| svg::Style { color: Some(color) })))
    };
    let step = (part * STEPS as f32).round() as usize;
    // A little of it from the beginning, so that one sees where it begins.
    let layers = [layer(STEPS, p.quiet), layer(step.max(1), p.accent)];
    stack(layers.into_iter().flatten()).width(size).height(size).into()
}

/// The same around a sign that stops it.
pub fn progress_ring_with_cancel<'a, M: Clone + 'a>(
    look: Look,
    part: Option<f32>,
    size: f32,
    label: impl Into<String>,
    cancel: M,
    id: Option<Id>,
) -> Element<'a, M> {
    // The button keeps inside of the ring; its size is said at 100 % text.
    let inner = ((size - 10.0) / look.text).max(16.0);
    let button = icon_button(look, Icon::Cross, label).round().size(inner).on_press(cancel);
    let button = match id {
        Some(id) => button.id(id),
        None => button,
    };
    stack![progress_ring(look, part, size), container(button).center(size)].width(size).height(size).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_drawn_from_the_top() {
        assert!(arc(15).contains("A21 21 0 0 1 45.00 24.00"), "{}", arc(15));
        assert!(arc(45).contains("A21 21 0 1 1 3.00 24.00"), "{}", arc(45));
        assert!(arc(STEPS).contains("<circle"));
        assert_eq!(ring(STEPS + 9).map(|ring| ring.id()), ring(STEPS).map(|ring| ring.id()));
    }

    #[test]
    fn nothing_that_is_no_part_breaks_a_bar() {
        for part in [f32::NAN, f32::INFINITY, -1.0, 7.0] {
            let _bar: Element<'_, ()> = progress_bar(Look::day(), Some(part));
            let _ring: Element<'_, ()> = progress_ring(Look::day(), Some(part), 40.0);
        }
    }
}
