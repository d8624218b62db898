//! Which words may stand on which ground. Whoever puts a text token on another one adds it here; a test computes the
//! contrast of every pair in every theme.

use super::palette::Palette;
use iced::Color;

/// A ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The window.
    Bg,
    /// Behind the messages.
    Wall,
    /// List, header, composer, cards.
    Surface,
    /// Incoming bubbles, menus, dialogs, toasts.
    Raised,
    /// The rail.
    Rail,
    /// A row under the pointer.
    Hover,
    /// The chosen row.
    Selected,
    /// The active line of a menu.
    Active,
    /// What is chosen, banners that inform.
    AccentSoft,
    /// Our own messages.
    BubbleOut,
    /// Banners that warn.
    WarningSoft,
    /// Banners that say what went wrong.
    DangerSoft,
    /// Quiet badges.
    Quiet,
    /// The accent as a fill.
    Accent,
    /// Danger as a fill.
    Danger,
    /// Chosen words.
    Selection,
    /// Grounds of initials.
    Avatars,
}

/// A colour of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words.
    Text,
    /// Second lines.
    Muted,
    /// Times and hints.
    Faint,
    /// Words in the accent's hue.
    AccentText,
    /// Links.
    Link,
    /// What went wrong, what takes away.
    Danger,
    /// What is well.
    Ok,
    /// What to beware of.
    Warning,
    /// On the accent.
    OnAccent,
    /// On danger.
    OnDanger,
    /// Names of senders.
    Names,
    /// Initials.
    Initials,
}

use Ground::{
    Accent, AccentSoft, Active, Avatars, Bg, BubbleOut, Danger, DangerSoft, Hover, Quiet, Rail, Raised, Selected,
    Selection, Surface, Wall, WarningSoft,
};

/// Where each text token is allowed.
pub const ALLOWED: &[(Ink, &[Ground])] = &[
    (
        Ink::Text,
        &[
            Bg,
            Wall,
            Surface,
            Raised,
            Rail,
            Hover,
            Selected,
            Active,
            AccentSoft,
            BubbleOut,
            WarningSoft,
            DangerSoft,
            Quiet,
            Selection,
        ],
    ),
    (
        Ink::Muted,
        &[
            Bg,
            Wall,
            Surface,
            Raised,
            Rail,
            Hover,
            Selected,
            Active,
            AccentSoft,
            BubbleOut,
            WarningSoft,
            DangerSoft,
            Quiet,
        ],
    ),
    (Ink::Faint, &[Surface, Raised]),
    (Ink::AccentText, &[Bg, Wall, Surface, Raised, Rail, Hover, Selected, Active, AccentSoft, BubbleOut]),
    (
        Ink::Link,
        &[Bg, Wall, Surface, Raised, Hover, Selected, AccentSoft, BubbleOut, WarningSoft, DangerSoft, Selection],
    ),
    (Ink::Danger, &[Bg, Wall, Surface, Raised, Rail, Hover, Selected, Active, AccentSoft, BubbleOut, DangerSoft]),
    (Ink::Ok, &[Bg, Surface]),
    (Ink::Warning, &[Bg, Wall, Surface, Raised, Rail, Hover, WarningSoft]),
    (Ink::OnAccent, &[Accent]),
    (Ink::OnDanger, &[Danger]),
    (Ink::Names, &[Surface, Raised, BubbleOut, Hover]),
    (Ink::Initials, &[Avatars]),
];

impl Ground {
    /// The colours that it has in a palette.
    pub fn colors(self, p: &Palette) -> Vec<Color> {
        match self {
            Bg => vec![p.bg],
            Wall => vec![p.wall],
            Surface => vec![p.surface],
            Raised => vec![p.raised],
            Rail => vec![p.rail],
            Hover => vec![p.hover],
            Selected => vec![p.selected],
            Active => vec![p.active()],
            AccentSoft => vec![p.accent_soft],
            BubbleOut => vec![p.bubble_out],
            WarningSoft => vec![p.warning_soft],
            DangerSoft => vec![p.danger_soft],
            Quiet => vec![p.quiet],
            Selection => vec![p.selection],
            Accent => vec![p.accent],
            Danger => vec![p.danger],
            Avatars => p.avatars.to_vec(),
        }
    }
}

