//! What messages carry.

use super::{document, poll};
use grammers_tl_types as tl;
use heliograph_model::{Contact, Dice, FileKind, FileLocation, Location, Media, OtherMedia, PeerId, Photo};
use std::sync::Arc;

/// Pixels of the longer side of the picture that we show.
const SHOWN_SIDE: i32 = 1280;

/// What a message of this date carries; `None` where it carries words only (a link's preview is words too).
pub(crate) fn media(media: &tl::enums::MessageMedia, date: i32) -> Option<Media> {
    use tl::enums::MessageMedia as M;
    let other = match media {
        M::Empty | M::WebPage(_) => return None,
        M::Photo(photo) => match photo.photo.as_ref().and_then(self::photo) {
            // What may be seen once is not shown unasked.
            Some(shown) => {
                let spoiler = photo.spoiler || photo.ttl_seconds.is_some();
                return Some(Media::Photo(Photo { spoiler, ..shown }));
            }
            None if photo.ttl_seconds.is_some() => OtherMedia::Expired,
            // There is no size that can be shown.
            None => OtherMedia::Photo,
        },
        M::Document(document) => match &document.document {
            Some(tl::enums::Document::Document(file)) => return Some(document::shown(document, file)),
            Some(tl::enums::Document::Empty(_)) | None => without_file(document),
        },
        M::Geo(place) => match location(&place.geo) {
            Some(location) => return Some(Media::Location(location)),
            None => OtherMedia::Location,
        },
        M::GeoLive(place) => match location(&place.geo) {
            Some(location) => {
                let live_until = Some(i64::from(date) + i64::from(place.period));
                return Some(Media::Location(Location { live_until, ..location }));
            }
            None => OtherMedia::LiveLocation,
        },
        M::Venue(place) => match location(&place.geo) {
            Some(location) => {
                let venue = Some((place.title.clone(), place.address.clone()));
                return Some(Media::Location(Location { venue, ..location }));
            }
            None => OtherMedia::Location,
        },
        M::Contact(contact) => return Some(Media::Contact(self::contact(contact))),
        M::Poll(media) => return Some(Media::Poll(Box::new(poll::poll(&media.poll, &media.results)))),
        M::Dice(dice) => return Some(Media::Dice(Dice { emoji: dice.emoticon.clone(), value: dice.value })),
        M::Game(_) => OtherMedia::Game,
        M::Invoice(_) => OtherMedia::Invoice,
        M::Story(_) => OtherMedia::Story,
        M::Giveaway(_) | M::GiveawayResults(_) => OtherMedia::Giveaway,
        M::PaidMedia(_) => OtherMedia::Paid,
        M::ToDo(_) => OtherMedia::Checklist,
        M::VideoStream(_) => OtherMedia::Stream,
        M::Unsupported => OtherMedia::Unknown,
    };
    Some(Media::Other(other))
}

/// Whether it may be seen once, or for a moment only.
pub(crate) fn is_fleeting(media: &tl::enums::MessageMedia) -> bool {
    match media {
        tl::enums::MessageMedia::Photo(photo) => photo.ttl_seconds.is_some(),
        tl::enums::MessageMedia::Document(document) => document.ttl_seconds.is_some(),
        _ => false,
    }
}

/// The message itself says what its file was.
fn without_file(media: &tl::types::MessageMediaDocument) -> OtherMedia {
    if media.ttl_seconds.is_some() {
        OtherMedia::Expired
    } else if media.round {
        OtherMedia::RoundVideo
    } else if media.voice {
        OtherMedia::Voice
    } else if media.video {
        OtherMedia::Video
    } else {
        OtherMedia::File
    }
}

fn location(point: &tl::enums::GeoPoint) -> Option<Location> {
    match point {
        tl::enums::GeoPoint::Point(point) if point.lat.is_finite() && point.long.is_finite() => Some(Location {
            latitude: point.lat.clamp(-90.0, 90.0),
            longitude: point.long.clamp(-180.0, 180.0),
            venue: None,
            live_until: None,
        }),
        tl::enums::GeoPoint::Point(_) | tl::enums::GeoPoint::Empty => None,
    }
}

fn contact(contact: &tl::types::MessageMediaContact) -> Contact {
    let parts = [contact.first_name.trim(), contact.last_name.trim()];
    let words: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Contact {
        phone: contact.phone_number.clone(),
        name: words.join(" "),
        user: (contact.user_id != 0).then_some(PeerId::User(contact.user_id)),
    }
}

