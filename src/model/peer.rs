//! People, groups and channels.

use crate::PeerId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A person, a group or a channel, as far as it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Peer {
    /// Identity.
    pub id: PeerId,
    /// What kind it is.
    pub kind: PeerKind,
    /// The name to show: first and last name, or the title. Empty for a deleted account.
    pub name: String,
    /// Public @name, without the @.
    pub username: Option<String>,
    /// Its current photo.
    pub photo: Option<ProfilePhoto>,
    /// Which of the seven hues its name and initials have (0 to 6).
    pub hue: u8,
    /// Members, where the server said so.
    pub members: Option<u32>,
    /// Checked by Telegram.
    pub verified: bool,
    /// What is written here may be neither copied, saved nor forwarded (core.telegram.org/api/content-protection).
    #[serde(default)]
    pub protected: bool,
    /// We may write here.
    #[serde(default)]
    pub writable: bool,
    /// One of our contacts.
    #[serde(default)]
    pub contact: bool,
}

impl Peer {
    /// Up to two capital letters for the coloured circle that stands in for a photo.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    /// Whether this is the signed-in person's own "Saved Messages".
    pub fn is_self(&self) -> bool {
        matches!(self.kind, PeerKind::User { is_self: true, .. })
    }
}

/// Up to two capital letters of a name.
pub fn initials(name: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    // Where each byte is a letter of its own, there is nothing to be cut.
    if name.is_ascii() {
        let words = name.split_ascii_whitespace();
        let mut letters = words.filter_map(|word| word.chars().find(char::is_ascii_alphanumeric));
        let (first, last) = (letters.next(), letters.next_back());
        return first.into_iter().chain(last).map(|letter| letter.to_ascii_uppercase()).collect();
    }
    let mut letters =
        name.split_whitespace().filter_map(|word| word.graphemes(true).find(|g| g.chars().any(char::is_alphanumeric)));
    let first = letters.next().unwrap_or_default();
    let last = letters.next_back().unwrap_or_default();
    format!("{first}{last}").to_uppercase()
}

/// Whether a name has any: an emoji alone is none.
pub fn has_initials(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// The kinds of peer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PeerKind {
    /// A person or a bot.
    User {
        /// The signed-in person.
        is_self: bool,
        /// A program.
        bot: bool,
        /// The account is gone.
        deleted: bool,
        /// Whether and when they were last there.
        presence: Presence,
    },
    /// A small group.
    Group,
    /// A supergroup: many members, one history.
    Supergroup,
    /// A broadcast channel: few write, many read.
    Channel,
}

/// When somebody was last there (core.telegram.org/type/UserStatus).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Presence {
    /// Not said.
    #[default]
    Unknown,
    /// There until this time (Unix seconds) unless the server says otherwise.
    Online(i64),
    /// Left at this time (Unix seconds).
    Offline(i64),
    /// Within a few days.
    Recently,
    /// Within a week.
    LastWeek,
    /// Within a month.
    LastMonth,
}

/// Where a peer's photo is and what it looks like from afar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePhoto {
    /// Changes when the photo changes.
    pub id: i64,
    /// The datacenter that has it.
    pub dc: i32,
    /// A few bytes of a tiny blurred JPEG without its header (core.telegram.org/api/files#stripped-thumbnails).
    pub stripped: Option<Arc<[u8]>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        Peer {
            id: PeerId::User(1),
            kind: PeerKind::Group,
            name: name.into(),
            username: None,
            photo: None,
            hue: 0,
            members: None,
            verified: false,
            protected: false,
            writable: true,
            contact: false,
        }
        .initials()
    }

    #[test]
    fn initials_take_first_and_last_word() {
        assert_eq!(named("Mara Lindqvist"), "ML");
        assert_eq!(named("theo"), "T");
        assert_eq!(named("Rust Reading Group"), "RG");
        assert_eq!(named("Анна Каренина"), "АК");
        assert_eq!(named("東京 タワー"), "東タ");
        assert_eq!(named("🔥 (Night) shift"), "NS");
        assert_eq!(named("- (night) shift!"), "NS");
        assert_eq!(named(""), "");
        for name in ["Mara", "東京 タワー", "🔥 (Night) shift", "🔥", "-", "", "🔥🔥 -", "é", "١٢"] {
            assert_eq!(has_initials(name), !initials(name).is_empty(), "{name}");
        }
    }
}
