//! Where copied text goes.

use iced::Task;
use std::sync::{Mutex, PoisonError};

/// A clipboard to copy text to.
pub trait Clipboard: Send + Sync {
    /// Puts this text on it.
    fn write(&self, text: String) -> Task<()>;
}

/// The desktop's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct DesktopClipboard;

impl Clipboard for DesktopClipboard {
    fn write(&self, text: String) -> Task<()> {
        iced::clipboard::write(text)
    }
}

/// One that remembers what was put on it, for headless tests.
#[derive(Debug, Default)]
pub struct Recorded(Mutex<Vec<String>>);

impl Recorded {
    /// Everything that was copied, in its order.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Clipboard for Recorded {
    fn write(&self, text: String) -> Task<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        Task::none()
    }
}
