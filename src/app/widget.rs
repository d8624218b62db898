//! The parts that screens are built from.

pub mod aside;
pub mod avatar;
pub mod bubble;
pub mod calm;
pub mod chips;
pub mod composer;
pub mod control;
pub mod drop;
pub mod edge;
pub mod flow;
pub mod ground;
pub mod icon;
pub mod label;
pub mod lift;
pub(crate) mod passing;
pub mod picture;
pub mod qr;
pub mod quoted;
pub mod roll;
#[cfg(test)]
pub(crate) mod stage;
pub mod text;
pub mod timeline;

/// An element of the interface, with our renderer and theme.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;
