//! A long list of rows of one height: only those in view exist. One stop for the Tab key, walked with the arrows.
//!
//! At the top it stays at the top; further down, rows that move elsewhere in the list move nothing on screen.

use super::timeline::{Bar, BarReply, BarSpan, MARKS, marked};
use crate::theme::Look;
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key::Named};
use iced::{Border, Color, Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Rows built beyond what is seen, at either side.
const OVERSCAN: usize = 3;
/// One notch of the wheel, in pixels.
const NOTCH: f32 = 64.0;
/// Room between the edge of the list and the ground of a row.
const INSET: f32 = 6.0;

/// See the module.
pub struct Roll<'a, K, Message> {
    look: Look,
    id: Id,
    items: &'a [K],
    height: f32,
    view: Box<dyn Fn(K) -> Element<'a, Message> + 'a>,
    row_id: Box<dyn Fn(K) -> Id + 'a>,
    on_open: Box<dyn Fn(K) -> Message + 'a>,
    on_visible: Option<Box<dyn Fn(Range<usize>) -> Message + 'a>>,
    selected: Option<K>,
    rows: Vec<(K, Element<'a, Message>)>,
}

/// A list of `items`, each `height` pixels high, that sends `on_open` when one is pressed.
pub fn roll<'a, K, Message>(
    look: Look,
    id: impl Into<Id>,
    items: &'a [K],
    height: f32,
    view: impl Fn(K) -> Element<'a, Message> + 'a,
    row_id: impl Fn(K) -> Id + 'a,
    on_open: impl Fn(K) -> Message + 'a,
) -> Roll<'a, K, Message> {
    Roll {
        look,
        id: id.into(),
        items,
        height,
        view: Box::new(view),
        row_id: Box::new(row_id),
        on_open: Box::new(on_open),
        on_visible: None,
        selected: None,
        rows: Vec::new(),
    }
}

impl<'a, K, Message> Roll<'a, K, Message> {
    /// The chosen row.
    pub fn selected(mut self, selected: Option<K>) -> Self {
        self.selected = selected;
        self
    }

    /// Said when other rows come into view.
    pub fn on_visible(mut self, f: impl Fn(Range<usize>) -> Message + 'a) -> Self {
        self.on_visible = Some(Box::new(f));
        self
    }
}

struct State<K> {
    offset: f32,
    keys: Vec<K>,
    first: usize,
    /// How far down the list was when it was laid out, in whole pixels.
    placed: f32,
    /// Another one than before whenever rows stand elsewhere.
    mark: u8,
    shown: Option<(Range<usize>, usize)>,
    hovered: Option<K>,
    pressed: Option<K>,
    /// Where the arrows are.
    cursor: Option<K>,
    focused: bool,
    /// The focus came by the keyboard, so it shows.
    ring: bool,
    bar: Bar,
}

impl<K> Focusable for State<K> {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
        self.ring = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
        self.ring = false;
    }
}

impl<K: Copy + Eq> State<K> {
    fn span(&self, height: f32, total: f32) -> BarSpan {
        BarSpan { view: height, total, at: self.offset / (total - height).max(1.0) }
    }

    /// When rows were moved, keeps those in view where they are.
    fn follow(&mut self, items: &[K], height: f32) {
        if self.offset <= 0.0 || self.keys.is_empty() {
            return;
        }
        if self.keys.iter().enumerate().all(|(i, key)| items.get(self.first + i) == Some(key)) {
            return;
        }
        let mut shifts: Vec<isize> = self
            .keys
            .iter()
            .enumerate()
            .filter_map(|(i, key)| {
                let now = items.iter().position(|item| item == key)?;
                Some(now as isize - (self.first + i) as isize)
            })
            .collect();
        shifts.sort_unstable();
        // Most rows move together; the one that was moved away is not followed.
        if let Some(shift) = shifts.get(shifts.len() / 2) {
            self.offset = (self.offset + *shift as f32 * height).max(0.0);
        }
    }
}

