//! Controls: what people press, type into and switch.
//!
//! iced's own button takes no keyboard focus, so these are our own. Each has a label (kept for the day that iced can
//! export an accessibility tree, and by which tests find it), may have a stable id, is reached by Tab, acts on Enter
//! and Space, and shows a ring when the focus came by the keyboard.

mod badge;
mod banner;
mod button;
mod chip;
mod code;
mod dialog;
mod empty;
mod field;
mod finder;
pub mod focus;
mod hint;
mod menu;
mod popup;
mod press;
mod progress;
mod row;
mod select;
mod skin;
mod slider;
mod spinner;
mod tabs;
mod tail;
mod toast;
mod toggle;

pub use badge::{badge, small_badge};
pub use banner::{Banner, Tone, banner};
pub use button::Button;
pub use chip::{Chip, chip};
pub use code::{Code, code};
pub use dialog::{CANCEL, Dialog, OTHER, PRIMARY, dialog, quiet_bar, with_dialog};
pub use empty::{Empty, empty};
pub use field::Field;
pub use finder::{Finder, Walk, finder, keycap};
pub use hint::hint;
pub use menu::{ContextMenu, Item, Menu, Pressed, Trigger, context_menu, menu, menu_of_many};
pub use progress::{progress_bar, progress_ring, progress_ring_with_cancel};
pub use row::Row;
pub use select::{Choice, Select, select};
pub use skin::Kind;
pub use slider::{Slider, slider};
pub use spinner::spinner;
pub use tabs::{Tabs, tabs};
pub use toast::{Toast, Toasts, at_the_bottom};
pub use toggle::Toggle;

use super::Element;
use super::icon::Icon;
use crate::theme::Look;

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

#[cfg(test)]
mod tests;
