//! A long list of rows of any height that never jumps.
//!
//! The place in it is never a distance from the start: it is [`Anchor::End`], or a row and how far its top stands below
//! the top of the view. Rows are built inside `layout`, only those in view and a little more, so that nothing that is
//! added, measured or removed elsewhere can move what is on screen, and a hundred thousand rows cost what a hundred do.

mod scrollbar;
mod state;
mod window;

pub use scrollbar::{Bar, Reply as BarReply, Span as BarSpan};
pub use window::Anchor;

use crate::theme::Look;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key::Named};
use iced::{Border, Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};
use state::{Focus, State};
use std::collections::HashMap;
use std::hash::Hash;
use window::Window;

/// An end of the rows that are given to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first row.
    Oldest,
    /// The last row.
    Newest,
}

/// What is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visible<K> {
    /// The first row of which something is seen.
    pub first: K,
    /// The last one.
    pub last: K,
    /// The first and the last row that are seen whole, or of which the end is seen when they are taller than the view.
    pub fully: Option<(K, K)>,
    /// The newest row there is stands at the bottom edge.
    pub at_end: bool,
}

/// Where the reader was, to be kept and handed to [`Timeline::restore`].
pub type Saved<K> = Anchor<K>;

/// A row to be gone to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump<K> {
    /// Another number than before is another jump.
    pub number: u64,
    /// The row. As long as it is not there, nothing happens.
    pub key: K,
    /// Where it is to stand.
    pub align: Align,
    /// Whether it is pointed out by a light that fades.
    pub highlight: bool,
}

/// Where a row is to stand that is gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// In the middle of the view.
    Centre,
    /// At its top.
    Top,
}

/// What a click, or a drag over the avatars, does to the picked rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Picks the row, or no longer.
    Toggle,
    /// Picks all from the row picked last to this one.
    Extend,
    /// Picks the row (true) or makes sure that it is not.
    Set(bool),
}

/// Text that is selected: from a byte of one row's text to a byte of another's, or of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection<K> {
    /// Where it begins.
    pub first: (K, usize),
    /// Where it ends; `usize::MAX` stands for the end of the row's text.
    pub last: (K, usize),
}

/// How far rows are built beyond what is seen, in pixels.
const OVERSCAN: f32 = 400.0;
/// One notch of the wheel, in pixels.
const NOTCH: f32 = 60.0;
/// Empty space above the first and below the last row.
const PADDING: (f32, f32) = (8.0, 12.0);

/// The same clip, wider by less than can be seen, and another width for another place in the list.
///
/// The software renderer compares each layer with that of the last frame, and for every spot that differs draws again
/// all that lies under it, masked. After scrolling every row differs, which makes a hundred passes of it. A layer with
/// other bounds is one spot: one pass, without masks.
pub(super) fn marked(clip: Rectangle, first: usize, top: f32) -> Rectangle {
    let place = (first as i64 * 17 + top as i64).rem_euclid(61);
    Rectangle { width: clip.width + place as f32 / 2048.0, ..clip }
}

/// What the application is asked or told.
type Hook<'a, In, Out> = Box<dyn Fn(In) -> Out + 'a>;

