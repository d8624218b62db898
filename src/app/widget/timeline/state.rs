//! What a list remembers between views.

use super::window::Anchor;
use super::{Bar, BarSpan, Visible};
use iced::Rectangle;
use iced::advanced::Layout;
use iced::advanced::widget::Tree;
use iced::advanced::widget::operation::{Focusable, Scrollable, scrollable};
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Rows that were left a moment ago and keep their shaped text.
const KEPT: usize = 40;

/// What the list remembers between views.
pub(super) struct State<K> {
    pub(super) place: Option<u64>,
    pub(super) anchor: Anchor<K>,
    /// How tall the row at the anchor was.
    pub(super) anchor_height: f32,
    pub(super) started: bool,
    pub(super) seek: u64,
    /// The number of the last jump.
    pub(super) jumped: Option<u64>,
    /// The place that was told last.
    pub(super) told: Option<Anchor<K>>,
    pub(super) modifiers: iced::keyboard::Modifiers,
    pub(super) width: f32,
    pub(super) view_height: f32,
    pub(super) heights: HashMap<K, f32>,
    /// Sum of `heights`.
    pub(super) measured: f32,
    pub(super) keys: Vec<K>,
    pub(super) left: VecDeque<(K, Tree)>,
    pub(super) places: HashMap<u64, Anchor<K>>,
    /// Where the rows that exist stand among all of them.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) count: usize,
    pub(super) reached: [Option<K>; 2],
    pub(super) shown: Option<Visible<K>>,
    pub(super) bar: Bar,
    pub(super) focus: Focus,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    None,
    Pointer,
    Keyboard,
}

impl<K: Copy + Ord + Hash> State<K> {
    pub(super) fn new() -> Self {
        Self {
            place: None,
            anchor: Anchor::End,
            anchor_height: 0.0,
            started: false,
            seek: 0,
            jumped: None,
            told: None,
            modifiers: iced::keyboard::Modifiers::default(),
            width: 0.0,
            view_height: 0.0,
            heights: HashMap::new(),
            measured: 0.0,
            keys: Vec::new(),
            left: VecDeque::new(),
            places: HashMap::new(),
            first: 0,
            last: 0,
            count: 0,
            reached: [None; 2],
            shown: None,
            bar: Bar::default(),
            focus: Focus::None,
        }
    }

    pub(super) fn average(&self) -> f32 {
        if self.heights.is_empty() { 80.0 } else { (self.measured / self.heights.len() as f32).max(1.0) }
    }

    /// Moves what is seen: positive shows what is older.
    pub(super) fn scroll_by(&mut self, dy: f32, layout: Layout<'_>) {
        let top = layout.bounds().y;
        let here = match self.anchor {
            Anchor::At { key, offset } => Some((key, offset)),
            Anchor::End => layout
                .children()
                .zip(&self.keys)
                .find(|(row, _)| row.bounds().y + row.bounds().height > top)
                .map(|(row, key)| (*key, row.bounds().y - top)),
        };
        if let Some((key, offset)) = here {
            self.anchor = Anchor::At { key, offset: offset + dy };
        }
    }

    /// What the scrollbar stands for: an estimate from the rows measured so far.
    pub(super) fn span(&self, layout: Layout<'_>) -> BarSpan {
        let bounds = layout.bounds();
        let average = self.average();
        let total = average * self.count as f32;
        let hidden = layout
            .children()
            .enumerate()
            .find(|(_, row)| row.bounds().y + row.bounds().height > bounds.y)
            .map_or(0.0, |(index, row)| {
                let row = row.bounds();
                (self.first + index) as f32 + ((bounds.y - row.y) / row.height.max(1.0)).clamp(0.0, 1.0)
            });
        let at_end = self.anchor == Anchor::End;
        let room = (total - bounds.height).max(1.0);
        let at = if at_end { 1.0 } else { (hidden * average / room).min(1.0) };
        BarSpan { view: bounds.height, total, at }
    }

    pub(super) fn leave(&mut self, key: K, tree: Tree) {
        if self.left.len() >= KEPT {
            let _ = self.left.pop_front();
        }
        self.left.push_back((key, tree));
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
