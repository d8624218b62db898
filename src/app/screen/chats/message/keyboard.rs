//! Buttons of bots: under their messages, and in place of the keyboard below the composer.

use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::theme::fonts;
use crate::widget::icon::{Icon, icon};
use crate::widget::text::line;
use crate::widget::{Element, control, flow};
use crate::words::fl;
use heliograph_model::{Button, ButtonAction, Buttons, Message as Said};
use iced::widget::column;
use iced::{Center, Fill};

/// The buttons under a message.
pub fn under<'a>(scene: &Scene<'a>, said: &'a Said, rows: &'a [Vec<Button>]) -> Element<'a, Message> {
    let number = said.id.server();
    let rows = rows.iter().enumerate().map(|(row, buttons)| {
        let keys = buttons.iter().enumerate().map(|(column, button)| {
            let place = (row, column);
            let waits = number.is_some_and(|number| scene.presses.waits(said.chat, number, place));
            let press = number.map(|number| Message::ButtonPressed(number, place));
            key(scene, button, press, waits, format!("button:{}:{row}:{column}", number.unwrap_or(0)))
        });
        flow::row(scene.look, keys).spacing(4).into()
    });
    column(rows).spacing(4).width(Fill).into()
}

/// The keyboard that the newest bot's message in a chat asks for, if it still stands: below the composer.
pub fn view<'a>(scene: &Scene<'a>, newest_first: impl Iterator<Item = &'a Said>) -> Option<Element<'a, Message>> {
    let (said, rows) = standing(newest_first)?;
    let number = said.id.server()?;
    if scene.presses.was_used(said.chat, number) {
        return None;
    }
    Some(keys(scene, number, rows))
}

/// The message whose keyboard stands, and its rows.
fn standing<'a>(newest_first: impl Iterator<Item = &'a Said>) -> Option<(&'a Said, &'a [Vec<Button>])> {
    for said in newest_first.filter(|said| !said.outgoing) {
        match &said.buttons {
            Buttons::Keyboard { rows, .. } => return Some((said, rows)),
            Buttons::Hide => return None,
            Buttons::None | Buttons::Inline(_) | Buttons::ForceReply { .. } => {}
        }
    }
    None
}

fn keys<'a>(scene: &Scene<'a>, number: i32, rows: &'a [Vec<Button>]) -> Element<'a, Message> {
    let rows = rows.iter().enumerate().map(|(row, buttons)| {
        let keys = buttons.iter().enumerate().map(|(column, button)| {
            let press = Message::KeyPressed(number, button.clone());
            key(scene, button, Some(press), false, format!("key:{row}:{column}"))
        });
        flow::row(scene.look, keys).spacing(4).into()
    });
    column(rows).spacing(4).width(Fill).into()
}

fn key<'a>(
    scene: &Scene<'a>,
    button: &'a Button,
    press: Option<Message>,
    waits: bool,
    id: String,
) -> Element<'a, Message> {
    let look = scene.look;
    let palette = look.palette;
    let words = line(look.name(), palette.text).push(button.text.as_str(), Some(fonts::MEDIUM), None);
    // What it does, where it leads away from here.
    let sign = match &button.action {
        ButtonAction::Url(_) | ButtonAction::Login(_) => Some(Icon::Link),
        ButtonAction::WebApp(_) | ButtonAction::Game => Some(Icon::Export),
        ButtonAction::Copy(_) => Some(Icon::Copy),
        ButtonAction::Inline { .. } => Some(Icon::At),
        ButtonAction::Profile(_) => Some(Icon::Person),
        ButtonAction::Phone => Some(Icon::Phone),
        _ => None,
    };
    let side = look.size(14.0).round();
    let words = if sign.is_some() { words.reserve(side + 6.0) } else { words };
    let sign = sign.map(|sign| icon(sign, side, palette.muted));
    let content = flow::row(look, [words.into()]).push(sign).spacing(6).align_y(Center);
    let chip = control::chip(look, button.text.as_str(), content).key().busy(waits).id(id);
    // Nobody would answer.
    if scene.away && matches!(button.action, ButtonAction::Callback { .. } | ButtonAction::Game) {
        let why = fl!(scene.words, "needs-connection");
        return control::hint(look, chip.on_press_maybe(None), why, None, iced::widget::tooltip::Position::Bottom);
    }
    chip.on_press_maybe(press).into()
}
