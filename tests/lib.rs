//! Drives Heliograph as a person does, without a window: the real program, its real tasks and subscriptions, real
//! sockets to a demo server in the same process.
//!
//! [`Desktop`] holds the server, the data folder and the download folder of one test; [`Desktop::open`] starts the
//! program. [`Screen`] is what the person sees and touches. Nothing here knows how a screen is built: controls are
//! found by their id or by the words on them.

mod desktop;
mod runner;
mod screen;

pub use desktop::{Desktop, sign_in};
pub use runner::Runner;
pub use screen::{Kind, Screen, Seen};
