//! Posts of a channel, links, and a bot with its buttons.

use super::Column;
use super::people::{BOT, ILSE, MARA, ME, TALK, THEO, WEEKLY, said};
use heliograph_model::{
    Button, ButtonAction, Buttons, Comments, Media, Message as Said, PeerId, Photo, Reaction, ReactionKind, WebPage,
};

fn post(id: i32, text: &str, views: u32) -> Said {
    Said { chat: WEEKLY, sender: WEEKLY, outgoing: false, views: Some(views), ..said(id, WEEKLY, text) }
}

fn bot(id: i32, text: &str) -> Said {
    Said { chat: BOT, sender: BOT, ..said(id, BOT, text) }
}

fn picture(id: i64) -> Option<Photo> {
    match super::media::photo(id, 1280, 720) {
        Media::Photo(photo) => Some(photo),
        _ => None,
    }
}

fn page(large: bool) -> WebPage {
    WebPage {
        url: "https://weekly.example/pleiades".into(),
        display: "weekly.example/pleiades".into(),
        site: Some("Astronomy Weekly".into()),
        title: Some("Forty minutes on the Pleiades, from a lighthouse".into()),
        description: Some(
            "What the keepers of a small island see each winter, with a lens from 1886, a wooden mount, and a great deal \
             of patience. With charts for the whole month, and a list of nights without a moon for everybody who wants to \
             try it at home."
                .into(),
        ),
        photo: picture(if large { 501 } else { 502 }),
        large,
        ..WebPage::default()
    }
}

fn button(text: &str, action: ButtonAction) -> Button {
    Button { text: text.into(), action }
}

fn call(text: &str) -> Button {
    button(text, ButtonAction::Callback { data: [1].into(), password: false })
}

pub fn column() -> Column {
    let reaction = |emoji: &str, count, chosen| Reaction {
        kind: ReactionKind::Emoji(emoji.into()),
        count,
        chosen,
        recent: Vec::new(),
    };
    let comments = |count, recent: &[PeerId], unread| {
        Some(Box::new(Comments { count, group: Some(TALK), recent: recent.to_vec(), unread }))
    };
    let direct = |id, sender: PeerId, text: &str| Said { chat: MARA, ..said(id, sender, text) };
    let rows = vec![
        Said {
            author: Some("R. Vega".into()),
            reactions: vec![
                reaction("👍", 1284, false),
                reaction("🔭", 311, true),
                Reaction { kind: ReactionKind::Custom(5), count: 12, chosen: false, recent: Vec::new() },
                Reaction { kind: ReactionKind::Paid, count: 3, chosen: false, recent: Vec::new() },
            ],
            comments: comments(128, &[MARA, THEO, ILSE], true),
            ..post(
                50,
                "The Pleiades stand high this week. Look south at nine in the evening, and wait for your eyes.",
                48_213,
            )
        },
        Said {
            media: Some(super::media::photo(403, 1280, 800)),
            comments: comments(0, &[], false),
            edited: Some(1),
            ..post(51, "First light of the new lens", 921)
        },
        Said {
            preview: Some(Box::new(page(true))),
            comments: comments(1, &[THEO], false),
            ..post(52, "Read more: weekly.example/pleiades", 12)
        },
        Said { preview: Some(Box::new(page(false))), ..direct(60, MARA, "Did you see this? weekly.example/pleiades") },
        Said {
            preview: Some(Box::new(WebPage { photo: None, above: true, description: None, ..page(false) })),
            ..direct(61, ME, "I wrote it")
        },
        Said {
            preview: Some(Box::new(WebPage { title: None, site: None, ..page(false) })),
            ..direct(62, ME, "weekly.example/pleiades")
        },
        Said { reactions: vec![reaction("😂", 1, false)], ..direct(63, MARA, "Of course you did") },
        Said {
            buttons: Buttons::Inline(vec![
                vec![call("08:20"), call("10:40"), call("13:00")],
                vec![button("Timetable", ButtonAction::Url("https://ferry.example".into()))],
                vec![
                    button("Copy the code", ButtonAction::Copy("F-113".into())),
                    button("Share", ButtonAction::Inline { query: String::new(), here: false }),
                ],
            ]),
            ..bot(70, "Which ferry do you want to take?")
        },
        Said {
            buttons: Buttons::Inline(vec![vec![call("A very long name of a button that does not fit into its place")]]),
            ..bot(71, "Booked.")
        },
    ];
    let rows = rows.into_iter().map(|said| vec![said]);
    Column { rows: rows.chain(super::media::cards().into_iter().skip(4)).collect() }
}
