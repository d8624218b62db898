//! The fonts that come with the program, so that it looks the same on every machine.

use iced::Font;
use iced::advanced::graphics::text::{cosmic_text::fontdb, font_system};
use iced::font::{Style, Weight};
use std::sync::{Arc, Once};

/// The interface.
pub const REGULAR: Font = Font::with_name("Inter");
/// Quiet emphasis: second buttons, chosen tabs.
pub const MEDIUM: Font = Font { weight: Weight::Medium, ..REGULAR };
/// Names, titles, main buttons.
pub const SEMIBOLD: Font = Font { weight: Weight::Semibold, ..REGULAR };
/// Slanted words in messages.
pub const ITALIC: Font = Font { style: Style::Italic, ..REGULAR };
/// Strong slanted words in messages.
pub const SEMIBOLD_ITALIC: Font = Font { style: Style::Italic, ..SEMIBOLD };
/// Code.
pub const MONO: Font = Font::with_name("JetBrains Mono");
/// Emoji in colour. Fall-back alone would find monochrome ones first on many machines.
pub const EMOJI: Font = Font::with_name("Noto Color Emoji");

macro_rules! font {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts/", $name))
    };
}

static FILES: [&[u8]; 7] = [
    font!("Inter-Regular.otf"),
    font!("Inter-Medium.otf"),
    font!("Inter-SemiBold.otf"),
    font!("Inter-Italic.otf"),
    font!("Inter-SemiBoldItalic.otf"),
    font!("JetBrainsMono-Regular.ttf"),
    font!("NotoColorEmoji.ttf"),
];

/// Makes the fonts known to the renderer. Must run before the first text is drawn; later calls do nothing.
///
/// iced's own `load_font` copies even static bytes; here the emoji font stays in the program file, of which only
/// the pages that are drawn are read.
pub fn load() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let Ok(mut system) = font_system().write() else { return };
        let db = system.raw().db_mut();
        for bytes in FILES {
            let _ids = db.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        db.set_sans_serif_family("Inter");
        db.set_monospace_family("JetBrains Mono");
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_is_found_by_its_name_and_weight() {
        load();
        load();
        let mut system = font_system().write().unwrap();
        let db = system.raw().db_mut();
        for (name, weight, style) in [
            ("Inter", 400, fontdb::Style::Normal),
            ("Inter", 500, fontdb::Style::Normal),
            ("Inter", 600, fontdb::Style::Normal),
            ("Inter", 400, fontdb::Style::Italic),
            ("Inter", 600, fontdb::Style::Italic),
            ("JetBrains Mono", 400, fontdb::Style::Normal),
            ("Noto Color Emoji", 400, fontdb::Style::Normal),
        ] {
            let bundled = db.faces().filter(|face| {
                matches!(face.source, fontdb::Source::Binary(_))
                    && face.families.iter().any(|(family, _)| family == name)
                    && face.weight.0 == weight
                    && face.style == style
            });
            assert_eq!(bundled.count(), 1, "{name} {weight} {style:?}");
        }
    }
}
