//! Banners: something to know, in the place that it is about.

use super::{Element, Kind, button, icon_button};
use crate::theme::{Look, fonts};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use iced::alignment::Vertical;
use iced::widget::{Id, column, container};
use iced::{Center, Color, Fill, Pixels, Theme, border};

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// To beware of.
    Warning,
    /// Something went wrong.
    Danger,
}

/// A banner; made by [`banner`].
pub struct Banner<M> {
    look: Look,
    tone: Tone,
    title: Option<String>,
    words: String,
    action: Option<(String, M, Option<Id>)>,
    close: Option<(String, M)>,
    icon: Option<Icon>,
    id: Option<Id>,
}

/// A banner that says this.
pub fn banner<M: Clone>(look: Look, tone: Tone, words: impl Into<String>) -> Banner<M> {
    Banner { look, tone, title: None, words: words.into(), action: None, close: None, icon: None, id: None }
}

impl<M: Clone> Banner<M> {
    /// What it is about, above the words.
    pub fn title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// The next step.
    pub fn action(self, label: impl Into<String>, message: M) -> Self {
        Self { action: Some((label.into(), message, None)), ..self }
    }

    /// The next step, with a stable name.
    pub fn action_id(mut self, id: impl Into<Id>) -> Self {
        if let Some((_, _, name)) = &mut self.action {
            *name = Some(id.into());
        }
        self
    }

    /// It can be put away: the label of the sign that does so, and what it sends.
    pub fn on_close(self, label: impl Into<String>, message: M) -> Self {
        Self { close: Some((label.into(), message)), ..self }
    }

    /// Another sign than that of its tone.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl Tone {
    fn sign(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Warning => Icon::Warning,
            Self::Danger => Icon::Alert,
        }
    }

    /// The ground and what stands out on it.
    fn colors(self, look: Look) -> (Color, Color) {
        let p = look.palette;
        match self {
            Self::Info => (p.accent_soft, p.accent_text),
            Self::Warning => (p.warning_soft, p.warning),
            Self::Danger => (p.danger_soft, p.danger),
        }
    }
}

impl<'a, M: Clone + 'a> From<Banner<M>> for Element<'a, M> {
    fn from(banner: Banner<M>) -> Self {
        let (look, p) = (banner.look, banner.look.palette);
        let (ground, ink) = banner.tone.colors(look);
        let sign = icon(banner.icon.unwrap_or(banner.tone.sign()), look.size(18.0), ink);
        let sign = container(sign).height(look.size(20.0)).align_y(Center);
        let line = Pixels(look.size(20.0));
        let title = banner
            .title
            .map(|title| text(title).size(look.body()).line_height(line).font(fonts::SEMIBOLD).color(p.text));
        // With much to read the next step stands below it, else beside it.
        let long = title.is_some() || banner.words.chars().count() > 90;
        let words = text(banner.words).size(look.body()).line_height(line).color(p.text).align_x(flow::start(look));
        let action = banner.action.map(|(label, message, id)| {
            let kind = if banner.tone == Tone::Info && !long { Kind::Ghost } else { Kind::Outlined };
            let action = button(look, label).kind(kind).compact().on_press(message);
            Element::from(match id {
                Some(id) => action.id(id),
                None => action,
            })
        });
        let (below, beside) = if long { (action, None) } else { (None, action) };
        let below = below.map(|below| container(below).padding(flow::padding(look, 6.0, 0.0, 0.0, 0.0)));
        let words = column![].push(title).push(words).push(below).width(Fill).align_x(flow::start(look));
        let close = banner
            .close
            .map(|(label, message)| Element::from(icon_button(look, Icon::Cross, label).compact().on_press(message)));
        let content = flow::row(look, [sign.into(), words.into()].into_iter().chain(beside).chain(close))
            .spacing(10)
            .align_y(if long { Vertical::Top } else { Vertical::Center });
        let content = container(content).padding([10, 14]).width(Fill).style(move |_: &Theme| container::Style {
            border: border::rounded(12).color(if p.theme.contrast { ink } else { Color::TRANSPARENT }).width(1),
            ..container::background(ground)
        });
        match banner.id {
            Some(id) => content.id(id).into(),
            None => content.into(),
        }
    }
}
