//! Things that letters carry besides pictures and files: polls, stickers, animations.

use super::super::{Poll, StickerSet, polls::Choice};
use super::{Body, Content, DAY, Document, FILES_DC, Seeder};
use crate::drawing::sticker::Sticker;
use grammers_tl_types::types;

impl Seeder {
    /// A poll in which nameless people have voted.
    pub(super) fn poll(&mut self, creator: i64, question: &str, answers: &[(&str, i32)]) -> Body {
        let words = |text: &str| types::TextWithEntities { text: text.to_owned(), entities: Vec::new() };
        let id = self.state.new_file_id();
        let answers = (0_u8..).zip(answers).map(|(number, (text, votes))| Choice {
            text: words(text),
            option: vec![b'0' + number],
            nameless: *votes,
        });
        let poll = Poll {
            id,
            creator,
            question: words(question),
            answers: answers.collect(),
            public: false,
            multiple: false,
            quiz: false,
            correct: Vec::new(),
            solution: None,
            closed: false,
            close_period: None,
            close_date: None,
            votes: Vec::new(),
        };
        self.state.polls.insert(id, poll);
        Body::Poll(id)
    }
}

impl Seeder {
    /// A set of stickers or of emoji for words.
    pub(super) fn sticker_set(&mut self, title: &str, name: &str, emoji: bool) -> i64 {
        let set_id = self.state.new_file_id();
        let stickerset = types::InputStickerSetId { id: set_id, access_hash: set_id };
        let mut items = Vec::new();
        for (sticker, alt) in Sticker::all(emoji).zip(["👍", "❤", "😁", "🔥", "🎉", "😢"]) {
            let id = self.state.new_file_id();
            let (alt, stickerset) = (alt.to_owned(), stickerset.clone().into());
            let attribute = if emoji {
                types::DocumentAttributeCustomEmoji { free: true, text_color: false, alt: alt.clone(), stickerset }
                    .into()
            } else {
                types::DocumentAttributeSticker { mask: false, alt: alt.clone(), stickerset, mask_coords: None }.into()
            };
            let document = Document {
                id,
                name: "sticker.webp".to_owned(),
                mime: "image/webp".to_owned(),
                size: sticker.size(),
                date: self.now - 200 * DAY,
                dc: FILES_DC,
                content: Content::Sticker(sticker),
                voice: None,
                attributes: vec![
                    types::DocumentAttributeImageSize { w: sticker.side() as i32, h: sticker.side() as i32 }.into(),
                    attribute,
                ],
                thumb: None,
            };
            self.state.documents.insert(id, document);
            items.push((id, alt));
        }
        let (title, name) = (title.to_owned(), name.to_owned());
        self.state.sticker_sets.push(StickerSet { id: set_id, title, name, emoji, items });
        set_id
    }

    /// Sets that there are; the first account has installed one of each.
    pub(super) fn stickers(&mut self, main: i64) {
        let lamps = self.sticker_set("Lamps", "lamps_demo", false);
        let beads = self.sticker_set("Beads", "beads_demo", true);
        let now = self.now;
        let recent = self.state.sticker_sets.first().and_then(|set| set.items.first()).map(|(id, _)| (*id, now));
        if let Some(account) = self.state.accounts.get_mut(&main) {
            account.drawer.sets = vec![(lamps, now), (beads, now)];
            account.drawer.recent.extend(recent);
        }
    }
}
