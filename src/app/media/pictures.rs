//! Pictures of messages: blurred at once, then sharp; a bounded number of bytes of them.

use super::Queue;
use super::decode::{self, Shape};
use heliograph_model::{Message, PeerId, Photo};
use iced::advanced::image::{Allocation, Handle};
use iced::task;
use std::collections::HashMap;

/// At most so many are fetched at once.
const AT_ONCE: usize = 4;
/// So many bytes of pixels are kept.
const KEPT: usize = 64 << 20;
/// The largest place that a picture takes, in pixels.
const LARGEST: (f32, f32) = (360.0, 400.0);
/// The smallest one, so that a thin strip can still be seen and pressed.
const SMALLEST: (f32, f32) = (120.0, 80.0);
/// How round its corners are.
pub const RADIUS: f32 = 10.0;

/// The place that a picture takes in its bubble, known before the picture is.
pub fn place(width: u32, height: u32) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = (LARGEST.0 / width).min(LARGEST.1 / height);
    // Small pictures are not blown up beyond twice their size.
    let scale = scale.min(2.0);
    ((width * scale).round().clamp(SMALLEST.0, LARGEST.0), (height * scale).round().clamp(SMALLEST.1, LARGEST.1))
}

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// In which chat.
    pub chat: PeerId,
    /// Of which message.
    pub message: i32,
    /// Which picture.
    pub photo: Photo,
}

/// Knows the shapes that pictures are decoded to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaper {
    density: f32,
}

impl Shaper {
    /// The shape that this picture is decoded to.
    pub fn shape(self, photo: &Photo) -> Shape {
        let (width, height) = place(photo.width, photo.height);
        let pixels = |px: f32| (px * self.density).round() as u32;
        Shape { width: pixels(width), height: pixels(height), radius: RADIUS * self.density }
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
    entries: HashMap<i64, Entry>,
    bytes: usize,
    most: usize,
    clock: u64,
    density: f32,
    queue: Queue<i64, task::Handle>,
    wanted: HashMap<i64, Request>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            bytes: 0,
            most: KEPT,
            clock: 0,
            density: 1.0,
            queue: Queue::new(AT_ONCE),
            wanted: HashMap::new(),
        }
    }
}

impl Pictures {
    /// How many pixels of the screen one of ours is.
    pub fn set_density(&mut self, density: f32) {
        self.density = if density.is_finite() { density.clamp(1.0, 3.0) } else { 1.0 };
    }

    /// The shape that this picture is decoded to.
    pub fn shape(&self, photo: &Photo) -> Shape {
        self.shaper().shape(photo)
    }

    /// Says the same away from here.
    pub fn shaper(&self) -> Shaper {
        Shaper { density: self.density }
    }

    /// The picture as far as it is there: sharp, or blurred.
    pub fn get(&self, photo: i64) -> Option<&Handle> {
        self.entries.get(&photo).map(|entry| &entry.handle)
    }

    /// Whether nothing is there, not even a blurred one.
    pub fn lacks(&self, photo: i64) -> bool {
        !self.entries.contains_key(&photo)
    }

    /// Keeps blurred pictures until the sharp ones come.
    pub fn add_blurred(&mut self, blurred: impl IntoIterator<Item = (i64, Handle)>) {
        for (photo, handle) in blurred {
            if self.lacks(photo) {
                self.keep(photo, handle, false);
            }
        }
    }

