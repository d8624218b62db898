//! The words of messages: formatted, with links, in every script. And single lines that end in "…" when they must.
//!
//! iced's own rich text is not found by tests and operations, cannot be chosen and copied, and cannot say where its last
//! line ends, which the time in a bubble needs; so these are widgets of our own over the same paragraphs.

mod blocks;
mod clamped;
mod draw;
pub mod emoji;
mod highlight;
mod hint;
mod line;
mod link;
mod shaped;
pub mod spans;
mod state;
mod step;

pub use clamped::{Clamped, clamped};
#[cfg(test)]
pub(crate) use highlight::wait as wait_for_colors;
pub use line::{Line, line};
pub use link::Link;
pub use state::{LastLine, State};
pub use step::{Side, Step};

use super::control::focus::{self, By};
use crate::theme::Look;
use heliograph_model::FormattedText;
use iced::advanced::text::{self, Alignment, LineHeight, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
use iced::{Color, Element, Event, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector, window};
use state::What;
use std::time::{Duration, Instant};

/// The words of a message.
pub struct Formatted<'a, Message> {
    look: Look,
    content: &'a FormattedText,
    ground: Color,
    selectable: bool,
    on_link: Option<Box<dyn Fn(Link) -> Message + 'a>>,
    on_copy: Option<Box<dyn Fn(String) -> Message + 'a>>,
    on_reveal: Option<Box<dyn Fn(usize) -> Message + 'a>>,
}

/// Formatted text in message size. `ground` is the colour behind code.
pub fn formatted<'a, Message>(look: Look, text: &'a FormattedText, ground: Color) -> Formatted<'a, Message> {
    Formatted { look, content: text, ground, selectable: false, on_link: None, on_copy: None, on_reveal: None }
}

impl<'a, Message> Formatted<'a, Message> {
    /// What pressing a link sends.
    pub fn on_link(mut self, f: impl Fn(Link) -> Message + 'a) -> Self {
        self.on_link = Some(Box::new(f));
        self
    }

    /// What the button beside code sends, with the code. Without it there is no button.
    pub fn on_copy(mut self, f: impl Fn(String) -> Message + 'a) -> Self {
        self.on_copy = Some(Box::new(f));
        self
    }

    /// Told when somebody looks under a spoiler, with the byte at which this begins.
    pub fn on_reveal(mut self, f: impl Fn(usize) -> Message + 'a) -> Self {
        self.on_reveal = Some(Box::new(f));
        self
    }

    /// Its words may be chosen: operations are given its [`State`] with its bounds.
    pub fn selectable(mut self) -> Self {
        self.selectable = true;
        self
    }
}

/// The sign that something was copied shows for so long.
const COPIED: Duration = Duration::from_millis(1500);
/// Whether colours of code are known by now is looked up so often while they are awaited.
const COLORS_SOON: Duration = Duration::from_millis(30);
/// What moves further between press and release is not pressed.
const DRAG: f32 = 4.0;

fn describe<T>(content: T, bounds: Size, size: f32, line_height: f32, wrapping: Wrapping) -> text::Text<T, Font> {
    text::Text {
        content,
        bounds,
        size: Pixels(size),
        line_height: LineHeight::Absolute(Pixels(line_height)),
        font: crate::theme::fonts::REGULAR,
        align_x: Alignment::Default,
        align_y: iced::alignment::Vertical::Top,
        shaping: Shaping::Advanced,
        wrapping,
    }
}

