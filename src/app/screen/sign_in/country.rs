//! The list of countries: a field that finds them as one types, and the list below it.

use super::countries::{self, Country, Named};
use super::{Action, Message as Outer, SignIn, number};
use crate::theme::Look;
use crate::widget::control;
use crate::widget::drop::drop;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::lift::{Height, lift};
use crate::widget::{Element, flow};
use crate::words::{self, Words, fl};
use iced::keyboard::key::Named as Key;
use iced::widget::operation::{self, AbsoluteOffset};
use iced::widget::text::Wrapping;
use iced::widget::{Column, container, scrollable};
use iced::{Background, Border, Center, Fill, Padding, Task};

/// So many countries are seen at once.
const SEEN: f32 = 6.5;
/// A row, at 100 % text.
const ROW: f32 = 40.0;
/// So many rows a page has.
const PAGE: usize = 6;

/// The open list.
pub(super) struct Picker {
    search: String,
    found: Vec<&'static Named>,
    /// Which one Enter takes.
    at: usize,
    /// How high a row was drawn last; the list scrolls by that.
    row: f32,
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// The list opens; a row of it is so high.
    Opened(f32),
    /// Typed into the search.
    Searched(String),
    /// So many rows up or down.
    Moved(isize),
    /// The row that is lit is taken.
    Taken,
    /// This row is taken.
    Chosen(&'static str),
    /// The keyboard went elsewhere.
    Left,
}

#[cfg(test)]
impl Picker {
    pub(super) fn at(&self) -> usize {
        self.at
    }
}

impl SignIn {
    pub(super) fn update_country(&mut self, message: Message) -> Action {
        let language = words::current().id();
        match (message, &mut self.picker) {
            (Message::Opened(row), _) if self.work.is_none() => {
                let found = countries::search(language, "");
                let at = found.iter().position(|named| Some(named.country) == self.country).unwrap_or_default();
                self.picker = Some(Picker { search: String::new(), found, at, row });
                let scroll = self.scroll_to_lit();
                return Action::Run(Task::batch([operation::focus("country-search"), scroll]));
            }
            (Message::Searched(typed), Some(picker)) => {
                picker.found = countries::search(language, &typed);
                picker.search = typed;
                picker.at = 0;
                return Action::Run(self.scroll_to_lit());
            }
            (Message::Moved(by), Some(picker)) => {
                let last = picker.found.len().saturating_sub(1);
                picker.at = picker.at.saturating_add_signed(by).min(last);
                return Action::Run(self.scroll_to_lit());
            }
            (Message::Taken, Some(picker)) => {
                if let Some(named) = picker.found.get(picker.at) {
                    let country = named.country;
                    return self.choose(country);
                }
            }
            (Message::Chosen(id), _) => {
                if let Some(country) = Country::by_id(id) {
                    return self.choose(country);
                }
            }
            (Message::Left, _) => self.picker = None,
            _ => {}
        }
        Action::None
    }

    fn choose(&mut self, country: &'static Country) -> Action {
        self.picker = None;
        if self.country != Some(country) {
            self.phone = number::moved(&self.phone, self.country, country);
            self.country = Some(country);
            self.trouble = None;
        }
        Action::Run(self.focus())
    }

    /// Brings the row that is lit into sight, with its neighbours.
    fn scroll_to_lit(&self) -> Task<Outer> {
        let Some(picker) = &self.picker else { return Task::none() };
        let above = (picker.at as f32 - (SEEN - 1.0) / 2.0).max(0.0) * picker.row;
        operation::scroll_to("country-list", AbsoluteOffset { x: 0.0, y: above })
    }

