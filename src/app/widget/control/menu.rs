//! Menus: what can be done, behind a button or behind the other button of the pointer.

use super::popup::{Entry, List, Open, Quiet, Role, Side, quietly};
use super::{Button, Element, Row, focus};
use crate::theme::{Look, fonts};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::passing::pass_on;
use crate::widget::text::line;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::text::Wrapping;
use iced::widget::{Id, space};
use iced::{Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

/// One line of a menu.
pub struct Item<'a, M> {
    role: Role,
    label: String,
    icon: Option<Icon>,
    lead: Option<Element<'a, M>>,
    end: Option<Element<'a, M>>,
    shortcut: Option<String>,
    chosen: Option<bool>,
    danger: bool,
    on_choose: Option<M>,
    id: Option<Id>,
}

impl<'a, M: Clone + 'a> Item<'a, M> {
    fn of(role: Role, label: String, on_choose: Option<M>) -> Self {
        Self {
            role,
            label,
            icon: None,
            lead: None,
            end: None,
            shortcut: None,
            chosen: None,
            danger: false,
            on_choose,
            id: None,
        }
    }

    /// Something to do, and what choosing it sends.
    pub fn new(label: impl Into<String>, on_choose: M) -> Self {
        Self::of(Role::Choice, label.into(), Some(on_choose))
    }

    /// Something to do that is a picture, beside others of its kind. The label says what it is called.
    pub fn tile(label: impl Into<String>, on_choose: M) -> Self {
        Self::of(Role::Tile, label.into(), Some(on_choose))
    }

    /// Something that cannot be done now.
    pub fn disabled(label: impl Into<String>) -> Self {
        Self::of(Role::Choice, label.into(), None)
    }

    /// Words above those that belong together.
    pub fn heading(label: impl Into<String>) -> Self {
        Self::of(Role::Heading, label.into(), None)
    }

    /// A line between those that do not belong together.
    pub fn divider() -> Self {
        Self::of(Role::Divider, String::new(), None)
    }

    /// A sign before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Something else before the words, 20 pixels wide at 100 % text: an avatar.
    pub fn lead(self, lead: impl Into<Element<'a, M>>) -> Self {
        Self { lead: Some(lead.into()), ..self }
    }

    /// Something at the end of the line: a badge.
    pub fn end(self, end: impl Into<Element<'a, M>>) -> Self {
        Self { end: Some(end.into()), ..self }
    }

    /// The keys that do the same.
    pub fn shortcut(self, keys: impl Into<String>) -> Self {
        Self { shortcut: Some(keys.into()), ..self }
    }

    /// One of several: whether this is the chosen one.
    pub fn chosen(self, chosen: bool) -> Self {
        Self { chosen: Some(chosen), ..self }
    }

    /// It takes something away.
    pub fn danger(self) -> Self {
        Self { danger: true, ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    fn entry(self, look: Look) -> Entry<'a, M> {
        let p = look.palette;
        let ink = match (self.role, self.on_choose.is_some(), self.danger) {
            (Role::Heading, ..) => p.muted,
            (_, false, _) => p.faint,
            (_, true, true) => p.danger,
            (_, true, false) => p.text,
        };
        let quiet = if self.danger && self.on_choose.is_some() { p.danger } else { p.muted };
        let sign = |sign, color| icon(sign, look.size(18.0), color);
        let has_sign = self.icon.is_some() || self.lead.is_some();
        let lead = match (self.lead, self.icon, self.chosen) {
            (Some(lead), ..) => Some(lead),
            (None, Some(icon), _) => Some(sign(icon, quiet)),
            (None, None, Some(true)) => Some(sign(Icon::Check, p.accent_text)),
            (None, None, Some(false)) => Some(space().width(look.size(18.0)).into()),
            (None, None, None) => None,
        };
        let keys = |keys: String| text(keys).size(look.second()).color(p.muted).wrapping(Wrapping::None);
        let end = match (self.end, self.shortcut) {
            (Some(end), _) => Some(end),
            (None, Some(shortcut)) => Some(keys(shortcut).into()),
            // What has a sign of its own has the tick at its end.
            (None, None) if self.chosen == Some(true) && has_sign => Some(sign(Icon::Check, p.accent_text)),
            (None, None) => None,
        };
        let words = match self.role {
            Role::Tile => line(look.size(20.0), ink).push(self.label.clone(), None, None),
            Role::Heading => line(look.second(), ink).push(self.label.clone(), Some(fonts::MEDIUM), None),
            _ => line(look.body(), ink).push(self.label.clone(), None, None),
        };
        Entry {
            role: self.role,
            label: self.label,
            id: self.id,
            lead,
            words: words.into(),
            end,
            danger: self.danger,
            chosen: self.chosen == Some(true),
            message: self.on_choose,
        }
    }
}

