//! Text that is selected with the pointer, within a row and across rows.
//!
//! What is selected is kept by row and byte, in the list; the texts themselves only draw it. They are found by
//! operations on the rows that exist. A row may have several texts: its bytes are counted through all of them.

use super::Selection;
use crate::widget::text;
use iced::advanced::widget::Id;
use iced::advanced::widget::Operation;
use iced::{Point, Rectangle};
use std::any::Any;
use std::ops::Range;

/// Beyond all texts.
pub(super) const ALL: usize = usize::MAX;

/// A place in the text of a row.
pub(super) type Spot<K> = (K, usize);

/// What moves with the pointer while its button is down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Drag<K> {
    /// Nothing.
    None,
    /// The button went down here; text is selected from this unit when it moves.
    Text { from: (Spot<K>, Spot<K>), unit: Unit, at: Point, moved: bool },
    /// Rows are picked, or no longer, down to the last one that the pointer went over.
    Pick { from: K, last: K, on: bool, at: Point, moved: bool },
}

impl<K> Drag<K> {
    /// The pointer went so far that it is no click.
    pub(super) fn moved(&self) -> bool {
        matches!(self, Self::Text { moved: true, .. } | Self::Pick { moved: true, .. })
    }
}

/// By what text is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Char,
    Word,
    Paragraph,
}

/// What is selected: where it was begun, and where the pointer is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Held<K> {
    pub(super) from: (Spot<K>, Spot<K>),
    pub(super) to: (Spot<K>, Spot<K>),
}

impl<K: Copy + Ord> Held<K> {
    pub(super) fn selection(&self) -> Option<Selection<K>> {
        let (first, last) = (self.from.0.min(self.to.0), self.from.1.max(self.to.1));
        (first < last).then_some(Selection { first, last })
    }
}

impl<K: Copy + Ord> Selection<K> {
    /// What of a row's text it covers.
    pub(super) fn within(&self, key: K) -> Option<Range<usize>> {
        if key < self.first.0 || self.last.0 < key {
            return None;
        }
        let start = if key == self.first.0 { self.first.1 } else { 0 };
        let end = if key == self.last.0 { self.last.1 } else { ALL };
        Some(start..end)
    }
}

/// Which text of a row is nearest to a point of the window, and which of its bytes.
pub(super) struct Probe {
    point: Point,
    unit: Unit,
    base: usize,
    near: Option<(f32, Range<usize>, bool)>,
}

impl Probe {
    pub(super) fn new(point: Point, unit: Unit) -> Self {
        Self { point, unit, base: 0, near: None }
    }

    /// The bytes of the unit there, and whether the point is on the text.
    pub(super) fn found(self) -> (Range<usize>, bool) {
        self.near.map_or((0..0, false), |(_, range, on)| (range, on))
    }
}

impl Operation for Probe {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(text) = state.downcast_mut::<text::State>() else { return };
        let y = self.point.y;
        let away = (bounds.y - y).max(y - bounds.y - bounds.height).max(0.0);
        if self.near.as_ref().is_none_or(|(nearest, ..)| away < *nearest) {
            let byte = if y < bounds.y {
                0
            } else if away > 0.0 {
                text.len()
            } else {
                text.hit(Point::new(self.point.x - bounds.x, y - bounds.y))
            };
            let range = match self.unit {
                Unit::Char => byte..byte,
                Unit::Word => text.word_at(byte),
                Unit::Paragraph => text.paragraph_at(byte),
            };
            let on = bounds.contains(self.point);
            self.near = Some((away, self.base + range.start..self.base + range.end, on));
        }
        self.base += text.len();
    }
}

/// A step from a place in the text of a row.
pub(super) struct Walk {
    from: Option<usize>,
    step: text::Step,
    base: usize,
    /// Where the row's text begins and ends, and where the step leads within it.
    pub(super) whole: Option<usize>,
    pub(super) found: Option<usize>,
    /// The direction of reading there.
    pub(super) rtl: bool,
}

impl Walk {
    /// From this byte; from nowhere it only finds out how long the text is.
    pub(super) fn new(from: Option<usize>, step: text::Step) -> Self {
        Self { from, step, base: 0, whole: None, found: None, rtl: false }
    }
}

