//! What has to be known of a server before the first byte: its public key and where its datacenters are.
//!
//! The keys and addresses are Telegram's published ones (core.telegram.org/api/obtaining_api_id and the built-in
//! lists of the official clients).

use base64::Engine as _;
use grammers_tl_types::Serializable as _;
use num_bigint::BigUint;
use sha1::{Digest as _, Sha1};

/// Telegram's key, fingerprint d09d1d85de64fd85.
const PRODUCTION_KEY: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g
5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO
62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/
+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9
t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs
5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB
-----END RSA PUBLIC KEY-----";

/// The key of Telegram's test servers, fingerprint b25898df208d2603.
const TEST_KEY: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAyMEdY1aR+sCR3ZSJrtztKTKqigvO/vBfqACJLZtS7QMgCGXJ6XIR
yy7mx66W0/sOFa7/1mAZtEoIokDP3ShoqF4fVNb6XeqgQfaUHd8wJpDWHcR2OFwv
plUUI1PLTktZ9uW2WE23b+ixNwJjJGwBDJPQEQFBE+vfmH0JP503wr5INS1poWg/
j25sIWeYPHYeOrFp/eXaqhISP6G+q2IeTaWTXpwZj4LzXq5YOpk4bYEQ6mvRq7D1
aHWfYmlEGepfaYR8Q0YqvvhYtMte3ITnuSJs171+GDqpdKcSwHnd6FudwGO4pcCO
j4WcDuXc2CTHgH8gFTNhp/Y8/SpDOhvn9QIDAQAB
-----END RSA PUBLIC KEY-----";

/// Telegram's datacenters; IPv4 first.
const PRODUCTION_ADDRESSES: [(i32, &str); 10] = [
    (1, "149.154.175.53:443"),
    (2, "149.154.167.51:443"),
    (3, "149.154.175.100:443"),
    (4, "149.154.167.91:443"),
    (5, "91.108.56.130:443"),
    (1, "[2001:b28:f23d:f001::a]:443"),
    (2, "[2001:67c:4e8:f002::a]:443"),
    (3, "[2001:b28:f23d:f003::a]:443"),
    (4, "[2001:67c:4e8:f004::a]:443"),
    (5, "[2001:b28:f23f:f005::a]:443"),
];

/// Telegram's test datacenters; IPv4 first.
const TEST_ADDRESSES: [(i32, &str); 6] = [
    (1, "149.154.175.10:443"),
    (2, "149.154.167.40:443"),
    (3, "149.154.175.117:443"),
    (1, "[2001:b28:f23d:f001::e]:443"),
    (2, "[2001:67c:4e8:f002::e]:443"),
    (3, "[2001:b28:f23d:f003::e]:443"),
];

/// The bits that RSA_PAD needs (core.telegram.org/mtproto/auth_key): neither more nor less.
const KEY_BITS: u64 = 2048;

/// A server's public RSA key, with which the first secret of a key exchange is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerKey {
    modulus: BigUint,
    exponent: BigUint,
    fingerprint: i64,
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ServerKey({:016x})", self.fingerprint)
    }
}

/// Why a text is no public key that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no `RSA PUBLIC KEY` or `PUBLIC KEY` block in it.
    #[error("there is no PEM block with a public key in it")]
    NoPem,
    /// The block is damaged.
    #[error("the PEM block is damaged")]
    Damaged,
    /// It is a key for another algorithm.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// The key has another length than the protocol needs.
    #[error("the key has {0} bits, 2048 are needed")]
    Length(u64),
}

