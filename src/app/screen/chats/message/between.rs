//! What stands between the messages: days, the line above what is new, the state of what is older, what happened.

use crate::screen::chats::rows::Kind;
use crate::screen::chats::{Chats, Message, calendar};
use crate::theme::Look;
use crate::widget::bubble::margin;
use crate::widget::flow;
use crate::widget::label::text;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::Place;
use iced::widget::{column, container, row, rule, space};
use iced::{Center, Fill, Padding, Shrink, Theme, border};

/// A row that is no message.
pub fn between<'a>(chats: &'a Chats, look: Look, words: &Words, kind: &Kind) -> Element<'a, Message> {
    match kind {
        Kind::Older => under_way(chats, look, words, false),
        Kind::Newer => under_way(chats, look, words, true),
        Kind::Day(date) => {
            let day = dates::chip(words, *date, chats.now(), &chats.zone);
            let wanted = Message::Calendar(calendar::Message::Wanted(*date));
            let chip = control::row(look, day.clone(), ground(look, day))
                .padding(0)
                .radius(height(look) / 2.0)
                .width(Shrink)
                .id(format!("date:{date}"))
                .on_press(wanted);
            container(chip).center_x(Fill).padding(Padding { top: 12.0, bottom: 4.0, left: 12.0, right: 12.0 }).into()
        }
        Kind::Unread(count) => {
            let count = *count;
            unread(look, fl!(words, "new-messages", count = count))
        }
        Kind::Message { .. } | Kind::Album { .. } => space::horizontal().into(),
    }
}

/// What happened, in words between the messages.
pub fn chip<'a>(look: Look, words: String) -> Element<'a, Message> {
    let padding = Padding { top: 8.0, bottom: 2.0, left: 12.0, right: 12.0 };
    container(ground(look, words)).center_x(Fill).padding(padding).into()
}

/// How high one line of that is.
fn height(look: Look) -> f32 {
    look.size(24.0).round()
}

/// Words on a ground of their own.
fn ground<'a>(look: Look, words: String) -> Element<'a, Message> {
    let palette = look.palette;
    let height = height(look);
    let words = text(words).size(look.second()).color(palette.muted).align_x(Center);
    container(words)
        .padding([((height - look.second() * 1.3) / 2.0 - 1.0).max(2.0), 10.0])
        .max_width(look.size(480.0))
        .style(move |_: &Theme| container::Style {
            border: border::rounded(height / 2.0).color(palette.line).width(1),
            ..container::background(palette.surface)
        })
        .into()
}

/// The line above what is new.
fn unread<'a>(look: Look, words: String) -> Element<'a, Message> {
    let palette = look.palette;
    let line = move || {
        rule::horizontal(1).style(move |_: &Theme| rule::Style {
            color: iced::Color { a: 0.35, ..palette.accent },
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        })
    };
    let words = text(words).size(look.second()).color(palette.accent_text);
    let side = margin(f32::INFINITY);
    container(row![line(), words, line()].spacing(12).align_y(Center))
        .padding(Padding { top: 12.0, bottom: 4.0, left: side, right: side })
        .width(Fill)
        .into()
}

/// The state of what is older, or newer.
fn under_way<'a>(chats: &'a Chats, look: Look, words: &Words, newer: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let failed = chats.history().and_then(|history| history.failed());
    let failed = failed.filter(|(place, _)| newer == matches!(place, Place::After(_))).map(|(_, error)| error);
    let name = if newer { fl!(words, "loading-newer") } else { fl!(words, "loading-older") };
    let content: Element<'a, Message> = match failed {
        None => flow::row(look, [control::spinner(look, look.size(16.0), palette.muted)])
            .push(text(name).size(look.second()).color(palette.muted))
            .spacing(8)
            .align_y(Center)
            .into(),
        Some(error) => column![
            text(crate::words::error(error)).size(look.second()).color(palette.danger).align_x(Center),
            control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .compact()
                .id("retry-history")
                .on_press(Message::HistoryRetried)
        ]
        .spacing(4)
        .align_x(Center)
        .into(),
    };
    container(content).center_x(Fill).height(Shrink).padding([10, 24]).into()
}
