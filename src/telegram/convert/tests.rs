//! Whatever the server may say is taken in without a fall: random values of the whole schema, and damaged ones.

use super::{message, peer, preview, update};
use grammers_tl_types::{Deserializable, enums};
use heliograph_model::{EntityKind, FormattedText, Message, PeerId};
use heliograph_schema::{Kind, NATIVE, native};
use std::collections::HashMap;

/// Numbers that are the same on every run.
struct Noise(u64);

impl Noise {
    fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.draw() >> 16).unwrap() % limit.max(1)
    }
}

/// The constructors of each type, by their names.
fn constructors() -> HashMap<&'static str, Vec<&'static str>> {
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for line in NATIVE.lines().take_while(|line| !line.starts_with("---functions")) {
        let Some((head, of)) = line.trim_end_matches(';').split_once(" = ") else { continue };
        let name = head.split(['#', ' ']).next().unwrap();
        if native().by_name(name).is_some() {
            all.entry(of.trim()).or_default().push(name);
        }
    }
    all
}

struct Maker {
    noise: Noise,
    types: HashMap<&'static str, Vec<&'static str>>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Self { noise: Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1), types: constructors() }
    }

    fn value(&mut self, kind: &Kind, depth: usize, out: &mut Vec<u8>) {
        match kind {
            Kind::Fixed(count) => {
                // Small numbers, the ends of what there is, and anything.
                let number = match self.noise.below(4) {
                    0 => self.noise.draw() % 5,
                    1 => [u64::MAX, i64::MAX as u64, i64::MIN as u64, 0x7fff_ffff, 0x8000_0000][self.noise.below(5)],
                    _ => self.noise.draw(),
                };
                let bytes = number.to_le_bytes().repeat(2);
                out.extend(bytes.iter().cycle().take(*count));
            }
            Kind::Flags => unreachable!("the object makes them"),
            Kind::True => {}
            Kind::Bool => {
                out.extend(if self.noise.below(2) == 0 { 0x9972_75b5_u32 } else { 0xbc79_9737 }.to_le_bytes())
            }
            Kind::Bytes => {
                let words = ["", "a", "😀 漢字 words", "9.99", "application/x-tgsticker", "\u{202e}odd", "image/webp"];
                let bytes = match self.noise.below(3) {
                    0 => (0..self.noise.below(70)).map(|_| self.noise.draw().to_le_bytes()[3]).collect(),
                    _ => words[self.noise.below(words.len())].as_bytes().to_vec(),
                };
                out.push(u8::try_from(bytes.len()).unwrap());
                out.extend(&bytes);
                while !out.len().is_multiple_of(4) {
                    out.push(0);
                }
            }
            Kind::Vector(inner) => {
                let count = if depth == 0 { 0 } else { self.noise.below(4) };
                out.extend(0x1cb5_c415_u32.to_le_bytes());
                out.extend(u32::try_from(count).unwrap().to_le_bytes());
                for _ in 0..count {
                    self.value(inner, depth - 1, out);
                }
            }
            Kind::Boxed(name) => self.boxed(name, depth, out),
        }
    }

    fn boxed(&mut self, of: &str, depth: usize, out: &mut Vec<u8>) {
        let names = self.types.get(of).unwrap_or_else(|| panic!("{of} has no constructor"));
        let needs = |name: &&&str| {
            let fields = &native().by_name(name).unwrap().fields;
            fields.iter().filter(|field| field.flag.is_none() && matches!(field.kind, Kind::Boxed(_))).count()
        };
        let name =
            if depth == 0 { names.iter().min_by_key(needs).unwrap() } else { names[self.noise.below(names.len())] };
        let combinator = native().by_name(name).unwrap();
        out.extend(combinator.id.to_le_bytes());
        let mut flags: HashMap<&str, u32> = HashMap::new();
        for field in &combinator.fields {
            let has = |(word, bit): &(Box<str>, u32)| flags.get(&**word).is_some_and(|word| word & (1 << bit) != 0);
            if !field.flag.as_ref().is_none_or(has) {
                continue;
            }
            if field.kind == Kind::Flags {
                let dense = self.noise.draw() | self.noise.draw();
                let word = if depth == 0 { 0 } else { u32::try_from(dense >> 32).unwrap() };
                flags.insert(&field.name, word);
                out.extend(word.to_le_bytes());
            } else {
                self.value(&field.kind, depth.saturating_sub(1), out);
            }
        }
    }

    fn of<T: Deserializable>(&mut self, name: &str) -> (Option<T>, Vec<u8>) {
        let mut bytes = Vec::new();
        self.boxed(name, 5, &mut bytes);
        (T::from_bytes(&bytes).ok(), bytes)
    }

    fn damage(&mut self, bytes: &mut [u8]) {
        for _ in 0..=self.noise.below(3) {
            let at = self.noise.below(bytes.len());
            bytes[at] ^= 1 << self.noise.below(8);
        }
    }
}

/// How many rounds: all of them with HELIOGRAPH_EFFORT=1, a tenth without it.
fn rounds(full: u32) -> u32 {
    let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.1);
    ((f64::from(full) * effort) as u32).max(300)
}

/// What everyone above relies on.
fn assert_sound(message: &Message) {
    let mut texts: Vec<&FormattedText> = vec![&message.text];
    texts.extend(message.reply.iter().filter_map(|reply| reply.quote.as_ref()));
    if let Some(heliograph_model::Media::Poll(poll)) = &message.media {
        texts.push(&poll.question);
        texts.extend(poll.answers.iter().map(|answer| &answer.text));
    }
    for text in texts {
        for entity in &text.entities {
            assert!(entity.start < entity.end && text.text.get(entity.start..entity.end).is_some(), "{entity:?}");
            assert_ne!(entity.kind, EntityKind::TextUrl("\0".into()));
        }
        let spans = text.spans();
        assert_eq!(spans.iter().map(|span| span.text).collect::<String>(), text.text);
    }
    if let Some(heliograph_model::Media::Location(place)) = &message.media {
        assert!(place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0);
    }
}

#[test]
fn any_message_is_taken_in() {
    let mut maker = Maker::new(7);
    let me = Some(PeerId::User(1));
    let (mut read, mut carried) = (0_u32, 0_u32);
    let all = rounds(40_000);
    for _ in 0..all {
        let (made, mut bytes) = maker.of::<enums::Message>("Message");
        read += u32::from(made.is_some());
        maker.damage(&mut bytes);
        let damaged = enums::Message::from_bytes(&bytes).ok();
        for told in [made, damaged].into_iter().flatten() {
            if let Some(message) = message::message(&told, me) {
                assert_sound(&message);
                carried += u32::from(message.media.is_some());
            }
        }
    }
    assert!(read > all * 9 / 10, "only {read} of {all} could be read");
    assert!(carried > 0);
}

#[test]
fn any_update_peer_and_page_is_taken_in() {
    let mut maker = Maker::new(8);
    for _ in 0..rounds(20_000) {
        if let Some(told) = maker.of::<enums::Update>("Update").0 {
            let _ = update::change(&told, Some(PeerId::User(1)));
            let _ = update::is_sound(&told);
        }
        let _ = maker.of::<enums::Chat>("Chat").0.as_ref().and_then(peer::chat);
        let _ = maker.of::<enums::User>("User").0.as_ref().and_then(peer::user);
        let _ = maker.of::<enums::WebPage>("WebPage").0.as_ref().and_then(preview::page);
    }
}
