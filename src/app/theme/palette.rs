//! The colours, by what they are for.

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
    /// Whether this is the dark one.
    pub night: bool,
}

impl Palette {
    /// The colour of a sender's name.
    pub fn name(&self, hue: u8) -> Color {
        self.names.get(usize::from(hue) % self.names.len()).copied().unwrap_or(self.text)
    }

    /// The ground of a peer's initials.
    pub fn avatar(&self, hue: u8) -> Color {
        self.avatars.get(usize::from(hue) % self.avatars.len()).copied().unwrap_or(self.accent)
    }
}

const fn hex(rgb: u32) -> Color {
    Color::from_rgb8((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const AVATARS: [Color; 7] =
    [hex(0x3E6A93), hex(0x9A5230), hex(0x7D4C90), hex(0x35704F), hex(0x2A6F77), hex(0x66702F), hex(0x8F4434)];

/// Warm paper.
pub static DAY: Palette = Palette {
    bg: hex(0xF6F4EF),
    wall: hex(0xEFEBE2),
    surface: hex(0xFFFFFF),
    raised: hex(0xFFFFFF),
    rail: hex(0xECE8DF),
    line: hex(0xE2DDD2),
    hover: hex(0xF0ECE3),
    selected: hex(0xF3E7D3),
    text: hex(0x23211D),
    muted: hex(0x686257),
    faint: hex(0x7A7468),
    accent: hex(0xAD6410),
    on_accent: hex(0xFFFFFF),
    accent_soft: hex(0xFBE8CC),
    accent_text: hex(0x9C580C),
    bubble_out: hex(0xFCEBD2),
    link: hex(0x2A66A6),
    danger: hex(0xB3402F),
    ok: hex(0x2F7A4A),
    names: AVATARS,
    avatars: AVATARS,
    night: false,
};

/// Amber lamp.
pub static NIGHT: Palette = Palette {
    bg: hex(0x17181B),
    wall: hex(0x17181B),
    surface: hex(0x1E2024),
    raised: hex(0x26282D),
    rail: hex(0x131417),
    line: hex(0x2E3036),
    hover: hex(0x24262B),
    selected: hex(0x2D2A24),
    text: hex(0xECEAE4),
    muted: hex(0xA8A499),
    faint: hex(0x96928A),
    accent: hex(0xF0A73C),
    on_accent: hex(0x1B1306),
    accent_soft: hex(0x3B2F1B),
    accent_text: hex(0xF0A73C),
    bubble_out: hex(0x3A301F),
    link: hex(0x7FB2E8),
    danger: hex(0xEC8272),
    ok: hex(0x6FBF8B),
    names: [hex(0x8AB4DC), hex(0xE0976C), hex(0xC79BD8), hex(0x7FC29B), hex(0x74BFC7), hex(0xB5C06F), hex(0xE8978A)],
    avatars: AVATARS,
    night: true,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, success criterion 1.4.3.
    fn contrast(a: Color, b: Color) -> f32 {
        let luminance = |c: Color| {
            let channel = |v: f32| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
            0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_measure_is_right() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(hex(0x767676), Color::WHITE) - 4.54).abs() < 0.01);
    }

    /// Every text token on every surface that the design allows it on.
    #[test]
    fn words_can_be_read_by_day_and_by_night() {
        let mut poor = Vec::new();
        for p in [&DAY, &NIGHT] {
            let grounds = [
                ("bg", p.bg),
                ("wall", p.wall),
                ("surface", p.surface),
                ("raised", p.raised),
                ("rail", p.rail),
                ("hover", p.hover),
                ("selected", p.selected),
                ("accent_soft", p.accent_soft),
                ("bubble_out", p.bubble_out),
            ];
            let everywhere = |name: &'static str, color| grounds.map(|(ground, under)| (name, color, ground, under));
            let mut pairs = Vec::new();
            pairs.extend(everywhere("text", p.text));
            pairs.extend(everywhere("muted", p.muted));
            pairs.extend(everywhere("accent_text", p.accent_text));
            pairs.extend(everywhere("link", p.link));
            pairs.extend(everywhere("danger", p.danger));
            pairs.push(("faint", p.faint, "surface", p.surface));
            if p.night {
                pairs.push(("faint", p.faint, "raised", p.raised));
                pairs.extend(everywhere("ok", p.ok));
            } else {
                pairs.push(("ok", p.ok, "surface", p.surface));
                pairs.push(("ok", p.ok, "bg", p.bg));
            }
            pairs.push(("on_accent", p.on_accent, "accent", p.accent));
            for name in p.names {
                pairs.push(("name", name, "raised", p.raised));
                pairs.push(("name", name, "bubble_out", p.bubble_out));
                pairs.push(("name", name, "surface", p.surface));
            }
            for ground in p.avatars {
                pairs.push(("initials", Color::WHITE, "avatar", ground));
            }
            for (token, over, ground, under) in pairs {
                let ratio = contrast(over, under);
                if ratio < 4.5 {
                    poor.push(format!("night {}: {token} on {ground} is {ratio:.2}", p.night));
                }
            }
        }
        assert!(poor.is_empty(), "{}", poor.join("\n"));
    }

    #[test]
    fn hues_wrap_around() {
        assert_eq!(DAY.name(7), DAY.names[0]);
        assert_eq!(NIGHT.avatar(255), NIGHT.avatars[255 % 7]);
    }
}
