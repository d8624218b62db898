//! How Heliograph looks: palettes for day and night, usual and high contrast, in five accents; one set of
//! measures, one family of fonts.
//!
//! A [`Look`] is handed to every view function. No widget writes a colour, a text size or a font of its own.

mod accent;
pub mod fonts;
mod palette;
pub mod tokens;

pub use accent::{Accent, Theme};
pub use palette::{DAY, NIGHT, Palette, mix};

use std::sync::LazyLock;

/// Everything that a view needs to know about looks. Small and `Copy`: hand it on by value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The colours.
    pub palette: &'static Palette,
    /// The text size that the person chose: 1.0 is 100 %, from 0.8 to 2.0.
    pub text: f32,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
    /// Where reading begins. Views are mirrored through [`crate::widget::flow`].
    pub direction: Direction,
}

/// Where reading begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// At the left, as in English.
    #[default]
    LeftToRight,
    /// At the right, as in Arabic.
    RightToLeft,
}

impl Default for Look {
    fn default() -> Self {
        Self::day()
    }
}

impl Look {
    /// Warm paper.
    pub const fn day() -> Self {
        Self { palette: &DAY, text: 1.0, reduce_motion: false, direction: Direction::LeftToRight }
    }

    /// Amber lamp.
    pub const fn night() -> Self {
        Self { palette: &NIGHT, text: 1.0, reduce_motion: false, direction: Direction::LeftToRight }
    }

    /// The look of a theme.
    pub fn of(theme: Theme) -> Self {
        Self { palette: Palette::of(theme), ..Self::default() }
    }

    /// The same with another text size, kept within 80 % and 200 %.
    pub fn with_text(self, text: f32) -> Self {
        let text = if text.is_finite() { text.clamp(0.8, 2.0) } else { 1.0 };
        Self { text, ..self }
    }

    /// A length that grows with the text: text sizes, and the heights of controls that hold text.
    pub fn size(self, px: f32) -> f32 {
        px * self.text
    }

    /// Text size of messages and of most of the interface.
    pub fn body(self) -> f32 {
        self.size(14.0)
    }

    /// Text size of sender names and quotes.
    pub fn name(self) -> f32 {
        self.size(13.0)
    }

    /// Text size of second lines.
    pub fn second(self) -> f32 {
        self.size(12.0)
    }

    /// Text size of times.
    pub fn time(self) -> f32 {
        self.size(11.0)
    }

    /// Text size of titles of a whole screen.
    pub fn title(self) -> f32 {
        self.size(24.0)
    }

    /// The same colours in iced's words, for the widgets of iced that we wrap.
    pub fn theme(self) -> iced::Theme {
        static THEMES: LazyLock<Vec<(Theme, iced::Theme)>> =
            LazyLock::new(|| Theme::all().map(|theme| (theme, custom(theme))).collect());
        let wanted = self.palette.theme;
        let found = THEMES.iter().find(|(theme, _)| *theme == wanted);
        found.map_or_else(|| custom(wanted), |(_, theme)| theme.clone())
    }
}

fn custom(theme: Theme) -> iced::Theme {
    let palette = Palette::of(theme);
    iced::Theme::custom(
        theme.name(),
        iced::theme::Palette {
            background: palette.bg,
            text: palette.text,
            primary: palette.accent,
            success: palette.ok,
            warning: palette.warning,
            danger: palette.danger,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_size_scales_and_stays_in_bounds() {
        assert_eq!(Look::day().with_text(1.5).body(), 21.0);
        assert_eq!(Look::day().with_text(9.0).text, 2.0);
        assert_eq!(Look::day().with_text(0.1).text, 0.8);
        assert_eq!(Look::day().with_text(f32::NAN).text, 1.0);
    }

    #[test]
    fn every_theme_has_a_palette_of_its_own() {
        for theme in Theme::all() {
            assert_eq!(Palette::of(theme).theme, theme);
            assert_eq!(Look::of(theme).theme().palette().primary, Palette::of(theme).accent);
        }
        assert_eq!(Look::of(Theme::default()), Look::day());
        assert_eq!(Look::of(Theme { night: true, ..Theme::default() }), Look::night());
    }

    #[test]
    fn day_and_night_are_different_themes() {
        assert_ne!(Look::day().theme().palette().background, Look::night().theme().palette().background);
    }
}
