//! What the pointer, the wheel and the keys do to the list.

use super::select::{Drag, Held, Mark, Probe, Spot, Unit, Walk};
use super::state::{Focus, Goal, State};
use super::window::Anchor;
use super::{Align, NOTCH, PADDING, Pick, Timeline, scrollbar};
use crate::theme::Direction;
use crate::widget::text::{Side, Step};
use iced::advanced::mouse::{self, click};
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Shell};
use iced::keyboard::{self, Modifiers, key::Named};
use iced::{Event, Point, Rectangle, Renderer};

/// A press that moves no further is a click.
const CLICK: f32 = 4.0;
/// So close to an edge, a drag scrolls.
const EDGE: f32 = 36.0;
/// How fast it does at most, in pixels a second.
const DRAGGED: f32 = 1600.0;
/// No glide is longer than so many views.
const LONGEST: f32 = 20.0;

impl<'a, T, K, Message> Timeline<'a, T, K, Message>
where
    K: Copy + Ord + 'static,
{
    /// The row at a height of the window; the nearest one outside.
    fn row_at(&self, state: &State<K>, layout: Layout<'_>, y: f32) -> Option<usize> {
        let y = (y - layout.bounds().y).clamp(0.0, (state.view - 1.0).max(0.0));
        let seats = &state.seats;
        let found = seats.iter().position(|seat| seat.top <= y && y < seat.bottom());
        found.or_else(|| seats.first().map(|first| if y < first.top { 0 } else { seats.len() - 1 }))
    }

    /// The row at a point of the window, if it is one that stays.
    fn steady_at(&self, state: &State<K>, layout: Layout<'_>, position: Point) -> Option<K> {
        let y = position.y - layout.bounds().y;
        let seat = state.seats.iter().find(|seat| seat.top <= y && y < seat.bottom())?;
        self.is_steady(seat.key).then_some(seat.key)
    }

    pub(super) fn is_steady(&self, key: K) -> bool {
        self.find(key).ok().and_then(|index| self.items.get(index)).is_some_and(self.steady)
    }

    /// The text at a point of the window: the spots at both ends of the unit there, and whether the point is on it.
    fn spots(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        point: Point,
        unit: Unit,
    ) -> Option<(Spot<K>, Spot<K>, bool)> {
        let index = self.row_at(tree.state.downcast_ref::<State<K>>(), layout, point.y)?;
        let row = self.rows.get_mut(index)?;
        let mut probe = Probe::new(point, unit);
        row.operate(tree.children.get_mut(index)?, layout.bounds(), renderer, &mut probe);
        let (range, on) = probe.found();
        Some(((row.key, range.start), (row.key, range.end), on))
    }

    /// Shows what is selected.
    fn mark(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, shell: &mut Shell<'_, Message>) {
        let state = tree.state.downcast_mut::<State<K>>();
        let selection = state.selection.and_then(|held| held.selection());
        if selection.is_none() && !state.marked {
            return;
        }
        // Rows that were left may still show it: they are told when they come back.
        state.marked = true;
        for (row, tree) in self.rows.iter_mut().zip(&mut tree.children) {
            let mut mark = Mark::new(selection.and_then(|selection| selection.within(row.key)));
            row.operate(tree, layout.bounds(), renderer, &mut mark);
        }
        shell.request_redraw();
    }

    fn unselect(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, shell: &mut Shell<'_, Message>) {
        let state = tree.state.downcast_mut::<State<K>>();
        if state.selection.take().and_then(|held| held.selection()).is_some() {
            self.mark(tree, layout, renderer, shell);
            if let Some(on_select) = &self.on_select {
                shell.publish(on_select(None));
            }
        }
    }

    /// What an event does before the rows hear of it. Gives the pointer as the rows may see it, or nothing when the
    /// event is not for them.
    pub(super) fn before(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) -> Option<mouse::Cursor> {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State<K>>();
        match event {
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => state.modifiers = *modifiers,
            Event::Mouse(mouse::Event::CursorMoved { position }) => state.pointer = *position,
            _ => {}
        }
        self.bar(state, event, bounds, cursor, shell);
        if !shell.is_event_captured() {
            self.before_rows(tree, event, layout, cursor, renderer, shell);
        }
        if shell.is_event_captured() {
            return None;
        }
        let state = tree.state.downcast_ref::<State<K>>();
        let theirs = cursor.is_over(bounds) && !state.bar.is_held() && !state.drag.moved();
        Some(if theirs { cursor } else { cursor.levitate() })
    }

    /// What an event does that no row took for itself, and each frame.
    pub(super) fn after(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        match event {
            Event::Window(iced::window::Event::RedrawRequested(now)) => {
                self.drag_on(tree, *now, layout, renderer, shell);
                self.frame(tree, *now, layout, renderer, shell);
            }
            Event::Mouse(event) => self.pointer(tree, event, layout, cursor, renderer, shell),
            Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(key), modifiers, .. })
                if !shell.is_event_captured() =>
            {
                self.key(tree, *key, *modifiers, layout, renderer, shell);
            }
            _ => {}
        }
    }

    fn bar(
        &self,
        state: &mut State<K>,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) {
        if !matches!(event, Event::Mouse(_)) {
            return;
        }
        let was_held = state.bar.is_held();
        match state.bar.update(self.look, event, cursor, bounds, state.span()) {
            scrollbar::Reply::Nothing => {}
            scrollbar::Reply::Redraw => shell.request_redraw(),
            scrollbar::Reply::Hold => shell.capture_event(),
            scrollbar::Reply::MoveTo(at) => {
                state.mover.stop();
                state.aim = Some(state.along(at));
                shell.capture_event();
                shell.invalidate_layout();
                shell.request_redraw();
            }
        }
        if was_held != state.bar.is_held() {
            state.pivot = None;
            state.mover.stop();
            shell.request_redraw();
        }
    }

    /// What belongs to the list although it happens over a row: picks, and what is dragged.
    fn before_rows(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let state = tree.state.downcast_mut::<State<K>>();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                let Some(position) = cursor.position_over(layout.bounds()) else { return };
                let (Some(on_pick), Some(key)) = (&self.on_pick, self.steady_at(state, layout, position)) else {
                    return;
                };
                let on = !self.picked.as_ref().is_some_and(|picked| picked(key));
                let drag = Drag::Pick { from: key, last: key, on, at: position, moved: false };
                state.swept.clear();
                let modifiers = state.modifiers;
                if modifiers.shift() && state.selection.is_some() && !self.picking {
                    // Shift makes the selected text longer instead.
                } else if modifiers.shift() || modifiers.command() {
                    let pick = if modifiers.shift() { Pick::Extend } else { Pick::Toggle };
                    shell.publish(on_pick((key, pick)));
                    state.focus = Focus::Pointer;
                    shell.capture_event();
                } else if self.picking {
                    state.drag = drag;
                    state.focus = Focus::Pointer;
                    shell.capture_event();
                } else if self.in_gutter(layout.bounds(), position) {
                    // A click there is still the avatar's.
                    state.drag = drag;
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { position }) => {
                self.drag_to(tree, *position, layout, renderer, shell);
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                let drag = std::mem::replace(&mut state.drag, Drag::None);
                state.dragged = None;
                match drag {
                    Drag::Pick { from, moved: false, .. } if self.picking => {
                        if let Some(on_pick) = &self.on_pick {
                            shell.publish(on_pick((from, Pick::Toggle)));
                        }
                        shell.capture_event();
                    }
                    Drag::Text { moved: true, .. } => {
                        if let Some(on_select) = &self.on_select {
                            shell.publish(on_select(state.selection.and_then(|held| held.selection())));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Whether a point is where the avatars stand.
    fn in_gutter(&self, bounds: Rectangle, position: Point) -> bool {
        match self.look.direction {
            Direction::LeftToRight => position.x < bounds.x + self.gutter,
            Direction::RightToLeft => position.x > bounds.x + bounds.width - self.gutter,
        }
    }

    /// The pointer went there with its button down.
    fn drag_to(
        &mut self,
        tree: &mut Tree,
        position: Point,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let state = tree.state.downcast_mut::<State<K>>();
        match state.drag {
            Drag::None => {}
            Drag::Text { from, unit, at, moved } => {
                if !moved && at.distance(position) < CLICK {
                    return;
                }
                state.drag = Drag::Text { from, unit, at, moved: true };
                let Some((start, end, _)) = self.spots(tree, layout, renderer, position, unit) else { return };
                let state = tree.state.downcast_mut::<State<K>>();
                let held = Some(Held { from, to: (start, end) });
                if state.selection != held {
                    state.selection = held;
                    self.mark(tree, layout, renderer, shell);
                }
                shell.request_redraw();
            }
            Drag::Pick { from, last, on, at, moved } => {
                let Some(index) = self.row_at(state, layout, position.y) else { return };
                let Some(here) = state.seats.get(index).map(|seat| seat.key) else { return };
                if !moved && (here == from || at.distance(position) < CLICK) {
                    return;
                }
                state.drag = Drag::Pick { from, last: here, on, at, moved: true };
                let Some(on_pick) = &self.on_pick else { return };
                // The pointer may have jumped over some.
                let (low, high) = (last.min(here), last.max(here));
                for seat in state.seats.iter().filter(|seat| low <= seat.key && seat.key <= high) {
                    let is = self.picked.as_ref().is_some_and(|picked| picked(seat.key));
                    if !self.is_steady(seat.key) {
                        continue;
                    }
                    // Turning back leaves what lies behind the pointer as it was.
                    let before = state.swept.iter().find(|(key, _)| *key == seat.key).map(|(_, before)| *before);
                    let within = (from.min(here)..=from.max(here)).contains(&seat.key);
                    let wanted = if within { on } else { before.unwrap_or(is) };
                    if before.is_none() {
                        state.swept.push((seat.key, is));
                    }
                    if is != wanted && (seat.key != last || !moved || !within) {
                        shell.publish(on_pick((seat.key, Pick::Set(wanted))));
                    }
                }
                shell.request_redraw();
            }
        }
    }

    /// Scrolls while something is dragged near an edge.
    fn drag_on(
        &mut self,
        tree: &mut Tree,
        now: iced::time::Instant,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State<K>>();
        let last = state.dragged.take();
        if !state.drag.moved() {
            return;
        }
        let y = state.pointer.y - bounds.y;
        let (above, below) = (EDGE - y, y - (bounds.height - EDGE));
        let deep = if above > 0.0 {
            above
        } else if below > 0.0 {
            -below
        } else {
            return;
        };
        let speed = (deep * deep.abs()).clamp(-DRAGGED, DRAGGED);
        let passed = last.map_or(0.016, |last| now.saturating_duration_since(last).as_secs_f32().min(0.1));
        let position = state.pointer;
        state.dragged = Some(now);
        // What came under the pointer since the last frame.
        self.drag_to(tree, position, layout, renderer, shell);
        let state = tree.state.downcast_mut::<State<K>>();
        let nothing_further = (deep < 0.0 && state.anchor == Anchor::End)
            || (deep > 0.0 && state.first == 0 && state.seats.first().is_some_and(|seat| seat.top >= PADDING.0));
        if nothing_further {
            state.dragged = None;
            return;
        }
        state.scroll_by((speed * passed).round());
        shell.invalidate_layout();
        shell.request_redraw();
    }

    /// What the pointer does that no row took for itself.
    fn pointer(
        &mut self,
        tree: &mut Tree,
        event: &mouse::Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let over = cursor.position_over(layout.bounds());
        let state = tree.state.downcast_mut::<State<K>>();
        match event {
            mouse::Event::WheelScrolled { delta } if over.is_some() && !shell.is_event_captured() => {
                let dy = match delta {
                    // Whole notches come from a wheel; parts of one from a touchpad.
                    mouse::ScrollDelta::Lines { y, .. } if y.fract() == 0.0 => {
                        self.glide(state, y * NOTCH, shell);
                        0.0
                    }
                    mouse::ScrollDelta::Lines { y, .. } => y * NOTCH,
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                };
                if dy != 0.0 {
                    let most = 3.0 * state.view;
                    let dy = state.mover.touch(dy.clamp(-most, most));
                    if self.look.reduce_motion {
                        state.mover.stop();
                    }
                    state.scroll_by(dy);
                    shell.invalidate_layout();
                    shell.request_redraw();
                }
                shell.capture_event();
            }
            mouse::Event::ButtonPressed(button) => {
                state.focus = if over.is_some() { Focus::Pointer } else { Focus::None };
                let Some(position) = over else { return };
                if state.mover.is_moving() {
                    state.mover.stop();
                    shell.request_redraw();
                }
                if self.set_cursor(tree, None, shell) {
                    shell.request_redraw();
                }
                if shell.is_event_captured() {
                    return;
                }
                match button {
                    mouse::Button::Left => self.press(tree, position, layout, renderer, shell),
                    mouse::Button::Right => {
                        let state = tree.state.downcast_mut::<State<K>>();
                        if let (Some(on_menu), Some(key)) = (&self.on_menu, self.steady_at(state, layout, position)) {
                            shell.publish(on_menu((key, position)));
                            shell.capture_event();
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Begins to select text.
    fn press(
        &mut self,
        tree: &mut Tree,
        position: Point,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        if self.on_select.is_none() || self.picking {
            return;
        }
        let state = tree.state.downcast_mut::<State<K>>();
        if matches!(state.drag, Drag::Pick { .. }) {
            return self.unselect(tree, layout, renderer, shell);
        }
        let click = mouse::Click::new(position, mouse::Button::Left, state.click);
        state.click = Some(click);
        let longer = state.selection.filter(|_| state.modifiers.shift());
        let unit = match click.kind() {
            click::Kind::Single => Unit::Char,
            click::Kind::Double => Unit::Word,
            click::Kind::Triple => Unit::Paragraph,
        };
        let Some((start, end, on)) = self.spots(tree, layout, renderer, position, unit) else { return };
        // Beside the words, a second click means nothing.
        let whole = on && unit != Unit::Char;
        let from = longer.map_or((start, end), |held| held.from);
        let at_once = whole || longer.is_some();
        if !at_once {
            self.unselect(tree, layout, renderer, shell);
        }
        let state = tree.state.downcast_mut::<State<K>>();
        let unit = if whole { unit } else { Unit::Char };
        let from = if whole || longer.is_some() { from } else { (start, start) };
        state.drag = Drag::Text { from, unit, at: position, moved: at_once };
        if at_once {
            state.selection = Some(Held { from, to: (start, end) });
            self.mark(tree, layout, renderer, shell);
            shell.capture_event();
        }
    }

    /// Goes so much further: gliding, or at once where nothing is to move by itself.
    fn glide(&self, state: &mut State<K>, by: f32, shell: &mut Shell<'_, Message>) {
        if self.look.reduce_motion {
            state.mover.stop();
            state.scroll_by(by.round());
            shell.invalidate_layout();
        } else {
            state.mover.glide(by, state.view * LONGEST);
        }
        shell.request_redraw();
    }

    fn key(
        &mut self,
        tree: &mut Tree,
        key: Named,
        modifiers: Modifiers,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let state = tree.state.downcast_mut::<State<K>>();
        let focused = state.focus != Focus::None;
        let page = (state.view * 0.9).round();
        let cursor = state.cursor_in_use();
        match key {
            Named::PageUp => self.glide(state, page, shell),
            Named::PageDown => self.glide(state, -page, shell),
            Named::Home if focused || modifiers.command() => {
                let Some(oldest) = self.items.first() else { return };
                self.go_to(state, Goal::Row((self.key)(oldest), Align::Top), true);
                shell.invalidate_layout();
                shell.request_redraw();
            }
            Named::End if focused || modifiers.command() => {
                self.go_to(state, Goal::End, true);
                shell.invalidate_layout();
                shell.request_redraw();
            }
            Named::ArrowUp | Named::ArrowDown | Named::ArrowLeft | Named::ArrowRight
                if focused
                    && modifiers.shift()
                    && !modifiers.alt()
                    && state.selection.and_then(|held| held.selection()).is_some() =>
            {
                let side = if matches!(key, Named::ArrowUp | Named::ArrowLeft) { Side::Before } else { Side::After };
                let step = match key {
                    Named::ArrowUp | Named::ArrowDown => Step::Line(side),
                    _ if modifiers.jump() => Step::Word(side),
                    _ => Step::Letter(side),
                };
                self.lengthen(tree, step, layout, renderer, shell);
            }
            Named::ArrowUp | Named::ArrowDown if focused && !modifiers.command() && !modifiers.alt() => {
                self.walk(tree, key == Named::ArrowUp, shell);
            }
            Named::Enter | Named::ContextMenu | Named::F10
                if cursor.is_some() && (key != Named::F10 || modifiers.shift()) =>
            {
                let (Some(on_menu), Some(seat)) = (&self.on_menu, cursor.and_then(|key| state.seat(key))) else {
                    return;
                };
                let seen = (seat.top.max(0.0) + seat.bottom().min(state.view)) / 2.0;
                let at = Point::new(layout.bounds().center_x(), layout.bounds().y + seen);
                shell.publish(on_menu((seat.key, at)));
            }
            Named::Space if cursor.is_some() && self.picking => {
                let (Some(on_pick), Some(key)) = (&self.on_pick, cursor) else { return };
                shell.publish(on_pick((key, if modifiers.shift() { Pick::Extend } else { Pick::Toggle })));
            }
            Named::Escape if state.selection.and_then(|held| held.selection()).is_some() => {
                self.unselect(tree, layout, renderer, shell);
            }
            Named::Escape if cursor.is_some() => {
                let _ = self.set_cursor(tree, None, shell);
                shell.request_redraw();
            }
            _ => return,
        }
        shell.capture_event();
    }

    /// Moves the end of the selected text that moves; at the end of a row's text into the next row.
    fn lengthen(
        &mut self,
        tree: &mut Tree,
        step: Step,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let Some(held) = tree.state.downcast_ref::<State<K>>().selection else { return };
        // A word that was pressed as a whole may be longer towards either end.
        let (mut key, byte) = if held.to.0 < held.from.0 { held.to.0 } else { held.to.1 };
        let mut from = Some(byte);
        let mut back = None;
        let to = loop {
            let Some(index) = self.rows.iter().position(|row| row.key == key) else { return };
            let (Some(row), Some(state)) = (self.rows.get_mut(index), tree.children.get_mut(index)) else {
                return;
            };
            let mut length = Walk::new(None, step);
            row.operate(state, layout.bounds(), renderer, &mut length);
            if let (Some(whole), Some(back)) = (length.whole, back) {
                break (key, if back { whole } else { 0 });
            }
            let mut walk = Walk::new(from.take().map(|from: usize| from.min(length.whole.unwrap_or(0))), step);
            row.operate(state, layout.bounds(), renderer, &mut walk);
            if let Some(found) = walk.found {
                break (key, found);
            }
            // On into the row beside it that has words.
            let back = *back.get_or_insert(step.is_back(walk.rtl));
            let Ok(at) = self.find(key) else { return };
            let next = if back { at.checked_sub(1) } else { Some(at + 1) };
            let Some(item) = next.and_then(|next| self.items.get(next)) else { return };
            key = (self.key)(item);
        };
        let state = tree.state.downcast_mut::<State<K>>();
        let from = if held.to.0 < held.from.0 { held.from.1 } else { held.from.0 };
        let held = Held { from: (from, from), to: (to, to) };
        state.selection = Some(held);
        if let Some(seat) = state.seat(to.0).copied() {
            let (above, below) = (PADDING.0 - seat.top, seat.bottom() + PADDING.1 - state.view);
            let step = (state.view * 0.3).round();
            if back.unwrap_or(to < from) {
                if above > 0.0 {
                    self.glide(state, above.min(step), shell);
                }
            } else if below > 0.0 {
                self.glide(state, -below.min(step), shell);
            }
        }
        self.mark(tree, layout, renderer, shell);
        if let Some(on_select) = &self.on_select {
            shell.publish(on_select(held.selection()));
        }
    }

    /// Puts the keyboard's cursor on a row. Says whether it was elsewhere.
    fn set_cursor(&self, tree: &mut Tree, key: Option<K>, shell: &mut Shell<'_, Message>) -> bool {
        let state = tree.state.downcast_mut::<State<K>>();
        let other = state.cursor != key;
        state.cursor = key;
        if other && let Some(on_cursor) = &self.on_cursor {
            shell.publish(on_cursor(key));
        }
        other
    }

    /// Moves the cursor to the next row that stays, or shows more of a tall one first.
    fn walk(&self, tree: &mut Tree, up: bool, shell: &mut Shell<'_, Message>) {
        let state = tree.state.downcast_mut::<State<K>>();
        state.focus = Focus::Keyboard;
        let at = state.cursor.and_then(|key| state.in_view().find(|seat| seat.key == key)).copied();
        let hidden = |bottom: f32, top: f32| if up { top < 0.0 } else { bottom > state.view };
        if let Some(seat) = at.filter(|seat| seat.height > state.view && hidden(seat.bottom(), seat.top)) {
            let rest = if up { PADDING.0 - seat.top } else { seat.bottom() + PADDING.1 - state.view };
            let by = rest.min((state.view * 0.4).round());
            return self.glide(state, if up { by } else { -by }, shell);
        }
        let next = match at {
            Some(seat) => {
                let Ok(index) = self.find(seat.key) else { return };
                let (before, after) = (self.items.get(..index), self.items.get(index + 1..));
                let stays = |item: &&T| (self.steady)(item);
                if up {
                    before.and_then(|rows| rows.iter().rev().find(stays))
                } else {
                    after.and_then(|rows| rows.iter().find(stays))
                }
                .map(self.key)
            }
            // From what is seen.
            None if up => {
                let mut seats = state.in_view().rev().filter(|seat| self.is_steady(seat.key));
                seats.find(|seat| seat.bottom() <= state.view).or(seats.next()).map(|seat| seat.key)
            }
            None => {
                let mut seats = state.in_view().filter(|seat| self.is_steady(seat.key));
                seats.find(|seat| seat.top >= 0.0).or(seats.next()).map(|seat| seat.key)
            }
        };
        let Some(next) = next else {
            // Nothing further: show the end of the list.
            return self.glide(state, if up { NOTCH } else { -NOTCH }, shell);
        };
        match state.seat(next).copied() {
            Some(seat) => {
                let above = PADDING.0 - seat.top;
                let below = seat.bottom() + PADDING.1 - state.view;
                let by = match (seat.height < state.view, up) {
                    (true, _) if above > 0.0 => above,
                    (true, _) | (false, true) => -below.max(0.0),
                    // Of a tall row, the side that the reader comes from is seen first.
                    (false, false) => above.min(0.0).max(-below.max(0.0)),
                };
                state.mover.stop();
                if by != 0.0 {
                    self.glide(state, by, shell);
                }
            }
            None => {
                self.go_to(state, Goal::Row(next, Align::Centre), true);
                shell.invalidate_layout();
            }
        }
        let _ = self.set_cursor(tree, Some(next), shell);
        shell.request_redraw();
    }
}
