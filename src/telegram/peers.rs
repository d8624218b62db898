//! Everyone whom the server has told us of, with what it takes to name them in a request.

use crate::convert::peer::{self, Told};
use grammers_tl_types as tl;
use heliograph_model::{Peer, PeerId};
use heliograph_store::StoredPeer;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// The peers of one account, shared by everything that asks or answers.
#[derive(Debug, Default)]
pub(crate) struct Peers(RwLock<HashMap<PeerId, Known>>);

#[derive(Clone, Copy, Debug)]
struct Known {
    access_hash: Option<i64>,
    min: bool,
    /// The app was told of it in this run, not only the store in an earlier one.
    shown: bool,
}

impl Known {
    /// Whether requests can name it.
    fn is_full(self, id: PeerId) -> bool {
        matches!(id, PeerId::Group(_)) || (self.access_hash.is_some() && !self.min)
    }
}

/// What was new in an answer.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// For the app.
    pub peers: Vec<Peer>,
    /// For the store: those whose key is new.
    pub stored: Vec<StoredPeer>,
}

impl Peers {
    /// Takes in what an earlier run has stored.
    pub fn load(&self, stored: Vec<StoredPeer>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for peer in stored {
            known.insert(peer.id, Known { access_hash: peer.access_hash, min: peer.min, shown: false });
        }
    }

    /// Forgets everyone.
    pub fn clear(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Takes in the peers of an answer. "min" constructors (core.telegram.org/api/min) tell of people whom we did not
    /// know, but never replace what we know in full.
    pub fn learn(&self, users: &[tl::enums::User], chats: &[tl::enums::Chat]) -> Learned {
        let mut learned = Learned::default();
        let told = users.iter().filter_map(peer::user).chain(chats.iter().filter_map(peer::chat));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for Told { peer, stored } in told {
            let id = peer.id;
            let new = Known { access_hash: stored.access_hash, min: stored.min, shown: true };
            let old = known.get(&id).copied();
            if let Some(old) = old.filter(|old| old.is_full(id) && !new.is_full(id)) {
                known.insert(id, Known { shown: true, ..old });
                // Better than no name at all.
                if !old.shown {
                    learned.peers.push(peer);
                }
                continue;
            }
            known.insert(id, new);
            if old.is_none_or(|old| (old.access_hash, old.min) != (new.access_hash, new.min)) {
                learned.stored.push(stored);
            }
            learned.peers.push(peer);
        }
        learned
    }

    /// Whether the app has been told of this peer in this run.
    pub fn is_shown(&self, id: PeerId) -> bool {
        self.known(id).is_some_and(|known| known.shown)
    }

    /// Names a peer in a request. `None` when the server never gave us its key.
    pub fn input_peer(&self, id: PeerId, me: Option<PeerId>) -> Option<tl::enums::InputPeer> {
        if Some(id) == me {
            return Some(tl::enums::InputPeer::PeerSelf);
        }
        let known = self.known(id);
        if !known.is_some_and(|known| known.is_full(id)) && !matches!(id, PeerId::Group(_)) {
            return None;
        }
        input(id, known)
    }

    /// Names a peer whose photo is wanted: for that the key of a "min" constructor will do.
    pub fn input_peer_for_photo(&self, id: PeerId, me: Option<PeerId>) -> Option<tl::enums::InputPeer> {
        self.input_peer(id, me).or_else(|| input(id, self.known(id)))
    }

    /// Names a person in a request.
    pub fn input_user(&self, id: i64) -> Option<tl::enums::InputUser> {
        let known = self.known(PeerId::User(id)).filter(|known| !known.min)?;
        Some(tl::types::InputUser { user_id: id, access_hash: known.access_hash? }.into())
    }

    /// Names a channel in a request.
    pub fn input_channel(&self, id: i64) -> Option<tl::enums::InputChannel> {
        let known = self.known(PeerId::Channel(id)).filter(|known| !known.min)?;
        Some(tl::types::InputChannel { channel_id: id, access_hash: known.access_hash? }.into())
    }

    fn known(&self, id: PeerId) -> Option<Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }
}