/// The button of a menu was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressed;

/// What a menu can hang on.
pub trait Trigger<'a> {
    /// The control, with pressing it as its only message.
    fn trigger(self) -> Element<'a, Pressed>;
}

impl<'a> Trigger<'a> for Button<'a, Pressed> {
    fn trigger(self) -> Element<'a, Pressed> {
        self.on_press(Pressed).into()
    }
}

impl<'a> Trigger<'a> for Row<'a, Pressed> {
    fn trigger(self) -> Element<'a, Pressed> {
        self.on_press(Pressed).into()
    }
}

type Once<'a, M> = Box<dyn FnOnce() -> Vec<Item<'a, M>> + 'a>;
type Found<'a, M> = Box<dyn Fn(&str) -> Vec<Item<'a, M>> + 'a>;

/// Where the lines come from.
enum Items<'a, M> {
    /// Always the same ones, until they were made.
    Once(Option<Once<'a, M>>),
    /// Those that are found for what is searched for, and what they were last made for.
    Found(Found<'a, M>, Option<String>),
}

/// The field above the lines.
pub(super) struct Search {
    pub placeholder: String,
    pub nothing: String,
}

/// A control that opens a menu; made by [`menu`].
pub struct Menu<'a, M> {
    look: Look,
    trigger: Element<'a, Pressed>,
    items: Items<'a, M>,
    entries: Vec<Entry<'a, M>>,
    side: Side,
    as_wide: bool,
    search: Option<Search>,
}

/// A button or row that opens a menu. What is to be done is asked for when the menu opens.
pub fn menu<'a, M: Clone + 'a>(
    look: Look,
    trigger: impl Trigger<'a>,
    items: impl FnOnce() -> Vec<Item<'a, M>> + 'a,
) -> Menu<'a, M> {
    Menu {
        look,
        trigger: trigger.trigger(),
        items: Items::Once(Some(Box::new(items))),
        entries: Vec::new(),
        side: Side::Below,
        as_wide: false,
        search: None,
    }
}

/// A button or row that opens a menu with a field above it to search in it: for more than can be read at a glance.
/// `found` gives the lines for what stands in the field; `nothing` is said where there are none.
pub fn menu_of_many<'a, M: Clone + 'a>(
    look: Look,
    trigger: impl Trigger<'a>,
    placeholder: impl Into<String>,
    nothing: impl Into<String>,
    found: impl Fn(&str) -> Vec<Item<'a, M>> + 'a,
) -> Menu<'a, M> {
    let search = Some(Search { placeholder: placeholder.into(), nothing: nothing.into() });
    Menu { as_wide: false, ..drop_down(look, trigger.trigger(), Side::Below, search, found) }
}

/// The list of a drop-down: as wide as what it hangs on, and with a field to search if there is much of it.
pub(super) fn drop_down<'a, M: Clone + 'a>(
    look: Look,
    trigger: Element<'a, Pressed>,
    side: Side,
    search: Option<Search>,
    found: impl Fn(&str) -> Vec<Item<'a, M>> + 'a,
) -> Menu<'a, M> {
    let as_wide = side == Side::Below;
    Menu { look, trigger, items: Items::Found(Box::new(found), None), entries: Vec::new(), side, as_wide, search }
}

impl<M> Menu<'_, M> {
    /// Opens at the end side rather than below: for what stands in a rail.
    pub fn beside(self) -> Self {
        Self { side: Side::Beside, ..self }
    }
}

/// Content with a menu behind the other button of the pointer; made by [`context_menu`].
pub struct ContextMenu<'a, M> {
    look: Look,
    content: Element<'a, M>,
    items: Items<'a, M>,
    entries: Vec<Entry<'a, M>>,
    /// Whoever shows it says when and where it opens: the number of the wish, and the place in the window.
    wished: Option<Option<(u64, Point)>>,
}

