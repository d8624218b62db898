//! Media and files.

use super::View;
use crate::world::{Body, Document, FileClass, Photo, PhotoSource};
use grammers_tl_types::{enums, types};

impl View<'_> {
    /// What a message carries.
    pub(super) fn media(&mut self, body: &Body) -> Option<enums::MessageMedia> {
        Some(match body {
            Body::Text | Body::Service(_) => return None,
            Body::Photo(id) => types::MessageMediaPhoto {
                spoiler: false,
                live_photo: false,
                photo: Some(self.photo(*id)),
                ttl_seconds: None,
                video: None,
            }
            .into(),
            Body::Document(id) => types::MessageMediaDocument {
                nopremium: false,
                spoiler: false,
                video: false,
                round: false,
                voice: self.state.documents.get(id).is_some_and(|document| document.voice.is_some()),
                document: Some(self.document(*id)),
                alt_documents: None,
                video_cover: None,
                video_timestamp: None,
                ttl_seconds: None,
            }
            .into(),
            Body::Poll { question, options, votes } => poll(question, options, votes),
            Body::Contact { first, last, phone, person } => types::MessageMediaContact {
                phone_number: phone.clone(),
                first_name: first.clone(),
                last_name: last.clone(),
                vcard: String::new(),
                user_id: *person,
            }
            .into(),
            Body::Geo { long, lat } => types::MessageMediaGeo {
                geo: types::GeoPoint { long: *long, lat: *lat, access_hash: 0, accuracy_radius: None }.into(),
            }
            .into(),
        })
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
            PhotoSource::Uploaded { stripped, .. } => stripped.to_vec(),
        }
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
            thumbs: None,
            video_thumbs: None,
            dc_id: document.dc,
            attributes: attributes(document),
        }
        .into()
    }
}

fn attributes(document: &Document) -> Vec<enums::DocumentAttribute> {
    let mut attributes = Vec::new();
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

fn words(text: &str) -> enums::TextWithEntities {
    types::TextWithEntities { text: text.to_owned(), entities: Vec::new() }.into()
}

fn poll(question: &str, options: &[String], votes: &[i32]) -> enums::MessageMedia {
    let answers = (0_u8..).zip(options).map(|(number, option)| {
        types::PollAnswer { text: words(option), option: vec![number], media: None, added_by: None, date: None }.into()
    });
    let results = (0_u8..).zip(votes).map(|(number, voters)| {
        types::PollAnswerVoters {
            chosen: false,
            correct: false,
            option: vec![number],
            voters: Some(*voters),
            // Shares its flag with `voters`: both or neither.
            recent_voters: Some(Vec::new()),
        }
        .into()
    });
    types::MessageMediaPoll {
        poll: types::Poll {
            id: 1 + question.len() as i64,
            closed: false,
            public_voters: false,
            multiple_choice: false,
            quiz: false,
            open_answers: false,
            revoting_disabled: false,
            shuffle_answers: false,
            hide_results_until_close: false,
            creator: false,
            subscribers_only: false,
            question: words(question),
            answers: answers.collect(),
            close_period: None,
            close_date: None,
            countries_iso2: None,
            hash: 0,
        }
        .into(),
        results: types::PollResults {
            min: false,
            has_unread_votes: false,
            can_view_stats: false,
            results: Some(results.collect()),
            total_voters: Some(votes.iter().sum()),
            recent_voters: None,
            solution: None,
            solution_entities: None,
            solution_media: None,
        }
        .into(),
        attached_media: None,
    }
    .into()
}
