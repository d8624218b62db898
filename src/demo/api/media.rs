//! What clients give as media, and what it becomes (core.telegram.org/api/files#sending-files).

use super::{Ask, Fine, bad, polls, uploads};
use crate::world::{Body, FileClass, FileKind, Place, mix};
use grammers_tl_types::enums::{InputDocument, InputMedia, InputPhoto, MessageEntity};
use grammers_tl_types::{enums, functions, types};

/// Throws, and how many sides each has.
const DICE: &[(&str, u64)] = &[("🎲", 6), ("🎯", 6), ("🏀", 5), ("⚽", 5), ("🎳", 6), ("🎰", 64)];
/// Shown once.
const ONCE: i32 = i32::MAX;
const LONGEST_TTL: i32 = 60;

/// What a message carries.
pub(crate) struct Carried {
    pub body: Body,
    pub spoiler: bool,
    pub ttl: Option<i32>,
}

impl From<Body> for Carried {
    fn from(body: Body) -> Self {
        Self { body, spoiler: false, ttl: None }
    }
}

/// Media with a timer go only from one person to another, and their time is short.
fn may_vanish(place: Place, ttl: Option<i32>) -> Fine<()> {
    let may = ttl.is_none_or(|seconds| {
        matches!(place, Place::User(_)) && ((1..=LONGEST_TTL).contains(&seconds) || seconds == ONCE)
    });
    if may { Ok(()) } else { Err(bad("TTL_MEDIA_INVALID")) }
}

/// What an input media becomes.
pub(crate) fn body(ask: &mut Ask<'_>, place: Place, media: InputMedia) -> Fine<Carried> {
    let timed = |spoiler: bool, ttl: Option<i32>, body: Body| Carried { body, spoiler, ttl };
    let empty = || bad("MEDIA_EMPTY");
    match media {
        InputMedia::UploadedPhoto(media) => {
            may_vanish(place, media.ttl_seconds)?;
            let body = uploads::photo(ask, &media.file)?;
            Ok(timed(media.spoiler, media.ttl_seconds, body))
        }
        InputMedia::UploadedDocument(media) => {
            let (spoiler, ttl) = (media.spoiler, media.ttl_seconds);
            may_vanish(place, ttl)?;
            let body = uploads::document(ask, media)?;
            Ok(timed(spoiler, ttl, body))
        }
        InputMedia::Photo(media) => match media.id {
            InputPhoto::Photo(photo) => {
                known_file(ask, FileClass::Photo, photo.id, photo.access_hash, &photo.file_reference)?;
                may_vanish(place, media.ttl_seconds)?;
                Ok(timed(media.spoiler, media.ttl_seconds, Body::Photo(photo.id)))
            }
            InputPhoto::Empty => Err(empty()),
        },
        InputMedia::Document(media) => match media.id {
            InputDocument::Document(document) => {
                known_file(ask, FileClass::Document, document.id, document.access_hash, &document.file_reference)?;
                may_vanish(place, media.ttl_seconds)?;
                Ok(timed(media.spoiler, media.ttl_seconds, Body::Document(document.id)))
            }
            InputDocument::Empty => Err(empty()),
        },
        InputMedia::GeoPoint(media) => {
            let (long, lat) = point(&media.geo_point)?;
            Ok(Body::Geo { long, lat }.into())
        }
        InputMedia::GeoLive(media) => {
            let (long, lat) = point(&media.geo_point)?;
            Ok(Body::Live { long, lat, period: media.period.unwrap_or(900) }.into())
        }
        InputMedia::Venue(media) => {
            let (long, lat) = point(&media.geo_point)?;
            let geo = types::GeoPoint { long, lat, access_hash: 0, accuracy_radius: None }.into();
            let types::InputMediaVenue { title, address, provider, venue_id, venue_type, .. } = media;
            let venue = types::MessageMediaVenue { geo, title, address, provider, venue_id, venue_type };
            Ok(Body::Venue(Box::new(venue)).into())
        }
        InputMedia::Contact(media) => {
            let person = ask.state.people.values().find(|person| {
                !person.phone.is_empty() && person.phone == crate::world::state::digits(&media.phone_number)
            });
            let person = person.map_or(0, |person| person.id);
            let (first, last, phone) = (media.first_name, media.last_name, media.phone_number);
            Ok(Body::Contact { first, last, phone, person }.into())
        }
        InputMedia::Dice(media) => {
            let emoji = media.emoticon.trim_end_matches('\u{fe0f}').to_owned();
            let sides = DICE.iter().find(|(known, _)| *known == emoji).ok_or_else(|| bad("EMOTICON_INVALID"))?.1;
            let thrown = mix(ask.state.seed, ask.state.letters.len() as u64) % sides;
            Ok(Body::Dice { emoji, value: thrown as i32 + 1 }.into())
        }
        InputMedia::Poll(media) => polls::made(ask, *media).map(Into::into),
        InputMedia::Todo(media) => {
            let enums::TodoList::List(list) = media.todo;
            if list.list.is_empty() || list.list.len() > 30 {
                return Err(bad("TODO_ITEMS_EMPTY"));
            }
            Ok(Body::Todo { list: Box::new(list), done: Vec::new() }.into())
        }
        InputMedia::WebPage(media) => match page(&media.url) {
            Some(page) => Ok(Body::Page(Box::new(page)).into()),
            None if media.optional => Ok(Body::Text.into()),
            None => Err(bad("WEBPAGE_NOT_FOUND")),
        },
        InputMedia::Empty => Err(empty()),
        _ => Err(bad("MEDIA_INVALID")),
    }
}

