//! Damaged input for tests: chance that is the same in every run.

/// SplitMix64.
pub(crate) struct Noise(pub u64);

impl Noise {
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`; 0 where that is nothing.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % end.max(1) as u64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.draw() as u8).collect()
    }

    /// Some pieces in a row, and now and then any letter at all.
    pub fn words(&mut self, most: usize, pieces: &[&str]) -> String {
        let mut words = String::new();
        for _ in 0..self.below(most) {
            match self.below(9) {
                0 => words.extend(char::from_u32(self.below(0x11_0000) as u32)),
                _ => words.push_str(self.pick(pieces)),
            }
        }
        words
    }

    /// Damages bytes here and there, in the ways that find mistakes. One time in eight it leaves them alone.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..self.below(8).min(4) {
            let at = self.below(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => {
                    let length = self.below(24);
                    bytes.extend(self.bytes(length));
                }
                2 if at + 4 <= bytes.len() => {
                    let odd = [0u32, 1, 4, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x0040_0000, 0x0040_0011];
                    bytes[at..at + 4].copy_from_slice(&odd[self.below(8)].to_le_bytes());
                }
                3 if !bytes.is_empty() => {
                    let piece = bytes[at..bytes.len().min(at + 32)].to_vec();
                    bytes.splice(at..at, piece);
                }
                4 if !bytes.is_empty() => drop(bytes.drain(at..bytes.len().min(at + 8))),
                5 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
                _ if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                _ => {}
            }
        }
    }
}

/// How many inputs: 20,000, and a million with HELIOGRAPH_EFFORT=1.
pub(crate) fn inputs() -> u64 {
    let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    ((1_000_000.0 * effort) as u64).max(20_000)
}
