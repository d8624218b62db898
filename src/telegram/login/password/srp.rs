//! The two-step password: proven without being sent (core.telegram.org/api/srp).

use crate::Error;
use grammers_crypto::two_factor_auth::{calculate_2fa, check_p_and_g};
use grammers_tl_types as tl;
use num_bigint::BigUint;

/// Bits of the prime that the protocol demands.
const PRIME_BITS: u64 = 2048;

/// Proves that we know the password. Slow (a hundred thousand hashes and a test for primes), so it runs beside.
pub(in crate::login) async fn proof(
    password: tl::types::account::Password,
    words: String,
) -> Result<tl::enums::InputCheckPasswordSrp, Error> {
    let mut secret = vec![0; 256];
    getrandom::fill(&mut secret).map_err(|_| Error::Protocol("the system has no random numbers".into()))?;
    tokio::task::spawn_blocking(move || answer(&password, &words, secret))
        .await
        .unwrap_or_else(|_| Err(Error::Protocol("the password could not be computed".into())))
}

fn answer(
    password: &tl::types::account::Password,
    words: &str,
    secret: Vec<u8>,
) -> Result<tl::enums::InputCheckPasswordSrp, Error> {
    let (Some(tl::enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)), Some(b), Some(id)) =
        (&password.current_algo, &password.srp_b, password.srp_id)
    else {
        return Err(Error::Protocol("an unknown kind of password".into()));
    };
    check(algo, b)?;
    let (m1, a) = calculate_2fa(&algo.salt1, &algo.salt2, &algo.p, &algo.g, b.clone(), secret, words);
    Ok(tl::types::InputCheckPasswordSrp { srp_id: id, a: a.to_vec(), m1: m1.to_vec() }.into())
}

