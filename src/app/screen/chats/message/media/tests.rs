//! What messages carry, drawn and pressed without a screen. `HELIOGRAPH_PICTURES=/tmp/pictures` keeps sheets of all kinds.

use super::super::{album, view};
use crate::download;
use crate::media::{decode, still};
use crate::screen::chats::scene::tests::Room;
use crate::screen::chats::scene::{Files, Scene};
use crate::screen::chats::state::State;
use crate::screen::chats::{Message, stranger};
use crate::theme::{Direction, Look};
use crate::widget::Element;
use crate::widget::control::focus::keys;
use crate::widget::stage::Stage;
use heliograph_model::{
    Audio, Contact, Dice, Document, FileKind, FileLocation, FormattedText, Location, Media, Message as Said, MessageId,
    Peer, PeerId, Photo, Poll, PollAnswer, Sticker, StickerKind, Thumbnail, Video, VideoKind, Voice, WebPage,
};
use iced::keyboard::key::Named;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

const ME: PeerId = PeerId::User(1);
const MARA: PeerId = PeerId::User(2);
const NOW: i64 = 1_773_100_800;

#[derive(Default)]
struct Downloads(HashMap<i32, (u64, u64)>, Option<PathBuf>);

impl Files for Downloads {
    fn of(&self, _chat: PeerId, message: i32) -> download::State<'_> {
        match (self.0.get(&message), &self.1) {
            (Some((done, total)), _) => download::State::Running { done: *done, total: *total },
            (None, Some(path)) if message == 90 => download::State::Saved(path),
            _ => download::State::Idle,
        }
    }
}

struct Show {
    look: Look,
    room: Room,
    files: Downloads,
    said: Vec<Said>,
}

impl Show {
    fn new(look: Look, said: Vec<Said>) -> Self {
        let mut state = State::new(ME);
        state.learn([Peer { id: MARA, name: "Mara Lindqvist".into(), hue: MARA.hue(), ..stranger() }]);
        let room = Room { now: NOW, ..Room::new(state) };
        Self { look, room, files: Downloads::default(), said }
    }

    fn scene(&self) -> Scene<'_> {
        Scene { files: &self.files, ..self.room.scene(self.look) }
    }

    /// Every message as a bubble; those of one album together.
    fn view(&self) -> Element<'_, Message> {
        let scene = self.scene();
        let mut bubbles = Vec::new();
        let mut rest = self.said.as_slice();
        while let Some(first) = rest.first() {
            let count = match first.album {
                Some(number) => rest.iter().take_while(|said| said.album == Some(number)).count(),
                None => 1,
            };
            let (together, after) = rest.split_at(count);
            bubbles.push(match together {
                [said] => view(&scene, said, (true, true)),
                many => album(&scene, &many.iter().collect::<Vec<_>>(), (true, true)),
            });
            rest = after;
        }
        keys(iced::widget::column(bubbles)).into()
    }

    /// Fetches every picture at once.
    fn fetch(&mut self) {
        let paint = |shape: decode::Shape, id: i64| {
            let hue = (id % 7) as u8;
            let scene = image::RgbaImage::from_fn(shape.width, shape.height, |x, y| {
                let (x, y) = ((x * 255 / shape.width) as u8, (y * 200 / shape.height) as u8);
                image::Rgba([180_u8.wrapping_sub(y / 2).wrapping_add(hue * 9), 90 + y / 2, 60 + x / 3, 255])
            });
            decode::fit(&image::DynamicImage::from(scene), shape)
        };
        let mut all = Vec::new();
        let mut rest = self.said.as_slice();
        while let Some(first) = rest.first() {
            let count = first.album.map_or(1, |number| rest.iter().take_while(|s| s.album == Some(number)).count());
            let (together, after) = rest.split_at(count);
            let together: Vec<_> = together.iter().collect();
            match still::is_grid(&together) {
                true => all.extend(still::of_album(&together, |_| false).into_iter().map(|(_, still)| still.key)),
                false => all.extend(together.iter().flat_map(|s| still::of_message(s, false)).map(|still| still.key)),
            }
            rest = after;
        }
        for key in all {
            let shape = key.form.shape(1.0);
            let _next = self.room.pictures.ended(key, Some(paint(shape, key.id)));
        }
    }
}