fn input(id: PeerId, known: Option<Known>) -> Option<tl::enums::InputPeer> {
    let access_hash = known.and_then(|known| known.access_hash);
    Some(match id {
        PeerId::User(user_id) => tl::types::InputPeerUser { user_id, access_hash: access_hash? }.into(),
        PeerId::Group(chat_id) => tl::types::InputPeerChat { chat_id }.into(),
        PeerId::Channel(channel_id) => tl::types::InputPeerChannel { channel_id, access_hash: access_hash? }.into(),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn channel(id: i64, access_hash: Option<i64>, min: bool, title: &str) -> tl::enums::Chat {
        plain(id, access_hash, min, title).into()
    }

    /// A supergroup in which nothing is forbidden.
    pub(crate) fn plain(id: i64, access_hash: Option<i64>, min: bool, title: &str) -> tl::types::Channel {
        tl::types::Channel {
            creator: false,
            left: false,
            broadcast: false,
            verified: false,
            megagroup: true,
            restricted: false,
            signatures: false,
            min,
            scam: false,
            has_link: false,
            has_geo: false,
            slowmode_enabled: false,
            call_active: false,
            call_not_empty: false,
            fake: false,
            gigagroup: false,
            noforwards: false,
            join_to_send: false,
            join_request: false,
            forum: false,
            stories_hidden: false,
            stories_hidden_min: false,
            stories_unavailable: false,
            signature_profiles: false,
            autotranslation: false,
            broadcast_messages_allowed: false,
            monoforum: false,
            forum_tabs: false,
            id,
            access_hash,
            title: title.into(),
            username: None,
            photo: tl::enums::ChatPhoto::Empty,
            date: 0,
            restriction_reason: None,
            admin_rights: None,
            banned_rights: None,
            default_banned_rights: None,
            participants_count: None,
            usernames: None,
            stories_max_id: None,
            color: None,
            profile_color: None,
            emoji_status: None,
            level: None,
            subscription_until_date: None,
            bot_verification_icon: None,
            send_paid_messages_stars: None,
            linked_monoforum_id: None,
            linked_community_id: None,
        }
    }

    #[test]
    fn min_never_replaces_full() {
        let peers = Peers::default();
        assert_eq!(peers.learn(&[], &[channel(5, Some(100), false, "Harbour")]).peers[0].name, "Harbour");
        let less = peers.learn(&[], &[channel(5, Some(7), true, "H")]);
        assert!(less.peers.is_empty() && less.stored.is_empty());
        let tl::enums::InputChannel::Channel(input) = peers.input_channel(5).unwrap() else { panic!("not a channel") };
        assert_eq!(input.access_hash, 100);
    }

    #[test]
    fn min_is_good_for_photos_only_until_the_full_one_comes() {
        let peers = Peers::default();
        let learned = peers.learn(&[], &[channel(5, Some(7), true, "H")]);
        assert_eq!((learned.peers.len(), learned.stored.len()), (1, 1));
        let id = PeerId::Channel(5);
        assert!(peers.input_peer(id, None).is_none());
        assert!(peers.input_channel(5).is_none());
        assert!(peers.input_peer_for_photo(id, None).is_some());
        assert_eq!(peers.learn(&[], &[channel(5, Some(100), false, "Harbour")]).stored.len(), 1);
        assert!(peers.input_peer(id, None).is_some());
    }

    #[test]
    fn a_key_is_stored_once_and_names_are_told_every_time() {
        let peers = Peers::default();
        peers.load(vec![StoredPeer { id: PeerId::Channel(5), access_hash: Some(100), min: false }]);
        assert!(!peers.is_shown(PeerId::Channel(5)));
        let learned = peers.learn(&[], &[channel(5, Some(100), false, "Harbour")]);
        assert_eq!((learned.peers.len(), learned.stored.len()), (1, 0));
        assert!(peers.is_shown(PeerId::Channel(5)));
        // Small groups have no key at all.
        assert!(peers.input_peer(PeerId::Group(9), None).is_some());
        assert!(peers.input_peer(PeerId::User(9), None).is_none());
        assert!(matches!(
            peers.input_peer(PeerId::User(9), Some(PeerId::User(9))),
            Some(tl::enums::InputPeer::PeerSelf)
        ));
    }
}
