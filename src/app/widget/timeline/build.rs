//! Makes the rows that are in view, and a few beyond, and gives them their places.

use super::select::{HeightOf, Mark};
use super::state::{Aim, Glow, Goal, KEPT, Left, Seat, State, resting};
use super::window::{Anchor, Placed, Window};
use super::{OVERSCAN, PADDING, Row, Saved, Timeline};
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, layout};
use iced::{Element, Rectangle, Renderer, Size};
use std::rc::Rc;

/// So many rows beyond the view are made in one go; the others follow, a few in each frame, so that none takes long.
const AHEAD: usize = 6;
/// No more rows than so many are shaped beyond each end of the view: all of them are remembered at once.
const BEYOND: usize = KEPT / 4;
/// From how far, in parts of the view, the list glides to what is farther off than what exists.
const APPROACH: f32 = 0.6;

/// A row that is made.
type Made<'a, K, Message> = (K, Element<'a, Message>, Tree, Rc<layout::Node>);

/// What is remembered of a row: its tree, and how it was laid out, if that still holds for the row as it was built then
/// (`false`) or for any that is built now (`true`).
type Remembered = (Tree, Option<(Rc<layout::Node>, bool)>);

/// Whether two rows are laid out alike.
fn alike(a: &layout::Node, b: &layout::Node) -> bool {
    a.bounds() == b.bounds()
        && a.children().len() == b.children().len()
        && a.children().iter().zip(b.children()).all(|(a, b)| alike(a, b))
}

/// Where the first row that is placed is to stand.
enum Stand {
    Top(f32),
    Bottom(f32),
    /// This part of its height at this height of the view.
    Part(f32, f32),
    Resting(super::Align, f32),
}

/// What was made before, by key, each to be taken once.
struct Kept<K, R>(Vec<(K, Option<R>)>);

