//! What is true of any text with any entities, however wrong their offsets are.

use super::*;

/// Characters that are counted, joined or written in unusual ways.
const PIECES: &[&str] = &[
    "a",
    "word ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "ß",
    "é",
    "e\u{301}",
    "漢字",
    "日本",
    "한국어",
    "हिन्दी",
    "ไทย",
    "سلام ",
    "مرحبا",
    "עולם",
    "мир ",
    "Ωμέγα",
    "😀",
    "👍🏽",
    "👩‍👩‍👧",
    "🇺🇦",
    "❤️",
    "1️⃣",
    "\u{200b}",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{2060}",
    "\u{feff}",
    "\u{fe0f}",
    "\u{1f1e6}",
    "\u{2029}",
    "\u{0}",
    "`",
    "**",
    "_",
    "<b>",
    "&amp;",
    "\"",
    "]( ",
    "https://a.example/x?y=z#w ",
    "@name ",
    "#tag ",
    "/start ",
    "10.0.0.1",
    "\u{10ffff}",
];

/// Chance that is the same in every run.
struct Noise(u64);

impl Noise {
    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }
}

fn words(noise: &mut Noise) -> String {
    let mut words = String::new();
    for _ in 0..noise.below(24) {
        match noise.below(9) {
            0 => words.extend(char::from_u32(noise.below(0x11_0000) as u32)),
            _ => words.push_str(noise.pick(PIECES)),
        }
    }
    words
}

fn kind(noise: &mut Noise) -> EntityKind {
    use EntityKind::*;
    match noise.below(17) {
        0 => Bold,
        1 => Italic,
        2 => Underline,
        3 => Strike,
        4 | 5 => Spoiler,
        6 => Code,
        7 => Pre(String::new()),
        8 => Pre("rust`<\">\n".into()),
        9 => Quote { collapsed: noise.below(2) == 0 },
        10 => Url,
        11 => TextUrl("https://a.example/(x)\"<".into()),
        12 => Mention,
        13 => MentionName(7),
        14 => Email,
        15 => Phone,
        _ => CustomEmoji(5),
    }
}

fn offset(noise: &mut Noise) -> i64 {
    match noise.below(14) {
        0 => noise.next() as i64,
        1 => i64::MAX,
        2 => i64::MIN,
        _ => noise.below(63) as i64 - 3,
    }
}

fn text(noise: &mut Noise) -> FormattedText {
    let words = words(noise);
    let entities: Vec<_> = (0..noise.below(12)).map(|_| (offset(noise), offset(noise), kind(noise))).collect();
    FormattedText::from_utf16(words, entities)
}

/// Texts of every kind, with what they came from.
fn texts() -> impl Iterator<Item = (Noise, FormattedText)> {
    (0..500).map(|seed| {
        let mut noise = Noise(seed);
        let text = text(&mut noise);
        (noise, text)
    })
}

/// Whether all letters of one are in the other, in their order.
fn keeps(whole: &str, words: &str) -> bool {
    let mut rest = whole.chars();
    words.chars().all(|c| rest.any(|other| other == c))
}

fn is_sound(text: &FormattedText) -> bool {
    let inside = |entity: &Entity| entity.start < entity.end && text.text.get(entity.start..entity.end).is_some();
    text.entities.iter().all(inside)
}

#[test]
fn spans_cover_the_text_exactly_once_in_order() {
    for (_, text) in texts() {
        assert!(is_sound(&text), "{text:?}");
        let mut at = 0;
        for span in text.spans() {
            assert_eq!(span.range.start, at, "{text:?}");
            assert!(span.range.start < span.range.end);
            assert_eq!(text.text.get(span.range.clone()), Some(span.text));
            at = span.range.end;
            // Everything that applies to a part of it applies to all of it.
            let applies = text.entities.iter().filter(|e| e.start < span.range.end && span.range.start < e.end);
            assert!(applies.eq(span.entities.iter().copied()), "{text:?}");
        }
        assert_eq!(at, text.text.len(), "{text:?}");
    }
}

#[test]
fn offsets_go_to_utf16_and_back() {
    for (_, text) in texts() {
        let sent: Vec<_> =
            text.utf16_entities().map(|(o, l, kind)| (i64::from(o), i64::from(l), kind.clone())).collect();
        assert_eq!(FormattedText::from_utf16(text.text.clone(), sent), text);
        let map = Utf16::new(&text.text);
        for (byte, _) in text.text.char_indices() {
            let unit = map.to_utf16(byte);
            assert_eq!(map.to_byte(unit as i64), byte);
            assert_eq!(text.text[..byte].encode_utf16().count(), unit);
        }
    }
}

#[test]
fn entities_say_what_the_server_meant() {
    for (mut noise, text) in texts() {
        // The same stretch, cut out of the UTF-16 itself.
        let units: Vec<u16> = text.text.encode_utf16().collect();
        let (start, length) = (noise.below(30), 1 + noise.below(29));
        let end = (start + length).min(units.len());
        let Some(Ok(meant)) = units.get(start..end).filter(|part| !part.is_empty()).map(String::from_utf16) else {
            continue;
        };
        let bold = [(start as i64, length as i64, EntityKind::Bold)];
        let found = FormattedText::from_utf16(text.text.clone(), bold);
        let entity = &found.entities[0];
        assert_eq!(found.text[entity.start..entity.end], meant);
    }
}

#[test]
fn parts_are_sound_and_keep_their_words() {
    for (mut noise, text) in texts() {
        let (a, b) = (noise.below(90), noise.below(90));
        let part = text.slice(a.min(b)..a.max(b));
        assert!(is_sound(&part), "{text:?}");
        assert!(text.text.contains(&part.text));
        assert_eq!(text.slice(0..usize::MAX), text);
        let nothing = text.slice(std::ops::Range { start: a.max(b) + 1, end: a.min(b) });
        assert!(nothing.is_empty() && nothing.entities.is_empty());
        assert!(is_sound(&text.trimmed()));
    }
}

#[test]
fn what_is_hidden_stays_hidden() {
    for (_, text) in texts() {
        let seen = text.seen(0..text.text.len(), &[]);
        assert!(is_sound(&seen), "{text:?}");
        assert_eq!(seen.text.chars().count(), text.text.chars().count());
        let hidden = text.spans().into_iter().flat_map(|span| vec![span.is_spoiler(); span.text.chars().count()]);
        for (hidden, c) in hidden.zip(seen.text.chars()) {
            assert!(!hidden || c == VEIL || c.is_whitespace(), "{text:?}");
        }
        let all: Vec<usize> = text.entities.iter().map(|entity| entity.start).collect();
        assert_eq!(text.seen(0..text.text.len(), &all), text);
    }
}

#[test]
fn html_and_markdown_keep_the_words() {
    for (_, text) in texts() {
        assert!(keeps(&text.to_markdown(), &text.text), "{}", text.to_markdown());
        let html = text.to_html();
        let mut plain = String::new();
        let mut inside = false;
        for c in html.replace("<br>", "\n").chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => plain.push(c),
                _ => {}
            }
        }
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        assert_eq!(plain, text.text);
        for (start, end) in [("<b>", "</b>"), ("<a ", "</a>"), ("<pre>", "</pre>"), ("<blockquote>", "</blockquote>")] {
            assert_eq!(html.matches(start).count(), html.matches(end).count(), "{html}");
        }
    }
}
