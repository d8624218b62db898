//! Identities.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Who or what a message can be in or from: a person, a small group, or a channel (supergroups are channels too).
///
/// The three kinds number their members independently (core.telegram.org/api/peers), so a bare number is no identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PeerId {
    /// A person or a bot.
    User(i64),
    /// A small ("legacy") group.
    Group(i64),
    /// A broadcast channel or a supergroup.
    Channel(i64),
}

impl PeerId {
    /// The number within its kind.
    pub fn bare(self) -> i64 {
        match self {
            Self::User(id) | Self::Group(id) | Self::Channel(id) => id,
        }
    }

    /// One number for all kinds: positive for people, negative for groups, below -10^12 for channels
    /// (core.telegram.org/api/bots/ids). For storage and for control ids.
    pub fn marked(self) -> i64 {
        match self {
            Self::User(id) => id,
            Self::Group(id) => id.saturating_neg(),
            Self::Channel(id) => (-1_000_000_000_000_i64).saturating_sub(id),
        }
    }

    /// The inverse of [`PeerId::marked`]; `None` for 0 and for what no kind reaches.
    pub fn from_marked(id: i64) -> Option<Self> {
        match id {
            1.. => Some(Self::User(id)),
            -999_999_999_999..=-1 => Some(Self::Group(-id)),
            i64::MIN..=-1_000_000_000_001 => (-1_000_000_000_000_i64).checked_sub(id).map(Self::Channel),
            _ => None,
        }
    }

    /// Which of the seven name hues this peer has when the server names none: its id modulo 7.
    pub fn hue(self) -> u8 {
        (self.bare().unsigned_abs() % 7) as u8
    }
}

impl fmt::Debug for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user {id}"),
            Self::Group(id) => write!(f, "group {id}"),
            Self::Channel(id) => write!(f, "channel {id}"),
        }
    }
}

/// A message's place in its chat: the server's number, or a local one while the server has not numbered it.
///
/// The order is the order on screen: what still waits to be sent stands after everything that the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MessageId {
    /// Numbered by the server (per channel, or per account for people and small groups).
    Server(i32),
    /// Our own, not yet acknowledged; numbered by us, rising in the order of sending.
    Pending(u64),
}

impl MessageId {
    /// The server's number, if it has one.
    pub fn server(self) -> Option<i32> {
        match self {
            Self::Server(id) => Some(id),
            Self::Pending(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_ids_round_trip() {
        for peer in [
            PeerId::User(1),
            PeerId::User(7_000_000_000),
            PeerId::Group(1),
            PeerId::Group(999_999_999_999),
            PeerId::Channel(1),
            PeerId::Channel(2_500_000_000),
        ] {
            assert_eq!(PeerId::from_marked(peer.marked()), Some(peer));
        }
        assert_eq!(PeerId::from_marked(0), None);
        assert_eq!(PeerId::from_marked(-1_000_000_000_000), None);
    }

    #[test]
    fn pending_messages_stand_last() {
        assert!(MessageId::Server(i32::MAX) < MessageId::Pending(0));
        assert!(MessageId::Pending(1) < MessageId::Pending(2));
    }
}
