//! What is being written: words, what stands out in them, and what is selected. The composer's view edits plain text;
//! this is what it means.

use heliograph_model::{Entity, FormattedText};
use std::ops::Range;

/// A text in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    text: String,
    entities: Vec<Entity>,
    /// Bytes, on character boundaries; empty at the caret.
    selection: Range<usize>,
}

impl Model {
    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is selected, in bytes; empty at the caret.
    pub fn selection(&self) -> Range<usize> {
        self.selection.clone()
    }

    /// What is written, as it stands.
    pub fn formatted(&self) -> FormattedText {
        FormattedText { text: self.text.clone(), entities: self.entities.clone() }
    }

    /// Whether there is nothing to send.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Selects. Offsets are moved to the nearest place before them that is a character's.
    pub fn select(&mut self, selection: Range<usize>) {
        self.selection = self.floor(selection.start)..self.floor(selection.end.max(selection.start));
    }

    /// Puts words in the place of others. Formatting moves along, grows around what is written inside of it, and goes
    /// with what is removed.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let start = self.floor(range.start);
        let end = self.floor(range.end.max(range.start));
        let added = with.len();
        self.text.replace_range(start..end, with);
        let shifted = |at: usize| at - (end - start) + added;
        for entity in &mut self.entities {
            let (from, to) = (entity.start, entity.end);
            (entity.start, entity.end) = if start >= to {
                (from, to)
            } else if end <= from {
                (shifted(from), shifted(to))
            } else if from <= start && end <= to {
                (from, shifted(to))
            } else if from < start {
                (from, start)
            } else if to <= end {
                (start, start)
            } else {
                (start + added, shifted(to))
            };
        }
        self.entities.retain(|entity| entity.start < entity.end);
        self.select(start + added..start + added);
    }

    /// Takes the words over from a view that has edited them: finds the one place that changed.
    pub fn follow(&mut self, text: &str) {
        if text == self.text {
            return;
        }
        let common = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>()
        };
        let before = common(&mut self.text.chars(), &mut text.chars());
        let (old, new) = (self.text.get(before..).unwrap_or_default(), text.get(before..).unwrap_or_default());
        let after = common(&mut old.chars().rev(), &mut new.chars().rev());
        let end = self.text.len() - after;
        let with = text.get(before..text.len() - after).unwrap_or_default().to_owned();
        self.replace(before..end, &with);
    }

    /// What is to be sent; nothing is left.
    pub fn take(&mut self) -> Option<FormattedText> {
        if self.is_blank() {
            return None;
        }
        let Self { text, entities, .. } = std::mem::take(self);
        Some(FormattedText { text, entities }.trimmed())
    }

    /// Goes on with words that were written before.
    pub fn load(&mut self, text: FormattedText) {
        let end = text.text.len();
        *self = Self { text: text.text, entities: text.entities, selection: end..end };
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::EntityKind;

    fn bold(text: &str, start: usize, end: usize) -> Model {
        let mut model = Model::default();
        model.load(FormattedText { text: text.into(), entities: vec![Entity { start, end, kind: EntityKind::Bold }] });
        model
    }

    fn stands_out(model: &Model) -> Option<&str> {
        model.entities.first().map(|entity| &model.text[entity.start..entity.end])
    }

    #[test]
    fn formatting_moves_with_its_words() {
        let mut model = bold("one two three", 4, 7);
        model.replace(0..0, "ah, ");
        assert_eq!(stands_out(&model), Some("two"));
        model.replace(13..17, "");
        assert_eq!(stands_out(&model), Some("two"));
        assert_eq!(model.text(), "ah, one two t");
    }

    #[test]
    fn formatting_grows_inside_and_not_at_its_edges() {
        let mut model = bold("one two three", 4, 7);
        model.replace(5..5, "hr");
        assert_eq!(stands_out(&model), Some("thrwo"));
        model.replace(9..9, "!");
        assert_eq!(stands_out(&model), Some("thrwo"));
        model.replace(4..4, "x");
        assert_eq!(stands_out(&model), Some("thrwo"));
        assert_eq!(model.text(), "one xthrwo! three");
    }

    #[test]
    fn formatting_goes_with_its_words() {
        let mut model = bold("one two three", 4, 7);
        model.replace(2..6, "");
        assert_eq!(stands_out(&model), Some("o"));
        model.replace(0..model.text().len(), "");
        assert_eq!(stands_out(&model), None);
    }

    #[test]
    fn replacing_what_stands_out_keeps_it_standing_out() {
        let mut model = bold("one two three", 4, 7);
        model.replace(4..7, "zwei");
        assert_eq!(stands_out(&model), Some("zwei"));
        model.replace(6..11, "");
        assert_eq!(stands_out(&model), Some("zw"));
    }

    #[test]
    fn the_change_of_a_view_is_found() {
        let mut model = bold("one two three", 4, 7);
        model.follow("one and two three");
        assert_eq!(stands_out(&model), Some("two"));
        model.follow("one and two 😀 three");
        assert_eq!(model.text(), "one and two 😀 three");
        model.follow("one and two 😁 three");
        assert_eq!(stands_out(&model), Some("two"));
        model.follow("");
        assert!(model.is_blank() && stands_out(&model).is_none());
    }

    #[test]
    fn what_is_sent_is_trimmed_and_gone() {
        let mut model = bold("  hi you \n", 2, 4);
        let sent = model.take().unwrap();
        assert_eq!((sent.text.as_str(), sent.entities[0].start), ("hi you", 0));
        assert_eq!(model, Model::default());
        model.follow(" \n ");
        assert_eq!(model.take(), None);
    }

    #[test]
    fn offsets_never_cut_a_character() {
        let mut model = Model::default();
        model.follow("a😀b");
        model.select(2..900);
        assert_eq!(model.selection(), 1..6);
        model.replace(2..3, "x");
        assert_eq!(model.text(), "ax😀b");
    }
}
