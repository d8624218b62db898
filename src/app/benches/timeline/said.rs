//! Messages as people write them, in every kind: the same ones in each run.

use heliograph_model::{
    Audio, Contact, Document, EntityKind, FileKind, FileLocation, FormattedText, Forward, Location, Media, Message,
    MessageId, Peer, PeerId, PeerKind, Photo, Poll, PollAnswer, Presence, Reaction, ReactionKind, Reply, Service,
    Sticker, StickerKind, Thumbnail, Video, VideoKind, Voice, WebPage,
};
use std::sync::Arc;

pub const ME: PeerId = PeerId::User(1);
pub const KEEPERS: PeerId = PeerId::Channel(9);
/// So many different pictures there are.
const PICTURES: u64 = 8;
/// Midnight, 10 March 2026, UTC.
const BEGINNING: i64 = 1_773_100_800;

const WORDS: [&str; 48] = [
    "the",
    "lamp",
    "is",
    "lit",
    "and",
    "turns",
    "again",
    "north",
    "lens",
    "was",
    "cleaned",
    "before",
    "dawn",
    "nobody",
    "saw",
    "a",
    "ship",
    "until",
    "four",
    "fog",
    "came",
    "in",
    "from",
    "west",
    "we",
    "kept",
    "signal",
    "on",
    "maybe",
    "tomorrow",
    "bring",
    "oil",
    "please",
    "wind",
    "force",
    "seven",
    "маяк",
    "сегодня",
    "горит",
    "туман",
    "вахта",
    "المنارة",
    "الليلة",
    "灯台",
    "霧",
    "👍",
    "😀",
    "🌊",
];
const ENTITIES: [EntityKind; 8] = [
    EntityKind::Bold,
    EntityKind::Italic,
    EntityKind::Underline,
    EntityKind::Strike,
    EntityKind::Spoiler,
    EntityKind::Code,
    EntityKind::Hashtag,
    EntityKind::Mention,
];

/// Everyone who writes.
pub fn peers() -> Vec<Peer> {
    let names = ["You Yourself", "Mara Lindqvist", "Theo", "Ольга Смирнова", "ليلى منصور", "Yui Tanaka", "Robin"];
    let person = |(number, name): (i64, &str)| {
        let kind =
            PeerKind::User { is_self: number == 1, bot: false, deleted: false, presence: Presence::Offline(BEGINNING) };
        peer(PeerId::User(number), kind, name)
    };
    let mut peers: Vec<_> = (1..).zip(names).map(person).collect();
    peers.push(peer(KEEPERS, PeerKind::Supergroup, "Lighthouse Keepers"));
    peers
}

fn peer(id: PeerId, kind: PeerKind, name: &str) -> Peer {
    Peer {
        id,
        kind,
        name: name.into(),
        username: None,
        photo: None,
        hue: id.hue(),
        members: Some(14),
        verified: false,
        protected: false,
        writable: true,
        contact: false,
    }
}

/// Chance that repeats itself (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// The messages with these numbers.
pub fn messages(numbers: std::ops::Range<i32>) -> Vec<Message> {
    numbers.map(message).collect()
}

/// Words only, one short line each.
fn words(chance: &mut Chance) -> FormattedText {
    // Most are short, a few are long.
    let count = match chance.below(10) {
        0..5 => 1 + chance.below(6),
        5..9 => 6 + chance.below(20),
        _ => 25 + chance.below(60),
    };
    let mut text = String::new();
    let mut entities = Vec::new();
    for number in 0..count {
        if number > 0 {
            text.push(if chance.below(25) == 0 { '\n' } else { ' ' });
        }
        let word = WORDS[chance.below(WORDS.len() as u64) as usize];
        if chance.below(14) == 0 {
            let start = text.encode_utf16().count() as i64;
            let kind = ENTITIES[chance.below(ENTITIES.len() as u64) as usize].clone();
            entities.push((start, word.encode_utf16().count() as i64, kind));
        }
        text.push_str(word);
    }
    if chance.below(12) == 0 {
        let url = "https://keepers.example/logbook";
        text.push(' ');
        entities.push((text.encode_utf16().count() as i64, url.len() as i64, EntityKind::Url));
        text.push_str(url);
    }
    FormattedText::from_utf16(text, entities)
}

fn file(kind: FileKind, size: u64) -> FileLocation {
    FileLocation { dc: 4, kind, id: 5, access_hash: 1, file_reference: Arc::from([]), thumb: String::new(), size }
}

fn document(number: i64, name: &str, mime: &str) -> Document {
    let file = file(FileKind::Document, 1_900_000 + number as u64 % 7_000_000);
    Document { id: number, file, name: name.into(), mime: mime.into(), thumbnail: None }
}

fn pictured(number: i64, name: &str, mime: &str) -> Document {
    let thumbnail = Thumbnail { file: None, width: 320, height: 200, stripped: None };
    Document { thumbnail: Some(Box::new(thumbnail)), ..document(number, name, mime) }
}

