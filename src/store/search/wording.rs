//! What is searched for, cut into words, and where they stand in a text: by the rules of the index, for texts that are
//! in no index (answers of the server, names).

use super::index::texts;
use super::segment::{Piece, PieceKind, fold, pieces};
use heliograph_model::Message;
use std::ops::Range;

/// What is searched for; cheap to ask many texts.
#[derive(Default)]
pub struct Wording(pub(super) Vec<Wanted>);

// What people look for stays out of logs.
impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Wording").field(&self.0.len()).finish()
    }
}

/// One word of it, folded.
pub(super) struct Wanted {
    pub text: String,
    pub kind: PieceKind,
}

impl Wanted {
    /// The first place at which a piece of a text has it, in bytes of the piece.
    pub fn find(&self, piece: &Piece) -> Option<usize> {
        if piece.kind != self.kind {
            return None;
        }
        match (self.kind, self.text.chars().nth(1), self.text.chars().nth(2)) {
            (PieceKind::Word, None, _) => (piece.text == self.text).then_some(0),
            (PieceKind::Word, _, None) => piece.text.starts_with(&self.text).then_some(0),
            _ => piece.text.find(&self.text),
        }
    }
}

/// How well a name fits what is searched for; the better ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It begins so.
    Beginning,
    /// All that is wanted are beginnings of its words.
    Words,
    /// Something that is wanted stands inside of a word.
    Inside,
}

impl Wording {
    /// Cuts what was typed into words.
    pub fn new(text: &str) -> Self {
        Self(pieces(text).into_iter().map(|piece| Wanted { text: piece.text, kind: piece.kind }).collect())
    }

    /// Whether nothing is left of it that could be found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the words stand in a text, in bytes, in their order; those that stand nowhere are left out.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let found = pieces(text).into_iter().flat_map(|piece| {
            let in_piece = |wanted: &Wanted| Some(self::place(text, &piece, wanted.find(&piece)?, wanted.text.len()));
            self.0.iter().filter_map(in_piece).collect::<Vec<_>>()
        });
        joined(found.collect())
    }

    /// Whether every word stands somewhere in a message.
    pub fn stands_in(&self, message: &Message) -> bool {
        let pieces: Vec<Piece> = texts(message).into_iter().flat_map(pieces).collect();
        self.0.iter().all(|wanted| pieces.iter().any(|piece| wanted.find(piece).is_some()))
    }

    /// How well a name fits; `None` if something that is wanted stands nowhere in it. In names single letters are
    /// beginnings, too: they are what is typed first.
    pub fn fit(&self, name: &str) -> Option<Fit> {
        if self.0.is_empty() {
            return None;
        }
        let pieces = pieces(name);
        let mut fit = Fit::Words;
        for wanted in &self.0 {
            let of_kind = || pieces.iter().filter(|piece| piece.kind == wanted.kind);
            if of_kind().any(|piece| piece.text.starts_with(&wanted.text)) {
                continue;
            }
            let long = wanted.kind == PieceKind::Run || wanted.text.chars().nth(2).is_some();
            if !long || !of_kind().any(|piece| piece.text.contains(&wanted.text)) {
                return None;
            }
            fit = Fit::Inside;
        }
        let begins = self.0.iter().zip(&pieces).all(|(wanted, piece)| piece.text.starts_with(&wanted.text));
        Some(if begins { Fit::Beginning } else { fit })
    }

    /// Where the words stand in a name, in bytes, by the rules of [`Self::fit`].
    pub fn name_marks(&self, name: &str) -> Vec<Range<usize>> {
        let found = pieces(name).into_iter().flat_map(|piece| {
            let in_piece = |wanted: &Wanted| {
                let begins = piece.kind == wanted.kind && piece.text.starts_with(&wanted.text);
                let at = if begins { 0 } else { wanted.find(&piece)? };
                Some(self::place(name, &piece, at, wanted.text.len()))
            };
            self.0.iter().filter_map(in_piece).collect::<Vec<_>>()
        });
        joined(found.collect())
    }
}

/// A name in the form that [`Beginnings`] looks through: a sign for the kind before each of its pieces.
pub(crate) fn folded_name(name: &str) -> String {
    let mut folded = String::new();
    for piece in pieces(name) {
        folded.push(sign(piece.kind));
        folded.push_str(&piece.text);
    }
    folded
}

/// It stands in no piece.
fn sign(kind: PieceKind) -> char {
    match kind {
        PieceKind::Word => ' ',
        PieceKind::Run => '\t',
    }
}

/// What is searched for in folded names, by the rules of [`Wording::fit`].
pub(crate) struct Beginnings(Vec<Beginning>);

struct Beginning {
    /// The sign, and what is wanted behind it.
    text: String,
    /// Long enough to be found inside of a piece.
    inside: bool,
}

