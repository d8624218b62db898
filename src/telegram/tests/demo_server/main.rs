//! The client against the demo server: real connections, real keys, a real store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should say where"
)]

mod acting;
mod chaos;
#[path = "../../../store/file/disk.rs"]
mod disk;
mod drafts;
mod failing;
mod files;
mod folders;
mod following;
mod friend;
#[cfg(target_os = "linux")]
mod full;
mod killing;
mod kinds;
mod outbox;
mod places;
mod reading;
mod search;
mod secrecy;
mod sending;
mod side_by_side;
mod sign_in;
mod sign_in_codes;
mod sign_in_elsewhere;
mod sign_in_password;
mod sign_in_qr;
mod stage;
mod stored;
mod storm;
mod troubles;
