//! What messages show of their photos, films, stickers and files: which picture, where it is, and the form that it
//! is made for. Views and fetching ask the same question here, so that what is fetched is what is shown.

use super::decode::Shape;
use super::grid::{self, Grid};
use crate::theme::Direction;
use crate::words;
use heliograph_model::{
    Document, FileLocation, Media, Message, Photo, Sticker, StickerKind, Thumbnail, Video, VideoKind, WebPage,
};
use iced::Size;
use std::sync::Arc;

/// The largest place that a picture takes, in pixels.
const LARGEST: (f32, f32) = (360.0, 400.0);
/// The smallest one, so that a thin strip can still be seen and pressed.
const SMALLEST: (f32, f32) = (120.0, 80.0);
/// The smallest one of a film, which has signs on it.
const FILM: (f32, f32) = (200.0, 112.0);
/// How wide an album is.
pub const ALBUM: f32 = 400.0;
/// A round video message.
const ROUND: f32 = 220.0;
/// A sticker.
const STICKER: f32 = 192.0;
/// The picture of a file in its row, and the cover of music.
pub const COVER: f32 = 44.0;
/// How round the corners of pictures are.
pub const RADIUS: f32 = 10.0;

/// A picture in one form: the same photo has another key where it has another size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Of which photo or file.
    pub id: i64,
    /// How it is shown.
    pub form: Form,
}

/// How a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// Pixels, of ours.
    pub width: u16,
    /// Pixels, of ours.
    pub height: u16,
    /// How round each corner is: at the top left, and on clockwise.
    pub corners: [u8; 4],
    /// Only a hint of it is to be seen.
    pub covered: bool,
}

impl Form {
    fn new((width, height): (f32, f32), radius: f32) -> Self {
        Self { width: small(width), height: small(height), corners: [small(radius) as u8; 4], covered: false }
    }

    /// Pixels, of ours.
    pub fn size(self) -> Size {
        Size::new(self.width.into(), self.height.into())
    }

    /// The pixels to make of it on a screen that has so many for one of ours.
    pub fn shape(self, density: f32) -> Shape {
        let pixels = |px: u16| (f32::from(px) * density).round() as u32;
        Shape {
            width: pixels(self.width),
            height: pixels(self.height),
            corners: self.corners.map(|corner| f32::from(corner) * density),
        }
    }
}

fn small(px: f32) -> u16 {
    px.round().clamp(1.0, 4096.0) as u16
}

/// A picture to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Still {
    /// Which, and how.
    pub key: Key,
    /// Where it is; `None` where there is only the tiny one.
    pub file: Option<FileLocation>,
    /// A tiny JPEG without its header, that came with the message.
    pub stripped: Option<Arc<[u8]>>,
}

impl Still {
    fn of_thumbnail(id: i64, thumbnail: Option<&Thumbnail>, form: Form) -> Self {
        let file = thumbnail.and_then(|thumbnail| thumbnail.file.clone());
        let stripped = thumbnail.and_then(|thumbnail| thumbnail.stripped.clone());
        Self { key: Key { id, form }, file, stripped }
    }

    /// Shows only a hint of it, and does not fetch more.
    fn covered(mut self, covered: bool) -> Self {
        if covered {
            self.key.form.covered = true;
            self.file = None;
        }
        self
    }

    /// Whether there is anything to be had.
    fn exists(&self) -> bool {
        self.file.is_some() || self.stripped.is_some()
    }
}

/// The place that a picture takes in its bubble, known before the picture is.
pub fn place(width: u32, height: u32) -> (f32, f32) {
    fitted(width, height, SMALLEST)
}

fn fitted(width: u32, height: u32, least: (f32, f32)) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = (LARGEST.0 / width).min(LARGEST.1 / height);
    // Small pictures are not blown up beyond twice their size.
    let scale = scale.min(2.0);
    ((width * scale).round().clamp(least.0, LARGEST.0), (height * scale).round().clamp(least.1, LARGEST.1))
}

/// A photo.
pub fn photo(photo: &Photo, revealed: bool) -> Still {
    let form = Form::new(place(photo.width, photo.height), RADIUS);
    photo_in(photo, form).covered(photo.spoiler && !revealed)
}

fn photo_in(photo: &Photo, form: Form) -> Still {
    Still { key: Key { id: photo.id, form }, file: Some(photo.file.clone()), stripped: photo.stripped.clone() }
}

/// The first picture of a film.
pub fn video(video: &Video, revealed: bool) -> Still {
    let form = match video.kind {
        VideoKind::Round => Form::new((ROUND, ROUND), ROUND / 2.0),
        // Sizes that nobody told: as most films are.
        _ if video.width == 0 || video.height == 0 => Form::new(fitted(16, 9, FILM), RADIUS),
        VideoKind::Film | VideoKind::Loop => Form::new(fitted(video.width, video.height, FILM), RADIUS),
    };
    let still = Still::of_thumbnail(video.document.id, video.document.thumbnail.as_deref(), form);
    still.covered(video.spoiler && !revealed)
}

