//! Pictures drawn by code: nothing in them comes from anywhere else.

mod cache;
mod scene;
pub(crate) mod sticker;
pub(crate) mod stripped;

pub(crate) use cache::Pictures;
pub(crate) use scene::{Scene, Style};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// The size in bytes of a drawn JPEG of so many pixels: known before it is drawn, because it is padded to it.
pub(crate) fn file_size(width: u32, height: u32) -> usize {
    (width as usize * height as usize) / 6 + 4_000
}

/// Draws a scene as JPEG of exactly [`file_size`] bytes.
pub(crate) fn jpeg(scene: Scene, width: u32, height: u32) -> Vec<u8> {
    let pixels = scene.pixels(width, height);
    let size = file_size(width, height);
    let mut bytes = Vec::new();
    for quality in [86, 70, 50, 30, 15, 5, 1] {
        bytes.clear();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        // Writing into memory in the right format cannot fail; an empty picture would be seen by the tests.
        if encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).is_err() {
            bytes.clear();
        }
        if bytes.len() <= size {
            break;
        }
    }
    pad(bytes, size)
}

/// Brings a JPEG to a length by comment segments behind its first marker.
fn pad(jpeg: Vec<u8>, size: usize) -> Vec<u8> {
    const SMALLEST: usize = 4;
    const LARGEST: usize = 0xffff + 2;
    let (start, rest) = jpeg.split_at(jpeg.len().min(2));
    let mut padded = Vec::with_capacity(size);
    padded.extend_from_slice(start);
    let mut missing = size.saturating_sub(jpeg.len());
    while missing >= SMALLEST {
        let mut take = missing.min(LARGEST);
        if missing > take && missing - take < SMALLEST {
            take -= SMALLEST;
        }
        padded.extend_from_slice(&[0xff, 0xfe]);
        padded.extend_from_slice(&((take - 2) as u16).to_be_bytes());
        padded.resize(padded.len() + take - 4, b' ');
        missing -= take;
    }
    padded.extend_from_slice(rest);
    // Too few for a segment: behind the end marker they do no harm.
    padded.resize(padded.len() + missing, 0);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_decodes_at_its_size_and_length() {
        for style in Style::ALL {
            for (width, height) in [(160, 160), (640, 640), (320, 214), (800, 1067)] {
                let bytes = jpeg(Scene { seed: 7, style }, width, height);
                assert_eq!(bytes.len(), file_size(width, height), "{style:?} {width}x{height}");
                let image = image::load_from_memory(&bytes).unwrap();
                assert_eq!((image.width(), image.height()), (width, height));
            }
        }
    }

    #[test]
    fn any_padding_keeps_it_whole() {
        let mut plain = Vec::new();
        JpegEncoder::new(&mut plain).write_image(&[90; 27], 3, 3, ExtendedColorType::Rgb8).unwrap();
        for extra in [0, 1, 2, 3, 4, 5, 100, 65_536, 65_537, 65_538, 65_540, 200_001] {
            let padded = pad(plain.clone(), plain.len() + extra);
            assert_eq!(padded.len(), plain.len() + extra);
            assert_eq!(image::load_from_memory(&padded).unwrap().width(), 3);
        }
    }
}
