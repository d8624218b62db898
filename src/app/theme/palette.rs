//! The colours, by what they are for.

use super::accent::{Accent, Theme};
use iced::Color;

/// One colour for each purpose. The names are those of the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// The window.
    pub bg: Color,
    /// Behind the messages of a conversation.
    pub wall: Color,
    /// List, header, composer, cards.
    pub surface: Color,
    /// Incoming bubbles, menus, dialogs.
    pub raised: Color,
    /// The rail at the left edge.
    pub rail: Color,
    /// Hairlines and borders.
    pub line: Color,
    /// Rows under the pointer; the ground of fields.
    pub hover: Color,
    /// The chosen row.
    pub selected: Color,
    /// Words.
    pub text: Color,
    /// Second lines, and times in bubbles.
    pub muted: Color,
    /// Times and hints: on `surface`, by night also on `raised`.
    pub faint: Color,
    /// Fills: send, badges, progress, caret. By day never words (that is `accent_text`).
    pub accent: Color,
    /// Words and signs on `accent`.
    pub on_accent: Color,
    /// Quiet fill of what is chosen or our own.
    pub accent_soft: Color,
    /// Words in the accent's hue.
    pub accent_text: Color,
    /// Our own messages.
    pub bubble_out: Color,
    /// Links.
    pub link: Color,
    /// What went wrong, what takes away.
    pub danger: Color,
    /// What is well: words on `surface` and `bg` only, dots anywhere.
    pub ok: Color,
    /// Sender names, by hue: blue, rust, plum, green, teal, olive, brick.
    pub names: [Color; 7],
    /// Grounds of initials, by hue; their letters are white.
    pub avatars: [Color; 7],
    /// Something to beware of: words on every ground, signs.
    pub warning: Color,
    /// The ground of a warning.
    pub warning_soft: Color,
    /// The ground of what went wrong.
    pub danger_soft: Color,
    /// Words and signs on `danger` as a fill.
    pub on_danger: Color,
    /// Ground of what is there but quiet: badges of muted chats, disabled fills, the empty part of a bar.
    pub quiet: Color,
    /// Edges of what one can type into or switch.
    pub edge: Color,
    /// Behind words that are chosen to be copied.
    pub selection: Color,
    /// Laid over what waits behind a dialog.
    pub scrim: Color,
    /// Which of all palettes this is.
    pub theme: Theme,
    /// Whether this is a dark one.
    pub night: bool,
}

impl Palette {
    /// The ground of signs and words that stand on pictures, whatever these show.
    pub const ON_PICTURE: Color = Color { r: 0.0, g: 0.0, b: 0.0, a: 0.58 };
    /// These signs and words.
    pub const INK_ON_PICTURE: Color = Color::WHITE;

    /// The colour of a sender's name.
    pub fn name(&self, hue: u8) -> Color {
        self.names.get(usize::from(hue) % self.names.len()).copied().unwrap_or(self.text)
    }

    /// The ground of the active line of a menu.
    pub fn active(&self) -> Color {
        if self.night { mix(self.raised, self.text, 0.08) } else { self.hover }
    }

    /// The ground of a peer's initials.
    pub fn avatar(&self, hue: u8) -> Color {
        self.avatars.get(usize::from(hue) % self.avatars.len()).copied().unwrap_or(self.accent)
    }
}

impl Palette {
    /// The palette of a theme.
    pub fn of(theme: Theme) -> &'static Self {
        let (base, accent) = theme.place();
        PALETTES.get(base).and_then(|row| row.get(accent)).unwrap_or(&DAY)
    }
}

/// A colour between two.
pub fn mix(a: Color, b: Color, by: f32) -> Color {
    let between = |a: f32, b: f32| a + (b - a) * by;
    Color::from_rgba(between(a.r, b.r), between(a.g, b.g), between(a.b, b.b), between(a.a, b.a))
}

