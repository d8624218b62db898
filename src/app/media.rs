//! Pictures: which are wanted, fetched and decoded, and those that are kept.

pub mod allocation;
pub mod decode;
pub mod grid;
pub mod photos;
pub mod pictures;
mod queue;
pub mod still;

pub use queue::Queue;
