//! Formatted text as spans that can be shaped.

use super::emoji;
use super::link::Link;
use crate::theme::{Look, fonts};
use heliograph_model::{EntityKind, FormattedText};
use iced::advanced::text::Span;
use iced::{Color, Font};
use std::borrow::Cow;
use std::ops::Range;

/// A stretch of a text cut into spans, and what the letters of each are besides.
#[derive(Default)]
pub struct Spans<'a> {
    /// In order, covering the stretch exactly once.
    pub spans: Vec<Span<'a, (), Font>>,
    /// What is drawn besides the letters, for each span.
    pub paints: Vec<Paint>,
    /// Where the bytes of the text stand among those that are shaped.
    pub pieces: Vec<Piece>,
}

/// What is drawn behind, under and over the letters of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Which link it belongs to.
    pub link: Option<usize>,
    /// Where the spoiler begins that it belongs to, while nobody has looked under it.
    pub spoiler: Option<usize>,
    /// A line below.
    pub underline: bool,
    /// A line through.
    pub strike: bool,
    /// The ground of code.
    pub ground: bool,
}

/// A run of bytes that stand in the text and among those that are shaped, where something may be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first byte in the text.
    pub source: usize,
    /// The first byte among the shaped ones.
    pub shaped: usize,
    /// How many.
    pub len: usize,
}

/// A link, and the bytes that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leading {
    /// Where it leads.
    pub link: Link,
    /// From which words.
    pub range: Range<usize>,
}

/// All links of a text, in their order.
pub fn links(text: &FormattedText) -> Vec<Leading> {
    let of = |entity: &heliograph_model::Entity| {
        let range = entity.start..entity.end;
        Link::new(text, range.clone(), &entity.kind).map(|link| Leading { link, range })
    };
    text.entities.iter().filter_map(of).collect()
}

/// The letters of a stretch.
#[derive(Clone, Copy)]
pub struct Letters<'a> {
    /// Colours and sizes.
    pub look: Look,
    /// A block of code: all in one font.
    pub code: bool,
    /// The whole text's links.
    pub links: &'a [Leading],
    /// Where the spoilers begin that were looked under.
    pub revealed: &'a [usize],
    /// Colours of code: stretches of the text, in order.
    pub colors: &'a [(Range<usize>, Color)],
}

/// Cuts a stretch of a message's text.
pub fn cut<'a>(text: &'a FormattedText, range: Range<usize>, letters: Letters<'_>) -> Spans<'a> {
    let look = letters.look;
    let mut out = Spans::default();
    let mut shaped = 0;
    for span in text.spans_within(range) {
        let (mut bold, mut italic, mut mono, mut picture) = (false, false, letters.code, false);
        let mut paint = Paint::default();
        for entity in &span.entities {
            match &entity.kind {
                EntityKind::Bold => bold = true,
                EntityKind::Italic => italic = true,
                EntityKind::Underline => paint.underline = true,
                EntityKind::Strike => paint.strike = true,
                EntityKind::Spoiler if !letters.revealed.contains(&entity.start) => {
                    paint.spoiler = paint.spoiler.or(Some(entity.start));
                }
                EntityKind::Code => mono = true,
                EntityKind::CustomEmoji(_) => picture = true,
                _ => {}
            }
        }
        // The innermost of several.
        paint.link = letters
            .links
            .iter()
            .enumerate()
            .filter(|(_, leading)| leading.range.start <= span.range.start && span.range.end <= leading.range.end)
            .min_by_key(|(_, leading)| leading.range.len())
            .map(|(index, _)| index);
        let font = match (mono, bold, italic) {
            (true, ..) => Some(fonts::MONO),
            (_, true, true) => Some(fonts::SEMIBOLD_ITALIC),
            (_, true, false) => Some(fonts::SEMIBOLD),
            (_, false, true) => Some(fonts::ITALIC),
            _ => None,
        };
        let inline = mono && !letters.code;
        paint.ground = inline;
        let gap = |out: &mut Spans<'a>, shaped: &mut usize| {
            // Room beside code for its ground: a narrow space that does not break, so that no line begins or ends
            // with it alone.
            let gap = Span::new("\u{202f}");
            *shaped += gap.text.len();
            out.spans.push(gap);
            out.paints.push(Paint { spoiler: paint.spoiler, ..Paint::default() });
        };
        if inline {
            gap(&mut out, &mut shaped);
        }
        let mut at = span.range.start;
        for (stretch, is_emoji) in emoji::stretches(span.text) {
            for (part, color) in colored(stretch, at, letters.colors) {
                let color = if paint.spoiler.is_some() {
                    Some(Color::TRANSPARENT)
                } else if paint.link.is_some() {
                    Some(look.palette.link)
                } else {
                    color
                };
                let mut next = Span {
                    font: if is_emoji || picture { Some(fonts::EMOJI) } else { font },
                    size: inline.then(|| look.size(12.5).into()),
                    color,
                    ..Span::new(part)
                };
                if out.spans.last().is_some_and(|before| shares_word(before, &next)) {
                    next.text.to_mut().insert(0, JOINER);
                    shaped += JOINER.len_utf8();
                }
                out.pieces.push(Piece { source: at, shaped, len: part.len() });
                out.spans.push(next);
                out.paints.push(Paint { ground: paint.ground && !is_emoji, ..paint });
                at += part.len();
                shaped += part.len();
            }
        }
        if inline {
            gap(&mut out, &mut shaped);
        }
    }
    out
}

