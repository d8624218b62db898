//! Files, and what they are to people (core.telegram.org/api/files#document-types).

use super::media::{self, Size};
use grammers_tl_types as tl;
use heliograph_model::{
    Audio, Document, FileKind, FileLocation, Media, Photo, Sticker, StickerKind, Thumbnail, Video, VideoKind, Voice,
};
use std::sync::Arc;
use tl::enums::DocumentAttribute as A;

/// Stickers have this side at most, and nearly always exactly.
const STICKER_SIDE: u32 = 512;

/// What a file in a message is shown as. Files that are more than files say so in their attributes; the most telling
/// one counts.
pub(crate) fn shown(media: &tl::types::MessageMediaDocument, file: &tl::types::Document) -> Media {
    let mut document = document(file);
    let attributes = &file.attributes;
    let video = attributes.iter().find_map(|a| match a {
        A::Video(video) => Some(video),
        _ => None,
    });
    let audio = attributes.iter().find_map(|a| match a {
        A::Audio(audio) => Some(audio),
        _ => None,
    });
    let emoji = attributes.iter().find_map(|a| match a {
        A::Sticker(sticker) => Some(&sticker.alt),
        A::CustomEmoji(emoji) => Some(&emoji.alt),
        _ => None,
    });
    let has_sides = video.map(|v| (v.w, v.h)).or_else(|| sides(attributes));
    if let Some(emoji) = emoji {
        let (width, height) = has_sides.and_then(pixels).unwrap_or((STICKER_SIDE, STICKER_SIDE));
        let kind = match file.mime_type.as_str() {
            "application/x-tgsticker" => StickerKind::Lottie,
            "video/webm" => StickerKind::Film,
            _ => StickerKind::Still,
        };
        return Media::Sticker(Sticker { document, emoji: emoji.clone(), width, height, kind });
    }
    let is_loop = attributes.iter().any(|a| matches!(a, A::Animated));
    let is_round = media.round || video.is_some_and(|v| v.round_message);
    if is_loop || video.is_some() {
        if let Some(cover) = media.video_cover.as_ref().and_then(media::photo) {
            document.thumbnail = Some(Box::new(still(cover)));
        }
        let of_thumbnail = document.thumbnail.as_ref().map(|t| (t.width, t.height)).filter(|(w, h)| *w > 0 && *h > 0);
        let (width, height) = has_sides.and_then(pixels).or(of_thumbnail).unwrap_or_default();
        let kind = match (is_round, is_loop) {
            (true, _) => VideoKind::Round,
            (false, true) => VideoKind::Loop,
            (false, false) => VideoKind::Film,
        };
        let duration = video.map_or(0, |video| seconds(video.duration));
        return Media::Video(Video { document, kind, width, height, duration, spoiler: media.spoiler });
    }
    match audio {
        Some(audio) if audio.voice => Media::Voice(Voice {
            document,
            duration: u32::try_from(audio.duration).unwrap_or_default(),
            waveform: audio.waveform.as_deref().map(waveform).unwrap_or_default(),
        }),
        Some(audio) => Media::Audio(Audio {
            document,
            duration: u32::try_from(audio.duration).unwrap_or_default(),
            title: audio.title.clone().filter(|title| !title.is_empty()),
            performer: audio.performer.clone().filter(|performer| !performer.is_empty()),
        }),
        None => Media::Document(document),
    }
}

/// A file as a row.
pub(crate) fn document(file: &tl::types::Document) -> Document {
    let name = file.attributes.iter().find_map(|attribute| match attribute {
        A::Filename(name) => Some(name.file_name.clone()),
        _ => None,
    });
    Document {
        id: file.id,
        file: location(file, String::new(), u64::try_from(file.size).unwrap_or_default()),
        name: name.unwrap_or_default(),
        mime: file.mime_type.clone(),
        thumbnail: thumbnail(file).map(Box::new),
    }
}

fn location(file: &tl::types::Document, thumb: String, size: u64) -> FileLocation {
    FileLocation {
        dc: file.dc_id,
        kind: FileKind::Document,
        id: file.id,
        access_hash: file.access_hash,
        file_reference: file.file_reference.as_slice().into(),
        thumb,
        size,
    }
}

/// The picture that the server made of a file.
fn thumbnail(file: &tl::types::Document) -> Option<Thumbnail> {
    let (best, stripped) = media::best(file.thumbs.as_deref()?);
    match best {
        Some(Size { letter, width, height, bytes }) => Some(Thumbnail {
            file: Some(location(file, letter.to_owned(), u64::try_from(bytes).unwrap_or_default())),
            width: width.unsigned_abs(),
            height: height.unsigned_abs(),
            stripped,
        }),
        None => stripped.map(|stripped| Thumbnail { file: None, width: 0, height: 0, stripped: Some(stripped) }),
    }
}

/// A photo that stands for a film.
fn still(photo: Photo) -> Thumbnail {
    Thumbnail { file: Some(photo.file), width: photo.width, height: photo.height, stripped: photo.stripped }
}

fn sides(attributes: &[A]) -> Option<(i32, i32)> {
    attributes.iter().find_map(|a| match a {
        A::ImageSize(size) => Some((size.w, size.h)),
        _ => None,
    })
}

