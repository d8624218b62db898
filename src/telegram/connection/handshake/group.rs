//! The group in which the key is agreed on: a safe prime of 2048 bits and a generator
//! (core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange).

use grammers_crypto::two_factor_auth::check_p_and_g;
use num_bigint::BigUint;

/// The prime that Telegram's servers have always used; it was checked long ago, by many.
#[rustfmt::skip]
pub(super) const WELL_KNOWN_PRIME: [u8; 256] = [
    0xc7, 0x1c, 0xae, 0xb9, 0xc6, 0xb1, 0xc9, 0x04, 0x8e, 0x6c, 0x52, 0x2f, 0x70, 0xf1, 0x3f, 0x73,
    0x98, 0x0d, 0x40, 0x23, 0x8e, 0x3e, 0x21, 0xc1, 0x49, 0x34, 0xd0, 0x37, 0x56, 0x3d, 0x93, 0x0f,
    0x48, 0x19, 0x8a, 0x0a, 0xa7, 0xc1, 0x40, 0x58, 0x22, 0x94, 0x93, 0xd2, 0x25, 0x30, 0xf4, 0xdb,
    0xfa, 0x33, 0x6f, 0x6e, 0x0a, 0xc9, 0x25, 0x13, 0x95, 0x43, 0xae, 0xd4, 0x4c, 0xce, 0x7c, 0x37,
    0x20, 0xfd, 0x51, 0xf6, 0x94, 0x58, 0x70, 0x5a, 0xc6, 0x8c, 0xd4, 0xfe, 0x6b, 0x6b, 0x13, 0xab,
    0xdc, 0x97, 0x46, 0x51, 0x29, 0x69, 0x32, 0x84, 0x54, 0xf1, 0x8f, 0xaf, 0x8c, 0x59, 0x5f, 0x64,
    0x24, 0x77, 0xfe, 0x96, 0xbb, 0x2a, 0x94, 0x1d, 0x5b, 0xcd, 0x1d, 0x4a, 0xc8, 0xcc, 0x49, 0x88,
    0x07, 0x08, 0xfa, 0x9b, 0x37, 0x8e, 0x3c, 0x4f, 0x3a, 0x90, 0x60, 0xbe, 0xe6, 0x7c, 0xf9, 0xa4,
    0xa4, 0xa6, 0x95, 0x81, 0x10, 0x51, 0x90, 0x7e, 0x16, 0x27, 0x53, 0xb5, 0x6b, 0x0f, 0x6b, 0x41,
    0x0d, 0xba, 0x74, 0xd8, 0xa8, 0x4b, 0x2a, 0x14, 0xb3, 0x14, 0x4e, 0x0e, 0xf1, 0x28, 0x47, 0x54,
    0xfd, 0x17, 0xed, 0x95, 0x0d, 0x59, 0x65, 0xb4, 0xb9, 0xdd, 0x46, 0x58, 0x2d, 0xb1, 0x17, 0x8d,
    0x16, 0x9c, 0x6b, 0xc4, 0x65, 0xb0, 0xd6, 0xff, 0x9c, 0xa3, 0x92, 0x8f, 0xef, 0x5b, 0x9a, 0xe4,
    0xe4, 0x18, 0xfc, 0x15, 0xe8, 0x3e, 0xbe, 0xa0, 0xf8, 0x7f, 0xa9, 0xff, 0x5e, 0xed, 0x70, 0x05,
    0x0d, 0xed, 0x28, 0x49, 0xf4, 0x7b, 0xf9, 0x59, 0xd9, 0x56, 0x85, 0x0c, 0xe9, 0x29, 0x85, 0x1f,
    0x0d, 0x81, 0x15, 0xf6, 0x35, 0xb1, 0x05, 0xee, 0x2e, 0x4e, 0x15, 0xd0, 0x4b, 0x24, 0x54, 0xbf,
    0x6f, 0x4f, 0xad, 0xf0, 0x34, 0xb1, 0x04, 0x03, 0x11, 0x9c, 0xd8, 0xe3, 0xb9, 0x2f, 0xcc, 0x5b,
];

