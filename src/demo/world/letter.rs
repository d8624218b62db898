//! What is written, once, however many see it.

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
}

/// What a letter carries besides words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Text,
    Photo(i64),
    Document(i64),
    Poll { question: String, options: Vec<String>, votes: Vec<i32> },
    Contact { first: String, last: String, phone: String, person: i64 },
    Geo { long: f64, lat: f64 },
    Service(Deed),
}

/// Things that happen in a chat.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    GroupCreated { title: String, people: Vec<i64> },
    ChannelCreated(String),
    Renamed(String),
    Added(Vec<i64>),
    JoinedByLink(i64),
    Pinned,
    SignedUp,
    Called { seconds: i32 },
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
    pub views: i32,
    pub pinned: bool,
    /// Its message number in each mailbox that holds it: (account, number). A channel has one, under 0.
    pub copies: Vec<(i64, i32)>,
}

impl Letter {
    /// The number under which `viewer` sees it.
    pub(crate) fn id_for(&self, viewer: i64) -> Option<i32> {
        let owner = if matches!(self.room, Room::Channel(_)) { 0 } else { viewer };
        self.copies.iter().find(|(account, _)| *account == owner).map(|(_, id)| *id)
    }

    /// Written by this person.
    pub(crate) fn is_by(&self, person: i64) -> bool {
        self.author == Author::Person(person)
    }
}