fn said(id: i32, media: Media) -> Said {
    let (chat, sender) = (MARA, MARA);
    Said { id: MessageId::Server(id), chat, sender, date: NOW - 60, media: Some(media), ..Said::default() }
}

fn file(id: i64, kind: FileKind) -> FileLocation {
    let file_reference = Arc::from([]);
    FileLocation { dc: 4, kind, id, access_hash: 1, file_reference, thumb: String::new(), size: 4_200_000 }
}

fn photo(id: i64, width: u32, height: u32) -> Photo {
    Photo { id, file: file(id, FileKind::Photo), width, height, stripped: None, spoiler: false }
}

fn document(id: i64, name: &str, pictured: bool) -> Document {
    let thumbnail = Thumbnail { file: Some(file(id, FileKind::Document)), width: 320, height: 180, stripped: None };
    Document {
        id,
        file: file(id, FileKind::Document),
        name: name.into(),
        mime: String::new(),
        thumbnail: pictured.then(|| Box::new(thumbnail)),
    }
}

fn video(id: i64, kind: VideoKind) -> Video {
    let document = document(id, "film.mp4", true);
    Video { document, kind, width: 1280, height: 720, duration: 83, spoiler: false }
}

fn poll(answers: &[(&str, u32, bool, bool)]) -> Poll {
    let answers = answers.iter().enumerate().map(|(place, (text, voters, chosen, correct))| PollAnswer {
        text: FormattedText::plain(*text),
        option: Arc::from([place as u8]),
        voters: Some(*voters),
        chosen: *chosen,
        correct: *correct,
    });
    let answers: Vec<_> = answers.collect();
    Poll {
        id: 1,
        question: FormattedText::plain("When do we clean the north lens?"),
        total: Some(answers.iter().map(|answer| answer.voters.unwrap_or(0)).sum()),
        answers,
        quiz: false,
        multiple: false,
        public: false,
        closed: false,
        closes: None,
        solution: None,
        recent: Vec::new(),
    }
}

const OPEN: [(&str, u32, bool, bool); 3] = [
    ("On Saturday morning, before the first ferry comes and the island is full of people", 0, false, false),
    ("Sunday", 0, false, false),
    ("Never", 0, false, false),
];

fn every_kind() -> Vec<Said> {
    let waveform: Vec<u8> = (0..64_u32).map(|at| ((at * at * 7 + at * 3) % 32) as u8).collect();
    let voice = |id| Voice { document: document(id, "", false), duration: 42, waveform: waveform.clone().into() };
    let mut hidden = photo(2, 800, 600);
    hidden.spoiler = true;
    let sticker = Sticker {
        document: document(6, "", false),
        emoji: "😀".into(),
        width: 512,
        height: 512,
        kind: StickerKind::Lottie,
    };
    let audio = Audio {
        document: document(8, "track.mp3", true),
        duration: 221,
        title: Some("The Keeper's Waltz".into()),
        performer: Some("Harbour Band".into()),
    };
    let quiz = Poll {
        quiz: true,
        solution: Some(FormattedText::plain("Fresnel built the first one for Cordouan in 1823.")),
        ..poll(&[("Newton", 3, true, false), ("Fresnel", 9, false, true), ("Huygens", 2, false, false)])
    };
    let several = Poll { multiple: true, public: true, closes: Some(NOW + 95), recent: vec![MARA], ..poll(&OPEN) };
    let voted = poll(&[("On Saturday", 1, true, false), ("On Sunday", 1, false, false), ("Never", 1, false, false)]);
    let point = |venue: Option<(&str, &str)>, live_until| Location {
        latitude: 57.69661,
        longitude: 11.97447,
        venue: venue.map(|(name, address)| (name.into(), address.into())),
        live_until,
    };
    let contact = |name: &str, user| Contact { phone: "46700000000".into(), name: name.into(), user };
    let mut unheard = said(21, Media::Voice(voice(9)));
    unheard.unheard = true;
    let mut own = said(22, Media::Voice(voice(10)));
    (own.outgoing, own.sender) = (true, ME);
    let mut caption = said(10, Media::Photo(photo(1, 1280, 960)));
    caption.text = FormattedText::plain("Sunrise from the gallery rail");
    let dice = |emoji: &str, value| Media::Dice(Dice { emoji: emoji.into(), value });
    vec![
        caption,
        said(11, Media::Photo(hidden)),
        said(12, Media::Photo(photo(3, 3000, 200))),
        said(13, Media::Video(video(4, VideoKind::Film))),
        said(14, Media::Video(video(5, VideoKind::Film))),
        said(15, Media::Video(video(15, VideoKind::Loop))),
        said(16, Media::Video(video(16, VideoKind::Round))),
        said(17, Media::Sticker(sticker)),
        said(18, Media::Document(document(7, "north-lens-survey-of-the-whole-year-2026.pdf", false))),
        said(19, Media::Document(document(17, "picture-as-file.png", true))),
        said(90, Media::Document(document(18, "saved.zip", false))),
        said(20, Media::Audio(audio)),
        unheard,
        own,
        said(30, Media::Poll(Box::new(poll(&OPEN)))),
        said(31, Media::Poll(Box::new(several))),
        said(32, Media::Poll(Box::new(voted))),
        said(33, Media::Poll(Box::new(quiz))),
        said(40, Media::Contact(contact("Mara Lindqvist", Some(MARA)))),
        said(41, Media::Contact(contact("Somebody Elsewhere With A Long Name", None))),
        said(42, Media::Location(point(None, None))),
        said(43, Media::Location(point(Some(("Lighthouse", "Pier 4")), None))),
        said(44, Media::Location(point(None, Some(NOW + 600)))),
        said(45, dice("🎲", 4)),
        said(46, dice("🎯", 0)),
    ]
}

