//! The handle that the app holds.

use crate::server_keys::ServerKey;
use crate::{Error, SentCode, SignedIn};
use heliograph_model::{
    Change, ChatCursor, ChatPage, Connection, FileLocation, FormattedText, HistoryPage, Message, MessageId, Peer,
    PeerId, Photo, ProfilePhoto,
};
use heliograph_store::Store;
use std::path::Path;

/// Which servers, and as which program we introduce ourselves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to connect to.
    pub servers: Servers,
    /// The program's number (core.telegram.org/api/obtaining_api_id).
    pub api_id: i32,
    /// The secret that belongs to it.
    pub api_hash: String,
    /// What "active sessions" shows on the other devices of the account.
    pub device: Device,
}

/// The servers to connect to.
#[derive(Clone, Debug)]
pub enum Servers {
    /// Telegram.
    Production,
    /// Telegram's test servers; their accounts are apart.
    Test,
    /// A server of one's own.
    Custom {
        /// `host:port`; the host may be a name.
        address: String,
        /// Its public key.
        key: ServerKey,
    },
}

/// What we say about the machine.
#[derive(Clone, Debug)]
pub struct Device {
    /// E.g. "Desktop".
    pub model: String,
    /// The operating system.
    pub system: String,
    /// Our version.
    pub app_version: String,
    /// The language of the interface, e.g. "en".
    pub language: String,
}

/// The stream of what happens.
pub type Events = tokio::sync::mpsc::UnboundedReceiver<Event>;

/// What happens by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The connection stands differently now.
    Connection(Connection),
    /// These changed, in this order. They are in the store already.
    Changes(Vec<Change>),
    /// The server has ended our session: nobody is signed in any more.
    SignedOut,
}

/// One account. A clone is the same account; when the last one is dropped, its background work ends.
#[derive(Clone, Debug)]
pub struct Account;

impl Account {
    /// Starts the background work; connects by itself; never waits for the network.
    pub async fn open(settings: Settings, store: Store) -> Result<(Account, Events), Error> {
        let _ = (settings, store);
        Err(Error::NotConnected)
    }

    /// Who is signed in, as stored.
    pub fn me(&self) -> Option<PeerId> {
        None
    }

    /// Asks the server to send a sign-in code to this phone number.
    pub async fn request_code(&self, phone: &str) -> Result<SentCode, Error> {
        let _ = phone;
        Err(Error::NotConnected)
    }

    /// Signs in with the code, if no password is set.
    pub async fn sign_in(&self, sent: &SentCode, code: &str) -> Result<SignedIn, Error> {
        let _ = (sent, code);
        Err(Error::NotConnected)
    }

    /// Signs in with the two-step password, after [`SignedIn::Password`].
    pub async fn check_password(&self, password: &str) -> Result<Peer, Error> {
        let _ = password;
        Err(Error::NotConnected)
    }

    /// Ends the session: the server is told if it answers within 5 seconds, everything stored is removed.
    pub async fn log_out(&self) -> Result<(), Error> {
        Err(Error::NotConnected)
    }

    /// A page of the chat list, from the top or after a cursor.
    pub async fn chats(&self, after: Option<ChatCursor>, limit: u32) -> Result<ChatPage, Error> {
        let _ = (after, limit);
        Err(Error::NotConnected)
    }

    /// The newest messages of a chat, or those before a message.
    pub async fn history(&self, chat: PeerId, before: Option<i32>, limit: u32) -> Result<HistoryPage, Error> {
        let _ = (chat, before, limit);
        Err(Error::NotConnected)
    }

    /// Sends words. Sends of one chat keep their order; a retry under the same pending id cannot arrive twice.
    pub async fn send(&self, chat: PeerId, pending: MessageId, text: FormattedText) -> Result<Message, Error> {
        let _ = (chat, pending, text);
        Err(Error::NotConnected)
    }

    /// Tells the server that everything up to this message was read.
    pub async fn mark_read(&self, chat: PeerId, up_to: i32) -> Result<(), Error> {
        let _ = (chat, up_to);
        Err(Error::NotConnected)
    }

    /// Tells the others that we are writing.
    pub async fn typing(&self, chat: PeerId) -> Result<(), Error> {
        let _ = chat;
        Err(Error::NotConnected)
    }

    /// The small size of a profile photo, as JPEG.
    pub async fn profile_photo(&self, peer: PeerId, photo: &ProfilePhoto) -> Result<Vec<u8>, Error> {
        let _ = (peer, photo);
        Err(Error::NotConnected)
    }

    /// The picture of a message, as JPEG.
    pub async fn photo(&self, message: (PeerId, i32), photo: &Photo) -> Result<Vec<u8>, Error> {
        let _ = (message, photo);
        Err(Error::NotConnected)
    }

    /// Downloads a file of a message into `into`, calling `progress` with the bytes done and the whole size (0 if
    /// unknown). Dropping the future cancels it.
    pub async fn download(
        &self,
        message: (PeerId, i32),
        file: &FileLocation,
        into: &Path,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), Error> {
        let _ = (message, file, into);
        progress(0, 0);
        Err(Error::NotConnected)
    }

    /// Ends the background work and closes the connections.
    pub async fn shut_down(&self) {}
}
