//! A Telegram server in one process: real MTProto 2.0 over TCP, and a small world that lives.
//!
//! It serves `heliograph --demo`, `heliograph demo-server` and every test. Nothing it keeps outlives the process.

mod api;
mod drawing;
mod handshake;
mod key;
mod layers;
pub mod rpc;
mod scenario;
mod server;
mod session;
mod transport;
mod wire;
mod world;

pub use api::{Api, DemoFolder};
pub use scenario::file::ScenarioRefused;
pub use scenario::{ClosingConnections, Disturbance, Flood, Mishap, Rule, Scenario, Trouble};
pub use server::{Options, Server};
pub use transport::{ProxySecret, SecretRefused};
pub use world::{CodeWay, DemoAccount, EMAIL_CODE, FLASH_NUMBER, Limits, SignInTimes, World, WorldKind};
