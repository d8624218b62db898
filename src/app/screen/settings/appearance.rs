//! Theme, accent, text size, motion, renderer.

use super::card::{self, card, heading, option, pressable};
use super::{Choice, Known, Message, Settings};
use crate::preferences::{Accent, RendererChoice, TEXT_SIZES, ThemeChoice};
use crate::theme::{self, Look, Palette, fonts};
use crate::widget::bubble::bubble;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::formatted;
use crate::widget::{Element, control, flow};
use crate::words::{Words, fl, number};
use iced::border::Radius;
use iced::widget::{Column, column, container, row, space};
use iced::{Center, Color, Fill, Padding, Pixels, Theme, border};

/// One step of the text size.
const STEP: f32 = 0.05;

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, Message> {
    column![
        card(look, tight, [themes(known, look, words), accents(known, look, words)]),
        card(look, tight, [text_size(settings, known, look, words)]),
        card::edged(look, tight, motion(known, look, words)),
        column![heading(look, fl!(words, "settings-renderer")), renderers(known, look, words)].spacing(8),
    ]
    .spacing(16)
    .into()
}

fn themes<'a>(known: Known<'a>, look: Look, words: &Words) -> Element<'a, Message> {
    let accent = known.preferences.accent;
    let of = |night, contrast| Palette::of(theme::Theme { night, contrast, accent });
    let strong = known.desktop.contrast;
    let all = [
        (ThemeChoice::System, "theme:system", fl!(words, "theme-system"), vec![of(false, strong), of(true, strong)]),
        (ThemeChoice::Day, "theme:day", fl!(words, "theme-day"), vec![of(false, strong)]),
        (ThemeChoice::Night, "theme:night", fl!(words, "theme-night"), vec![of(true, strong)]),
        (
            ThemeChoice::HighContrast,
            "theme:contrast",
            fl!(words, "theme-contrast"),
            vec![of(known.desktop.night, true)],
        ),
    ];
    let tiles = all.into_iter().map(|(choice, id, name, palettes)| {
        let chosen = known.preferences.theme == choice;
        let label = text(name.clone())
            .size(look.name())
            .line_height(Pixels(look.size(18.0)))
            .font(if chosen { fonts::SEMIBOLD } else { fonts::REGULAR })
            .width(Fill)
            .align_x(Center)
            .color(look.palette.text);
        let content = column![framed(look, chosen, miniatures(&palettes)), label].spacing(8).align_x(Center);
        control::row(look, name, content)
            .id(id)
            .width(TILE.0 + 16.0)
            .padding(4)
            .radius(14.0)
            .on_press(Message::Chosen(Choice::Theme(choice)))
            .into()
    });
    let tiles = flow::row(look, tiles).spacing(8).wrap(4);
    column![heading(look, fl!(words, "settings-theme")), tiles].spacing(8).width(Fill).align_x(flow::start(look)).into()
}

/// The size of a drawn theme.
const TILE: (f32, f32) = (136.0, 86.0);

/// A ring around what is chosen, a hairline around the others.
fn framed<'a>(look: Look, chosen: bool, content: Element<'a, Message>) -> Element<'a, Message> {
    let palette = look.palette;
    let (color, width) = if chosen { (palette.accent, 2.0) } else { (palette.line, 1.0) };
    container(content)
        .padding(4)
        .style(move |_: &Theme| container::Style {
            border: border::rounded(14).color(color).width(width),
            ..container::Style::default()
        })
        .into()
}

/// A window in a few strokes, or two halves of one.
fn miniatures<'a>(palettes: &[&'static Palette]) -> Element<'a, Message> {
    match palettes {
        [day, night] => {
            row![miniature(day, TILE.0 / 2.0, [true, false]), miniature(night, TILE.0 / 2.0, [false, true])].into()
        }
        [one, ..] => miniature(one, TILE.0, [true, true]),
        [] => space().into(),
    }
}

/// Rail, list, and two bubbles on the wall; round where the window ends.
fn miniature<'a>(palette: &'static Palette, width: f32, [begins, ends]: [bool; 2]) -> Element<'a, Message> {
    let round = |begins: bool, ends: bool| {
        let (left, right) = (if begins { 9.0 } else { 0.0 }, if ends { 9.0 } else { 0.0 });
        Radius { top_left: left, bottom_left: left, top_right: right, bottom_right: right }
    };
    let list = width * 0.36;
    let dash = |width: f32, color: Color| shape(width, 4.0, color, Radius::new(2.0));
    let entry = |long: f32| {
        row![
            shape(9.0, 9.0, palette.accent, Radius::new(4.5)),
            column![dash(list * long, palette.text), dash(list * long * 0.8, palette.muted)].spacing(2)
        ]
        .spacing(4)
        .align_y(Center)
    };
    let entries = column![entry(0.40), entry(0.32), entry(0.44)].spacing(8);
    let entries = container(entries)
        .padding([12, 6])
        .width(list)
        .height(TILE.1)
        .style(ground(palette.surface, round(begins, false)));
    let room = width - list;
    let said = |words: f32, color: Color| {
        container(dash(room * words, palette.text)).padding([5, 6]).style(ground(color, Radius::new(6.0)))
    };
    let bubbles = column![
        said(0.42, palette.raised),
        container(said(0.3, palette.bubble_out)).width(Fill).align_x(iced::Right),
        said(0.26, palette.raised),
        container(shape(room * 0.34, 8.0, palette.accent, Radius::new(4.0))).width(Fill).align_x(iced::Right),
    ]
    .spacing(4);
    let wall = container(bubbles).padding(8).width(room).height(TILE.1).style(ground(palette.wall, round(false, ends)));
    row![entries, wall].into()
}