impl<M> ContextMenu<'_, M> {
    /// Opens there, once for each number, and not by itself: for content that knows better what its menu is about.
    pub fn at(self, wished: Option<(u64, Point)>) -> Self {
        Self { wished: Some(wished), ..self }
    }
}

/// Content with a menu: at the pointer by its other button, and at what has the focus by the Menu key or Shift+F10.
pub fn context_menu<'a, M: Clone + 'a>(
    look: Look,
    content: impl Into<Element<'a, M>>,
    items: impl FnOnce() -> Vec<Item<'a, M>> + 'a,
) -> ContextMenu<'a, M> {
    ContextMenu {
        look,
        content: content.into(),
        items: Items::Once(Some(Box::new(items))),
        entries: Vec::new(),
        wished: None,
    }
}

#[derive(Default)]
struct State {
    open: Option<Open>,
    /// The last wish that was fulfilled.
    wished: u64,
}

/// Makes the lines when they are first needed, and finds the one to begin at.
fn ready<'a, M: Clone + 'a>(look: Look, items: &mut Items<'a, M>, entries: &mut Vec<Entry<'a, M>>, open: &mut Open) {
    let made = match items {
        Items::Once(items) => items.take().map(|items| items()),
        Items::Found(_, Some(query)) if *query == open.query => None,
        Items::Found(found, query) => {
            *query = Some(open.query.clone());
            Some(found(&open.query))
        }
    };
    if let Some(made) = made {
        *entries = made.into_iter().map(|item| item.entry(look)).collect();
    }
    let found = matches!(items, Items::Found(..));
    let begins = open.by_keyboard || found;
    if open.active.is_none() && begins && !std::mem::replace(&mut open.begun, true) {
        let chosen = entries.iter().position(|entry| entry.chosen).filter(|_| found && open.query.is_empty());
        open.active = chosen.or_else(|| super::popup::first(entries));
    }
}

