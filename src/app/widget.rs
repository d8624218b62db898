//! The parts that screens are built from.

pub mod avatar;
pub mod control;
pub mod icon;
pub mod picture;
#[cfg(test)]
pub(crate) mod stage;

/// An element of the interface, with our renderer and theme.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;
