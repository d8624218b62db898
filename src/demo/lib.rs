//! A Telegram server in one process: real MTProto 2.0 over TCP, and a small world that lives.
//!
//! It serves `heliograph --demo`, `heliograph demo-server` and every test. Nothing it keeps outlives the process.

mod api;
mod drawing;
pub mod rpc;
mod world;

pub use api::Api;
pub use world::{DemoAccount, World, WorldKind};
