//! Stripped thumbnails: a tiny JPEG of which only the part that differs is sent
//! (core.telegram.org/api/files#stripped-thumbnails).
//!
//! What is left out is the same for all of them: JFIF, the quantisation tables of Annex K of the JPEG standard at
//! quality 20, a frame of three components, the Huffman tables of Annex K, and the start of the scan.

/// The length of what is left out at the beginning.
const HEADER: usize = 623;

/// Table K.1, row by row.
#[rustfmt::skip]
const LUMINANCE: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13,
    16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56,
    68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
    120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// The upper left quarter of table K.2; the rest of it is 99.
#[rustfmt::skip]
const CHROMINANCE: [u16; 16] = [
    17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99,
];

/// The order in which tables are written: slantwise from the upper left.
#[rustfmt::skip]
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19,
    26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56,
    57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31,
    39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Table K.3: codes of each length.
#[rustfmt::skip]
const DC_LUMINANCE_COUNTS: [u8; 16] = [
    0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0,
];

/// Table K.4: codes of each length.
#[rustfmt::skip]
const DC_CHROMINANCE_COUNTS: [u8; 16] = [
    0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
];

/// Tables K.3 and K.4: values in order.
#[rustfmt::skip]
const DC_VALUES: [u8; 12] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
];

/// Table K.5: codes of each length.
#[rustfmt::skip]
const AC_LUMINANCE_COUNTS: [u8; 16] = [
    0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125,
];

/// Table K.5: values in order.
#[rustfmt::skip]
const AC_LUMINANCE_VALUES: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
    0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
    0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37,
    0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
    0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
    0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
    0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];

/// Table K.6: codes of each length.
#[rustfmt::skip]
const AC_CHROMINANCE_COUNTS: [u8; 16] = [
    0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119,
];

/// Table K.6: values in order.
#[rustfmt::skip]
const AC_CHROMINANCE_VALUES: [u8; 162] = [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
    0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
    0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36,
    0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
    0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
    0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
    0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba,
    0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
    0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];

/// Makes a whole JPEG of a stripped thumbnail. `None` for anything else.
pub fn stripped_to_jpeg(stripped: &[u8]) -> Option<Vec<u8>> {
    // The first byte is the version, then come height and width.
    let [1, height, width, scan @ ..] = stripped else { return None };
    if *height == 0 || *width == 0 || scan.is_empty() {
        return None;
    }
    let mut jpeg = Vec::with_capacity(HEADER + scan.len() + 2);
    jpeg.extend([0xff, 0xd8]);
    segment(&mut jpeg, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(&mut jpeg, 0xdb, &quantisation(0, |at| LUMINANCE.get(at).copied()));
    segment(
        &mut jpeg,
        0xdb,
        &quantisation(1, |at| {
            let (row, column) = (at / 8, at % 8);
            if row < 4 && column < 4 { CHROMINANCE.get(row * 4 + column).copied() } else { Some(99) }
        }),
    );
    // 8 bits, height, width, and three components: number, sampling, quantisation table.
    segment(&mut jpeg, 0xc0, &[8, 0, *height, 0, *width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
    segment(&mut jpeg, 0xc4, &[&[0x00], &DC_LUMINANCE_COUNTS[..], &DC_VALUES[..]].concat());
    segment(&mut jpeg, 0xc4, &[&[0x10], &AC_LUMINANCE_COUNTS[..], &AC_LUMINANCE_VALUES[..]].concat());
    segment(&mut jpeg, 0xc4, &[&[0x01], &DC_CHROMINANCE_COUNTS[..], &DC_VALUES[..]].concat());
    segment(&mut jpeg, 0xc4, &[&[0x11], &AC_CHROMINANCE_COUNTS[..], &AC_CHROMINANCE_VALUES[..]].concat());
    // Three components with their Huffman tables, the whole spectrum at once.
    segment(&mut jpeg, 0xda, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    jpeg.extend(scan);
    jpeg.extend([0xff, 0xd9]);
    Some(jpeg)
}

fn segment(jpeg: &mut Vec<u8>, marker: u8, body: &[u8]) {
    jpeg.extend([0xff, marker]);
    // The length counts itself; every body here is far below 64 KiB.
    jpeg.extend(u16::try_from(body.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
    jpeg.extend(body);
}

fn quantisation(number: u8, base: impl Fn(usize) -> Option<u16>) -> Vec<u8> {
    // Quality 20 means two and a half times the base.
    let scaled = |at: &usize| (base(*at).unwrap_or(99) * 250 + 50) / 100;
    std::iter::once(number).chain(ZIGZAG.iter().map(|at| u8::try_from(scaled(at)).unwrap_or(u8::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_header_is_the_published_one() {
        let mut jpeg = stripped_to_jpeg(&[1, 30, 40, 0xaa, 0xbb]).unwrap();
        assert_eq!(jpeg.get(HEADER..), Some([0xaa, 0xbb, 0xff, 0xd9].as_slice()));
        assert_eq!((jpeg[164], jpeg[166]), (30, 40));
        (jpeg[164], jpeg[166]) = (0, 0);
        let digest: String = Sha256::digest(&jpeg[..HEADER]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "c2d6c960e35c3d94de4a0d85a39e0d9def693ee107fa374354960f2df47d82d4");
    }

    #[test]
    fn anything_else_is_no_thumbnail() {
        for bytes in [&[][..], &[1], &[1, 2, 3], &[2, 30, 40, 1], &[1, 0, 40, 1]] {
            assert_eq!(stripped_to_jpeg(bytes), None);
        }
    }
}