const fn hex(rgb: u32) -> Color {
    Color::from_rgb8((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const AVATARS: [Color; 7] =
    [hex(0x3E6A93), hex(0x9A5230), hex(0x7D4C90), hex(0x35704F), hex(0x2A6F77), hex(0x66702F), hex(0x8F4434)];
const STRONG_AVATARS: [Color; 7] =
    [hex(0x2D4E6C), hex(0x723D23), hex(0x633C72), hex(0x27533B), hex(0x1F5258), hex(0x484F21), hex(0x77382B)];

/// Warm paper.
pub static DAY: Palette = day(Accent::Amber);
/// Amber lamp.
pub static NIGHT: Palette = night(Accent::Amber);

/// By day and night, then the same in high contrast; each with every accent.
static PALETTES: [[Palette; 5]; 4] = [
    [day(Accent::Amber), day(Accent::Blue), day(Accent::Green), day(Accent::Plum), day(Accent::Rust)],
    [night(Accent::Amber), night(Accent::Blue), night(Accent::Green), night(Accent::Plum), night(Accent::Rust)],
    [
        strong_day(Accent::Amber),
        strong_day(Accent::Blue),
        strong_day(Accent::Green),
        strong_day(Accent::Plum),
        strong_day(Accent::Rust),
    ],
    [
        strong_night(Accent::Amber),
        strong_night(Accent::Blue),
        strong_night(Accent::Green),
        strong_night(Accent::Plum),
        strong_night(Accent::Rust),
    ],
];

/// The hues that an accent gives a palette: fill, words on it, quiet fill, words, our messages, chosen row.
struct Hues {
    accent: u32,
    on_accent: u32,
    accent_soft: u32,
    accent_text: u32,
    bubble_out: u32,
    selected: u32,
}

const fn hues(accent: u32, on_accent: u32, soft: u32, text: u32, bubble: u32, selected: u32) -> Hues {
    Hues { accent, on_accent, accent_soft: soft, accent_text: text, bubble_out: bubble, selected }
}

/// What is chosen in a text has another hue than our own messages have.
const fn other_hue(accent: Accent, with_blue: u32, else_blue: u32) -> Color {
    hex(if matches!(accent, Accent::Blue) { with_blue } else { else_blue })
}

const fn day(accent: Accent) -> Palette {
    let hues = match accent {
        Accent::Amber => hues(0xAD6410, 0xFFFFFF, 0xFBE8CC, 0x9C580C, 0xFCEBD2, 0xF3E7D3),
        Accent::Blue => hues(0x2B6DA9, 0xFFFFFF, 0xD8E8F6, 0x25629A, 0xE4EFF9, 0xE0E7EC),
        Accent::Green => hues(0x2B7751, 0xFFFFFF, 0xD6EFE2, 0x266D4B, 0xDEF2E8, 0xE0EBE1),
        Accent::Plum => hues(0x8E4B99, 0xFFFFFF, 0xF3E4F4, 0x834090, 0xF6EBF7, 0xEFE5EC),
        Accent::Rust => hues(0xB0472A, 0xFFFFFF, 0xF9E2DB, 0x9F3F22, 0xFBECE7, 0xF3E5DF),
    };
    Palette {
        bg: hex(0xF6F4EF),
        wall: hex(0xEFEBE2),
        surface: hex(0xFFFFFF),
        raised: hex(0xFFFFFF),
        rail: hex(0xECE8DF),
        line: hex(0xE2DDD2),
        hover: hex(0xF0ECE3),
        selected: hex(hues.selected),
        text: hex(0x23211D),
        muted: hex(0x686257),
        faint: hex(0x7A7468),
        accent: hex(hues.accent),
        on_accent: hex(hues.on_accent),
        accent_soft: hex(hues.accent_soft),
        accent_text: hex(hues.accent_text),
        bubble_out: hex(hues.bubble_out),
        link: hex(0x2A66A6),
        danger: hex(0xB3402F),
        ok: hex(0x2F7A4A),
        names: AVATARS,
        avatars: AVATARS,
        warning: hex(0x8A5A00),
        warning_soft: hex(0xFBEBC8),
        danger_soft: hex(0xFBE6E1),
        on_danger: hex(0xFFFFFF),
        quiet: hex(0xE4DFD4),
        edge: hex(0xE2DDD2),
        selection: other_hue(accent, 0xFCE4BC, 0xD4E7FA),
        scrim: Color { a: 0.42, ..hex(0x2A251C) },
        theme: Theme { night: false, contrast: false, accent },
        night: false,
    }
}

const fn night(accent: Accent) -> Palette {
    let hues = match accent {
        Accent::Amber => hues(0xF0A73C, 0x1B1306, 0x3B2F1B, 0xF0A73C, 0x3A301F, 0x2D2A24),
        Accent::Blue => hues(0x83B7E5, 0x07111B, 0x233343, 0x83B7E5, 0x263543, 0x272C34),
        Accent::Green => hues(0x62C796, 0x071B11, 0x203A2F, 0x62C796, 0x233A31, 0x262E2B),
        Accent::Plum => hues(0xCE9ED5, 0x18071B, 0x382B3F, 0xCE9ED5, 0x382D3F, 0x2D2A33),
        Accent::Rust => hues(0xE99D86, 0x1B0B07, 0x412A24, 0xE99D86, 0x402C27, 0x312A29),
    };
    Palette {
        bg: hex(0x17181B),
        wall: hex(0x17181B),
        surface: hex(0x1E2024),
        raised: hex(0x26282D),
        rail: hex(0x131417),
        line: hex(0x2E3036),
        hover: hex(0x24262B),
        selected: hex(hues.selected),
        text: hex(0xECEAE4),
        muted: hex(0xA8A499),
        faint: hex(0x96928A),
        accent: hex(hues.accent),
        on_accent: hex(hues.on_accent),
        accent_soft: hex(hues.accent_soft),
        accent_text: hex(hues.accent_text),
        bubble_out: hex(hues.bubble_out),
        link: hex(0x7FB2E8),
        danger: hex(0xEC8272),
        ok: hex(0x6FBF8B),
        names: [
            hex(0x8AB4DC),
            hex(0xE0976C),
            hex(0xC79BD8),
            hex(0x7FC29B),
            hex(0x74BFC7),
            hex(0xB5C06F),
            hex(0xE8978A),
        ],
        avatars: AVATARS,
        warning: hex(0xE5BF55),
        warning_soft: hex(0x38311B),
        danger_soft: hex(0x3D2724),
        on_danger: hex(0x220905),
        quiet: hex(0x2E3036),
        edge: hex(0x3A3D44),
        selection: other_hue(accent, 0x4F3B12, 0x22405F),
        scrim: Color { a: 0.55, ..hex(0x000000) },
        theme: Theme { night: true, contrast: false, accent },
        night: true,
    }
}

const fn strong_day(accent: Accent) -> Palette {
    let hues = match accent {
        Accent::Amber => hues(0x6C3F0A, 0xFFFFFF, 0xFBE8CC, 0x6C3F0A, 0xFCEBD2, 0xF3E7D3),
        Accent::Blue => hues(0x1B4A73, 0xFFFFFF, 0xD8E8F6, 0x1B4A73, 0xDFEBF7, 0xE0E7EC),
        Accent::Green => hues(0x1C4F36, 0xFFFFFF, 0xD6EFE2, 0x1C4F36, 0xDEF2E8, 0xE0EBE1),
        Accent::Plum => hues(0x63306B, 0xFFFFFF, 0xEFDDF1, 0x63306B, 0xF2E5F4, 0xEBE0E8),
        Accent::Rust => hues(0x772E18, 0xFFFFFF, 0xF8DED6, 0x772E18, 0xF9E5DF, 0xF1E1DA),
    };
    Palette {
        bg: hex(0xFFFFFF),
        wall: hex(0xF3F0E9),
        surface: hex(0xFFFFFF),
        raised: hex(0xFFFFFF),
        rail: hex(0xF3F0E9),
        line: hex(0x6B6458),
        hover: hex(0xEFEBE2),
        selected: hex(hues.selected),
        text: hex(0x000000),
        muted: hex(0x37332B),
        faint: hex(0x454037),
        accent: hex(hues.accent),
        on_accent: hex(hues.on_accent),
        accent_soft: hex(hues.accent_soft),
        accent_text: hex(hues.accent_text),
        bubble_out: hex(hues.bubble_out),
        link: hex(0x123F70),
        danger: hex(0x7A1F12),
        ok: hex(0x184B2B),
        names: STRONG_AVATARS,
        avatars: STRONG_AVATARS,
        warning: hex(0x573900),
        warning_soft: hex(0xFBEBC8),
        danger_soft: hex(0xFBE6E1),
        on_danger: hex(0xFFFFFF),
        quiet: hex(0xE8E3D8),
        edge: hex(0x5C564B),
        selection: other_hue(accent, 0xFFEBCB, 0xDCECFC),
        scrim: Color { a: 0.60, ..hex(0x000000) },
        theme: Theme { night: false, contrast: true, accent },
        night: false,
    }
}

const fn strong_night(accent: Accent) -> Palette {
    let hues = match accent {
        Accent::Amber => hues(0xFBB85E, 0x000000, 0x36270F, 0xFBB85E, 0x2E220F, 0x26200F),
        Accent::Blue => hues(0x8FC2EF, 0x000000, 0x112232, 0x8FC2EF, 0x111E2A, 0x101A23),
        Accent::Green => hues(0x6DDBA7, 0x000000, 0x142E22, 0x6DDBA7, 0x13281E, 0x12211A),
        Accent::Plum => hues(0xD8A9DF, 0x000000, 0x29172B, 0xD8A9DF, 0x231625, 0x1E141F),
        Accent::Rust => hues(0xF3AA94, 0x000000, 0x331810, 0xF3AA94, 0x2B1610, 0x24140F),
    };
    Palette {
        bg: hex(0x000000),
        wall: hex(0x000000),
        surface: hex(0x0B0B0D),
        raised: hex(0x17181B),
        rail: hex(0x000000),
        line: hex(0x8A877F),
        hover: hex(0x1C1D21),
        selected: hex(hues.selected),
        text: hex(0xFFFFFF),
        muted: hex(0xDAD7CF),
        faint: hex(0xCCC8BF),
        accent: hex(hues.accent),
        on_accent: hex(hues.on_accent),
        accent_soft: hex(hues.accent_soft),
        accent_text: hex(hues.accent_text),
        bubble_out: hex(hues.bubble_out),
        link: hex(0xA5CDF5),
        danger: hex(0xFFAFA2),
        ok: hex(0x8FDCAA),
        names: [
            hex(0xA1C3E3),
            hex(0xE9B495),
            hex(0xD5B4E2),
            hex(0x93CCAB),
            hex(0x8CCAD0),
            hex(0xBBC57A),
            hex(0xEEB0A7),
        ],
        avatars: STRONG_AVATARS,
        warning: hex(0xF2CE6B),
        warning_soft: hex(0x2C260F),
        danger_soft: hex(0x351A15),
        on_danger: hex(0x000000),
        quiet: hex(0x2A2B30),
        edge: hex(0x9A968D),
        selection: other_hue(accent, 0x3F2E0C, 0x18314E),
        scrim: Color { a: 0.70, ..hex(0x000000) },
        theme: Theme { night: true, contrast: true, accent },
        night: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_wrap_around() {
        assert_eq!(DAY.name(7), DAY.names[0]);
        assert_eq!(NIGHT.avatar(255), NIGHT.avatars[255 % 7]);
    }
}
