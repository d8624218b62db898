//! The keyboard's way from control to control.

use crate::theme::Look;
use crate::widget::Element;
use crate::widget::passing::pass_on;
use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable};
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Clipboard, Layout, Shell, mouse};
use iced::keyboard::{self, key};
use iced::widget::Id;
use iced::{Event, Rectangle, Renderer, Theme, Vector};
use std::any::Any;
use std::borrow::Cow;

/// How the focus came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::widget) enum By {
    /// Its ring shows.
    Keyboard,
    /// No ring: the pointer shows where one is.
    Pointer,
}

/// Whether a control has the focus; every control of ours keeps one of these in its state.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::widget) struct Held(Option<By>);

impl Held {
    pub(in crate::widget) fn is_held(self) -> bool {
        self.0.is_some()
    }

    /// Whether the ring shows.
    pub(in crate::widget) fn shows(self) -> bool {
        self.0 == Some(By::Keyboard)
    }

    pub(in crate::widget) fn hold(&mut self, by: By) {
        self.0 = Some(by);
    }

    /// Lets go; says whether there was something to let go.
    pub(in crate::widget) fn release(&mut self) -> bool {
        self.0.take().is_some()
    }
}

impl Focusable for Held {
    fn is_focused(&self) -> bool {
        self.is_held()
    }

    /// Operations focus for the keyboard; the pointer sets its own focus in `update`.
    fn focus(&mut self) {
        self.0 = Some(By::Keyboard);
    }

    fn unfocus(&mut self) {
        self.0 = None;
    }
}

/// Tells an operation of a control that takes the focus.
pub(in crate::widget) fn offer(operation: &mut dyn Operation, id: Option<&Id>, bounds: Rectangle, held: &mut Held) {
    operation.focusable(id, bounds, held);
    operation.custom(id, bounds, held);
}

/// The ring that says where the keyboard is, close around what is drawn by no control.
pub(in crate::widget) fn ring(renderer: &mut Renderer, look: Look, bounds: Rectangle, radius: f32) {
    super::press::draw_ring(renderer, look, bounds, radius, super::press::Ring::Inside);
}

/// Where that is which has the focus, if it is in here.
pub(super) fn place<M>(
    content: &mut Element<'_, M>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
) -> Option<Rectangle> {
    struct Find(Option<Rectangle>);
    impl Operation for Find {
        fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
            if state.is_focused() {
                self.0 = Some(bounds);
            }
        }

        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
    }
    let mut find = Find(None);
    content.as_widget_mut().operate(tree, layout, renderer, &mut find);
    find.0
}

/// Who had the focus, so that it can come back.
#[derive(Debug, Clone)]
pub(super) struct Place {
    id: Option<Id>,
    number: usize,
    by: By,
}

/// Found by [`Keys`] where something inside answers Escape itself.
pub(in crate::widget) struct Trap;

/// How many in here take the focus.
pub(super) fn count<M>(
    content: &mut Element<'_, M>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
) -> usize {
    let mut count = Count::default();
    content.as_widget_mut().operate(tree, layout, renderer, &mut count);
    count.total
}

/// Gives the focus to the first that takes it.
pub(super) fn first<M>(content: &mut Element<'_, M>, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, by: By) {
    content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { to: 0, at: 0, by });
}

/// Gives the focus to the last that takes it.
pub(super) fn last<M>(content: &mut Element<'_, M>, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, by: By) {
    let to = count(content, tree, layout, renderer).saturating_sub(1);
    content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { to, at: 0, by });
}

/// Takes the focus from whatever has it, and remembers what that was.
pub(super) fn take<M>(
    content: &mut Element<'_, M>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
) -> Option<Place> {
    struct Take {
        at: usize,
        found: Option<Place>,
    }
    impl Operation for Take {
        fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
            if state.is_focused() {
                self.found = Some(Place { id: id.cloned(), number: self.at, by: By::Keyboard });
            }
            self.at += 1;
        }

        fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
            if let (Some(found), Some(Held(Some(By::Pointer)))) = (&mut self.found, state.downcast_ref::<Held>()) {
                found.by = By::Pointer;
            }
        }

        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
    }
    let mut take = Take { at: 0, found: None };
    content.as_widget_mut().operate(tree, layout, renderer, &mut take);
    // Past the last one: nobody.
    content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { to: usize::MAX, at: 0, by: By::Pointer });
    take.found
}

