//! Chips: small things with a ground of their own that can be pressed; and the buttons of bots.

use super::Element;
use super::press::{Press, Ring};
use super::skin::{Skin, Status};
use crate::theme::Look;
use iced::widget::Id;
use iced::{Color, Length, Padding};

/// A pressable chip around any content; made by [`chip`].
pub struct Chip<'a, M> {
    press: Press<'a, M>,
}

/// Something small that can be pressed. The label says what it is, in the words that stand out in it.
pub fn chip<'a, M: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    content: impl Into<Element<'a, M>>,
) -> Chip<'a, M> {
    let height = look.size(26.0).round();
    let press = Press {
        content: content.into(),
        look,
        skin: Skin::Chip { own: false, chosen: false },
        ring: Ring::Inside,
        label: Some(label.into()),
        on_press: None,
        busy: false,
        id: None,
        width: Length::Shrink,
        height: Length::Fixed(height),
        padding: Padding::from([0.0, look.size(8.0).round()]),
        radius: height / 2.0,
        centered: true,
        status: None,
    };
    Chip { press }
}

impl<'a, M: Clone + 'a> Chip<'a, M> {
    /// On which message it stands, our own or another, and whether it is chosen.
    pub fn on(mut self, own: bool, chosen: bool) -> Self {
        self.press.skin = Skin::Chip { own, chosen };
        self
    }

    /// A button of a bot: takes all the room there is, and is higher.
    pub fn key(mut self) -> Self {
        self.press.skin = Skin::Key;
        self.press.width = Length::Fill;
        self.press.height = Length::Fixed(self.press.look.size(36.0).round());
        self.press.radius = 10.0;
        self
    }

    /// What is written on it has this colour.
    pub fn ink(look: Look, own: bool, chosen: bool) -> Color {
        Skin::Chip { own, chosen }.ink(look, true, false)
    }

    /// What is behind it has this colour.
    pub fn ground(look: Look, own: bool, chosen: bool) -> Color {
        Skin::Chip { own, chosen }.ground(look, Status::Resting).unwrap_or(look.palette.raised)
    }

    /// What pressing it sends. Without it, it is disabled.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.press.on_press = message;
        self
    }

    /// What it was pressed for is under way.
    pub fn busy(mut self, busy: bool) -> Self {
        self.press.busy = busy;
        self
    }

    /// A stable name.
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.press.id = Some(id.into());
        self
    }
}

impl<'a, M: Clone + 'a> From<Chip<'a, M>> for Element<'a, M> {
    fn from(chip: Chip<'a, M>) -> Self {
        chip.press.into()
    }
}
