//! Hints: what a control does and which keys do the same, said when the pointer or the keyboard rests on it.

use super::Element;
use super::focus::Held;
use crate::theme::{Look, fonts};
use crate::widget::flow;
use crate::widget::label::text;
use crate::widget::lift::{Height, draw_shadow};
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Overlay, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::widget::Id;
use iced::widget::tooltip::Position;
use iced::{
    Background, Border, Center, Event, Padding, Point, Rectangle, Renderer, Size, Theme, Vector, keyboard, touch,
    window,
};
use std::any::Any;
use std::time::{Duration, Instant};

/// The pointer rests this long before the words show.
const RESTS: Duration = Duration::from_millis(500);
/// Room between the control and the words.
const GAP: f32 = 6.0;
/// Room between the words and the edge of the window.
const MARGIN: f32 = 4.0;
const RADIUS: f32 = 8.0;

/// Shows words, and a shortcut if there is one, after the pointer has rested on `content`, or the keyboard came to it.
/// They go away as soon as something is pressed.
pub fn hint<'a, M: 'a>(
    look: Look,
    content: impl Into<Element<'a, M>>,
    words: impl Into<String>,
    shortcut: Option<&str>,
    position: Position,
) -> Element<'a, M> {
    let p = look.palette;
    let words = text(words.into()).size(look.second()).color(p.text).into();
    let keys = shortcut.map(|keys| text(keys.to_owned()).size(look.time()).font(fonts::MEDIUM).color(p.muted).into());
    let words = flow::row(look, std::iter::once(words).chain(keys)).spacing(8).align_y(Center);
    Element::new(Hint { look, content: content.into(), words: words.into(), position })
}

struct Hint<'a, M> {
    look: Look,
    content: Element<'a, M>,
    words: Element<'a, M>,
    position: Position,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Away,
    /// Here since then.
    Rests(Instant),
    Shown,
    /// Something was pressed: nothing more until the pointer, or the focus, was elsewhere.
    Dismissed,
}

/// Whether something in here has the focus from the keyboard.
fn has_ring<M>(content: &mut Element<'_, M>, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> bool {
    struct Find(bool);
    impl Operation for Find {
        fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
            self.0 |= state.downcast_ref::<Held>().is_some_and(|held| held.shows());
        }

        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
    }
    let mut find = Find(false);
    content.as_widget_mut().operate(tree, layout, renderer, &mut find);
    find.0
}

impl<M> Widget<M, Theme, Renderer> for Hint<'_, M> {
    pass_on!(child content: size, size_hint, layout, operate, draw, mouse_interaction);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content), Tree::new(&self.words)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.content, &self.words]);
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
        let Tree { state, children, .. } = tree;
        let Some(child) = children.first_mut() else { return };
        let content = &mut self.content;
        content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        let state = state.downcast_mut::<State>();
        let before = *state;
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. })
            | Event::Keyboard(keyboard::Event::KeyPressed { .. })
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let tab = matches!(
                    event,
                    Event::Keyboard(keyboard::Event::KeyPressed {
                        key: keyboard::Key::Named(keyboard::key::Named::Tab),
                        ..
                    })
                );
                *state = match *state {
                    State::Away => State::Away,
                    _ if tab => State::Away,
                    _ => State::Dismissed,
                };
            }
            Event::Mouse(_) | Event::Window(window::Event::RedrawRequested(_)) => {
                let now = match event {
                    Event::Window(window::Event::RedrawRequested(now)) => *now,
                    _ => Instant::now(),
                };
                let here = cursor.is_over(layout.bounds())
                    || ((*state != State::Away || matches!(event, Event::Window(_)))
                        && has_ring(content, child, layout, renderer));
                *state = match *state {
                    _ if !here => State::Away,
                    State::Away => State::Rests(now),
                    State::Rests(since) if now >= since + RESTS => State::Shown,
                    other => other,
                };
                if let State::Rests(since) = *state {
                    shell.request_redraw_at(since + RESTS);
                }
            }
            _ => {}
        }
        if (before == State::Shown) != (*state == State::Shown) {
            shell.invalidate_layout();
            shell.request_redraw();
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
        let shown = *tree.state.downcast_ref::<State>() == State::Shown;
        let [child, words] = tree.children.as_mut_slice() else { return None };
        let bounds = layout.bounds() + translation;
        let inner = self.content.as_widget_mut().overlay(child, layout, renderer, viewport, translation);
        // What is scrolled out of view says nothing.
        let bubble = (shown && layout.bounds().intersects(viewport)).then(|| {
            let bubble = Bubble {
                look: self.look,
                words: &mut self.words,
                tree: words,
                around: bounds,
                position: self.position,
            };
            overlay::Element::new(Box::new(bubble))
        });
        let both: Vec<_> = inner.into_iter().chain(bubble).collect();
        (!both.is_empty()).then(|| overlay::Group::with_children(both).overlay())
    }
}

