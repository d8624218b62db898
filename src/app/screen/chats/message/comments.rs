//! The way to the conversation under a post: across the foot of its bubble.

use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::theme::{Direction, fonts};
use crate::widget::avatar::mini;
use crate::widget::icon::{Icon, icon};
use crate::widget::text::line;
use crate::widget::{Element, control, flow};
use crate::words::fl;
use heliograph_model::{Comments, Message as Said, PeerId};
use iced::widget::{column, container, rule, space};
use iced::{Center, Color, Fill, Padding, Theme, border};

/// At most so many faces are shown.
const FACES: usize = 3;

/// How many comments there are and whose the last ones are.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said, comments: &'a Comments, group: PeerId) -> Element<'a, Message> {
    let look = scene.look;
    let palette = look.palette;
    let words = match comments.count {
        0 => fl!(scene.words, "comments-none"),
        count => fl!(scene.words, "comments", count = count),
    };
    let side = look.size(20.0).round();
    let faces: Element<'a, Message> = if comments.recent.is_empty() {
        icon(Icon::Chat, side, palette.accent_text)
    } else {
        let recent = comments.recent.iter().take(FACES).map(|id| scene.peer(*id));
        flow::row(look, recent.map(|peer| mini(look, peer, scene.face(peer), side))).spacing(2).into()
    };
    let dot = look.size(7.0).round();
    let unread = comments.unread.then(|| {
        container(space().width(dot).height(dot)).style(move |_: &Theme| container::Style {
            border: border::rounded(dot / 2.0),
            ..container::background(palette.accent)
        })
    });
    let on = match look.direction {
        Direction::LeftToRight => Icon::ChevronRight,
        Direction::RightToLeft => Icon::ChevronLeft,
    };
    let label = words.clone();
    let words = line(look.name(), palette.accent_text).push(words, Some(fonts::MEDIUM), None);
    let content = flow::row(look, [faces])
        .push(words)
        .push(unread)
        .push(space::horizontal())
        .push(icon(on, look.size(16.0).round(), palette.accent_text))
        .spacing(8)
        .align_y(Center);
    let press = control::row(look, label, content)
        .padding([0, 12])
        .height(look.size(38.0).round())
        .radius(12.0)
        .on_press_maybe(said.id.server().map(|number| Message::CommentsWanted(said.chat, number, group)));
    let color = Color { a: 0.10, ..palette.text };
    let line = rule::horizontal(1).style(move |_: &Theme| rule::Style {
        color,
        radius: 0.0.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    });
    container(column![line, press]).width(Fill).padding(Padding { top: 2.0, ..Padding::ZERO }).into()
}