    /// The field with the country; the list below it while it is open.
    pub(super) fn country_field(&self, look: Look, words: Words) -> Element<'_, Outer> {
        let row = look.size(ROW);
        match &self.picker {
            None => self.closed(look, words, row),
            Some(picker) => {
                let held = self.country.map(|country| country.name(words::current().id()).to_owned());
                let field = control::field(look, fl!(words, "sign-in-country"), &picker.search)
                    .id("country-search")
                    .placeholder(held.unwrap_or_else(|| fl!(words, "sign-in-country-search")))
                    .on_input(|typed| Outer::Country(Message::Searched(typed)));
                let on_key = |key: Key| {
                    Some(Outer::Country(match key {
                        Key::ArrowDown => Message::Moved(1),
                        Key::ArrowUp => Message::Moved(-1),
                        Key::PageDown => Message::Moved(PAGE as isize),
                        Key::PageUp => Message::Moved(-(PAGE as isize)),
                        Key::Enter => Message::Taken,
                        _ => return None,
                    }))
                };
                let most = row * SEEN + 8.0;
                drop(field, list(look, words, picker, row), most, on_key, Outer::Country(Message::Left)).into()
            }
        }
    }

    fn closed(&self, look: Look, words: Words, row: f32) -> Element<'_, Outer> {
        let palette = look.palette;
        let label = text(fl!(words, "sign-in-country")).size(look.second()).color(palette.muted);
        let name = self.country.map(|country| country.name(words::current().id()));
        let shown = match (self.country, name) {
            (Some(country), Some(name)) => flow::row(look, [flag(look, country), plain(look, name.to_owned())]),
            _ => {
                let none = text(fl!(words, "sign-in-country-none")).size(look.body()).color(palette.faint);
                flow::row(look, [none.into()])
            }
        };
        let content = flow::row(look, [])
            .push(container(shown.spacing(8).align_y(Center)).width(Fill).clip(true).align_x(flow::start(look)))
            .push(icon(Icon::ChevronDown, look.size(18.0), palette.muted))
            .spacing(8)
            .width(Fill)
            .align_y(Center);
        let spoken = name.map_or_else(|| fl!(words, "sign-in-country-none"), str::to_owned);
        let press = control::row(look, spoken, content)
            .id("country")
            .height(look.size(41.0))
            .padding(Padding::from([0.0, 12.5]))
            .radius(10.5)
            .on_press_maybe(self.work.is_none().then_some(Outer::Country(Message::Opened(row))));
        let framed = container(press).padding(1.5).style(move |_theme| container::Style {
            background: Some(Background::Color(palette.surface)),
            border: Border { color: palette.line, width: 1.5, radius: 12.0.into() },
            ..container::Style::default()
        });
        flow::column(look, [label.into(), framed.into()]).spacing(4).into()
    }
}

fn list<'a>(look: Look, words: Words, picker: &'a Picker, row: f32) -> Element<'a, Outer> {
    let palette = look.palette;
    let content: Element<'a, Outer> = if picker.found.is_empty() {
        let none = text(fl!(words, "sign-in-country-nothing")).size(look.body()).color(palette.muted);
        container(none).padding([10, 14]).width(Fill).align_x(flow::start(look)).into()
    } else {
        let rows = picker.found.iter().enumerate().map(|(place, named)| {
            let country = named.country;
            let code = text(format!("+{}", country.code)).size(look.body()).color(palette.muted);
            let name = container(plain(look, named.name.to_owned())).width(Fill).clip(true).align_x(flow::start(look));
            let content = flow::row(look, [flag(look, country), name.into(), code.into()])
                .width(Fill)
                .spacing(10)
                .align_y(Center);
            control::row(look, named.name, content)
                .id(format!("country:{}", country.id))
                .height(row)
                .padding(Padding::from([0.0, 10.0]))
                .radius(8.0)
                .selected(place == picker.at)
                .on_press(Outer::Country(Message::Chosen(country.id)))
                .into()
        });
        scrollable(Column::with_children(rows).padding(4).width(Fill)).id("country-list").width(Fill).into()
    };
    let framed = container(content).width(Fill).padding(1).style(move |_theme| container::Style {
        background: Some(Background::Color(palette.raised)),
        border: Border { color: palette.line, width: 1.0, radius: 12.0.into() },
        ..container::Style::default()
    });
    lift(look, Height::Low, 12.0, framed)
}

fn flag<'a>(look: Look, country: &Country) -> Element<'a, Outer> {
    text(country.flag()).size(look.size(16.0)).into()
}

fn plain<'a>(look: Look, name: String) -> Element<'a, Outer> {
    text(name).size(look.body()).wrapping(Wrapping::None).color(look.palette.text).into()
}
