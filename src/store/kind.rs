//! The kinds by which messages are found and counted.

use heliograph_model::{EntityKind, Media, Message, OtherMedia};

/// What a message is, to search by and to count. The numbers stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Words only.
    Text = 0,
    /// A picture.
    Photo = 1,
    /// A film.
    Video = 2,
    /// A round video message.
    Round = 3,
    /// A silent loop.
    Loop = 4,
    /// A file.
    File = 5,
    /// A spoken message.
    Voice = 6,
    /// Music.
    Music = 7,
    /// A sticker.
    Sticker = 8,
    /// A poll or a quiz.
    Poll = 9,
    /// Somebody's phone number.
    Contact = 10,
    /// A point on the map.
    Location = 11,
    /// Anything else.
    Other = 12,
    /// Something that happened in the chat.
    Service = 13,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Photo,
        Self::Video,
        Self::Round,
        Self::Loop,
        Self::File,
        Self::Voice,
        Self::Music,
        Self::Sticker,
        Self::Poll,
        Self::Contact,
        Self::Location,
        Self::Other,
        Self::Service,
    ];

    /// The kind of this message.
    pub fn of(message: &Message) -> Self {
        use OtherMedia as O;
        if message.service.is_some() {
            return Self::Service;
        }
        match message.media.as_ref().map(Media::kind) {
            None => Self::Text,
            Some(O::Photo) => Self::Photo,
            Some(O::Video) => Self::Video,
            Some(O::RoundVideo) => Self::Round,
            Some(O::Animation) => Self::Loop,
            Some(O::File) => Self::File,
            Some(O::Voice) => Self::Voice,
            Some(O::Audio) => Self::Music,
            Some(O::Sticker) => Self::Sticker,
            Some(O::Poll | O::Quiz) => Self::Poll,
            Some(O::Contact) => Self::Contact,
            Some(O::Location | O::LiveLocation) => Self::Location,
            Some(_) => Self::Other,
        }
    }

    /// The kind with this number; `Other` for one that a newer version knows.
    pub(crate) fn from_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|kind| *kind as i64 == number).unwrap_or(Self::Other)
    }
}

/// Bytes of the file that a message carries, as its sender said.
pub(crate) fn file_bytes(message: &Message) -> i64 {
    let size = match &message.media {
        Some(Media::Photo(photo)) => photo.file.size,
        Some(media) => media.document().map_or(0, |document| document.file.size),
        None => 0,
    };
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// Whether the message has an address in it.
pub fn has_link(message: &Message) -> bool {
    let leads = |kind: &EntityKind| matches!(kind, EntityKind::Url | EntityKind::TextUrl(_));
    message.preview.is_some() || message.text.entities.iter().any(|entity| leads(&entity.kind))
}
