//! Drop-downs: one of many.

use super::Element;
use super::menu::{Item, Menu, Pressed, Search, drop_down};
use super::popup::Side;
use super::press::{Press, Ring};
use super::skin::Skin;
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::line;
use iced::widget::{Id, column, container};
use iced::{Center, Fill, Length, Padding, Pixels};

/// One of the many.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    value: T,
    label: String,
    sign: Option<String>,
    note: Option<String>,
    also: String,
}

impl<T> Choice<T> {
    /// A value and its words.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), sign: None, note: None, also: String::new() }
    }

    /// A letter or an emoji before the words.
    pub fn sign(self, sign: impl Into<String>) -> Self {
        Self { sign: Some(sign.into()), ..self }
    }

    /// More words at the end of the line.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// What else it is found by.
    pub fn also(self, words: impl Into<String>) -> Self {
        Self { also: words.into(), ..self }
    }

    /// Whether it is found by this.
    fn is_found(&self, query: &str) -> bool {
        let within = |words: &str| words.to_lowercase().contains(query);
        within(&self.label) || within(&self.also) || self.note.as_deref().is_some_and(within)
    }
}

/// A drop-down with its label; made by [`select`].
pub struct Select<'a, T, M> {
    look: Look,
    label: String,
    chosen: Option<T>,
    choices: Vec<Choice<T>>,
    on_choose: Option<Box<dyn Fn(T) -> M + 'a>>,
    placeholder: String,
    search: Option<Search>,
    inline: bool,
    help: Option<String>,
    error: Option<String>,
    id: Option<Id>,
}

/// A drop-down of `choices`, of which one may be chosen.
pub fn select<'a, T: Clone + PartialEq + 'a, M: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    chosen: Option<T>,
    choices: impl IntoIterator<Item = Choice<T>>,
) -> Select<'a, T, M> {
    Select {
        look,
        label: label.into(),
        chosen,
        choices: choices.into_iter().collect(),
        on_choose: None,
        placeholder: String::new(),
        search: None,
        inline: false,
        help: None,
        error: None,
        id: None,
    }
}

impl<'a, T: Clone + PartialEq + 'a, M: Clone + 'a> Select<'a, T, M> {
    /// What choosing sends. Without it the drop-down is disabled.
    pub fn on_choose(self, message: impl Fn(T) -> M + 'a) -> Self {
        Self { on_choose: Some(Box::new(message)), ..self }
    }

    /// Shown while nothing is chosen.
    pub fn placeholder(self, words: impl Into<String>) -> Self {
        Self { placeholder: words.into(), ..self }
    }

    /// A field above the list to search in it: what stands in it while it is empty, and what is said when nothing
    /// was found.
    pub fn searchable(self, placeholder: impl Into<String>, nothing: impl Into<String>) -> Self {
        Self { search: Some(Search { placeholder: placeholder.into(), nothing: nothing.into() }), ..self }
    }

    /// A row with the label before and what is chosen at its end, as in a list of settings.
    pub fn inline(self) -> Self {
        Self { inline: true, ..self }
    }

    /// What helps to choose, shown below.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// What is wrong, shown below.
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    fn trigger(&self) -> Element<'a, Pressed> {
        let (look, p) = (self.look, self.look.palette);
        let enabled = self.on_choose.is_some();
        let ink = |color| if enabled { color } else { p.faint };
        let chosen = self.choices.iter().find(|choice| Some(&choice.value) == self.chosen.as_ref());
        let shown = match chosen {
            Some(choice) => match &choice.sign {
                Some(sign) => format!("{sign}  {}", choice.label),
                None => choice.label.clone(),
            },
            None => self.placeholder.clone(),
        };
        let quiet = self.inline || chosen.is_none();
        let value = line(look.body(), ink(if quiet { p.muted } else { p.text })).push(shown, None, None);
        let sign = icon(Icon::ChevronDown, look.size(16.0), ink(p.muted));
        let content = if self.inline {
            let label = text(self.label.clone()).size(look.body()).color(ink(p.text)).align_x(flow::start(look));
            let help = self
                .help
                .clone()
                .map(|help| text(help).size(look.second()).line_height(Pixels(look.size(16.0))).color(ink(p.muted)));
            let words = column![label].push(help).spacing(2).align_x(flow::start(look)).width(Fill);
            flow::row(look, [words.into(), value.into(), sign]).spacing(8).align_y(Center)
        } else {
            let value = container(value).width(Fill).align_x(flow::start(look));
            flow::row(look, [value.into(), sign]).spacing(8).align_y(Center)
        };
        let (skin, padding, radius) = match self.inline {
            true => (Skin::Row { selected: false }, Padding::from([10, 12]), 10.0),
            false => (Skin::Field, Padding::from([0, 14]), 12.0),
        };
        Press {
            content: content.width(Fill).into(),
            look,
            skin,
            ring: Ring::Inside,
            label: Some(self.label.clone()),
            on_press: enabled.then_some(Pressed),
            busy: false,
            id: self.id.clone(),
            width: Length::Fill,
            height: if self.inline { Length::Shrink } else { Length::Fixed(look.size(44.0)) },
            padding,
            radius,
            centered: false,
            status: None,
        }
        .into()
    }
}

impl<'a, T: Clone + PartialEq + 'a, M: Clone + 'a> From<Select<'a, T, M>> for Element<'a, M> {
    fn from(select: Select<'a, T, M>) -> Self {
        let (look, p) = (select.look, select.look.palette);
        let trigger = select.trigger();
        let side = if select.inline { Side::BelowEnd } else { Side::Below };
        let Select { choices, chosen, on_choose, .. } = select;
        let found = move |query: &str| -> Vec<Item<'a, M>> {
            let query = query.trim().to_lowercase();
            let found = choices.iter().filter(|choice| query.is_empty() || choice.is_found(&query));
            let items = found.map(|choice| {
                let item = match &on_choose {
                    Some(on_choose) => Item::new(choice.label.clone(), on_choose(choice.value.clone())),
                    None => Item::disabled(choice.label.clone()),
                };
                let item = item.chosen(Some(&choice.value) == chosen.as_ref());
                let item = match &choice.sign {
                    Some(sign) => item.lead(line(look.size(16.0), p.text).push(sign.clone(), None, None)),
                    None => item,
                };
                match &choice.note {
                    Some(note) => item.shortcut(note.clone()),
                    None => item,
                }
            });
            items.collect()
        };
        let menu: Menu<'a, M> = drop_down(look, trigger, side, select.search, found);
        let menu = Element::from(menu);
        if select.inline {
            return menu;
        }
        let below = match (select.error, select.help) {
            (Some(error), _) => Some(text(error).color(p.danger)),
            (None, help) => help.map(|help| text(help).color(p.muted)),
        };
        let below = below.map(|below| below.size(look.name()).line_height(Pixels(look.size(18.0))));
        let label = text(select.label).size(look.second()).color(p.muted);
        column![label, menu].push(below).spacing(4).align_x(flow::start(look)).into()
    }
}