impl Ink {
    /// The colours that it has in a palette.
    pub fn colors(self, p: &Palette) -> Vec<Color> {
        match self {
            Self::Text => vec![p.text],
            Self::Muted => vec![p.muted],
            Self::Faint => vec![p.faint],
            Self::AccentText => vec![p.accent_text],
            Self::Link => vec![p.link],
            Self::Danger => vec![p.danger],
            Self::Ok => vec![p.ok],
            Self::Warning => vec![p.warning],
            Self::OnAccent => vec![p.on_accent],
            Self::OnDanger => vec![p.on_danger],
            Self::Names => p.names.to_vec(),
            Self::Initials => vec![Color::WHITE],
        }
    }
}

/// How much two colours differ, from 1 to 21 (WCAG 2.2, success criterion 1.4.3).
pub fn contrast(a: Color, b: Color) -> f32 {
    let luminance = |c: Color| {
        let channel = |v: f32| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn the_measure_is_right() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color::from_rgb8(0x76, 0x76, 0x76), Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn words_can_be_read_wherever_they_are_allowed_in_every_theme() {
        let mut poor = Vec::new();
        let mut pairs = 0;
        for theme in Theme::all() {
            let palette = Palette::of(theme);
            let least = if theme.contrast { 7.0 } else { 4.5 };
            for (ink, grounds) in ALLOWED {
                for ground in *grounds {
                    for (over, under) in ink
                        .colors(palette)
                        .into_iter()
                        .flat_map(|over| ground.colors(palette).into_iter().map(move |under| (over, under)))
                    {
                        pairs += 1;
                        let ratio = contrast(over, under);
                        if ratio < least {
                            poor.push(format!("{theme:?}: {ink:?} on {ground:?} is {ratio:.2}"));
                        }
                    }
                }
            }
        }
        assert!(pairs > 20 * 90, "{pairs}");
        assert!(poor.is_empty(), "{} of {pairs}\n{}", poor.len(), poor.join("\n"));
    }

    #[test]
    fn rings_and_edges_can_be_seen() {
        let mut poor = Vec::new();
        for theme in Theme::all() {
            let p = Palette::of(theme);
            let grounds = [
                Bg,
                Wall,
                Surface,
                Raised,
                Rail,
                Hover,
                Selected,
                AccentSoft,
                BubbleOut,
                Active,
                WarningSoft,
                DangerSoft,
            ];
            // The ring of the keyboard, everywhere; in high contrast also the edges of controls and the hairlines.
            let mut lines = vec![("ring", p.accent)];
            if theme.contrast {
                lines.extend([("edge", p.edge), ("line", p.line)]);
            }
            for ground in grounds {
                for under in ground.colors(p) {
                    for (name, over) in &lines {
                        let ratio = contrast(*over, under);
                        if ratio < 3.0 {
                            poor.push(format!("{theme:?}: {name} on {ground:?} is {ratio:.2}"));
                        }
                    }
                }
            }
            // A switch that is off, and the knob on it.
            let off = contrast(p.faint, p.surface);
            if off < 3.0 {
                poor.push(format!("{theme:?}: a switch on a card is {off:.2}"));
            }
        }
        assert!(poor.is_empty(), "{}", poor.join("\n"));
    }

    #[test]
    fn accents_differ_from_each_other() {
        for theme in Theme::all() {
            for other in Theme::all().filter(|other| *other != theme) {
                assert_ne!(Palette::of(theme), Palette::of(other));
                if (theme.night, theme.contrast) == (other.night, other.contrast) {
                    assert_ne!(Palette::of(theme).accent, Palette::of(other).accent);
                    assert_ne!(Palette::of(theme).bubble_out, Palette::of(other).bubble_out);
                }
            }
        }
    }
}
