//! The one place that writes to the standard streams.

use super::Refusal;
use std::io::{self, Write};
use std::path::Path;

/// Writes what the command line promises on standard output, at once.
pub(super) fn promise(text: &str) -> Result<(), Refusal> {
    write(text.as_bytes()).map_err(|e| Refusal::new(format!("cannot write to standard output: {e}")))
}

/// Writes a path as it is, and a line break.
pub(crate) fn print_path(path: &Path) -> io::Result<()> {
    let mut line = path.as_os_str().as_encoded_bytes().to_vec();
    line.push(b'\n');
    write(&line)
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Writes a line for people on standard error. That nobody listens there is no reason to stop.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Asks for something on standard error, without ending the line.
pub(super) fn ask(words: &str) {
    let mut out = io::stderr().lock();
    let _ = write!(out, "{words}: ").and_then(|()| out.flush());
}

/// Makes an internal error one plain line. What it says about itself may hold what somebody typed, so only its place is
/// told.
pub(super) fn plain_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        say(&format!("heliograph: internal error{place}"));
    }));
}
