//! What the list remembers between views.

use super::motion::Mover;
use super::select::{Drag, Held, Line};
use super::window::Anchor;
use super::{Align, Bar, BarSpan, MARKS, PADDING, Visible};
use iced::advanced::layout;
use iced::advanced::mouse::Click;
use iced::advanced::widget::Tree;
use iced::advanced::widget::operation::{Focusable, Scrollable, scrollable};
use iced::keyboard::Modifiers;
use iced::time::Instant;
use iced::{Point, Rectangle};
use std::collections::VecDeque;
use std::rc::Rc;

/// Rows that were left a moment ago and keep their shaped text.
pub(super) const KEPT: usize = 40;
/// Lists whose places are remembered.
const PLACES: usize = 64;

/// A row that exists, and where it stands below the top of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seat<K> {
    pub(super) key: K,
    pub(super) top: f32,
    pub(super) height: f32,
    /// Something in it wants to be laid out anew.
    pub(super) stale: bool,
}

impl<K> Seat<K> {
    pub(super) fn bottom(&self) -> f32 {
        self.top + self.height
    }
}

/// A row beyond the view that is not built, but would be at no cost.
pub(super) struct Left<K> {
    pub(super) key: K,
    pub(super) tree: Tree,
    /// How tall it was.
    pub(super) height: f32,
    /// How it was laid out, at which revision; `None` when that is no longer right.
    pub(super) node: Option<(Rc<layout::Node>, u64)>,
}

/// Where the next layout begins, in place of the anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim<K> {
    /// So many rows, and parts of a row, are above this height of the view.
    Along { rows: f32, y: f32 },
    /// So far below where the row is to stand.
    Row(K, Align, f32),
    /// So far below the end.
    End(f32),
}

/// Where the list goes by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal<K> {
    Row(K, Align),
    End,
}

/// A row that is pointed out, since the reader arrived at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glow<K> {
    pub(super) key: K,
    pub(super) since: Option<Instant>,
    /// From 1 to 0.
    pub(super) light: f32,
}

/// What the list remembers between views.
pub(super) struct State<K> {
    pub(super) place: Option<u64>,
    pub(super) anchor: Anchor<K>,
    /// How tall the row at the anchor was.
    pub(super) anchor_height: f32,
    /// The line of text at the top of the view.
    pub(super) line: Option<Line<K>>,
    pub(super) aim: Option<Aim<K>>,
    pub(super) started: bool,
    pub(super) seek: u64,
    pub(super) jumped: Option<u64>,
    pub(super) glow: Option<Glow<K>>,
    pub(super) mover: Mover<Goal<K>>,
    pub(super) width: f32,
    pub(super) text: f32,
    pub(super) view: f32,
    /// The rows that exist, as the trees.
    pub(super) seats: Vec<Seat<K>>,
    /// How these are laid out.
    pub(super) nodes: Vec<Rc<layout::Node>>,
    /// What they looked like then.
    pub(super) revision: Option<u64>,
    /// Another one than before whenever rows in view stand elsewhere.
    pub(super) mark: u8,
    pub(super) left: VecDeque<Left<K>>,
    places: VecDeque<(u64, Anchor<K>)>,
    /// Where the rows that exist stand among all of them.
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) oldest: Option<K>,
    /// Rows beyond the view are still to be built.
    pub(super) short: bool,
    /// How tall a row is, of those built of late, and how many these are.
    average: f32,
    measured: f32,
    pub(super) reached: [Option<K>; 2],
    pub(super) shown: Option<Visible<K>>,
    pub(super) told: Option<Anchor<K>>,
    pub(super) bar: Bar,
    /// While the thumb is held: this far along the bar so many rows are above, whatever the count says.
    pub(super) pivot: Option<(f32, f32)>,
    pub(super) focus: Focus,
    pub(super) cursor: Option<K>,
    pub(super) modifiers: Modifiers,
    pub(super) click: Option<Click>,
    pub(super) drag: Drag<K>,
    /// The rows that a drag went over, and whether they were picked before.
    pub(super) swept: Vec<(K, bool)>,
    pub(super) pointer: Point,
    pub(super) selection: Option<Held<K>>,
    /// Some row may show selected text.
    pub(super) marked: bool,
    pub(super) dragged: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    None,
    Pointer,
    Keyboard,
}

