//! Signs and words that stand on pictures, to be seen whatever these show.

use crate::screen::chats::Message;
use crate::theme::{Look, Palette};
use crate::widget::Element;
use crate::widget::control;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use iced::widget::{container, stack};
use iced::{Center, Theme, border};

fn ground(radius: f32) -> impl Fn(&Theme) -> container::Style {
    move |_| container::Style { border: border::rounded(radius), ..container::background(Palette::ON_PICTURE) }
}

/// A sign on a round ground of this size.
pub fn sign<'a>(look: Look, sign: Icon, size: f32) -> Element<'a, Message> {
    let inner = (size * 0.5).min(look.size(22.0)).round();
    container(icon(sign, inner, Palette::INK_ON_PICTURE)).center(size).style(ground(size / 2.0)).into()
}

/// The same in a ring that shows how far something is.
pub fn progress<'a>(look: Look, sign: Icon, part: f32, size: f32) -> Element<'a, Message> {
    stack![self::sign(look, sign, size), control::progress_ring(look, Some(part), size)].into()
}

/// A few words, with a sign before them.
pub fn chip<'a>(look: Look, sign: Option<Icon>, words: String) -> Element<'a, Message> {
    let size = look.size(14.0).round();
    let sign = sign.map(|sign| icon(sign, size, Palette::INK_ON_PICTURE));
    let words = text(words).size(look.time()).line_height(iced::Pixels(size)).color(Palette::INK_ON_PICTURE);
    let both = crate::widget::flow::row(look, []).push(sign).push(words).spacing(6).align_y(Center);
    container(both).padding([3, 8]).style(ground(size * 0.75)).into()
}
