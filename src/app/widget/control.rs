//! Controls: what people press, type into and switch.
//!
//! iced's own button takes no keyboard focus, so these are our own. Each has a label (kept for the day that iced can
//! export an accessibility tree, and by which tests find it), may have a stable id, is reached by Tab, acts on Enter
//! and Space, and shows a ring when the focus came by the keyboard.

mod banner;
mod button;
mod code;
mod dialog;
mod field;
pub mod focus;
mod menu;
mod popup;
mod press;
mod row;
mod select;
mod skin;
mod slider;
mod spinner;
mod tabs;
mod toggle;

pub use banner::{Banner, Tone, banner};
pub use button::Button;
pub use code::{Code, code};
pub use dialog::{CANCEL, Dialog, OTHER, PRIMARY, dialog, with_dialog};
pub use field::Field;
pub use menu::{ContextMenu, Item, Menu, Trigger, context_menu, menu};
pub use row::Row;
pub use select::{Choice, Select, select};
pub use skin::Kind;
pub use slider::{Slider, slider};
pub use spinner::spinner;
pub use tabs::{Tabs, tabs};
pub use toggle::Toggle;

use super::Element;
use super::flow;
use super::icon::Icon;
use super::lift::{Height, lift};
use crate::theme::{Look, fonts};
use iced::widget::{container, text, tooltip};
use iced::{Background, Border};
use std::time::Duration;

/// A button with words on it.
pub fn button<'a, M: Clone + 'a>(look: Look, label: impl Into<String>) -> Button<'a, M> {
    Button::new(look, label.into(), None)
}

/// A square button with a sign on it; its label is its tooltip.
pub fn icon_button<'a, M: Clone + 'a>(look: Look, icon: Icon, label: impl Into<String>) -> Button<'a, M> {
    Button::new(look, label.into(), Some(icon))
}

/// Anything as a row that can be pressed. The label says what it is, in the words that stand out in it.
pub fn row<'a, M: Clone + 'a>(look: Look, label: impl Into<String>, content: impl Into<Element<'a, M>>) -> Row<'a, M> {
    Row::new(look, label.into(), content.into())
}

/// A line to type into, with its label above and room for an error below.
pub fn field<'a, M: Clone + 'a>(look: Look, label: impl Into<String>, value: &'a str) -> Field<'a, M> {
    Field::new(look, label.into(), value)
}

/// A switch with its label.
pub fn toggle<'a, M: Clone + 'a>(look: Look, label: impl Into<String>, on: bool) -> Toggle<'a, M> {
    Toggle::new(look, label.into(), on)
}

/// Shows words, and a shortcut if there is one, after the pointer has rested on `content`.
pub fn hint<'a, M: 'a>(
    look: Look,
    content: impl Into<Element<'a, M>>,
    words: impl Into<String>,
    shortcut: Option<&str>,
    position: tooltip::Position,
) -> Element<'a, M> {
    let palette = look.palette;
    let words = text(words.into()).size(look.second()).color(palette.text);
    let mut line = flow::row(look, []).push(words).spacing(8).align_y(iced::Center);
    if let Some(shortcut) = shortcut {
        line = line.push(text(shortcut.to_owned()).size(look.time()).font(fonts::MEDIUM).color(palette.muted));
    }
    let bubble = container(line).padding([6, 10]).style(move |_theme| container::Style {
        background: Some(Background::Color(palette.raised)),
        border: Border { color: palette.line, width: 1.0, radius: 8.0.into() },
        ..container::Style::default()
    });
    tooltip(content, lift(look, Height::Low, 8.0, bubble), position).gap(6).delay(Duration::from_millis(500)).into()
}

#[cfg(test)]
mod tests;
