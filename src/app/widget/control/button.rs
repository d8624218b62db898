//! Buttons.

use super::press::{Press, Ring};
use super::skin::{Kind, Skin};
use super::{Element, hint};
use crate::theme::{Look, fonts};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::text::line;
use iced::widget::Id;
use iced::widget::tooltip::Position;
use iced::{Center, Length, Padding};

/// A button; made by [`super::button`] and [`super::icon_button`].
pub struct Button<'a, M> {
    look: Look,
    label: String,
    icon: Option<Icon>,
    sign_only: bool,
    kind: Kind,
    on_press: Option<M>,
    id: Option<Id>,
    width: Length,
    size: Option<f32>,
    round: bool,
    compact: bool,
    busy: bool,
    tooltip: Option<String>,
    shortcut: Option<String>,
    tooltip_position: Position,
    _content: std::marker::PhantomData<Element<'a, M>>,
}

impl<'a, M: Clone + 'a> Button<'a, M> {
    pub(super) fn new(look: Look, label: String, icon: Option<Icon>) -> Self {
        Self {
            look,
            label,
            sign_only: icon.is_some(),
            icon,
            kind: Kind::default(),
            on_press: None,
            id: None,
            width: Length::Shrink,
            size: None,
            round: false,
            compact: false,
            busy: false,
            tooltip: None,
            shortcut: None,
            tooltip_position: Position::Bottom,
            _content: std::marker::PhantomData,
        }
    }

    /// What it means.
    pub fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// A sign before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// What pressing it sends. Without it the button is disabled.
    pub fn on_press(self, message: M) -> Self {
        Self { on_press: Some(message), ..self }
    }

    /// The same, where it can be pressed only sometimes.
    pub fn on_press_maybe(self, message: Option<M>) -> Self {
        Self { on_press: message, ..self }
    }

    /// A stable name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// How wide it is, if it has words.
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: width.into(), ..self }
    }

    /// How high it is, and how wide if it has only a sign; in pixels at 100 % text.
    pub fn size(self, px: f32) -> Self {
        Self { size: Some(px), ..self }
    }

    /// A circle rather than a rounded square.
    pub fn round(self) -> Self {
        Self { round: true, ..self }
    }

    /// Small, to stand in a line of text.
    pub fn compact(self) -> Self {
        Self { compact: true, ..self }
    }

    /// What it does is under way: it shows so, keeps the focus and cannot be pressed.
    pub fn busy(self, busy: bool) -> Self {
        Self { busy, ..self }
    }

    /// Words that show when the pointer rests on it. A button that is only a sign shows its label by itself.
    pub fn tooltip(self, words: impl Into<String>) -> Self {
        Self { tooltip: Some(words.into()), ..self }
    }

    /// The keys that do the same, shown in the tooltip.
    pub fn shortcut(self, keys: impl Into<String>) -> Self {
        Self { shortcut: Some(keys.into()), ..self }
    }

    /// On which side of the button the tooltip shows.
    pub fn tooltip_at(self, position: Position) -> Self {
        Self { tooltip_position: position, ..self }
    }
}

impl<'a, M: Clone + 'a> From<Button<'a, M>> for Element<'a, M> {
    fn from(button: Button<'a, M>) -> Self {
        let Button { look, label, kind, sign_only, compact, .. } = button;
        let skin = Skin::Button(kind);
        let ink = skin.ink(look, button.on_press.is_some() || button.busy, sign_only);
        let height = look.size(button.size.unwrap_or(match (compact, sign_only, kind) {
            (true, ..) => 28.0,
            (_, true, _) => 36.0,
            (_, _, Kind::Primary) => 44.0,
            _ => 40.0,
        }));
        let radius = match (button.round, compact) {
            (true, _) => height / 2.0,
            (_, true) => 8.0,
            (_, false) if sign_only => 10.0,
            _ => 12.0,
        };
        let (content, width, padding): (Element<'a, M>, _, _) = match button.icon {
            Some(sign) if sign_only => {
                let sign_size = if compact { look.size(16.0) } else { (height * 0.5).min(look.size(22.0)).round() };
                (icon(sign, sign_size, ink), Length::Fixed(height), Padding::ZERO)
            }
            sign => {
                let size = if compact { look.second() } else { look.body() };
                let font = if kind.is_filled() { fonts::SEMIBOLD } else { fonts::MEDIUM };
                let words = line(size, ink).push(label.clone(), Some(font), None);
                let sign = sign.map(|sign| icon(sign, look.size(if compact { 14.0 } else { 18.0 }), ink));
                let padding = Padding::from([0.0, if compact { 10.0 } else { 16.0 }]);
                (
                    flow::row(look, sign.into_iter().chain([words.into()])).spacing(8).align_y(Center).into(),
                    button.width,
                    padding,
                )
            }
        };
        let press = Press {
            content,
            look,
            skin,
            ring: Ring::Around,
            label: sign_only.then(|| label.clone()),
            on_press: button.on_press,
            busy: button.busy,
            id: button.id,
            width,
            height: Length::Fixed(height),
            padding,
            radius,
            centered: true,
            status: None,
        };
        let words = button.tooltip.or_else(|| (sign_only || button.shortcut.is_some()).then_some(label));
        match words {
            Some(words) => hint(look, press, words, button.shortcut.as_deref(), button.tooltip_position),
            None => press.into(),
        }
    }
}