fn pixels((width, height): (i32, i32)) -> Option<(u32, u32)> {
    let side = |side| u32::try_from(side).ok().filter(|side| *side > 0);
    Some((side(width)?, side(height)?))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the conversion is saturating")]
fn seconds(duration: f64) -> u32 {
    duration.round() as u32
}

/// Takes a waveform apart: values of 5 bits, the lowest bits first.
fn waveform(packed: &[u8]) -> Arc<[u8]> {
    let bits = packed.len().saturating_mul(8);
    let value = |at: usize| {
        let (byte, shift) = (at / 8, at % 8);
        let low = packed.get(byte).copied().unwrap_or_default();
        let high = packed.get(byte + 1).copied().unwrap_or_default();
        let both = u16::from_le_bytes([low, high]) >> shift;
        u8::try_from(both & 31).unwrap_or_default()
    };
    (0..bits / 5).map(|number| value(number * 5)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(mime: &str, attributes: Vec<A>) -> tl::types::Document {
        tl::types::Document {
            id: 1,
            access_hash: 2,
            file_reference: vec![3],
            date: 0,
            mime_type: mime.into(),
            size: 50 << 20,
            thumbs: Some(vec![
                tl::types::PhotoStrippedSize { r#type: "i".into(), bytes: vec![1, 10, 20, 30] }.into(),
                tl::types::PhotoSize { r#type: "m".into(), w: 320, h: 180, size: 900 }.into(),
            ]),
            video_thumbs: None,
            dc_id: 4,
            attributes,
        }
    }

    fn media() -> tl::types::MessageMediaDocument {
        tl::types::MessageMediaDocument {
            nopremium: false,
            spoiler: false,
            video: false,
            round: false,
            voice: false,
            document: None,
            alt_documents: None,
            video_cover: None,
            video_timestamp: None,
            ttl_seconds: None,
        }
    }

    fn video(round_message: bool, duration: f64) -> A {
        A::Video(tl::types::DocumentAttributeVideo {
            round_message,
            supports_streaming: false,
            nosound: false,
            duration,
            w: 1920,
            h: 1080,
            preload_prefix_size: None,
            video_start_ts: None,
            video_codec: None,
        })
    }

    fn audio(voice: bool, waveform: Option<Vec<u8>>) -> A {
        let (title, performer) = (Some("Low water".into()), Some(String::new()));
        A::Audio(tl::types::DocumentAttributeAudio { voice, duration: 3, title, performer, waveform })
    }

    fn sticker() -> A {
        A::Sticker(tl::types::DocumentAttributeSticker {
            mask: false,
            alt: "🙂".into(),
            stickerset: tl::enums::InputStickerSet::Empty,
            mask_coords: None,
        })
    }

    #[test]
    fn moving_pictures_have_a_shape_a_length_and_a_still() {
        for (attributes, kind) in [
            (vec![video(false, 61.6)], VideoKind::Film),
            (vec![video(true, 61.6)], VideoKind::Round),
            (vec![video(false, 61.6), A::Animated], VideoKind::Loop),
        ] {
            let Media::Video(shown) = shown(&media(), &file("video/mp4", attributes)) else { panic!("no video") };
            assert_eq!((shown.kind, shown.width, shown.height, shown.duration), (kind, 1920, 1080, 62));
            let still = shown.document.thumbnail.unwrap();
            let place = still.file.unwrap();
            assert_eq!((still.width, still.height, place.thumb.as_str()), (320, 180, "m"));
            assert_eq!((place.kind, place.id, place.size), (FileKind::Document, 1, 900));
            assert_eq!(still.stripped.as_deref(), Some([1, 10, 20, 30].as_slice()));
        }
        for odd in [f64::NAN, f64::INFINITY, -5.0] {
            assert!(matches!(shown(&media(), &file("video/mp4", vec![video(false, odd)])), Media::Video(_)));
        }
    }

    #[test]
    fn sounds_are_spoken_or_music() {
        let Media::Voice(voice) = shown(&media(), &file("audio/ogg", vec![audio(true, Some(vec![0xff, 0x03]))])) else {
            panic!("no voice")
        };
        assert_eq!((voice.duration, &*voice.waveform), (3, [31, 31, 0].as_slice()));
        let Media::Audio(music) = shown(&media(), &file("audio/mpeg", vec![audio(false, None)])) else {
            panic!("no music")
        };
        assert_eq!((music.title.as_deref(), music.performer), (Some("Low water"), None));
    }

    #[test]
    fn waveforms_are_a_hundred_numbers_in_sixty_three_bytes() {
        // The numbers 0 to 31 over and over, packed as Telegram's own programs do it.
        let numbers: Vec<u8> = (0..100_u8).map(|number| number % 32).collect();
        let mut packed = vec![0_u8; 63];
        for (at, number) in numbers.iter().enumerate() {
            for bit in 0..5 {
                if number >> bit & 1 == 1 {
                    packed[(at * 5 + bit) / 8] |= 1 << ((at * 5 + bit) % 8);
                }
            }
        }
        assert_eq!(&*waveform(&packed), numbers.as_slice());
        assert!(waveform(&[]).is_empty());
    }

    #[test]
    fn stickers_say_how_they_are_made() {
        for (mime, kind) in [
            ("image/webp", StickerKind::Still),
            ("application/x-tgsticker", StickerKind::Lottie),
            ("video/webm", StickerKind::Film),
        ] {
            let Media::Sticker(shown) = shown(&media(), &file(mime, vec![sticker()])) else { panic!("no sticker") };
            assert_eq!((shown.kind, shown.emoji.as_str(), shown.width, shown.height), (kind, "🙂", 512, 512));
        }
        let film = shown(&media(), &file("video/webm", vec![video(false, 2.0), sticker()]));
        assert!(matches!(film, Media::Sticker(Sticker { width: 1920, height: 1080, .. })));
    }

    #[test]
    fn a_picture_as_a_file_stays_a_row() {
        let size = A::ImageSize(tl::types::DocumentAttributeImageSize { w: 40, h: 30 });
        let shown = shown(&media(), &file("image/png", vec![size]));
        assert!(matches!(shown, Media::Document(Document { thumbnail: Some(_), .. })));
    }
}
