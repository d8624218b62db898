//! What messages carry.

use grammers_tl_types as tl;
use heliograph_model::{Document, FileKind, FileLocation, Media, OtherMedia, Photo};
use std::sync::Arc;

/// Pixels of the longer side of the picture that we show.
const SHOWN_SIDE: i32 = 1280;

/// What a message carries; `None` where it carries words only (a link's preview is words too).
pub(crate) fn media(media: &tl::enums::MessageMedia) -> Option<Media> {
    use tl::enums::MessageMedia as M;
    let other = match media {
        M::Empty | M::WebPage(_) => return None,
        M::Photo(photo) => match photo.photo.as_ref().and_then(self::photo) {
            Some(photo) => return Some(Media::Photo(photo)),
            // It has destroyed itself, or has no size that can be shown.
            None => OtherMedia::Unknown,
        },
        M::Document(document) => match &document.document {
            Some(tl::enums::Document::Document(file)) => match document_kind(document, file) {
                Some(kind) => kind,
                None => return Some(Media::Document(self::document(file))),
            },
            Some(tl::enums::Document::Empty(_)) | None => document_flag(document).unwrap_or(OtherMedia::Unknown),
        },
        M::Geo(_) | M::GeoLive(_) | M::Venue(_) => OtherMedia::Location,
        M::Contact(_) => OtherMedia::Contact,
        M::Poll(_) => OtherMedia::Poll,
        M::Dice(_) => OtherMedia::Dice,
        M::Game(_) => OtherMedia::Game,
        M::Invoice(_) => OtherMedia::Invoice,
        M::Story(_) => OtherMedia::Story,
        M::Unsupported | M::Giveaway(_) | M::GiveawayResults(_) | M::PaidMedia(_) | M::ToDo(_) | M::VideoStream(_) => {
            OtherMedia::Unknown
        }
    };
    Some(Media::Other(other))
}

/// A photo with the size that we show; `None` when it is empty or has no such size.
pub(crate) fn photo(photo: &tl::enums::Photo) -> Option<Photo> {
    let tl::enums::Photo::Photo(photo) = photo else { return None };
    let mut stripped: Option<Arc<[u8]>> = None;
    let mut best: Option<Size<'_>> = None;
    for size in &photo.sizes {
        let size = match size {
            tl::enums::PhotoSize::Size(s) => Size { letter: &s.r#type, width: s.w, height: s.h, bytes: s.size },
            tl::enums::PhotoSize::Progressive(s) => Size {
                letter: &s.r#type,
                width: s.w,
                height: s.h,
                // Each number is the length up to which the picture is one step sharper; the last is all of it.
                bytes: s.sizes.iter().copied().max().unwrap_or_default(),
            },
            tl::enums::PhotoSize::PhotoCachedSize(s) => Size {
                letter: &s.r#type,
                width: s.w,
                height: s.h,
                bytes: i32::try_from(s.bytes.len()).unwrap_or_default(),
            },
            tl::enums::PhotoSize::PhotoStrippedSize(s) => {
                stripped = Some(s.bytes.as_slice().into());
                continue;
            }
            tl::enums::PhotoSize::Empty(_) | tl::enums::PhotoSize::PhotoPathSize(_) => continue,
        };
        if size.width > 0 && size.height > 0 && best.as_ref().is_none_or(|best| size.is_better_than(best)) {
            best = Some(size);
        }
    }
    let best = best?;
    Some(Photo {
        id: photo.id,
        file: FileLocation {
            dc: photo.dc_id,
            kind: FileKind::Photo,
            id: photo.id,
            access_hash: photo.access_hash,
            file_reference: photo.file_reference.as_slice().into(),
            thumb: best.letter.to_owned(),
            size: u64::try_from(best.bytes).unwrap_or_default(),
        },
        width: best.width.unsigned_abs(),
        height: best.height.unsigned_abs(),
        stripped,
        spoiler: false,
    })
}

struct Size<'a> {
    letter: &'a str,
    width: i32,
    height: i32,
    bytes: i32,
}

