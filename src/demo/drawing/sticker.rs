//! Stickers: a drawn scene cut to a round shape, as WebP with a clear ground.

use super::{Scene, Style};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use std::sync::{Arc, OnceLock};

/// One of the stickers that there are, or the same as an emoji for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sticker {
    number: usize,
    emoji: bool,
}

/// What they are drawn from.
const SEEDS: [u64; 6] = [11, 23, 37, 41, 59, 71];

impl Sticker {
    /// All of them.
    pub(crate) fn all(emoji: bool) -> impl Iterator<Item = Sticker> {
        (0..SEEDS.len()).map(move |number| Sticker { number, emoji })
    }

    /// Pixels of its sides.
    pub(crate) fn side(self) -> u32 {
        if self.emoji { 100 } else { 512 }
    }

    /// The size of its file in bytes: known before it is drawn, because it is padded to it.
    pub(crate) fn size(self) -> u64 {
        if self.emoji { 16 * 1024 } else { 160 * 1024 }
    }

    /// Its file, drawn once for the process.
    pub(crate) fn bytes(self) -> Arc<[u8]> {
        static DRAWN: [OnceLock<Arc<[u8]>>; 2 * SEEDS.len()] = [const { OnceLock::new() }; 2 * SEEDS.len()];
        let place = self.number * 2 + usize::from(self.emoji);
        match DRAWN.get(place) {
            Some(drawn) => Arc::clone(drawn.get_or_init(|| self.draw())),
            None => self.draw(),
        }
    }

    fn draw(self) -> Arc<[u8]> {
        let side = self.side();
        let seed = SEEDS.get(self.number).copied().unwrap_or_default();
        let pixels = Scene { seed, style: Style::Face }.pixels(side, side);
        let radius = side as f32 / 2.0;
        let mut clear = Vec::with_capacity(pixels.len() / 3 * 4);
        for (number, colour) in (0_u32..).zip(pixels.chunks_exact(3)) {
            let (x, y) = ((number % side) as f32 + 0.5 - radius, (number / side) as f32 + 0.5 - radius);
            let inside = (radius - (x * x + y * y).sqrt()).clamp(0.0, 1.0);
            // Coarser colours make smaller files.
            clear.extend(colour.iter().map(|part| part & 0xf8));
            clear.push((inside * 255.0) as u8);
        }
        let mut bytes = Vec::new();
        // Writing into memory in the right format cannot fail; an empty picture would be seen by the tests.
        if WebPEncoder::new_lossless(&mut bytes).write_image(&clear, side, side, ExtendedColorType::Rgba8).is_err() {
            bytes.clear();
        }
        // Behind the end of the picture zeros do no harm.
        bytes.resize(bytes.len().max(self.size() as usize), 0);
        bytes.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stickers_are_round_and_of_the_size_that_they_announce() {
        for sticker in Sticker::all(false).chain(Sticker::all(true)) {
            let bytes = sticker.bytes();
            assert_eq!(bytes.len() as u64, sticker.size());
            let image = image::load_from_memory(&bytes).unwrap().to_rgba8();
            let side = sticker.side();
            assert_eq!(image.dimensions(), (side, side));
            assert_eq!((image.get_pixel(0, 0).0[3], image.get_pixel(side / 2, side / 2).0[3]), (0, 255));
        }
    }
}