fn albums() -> Vec<Said> {
    let sizes: [&[(u32, u32)]; 6] = [
        &[(1280, 960), (960, 1280)],
        &[(720, 1280), (1280, 720), (1000, 1000)],
        &[(1280, 720), (1280, 960), (960, 1280), (1000, 1000)],
        &[(1280, 720), (960, 1280), (1280, 960), (1000, 1000), (800, 1200)],
        &[(1000, 1000), (1280, 720), (720, 1280), (1280, 960), (960, 1280), (1280, 720), (1000, 1000)],
        &[
            (1280, 960),
            (960, 1280),
            (1280, 720),
            (1000, 1000),
            (800, 1200),
            (1280, 960),
            (3000, 300),
            (1280, 720),
            (960, 1280),
            (1000, 1000),
        ],
    ];
    let mut all = Vec::new();
    for (number, sizes) in sizes.iter().enumerate() {
        for (place, (width, height)) in sizes.iter().enumerate() {
            let id = (number * 10 + place + 100) as i32;
            let mut media = Media::Photo(photo(id.into(), *width, *height));
            if place == 1 {
                media = Media::Video(Video { width: *width, height: *height, ..video(id.into(), VideoKind::Film) });
            }
            let mut said = Said { album: Some(number as i64), ..said(id, media) };
            if number == 1 && place == 0 {
                said.text = FormattedText::plain("Three from the pier, and a few words about them below the pictures");
            }
            (said.outgoing, said.sender) = if number % 2 == 1 { (true, ME) } else { (false, MARA) };
            all.push(said);
        }
    }
    all
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn sheets() {
    let folder = PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    for (name, language, look, width) in [
        ("day", "en", Look::day(), 700.0),
        ("night", "en", Look::night(), 700.0),
        ("large", "de", Look::day().with_text(1.5), 700.0),
        ("narrow", "uk", Look::night(), 400.0),
        ("arabic", "ar", Look::day(), 700.0),
    ] {
        let language = crate::words::language(language).unwrap();
        let _here = crate::words::here(language);
        let look = Look { direction: language.direction(), ..look };
        for (kind, said) in [("kinds", every_kind()), ("albums", albums())] {
            let mut show = Show::new(look, said);
            show.fetch();
            show.files.0 = HashMap::from([(14, (1_400_000, 4_200_000)), (18, (900_000, 4_200_000))]);
            show.files.1 = Some(PathBuf::from("/home/mara/Downloads/saved.zip"));
            let height = if kind == "kinds" { 4800.0 } else { 2200.0 };
            let wall = iced::widget::container(show.view())
                .width(width)
                .style(move |_: &iced::Theme| iced::widget::container::background(look.palette.wall));
            Stage::new(width, height * look.text)
                .picture(Element::from(wall), look)
                .save(&folder.join(format!("{kind}-{name}.png")));
        }
    }
}

/// What is said while somebody clicks the control with this id.
fn click(show: &Show, id: &'static str) -> Vec<Message> {
    Stage::new(700.0, 900.0).click(|| show.view(), id)
}

fn exists(show: &Show, id: &'static str) -> bool {
    Stage::new(700.0, 900.0).bounds_of(show.view(), id).is_some()
}

#[test]
fn a_poll_is_answered_by_one_press_and_not_again() {
    let open = Show::new(Look::day(), vec![said(30, Media::Poll(Box::new(poll(&OPEN))))]);
    assert!(matches!(click(&open, "answer:30:1")[..], [Message::AnswerChosen(MessageId::Server(30), 1)]));
    assert!(!exists(&open, "vote:30"), "one press is the vote");
    let mut tabbed = Stage::new(700.0, 900.0);
    let _nothing = tabbed.press(open.view(), Named::Tab);
    assert!(tabbed.has_focus(open.view(), "answer:30:0"));
    let by_key = tabbed.press(open.view(), Named::Enter);
    assert!(matches!(by_key[..], [Message::AnswerChosen(MessageId::Server(30), 0)]));
    for over in [
        Poll { closed: true, ..poll(&OPEN) },
        Poll { closes: Some(NOW), ..poll(&OPEN) },
        poll(&[("Yes", 1, true, false), ("No", 0, false, false)]),
    ] {
        let show = Show::new(Look::day(), vec![said(30, Media::Poll(Box::new(over)))]);
        assert!(!exists(&show, "answer:30:0"));
    }
}

#[test]
fn what_is_hidden_is_pressed_to_be_seen() {
    let mut hidden = photo(2, 800, 600);
    hidden.spoiler = true;
    let show = Show::new(Look::day(), vec![said(11, Media::Photo(hidden))]);
    assert!(matches!(click(&show, "reveal:11")[..], [Message::Revealed(MessageId::Server(11))]));
    let plain = Show::new(Look::day(), vec![said(11, Media::Photo(photo(2, 800, 600)))]);
    assert!(!exists(&plain, "reveal:11"));
}

#[test]
fn films_sounds_places_and_people_can_be_pressed() {
    let show =
        Show::new(Look::day(), every_kind().into_iter().filter(|said| said.id != MessageId::Server(11)).collect());
    let click = |id| Stage::new(700.0, 9000.0).click(|| show.view(), id);
    for (id, number) in [("download:13", 13), ("download:16", 16), ("download:20", 20), ("download:21", 21)] {
        assert!(matches!(click(id)[..], [Message::DownloadWanted(wanted)] if wanted == number), "{id}");
    }
    assert!(
        matches!(&click("map:42")[..], [Message::LinkPressed(url)] if url.starts_with("https://www.openstreetmap.org/"))
    );
    assert!(matches!(click("write:40")[..], [Message::Opened(MARA)]));
    assert!(Stage::new(700.0, 9000.0).bounds_of(show.view(), "write:41").is_none(), "nobody knows who that is");
}

#[test]
fn an_album_is_as_wide_as_there_is_room_and_its_height_is_known_before_its_pictures() {
    let album: Vec<Said> = albums().into_iter().filter(|said| said.album == Some(4)).collect();
    let mut show = Show::new(Look::day(), album);
    let height = |show: &Show, width: f32| {
        let view = iced::widget::container(show.view()).id("all");
        Stage::new(width, 2000.0).bounds_of(Element::from(view), "all").unwrap().height
    };
    let before = height(&show, 700.0);
    show.fetch();
    assert_eq!(height(&show, 700.0), before);
    assert!(height(&show, 360.0) < before);
}

#[test]
fn words_under_a_picture_are_as_wide_as_that() {
    let mut caption = said(10, Media::Photo(photo(1, 1280, 960)));
    caption.text = FormattedText::plain("a few words about it ".repeat(20));
    let show = Show::new(Look::day(), vec![caption]);
    let words = Stage::new(900.0, 900.0).words(show.view());
    let of = |start: &str| words.iter().find(|(_, words)| words.starts_with(start)).unwrap().0;
    assert!(of("a few words").width <= of("Photo").width, "{words:?}");
}

/// A link with a small picture beside what is said of it.
fn link() -> Said {
    let page = WebPage {
        url: "https://essays.example/on-keeping-a-light".into(),
        site: Some("Keepers' essays".into()),
        title: Some("On keeping a light through all of a long winter".into()),
        description: Some("What it takes to keep a light: oil, clockwork, patience, and who reads aloud. ".repeat(4)),
        photo: Some(photo(77, 1280, 720)),
        ..WebPage::default()
    };
    let text = FormattedText::plain("https://essays.example/on-keeping-a-light");
    Said { text, media: None, preview: Some(Box::new(page)), ..said(10, Media::Photo(photo(1, 1, 1))) }
}

#[test]
fn the_small_picture_of_a_link_stands_beside_its_words_and_within_the_bubble() {
    let mut show = Show::new(Look::day(), vec![link()]);
    for (width, scale) in [(320.0, 1.0), (424.0, 1.5), (540.0, 1.0), (896.0, 1.0), (896.0, 2.0)] {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            show.look = Look { direction, ..Look::day().with_text(scale) };
            let late = Stage::new(width, 900.0).words(show.view());
            let of = |start: &str| late.iter().find(|(_, words)| words.starts_with(start)).unwrap().0;
            let picture = of("Photo");
            for words in ["Keepers", "On keeping", "What it takes"] {
                let words = of(words);
                let apart = words.x + words.width <= picture.x || picture.x + picture.width <= words.x;
                assert!(apart, "{width} {scale} {direction:?}: {words:?} {picture:?}");
            }
            // The bubble reaches as far from its link as the margins of a bubble, at both sides.
            let edge = crate::widget::bubble::margin(width);
            let room = (width - 2.0 * edge - 24.0).min(show.look.size(520.0));
            for part in late.iter().map(|(bounds, _)| bounds) {
                let (start, end) = match direction {
                    Direction::LeftToRight => (part.x, part.x + part.width),
                    Direction::RightToLeft => (width - part.x - part.width, width - part.x),
                };
                assert!(edge <= start && end <= edge + room, "{width} {scale} {direction:?}: {part:?}");
            }
        }
    }
    // Nothing moves when the picture comes.
    show.look = Look::day();
    let late = Stage::new(540.0, 900.0).words(show.view());
    let key = still::page(show.said[0].preview.as_ref().unwrap()).unwrap().key;
    let picture = image::DynamicImage::from(image::RgbaImage::new(8, 8));
    let _next = show.room.pictures.ended(key, Some(decode::fit(&picture, key.form.shape(1.0))));
    assert_eq!(Stage::new(540.0, 900.0).words(show.view()), late);
}

