//! Messages.

use crate::{Buttons, FormattedText, Media, MessageId, Peer, PeerId, Reaction, Service, WebPage};
use serde::{Deserialize, Serialize};

/// One message of a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its place in the chat.
    pub id: MessageId,
    /// The chat it stands in.
    pub chat: PeerId,
    /// Who wrote it; in a broadcast channel the channel itself.
    pub sender: PeerId,
    /// Written by the signed-in person (on any device).
    pub outgoing: bool,
    /// When, in Unix seconds by the server's clock.
    pub date: i64,
    /// When it was last changed, in Unix seconds.
    pub edited: Option<i64>,
    /// Its words; the caption where there is media.
    pub text: FormattedText,
    /// What else it carries.
    pub media: Option<Media>,
    /// Says that something happened, rather than words of somebody.
    pub service: Option<Service>,
    /// What it answers.
    #[serde(default)]
    pub reply: Option<Box<Reply>>,
    /// Where it was forwarded from.
    #[serde(default)]
    pub forward: Option<Box<Forward>>,
    /// The inline bot that made it.
    #[serde(default)]
    pub via_bot: Option<PeerId>,
    /// Who signed it: a post of a channel, or an admin who hides behind the group.
    #[serde(default)]
    pub author: Option<String>,
    /// How often it was seen; posts of channels only.
    #[serde(default)]
    pub views: Option<u32>,
    /// How often it was passed on; posts of channels only.
    #[serde(default)]
    pub forwards: Option<u32>,
    /// The conversation under a post, or how many answers it has.
    #[serde(default)]
    pub comments: Option<Box<Comments>>,
    /// What people feel about it, in the server's order.
    #[serde(default)]
    pub reactions: Vec<Reaction>,
    /// Messages that follow each other with the same number are shown as one album
    /// (core.telegram.org/api/files#albums-grouped-media).
    #[serde(default)]
    pub album: Option<i64>,
    /// Buttons under it, or for the place of the keyboard.
    #[serde(default)]
    pub buttons: Buttons,
    /// What the first link in it leads to.
    #[serde(default)]
    pub preview: Option<Box<WebPage>>,
    /// The words stand above what it carries.
    #[serde(default)]
    pub words_first: bool,
    /// May be neither copied, saved nor forwarded (core.telegram.org/api/content-protection). A chat may say so, too.
    #[serde(default)]
    pub protected: bool,
    /// Kept at the top of the chat.
    #[serde(default)]
    pub pinned: bool,
    /// Names us, or answers us.
    #[serde(default)]
    pub mentioned: bool,
    /// It names us or is to be listened to, and that was not done yet.
    #[serde(default)]
    pub unheard: bool,
    /// Disappears so many seconds after it was sent.
    #[serde(default)]
    pub lifetime: Option<u32>,
    /// What it carries may be seen once, or for a moment only: it is never kept.
    #[serde(skip)]
    pub fleeting: bool,
    /// How far our own message got. What others wrote is `Sent`.
    pub delivery: Delivery,
}

/// A message without anything in it, from nobody: to make others from.
impl Default for Message {
    fn default() -> Self {
        Self {
            id: MessageId::Server(0),
            chat: PeerId::User(0),
            sender: PeerId::User(0),
            outgoing: false,
            date: 0,
            edited: None,
            text: FormattedText::default(),
            media: None,
            service: None,
            reply: None,
            forward: None,
            via_bot: None,
            author: None,
            views: None,
            forwards: None,
            comments: None,
            reactions: Vec::new(),
            album: None,
            buttons: Buttons::None,
            preview: None,
            words_first: false,
            protected: false,
            pinned: false,
            mentioned: false,
            unheard: false,
            lifetime: None,
            fleeting: false,
            delivery: Delivery::Sent,
        }
    }
}

impl Message {
    /// The number of the message of the same chat that it answers.
    pub fn answers(&self) -> Option<i32> {
        self.reply.as_ref().filter(|reply| reply.chat.is_none()).and_then(|reply| reply.message)
    }
}

/// What a message answers (core.telegram.org/constructor/messageReplyHeader).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Which message.
    pub message: Option<i32>,
    /// In which chat, if it is another one.
    pub chat: Option<PeerId>,
    /// The words of it that are quoted, if only these are answered.
    pub quote: Option<FormattedText>,
    /// Who wrote it, where the message itself cannot be had.
    pub sender: Option<PeerId>,
    /// The same as a name only.
    pub name: Option<String>,
    /// What it carries, where the message itself cannot be had.
    pub media: Option<Box<Media>>,
    /// It answers a story.
    pub story: bool,
}

/// Where a message was forwarded from (core.telegram.org/constructor/messageFwdHeader).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forward {
    /// Who wrote it, or the channel that it was posted in.
    pub from: Option<PeerId>,
    /// Who wrote it, where they do not want to be found.
    pub name: Option<String>,
    /// When the original was written, in Unix seconds.
    pub date: i64,
    /// The number of the post in the channel `from`.
    pub post: Option<i32>,
    /// Who signed that post.
    pub author: Option<String>,
    /// Brought from another messenger.
    pub imported: bool,
}

/// The conversation under a message (core.telegram.org/api/discussion).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comments {
    /// How many.
    pub count: u32,
    /// Where they are: the channel's discussion group. `None` for answers in the same group.
    pub group: Option<PeerId>,
    /// A few of those who wrote last.
    pub recent: Vec<PeerId>,
    /// There are some that we did not read.
    pub unread: bool,
}

/// How far a message of our own got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// On its way.
    Sending,
    /// The server has it.
    Sent,
    /// It did not go out; its words are kept.
    Failed(SendFailure),
    /// The server wants a pause: it goes out by itself at this time, in Unix seconds.
    Held(i64),
    /// It may have been sent: nobody knows any more, and it does not go out again by itself.
    Unknown,
}

impl Delivery {
    /// It does not go on by itself.
    pub fn needs_people(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Unknown)
    }
}

/// Why a message did not go out, in kinds that people can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendFailure {
    /// No connection.
    Offline,
    /// Too many messages; seconds to wait.
    Wait(u32),
    /// We may not write here.
    NotAllowed,
    /// The server refused it.
    Refused,
    /// It could not be kept here, and what is not kept is not sent.
    Disk,
}

/// Which piece of a chat's history is wanted (core.telegram.org/api/offsets).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The end.
    Newest,
    /// What stands before this message, without it.
    Before(i32),
    /// What stands after this message, without it.
    After(i32),
    /// This message in the middle; if it is gone, where it was.
    Around(i32),
    /// The first message that is not older than this time (Unix seconds) in the middle.
    Date(i64),
}

/// A piece of a chat's history.
#[derive(Clone, Debug, Default)]
pub struct HistoryPage {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Everyone whom they name.
    pub peers: Vec<Peer>,
    /// There is nothing older than the first of them.
    pub complete: bool,
    /// There is nothing newer than the last of them.
    pub newest: bool,
}

/// Messages that were asked for by something else than their place.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// Those that there are.
    pub messages: Vec<Message>,
    /// Everyone whom they name.
    pub peers: Vec<Peer>,
}
