//! Switches.

use super::Element;
use super::press::{Press, Ring};
use super::skin::{Skin, mix};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::label::text;
use iced::widget::{Id, column, container, space};
use iced::{Background, Border, Center, Color, Fill, Length, Padding, Pixels};

/// A switch with its label before it; made by [`super::toggle`].
pub struct Toggle<'a, M> {
    look: Look,
    label: String,
    on: bool,
    help: Option<String>,
    on_toggle: Option<Box<dyn Fn(bool) -> M + 'a>>,
    id: Option<Id>,
}

impl<'a, M: Clone + 'a> Toggle<'a, M> {
    pub(super) fn new(look: Look, label: String, on: bool) -> Self {
        Self { look, label, on, help: None, on_toggle: None, id: None }
    }

    /// What switching it sends, with what it is then. Without it the switch is disabled.
    pub fn on_toggle(self, message: impl Fn(bool) -> M + 'a) -> Self {
        Self { on_toggle: Some(Box::new(message)), ..self }
    }

    /// What it does, in a second line.
    pub fn help(self, words: impl Into<String>) -> Self {
        Self { help: Some(words.into()), ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl<'a, M: Clone + 'a> From<Toggle<'a, M>> for Element<'a, M> {
    fn from(toggle: Toggle<'a, M>) -> Self {
        let Toggle { look, on, .. } = toggle;
        let palette = look.palette;
        let enabled = toggle.on_toggle.is_some();
        let ground = match (enabled, on) {
            (true, true) => palette.accent,
            (true, false) => palette.faint,
            (false, _) => palette.quiet,
        };
        let knob_color = if on && palette.night { palette.on_accent } else { Color::WHITE };
        let knob = look.size(16.0);
        let filled = move |color: Color, radius: f32| {
            move |_theme: &iced::Theme| container::Style {
                background: Some(Background::Color(color)),
                border: Border { radius: radius.into(), ..Border::default() },
                ..container::Style::default()
            }
        };
        let knob_color = if enabled { knob_color } else { mix(knob_color, ground, 0.4) };
        let track = container(container(space()).width(knob).height(knob).style(filled(knob_color, knob / 2.0)))
            .width(look.size(36.0))
            .height(look.size(20.0))
            .padding(look.size(2.0))
            .align_x(if on { flow::end(look) } else { flow::start(look) })
            .style(filled(ground, look.size(10.0)));
        let ink = if enabled { palette.text } else { palette.faint };
        let label = text(toggle.label.clone()).size(look.body()).color(ink).align_x(flow::start(look));
        let ink = if enabled { palette.muted } else { palette.faint };
        let help = toggle.help.map(|help| {
            text(help).size(look.second()).line_height(Pixels(look.size(16.0))).color(ink).align_x(flow::start(look))
        });
        let words = column![label].push(help).spacing(2).align_x(flow::start(look)).width(Fill);
        Press {
            content: flow::row(look, [words.into(), track.into()]).spacing(12).align_y(Center).into(),
            look,
            skin: Skin::Row { selected: false },
            ring: Ring::Inside,
            label: None,
            on_press: toggle.on_toggle.map(|message| message(!on)),
            busy: false,
            id: toggle.id,
            width: Length::Fill,
            height: Length::Shrink,
            padding: Padding::from([10, 12]),
            radius: 10.0,
            centered: false,
            status: None,
        }
        .into()
    }
}
