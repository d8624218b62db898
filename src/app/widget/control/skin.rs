//! The looks of what can be pressed.

pub(super) use crate::theme::mix;

use crate::theme::{Look, Palette};
use iced::Color;

/// What a button means, and so how loud it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// The one thing to do next: filled with the accent.
    Primary,
    /// Another way on: words in the accent.
    Ghost,
    /// Quiet: a ground only under the pointer.
    #[default]
    Plain,
    /// Another thing to do, with an edge around it: where it must be seen as a button without its neighbours.
    Outlined,
    /// Takes something away.
    Danger,
    /// The same as the one thing to do next in a dialog: filled.
    Destroy,
}

impl Kind {
    /// Whether it has a ground of its own.
    pub(super) fn is_filled(self) -> bool {
        matches!(self, Self::Primary | Self::Destroy)
    }
}

/// How a pressable thing stands right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Resting,
    Hovered,
    Pressed,
    Disabled,
}

/// Which set of grounds a pressable thing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skin {
    Button(Kind),
    Row {
        selected: bool,
    },
    /// What looks like a field, but is pressed.
    Field,
    /// A small thing with a ground of its own.
    Chip {
        /// It stands on our own message, not on somebody else's.
        own: bool,
        /// It is chosen.
        chosen: bool,
    },
    /// A button of a bot, under a message or in place of the keyboard.
    Key,
}

impl Skin {
    /// The ground, if any.
    pub(super) fn ground(self, look: Look, status: Status) -> Option<Color> {
        let p = look.palette;
        // Towards the words' side of the scale, so that what is pressed stands out in both themes.
        let deeper = |color: Color, by: f32| mix(color, if p.night { Color::WHITE } else { Color::BLACK }, by);
        // By night the grounds differ too little for one colour that is seen on all of them.
        let (hover, held) = match p.night {
            true => (Color { a: 0.07, ..Color::WHITE }, Color { a: 0.12, ..Color::WHITE }),
            false => (p.hover, deeper(p.hover, 0.05)),
        };
        match (self, status) {
            (Self::Button(Kind::Primary), Status::Resting) => Some(p.accent),
            (Self::Button(Kind::Primary), Status::Hovered) => Some(deeper(p.accent, 0.09)),
            (Self::Button(Kind::Primary), Status::Pressed) => Some(deeper(p.accent, 0.18)),
            (Self::Button(Kind::Destroy), Status::Resting) => Some(p.danger),
            (Self::Button(Kind::Destroy), Status::Hovered) => Some(deeper(p.danger, 0.09)),
            (Self::Button(Kind::Destroy), Status::Pressed) => Some(deeper(p.danger, 0.18)),
            (Self::Button(Kind::Primary | Kind::Destroy), Status::Disabled) => Some(p.quiet),
            (Self::Button(Kind::Outlined), Status::Resting) => Some(p.surface),
            (Self::Button(Kind::Outlined), Status::Hovered) => Some(deeper(p.surface, 0.04)),
            (Self::Button(Kind::Outlined), Status::Pressed) => Some(deeper(p.surface, 0.09)),
            (Self::Button(_), Status::Resting | Status::Disabled) => None,
            (Self::Button(Kind::Ghost), Status::Hovered) => Some(p.accent_soft),
            (Self::Button(Kind::Ghost), Status::Pressed) => Some(deeper(p.accent_soft, 0.05)),
            (Self::Button(Kind::Plain), Status::Hovered) => Some(hover),
            (Self::Button(Kind::Plain), Status::Pressed) => Some(held),
            (Self::Button(Kind::Danger), Status::Hovered) => Some(Color { a: 0.10, ..p.danger }),
            (Self::Button(Kind::Danger), Status::Pressed) => Some(Color { a: 0.18, ..p.danger }),
            (Self::Chip { own, chosen }, status) => {
                let ground = chip(p, own, chosen);
                Some(match status {
                    Status::Resting | Status::Disabled => ground,
                    Status::Hovered => deeper(ground, 0.05),
                    Status::Pressed => deeper(ground, 0.10),
                })
            }
            (Self::Key, Status::Resting | Status::Disabled) => Some(p.surface),
            (Self::Key, Status::Hovered) => Some(deeper(p.surface, 0.04)),
            (Self::Key, Status::Pressed) => Some(deeper(p.surface, 0.09)),
            (Self::Field, Status::Disabled) => Some(p.hover),
            (Self::Field, Status::Pressed) => Some(p.hover),
            (Self::Field, _) => Some(p.surface),
            (Self::Row { selected: true }, Status::Pressed) => Some(deeper(p.selected, 0.04)),
            (Self::Row { selected: true }, _) => Some(p.selected),
            (Self::Row { selected: false }, Status::Hovered) => Some(hover),
            (Self::Row { selected: false }, Status::Pressed) => Some(held),
            (Self::Row { selected: false }, Status::Resting | Status::Disabled) => None,
        }
    }

    /// The edge, if any: its width and colour.
    pub(super) fn edge(self, look: Look, status: Status) -> Option<(f32, Color)> {
        let p = look.palette;
        match (self, status) {
            (Self::Field, Status::Hovered | Status::Pressed) => Some((1.5, mix(p.edge, p.muted, 0.4))),
            (Self::Field, _) => Some((1.5, p.edge)),
            (Self::Button(Kind::Outlined), _) => Some((1.0, p.edge)),
            (Self::Key, _) => Some((1.0, p.line)),
            // The quiet fill of what is chosen is the ground of our messages, too.
            (Self::Chip { own: true, chosen: true }, _) => Some((1.0, p.accent)),
            _ => None,
        }
    }

    /// Words and signs of a button.
    pub(super) fn ink(self, look: Look, enabled: bool, sign_only: bool) -> Color {
        let p = look.palette;
        match self {
            _ if !enabled => p.faint,
            Self::Button(Kind::Primary) => p.on_accent,
            Self::Button(Kind::Destroy) => p.on_danger,
            Self::Button(Kind::Ghost) => p.accent_text,
            Self::Button(Kind::Plain) if sign_only => p.muted,
            Self::Chip { chosen: true, .. } => p.accent_text,
            Self::Chip { .. } => p.muted,
            Self::Button(Kind::Plain | Kind::Outlined) | Self::Row { .. } | Self::Field | Self::Key => p.text,
            Self::Button(Kind::Danger) => p.danger,
        }
    }
}

/// The ground of a chip.
fn chip(p: &Palette, own: bool, chosen: bool) -> Color {
    match (own, chosen) {
        (false, true) => p.accent_soft,
        (false, false) => p.active(),
        (true, true) => p.raised,
        (true, false) => mix(p.bubble_out, p.raised, 0.6),
    }
}
