//! Uploads (core.telegram.org/api/files#uploading-files). What is uploaded stays on the datacenter that took it.

use super::{Ask, Fine, bad};
use crate::drawing::stripped;
use crate::rpc::RpcError;
use crate::world::{Body, Content, Document, Photo, PhotoSource};
use grammers_tl_types::enums::{DocumentAttribute, InputFile};
use grammers_tl_types::{functions, types};
use image::{ImageReader, Limits, RgbImage};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

const MOST_PARTS: i32 = 4_000;
const LARGEST_PART: usize = 512 * 1024;
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;
/// Uploads that one device may have begun.
const MOST_UPLOADS: usize = 16;

pub(crate) fn save_file_part(ask: &mut Ask<'_>, request: functions::upload::SaveFilePart) -> Fine<bool> {
    save(ask, request.file_id, request.file_part, request.bytes)
}

pub(crate) fn save_big_file_part(ask: &mut Ask<'_>, request: functions::upload::SaveBigFilePart) -> Fine<bool> {
    if request.file_total_parts > MOST_PARTS || request.file_part >= request.file_total_parts {
        return Err(bad("FILE_PARTS_INVALID"));
    }
    save(ask, request.file_id, request.file_part, request.bytes)
}

fn save(ask: &mut Ask<'_>, file: i64, part: i32, bytes: Vec<u8>) -> Fine<bool> {
    ask.me()?;
    if !(0..MOST_PARTS).contains(&part) {
        return Err(bad("FILE_PART_INVALID"));
    }
    if bytes.is_empty() || bytes.len() > LARGEST_PART {
        return Err(bad(if bytes.is_empty() { "FILE_PART_EMPTY" } else { "FILE_PART_TOO_BIG" }));
    }
    let key = ask.caller.key_id;
    let begun = ask.state.uploads.keys().filter(|(owner, _)| *owner == key).count();
    if begun >= MOST_UPLOADS && !ask.state.uploads.contains_key(&(key, file)) {
        return Err(bad("FILE_PARTS_INVALID"));
    }
    let largest = ask.state.limits.largest_file;
    let parts = ask.state.uploads.entry((key, file)).or_default();
    let others: usize = parts.iter().filter(|(number, _)| **number != part).map(|(_, bytes)| bytes.len()).sum();
    if (others + bytes.len()) as u64 > largest {
        return Err(bad("FILE_PARTS_INVALID"));
    }
    parts.insert(part, bytes);
    Ok(true)
}

/// Puts the parts together; they are gone afterwards.
fn whole(ask: &mut Ask<'_>, file: &InputFile) -> Fine<(String, Vec<u8>)> {
    let (id, count, name) = match file {
        InputFile::File(file) => (file.id, file.parts, &file.name),
        InputFile::Big(file) => (file.id, file.parts, &file.name),
        InputFile::StoryDocument(_) => return Err(bad("FILE_PARTS_INVALID")),
    };
    let key = (ask.caller.key_id, id);
    let nothing = BTreeMap::new();
    let parts = ask.state.uploads.get(&key).unwrap_or(&nothing);
    // The numbers must run from 0 without a gap.
    if parts.len() as i32 != count || (0..).zip(parts.keys()).any(|(expected, number)| expected != *number) {
        let missing = (0..count).find(|number| !parts.contains_key(number)).unwrap_or(0);
        return Err(bad(&format!("FILE_PART_{missing}_MISSING")));
    }
    let size = parts.get(&0).map_or(0, Vec::len);
    for (number, part) in parts {
        let last = *number + 1 == count;
        if part.len() > size || (!last && part.len() != size) {
            return Err(bad("FILE_PART_SIZE_CHANGED"));
        }
    }
    if count > 1 && (!size.is_multiple_of(1024) || !LARGEST_PART.is_multiple_of(size)) {
        return Err(bad("FILE_PART_SIZE_INVALID"));
    }
    // Those who are told of a mistake may send what is missing; only a whole file is used up.
    let parts = ask.state.uploads.remove(&key).unwrap_or_default();
    Ok((name.clone(), parts.into_values().flatten().collect()))
}

