//! The entities of a message (core.telegram.org/api/entities).

use super::{Ask, Fine, bad};
use crate::world::markup;
use grammers_tl_types::enums::MessageEntity;
use grammers_tl_types::types;

/// Beyond this many, entities are passed over.
const MOST: usize = 100;

/// The entities given, and those that the server finds by itself. They count in UTF-16 units and may neither reach over
/// the end nor begin or end inside a character.
pub(crate) fn checked(ask: &Ask<'_>, text: &str, given: Vec<MessageEntity>) -> Fine<Vec<MessageEntity>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let inside = |place: i64| {
        usize::try_from(place)
            .ok()
            .and_then(|place| units.get(place))
            .is_some_and(|unit| (0xdc00..0xe000).contains(unit))
    };
    let mut all = Vec::new();
    for entity in given.into_iter().take(MOST) {
        let (offset, length) = (i64::from(entity.offset()), i64::from(entity.length()));
        if offset < 0 || length < 0 || offset + length > units.len() as i64 || inside(offset) || inside(offset + length)
        {
            return Err(bad("ENTITY_BOUNDS_INVALID"));
        }
        if length == 0 {
            continue;
        }
        match entity {
            MessageEntity::InputMessageEntityMentionName(mention) => {
                // Somebody who may not be named like this stays plain words.
                if let Ok(user_id) = ask.person(&mention.user_id) {
                    let (offset, length) = (mention.offset, mention.length);
                    all.push(types::MessageEntityMentionName { offset, length, user_id }.into());
                }
            }
            MessageEntity::Unknown(_) => {}
            entity => all.push(entity),
        }
    }
    for found in markup::found(text) {
        let apart = |entity: &MessageEntity| {
            entity.offset() + entity.length() <= found.offset() || found.offset() + found.length() <= entity.offset()
        };
        if all.iter().all(apart) {
            all.push(found);
        }
    }
    all.sort_by_key(|entity| (entity.offset(), -entity.length()));
    Ok(all)
}