impl<'a, K: Copy + Eq + Hash + 'static, Message> Roll<'a, K, Message> {
    fn total(&self) -> f32 {
        self.items.len() as f32 * self.height
    }

    fn row_at(&self, state: &State<K>, bounds: Rectangle, cursor: mouse::Cursor) -> Option<K> {
        let position = cursor.position_in(bounds)?;
        self.items.get(((position.y + state.offset) / self.height) as usize).copied()
    }

    /// Moves the cursor of the arrows and keeps it in view.
    fn walk(&self, state: &mut State<K>, view: f32, step: impl FnOnce(usize, usize) -> usize) {
        let Some(last) = self.items.len().checked_sub(1) else { return };
        let at = state.cursor.or(self.selected).and_then(|key| self.items.iter().position(|item| *item == key));
        let index = at.map_or(0, |at| step(at, last)).min(last);
        state.cursor = self.items.get(index).copied();
        let top = index as f32 * self.height;
        state.offset = state.offset.clamp((top + self.height - view).max(0.0), top.max(0.0));
    }
}

impl<'a, K: Copy + Eq + Hash + 'static, Message> Widget<Message, Theme, Renderer> for Roll<'a, K, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State<K>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::<K> {
            offset: 0.0,
            keys: Vec::new(),
            first: 0,
            placed: 0.0,
            mark: 0,
            shown: None,
            hovered: None,
            pressed: None,
            cursor: None,
            focused: false,
            ring: false,
            bar: Bar::default(),
        })
    }

    // Rows are built, and matched with what is remembered of them, by `layout`.
    fn diff(&self, _tree: &mut Tree) {}

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.max();
        let state = tree.state.downcast_mut::<State<K>>();
        state.follow(self.items, self.height);
        state.offset = state.offset.clamp(0.0, (self.total() - size.height).max(0.0));

        let seen = (state.offset / self.height) as usize;
        let first = seen.saturating_sub(OVERSCAN);
        let end = (((state.offset + size.height) / self.height).ceil() as usize + OVERSCAN).min(self.items.len());
        let before = (std::mem::take(&mut state.keys), state.first, state.placed);
        let mut trees: HashMap<K, Tree> = before.0.iter().copied().zip(tree.children.drain(..)).collect();
        let mut built: HashMap<K, Element<'a, Message>> = self.rows.drain(..).collect();
        let limits = layout::Limits::new(Size::ZERO, Size::new(size.width, self.height));
        let mut nodes = Vec::new();
        for (index, key) in self.items.iter().enumerate().take(end).skip(first) {
            let (mut element, fresh) = match built.remove(key) {
                Some(element) => (element, false),
                None => ((self.view)(*key), true),
            };
            let mut child = match trees.remove(key) {
                Some(mut child) => {
                    if fresh {
                        child.diff(element.as_widget());
                    }
                    child
                }
                None => Tree::new(element.as_widget()),
            };
            let node = element.as_widget_mut().layout(&mut child, renderer, &limits);
            nodes.push(node.move_to((0.0, (index as f32 * self.height - state.offset).round())));
            tree.children.push(child);
            state.keys.push(*key);
            self.rows.push((*key, element));
        }
        (state.first, state.placed) = (first, state.offset.round());
        if (before.1, before.2) != (state.first, state.placed) || before.0 != state.keys {
            state.mark = (state.mark + 1) % MARKS;
        }
        layout::Node::with_children(size, nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State<K>>();
        operation.focusable(Some(&self.id), bounds, state);
        operation.traverse(&mut |operation| {
            for (((key, row), tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                // What is out of sight cannot be pressed.
                if let Some(seen) = layout.bounds().intersection(&bounds) {
                    operation.container(Some(&(self.row_id)(*key)), seen);
                    operation.traverse(&mut |operation| {
                        row.as_widget_mut().operate(tree, layout, renderer, operation);
                    });
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
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        // What a row has of its own comes first: a menu.
        let held = tree.state.downcast_ref::<State<K>>().bar.is_held();
        let inner = if cursor.is_over(bounds) && !held { cursor } else { cursor.levitate() };
        let clip = bounds.intersection(viewport).unwrap_or(bounds);
        for (((_, row), tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            row.as_widget_mut().update(tree, event, layout, inner, renderer, clipboard, shell, &clip);
        }
        if shell.is_event_captured() {
            return;
        }
        let state = tree.state.downcast_mut::<State<K>>();
        let before = state.offset;
        match state.bar.update(self.look, event, cursor, bounds, state.span(bounds.height, self.total())) {
            BarReply::Nothing => {}
            BarReply::Redraw => shell.request_redraw(),
            BarReply::Hold => return shell.capture_event(),
            BarReply::MoveTo(at) => {
                state.offset = at * (self.total() - bounds.height).max(0.0);
                shell.capture_event();
            }
        }
        match event {
            _ if shell.is_event_captured() => {}
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) => {
                let dy = match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y * NOTCH,
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                };
                state.offset = (state.offset - dy).clamp(0.0, (self.total() - bounds.height).max(0.0));
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                state.pressed = self.row_at(state, bounds, cursor);
                state.focused = state.pressed.is_some();
                state.ring = false;
                if state.pressed.is_some() {
                    state.cursor = state.pressed;
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                let over = self.row_at(state, bounds, cursor);
                if let Some(key) = state.pressed.take() {
                    if over == Some(key) {
                        shell.publish((self.on_open)(key));
                    }
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(key), .. }) if state.focused => {
                let page = (bounds.height / self.height).max(1.0) as usize;
                match key {
                    Named::ArrowDown => self.walk(state, bounds.height, |at, _| at + 1),
                    Named::ArrowUp => self.walk(state, bounds.height, |at, _| at.saturating_sub(1)),
                    Named::PageDown => self.walk(state, bounds.height, |at, _| at + page),
                    Named::PageUp => self.walk(state, bounds.height, |at, _| at.saturating_sub(page)),
                    Named::Home => self.walk(state, bounds.height, |_, _| 0),
                    Named::End => self.walk(state, bounds.height, |_, last| last),
                    Named::Enter | Named::Space => {
                        if let Some(key) = state.cursor.or(self.selected).filter(|key| self.items.contains(key)) {
                            shell.publish((self.on_open)(key));
                        }
                    }
                    _ => return,
                }
                state.ring = true;
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Window(iced::window::Event::RedrawRequested(_)) => {
                if let Some(on_visible) = &self.on_visible {
                    let first = (state.offset / self.height) as usize;
                    let end = (((state.offset + bounds.height) / self.height).ceil() as usize).min(self.items.len());
                    let shown = Some((first..end, self.items.len()));
                    if shown != state.shown {
                        state.shown = shown;
                        shell.publish(on_visible(first..end));
                    }
                }
            }
            _ => {}
        }
        if matches!(event, Event::Mouse(_)) {
            let hovered = if state.bar.is_held() { None } else { self.row_at(state, bounds, cursor) };
            if hovered != state.hovered {
                state.hovered = hovered;
                shell.request_redraw();
            }
        }
        if state.offset != before {
            shell.invalidate_layout();
            shell.request_redraw();
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State<K>>();
        match self.row_at(state, layout.bounds(), cursor) {
            Some(_) if !state.bar.is_held() => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
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
        let bounds = layout.bounds();
        let Some(clip) = bounds.intersection(viewport) else { return };
        let state = tree.state.downcast_ref::<State<K>>();
        let palette = self.look.palette;
        // What rows put into layers of their own moves with them.
        let moved = marked(clip, state.mark);
        renderer.with_layer(moved, |renderer| {
            for (((key, row), tree), layout) in self.rows.iter().zip(&tree.children).zip(layout.children()) {
                let ground = layout.bounds().shrink([0.0, INSET]);
                if !ground.intersects(&clip) {
                    continue;
                }
                let key = Some(*key);
                let color = if self.selected == key {
                    palette.selected
                } else if state.hovered == key || state.pressed == key {
                    palette.hover
                } else {
                    Color::TRANSPARENT
                };
                let ring = state.ring && state.cursor.or(self.selected).or(self.items.first().copied()) == key;
                let border = Border {
                    radius: 10.0.into(),
                    color: if ring { palette.accent } else { Color::TRANSPARENT },
                    width: if ring { 2.0 } else { 0.0 },
                };
                if color.a > 0.0 || ring {
                    renderer.fill_quad(renderer::Quad { bounds: ground, border, ..Default::default() }, color);
                }
                row.as_widget().draw(tree, renderer, theme, style, layout, cursor, &moved);
            }
        });
        renderer.with_layer(clip, |renderer| {
            state.bar.draw(renderer, self.look, bounds, state.span(bounds.height, self.total()));
        });
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let rows = self.rows.iter_mut().zip(&mut tree.children).zip(layout.children());
        let above = rows.filter_map(|(((_, row), tree), layout)| {
            row.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
        });
        let above: Vec<_> = above.collect();
        (!above.is_empty()).then(|| overlay::Group::with_children(above).overlay())
    }
}

impl<'a, K: Copy + Eq + Hash + 'static, Message: 'a> From<Roll<'a, K, Message>> for Element<'a, Message> {
    fn from(roll: Roll<'a, K, Message>) -> Self {
        Element::new(roll)
    }
}

#[cfg(test)]
mod tests;