/// Cuts a stretch where its colours change.
fn colored<'a>(stretch: &'a str, at: usize, colors: &[(Range<usize>, Color)]) -> Vec<(&'a str, Option<Color>)> {
    let end = at + stretch.len();
    let mut out = Vec::new();
    let mut from = at;
    let first = colors.partition_point(|(range, _)| range.end <= at);
    for (range, color) in colors.iter().skip(first).take_while(|(range, _)| range.start < end) {
        let (start, stop) = (range.start.clamp(from, end), range.end.clamp(from, end));
        let (Some(before), Some(here)) = (stretch.get(from - at..start - at), stretch.get(start - at..stop - at))
        else {
            continue;
        };
        out.extend((!before.is_empty()).then_some((before, None)));
        out.extend((!here.is_empty()).then_some((here, Some(*color))));
        from = stop;
    }
    out.extend(stretch.get(from - at..).filter(|rest| !rest.is_empty()).map(|rest| (rest, None)));
    out
}

/// A word joiner: it has no width and allows no break.
const JOINER: char = '\u{2060}';

/// cosmic-text 0.15 shapes a word of ASCII in one font, that of its first letter, whatever spans it is made of. A word
/// joiner between them makes it look at each letter.
fn shares_word(before: &Span<'_, (), Font>, after: &Span<'_, (), Font>) -> bool {
    before.font != after.font
        && before.text.ends_with(|c: char| c.is_ascii_graphic())
        && after.text.starts_with(|c: char| c.is_ascii_graphic())
}

