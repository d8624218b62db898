//! The pixels of a window that is not there.

use iced::advanced::graphics::{Viewport, damage};
use iced::{Color, Rectangle, Size};
use iced_tiny_skia::{Layer, Renderer};

/// See the module.
pub struct Surface {
    size: Size,
    pixels: tiny_skia::Pixmap,
    mask: tiny_skia::Mask,
    before: Option<Vec<Layer>>,
}

impl Surface {
    /// Nothing is drawn on it yet. A window without pixels has none.
    pub fn new(size: Size) -> Option<Self> {
        let (width, height) = (size.width as u32, size.height as u32);
        let (pixels, mask) = (tiny_skia::Pixmap::new(width, height)?, tiny_skia::Mask::new(width, height)?);
        Some(Self { size, pixels, mask, before: None })
    }

    /// Whether a window of this size has these.
    pub fn is_of(&self, size: Size) -> bool {
        self.size == size
    }

    /// As `iced_tiny_skia::window::compositor::present` does it: only what is another than the last time.
    pub fn present(&mut self, renderer: &mut Renderer, background: Color) {
        let whole = Rectangle::with_size(self.size);
        let spots = match &self.before {
            Some(before) => damage::diff(before, renderer.layers(), |layer| vec![layer.bounds], Layer::damage),
            None => vec![whole],
        };
        if spots.is_empty() {
            return;
        }
        self.before = Some(renderer.layers().to_vec());
        let spots = damage::group(spots, whole);
        let size = Size::new(self.pixels.width(), self.pixels.height());
        let viewport = Viewport::with_physical_size(size, 1.0);
        renderer.draw(&mut self.pixels.as_mut(), &mut self.mask, &viewport, &spots, background);
    }
}