impl<K: Copy + Ord> State<K> {
    pub(super) fn new() -> Self {
        Self {
            place: None,
            anchor: Anchor::End,
            anchor_height: 0.0,
            line: None,
            aim: None,
            started: false,
            seek: 0,
            jumped: None,
            glow: None,
            mover: Mover::new(),
            width: 0.0,
            text: 0.0,
            view: 0.0,
            seats: Vec::new(),
            nodes: Vec::new(),
            revision: None,
            mark: 0,
            left: VecDeque::new(),
            places: VecDeque::new(),
            first: 0,
            count: 0,
            oldest: None,
            short: false,
            average: 80.0,
            measured: 0.0,
            reached: [None; 2],
            shown: None,
            told: None,
            bar: Bar::default(),
            pivot: None,
            focus: Focus::None,
            cursor: None,
            modifiers: Modifiers::default(),
            click: None,
            drag: Drag::None,
            swept: Vec::new(),
            pointer: Point::ORIGIN,
            selection: None,
            marked: false,
            dragged: None,
        }
    }

    /// Forgets this list for another one, but not where it was left.
    pub(super) fn turn_to(&mut self, place: u64, seek: u64) {
        if let Some(before) = self.place.filter(|_| self.started) {
            self.places.retain(|(known, _)| *known != before);
            if self.places.len() >= PLACES {
                let _ = self.places.pop_front();
            }
            self.places.push_back((before, self.anchor));
        }
        *self = Self {
            place: Some(place),
            seek,
            places: std::mem::take(&mut self.places),
            focus: self.focus,
            jumped: self.jumped,
            modifiers: self.modifiers,
            average: self.average,
            mark: (self.mark + 1) % MARKS,
            width: self.width,
            text: self.text,
            view: self.view,
            ..Self::new()
        };
    }

    /// Where this list was left.
    pub(super) fn left_at(&self) -> Option<Anchor<K>> {
        self.places.iter().find(|(place, _)| Some(*place) == self.place).map(|(_, anchor)| *anchor)
    }

    /// How tall a row is, roughly.
    pub(super) fn average(&self) -> f32 {
        self.average.max(1.0)
    }

    /// Takes note of a row that was never measured before.
    pub(super) fn measure(&mut self, height: f32) {
        self.measured = (self.measured + 1.0).min(200.0);
        self.average += (height - self.average) / self.measured;
    }

    /// Moves what is seen: positive shows what is older.
    pub(super) fn scroll_by(&mut self, dy: f32) {
        self.line = None;
        let here = match self.anchor {
            Anchor::At { key, offset } => Some((key, offset)),
            Anchor::End => self.seats.iter().find(|seat| seat.bottom() > 0.0).map(|seat| (seat.key, seat.top)),
        };
        if let Some((key, offset)) = here {
            self.anchor = Anchor::At { key, offset: offset + dy };
        }
    }

    pub(super) fn seat(&self, key: K) -> Option<&Seat<K>> {
        let at = self.seats.binary_search_by(|seat| seat.key.cmp(&key)).ok()?;
        self.seats.get(at)
    }

    /// The keyboard's cursor, when it is in use.
    pub(super) fn cursor_in_use(&self) -> Option<K> {
        self.cursor.filter(|key| self.focus != Focus::None && self.seat(*key).is_some())
    }

    /// Whether Escape ends something here: selected text, or the use of the cursor.
    pub(super) fn takes_escape(&self) -> bool {
        self.selection.and_then(|held| held.selection()).is_some() || self.cursor_in_use().is_some()
    }

    /// How far the list has to move for the goal to stand where it belongs; `None` when it is not near.
    pub(super) fn distance(&self, goal: Goal<K>) -> Option<f32> {
        match goal {
            Goal::Row(key, align) => self.seat(key).map(|seat| resting(align, seat.height, self.view) - seat.top),
            Goal::End => {
                let last = self.seats.last().filter(|_| self.first + self.seats.len() == self.count)?;
                Some((self.view - PADDING.1).round() - last.bottom())
            }
        }
    }

