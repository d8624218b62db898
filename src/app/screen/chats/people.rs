//! How people, groups and channels are called, and what is said of them in one line.

use super::state::{State, is_online};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Peer, PeerId, PeerKind, Presence};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// The name to show.
pub fn name<'p>(words: &Words, peer: &'p Peer) -> Cow<'p, str> {
    if peer.is_self() {
        return Cow::Owned(fl!(words, "saved-messages"));
    }
    match peer.name.trim() {
        "" => Cow::Owned(match peer.kind {
            PeerKind::User { deleted: true, .. } => fl!(words, "deleted-account"),
            _ => fl!(words, "unknown-peer"),
        }),
        name => Cow::Borrowed(name),
    }
}

/// The first word of a name, for lines with little room.
pub fn first_name(words: &Words, peer: &Peer) -> String {
    match &peer.kind {
        PeerKind::User { .. } if !peer.is_self() => {
            name(words, peer).split_whitespace().next().unwrap_or_default().to_owned()
        }
        _ => name(words, peer).into_owned(),
    }
}

/// Who is writing in a chat, if anybody.
pub fn typing(words: &Words, state: &State, chat: PeerId) -> Option<String> {
    let mut writers = state.typing(chat);
    let count = writers.len();
    let first = writers.next()?;
    if matches!(chat, PeerId::User(_)) {
        return Some(fl!(words, "typing"));
    }
    let Some(first) = state.peers.get(&first) else { return Some(fl!(words, "typing")) };
    let first = first_name(words, first);
    Some(match count {
        1 => fl!(words, "typing-one", name = first),
        _ => fl!(words, "typing-more", name = first, others = (count - 1)),
    })
}

/// What is said of a chat under its name.
pub fn about(words: &Words, peer: &Peer, now: i64, zone: &TimeZone) -> Option<String> {
    match &peer.kind {
        PeerKind::User { is_self: true, .. } => Some(fl!(words, "saved-about")),
        PeerKind::User { deleted: true, .. } => None,
        PeerKind::User { bot: true, .. } => Some(fl!(words, "bot")),
        PeerKind::User { .. } if is_online(peer, now) => Some(fl!(words, "online")),
        PeerKind::User { presence, .. } => match presence {
            Presence::Unknown => None,
            Presence::Online(at) | Presence::Offline(at) => Some(dates::last_seen(words, *at, now, zone)),
            Presence::Recently => Some(fl!(words, "seen-recently")),
            Presence::LastWeek => Some(fl!(words, "seen-week")),
            Presence::LastMonth => Some(fl!(words, "seen-month")),
        },
        PeerKind::Group | PeerKind::Supergroup => match peer.members {
            Some(count) => Some(fl!(words, "members", count = count)),
            None => Some(fl!(words, "group")),
        },
        PeerKind::Channel => match peer.members {
            Some(count) => Some(fl!(words, "subscribers", count = count)),
            None => Some(fl!(words, "channel")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_without_a_name() {
        let mut peer = super::super::stranger();
        assert_eq!(name(&Words, &peer), "Unknown");
        peer.kind = PeerKind::User { is_self: false, bot: false, deleted: true, presence: Presence::Unknown };
        assert_eq!(name(&Words, &peer), "Deleted account");
        peer.name = "Mara Lindqvist".into();
        assert_eq!(first_name(&Words, &peer), "Mara");
    }
}
