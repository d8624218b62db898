//! What stands on a letter besides its words and what it carries.

use super::{LetterId, Place};
use grammers_tl_types::enums::{MessageEntity, ReplyMarkup};
use grammers_tl_types::types::MessageReplyHeader;

/// What a letter is sent with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Details {
    pub forwarded: Option<Forwarded>,
    /// The album that it belongs to.
    pub grouped: Option<i64>,
    pub markup: Option<ReplyMarkup>,
    pub quote: Option<Quote>,
    /// The letter under which it is a comment, or the first of its topic.
    pub top: Option<LetterId>,
    pub silent: bool,
    pub noforwards: bool,
    pub invert_media: bool,
    pub spoiler: bool,
    /// What it carries is gone so many seconds after it was opened.
    pub media_ttl: Option<i32>,
    pub from_scheduled: bool,
    /// The inline bot that made it.
    pub via: Option<i64>,
    /// Who signed it.
    pub signed: Option<String>,
    /// What it answers, where that is in none of the account's chats: as it goes over the line.
    pub answers: Option<Box<MessageReplyHeader>>,
    /// The picture of its link is to be large, or small; else the page decides.
    pub large_preview: Option<bool>,
    /// Signs of people whom the world does not know by name.
    pub nameless_signs: Vec<(Sign, i32)>,
}

/// Where a forwarded letter comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forwarded {
    pub from: Option<Place>,
    pub date: i32,
    /// Its number in the channel that it was posted in.
    pub post: Option<i32>,
    /// The chat and number that it was saved from, as whoever saved it knows them.
    pub saved_from: Option<(Place, i32)>,
    /// Who wrote it, where they do not want to be found.
    pub name: Option<String>,
    /// Who signed the post.
    pub signed: Option<String>,
    /// Brought from another messenger.
    pub imported: bool,
}

/// The part of a letter that is answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quote {
    pub text: String,
    pub entities: Vec<MessageEntity>,
    pub offset: Option<i32>,
}

/// A sign that one can put to a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Emoji(String),
    /// A document of a set of emoji.
    Custom(i64),
}

/// A sign that somebody put to a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reaction {
    pub who: i64,
    pub sign: Sign,
    pub date: i32,
    pub big: bool,
    /// Who wrote the letter has not seen it yet.
    pub unread: bool,
}
