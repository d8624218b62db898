//! Finding one's way through serialized TL without types of Rust: by a schema that is read at run time.
//!
//! Whoever reads what others send looks here first how deep it goes ([`Guard`]): the generated readers of TL types follow
//! values into themselves as deep as the sender likes, until the stack ends. The demo server also finds here what it has
//! to rewrite for clients of older layers.

mod guard;
mod reader;
mod schema;

pub use guard::{Guard, TooDeep};
pub use reader::{Flags, Reader, Unknown};
pub use schema::{Combinator, Field, Kind, NATIVE, Schema, native};
