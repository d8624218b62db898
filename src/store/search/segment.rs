//! Words as they are searched: folded for case and diacritics, cut in any script.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// The index knows so many characters of a word.
pub(crate) const LONGEST: usize = 40;

/// A piece of a text that is searched as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Folded.
    pub text: String,
    pub kind: PieceKind,
    /// Where it stands in the text that was cut.
    pub range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters between what is none.
    Word,
    /// Characters of a script that is written without spaces between its words.
    Run,
}

/// Cuts a text into pieces.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Whether the next character may belong to the last piece.
    let mut open = None;
    for (at, c) in text.char_indices() {
        let kind = kind_of(c);
        let end = at + c.len_utf8();
        match (kind, pieces.last_mut()) {
            (None, _) if is_mark(c) => {
                // A mark that is folded away, or belongs to the letter before it.
                if let (Some(_), Some(piece)) = (open, pieces.last_mut()) {
                    fold(c, &mut piece.text);
                    piece.range.end = end;
                }
                continue;
            }
            (Some(kind), Some(piece)) if open == Some(kind) => {
                fold(c, &mut piece.text);
                piece.range.end = end;
            }
            (Some(kind), _) => {
                let mut text = String::new();
                fold(c, &mut text);
                pieces.push(Piece { text, kind, range: at..end });
            }
            (None, _) => {}
        }
        open = kind;
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn kind_of(c: char) -> Option<PieceKind> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(PieceKind::Word);
    }
    match u32::from(c) {
        // Thai, Lao, Myanmar, Khmer; kana, ideographs and what belongs to them; pictures of all sorts.
        0x0e00..=0x0eff
        | 0x1000..=0x109f
        | 0x1780..=0x17ff
        | 0x2e80..=0x2fdf
        | 0x3005..=0x3007
        | 0x3040..=0x30fa
        | 0x30fc..=0x30ff
        | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0xff66..=0xff9d
        | 0x1f000..=0x1faff
        | 0x20000..=0x3ffff => Some(PieceKind::Run),
        // The letters of which there are most, without a look into the tables.
        0x0410..=0x044f | 0x0620..=0x063f | 0x0641..=0x064a => Some(PieceKind::Word),
        _ if c.is_alphanumeric() => Some(PieceKind::Word),
        _ => None,
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Signs that tell words apart only for careful writers: accents, vowel signs of Hebrew and Arabic, stretching.
fn is_dropped(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0591..=0x05c7 | 0x0610..=0x061a | 0x0640 | 0x064b..=0x065f | 0x0670
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f)
}

/// Adds the folded form of a character.
pub(crate) fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match u32::from(c) {
        // Without case and marks: letters of Cyrillic and Arabic, ideographs.
        0x0430..=0x0438
        | 0x043a..=0x044f
        | 0x062a..=0x063a
        | 0x0641..=0x0648
        | 0x0627
        | 0x0628
        | 0x064a
        | 0x4e00..=0x9fff => out.push(c),
        _ => fold_any(c, out),
    }
}

fn fold_any(c: char, out: &mut String) {
    let plain = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        _ => "",
    };
    if !plain.is_empty() {
        out.push_str(plain);
        return;
    }
    for lower in c.to_lowercase() {
        match u32::from(lower) {
            // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and their presentation forms; letters of other shapes.
            // Elsewhere (Hangul, kana, Indic) what comes apart are letters of their own.
            0x00a0..=0x06ff
            | 0x1e00..=0x1fff
            | 0x2100..=0x218f
            | 0x2460..=0x24ff
            | 0xfb00..=0xfdff
            | 0xfe70..=0xffef
            | 0x1d400..=0x1d7ff => {
                // What falls apart into signs (fractions, "℀") keeps its letters only.
                let kept = |c: &char| !is_dropped(*c) && (c.is_alphanumeric() || is_mark(*c));
                out.extend(std::iter::once(lower).nfkd().flat_map(char::to_lowercase).filter(kept));
            }
            _ if is_dropped(lower) => {}
            _ => out.push(lower),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn case_and_diacritics_do_not_count() {
        assert_eq!(cut("Ärger ÉTÉ Straße"), ["arger", "ete", "strasse"]);
        assert_eq!(cut("e\u{301}te\u{301}"), ["ete"]);
        assert_eq!(cut("Ёлка МОЙ"), ["елка", "мои"]);
        assert_eq!(cut("Ελλάς"), ["ελλασ"]);
        assert_eq!(cut("İstanbul ılık"), ["istanbul", "ilik"]);
        assert_eq!(cut("שָׁלוֹם مُحَمَّد أحمد"), ["שלום", "محمد", "احمد"]);
        assert_eq!(cut("ＦＵＬＬ ﬁne"), ["full", "fine"]);
        assert_eq!(cut("한국어"), ["한국어"]);
    }

    #[test]
    fn words_end_where_letters_end() {
        assert_eq!(cut("don't stop-here, #rust @me 3.14"), ["don", "t", "stop", "here", "rust", "me", "3", "14"]);
        assert_eq!(cut("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(cut("  \n "), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_spaces_are_runs() {
        let found = pieces("我在 Berlin工作。東京タワー 🎉");
        let kinds: Vec<_> = found.iter().map(|piece| (piece.text.as_str(), piece.kind)).collect();
        use PieceKind::{Run, Word};
        assert_eq!(kinds, [("我在", Run), ("berlin", Word), ("工作", Run), ("東京タワー", Run), ("🎉", Run)]);
        assert_eq!(&"我在 Berlin工作。東京タワー 🎉"[found[2].range.clone()], "工作");
    }

    #[test]
    fn letters_that_are_known_by_heart_are_those_of_the_tables() {
        for c in (char::MIN..=char::MAX).filter(|c| !c.is_ascii()) {
            let (mut short, mut long) = (String::new(), String::new());
            fold(c, &mut short);
            fold_any(c, &mut long);
            assert_eq!(short, long, "{c:?}");
            if matches!(u32::from(c), 0x0410..=0x044f | 0x0620..=0x063f | 0x0641..=0x064a) {
                assert!(c.is_alphanumeric(), "{c:?}");
            }
        }
    }

    #[test]
    fn nothing_makes_it_fall() {
        let mut state = 99_u64;
        for _ in 0..3000 {
            let text: String = (0..12)
                .filter_map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    char::from_u32((state >> 40) as u32 % 0x11_0000)
                })
                .collect();
            for piece in pieces(&text) {
                assert!(text.get(piece.range.clone()).is_some_and(|part| !part.is_empty()));
                assert!(!piece.text.contains([' ', '^', '@', '#', '$', '"']), "{text:?}");
            }
        }
    }
}
