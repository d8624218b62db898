//! Formatted text as spans that can be shaped.

use super::emoji;
use crate::theme::{Look, fonts};
use heliograph_model::{EntityKind, FormattedText};
use iced::advanced::text::{Highlight, Span};
use iced::{Background, Border, Color, Font, Padding};
use std::borrow::Cow;

/// A text cut into spans, with what they lead to.
pub struct Spans<'a> {
    /// In order, covering the text exactly once. The link is an index into `links`.
    pub spans: Vec<Span<'a, usize, Font>>,
    /// Addresses.
    pub links: Vec<String>,
    /// Which spans are hidden until they are pressed.
    pub spoilers: Vec<usize>,
    /// Which spans are blocks of code, with a ground as wide as the text.
    pub blocks: Vec<usize>,
}

/// Cuts a message's text. `ground` is the colour behind code.
pub fn formatted<'a>(look: Look, text: &'a FormattedText, ground: Color) -> Spans<'a> {
    let mut out = Spans { spans: Vec::new(), links: Vec::new(), spoilers: Vec::new(), blocks: Vec::new() };
    for span in text.spans() {
        let (mut bold, mut italic, mut mono, mut block, mut spoiler) = (false, false, false, false, false);
        let (mut underline, mut strike) = (false, false);
        let mut link = None;
        for kind in &span.kinds {
            match kind {
                EntityKind::Bold => bold = true,
                EntityKind::Italic | EntityKind::Quote => italic = true,
                EntityKind::Underline => underline = true,
                EntityKind::Strike => strike = true,
                EntityKind::Spoiler => spoiler = true,
                EntityKind::Code => mono = true,
                EntityKind::Pre(_) => (mono, block) = (true, true),
                EntityKind::Url => link = link.or_else(|| web_address(whole(text, span.range.start, kind))),
                EntityKind::TextUrl(url) => link = web_address(url),
                EntityKind::Email => link = Some(format!("mailto:{}", span.text)),
                EntityKind::Mention => {
                    link =
                        Some(format!("https://t.me/{}", whole(text, span.range.start, kind).trim_start_matches('@')));
                }
                _ => {}
            }
        }
        let font = match (mono, bold, italic) {
            (true, ..) => Some(fonts::MONO),
            (_, true, true) => Some(fonts::SEMIBOLD_ITALIC),
            (_, true, false) => Some(fonts::SEMIBOLD),
            (_, false, true) => Some(fonts::ITALIC),
            _ => None,
        };
        let link = link.map(|url| {
            out.links.push(url);
            out.links.len() - 1
        });
        let inline = mono && !block;
        if inline {
            out.spans.push(gap());
        }
        for (stretch, is_emoji) in emoji::stretches(span.text) {
            let index = out.spans.len();
            if spoiler {
                out.spoilers.push(index);
            }
            if block {
                out.blocks.push(index);
            }
            out.spans.push(Span {
                font: if is_emoji { Some(fonts::EMOJI) } else { font },
                size: mono.then(|| look.size(12.5).into()),
                color: link.map(|_| look.palette.link),
                link,
                underline,
                strikethrough: strike,
                highlight: (mono && !is_emoji).then(|| Highlight {
                    background: Background::Color(ground),
                    border: Border { radius: 5.0.into(), ..Border::default() },
                }),
                padding: if mono { Padding { left: 4.0, right: 4.0, ..Padding::ZERO } } else { Padding::ZERO },
                ..Span::new(stretch)
            });
        }
        if inline {
            out.spans.push(gap());
        }
    }
    part_fonts(&mut out.spans);
    out
}

/// Room beside code for its ground: a narrow space that does not break, so that no line begins or ends with it alone.
fn gap<'a>() -> Span<'a, usize, Font> {
    Span::new("\u{202f}")
}

/// cosmic-text 0.15 shapes a word of ASCII in one font, that of its first letter, whatever spans it is made of. A word
/// joiner, which has no width and allows no break, makes it look at each letter.
fn part_fonts(spans: &mut [Span<'_, usize, Font>]) {
    for index in 1..spans.len() {
        let Some([before, after]) = spans.get_mut(index - 1..=index) else { continue };
        let inside_word = before.text.ends_with(|c: char| c.is_ascii_graphic())
            && after.text.starts_with(|c: char| c.is_ascii_graphic());
        if inside_word && before.font != after.font {
            after.text.to_mut().insert(0, '\u{2060}');
        }
    }
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
    match text.into() {
        Cow::Borrowed(text) => {
            emoji::stretches(text).into_iter().map(|(words, is)| make(Cow::Borrowed(words), is)).collect()
        }
        Cow::Owned(text) => {
            emoji::stretches(&text).into_iter().map(|(words, is)| make(Cow::Owned(words.to_owned()), is)).collect()
        }
    }
}

/// The words of the whole entity, of which a span may be only a part.
fn whole<'a>(text: &'a FormattedText, at: usize, kind: &EntityKind) -> &'a str {
    text.entities
        .iter()
        .find(|entity| entity.kind == *kind && entity.start <= at && at < entity.end)
        .and_then(|entity| text.text.get(entity.start..entity.end))
        .unwrap_or_default()
}

/// An address of the web. Others (files, programs) are never followed.
fn web_address(words: &str) -> Option<String> {
    let words = words.trim();
    match words.split_once("://") {
        Some((scheme, _)) if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => {
            Some(words.to_owned())
        }
        Some(_) => None,
        None if words.contains(|c: char| c == ':' && !words.contains('.')) || words.is_empty() => None,
        None => Some(format!("https://{words}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str, entities: &[(i64, i64, EntityKind)]) -> FormattedText {
        FormattedText::from_utf16(words.into(), entities.iter().cloned())
    }

    #[test]
    fn spans_cover_the_text_and_emoji_get_their_font() {
        let text = text("see 👍 this", &[(0, 3, EntityKind::Bold), (7, 4, EntityKind::Code)]);
        let spans = formatted(Look::day(), &text, Color::BLACK);
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
        let spans = formatted(Look::day(), text, Color::BLACK);
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
    fn links_lead_to_the_web_only() {
        let url = |words: &str| {
            let n = words.encode_utf16().count() as i64;
            formatted(Look::day(), &text(words, &[(0, n, EntityKind::Url)]), Color::BLACK).links
        };
        assert_eq!(url("keepers.example/align"), ["https://keepers.example/align"]);
        assert_eq!(url("http://a.example"), ["http://a.example"]);
        assert!(url("file:///etc/passwd").is_empty());
        let hidden = text("here", &[(0, 4, EntityKind::TextUrl("javascript://x".into()))]);
        assert!(formatted(Look::day(), &hidden, Color::BLACK).links.is_empty());
    }

    #[test]
    fn a_link_cut_by_bold_is_one_address() {
        let text = text("a.example/x", &[(0, 11, EntityKind::Url), (2, 3, EntityKind::Bold)]);
        let spans = formatted(Look::day(), &text, Color::BLACK);
        assert!(spans.links.iter().all(|link| link == "https://a.example/x"));
    }
}
