//! Tells emoji from other characters, so that they can be drawn in colour.
//!
//! Fall-back alone finds monochrome pictures first in many system fonts; so the colour font is asked for by name.

use heliograph_model::{Entity, EntityKind, FormattedText};
use unicode_segmentation::UnicodeSegmentation;

/// Whether there can be no emoji in it: all of them stand, or have their U+FE0F, at U+2000 or above, where the first byte
/// is 0xE2 or more. Latin, Greek, Cyrillic, Hebrew and Arabic letters do not.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0xe2)
}

/// Cuts text into stretches that are emoji throughout or not at all.
pub fn stretches(text: &str) -> Vec<(&str, bool)> {
    if is_plain(text) {
        return if text.is_empty() { Vec::new() } else { vec![(text, false)] };
    }
    let mut out = Vec::new();
    let (mut start, mut kind) = (0, None);
    for (at, cluster) in text.grapheme_indices(true) {
        let emoji = is_emoji(cluster);
        if kind != Some(emoji) {
            if let (Some(kind), Some(stretch)) = (kind, text.get(start..at)) {
                out.push((stretch, kind));
            }
            (start, kind) = (at, Some(emoji));
        }
    }
    if let (Some(kind), Some(stretch)) = (kind, text.get(start..)) {
        out.push((stretch, kind));
    }
    out
}

/// How many emoji a text is, from one to three, if it is nothing else: these are drawn large.
pub fn only(text: &FormattedText) -> Option<u8> {
    let pictured = |entity: &Entity| matches!(entity.kind, EntityKind::CustomEmoji(_));
    // Three families of four with tones are longer than most words.
    if text.text.len() > 200 || text.text.is_empty() || !text.entities.iter().all(pictured) {
        return None;
    }
    if is_plain(&text.text) && text.entities.is_empty() {
        return None;
    }
    let mut count = 0;
    for (at, cluster) in text.text.grapheme_indices(true) {
        let custom = text.entities.iter().any(|entity| entity.start <= at && at < entity.end);
        if cluster == " " {
            continue;
        }
        if !(custom || is_emoji(cluster)) {
            return None;
        }
        count += 1;
    }
    (1..=3).contains(&count).then_some(count)
}

/// Whether a grapheme cluster is to be drawn as a picture.
pub fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return false };
    // U+FE0F asks for the picture, U+FE0E for the sign (unicode.org/reports/tr51).
    match chars.next() {
        Some('\u{fe0f}') => true,
        Some('\u{fe0e}') => false,
        // Several that are joined to one: a heart on fire.
        Some('\u{200d}') => default_emoji(first) || chars.any(default_emoji),
        _ => default_emoji(first),
    }
}

/// Characters that are pictures unless said otherwise (Emoji_Presentation of emoji-data.txt, Unicode 16), and the heart:
/// Telegram's programs send it without U+FE0F and mean the red one.
fn default_emoji(c: char) -> bool {
    matches!(c,
        '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23ec}' | '\u{23f0}' | '\u{23f3}' | '\u{25fd}'..='\u{25fe}'
        | '\u{2614}'..='\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{267f}' | '\u{2693}' | '\u{26a1}'
        | '\u{26aa}'..='\u{26ab}' | '\u{26bd}'..='\u{26be}' | '\u{26c4}'..='\u{26c5}' | '\u{26ce}' | '\u{26d4}'
        | '\u{26ea}' | '\u{26f2}'..='\u{26f3}' | '\u{26f5}' | '\u{26fa}' | '\u{26fd}' | '\u{2705}'
        | '\u{270a}'..='\u{270b}' | '\u{2728}' | '\u{2764}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2755}' | '\u{2757}'
        | '\u{2795}'..='\u{2797}' | '\u{27b0}' | '\u{27bf}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{1f004}' | '\u{1f0cf}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f1e6}'..='\u{1f1ff}'
        | '\u{1f201}' | '\u{1f21a}' | '\u{1f22f}' | '\u{1f232}'..='\u{1f236}' | '\u{1f238}'..='\u{1f23a}'
        | '\u{1f250}'..='\u{1f251}' | '\u{1f300}'..='\u{1f320}' | '\u{1f32d}'..='\u{1f335}'
        | '\u{1f337}'..='\u{1f37c}' | '\u{1f37e}'..='\u{1f393}' | '\u{1f3a0}'..='\u{1f3ca}'
        | '\u{1f3cf}'..='\u{1f3d3}' | '\u{1f3e0}'..='\u{1f3f0}' | '\u{1f3f4}' | '\u{1f3f8}'..='\u{1f43e}'
        | '\u{1f440}' | '\u{1f442}'..='\u{1f4fc}' | '\u{1f4ff}'..='\u{1f53d}' | '\u{1f54b}'..='\u{1f54e}'
        | '\u{1f550}'..='\u{1f567}' | '\u{1f57a}' | '\u{1f595}'..='\u{1f596}' | '\u{1f5a4}'
        | '\u{1f5fb}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6c5}' | '\u{1f6cc}' | '\u{1f6d0}'..='\u{1f6d2}'
        | '\u{1f6d5}'..='\u{1f6d7}' | '\u{1f6dc}'..='\u{1f6df}' | '\u{1f6eb}'..='\u{1f6ec}'
        | '\u{1f6f4}'..='\u{1f6fc}' | '\u{1f7e0}'..='\u{1f7eb}' | '\u{1f7f0}' | '\u{1f90c}'..='\u{1f93a}'
        | '\u{1f93c}'..='\u{1f945}' | '\u{1f947}'..='\u{1f9ff}' | '\u{1fa70}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_cut_out() {
        assert_eq!(stretches("hi"), [("hi", false)]);
        assert_eq!(stretches(""), []);
        assert_eq!(stretches("ok 👍🏽❤️ да"), [("ok ", false), ("👍🏽❤️", true), (" да", false)]);
        assert_eq!(stretches("👨‍👩‍👧🇸🇪1️⃣"), [("👨‍👩‍👧🇸🇪1️⃣", true)]);
        assert_eq!(stretches("a\u{2764}b"), [("a", false), ("\u{2764}", true), ("b", false)], "as Telegram sends it");
        assert_eq!(stretches("\u{2764}\u{200d}🔥"), [("\u{2764}\u{200d}🔥", true)]);
    }

    #[test]
    fn what_cannot_hold_emoji_is_told_by_its_bytes() {
        assert!(["mast", "Łódź", "вахта", "المنارة", "משמרת"].into_iter().all(is_plain));
        // Every emoji stands higher, or has a sign behind it that does.
        for emoji in (0x2000..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| default_emoji(*c)) {
            assert!(!is_plain(&emoji.to_string()));
        }
        assert!((0..0x2000).filter_map(char::from_u32).all(|c| !default_emoji(c)));
        assert!(["1\u{fe0f}", "\u{a9}\u{fe0f}", "#\u{fe0f}\u{20e3}"].into_iter().all(|text| !is_plain(text)));
    }

    #[test]
    fn signs_stay_signs() {
        for sign in ["1", "#", "©", "™", "✓", "→", "★", "☎", "漢", "ж", "❤\u{fe0e}"] {
            assert!(!is_emoji(sign), "{sign}");
        }
    }
}
