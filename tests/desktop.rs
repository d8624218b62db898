//! The machine of a test: a demo server, a folder for the program's data, a folder for downloads.

/// The machine of a test.
#[derive(Debug)]
pub struct Desktop {}
