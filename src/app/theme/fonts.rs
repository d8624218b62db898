//! The fonts that come with the program, so that it looks the same on every machine.

use iced::Font;
use iced::advanced::graphics::text::{cosmic_text::fontdb, font_system};
use iced::font::{Style, Weight};
use std::collections::{HashMap, HashSet};
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

/// What fall-back asks for first where letters are Arabic. Ours goes by that name, so that the letters look the same on
/// every machine, in every weight.
const ARABIC: &str = if cfg!(target_os = "windows") {
    "Segoe UI"
} else if cfg!(target_os = "macos") {
    "Geeza Pro"
} else {
    "Noto Sans Arabic"
};

static ARABIC_FILES: [&[u8]; 3] =
    [font!("Vazirmatn-NL-Regular.ttf"), font!("Vazirmatn-NL-Medium.ttf"), font!("Vazirmatn-NL-SemiBold.ttf")];

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
        load_arabic(db);
        weigh(db);
        slant(db);
        db.set_sans_serif_family("Inter");
        db.set_monospace_family("JetBrains Mono");
    });
}

/// The same, and forgets the fonts of this machine: what is drawn looks the same on every one.
#[cfg(test)]
pub(crate) fn load_only() {
    static ONCE: Once = Once::new();
    load();
    ONCE.call_once(|| {
        let Ok(mut system) = font_system().write() else { return };
        let db = system.raw().db_mut();
        let ours = |face: &fontdb::FaceInfo| matches!(face.source, fontdb::Source::Binary(_));
        let others: Vec<_> = db.faces().filter(|face| !ours(face)).map(|face| face.id).collect();
        others.into_iter().for_each(|id| db.remove_face(id));
    });
}

fn load_arabic(db: &mut fontdb::Database) {
    let named = |face: &fontdb::FaceInfo| face.families.iter().any(|(family, _)| family == ARABIC);
    // Windows has much more than Arabic in its font of that name.
    if !cfg!(target_os = "windows") {
        let others: Vec<_> = db.faces().filter(|face| named(face)).map(|face| face.id).collect();
        others.into_iter().for_each(|id| db.remove_face(id));
    }
    for bytes in ARABIC_FILES {
        for id in db.load_font_source(fontdb::Source::Binary(Arc::new(bytes))) {
            let Some(mut face) = db.face(id).cloned() else { continue };
            db.remove_face(id);
            face.families.extend(face.families.first().map(|(_, language)| (ARABIC.to_owned(), *language)));
            // Arabic has no slanted letters: where slanted words are asked for, upright ones stand in.
            let slanted = fontdb::FaceInfo { style: fontdb::Style::Italic, ..face.clone() };
            let _ids = [db.push_face_info(face), db.push_face_info(slanted)];
        }
    }
}

/// Lets the nearest weight stand in for those of ours that a script has no letters of, of which strong words first: the bold
/// ones.
///
/// Fall-back looks for the font of a script only among faces of the very weight that is wanted: for a strong Chinese word,
/// where there are bold letters but no half-bold ones, it opens every font of the machine, one by one, and takes the first
/// that has it, whatever it looks like.
fn weigh(db: &mut fontdb::Database) {
    type Group = (String, fontdb::Style);
    let mut groups: HashMap<Group, Vec<(u16, fontdb::ID)>> = HashMap::new();
    for face in db.faces().filter(|face| face.stretch == fontdb::Stretch::Normal) {
        if let Some((family, _)) = face.families.first().filter(|_| !face.post_script_name.contains("Emoji")) {
            groups.entry((family.clone(), face.style)).or_default().push((face.weight.0, face.id));
        }
    }
    for faces in groups.into_values() {
        for wanted in [500, 600] {
            let far = |weight: u16| match wanted {
                // Strong words are better too strong than not at all.
                600 if weight > wanted => (false, weight - wanted),
                _ => (weight > wanted, weight.abs_diff(wanted)),
            };
            let Some((weight, id)) = faces.iter().min_by_key(|(weight, _)| far(*weight)) else { continue };
            if *weight != wanted
                && let Some(face) = db.face(*id).cloned()
            {
                let _id = db.push_face_info(fontdb::FaceInfo { weight: fontdb::Weight(wanted), ..face });
            }
        }
    }
}