impl Operation for Walk {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(text) = state.downcast_mut::<text::State>() else { return };
        let end = self.base + text.len();
        if let Some(from) = self.from.filter(|from| self.base <= *from && (*from < end || self.found.is_none())) {
            self.rtl = text.is_rtl_at(from - self.base);
            self.found = text.step(from - self.base, self.step).map(|to| self.base + to);
        }
        self.base = end;
        self.whole = Some(end);
    }
}

/// Shows what of a row is selected.
pub(super) struct Mark {
    range: Option<Range<usize>>,
    base: usize,
}

impl Mark {
    pub(super) fn new(range: Option<Range<usize>>) -> Self {
        Self { range, base: 0 }
    }
}

impl Operation for Mark {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(text) = state.downcast_mut::<text::State>() else { return };
        let own = self.range.as_ref().map(|range| {
            let within = |at: usize| at.saturating_sub(self.base).min(text.len());
            within(range.start)..within(range.end)
        });
        text.select(own.filter(|own| own.start < own.end));
        self.base += text.len();
    }
}

/// The line of a text at the top of the view, which stays there when the row wraps anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line<K> {
    pub(super) key: K,
    /// Its first byte.
    pub(super) byte: usize,
    /// Which part of it is above the view.
    pub(super) part: f32,
}

/// Where the line stands that begins at this height of a text, or holds this byte.
struct Stretch {
    start: usize,
    top: f32,
    height: f32,
}

impl Stretch {
    fn start_at(text: &text::State, size: Rectangle, y: f32) -> usize {
        // The end of the line where reading begins, whatever its direction.
        text.hit(Point::new(0.0, y)).min(text.hit(Point::new(size.width, y)))
    }

    /// The least whole height for which it is so, of those up to `most`.
    fn least(most: f32, so: impl Fn(f32) -> bool) -> f32 {
        let (mut low, mut high) = (0, most.max(0.0) as i32);
        while low < high {
            let middle = (low + high) / 2;
            if so(middle as f32) { high = middle } else { low = middle + 1 }
        }
        low as f32
    }

    fn at(text: &text::State, size: Rectangle, y: f32) -> Self {
        let start = Self::start_at(text, size, y);
        let top = Self::least(y, |y| Self::start_at(text, size, y) >= start);
        let end = Self::least(size.height, |y| Self::start_at(text, size, y) > start);
        Self { start, top, height: (end - top).max(1.0) }
    }

    fn holding(text: &text::State, size: Rectangle, byte: usize) -> Self {
        let next = Self::least(size.height, |y| Self::start_at(text, size, y) > byte);
        Self::at(text, size, (next - 1.0).max(0.0))
    }
}

/// Looks for the line that stands at a height of the window.
pub(super) struct LineAt {
    y: f32,
    base: usize,
    pub(super) found: Option<(usize, f32)>,
}

impl LineAt {
    pub(super) fn new(y: f32) -> Self {
        Self { y, base: 0, found: None }
    }
}

impl Operation for LineAt {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(text) = state.downcast_mut::<text::State>() else { return };
        if bounds.y <= self.y && self.y < bounds.y + bounds.height {
            let line = Stretch::at(text, bounds, self.y - bounds.y);
            let part = (self.y - bounds.y - line.top) / line.height;
            self.found = Some((self.base + line.start, part));
        }
        self.base += text.len();
    }
}

/// Looks for the height at which a part of the line with a byte stands.
pub(super) struct HeightOf {
    byte: usize,
    part: f32,
    base: usize,
    pub(super) found: Option<f32>,
}

impl HeightOf {
    pub(super) fn new<K>(line: &Line<K>) -> Self {
        Self { byte: line.byte, part: line.part, base: 0, found: None }
    }
}

impl Operation for HeightOf {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(text) = state.downcast_mut::<text::State>() else { return };
        if self.base <= self.byte && (self.byte < self.base + text.len() || self.found.is_none()) {
            let line = Stretch::holding(text, bounds, self.byte - self.base);
            self.found = Some(bounds.y + line.top + self.part * line.height);
        }
        self.base += text.len();
    }
}