fn photo(chance: &mut Chance) -> Photo {
    let id = chance.below(PICTURES);
    let (width, height) = [(900, 600), (600, 800), (1280, 720), (500, 500)][id as usize % 4];
    Photo { id: id as i64, file: file(FileKind::Photo, 90_000), width, height, stripped: None, spoiler: false }
}

fn media(number: i32, chance: &mut Chance) -> Media {
    let id = 1000 + i64::from(number);
    match chance.below(24) {
        0..10 => Media::Photo(photo(chance)),
        10..13 => Media::Document(document(id, "north-lens-survey.pdf", "application/pdf")),
        13..15 => Media::Voice(Voice {
            document: document(id, "", "audio/ogg"),
            duration: 3 + chance.below(90) as u32,
            waveform: (0..100).map(|_| chance.below(32) as u8).collect(),
        }),
        15..17 => Media::Video(Video {
            document: pictured(id, "fog.mp4", "video/mp4"),
            kind: if chance.below(3) == 0 { VideoKind::Round } else { VideoKind::Film },
            width: 640,
            height: 400,
            duration: 61,
            spoiler: false,
        }),
        17..20 => Media::Sticker(Sticker {
            document: pictured(id, "sticker.webp", "image/webp"),
            emoji: "🌊".into(),
            width: 512,
            height: 512,
            kind: StickerKind::Still,
        }),
        20 => Media::Audio(Audio {
            document: document(id, "horn.mp3", "audio/mpeg"),
            duration: 214,
            title: Some("Foghorn in C".into()),
            performer: Some("The Keepers".into()),
        }),
        21 => Media::Poll(Box::new(poll(id, chance))),
        22 => Media::Contact(Contact { phone: "46701234567".into(), name: "Mara Lindqvist".into(), user: None }),
        _ => Media::Location(Location { latitude: 57.8, longitude: 11.6, venue: None, live_until: None }),
    }
}

fn poll(id: i64, chance: &mut Chance) -> Poll {
    let answer = |(number, words): (u8, &str)| PollAnswer {
        text: FormattedText::plain(words),
        option: Arc::from([number]),
        voters: Some(number.into()),
        chosen: number == 2,
        correct: false,
    };
    Poll {
        id,
        question: FormattedText::plain("Who keeps the watch on Saturday?"),
        answers: (0..).zip(["Mara", "Theo", "Whoever is awake", "Nobody"]).map(answer).collect(),
        quiz: false,
        multiple: false,
        public: true,
        closed: chance.below(2) == 0,
        total: Some(6),
        closes: None,
        solution: None,
        recent: Vec::new(),
    }
}

/// The message with this number.
pub fn message(number: i32) -> Message {
    let chance = &mut Chance::new(number as u64 ^ 0x5eed);
    // Runs of one sender, a message each minute or so.
    let sender = PeerId::User(1 + ((number / 3) as i64 * 5) % 7);
    let date = BEGINNING + i64::from(number) * 70;
    let mut said = Message {
        id: MessageId::Server(number),
        chat: KEEPERS,
        sender,
        outgoing: sender == ME,
        date,
        text: words(chance),
        ..Message::default()
    };
    match chance.below(100) {
        0..2 => {
            let services = [
                Service::Joined(vec![PeerId::User(3)]),
                Service::Pinned,
                Service::Renamed("Lighthouse Keepers".into()),
            ];
            said.service = Some(services[chance.below(3) as usize].clone());
            said.text = FormattedText::default();
        }
        2..26 => {
            said.media = Some(media(number, chance));
            let captioned = matches!(said.media, Some(Media::Photo(_) | Media::Document(_))) && chance.below(3) == 0;
            if !captioned {
                said.text = FormattedText::default();
            }
        }
        26..36 => {
            let answered = number - 1 - chance.below(40) as i32;
            said.reply = Some(Box::new(Reply { message: Some(answered), ..Reply::default() }));
        }
        36..40 => {
            let from = Some(PeerId::User(1 + chance.below(7) as i64));
            said.forward = Some(Box::new(Forward { from, date: date - 5000, ..Forward::default() }));
        }
        40..44 => {
            said.preview = Some(Box::new(WebPage {
                id: i64::from(number),
                url: "https://keepers.example/logbook".into(),
                display: "keepers.example/logbook".into(),
                site: Some("The Keepers".into()),
                title: Some("The logbook of the north lens".into()),
                description: Some(
                    "What was seen from the gallery rail, night by night, since the lamp was lit.".into(),
                ),
                photo: Some(photo(chance)),
                large: chance.below(2) == 0,
                ..WebPage::default()
            }));
        }
        _ => {}
    }
    if chance.below(7) == 0 {
        said.reactions = ["👍", "❤️", "😂", "🔥"][..1 + chance.below(3) as usize]
            .iter()
            .map(|emoji| Reaction {
                kind: ReactionKind::Emoji((*emoji).into()),
                count: 1 + chance.below(9) as u32,
                chosen: chance.below(4) == 0,
                recent: Vec::new(),
            })
            .collect();
    }
    if chance.below(20) == 0 {
        said.edited = Some(date + 60);
    }
    said
}
