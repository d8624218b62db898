//! Pictures, films, sounds, files, stickers.

use super::super::{Body, Content, Document, FILES_DC, HOUR};
use super::Kinds;
use crate::drawing::Style;
use crate::drawing::sticker::Sticker;
use grammers_tl_types::enums::DocumentAttribute;
use grammers_tl_types::types;

/// Shapes of pictures, from a tower to a strip.
const SHAPES: [(u32, u32); 10] = [
    (1280, 853),
    (853, 1280),
    (1000, 1000),
    (1280, 720),
    (720, 1280),
    (1280, 400),
    (600, 900),
    (1280, 960),
    (320, 240),
    (900, 600),
];

/// A file about to be made.
struct Sketch<'a> {
    name: &'a str,
    mime: &'a str,
    size: u64,
    attributes: Vec<DocumentAttribute>,
    /// Its thumbnail's shape.
    still: Option<(u32, u32)>,
    content: Option<Content>,
}

impl Kinds<'_> {
    pub(super) fn picture(&mut self, number: usize) -> Body {
        let (width, height) = SHAPES.get(number % SHAPES.len()).copied().unwrap_or((800, 600));
        self.drawn(number, width, height)
    }

    fn drawn(&mut self, number: usize, width: u32, height: u32) -> Body {
        let style = Style::VIEWS.get(number % Style::VIEWS.len()).copied().unwrap_or(Style::Sunrise);
        Body::Photo(self.seeder.photo(style, width, height, false, self.date))
    }

    fn file(&mut self, sketch: Sketch<'_>) -> Body {
        let still = sketch.still.map(|(width, height)| {
            let style = if width == height { Style::Emblem } else { Style::Lighthouse };
            self.seeder.photo(style, width, height, false, self.date)
        });
        let id = self.seeder.file_id();
        let document = Document {
            id,
            name: sketch.name.to_owned(),
            mime: sketch.mime.to_owned(),
            size: sketch.size,
            date: self.date,
            dc: FILES_DC,
            content: sketch.content.unwrap_or(Content::Noise(id as u64)),
            voice: None,
            attributes: sketch.attributes,
            thumb: still,
        };
        self.seeder.state.documents.insert(id, document);
        Body::Document(id)
    }

    /// Things that are shown together.
    fn album(&mut self, who: usize, caption: &str, bodies: Vec<Body>) {
        let album = self.seeder.state.new_album_id();
        for (number, body) in bodies.into_iter().enumerate() {
            let letter = self.send(who, if number == 0 { caption } else { "" }, body);
            // All at once.
            self.date -= 3 * super::MINUTE;
            if let Some(details) = self.seeder.details(letter) {
                details.grouped = Some(album);
            }
        }
        self.date += 3 * super::MINUTE;
    }

    pub(super) fn pictures(&mut self) {
        for (number, caption) in [(0, "A picture with a caption"), (1, ""), (2, ""), (5, "A strip"), (8, "A small one")]
        {
            let body = self.picture(number);
            self.send(number % 5, caption, body);
        }
        let body = self.drawn(3, 200, 1280);
        self.send(
            2,
            "A tower, with a long caption that goes over several lines so that one sees how wide it is.",
            body,
        );
        let body = self.drawn(1, 40, 40);
        self.send(3, "Forty pixels", body);
        let body = self.picture(3);
        let hidden = self.send(4, "Hidden until it is pressed", body);
        let body = self.picture(4);
        let above = self.send(5, "Words above their picture", body);
        for (letter, spoiler) in [(hidden, true), (above, false)] {
            if let Some(details) = self.seeder.details(letter) {
                details.spoiler = spoiler;
                details.invert_media = !spoiler;
            }
        }
        for count in 2..=10 {
            let bodies = (0..count).map(|number| self.picture(count * 3 + number)).collect();
            let caption = if count % 2 == 0 { format!("An album of {count}") } else { String::new() };
            self.album(count % 5, &caption, bodies);
        }
        let mut mixed: Vec<Body> = (0..2).map(|number| self.picture(number)).collect();
        mixed.insert(1, self.film("clip.mp4", (1280, 720), 14.0, false, false));
        self.album(1, "Pictures and a film", mixed);
        let files = (1..=3).map(|part| {
            let name = format!("chapter-{part}.pdf");
            self.seeder.document(&name, 240_000 * part, self.date)
        });
        let files = files.collect();
        self.album(2, "Three files together", files);
        for photo in [true, false] {
            self.send(3, "", Body::Gone { photo, seconds: 10 });
        }
        self.date += HOUR;
    }

    pub(super) fn film(&mut self, name: &str, (w, h): (u32, u32), duration: f64, round: bool, looped: bool) -> Body {
        let mut attributes = vec![
            types::DocumentAttributeVideo {
                round_message: round,
                supports_streaming: true,
                nosound: looped,
                duration,
                w: w as i32,
                h: h as i32,
                preload_prefix_size: None,
                video_start_ts: None,
                video_codec: None,
            }
            .into(),
        ];
        if looped {
            attributes.push(DocumentAttribute::Animated);
        }
        let size = duration as u64 * 180_000 + 20_000;
        self.file(Sketch { name, mime: "video/mp4", size, attributes, still: Some((w, h)), content: None })
    }

    pub(super) fn films(&mut self) {
        let film = self.film("north-lens.mp4", (1280, 720), 94.0, false, false);
        self.send(1, "The crane, the lens, and nobody breathing", film);
        let film = self.film("tall.mp4", (720, 1280), 7.0, false, false);
        self.send(0, "", film);
        let film = self.film("long.mp4", (1920, 1080), 5_423.0, false, false);
        self.send(2, "An hour and a half", film);
        let gif = self.film("wave.gif.mp4", (480, 270), 3.0, false, true);
        self.send(3, "A silent loop", gif);
        let round = self.film("", (384, 384), 21.0, true, false);
        self.send(4, "", round);
        let round = self.film("", (384, 384), 5.0, true, false);
        self.send(0, "", round);
        let hidden = self.film("secret.mp4", (1280, 720), 12.0, false, false);
        let hidden = self.send(5, "Hidden, too", hidden);
        if let Some(details) = self.seeder.details(hidden) {
            details.spoiler = true;
        }
    }

    pub(super) fn sound(
        &mut self,
        voice: bool,
        seconds: i32,
        title: Option<(&str, &str)>,
        name: &str,
        cover: bool,
    ) -> Body {
        let attributes = vec![
            types::DocumentAttributeAudio {
                voice,
                duration: seconds,
                title: title.map(|(title, _)| title.to_owned()),
                performer: title.map(|(_, performer)| performer.to_owned()),
                waveform: voice.then(|| waveform(seconds)),
            }
            .into(),
        ];
        let mime = if voice { "audio/ogg" } else { "audio/mpeg" };
        let still = cover.then_some((320, 320));
        self.file(Sketch { name, mime, size: seconds as u64 * 4_100, attributes, still, content: None })
    }

    pub(super) fn sounds_and_files(&mut self) {
        for (who, seconds) in [(1, 1), (0, 14), (2, 83), (3, 1_205)] {
            let voice = self.sound(true, seconds, None, "", false);
            self.send(who, if seconds == 83 { "With words under it" } else { "" }, voice);
        }
        for (title, name, cover) in [
            (Some(("Low Water", "The Harbour Bells")), "01 low water.mp3", true),
            (
                Some(("A title that is much longer than the place that there is for it in any bubble", "Somebody")),
                "x.mp3",
                false,
            ),
            (None, "recording-0047.mp3", false),
        ] {
            let music = self.sound(false, 187, title, name, cover);
            self.send(4, "", music);
        }
        for (who, name, size) in [
            (1, "tide-tables.pdf", 1_240_000),
            (0, "notes.md", 5_400),
            (2, "an-archive-with-a-name-that-does-not-fit-into-one-line-of-a-bubble-v2-final-final.zip", 81_000_000),
            (3, "خريطة الميناء.pdf", 300_000),
            (4, "", 12),
        ] {
            let body = self.seeder.document(name, size, self.date);
            self.send(who, if size == 5_400 { "With a caption" } else { "" }, body);
        }
        let size = types::DocumentAttributeImageSize { w: 4_000, h: 3_000 }.into();
        let picture = Sketch {
            name: "scan.png",
            mime: "image/png",
            size: 9_800_000,
            attributes: vec![size],
            still: Some((800, 600)),
            content: None,
        };
        let picture = self.file(picture);
        self.send(5, "A picture as a file", picture);
    }

    pub(super) fn stickers(&mut self) {
        let sticker = |alt: &str| {
            types::DocumentAttributeSticker {
                mask: false,
                alt: alt.to_owned(),
                stickerset: grammers_tl_types::enums::InputStickerSet::Empty,
                mask_coords: None,
            }
            .into()
        };
        for (who, drawn) in [1, 0, 2].into_iter().zip(Sticker::all(false)) {
            let side = types::DocumentAttributeImageSize { w: 512, h: 512 }.into();
            let sketch = Sketch {
                name: "sticker.webp",
                mime: "image/webp",
                size: drawn.size(),
                attributes: vec![side, sticker("🔥")],
                still: None,
                content: Some(Content::Sticker(drawn)),
            };
            let body = self.file(sketch);
            self.send(who, "", body);
        }
        for (who, name, mime) in
            [(3, "AnimatedSticker.tgs", "application/x-tgsticker"), (0, "sticker.webm", "video/webm")]
        {
            let size = types::DocumentAttributeImageSize { w: 512, h: 512 }.into();
            let attributes = vec![size, sticker("👋")];
            let body =
                self.file(Sketch { name, mime, size: 24_000, attributes, still: Some((320, 320)), content: None });
            self.send(who, "", body);
        }
    }
}

/// How loud somebody is who speaks for so long: 100 numbers of 5 bits.
fn waveform(seconds: i32) -> Vec<u8> {
    let mut packed = vec![0_u8; 63];
    for number in 0..100_usize {
        let at = number as f32;
        let breath = (at * 0.13 + seconds as f32).sin().abs();
        let word = (at * 0.71).sin() * 0.5 + 0.5;
        let loud = (31.0 * breath * word) as u8;
        for bit in 0..5 {
            let place = number * 5 + bit;
            if let Some(byte) = packed.get_mut(place / 8).filter(|_| loud >> bit & 1 == 1) {
                *byte |= 1 << (place % 8);
            }
        }
    }
    packed
}