/// Checked parameters.
#[derive(Clone)]
pub(super) struct Group {
    prime: BigUint,
    generator: BigUint,
}

impl Group {
    /// Refuses a prime or generator with which the key could be weak.
    pub fn checked(prime: &[u8], generator: i32) -> Result<Group, &'static str> {
        if !(2..=7).contains(&generator) {
            return Err("the generator is none of 2 to 7");
        }
        // Exactly 2048 bits: 256 bytes of which the first has its highest bit.
        if prime.len() != 256 || prime.first().is_none_or(|byte| byte & 0x80 == 0) {
            return Err("the prime has not 2048 bits");
        }
        let good = if *prime == WELL_KNOWN_PRIME {
            // It leaves 3 divided by 8, 3 by 5 and 11 by 24: with 2, 5 and 6 a bit of the exponent would show.
            matches!(generator, 3 | 4 | 7)
        } else {
            check_p_and_g(prime, &generator)
        };
        if !good {
            return Err("prime and generator are not safe");
        }
        Ok(Group { prime: BigUint::from_bytes_be(prime), generator: BigUint::from(generator.unsigned_abs()) })
    }

    /// The prime.
    pub fn prime(&self) -> &BigUint {
        &self.prime
    }

    /// The generator to the power of `exponent`.
    pub fn power(&self, exponent: &BigUint) -> BigUint {
        self.generator.modpow(exponent, &self.prime)
    }

    /// Whether a public half is far enough from the ends: between 2^(2048-64) and the prime less that much.
    pub fn is_safe(&self, half: &BigUint) -> bool {
        let margin = BigUint::from(1u8) << (2048u32 - 64);
        *half >= margin && *half <= &self.prime - &margin
    }
}

/// The 256 bytes of a number below the prime, with leading zeros where it is short.
pub(super) fn padded(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut padded = [0; 256];
    for (to, from) in padded.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_prime_really_is_safe_with_the_generators_that_we_take() {
        for generator in 2..=7 {
            let known = Group::checked(&WELL_KNOWN_PRIME, generator).is_ok();
            assert_eq!(known, check_p_and_g(&WELL_KNOWN_PRIME, &generator), "{generator}");
        }
    }

    #[test]
    fn bad_parameters_are_refused() {
        assert!(Group::checked(&WELL_KNOWN_PRIME, 3).is_ok());
        for generator in [i32::MIN, -3, 0, 1, 8, i32::MAX] {
            assert!(Group::checked(&WELL_KNOWN_PRIME, generator).is_err(), "{generator}");
        }
        assert!(Group::checked(&[], 3).is_err());
        assert!(Group::checked(&WELL_KNOWN_PRIME[..255], 3).is_err());
        let mut short = WELL_KNOWN_PRIME;
        short[0] = 0x47;
        assert!(Group::checked(&short, 3).is_err(), "2047 bits");
        let mut composite = WELL_KNOWN_PRIME;
        composite[255] ^= 2;
        assert!(Group::checked(&composite, 3).is_err());
    }

    #[test]
    fn halves_near_the_ends_are_refused() {
        let group = Group::checked(&WELL_KNOWN_PRIME, 3).unwrap();
        let one = BigUint::from(1u8);
        let margin = &one << 1984u32;
        for bad in [BigUint::ZERO, one.clone(), &margin - &one, group.prime() - &one, group.prime().clone()] {
            assert!(!group.is_safe(&bad));
        }
        assert!(!group.is_safe(&(group.prime() - &margin + &one)));
        assert!(group.is_safe(&margin));
        assert!(group.is_safe(&(group.prime() - &margin)));
    }

    #[test]
    fn numbers_are_padded_in_front() {
        let bytes = padded(&BigUint::from(0x0102u32));
        assert_eq!(bytes[253..], [0, 1, 2]);
        assert_eq!(padded(&BigUint::from_bytes_be(&WELL_KNOWN_PRIME)), WELL_KNOWN_PRIME);
    }
}