impl Size<'_> {
    fn side(&self) -> i32 {
        self.width.max(self.height)
    }

    /// The largest that fits; of those that do not, the smallest.
    fn is_better_than(&self, other: &Self) -> bool {
        match (self.side() <= SHOWN_SIDE, other.side() <= SHOWN_SIDE) {
            (true, true) => self.side() > other.side(),
            (true, false) => true,
            (false, true) => false,
            (false, false) => self.side() < other.side(),
        }
    }
}

/// A file as a row.
pub(crate) fn document(file: &tl::types::Document) -> Document {
    let name = file.attributes.iter().find_map(|attribute| match attribute {
        tl::enums::DocumentAttribute::Filename(name) => Some(name.file_name.clone()),
        _ => None,
    });
    Document {
        id: file.id,
        file: FileLocation {
            dc: file.dc_id,
            kind: FileKind::Document,
            id: file.id,
            access_hash: file.access_hash,
            file_reference: file.file_reference.as_slice().into(),
            thumb: String::new(),
            size: u64::try_from(file.size).unwrap_or_default(),
        },
        name: name.unwrap_or_default(),
        mime: file.mime_type.clone(),
        thumbnail: None,
    }
}

/// Files that are more than files say so in their attributes; the most telling one counts.
fn document_kind(media: &tl::types::MessageMediaDocument, file: &tl::types::Document) -> Option<OtherMedia> {
    use tl::enums::DocumentAttribute as A;
    let has = |test: fn(&A) -> bool| file.attributes.iter().any(test);
    if has(|a| matches!(a, A::Sticker(_) | A::CustomEmoji(_))) {
        Some(OtherMedia::Sticker)
    } else if has(|a| matches!(a, A::Animated)) {
        Some(OtherMedia::Animation)
    } else if has(|a| matches!(a, A::Video(video) if video.round_message)) {
        Some(OtherMedia::RoundVideo)
    } else if has(|a| matches!(a, A::Video(_))) {
        Some(OtherMedia::Video)
    } else if has(|a| matches!(a, A::Audio(audio) if audio.voice)) {
        Some(OtherMedia::Voice)
    } else if has(|a| matches!(a, A::Audio(_))) {
        Some(OtherMedia::Audio)
    } else {
        document_flag(media)
    }
}

