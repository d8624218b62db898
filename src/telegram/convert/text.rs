//! Text with entities (core.telegram.org/api/entities).

use grammers_tl_types as tl;
use heliograph_model::{EntityKind, FormattedText};

/// Words and entities as they came. Kinds that we do not draw are left out, their words stay.
pub(crate) fn formatted(text: String, entities: Option<&[tl::enums::MessageEntity]>) -> FormattedText {
    FormattedText::from_utf16(text, entities.unwrap_or_default().iter().filter_map(entity))
}

fn entity(entity: &tl::enums::MessageEntity) -> Option<(i64, i64, EntityKind)> {
    use tl::enums::MessageEntity as E;
    let (offset, length, kind) = match entity {
        E::Mention(e) => (e.offset, e.length, EntityKind::Mention),
        E::Hashtag(e) => (e.offset, e.length, EntityKind::Hashtag),
        E::BotCommand(e) => (e.offset, e.length, EntityKind::BotCommand),
        E::Url(e) => (e.offset, e.length, EntityKind::Url),
        E::Email(e) => (e.offset, e.length, EntityKind::Email),
        E::Bold(e) => (e.offset, e.length, EntityKind::Bold),
        E::Italic(e) => (e.offset, e.length, EntityKind::Italic),
        E::Code(e) => (e.offset, e.length, EntityKind::Code),
        E::Pre(e) => (e.offset, e.length, EntityKind::Pre(e.language.clone())),
        E::TextUrl(e) => (e.offset, e.length, EntityKind::TextUrl(e.url.clone())),
        E::MentionName(e) => (e.offset, e.length, EntityKind::MentionName(e.user_id)),
        E::Phone(e) => (e.offset, e.length, EntityKind::Phone),
        E::Cashtag(e) => (e.offset, e.length, EntityKind::Cashtag),
        E::Underline(e) => (e.offset, e.length, EntityKind::Underline),
        E::Strike(e) => (e.offset, e.length, EntityKind::Strike),
        E::BankCard(e) => (e.offset, e.length, EntityKind::BankCard),
        E::Spoiler(e) => (e.offset, e.length, EntityKind::Spoiler),
        E::CustomEmoji(e) => (e.offset, e.length, EntityKind::CustomEmoji(e.document_id)),
        E::Blockquote(e) => (e.offset, e.length, EntityKind::Quote { collapsed: e.collapsed }),
        E::Unknown(_)
        | E::InputMessageEntityMentionName(_)
        | E::FormattedDate(_)
        | E::DiffInsert(_)
        | E::DiffReplace(_)
        | E::DiffDelete(_)
        | E::TonAddress(_) => return None,
    };
    Some((offset.into(), length.into(), kind))
}

