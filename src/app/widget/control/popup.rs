//! The list that menus and drop-downs open: above everything, never outside of the window, as long as it needs to be
//! and then scrolled.

use super::focus;
use super::press::{Ring, draw_ring};
use crate::theme::{Direction, Look};
use crate::widget::Element;
use crate::widget::flow;
use crate::widget::lift::{Height, draw_shadow};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Overlay, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::Id;
use iced::{Background, Border, Color, Event, Point, Rectangle, Renderer, Size, Theme, Vector, touch, window};
use std::time::{Duration, Instant};

/// Letters that follow each other sooner than this are one beginning of a word.
const ONE_WORD: Duration = Duration::from_secs(1);
/// Room between the list and the edge of the window.
const MARGIN: f32 = 8.0;
/// Room between the panel's edge and its rows.
const INSET: f32 = 6.0;
/// Room before and behind what stands in a row.
const SIDE: f32 = 10.0;
const GAP: f32 = 10.0;
const RADIUS: f32 = 12.0;
/// How high a line of tiles is at 100 % text, and how wide each of them is at least.
const TILE: f32 = 40.0;

/// What a line of the list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Choice,
    /// The same, beside others of its kind that follow each other.
    Tile,
    Heading,
    Divider,
}

/// A line of the list.
pub(super) struct Entry<'a, M> {
    pub role: Role,
    pub label: String,
    pub id: Option<Id>,
    /// Before the words, if any line has something there.
    pub lead: Option<Element<'a, M>>,
    pub words: Element<'a, M>,
    /// At the end of the line.
    pub end: Option<Element<'a, M>>,
    pub danger: bool,
    /// The one of several that holds now.
    pub chosen: bool,
    /// What choosing it sends. Without it the line is disabled.
    pub message: Option<M>,
}

impl<M> Entry<'_, M> {
    fn can_be_chosen(&self) -> bool {
        matches!(self.role, Role::Choice | Role::Tile) && self.message.is_some()
    }

    fn height(&self, look: Look) -> f32 {
        match self.role {
            Role::Choice => look.size(36.0).round(),
            Role::Tile => look.size(TILE).round(),
            Role::Heading => look.size(28.0).round(),
            Role::Divider => 13.0,
        }
    }

    fn diff(&self, tree: &mut Tree) {
        let parts: Vec<_> = [self.lead.as_ref(), Some(&self.words), self.end.as_ref()].into_iter().flatten().collect();
        tree.diff_children(&parts);
    }
}

/// What stays of an open list from one view to the next.
pub(super) struct Open {
    /// A place from the corner of the widget; without it the list hangs on the whole widget.
    pub point: Option<Vector>,
    pub active: Option<usize>,
    /// Whether the keyboard chose what is active: then it has the ring.
    pub by_keyboard: bool,
    /// Whether the line to begin at was found.
    pub begun: bool,
    /// What is searched for.
    pub query: String,
    scroll: f32,
    /// The active line must come into view.
    reveals: bool,
    typed: String,
    typed_at: Option<Instant>,
    rows: Vec<Tree>,
    search: Tree,
    search_has_focus: bool,
}

impl Open {
    pub(super) fn new(point: Option<Vector>, active: Option<usize>, by_keyboard: bool) -> Self {
        Self {
            point,
            active,
            by_keyboard,
            begun: false,
            query: String::new(),
            scroll: 0.0,
            reveals: true,
            typed: String::new(),
            typed_at: None,
            rows: Vec::new(),
            search: Tree::empty(),
            search_has_focus: false,
        }
    }
}

/// How the list stands to what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Side {
    #[default]
    Below,
    /// Below, ending where what it belongs to ends.
    BelowEnd,
    /// At the end side, for what stands in a rail.
    Beside,
}

/// The list as iced draws it: over everything.
pub(super) struct List<'b, 'a, M> {
    pub look: Look,
    pub entries: &'b mut [Entry<'a, M>],
    pub open: &'b mut Option<Open>,
    /// What it belongs to, in the window.
    pub anchor: Rectangle,
    pub side: Side,
    /// As wide as what it belongs to, rather than as its words need.
    pub as_wide: bool,
    /// A field above the list, which sends what stands in it.
    pub search: Option<Element<'b, String>>,
    /// Said where nothing is left of the list.
    pub empty: Option<Element<'b, String>>,
}