/// The message itself says it too, also of a file that is gone.
fn document_flag(media: &tl::types::MessageMediaDocument) -> Option<OtherMedia> {
    if media.round {
        Some(OtherMedia::RoundVideo)
    } else if media.voice {
        Some(OtherMedia::Voice)
    } else if media.video {
        Some(OtherMedia::Video)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tl::enums::DocumentAttribute as A;

    fn size(letter: &str, w: i32, h: i32) -> tl::enums::PhotoSize {
        tl::types::PhotoSize { r#type: letter.into(), w, h, size: w * 10 }.into()
    }

    fn photo_of(sizes: Vec<tl::enums::PhotoSize>) -> tl::enums::Photo {
        tl::types::Photo {
            has_stickers: false,
            id: 7,
            access_hash: 8,
            file_reference: vec![9],
            date: 0,
            sizes,
            video_sizes: None,
            dc_id: 4,
        }
        .into()
    }

    fn document_of(attributes: Vec<A>) -> tl::enums::MessageMedia {
        tl::types::MessageMediaDocument {
            nopremium: false,
            spoiler: false,
            video: false,
            round: false,
            voice: false,
            document: Some(
                tl::types::Document {
                    id: 1,
                    access_hash: 2,
                    file_reference: vec![3],
                    date: 0,
                    mime_type: "application/pdf".into(),
                    size: 50 << 20,
                    thumbs: None,
                    video_thumbs: None,
                    dc_id: 4,
                    attributes,
                }
                .into(),
            ),
            alt_documents: None,
            video_cover: None,
            video_timestamp: None,
            ttl_seconds: None,
        }
        .into()
    }

    #[test]
    fn the_largest_size_up_to_1280_is_shown() {
        let photo = photo(&photo_of(vec![
            tl::types::PhotoStrippedSize { r#type: "i".into(), bytes: vec![1, 10, 20, 30] }.into(),
            size("m", 320, 240),
            size("w", 2560, 1920),
            tl::types::PhotoSizeProgressive { r#type: "y".into(), w: 1280, h: 960, sizes: vec![10, 500, 90] }.into(),
            size("x", 800, 600),
        ]))
        .unwrap();
        assert_eq!((photo.file.thumb.as_str(), photo.width, photo.height, photo.file.size), ("y", 1280, 960, 500));
        assert_eq!(photo.stripped.as_deref(), Some([1, 10, 20, 30].as_slice()));
        assert_eq!((photo.file.kind, photo.file.dc, photo.file.access_hash), (FileKind::Photo, 4, 8));
    }

    #[test]
    fn only_larger_ones_means_the_smallest_of_them_and_none_means_no_photo() {
        let large = photo(&photo_of(vec![size("w", 2560, 1920), size("v", 1600, 1200)])).unwrap();
        assert_eq!(large.file.thumb, "v");
        assert!(photo(&photo_of(vec![size("x", 0, 600)])).is_none());
        assert!(photo(&tl::types::PhotoEmpty { id: 1 }.into()).is_none());
        let gone = tl::types::MessageMediaPhoto {
            spoiler: false,
            live_photo: false,
            photo: None,
            ttl_seconds: Some(5),
            video: None,
        };
        assert_eq!(media(&gone.into()), Some(Media::Other(OtherMedia::Unknown)));
    }

    #[test]
    fn a_plain_file_is_a_row_with_its_name() {
        let name = A::Filename(tl::types::DocumentAttributeFilename { file_name: "Tide tables.pdf".into() });
        let Some(Media::Document(file)) = media(&document_of(vec![name])) else { panic!("no document") };
        assert_eq!(
            (file.name.as_str(), file.mime.as_str(), file.file.size),
            ("Tide tables.pdf", "application/pdf", 50 << 20)
        );
        let Some(Media::Document(unnamed)) = media(&document_of(vec![])) else { panic!("no document") };
        assert_eq!(unnamed.name, "");
    }

    #[test]
    fn other_kinds_are_told_by_their_attributes() {
        let video = |round_message| {
            A::Video(tl::types::DocumentAttributeVideo {
                round_message,
                supports_streaming: false,
                nosound: false,
                duration: 1.0,
                w: 10,
                h: 10,
                preload_prefix_size: None,
                video_start_ts: None,
                video_codec: None,
            })
        };
        let audio = |voice| {
            A::Audio(tl::types::DocumentAttributeAudio {
                voice,
                duration: 3,
                title: None,
                performer: None,
                waveform: None,
            })
        };
        let sticker = A::Sticker(tl::types::DocumentAttributeSticker {
            mask: false,
            alt: "🙂".into(),
            stickerset: tl::enums::InputStickerSet::Empty,
            mask_coords: None,
        });
        for (attributes, kind) in [
            (vec![video(false)], OtherMedia::Video),
            (vec![video(true)], OtherMedia::RoundVideo),
            (vec![video(false), A::Animated], OtherMedia::Animation),
            (vec![audio(true)], OtherMedia::Voice),
            (vec![audio(false)], OtherMedia::Audio),
            (vec![video(false), sticker], OtherMedia::Sticker),
        ] {
            assert_eq!(media(&document_of(attributes)), Some(Media::Other(kind)));
        }
    }

    #[test]
    fn kinds_without_a_view_have_their_names() {
        use tl::enums::MessageMedia as M;
        assert_eq!(media(&M::Empty), None);
        assert_eq!(media(&M::Unsupported), Some(Media::Other(OtherMedia::Unknown)));
        let geo = M::Geo(tl::types::MessageMediaGeo { geo: tl::enums::GeoPoint::Empty });
        assert_eq!(media(&geo), Some(Media::Other(OtherMedia::Location)));
        let dice = tl::types::MessageMediaDice { value: 3, emoticon: "🎲".into(), game_outcome: None };
        assert_eq!(media(&dice.into()), Some(Media::Other(OtherMedia::Dice)));
        let contact = tl::types::MessageMediaContact {
            phone_number: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            vcard: String::new(),
            user_id: 0,
        };
        assert_eq!(media(&contact.into()), Some(Media::Other(OtherMedia::Contact)));
    }
}