    /// Says which messages are in view, the most urgent first; fetches of others are called off. Returns what to fetch.
    pub fn want<'m>(&mut self, messages: impl IntoIterator<Item = (&'m Message, &'m Photo)>) -> Vec<Request> {
        self.clock += 1;
        self.wanted.clear();
        let mut missing = Vec::new();
        for (message, photo) in messages {
            let entry = self.entries.get_mut(&photo.id);
            let sharp = entry.is_some_and(|entry| {
                entry.used = self.clock;
                entry.sharp
            });
            if let (false, Some(id)) = (sharp, message.id.server()) {
                let request = Request { chat: message.chat, message: id, photo: photo.clone() };
                let _ = self.wanted.insert(photo.id, request);
                missing.push(photo.id);
            }
        }
        let begin = self.queue.want(missing);
        self.requests(begin)
    }

    /// Keeps the handle of a fetch, so that it can be called off.
    pub fn began(&mut self, photo: i64, handle: task::Handle) {
        self.queue.began(&photo, handle);
    }

    /// A fetch ended. Returns what to fetch next.
    pub fn ended(&mut self, photo: i64, picture: Option<Handle>) -> Vec<Request> {
        let begin = self.queue.ended(&photo, picture.is_some());
        if let Some(handle) = picture {
            self.keep(photo, handle, true);
        }
        self.requests(begin)
    }

    /// Keeps what came of handing a picture to what draws it, for as long as the picture itself.
    pub fn hold(&mut self, photo: i64, allocation: Allocation) {
        if let Some(entry) = self.entries.get_mut(&photo) {
            entry.allocation = Some(allocation);
        }
    }

    /// The connection came back: what failed may be tried again.
    pub fn forgive(&mut self) {
        self.queue.forgive();
    }

    fn requests(&self, keys: Vec<i64>) -> Vec<Request> {
        keys.into_iter().filter_map(|key| self.wanted.get(&key).cloned()).collect()
    }

    fn keep(&mut self, photo: i64, handle: Handle, sharp: bool) {
        let bytes = match &handle {
            Handle::Rgba { pixels, .. } => pixels.len(),
            _ => 0,
        };
        if let Some(before) =
            self.entries.insert(photo, Entry { handle, bytes, used: self.clock, sharp, allocation: None })
        {
            self.bytes -= before.bytes;
        }
        self.bytes += bytes;
        while self.bytes > self.most && self.entries.len() > 1 {
            let oldest = self.entries.iter().filter(|(id, _)| **id != photo).min_by_key(|(_, entry)| entry.used);
            let Some(oldest) = oldest.map(|(id, _)| *id) else { return };
            if let Some(gone) = self.entries.remove(&oldest) {
                self.bytes -= gone.bytes;
            }
        }
    }
}

/// Decodes the sharp picture. Slow: for a thread of its own.
pub fn decode(bytes: &[u8], shape: Shape) -> Result<Handle, decode::Error> {
    Ok(decode::fit(&decode::open(bytes)?, shape))
}

/// Decodes the tiny picture that came with the message. For a thread of its own.
pub fn decode_stripped(stripped: &[u8], shape: Shape) -> Option<Handle> {
    let jpeg = heliograph_telegram::stripped_to_jpeg(stripped)?;
    Some(decode::blur(&decode::open(&jpeg).ok()?, shape))
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{Delivery, FileKind, FileLocation, FormattedText, MessageId};

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
        Photo { id, file, width: 800, height: 400, stripped: None, spoiler: false }
    }

    fn message(id: i32) -> Message {
        Message {
            id: MessageId::Server(id),
            chat: PeerId::User(1),
            sender: PeerId::User(1),
            outgoing: false,
            date: 0,
            edited: None,
            text: FormattedText::default(),
            media: None,
            service: None,
            delivery: Delivery::Sent,
            ..Message::default()
        }
    }

    fn pixels(bytes: usize) -> Handle {
        Handle::from_rgba(1, (bytes / 4) as u32, vec![0; bytes])
    }

    #[test]
    fn places_keep_proportions_within_limits() {
        assert_eq!(place(1280, 640), (360.0, 180.0));
        assert_eq!(place(600, 3000), (120.0, 400.0));
        assert_eq!(place(4000, 100), (360.0, 80.0));
        assert_eq!(place(100, 100), (200.0, 200.0));
        assert_eq!(place(0, 0), (120.0, 80.0));
    }

    #[test]
    fn blurred_first_then_sharp_and_no_way_back() {
        let mut pictures = Pictures::default();
        let (message, photo) = (message(1), photo(5));
        pictures.add_blurred([(5, pixels(4))]);
        assert_eq!(pictures.want([(&message, &photo)]).len(), 1, "a blurred one is not enough");
        let sharp = pixels(8);
        let _ = pictures.ended(5, Some(sharp.clone()));
        pictures.add_blurred([(5, pixels(4))]);
        assert_eq!(pictures.get(5), Some(&sharp));
        assert!(pictures.want([(&message, &photo)]).is_empty());
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_view_stays() {
        let mut pictures = Pictures { most: 100, ..Pictures::default() };
        let (message, seen) = (message(1), photo(1));
        let _ = pictures.ended(1, Some(pixels(40)));
        for id in 2..10 {
            let _ = pictures.want([(&message, &seen)]);
            let _ = pictures.ended(id, Some(pixels(40)));
        }
        assert!(pictures.bytes <= 100);
        assert!(pictures.get(9).is_some(), "the newest");
        assert!(pictures.entries.len() == 2);
    }
}
