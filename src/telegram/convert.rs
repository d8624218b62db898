//! From the API's types to the model and back: the only place that knows both.
//!
//! Nothing here fails: what this version does not know becomes "unknown", what makes no sense is left out.

pub(crate) mod button;
pub(crate) mod document;
pub(crate) mod media;
pub(crate) mod message;
pub(crate) mod peer;
pub(crate) mod poll;
pub(crate) mod preview;
pub(crate) mod reaction;
pub(crate) mod reply;
pub(crate) mod service;
pub(crate) mod text;
pub(crate) mod thumbnail;
pub(crate) mod update;

#[cfg(test)]
mod tests;