/// Letters for a list that has only just opened.
fn typed<M>(entries: &[Entry<'_, M>], searches: bool, open: &mut Open, text: &str) {
    if searches {
        open.query.push_str(text);
        (open.active, open.begun) = (None, false);
    } else {
        super::popup::type_ahead(entries, open, text);
    }
}

fn opens<M>(open: &mut Option<Open>, point: Option<Vector>, by_keyboard: bool, shell: &mut Shell<'_, M>) {
    *open = Some(Open::new(point, None, by_keyboard));
    shell.capture_event();
    shell.invalidate_layout();
    shell.request_redraw();
}

impl<'a, M: Clone + 'a> Widget<M, Theme, Renderer> for Menu<'a, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.trigger)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.trigger));
    }

    fn size(&self) -> Size<Length> {
        self.trigger.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        self.trigger.as_widget_mut().layout(child, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let trigger = &mut self.trigger;
        if let Some(child) = tree.children.first_mut() {
            operation.traverse(&mut |operation| trigger.as_widget_mut().operate(child, layout, renderer, operation));
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let Some(child) = tree.children.first_mut() else { return };
        if let (Some(open), Event::Keyboard(event)) = (&mut tree.state.downcast_mut::<State>().open, event) {
            // Typed in the same moment in which the list opened, before the list could see it.
            if let keyboard::Event::KeyPressed { text: Some(text), .. } = event
                && matches!(self.items, Items::Found(..))
            {
                ready(self.look, &mut self.items, &mut self.entries, open);
                typed(&self.entries, self.search.is_some(), open, text);
            }
            return;
        }
        let trigger = &mut self.trigger;
        let pressed = quietly(shell, |shell| {
            trigger.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        });
        let by_keyboard = matches!(event, Event::Keyboard(_));
        let (arrow, letter) = match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), .. }) => {
                (matches!(key, Named::ArrowDown | Named::ArrowUp), None)
            }
            Event::Keyboard(keyboard::Event::KeyPressed { text: Some(text), modifiers, .. })
                if matches!(self.items, Items::Found(..)) && !(modifiers.control() || modifiers.alt()) =>
            {
                (false, Some(text))
            }
            _ => (false, None),
        };
        let has_focus = (arrow || letter.is_some())
            && !shell.is_event_captured()
            && focus::place(trigger, child, layout, renderer).is_some();
        if !pressed.is_empty() || has_focus {
            let open = &mut tree.state.downcast_mut::<State>().open;
            opens(open, None, by_keyboard, shell);
            if let (Some(open), Some(letter)) = (open, letter) {
                ready(self.look, &mut self.items, &mut self.entries, open);
                typed(&self.entries, self.search.is_some(), open, letter);
            }
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
        if let Some(child) = tree.children.first() {
            self.trigger.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
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
        let Some(child) = tree.children.first() else { return mouse::Interaction::None };
        self.trigger.as_widget().mouse_interaction(child, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        if state.open.is_none() {
            let child = tree.children.first_mut()?;
            let hint = self.trigger.as_widget_mut().overlay(child, layout, renderer, viewport, translation)?;
            return Some(overlay::Element::new(Box::new(Quiet(hint))));
        }
        if let Some(open) = &mut state.open {
            ready(self.look, &mut self.items, &mut self.entries, open);
        }
        let query = state.open.as_ref().map_or("", |open| &open.query);
        let look = self.look;
        let search = self.search.as_ref().map(|search| {
            iced::widget::text_input(&search.placeholder, query)
                .on_input(|typed| typed)
                .size(look.body())
                .line_height(iced::Pixels(look.size(20.0)))
                .padding([look.size(8.0), 12.0])
                .align_x(crate::widget::flow::start(look))
                .style(super::field::style(look, false))
                .into()
        });
        let empty = self
            .search
            .as_ref()
            .map(|search| text(search.nothing.clone()).size(look.body()).color(look.palette.muted).into());
        let list = List {
            look,
            entries: &mut self.entries,
            open: &mut state.open,
            anchor: layout.bounds() + translation,
            side: self.side,
            as_wide: self.as_wide,
            search,
            empty,
        };
        Some(list.overlay())
    }
}

impl<'a, M: Clone + 'a> From<Menu<'a, M>> for Element<'a, M> {
    fn from(menu: Menu<'a, M>) -> Self {
        Self::new(menu)
    }
}

impl<'a, M: Clone + 'a> Widget<M, Theme, Renderer> for ContextMenu<'a, M> {
    pass_on!(child content: children, diff, size, size_hint, layout, operate, draw, mouse_interaction);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let Some(child) = tree.children.first_mut() else { return };
        self.content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        if shell.is_event_captured() {
            return;
        }
        let state = tree.state.downcast_mut::<State>();
        match event {
            Event::Window(iced::window::Event::RedrawRequested(_)) => {
                if let Some(Some((number, point))) = self.wished
                    && number != state.wished
                {
                    state.wished = number;
                    opens(&mut state.open, Some(point - layout.position()), false, shell);
                }
            }
            _ if self.wished.is_some() => {}
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)) => {
                if let Some(point) = cursor.position_over(layout.bounds()) {
                    opens(&mut state.open, Some(point - layout.position()), false, shell);
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. })
                if *key == Named::ContextMenu || (*key == Named::F10 && modifiers.shift()) =>
            {
                if let Some(place) = focus::place(&mut self.content, child, layout, renderer) {
                    // A little inside of what has the focus, so that one sees what it is about.
                    let corner = iced::Point::new(place.x + 16.0, place.y + place.height * 0.75);
                    opens(&mut state.open, Some(corner - layout.position()), true, shell);
                }
            }
            _ => {}
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        if state.open.is_none() {
            let child = tree.children.first_mut()?;
            return self.content.as_widget_mut().overlay(child, layout, renderer, viewport, translation);
        }
        if let Some(open) = &mut state.open {
            ready(self.look, &mut self.items, &mut self.entries, open);
        }
        let list = List {
            look: self.look,
            entries: &mut self.entries,
            open: &mut state.open,
            anchor: layout.bounds() + translation,
            side: Side::Below,
            as_wide: false,
            search: None,
            empty: None,
        };
        Some(list.overlay())
    }
}

impl<'a, M: Clone + 'a> From<ContextMenu<'a, M>> for Element<'a, M> {
    fn from(menu: ContextMenu<'a, M>) -> Self {
        Self::new(menu)
    }
}