    /// Notes whether the rows in view stand elsewhere than these did.
    pub(super) fn compare(&mut self, before: &[Seat<K>]) {
        let place = |seat: &Seat<K>| (seat.key, seat.top, seat.height);
        let seen = before.iter().filter(|seat| seat.bottom() > 0.0 && seat.top < self.view);
        if !seen.map(place).eq(self.in_view().map(place)) {
            self.mark = (self.mark + 1) % MARKS;
        }
    }

    /// The seats of which something is seen.
    pub(super) fn in_view(&self) -> impl DoubleEndedIterator<Item = &Seat<K>> {
        self.seats.iter().filter(|seat| seat.bottom() > 0.0 && seat.top < self.view)
    }

    /// What the scrollbar stands for.
    ///
    /// A part of all rows is above the same part of the view: at the start none above its top, at the end all above its
    /// bottom. So no height has to be guessed, and the thumb stands still when heights are learned.
    pub(super) fn span(&self) -> BarSpan {
        let count = self.count.max(1) as f32;
        let along = |rows: f32| PADDING.0 + self.room() * rows / count;
        let met = self.seats.iter().enumerate().find_map(|(index, seat)| {
            let rows = (self.first + index) as f32;
            let (above, below) = (seat.top - along(rows), seat.bottom() - along(rows + 1.0));
            (above <= 0.0 && below >= 0.0).then(|| (rows + above / (above - below).min(-0.001)) / count)
        });
        let at = match (self.anchor, met) {
            (Anchor::End, _) => 1.0,
            (_, Some(at)) => at,
            (_, None) => self.first as f32 / count,
        };
        BarSpan { view: self.view, total: self.average() * count, at: at.clamp(0.0, 1.0) }
    }

    fn room(&self) -> f32 {
        (self.view - PADDING.0 - PADDING.1).max(1.0)
    }

    /// The place where the thumb stands so far along the bar.
    pub(super) fn along(&self, at: f32) -> Aim<K> {
        let count = self.count as f32;
        let rows = match self.pivot {
            Some((middle, rows)) if at < middle => rows * at / middle,
            Some((middle, rows)) if middle < 1.0 => rows + (count - rows) * (at - middle) / (1.0 - middle),
            _ => count * at,
        };
        Aim::Along { rows, y: PADDING.0 + self.room() * at }
    }

    /// How many rows are above the height of the view that belongs to this part of the bar.
    pub(super) fn rows_above(&self, at: f32) -> Option<f32> {
        let y = PADDING.0 + self.room() * at;
        let (index, seat) = self.seats.iter().enumerate().find(|(_, seat)| seat.top <= y && y < seat.bottom())?;
        Some((self.first + index) as f32 + (y - seat.top) / seat.height)
    }

    /// Whether what is beyond the view may come into it, or be reached by keys, in the next frame.
    pub(super) fn is_lively(&self) -> bool {
        let held = self.bar.is_held() || !matches!(self.drag, Drag::None);
        self.mover.is_moving() || self.aim.is_some() || held || self.focus == Focus::Keyboard
    }

    pub(super) fn leave(&mut self, left: Left<K>) {
        if self.left.len() >= KEPT {
            let _ = self.left.pop_front();
        }
        self.left.push_back(left);
    }
}

/// Where the top of a row stands that was gone to.
pub(super) fn resting(align: Align, height: f32, view: f32) -> f32 {
    match align {
        Align::Centre if height + 2.0 * PADDING.0 <= view => ((view - height) / 2.0).round(),
        _ => PADDING.0,
    }
}

impl<K> Focusable for State<K> {
    fn is_focused(&self) -> bool {
        self.focus != Focus::None
    }

    fn focus(&mut self) {
        self.focus = Focus::Keyboard;
    }

    fn unfocus(&mut self) {
        self.focus = Focus::None;
    }
}

impl<K> Scrollable for State<K> {
    fn snap_to(&mut self, offset: scrollable::RelativeOffset<Option<f32>>) {
        if offset.y.is_some_and(|y| y >= 1.0) {
            self.anchor = Anchor::End;
        }
    }

    fn scroll_to(&mut self, _offset: scrollable::AbsoluteOffset<Option<f32>>) {}

    fn scroll_by(&mut self, by: scrollable::AbsoluteOffset, _bounds: Rectangle, _content: Rectangle) {
        if let Anchor::At { offset, .. } = &mut self.anchor {
            *offset -= by.y;
        }
    }
}
