//! Lines to type into.

use super::skin::mix;
use super::tail::Tail;
use super::{Element, icon_button};
use crate::theme::Look;
use crate::widget::calm::calm;
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use iced::widget::{Id, column, container, stack, text_input};
use iced::{Background, Border, Color, Length, Pixels, Theme};

/// A text field with its label and its error; made by [`super::field`].
pub struct Field<'a, M> {
    look: Look,
    label: String,
    value: &'a str,
    placeholder: String,
    on_input: Option<Box<dyn Fn(String) -> M + 'a>>,
    on_submit: Option<M>,
    secure: bool,
    error: Option<String>,
    help: Option<String>,
    signs: Vec<Sign<M>>,
    id: Option<Id>,
}

/// A sign at the end of the field.
struct Sign<M> {
    icon: Icon,
    label: String,
    does: Does<M>,
}

enum Does<M> {
    /// Sends the field's own message, with nothing in it.
    Clear,
    Send(M),
}

impl<'a, M: Clone + 'a> Field<'a, M> {
    pub(super) fn new(look: Look, label: String, value: &'a str) -> Self {
        Self {
            look,
            label,
            value,
            placeholder: String::new(),
            on_input: None,
            on_submit: None,
            secure: false,
            error: None,
            help: None,
            signs: Vec::new(),
            id: None,
        }
    }

    /// What typing sends, with all that stands there then. Without it the field is disabled.
    pub fn on_input(self, message: impl Fn(String) -> M + 'a) -> Self {
        Self { on_input: Some(Box::new(message)), ..self }
    }

    /// What Enter sends.
    pub fn on_submit(self, message: M) -> Self {
        Self { on_submit: Some(message), ..self }
    }

    /// Shows dots instead of letters.
    pub fn secure(self) -> Self {
        Self { secure: true, ..self }
    }

    /// Shows dots instead of letters, and a sign that shows them or hides them again: whether they are shown, the
    /// sign's label, and what it sends.
    pub fn reveal(mut self, shown: bool, label: impl Into<String>, message: M) -> Self {
        let icon = if shown { Icon::EyeOff } else { Icon::Eye };
        self.secure = !shown;
        self.signs.push(Sign { icon, label: label.into(), does: Does::Send(message) });
        self
    }

    /// A sign that empties it, while there is something in it.
    pub fn clear(mut self, label: impl Into<String>) -> Self {
        if !self.value.is_empty() {
            self.signs.push(Sign { icon: Icon::Cross, label: label.into(), does: Does::Clear });
        }
        self
    }

    /// What is wrong with it, shown below.
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// What helps to fill it in, shown below while nothing is wrong.
    pub fn help(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// An example, shown while it is empty.
    pub fn placeholder(self, words: impl Into<String>) -> Self {
        Self { placeholder: words.into(), ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

/// The looks of text that can be typed, on the surface colour.
pub(super) fn style(look: Look, wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |_theme, status| {
        let p = look.palette;
        let edge = match status {
            text_input::Status::Focused { .. } => p.accent,
            _ if wrong => p.danger,
            text_input::Status::Hovered => mix(p.edge, p.muted, 0.4),
            text_input::Status::Active | text_input::Status::Disabled => p.edge,
        };
        let disabled = status == text_input::Status::Disabled;
        text_input::Style {
            background: Background::Color(if disabled { p.hover } else { p.surface }),
            border: Border { color: edge, width: 1.5, radius: 12.0.into() },
            icon: p.muted,
            placeholder: p.faint,
            value: if disabled { p.muted } else { p.text },
            selection: if p.night { Color { a: 0.35, ..p.accent } } else { mix(p.accent_soft, p.accent, 0.2) },
        }
    }
}

impl<'a, M: Clone + 'a> From<Field<'a, M>> for Element<'a, M> {
    fn from(field: Field<'a, M>) -> Self {
        let look = field.look;
        let line = look.size(20.0);
        let upright = ((look.size(44.0) - line) / 2.0).max(4.0);
        let cleared = field.on_input.as_ref().map(|on_input| on_input(String::new()));
        let side = look.size(28.0);
        let room = field.signs.len() as f32 * (side + 2.0);
        let signs = field.signs.into_iter().map(|sign| {
            let message = match sign.does {
                Does::Clear => cleared.clone(),
                Does::Send(message) => Some(message),
            };
            let button = icon_button(look, sign.icon, sign.label).compact().on_press_maybe(message);
            Element::from(if matches!(sign.icon, Icon::Eye | Icon::EyeOff) { button.id("reveal") } else { button })
        });
        let signs = flow::row(look, signs).spacing(2);
        let signs =
            container(signs).padding([0, 8]).center_y(Length::Fill).width(Length::Fill).align_x(flow::end(look));
        let mut input = text_input(&field.placeholder, field.value)
            .on_input_maybe(field.on_input)
            .on_submit_maybe(field.on_submit)
            .secure(field.secure)
            .size(look.body())
            .line_height(Pixels(line))
            .padding(flow::padding(look, upright, 14.0 + room, upright, 14.0))
            .width(Length::Fill)
            .align_x(flow::start(look))
            .style(style(look, field.error.is_some()));
        if let Some(id) = field.id {
            input = input.id(id);
        }
        let below = match (field.error, field.help) {
            (Some(error), _) => Some(text(error).color(look.palette.danger)),
            (None, help) => help.map(|help| text(help).color(look.palette.muted)),
        };
        let below = below.map(|below| below.size(look.name()).line_height(Pixels(look.size(18.0))));
        let label = text(field.label).size(look.second()).color(look.palette.muted);
        let input = calm(Element::new(Tail { input: input.into(), value: text_input::Value::new(field.value) }));
        let input: Element<'a, M> = if room > 0.0 { stack![input, signs].into() } else { input };
        column![label, input].push(below).align_x(flow::start(look)).spacing(4).into()
    }
}
