//! Pictures of messages: blurred at once, then sharp; only those near the view, and a bounded number of bytes of them.

use super::Queue;
use super::decode::{self, Shape};
pub use super::still::Key;
use super::still::Still;
use heliograph_model::{FileLocation, Message, PeerId};
use iced::advanced::image::{Allocation, Handle};
use iced::task;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// At most so many are fetched at once.
const AT_ONCE: usize = 4;
/// So many bytes of pixels are kept beside those near the view, on a screen that has one pixel for one of ours.
const KEPT: usize = 8 << 20;
/// The same while no conversation is open.
const KEPT_IDLE: usize = 2 << 20;

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// In which chat.
    pub chat: PeerId,
    /// Of which message.
    pub message: i32,
    /// Which picture, and how it is shown.
    pub key: Key,
    /// Where it is.
    pub file: FileLocation,
    /// The pixels to make of it.
    pub shape: Shape,
}

/// A tiny picture that is to be made large.
#[derive(Clone, Debug, PartialEq)]
pub struct Blur {
    key: Key,
    stripped: Arc<[u8]>,
    shape: Shape,
}

/// What came of it.
pub type Blurred = (Key, Option<Handle>);

/// What is to be done now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// To be fetched.
    pub fetch: Vec<Request>,
    /// To be made at once, off the interface's thread.
    pub blur: Vec<Blur>,
}

/// Knows how many pixels pictures are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaper {
    density: f32,
}

impl Default for Shaper {
    fn default() -> Self {
        Self { density: 1.0 }
    }
}

impl Shaper {
    /// Tiny pictures that came with messages, to be made large before these are shown.
    pub fn blurs<'m>(self, messages: impl IntoIterator<Item = &'m Message>) -> Vec<Blur> {
        // The form of those of an album depends on all of it: they are made when they come near.
        let alone = messages.into_iter().filter(|message| message.album.is_none());
        let stills = alone.flat_map(|message| super::still::of_message(message, false));
        stills.filter_map(|still| self.blur(&still)).collect()
    }

    fn blur(self, still: &Still) -> Option<Blur> {
        Some(Blur { key: still.key, stripped: still.stripped.clone()?, shape: still.key.form.shape(self.density) })
    }
}

#[derive(Debug)]
struct Entry {
    handle: Handle,
    bytes: usize,
    used: u64,
    sharp: bool,
    /// Keeps it where it is drawn.
    allocation: Option<Allocation>,
}

/// Pictures that are there, and those on their way.
#[derive(Debug)]
pub struct Pictures {
    entries: HashMap<Key, Entry>,
    bytes: usize,
    clock: u64,
    shaper: Shaper,
    queue: Queue<Key, task::Handle>,
    wanted: HashMap<Key, Request>,
    /// Tiny ones that are being made large, or cannot be.
    blurring: HashSet<Key>,
    idle: bool,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            bytes: 0,
            clock: 0,
            shaper: Shaper::default(),
            queue: Queue::new(AT_ONCE),
            wanted: HashMap::new(),
            blurring: HashSet::new(),
            idle: true,
        }
    }
}

impl Pictures {
    /// How many pixels of the screen one of ours is.
    pub fn set_density(&mut self, density: f32) {
        self.shaper.density = if density.is_finite() { density.clamp(1.0, 3.0) } else { 1.0 };
    }

    /// Says how many pixels pictures are made of, away from here.
    pub fn shaper(&self) -> Shaper {
        self.shaper
    }

    /// The picture as far as it is there: sharp, or blurred.
    pub fn get(&self, key: Key) -> Option<&Handle> {
        self.entries.get(&key).map(|entry| &entry.handle)
    }

    /// Whether it could not be had.
    pub fn failed(&self, key: Key) -> bool {
        self.queue.failed(&key)
    }