/// A server that chose these badly could learn the password. What `check_p_and_g` would panic on is sorted out before.
fn check(
    algo: &tl::types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow,
    b: &[u8],
) -> Result<(), Error> {
    let unsafe_parameters = || Error::Protocol("unsafe parameters for the password".into());
    let p = BigUint::from_bytes_be(&algo.p);
    let g_b = BigUint::from_bytes_be(b);
    let edge = BigUint::from(1_u8) << (PRIME_BITS - 64);
    let in_range = b.len() <= 256 && g_b > edge && g_b < p && &p - &g_b > edge;
    if algo.p.len() != 256 || p.bits() != PRIME_BITS || !(2..=7).contains(&algo.g) || !in_range {
        return Err(unsafe_parameters());
    }
    if !check_p_and_g(&algo.p, &algo.g) {
        return Err(unsafe_parameters());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    /// The prime that Telegram uses.
    const P: &str = "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db\
                     fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
                     2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41\
                     0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
                     e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf\
                     6f4fadf034b10403119cd8e3b92fcc5b";

    fn prime() -> Vec<u8> {
        let digits: Vec<u8> = P.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    }

    fn password(p: Vec<u8>, g: i32, b: Vec<u8>) -> tl::types::account::Password {
        tl::types::account::Password {
            has_recovery: false,
            has_secure_values: false,
            has_password: true,
            current_algo: Some(
                tl::types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
                    salt1: vec![1; 16],
                    salt2: vec![2; 16],
                    g,
                    p,
                }
                .into(),
            ),
            srp_b: Some(b),
            srp_id: Some(77),
            hint: None,
            email_unconfirmed_pattern: None,
            new_algo: tl::enums::PasswordKdfAlgo::Unknown,
            new_secure_algo: tl::enums::SecurePasswordKdfAlgo::Unknown,
            secure_random: vec![],
            pending_reset_date: None,
            login_email_pattern: None,
        }
    }

    fn sha(parts: &[&[u8]]) -> Vec<u8> {
        parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize().to_vec()
    }

    fn padded(number: &BigUint) -> Vec<u8> {
        let bytes = number.to_bytes_be();
        [vec![0; 256 - bytes.len()], bytes].concat()
    }

    /// The server's side of the exchange, from the formulas: it knows v = g^x and never the password.
    #[test]
    fn the_server_can_check_the_proof() {
        let p = BigUint::from_bytes_be(&prime());
        let g = BigUint::from(3_u8);
        let words = "lantern";
        let v = g.modpow(&BigUint::from_bytes_be(&hashed(words)), &p);
        let k = BigUint::from_bytes_be(&sha(&[&prime(), &padded(&g)]));
        let b = BigUint::from_bytes_be(&[0x5a; 256]);
        let g_b = (&k * &v + g.modpow(&b, &p)) % &p;

        let sent = answer(&password(prime(), 3, padded(&g_b)), words, vec![0x3c; 256]).unwrap();
        let tl::enums::InputCheckPasswordSrp::Srp(sent) = sent else { panic!("empty") };
        assert_eq!(sent.srp_id, 77);

        let u = BigUint::from_bytes_be(&sha(&[&sent.a, &padded(&g_b)]));
        let a = BigUint::from_bytes_be(&sent.a);
        let s = (a * v.modpow(&u, &p)).modpow(&b, &p);
        let key = sha(&[&padded(&s)]);
        let both: Vec<u8> = sha(&[&prime()]).iter().zip(sha(&[&padded(&g)])).map(|(one, other)| one ^ other).collect();
        let expected = sha(&[&both, &sha(&[&[1; 16]]), &sha(&[&[2; 16]]), &sent.a, &padded(&g_b), &key]);
        assert_eq!(sent.m1, expected);

        let wrong = answer(&password(prime(), 3, padded(&g_b)), "lamp", vec![0x3c; 256]).unwrap();
        let tl::enums::InputCheckPasswordSrp::Srp(wrong) = wrong else { panic!("empty") };
        assert_ne!(wrong.m1, expected);
    }

    /// PH2 of the documentation, with HMAC and PBKDF2 written out over SHA-512.
    fn hashed(words: &str) -> Vec<u8> {
        let (salt1, salt2) = ([1_u8; 16], [2_u8; 16]);
        let ph1 = sha(&[&salt2, &sha(&[&salt1, words.as_bytes(), &salt1]), &salt2]);
        let mut block = hmac(&ph1, &[&salt1[..], &1_u32.to_be_bytes()].concat());
        let mut key = block.clone();
        for _ in 1..100_000 {
            block = hmac(&ph1, &block);
            key.iter_mut().zip(&block).for_each(|(sum, byte)| *sum ^= byte);
        }
        sha(&[&salt2, &key, &salt2])
    }

    fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
        use sha2::Sha512;
        let mut block = [0_u8; 128];
        block[..key.len()].copy_from_slice(key);
        let inner: Vec<u8> = block.iter().map(|byte| byte ^ 0x36).collect();
        let outer: Vec<u8> = block.iter().map(|byte| byte ^ 0x5c).collect();
        let inside = Sha512::new().chain_update(inner).chain_update(text).finalize();
        Sha512::new().chain_update(outer).chain_update(inside).finalize().to_vec()
    }

    #[test]
    fn bad_parameters_are_refused_and_do_not_panic() {
        let good = vec![0x5a; 256];
        let refused = |p: Vec<u8>, g, b: Vec<u8>| answer(&password(p, g, b), "lantern", vec![1; 256]).is_err();
        assert!(refused(prime(), 1, good.clone()));
        assert!(refused(prime(), 8, good.clone()));
        assert!(refused(prime(), -3, good.clone()));
        assert!(refused(prime()[1..].to_vec(), 3, good.clone()));
        assert!(refused(vec![], 3, good.clone()));
        assert!(refused([vec![0x7f], prime()[1..].to_vec()].concat(), 3, good.clone()));
        // Not a prime: an even number.
        let mut even = prime();
        even[255] ^= 1;
        assert!(refused(even, 3, good.clone()));
        assert!(refused(prime(), 3, vec![0; 256]));
        assert!(refused(prime(), 3, vec![]));
        assert!(refused(prime(), 3, vec![0xff; 256]));
        assert!(refused(prime(), 3, vec![0x5a; 300]));
        let unknown = tl::types::account::Password { current_algo: None, ..password(prime(), 3, good) };
        assert!(answer(&unknown, "lantern", vec![1; 256]).is_err());
    }
}
