//! Everything that a message can carry.

use super::Column;
use super::people::{BOT, ILSE, MARA, ME, MORNING, THEO, file, said};
use heliograph_model::{
    Audio, Contact, Dice, Document, FormattedText, Location, Media, Message as Said, OtherMedia, Photo, Poll,
    PollAnswer, Sticker, StickerKind, Thumbnail, Video, VideoKind, Voice,
};

/// A photo of so many pixels.
pub fn photo(id: i64, width: u32, height: u32) -> Media {
    let stripped = Some([1, 2, 3].into());
    Media::Photo(Photo { id, file: file(id, 1), width, height, stripped, spoiler: false })
}

fn document(id: i64, name: &str, size: u64) -> Document {
    Document { id, file: file(id, size), name: name.into(), mime: String::new(), thumbnail: None }
}

fn pictured(document: Document) -> Document {
    let thumbnail = Thumbnail { file: Some(file(document.id, 1)), width: 320, height: 180, stripped: None };
    Document { thumbnail: Some(Box::new(thumbnail)), ..document }
}

fn film(id: i64, kind: VideoKind, (width, height): (u32, u32), duration: u32) -> Media {
    let document = pictured(document(id, "film.mp4", 8_400_000));
    Media::Video(Video { document, kind, width, height, duration, spoiler: false })
}

fn poll(id: i64, quiz: bool, answers: &[(&str, Option<u32>, bool, bool)]) -> Poll {
    let answer = |(number, (text, voters, chosen, correct)): (usize, &(&str, Option<u32>, bool, bool))| PollAnswer {
        text: FormattedText::plain(*text),
        option: [number as u8].into(),
        voters: *voters,
        chosen: *chosen,
        correct: *correct,
    };
    Poll {
        id,
        question: FormattedText::plain(if quiz {
            "How far can the lamp be seen?"
        } else {
            "Which night shall we take?"
        }),
        answers: answers.iter().enumerate().map(answer).collect(),
        quiz,
        multiple: false,
        public: !quiz,
        closed: false,
        total: answers.iter().map(|answer| answer.1).sum(),
        closes: None,
        solution: quiz.then(|| FormattedText::plain("The lens throws it twenty miles in clear air.")),
        recent: vec![MARA, THEO],
    }
}

fn carrying(id: i32, sender: heliograph_model::PeerId, media: Media, text: &str) -> Vec<Said> {
    vec![Said { media: Some(media), ..said(id, sender, text) }]
}

pub fn column() -> Column {
    let hidden = match photo(414, 900, 600) {
        Media::Photo(photo) => Media::Photo(Photo { spoiler: true, ..photo }),
        other => other,
    };
    let waveform = (0..64_u32).map(|i| (i * i * 7 % 23 + i % 9) as u8).collect::<Vec<_>>().into();
    let album = |ids: &[(i64, u32, u32)], text: &str| {
        let part = |(number, (id, w, h)): (usize, &(i64, u32, u32))| Said {
            album: Some(1),
            media: Some(photo(*id, *w, *h)),
            ..said(210 + number as i32, MARA, if number == 0 { text } else { "" })
        };
        ids.iter().enumerate().map(part).collect::<Vec<_>>()
    };
    let rows = vec![
        carrying(200, ILSE, photo(410, 1280, 720), "The cover is back where it was"),
        album(&[(411, 1200, 800), (412, 800, 1000), (413, 1000, 1000)], "Three from this morning"),
        carrying(220, ME, hidden, ""),
        carrying(221, THEO, film(420, VideoKind::Film, (1280, 720), 83), ""),
        carrying(222, THEO, film(421, VideoKind::Loop, (480, 270), 4), ""),
        carrying(223, ILSE, film(423, VideoKind::Round, (320, 320), 12), ""),
        carrying(
            224,
            MARA,
            Media::Sticker(Sticker {
                document: pictured(document(424, "", 30_000)),
                emoji: "🌊".into(),
                width: 512,
                height: 420,
                kind: StickerKind::Lottie,
            }),
            "",
        ),
        carrying(225, MARA, Media::Document(document(425, "north-lens-survey.pdf", 11_900_000)), ""),
        carrying(226, ME, Media::Document(pictured(document(426, "chart.png", 480_000))), "The chart for March"),
        carrying(227, THEO, Media::Voice(Voice { document: document(427, "", 90_000), duration: 42, waveform }), ""),
        carrying(
            228,
            THEO,
            Media::Audio(Audio {
                document: pictured(document(428, "tide.mp3", 4_100_000)),
                duration: 201,
                title: Some("Tide Tables".into()),
                performer: Some("The Foghorns".into()),
            }),
            "",
        ),
    ];
    Column { rows }
}

/// What is neither picture nor file.
pub fn cards() -> Vec<Vec<Said>> {
    let place = Location { latitude: 57.6401, longitude: 18.296, venue: None, live_until: None };
    vec![
        carrying(
            229,
            ILSE,
            Media::Poll(Box::new(poll(
                1,
                false,
                &[("Friday", None, false, false), ("Saturday", None, false, false), ("Neither", None, false, false)],
            ))),
            "",
        ),
        carrying(
            230,
            ILSE,
            Media::Poll(Box::new(poll(
                2,
                true,
                &[
                    ("Ten miles", Some(3), true, false),
                    ("Twenty miles", Some(8), false, true),
                    ("To the moon", Some(1), false, false),
                ],
            ))),
            "",
        ),
        carrying(
            231,
            MARA,
            Media::Contact(Contact { phone: "46701740606".into(), name: "Ilse Okafor".into(), user: Some(ILSE) }),
            "",
        ),
        carrying(232, MARA, Media::Location(place.clone()), ""),
        carrying(
            233,
            ME,
            Media::Location(Location { venue: Some(("East pier".into(), "Harbour Road 4".into())), ..place.clone() }),
            "",
        ),
        carrying(234, ME, Media::Location(Location { live_until: Some(MORNING + 7 * 3600), ..place }), ""),
        carrying(235, THEO, Media::Dice(Dice { emoji: "🎲".into(), value: 5 }), ""),
        carrying(236, BOT, Media::Other(OtherMedia::Invoice), "Two tickets"),
        carrying(237, BOT, Media::Other(OtherMedia::Checklist), ""),
        carrying(238, BOT, Media::Other(OtherMedia::Unknown), ""),
    ]
}