struct Bubble<'b, 'a, M> {
    look: Look,
    words: &'b mut Element<'a, M>,
    tree: &'b mut Tree,
    around: Rectangle,
    position: Position,
}

impl<M> Bubble<'_, '_, M> {
    fn place(&self, size: Size, window: Size) -> Point {
        let around = self.around;
        let middle = Point::new(around.center_x() - size.width / 2.0, around.center_y() - size.height / 2.0);
        let (above, below) = (around.y - size.height - GAP, around.y + around.height + GAP);
        let (left, right) = (around.x - size.width - GAP, around.x + around.width + GAP);
        // On the other side where there is no room.
        let low = if below + size.height > window.height - MARGIN && above >= MARGIN { above } else { below };
        let high = if above < MARGIN { below } else { above };
        let far = if right + size.width > window.width - MARGIN && left >= MARGIN { left } else { right };
        let near = if left < MARGIN { right } else { left };
        let at = match self.position {
            Position::Top => Point::new(middle.x, high),
            Position::Bottom | Position::FollowCursor => Point::new(middle.x, low),
            Position::Left => Point::new(near, middle.y),
            Position::Right => Point::new(far, middle.y),
        };
        Point::new(
            at.x.min(window.width - MARGIN - size.width).max(MARGIN).round(),
            at.y.min(window.height - MARGIN - size.height).max(MARGIN).round(),
        )
    }
}

impl<M> Overlay<M, Theme, Renderer> for Bubble<'_, '_, M> {
    fn layout(&mut self, renderer: &Renderer, window: Size) -> layout::Node {
        let padding = Padding::from([6.0, 10.0]);
        let most = Size::new((window.width - 2.0 * MARGIN).min(self.look.size(320.0)), window.height);
        let limits = layout::Limits::new(Size::ZERO, most).shrink(padding);
        let words = self.words.as_widget_mut().layout(self.tree, renderer, &limits);
        let node = layout::Node::container(words, padding);
        let place = self.place(node.size(), window);
        // The whole window, so that the shadow is not cut off.
        layout::Node::with_children(window, vec![node.move_to(place)])
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let words = layout.children().next().and_then(|bubble| bubble.children().next());
        if let Some(place) = words {
            operation.traverse(&mut |operation| {
                self.words.as_widget_mut().operate(self.tree, place, renderer, operation);
            });
        }
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        let Some(bubble) = layout.children().next() else { return };
        let p = self.look.palette;
        let bounds = bubble.bounds();
        draw_shadow(renderer, self.look, Height::Low, RADIUS, bounds);
        let border = Border { color: p.line, width: 1.0, radius: RADIUS.into() };
        let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
        renderer.fill_quad(quad, Background::Color(p.raised));
        if let Some(place) = bubble.children().next() {
            self.words.as_widget().draw(self.tree, renderer, theme, style, place, cursor, &bounds);
        }
    }
}
