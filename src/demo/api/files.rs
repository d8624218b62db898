//! Downloads (core.telegram.org/api/files#downloading-files).

use super::ask::{place_of, unregistered};
use super::{Api, Fine, bad};
use crate::drawing::Scene;
use crate::rpc::{Answer, Caller, RpcError};
use crate::server::bulk;
use crate::world::{Document, FileClass, Photo, PhotoSource, Place, State};
use grammers_tl_types::enums::InputFileLocation as Location;
use grammers_tl_types::enums::PrivacyKey;
use grammers_tl_types::enums::storage::FileType;
use grammers_tl_types::{Serializable, functions, types};
use std::sync::Arc;

const MEGABYTE: i64 = 1024 * 1024;

/// What is to be read, found under the lock and read without it.
enum Source {
    Drawn(Scene, u32, u32),
    Jpeg(Arc<[u8]>),
    Document(Box<Document>),
}

/// Reads a part of a file. Pictures may have to be drawn first, on a thread that may take its time.
pub(crate) async fn get_file(api: &Api, caller: &Caller, request: functions::upload::GetFile) -> Answer {
    let source = {
        let state = api.world.lock();
        let me = state.devices.get(&caller.key_id).and_then(|device| device.user).ok_or_else(unregistered)?;
        let (source, dc) = find(&state, me, &request.location)?;
        if dc != caller.dc {
            return Err(RpcError::new(303, format!("FILE_MIGRATE_{dc}")));
        }
        source
    };
    let (offset, limit) = part(&request)?;
    let cut = |bytes: &[u8]| {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(limit).min(bytes.len());
        bytes.get(start..end).map(<[u8]>::to_vec).unwrap_or_default()
    };
    let (kind, bytes) = match source {
        Source::Document(document) if limit > bulk::LARGE => {
            let read = bulk::aside(move || document.read(offset, limit)).await;
            (FileType::FileUnknown, read.ok_or_else(|| RpcError::new(500, "READING_FAILED"))?)
        }
        Source::Document(document) => (FileType::FileUnknown, document.read(offset, limit)),
        Source::Jpeg(bytes) => (FileType::FileJpeg, cut(&bytes)),
        Source::Drawn(scene, width, height) => {
            let world = Arc::clone(&api.world);
            let drawn = tokio::task::spawn_blocking(move || world.pictures.jpeg(scene, width, height)).await;
            let drawn = drawn.map_err(|_| RpcError::new(500, "DRAWING_FAILED"))?;
            (FileType::FileJpeg, cut(&drawn))
        }
    };
    let file = grammers_tl_types::enums::upload::File::from(types::upload::File { r#type: kind, mtime: 0, bytes });
    Ok(file.to_bytes())
}

/// Offset and limit, as the rules allow them.
fn part(request: &functions::upload::GetFile) -> Fine<(u64, usize)> {
    let (offset, limit) = (request.offset, i64::from(request.limit));
    let step = if request.precise { 1024 } else { 4096 };
    if limit <= 0 || limit > MEGABYTE || limit % step != 0 || (!request.precise && MEGABYTE % limit != 0) {
        return Err(bad("LIMIT_INVALID"));
    }
    if offset < 0 || offset % step != 0 {
        return Err(bad("OFFSET_INVALID"));
    }
    // A part may not reach over the border of a megabyte.
    if offset / MEGABYTE != offset.saturating_add(limit - 1) / MEGABYTE {
        return Err(bad("OFFSET_INVALID"));
    }
    Ok((offset as u64, limit as usize))
}

fn find(state: &State, me: i64, location: &Location) -> Fine<(Source, i32)> {
    match location {
        Location::InputPhotoFileLocation(location) => {
            let (id, hash) = (location.id, location.access_hash);
            let photo = state.photos.get(&id).filter(|_| state.file_hash(me, FileClass::Photo, id) == hash);
            let photo = photo.ok_or_else(|| bad("FILE_ID_INVALID"))?;
            fresh(state, FileClass::Photo, id, &location.file_reference)?;
            Ok((photo_size(photo, &location.thumb_size)?, photo.dc))
        }
        Location::InputDocumentFileLocation(location) => {
            let (id, hash) = (location.id, location.access_hash);
            let document = state.documents.get(&id).filter(|_| state.file_hash(me, FileClass::Document, id) == hash);
            let document = document.ok_or_else(|| bad("FILE_ID_INVALID"))?;
            fresh(state, FileClass::Document, id, &location.file_reference)?;
            if !location.thumb_size.is_empty() {
                let thumb = document.thumb.and_then(|thumb| state.photos.get(&thumb));
                let thumb = thumb.filter(|_| location.thumb_size == "m").ok_or_else(|| bad("LOCATION_INVALID"))?;
                let letter = thumb.sizes().first().map(|(letter, _, _)| letter.to_string()).unwrap_or_default();
                return Ok((photo_size(thumb, &letter)?, document.dc));
            }
            Ok((Source::Document(Box::new(document.clone())), document.dc))
        }
        Location::InputPeerPhotoFileLocation(location) => {
            let photo = match place_of(state, me, &location.peer)? {
                Place::User(id) => {
                    let person = state.people.get(&id).filter(|_| state.shows(id, &PrivacyKey::ProfilePhoto, me));
                    person.and_then(|person| person.photo)
                }
                Place::Group(id) => state.groups.get(&id).and_then(|group| group.photo),
                Place::Channel(id) => state.channels.get(&id).and_then(|channel| channel.photo),
            };
            let photo = photo.filter(|id| *id == location.photo_id).and_then(|id| state.photos.get(&id));
            let photo = photo.ok_or_else(|| bad("LOCATION_INVALID"))?;
            Ok((photo_size(photo, if location.big { "c" } else { "a" })?, photo.dc))
        }
        _ => Err(bad("LOCATION_INVALID")),
    }
}

/// The reference is one of those that are good now.
pub(crate) fn fresh(state: &State, class: FileClass, id: i64, reference: &[u8]) -> Fine<()> {
    if reference.is_empty() {
        return Err(bad("FILE_REFERENCE_EMPTY"));
    }
    if reference != state.file_reference(class, id) {
        return Err(bad("FILE_REFERENCE_EXPIRED"));
    }
    Ok(())
}

fn photo_size(photo: &Photo, letter: &str) -> Fine<Source> {
    let size = photo.sizes().into_iter().find(|(known, _, _)| known.encode_utf8(&mut [0; 4]) == letter);
    let (_, width, height) = size.ok_or_else(|| bad("LOCATION_INVALID"))?;
    Ok(match &photo.source {
        PhotoSource::Drawn(scene) => Source::Drawn(*scene, width, height),
        PhotoSource::Uploaded { jpeg, .. } => Source::Jpeg(Arc::clone(jpeg)),
        PhotoSource::Portrait { small, large, .. } => {
            Source::Jpeg(Arc::clone(if width < photo.width { small } else { large }))
        }
    })
}
