//! The rail at the left edge: ourselves, and the way out.

use super::{Chats, Message};
use crate::theme::{Look, fonts};
use crate::widget::avatar::own_avatar;
use crate::widget::icon::Icon;
use crate::widget::lift::{Height, lift};
use crate::widget::{Element, control};
use crate::words::{Words, fl};
use iced::widget::{column, container, opaque, row, rule, space, text, tooltip};
use iced::{Bottom, Center, Fill, Left, Padding, Right, Theme, border};

/// How wide the rail is.
const WIDTH: f32 = 64.0;

/// The rail.
pub fn view<'a>(chats: &'a Chats, look: Look, words: &Words) -> Element<'a, Message> {
    let palette = look.palette;
    let me = chats.peer(chats.state.me);
    let face = own_avatar(look, me, chats.photos.get(me).map(|face| &face.medium), 40.0);
    let name = if me.name.is_empty() { fl!(words, "you") } else { me.name.clone() };
    let face = control::hint(look, face, name, None, tooltip::Position::Right);
    let out = control::icon_button(look, Icon::LogOut, fl!(words, "log-out"))
        .id("log-out")
        .size(40.0)
        .tooltip_at(tooltip::Position::Right)
        .on_press(Message::LogOutAsked(!chats.asks_log_out));
    let column = column![face, space::vertical(), out].align_x(Center).width(Fill);
    let ground = move |_: &Theme| container::background(palette.rail);
    let edge = move |_: &Theme| rule::Style {
        color: palette.line,
        radius: 0.0.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    };
    row![
        container(column).width(WIDTH - 1.0).height(Fill).padding([12, 0]).style(ground),
        rule::vertical(1).style(edge)
    ]
    .into()
}

/// Whether to log out, asked beside the button that wants to.
pub fn question<'a>(chats: &Chats, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    if !chats.asks_log_out {
        return None;
    }
    let palette = look.palette;
    let no = control::button(look, fl!(words, "cancel")).id("log-out-cancel").on_press(Message::LogOutAsked(false));
    let yes = control::button(look, fl!(words, "log-out"))
        .kind(control::Kind::Danger)
        .id("log-out-confirm")
        .busy(chats.leaving)
        .on_press(Message::LogOutConfirmed);
    let card = column![
        text(fl!(words, "log-out-question")).size(look.body()).font(fonts::SEMIBOLD).color(palette.text),
        text(fl!(words, "log-out-means")).size(look.second()).color(palette.muted),
        container(row![no, yes].spacing(4)).width(Fill).align_x(Right),
    ]
    .spacing(6);
    let card = container(card)
        .padding(Padding { top: 14.0, right: 12.0, bottom: 10.0, left: 16.0 })
        .width(look.size(280.0))
        .style(move |_: &Theme| container::Style {
            border: border::rounded(14).color(palette.line).width(1),
            ..container::background(palette.raised)
        });
    let placed =
        container(opaque(lift(look, Height::Low, 14.0, card))).align_x(Left).align_y(Bottom).width(Fill).height(Fill);
    // Above the hint of the button that asked.
    Some(placed.padding(Padding { left: WIDTH + 8.0, bottom: 60.0, right: 8.0, ..Padding::ZERO }).into())
}