fn point(point: &enums::InputGeoPoint) -> Fine<(f64, f64)> {
    match point {
        enums::InputGeoPoint::Point(point) if point.lat.abs() <= 90.0 && point.long.abs() <= 180.0 => {
            Ok((point.long, point.lat))
        }
        enums::InputGeoPoint::Point(_) => Err(bad("GEO_POINT_INVALID")),
        enums::InputGeoPoint::Empty => Err(bad("MEDIA_EMPTY")),
    }
}

/// A file that the account has seen, under a reference that is still good.
pub(crate) fn known_file(ask: &Ask<'_>, class: FileClass, id: i64, hash: i64, reference: &[u8]) -> Fine<()> {
    let known = match class {
        FileClass::Photo => ask.state.photos.contains_key(&id),
        FileClass::Document => ask.state.documents.contains_key(&id),
    };
    if !known || ask.state.file_hash(ask.me()?, class, id) != hash {
        return Err(bad("MEDIA_INVALID"));
    }
    super::files::fresh(ask.state, class, id, reference)
}

/// The file behind an input document.
pub(crate) fn document(ask: &Ask<'_>, document: &InputDocument) -> Fine<i64> {
    match document {
        InputDocument::Document(document) => {
            known_file(ask, FileClass::Document, document.id, document.access_hash, &document.file_reference)?;
            Ok(document.id)
        }
        InputDocument::Empty => Err(bad("MEDIA_EMPTY")),
    }
}

/// The page behind an address. The internet of this world is small: what ends in `.example` is there.
pub(crate) fn page(url: &str) -> Option<types::WebPage> {
    let url = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    if !host.ends_with(".example") {
        return None;
    }
    let last = rest.trim_end_matches('/').rsplit('/').next().unwrap_or(host).replace(['-', '_'], " ");
    let id = url.bytes().fold(7, |id, byte| mix(id, u64::from(byte)));
    Some(types::WebPage {
        has_large_media: false,
        video_cover_photo: false,
        id: (id >> 2) as i64,
        display_url: rest.to_owned(),
        hash: 0,
        r#type: Some("article".to_owned()),
        site_name: Some(host.to_owned()),
        title: Some(last),
        description: Some(format!("A page at {host}.")),
        url,
        photo: None,
        embed_url: None,
        embed_type: None,
        embed_width: None,
        embed_height: None,
        duration: None,
        author: None,
        document: None,
        cached_page: None,
        attributes: None,
    })
}

/// The preview that a message gets by itself: of its first address that has a page.
pub(crate) fn page_for(_: &Ask<'_>, text: &str, entities: &[MessageEntity]) -> Option<Body> {
    let units: Vec<u16> = text.encode_utf16().collect();
    entities
        .iter()
        .filter_map(|entity| match entity {
            MessageEntity::TextUrl(link) => Some(link.url.clone()),
            MessageEntity::Url(link) => {
                let start = usize::try_from(link.offset).ok()?;
                let end = start.checked_add(usize::try_from(link.length).ok()?)?;
                String::from_utf16(units.get(start..end)?).ok()
            }
            _ => None,
        })
        .find_map(|url| page(&url))
        .map(|page| Body::Page(Box::new(page)))
}

pub(crate) fn get_web_page_preview(
    ask: &mut Ask<'_>,
    request: functions::messages::GetWebPagePreview,
) -> Fine<enums::messages::WebPagePreview> {
    ask.me()?;
    let entities = super::entities::checked(ask, &request.message, request.entities.unwrap_or_default())?;
    let body = page_for(ask, &request.message, &entities);
    let mut view = ask.view()?;
    let media = body.and_then(|body| view.media(&body, &Default::default()));
    let media = media.unwrap_or(enums::MessageMedia::Empty);
    Ok(types::messages::WebPagePreview { media, chats: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_web_page(
    ask: &mut Ask<'_>,
    request: functions::messages::GetWebPage,
) -> Fine<enums::messages::WebPage> {
    ask.me()?;
    let webpage = match page(&request.url) {
        Some(page) => enums::WebPage::Page(page),
        None => types::WebPageEmpty { id: 0, url: Some(request.url) }.into(),
    };
    Ok(types::messages::WebPage { webpage, chats: Vec::new(), users: Vec::new() }.into())
}

/// Makes media of an upload without sending it.
pub(crate) fn upload_media(ask: &mut Ask<'_>, request: functions::messages::UploadMedia) -> Fine<enums::MessageMedia> {
    let place = ask.place(&request.peer)?;
    let Carried { body, spoiler, ttl } = body(ask, place, request.media)?;
    let details = crate::world::Details { spoiler, media_ttl: ttl, ..Default::default() };
    ask.view()?.media(&body, &details).ok_or_else(|| bad("MEDIA_EMPTY"))
}

/// Whether several of these may stand together in one album.
pub(crate) fn fits_album(ask: &Ask<'_>, body: &Body) -> bool {
    match body {
        Body::Photo(_) => true,
        Body::Document(id) => ask
            .state
            .documents
            .get(id)
            .is_some_and(|document| matches!(document.kind(), FileKind::Video | FileKind::File | FileKind::Music)),
        _ => false,
    }
}