impl Wording {
    /// `None` if nothing could be found.
    pub(crate) fn beginnings(&self) -> Option<Beginnings> {
        let of = |wanted: &Wanted| Beginning {
            text: format!("{}{}", sign(wanted.kind), wanted.text),
            inside: wanted.kind == PieceKind::Run || wanted.text.chars().nth(2).is_some(),
        };
        (!self.0.is_empty()).then(|| Beginnings(self.0.iter().map(of).collect()))
    }
}

impl Beginnings {
    /// How well a folded name fits.
    pub(crate) fn fit(&self, name: &str) -> Option<Fit> {
        let mut fit = Fit::Words;
        for wanted in &self.0 {
            if name.contains(&wanted.text) {
                continue;
            }
            let text = wanted.text.get(1..).unwrap_or_default();
            if !wanted.inside || !name.contains(text) {
                return None;
            }
            fit = Fit::Inside;
        }
        let pieces = name.split_inclusive([' ', '\t']).skip(1);
        let signs = name.chars().filter(|c| matches!(c, ' ' | '\t'));
        let begins =
            self.0.iter().zip(pieces.zip(signs)).all(|(wanted, (piece, sign))| {
                wanted.text.strip_prefix(sign).is_some_and(|text| piece.starts_with(text))
            });
        Some(if begins { Fit::Beginning } else { fit })
    }
}

/// Where so many folded bytes of a piece stand in the text that it was cut from.
pub(super) fn place(text: &str, piece: &Piece, at: usize, length: usize) -> Range<usize> {
    let Some(part) = text.get(piece.range.clone()) else { return piece.range.clone() };
    let range = unfold(part, at..at + length);
    piece.range.start + range.start..piece.range.start + range.end
}

/// In their order, those that touch as one.
fn joined(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match out.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => out.push(mark),
        }
    }
    out
}

/// Where a part of a folded piece stands in the piece as it was.
fn unfold(piece: &str, folded: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (0, piece.len());
    let mut text = String::new();
    for (at, c) in piece.char_indices() {
        let before = text.len();
        if before <= folded.start {
            start = at;
        }
        fold(c, &mut text);
        // A mark that folds to nothing still belongs to the letter before it.
        if before >= folded.end && text.len() > before {
            end = at;
            break;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::FormattedText;

    fn marked<'t>(wanted: &str, text: &'t str) -> Vec<&'t str> {
        Wording::new(wanted).marks(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_is_marked_is_what_was_typed_as_it_is_written() {
        assert_eq!(marked("strasse lens", "Die Straße, north-LENS-survey"), ["Straße", "LENS"]);
        assert_eq!(marked("北京", "我们明天去北京吧"), ["北京"]);
        assert_eq!(marked("storm", "Thunderstorms"), ["storm"]);
        assert_eq!(marked("th the", "the"), ["the"]);
        assert_eq!(marked("a", "a cat"), ["a"], "a single letter is a word");
        assert_eq!(marked("?!", "anything"), Vec::<&str>::new());
    }

    #[test]
    fn every_word_must_stand_somewhere() {
        let wanted = Wording::new("lens survey");
        let said = |text: &str| Message { text: FormattedText::plain(text), ..Message::default() };
        assert!(wanted.stands_in(&said("a survey of the lens")) && !wanted.stands_in(&said("the lens")));
    }

    #[test]
    fn names_are_found_by_the_beginnings_of_their_words() {
        let fit = |wanted: &str, name: &str| Wording::new(wanted).fit(name);
        assert_eq!(fit("l", "Lighthouse Keepers"), Some(Fit::Beginning));
        assert_eq!(fit("li ke", "Lighthouse Keepers"), Some(Fit::Beginning));
        assert_eq!(fit("ke li", "Lighthouse Keepers"), Some(Fit::Words));
        assert_eq!(fit("k", "Lighthouse Keepers"), Some(Fit::Words));
        assert_eq!(fit("house", "Lighthouse Keepers"), Some(Fit::Inside));
        assert_eq!(fit("ho", "Lighthouse Keepers"), None);
        assert_eq!(fit("elise", "Élise Brandt"), Some(Fit::Beginning));
        assert_eq!(fit("", "Anybody"), None);
        // Folded names are judged in the same way.
        let names =
            ["Lighthouse Keepers", "Élise Brandt", "北京 Lighthouse", "東京タワー", "a b", "", "?!", "Straße 9"];
        for wanted in
            ["l", "li ke", "ke li", "k", "house", "ho", "elise", "京", "北京 light", "b a", "a b", "9", "st 9", "asse"]
        {
            for name in names {
                let folded = Wording::new(wanted).beginnings().and_then(|wanted| wanted.fit(&folded_name(name)));
                assert_eq!(folded, fit(wanted, name), "{wanted} in {name}");
            }
        }
        let name = "Lighthouse Keepers";
        let marks: Vec<_> = Wording::new("k house").name_marks(name).into_iter().map(|range| &name[range]).collect();
        assert_eq!(marks, ["house", "K"]);
    }
}
