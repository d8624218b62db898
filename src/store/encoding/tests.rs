use super::*;
use heliograph_model::{
    Button, ButtonAction, Buttons, Comments, Contact, Dice, Document, Entity, EntityKind, FileKind, FileLocation,
    FormattedText, Forward, Location, Media, Message, MessageId, OtherMedia, PeerId, Photo, Poll, PollAnswer, Reaction,
    ReactionKind, Reply, Service, Sticker, StickerKind, Thumbnail, Video, VideoKind, Voice, WebPage,
};
use serde::Deserialize;
use std::sync::Arc;

fn location(kind: FileKind) -> FileLocation {
    FileLocation {
        dc: 2,
        kind,
        id: 5_000_000_000_000_000_001,
        access_hash: -4_000_000_000_000_000_000,
        file_reference: Arc::from([7; 25]),
        thumb: "y".into(),
        size: 123_456,
    }
}

fn document() -> Document {
    let thumbnail = Thumbnail {
        file: Some(location(FileKind::Document)),
        width: 320,
        height: 180,
        stripped: Some(Arc::from([1; 40])),
    };
    Document {
        id: 5,
        file: location(FileKind::Document),
        name: "plan.pdf".into(),
        mime: "application/pdf".into(),
        thumbnail: Some(Box::new(thumbnail)),
    }
}

/// One message of about every kind.
pub(crate) fn samples() -> Vec<Message> {
    let plain = Message {
        id: MessageId::Server(1),
        chat: PeerId::User(7),
        sender: PeerId::User(7),
        date: 1_790_000_000,
        text: FormattedText::plain("Grüße, 你好"),
        ..Message::default()
    };
    let with = |media: Media| Message { media: Some(media), ..plain.clone() };
    let happened = |service: Service| Message { service: Some(service), ..plain.clone() };
    let photo = Photo {
        id: 9,
        file: location(FileKind::Photo),
        width: 1280,
        height: 720,
        stripped: Some(Arc::from([200; 90])),
        spoiler: false,
    };
    let answer = |text: &str| PollAnswer {
        text: FormattedText::plain(text),
        option: Arc::from([0]),
        voters: Some(3),
        chosen: true,
        correct: false,
    };
    let poll = Poll {
        id: 77,
        question: FormattedText::plain("When?"),
        answers: vec![answer("Monday"), answer("Never")],
        quiz: false,
        multiple: true,
        public: true,
        closed: false,
        total: Some(6),
        closes: Some(1_790_000_100),
        solution: None,
        recent: vec![PeerId::User(1)],
    };
    let video = |kind| Video { document: document(), kind, width: 1280, height: 720, duration: 12, spoiler: false };
    let sticker =
        Sticker { document: document(), emoji: "🙂".into(), width: 512, height: 512, kind: StickerKind::Lottie };
    let entities = [EntityKind::Bold, EntityKind::TextUrl("https://example.org".into()), EntityKind::MentionName(5)];
    vec![
        plain.clone(),
        Message {
            outgoing: true,
            chat: PeerId::Channel(8),
            sender: PeerId::Channel(8),
            views: Some(900),
            ..plain.clone()
        },
        Message {
            text: FormattedText {
                text: "bold link".into(),
                entities: entities.map(|kind| Entity { start: 0, end: 4, kind }).to_vec(),
            },
            edited: Some(1_790_000_050),
            reply: Some(Box::new(Reply {
                message: Some(4),
                quote: Some(FormattedText::plain("so")),
                ..Reply::default()
            })),
            forward: Some(Box::new(Forward {
                from: Some(PeerId::Channel(9)),
                date: 1_780_000_000,
                ..Forward::default()
            })),
            via_bot: Some(PeerId::User(12)),
            author: Some("Robin".into()),
            forwards: Some(4),
            comments: Some(Box::new(Comments { count: 3, ..Comments::default() })),
            reactions: vec![Reaction {
                kind: ReactionKind::Emoji("👍".into()),
                count: 3,
                chosen: true,
                recent: vec![PeerId::User(1)],
            }],
            album: Some(13_000_000_000),
            buttons: Buttons::Inline(vec![vec![Button {
                text: "Go".into(),
                action: ButtonAction::Callback { data: Arc::from([1, 2]), password: false },
            }]]),
            preview: Some(Box::new(WebPage {
                url: "https://example.org".into(),
                photo: Some(photo.clone()),
                ..WebPage::default()
            })),
            mentioned: true,
            ..plain.clone()
        },
        with(Media::Photo(photo)),
        with(Media::Document(document())),
        with(Media::Video(video(VideoKind::Film))),
        with(Media::Video(video(VideoKind::Loop))),
        with(Media::Voice(Voice { document: document(), duration: 4, waveform: Arc::from([15; 100]) })),
        with(Media::Sticker(sticker)),
        with(Media::Poll(Box::new(poll))),
        with(Media::Contact(Contact { phone: "15550100".into(), name: "Mara".into(), user: Some(PeerId::User(3)) })),
        with(Media::Location(Location { latitude: 52.5, longitude: 13.4, venue: None, live_until: None })),
        with(Media::Dice(Dice { emoji: "🎲".into(), value: 6 })),
        with(Media::Other(OtherMedia::Invoice)),
        happened(Service::Joined(vec![PeerId::User(4)])),
        happened(Service::Pinned),
        happened(Service::Call { video: true, missed: false, declined: false, duration: Some(60) }),
    ]
}

