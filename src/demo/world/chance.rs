//! Chance that is the same on every run: splitmix64 over the seed.

/// A stream of numbers fixed by the seed and the name of what it is for.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

/// A well-mixed number from two others.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Chance {
    /// The stream for one purpose, so that more draws for one thing leave the others as they were.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        Self(purpose.bytes().fold(mix(seed, 1), |state, byte| mix(state, u64::from(byte) + 2)))
    }

    /// The next number.
    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0, 0)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.draw() % end as u64) as usize }
    }

    /// A number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u64::from(high.abs_diff(low)) + 1;
        low.saturating_add((self.draw() % span) as i32)
    }

    /// True in `of` out of 100 draws.
    pub(crate) fn percent(&mut self, of: u64) -> bool {
        self.draw() % 100 < of
    }

    /// One of the lines; empty where there is none.
    pub(crate) fn line(&mut self, lines: &[&'static str]) -> &'static str {
        lines.get(self.below(lines.len())).copied().unwrap_or_default()
    }

    /// One of the numbers.
    pub(crate) fn one_of(&mut self, of: &[i64]) -> Option<i64> {
        of.get(self.below(of.len())).copied()
    }
}