#[test]
fn words_that_come_first_stand_above_their_picture() {
    let mut shown = said(10, Media::Photo(photo(1, 1280, 960)));
    shown.text = FormattedText::plain("look below");
    let tops = |shown: &Said| {
        let show = Show::new(Look::day(), vec![shown.clone()]);
        let words = Stage::new(900.0, 900.0).words(show.view());
        ["look below", "Photo"].map(|start| words.iter().find(|(_, words)| words.starts_with(start)).unwrap().0.y)
    };
    let [words, picture] = tops(&shown);
    assert!(words > picture);
    shown.words_first = true;
    let [words, picture] = tops(&shown);
    assert!(words < picture);
}

#[test]
fn a_narrow_picture_stands_in_the_middle_of_its_bubble() {
    let mut tower = said(10, Media::Photo(photo(1, 100, 900)));
    tower.text = FormattedText::plain("a tower with a caption that is far wider than the tower is");
    let show = Show::new(Look::day(), vec![tower]);
    let words = Stage::new(900.0, 900.0).words(show.view());
    let of = |start: &str| words.iter().find(|(_, words)| words.starts_with(start)).unwrap().0;
    let (picture, caption) = (of("Photo"), of("a tower"));
    assert!(picture.x > caption.x + 20.0 && picture.center_x() < caption.x + caption.width, "{picture:?} {caption:?}");
    let picture = Stage::new(900.0, 900.0).picture(show.view(), show.look);
    assert!(picture.shows(show.look.palette.quiet), "with a ground at both sides");
}

#[test]
fn what_a_die_shows_is_said_beside_the_time() {
    let show = Show::new(Look::day(), vec![said(10, Media::Dice(Dice { emoji: "🎲".into(), value: 5 }))]);
    let words = Stage::new(900.0, 900.0).words(show.view());
    let told = words.iter().find(|(_, words)| words == "Shows 5").unwrap().0;
    assert!(words.iter().any(|(at, words)| words.contains(':') && (at.y - told.y).abs() < 1.0 && at.x > told.x));
}