/// Gives the focus back to what had it, by its id if it has one.
pub(super) fn restore<M>(
    content: &mut Element<'_, M>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
    place: &Place,
) {
    struct Find<'a> {
        id: &'a Id,
        at: usize,
        found: Option<usize>,
    }
    impl Operation for Find<'_> {
        fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, _state: &mut dyn Focusable) {
            if id == Some(self.id) {
                self.found = Some(self.at);
            }
            self.at += 1;
        }

        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
    }
    let to = match &place.id {
        Some(id) => {
            let mut find = Find { id, at: 0, found: None };
            content.as_widget_mut().operate(tree, layout, renderer, &mut find);
            find.found
        }
        None => Some(place.number),
    };
    if let Some(to) = to {
        content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { to, at: 0, by: place.by });
    }
}

/// Moves the focus one control on or back; from the last one on to the first.
pub(super) fn step(mut operate: impl FnMut(&mut dyn Operation), back: bool) {
    let mut count = Count::default();
    operate(&mut count);
    if count.total == 0 {
        return;
    }
    let to = match (count.focused, back) {
        (None, false) => 0,
        (None, true) => count.total - 1,
        (Some(at), false) => (at + 1) % count.total,
        (Some(at), true) => (at + count.total - 1) % count.total,
    };
    operate(&mut Focus { to, at: 0, by: By::Keyboard });
    let mut seek = Seek::default();
    operate(&mut seek);
    if !seek.moves.is_empty() {
        operate(&mut Reveal { moves: seek.moves, at: 0 });
    }
}

/// What has the focus stands at least this far from the edge of what scrolls.
const MARGIN: f32 = 24.0;

/// Finds out by how much things have to scroll for the focus to be seen.
#[derive(Default)]
struct Seek {
    /// How many scrollables were met, and those that we are inside of: number, window, how far scrolled.
    met: usize,
    next: Option<(usize, Rectangle, Vector)>,
    around: Vec<(usize, Rectangle, Vector)>,
    moves: Vec<(usize, Vector)>,
}

impl Operation for Seek {
    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.next = Some((self.met, bounds, translation));
        self.met += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if !state.is_focused() {
            return;
        }
        // From the inside out: each scrollable moves what lies in it.
        let mut place = bounds;
        for (number, window, scrolled) in self.around.iter().rev() {
            let seen = place - *scrolled;
            let over = window.y + MARGIN - seen.y;
            let under = seen.y + seen.height + MARGIN - (window.y + window.height);
            let by = match (over > 0.0, under > 0.0) {
                (true, true) | (false, false) => 0.0,
                (true, false) => -over,
                (false, true) => under,
            };
            if by.abs() > 0.5 {
                self.moves.push((*number, Vector::new(0.0, by)));
            }
            place = seen - Vector::new(0.0, by);
        }
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let inside = self.next.take();
        let depth = self.around.len();
        self.around.extend(inside);
        operate(self);
        self.around.truncate(depth);
    }
}

/// Scrolls them.
struct Reveal {
    moves: Vec<(usize, Vector)>,
    at: usize,
}

impl Operation for Reveal {
    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if let Some((_, by)) = self.moves.iter().find(|(number, _)| *number == self.at) {
            state.scroll_by(AbsoluteOffset { x: by.x, y: by.y }, bounds, content);
        }
        self.at += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

/// Stands around a whole window: Tab and Shift+Tab move the focus inside, Escape sends a message.
///
/// This is a widget and not a subscription so that the focus moves without a message, a new view or a task, and works
/// in headless tests.
pub struct Keys<'a, M> {
    content: Element<'a, M>,
    on_escape: Option<Box<dyn Fn() -> M + 'a>>,
    shortcut: Option<Shortcut<'a, M>>,
}

type Shortcut<'a, M> = Box<dyn Fn(&keyboard::Key, keyboard::Modifiers) -> Option<M> + 'a>;