/// An uploaded document.
pub(crate) fn document(ask: &mut Ask<'_>, media: types::InputMediaUploadedDocument) -> Fine<Body> {
    let (mut name, bytes) = whole(ask, &media.file)?;
    let thumb = match &media.thumb {
        Some(file) => match photo(ask, file)? {
            Body::Photo(id) => Some(id),
            _ => None,
        },
        None => None,
    };
    let mut voice = None;
    let mut attributes = Vec::new();
    let mut is_silent_video = false;
    for attribute in media.attributes {
        match attribute {
            DocumentAttribute::Filename(attribute) => name = attribute.file_name,
            DocumentAttribute::Audio(audio) if audio.voice && audio.waveform.is_none() => voice = Some(audio.duration),
            DocumentAttribute::Video(video) => {
                is_silent_video = video.nosound && !video.round_message;
                attributes.push(video.into());
            }
            attribute => attributes.push(attribute),
        }
    }
    // A short film without sound is an animation, unless it is to stay a film.
    if is_silent_video && !media.nosound_video && !attributes.contains(&DocumentAttribute::Animated) {
        attributes.push(DocumentAttribute::Animated);
    }
    let id = ask.state.new_file_id();
    let (date, dc) = (ask.state.now(), ask.caller.dc);
    let size = bytes.len() as u64;
    let content = Content::Uploaded(bytes.into());
    let mime = if media.mime_type.is_empty() { "application/octet-stream".to_owned() } else { media.mime_type };
    ask.state.documents.insert(id, Document { id, name, mime, size, date, dc, content, voice, attributes, thumb });
    Ok(Body::Document(id))
}

fn invalid() -> RpcError {
    bad("PHOTO_INVALID")
}

/// The pixels of a picture that is not too large, and whether it is a JPEG.
fn decoded(bytes: &[u8]) -> Fine<(RgbImage, bool)> {
    if bytes.len() > LARGEST_PHOTO {
        return Err(bad("PHOTO_SAVE_FILE_INVALID"));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| invalid())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(8_192);
    limits.max_image_height = Some(8_192);
    limits.max_alloc = Some(128 * 1024 * 1024);
    reader.limits(limits);
    let is_jpeg = reader.format() == Some(image::ImageFormat::Jpeg);
    Ok((reader.decode().map_err(|_| invalid())?.to_rgb8(), is_jpeg))
}

/// The pixels of an uploaded picture.
pub(crate) fn picture(ask: &mut Ask<'_>, file: &InputFile) -> Fine<RgbImage> {
    let (_, bytes) = whole(ask, file)?;
    Ok(decoded(&bytes)?.0)
}

/// The thumbnail that travels inside answers.
pub(crate) fn stripped_of(picture: &RgbImage) -> Arc<[u8]> {
    let (width, height) = stripped::fit(picture.width(), picture.height());
    let small = image::imageops::thumbnail(picture, width, height);
    stripped::encode(small.as_raw(), width, height).into()
}

pub(crate) fn jpeg_of(picture: &RgbImage) -> Fine<Vec<u8>> {
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 87);
    picture.write_with_encoder(encoder).map_err(|_| invalid())?;
    Ok(jpeg)
}

/// An uploaded picture, kept as it came if it is a JPEG.
pub(crate) fn photo(ask: &mut Ask<'_>, file: &InputFile) -> Fine<Body> {
    let (_, bytes) = whole(ask, file)?;
    let (picture, is_jpeg) = decoded(&bytes)?;
    let (width, height) = picture.dimensions();
    let stripped = stripped_of(&picture);
    let jpeg = if is_jpeg { bytes } else { jpeg_of(&picture)? };
    let id = ask.state.new_file_id();
    let (date, dc) = (ask.state.now(), ask.caller.dc);
    let source = PhotoSource::Uploaded { jpeg: jpeg.into(), stripped };
    ask.state.photos.insert(id, Photo { id, date, dc, width, height, source, face: false });
    Ok(Body::Photo(id))
}
