//! What the methods answer. One function a method; the table in `methods` says which.
//!
//! Clients of layers 229 (Telethon 1.45) and 230 (ours) are served alike: of all constructors and methods used here none
//! changed between the two. `botVerification` and the wallet's did; nothing here sends them.

mod admin_log;
mod alarm;
mod albums;
mod announce;
mod ask;
mod auth;
mod bots;
mod changing;
mod channels;
mod clearing;
mod contacts;
mod dialogs;
mod drafts;
mod entities;
mod files;
mod folders;
mod forwarding;
mod groups;
mod help;
mod history;
mod invites;
mod life;
mod meant;
mod media;
mod members;
mod mentions;
mod methods;
mod nothing;
mod notify;
mod password;
mod peers;
mod photos;
mod pins;
mod polls;
mod privacy;
mod profile;
mod reactions;
mod rights;
mod saved;
mod scheduled;
mod search;
mod sending;
mod settings;
mod stickers;
mod stubs;
mod threads;
mod todo;
mod ttl;
mod updates;
mod uploads;
mod view;

pub(crate) use ask::{Ask, Fine, bad};
pub(crate) use bots::{order_keyboard, pilot_keyboard};
pub use folders::DemoFolder;
pub(crate) use view::View;

use crate::rpc::{Answer, Caller, Push, RpcError};
use crate::world::{Author, Body, Content, Document, Draft, FILES_DC, Notice, Room, State, World};
use grammers_tl_types as tl;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use tl::{Cursor, Deserializable, Identifiable};
use tokio::sync::mpsc::UnboundedSender;

/// Answers the methods of the API over one world.
pub struct Api {
    pub(crate) world: Arc<World>,
    push: Arc<dyn Push>,
    pub(crate) datacenters: Vec<(i32, SocketAddr)>,
    /// Where the people of the world hear of what was written to them, once they live.
    heard: OnceLock<UnboundedSender<life::Heard>>,
    /// For when somebody is already set to wake.
    wound: Mutex<Option<i32>>,
}

impl Api {
    /// An API over this world, which speaks first through `push`.
    pub fn new(world: Arc<World>, push: Arc<dyn Push>, datacenters: Vec<(i32, SocketAddr)>) -> Api {
        Api { world, push, datacenters, heard: OnceLock::new(), wound: Mutex::new(None) }
    }

    /// Answers one call: the boxed bytes of a method, without the wrappers that `rpc` took off.
    pub async fn answer(&self, caller: &Caller, body: &[u8]) -> Answer {
        let mut rest = Cursor::from_slice(body);
        let id = u32::deserialize(&mut rest).map_err(|_| malformed())?;
        if id == tl::functions::upload::GetFile::CONSTRUCTOR_ID {
            let request = tl::functions::upload::GetFile::deserialize(&mut rest).map_err(|_| malformed())?;
            return files::get_file(self, caller, request).await;
        }
        let mut state = self.world.lock();
        let due = state.pass_time();
        announce::announce(&state, &self.world, self.push.as_ref(), &due, None);
        let mut ask = Ask::new(self, &mut state, caller);
        let answer = methods::dispatch(&mut ask, id, body.get(4..).unwrap_or_default());
        let (notices, aftermath, pushes, heard) = (ask.notices, ask.aftermath, ask.pushes, ask.heard);
        // Said under the lock, so that updates leave in the order in which things happened.
        self.announce(&state, &notices, Some(caller.key_id));
        self.announce(&state, &aftermath, None);
        for (key, updates) in pushes {
            self.push.push(key, tl::Serializable::to_bytes(&updates));
        }
        self.wind_alarm(&state);
        drop(state);
        for heard in heard {
            self.tell_people(heard);
        }
        answer
    }

    /// The TL name of a method, whether answered here or not.
    pub fn name_of(constructor: u32) -> Option<&'static str> {
        Some(tl::name_for_id(constructor)).filter(|name| *name != "(unknown)")
    }

    /// Lets people write, type and read by themselves, until the task is aborted.
    pub fn start_life(self: &Arc<Self>) -> tokio::task::JoinHandle<()> {
        tokio::spawn(life::live(Arc::clone(self)))
    }

    /// Somebody writes, now, in the chat that the account with this phone number knows by this title.
    pub fn say(&self, from_user: i64, chat_title: &str, for_phone: &str, text: &str) {
        let mut state = self.world.lock();
        let Some(viewer) = state.account_by_phone(for_phone) else { return };
        let Some(place) = state.place_by_title(viewer, chat_title) else { return };
        let room = Room::of(viewer, place);
        let author = match room {
            Room::Channel(id) if state.channels.get(&id).is_some_and(|channel| channel.broadcast) => Author::Channel,
            _ => Author::Person(from_user),
        };
        let date = state.now();
        let (_, notices) = state.post(room, author, date, Draft::text(text));
        self.announce(&state, &notices, None);
    }

    /// Somebody sends a file of so many bytes, now, in the chat that the account with this phone number knows by this
    /// title. What it holds follows from its number.
    pub fn send_file(&self, from_user: i64, chat_title: &str, for_phone: &str, name: &str, size: u64) {
        let mut state = self.world.lock();
        let Some(viewer) = state.account_by_phone(for_phone) else { return };
        let Some(place) = state.place_by_title(viewer, chat_title) else { return };
        let (id, date) = (state.new_file_id(), state.now());
        let document = Document {
            id,
            name: name.to_owned(),
            mime: "application/octet-stream".to_owned(),
            size,
            date,
            dc: FILES_DC,
            content: Content::Noise(id as u64),
            voice: None,
            attributes: Vec::new(),
            thumb: None,
        };
        state.documents.insert(id, document);
        let draft = Draft { body: Body::Document(id), ..Draft::text("") };
        let (_, notices) = state.post(Room::of(viewer, place), Author::Person(from_user), date, draft);
        self.announce(&state, &notices, None);
    }

    /// Tells every device that must hear of these things, but not the one that did them: its answer says so.
    pub(crate) fn announce(&self, state: &State, notices: &[Notice], but: Option<i64>) {
        announce::announce(state, &self.world, self.push.as_ref(), notices, but);
    }

    fn tell_people(&self, heard: life::Heard) {
        if let Some(people) = self.heard.get() {
            // Nobody listens any more once the server stops.
            let _ = people.send(heard);
        }
    }
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

pub(crate) fn malformed() -> RpcError {
    RpcError::new(400, "INPUT_REQUEST_INVALID")
}

#[cfg(test)]
mod tests;