impl<K: Ord + Copy, R> Kept<K, R> {
    fn take(&mut self, key: K) -> Option<R> {
        let at = self.0.binary_search_by(|(kept, _)| kept.cmp(&key)).ok()?;
        self.0.get_mut(at)?.1.take()
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message>
where
    K: Copy + Ord + 'static,
{
    /// Takes note of another list, and of the wish to be elsewhere.
    fn settle(&self, state: &mut State<K>, trees: &mut Vec<Tree>) {
        if state.place != Some(self.place) {
            state.turn_to(self.place, self.seek);
            trees.clear();
        }
        let begins = !state.started && !self.items.is_empty();
        if begins {
            state.started = true;
            let start = self.start.filter(|start| self.find(*start).is_ok());
            let saved = self.restore.or(state.left_at()).filter(|saved| self.holds(*saved));
            state.anchor = match (saved, start) {
                (Some(at @ Anchor::At { .. }), _) => at,
                (_, Some(key)) => Anchor::At { key, offset: (state.view * 0.3).round() },
                (_, None) => Anchor::End,
            };
        }
        if state.seek != self.seek {
            state.seek = self.seek;
            self.go_to(state, Goal::End, !begins);
        }
        if let Some(jump) = self.jump
            && state.jumped != Some(jump.number)
            && self.find(jump.key).is_ok()
        {
            state.jumped = Some(jump.number);
            self.go_to(state, Goal::Row(jump.key, jump.align), !begins);
            state.glow = jump.highlight.then_some(Glow { key: jump.key, since: None, light: 1.0 });
        }
    }

    /// Whether a place lies among the rows.
    fn holds(&self, saved: Saved<K>) -> bool {
        let Anchor::At { key, .. } = saved else { return self.live };
        let (first, last) = (self.items.first().map(self.key), self.items.last().map(self.key));
        first.is_some_and(|first| first <= key) && last.is_some_and(|last| key <= last)
    }

    /// Glides to a goal; begins near it when it is far. Without motion, is there at once.
    pub(super) fn go_to(&self, state: &mut State<K>, goal: Goal<K>, smooth: bool) {
        state.mover.stop();
        let smooth = smooth && !self.look.reduce_motion && !state.seats.is_empty();
        if smooth && state.distance(goal).is_some() {
            return state.mover.seek(goal);
        }
        // Not so far that what it goes to is not built: in a very high window it would be lost on the way.
        let approach = if smooth { (state.view * APPROACH).round().min(OVERSCAN) } else { 0.0 };
        state.aim = Some(match goal {
            Goal::End => Aim::End(approach),
            Goal::Row(key, align) => {
                let older = state.seats.first().is_some_and(|seat| key < seat.key);
                Aim::Row(key, align, if older { -approach } else { approach })
            }
        });
        if smooth {
            state.mover.seek(goal);
        }
    }

    /// The row that is placed first, and where.
    fn stand(&self, state: &State<K>, frame: Window) -> (usize, Stand) {
        let newest = self.items.len().saturating_sub(1);
        let anchor = match state.aim {
            Some(Aim::Along { rows, y }) => {
                let index = (rows.max(0.0) as usize).min(newest);
                return (index, Stand::Part((rows - index as f32).clamp(0.0, 1.0), y));
            }
            Some(Aim::End(below)) => return (newest, Stand::Bottom(frame.floor() + below)),
            Some(Aim::Row(key, align, below)) => match self.find(key) {
                Ok(index) => return (index, Stand::Resting(align, below)),
                Err(_) => state.anchor,
            },
            None => state.anchor,
        };
        let Anchor::At { key, offset } = anchor else { return (newest, Stand::Bottom(frame.floor())) };
        let next = match self.find(key) {
            Ok(index) => return (index, Stand::Top(offset)),
            Err(next) => next,
        };
        // The row is gone. What is still there and seen below it stays, and the next older one moves up to it.
        let stays = |steady: bool| {
            state.in_view().filter(|seat| seat.key > key).find_map(|seat| {
                let index = self.find(seat.key).ok()?;
                let item = self.items.get(index)?;
                (!steady || (self.steady)(item)).then_some((index, Stand::Top(seat.top)))
            })
        };
        let older = || match next.checked_sub(1) {
            Some(older) => (older, Stand::Bottom(offset + state.anchor_height)),
            None => (0, Stand::Top(offset)),
        };
        stays(true).or_else(|| stays(false)).unwrap_or_else(older)
    }

    pub(super) fn build(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.max();
        let state = tree.state.downcast_mut::<State<K>>();
        let resized = state.width != size.width || state.text != self.look.text;
        (state.width, state.text, state.view) = (size.width, self.look.text, size.height);
        self.settle(state, &mut tree.children);
        let oldest = self.items.first().map(self.key);
        let other_rows = (state.count, state.oldest) != (self.items.len(), oldest);
        (state.count, state.oldest) = (self.items.len(), oldest);

        // At rest, rows beyond the view cost in every frame and are not seen: it is enough that they are shaped.
        let overscan = if state.is_lively() { OVERSCAN } else { 0.0 };
        let frame = Window { height: size.height, count: self.items.len(), padding: PADDING, overscan };
        let (start, stand) = self.stand(state, frame);
        let was = state.anchor;
        let aimed = state.aim.take().is_some();
        let line = state.line.filter(|line| resized && matches!(was, Anchor::At { key, .. } if key == line.key));
        let scale = |height: f32| if resized && state.anchor_height > 0.0 { height / state.anchor_height } else { 1.0 };

        let same = self.revision.is_some() && self.revision == state.revision && !resized;
        let (seats, nodes) = (std::mem::take(&mut state.seats), std::mem::take(&mut state.nodes));
        let remembered = tree.children.drain(..).zip(nodes.iter().zip(&seats)).map(|(tree, (node, seat))| {
            let node = (!resized && !seat.stale).then(|| (Rc::clone(node), same));
            Some((tree, node))
        });
        let mut kept: Kept<K, Remembered> = Kept(seats.iter().map(|s| s.key).zip(remembered).collect());
        let mut built = Kept(self.rows.drain(..).map(|row| (row.key, Some(row.element))).collect());
        let row_limits = layout::Limits::new(Size::ZERO, Size::new(size.width, f32::INFINITY));
        let (items, key_of, view, revision) = (self.items, self.key, &self.view, self.revision);
        let (mut ahead, mut measured, mut left) = (AHEAD, Vec::new(), std::mem::take(&mut state.left));
        if resized {
            left.iter_mut().for_each(|left| left.node = None);
        }
        let mut place = |index: usize, seen: bool| {
            let item = items.get(index)?;
            let key = key_of(item);
            let mut remembered = kept.take(key).or_else(|| {
                let at = left.iter().position(|left| left.key == key)?;
                let left = left.remove(at)?;
                let node = left.node.filter(|(_, at)| revision == Some(*at));
                Some((left.tree, node.map(|(node, _)| (node, true))))
            });
            if remembered.is_none() && !seen {
                ahead = ahead.checked_sub(1)?;
            }
            let (mut element, fresh) = match built.take(key) {
                Some(element) => (element, false),
                None => (view(item), true),
            };
            let ready = remembered.as_mut().and_then(|(_, node)| node.take());
            let ready = ready.filter(|(_, any)| *any || !fresh).map(|(node, _)| node);
            if let Some((child, _)) = remembered.as_mut().filter(|_| fresh && ready.is_none()) {
                child.diff(element.as_widget());
            }
            let never = remembered.is_none();
            let mut child = remembered.map_or_else(|| Tree::new(element.as_widget()), |(child, _)| child);
            let node = match ready {
                Some(node) => {
                    // Whoever says that nothing changed has to be right.
                    if cfg!(debug_assertions) {
                        child.diff(element.as_widget());
                        let anew = element.as_widget_mut().layout(&mut child, renderer, &row_limits);
                        debug_assert!(alike(&node, &anew), "a row changed that was said to be the same");
                    }
                    node
                }
                None => Rc::new(element.as_widget_mut().layout(&mut child, renderer, &row_limits)),
            };
            // Whole pixels only: see the arithmetic.
            let height = node.size().height.ceil();
            if never {
                measured.push(height);
            }
            Some(Placed { height, top: 0.0, index, row: (key, element, child, node) })
        };
        let filled = frame.fill(start, &mut place, |row: &mut Placed<Made<'a, K, Message>>| match stand {
            Stand::Top(top) if top < 0.0 && resized => {
                // The line at the top stays at the top when the row wraps anew.
                let (_, element, child, node) = &mut row.row;
                let found = line.and_then(|line| {
                    let mut height = HeightOf::new(&line);
                    element.as_widget_mut().operate(child, Layout::new(node), renderer, &mut height);
                    height.found
                });
                found.map_or_else(|| top * scale(row.height), |height| -height)
            }
            Stand::Top(top) => top,
            Stand::Bottom(bottom) => bottom - row.height,
            Stand::Part(part, y) => y - part * row.height,
            Stand::Resting(align, below) => resting(align, row.height, size.height) + below,
        });
        state.left = left;
        state.short = filled.short;
        if filled.shift != 0.0 && !aimed {
            // There is nothing further.
            state.mover.stop();
        }

        state.first = filled.rows.front().map_or(0, |row| row.index);
        let count = filled.rows.len();
        state.seats.reserve_exact(count);
        state.nodes.reserve_exact(count);
        tree.children.reserve(count);
        self.rows.reserve(count);
        for placed in filled.rows {
            let (key, element, child, node) = placed.row;
            state.seats.push(Seat { key, top: placed.top, height: placed.height, stale: false });
            state.nodes.push(Rc::clone(&node));
            tree.children.push(child);
            self.rows.push(Row { key, element, node, top: placed.top });
        }
        state.compare(&seats);
        let before = std::mem::replace(&mut state.revision, self.revision);
        for ((key, remembered), seat) in kept.0.into_iter().zip(seats) {
            // Rows that no longer exist are not worth remembering.
            if let Some((tree, node)) = remembered.filter(|_| self.find(key).is_ok()) {
                let node = node.map(|(node, _)| node).zip(before);
                state.leave(Left { key, tree, height: seat.height, node });
            }
        }
        if overscan == 0.0 {
            let ends = (state.first, state.first + state.seats.len());
            let edges =
                (state.seats.first().map_or(0.0, |seat| seat.top), state.seats.last().map_or(0.0, Seat::bottom));
            let below =
                self.shape(state, renderer, &row_limits, (ends.1..items.len()).take(BEYOND), size.height - edges.1);
            let above = self.shape(state, renderer, &row_limits, (0..ends.0).rev().take(BEYOND), edges.0);
            state.short |= below || above;
        }
        measured.into_iter().for_each(|height| state.measure(height));
        self.hold(state, filled.at_end && !(aimed && state.mover.is_moving()), resized);
        if other_rows && let Some(at) = state.bar.held_at() {
            state.pivot = state.rows_above(at).map(|rows| (at, rows));
        }
        if state.marked {
            let selection = state.selection.and_then(|held| held.selection());
            let bounds = Rectangle::with_size(size);
            for (row, tree) in self.rows.iter_mut().zip(&mut tree.children) {
                let mut mark = Mark::new(selection.and_then(|selection| selection.within(row.key)));
                row.operate(tree, bounds, renderer, &mut mark);
            }
        }
        // The rows are not part of it: they stay as they are laid out, wherever they stand.
        layout::Node::new(size)
    }

    /// Shapes the words of rows beyond the view, of which `room` is left, so that they come into it at no cost. Only a
    /// few at once: says whether more are to follow.
    fn shape(
        &self,
        state: &mut State<K>,
        renderer: &Renderer,
        limits: &layout::Limits,
        rows: impl Iterator<Item = usize>,
        room: f32,
    ) -> bool {
        let (mut room, mut ahead) = (room + OVERSCAN, AHEAD / 2);
        for item in rows.filter_map(|index| self.items.get(index)) {
            if room <= 0.0 {
                break;
            }
            let key = (self.key)(item);
            if let Some(left) = state.left.iter().find(|left| left.key == key) {
                room -= left.height;
                continue;
            }
            if ahead == 0 {
                return true;
            }
            ahead -= 1;
            let mut element = (self.view)(item);
            let mut tree = Tree::new(element.as_widget());
            let node = element.as_widget_mut().layout(&mut tree, renderer, limits);
            let height = node.size().height.ceil();
            state.measure(height);
            state.leave(Left { key, tree, height, node: Some(Rc::new(node)).zip(self.revision) });
            room -= height;
        }
        false
    }

    /// Takes the row that now holds the place.
    fn hold(&self, state: &mut State<K>, at_end: bool, resized: bool) {
        let was = (state.anchor, state.anchor_height);
        if at_end && self.live {
            (state.anchor, state.anchor_height) = (Anchor::End, 0.0);
        } else {
            let steady = |seat: &&Seat<K>| {
                self.find(seat.key).ok().and_then(|index| self.items.get(index)).is_some_and(self.steady)
            };
            let held = state.in_view().find(steady).or_else(|| state.in_view().next()).copied();
            if let Some(seat) = held {
                state.anchor = Anchor::At { key: seat.key, offset: seat.top };
                state.anchor_height = seat.height;
            }
        }
        // When it only wrapped anew, the same line is still the one to be kept, however often that happens.
        let wrapped = match (was.0, state.anchor) {
            (Anchor::At { key: a, .. }, Anchor::At { key: b, .. }) => resized && a == b,
            _ => false,
        };
        if !wrapped && was != (state.anchor, state.anchor_height) {
            state.line = None;
        }
    }
}
