//! How deep values lie in each other, told before anything follows them there.

use std::collections::HashSet;
use std::sync::OnceLock;

use thiserror::Error;

use crate::{Kind, Reader, Schema, Unknown, native};

/// Deeper than anything that servers or clients send.
const DEEPEST: usize = 96;
/// So few values that can lie in each other need no look: the stack carries them.
const FEW: usize = 48;

/// Values lie deeper in each other than anybody means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("values lie too deep in each other")]
pub struct TooDeep;

/// Knows the constructors that can stand in themselves.
pub struct Guard {
    recursive: HashSet<u32>,
    /// By the lower half of the constructor: most words of most messages are passed over with one look here.
    likely: Box<[bool; 1 << 16]>,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").finish_non_exhaustive()
    }
}

impl Guard {
    /// The guard of layer 230.
    pub fn get() -> &'static Self {
        static GUARD: OnceLock<Guard> = OnceLock::new();
        GUARD.get_or_init(|| Self::of(native()))
    }

    fn of(schema: &Schema) -> Self {
        let recursive: HashSet<u32> = schema.recursive().collect();
        let mut likely = Box::new([false; 1 << 16]);
        for id in &recursive {
            if let Some(likely) = likely.get_mut((id & 0xffff) as usize) {
                *likely = true;
            }
        }
        Self { recursive, likely }
    }

    /// Whether so few values that could lie in each other are there that no depth of theirs matters. Every constructor
    /// stands at a multiple of four bytes.
    pub fn is_shallow(&self, bytes: &[u8]) -> bool {
        let mut left = FEW;
        for word in bytes.chunks_exact(4) {
            let word = word.first_chunk::<4>().map_or(0, |word| u32::from_le_bytes(*word));
            let likely = self.likely.get((word & 0xffff) as usize).copied().unwrap_or_default();
            if likely && self.recursive.contains(&word) {
                left -= 1;
                if left == 0 {
                    return false;
                }
            }
        }
        true
    }

    /// Looks at a call before its reader does.
    ///
    /// # Errors
    /// When it is too deep.
    pub fn call(&self, bytes: &[u8]) -> Result<(), TooDeep> {
        if self.is_shallow(bytes) {
            return Ok(());
        }
        let Ok(id) = Reader::new(bytes).word() else { return Ok(()) };
        match native().by_id(id) {
            // A call lies as an object of its own name would.
            Some(method) => Self::follow(bytes, &Kind::Boxed(method.name.clone())),
            None => Ok(()),
        }
    }

    /// Looks at the answer to a call of this constructor before its reader does.
    ///
    /// # Errors
    /// When it is too deep.
    pub fn answer(&self, method: u32, bytes: &[u8]) -> Result<(), TooDeep> {
        if self.is_shallow(bytes) {
            return Ok(());
        }
        native().result(method).map_or(Ok(()), |kind| Self::follow(bytes, kind))
    }

    /// Looks at updates before their reader does.
    ///
    /// # Errors
    /// When they are too deep.
    pub fn updates(&self, bytes: &[u8]) -> Result<(), TooDeep> {
        if self.is_shallow(bytes) {
            return Ok(());
        }
        Self::follow(bytes, &Kind::Boxed("Updates".into()))
    }

    /// Of a method that the schema does not have nothing lies in itself: `native.tl` holds all that do.
    fn follow(bytes: &[u8], kind: &Kind) -> Result<(), TooDeep> {
        match Reader::new(bytes).skip(native(), kind, DEEPEST) {
            Err(Unknown::Depth) => Err(TooDeep),
            // Where this one stops, other readers stop too, having gone no deeper.
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use grammers_tl_types::{Identifiable, Serializable, enums, functions, types};

    use super::*;

    fn bold(depth: usize) -> enums::RichText {
        let mut text: enums::RichText = types::TextPlain { text: "x".into() }.into();
        for _ in 0..depth {
            text = types::TextBold { text }.into();
        }
        text
    }

    fn page(blocks: Vec<enums::PageBlock>) -> Vec<u8> {
        let page = types::Page {
            part: false,
            rtl: false,
            v2: false,
            url: String::new(),
            blocks,
            photos: Vec::new(),
            documents: Vec::new(),
            views: None,
        };
        page.to_bytes()
    }

    #[test]
    fn knows_what_can_stand_in_itself() {
        let guard = Guard::get();
        for id in [
            types::TextBold::CONSTRUCTOR_ID,
            types::TextConcat::CONSTRUCTOR_ID,
            types::PageBlockDetails::CONSTRUCTOR_ID,
            types::PageBlockList::CONSTRUCTOR_ID,
            types::JsonArray::CONSTRUCTOR_ID,
            types::JsonObject::CONSTRUCTOR_ID,
            types::InputPeerUserFromMessage::CONSTRUCTOR_ID,
        ] {
            assert!(guard.recursive.contains(&id), "{id:08x}");
        }
        assert!(!guard.recursive.contains(&types::Message::CONSTRUCTOR_ID) || guard.recursive.len() < 100);
        assert!(!guard.recursive.contains(&types::TextPlain::CONSTRUCTOR_ID), "nothing is in it");
    }

    #[test]
    fn deep_answers_updates_and_calls_are_refused_and_broad_ones_not() {
        let guard = Guard::get();
        let app_config = functions::help::GetAppConfig::CONSTRUCTOR_ID;
        let config = |arrays: u32| {
            let mut bytes = types::help::AppConfig::CONSTRUCTOR_ID.to_bytes();
            0i32.serialize(&mut bytes);
            for _ in 0..arrays {
                types::JsonArray::CONSTRUCTOR_ID.serialize(&mut bytes);
                bytes.extend(0x1cb5_c415u32.to_le_bytes());
                1u32.serialize(&mut bytes);
            }
            enums::Jsonvalue::JsonNull.serialize(&mut bytes);
            bytes
        };
        assert_eq!(guard.answer(app_config, &config(10)), Ok(()));
        assert_eq!(guard.answer(app_config, &config(1000)), Err(TooDeep));
        assert_eq!(guard.answer(app_config, &config(1_000_000)), Err(TooDeep));
        let state = functions::updates::GetState::CONSTRUCTOR_ID;
        assert_eq!(guard.answer(state, &config(1000)), Ok(()), "its reader knows nothing that lies in itself");

        let broad = enums::Jsonvalue::JsonArray(types::JsonArray {
            value: (0..5000)
                .map(|_| enums::Jsonvalue::JsonArray(types::JsonArray { value: vec![enums::Jsonvalue::JsonNull] }))
                .collect(),
        });
        let broad = enums::help::AppConfig::Config(types::help::AppConfig { hash: 0, config: broad });
        assert_eq!(guard.answer(app_config, &broad.to_bytes()), Ok(()));

        let mut peer = functions::messages::GetPeerSettings::CONSTRUCTOR_ID.to_bytes();
        for _ in 0..100_000 {
            types::InputPeerUserFromMessage::CONSTRUCTOR_ID.serialize(&mut peer);
        }
        assert_eq!(guard.call(&peer), Err(TooDeep));
    }

    #[test]
    fn a_long_page_is_no_deep_one() {
        let paragraph = |depth| types::PageBlockParagraph { text: bold(depth) }.into();
        let kind = Kind::Boxed("Page".into());
        let long = page((0..3000).map(|_| paragraph(3)).collect());
        let boxed = |page: Vec<u8>| [types::Page::CONSTRUCTOR_ID.to_bytes(), page].concat();
        assert!(!Guard::get().is_shallow(&long));
        assert_eq!(Guard::follow(&boxed(long), &kind), Ok(()));
        assert_eq!(Guard::follow(&boxed(page(vec![paragraph(400)])), &kind), Err(TooDeep));
    }

    #[test]
    fn the_bytes_of_a_file_are_no_values() {
        let bytes: Vec<u8> = (0..1_000_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        assert!(Guard::get().is_shallow(&bytes));
    }
}
