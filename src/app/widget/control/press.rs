//! The one widget under every control that can be pressed.

use super::focus::{self, By, Held};
use super::skin::{Skin, Status};
use super::spinner;
use crate::theme::{Direction, Look};
use crate::widget::Element;
use iced::advanced::widget::operation::Operation;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
use iced::widget::Id;
use iced::{
    Alignment, Background, Border, Color, Event, Length, Padding, Rectangle, Renderer, Size, Theme, Vector, touch,
    window,
};
use std::time::{Duration, Instant};

/// Work that is done sooner than this is not shown as going on.
const BUSY_SHOWS_AFTER: Duration = Duration::from_millis(150);

/// Where the ring of the keyboard focus stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ring {
    /// Around the control, with a gap: for what is filled.
    Around,
    /// On its inner edge: for what touches its neighbours.
    Inside,
}

/// Content on a ground, that can be pressed with the pointer and with the keyboard.
pub(super) struct Press<'a, M> {
    pub content: Element<'a, M>,
    pub look: Look,
    pub skin: Skin,
    pub ring: Ring,
    /// Told to whoever searches the interface, unless the content says it itself.
    pub label: Option<String>,
    pub on_press: Option<M>,
    pub busy: bool,
    pub id: Option<Id>,
    pub width: Length,
    pub height: Length,
    pub padding: Padding,
    pub radius: f32,
    pub centered: bool,
    /// As drawn last.
    pub status: Option<Status>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    focus: Held,
    pressed: bool,
    busy_since: Option<Instant>,
    now: Option<Instant>,
}

