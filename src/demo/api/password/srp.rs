//! The server's arithmetic of SRP (core.telegram.org/api/srp).

use crate::api::Fine;
use crate::api::auth::secret;
use crate::world::{Password, SrpChallenge};
use num_bigint::BigUint;
use sha2::{Digest, Sha256, Sha512};

/// Telegram's own prime, which clients know to be a good one.
#[rustfmt::skip]
pub(super) const PRIME: [u8; 256] = [
    0xc7, 0x1c, 0xae, 0xb9, 0xc6, 0xb1, 0xc9, 0x04, 0x8e, 0x6c, 0x52, 0x2f, 0x70, 0xf1, 0x3f, 0x73, 0x98, 0x0d, 0x40, 0x23, 0x8e, 0x3e, 0x21, 0xc1,
    0x49, 0x34, 0xd0, 0x37, 0x56, 0x3d, 0x93, 0x0f, 0x48, 0x19, 0x8a, 0x0a, 0xa7, 0xc1, 0x40, 0x58, 0x22, 0x94, 0x93, 0xd2, 0x25, 0x30, 0xf4, 0xdb,
    0xfa, 0x33, 0x6f, 0x6e, 0x0a, 0xc9, 0x25, 0x13, 0x95, 0x43, 0xae, 0xd4, 0x4c, 0xce, 0x7c, 0x37, 0x20, 0xfd, 0x51, 0xf6, 0x94, 0x58, 0x70, 0x5a,
    0xc6, 0x8c, 0xd4, 0xfe, 0x6b, 0x6b, 0x13, 0xab, 0xdc, 0x97, 0x46, 0x51, 0x29, 0x69, 0x32, 0x84, 0x54, 0xf1, 0x8f, 0xaf, 0x8c, 0x59, 0x5f, 0x64,
    0x24, 0x77, 0xfe, 0x96, 0xbb, 0x2a, 0x94, 0x1d, 0x5b, 0xcd, 0x1d, 0x4a, 0xc8, 0xcc, 0x49, 0x88, 0x07, 0x08, 0xfa, 0x9b, 0x37, 0x8e, 0x3c, 0x4f,
    0x3a, 0x90, 0x60, 0xbe, 0xe6, 0x7c, 0xf9, 0xa4, 0xa4, 0xa6, 0x95, 0x81, 0x10, 0x51, 0x90, 0x7e, 0x16, 0x27, 0x53, 0xb5, 0x6b, 0x0f, 0x6b, 0x41,
    0x0d, 0xba, 0x74, 0xd8, 0xa8, 0x4b, 0x2a, 0x14, 0xb3, 0x14, 0x4e, 0x0e, 0xf1, 0x28, 0x47, 0x54, 0xfd, 0x17, 0xed, 0x95, 0x0d, 0x59, 0x65, 0xb4,
    0xb9, 0xdd, 0x46, 0x58, 0x2d, 0xb1, 0x17, 0x8d, 0x16, 0x9c, 0x6b, 0xc4, 0x65, 0xb0, 0xd6, 0xff, 0x9c, 0xa3, 0x92, 0x8f, 0xef, 0x5b, 0x9a, 0xe4,
    0xe4, 0x18, 0xfc, 0x15, 0xe8, 0x3e, 0xbe, 0xa0, 0xf8, 0x7f, 0xa9, 0xff, 0x5e, 0xed, 0x70, 0x05, 0x0d, 0xed, 0x28, 0x49, 0xf4, 0x7b, 0xf9, 0x59,
    0xd9, 0x56, 0x85, 0x0c, 0xe9, 0x29, 0x85, 0x1f, 0x0d, 0x81, 0x15, 0xf6, 0x35, 0xb1, 0x05, 0xee, 0x2e, 0x4e, 0x15, 0xd0, 0x4b, 0x24, 0x54, 0xbf,
    0x6f, 0x4f, 0xad, 0xf0, 0x34, 0xb1, 0x04, 0x03, 0x11, 0x9c, 0xd8, 0xe3, 0xb9, 0x2f, 0xcc, 0x5b,
];
pub(super) const GENERATOR: u8 = 3;
const ITERATIONS: u32 = 100_000;