/// A sticker, or what stands still of a moving one.
pub fn sticker(sticker: &Sticker) -> Still {
    let (width, height) = (sticker.width.max(1) as f32, sticker.height.max(1) as f32);
    let scale = STICKER / width.max(height);
    let form = Form { corners: [0; 4], ..Form::new((width * scale, height * scale), 0.0) };
    let mut still = Still::of_thumbnail(sticker.document.id, sticker.document.thumbnail.as_deref(), form);
    // A tiny JPEG knows nothing of what is transparent.
    still.stripped = None;
    if sticker.kind == StickerKind::Still {
        still.file = Some(sticker.document.file.clone());
    }
    still
}

/// The picture of a file, or the cover of music, for its row.
pub fn cover(document: &Document) -> Option<Still> {
    let thumbnail = document.thumbnail.as_deref()?;
    let still = Still::of_thumbnail(document.id, Some(thumbnail), Form::new((COVER, COVER), 8.0));
    still.exists().then_some(still)
}

/// A small square picture of something that is only referred to: from what came with the message.
pub fn small_square(media: &Media, size: f32) -> Option<Still> {
    let form = Form::new((size, size), 4.0);
    let (id, stripped, spoiler) = match media {
        Media::Photo(photo) => (photo.id, photo.stripped.clone(), photo.spoiler),
        Media::Video(video) => (video.document.id, video.document.thumbnail.as_ref()?.stripped.clone(), video.spoiler),
        Media::Document(document) | Media::Audio(heliograph_model::Audio { document, .. }) => {
            (document.id, document.thumbnail.as_ref()?.stripped.clone(), false)
        }
        _ => return None,
    };
    let still = Still { key: Key { id, form }, file: None, stripped: Some(stripped?) };
    Some(still.covered(spoiler))
}

/// The picture of a link: large under the words, or small beside them.
pub fn page(page: &WebPage) -> Option<Still> {
    let form = |width, height| match page.large {
        true => Form::new(place(width, height), 8.0),
        false => Form::new((64.0, 64.0), 8.0),
    };
    if let Some(photo) = &page.photo {
        return Some(photo_in(photo, form(photo.width, photo.height)));
    }
    let document = page.document.as_ref()?;
    let thumbnail = document.thumbnail.as_deref()?;
    let still = Still::of_thumbnail(document.id, Some(thumbnail), form(thumbnail.width, thumbnail.height));
    still.exists().then_some(still)
}

/// Everything that a message shows by itself. `revealed`: what it hides was pressed.
pub fn of_message(message: &Message, revealed: bool) -> Vec<Still> {
    let media = message.media.as_ref().and_then(|media| match media {
        Media::Photo(photo) => Some(self::photo(photo, revealed)),
        Media::Video(video) => Some(self::video(video, revealed)),
        Media::Sticker(sticker) => Some(self::sticker(sticker)),
        Media::Document(document) => cover(document),
        Media::Audio(audio) => cover(&audio.document),
        _ => None,
    });
    let page = message.preview.as_ref().and_then(|preview| self::page(preview));
    media.into_iter().chain(page).collect()
}

/// The pixels of the pictures of an album.
pub fn album_sizes(messages: &[&Message]) -> Vec<(u32, u32)> {
    let pixels = |message: &&Message| match &message.media {
        Some(Media::Photo(photo)) => (photo.width, photo.height),
        Some(Media::Video(video)) if video.width > 0 && video.height > 0 => (video.width, video.height),
        _ => (1, 1),
    };
    messages.iter().map(pixels).collect()
}

/// The grid of an album in this width, mirrored where reading begins at the right.
pub fn album_grid(sizes: &[(u32, u32)], width: f32) -> Grid {
    let grid = grid::grid(sizes, width);
    match words::current().direction() {
        Direction::LeftToRight => grid,
        Direction::RightToLeft => grid.mirrored(),
    }
}

/// Whether these are shown as one grid: pictures and films. Albums of files and music are rows.
pub fn is_grid(messages: &[&Message]) -> bool {
    messages.len() > 1
        && messages.iter().all(|message| match &message.media {
            Some(Media::Photo(_)) => true,
            Some(Media::Video(video)) => video.kind != VideoKind::Round,
            _ => false,
        })
}

/// The pictures of an album, one for each message.
pub fn of_album<'m>(messages: &[&'m Message], revealed: impl Fn(&'m Message) -> bool) -> Vec<(&'m Message, Still)> {
    let grid = album_grid(&album_sizes(messages), ALBUM);
    let stills = messages.iter().zip(&grid.cells).filter_map(|(message, cell)| {
        let outer = grid.outer(cell);
        let form = Form {
            corners: outer.map(|outer| if outer { RADIUS as u8 } else { 0 }),
            ..Form::new((cell.width, cell.height), 0.0)
        };
        let revealed = revealed(message);
        let still = match message.media.as_ref()? {
            Media::Photo(photo) => photo_in(photo, form).covered(photo.spoiler && !revealed),
            Media::Video(video) => Still::of_thumbnail(video.document.id, video.document.thumbnail.as_deref(), form)
                .covered(video.spoiler && !revealed),
            _ => return None,
        };
        Some((*message, still))
    });
    stills.collect()
}