fn shape<'a>(width: f32, height: f32, color: Color, radius: Radius) -> Element<'a, Message> {
    container(space()).width(width).height(height).style(ground(color, radius)).into()
}

fn ground(color: Color, radius: Radius) -> impl Fn(&Theme) -> container::Style {
    move |_| container::Style { border: border::rounded(radius), ..container::background(color) }
}

fn accents<'a>(known: Known<'a>, look: Look, words: &Words) -> Element<'a, Message> {
    let dots = Accent::ALL.into_iter().map(|accent| {
        let palette = Palette::of(theme::Theme { accent, ..look.palette.theme });
        let (name, id) = match accent {
            Accent::Amber => (fl!(words, "accent-amber"), "accent:amber"),
            Accent::Blue => (fl!(words, "accent-blue"), "accent:blue"),
            Accent::Green => (fl!(words, "accent-green"), "accent:green"),
            Accent::Plum => (fl!(words, "accent-plum"), "accent:plum"),
            Accent::Rust => (fl!(words, "accent-rust"), "accent:rust"),
        };
        let chosen = known.preferences.accent == accent;
        let size = look.size(28.0);
        let sign: Element<'a, Message> =
            if chosen { icon(Icon::Check, look.size(16.0), palette.on_accent) } else { space().into() };
        let dot = container(sign).center(size).style(ground(palette.accent, Radius::new(size / 2.0)));
        let dot = control::row(look, name.clone(), dot)
            .id(id)
            .width(size + 8.0)
            .padding(4)
            .radius(size / 2.0 + 4.0)
            .on_press(Message::Chosen(Choice::Accent(accent)));
        control::hint(look, dot, name, None, iced::widget::tooltip::Position::Bottom)
    });
    let dots = flow::row(look, dots).spacing(8).wrap(8);
    column![heading(look, fl!(words, "settings-accent")), dots].spacing(6).width(Fill).align_x(flow::start(look)).into()
}

fn text_size<'a>(settings: &'a Settings, known: Known<'a>, look: Look, words: &Words) -> Element<'a, Message> {
    let size = settings.text.unwrap_or(known.preferences.text);
    // The window changes when the hand lets go: else the slider would run away from under it.
    let slider = control::slider(look, fl!(words, "settings-text-size"), size, TEXT_SIZES)
        .step(STEP)
        .says(number::percent(size))
        .on_change(Message::TextDragged)
        .on_release(Message::TextDropped)
        .id("text-size");
    column![slider, conversation(settings, look.with_text(size))].spacing(12).into()
}

/// A conversation in the text size that is being chosen.
fn conversation<'a>(settings: &'a Settings, look: Look) -> Element<'a, Message> {
    let palette = look.palette;
    let times = ["17:58", "18:01", "18:02"];
    let bubbles = settings.sample.1.iter().zip(times).enumerate().map(|(index, (said, time))| {
        let own = index == 1;
        let time = text(time).size(look.time()).line_height(Pixels(look.size(14.0))).color(palette.muted);
        bubble(look, own).words(0.0, formatted(look, said, palette.hover)).finish(time, None).into()
    });
    container(Column::with_children(bubbles))
        .padding(Padding { top: 4.0, bottom: 14.0, ..Padding::ZERO })
        .width(Fill)
        .style(move |_: &Theme| container::Style {
            border: border::rounded(12).color(palette.line).width(1),
            ..container::background(palette.wall)
        })
        .into()
}

fn motion<'a>(known: Known<'a>, look: Look, words: &Words) -> Element<'a, Message> {
    let asked = known.desktop.reduce_motion;
    let toggle = control::toggle(look, fl!(words, "settings-reduce-motion"), known.preferences.reduce_motion || asked)
        .id("reduce-motion");
    let toggle = if asked { toggle } else { toggle.on_toggle(|on| Message::Chosen(Choice::ReduceMotion(on))) };
    let means =
        if asked { fl!(words, "settings-reduce-motion-desktop") } else { fl!(words, "settings-reduce-motion-means") };
    let means = text(means)
        .size(look.second())
        .line_height(Pixels(look.size(16.0)))
        .width(Fill)
        .align_x(flow::start(look))
        .color(look.palette.muted);
    // The switch brings its own room at the sides.
    column![toggle, container(means).padding(Padding { bottom: 10.0, ..Padding::from([0, 12]) })].into()
}

fn renderers<'a>(known: Known<'a>, look: Look, words: &Words) -> Element<'a, Message> {
    let all = [
        (
            RendererChoice::Auto,
            "renderer:auto",
            fl!(words, "settings-renderer-auto"),
            fl!(words, "settings-renderer-auto-means"),
        ),
        (
            RendererChoice::Gpu,
            "renderer:gpu",
            fl!(words, "settings-renderer-gpu"),
            fl!(words, "settings-renderer-gpu-means"),
        ),
        (
            RendererChoice::Software,
            "renderer:software",
            fl!(words, "settings-renderer-software"),
            fl!(words, "settings-renderer-software-means"),
        ),
    ];
    let chosen = known.preferences.renderer;
    let options = all.into_iter().map(|(choice, id, name, means)| {
        option(look, id, name, Some(means), choice == chosen, Choice::Renderer(choice))
    });
    let later = text(fl!(words, "settings-renderer-later"))
        .size(look.second())
        .width(Fill)
        .align_x(flow::start(look))
        .color(look.palette.muted);
    column![pressable(look, options), later].spacing(8).into()
}
