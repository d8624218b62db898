//! Handing decoded pictures to what draws them, before they are shown.
//!
//! A graphics card takes large pictures over in the background and draws nothing in their place meanwhile; asked early,
//! it has them when they come into view, and keeps them for as long as the [`Allocation`] lives. Drawn by the processor,
//! pictures are used as they are: asking would only make one more copy.

use iced::Task;
use iced::advanced::image::{Allocation, Handle};
use std::sync::{Mutex, PoisonError};

/// Takes pictures over.
pub trait Allocator: Send + Sync {
    /// Takes this picture over, where there is something to be gained: it is to be shown when this is done, and what
    /// came of it is to be kept for as long as the picture is.
    fn allocate(&self, picture: &Handle) -> Option<Task<Option<Allocation>>>;
}

/// What draws our windows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Renderer {
    in_advance: bool,
}

impl Renderer {
    /// The graphics card, or the processor: as [`crate::platform::renderer`] has chosen for this process.
    pub fn chosen() -> Self {
        Self { in_advance: crate::platform::renderer::is_gpu() }
    }
}

impl Allocator for Renderer {
    fn allocate(&self, picture: &Handle) -> Option<Task<Option<Allocation>>> {
        self.in_advance.then(|| iced_runtime::image::allocate(picture.clone()).map(Result::ok))
    }
}

/// Takes nothing over, and counts what it was handed, for headless tests.
#[derive(Debug, Default)]
pub struct Recorded(Mutex<Vec<Handle>>);

impl Recorded {
    /// Every picture that was handed over, in its order.
    pub fn all(&self) -> Vec<Handle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Allocator for Recorded {
    fn allocate(&self, picture: &Handle) -> Option<Task<Option<Allocation>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(picture.clone());
        None
    }
}