/// Lets upright letters stand in where slanted ones are asked for and the script has none.
///
/// Fall-back looks only among faces of the style that is wanted: slanted Chinese would be boxes, and before it says so
/// it opens every slanted font of the machine, for tens of milliseconds.
fn slant(db: &mut fontdb::Database) {
    let family = |face: &fontdb::FaceInfo| face.families.first().map(|(name, _)| name.clone());
    let of = |style| {
        let faces = db.faces().filter(move |face| face.style == style && face.stretch == fontdb::Stretch::Normal);
        faces.filter_map(family).collect::<HashSet<_>>()
    };
    let (italic, oblique) = (of(fontdb::Style::Italic), of(fontdb::Style::Oblique));
    let stands_in = |face: &&fontdb::FaceInfo| {
        let Some(family) = family(face).filter(|family| !italic.contains(family)) else { return false };
        let wanted = if oblique.contains(&family) { fontdb::Style::Oblique } else { fontdb::Style::Normal };
        face.style == wanted && !face.post_script_name.contains("Emoji")
    };
    let faces: Vec<_> = db.faces().filter(stands_in).cloned().collect();
    for face in faces {
        let _id = db.push_face_info(fontdb::FaceInfo { style: fontdb::Style::Italic, ..face });
    }
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

    fn face(family: &str, style: fontdb::Style, weight: u16) -> fontdb::FaceInfo {
        fontdb::FaceInfo {
            id: fontdb::ID::dummy(),
            source: fontdb::Source::Binary(Arc::new([])),
            index: u32::from(weight),
            families: vec![(family.to_owned(), fontdb::Language::English_UnitedStates)],
            post_script_name: family.replace(' ', ""),
            style,
            weight: fontdb::Weight(weight),
            stretch: fontdb::Stretch::Normal,
            monospaced: false,
        }
    }

    #[test]
    fn strong_words_have_letters_in_every_script() {
        use fontdb::Style::{Italic, Normal};
        let mut db = fontdb::Database::new();
        for (family, style, weight) in [
            ("Chinese", Normal, 400),
            ("Chinese", Normal, 700),
            ("Signs", Normal, 400),
            ("Thin", Normal, 100),
            ("Thin", Normal, 900),
            ("Whole", Normal, 400),
            ("Whole", Normal, 500),
            ("Whole", Normal, 600),
            ("Whole", Italic, 400),
            ("Colour Emoji", Normal, 400),
        ] {
            db.push_face_info(face(family, style, weight));
        }
        weigh(&mut db);
        let mut found: Vec<_> = db
            .faces()
            .filter(|face| [500, 600].contains(&face.weight.0))
            .map(|face| (face.families[0].0.as_str(), face.style == Italic, face.weight.0, face.index))
            .collect();
        found.sort_unstable();
        let expected = [
            ("Chinese", false, 500, 400),
            ("Chinese", false, 600, 700),
            ("Signs", false, 500, 400),
            ("Signs", false, 600, 400),
            ("Thin", false, 500, 100),
            ("Thin", false, 600, 900),
            ("Whole", false, 500, 500),
            ("Whole", false, 600, 600),
            ("Whole", true, 500, 400),
            ("Whole", true, 600, 400),
        ];
        assert_eq!(found, expected);
        let count = db.len();
        weigh(&mut db);
        assert_eq!(db.len(), count, "once is enough");
    }

    #[test]
    fn the_font_of_a_script_is_taken_for_strong_words_too() {
        use iced::advanced::graphics::text::cosmic_text::{
            Attrs, Buffer, Family, FontSystem, Metrics, Shaping, Weight,
        };
        let with = |weighed: bool| {
            let mut db = fontdb::Database::new();
            let mut add = |bytes: &'static [u8], family: &str, weight: u16| {
                for id in db.load_font_source(fontdb::Source::Binary(Arc::new(bytes))) {
                    let face = db.face(id).cloned().unwrap();
                    db.remove_face(id);
                    let families = vec![(family.to_owned(), fontdb::Language::English_UnitedStates)];
                    let _id = db.push_face_info(fontdb::FaceInfo { families, weight: fontdb::Weight(weight), ..face });
                }
            };
            add(FILES[2], "Inter", 600);
            // It has the letters as well, and a weight that is nearer.
            add(ARABIC_FILES[2], "Any Other", 700);
            add(ARABIC_FILES[0], ARABIC, 400);
            if weighed {
                weigh(&mut db);
            }
            let mut system = FontSystem::new_with_locale_and_db("en-US".into(), db);
            let mut buffer = Buffer::new(&mut system, Metrics::new(14.0, 20.0));
            let attrs = Attrs::new().family(Family::Name("Inter")).weight(Weight(600));
            buffer.set_text(&mut system, "يكتب", &attrs, Shaping::Advanced, None);
            buffer.shape_until_scroll(&mut system, false);
            let font = buffer.layout_runs().flat_map(|run| run.glyphs.iter()).next().unwrap().font_id;
            system.db().face(font).unwrap().families[0].0.clone()
        };
        assert_eq!((with(false).as_str(), with(true).as_str()), ("Any Other", ARABIC));
    }

    #[test]
    fn slanted_words_have_letters_in_every_script_that_upright_ones_have() {
        let mut db = fontdb::Database::new();
        use fontdb::Style::{Italic, Normal, Oblique};
        for (family, style, weight) in [
            ("Chinese", Normal, 400),
            ("Chinese", Normal, 700),
            ("Latin", Normal, 400),
            ("Latin", Italic, 400),
            ("Signs", Normal, 400),
            ("Signs", Oblique, 400),
            ("Colour Emoji", Normal, 400),
        ] {
            db.push_face_info(face(family, style, weight));
        }
        slant(&mut db);
        let mut slanted: Vec<_> = db
            .faces()
            .filter(|face| face.style == Italic)
            .map(|face| (face.families[0].0.clone(), face.weight.0))
            .collect();
        slanted.sort();
        let expected = [("Chinese", 400), ("Chinese", 700), ("Latin", 400), ("Signs", 400)];
        assert_eq!(slanted, expected.map(|(family, weight)| (family.to_owned(), weight)));
        let count = db.len();
        slant(&mut db);
        assert_eq!(db.len(), count, "once is enough");
    }

    #[test]
    fn arabic_is_ours_in_every_weight_and_marks_of_direction_are_not_drawn() {
        use iced::advanced::graphics::text::cosmic_text::{Attrs, Buffer, Family, Metrics, Shaping, Weight};
        load();
        let mut system = font_system().write().unwrap();
        let system = system.raw();
        for (weight, style) in
            [(400, fontdb::Style::Normal), (500, fontdb::Style::Normal), (600, fontdb::Style::Italic)]
        {
            let mut buffer = Buffer::new(system, Metrics::new(14.0, 20.0));
            let attrs = Attrs::new().family(Family::Name("Inter")).weight(Weight(weight)).style(style);
            buffer.set_text(system, "يكتب، \u{2068}Mara\u{2069}\u{200f}", &attrs, Shaping::Advanced, None);
            buffer.shape_until_scroll(system, false);
            for glyph in buffer.layout_runs().flat_map(|run| run.glyphs.iter()) {
                let letter = "يكتب، \u{2068}Mara\u{2069}\u{200f}".get(glyph.start..glyph.end).unwrap();
                let face = system.db().face(glyph.font_id).unwrap();
                let expected = if "يكتب،".contains(letter) { "Vazirmatn NL" } else { "Inter" };
                assert_eq!(face.families[0].0, expected, "{letter:?} at {weight}");
                assert_eq!(face.weight.0, weight);
                assert_ne!(glyph.glyph_id, 0, "{letter:?}");
                if ["\u{2068}", "\u{2069}", "\u{200f}"].contains(&letter) {
                    assert_eq!(glyph.w, 0.0);
                }
            }
        }
    }
}
