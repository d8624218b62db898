//! Stripped thumbnails (core.telegram.org/api/files#stripped-thumbnails): JPEGs of at most 40 pixels a side whose header,
//! always the same but for the size, is left out.

use std::sync::OnceLock;

/// The header that every client puts before the data. Height at 164, width at 166.
#[rustfmt::skip]
pub(crate) const HEADER: [u8; 623] = [
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0xff, 0xdb, 0x00, 0x43,
    0x00, 0x28, 0x1c, 0x1e, 0x23, 0x1e, 0x19, 0x28, 0x23, 0x21, 0x23, 0x2d, 0x2b, 0x28, 0x30, 0x3c, 0x64, 0x41, 0x3c, 0x37, 0x37, 0x3c, 0x7b, 0x58,
    0x5d, 0x49, 0x64, 0x91, 0x80, 0x99, 0x96, 0x8f, 0x80, 0x8c, 0x8a, 0xa0, 0xb4, 0xe6, 0xc3, 0xa0, 0xaa, 0xda, 0xad, 0x8a, 0x8c, 0xc8, 0xff, 0xcb,
    0xda, 0xee, 0xf5, 0xff, 0xff, 0xff, 0x9b, 0xc1, 0xff, 0xff, 0xff, 0xfa, 0xff, 0xe6, 0xfd, 0xff, 0xf8, 0xff, 0xdb, 0x00, 0x43, 0x01, 0x2b, 0x2d,
    0x2d, 0x3c, 0x35, 0x3c, 0x76, 0x41, 0x41, 0x76, 0xf8, 0xa5, 0x8c, 0xa5, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8,
    0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8,
    0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xf8, 0xff, 0xc0, 0x00, 0x11, 0x08, 0x00, 0x00, 0x00, 0x00, 0x03,
    0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01, 0xff, 0xc4, 0x00, 0x1f, 0x00, 0x00, 0x01, 0x05, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0xff, 0xc4, 0x00, 0xb5, 0x10, 0x00,
    0x02, 0x01, 0x03, 0x03, 0x02, 0x04, 0x03, 0x05, 0x05, 0x04, 0x04, 0x00, 0x00, 0x01, 0x7d, 0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21,
    0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24,
    0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a,
    0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a,
    0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
    0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6,
    0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1,
    0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xff, 0xc4, 0x00, 0x1f, 0x01, 0x00, 0x03, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0xff, 0xc4, 0x00, 0xb5, 0x11, 0x00,
    0x02, 0x01, 0x02, 0x04, 0x04, 0x03, 0x04, 0x07, 0x05, 0x04, 0x04, 0x00, 0x01, 0x02, 0x77, 0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31,
    0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15,
    0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39,
    0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
    0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,
    0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4,
    0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea,
    0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xff, 0xda, 0x00, 0x0c, 0x03, 0x01, 0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00,
];

/// The longest side.
const MOST: u32 = 40;

/// The size of the thumbnail of a picture of this size.
pub(crate) fn fit(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    (((width * MOST + longest / 2) / longest).max(1), ((height * MOST + longest / 2) / longest).max(1))
}

/// Codes by symbol: (bits, how many).
type Codes = [(u16, u8); 256];

/// The tables that stand in the header.
struct Tables {
    /// Luma, chroma; in zigzag order.
    quantizers: [[f32; 64]; 2],
    /// Luma DC, chroma DC, luma AC, chroma AC.
    codes: [Codes; 4],
}

/// Reads the tables out of the header itself, so that they cannot differ from it.
fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables { quantizers: [[1.0; 64]; 2], codes: [[(0, 0); 256]; 4] };
        let mut rest = HEADER.get(2..).unwrap_or_default();
        while let [0xff, marker, high, low, ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let segment = rest.get(4..length + 2).unwrap_or_default();
            match (*marker, segment) {
                (0xdb, [number, values @ ..]) => {
                    if let Some(table) = tables.quantizers.get_mut(usize::from(*number & 1)) {
                        for (slot, value) in table.iter_mut().zip(values) {
                            *slot = f32::from(*value);
                        }
                    }
                }
                (0xc4, [class, values @ ..]) => {
                    let place = usize::from((class >> 4) & 1) * 2 + usize::from(class & 1);
                    if let Some(table) = tables.codes.get_mut(place) {
                        let (counts, symbols) = values.split_at(values.len().min(16));
                        fill(table, counts, symbols);
                    }
                }
                _ => {}
            }
            rest = rest.get(length + 2..).unwrap_or_default();
        }
        tables
    })
}

