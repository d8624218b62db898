//! What is written, once, however many see it.

use super::{Details, Reaction};
use grammers_tl_types as tl;

/// The place of a letter among all that was ever written.
pub(crate) type LetterId = usize;

/// A chat as one account sees it, which is what the protocol calls a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Place {
    User(i64),
    Group(i64),
    Channel(i64),
}

impl Place {
    /// What a peer of the protocol means.
    pub(crate) fn of(peer: &tl::enums::Peer) -> Self {
        match peer {
            tl::enums::Peer::User(peer) => Place::User(peer.user_id),
            tl::enums::Peer::Chat(peer) => Place::Group(peer.chat_id),
            tl::enums::Peer::Channel(peer) => Place::Channel(peer.channel_id),
        }
    }

    /// The peer of the protocol.
    pub(crate) fn peer(self) -> tl::enums::Peer {
        match self {
            Place::User(user_id) => tl::types::PeerUser { user_id }.into(),
            Place::Group(chat_id) => tl::types::PeerChat { chat_id }.into(),
            Place::Channel(channel_id) => tl::types::PeerChannel { channel_id }.into(),
        }
    }
}

/// A chat as it is, whoever looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Room {
    /// Two people, or one with himself; the smaller number first.
    Private(i64, i64),
    Group(i64),
    Channel(i64),
}

impl Room {
    /// The room behind what `viewer` sees as `place`.
    pub(crate) fn of(viewer: i64, place: Place) -> Room {
        match place {
            Place::User(user) => Room::Private(viewer.min(user), viewer.max(user)),
            Place::Group(id) => Room::Group(id),
            Place::Channel(id) => Room::Channel(id),
        }
    }

    /// What `viewer` sees this room as.
    pub(crate) fn seen_by(self, viewer: i64) -> Place {
        match self {
            Room::Private(a, b) => Place::User(if a == viewer { b } else { a }),
            Room::Group(id) => Place::Group(id),
            Room::Channel(id) => Place::Channel(id),
        }
    }
}

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    Person(i64),
    /// The broadcast channel itself.
    Channel,
    /// Another channel, in the group where its posts are talked about.
    Post(i64),
}

/// What a letter carries besides words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Text,
    Photo(i64),
    Document(i64),
    /// The poll of this number.
    Poll(i64),
    Contact {
        first: String,
        last: String,
        phone: String,
        person: i64,
    },
    Geo {
        long: f64,
        lat: f64,
    },
    Live {
        long: f64,
        lat: f64,
        period: i32,
    },
    Venue(Box<tl::types::MessageMediaVenue>),
    Dice {
        emoji: String,
        value: i32,
    },
    Todo {
        list: Box<tl::types::TodoList>,
        done: Vec<(i32, i64, i32)>,
    },
    /// The preview of a page.
    Page(Box<tl::types::WebPage>),
    /// What it carried has run out.
    Gone {
        photo: bool,
        seconds: i32,
    },
    /// Something for which the world has no use but to show it: as it goes over the line.
    Raw(Box<tl::enums::MessageMedia>),
    Service(Deed),
}

/// Things that happen in a chat.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    GroupCreated {
        title: String,
        people: Vec<i64>,
    },
    ChannelCreated(String),
    Renamed(String),
    Added(Vec<i64>),
    JoinedByLink(i64),
    Removed(i64),
    NewPhoto(i64),
    PhotoGone,
    /// The small group became this supergroup.
    MigratedTo(i64),
    /// The supergroup was this small group.
    MigratedFrom {
        title: String,
        group: i64,
    },
    Pinned,
    SignedUp,
    Called {
        seconds: i32,
    },
    Cleared,
    Ttl(i32),
    Todone {
        done: Vec<i32>,
        undone: Vec<i32>,
    },
    /// Something else: as it goes over the line.
    Raw(Box<tl::enums::MessageAction>),
}

/// Something written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    pub room: Room,
    pub author: Author,
    pub date: i32,
    pub edited: Option<i32>,
    pub text: String,
    pub entities: Vec<tl::enums::MessageEntity>,
    pub body: Body,
    pub reply_to: Option<LetterId>,
    pub details: Details,
    pub views: i32,
    pub forwards: i32,
    pub pinned: bool,
    /// Pinned by this account for itself alone.
    pub pinned_for: Option<i64>,
    pub reactions: Vec<Reaction>,
    /// A spoken or round message to which nobody has listened yet.
    pub unheard: bool,
    /// Accounts that it names and that have not noticed it yet.
    pub mentions_unread: Vec<i64>,
    /// It vanishes so many seconds after it was written.
    pub ttl: Option<i32>,
    /// Its message number in each mailbox that holds it: (account, number). A channel has one, under 0.
    pub copies: Vec<(i64, i32)>,
}

impl Letter {
    /// A letter in which nothing stands yet.
    pub(crate) fn empty(room: Room, author: Author, date: i32) -> Self {
        Self {
            room,
            author,
            date,
            edited: None,
            text: String::new(),
            entities: Vec::new(),
            body: Body::Text,
            reply_to: None,
            details: Details::default(),
            views: 1,
            forwards: 0,
            pinned: false,
            pinned_for: None,
            reactions: Vec::new(),
            unheard: false,
            mentions_unread: Vec::new(),
            ttl: None,
            copies: Vec::new(),
        }
    }

    /// The number under which `viewer` sees it.
    pub(crate) fn id_for(&self, viewer: i64) -> Option<i32> {
        let owner = if matches!(self.room, Room::Channel(_)) { 0 } else { viewer };
        self.copies.iter().find(|(account, _)| *account == owner).map(|(_, id)| *id)
    }

    /// Pinned, as this account sees it.
    pub(crate) fn is_pinned_for(&self, viewer: i64) -> bool {
        self.pinned || self.pinned_for == Some(viewer)
    }

    /// Written by this person.
    pub(crate) fn is_by(&self, person: i64) -> bool {
        self.author == Author::Person(person)
    }
}
