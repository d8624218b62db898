//! Things that happen in a chat.

use crate::PeerId;
use serde::{Deserialize, Serialize};

/// Things that happen in a chat (core.telegram.org/type/MessageAction). The sender of the message did them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Service {
    /// The group or channel began; its title.
    Created(String),
    /// New title.
    Renamed(String),
    /// New photo.
    PhotoChanged,
    /// The photo was removed.
    PhotoRemoved,
    /// These came in (the sender brought them, or came by themselves).
    Joined(Vec<PeerId>),
    /// The sender came by an invite link.
    JoinedByLink,
    /// The sender was let in after asking.
    JoinedByRequest,
    /// One left or was removed.
    Left(PeerId),
    /// The group goes on as this supergroup.
    MovedTo(PeerId),
    /// The supergroup began as a group with this title.
    MovedFrom(String),
    /// A message was pinned (the one that it answers).
    Pinned,
    /// The history was cleared.
    Cleared,
    /// A person has joined Telegram.
    ContactSignedUp,
    /// A call between two.
    Call {
        /// With pictures.
        video: bool,
        /// Nobody took it.
        missed: bool,
        /// The other side was busy, or declined.
        declined: bool,
        /// Seconds.
        duration: Option<u32>,
    },
    /// A call of the group began, or ended after so many seconds.
    GroupCall {
        /// Seconds, when it is over.
        duration: Option<u32>,
    },
    /// A call of the group was planned for this time (Unix seconds).
    GroupCallPlanned(i64),
    /// These were asked to come to the call.
    InvitedToCall(Vec<PeerId>),
    /// Messages disappear after so many seconds now; 0: they stay.
    Lifetime(u32),
    /// A screenshot was taken.
    Screenshot,
    /// The colours of the chat changed; the emoji of the theme, or `None` for the usual ones.
    Theme(Option<String>),
    /// The wallpaper changed.
    Wallpaper,
    /// So many points in a game.
    GameScore(i32),
    /// Paid: the sum as it is written for people.
    Paid(String),
    /// Paid back: the sum as it is written for people.
    Refunded(String),
    /// A bot may write to us, by this site's login.
    BotAllowed(Option<String>),
    /// Data were passed to a web app; the words of its button.
    WebApp(String),
    /// Two people came within so many metres.
    Near {
        /// One.
        who: PeerId,
        /// The other.
        to: PeerId,
        /// Metres.
        metres: u32,
    },
    /// A topic began.
    TopicCreated(String),
    /// A topic was renamed.
    TopicRenamed(String),
    /// A topic was closed (`true`) or opened again.
    TopicClosed(bool),
    /// Another change to a topic.
    TopicChanged,
    /// A photo for our profile was proposed.
    PhotoSuggested,
    /// A birthday for our profile was proposed.
    BirthdaySuggested,
    /// Peers were shared with a bot.
    Shared(Vec<PeerId>),
    /// Premium was given for so many days.
    GiftPremium(u32),
    /// Stars were given.
    GiftStars(i64),
    /// Another gift.
    Gift,
    /// A giveaway began.
    GiveawayStarted,
    /// A giveaway ended with so many winners.
    GiveawayEnded(u32),
    /// The group was boosted so many times.
    Boosted(u32),
    /// Messages cost so many stars now; 0: nothing.
    MessagePrice(i64),
    /// Things on a checklist were done (`true`) or undone: how many.
    Checklist {
        /// How many were marked.
        done: u32,
        /// How many were unmarked.
        undone: u32,
    },
    /// Things were added to a checklist: how many.
    ChecklistGrown(u32),
    /// Somebody else owns the group now, or will.
    Owner(PeerId),
    /// Whether what is written here may be passed on.
    Protection(bool),
    /// Words chosen by the server.
    Custom(String),
    /// Something that this version has no words for.
    Other,
}
