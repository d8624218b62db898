//! Badges: how many.

use super::Element;
use crate::theme::{Look, fonts};
use crate::widget::label::text;
use crate::words::number;
use iced::widget::container;
use iced::widget::text::Wrapping;
use iced::{Theme, border};

/// A count on a round ground; quiet for what makes no sound.
pub fn badge<'a, M: 'a>(look: Look, count: u32, quiet: bool) -> Element<'a, M> {
    round(look, count, quiet, look.size(20.0).round(), look.time(), 6.0)
}

/// The same over the corner of a sign, which is to be seen beside it: it grows little with the text.
pub fn small_badge<'a, M: 'a>(look: Look, count: u32) -> Element<'a, M> {
    round(look, count, false, look.size(16.0).min(18.0).round(), look.size(10.0).min(11.0), 4.0)
}

fn round<'a, M: 'a>(look: Look, count: u32, quiet: bool, height: f32, size: f32, beside: f32) -> Element<'a, M> {
    let p = look.palette;
    let (ground, ink) = if quiet { (p.quiet, p.muted) } else { (p.accent, p.on_accent) };
    let shown = number::badge(count);
    // At least a circle.
    let digits = shown.chars().count();
    let number = text(shown).size(size).font(fonts::SEMIBOLD).color(ink).wrapping(Wrapping::None);
    let badge = container(number).center_y(height);
    let badge = if digits == 1 { badge.center_x(height) } else { badge.padding([0.0, beside]) };
    badge
        .style(move |_: &Theme| container::Style {
            border: border::rounded(height / 2.0),
            ..container::background(ground)
        })
        .into()
}
