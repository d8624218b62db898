//! Tabs: one of several views.

use super::Element;
use super::focus::{self, By, Held};
use super::press::{Ring, draw_ring};
use super::skin::mix;
use crate::theme::{Direction, Look, fonts};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::text::line;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Id, row};
use iced::{Background, Border, Center, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch, window};

/// How a set of tabs stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Beside each other, the chosen one on the accent's quiet fill.
    Across,
    /// Below each other, as the pages of a settings screen.
    Down,
}

/// One of several views, of which one is shown; made by [`tabs`].
pub struct Tabs<'a, T, M> {
    look: Look,
    label: String,
    chosen: T,
    on_choose: Box<dyn Fn(T) -> M + 'a>,
    values: Vec<T>,
    labels: Vec<String>,
    signs: Vec<Option<Icon>>,
    ids: Vec<Option<Id>>,
    id: Option<Id>,
    shape: Shape,
}

/// Tabs of which `chosen` is shown. The label says what they choose. Together they take the focus once; the arrows
/// choose another one.
pub fn tabs<'a, T: Clone + PartialEq + 'a, M: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    chosen: T,
    on_choose: impl Fn(T) -> M + 'a,
) -> Tabs<'a, T, M> {
    Tabs {
        look,
        label: label.into(),
        chosen,
        on_choose: Box::new(on_choose),
        values: Vec::new(),
        labels: Vec::new(),
        signs: Vec::new(),
        ids: Vec::new(),
        id: None,
        shape: Shape::Across,
    }
}

impl<'a, T: Clone + PartialEq + 'a, M: Clone + 'a> Tabs<'a, T, M> {
    /// One more.
    pub fn tab(self, value: T, label: impl Into<String>) -> Self {
        self.with(value, label.into(), None, None)
    }

    /// One more, with a sign before its words and a stable name.
    pub fn page(self, value: T, icon: Icon, label: impl Into<String>, id: impl Into<Id>) -> Self {
        self.with(value, label.into(), Some(icon), Some(id.into()))
    }

    fn with(mut self, value: T, label: String, icon: Option<Icon>, id: Option<Id>) -> Self {
        self.values.push(value);
        self.labels.push(label);
        self.signs.push(icon);
        self.ids.push(id);
        self
    }

    /// Below each other, over the whole width, as pages of a screen.
    pub fn down(self) -> Self {
        Self { shape: Shape::Down, ..self }
    }

    /// A stable name for all of them.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl<'a, T: Clone + PartialEq + 'a, M: Clone + 'a> From<Tabs<'a, T, M>> for Element<'a, M> {
    fn from(tabs: Tabs<'a, T, M>) -> Self {
        let (look, p) = (tabs.look, tabs.look.palette);
        let chosen = tabs.values.iter().position(|value| *value == tabs.chosen);
        let parts = tabs.labels.iter().zip(&tabs.signs).enumerate().map(|(at, (label, sign))| {
            let (ink, quiet) = match (Some(at) == chosen, tabs.shape) {
                (true, _) => (p.accent_text, p.accent_text),
                (false, Shape::Across) => (p.muted, p.muted),
                (false, Shape::Down) => (p.text, p.muted),
            };
            let font = if tabs.shape == Shape::Across { fonts::MEDIUM } else { fonts::REGULAR };
            let words: Element<'a, M> = line(look.body(), ink).push(label.clone(), Some(font), None).into();
            match sign {
                Some(sign) => {
                    let sign = icon(*sign, look.size(18.0), quiet);
                    flow::row(look, [sign, words]).spacing(10).align_y(Center).into()
                }
                None => row![words].into(),
            }
        });
        Element::new(Strip {
            look,
            label: tabs.label,
            parts: parts.collect(),
            ids: tabs.ids,
            messages: tabs.values.into_iter().map(&tabs.on_choose).collect(),
            chosen,
            id: tabs.id,
            shape: tabs.shape,
            drawn: None,
        })
    }
}

struct Strip<'a, M> {
    look: Look,
    label: String,
    parts: Vec<Element<'a, M>>,
    ids: Vec<Option<Id>>,
    messages: Vec<M>,
    chosen: Option<usize>,
    id: Option<Id>,
    shape: Shape,
    /// Which one the pointer is over, and whether it presses it, as drawn last.
    drawn: Option<(Option<usize>, bool)>,
}

#[derive(Default)]
struct State {
    focus: Held,
    pressed: Option<usize>,
}