/// Puts the keyboard's ways around `content`.
pub fn keys<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Keys<'a, M> {
    Keys { content: content.into(), on_escape: None, shortcut: None }
}

/// The key as a Latin keyboard has it at this place, where the layout writes another script: shortcuts are named by
/// Latin letters, and hands find them by their place.
fn latin(key: &keyboard::Key, physical: key::Physical) -> Cow<'_, keyboard::Key> {
    let keyboard::Key::Character(letters) = key else { return Cow::Borrowed(key) };
    // The first scripts other than Latin begin here; signs that all layouts write stand before.
    if letters.chars().all(|letter| letter < '\u{370}') {
        return Cow::Borrowed(key);
    }
    let sign = match physical {
        key::Physical::Code(key::Code::Comma) => Some(','),
        key::Physical::Code(key::Code::Minus) => Some('-'),
        key::Physical::Code(key::Code::Equal) => Some('='),
        _ => key.to_latin(physical),
    };
    match sign {
        Some(sign) => Cow::Owned(keyboard::Key::Character(sign.to_string().into())),
        None => Cow::Borrowed(key),
    }
}

impl<'a, M> Keys<'a, M> {
    /// What Escape sends, before anything inside sees the key; only what is a [`Trap`] just now takes it for itself.
    pub fn on_escape(self, message: Option<M>) -> Self
    where
        M: Clone + 'a,
    {
        let on_escape = message.map(|message| Box::new(move || message.clone()) as Box<dyn Fn() -> M>);
        Self { on_escape, ..self }
    }

    /// What other keys send, before anything inside sees them. In a layout of another script a key has the Latin letter
    /// of its place.
    pub fn on_shortcut(self, shortcut: impl Fn(&keyboard::Key, keyboard::Modifiers) -> Option<M> + 'a) -> Self {
        Self { shortcut: Some(Box::new(shortcut)), ..self }
    }

    /// Whether something inside answers Escape itself: a dialog, a list with selected text.
    fn is_trapped(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> bool {
        struct Find(bool);
        impl Operation for Find {
            fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
                self.0 |= state.is::<Trap>();
            }

            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
                operate(self);
            }
        }
        let mut find = Find(false);
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut find);
        find.0
    }
}

/// How many can have the focus, and which has it.
#[derive(Default)]
struct Count {
    total: usize,
    focused: Option<usize>,
}

impl Operation for Count {
    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.total);
        }
        self.total += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

/// Gives the focus to one by its number, and takes it from the others.
struct Focus {
    to: usize,
    at: usize,
    by: By,
}

impl Operation for Focus {
    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.at == self.to {
            state.focus();
        } else if state.is_focused() {
            state.unfocus();
        }
        self.at += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        if let Some(held) = state.downcast_mut::<Held>()
            && held.is_held()
        {
            held.hold(self.by);
        }
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }
}

impl<M> Widget<M, Theme, Renderer> for Keys<'_, M> {
    pass_on!(whole content: tag, state, children, diff, size, size_hint, layout, operate, draw, mouse_interaction, overlay);

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
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) = event
            && let Some(shortcut) = &self.shortcut
            && let Some(message) = shortcut(&latin(key, *physical_key), *modifiers)
        {
            shell.publish(message);
            shell.capture_event();
            return;
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(key), modifiers, .. }) = event {
            let others = modifiers.control() || modifiers.alt() || modifiers.logo();
            match key {
                key::Named::Tab if !others => {
                    let content = &mut self.content;
                    let operate = |operation: &mut dyn Operation| {
                        content.as_widget_mut().operate(tree, layout, renderer, operation);
                    };
                    step(operate, modifiers.shift());
                    shell.capture_event();
                    shell.request_redraw();
                    return;
                }
                key::Named::Escape if !others => {
                    if !self.is_trapped(tree, layout, renderer)
                        && let Some(message) = &self.on_escape
                    {
                        shell.publish(message());
                        shell.capture_event();
                        return;
                    }
                }
                _ => {}
            }
        }
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }
}

impl<'a, M: 'a> From<Keys<'a, M>> for Element<'a, M> {
    fn from(keys: Keys<'a, M>) -> Self {
        Self::new(keys)
    }
}
