//! What Heliograph asks of the desktop.

pub mod appearance;
pub mod clipboard;
pub mod clock;
pub mod copies;
pub mod folders;
pub mod instance;
#[cfg(target_os = "linux")]
pub mod libraries;
pub mod memory;
pub mod opener;
pub mod portal;
pub mod renderer;
pub mod save_dialog;

use crate::media::allocation::{self, Allocator};
use clipboard::{Clipboard, DesktopClipboard};
use clock::Clock;
use std::sync::Arc;

/// What stands between the application and the machine: the real things, or in headless tests others that can be looked
/// into.
#[derive(Clone)]
pub struct Platform {
    /// Where copied text goes.
    pub clipboard: Arc<dyn Clipboard>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// What takes decoded pictures over.
    pub pictures: Arc<dyn Allocator>,
    /// What other programs show of ours.
    pub copies: Arc<copies::Copies>,
    /// Who tells what the desktop prefers, if anybody.
    pub appearance: Option<appearance::Source>,
}

impl Default for Platform {
    fn default() -> Self {
        Self {
            clipboard: Arc::new(DesktopClipboard),
            clock: Arc::new(clock::System),
            pictures: Arc::new(allocation::Renderer::chosen()),
            copies: Arc::default(),
            appearance: cfg!(target_os = "linux").then(appearance::Source::default),
        }
    }
}