/// See the module. `K` orders the rows as the slice does.
pub struct Timeline<'a, T, K, Message> {
    look: Look,
    id: Option<Id>,
    place: u64,
    items: &'a [T],
    key: fn(&T) -> K,
    steady: fn(&T) -> bool,
    view: Box<dyn Fn(&'a T) -> Element<'a, Message> + 'a>,
    start: Option<K>,
    seek: u64,
    on_reach: Option<Hook<'a, Edge, Message>>,
    on_visible: Option<Hook<'a, Visible<K>, Message>>,
    restore: Option<Saved<K>>,
    live: bool,
    jump: Option<Jump<K>>,
    on_place: Option<Hook<'a, Saved<K>, Message>>,
    on_menu: Option<Hook<'a, (K, Point), Message>>,
    on_pick: Option<Hook<'a, (K, Pick), Message>>,
    picking: bool,
    picked: Option<Hook<'a, K, bool>>,
    #[allow(dead_code, reason = "the selection itself follows")]
    on_select: Option<Hook<'a, Option<Selection<K>>, Message>>,
    #[allow(dead_code, reason = "the cursor itself follows")]
    on_cursor: Option<Hook<'a, Option<K>, Message>>,
    rows: Vec<(K, Element<'a, Message>)>,
}

/// A list of `items`, in the order of their keys, drawn by `view`.
pub fn timeline<'a, T, K, Message>(
    look: Look,
    items: &'a [T],
    key: fn(&T) -> K,
    view: impl Fn(&'a T) -> Element<'a, Message> + 'a,
) -> Timeline<'a, T, K, Message> {
    Timeline {
        look,
        id: None,
        place: 0,
        items,
        key,
        steady: |_| true,
        view: Box::new(view),
        start: None,
        seek: 0,
        on_reach: None,
        on_visible: None,
        restore: None,
        live: true,
        jump: None,
        on_place: None,
        on_menu: None,
        on_pick: None,
        picking: false,
        picked: None,
        on_select: None,
        on_cursor: None,
        rows: Vec::new(),
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message> {
    /// The name by which tests and operations find it.
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Which list this is: another number begins afresh, and one seen before returns to where it was left.
    pub fn place(mut self, place: u64) -> Self {
        self.place = place;
        self
    }

    /// Rows that stay what they are while others come and go; only these hold the place.
    pub fn steady(mut self, steady: fn(&T) -> bool) -> Self {
        self.steady = steady;
        self
    }

    /// Where a list that was never shown begins; the end without it.
    pub fn start(mut self, key: Option<K>) -> Self {
        self.start = key;
        self
    }

    /// Goes to the end whenever this number is another one than before.
    pub fn seek_end(mut self, seek: u64) -> Self {
        self.seek = seek;
        self
    }

    /// Said once for each row that becomes an end of the list and is soon reached.
    pub fn on_reach(mut self, f: impl Fn(Edge) -> Message + 'a) -> Self {
        self.on_reach = Some(Box::new(f));
        self
    }

    /// Said when other rows come into view.
    pub fn on_visible(mut self, f: impl Fn(Visible<K>) -> Message + 'a) -> Self {
        self.on_visible = Some(Box::new(f));
        self
    }

    /// Where a list that was never shown begins, when its rows hold that place; before [`Timeline::start`].
    pub fn restore(mut self, saved: Option<Saved<K>>) -> Self {
        self.restore = saved;
        self
    }

    /// Whether the last row is the newest there is (so it is without this). Only then the list sticks to its end, and
    /// is said to be at the end; else more rows may be added below without moving what is seen.
    pub fn live(mut self, live: bool) -> Self {
        self.live = live;
        self
    }

    /// Goes to a row, once for each number, as soon as the row is there.
    pub fn jump(mut self, jump: Option<Jump<K>>) -> Self {
        self.jump = jump;
        self
    }

    /// Said when the reader has come to rest at another place.
    pub fn on_place(mut self, f: impl Fn(Saved<K>) -> Message + 'a) -> Self {
        self.on_place = Some(Box::new(f));
        self
    }

    /// Said when the menu of a row is asked for, and where it is to open, in the window.
    pub fn on_menu(mut self, f: impl Fn(K, Point) -> Message + 'a) -> Self {
        self.on_menu = Some(Box::new(move |(key, at)| f(key, at)));
        self
    }

    /// Said when rows are to be picked: by a click with Ctrl or Shift, by a drag over the avatars.
    pub fn on_pick(mut self, f: impl Fn(K, Pick) -> Message + 'a) -> Self {
        self.on_pick = Some(Box::new(move |(key, pick)| f(key, pick)));
        self
    }

    /// Plain clicks pick, too.
    pub fn picking(mut self, picking: bool) -> Self {
        self.picking = picking;
        self
    }

    /// Which rows are picked.
    pub fn picked(mut self, picked: impl Fn(K) -> bool + 'a) -> Self {
        self.picked = Some(Box::new(picked));
        self
    }

    /// Said when other text is selected, or none.
    pub fn on_select(mut self, f: impl Fn(Option<Selection<K>>) -> Message + 'a) -> Self {
        self.on_select = Some(Box::new(f));
        self
    }

    /// Said when the keyboard's cursor stands on another row, or on none.
    pub fn on_cursor(mut self, f: impl Fn(Option<K>) -> Message + 'a) -> Self {
        self.on_cursor = Some(Box::new(f));
        self
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message>
where
    K: Copy + Ord + Hash + 'static,
{
    /// Takes note of another list, and of the wish to be at the end.
    fn settle(&self, state: &mut State<K>, trees: &mut Vec<Tree>, height: f32) {
        if state.place != Some(self.place) {
            if let Some(before) = state.place.filter(|_| state.started) {
                let _ = state.places.insert(before, state.anchor);
            }
            let focus = state.focus;
            let places = std::mem::take(&mut state.places);
            let jumped = state.jumped;
            *state = State { place: Some(self.place), seek: self.seek, places, focus, jumped, ..State::new() };
            trees.clear();
        }
        if !state.started && !self.items.is_empty() {
            state.started = true;
            let start = self.start.filter(|start| self.find(*start).is_ok());
            let saved = self.restore.filter(|saved| self.holds(*saved));
            let before = state.places.get(&self.place).copied().filter(|before| self.holds(*before));
            state.anchor = match (saved.or(before), start) {
                (Some(at @ Anchor::At { .. }), _) => at,
                (_, Some(key)) => Anchor::At { key, offset: (height * 0.3).round() },
                (_, None) => Anchor::End,
            };
        }
        if state.seek != self.seek {
            state.seek = self.seek;
            state.anchor = Anchor::End;
        }
        if let Some(jump) = self.jump
            && state.jumped != Some(jump.number)
            && self.find(jump.key).is_ok()
        {
            state.jumped = Some(jump.number);
            state.anchor = Anchor::At {
                key: jump.key,
                offset: match jump.align {
                    Align::Top => PADDING.0,
                    Align::Centre => (height * 0.4).round(),
                },
            };
        }
    }

    /// Whether a place lies among the rows.
    fn holds(&self, saved: Saved<K>) -> bool {
        let Anchor::At { key, .. } = saved else { return self.live };
        let (first, last) = (self.items.first().map(self.key), self.items.last().map(self.key));
        first.is_some_and(|first| first <= key) && last.is_some_and(|last| key <= last)
    }

    /// The row at a point of the window.
    fn row_at(&self, layout: Layout<'_>, position: Point) -> Option<K> {
        let (_, (key, _)) = layout.children().zip(&self.rows).find(|(row, _)| {
            let row = row.bounds();
            row.y <= position.y && position.y < row.y + row.height
        })?;
        self.items.get(self.find(*key).ok()?).filter(|item| (self.steady)(item)).map(|_| *key)
    }

    fn find(&self, key: K) -> Result<usize, usize> {
        self.items.binary_search_by(|item| (self.key)(item).cmp(&key))
    }
}

impl<'a, T, K, Message> Widget<Message, Theme, Renderer> for Timeline<'a, T, K, Message>
where
    K: Copy + Ord + Hash + 'static,
{
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State<K>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::<K>::new())
    }

    // The rows do not exist yet: they are built, and matched with what is remembered of them, by `layout`.
    fn diff(&self, _tree: &mut Tree) {}

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.max();
        let state = tree.state.downcast_mut::<State<K>>();
        self.settle(state, &mut tree.children, size.height);
        let resized = state.width != size.width;
        if resized {
            state.heights.clear();
            state.measured = 0.0;
            state.width = size.width;
        }
        state.view_height = size.height;
        state.count = self.items.len();

        let mut trees: HashMap<K, Tree> = state.keys.drain(..).zip(tree.children.drain(..)).collect();
        let mut built: HashMap<K, Element<'a, Message>> = self.rows.drain(..).collect();
        let start = match state.anchor {
            Anchor::End => Ok(self.items.len().saturating_sub(1)),
            // When the row is gone, the next older one takes its part.
            Anchor::At { key, .. } => self.find(key).map_err(|next| next.saturating_sub(1)),
        };

        let row_limits = layout::Limits::new(Size::ZERO, Size::new(size.width, f32::INFINITY));
        let (items, key_of, view) = (self.items, self.key, &self.view);
        let mut place = |index: usize| {
            let item = items.get(index)?;
            let key = key_of(item);
            let (mut element, fresh) = match built.remove(&key) {
                Some(element) => (element, false),
                None => (view(item), true),
            };
            let remembered = trees.remove(&key).or_else(|| {
                let at = state.left.iter().position(|(left, _)| *left == key)?;
                state.left.remove(at).map(|(_, tree)| tree)
            });
            let mut child = match remembered {
                Some(mut child) => {
                    if fresh {
                        child.diff(element.as_widget());
                    }
                    child
                }
                None => Tree::new(element.as_widget()),
            };
            let node = element.as_widget_mut().layout(&mut child, renderer, &row_limits);
            let height = node.size().height;
            state.measured += height - state.heights.insert(key, height).unwrap_or(0.0);
            Some(window::Placed { height, top: 0.0, index, row: (key, element, child, node) })
        };
        let offset = match state.anchor {
            Anchor::End => None,
            Anchor::At { offset, .. } => Some(offset),
        };
        let frame = Window { height: size.height, count: items.len(), padding: PADDING, overscan: OVERSCAN };
        let was = state.anchor_height;
        let (placed, at_end) = frame.fill(start.unwrap_or_else(|i| i), &mut place, |height| {
            // The line at the top stays at the top when the row wraps anew.
            offset.map(|offset| if resized && offset < 0.0 && was > 0.0 { offset * height / was } else { offset })
        });

        if at_end && self.live {
            state.anchor = Anchor::End;
        } else {
            let in_view = |p: &&window::Placed<_>| p.top + p.height > 0.0;
            let holds = placed
                .iter()
                .filter(in_view)
                .find(|p| items.get(p.index).is_some_and(self.steady))
                .or_else(|| placed.iter().find(in_view));
            if let Some(row) = holds {
                state.anchor = Anchor::At { key: row.row.0, offset: row.top };
                state.anchor_height = row.height;
            }
        }
        state.first = placed.front().map_or(0, |row| row.index);
        state.last = placed.back().map_or(0, |row| row.index);

        let mut nodes = Vec::with_capacity(placed.len());
        for placed in placed {
            let (key, element, child, node) = placed.row;
            nodes.push(node.move_to((0.0, placed.top.round())));
            tree.children.push(child);
            state.keys.push(key);
            self.rows.push((key, element));
        }
        for (key, tree) in trees {
            // Rows that no longer exist are not worth remembering.
            if self.find(key).is_ok() {
                state.leave(key, tree);
            }
        }
        layout::Node::with_children(size, nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State<K>>();
        let bounds = layout.bounds();
        let content = Rectangle { height: state.average() * state.count as f32, ..bounds };
        operation.focusable(self.id.as_ref(), bounds, state);
        operation.scrollable(None, bounds, content, Vector::ZERO, state);
        operation.traverse(&mut |operation| {
            for (((_, row), tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                row.as_widget_mut().operate(tree, layout, renderer, operation);
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
        let state = tree.state.downcast_mut::<State<K>>();
        let over = cursor.is_over(bounds);

        match state.bar.update(self.look, event, cursor, bounds, state.span(layout)) {
            scrollbar::Reply::Nothing => {}
            scrollbar::Reply::Redraw => shell.request_redraw(),
            scrollbar::Reply::Hold => shell.capture_event(),
            scrollbar::Reply::MoveTo(at) => {
                let average = state.average();
                let offset = at * (average * state.count as f32 - bounds.height).max(0.0);
                let index = (offset / average) as usize;
                let hidden = index as f32 * average - offset;
                state.anchor = match self.items.get(index) {
                    Some(item) if at <= 0.0 => Anchor::At { key: (self.key)(item), offset: PADDING.0 },
                    Some(item) if at < 1.0 => Anchor::At { key: (self.key)(item), offset: hidden },
                    _ => Anchor::End,
                };
                shell.capture_event();
                shell.invalidate_layout();
                shell.request_redraw();
            }
        }
        if shell.is_event_captured() {
            return;
        }

        if let Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) = event {
            state.modifiers = *modifiers;
        }
        if let (Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)), Some(on_pick), Some(position)) =
            (event, &self.on_pick, cursor.position().filter(|_| over))
            && (self.picking || state.modifiers.shift() || state.modifiers.command())
            && let Some(key) = self.row_at(layout, position)
        {
            let pick = if state.modifiers.shift() { Pick::Extend } else { Pick::Toggle };
            shell.publish(on_pick((key, pick)));
            return shell.capture_event();
        }
        let inner = if over && !state.bar.is_held() { cursor } else { cursor.levitate() };
        let clip = bounds.intersection(viewport).unwrap_or(bounds);
        for (((_, row), tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            row.as_widget_mut().update(tree, event, layout, inner, renderer, clipboard, shell, &clip);
        }

        let state = tree.state.downcast_mut::<State<K>>();
        let scroll = match event {
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if over && !shell.is_event_captured() => {
                Some(match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y * NOTCH,
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                })
            }
            Event::Mouse(mouse::Event::ButtonPressed(button)) => {
                if let (mouse::Button::Right, Some(on_menu), Some(position)) =
                    (button, &self.on_menu, cursor.position().filter(|_| over && !shell.is_event_captured()))
                    && let Some(key) = self.row_at(layout, position)
                {
                    shell.publish(on_menu((key, position)));
                    shell.capture_event();
                }
                state.focus = if over { Focus::Pointer } else { Focus::None };
                None
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(key), modifiers, .. })
                if !shell.is_event_captured() =>
            {
                let focused = state.focus != Focus::None || modifiers.command();
                let page = bounds.height * 0.9;
                match key {
                    Named::PageUp => Some(page),
                    Named::PageDown => Some(-page),
                    Named::ArrowUp if focused => Some(NOTCH),
                    Named::ArrowDown if focused => Some(-NOTCH),
                    Named::Home if focused => {
                        if let Some(item) = self.items.first() {
                            state.anchor = Anchor::At { key: (self.key)(item), offset: PADDING.0 };
                        }
                        Some(0.0)
                    }
                    Named::End if focused => {
                        state.anchor = Anchor::End;
                        Some(0.0)
                    }
                    _ => None,
                }
            }
            Event::Window(iced::window::Event::RedrawRequested(_)) => {
                self.report(tree, layout, shell);
                None
            }
            _ => None,
        };
        if let Some(dy) = scroll {
            let state = tree.state.downcast_mut::<State<K>>();
            if dy != 0.0 {
                state.scroll_by(dy, layout);
            }
            shell.invalidate_layout();
            shell.request_redraw();
            shell.capture_event();
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
        if !cursor.is_over(layout.bounds()) || tree.state.downcast_ref::<State<K>>().bar.is_held() {
            return mouse::Interaction::None;
        }
        self.rows
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .map(|(((_, row), tree), layout)| {
                row.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
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
        let inner = if cursor.is_over(bounds) { cursor } else { cursor.levitate() };
        let top = layout.children().next().map_or(0.0, |row| row.bounds().y);
        renderer.with_layer(marked(clip, state.first, top), |renderer| {
            if let Some(picked) = &self.picked {
                for (_, layout) in self.rows.iter().zip(layout.children()).filter(|((key, _), _)| picked(*key)) {
                    let quad = renderer::Quad { bounds: layout.bounds(), ..renderer::Quad::default() };
                    renderer.fill_quad(quad, self.look.palette.accent_soft);
                }
            }
            for (((_, row), tree), layout) in self.rows.iter().zip(&tree.children).zip(layout.children()) {
                if layout.bounds().intersects(&clip) {
                    row.as_widget().draw(tree, renderer, theme, style, layout, inner, &clip);
                }
            }
        });
        renderer.with_layer(clip, |renderer| {
            state.bar.draw(renderer, self.look, bounds, state.span(layout));
            if state.focus == Focus::Keyboard {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: bounds.shrink(1.0),
                        border: Border { color: self.look.palette.accent, width: 2.0, radius: 4.0.into() },
                        ..renderer::Quad::default()
                    },
                    Color::TRANSPARENT,
                );
            }
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
        let children: Vec<_> = self
            .rows
            .iter_mut()
            .zip(&mut tree.children)
            .zip(layout.children())
            .filter_map(|(((_, row), tree), layout)| {
                row.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
            })
            .collect();
        (!children.is_empty()).then(|| overlay::Group::with_children(children).overlay())
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message>
where
    K: Copy + Ord + Hash + 'static,
{
    /// Tells the application what came into view and which end is near.
    fn report(&self, tree: &mut Tree, layout: Layout<'_>, shell: &mut Shell<'_, Message>) {
        let state = tree.state.downcast_mut::<State<K>>();
        let bounds = layout.bounds();
        if let Some(on_visible) = &self.on_visible {
            let mut seen = layout
                .children()
                .zip(&state.keys)
                .filter(|(row, _)| row.bounds().intersects(&bounds))
                .map(|(_, key)| *key);
            let mut whole = layout.children().zip(&state.keys).filter(|(row, _)| {
                let row = row.bounds();
                let end = row.y + row.height;
                end <= bounds.y + bounds.height && end > bounds.y && (row.y >= bounds.y || row.height > bounds.height)
            });
            let fully = whole.next().map(|(_, first)| (*first, whole.next_back().map_or(*first, |(_, last)| *last)));
            let visible = seen.next().map(|first| Visible {
                first,
                last: seen.next_back().unwrap_or(first),
                fully,
                at_end: state.anchor == Anchor::End,
            });
            if visible != state.shown {
                state.shown = visible;
                if let Some(visible) = visible {
                    shell.publish(on_visible(visible));
                }
            }
        }
        if let Some(on_place) = &self.on_place
            && !self.items.is_empty()
            && state.told != Some(state.anchor)
        {
            state.told = Some(state.anchor);
            shell.publish(on_place(state.anchor));
        }
        if let (Some(on_reach), Some(oldest), Some(newest)) = (&self.on_reach, self.items.first(), self.items.last()) {
            // Asked for before it is needed: one and a half views ahead.
            let near = bounds.height.max(300.0) * 1.5;
            let above = state.first as f32 * state.average();
            let below = state.count.saturating_sub(state.last + 1) as f32 * state.average();
            let [old, new] = &mut state.reached;
            for (edge, close, key, told) in [
                (Edge::Oldest, above < near, (self.key)(oldest), old),
                (Edge::Newest, below < near, (self.key)(newest), new),
            ] {
                if close && *told != Some(key) {
                    *told = Some(key);
                    shell.publish(on_reach(edge));
                }
            }
        }
    }
}

impl<'a, T, K, Message> From<Timeline<'a, T, K, Message>> for Element<'a, Message>
where
    T: 'a,
    K: Copy + Ord + Hash + 'static,
    Message: 'a,
{
    fn from(timeline: Timeline<'a, T, K, Message>) -> Self {
        Element::new(timeline)
    }
}

#[cfg(test)]
mod tests;
