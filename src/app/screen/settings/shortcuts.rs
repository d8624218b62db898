//! What the keys do.

use super::Message;
use super::card::{card, heading, line};
use crate::theme::{Look, fonts};
use crate::widget::label::text;
use crate::widget::{Element, flow};
use crate::words::{Words, fl};
use iced::widget::{column, container};
use iced::{Center, Theme, border};

pub(super) fn view<'a>(look: Look, words: &Words, tight: bool) -> Element<'a, Message> {
    let (control, shift) = (fl!(words, "key-control"), fl!(words, "key-shift"));
    let (enter, space) = (fl!(words, "key-enter"), fl!(words, "key-space"));
    let (tab, escape) = (fl!(words, "key-tab"), fl!(words, "key-escape"));
    let everywhere = [
        (fl!(words, "shortcut-palette"), vec![vec![control.clone(), "K".to_owned()]]),
        (fl!(words, "shortcut-search"), vec![vec![control.clone(), "F".to_owned()]]),
        (fl!(words, "shortcut-settings"), vec![vec![control.clone(), ",".to_owned()]]),
        (fl!(words, "shortcut-folder"), vec![vec![control.clone(), "1 … 8".to_owned()]]),
        (fl!(words, "shortcut-account"), vec![vec![control.clone(), shift.clone(), "1 … 9".to_owned()]]),
        (fl!(words, "shortcut-larger"), vec![vec![control.clone(), "+".to_owned()]]),
        (fl!(words, "shortcut-smaller"), vec![vec![control.clone(), "−".to_owned()]]),
        (fl!(words, "shortcut-usual-size"), vec![vec![control, "0".to_owned()]]),
        (fl!(words, "shortcut-next"), vec![vec![tab.clone()]]),
        (fl!(words, "shortcut-previous"), vec![vec![shift.clone(), tab]]),
        (fl!(words, "shortcut-press"), vec![vec![enter.clone()], vec![space]]),
        (fl!(words, "shortcut-back"), vec![vec![escape]]),
    ];
    let conversation = [
        (fl!(words, "shortcut-send"), vec![vec![enter.clone()]]),
        (fl!(words, "shortcut-line"), vec![vec![shift, enter]]),
        (fl!(words, "shortcut-page"), vec![vec![fl!(words, "key-page-up")], vec![fl!(words, "key-page-down")]]),
    ];
    let lines = |all: Vec<(String, Vec<Vec<String>>)>| {
        card(look, tight, all.into_iter().map(|(name, ways)| line(look, name, None, keys(look, ways))))
    };
    column![
        column![heading(look, fl!(words, "shortcuts-everywhere")), lines(everywhere.into())].spacing(8),
        column![heading(look, fl!(words, "shortcuts-conversation")), lines(conversation.into())].spacing(8),
    ]
    .spacing(24)
    .into()
}

/// Keys that are pressed together, in one or several ways. Keys are named from left to right in every language.
fn keys<'a>(look: Look, ways: Vec<Vec<String>>) -> Element<'a, Message> {
    let palette = look.palette;
    let key = |name: String| {
        let name = text(name).size(look.second()).font(fonts::MEDIUM).color(palette.text);
        container(name)
            .padding([3, 8])
            .style(move |_: &Theme| container::Style {
                border: border::rounded(6).color(palette.line).width(1),
                ..container::background(palette.hover)
            })
            .into()
    };
    let ways = ways.into_iter().map(|way| iced::widget::row(way.into_iter().map(key)).spacing(4).into());
    flow::row(look, ways).spacing(10).align_y(Center).into()
}