impl<Message> Formatted<'_, Message> {
    /// Whether anything happens when this is pressed.
    fn acts(&self, what: What) -> bool {
        match what {
            What::Link(_) => self.on_link.is_some(),
            What::Spoiler(_) | What::Copy(_) | What::Quote(_) => true,
        }
    }

    /// Says where a link leads on which the pointer rests, or to which the keyboard came.
    fn rest(&self, state: &mut State, now: Instant, shell: &mut Shell<'_, Message>) {
        let shows = |control: &&state::Control| control.held.shows();
        let here = state.hovered.or_else(|| state.controls.iter().find(shows).map(|control| control.what));
        let address = match here {
            Some(What::Link(number)) if self.on_link.is_some() => {
                state.links.get(number).and_then(|leading| leading.link.hint())
            }
            _ => None,
        };
        match (here, address) {
            (Some(what), Some(address)) => state.hint.rest(what, address, self.look, now, shell),
            _ => state.hint.move_to(None, shell),
        }
    }

    fn press(&self, state: &mut State, what: What, shell: &mut Shell<'_, Message>) {
        match what {
            What::Link(number) => {
                if let (Some(on_link), Some(leading)) = (&self.on_link, state.links.get(number)) {
                    shell.publish(on_link(leading.link.clone()));
                }
            }
            What::Spoiler(start) => {
                state.revealed.push(start);
                state.forget();
                if let Some(on_reveal) = &self.on_reveal {
                    shell.publish(on_reveal(start));
                }
                shell.invalidate_layout();
            }
            What::Copy(start) => {
                let code = state.blocks.iter().find(|block| block.part.range.start == start);
                if let (Some(on_copy), Some(block)) = (&self.on_copy, code) {
                    // What is hidden stays so.
                    let code = state.text.seen(block.part.range.clone(), &state.revealed);
                    shell.publish(on_copy(code.text));
                    state.copied = Some((start, Instant::now()));
                    shell.request_redraw_at(Instant::now() + COPIED);
                }
            }
            What::Quote(start) => {
                match state.opened.iter().position(|opened| *opened == start) {
                    Some(at) => drop(state.opened.remove(at)),
                    None => state.opened.push(start),
                }
                state.forget();
                shell.invalidate_layout();
            }
        }
        shell.request_redraw();
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Formatted<'_, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::new())
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        state.settle(self.content, self.look, limits.max().width, self.on_copy.is_some());
        layout::Node::new(state.size)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State>();
        if self.content.entities.iter().any(|entity| entity.kind == heliograph_model::EntityKind::Spoiler) {
            let seen = self.content.seen(0..self.content.text.len(), &state.revealed);
            operation.text(None, bounds, &seen.text);
        } else {
            operation.text(None, bounds, &self.content.text);
        }
        if self.selectable {
            operation.custom(None, bounds, state);
        }
        for control in &mut state.controls {
            let Some(first) = control.regions.first() else { continue };
            if matches!(control.what, What::Link(_)) && self.on_link.is_none() {
                continue;
            }
            let bounds = *first + (layout.position() - Point::ORIGIN);
            focus::offer(operation, None, bounds, &mut control.held);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        if state.awaits
            && let Event::Window(window::Event::RedrawRequested(now)) = event
        {
            if state.has_colors() {
                state.forget();
                shell.invalidate_layout();
                shell.request_redraw();
            } else {
                shell.request_redraw_at(*now + COLORS_SOON);
            }
        }
        if state.controls.is_empty() {
            return;
        }
        let position = cursor.position_in(layout.bounds());
        match event {
            Event::Mouse(event) => {
                let over = position.and_then(|at| state.control_at(at)).filter(|what| self.acts(*what));
                if over != state.hovered {
                    state.hovered = over;
                    state.hint.move_to(None, shell);
                    shell.request_redraw();
                }
                if matches!(event, mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. }) {
                    state.hint.dismiss(shell);
                }
                match event {
                    mouse::Event::ButtonPressed(mouse::Button::Left) if !shell.is_event_captured() => {
                        state.pressed = over.zip(position);
                        for control in &mut state.controls {
                            if over == Some(control.what) {
                                control.held.hold(By::Pointer);
                            } else if control.held.release() {
                                shell.request_redraw();
                            }
                        }
                        // Words that lead somewhere may also be chosen: only buttons keep the press for themselves.
                        if matches!(over, Some(What::Copy(_) | What::Quote(_))) {
                            shell.capture_event();
                        }
                    }
                    mouse::Event::ButtonReleased(mouse::Button::Left) => {
                        if let Some((pressed, from)) = state.pressed.take()
                            && over == Some(pressed)
                            && position.is_some_and(|at| at.distance(from) <= DRAG)
                        {
                            self.press(state, pressed, shell);
                        }
                    }
                    _ => {}
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: keyboard::Key::Named(key::Named::Enter | key::Named::Space),
                modifiers,
                repeat: false,
                ..
            }) if !(modifiers.control() || modifiers.alt() || modifiers.logo() || shell.is_event_captured()) => {
                let held = state.controls.iter().find(|control| control.held.is_held()).map(|control| control.what);
                if let Some(what) = held {
                    self.press(state, what, shell);
                    shell.capture_event();
                }
            }
            Event::Window(window::Event::RedrawRequested(now)) => {
                self.rest(state, *now, shell);
                if let Some((_, at)) = state.copied {
                    if *now >= at + COPIED {
                        state.copied = None;
                    } else {
                        shell.request_redraw_at(at + COPIED);
                    }
                }
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        let Some(position) = cursor.position_in(layout.bounds()).filter(|_| cursor.is_over(*viewport)) else {
            return mouse::Interaction::None;
        };
        match state.control_at(position).filter(|what| self.acts(*what)) {
            Some(_) => mouse::Interaction::Pointer,
            None if self.selectable => mouse::Interaction::Text,
            None => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _defaults: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if layout.bounds().intersects(viewport) {
            let state = tree.state.downcast_ref::<State>();
            draw::draw(renderer, state, self.look, self.ground, layout.position(), viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let state = tree.state.downcast_ref::<State>();
        let what = state.hint.shown()?;
        let region = *state.controls.iter().find(|control| control.what == what)?.regions.first()?;
        let around = region + (layout.position() - Point::ORIGIN);
        // What is scrolled out of view says nothing.
        around.intersects(viewport).then(|| state.hint.overlay(self.look, around + translation))
    }
}

impl<'a, Message: 'a> From<Formatted<'a, Message>> for Element<'a, Message> {
    fn from(formatted: Formatted<'a, Message>) -> Self {
        Element::new(formatted)
    }
}

/// Where a point of the last line stands, for those that put something beside it.
pub fn last_line(tree: &Tree) -> Option<LastLine> {
    (tree.tag == tree::Tag::of::<State>()).then(|| tree.state.downcast_ref::<State>().last_line())
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

#[cfg(test)]
mod gallery;