impl<'b, 'a: 'b, M: Clone + 'b> List<'b, 'a, M> {
    pub(super) fn overlay(mut self) -> overlay::Element<'b, M, Theme, Renderer> {
        self.diff();
        overlay::Element::new(Box::new(self))
    }

    fn diff(&mut self) {
        let Some(open) = self.open.as_mut() else { return };
        open.rows.resize_with(self.entries.len(), Tree::empty);
        for (entry, tree) in self.entries.iter().zip(&mut open.rows) {
            entry.diff(tree);
        }
        let above = [self.search.as_ref(), self.empty.as_ref()].into_iter().flatten().collect::<Vec<_>>();
        open.search.diff_children(&above);
    }
}

/// Where a line stands in the list.
#[derive(Clone, Copy)]
struct Slot {
    top: f32,
    height: f32,
    /// Among so many beside each other it is this one.
    beside: (usize, usize),
}

/// Where all lines stand, and how high they are together.
fn slots<M>(entries: &[Entry<'_, M>], look: Look) -> (Vec<Slot>, f32) {
    let mut slots = Vec::with_capacity(entries.len());
    let mut top = 0.0;
    for run in entries.chunk_by(|a, b| a.role == Role::Tile && b.role == Role::Tile) {
        let height = run.first().map_or(0.0, |entry| entry.height(look));
        slots.extend((0..run.len()).map(|at| Slot { top, height, beside: (at, run.len()) }));
        top += height;
    }
    (slots, top)
}

/// The line above or below the tiles, from one of them; else the next or previous line.
fn step_line<M>(entries: &[Entry<'_, M>], from: Option<usize>, back: bool) -> Option<usize> {
    let is_tile = |at: usize| entries.get(at).is_some_and(|entry| entry.role == Role::Tile);
    let mut to = step(entries, from, back)?;
    if from.is_some_and(is_tile) {
        for _ in 0..entries.len() {
            if !is_tile(to) {
                break;
            }
            to = step(entries, Some(to), back)?;
        }
    } else if back {
        // From below one comes to the first of them.
        while is_tile(to) && to.checked_sub(1).is_some_and(is_tile) {
            to -= 1;
        }
    }
    Some(to)
}

/// The tile beside this one.
fn step_tile<M>(entries: &[Entry<'_, M>], from: Option<usize>, back: bool) -> Option<usize> {
    let from = from?;
    let to = if back { from.checked_sub(1)? } else { from + 1 };
    let is_tile = |at: usize| entries.get(at).is_some_and(|entry| entry.role == Role::Tile);
    (is_tile(from) && is_tile(to)).then_some(to)
}

/// The next or previous line that can be chosen, round the ends.
fn step<M>(entries: &[Entry<'_, M>], from: Option<usize>, back: bool) -> Option<usize> {
    let count = entries.len();
    let from = from.unwrap_or(if back { 0 } else { count.saturating_sub(1) });
    (1..=count)
        .map(|by| if back { (from + 2 * count - by) % count } else { (from + by) % count })
        .find(|&at| entries.get(at).is_some_and(Entry::can_be_chosen))
}

pub(super) fn first<M>(entries: &[Entry<'_, M>]) -> Option<usize> {
    entries.iter().position(Entry::can_be_chosen)
}

fn last<M>(entries: &[Entry<'_, M>]) -> Option<usize> {
    entries.iter().rposition(Entry::can_be_chosen)
}

/// The line that begins so, after the active one, or that itself while a word is still being typed.
fn beginning<M>(entries: &[Entry<'_, M>], typed: &str, active: Option<usize>) -> Option<usize> {
    let typed = typed.to_lowercase();
    // The same letter again and again goes on to the next one that begins with it.
    let mut letters = typed.chars();
    let head = letters.next()?;
    let same = typed.chars().count() > 1 && letters.all(|letter| letter == head);
    let wanted = if same { head.to_string() } else { typed.clone() };
    let count = entries.len();
    let on = usize::from(same || typed.chars().count() == 1);
    let from = active.map_or(0, |active| active + on);
    (0..count).map(|by| (from + by) % count).find(|&at| {
        entries.get(at).is_some_and(|entry| entry.can_be_chosen() && entry.label.to_lowercase().starts_with(&wanted))
    })
}

/// Goes to the line that begins with what is typed.
pub(super) fn type_ahead<M>(entries: &[Entry<'_, M>], open: &mut Open, text: &str) {
    let now = Instant::now();
    if open.typed_at.is_none_or(|at| now.duration_since(at) > ONE_WORD) {
        open.typed.clear();
    }
    open.typed_at = Some(now);
    open.typed.push_str(text);
    if let Some(to) = beginning(entries, &open.typed, open.active) {
        open.active = Some(to);
        open.reveals = true;
    }
    open.by_keyboard = true;
}

impl<M: Clone> List<'_, '_, M> {
    fn close(&mut self, shell: &mut Shell<'_, M>) {
        *self.open = None;
        shell.capture_event();
        shell.invalidate_layout();
        shell.request_redraw();
    }

    fn choose(&mut self, at: usize, shell: &mut Shell<'_, M>) {
        let message =
            self.entries.get(at).filter(|entry| entry.can_be_chosen()).and_then(|entry| entry.message.clone());
        if let Some(message) = message {
            shell.publish(message);
            self.close(shell);
        }
    }

    fn go(&mut self, to: Option<usize>, shell: &mut Shell<'_, M>) {
        if let Some(open) = self.open.as_mut() {
            if to.is_some() {
                open.active = to;
                open.reveals = true;
            }
            open.by_keyboard = true;
        }
        shell.request_redraw();
    }

    fn key(&mut self, pressed: &Key, text: Option<&str>, page: usize, shell: &mut Shell<'_, M>) -> bool {
        let Some(open) = self.open.as_mut() else { return false };
        let active = open.active;
        let searches = self.search.is_some();
        let to = match pressed {
            Key::Named(Named::ArrowDown) => step_line(self.entries, active, false),
            Key::Named(Named::ArrowUp) => step_line(self.entries, active, true),
            Key::Named(arrow @ (Named::ArrowLeft | Named::ArrowRight)) if !searches => {
                let back = (*arrow == Named::ArrowLeft) == (self.look.direction == Direction::LeftToRight);
                step_tile(self.entries, active, back)
            }
            Key::Named(Named::Home) if !searches => first(self.entries),
            Key::Named(Named::End) if !searches => last(self.entries),
            Key::Named(Named::PageDown) => {
                let far = active.map_or(page, |active| active + page).min(self.entries.len().saturating_sub(1));
                (0..=far).rev().find(|&at| self.entries.get(at).is_some_and(Entry::can_be_chosen))
            }
            Key::Named(Named::PageUp) => {
                let far = active.map_or(0, |active| active.saturating_sub(page));
                (far..self.entries.len()).find(|&at| self.entries.get(at).is_some_and(Entry::can_be_chosen))
            }
            Key::Named(Named::Escape | Named::Tab) => {
                self.close(shell);
                return true;
            }
            Key::Named(Named::Enter) => {
                if let Some(active) = active {
                    self.choose(active, shell);
                }
                return true;
            }
            Key::Named(Named::Space) if !searches && open.typed_at.is_none() => {
                if let Some(active) = active {
                    self.choose(active, shell);
                }
                return true;
            }
            _ if searches => return false,
            _ => {
                if let Some(text) = text.filter(|text| text.chars().all(|letter| !letter.is_control())) {
                    type_ahead(self.entries, open, text);
                    shell.request_redraw();
                }
                return true;
            }
        };
        self.go(to, shell);
        true
    }

    /// The line under the pointer.
    fn under(&self, list: Layout<'_>, cursor: mouse::Cursor) -> Option<usize> {
        let point = cursor.position().filter(|point| list.bounds().contains(*point))?;
        list.children().position(|row| row.bounds().contains(point))
    }

    fn place(&self, open: &Open, size: Size, window: Size) -> Point {
        let rtl = self.look.direction == Direction::RightToLeft;
        let (right, bottom) = (window.width - MARGIN - size.width, window.height - MARGIN - size.height);
        let within = |x: f32, y: f32| Point::new(x.min(right).max(MARGIN).round(), y.min(bottom).max(MARGIN).round());
        let anchor = self.anchor;
        if let Some(point) = open.point {
            let at = anchor.position() + point;
            let forward =
                |at: f32, size: f32, room: f32| if at + size > room && at - size >= MARGIN { at - size } else { at };
            let x = if rtl { at.x - size.width } else { forward(at.x, size.width, window.width - MARGIN) };
            return within(x, forward(at.y, size.height, window.height - MARGIN));
        }
        match self.side {
            Side::Below | Side::BelowEnd => {
                let x = if rtl == (self.side == Side::Below) { anchor.x + anchor.width - size.width } else { anchor.x };
                let (below, above) = (anchor.y + anchor.height + 4.0, anchor.y - size.height - 4.0);
                within(x, if below > bottom && above >= MARGIN { above } else { below })
            }
            Side::Beside => {
                let (before, behind) = (anchor.x - size.width - 8.0, anchor.x + anchor.width + 8.0);
                within(if rtl { before } else { behind }, anchor.y)
            }
        }
    }
}

impl<M: Clone> Overlay<M, Theme, Renderer> for List<'_, '_, M> {
    fn layout(&mut self, renderer: &Renderer, window: Size) -> layout::Node {
        let look = self.look;
        let Some(mut open) = self.open.take() else { return layout::Node::new(Size::ZERO) };
        let most = (window.width - 2.0 * (MARGIN + INSET)).max(1.0);
        let lead = if self.entries.iter().any(|entry| entry.lead.is_some()) { look.size(20.0) + GAP } else { 0.0 };
        let anything = layout::Limits::new(Size::ZERO, Size::new(most, f32::INFINITY));
        // How wide: as the words need, within bounds.
        let mut width = look.size(if self.search.is_some() { 240.0 } else { 168.0 });
        if self.as_wide {
            width = width.max(self.anchor.width - 2.0 * INSET);
        } else {
            let (slots, _) = slots(self.entries, look);
            for ((entry, tree), slot) in self.entries.iter_mut().zip(&mut open.rows).zip(slots) {
                if entry.role == Role::Tile {
                    width = width.max(slot.beside.1 as f32 * look.size(TILE));
                    continue;
                }
                let mut trees = tree.children.iter_mut().skip(usize::from(entry.lead.is_some()));
                let mut needs = lead + 2.0 * SIDE;
                if let Some(tree) = trees.next() {
                    needs += entry.words.as_widget_mut().layout(tree, renderer, &anything).size().width;
                }
                if let (Some(end), Some(tree)) = (entry.end.as_mut(), trees.next()) {
                    needs += 2.0 * GAP + end.as_widget_mut().layout(tree, renderer, &anything).size().width;
                }
                width = width.max(needs);
            }
            width = width.min(look.size(360.0));
        }
        let width = width.min(most).round();
        // How high, and which part of it is seen.
        let mut above = 0.0;
        let mut tops = Vec::new();
        let mut search = open.search.children.iter_mut();
        if let (Some(field), Some(tree)) = (self.search.as_mut(), search.next()) {
            let node =
                field.as_widget_mut().layout(tree, renderer, &layout::Limits::new(Size::ZERO, Size::new(width, 200.0)));
            above = node.size().height + INSET;
            let node = node.move_to(Point::new(INSET, INSET));
            if !std::mem::replace(&mut open.search_has_focus, true) {
                focus::first(field, tree, Layout::new(&node), renderer, focus::By::Keyboard);
            }
            tops.push(node);
        }
        let (slots, mut whole) = slots(self.entries, look);
        if let (Some(words), Some(tree), true) = (self.empty.as_mut(), search.next(), self.entries.is_empty()) {
            let node = words.as_widget_mut().layout(
                tree,
                renderer,
                &layout::Limits::new(Size::ZERO, Size::new(width - 2.0 * SIDE, 200.0)),
            );
            whole = node.size().height + 2.0 * SIDE;
            tops.push(node.move_to(Point::new(INSET + SIDE, INSET + above + SIDE)));
        }
        let room = (window.height - 2.0 * MARGIN).min(look.size(420.0).max(above + 160.0));
        let seen = whole.min((room - above - 2.0 * INSET).max(40.0)).round();
        if std::mem::take(&mut open.reveals)
            && let Some(active) = open.active
        {
            let (top, height) = slots.get(active).map_or((0.0, 0.0), |slot| (slot.top, slot.height));
            // With what stands above the first one, a heading for example.
            let top = if first(self.entries) == Some(active) { 0.0 } else { top };
            open.scroll = open.scroll.min(top).max(top + height - seen);
        }
        open.scroll = open.scroll.clamp(0.0, (whole - seen).max(0.0)).round();
        // Only what is seen has children.
        let mut rows = Vec::with_capacity(self.entries.len());
        for ((entry, tree), slot) in self.entries.iter_mut().zip(&mut open.rows).zip(slots) {
            let (y, height, tile) = (slot.top - open.scroll, slot.height, entry.role == Role::Tile);
            let mut parts = Vec::new();
            if y + height > 0.0 && y < seen {
                let mut trees = tree.children.iter_mut();
                let limits = |width: f32| layout::Limits::new(Size::ZERO, Size::new(width.max(1.0), height));
                let mut put = |node: layout::Node, x: f32| {
                    let size = node.size();
                    let x = flow::at(look, x, size.width, width);
                    parts.push(node.move_to(Point::new(x, ((height - size.height) / 2.0).round())));
                };
                if let Some(part) = entry.lead.as_mut()
                    && let Some(tree) = trees.next()
                {
                    put(part.as_widget_mut().layout(tree, renderer, &limits(look.size(20.0))), SIDE);
                }
                let words = trees.next();
                let mut end = 0.0;
                if let (Some(part), Some(tree)) = (entry.end.as_mut(), trees.next()) {
                    let node = part.as_widget_mut().layout(tree, renderer, &limits(width * 0.5));
                    end = node.size().width + GAP;
                    put(node, width - SIDE - end + GAP);
                }
                if let Some(tree) = words {
                    // Headings begin where the signs do.
                    let begin = SIDE + if entry.role == Role::Heading { 0.0 } else { lead };
                    if tile {
                        let node = entry.words.as_widget_mut().layout(tree, renderer, &limits(width));
                        let wide = width / slot.beside.1 as f32;
                        let (x, y) = ((wide - node.size().width) / 2.0, (height - node.size().height) / 2.0);
                        parts.push(node.move_to(Point::new(x.round(), y.round())));
                    } else {
                        let limits = limits(width - begin - SIDE - end);
                        put(entry.words.as_widget_mut().layout(tree, renderer, &limits), begin);
                    }
                }
            }
            let (at, count) = slot.beside;
            let wide = width / count as f32;
            let x = flow::at(look, wide * at as f32, wide, width);
            rows.push(layout::Node::with_children(Size::new(wide, height), parts).move_to(Point::new(x, y)));
        }
        let list = layout::Node::with_children(Size::new(width, seen), rows).move_to(Point::new(INSET, INSET + above));
        let size = Size::new(width + 2.0 * INSET, seen + above + 2.0 * INSET);
        let place = self.place(&open, size, window);
        *self.open = Some(open);
        let parts = std::iter::once(list).chain(tops).collect();
        layout::Node::with_children(window, vec![layout::Node::with_children(size, parts).move_to(place)])
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Some(list) = layout.children().next().and_then(|panel| panel.children().next()) else { return };
        operation.traverse(&mut |operation| {
            for (entry, row) in self.entries.iter().zip(list.children()) {
                if row.children().next().is_some() {
                    operation.container(entry.id.as_ref(), row.bounds());
                    operation.text(entry.id.as_ref(), row.bounds(), &entry.label);
                }
            }
        });
        let above = layout.children().next().into_iter().flat_map(|panel| panel.children().skip(1));
        if let Some(open) = self.open.as_mut() {
            let parts = [self.search.as_mut(), self.empty.as_mut()].into_iter().flatten();
            for ((part, tree), place) in parts.zip(&mut open.search.children).zip(above) {
                operation.traverse(&mut |operation| part.as_widget_mut().operate(tree, place, renderer, operation));
            }
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let Some(panel) = layout.children().next() else { return };
        let Some(list) = panel.children().next() else { return };
        if self.open.is_none() {
            return;
        }
        match event {
            Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. }) => {
                let under = self.under(list, cursor);
                let under = under.filter(|&at| self.entries.get(at).is_some_and(Entry::can_be_chosen));
                if let Some(open) = self.open.as_mut()
                    && (under.is_some() || !open.by_keyboard)
                    && (under != open.active || open.by_keyboard)
                {
                    (open.active, open.by_keyboard) = (under, false);
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(touch::Event::FingerPressed { .. })
                if !cursor.is_over(panel.bounds()) =>
            {
                self.close(shell);
                return;
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                if let Some(at) = self.under(list, cursor) {
                    self.choose(at, shell);
                    shell.capture_event();
                    return;
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) => {
                let by = match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y * self.look.size(36.0),
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                };
                if let Some(open) = self.open.as_mut() {
                    open.scroll -= by;
                }
                shell.request_redraw();
                shell.capture_event();
                return;
            }
            Event::Window(window::Event::Unfocused) => {
                *self.open = None;
                shell.invalidate_layout();
                shell.request_redraw();
                return;
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, .. }) => {
                let page = (list.bounds().height / self.look.size(36.0)).floor().max(1.0) as usize;
                let plain = !(modifiers.control() || modifiers.alt() || modifiers.logo());
                if plain && self.key(key, text.as_deref(), page, shell) {
                    shell.capture_event();
                    return;
                }
            }
            _ => {}
        }
        // The search field sees what was not for the list.
        let field = panel.children().nth(1);
        if let (Some(open), Some(search), Some(field)) = (self.open.as_mut(), self.search.as_mut(), field)
            && let Some(tree) = open.search.children.first_mut()
        {
            let viewport = panel.bounds();
            let mut typed = quietly(shell, |shell| {
                search.as_widget_mut().update(tree, event, field, cursor, renderer, clipboard, shell, &viewport);
            });
            if let Some(query) = typed.pop() {
                open.query = query;
                open.scroll = 0.0;
                (open.active, open.begun) = (None, false);
                shell.invalidate_layout();
                shell.request_redraw();
            }
        }
        if matches!(event, Event::Mouse(_) | Event::Touch(_) | Event::Keyboard(keyboard::Event::KeyPressed { .. })) {
            shell.capture_event();
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _renderer: &Renderer) -> mouse::Interaction {
        // Never `None`: whatever lies below has no pointer while the list is open.
        let list = layout.children().next().and_then(|panel| panel.children().next());
        let under = list.and_then(|list| self.under(list, cursor)).and_then(|at| self.entries.get(at));
        match under {
            Some(entry) if entry.can_be_chosen() => mouse::Interaction::Pointer,
            _ => mouse::Interaction::Idle,
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
        let (look, p) = (self.look, self.look.palette);
        let (Some(open), Some(panel)) = (self.open.as_ref(), layout.children().next()) else { return };
        let Some(list) = panel.children().next() else { return };
        let whole = panel.bounds();
        let fill = |renderer: &mut Renderer, bounds: Rectangle, border: Border, color: Color| {
            let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
            renderer.fill_quad(quad, Background::Color(color));
        };
        draw_shadow(renderer, look, Height::Low, RADIUS, whole);
        fill(renderer, whole, Border { color: p.line, width: 1.0, radius: RADIUS.into() }, p.raised);
        let above = panel.children().skip(1);
        for ((part, tree), place) in
            [self.search.as_ref(), self.empty.as_ref()].into_iter().flatten().zip(&open.search.children).zip(above)
        {
            part.as_widget().draw(tree, renderer, theme, style, place, cursor, &whole);
        }
        let seen = list.bounds();
        renderer.with_layer(seen, |renderer| {
            for (at, ((entry, tree), row)) in self.entries.iter().zip(&open.rows).zip(list.children()).enumerate() {
                let bounds = row.bounds();
                if !bounds.intersects(&seen) {
                    continue;
                }
                if entry.role == Role::Divider {
                    let line = Rectangle { y: bounds.center_y().floor(), height: 1.0, ..bounds };
                    fill(renderer, line.shrink([0.0, SIDE]), Border::default(), p.line);
                    continue;
                }
                if entry.role == Role::Tile && entry.chosen {
                    let border = Border { radius: (RADIUS - INSET + 2.0).into(), ..Border::default() };
                    fill(renderer, bounds.shrink(2.0), border, p.accent_soft);
                }
                if open.active == Some(at) {
                    let ground = if entry.danger { p.danger_soft } else { p.active() };
                    let radius = RADIUS - INSET + 2.0;
                    fill(renderer, bounds, Border { radius: radius.into(), ..Border::default() }, ground);
                    if open.by_keyboard {
                        draw_ring(renderer, look, bounds, radius, Ring::Inside);
                    }
                }
                // In the order of the layout: what is before the words, what is behind them, the words.
                let words = tree.children.get(usize::from(entry.lead.is_some())).map(|tree| (&entry.words, tree));
                let lead = entry.lead.as_ref().zip(tree.children.first());
                let end = entry.end.as_ref().zip(tree.children.last());
                for ((part, tree), place) in [lead, end, words].into_iter().flatten().zip(row.children()) {
                    part.as_widget().draw(tree, renderer, theme, style, place, mouse::Cursor::Unavailable, &seen);
                }
            }
        });
        let (_, height) = slots(self.entries, look);
        if height > seen.height + 0.5 {
            let thumb = (seen.height * seen.height / height).max(24.0);
            let y = seen.y + (seen.height - thumb) * open.scroll / (height - seen.height);
            let place = Rectangle { x: seen.x + seen.width, y, width: 3.0, height: thumb };
            let place = flow::mirrored(look, place, whole);
            fill(renderer, place, Border { radius: 1.5.into(), ..Border::default() }, Color { a: 0.5, ..p.muted });
        }
    }
}

/// Runs a part whose messages are for the widget around it; gives them out.
pub(super) fn quietly<M, N>(shell: &mut Shell<'_, M>, run: impl FnOnce(&mut Shell<'_, N>)) -> Vec<N> {
    let mut messages = Vec::new();
    let mut local = Shell::new(&mut messages);
    run(&mut local);
    if local.is_event_captured() {
        shell.capture_event();
    }
    shell.request_redraw_at(local.redraw_request());
    shell.request_input_method(local.input_method());
    if local.is_layout_invalid() {
        shell.invalidate_layout();
    }
    if local.are_widgets_invalid() {
        shell.invalidate_widgets();
    }
    messages
}

/// The overlay of a part whose messages are for the widget around it: a hint, which sends none.
pub(super) struct Quiet<'a, N>(pub overlay::Element<'a, N, Theme, Renderer>);

impl<M, N> Overlay<M, Theme, Renderer> for Quiet<'_, N> {
    fn layout(&mut self, renderer: &Renderer, bounds: Size) -> layout::Node {
        self.0.as_overlay_mut().layout(renderer, bounds)
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        self.0.as_overlay().draw(renderer, theme, style, layout, cursor);
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.0.as_overlay_mut().operate(layout, renderer, operation);
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let overlay = self.0.as_overlay_mut();
        let _none = quietly(shell, |shell| overlay.update(event, layout, cursor, renderer, clipboard, shell));
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, renderer: &Renderer) -> mouse::Interaction {
        self.0.as_overlay().mouse_interaction(layout, cursor, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        layout: Layout<'b>,
        renderer: &Renderer,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let inner = self.0.as_overlay_mut().overlay(layout, renderer)?;
        Some(overlay::Element::new(Box::new(Quiet(inner))))
    }
}
