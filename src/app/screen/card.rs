//! The one card in the middle of a window that has nothing else to show yet.

use crate::theme::{Direction, Look, fonts};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::{Label, text};
use crate::widget::lift::{Height, lift};
use crate::widget::{Element, flow};
use iced::border::Radius;
use iced::widget::{Column, column, container, scrollable, space};
use iced::{Background, Border, Fill, Pixels, Size, Top};

/// Below this width of the window the card takes all of it.
const NARROW: f32 = 520.0;
/// How wide what is typed into is, at 100 % text.
const FIELD: f32 = 378.0;
/// How wide the second half is, at 100 % text.
const SECOND: f32 = 300.0;
const ROOM: f32 = 40.0;
const RADIUS: f32 = 20.0;

/// A card with the sun, a title, a line that says what to do, and content below.
pub fn card<'a, M: 'a>(
    look: Look,
    window: Size,
    title: String,
    lead: impl Into<Option<String>>,
    content: Column<'a, M>,
) -> Element<'a, M> {
    let narrow = window.width < NARROW;
    let room = if narrow { 24.0 } else { ROOM };
    let width =
        if narrow { window.width - 32.0 } else { (FIELD * look.text.max(1.0) + 2.0 * ROOM).min(window.width - 48.0) };
    let inside = inside(look, title, lead.into(), content);
    in_the_middle(look, container(container(inside).padding(room)).width(width))
}

/// Whether a card with two halves fits this window.
pub fn has_room_for_halves(look: Look, window: Size) -> bool {
    first_width(look) + second_width(look) + 48.0 <= window.width
}

fn first_width(look: Look) -> f32 {
    FIELD * look.text.max(1.0) + 2.0 * ROOM
}

fn second_width(look: Look) -> f32 {
    SECOND * look.text.max(1.0) + 1.0
}

/// A card with a second half beside the first.
pub fn halves<'a, M: 'a>(
    look: Look,
    _window: Size,
    title: String,
    lead: impl Into<Option<String>>,
    content: Column<'a, M>,
    second: Column<'a, M>,
) -> Element<'a, M> {
    let palette = look.palette;
    let first = container(inside(look, title, lead.into(), content)).padding(ROOM).width(first_width(look));
    // Its ground ends where the card's edge is round.
    let round = match look.direction {
        Direction::LeftToRight => Radius::default().right(RADIUS - 1.0),
        Direction::RightToLeft => Radius::default().left(RADIUS - 1.0),
    };
    let second =
        container(second).padding([ROOM, 30.0]).width(second_width(look) - 1.0).height(Fill).style(move |_theme| {
            container::Style {
                background: Some(Background::Color(palette.bg)),
                border: Border { radius: round, ..Border::default() },
                ..container::Style::default()
            }
        });
    let line = container(space()).width(1).height(Fill).style(move |_theme| container::Style {
        background: Some(Background::Color(palette.line)),
        ..container::Style::default()
    });
    let width = first_width(look) + second_width(look) + 2.0;
    let both = flow::row(look, [first.into(), line.into(), second.into()]);
    in_the_middle(look, container(both).padding(1).width(width))
}

fn inside<'a, M: 'a>(look: Look, title: String, lead: Option<String>, content: Column<'a, M>) -> Element<'a, M> {
    let palette = look.palette;
    let title = text(title)
        .size(look.title())
        .line_height(Pixels(look.size(32.0)))
        .font(fonts::SEMIBOLD)
        .color(palette.text)
        .width(Fill);
    let lead = lead.map(|lead| paragraph(look, lead).color(palette.muted));
    let sun = container(icon(Icon::Sun, look.size(44.0), palette.accent)).width(Fill).align_x(flow::start(look));
    column![sun, space().height(16), column![title].push(lead).spacing(4), content].width(Fill).into()
}

/// In the middle while it fits; from the top, and scrolled, when it does not.
fn in_the_middle<'a, M: 'a>(look: Look, card: container::Container<'a, M>) -> Element<'a, M> {
    let palette = look.palette;
    let card = card.style(move |_theme| container::Style {
        background: Some(Background::Color(palette.surface)),
        border: Border { color: palette.line, width: 1.0, radius: RADIUS.into() },
        ..container::Style::default()
    });
    let middle = container(lift(look, Height::High, RADIUS, card)).padding([24, 0]).center_x(Fill);
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

/// A quiet line below something.
pub fn aside<'a>(look: Look, words: String) -> Label<'a> {
    small(look, words).color(look.palette.muted)
}

/// A quiet box that tells something: a sign and words.
pub fn note<'a, M: 'a>(look: Look, sign: Icon, words: String) -> Element<'a, M> {
    let palette = look.palette;
    let words = small(look, words).color(palette.text);
    let sign = icon(sign, look.size(18.0), palette.accent_text);
    let line = flow::row(look, [sign, words.into()]).spacing(10).align_y(Top);
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
    small(look, words).color(look.palette.danger).into()
}

fn small<'a>(look: Look, words: String) -> Label<'a> {
    text(words).size(look.name()).line_height(Pixels(look.size(18.0))).width(Fill)
}