/// Canonical Huffman codes out of counts by length.
fn fill(table: &mut Codes, counts: &[u8], symbols: &[u8]) {
    let mut code = 0_u16;
    let mut symbols = symbols.iter();
    for (bits, count) in (1_u8..).zip(counts) {
        for symbol in symbols.by_ref().take(usize::from(*count)) {
            if let Some(slot) = table.get_mut(usize::from(*symbol)) {
                *slot = (code, bits);
            }
            code = code.wrapping_add(1);
        }
        code = code.wrapping_shl(1);
    }
}

/// Bits on their way into bytes; an `0xff` is followed by a zero, as the format demands.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, bits: u16, count: u8) {
        self.waiting = (self.waiting << count) | u32::from(bits);
        self.count += u32::from(count);
        while self.count >= 8 {
            let byte = (self.waiting >> (self.count - 8)) as u8;
            self.bytes.push(byte);
            if byte == 0xff {
                self.bytes.push(0);
            }
            self.count -= 8;
            self.waiting &= (1 << self.count) - 1;
        }
    }
}

/// Which place in a block a coefficient has, in the order of the format.
#[rustfmt::skip]
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// One plane of a picture: a value for each point, the last ones repeated beyond the edge.
struct Plane {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Plane {
    fn at(&self, x: usize, y: usize) -> f32 {
        let (x, y) = (x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        self.values.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// Half the size, each value the mean of four.
    fn halved(&self) -> Plane {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let values = (0..width * height)
            .map(|place| {
                let (x, y) = (place % width * 2, place / width * 2);
                (self.at(x, y) + self.at(x + 1, y) + self.at(x, y + 1) + self.at(x + 1, y + 1)) / 4.0
            })
            .collect();
        Plane { width, height, values }
    }
}

/// Encodes pixels (three bytes each) of at most 255 a side.
pub(crate) fn encode(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let plane = |red: f32, green: f32, blue: f32| Plane {
        width: width as usize,
        height: height as usize,
        values: pixels
            .chunks_exact(3)
            .map(|pixel| match pixel {
                [r, g, b] => red * f32::from(*r) + green * f32::from(*g) + blue * f32::from(*b),
                _ => 0.0,
            })
            .collect(),
    };
    let mut luma = plane(0.299, 0.587, 0.114);
    luma.values.iter_mut().for_each(|value| *value -= 128.0);
    let blue = plane(-0.168_736, -0.331_264, 0.5).halved();
    let red = plane(0.5, -0.418_688, -0.081_312).halved();

    let mut bits = Bits::default();
    let mut before = [0_i32; 3];
    for y in (0..height as usize).step_by(16) {
        for x in (0..width as usize).step_by(16) {
            let [luma_before, blue_before, red_before] = &mut before;
            for (dx, dy) in [(0, 0), (8, 0), (0, 8), (8, 8)] {
                block(&mut bits, &luma, x + dx, y + dy, 0, luma_before);
            }
            block(&mut bits, &blue, x / 2, y / 2, 1, blue_before);
            block(&mut bits, &red, x / 2, y / 2, 1, red_before);
        }
    }
    // The last byte is filled with ones.
    bits.put(0x7f, 7);
    let mut bytes = vec![1, height as u8, width as u8];
    bytes.append(&mut bits.bytes);
    bytes
}

/// Encodes the 8 by 8 values from (`left`, `top`).
fn block(bits: &mut Bits, plane: &Plane, left: usize, top: usize, kind: usize, before: &mut i32) {
    let tables = tables();
    let (Some(quantizer), Some(dc), Some(ac)) =
        (tables.quantizers.get(kind), tables.codes.get(kind), tables.codes.get(kind + 2))
    else {
        return;
    };
    let mut zeros = 0_u8;
    for (number, (place, divisor)) in ZIGZAG.iter().zip(quantizer).enumerate() {
        let (u, v) = (usize::from(place % 8), usize::from(place / 8));
        let value = (transformed(plane, left, top, u, v) / divisor).round() as i32;
        if number == 0 {
            let (size, extra) = amplitude(value - *before);
            *before = value;
            symbol(bits, dc, size);
            bits.put(extra, size);
        } else if value == 0 {
            zeros += 1;
        } else {
            while zeros >= 16 {
                symbol(bits, ac, 0xf0);
                zeros -= 16;
            }
            let (size, extra) = amplitude(value);
            symbol(bits, ac, zeros << 4 | size);
            bits.put(extra, size);
            zeros = 0;
        }
    }
    if zeros > 0 {
        symbol(bits, ac, 0);
    }
}

fn symbol(bits: &mut Bits, codes: &Codes, symbol: u8) {
    if let Some((code, count)) = codes.get(usize::from(symbol)) {
        bits.put(*code, *count);
    }
}

/// How many bits a value takes, and which.
fn amplitude(value: i32) -> (u8, u16) {
    let size = (32 - value.unsigned_abs().leading_zeros()) as u8;
    let bits = if value < 0 { value - 1 } else { value } & ((1 << size) - 1);
    (size, bits as u16)
}

/// One coefficient of the discrete cosine transform. Slow and short: a thumbnail has some fifty blocks.
fn transformed(plane: &Plane, left: usize, top: usize, u: usize, v: usize) -> f32 {
    static COSINES: OnceLock<[[f32; 8]; 8]> = OnceLock::new();
    let cosines = COSINES.get_or_init(|| {
        let mut table = [[0.0; 8]; 8];
        for (frequency, row) in table.iter_mut().enumerate() {
            for (place, value) in row.iter_mut().enumerate() {
                let scale = if frequency == 0 { std::f32::consts::FRAC_1_SQRT_2 } else { 1.0 };
                *value = scale * ((2 * place + 1) as f32 * frequency as f32 * std::f32::consts::PI / 16.0).cos();
            }
        }
        table
    });
    let (Some(across), Some(down)) = (cosines.get(u), cosines.get(v)) else { return 0.0 };
    let mut sum = 0.0;
    for (y, vertical) in down.iter().enumerate() {
        for (x, horizontal) in across.iter().enumerate() {
            sum += plane.at(left + x, top + y) * horizontal * vertical;
        }
    }
    sum / 4.0
}

/// What a client makes of it: a JPEG. None where it is none.
#[cfg(test)]
pub(crate) fn whole(data: &[u8]) -> Option<Vec<u8>> {
    let [1, height, width, scan @ ..] = data else { return None };
    let mut jpeg = HEADER.to_vec();
    *jpeg.get_mut(164)? = *height;
    *jpeg.get_mut(166)? = *width;
    jpeg.extend_from_slice(scan);
    jpeg.extend_from_slice(&[0xff, 0xd9]);
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{Scene, Style};

    #[test]
    fn the_header_with_the_data_is_the_picture() {
        for style in Style::ALL {
            for (width, height) in [fit(640, 640), fit(1280, 960), fit(600, 1200), (1, 1), (17, 9)] {
                let pixels = Scene { seed: 3, style }.pixels(width, height);
                let data = encode(&pixels, width, height);
                assert!(data.len() < 2_000);
                let image = image::load_from_memory(&whole(&data).unwrap()).unwrap().to_rgb8();
                assert_eq!((image.width(), image.height()), (width, height));
                let mean = |bytes: &[u8]| bytes.iter().map(|b| f64::from(*b)).sum::<f64>() / bytes.len() as f64;
                // Coarse, but the same picture.
                assert!((mean(image.as_raw()) - mean(&pixels)).abs() < 8.0, "{style:?} {width}x{height}");
                let off: f64 =
                    image.as_raw().iter().zip(&pixels).map(|(a, b)| (f64::from(*a) - f64::from(*b)).abs()).sum::<f64>()
                        / pixels.len() as f64;
                assert!(off < 24.0, "{style:?} {width}x{height}: {off}");
            }
        }
    }
}
