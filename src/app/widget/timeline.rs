//! A long list of rows of any height that never jumps.
//!
//! The place in it is never a distance from the start: it is [`Anchor::End`], or a row and how far its top stands below
//! the top of the view. Rows are built inside `layout`, only those in view and a little more, so that nothing that is
//! added, measured or removed elsewhere can move what is on screen, and a hundred thousand rows cost what a hundred do.

mod build;
mod frame;
mod input;
mod motion;
mod scrollbar;
mod select;
mod state;
mod window;

pub use scrollbar::{Bar, Reply as BarReply, Span as BarSpan};
pub use window::Anchor;

use crate::theme::Look;
use crate::widget::control::focus::Trap;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Border, Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};
use select::Drag;
use state::{Focus, State};
use std::rc::Rc;

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

/// How far rows are built beyond what is seen, in pixels: every frame pays for them.
const OVERSCAN: f32 = 200.0;
/// One notch of the wheel, in pixels.
const NOTCH: f32 = 60.0;
/// Empty space above the first and below the last row.
const PADDING: (f32, f32) = (8.0, 12.0);

/// The same clip, wider by less than can be seen, and another width for another `mark`.
///
/// The software renderer compares each layer with that of the last frame, and for every spot that differs draws again
/// all that lies under it, masked. After scrolling every row differs, which makes a hundred passes of it. A layer with
/// other bounds is one spot: one pass, without masks.
pub(super) fn marked(clip: Rectangle, mark: u8) -> Rectangle {
    Rectangle { width: clip.width + f32::from(mark % MARKS) / 2048.0, ..clip }
}

/// So many marks there are.
pub(super) const MARKS: u8 = 61;

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
    gutter: f32,
    picking: bool,
    picked: Option<Hook<'a, K, bool>>,
    on_select: Option<Hook<'a, Option<Selection<K>>, Message>>,
    on_cursor: Option<Hook<'a, Option<K>, Message>>,
    revision: Option<u64>,
    rows: Vec<Row<'a, K, Message>>,
}

/// A row that is built.
struct Row<'a, K, Message> {
    key: K,
    element: Element<'a, Message>,
    /// How it is laid out, as if it stood at the top of the list: it stays as it is wherever the row stands.
    node: Rc<layout::Node>,
    /// Where it stands below the top of the list.
    top: f32,
}

