//! Where copied text goes.

use heliograph_model::FormattedText;
use iced::Task;
use std::sync::{Mutex, PoisonError};

/// A clipboard to copy text to.
pub trait Clipboard: Send + Sync {
    /// Puts this text on it.
    fn write(&self, text: String) -> Task<()>;

    /// Puts this text on it with what stands out in it, for programs that take that; others get the words.
    fn write_formatted(&self, text: &FormattedText) -> Task<()>;
}

/// The desktop's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct DesktopClipboard;

impl Clipboard for DesktopClipboard {
    fn write(&self, text: String) -> Task<()> {
        iced::clipboard::write(text)
    }

    fn write_formatted(&self, text: &FormattedText) -> Task<()> {
        if text.entities.is_empty() {
            return self.write(text.text.clone());
        }
        let (words, html) = (text.text.clone(), text.to_html());
        let plain = words.clone();
        let set = async move { tokio::task::spawn_blocking(move || set_html(&html, &words)).await.unwrap_or(false) };
        // iced knows of plain words only, and of desktops that the other way does not reach.
        Task::future(set).then(move |done| if done { Task::none() } else { iced::clipboard::write(plain.clone()) })
    }
}

/// Offers words in both ways; says whether that was possible.
fn set_html(html: &str, words: &str) -> bool {
    // Whoever pastes asks us for it, for as long as nobody else has copied something: this must stay.
    static OWNER: Mutex<Option<arboard::Clipboard>> = Mutex::new(None);
    let mut owner = OWNER.lock().unwrap_or_else(PoisonError::into_inner);
    let mut clipboard = match owner.take().map_or_else(arboard::Clipboard::new, Ok) {
        Ok(clipboard) => clipboard,
        Err(error) => {
            tracing::debug!(%error, "no clipboard for formatted text");
            return false;
        }
    };
    match clipboard.set_html(html, Some(words)) {
        Ok(()) => {
            *owner = Some(clipboard);
            true
        }
        Err(error) => {
            tracing::debug!(%error, "formatted text was not taken");
            false
        }
    }
}

/// One that remembers what was put on it, for headless tests.
#[derive(Debug, Default)]
pub struct Recorded {
    words: Mutex<Vec<String>>,
    html: Mutex<Vec<String>>,
}

impl Recorded {
    /// Everything that was copied, in its order.
    pub fn all(&self) -> Vec<String> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was copied with formatting, as HTML, in its order.
    pub fn html(&self) -> Vec<String> {
        self.html.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Clipboard for Recorded {
    fn write(&self, text: String) -> Task<()> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        Task::none()
    }

    fn write_formatted(&self, text: &FormattedText) -> Task<()> {
        self.html.lock().unwrap_or_else(PoisonError::into_inner).push(text.to_html());
        self.write(text.text.clone())
    }
}
