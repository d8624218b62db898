//! The one card in the middle of a window that has nothing else to show yet.

use crate::theme::{Look, fonts};
use crate::widget::Element;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::{Label, text};
use crate::widget::lift::{Height, lift};
use iced::widget::{Column, container, scrollable, space};
use iced::{Background, Border, Fill, Pixels, Size, Top};

/// Below this width of the window the card takes all of it.
const NARROW: f32 = 520.0;

/// A card with the sun, a title, a line that says what to do, and content below.
pub fn card<'a, M: 'a>(
    look: Look,
    window: Size,
    title: String,
    lead: impl Into<Option<String>>,
    content: Column<'a, M>,
) -> Element<'a, M> {
    let palette = look.palette;
    let narrow = window.width < NARROW;
    let title =
        text(title).size(look.title()).line_height(Pixels(look.size(32.0))).font(fonts::SEMIBOLD).color(palette.text);
    let lead = lead.into().map(|lead| paragraph(look, lead).color(palette.muted));
    let inside = flow::column(look, [icon(Icon::Sun, look.size(44.0), palette.accent)])
        .push(space().height(16))
        .push(flow::column(look, []).push(title).push(lead).spacing(4))
        .push(content)
        .width(Fill);
    let room = if narrow { 24.0 } else { 40.0 };
    let width = if narrow { window.width - 32.0 } else { (378.0 * look.text.max(1.0) + 80.0).min(window.width - 48.0) };
    let card = container(inside).padding(room).width(width).style(move |_theme| container::Style {
        background: Some(Background::Color(palette.surface)),
        border: Border { color: palette.line, width: 1.0, radius: 20.0.into() },
        ..container::Style::default()
    });
    // In the middle while it fits; from the top, and scrolled, when it does not.
    let card = lift(look, Height::High, 20.0, card);
    let middle = container(card).padding([24, 0]).center_x(Fill);
    let ground = move |_: &iced::Theme| container::Style {
        background: Some(Background::Color(palette.bg)),
        ..container::Style::default()
    };
    container(scrollable(middle).width(Fill)).center_y(Fill).width(Fill).style(ground).into()
}

/// Running words on a card.
pub fn paragraph<'a>(look: Look, words: String) -> Label<'a> {
    text(words).size(look.body()).line_height(Pixels(look.size(20.0))).width(Fill)
}

/// A quiet box that tells something: a sign and words.
pub fn note<'a, M: 'a>(look: Look, sign: Icon, words: String) -> Element<'a, M> {
    let palette = look.palette;
    let words = text(words).size(look.name()).line_height(Pixels(look.size(18.0))).width(Fill).color(palette.text);
    let line = flow::row(look, [icon(sign, look.size(18.0), palette.accent_text)]).push(words).spacing(10).align_y(Top);
    container(line)
        .padding([12, 14])
        .width(Fill)
        .style(move |_theme| container::Style {
            background: Some(Background::Color(palette.accent_soft)),
            border: Border { radius: 12.0.into(), ..Border::default() },
            ..container::Style::default()
        })
        .into()
}

/// What went wrong, below the place where it did.
pub fn problem<'a, M: 'a>(look: Look, words: String) -> Element<'a, M> {
    text(words).size(look.name()).line_height(Pixels(look.size(18.0))).width(Fill).color(look.palette.danger).into()
}
