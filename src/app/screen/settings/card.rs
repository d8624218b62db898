//! What the pages are made of: cards with lines in them.

use super::{Choice, Message};
use crate::theme::{Direction, Look};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::{Label, text};
use crate::widget::{Element, control, flow};
use iced::widget::text::Wrapping;
use iced::widget::{Column, column, container, rule, scrollable};
use iced::{Center, Color, Fill, Pixels, Theme, border};

/// A card with these lines, a hairline between each two.
pub(super) fn card<'a>(
    look: Look,
    tight: bool,
    lines: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let palette = look.palette;
    let mut inside = Column::new().width(Fill);
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            inside = inside.push(rule::horizontal(1).style(move |_: &Theme| hairline(look)));
        }
        inside = inside.push(container(line).padding([12, 0]).width(Fill));
    }
    framed(look, if tight { 16.0 } else { 24.0 }, palette.surface, inside)
}

/// A card in which the lines can be pressed: they reach to its edge.
pub(super) fn pressable<'a>(look: Look, lines: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    let lines = Column::with_children(lines).spacing(2).padding([4, 0]).width(Fill);
    framed(look, 8.0, look.palette.surface, lines)
}

/// A card around something that brings its own room at the sides, as a switch does.
pub(super) fn edged<'a>(look: Look, tight: bool, inside: Element<'a, Message>) -> Element<'a, Message> {
    framed(look, if tight { 4.0 } else { 12.0 }, look.palette.surface, inside)
}

fn framed<'a>(
    look: Look,
    side: f32,
    ground: iced::Color,
    inside: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let palette = look.palette;
    container(inside)
        .padding([if side > 12.0 { 8.0 } else { 4.0 }, side])
        .width(Fill)
        .style(move |_: &Theme| container::Style {
            border: border::rounded(16).color(palette.line).width(1),
            ..container::background(ground)
        })
        .into()
}

/// The title of a group within a page.
pub(super) fn heading<'a>(look: Look, title: String) -> Element<'a, Message> {
    text(title)
        .size(look.body())
        .line_height(Pixels(look.size(20.0)))
        .font(crate::theme::fonts::SEMIBOLD)
        .width(Fill)
        .align_x(flow::start(look))
        .color(look.palette.text)
        .into()
}

/// Running words that begin where reading begins.
pub(super) fn words<'a>(look: Look, said: String) -> Label<'a> {
    text(said).size(look.body()).line_height(Pixels(look.size(20.0))).width(Fill).align_x(flow::start(look))
}

/// A name and what it means, below each other.
pub(super) fn named<'a>(look: Look, name: String, means: Option<String>) -> Element<'a, Message> {
    let palette = look.palette;
    let means = means.map(|means| {
        text(means)
            .size(look.second())
            .line_height(Pixels(look.size(16.0)))
            .width(Fill)
            .align_x(flow::start(look))
            .color(palette.muted)
    });
    // A name in another script than ours still stands where our lines begin.
    let name = text(name).size(look.body()).line_height(Pixels(look.size(20.0))).color(palette.text);
    // Addresses have no places to break at.
    let name = name.wrapping(Wrapping::WordOrGlyph);
    let name = container(name).width(Fill).align_x(flow::start(look));
    column![name].push(means).spacing(2).width(Fill).into()
}

/// A line with a name, what it means, and something at its end.
pub(super) fn line<'a>(
    look: Look,
    name: String,
    means: Option<String>,
    end: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    flow::row(look, [named(look, name, means), end.into()]).spacing(16).align_y(Center).width(Fill).into()
}

/// One of several that exclude each other.
pub(super) fn option<'a>(
    look: Look,
    id: impl Into<iced::widget::Id>,
    name: String,
    means: Option<String>,
    chosen: bool,
    choice: Choice,
) -> Element<'a, Message> {
    let sign: Element<'a, Message> = if chosen {
        icon(Icon::Check, look.size(18.0), look.palette.accent_text)
    } else {
        iced::widget::space().width(look.size(18.0)).into()
    };
    let content = flow::row(look, [named(look, name.clone(), means), sign]).spacing(16).align_y(Center);
    control::row(look, name, content).id(id).selected(chosen).padding([10, 16]).on_press(Message::Chosen(choice)).into()
}

/// A way to all of it where it is higher than the window.
pub(super) fn scrolled<'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let bar = scrollable::Scrollbar::new().width(6).scroller_width(6).margin(3);
    let p = look.palette;
    scrollable(content)
        .width(Fill)
        .height(Fill)
        .direction(scrollable::Direction::Vertical(bar))
        .style(move |theme, status| {
            let usual = scrollable::default(theme, status);
            let loud = matches!(status, scrollable::Status::Dragged { .. });
            let scroller = scrollable::Scroller {
                background: Color { a: if loud { 0.8 } else { 0.4 }, ..p.muted }.into(),
                border: border::rounded(3),
            };
            let rail = scrollable::Rail { background: None, border: border::rounded(3), scroller };
            scrollable::Style { vertical_rail: rail, horizontal_rail: rail, ..usual }
        })
        .into()
}

/// The line between things.
pub(super) fn hairline(look: Look) -> rule::Style {
    rule::Style { color: look.palette.line, radius: 0.0.into(), fill_mode: rule::FillMode::Full, snap: true }
}

/// On, in the direction of reading.
pub(super) fn ahead(look: Look) -> Icon {
    if look.direction == Direction::RightToLeft { Icon::ChevronLeft } else { Icon::ChevronRight }
}

/// Text sizes go in steps of 5 %.
pub(super) fn step(size: f32) -> f32 {
    (size * 20.0).round() / 20.0
}
