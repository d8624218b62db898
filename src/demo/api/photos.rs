//! Profile photos (core.telegram.org/api/files#uploading-profile-or-chat-pictures).

use super::media::known_file;
use super::{Ask, Fine, bad, uploads};
use crate::world::{FileClass, News, Person, Photo, PhotoSource, Place};
use grammers_tl_types::enums::{InputFile, InputPhoto, PrivacyKey};
use grammers_tl_types::{enums, functions, types};
use image::imageops::{FilterType, crop_imm, resize};

/// Sides of the two sizes, and the least that a picture must have.
const SMALL: u32 = 160;
const LARGE: u32 = 640;

/// An uploaded picture as the photo of a person or a chat: a square out of its middle, in both sizes.
pub(crate) fn portrait(ask: &mut Ask<'_>, file: &InputFile) -> Fine<i64> {
    let picture = uploads::picture(ask, file)?;
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    if side < SMALL {
        return Err(bad("PHOTO_CROP_SIZE_SMALL"));
    }
    let square = crop_imm(&picture, (width - side) / 2, (height - side) / 2, side, side).to_image();
    let large = resize(&square, LARGE, LARGE, FilterType::Triangle);
    let small = resize(&large, SMALL, SMALL, FilterType::Triangle);
    let stripped = uploads::stripped_of(&small);
    let (small, large) = (uploads::jpeg_of(&small)?.into(), uploads::jpeg_of(&large)?.into());
    let id = ask.state.new_file_id();
    let (date, dc) = (ask.state.now(), ask.caller.dc);
    let source = PhotoSource::Portrait { small, large, stripped };
    ask.state.photos.insert(id, Photo { id, date, dc, width: LARGE, height: LARGE, source, face: true });
    Ok(id)
}

fn own<'a>(ask: &'a mut Ask<'_>) -> Fine<&'a mut Person> {
    let me = ask.me()?;
    ask.state.people.get_mut(&me).ok_or_else(super::ask::unregistered)
}

fn tell(ask: &mut Ask<'_>) -> Fine<()> {
    let me = ask.me()?;
    let notices = ask.state.tell_onlookers(me, &News::Person(me));
    ask.notices.extend(notices);
    Ok(())
}

fn answer(ask: &Ask<'_>, photo: Option<i64>) -> Fine<enums::photos::Photo> {
    let mut view = ask.view()?;
    view.name(Place::User(view.me));
    let photo = photo.map_or_else(|| types::PhotoEmpty { id: 0 }.into(), |id| view.photo(id));
    let (_, users) = view.everyone();
    Ok(types::photos::Photo { photo, users }.into())
}

/// The photo is the newest from now on.
fn wear(ask: &mut Ask<'_>, id: i64) -> Fine<()> {
    let person = own(ask)?;
    person.earlier.retain(|earlier| *earlier != id);
    if let Some(before) = person.photo.replace(id).filter(|before| *before != id) {
        person.earlier.insert(0, before);
    }
    tell(ask)
}

pub(crate) fn upload_profile_photo(
    ask: &mut Ask<'_>,
    request: functions::photos::UploadProfilePhoto,
) -> Fine<enums::photos::Photo> {
    ask.me()?;
    if request.bot.is_some() {
        return Err(bad("BOT_INVALID"));
    }
    let file = request.file.ok_or_else(|| bad("PHOTO_FILE_MISSING"))?;
    let id = portrait(ask, &file)?;
    wear(ask, id)?;
    answer(ask, Some(id))
}

/// One of one's earlier photos is the newest again; the empty one takes the newest away.
pub(crate) fn update_profile_photo(
    ask: &mut Ask<'_>,
    request: functions::photos::UpdateProfilePhoto,
) -> Fine<enums::photos::Photo> {
    ask.me()?;
    if request.bot.is_some() {
        return Err(bad("BOT_INVALID"));
    }
    match request.id {
        InputPhoto::Empty => {
            let person = own(ask)?;
            if let Some(before) = person.photo.take() {
                person.earlier.insert(0, before);
                tell(ask)?;
            }
            answer(ask, None)
        }
        InputPhoto::Photo(photo) => {
            let invalid = || bad("PHOTO_ID_INVALID");
            known_file(ask, FileClass::Photo, photo.id, photo.access_hash, &photo.file_reference)?;
            let person = own(ask)?;
            if person.photo != Some(photo.id) && !person.earlier.contains(&photo.id) {
                return Err(invalid());
            }
            wear(ask, photo.id)?;
            answer(ask, Some(photo.id))
        }
    }
}

/// The photo before is shown again. Says which were there to be deleted.
pub(crate) fn delete_photos(ask: &mut Ask<'_>, request: functions::photos::DeletePhotos) -> Fine<Vec<i64>> {
    ask.me()?;
    let mut gone = Vec::new();
    for photo in request.id.iter().take(100) {
        let InputPhoto::Photo(photo) = photo else { continue };
        let me = ask.me()?;
        if ask.state.file_hash(me, FileClass::Photo, photo.id) != photo.access_hash {
            continue;
        }
        let person = own(ask)?;
        if person.photo == Some(photo.id) {
            person.photo = (!person.earlier.is_empty()).then(|| person.earlier.remove(0));
            gone.push(photo.id);
        } else if person.earlier.contains(&photo.id) {
            person.earlier.retain(|earlier| *earlier != photo.id);
            gone.push(photo.id);
        }
    }
    if !gone.is_empty() {
        tell(ask)?;
    }
    Ok(gone)
}

pub(crate) fn get_user_photos(
    ask: &mut Ask<'_>,
    request: functions::photos::GetUserPhotos,
) -> Fine<enums::photos::Photos> {
    let id = ask.person(&request.user_id)?;
    let mut view = ask.view()?;
    view.name(Place::User(id));
    let person = view.state.people.get(&id).filter(|_| view.state.shows(id, &PrivacyKey::ProfilePhoto, view.me));
    let all: Vec<i64> =
        person.map(|person| person.photo.iter().chain(&person.earlier).copied().collect()).unwrap_or_default();
    // Beginning after this one, where it is named.
    let after = all.iter().position(|photo| request.max_id != 0 && *photo == request.max_id).map_or(0, |at| at + 1);
    let limit = if request.limit <= 0 { 100 } else { request.limit.min(100) as usize };
    let page = all.iter().skip(after).skip(request.offset.max(0) as usize).take(limit);
    let photos: Vec<enums::Photo> = page.map(|photo| view.photo(*photo)).collect();
    let (_, users) = view.everyone();
    if photos.len() == all.len() {
        return Ok(types::photos::Photos { photos, users }.into());
    }
    Ok(types::photos::PhotosSlice { count: all.len() as i32, photos, users }.into())
}
