//! What a message can carry besides text.

use crate::{FileLocation, FormattedText, PeerId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a message carries (core.telegram.org/type/MessageMedia).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Media {
    /// A picture.
    Photo(Photo),
    /// A moving picture.
    Video(Video),
    /// A file, shown as a row.
    Document(Document),
    /// A spoken message.
    Voice(Voice),
    /// Music.
    Audio(Audio),
    /// A sticker.
    Sticker(Sticker),
    /// A poll or a quiz.
    Poll(Box<Poll>),
    /// Somebody's phone number.
    Contact(Contact),
    /// A point on the map.
    Location(Location),
    /// Dice and its like.
    Dice(Dice),
    /// A kind that is shown by its name only.
    Other(OtherMedia),
}

/// A picture in a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Its number; the same photo has the same one wherever it appears.
    pub id: i64,
    /// Where the size that we show is.
    pub file: FileLocation,
    /// Pixels of that size.
    pub width: u32,
    /// Pixels of that size.
    pub height: u32,
    /// A tiny blurred JPEG without its header, shown at once.
    pub stripped: Option<Arc<[u8]>>,
    /// Hidden until it is pressed.
    #[serde(default)]
    pub spoiler: bool,
}

/// A still picture that stands for a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thumbnail {
    /// Where it is (the file's own location with the letter of the size).
    pub file: Option<FileLocation>,
    /// Pixels; 0 where there is only the blurred one.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A tiny blurred JPEG without its header, shown at once.
    pub stripped: Option<Arc<[u8]>>,
}

/// A file in a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its number.
    pub id: i64,
    /// Where it is; `file.size` is its size in bytes.
    pub file: FileLocation,
    /// As its sender named it, not made safe; empty when unnamed.
    pub name: String,
    /// MIME type, as its sender said.
    pub mime: String,
    /// A picture of it.
    #[serde(default)]
    pub thumbnail: Option<Box<Thumbnail>>,
}

/// A moving picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Video {
    /// The file; its thumbnail is the first picture.
    pub document: Document,
    /// How it is shown.
    pub kind: VideoKind,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Seconds.
    pub duration: u32,
    /// Hidden until it is pressed.
    pub spoiler: bool,
}

/// How a moving picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VideoKind {
    /// With sound, when started.
    Film,
    /// A round video message.
    Round,
    /// A silent loop ("GIF").
    Loop,
}

/// A spoken message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// The file.
    pub document: Document,
    /// Seconds.
    pub duration: u32,
    /// How loud it is over time, up to about 100 values from 0 to 31.
    pub waveform: Arc<[u8]>,
}

/// Music.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audio {
    /// The file; its thumbnail is the cover.
    pub document: Document,
    /// Seconds.
    pub duration: u32,
    /// What it is called.
    pub title: Option<String>,
    /// Who plays it.
    pub performer: Option<String>,
}

/// A sticker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sticker {
    /// The file; its thumbnail is a still of a moving one.
    pub document: Document,
    /// The emoji that it stands for.
    pub emoji: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// How it is made.
    pub kind: StickerKind,
}

/// How a sticker is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StickerKind {
    /// A still picture (WebP).
    Still,
    /// Moving lines (TGS).
    Lottie,
    /// A film (WebM).
    Film,
}

/// A poll or a quiz (core.telegram.org/api/poll).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// Its number: news of it come by this.
    pub id: i64,
    /// What is asked.
    pub question: FormattedText,
    /// What can be answered.
    pub answers: Vec<PollAnswer>,
    /// One answer is right.
    pub quiz: bool,
    /// Several answers can be given at once.
    pub multiple: bool,
    /// Everybody sees who voted for what.
    pub public: bool,
    /// Nobody can vote any more.
    pub closed: bool,
    /// How many have voted, where it was said.
    pub total: Option<u32>,
    /// When it closes, in Unix seconds.
    pub closes: Option<i64>,
    /// Why the right answer of a quiz is right; known when one has voted.
    pub solution: Option<FormattedText>,
    /// A few who voted last.
    pub recent: Vec<PeerId>,
}

impl Poll {
    /// We have voted.
    pub fn voted(&self) -> bool {
        self.answers.iter().any(|answer| answer.chosen)
    }
}