impl<M> Press<'_, M> {
    fn acts(&self) -> bool {
        self.on_press.is_some() && !self.busy
    }

    /// A busy control keeps the focus, so that the keyboard's place is not lost while it works.
    fn takes_focus(&self) -> bool {
        self.on_press.is_some() || self.busy
    }

    fn status(&self, state: &State, over: bool) -> Status {
        match (self.takes_focus(), over && !self.busy, state.pressed) {
            (false, ..) => Status::Disabled,
            (true, false, _) => Status::Resting,
            (true, true, false) => Status::Hovered,
            (true, true, true) => Status::Pressed,
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Press<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: self.height }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Self { content, look, width, height, padding, centered, .. } = self;
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        let sideways = match (*centered, look.direction) {
            (true, _) => Alignment::Center,
            (false, Direction::LeftToRight) => Alignment::Start,
            (false, Direction::RightToLeft) => Alignment::End,
        };
        layout::positioned(
            limits,
            *width,
            *height,
            *padding,
            |limits| content.as_widget_mut().layout(child, renderer, &limits.loose()),
            |node, size| node.align(sideways, Alignment::Center, size),
        )
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if self.takes_focus() {
            focus::offer(operation, self.id.as_ref(), layout.bounds(), &mut tree.state.downcast_mut::<State>().focus);
        } else {
            operation.container(self.id.as_ref(), layout.bounds());
        }
        if let Some(label) = &self.label {
            operation.text(self.id.as_ref(), layout.bounds(), label);
        }
        let content = &mut self.content;
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            operation.traverse(&mut |operation| content.as_widget_mut().operate(child, inner, renderer, operation));
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
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().update(child, event, inner, cursor, renderer, clipboard, shell, viewport);
        }
        let state = tree.state.downcast_mut::<State>();
        let over = cursor.is_over(layout.bounds());
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                if over && self.acts() && !shell.is_event_captured() {
                    state.pressed = true;
                    state.focus.hold(By::Pointer);
                    shell.capture_event();
                    shell.request_redraw();
                } else if state.focus.release() {
                    // Whatever was pressed instead has the focus now.
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. })
                if state.pressed =>
            {
                state.pressed = false;
                if over
                    && self.acts()
                    && let Some(message) = &self.on_press
                {
                    shell.publish(message.clone());
                }
                shell.capture_event();
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = false,
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: keyboard::Key::Named(key::Named::Enter | key::Named::Space),
                modifiers,
                repeat,
                ..
            }) if state.focus.is_held() && !shell.is_event_captured() => {
                let plain = !(modifiers.control() || modifiers.alt() || modifiers.logo());
                if plain
                    && !repeat
                    && self.acts()
                    && let Some(message) = &self.on_press
                {
                    state.focus.hold(By::Keyboard);
                    shell.publish(message.clone());
                }
                if plain {
                    shell.capture_event();
                }
            }
            _ => {}
        }
        if !self.takes_focus() {
            let _was_held = state.focus.release();
            state.pressed = false;
        }
        let status = self.status(state, over);
        if let Event::Window(window::Event::RedrawRequested(now)) = event {
            self.status = Some(status);
            state.now = Some(*now);
            if self.busy {
                let since = *state.busy_since.get_or_insert(*now);
                let shows = since + BUSY_SHOWS_AFTER;
                if *now < shows {
                    shell.request_redraw_at(shows);
                } else if !self.look.reduce_motion {
                    shell.request_redraw_at(*now + spinner::STEP);
                }
            } else {
                state.busy_since = None;
            }
        } else if self.status.is_some_and(|drawn| drawn != status) {
            shell.request_redraw();
        }
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
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let status = self.status.unwrap_or_else(|| self.status(state, false));
        let (ground, edge) = (self.skin.ground(self.look, status), self.skin.edge(self.look, status));
        if ground.is_some() || edge.is_some() {
            let (width, color) = edge.unwrap_or_default();
            let border = Border { radius: self.radius.into(), width, color };
            let ground = Background::Color(ground.unwrap_or(Color::TRANSPARENT));
            renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, ground);
        }
        if state.focus.shows() {
            draw_ring(renderer, self.look, bounds, self.radius, self.ring);
        }
        let Some(inner) = layout.children().next() else { return };
        let busy = match (self.busy, state.busy_since, state.now) {
            (true, Some(since), Some(now)) if now >= since + BUSY_SHOWS_AFTER => Some(now.duration_since(since)),
            _ => None,
        };
        let ink = self.skin.ink(self.look, true, false);
        let radius = self.look.size(7.0);
        // Beside the words where there is room, so that they stay; in their place where there is none.
        let beside = bounds.width - inner.bounds().width >= 2.0 * (4.0 * radius + 8.0);
        if let Some(elapsed) = busy {
            let x = if beside { bounds.x + bounds.width - 2.0 * radius - 10.0 } else { bounds.center_x() };
            let center = iced::Point::new(x, bounds.center_y());
            spinner::draw(renderer, center, radius, ink, elapsed, self.look.reduce_motion);
        }
        if (busy.is_none() || beside)
            && let Some(child) = tree.children.first()
        {
            let style = renderer::Style { text_color: if busy.is_some() { ink } else { style.text_color } };
            self.content.as_widget().draw(child, renderer, theme, &style, inner, cursor, viewport);
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
        let inner = match (tree.children.first(), layout.children().next()) {
            (Some(child), Some(inner)) => {
                self.content.as_widget().mouse_interaction(child, inner, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::None,
        };
        if inner == mouse::Interaction::None && self.acts() && cursor.is_over(layout.bounds()) {
            return mouse::Interaction::Pointer;
        }
        inner
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let (child, inner) = (tree.children.first_mut()?, layout.children().next()?);
        self.content.as_widget_mut().overlay(child, inner, renderer, viewport, translation)
    }
}

/// The ring that says where the keyboard is.
pub(super) fn draw_ring(renderer: &mut Renderer, look: Look, bounds: Rectangle, radius: f32, ring: Ring) {
    let out = match ring {
        Ring::Around => 4.0,
        Ring::Inside => 0.0,
    };
    let bounds = bounds.expand(out);
    let border = Border { color: look.palette.accent, width: 2.0, radius: (radius + out).into() };
    renderer.fill_quad(
        renderer::Quad { bounds, border, ..renderer::Quad::default() },
        Background::Color(Color::TRANSPARENT),
    );
}

impl<'a, M: Clone + 'a> From<Press<'a, M>> for Element<'a, M> {
    fn from(press: Press<'a, M>) -> Self {
        Self::new(press)
    }
}