#[test]
fn every_kind_comes_back_as_it_was() {
    for message in samples() {
        assert_eq!(decode::<Message>(&encode(&message).unwrap()).unwrap(), message);
    }
}

/// The first messages that were ever stored, as bytes. They must stay readable, whatever the model becomes: if this
/// test fails, a field without a default was added, or one was renamed.
#[test]
fn what_the_first_version_wrote_is_read() {
    let mut rest = &include_bytes!("messages-1.bin")[..];
    let mut read = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (bytes, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        read.push(decode::<Message>(bytes).unwrap());
        rest = after;
    }
    assert_eq!(read.len(), 17);
    assert_eq!(read[0].text.text, "Grüße, 你好");
    assert_eq!(read, samples());
}

/// Makes the two files that are never made again.
#[test]
#[ignore = "run once for each version of the form"]
fn write_the_files_of_this_version() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("encoding");
    let dictionary: Vec<u8> = samples().iter().rev().flat_map(|m| rmp_serde::to_vec_named(m).unwrap()).collect();
    if dictionary != DICTIONARY {
        std::fs::write(folder.join("dictionary-1.bin"), dictionary).unwrap();
        return;
    }
    let mut bytes = Vec::new();
    for message in samples() {
        let one = encode(&message).unwrap();
        bytes.extend(u32::try_from(one.len()).unwrap().to_le_bytes());
        bytes.extend(one);
    }
    std::fs::write(folder.join("messages-1.bin"), bytes).unwrap();
}

#[test]
fn fields_that_come_and_go_do_no_harm() {
    #[derive(Serialize)]
    struct Old {
        kept: u8,
        gone: String,
    }
    #[derive(Deserialize, PartialEq, Debug)]
    struct New {
        kept: u8,
        #[serde(default)]
        added: Vec<i64>,
        more: Option<String>,
    }
    let bytes = encode(&Old { kept: 3, gone: "x".repeat(400) }).unwrap();
    assert_eq!(decode::<New>(&bytes).unwrap(), New { kept: 3, added: vec![], more: None });
}

#[test]
fn messages_are_small() {
    let plain = &samples()[0];
    let bytes = encode(plain).unwrap();
    assert!(bytes.len() < plain.text.text.len() + 60, "{}", bytes.len());
}

#[test]
fn damaged_values_are_errors() {
    let bytes = encode(&samples()[2]).unwrap();
    for cut in 0..bytes.len() {
        assert!(decode::<Message>(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(decode::<Message>(&[PACKED, 255, 255, 255, 255, 1]).is_err());
    assert!(decode::<Message>(&[9, 1, 2]).is_err());
    let mut state = 88_172_645_463_325_252_u64;
    for _ in 0..2000 {
        let mut bytes = bytes.clone();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = (state >> 20) as usize % bytes.len();
        bytes[at] ^= (state as u8) | 1;
        let _ = decode::<Message>(&bytes);
    }
}
