//! What messages need to know to be drawn: a few references, so that tests and benchmarks can draw them without a screen.

use super::file::Speeds;
use super::pressing::Presses;
use super::state::State;
use super::{Chats, stranger};
use crate::download::{self, Downloads};
use crate::media::photos::Photos;
use crate::media::pictures::Pictures;
use crate::theme::Look;
use crate::words::Words;
use heliograph_model::{Message as Said, MessageId, Peer, PeerId};
use iced::widget::image::Handle;
use jiff::tz::TimeZone;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

/// Stands for whom we know nothing of.
static STRANGER: LazyLock<Peer> = LazyLock::new(stranger);

/// See the module. Small and `Copy`: hand it on by value or by reference.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// How it looks.
    pub look: Look,
    /// In which words.
    pub words: Words,
    /// People, chats and messages.
    pub state: &'a State,
    /// Where the clock stands.
    pub zone: &'a TimeZone,
    /// What time it is, in Unix seconds.
    pub now: i64,
    /// Faces of people.
    pub photos: &'a Photos,
    /// Pictures of messages.
    pub pictures: &'a Pictures,
    /// Files that are being fetched.
    pub files: &'a dyn Files,
    /// How fast they come.
    pub speeds: &'a Speeds,
    /// Buttons that were pressed.
    pub presses: &'a Presses,
    /// There is no connection: what needs one cannot be done.
    pub away: bool,
}

/// How files are being fetched.
pub trait Files {
    /// How the file of a message stands.
    fn of(&self, chat: PeerId, message: i32) -> download::State<'_>;
}

impl Files for Downloads {
    fn of(&self, chat: PeerId, message: i32) -> download::State<'_> {
        self.state(chat, message)
    }
}

impl<'a> Scene<'a> {
    /// Another number whenever a message may look different: `state` is one that changes with what the screen knows, the
    /// rest is the look, the language and the second.
    pub fn revision(&self, state: u64) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        let Look { palette, text, reduce_motion, direction } = self.look;
        (state, self.now, text.to_bits(), reduce_motion, direction).hash(&mut hasher);
        std::ptr::hash(palette, &mut hasher);
        crate::words::current().hash(&mut hasher);
        hasher.finish()
    }

    /// What is known of somebody.
    pub fn peer(&self, id: PeerId) -> &'a Peer {
        self.state.peers.get(&id).unwrap_or(&STRANGER)
    }

    /// The small photo of somebody, if it is here.
    pub fn face(&self, peer: &Peer) -> Option<&'a Handle> {
        self.photos.get(peer).map(|face| &face.small)
    }

    /// A message by its number, if it is here.
    pub fn message(&self, chat: PeerId, number: i32) -> Option<&'a Said> {
        self.state.message(chat, number)
    }

    /// Whether a message is known to be there no more.
    pub fn is_gone(&self, (chat, number): (PeerId, i32)) -> bool {
        self.state.answered.is_gone(chat, number)
    }

    /// How the file of a message stands.
    pub fn file(&self, said: &Said) -> download::State<'a> {
        match said.id {
            MessageId::Server(number) => self.files.of(said.chat, number),
            MessageId::Pending(_) => download::State::Idle,
        }
    }
}

impl Chats {
    /// What messages of this screen are drawn with.
    pub(super) fn scene(&self, look: Look) -> Scene<'_> {
        Scene {
            look,
            words: Words,
            state: &self.state,
            zone: &self.zone,
            now: self.now(),
            photos: &self.photos,
            pictures: &self.pictures,
            files: &self.downloads,
            speeds: &self.speeds,
            presses: &self.presses,
            away: self.away,
        }
    }
}

impl std::fmt::Debug for Scene<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scene").field("look", &self.look).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Everything that a scene points to.
    pub struct Room {
        pub state: State,
        pub zone: TimeZone,
        pub now: i64,
        pub photos: Photos,
        pub pictures: Pictures,
        pub speeds: Speeds,
        pub presses: Presses,
    }

    /// Nothing is being fetched.
    pub struct Quiet;

    impl Files for Quiet {
        fn of(&self, _chat: PeerId, _message: i32) -> download::State<'_> {
            download::State::Idle
        }
    }

    impl Room {
        pub fn new(state: State) -> Self {
            Self {
                state,
                zone: TimeZone::UTC,
                now: 0,
                photos: Photos::default(),
                pictures: Pictures::default(),
                speeds: Speeds::default(),
                presses: Presses::default(),
            }
        }

        pub fn scene(&self, look: Look) -> Scene<'_> {
            Scene {
                look,
                words: Words,
                state: &self.state,
                zone: &self.zone,
                now: self.now,
                photos: &self.photos,
                pictures: &self.pictures,
                files: &Quiet,
                speeds: &self.speeds,
                presses: &self.presses,
                away: false,
            }
        }
    }
}
