//! A month to choose a day from, to go to the messages of that day.

use super::{Asking, Chats, Message as Screen};
use crate::theme::{Direction, Look};
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use iced::widget::{container, space};
use iced::{Center, Fill, Task};
use jiff::ToSpan;
use jiff::civil::Date;

/// How large a day is, at 100 % text.
const DAY: f32 = 40.0;

/// What happens in the calendar.
#[derive(Clone, Debug)]
pub enum Message {
    /// It is wanted, at the month of this day.
    Wanted(Date),
    /// So many months on.
    Turned(i32),
    /// To this day.
    Chosen(Date),
    /// It is not wanted any more.
    Closed,
}

impl Chats {
    /// Something happened in the calendar.
    pub(super) fn calendar(&mut self, message: Message) -> Task<Screen> {
        let today = dates::day(self.now(), &self.zone);
        let Some(open) = &mut self.open else { return Task::none() };
        match (message, &mut open.asking) {
            (Message::Wanted(day), asking) => *asking = Some(Asking::Date(day.first_of_month())),
            (Message::Turned(months), Some(Asking::Date(month))) => {
                let turned = month.checked_add(months.months()).unwrap_or(*month);
                *month = turned.min(today.first_of_month());
            }
            (Message::Chosen(day), asking) => {
                *asking = None;
                let midnight = day.to_zoned(self.zone.clone()).map(|at| at.timestamp().as_second());
                return midnight.map_or_else(|_| Task::none(), |at| self.date_wanted(at));
            }
            (Message::Closed, asking) => *asking = None,
            (Message::Turned(_), _) => {}
        }
        Task::none()
    }
}

/// The month as a dialog.
pub(super) fn dialog<'a>(month: Date, today: Date, look: Look, words: &Words) -> control::Dialog<'a, Screen> {
    let turn = |months| Screen::Calendar(Message::Turned(months));
    let title = fl!(words, "calendar-month", month = month.month(), year = month.year().to_string());
    let title = text(title).size(look.body()).font(crate::theme::fonts::SEMIBOLD).color(look.palette.text);
    // On and back as one reads.
    let (back, on) = match look.direction {
        Direction::LeftToRight => (Icon::ChevronLeft, Icon::ChevronRight),
        Direction::RightToLeft => (Icon::ChevronRight, Icon::ChevronLeft),
    };
    let before =
        control::icon_button(look, back, fl!(words, "calendar-before")).id("calendar-before").on_press(turn(-1));
    let after = control::icon_button(look, on, fl!(words, "calendar-after"))
        .id("calendar-after")
        .on_press_maybe((month < today.first_of_month()).then(|| turn(1)));
    let head =
        flow::row(look, [before.into()]).push(container(title).center_x(Fill)).push(after).align_y(Center).width(Fill);
    let side = look.size(DAY);
    let cell = move |content: Element<'a, Screen>| container(content).center(side);
    let names = (1..=7).map(|day: i8| {
        let name = text(fl!(words, "weekday", day = day)).size(look.second()).color(look.palette.muted);
        cell(name.into()).into()
    });
    let mut weeks = vec![flow::row(look, names.collect::<Vec<Element<'a, Screen>>>()).into()];
    let blank = month.weekday().to_monday_zero_offset();
    let mut days: Vec<Element<'a, Screen>> = (0..blank).map(|_| cell(space().into()).into()).collect();
    for number in 1..=month.days_in_month() {
        let Ok(day) = month.with().day(number).build() else { continue };
        days.push(cell(of_day(day, today, look)).into());
        if days.len() == 7 {
            weeks.push(flow::row(look, std::mem::take(&mut days)).into());
        }
    }
    if !days.is_empty() {
        weeks.push(flow::row(look, days).into());
    }
    // As high for every month, so that the arrows stay where they are.
    while weeks.len() < 7 {
        weeks.push(space().height(side).into());
    }
    let grid = flow::column(look, weeks);
    control::dialog(look, fl!(words, "calendar-title"))
        .content(flow::column(look, [head.into(), grid.into()]).spacing(8))
        .cancel(fl!(words, "cancel"), Screen::Calendar(Message::Closed))
        .width(7.0 * DAY + 48.0)
}

/// One day, to be pressed unless it has not come yet.
fn of_day<'a>(day: Date, today: Date, look: Look) -> Element<'a, Screen> {
    let kind = if day == today { control::Kind::Outlined } else { control::Kind::Plain };
    control::button(look, day.day().to_string())
        .kind(kind)
        .compact()
        .id(format!("day:{day}"))
        .on_press_maybe((day <= today).then_some(Screen::Calendar(Message::Chosen(day))))
        .into()
}
