//! Sliders: a value within a range.

use super::Element;
use super::focus::{self, By, Held};
use crate::theme::{Direction, Look};
use crate::widget::flow;
use crate::widget::label::text;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Id, column};
use iced::{Background, Border, Color, Event, Fill, Length, Point, Rectangle, Renderer, Size, Theme, touch, window};
use std::ops::RangeInclusive;

/// A slider with its label above it; made by [`slider`].
pub struct Slider<'a, M> {
    look: Look,
    label: String,
    value: f32,
    range: RangeInclusive<f32>,
    step: f32,
    says: Option<String>,
    on_change: Option<Box<dyn Fn(f32) -> M + 'a>>,
    on_release: Option<M>,
    id: Option<Id>,
}

/// A slider that stands at `value`.
pub fn slider<'a, M: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    value: f32,
    range: RangeInclusive<f32>,
) -> Slider<'a, M> {
    let step = (range.end() - range.start()) / 20.0;
    Slider { look, label: label.into(), value, range, step, says: None, on_change: None, on_release: None, id: None }
}

impl<'a, M: Clone + 'a> Slider<'a, M> {
    /// The smallest change: a twentieth of the range, unless said.
    pub fn step(self, step: f32) -> Self {
        Self { step, ..self }
    }

    /// The value in words, at the end of the line above.
    pub fn says(self, words: impl Into<String>) -> Self {
        Self { says: Some(words.into()), ..self }
    }

    /// What moving it sends. Without it the slider is disabled.
    pub fn on_change(self, message: impl Fn(f32) -> M + 'a) -> Self {
        Self { on_change: Some(Box::new(message)), ..self }
    }

    /// What letting it go sends, for what costs too much to do at every step.
    pub fn on_release(self, message: M) -> Self {
        Self { on_release: Some(message), ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl<'a, M: Clone + 'a> From<Slider<'a, M>> for Element<'a, M> {
    fn from(slider: Slider<'a, M>) -> Self {
        let (look, p) = (slider.look, slider.look.palette);
        let ink = if slider.on_change.is_some() { p.text } else { p.faint };
        let label = text(slider.label.clone()).size(look.body()).color(ink).width(Fill).align_x(flow::start(look));
        let says = slider.says.clone().map(|says| Element::from(text(says).size(look.body()).color(p.muted)));
        let above = flow::row(look, std::iter::once(label.into()).chain(says)).spacing(12);
        let track = Track {
            look,
            label: slider.label,
            value: slider.value,
            range: slider.range,
            step: slider.step,
            on_change: slider.on_change,
            on_release: slider.on_release,
            id: slider.id,
            drawn_over: None,
        };
        column![above, Element::new(track)].spacing(4).into()
    }
}

struct Track<'a, M> {
    look: Look,
    label: String,
    value: f32,
    range: RangeInclusive<f32>,
    step: f32,
    on_change: Option<Box<dyn Fn(f32) -> M + 'a>>,
    on_release: Option<M>,
    id: Option<Id>,
    drawn_over: Option<bool>,
}

#[derive(Default)]
struct State {
    focus: Held,
    dragged: bool,
}

impl<M: Clone> Track<'_, M> {
    fn knob(&self) -> f32 {
        self.look.size(18.0).round()
    }

    /// How far along the value is, from 0 to 1.
    fn part(&self) -> f32 {
        let span = self.range.end() - self.range.start();
        if span > 0.0 { ((self.value - self.range.start()) / span).clamp(0.0, 1.0) } else { 0.0 }
    }

    fn snapped(&self, value: f32) -> f32 {
        let start = *self.range.start();
        let steps = if self.step > 0.0 { ((value - start) / self.step).round() * self.step } else { value - start };
        (start + steps).clamp(start, *self.range.end())
    }

    fn at(&self, bounds: Rectangle, x: f32) -> f32 {
        let knob = self.knob();
        let part = ((x - bounds.x - knob / 2.0) / (bounds.width - knob).max(1.0)).clamp(0.0, 1.0);
        let part = if self.look.direction == Direction::RightToLeft { 1.0 - part } else { part };
        self.snapped(self.range.start() + part * (self.range.end() - self.range.start()))
    }

    /// Tells the new value, if it is one.
    fn change(&mut self, to: f32, shell: &mut Shell<'_, M>) {
        if (to - self.value).abs() > f32::EPSILON
            && let Some(on_change) = &self.on_change
        {
            self.value = to;
            shell.publish(on_change(to));
            shell.request_redraw();
        }
    }

    fn key(&self, key: &Key) -> Option<f32> {
        let rtl = self.look.direction == Direction::RightToLeft;
        let by = |steps: f32| Some(self.snapped(self.value + steps * self.step));
        match key {
            Key::Named(Named::ArrowUp) => by(1.0),
            Key::Named(Named::ArrowDown) => by(-1.0),
            Key::Named(Named::ArrowRight) => by(if rtl { -1.0 } else { 1.0 }),
            Key::Named(Named::ArrowLeft) => by(if rtl { 1.0 } else { -1.0 }),
            Key::Named(Named::PageUp) => by(5.0),
            Key::Named(Named::PageDown) => by(-5.0),
            Key::Named(Named::Home) => Some(*self.range.start()),
            Key::Named(Named::End) => Some(*self.range.end()),
            _ => None,
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Track<'_, M> {
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
        layout::atomic(limits, Length::Fill, self.look.size(28.0).round())
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        if self.on_change.is_some() {
            let state = tree.state.downcast_mut::<State>();
            focus::offer(operation, self.id.as_ref(), layout.bounds(), &mut state.focus);
        } else {
            operation.container(self.id.as_ref(), layout.bounds());
        }
        operation.text(self.id.as_ref(), layout.bounds(), &self.label);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        if self.on_change.is_none() {
            *state = State::default();
            return;
        }
        let over = cursor.is_over(bounds);
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                if let Some(point) = cursor.position_over(bounds)
                    && !shell.is_event_captured()
                {
                    state.dragged = true;
                    state.focus.hold(By::Pointer);
                    self.change(self.at(bounds, point.x), shell);
                    shell.capture_event();
                    shell.request_redraw();
                } else if state.focus.release() {
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. })
                if state.dragged =>
            {
                // Also beside the track: the hand need not stay on the line.
                if let Some(point) = cursor.land().position() {
                    self.change(self.at(bounds, point.x), shell);
                }
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. })
                if state.dragged =>
            {
                state.dragged = false;
                if let Some(message) = &self.on_release {
                    shell.publish(message.clone());
                }
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focus.is_held() && modifiers.is_empty() && !shell.is_event_captured() =>
            {
                if let Some(to) = self.key(key) {
                    state.focus.hold(By::Keyboard);
                    let before = self.value;
                    self.change(to, shell);
                    if (before - self.value).abs() > f32::EPSILON
                        && let Some(message) = &self.on_release
                    {
                        shell.publish(message.clone());
                    }
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
        let over = over || state.dragged;
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            self.drawn_over = Some(over);
        } else if self.drawn_over.is_some_and(|drawn| drawn != over) {
            shell.request_redraw();
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
        let (look, p) = (self.look, self.look.palette);
        let bounds = layout.bounds();
        let enabled = self.on_change.is_some();
        let knob = self.knob();
        let thick = look.size(4.0).round();
        let mut fill = |bounds: Rectangle, border: Border, color: Color| {
            let bounds = flow::mirrored(look, bounds, layout.bounds());
            let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
            renderer.fill_quad(quad, Background::Color(color));
        };
        let round = |radius: f32| Border { radius: radius.into(), ..Border::default() };
        let middle = bounds.x + knob / 2.0 + (bounds.width - knob) * self.part();
        let track = Rectangle::new(
            Point::new(bounds.x, (bounds.center_y() - thick / 2.0).round()),
            Size::new(bounds.width, thick),
        );
        let ink = if enabled { p.accent } else { p.faint };
        fill(track, round(thick / 2.0), p.quiet);
        fill(Rectangle { width: middle - bounds.x, ..track }, round(thick / 2.0), ink);
        let corner = Point::new((middle - knob / 2.0).round(), (bounds.center_y() - knob / 2.0).round());
        let place = Rectangle::new(corner, Size::new(knob, knob));
        if state.focus.shows() {
            let ring = Border { color: p.accent, width: 2.0, radius: (knob / 2.0 + 4.0).into() };
            fill(place.expand(4.0), ring, Color::TRANSPARENT);
        }
        // A rim in the accent and a ground that is lit under the hand.
        let lit = self.drawn_over.unwrap_or(false) && enabled;
        let ground = if lit { p.accent_soft } else { p.raised };
        let rim = Border { color: ink, width: if state.dragged { 5.0 } else { 2.0 }, radius: (knob / 2.0).into() };
        fill(place, rim, ground);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.on_change.is_none() {
            mouse::Interaction::None
        } else if tree.state.downcast_ref::<State>().dragged {
            mouse::Interaction::Grabbing
        } else if cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }
}