impl ServerKey {
    /// Reads the first public key of a PEM text: PKCS#1 (`RSA PUBLIC KEY`) or SPKI (`PUBLIC KEY`).
    pub fn from_pem(pem: &str) -> Result<ServerKey, KeyError> {
        let (label, body) = pem_block(pem).ok_or(KeyError::NoPem)?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(body).map_err(|_| KeyError::Damaged)?;
        let key = match label {
            "RSA PUBLIC KEY" => bytes.as_slice(),
            "PUBLIC KEY" => inside_spki(&bytes)?,
            _ => return Err(KeyError::NoPem),
        };
        let (key, rest) = der_value(key, SEQUENCE).ok_or(KeyError::Damaged)?;
        let (modulus, after) = der_value(key, INTEGER).ok_or(KeyError::Damaged)?;
        let (exponent, after) = der_value(after, INTEGER).ok_or(KeyError::Damaged)?;
        if !rest.is_empty() || !after.is_empty() {
            return Err(KeyError::Damaged);
        }
        Self::new(BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent))
    }

    /// From its two numbers.
    pub(crate) fn new(modulus: BigUint, exponent: BigUint) -> Result<ServerKey, KeyError> {
        // A shorter modulus would make RSA_PAD try for ever.
        if modulus.bits() != KEY_BITS {
            return Err(KeyError::Length(modulus.bits()));
        }
        if exponent < BigUint::from(3u8) || !exponent.bit(0) || !modulus.bit(0) {
            return Err(KeyError::Damaged);
        }
        let fingerprint = fingerprint(&modulus, &exponent);
        Ok(ServerKey { modulus, exponent, fingerprint })
    }

    /// The number under which a server names this key (core.telegram.org/mtproto/auth_key).
    pub fn fingerprint(&self) -> i64 {
        self.fingerprint
    }

    /// The key in the form that `grammers_crypto` takes.
    pub(crate) fn rsa(&self) -> Option<grammers_crypto::rsa::Key> {
        grammers_crypto::rsa::Key::new(&self.modulus.to_string(), &self.exponent.to_string())
    }

    /// Telegram's own key.
    pub(crate) fn production() -> Option<ServerKey> {
        Self::from_pem(PRODUCTION_KEY).ok()
    }

    /// The key of Telegram's test servers.
    pub(crate) fn test() -> Option<ServerKey> {
        Self::from_pem(TEST_KEY).ok()
    }
}

/// Where a datacenter of Telegram is, best address first. Empty for a number that does not exist.
pub(crate) fn production_addresses(dc: i32) -> Vec<String> {
    of_datacenter(&PRODUCTION_ADDRESSES, dc)
}

/// Where a datacenter of Telegram's test servers is, best address first.
pub(crate) fn test_addresses(dc: i32) -> Vec<String> {
    of_datacenter(&TEST_ADDRESSES, dc)
}

fn of_datacenter(list: &[(i32, &str)], dc: i32) -> Vec<String> {
    list.iter().filter(|(id, _)| *id == dc).map(|(_, address)| (*address).to_owned()).collect()
}

