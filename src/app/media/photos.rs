//! Profile photos: fetched in the background, those in view first, each once, a few at a time; kept round and in the
//! sizes that are shown.

use super::Queue;
use super::decode::{self, Shape};
use heliograph_model::{Peer, PeerId, ProfilePhoto};
use iced::task;
use iced::widget::image::Handle;
use std::collections::HashMap;

/// At most so many are fetched at once.
const AT_ONCE: usize = 8;
/// So many peers' photos are kept.
const KEPT: usize = 400;
/// Drawn twice as large as shown, so that they are crisp on dense screens and halve exactly on others.
const DENSITY: u32 = 2;

/// A photo of a peer: another photo of the same peer is another key.
pub type Key = (PeerId, i64);

/// One photo in the sizes that are shown.
#[derive(Clone, Debug)]
pub struct Face {
    /// 48 pixels: the chat list.
    pub large: Handle,
    /// 40 pixels: header and rail.
    pub medium: Handle,
    /// 32 pixels: beside messages.
    pub small: Handle,
}

impl Face {
    /// Decodes a file. Slow: for a thread of its own.
    pub fn decode(bytes: &[u8]) -> Result<Self, decode::Error> {
        let picture = decode::open(bytes)?;
        let size = |px: u32| decode::fit(&picture, Shape::circle(px * DENSITY));
        Ok(Self { large: size(48), medium: size(40), small: size(32) })
    }
}

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Which.
    pub key: Key,
    /// Where it is.
    pub photo: ProfilePhoto,
}

/// Photos that are there, and those on their way.
#[derive(Debug)]
pub struct Photos {
    faces: HashMap<Key, (Face, u64)>,
    clock: u64,
    queue: Queue<Key, task::Handle>,
    wanted: HashMap<Key, ProfilePhoto>,
}

impl Default for Photos {
    fn default() -> Self {
        Self { faces: HashMap::new(), clock: 0, queue: Queue::new(AT_ONCE), wanted: HashMap::new() }
    }
}

impl Photos {
    /// The photo of a peer, if it is there.
    pub fn get(&self, peer: &Peer) -> Option<&Face> {
        let photo = peer.photo.as_ref()?;
        self.faces.get(&(peer.id, photo.id)).map(|(face, _)| face)
    }

    /// Says whose photos are in view, the most urgent first; fetches of others are called off. Returns what to fetch.
    pub fn want<'p>(&mut self, peers: impl IntoIterator<Item = &'p Peer>) -> Vec<Request> {
        self.clock += 1;
        self.wanted.clear();
        let mut missing = Vec::new();
        for peer in peers {
            let Some(photo) = &peer.photo else { continue };
            let key = (peer.id, photo.id);
            match self.faces.get_mut(&key) {
                Some((_, used)) => *used = self.clock,
                None => {
                    let _ = self.wanted.insert(key, photo.clone());
                    missing.push(key);
                }
            }
        }
        let begin = self.queue.want(missing);
        self.requests(begin)
    }

    /// Keeps the handle of a fetch, so that it can be called off.
    pub fn began(&mut self, key: Key, handle: task::Handle) {
        self.queue.began(&key, handle);
    }

    /// A fetch ended. Returns what to fetch next.
    pub fn ended(&mut self, key: Key, face: Option<Face>) -> Vec<Request> {
        let begin = self.queue.ended(&key, face.is_some());
        if let Some(face) = face {
            let _ = self.faces.insert(key, (face, self.clock));
            self.evict();
        }
        self.requests(begin)
    }

    /// The connection came back: what failed may be tried again.
    pub fn forgive(&mut self) {
        self.queue.forgive();
    }

    fn requests(&self, keys: Vec<Key>) -> Vec<Request> {
        keys.into_iter().filter_map(|key| Some(Request { key, photo: self.wanted.get(&key)?.clone() })).collect()
    }

    /// Drops what was longest out of view.
    fn evict(&mut self) {
        while self.faces.len() > KEPT {
            let Some(oldest) = self.faces.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| *key) else {
                return;
            };
            let _ = self.faces.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::PeerKind;

    fn peer(id: i64) -> Peer {
        Peer {
            id: PeerId::User(id),
            kind: PeerKind::Group,
            name: String::new(),
            username: None,
            photo: Some(ProfilePhoto { id: id * 10, dc: 4, stripped: None }),
            hue: 0,
            members: None,
            verified: false,
            protected: false,
            writable: true,
            contact: false,
        }
    }

    fn face() -> Face {
        let handle = Handle::from_rgba(1, 1, vec![0, 0, 0, 0]);
        Face { large: handle.clone(), medium: handle.clone(), small: handle }
    }

    #[test]
    fn photos_in_view_are_fetched_once_and_kept() {
        let mut photos = Photos::default();
        let peers: Vec<_> = (1..=20).map(peer).collect();
        let begun = photos.want(&peers);
        assert_eq!(begun.len(), AT_ONCE);
        assert_eq!(begun[0].key, (PeerId::User(1), 10), "the first in view goes first");
        assert!(photos.want(&peers).is_empty());
        let next = photos.ended(begun[0].key, Some(face()));
        assert_eq!(next[0].key, (PeerId::User(9), 90));
        assert!(photos.get(&peers[0]).is_some());
        assert!(photos.want([&peers[0]]).is_empty(), "it is there");
    }

    #[test]
    fn a_broken_photo_leaves_the_others_alone() {
        let mut photos = Photos::default();
        let peers = [peer(1), peer(2)];
        let begun = photos.want(&peers);
        assert_eq!(begun.len(), 2);
        assert!(photos.ended(begun[0].key, None).is_empty());
        assert!(photos.ended(begun[1].key, Some(face())).is_empty());
        assert!(photos.get(&peers[0]).is_none() && photos.get(&peers[1]).is_some());
        assert!(photos.want(&peers).is_empty(), "the broken one is not asked for again and again");
    }

    #[test]
    fn a_new_photo_of_a_peer_is_another_one() {
        let mut photos = Photos::default();
        let mut someone = peer(1);
        let begun = photos.want([&someone]);
        let _ = photos.ended(begun[0].key, Some(face()));
        someone.photo = Some(ProfilePhoto { id: 77, dc: 4, stripped: None });
        assert_eq!(photos.want([&someone])[0].key, (PeerId::User(1), 77));
    }
}