/// Plain words as spans: emoji in the colour font.
pub fn plain<'a>(
    text: impl Into<Cow<'a, str>>,
    font: Option<Font>,
    color: Option<Color>,
) -> Vec<Span<'a, usize, Font>> {
    let make = |words: Cow<'a, str>, is_emoji| Span {
        text: words,
        font: if is_emoji { Some(fonts::EMOJI) } else { font },
        color,
        ..Span::default()
    };
    let text = text.into();
    if emoji::is_plain(&text) {
        return if text.is_empty() { Vec::new() } else { vec![make(text, false)] };
    }
    match text {
        Cow::Borrowed(text) => {
            emoji::stretches(text).into_iter().map(|(words, is)| make(Cow::Borrowed(words), is)).collect()
        }
        Cow::Owned(text) => {
            emoji::stretches(&text).into_iter().map(|(words, is)| make(Cow::Owned(words.to_owned()), is)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str, entities: &[(i64, i64, EntityKind)]) -> FormattedText {
        FormattedText::from_utf16(words.into(), entities.iter().cloned())
    }

    fn whole(text: &FormattedText) -> Spans<'_> {
        let links = links(text);
        let letters = Letters { look: Look::day(), code: false, links: &links, revealed: &[], colors: &[] };
        cut(text, 0..text.text.len(), letters)
    }

    #[test]
    fn spans_cover_the_text_and_emoji_get_their_font() {
        let text = text("see 👍 this", &[(0, 3, EntityKind::Bold), (7, 4, EntityKind::Code)]);
        let spans = whole(&text);
        let words: String = spans.spans.iter().map(|s| s.text.as_ref()).filter(|s| *s != "\u{202f}").collect();
        assert_eq!(words, text.text);
        let fonts: Vec<_> = spans.spans.iter().map(|s| (s.text.as_ref(), s.font)).collect();
        assert!(fonts.contains(&("see", Some(fonts::SEMIBOLD))));
        assert!(fonts.contains(&("👍", Some(fonts::EMOJI))));
        assert!(fonts.contains(&("this", Some(fonts::MONO))));
    }

    /// The widths of the glyphs of a text, shaped as it is drawn.
    fn widths(text: &FormattedText) -> Vec<(String, f32)> {
        use iced::advanced::text::Paragraph as _;
        crate::theme::fonts::load();
        let spans = whole(text);
        let paragraph = iced::advanced::graphics::text::Paragraph::with_spans(super::super::describe(
            &*spans.spans,
            iced::Size::INFINITE,
            14.0,
            20.0,
            iced::advanced::text::Wrapping::None,
        ));
        let runs = paragraph.buffer().layout_runs();
        runs.flat_map(|run| run.glyphs.iter().map(|g| (run.text[g.start..g.end].to_owned(), g.w)).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn a_comma_after_bold_or_code_keeps_its_own_font() {
        let comma = |text: &FormattedText| widths(text).into_iter().find(|(c, _)| c == ",").unwrap().1;
        let plain = comma(&FormattedText::plain("noon, can"));
        for kind in [EntityKind::Bold, EntityKind::Code] {
            let marked = text("noon, can", &[(0, 4, kind)]);
            assert_eq!(comma(&marked), plain);
            // What does that takes no room.
            assert!(widths(&marked).iter().all(|(c, w)| c != "\u{2060}" || *w == 0.0));
        }
    }

    #[test]
    fn code_has_room_for_its_ground() {
        let spaces = widths(&text("an AZ-GTi.", &[(3, 6, EntityKind::Code)]));
        let gaps: Vec<f32> = spaces.into_iter().filter(|(c, _)| c == "\u{202f}").map(|(_, w)| w).collect();
        assert!(gaps.len() == 2 && gaps.iter().all(|w| (1.5..4.0).contains(w)), "{gaps:?}");
    }

    #[test]
    fn a_link_cut_by_bold_is_one_address() {
        let text = text("a.example/x", &[(0, 11, EntityKind::Url), (2, 3, EntityKind::Bold)]);
        let spans = whole(&text);
        assert!(spans.paints.iter().all(|paint| paint.link == Some(0)));
        assert_eq!(links(&text)[0].link, Link::Url("https://a.example/x".into()));
    }

    #[test]
    fn letters_under_a_spoiler_are_not_drawn_until_it_is_opened() {
        let text = text("he is her son", &[(6, 7, EntityKind::Spoiler), (6, 3, EntityKind::Bold)]);
        let colors = |revealed: &[usize]| {
            let letters = Letters { look: Look::day(), code: false, links: &[], revealed, colors: &[] };
            let spans = cut(&text, 0..text.text.len(), letters);
            spans.spans.iter().map(|span| span.color).collect::<Vec<_>>()
        };
        assert_eq!(colors(&[]), [None, Some(Color::TRANSPARENT), Some(Color::TRANSPARENT)]);
        assert_eq!(colors(&[6]), [None, None, None]);
    }

    #[test]
    fn colors_cut_what_they_color() {
        let red = Color::from_rgb8(200, 0, 0);
        let parts = colored("let a", 10, &[(5..8, red), (10..13, red), (14..99, red)]);
        assert_eq!(parts, [("let", Some(red)), (" ", None), ("a", Some(red))]);
    }
}