/// The lower 64 bits of the SHA1 of the bare `rsa_public_key n:string e:string`.
fn fingerprint(modulus: &BigUint, exponent: &BigUint) -> i64 {
    let mut bare = Vec::with_capacity(272);
    modulus.to_bytes_be().serialize(&mut bare);
    exponent.to_bytes_be().serialize(&mut bare);
    let hash: [u8; 20] = Sha1::digest(&bare).into();
    let [.., a, b, c, d, e, f, g, h] = hash;
    i64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The label and the base64 text, without white space, of the first PEM block that holds a public key.
fn pem_block(pem: &str) -> Option<(&str, String)> {
    let mut rest = pem;
    loop {
        let (_, after) = rest.split_once("-----BEGIN ")?;
        let (label, after) = after.split_once("-----")?;
        let (body, after) = after.split_once("-----END ")?;
        if label.ends_with("PUBLIC KEY") {
            // A block that ends under another name was cut or glued together.
            let ends_alike = after.strip_prefix(label).is_some_and(|after| after.starts_with("-----"));
            return ends_alike.then(|| (label, body.split_whitespace().collect()));
        }
        rest = after;
    }
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// rsaEncryption, 1.2.840.113549.1.1.1.
const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The PKCS#1 key inside a SubjectPublicKeyInfo.
fn inside_spki(bytes: &[u8]) -> Result<&[u8], KeyError> {
    let (info, _) = der_value(bytes, SEQUENCE).ok_or(KeyError::Damaged)?;
    let (algorithm, after) = der_value(info, SEQUENCE).ok_or(KeyError::Damaged)?;
    let (id, _) = der_value(algorithm, OBJECT_ID).ok_or(KeyError::Damaged)?;
    if id != RSA_ENCRYPTION {
        return Err(KeyError::NotRsa);
    }
    let (bits, _) = der_value(after, BIT_STRING).ok_or(KeyError::Damaged)?;
    // The first byte says how many bits of the last one do not count.
    bits.strip_prefix(&[0]).ok_or(KeyError::Damaged)
}

/// The content of a DER value with this tag at the start of `bytes`, and what follows it.
fn der_value(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = match *length {
        short @ 0..=0x7f => (usize::from(short), rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])), rest.get(2..)?),
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Telegram's key again, as `openssl rsa -RSAPublicKey_in -pubout` writes it.
    const PRODUCTION_SPKI: &str = "Bag Attributes\r\n-----BEGIN PUBLIC KEY-----\r
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6LszBcC1LGzyr992NzE0\r
ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9k\r
rM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO62cECs5HKhT5DZ98K33vmWiLowc621dQ\r
uwKWSQKjWf50XYFw42h21P2KXUGyp2y/+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5\r
gpYc397aYp438fsJoHIgJ2lgMv5h7WY9t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRU\r
hebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP\r
8wIDAQAB\r
-----END PUBLIC KEY-----\r\n";

    #[test]
    fn the_built_in_keys_have_their_published_fingerprints() {
        assert_eq!(ServerKey::production().unwrap().fingerprint(), 0xd09d1d85de64fd85_u64 as i64);
        assert_eq!(ServerKey::test().unwrap().fingerprint(), 0xb25898df208d2603_u64 as i64);
        assert!(ServerKey::production().unwrap().rsa().is_some());
    }

    #[test]
    fn spki_and_pkcs1_give_the_same_key() {
        assert_eq!(ServerKey::from_pem(PRODUCTION_SPKI).unwrap(), ServerKey::production().unwrap());
    }

    #[test]
    fn a_certificate_before_the_key_is_skipped() {
        let text = format!("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{TEST_KEY}");
        assert_eq!(ServerKey::from_pem(&text).unwrap(), ServerKey::test().unwrap());
    }

    #[test]
    fn junk_is_refused() {
        assert_eq!(ServerKey::from_pem(""), Err(KeyError::NoPem));
        assert_eq!(ServerKey::from_pem("hello"), Err(KeyError::NoPem));
        assert_eq!(
            ServerKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
            Err(KeyError::NoPem)
        );
        assert_eq!(
            ServerKey::from_pem("-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----"),
            Err(KeyError::Damaged)
        );
        assert_eq!(
            ServerKey::from_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----"),
            Err(KeyError::NoPem)
        );
        // Ed25519.
        let other = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----";
        assert_eq!(ServerKey::from_pem(other), Err(KeyError::NotRsa));
    }

    #[test]
    fn a_key_cut_at_any_byte_is_refused() {
        let body: String = PRODUCTION_KEY.lines().filter(|line| !line.starts_with("--")).collect();
        let der = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
        for length in 0..der.len() {
            let cut = base64::engine::general_purpose::STANDARD.encode(&der[..length]);
            let pem = format!("-----BEGIN RSA PUBLIC KEY-----\n{cut}\n-----END RSA PUBLIC KEY-----");
            assert!(ServerKey::from_pem(&pem).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        let modulus = (BigUint::from(1u8) << 1023u32) + 1u8;
        assert_eq!(ServerKey::new(modulus, BigUint::from(65537u32)), Err(KeyError::Length(1024)));
    }

    #[test]
    fn every_built_in_address_can_be_parsed() {
        for (_, address) in PRODUCTION_ADDRESSES.iter().chain(&TEST_ADDRESSES) {
            assert!(address.parse::<std::net::SocketAddr>().is_ok(), "{address}");
        }
        assert_eq!(production_addresses(2).len(), 2);
        assert!(production_addresses(77).is_empty());
    }
}