fn sha(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize().into()
}

/// To the length of the prime.
fn padded(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut all = [0; 256];
    for (to, from) in all.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    all
}

fn generator() -> [u8; 256] {
    padded(&BigUint::from(GENERATOR))
}

fn prime() -> BigUint {
    BigUint::from_bytes_be(&PRIME)
}

/// What the server keeps instead of the password.
fn verifier(password: &str, salt1: &[u8], salt2: &[u8]) -> BigUint {
    let first = sha(&[salt1, password.as_bytes(), salt1]);
    let first = sha(&[salt2, &first, salt2]);
    let mut stretched = [0; 64];
    pbkdf2::pbkdf2_hmac::<Sha512>(&first, salt1, ITERATIONS, &mut stretched);
    let x = BigUint::from_bytes_be(&sha(&[salt2, &stretched, salt2]));
    BigUint::from(GENERATOR).modpow(&x, &prime())
}

/// What is kept of a password, made now if need be.
pub(super) fn kept(password: &mut Password) -> BigUint {
    let Password { salt1, salt2, words, verifier: kept, .. } = password;
    kept.get_or_insert_with(|| verifier(words.as_deref().unwrap_or_default(), salt1, salt2)).clone()
}

impl SrpChallenge {
    /// A fresh one for this verifier.
    pub(super) fn new(user: i64, verifier: &BigUint) -> Fine<Self> {
        let secret_number = BigUint::from_bytes_be(&secret::<256>()?);
        let k = BigUint::from_bytes_be(&sha(&[&PRIME, &generator()]));
        let public = (k * verifier + BigUint::from(GENERATOR).modpow(&secret_number, &prime())) % prime();
        let id = i64::from_be_bytes(secret::<8>()?);
        Ok(Self { id, user, secret: secret_number, public: padded(&public) })
    }

    /// Whether the client knows the password.
    pub(super) fn accepts(&self, a: &[u8], m1: &[u8], verifier: &BigUint, salts: (&[u8], &[u8])) -> bool {
        let client = BigUint::from_bytes_be(a);
        if client == BigUint::ZERO || client >= prime() {
            return false;
        }
        let client_bytes = padded(&client);
        let u = BigUint::from_bytes_be(&sha(&[&client_bytes, &self.public]));
        let shared = (client * verifier.modpow(&u, &prime())).modpow(&self.secret, &prime());
        let key = sha(&[&padded(&shared)]);
        let mut mixed = sha(&[&PRIME]);
        for (to, from) in mixed.iter_mut().zip(sha(&[&generator()])) {
            *to ^= from;
        }
        let expected = sha(&[&mixed, &sha(&[salts.0]), &sha(&[salts.1]), &client_bytes, &self.public, &key]);
        m1 == expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_crypto::two_factor_auth::calculate_2fa;

    fn try_password(given: &str) -> bool {
        let (salt1, salt2) = (vec![1; 40], vec![2; 16]);
        let verifier = verifier("lantern-oil", &salt1, &salt2);
        let challenge = SrpChallenge::new(2, &verifier).unwrap();
        let a = secret::<256>().unwrap().to_vec();
        let (m1, g_a) = calculate_2fa(&salt1, &salt2, &PRIME, &3, challenge.public.to_vec(), a, given);
        challenge.accepts(&g_a, &m1, &verifier, (&salt1, &salt2))
    }

    #[test]
    fn only_the_right_password_opens() {
        assert!(try_password("lantern-oil"));
        assert!(!try_password("lantern-oi"));
        assert!(!try_password(""));
    }

    #[test]
    fn numbers_outside_the_group_are_refused() {
        let (salt1, salt2) = (vec![1; 40], vec![2; 16]);
        let verifier = verifier("x", &salt1, &salt2);
        let challenge = SrpChallenge::new(2, &verifier).unwrap();
        for a in [vec![], vec![0; 256], PRIME.to_vec(), vec![0xff; 300]] {
            assert!(!challenge.accepts(&a, &[0; 32], &verifier, (&salt1, &salt2)));
        }
    }
}
