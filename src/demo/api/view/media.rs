//! Media and files.

use super::View;
use crate::world::{Body, Details, Document, FileClass, FileKind, Photo, PhotoSource, Place};
use grammers_tl_types::{enums, types};

impl View<'_> {
    /// What a message carries.
    pub(crate) fn media(&mut self, body: &Body, details: &Details) -> Option<enums::MessageMedia> {
        let (spoiler, ttl_seconds) = (details.spoiler, details.media_ttl);
        Some(match body {
            Body::Text | Body::Service(_) => return None,
            Body::Photo(id) => types::MessageMediaPhoto {
                spoiler,
                live_photo: false,
                photo: Some(self.photo(*id)),
                ttl_seconds,
                video: None,
            }
            .into(),
            Body::Document(id) => {
                let kind = self.state.documents.get(id).map(Document::kind);
                types::MessageMediaDocument {
                    nopremium: false,
                    spoiler,
                    video: kind == Some(FileKind::Video),
                    round: kind == Some(FileKind::Round),
                    voice: kind == Some(FileKind::Voice),
                    document: Some(self.document(*id)),
                    alt_documents: None,
                    video_cover: None,
                    video_timestamp: None,
                    ttl_seconds,
                }
                .into()
            }
            Body::Gone { photo: true, seconds } => types::MessageMediaPhoto {
                spoiler,
                live_photo: false,
                photo: None,
                ttl_seconds: Some(*seconds),
                video: None,
            }
            .into(),
            Body::Gone { photo: false, seconds } => types::MessageMediaDocument {
                nopremium: false,
                spoiler,
                video: false,
                round: false,
                voice: false,
                document: None,
                alt_documents: None,
                video_cover: None,
                video_timestamp: None,
                ttl_seconds: Some(*seconds),
            }
            .into(),
            Body::Poll(id) => self.poll_media(*id)?,
            Body::Contact { first, last, phone, person } => types::MessageMediaContact {
                phone_number: phone.clone(),
                first_name: first.clone(),
                last_name: last.clone(),
                vcard: String::new(),
                user_id: *person,
            }
            .into(),
            Body::Geo { long, lat } => types::MessageMediaGeo { geo: geo(*long, *lat) }.into(),
            Body::Live { long, lat, period } => types::MessageMediaGeoLive {
                geo: geo(*long, *lat),
                heading: None,
                period: *period,
                proximity_notification_radius: None,
            }
            .into(),
            Body::Venue(venue) => enums::MessageMedia::Venue((**venue).clone()),
            Body::Dice { emoji, value } => {
                types::MessageMediaDice { value: *value, emoticon: emoji.clone(), game_outcome: None }.into()
            }
            Body::Todo { list, done } => {
                let completions = done.iter().map(|(id, who, date)| {
                    let completed_by = self.name(Place::User(*who));
                    types::TodoCompletion { id: *id, completed_by, date: *date }.into()
                });
                let completions: Vec<enums::TodoCompletion> = completions.collect();
                let completions = (!completions.is_empty()).then_some(completions);
                types::MessageMediaToDo { todo: enums::TodoList::List((**list).clone()), completions }.into()
            }
            Body::Raw(media) => (**media).clone(),
            Body::Page(page) => types::MessageMediaWebPage {
                force_large_media: details.large_preview == Some(true),
                force_small_media: details.large_preview == Some(false),
                manual: false,
                safe: false,
                webpage: enums::WebPage::Page(self.page((**page).clone())),
            }
            .into(),
        })
    }

    /// A page with the pictures and files that it names by number alone.
    fn page(&self, mut page: types::WebPage) -> types::WebPage {
        if let Some(enums::Photo::Empty(photo)) = &page.photo {
            page.photo = Some(self.photo(photo.id));
        }
        if let Some(enums::Document::Empty(document)) = &page.document {
            page.document = Some(self.document(document.id));
        }
        page
    }

    /// A photo with all its sizes.
    pub(crate) fn photo(&self, id: i64) -> enums::Photo {
        let Some(photo) = self.state.photos.get(&id) else { return types::PhotoEmpty { id }.into() };
        let mut sizes = vec![enums::PhotoSize::PhotoStrippedSize(types::PhotoStrippedSize {
            r#type: "i".to_owned(),
            bytes: self.stripped(photo),
        })];
        sizes.extend(photo.sizes().into_iter().map(|(letter, width, height)| {
            enums::PhotoSize::Size(types::PhotoSize {
                r#type: letter.to_string(),
                w: width as i32,
                h: height as i32,
                size: photo.bytes_of(width, height) as i32,
            })
        }));
        types::Photo {
            has_stickers: false,
            id,
            access_hash: self.state.file_hash(self.me, FileClass::Photo, id),
            file_reference: self.state.file_reference(FileClass::Photo, id),
            date: photo.date,
            sizes,
            video_sizes: None,
            dc_id: photo.dc,
        }
        .into()
    }

    /// The thumbnail that travels inside the answer.
    pub(super) fn stripped(&self, photo: &Photo) -> Vec<u8> {
        match &photo.source {
            PhotoSource::Drawn(scene) => self.pictures.stripped(*scene, photo.width, photo.height),
            PhotoSource::Uploaded { stripped, .. } | PhotoSource::Portrait { stripped, .. } => stripped.to_vec(),
        }
    }

    /// The pictures that show what is in a document.
    fn thumbs(&self, photo: i64) -> Option<Vec<enums::PhotoSize>> {
        let photo = self.state.photos.get(&photo)?;
        let (_, width, height) = photo.sizes().into_iter().next()?;
        let stripped = types::PhotoStrippedSize { r#type: "i".to_owned(), bytes: self.stripped(photo) };
        let size = photo.bytes_of(width, height) as i32;
        let shown = types::PhotoSize { r#type: "m".to_owned(), w: width as i32, h: height as i32, size };
        Some(vec![stripped.into(), shown.into()])
    }

    /// A document with its attributes.
    pub(crate) fn document(&self, id: i64) -> enums::Document {
        let Some(document) = self.state.documents.get(&id) else { return types::DocumentEmpty { id }.into() };
        types::Document {
            id,
            access_hash: self.state.file_hash(self.me, FileClass::Document, id),
            file_reference: self.state.file_reference(FileClass::Document, id),
            date: document.date,
            mime_type: document.mime.clone(),
            size: i64::try_from(document.size).unwrap_or(i64::MAX),
            thumbs: document.thumb.and_then(|thumb| self.thumbs(thumb)),
            video_thumbs: None,
            dc_id: document.dc,
            attributes: attributes(document),
        }
        .into()
    }
}

fn attributes(document: &Document) -> Vec<enums::DocumentAttribute> {
    let mut attributes = document.attributes.clone();
    if let Some(duration) = document.voice {
        attributes.push(
            types::DocumentAttributeAudio {
                voice: true,
                duration,
                title: None,
                performer: None,
                waveform: Some(document.read(0, 63)),
            }
            .into(),
        );
    }
    if !document.name.is_empty() {
        attributes.push(types::DocumentAttributeFilename { file_name: document.name.clone() }.into());
    }
    attributes
}

fn geo(long: f64, lat: f64) -> enums::GeoPoint {
    types::GeoPoint { long, lat, access_hash: 0, accuracy_radius: None }.into()
}