/// One answer of a poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PollAnswer {
    /// Its words.
    pub text: FormattedText,
    /// What is sent to vote for it.
    pub option: Arc<[u8]>,
    /// How many voted for it, where it was said.
    pub voters: Option<u32>,
    /// We did.
    pub chosen: bool,
    /// It is the right one, where it was said.
    pub correct: bool,
}

/// Somebody's phone number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// As it was sent, usually with digits only.
    pub phone: String,
    /// First and last name.
    pub name: String,
    /// Who that is on Telegram.
    pub user: Option<PeerId>,
}

/// A point on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// A place with a name: the name and the address.
    pub venue: Option<(String, String)>,
    /// It is told anew as its sender moves, until this time (Unix seconds).
    pub live_until: Option<i64>,
}

/// An animated emoji with a random value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dice {
    /// Which.
    pub emoji: String,
    /// What it shows; 0 while that is not known.
    pub value: i32,
}

/// Kinds that have no view of their own, and the names of all kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherMedia {
    /// A picture.
    Photo,
    /// Any file.
    File,
    /// Moving picture with sound.
    Video,
    /// Round video message.
    RoundVideo,
    /// Silent loop.
    Animation,
    /// Spoken message.
    Voice,
    /// Music.
    Audio,
    /// Sticker of any kind.
    Sticker,
    /// Poll.
    Poll,
    /// Quiz.
    Quiz,
    /// Somebody's phone number.
    Contact,
    /// A point on the map.
    Location,
    /// A point that moves.
    LiveLocation,
    /// Dice and its like.
    Dice,
    /// A game.
    Game,
    /// An invoice.
    Invoice,
    /// A story.
    Story,
    /// A giveaway or its results.
    Giveaway,
    /// Media to be paid for.
    Paid,
    /// A list of things to do.
    Checklist,
    /// A live stream.
    Stream,
    /// A picture or film that has destroyed itself.
    Expired,
    /// Something that may be seen for a moment only, so that nothing of it is kept here: the server still has it.
    Fleeting,
    /// A kind unknown to this version.
    Unknown,
}

impl Media {
    /// What kind it is, to name it.
    pub fn kind(&self) -> OtherMedia {
        match self {
            Self::Photo(_) => OtherMedia::Photo,
            Self::Video(video) => match video.kind {
                VideoKind::Film => OtherMedia::Video,
                VideoKind::Round => OtherMedia::RoundVideo,
                VideoKind::Loop => OtherMedia::Animation,
            },
            Self::Document(_) => OtherMedia::File,
            Self::Voice(_) => OtherMedia::Voice,
            Self::Audio(_) => OtherMedia::Audio,
            Self::Sticker(_) => OtherMedia::Sticker,
            Self::Poll(poll) if poll.quiz => OtherMedia::Quiz,
            Self::Poll(_) => OtherMedia::Poll,
            Self::Contact(_) => OtherMedia::Contact,
            Self::Location(location) if location.live_until.is_some() => OtherMedia::LiveLocation,
            Self::Location(_) => OtherMedia::Location,
            Self::Dice(_) => OtherMedia::Dice,
            Self::Other(other) => *other,
        }
    }

    /// The file that can be saved, if there is one.
    pub fn document(&self) -> Option<&Document> {
        match self {
            Self::Document(document) => Some(document),
            Self::Video(Video { document, .. })
            | Self::Voice(Voice { document, .. })
            | Self::Audio(Audio { document, .. })
            | Self::Sticker(Sticker { document, .. }) => Some(document),
            _ => None,
        }
    }
}

/// What a link leads to (core.telegram.org/constructor/webPage).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WebPage {
    /// Its number.
    pub id: i64,
    /// The server is still looking.
    pub pending: bool,
    /// Where it leads.
    pub url: String,
    /// The same, shortened to be read.
    pub display: String,
    /// The site's name.
    pub site: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its picture.
    pub photo: Option<Photo>,
    /// A film or another file.
    pub document: Option<Document>,
    /// Seconds, of a film.
    pub duration: Option<u32>,
    /// The picture is to be shown large, under the words; else small, beside them.
    pub large: bool,
    /// It stands above the words.
    pub above: bool,
    /// Has an instant view.
    pub instant: bool,
}
