//! The helper process: shows the desktop's save dialog and prints the chosen path.

use crate::words::{Words, fl};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit code: the path is on standard output.
pub const CHOSEN: u8 = 0;
/// Exit code: the person decided not to save.
pub const CANCELLED: u8 = 3;
/// Exit code: no dialog could be shown.
pub const NO_DIALOG: u8 = 4;

/// Shows the dialog and waits for it. Returns the exit code.
pub fn show(name: &str, folder: Option<&Path>) -> u8 {
    // rfd answers "none" both when somebody cancels and when there was nothing to show; only its log tells.
    static LISTENER: Listener = Listener;
    let listening = log::set_logger(&LISTENER).is_ok();
    log::set_max_level(log::LevelFilter::Warn);
    let words = Words;
    let mut dialog = rfd::FileDialog::new().set_title(fl!(words, "save-dialog-title")).set_file_name(name);
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match dialog.save_file() {
        Some(path) => match crate::cli::print_path(&path) {
            Ok(()) => CHOSEN,
            Err(_) => NO_DIALOG,
        },
        None if listening && !FAILED.load(Ordering::Relaxed) => CANCELLED,
        None => NO_DIALOG,
    }
}

static FAILED: AtomicBool = AtomicBool::new(false);

/// Notes that rfd complained.
struct Listener;

impl log::Log for Listener {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) && record.target().starts_with("rfd") {
            FAILED.store(true, Ordering::Relaxed);
        }
    }

    fn flush(&self) {}
}