/// The entities to send along. What the server finds by itself (addresses, mentions, hashtags ...) is left to it.
///
/// `user` names a person for a mention without a public name; unknown people stay plain words.
pub(crate) fn to_send(
    text: &FormattedText,
    user: impl Fn(i64) -> Option<tl::enums::InputUser>,
) -> Option<Vec<tl::enums::MessageEntity>> {
    let entities: Vec<tl::enums::MessageEntity> = text
        .utf16_entities()
        .filter_map(|(offset, length, kind)| {
            Some(match kind {
                EntityKind::Bold => tl::types::MessageEntityBold { offset, length }.into(),
                EntityKind::Italic => tl::types::MessageEntityItalic { offset, length }.into(),
                EntityKind::Underline => tl::types::MessageEntityUnderline { offset, length }.into(),
                EntityKind::Strike => tl::types::MessageEntityStrike { offset, length }.into(),
                EntityKind::Spoiler => tl::types::MessageEntitySpoiler { offset, length }.into(),
                EntityKind::Code => tl::types::MessageEntityCode { offset, length }.into(),
                EntityKind::Pre(language) => {
                    tl::types::MessageEntityPre { offset, length, language: language.clone() }.into()
                }
                EntityKind::Quote { collapsed } => {
                    tl::types::MessageEntityBlockquote { collapsed: *collapsed, offset, length }.into()
                }
                EntityKind::TextUrl(url) => tl::types::MessageEntityTextUrl { offset, length, url: url.clone() }.into(),
                EntityKind::MentionName(id) => {
                    tl::types::InputMessageEntityMentionName { offset, length, user_id: user(*id)? }.into()
                }
                EntityKind::CustomEmoji(document_id) => {
                    tl::types::MessageEntityCustomEmoji { offset, length, document_id: *document_id }.into()
                }
                EntityKind::Url
                | EntityKind::Mention
                | EntityKind::Hashtag
                | EntityKind::Cashtag
                | EntityKind::BotCommand
                | EntityKind::Email
                | EntityKind::Phone
                | EntityKind::BankCard => return None,
            })
        })
        .collect();
    (!entities.is_empty()).then_some(entities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::Entity;

    #[test]
    fn entities_after_emoji_land_on_their_words() {
        // "🔥" is two UTF-16 units and four bytes.
        let text = formatted(
            "🔥 bold link".into(),
            Some(&[
                tl::types::MessageEntityBold { offset: 3, length: 4 }.into(),
                tl::types::MessageEntityTextUrl { offset: 8, length: 4, url: "https://example.org".into() }.into(),
                tl::types::MessageEntityUnknown { offset: 0, length: 2 }.into(),
            ]),
        );
        let words: Vec<_> = text.entities.iter().map(|e| (&text.text[e.start..e.end], e.kind.clone())).collect();
        assert_eq!(words, [("bold", EntityKind::Bold), ("link", EntityKind::TextUrl("https://example.org".into()))]);
    }

    #[test]
    fn what_is_sent_comes_back_the_same() {
        let kinds = [
            EntityKind::Bold,
            EntityKind::Italic,
            EntityKind::Underline,
            EntityKind::Strike,
            EntityKind::Spoiler,
            EntityKind::Code,
            EntityKind::Pre("rust".into()),
            EntityKind::Quote { collapsed: false },
            EntityKind::Quote { collapsed: true },
            EntityKind::TextUrl("https://example.org".into()),
            EntityKind::CustomEmoji(5),
        ];
        for kind in kinds {
            let text = FormattedText {
                text: "a 😀 words".into(),
                entities: vec![Entity { start: 7, end: 12, kind: kind.clone() }],
            };
            let sent = to_send(&text, |_| None).unwrap();
            assert_eq!(formatted(text.text.clone(), Some(&sent)), text, "{kind:?}");
        }
    }

    #[test]
    fn the_server_finds_links_by_itself_and_needs_a_key_for_people() {
        let entity = |kind| FormattedText { text: "word".into(), entities: vec![Entity { start: 0, end: 4, kind }] };
        assert!(to_send(&entity(EntityKind::Url), |_| None).is_none());
        assert!(to_send(&entity(EntityKind::MentionName(7)), |_| None).is_none());
        let known = to_send(&entity(EntityKind::MentionName(7)), |user_id| {
            Some(tl::types::InputUser { user_id, access_hash: 1 }.into())
        });
        assert!(matches!(known.as_deref(), Some([tl::enums::MessageEntity::InputMessageEntityMentionName(_)])));
    }

    #[test]
    fn entities_of_any_place_and_kind_are_drawn_within_the_words() {
        use crate::noise::{Noise, inputs};
        let mut noise = Noise(1);
        let pieces = [
            "a",
            "word ",
            "\n",
            "ß",
            "e\u{301}",
            "漢字",
            "سلام ",
            "😀",
            "👩‍👩‍👧",
            "🇺🇦",
            "\u{202e}",
            "\0",
            "https://a.example ",
        ];
        let mut kept = 0;
        for _ in 0..inputs() {
            let words = noise.words(16, &pieces);
            let entities: Vec<tl::enums::MessageEntity> = (0..noise.below(8))
                .map(|_| {
                    let mut place = || match noise.below(12) {
                        0 => noise.draw() as i32,
                        1 => i32::MAX,
                        2 => i32::MIN,
                        _ => noise.below(40) as i32 - 3,
                    };
                    let (offset, length) = (place(), place());
                    match noise.below(8) {
                        0 => tl::types::MessageEntityBold { offset, length }.into(),
                        1 => tl::types::MessageEntitySpoiler { offset, length }.into(),
                        2 => tl::types::MessageEntityTextUrl { offset, length, url: noise.words(3, &pieces) }.into(),
                        3 => tl::types::MessageEntityBlockquote { collapsed: true, offset, length }.into(),
                        4 => tl::types::MessageEntityPre { offset, length, language: noise.words(2, &pieces) }.into(),
                        5 => tl::types::MessageEntityCustomEmoji { offset, length, document_id: -1 }.into(),
                        6 => tl::types::MessageEntityUnknown { offset, length }.into(),
                        _ => tl::types::MessageEntityMentionName { offset, length, user_id: 7 }.into(),
                    }
                })
                .collect();
            let text = formatted(words.clone(), Some(&entities));
            assert_eq!(text.text, words);
            for entity in &text.entities {
                assert!(entity.start < entity.end && words.get(entity.start..entity.end).is_some(), "{entity:?}");
                kept += 1;
            }
            assert_eq!(text.spans().iter().map(|span| span.text).collect::<String>(), words);
            let _ = (to_send(&text, |_| None), text.to_html(), text.to_markdown());
        }
        assert!(kept > 0);
    }
}
