//! Toasts: what just happened, said in passing, with a way to undo it.

use super::{Element, Kind, Tone, button, icon_button};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::lift::{Height, lift};
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, mouse};
use iced::widget::{container, keyed_column, opaque};
use iced::{Center, Event, Fill, Length, Pixels, Rectangle, Renderer, Shrink, Size, Theme, border, window};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A toast stays this long while nobody looks at it.
const STAYS: Duration = Duration::from_secs(5);
/// With something to press it stays longer.
const STAYS_WITH_ACTION: Duration = Duration::from_secs(9);
/// As many are shown at once; the others wait.
const SHOWN: usize = 3;

/// One toast.
#[derive(Clone, Debug)]
pub struct Toast<M> {
    words: String,
    tone: Tone,
    icon: Option<Icon>,
    action: Option<(String, M)>,
}

impl<M> Toast<M> {
    /// One that says this.
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), tone: Tone::Info, icon: None, action: None }
    }

    /// How serious it is.
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// A sign before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// What can be done about it.
    pub fn action(self, label: impl Into<String>, message: M) -> Self {
        Self { action: Some((label.into(), message)), ..self }
    }
}

/// The toasts that are shown and those that wait. Lives in the state of the application.
#[derive(Clone, Debug)]
pub struct Toasts<M> {
    next: u64,
    waiting: VecDeque<(u64, Toast<M>)>,
}

impl<M> Default for Toasts<M> {
    fn default() -> Self {
        Self { next: 0, waiting: VecDeque::new() }
    }
}

impl<M: Clone> Toasts<M> {
    /// One more; what is said already is not said again.
    pub fn push(&mut self, toast: Toast<M>) {
        if self.waiting.iter().any(|(_, said)| said.words == toast.words) {
            return;
        }
        self.next += 1;
        self.waiting.push_back((self.next, toast));
    }

    /// This one was put away, or its time is over.
    pub fn close(&mut self, number: u64) {
        self.waiting.retain(|(at, _)| *at != number);
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The toasts, one above the other. The application places them over a screen, at the bottom, and tells
    /// [`Toasts::close`] what `on_close` sends; `close` is the label of the sign that puts one away.
    pub fn view<'a>(&self, look: Look, close: &str, on_close: impl Fn(u64) -> M + 'a) -> Element<'a, M>
    where
        M: 'a,
    {
        let shown = self.waiting.iter().take(SHOWN).map(|(number, toast)| {
            let stays = if toast.action.is_some() { STAYS_WITH_ACTION } else { STAYS };
            let content = card(look, toast, close, on_close(*number));
            (*number, Element::new(Lingering { content, stays, over: on_close(*number) }))
        });
        keyed_column(shown).spacing(8).align_items(Center).into()
    }
}

fn card<'a, M: Clone + 'a>(look: Look, toast: &Toast<M>, close: &str, on_close: M) -> Element<'a, M> {
    let p = look.palette;
    let ink = match toast.tone {
        Tone::Info => p.accent_text,
        Tone::Warning => p.warning,
        Tone::Danger => p.danger,
    };
    let sign = match (toast.icon, toast.tone) {
        (Some(sign), _) => Some(sign),
        (None, Tone::Info) => None,
        (None, Tone::Warning) => Some(Icon::Warning),
        (None, Tone::Danger) => Some(Icon::Alert),
    };
    let sign = sign.map(|sign| icon(sign, look.size(18.0), ink));
    let words = text(toast.words.clone())
        .size(look.body())
        .line_height(Pixels(look.size(20.0)))
        .color(p.text)
        .align_x(flow::start(look));
    let words = container(words).max_width(look.size(360.0));
    let action = toast
        .action
        .clone()
        .map(|(label, message)| Element::from(button(look, label).kind(Kind::Ghost).compact().on_press(message)));
    let close = icon_button(look, Icon::Cross, close).compact().on_press(on_close);
    let content = sign.into_iter().chain([words.into()]).chain(action).chain([close.into()]);
    let content = flow::row(look, content).spacing(10).align_y(Center);
    let padding = flow::padding(look, 8.0, 8.0, 8.0, 16.0);
    let card = container(content).padding(padding).style(move |_: &Theme| container::Style {
        border: border::rounded(12).color(p.line).width(1),
        ..container::background(p.raised)
    });
    opaque(lift(look, Height::Low, 12.0, card))
}

/// Places what [`Toasts::view`] gives over a screen: at the bottom, in the middle.
pub fn at_the_bottom<'a, M: 'a>(toasts: Element<'a, M>) -> Element<'a, M> {
    container(toasts).width(Fill).height(Fill).padding(20).align_x(Center).align_y(iced::Bottom).into()
}

/// Content that says when its time is over. The time does not run while the pointer is over it.
struct Lingering<'a, M> {
    content: Element<'a, M>,
    stays: Duration,
    over: M,
}

#[derive(Default)]
struct State {
    until: Option<Instant>,
    told: bool,
}

impl<M: Clone> Widget<M, Theme, Renderer> for Lingering<'_, M> {
    pass_on!(child content: children, diff, layout, operate, draw, mouse_interaction, overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Shrink, Shrink)
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
        let Tree { state, children, .. } = tree;
        if let Some(child) = children.first_mut() {
            self.content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        let state = state.downcast_mut::<State>();
        let hovered = cursor.is_over(layout.bounds());
        match event {
            Event::Window(window::Event::RedrawRequested(now)) => {
                if hovered {
                    state.until = None;
                    return;
                }
                let until = *state.until.get_or_insert(*now + self.stays);
                if *now < until {
                    shell.request_redraw_at(until);
                } else if !std::mem::replace(&mut state.told, true) {
                    shell.publish(self.over.clone());
                }
            }
            // Its time begins anew when the pointer has left it.
            Event::Mouse(_) if hovered != state.until.is_none() => shell.request_redraw(),
            _ => {}
        }
    }
}
