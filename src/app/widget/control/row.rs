//! Rows that can be pressed.

use super::Element;
use super::press::{Press, Ring};
use super::skin::Skin;
use crate::theme::Look;
use iced::widget::Id;
use iced::{Length, Padding};

/// A pressable row around any content; made by [`super::row`].
pub struct Row<'a, M> {
    press: Press<'a, M>,
}

impl<'a, M: Clone + 'a> Row<'a, M> {
    pub(super) fn new(look: Look, label: String, content: Element<'a, M>) -> Self {
        let press = Press {
            content,
            look,
            skin: Skin::Row { selected: false },
            ring: Ring::Inside,
            label: Some(label),
            on_press: None,
            busy: false,
            id: None,
            width: Length::Fill,
            height: Length::Shrink,
            padding: Padding::from([8, 12]),
            radius: 10.0,
            centered: false,
            status: None,
        };
        Self { press }
    }

    /// Whether it is the chosen one.
    pub fn selected(mut self, selected: bool) -> Self {
        self.press.skin = Skin::Row { selected };
        self
    }

    /// What pressing it sends. Without it the row is disabled.
    pub fn on_press(mut self, message: M) -> Self {
        self.press.on_press = Some(message);
        self
    }

    /// The same, where it can be pressed only sometimes.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.press.on_press = message;
        self
    }

    /// A stable name.
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.press.id = Some(id.into());
        self
    }

    /// Room around the content.
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.press.padding = padding.into();
        self
    }

    /// How wide it is; all there is, unless said.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.press.width = width.into();
        self
    }

    /// How high it is; as its content, unless said.
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.press.height = height.into();
        self
    }

    /// How round its corners are.
    pub fn radius(mut self, radius: f32) -> Self {
        self.press.radius = radius;
        self
    }

    /// Puts the content in the middle.
    pub fn centered(mut self) -> Self {
        self.press.centered = true;
        self
    }
}

impl<'a, M: Clone + 'a> From<Row<'a, M>> for Element<'a, M> {
    fn from(row: Row<'a, M>) -> Self {
        row.press.into()
    }
}
