//! The headless Telegram client: connection, sign-in, updates, chats, history, sending and files.
//!
//! Everything above talks to one [`Account`]: a cheap handle with async methods, beside one stream of [`Event`]s.
//! Only [`heliograph_model`] values go in and out; the API's own types stay inside.

mod account;
mod acting;
mod background;
mod connection;
mod convert;
mod dialogs;
mod drafts;
mod error;
mod files;
mod folders;
mod history;
mod login;
mod marks;
#[cfg(test)]
mod noise;
mod outbox;
mod peers;
mod people;
mod photos;
mod profile;
mod requests;
mod search;
mod sending;
mod server_keys;
mod stored;
mod updates;

pub use account::{Account, Device, Event, Events, Servers, Settings};
pub use connection::proxy::{LinkError, Proxy, ProxyKind, ProxyLogin, ProxySecret, ProxyTrouble, SecretError, Ways};
pub use connection::report::{ConnectionReport, DatacenterReport, LaneReport, Standing, Trouble};
pub use convert::thumbnail::stripped_to_jpeg;
pub use error::Error;
pub use heliograph_store::{
    Clear, Found, Hit, Kind as MessageKind, Limits, PictureKind, Purpose, ScrollPlace, Search, Start, Storage,
    StoredPage, Transfer, Unfinished, Used as KeptPictures, Wish,
};
pub use login::{CodeKind, EmailCode, NextCode, QrStep, SentCode, SignedIn};
pub use requests::{InFlight, Priority, RequestState, Wait};
pub use search::{Cursor as SearchCursor, Here, Only, Step as SearchStep, There, Wanted};
pub use server_keys::{KeyError, ServerKey};