    /// The tiny ones of these messages that nothing is there of yet.
    pub fn blurs<'m>(&self, messages: impl IntoIterator<Item = &'m Message>) -> Vec<Blur> {
        let lacks = |blur: &Blur| !self.entries.contains_key(&blur.key) && !self.blurring.contains(&blur.key);
        self.shaper.blurs(messages).into_iter().filter(lacks).collect()
    }

    /// Keeps blurred pictures until the sharp ones come.
    pub fn add_blurred(&mut self, blurred: impl IntoIterator<Item = Blurred>) {
        for (key, handle) in blurred {
            match handle {
                Some(handle) if !self.entries.contains_key(&key) => {
                    let _ = self.blurring.remove(&key);
                    self.keep(key, handle, false);
                }
                Some(_) => drop(self.blurring.remove(&key)),
                // Not tried again and again.
                None => drop(self.blurring.insert(key)),
            }
        }
        self.evict();
    }

    /// Says what is in view, the most urgent first, and then what is near it; fetches of others are called off.
    pub fn want<'m>(&mut self, near: impl IntoIterator<Item = (&'m Message, Still)>) -> Work {
        self.clock += 1;
        self.wanted.clear();
        self.idle = true;
        let mut missing = Vec::new();
        let mut blur = Vec::new();
        for (message, still) in near {
            self.idle = false;
            let key = still.key;
            let entry = self.entries.get_mut(&key).map(|entry| {
                entry.used = self.clock;
                entry.sharp
            });
            if entry.is_none()
                && let Some(tiny) = self.shaper.blur(&still)
                && self.blurring.insert(key)
            {
                blur.push(tiny);
            }
            if let (false, Some(file), Some(id)) = (entry.unwrap_or(false), still.file, message.id.server()) {
                let shape = key.form.shape(self.shaper.density);
                let request = Request { chat: message.chat, message: id, key, file, shape };
                let _ = self.wanted.insert(key, request);
                missing.push(key);
            }
        }
        let begin = self.queue.want(missing);
        self.evict();
        Work { fetch: self.requests(begin), blur }
    }

    /// Keeps the handle of a fetch, so that it can be called off.
    pub fn began(&mut self, key: Key, handle: task::Handle) {
        self.queue.began(&key, handle);
    }

    /// A fetch ended. Returns what to fetch next.
    pub fn ended(&mut self, key: Key, picture: Option<Handle>) -> Vec<Request> {
        let begin = self.queue.ended(&key, picture.is_some());
        if let Some(handle) = picture {
            self.keep(key, handle, true);
            self.evict();
        }
        self.requests(begin)
    }

    /// Keeps what came of handing a picture to what draws it, for as long as the picture itself.
    pub fn hold(&mut self, key: Key, allocation: Allocation) {
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.allocation = Some(allocation);
        }
    }

    /// The connection came back: what failed may be tried again.
    pub fn forgive(&mut self) {
        self.queue.forgive();
    }

    fn requests(&self, keys: Vec<Key>) -> Vec<Request> {
        keys.into_iter().filter_map(|key| self.wanted.get(&key).cloned()).collect()
    }

    fn keep(&mut self, key: Key, handle: Handle, sharp: bool) {
        let bytes = match &handle {
            Handle::Rgba { pixels, .. } => pixels.len(),
            _ => 0,
        };
        // What comes late, after its message has left the view, is the first to go.
        let used = if self.wanted.contains_key(&key) || !sharp { self.clock } else { self.clock.saturating_sub(1) };
        if let Some(before) = self.entries.insert(key, Entry { handle, bytes, used, sharp, allocation: None }) {
            self.bytes = self.bytes.saturating_sub(before.bytes);
        }
        self.bytes += bytes;
    }

    /// Drops what was longest out of reach. What is near the view stays, however much that is.
    fn evict(&mut self) {
        let most = if self.idle { KEPT_IDLE } else { KEPT };
        let most = most as f32 * self.shaper.density.powi(2);
        if self.bytes as f32 <= most {
            return;
        }
        let mut old: Vec<(u64, Key)> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.used < self.clock)
            .map(|(key, entry)| (entry.used, *key))
            .collect();
        old.sort_unstable_by_key(|(used, _)| *used);
        for (_, key) in old {
            if self.bytes as f32 <= most {
                return;
            }
            if let Some(gone) = self.entries.remove(&key) {
                self.bytes = self.bytes.saturating_sub(gone.bytes);
            }
        }
    }
}

/// Decodes the sharp picture. Slow: for a thread of its own.
pub fn decode(bytes: &[u8], shape: Shape) -> Result<Handle, decode::Error> {
    Ok(decode::fit(&decode::open(bytes)?, shape))
}