impl<M: Clone> Strip<'_, M> {
    fn under(layout: Layout<'_>, cursor: mouse::Cursor) -> Option<usize> {
        let point = cursor.position_over(layout.bounds())?;
        layout.children().position(|part| part.bounds().contains(point))
    }

    fn choose(&self, at: usize, shell: &mut Shell<'_, M>) {
        if Some(at) != self.chosen
            && let Some(message) = self.messages.get(at)
        {
            shell.publish(message.clone());
        }
    }

    /// Where a key leads.
    fn key(&self, key: &Key) -> Option<usize> {
        let count = self.messages.len();
        let last = count.checked_sub(1)?;
        let at = self.chosen.unwrap_or(0);
        let rtl = self.look.direction == Direction::RightToLeft;
        let (on, back) = match self.shape {
            Shape::Down => (Named::ArrowDown, Named::ArrowUp),
            Shape::Across if rtl => (Named::ArrowLeft, Named::ArrowRight),
            Shape::Across => (Named::ArrowRight, Named::ArrowLeft),
        };
        match key {
            Key::Named(key) if *key == on => Some((at + 1) % count),
            Key::Named(key) if *key == back => Some((at + last) % count),
            Key::Named(Named::Home) => Some(0),
            Key::Named(Named::End) => Some(last),
            _ => None,
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Strip<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        self.parts.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.parts);
    }

    fn size(&self) -> Size<Length> {
        match self.shape {
            Shape::Across => Size::new(Length::Shrink, Length::Shrink),
            Shape::Down => Size::new(Length::Fill, Length::Shrink),
        }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let look = self.look;
        let room = limits.max().width;
        let height = look.size(if self.shape == Shape::Across { 30.0 } else { 36.0 }).round();
        let (side, gap) = (10.0, if self.shape == Shape::Across { 4.0 } else { 0.0 });
        let (mut x, mut y, mut widest) = (0.0_f32, 0.0_f32, 0.0_f32);
        let mut places = Vec::with_capacity(self.parts.len());
        for (part, tree) in self.parts.iter_mut().zip(&mut tree.children) {
            let inner = layout::Limits::new(Size::ZERO, Size::new((room - 2.0 * side).max(1.0), height));
            let node = part.as_widget_mut().layout(tree, renderer, &inner);
            let size = node.size();
            let width = match self.shape {
                Shape::Across => (size.width + 2.0 * side).round(),
                Shape::Down => room,
            };
            if self.shape == Shape::Down && !places.is_empty() || (x > 0.0 && x + width > room) {
                (x, y) = (0.0, y + height + gap);
            }
            let inside = flow::at(look, side, size.width, width);
            let node = node.move_to(Point::new(inside, ((height - size.height) / 2.0).round()));
            places.push((node, Rectangle::new(Point::new(x, y), Size::new(width, height))));
            widest = widest.max(x + width);
            x += width + gap;
        }
        let nodes = places.into_iter().map(|(node, place)| {
            let x = flow::at(look, place.x, place.width, widest);
            layout::Node::with_children(place.size(), vec![node]).move_to(Point::new(x, place.y))
        });
        let nodes: Vec<_> = nodes.collect();
        let high = if nodes.is_empty() { 0.0 } else { y + height };
        layout::Node::with_children(Size::new(widest, high), nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Tree { state, children, .. } = tree;
        focus::offer(operation, self.id.as_ref(), layout.bounds(), &mut state.downcast_mut::<State>().focus);
        operation.text(self.id.as_ref(), layout.bounds(), &self.label);
        operation.traverse(&mut |operation| {
            let parts = self.parts.iter_mut().zip(children.iter_mut()).zip(&self.ids).zip(layout.children());
            for (((part, tree), id), place) in parts {
                operation.container(id.as_ref(), place.bounds());
                if let Some(inner) = place.children().next() {
                    part.as_widget_mut().operate(tree, inner, renderer, operation);
                }
            }
        });
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
        let under = Self::under(layout, cursor);
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                if under.is_some() && !shell.is_event_captured() {
                    state.pressed = under;
                    state.focus.hold(By::Pointer);
                    shell.capture_event();
                    shell.request_redraw();
                } else if state.focus.release() {
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                if let Some(pressed) = state.pressed.take() {
                    if under == Some(pressed) {
                        self.choose(pressed, shell);
                    }
                    shell.capture_event();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focus.is_held() && !shell.is_event_captured() && modifiers.is_empty() =>
            {
                if let Some(to) = self.key(key) {
                    state.focus.hold(By::Keyboard);
                    self.choose(to, shell);
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
        let drawn = Some((under, state.pressed.is_some()));
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            self.drawn = drawn;
        } else if self.drawn.is_some() && self.drawn != drawn {
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
        let p = self.look.palette;
        let radius = if self.shape == Shape::Across { 8.0 } else { 10.0 };
        let over = self.drawn.and_then(|(over, _)| over);
        for (at, ((part, tree), place)) in self.parts.iter().zip(&tree.children).zip(layout.children()).enumerate() {
            let bounds = place.bounds();
            let ground = match (Some(at) == self.chosen, Some(at) == over, Some(at) == state.pressed) {
                (true, ..) => Some(p.accent_soft),
                (false, true, true) => Some(mix(p.hover, p.text, 0.08)),
                // Seen also on the rail, which has nearly the colour of `hover`.
                (false, true, false) => Some(mix(p.hover, p.text, 0.03)),
                (false, false, _) => None,
            };
            if let Some(ground) = ground {
                let border = Border { radius: radius.into(), ..Border::default() };
                let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
                renderer.fill_quad(quad, Background::Color(ground));
            }
            if state.focus.shows() && Some(at) == self.chosen.or(Some(0)) {
                draw_ring(renderer, self.look, bounds, radius, Ring::Inside);
            }
            if let Some(inner) = place.children().next() {
                part.as_widget().draw(tree, renderer, theme, style, inner, cursor, viewport);
            }
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if Self::under(layout, cursor).is_some() { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}
