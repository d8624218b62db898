//! The box that is typed into to find something. The arrows walk through what was found while one goes on typing.

use super::tail::Tail;
use super::{Element, icon_button};
use crate::theme::{Look, fonts};
use crate::widget::calm::calm;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::passing::pass_on;
use iced::advanced::text as advanced;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, mouse};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Id, container, stack, text_input};
use iced::{Background, Border, Center, Color, Event, Fill, Pixels, Rectangle, Renderer, Theme};

/// What the keys do in what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To the next one above.
    Up,
    /// To the next one below.
    Down,
    /// Several up.
    PageUp,
    /// Several down.
    PageDown,
    /// This one it is.
    Enter,
    /// The same, with Shift.
    ShiftEnter,
}

/// A box to find something with; made by [`finder`].
pub struct Finder<'a, M> {
    look: Look,
    value: &'a str,
    placeholder: String,
    clear: String,
    keys: Option<String>,
    sign: bool,
    bare: bool,
    id: Id,
    on_input: Box<dyn Fn(String) -> M + 'a>,
    on_walk: Box<dyn Fn(Walk) -> M + 'a>,
}

/// A box with these words in it. Whoever makes it has an id for it, since it takes the focus by a shortcut.
pub fn finder<'a, M: Clone + 'a>(
    look: Look,
    id: impl Into<Id>,
    value: &'a str,
    on_input: impl Fn(String) -> M + 'a,
    on_walk: impl Fn(Walk) -> M + 'a,
) -> Finder<'a, M> {
    Finder {
        look,
        value,
        placeholder: String::new(),
        clear: String::new(),
        keys: None,
        sign: false,
        bare: false,
        id: id.into(),
        on_input: Box::new(on_input),
        on_walk: Box::new(on_walk),
    }
}

impl<'a, M: Clone + 'a> Finder<'a, M> {
    /// What can be found, said while nothing is typed.
    pub fn placeholder(self, words: impl Into<String>) -> Self {
        Self { placeholder: words.into(), ..self }
    }

    /// The label of the sign that empties it.
    pub fn clear(self, label: impl Into<String>) -> Self {
        Self { clear: label.into(), ..self }
    }

    /// The keys that lead here, shown while nothing is typed.
    pub fn keys(self, keys: impl Into<String>) -> Self {
        Self { keys: Some(keys.into()), ..self }
    }

    /// A sign before the words.
    pub fn sign(self) -> Self {
        Self { sign: true, ..self }
    }

    /// Without a ground of its own, and larger: for what is nothing but a box.
    pub fn bare(self) -> Self {
        Self { bare: true, ..self }
    }
}

impl<'a, M: Clone + 'a> From<Finder<'a, M>> for Element<'a, M> {
    fn from(finder: Finder<'a, M>) -> Self {
        let (look, p) = (finder.look, finder.look.palette);
        let size = if finder.bare { look.size(15.0) } else { look.body() };
        let line = look.size(20.0).round();
        let height = look.size(if finder.bare { 44.0 } else { 36.0 }).round();
        let upright = ((height - line) / 2.0).max(2.0);
        let side = look.size(28.0);
        let end = match (finder.value.is_empty(), &finder.keys) {
            (true, Some(keys)) => keys.chars().count() as f32 * look.time() * 0.6 + 26.0,
            (true, None) => 12.0,
            (false, _) => side + 8.0,
        };
        let sign_room = if finder.sign { look.size(20.0) + 22.0 } else { 14.0 };
        let cleared = (finder.on_input)(String::new());
        let bare = finder.bare;
        let style = move |_: &Theme, status: text_input::Status| {
            let focused = matches!(status, text_input::Status::Focused { .. });
            let ground = match (bare, focused) {
                (true, _) => Color::TRANSPARENT,
                (false, true) => p.surface,
                (false, false) => p.hover,
            };
            let (color, width) = match (bare, focused) {
                (false, true) => (p.accent, 1.5),
                _ => (Color::TRANSPARENT, 0.0),
            };
            text_input::Style {
                background: Background::Color(ground),
                border: Border { color, width, radius: 12.0.into() },
                icon: p.muted,
                placeholder: p.muted,
                value: p.text,
                selection: p.selection,
            }
        };
        let input = text_input(&finder.placeholder, finder.value)
            .id(finder.id)
            .on_input(finder.on_input)
            .size(size)
            .line_height(Pixels(line))
            .padding(flow::padding(look, upright, end, upright, sign_room))
            .width(Fill)
            .align_x(flow::start(look))
            .style(style);
        let input = Tail { input: input.into(), value: text_input::Value::new(finder.value) };
        let input = calm(Element::new(Walking { input: Element::new(input), on_walk: finder.on_walk }));
        let sign = finder.sign.then(|| {
            let sign = icon(Icon::Find, look.size(20.0), p.muted);
            let sign = container(sign).padding([0, 12]).center_y(Fill).width(Fill).align_x(flow::start(look));
            Element::from(sign)
        });
        let behind: Option<Element<'a, M>> = match (finder.value.is_empty(), finder.keys) {
            (true, Some(keys)) => Some(keycap(look, keys)),
            (true, None) => None,
            (false, _) => {
                let clear = icon_button(look, Icon::Cross, finder.clear).compact().id("search-clear");
                Some(clear.on_press(cleared).into())
            }
        };
        let behind =
            behind.map(|behind| container(behind).padding([0, 8]).center_y(Fill).width(Fill).align_x(flow::end(look)));
        let sides = sign.into_iter().chain(behind.map(Element::from));
        container(stack![input].extend(sides)).height(height).width(Fill).into()
    }
}

/// A key, or several, as they are printed on a keyboard.
pub fn keycap<'a, M: 'a>(look: Look, keys: impl Into<String>) -> Element<'a, M> {
    let p = look.palette;
    let words = text(keys.into()).size(look.time()).font(fonts::MEDIUM).color(p.muted);
    let style = move |_: &Theme| container::Style {
        border: Border { color: p.line, width: 1.0, radius: 5.0.into() },
        ..container::Style::default()
    };
    container(words).padding([1, 6]).align_y(Center).style(style).into()
}

type InputState = text_input::State<<Renderer as advanced::Renderer>::Paragraph>;

/// Takes the keys that the line of text has no use for, while it has the focus.
struct Walking<'a, M> {
    input: Element<'a, M>,
    on_walk: Box<dyn Fn(Walk) -> M + 'a>,
}

fn walk(event: &Event) -> Option<Walk> {
    let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. }) = event else {
        return None;
    };
    if modifiers.control() || modifiers.alt() || modifiers.logo() {
        return None;
    }
    Some(match key {
        Named::ArrowUp => Walk::Up,
        Named::ArrowDown => Walk::Down,
        Named::PageUp => Walk::PageUp,
        Named::PageDown => Walk::PageDown,
        Named::Enter if modifiers.shift() => Walk::ShiftEnter,
        Named::Enter => Walk::Enter,
        _ => return None,
    })
}

fn is_focused(tree: &Tree) -> bool {
    let field = tree.children.first().filter(|field| field.tag == tree::Tag::of::<InputState>());
    field.is_some_and(|field| field.state.downcast_ref::<InputState>().is_focused())
}

impl<M> Widget<M, Theme, Renderer> for Walking<'_, M> {
    pass_on!(whole input: tag, state, children, diff, size, size_hint, layout, operate, draw, mouse_interaction, overlay);

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
        if let Some(walk) = walk(event).filter(|_| is_focused(tree)) {
            shell.publish((self.on_walk)(walk));
            shell.capture_event();
            return;
        }
        self.input.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }
}