/// Makes tiny pictures large. For a thread of its own.
pub fn blurred(blurs: Vec<Blur>) -> Vec<Blurred> {
    let make = |blur: &Blur| {
        let jpeg = heliograph_telegram::stripped_to_jpeg(&blur.stripped)?;
        Some(decode::blur(&decode::open(&jpeg).ok()?, blur.shape))
    };
    blurs.into_iter().map(|blur| (blur.key, make(&blur))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::still;
    use heliograph_model::{FileKind, FileLocation, Media, MessageId, Photo};

    fn photo(id: i64) -> Photo {
        let file = FileLocation {
            dc: 4,
            kind: FileKind::Photo,
            id,
            access_hash: 1,
            file_reference: Vec::new().into(),
            thumb: "x".into(),
            size: 1,
        };
        Photo { id, file, width: 800, height: 400, stripped: Some(Arc::from([1_u8, 2, 3])), spoiler: false }
    }

    fn message(id: i32) -> Message {
        let media = Some(Media::Photo(photo(id.into())));
        Message { id: MessageId::Server(id), chat: PeerId::User(1), media, ..Message::default() }
    }

    fn near(messages: &[Message]) -> impl Iterator<Item = (&Message, Still)> {
        messages.iter().flat_map(|message| still::of_message(message, false).into_iter().map(move |s| (message, s)))
    }

    fn key(message: &Message) -> Key {
        still::of_message(message, false)[0].key
    }

    fn pixels(bytes: usize) -> Handle {
        Handle::from_rgba(1, (bytes / 4) as u32, vec![0; bytes])
    }

    #[test]
    fn blurred_first_then_sharp_and_no_way_back() {
        let mut pictures = Pictures::default();
        let said = [message(5)];
        let key = key(&said[0]);
        let work = pictures.want(near(&said));
        assert_eq!((work.fetch.len(), work.blur.len()), (1, 1));
        let again = pictures.want(near(&said));
        assert_eq!(again, Work::default(), "both are under way");
        pictures.add_blurred([(key, Some(pixels(4)))]);
        assert!(pictures.get(key).is_some());
        let sharp = pixels(8);
        let _ = pictures.ended(key, Some(sharp.clone()));
        pictures.add_blurred([(key, Some(pixels(4)))]);
        assert_eq!(pictures.get(key), Some(&sharp));
        assert_eq!(pictures.want(near(&said)), Work::default());
    }

    #[test]
    fn what_cannot_be_blurred_is_not_tried_again_and_again() {
        let mut pictures = Pictures::default();
        let said = [message(5)];
        assert_eq!(blurred(pictures.want(near(&said)).blur), [(key(&said[0]), None)]);
        pictures.add_blurred([(key(&said[0]), None)]);
        assert!(pictures.want(near(&said)).blur.is_empty());
    }

    #[test]
    fn what_is_hidden_is_not_fetched_until_it_is_pressed() {
        let mut said = message(5);
        let Some(Media::Photo(photo)) = &mut said.media else { panic!("a photo") };
        photo.spoiler = true;
        let mut pictures = Pictures::default();
        let want = |pictures: &mut Pictures, revealed| {
            pictures.want(still::of_message(&said, revealed).into_iter().map(|still| (&said, still)))
        };
        let hidden = want(&mut pictures, false);
        assert_eq!((hidden.fetch.len(), hidden.blur.len()), (0, 1));
        assert_eq!(want(&mut pictures, true).fetch.len(), 1);
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_view_stays() {
        let mut pictures = Pictures::default();
        let seen = [message(1)];
        let _ = pictures.want(near(&seen));
        let _ = pictures.ended(key(&seen[0]), Some(pixels(KEPT)));
        for id in 2..12 {
            let other = message(id);
            let _ = pictures.want(near(&seen).chain(near(std::slice::from_ref(&other))));
            let _ = pictures.ended(key(&other), Some(pixels(KEPT / 4)));
            assert!(pictures.get(key(&seen[0])).is_some() && pictures.get(key(&other)).is_some(), "both are near");
        }
        let _ = pictures.want(near(&seen));
        assert_eq!(pictures.entries.len(), 1, "the budget is used by what is in view");
        let _ = pictures.want([]);
        assert!(pictures.entries.is_empty(), "nothing is open");
    }
}
