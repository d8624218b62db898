//! Stickers: a drawn scene cut to a round shape, as WebP with a clear ground.

use super::{Scene, Style};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use std::sync::{Arc, OnceLock};

/// Pixels of a sticker's sides.
pub(crate) const SIDE: u32 = 512;
/// Pixels of the sides of an emoji for words.
pub(crate) const EMOJI_SIDE: u32 = 100;
/// Stickers that there are.
const SEEDS: [u64; 6] = [11, 23, 37, 41, 59, 71];

/// All stickers, drawn once for the process.
pub(crate) fn stickers() -> &'static [Arc<[u8]>] {
    static DRAWN: OnceLock<Vec<Arc<[u8]>>> = OnceLock::new();
    DRAWN.get_or_init(|| SEEDS.iter().map(|seed| drawn(*seed, SIDE)).collect())
}

/// The same as emoji.
pub(crate) fn emoji() -> &'static [Arc<[u8]>] {
    static DRAWN: OnceLock<Vec<Arc<[u8]>>> = OnceLock::new();
    DRAWN.get_or_init(|| SEEDS.iter().map(|seed| drawn(*seed, EMOJI_SIDE)).collect())
}

fn drawn(seed: u64, side: u32) -> Arc<[u8]> {
    let style = if seed.is_multiple_of(2) { Style::Emblem } else { Style::Face };
    let pixels = Scene { seed, style }.pixels(side, side);
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
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stickers_are_round_and_of_the_right_size() {
        for (all, side) in [(stickers(), SIDE), (emoji(), EMOJI_SIDE)] {
            for bytes in all {
                let image = image::load_from_memory(bytes).unwrap().to_rgba8();
                assert_eq!(image.dimensions(), (side, side));
                assert_eq!((image.get_pixel(0, 0).0[3], image.get_pixel(side / 2, side / 2).0[3]), (0, 255));
            }
        }
    }
}
