//! Files: photos that are drawn when asked for, documents whose bytes follow from their number.

use super::mix;
use crate::drawing::{Scene, sticker::Sticker};
use grammers_tl_types::enums::DocumentAttribute;
use std::sync::Arc;

/// Which table of the server a file stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileClass {
    Photo = 1,
    Document = 2,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Photo {
    pub id: i64,
    pub date: i32,
    pub dc: i32,
    /// Pixels of the largest size.
    pub width: u32,
    pub height: u32,
    pub source: PhotoSource,
    /// A profile photo, with the sizes `a` and `c`.
    pub face: bool,
}

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PhotoSource {
    Drawn(Scene),
    Uploaded {
        jpeg: Arc<[u8]>,
        stripped: Arc<[u8]>,
    },
    /// A profile photo in both its sizes.
    Portrait {
        small: Arc<[u8]>,
        large: Arc<[u8]>,
        stripped: Arc<[u8]>,
    },
}

impl Photo {
    /// Its sizes: letter, width, height; smallest first.
    pub(crate) fn sizes(&self) -> Vec<(char, u32, u32)> {
        if self.face {
            return vec![('a', 160, 160), ('c', 640, 640)];
        }
        if matches!(self.source, PhotoSource::Uploaded { .. }) {
            return vec![('x', self.width, self.height)];
        }
        let mut sizes = Vec::new();
        for (letter, side) in [('m', 320), ('x', 800), ('y', 1280)] {
            let longest = self.width.max(self.height).max(1);
            let (width, height) = if longest <= side {
                (self.width, self.height)
            } else {
                ((self.width * side / longest).max(1), (self.height * side / longest).max(1))
            };
            sizes.push((letter, width, height));
            if longest <= side {
                break;
            }
        }
        sizes
    }

    /// The bytes that a size of it takes. Drawn pictures are padded to it, so that it is known before they are drawn.
    pub(crate) fn bytes_of(&self, width: u32, height: u32) -> usize {
        match &self.source {
            PhotoSource::Drawn(_) => crate::drawing::file_size(width, height),
            PhotoSource::Uploaded { jpeg, .. } => jpeg.len(),
            PhotoSource::Portrait { small, large, .. } => if width < self.width { small } else { large }.len(),
        }
    }
}

/// Any other file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    pub id: i64,
    pub name: String,
    pub mime: String,
    pub size: u64,
    pub date: i32,
    pub dc: i32,
    pub content: Content,
    /// A spoken message of so many seconds.
    pub voice: Option<i32>,
    /// What else it says of itself: pictures' sizes, videos, music, stickers.
    pub attributes: Vec<DocumentAttribute>,
    /// The photo that shows what is in it.
    pub thumb: Option<i64>,
}

/// What a document holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// Bytes that follow from the seed and their place.
    Noise(u64),
    /// Lines of a log, 64 bytes each, that follow from the seed and their place.
    Log(u64),
    Uploaded(Arc<[u8]>),
    Sticker(Sticker),
}

/// What kind of thing a document is to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Voice,
    Round,
    Video,
    Animation,
    Music,
    Sticker,
    Emoji,
    File,
}

impl Document {
    /// What kind of thing it is, from its attributes (core.telegram.org/api/files#document-types).
    pub(crate) fn kind(&self) -> FileKind {
        if self.voice.is_some() {
            return FileKind::Voice;
        }
        let mut kind = FileKind::File;
        for attribute in &self.attributes {
            kind = match attribute {
                DocumentAttribute::Sticker(_) => return FileKind::Sticker,
                DocumentAttribute::CustomEmoji(_) => return FileKind::Emoji,
                DocumentAttribute::Animated => return FileKind::Animation,
                DocumentAttribute::Video(video) if video.round_message => FileKind::Round,
                DocumentAttribute::Video(_) => FileKind::Video,
                DocumentAttribute::Audio(audio) if audio.voice => FileKind::Voice,
                DocumentAttribute::Audio(_) => FileKind::Music,
                _ => kind,
            };
        }
        kind
    }

    /// Something that one listens to or watches once.
    pub(crate) fn is_spoken(&self) -> bool {
        matches!(self.kind(), FileKind::Voice | FileKind::Round)
    }

    /// Bytes from `offset`, at most `limit`, fewer at the end.
    pub(crate) fn read(&self, offset: u64, limit: usize) -> Vec<u8> {
        let end = offset.saturating_add(limit as u64).min(self.size);
        if offset >= end {
            return Vec::new();
        }
        match &self.content {
            Content::Uploaded(bytes) => {
                bytes.get(offset as usize..end as usize).map(<[u8]>::to_vec).unwrap_or_default()
            }
            Content::Sticker(sticker) => {
                sticker.bytes().get(offset as usize..end as usize).map(<[u8]>::to_vec).unwrap_or_default()
            }
            Content::Noise(seed) => blocks(offset, end, 8, |block| mix(*seed, block).to_le_bytes()),
            Content::Log(seed) => blocks(offset, end, LINE, |block| log_line(*seed, block)),
        }
    }
}

const LINE: u64 = 64;

/// The bytes of `offset..end` out of blocks of the same length.
fn blocks<B: AsRef<[u8]>>(offset: u64, end: u64, length: u64, block: impl Fn(u64) -> B) -> Vec<u8> {
    let mut bytes = Vec::with_capacity((end - offset) as usize + 2 * length as usize);
    for number in offset / length..end.div_ceil(length) {
        bytes.extend_from_slice(block(number).as_ref());
    }
    let lead = (offset % length) as usize;
    bytes.drain(..lead.min(bytes.len()));
    bytes.truncate((end - offset) as usize);
    bytes
}

/// One line of a keeper's log.
fn log_line(seed: u64, number: u64) -> Vec<u8> {
    const WINDS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    let dice = mix(seed, number);
    let wind = WINDS.get((dice % 8) as usize).copied().unwrap_or("N");
    let line = format!(
        "{number:08}  lamp {}  wind {wind:<2} {:>2} kn  sea {}  visibility {:>2} nm",
        if (dice >> 8).is_multiple_of(40) { "trimmed" } else { "steady " },
        (dice >> 16) % 38,
        (dice >> 24) % 7,
        (dice >> 32) % 25 + 1,
    );
    let mut bytes = line.into_bytes();
    bytes.resize(LINE as usize - 1, b' ');
    bytes.push(b'\n');
    bytes
}
