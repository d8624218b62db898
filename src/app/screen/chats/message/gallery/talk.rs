//! People talking in a group: words of every kind, answers, forwards.

use super::Column;
use super::people::{BOT, ILSE, KEEPERS, MARA, ME, MORNING, NADIA, THEO, WEEKLY, said};
use heliograph_model::{
    Delivery, EntityKind, FormattedText, Forward, Media, Message as Said, MessageId, Reaction, ReactionKind, Reply,
    SendFailure,
};

fn answer(id: i32, sender: heliograph_model::PeerId, text: &str, reply: Reply) -> Said {
    Said { reply: Some(Box::new(reply)), ..said(id, sender, text) }
}

fn forwarded(id: i32, sender: heliograph_model::PeerId, text: &str, forward: Forward) -> Said {
    Said { forward: Some(Box::new(forward)), ..said(id, sender, text) }
}

/// Words with everything that can stand out in them.
fn formatted() -> Said {
    let mut said = said(30, THEO, "");
    let parts: &[(&str, Option<EntityKind>)] = &[
        ("Bold", Some(EntityKind::Bold)),
        (", ", None),
        ("slanted", Some(EntityKind::Italic)),
        (", ", None),
        ("underlined", Some(EntityKind::Underline)),
        (", ", None),
        ("struck", Some(EntityKind::Strike)),
        (", ", None),
        ("code", Some(EntityKind::Code)),
        (", ", None),
        ("hidden words", Some(EntityKind::Spoiler)),
        (", ", None),
        ("https://keepers.example", Some(EntityKind::Url)),
        (", ", None),
        ("@theo", Some(EntityKind::Mention)),
        (", ", None),
        ("#lens", Some(EntityKind::Hashtag)),
        ("\n", None),
        ("Who keeps the lamp, keeps the coast.", Some(EntityKind::Quote { collapsed: false })),
        ("\n", None),
        ("fn turn(lamp: &mut Lamp) -> Angle {\n    lamp.step()\n}", Some(EntityKind::Pre("rust".into()))),
    ];
    let mut text = String::new();
    let mut entities = Vec::new();
    for (words, kind) in parts {
        let start = text.encode_utf16().count() as i64;
        text.push_str(words);
        entities.extend(kind.clone().map(|kind| (start, words.encode_utf16().count() as i64, kind)));
    }
    said.text = FormattedText::from_utf16(text, entities);
    said
}

pub fn column() -> Column {
    let reaction = |emoji: &str, count, chosen, recent: &[heliograph_model::PeerId]| Reaction {
        kind: ReactionKind::Emoji(emoji.into()),
        count,
        chosen,
        recent: recent.to_vec(),
    };
    let photo = super::media::photo(401, 1280, 960);
    let rows = vec![
        said(1, MARA, "The storm took the north lens cover."),
        said(2, MARA, "I will be up at the gallery by eight, and bring the long ladder."),
        Said { reactions: vec![reaction("👍", 2, true, &[THEO, ME])], ..said(3, MARA, "Who comes along?") },
        said(11, ME, "I do"),
        Said {
            edited: Some(MORNING + 900),
            reactions: vec![reaction("🔥", 6, true, &[]), reaction("❤️", 4, false, &[]), reaction("🎉", 1, false, &[])],
            ..said(12, ME, "With the new mount. Which one did you use in the end? The log says nothing of it.")
        },
        Said { media: Some(photo), ..said(4, ILSE, "") },
        answer(13, THEO, "The old one. It still turns.", Reply { message: Some(12), ..Reply::default() }),
        answer(14, MARA, "What a sky", Reply { message: Some(4), ..Reply::default() }),
        answer(
            15,
            ME,
            "That is the one",
            Reply { message: Some(2), quote: Some(FormattedText::plain("bring the long ladder")), ..Reply::default() },
        ),
        answer(16, ME, "Too late", Reply { message: Some(999), sender: Some(THEO), ..Reply::default() }),
        forwarded(
            17,
            ILSE,
            "The Pleiades set earlier each night now.",
            Forward { from: Some(WEEKLY), post: Some(5), author: Some("R. Vega".into()), ..Forward::default() },
        ),
        forwarded(
            18,
            ILSE,
            "And the wind turns.",
            Forward { name: Some("Somebody Unseen".into()), ..Forward::default() },
        ),
        Said { via_bot: Some(BOT), ..said(19, THEO, "Next ferry: 10:40 from the east pier") },
        Said { pinned: true, ..formatted() },
        said(31, NADIA, "وصلت العدسة الشمالية إلى المنارة، وسنركّبها غدًا صباحًا قبل وصول العبّارة."),
        said(32, NADIA, "صباح الخير"),
        said(33, THEO, "🌊🔥"),
        Said { delivery: Delivery::Sending, id: MessageId::Pending(1), ..said(34, ME, "On my way") },
        Said {
            delivery: Delivery::Failed(SendFailure::Offline),
            id: MessageId::Pending(2),
            ..said(35, ME, "Can you hear me?")
        },
        answer(
            36,
            MARA,
            "See there",
            Reply {
                chat: Some(WEEKLY),
                message: Some(51),
                sender: Some(WEEKLY),
                media: Some(Box::new(Media::Other(heliograph_model::OtherMedia::Photo))),
                ..Reply::default()
            },
        ),
    ];
    debug_assert!(rows.iter().all(|said| said.chat == KEEPERS));
    let rows = rows.into_iter().map(|said| vec![said]);
    Column { rows: rows.chain(super::media::cards().into_iter().take(4)).collect() }
}
