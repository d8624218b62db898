//! Uploads (core.telegram.org/api/files#uploading-files). What is uploaded stays on the datacenter that took it.

use super::{Ask, Fine, bad};
use crate::drawing::stripped;
use crate::world::{Body, Content, Document, Photo, PhotoSource, mix};
use grammers_tl_types::enums::{DocumentAttribute, InputFile};
use grammers_tl_types::functions;
use image::{ImageReader, Limits};
use std::io::Cursor;

const MOST_PARTS: i32 = 4_000;
const LARGEST_PART: usize = 512 * 1024;
/// All of it is held in memory, so there is less room than on Telegram.
const LARGEST_FILE: usize = 128 * 1024 * 1024;
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
    let parts = ask.state.uploads.entry((key, file)).or_default();
    if parts.values().map(Vec::len).sum::<usize>() + bytes.len() > LARGEST_FILE {
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
    let parts = ask.state.uploads.remove(&(ask.caller.key_id, id)).unwrap_or_default();
    // The numbers must run from 0 without a gap.
    if parts.len() as i32 != count || (0..).zip(parts.keys()).any(|(expected, number)| expected != *number) {
        let missing = (0..count).find(|number| !parts.contains_key(number)).unwrap_or(0);
        return Err(bad(&format!("FILE_PART_{missing}_MISSING")));
    }
    Ok((name.clone(), parts.into_values().flatten().collect()))
}

fn file_id(ask: &mut Ask<'_>) -> i64 {
    ask.state.last_file += 1;
    (mix(ask.state.seed, ask.state.last_file as u64) >> 2) as i64
}

/// An uploaded document.
pub(crate) fn document(
    ask: &mut Ask<'_>,
    file: &InputFile,
    mime: &str,
    attributes: &[DocumentAttribute],
) -> Fine<Body> {
    let (mut name, bytes) = whole(ask, file)?;
    let mut voice = None;
    for attribute in attributes {
        match attribute {
            DocumentAttribute::Filename(attribute) => name.clone_from(&attribute.file_name),
            DocumentAttribute::Audio(audio) if audio.voice => voice = Some(audio.duration),
            _ => {}
        }
    }
    let id = file_id(ask);
    let (date, dc) = (ask.state.now(), ask.caller.dc);
    let size = bytes.len() as u64;
    let content = Content::Uploaded(bytes.into());
    let mime = mime.to_owned();
    ask.state.documents.insert(id, Document { id, name, mime, size, date, dc, content, voice });
    Ok(Body::Document(id))
}

/// An uploaded picture, kept as it came if it is a JPEG.
pub(crate) fn photo(ask: &mut Ask<'_>, file: &InputFile) -> Fine<Body> {
    let (_, bytes) = whole(ask, file)?;
    let invalid = || bad("PHOTO_INVALID");
    if bytes.len() > LARGEST_PHOTO {
        return Err(bad("PHOTO_SAVE_FILE_INVALID"));
    }
    let mut reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|_| invalid())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(8_192);
    limits.max_image_height = Some(8_192);
    limits.max_alloc = Some(128 * 1024 * 1024);
    reader.limits(limits);
    let is_jpeg = reader.format() == Some(image::ImageFormat::Jpeg);
    let picture = reader.decode().map_err(|_| invalid())?.to_rgb8();
    let (width, height) = picture.dimensions();
    let (small_width, small_height) = stripped::fit(width, height);
    let small = image::imageops::thumbnail(&picture, small_width, small_height);
    let stripped = stripped::encode(small.as_raw(), small_width, small_height).into();
    let jpeg = if is_jpeg {
        bytes
    } else {
        let mut jpeg = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 87);
        picture.write_with_encoder(encoder).map_err(|_| invalid())?;
        jpeg
    };
    let id = file_id(ask);
    let (date, dc) = (ask.state.now(), ask.caller.dc);
    let source = PhotoSource::Uploaded { jpeg: jpeg.into(), stripped };
    ask.state.photos.insert(id, Photo { id, date, dc, width, height, source, face: false });
    Ok(Body::Photo(id))
}