impl<K, Message> Row<'_, K, Message> {
    /// Where it stands in a list with these bounds.
    fn layout(&self, list: Rectangle) -> Layout<'_> {
        Layout::with_offset(Vector::new(list.x, list.y + self.top), &self.node)
    }

    /// Does something to all in it.
    fn operate(&mut self, tree: &mut Tree, list: Rectangle, renderer: &Renderer, operation: &mut dyn Operation) {
        let layout = Layout::with_offset(Vector::new(list.x, list.y + self.top), &self.node);
        self.element.as_widget_mut().operate(tree, layout, renderer, operation);
    }
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
        gutter: 0.0,
        picking: false,
        picked: None,
        on_select: None,
        on_cursor: None,
        revision: None,
        rows: Vec::new(),
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message> {
    /// The name by which tests and operations find it.
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// A number that is another one whenever a row may look different than before. As long as it stays, rows are neither
    /// compared with what is remembered of them nor laid out anew, unless something in them asks for it.
    pub fn revision(mut self, revision: u64) -> Self {
        self.revision = Some(revision);
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

    /// How wide the room of the avatars is, where lines begin: a drag over it picks rows.
    pub fn gutter(mut self, gutter: f32) -> Self {
        self.gutter = gutter;
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
    K: Copy + Ord + 'static,
{
    fn find(&self, key: K) -> Result<usize, usize> {
        self.items.binary_search_by(|item| (self.key)(item).cmp(&key))
    }

    /// The grounds behind rows: those that are picked, and the one that is pointed out.
    fn draw_grounds(&self, state: &State<K>, renderer: &mut Renderer, bounds: Rectangle) {
        let accent = self.look.palette.accent;
        for seat in state.in_view() {
            let picked = self.picked.as_ref().is_some_and(|picked| picked(seat.key));
            let lit = state
                .glow
                .filter(|glow| glow.key == seat.key)
                .map_or(0.0, |glow| if self.look.reduce_motion { 1.0 } else { glow.light });
            let strength = if picked { 0.16_f32 } else { 0.0 }.max(0.2 * lit);
            if strength > 0.0 {
                let row = Rectangle { y: bounds.y + seat.top, height: seat.height, ..bounds };
                let quad = renderer::Quad { bounds: row, ..renderer::Quad::default() };
                renderer.fill_quad(quad, Color { a: strength, ..accent });
            }
        }
    }

    /// The ring of the keyboard: around the row with its cursor, or around all.
    fn draw_ring(&self, state: &State<K>, renderer: &mut Renderer, bounds: Rectangle) {
        if state.focus != Focus::Keyboard {
            return;
        }
        let seat = state.cursor.and_then(|key| state.seat(key));
        let around = match seat {
            Some(seat) => Rectangle { y: bounds.y + seat.top, height: seat.height, ..bounds }.shrink([0.0, 6.0]),
            None => bounds.shrink(1.0),
        };
        renderer.fill_quad(
            renderer::Quad {
                bounds: around,
                border: Border { color: self.look.palette.accent, width: 2.0, radius: 8.0.into() },
                ..renderer::Quad::default()
            },
            Color::TRANSPARENT,
        );
    }
}

impl<'a, T, K, Message> Widget<Message, Theme, Renderer> for Timeline<'a, T, K, Message>
where
    K: Copy + Ord + 'static,
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
        self.build(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State<K>>();
        let bounds = layout.bounds();
        // Whatever it does to a row may make it taller.
        state.seats.iter_mut().for_each(|seat| seat.stale = true);
        let content = Rectangle { height: state.average() * state.count as f32, ..bounds };
        operation.focusable(self.id.as_ref(), bounds, state);
        operation.scrollable(None, bounds, content, Vector::ZERO, state);
        if state.takes_escape() {
            operation.custom(None, bounds, &mut Trap);
        }
        operation.traverse(&mut |operation| {
            for (row, tree) in self.rows.iter_mut().zip(&mut tree.children) {
                row.operate(tree, bounds, renderer, operation);
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
        if let Some(inner) = self.before(tree, event, layout, cursor, renderer, shell) {
            let bounds = layout.bounds();
            let clip = bounds.intersection(viewport).unwrap_or(bounds);
            let state = tree.state.downcast_mut::<State<K>>();
            for ((row, tree), seat) in self.rows.iter_mut().zip(&mut tree.children).zip(&mut state.seats) {
                let Row { element, node, top, .. } = row;
                let layout = Layout::with_offset(Vector::new(bounds.x, bounds.y + *top), node);
                element.as_widget_mut().update(tree, event, layout, inner, renderer, clipboard, shell, &clip);
                // Who asked for it is not known when somebody had asked before.
                seat.stale |= shell.is_layout_invalid();
            }
        }
        self.after(tree, event, layout, cursor, renderer, shell);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State<K>>();
        if let Drag::Text { moved: true, .. } = state.drag {
            return mouse::Interaction::Text;
        }
        if !cursor.is_over(layout.bounds()) || state.bar.is_held() {
            return mouse::Interaction::None;
        }
        if self.picking {
            return mouse::Interaction::Pointer;
        }
        let bounds = layout.bounds();
        self.rows
            .iter()
            .zip(&tree.children)
            .map(|(row, tree)| {
                row.element.as_widget().mouse_interaction(tree, row.layout(bounds), cursor, viewport, renderer)
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
        let inner = if cursor.is_over(bounds) && !state.drag.moved() { cursor } else { cursor.levitate() };
        // What rows put into layers of their own moves with them.
        let moved = marked(clip, state.mark);
        renderer.with_layer(moved, |renderer| {
            self.draw_grounds(state, renderer, bounds);
            for (row, tree) in self.rows.iter().zip(&tree.children) {
                let layout = row.layout(bounds);
                if layout.bounds().intersects(&clip) {
                    row.element.as_widget().draw(tree, renderer, theme, style, layout, inner, &moved);
                }
            }
        });
        renderer.with_layer(clip, |renderer| {
            state.bar.draw(renderer, self.look, bounds, state.span());
            self.draw_ring(state, renderer, bounds);
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
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State<K>>();
        let children: Vec<_> = self
            .rows
            .iter_mut()
            .zip(&mut tree.children)
            .zip(&mut state.seats)
            .filter_map(|((row, tree), seat)| {
                let layout = Layout::with_offset(Vector::new(bounds.x, bounds.y + row.top), &row.node);
                let shown = row.element.as_widget_mut().overlay(tree, layout, renderer, viewport, translation);
                // What it does is not seen here.
                seat.stale |= shown.is_some();
                shown
            })
            .collect();
        (!children.is_empty()).then(|| overlay::Group::with_children(children).overlay())
    }
}

impl<'a, T, K, Message> From<Timeline<'a, T, K, Message>> for Element<'a, Message>
where
    T: 'a,
    K: Copy + Ord + 'static,
    Message: 'a,
{
    fn from(timeline: Timeline<'a, T, K, Message>) -> Self {
        Element::new(timeline)
    }
}

#[cfg(test)]
mod tests;
