//! Makes pixels of picture files. Runs on threads of its own: nothing here may be called from `update` or `view`.
//!
//! What comes from the network may be broken or a bomb: kinds, sizes and memory are limited before anything is decoded,
//! and the renderer only ever sees pixels of the size that is shown.

use iced::widget::image::Handle;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, RgbaImage, imageops::FilterType};
use std::io::Cursor;
use thiserror::Error;

/// Larger pictures are refused, in pixels each way.
const LARGEST: u32 = 8192;
/// A decoder may take so much memory.
const MEMORY: u64 = 128 << 20;
/// Larger files are not looked at.
const FILE: usize = 32 << 20;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Not a kind that we show.
    #[error("not a JPEG, PNG or WebP picture")]
    Kind,
    /// Too large in pixels or bytes.
    #[error("the picture is too large")]
    TooLarge,
    /// It does not decode.
    #[error("the picture is broken")]
    Broken,
}

/// How a picture is to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// How round the corners are, in pixels: at the top left, and on clockwise.
    pub corners: [f32; 4],
}

impl Shape {
    /// A round picture.
    pub fn circle(size: u32) -> Self {
        Self { width: size, height: size, corners: [size as f32 / 2.0; 4] }
    }

    /// Bytes of its pixels.
    pub fn bytes(self) -> usize {
        self.width as usize * self.height as usize * 4
    }
}

/// Decodes a file.
pub fn open(bytes: &[u8]) -> Result<DynamicImage, Error> {
    if bytes.len() > FILE {
        return Err(Error::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| Error::Kind)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Error::Kind);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => Error::TooLarge,
        _ => Error::Broken,
    })?;
    if picture.width() == 0 || picture.height() == 0 { Err(Error::Broken) } else { Ok(picture) }
}

/// Fills the shape with the middle of the picture.
pub fn fit(picture: &DynamicImage, shape: Shape) -> Handle {
    let shape = bounded(shape);
    // Reduced in one rough step first, where it is far too large: smooth filters cost by the source's size.
    let rough = picture.width() > shape.width * 4 && picture.height() > shape.height * 4;
    let reduced = rough.then(|| picture.thumbnail(shape.width * 3, shape.height * 3));
    let source = reduced.as_ref().filter(|r| r.width() >= shape.width && r.height() >= shape.height).unwrap_or(picture);
    let pixels = source.resize_to_fill(shape.width, shape.height, FilterType::CatmullRom).into_rgba8();
    handle(pixels, shape)
}

/// The same from very few pixels: blurred, so that they are not seen.
pub fn blur(picture: &DynamicImage, shape: Shape) -> Handle {
    let shape = bounded(shape);
    let small = picture.resize_to_fill((shape.width / 6).max(8), (shape.height / 6).max(8), FilterType::Triangle);
    let soft = image::imageops::blur(&small.into_rgba8(), 1.6);
    handle(image::imageops::resize(&soft, shape.width, shape.height, FilterType::CatmullRom), shape)
}

fn bounded(shape: Shape) -> Shape {
    Shape { width: shape.width.clamp(1, LARGEST), height: shape.height.clamp(1, LARGEST), ..shape }
}

fn handle(mut pixels: RgbaImage, shape: Shape) -> Handle {
    round(&mut pixels, shape.corners);
    Handle::from_rgba(pixels.width(), pixels.height(), pixels.into_raw())
}

/// Makes the corners transparent: the software renderer does not clip pictures.
fn round(pixels: &mut RgbaImage, corners: [f32; 4]) {
    let (width, height) = (pixels.width(), pixels.height());
    let most = width.min(height) as f32 / 2.0;
    for (corner, radius) in corners.into_iter().enumerate() {
        let radius = radius.min(most);
        if radius <= 0.0 {
            continue;
        }
        let side = radius.ceil() as u32;
        let (right, bottom) = (matches!(corner, 1 | 2), corner >= 2);
        for (dx, dy) in (0..side).flat_map(|dx| (0..side).map(move |dy| (dx, dy))) {
            let away = (radius - dx as f32 - 0.5).max(0.0).hypot((radius - dy as f32 - 0.5).max(0.0));
            let cover = (radius + 0.5 - away).clamp(0.0, 1.0);
            let x = if right { width.saturating_sub(1 + dx) } else { dx };
            let y = if bottom { height.saturating_sub(1 + dy) } else { dy };
            if let Some(pixel) = pixels.get_pixel_mut_checked(x, y)
                && cover < 1.0
            {
                pixel.0[3] = (f32::from(pixel.0[3]) * cover) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_pixel(width, height, image::Rgba([200, 100, 50, 255]));
        let mut bytes = Vec::new();
        DynamicImage::from(picture).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    fn pixels(handle: &Handle) -> (u32, u32, Vec<u8>) {
        match handle {
            Handle::Rgba { width, height, pixels, .. } => (*width, *height, pixels.to_vec()),
            _ => panic!("pixels only"),
        }
    }

    #[test]
    fn pictures_get_their_shape_and_round_corners() {
        let picture = open(&png(300, 100)).unwrap();
        for made in [fit(&picture, Shape::circle(48)), blur(&picture, Shape::circle(48))] {
            let (width, height, rgba) = pixels(&made);
            assert_eq!((width, height), (48, 48));
            assert_eq!(rgba[3], 0, "the corner is clear");
            assert_eq!(rgba[(24 * 48 + 24) * 4 + 3], 255, "the middle is not");
        }
    }

    #[test]
    fn corners_are_round_one_by_one() {
        let picture = open(&png(60, 60)).unwrap();
        let made = fit(&picture, Shape { width: 40, height: 30, corners: [10.0, 0.0, 10.0, 0.0] });
        let (_, _, rgba) = pixels(&made);
        let alpha = |x: usize, y: usize| rgba[(y * 40 + x) * 4 + 3];
        assert_eq!([alpha(0, 0), alpha(39, 0), alpha(39, 29), alpha(0, 29)], [0, 255, 0, 255]);
        assert_eq!(alpha(20, 15), 255);
    }

    #[test]
    fn broken_and_foreign_files_are_refused() {
        assert_eq!(open(b"").unwrap_err(), Error::Kind);
        assert_eq!(open(b"GIF89a....").unwrap_err(), Error::Kind);
        assert_eq!(open(b"<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap_err(), Error::Kind);
        let mut cut = png(60, 60);
        cut.truncate(50);
        assert_eq!(open(&cut).unwrap_err(), Error::Broken);
        assert_eq!(open(&[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).unwrap_err(), Error::Broken);
    }

    #[test]
    fn bombs_are_refused_before_they_are_unpacked() {
        // A header that claims a picture far beyond the limits; the rest does not matter.
        let mut bomb = png(10, 10);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        // The header's checksum, made right again so that only the size can be the reason.
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(open(&bomb).unwrap_err(), Error::TooLarge);
        assert_eq!(open(&png(9000, 1)).unwrap_err(), Error::TooLarge);
        assert_eq!(open(&vec![0xff; FILE + 1]).unwrap_err(), Error::TooLarge);
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |s, _| if s & 1 == 1 { (s >> 1) ^ 0xedb8_8320 } else { s >> 1 })
        })
    }
}