/// A photo with the size that we show; `None` when it is empty or has no such size.
pub(crate) fn photo(photo: &tl::enums::Photo) -> Option<Photo> {
    let tl::enums::Photo::Photo(photo) = photo else { return None };
    let (best, stripped) = best(&photo.sizes);
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

/// The size that we show, and the tiny one that comes along.
pub(super) fn best(sizes: &[tl::enums::PhotoSize]) -> (Option<Size<'_>>, Option<Arc<[u8]>>) {
    let mut stripped: Option<Arc<[u8]>> = None;
    let mut best: Option<Size<'_>> = None;
    for size in sizes {
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
    (best, stripped)
}

/// One size of a picture.
pub(super) struct Size<'a> {
    pub letter: &'a str,
    pub width: i32,
    pub height: i32,
    pub bytes: i32,
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
        assert_eq!(media(&gone.into(), 0), Some(Media::Other(OtherMedia::Expired)));
    }

    #[test]
    fn a_plain_file_is_a_row_with_its_name() {
        let name = A::Filename(tl::types::DocumentAttributeFilename { file_name: "Tide tables.pdf".into() });
        let Some(Media::Document(file)) = media(&document_of(vec![name]), 0) else { panic!("no document") };
        assert_eq!(
            (file.name.as_str(), file.mime.as_str(), file.file.size),
            ("Tide tables.pdf", "application/pdf", 50 << 20)
        );
        let Some(Media::Document(unnamed)) = media(&document_of(vec![]), 0) else { panic!("no document") };
        assert_eq!(unnamed.name, "");
    }

    fn point(lat: f64, long: f64) -> tl::enums::GeoPoint {
        tl::types::GeoPoint { lat, long, access_hash: 0, accuracy_radius: None }.into()
    }

    #[test]
    fn places_are_points_venues_or_move_for_a_while() {
        let place = |kind: tl::enums::MessageMedia| match media(&kind, 1_000) {
            Some(Media::Location(location)) => location,
            other => panic!("{other:?}"),
        };
        let here = place(tl::types::MessageMediaGeo { geo: point(54.5, -3.25) }.into());
        assert_eq!((here.latitude, here.longitude, here.venue, here.live_until), (54.5, -3.25, None, None));
        let live = tl::types::MessageMediaGeoLive {
            geo: point(1.0, 2.0),
            heading: None,
            period: i32::MAX,
            proximity_notification_radius: None,
        };
        assert_eq!(place(live.into()).live_until, Some(1_000 + i64::from(i32::MAX)));
        let venue = tl::types::MessageMediaVenue {
            geo: point(1.0, 2.0),
            title: "North pier".into(),
            address: "Harbour road 1".into(),
            provider: String::new(),
            venue_id: String::new(),
            venue_type: String::new(),
        };
        assert_eq!(place(venue.into()).venue, Some(("North pier".into(), "Harbour road 1".into())));
        for nowhere in [tl::enums::GeoPoint::Empty, point(f64::NAN, 0.0), point(0.0, f64::INFINITY)] {
            let nowhere = tl::types::MessageMediaGeo { geo: nowhere };
            assert_eq!(media(&nowhere.into(), 0), Some(Media::Other(OtherMedia::Location)));
        }
    }

    #[test]
    fn dice_and_people() {
        let dice = tl::types::MessageMediaDice { value: 3, emoticon: "🎲".into(), game_outcome: None };
        assert_eq!(media(&dice.into(), 0), Some(Media::Dice(Dice { emoji: "🎲".into(), value: 3 })));
        let contact = |first_name: &str, user_id| tl::types::MessageMediaContact {
            phone_number: "15550100190".into(),
            first_name: first_name.into(),
            last_name: "Lind ".into(),
            vcard: String::new(),
            user_id,
        };
        let told = |first_name, user_id| match media(&contact(first_name, user_id).into(), 0) {
            Some(Media::Contact(contact)) => (contact.name, contact.user),
            other => panic!("{other:?}"),
        };
        assert_eq!(told("Ida", 5), ("Ida Lind".into(), Some(PeerId::User(5))));
        assert_eq!(told("", 0), ("Lind".into(), None));
    }

    #[test]
    fn kinds_without_a_view_have_their_names() {
        use tl::enums::MessageMedia as M;
        assert_eq!(media(&M::Empty, 0), None);
        assert_eq!(media(&M::Unsupported, 0), Some(Media::Other(OtherMedia::Unknown)));
        let M::Document(mut gone) = document_of(vec![]) else { panic!("no document") };
        gone.document = None;
        assert_eq!(media(&gone.clone().into(), 0), Some(Media::Other(OtherMedia::File)));
        gone.round = true;
        assert_eq!(media(&gone.clone().into(), 0), Some(Media::Other(OtherMedia::RoundVideo)));
        gone.ttl_seconds = Some(5);
        assert_eq!(media(&gone.into(), 0), Some(Media::Other(OtherMedia::Expired)));
    }
}
