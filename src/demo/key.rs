//! The keys: the server's RSA key, and the auth keys that clients have made.

pub(crate) mod binding;

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grammers_tl_types::Serializable;
use num_bigint::BigUint;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

/// The two primes of the demo server's RSA key. **A published private key, on purpose**: it guards nothing but made-up
/// chats on a loopback socket, and making a new one at each start would cost seconds. (`openssl genrsa 2048`.)
const P: &str = "cb14b62bc7812516e9905536e75a8b0bb7cb7ec1708ecc183b93ed95d633aff2\
    d148e19201ea72b3cc75f823a66bfc0d1044875dd0d90ba5de8d473711918fa8\
    0bbf4121da38cde412b1ad994117ace134cbf84cabbf1238b187a0739813ace5\
    286383227abc8f96872e8260931bd7590e255aec04e7db16885c8a1935d528db";
const Q: &str = "c632d2f19c5bf8aa6e3b55abb79888731aa444d1ff781271a4bfa27c87382754\
    294072112e290f339cfb373ffcabe31dc0869665a51b525ad0c5e4c1f3f8ebb2\
    97d13abbf3ad31daa76fe48acb6c7d228a6673ca19de2562009b77eacab177d8\
    02de4c4b1e915d16863de153346855e26e85dee13552396b8682fc1b0c322507";
const PUBLIC_EXPONENT: u32 = 65537;

/// The length of the RSA modulus and of all that is encrypted with it.
pub(crate) const RSA_LENGTH: usize = 256;

/// The server's RSA key, with what the Chinese remainder theorem makes four times faster.
pub(crate) struct RsaKey {
    n: BigUint,
    p: BigUint,
    q: BigUint,
    d_p: BigUint,
    d_q: BigUint,
    q_inverse: BigUint,
    fingerprint: i64,
}

impl RsaKey {
    /// The published key of all demo servers.
    pub(crate) fn demo() -> Option<Self> {
        let p = BigUint::parse_bytes(P.as_bytes(), 16)?;
        let q = BigUint::parse_bytes(Q.as_bytes(), 16)?;
        let e = BigUint::from(PUBLIC_EXPONENT);
        let n = &p * &q;
        let d_p = e.modinv(&(&p - 1u32))?;
        let d_q = e.modinv(&(&q - 1u32))?;
        let q_inverse = q.modinv(&p)?;
        // "64 lower-order bits of SHA1" over the TL-serialised numbers: https://core.telegram.org/mtproto/auth_key
        let mut bare = n.to_bytes_be().to_bytes();
        bare.extend(e.to_bytes_be().to_bytes());
        let digest: [u8; 20] = Sha1::digest(&bare).into();
        let fingerprint = i64::from_le_bytes(*digest.last_chunk::<8>()?);
        Some(Self { n, p, q, d_p, d_q, q_inverse, fingerprint })
    }

    /// The name under which the server offers the key.
    pub(crate) fn fingerprint(&self) -> i64 {
        self.fingerprint
    }

    /// PKCS#1 `RSA PUBLIC KEY`.
    pub(crate) fn public_pem(&self) -> String {
        let mut numbers = der(0x02, &unsigned(&self.n));
        numbers.extend(der(0x02, &unsigned(&BigUint::from(PUBLIC_EXPONENT))));
        let encoded = STANDARD.encode(der(0x30, &numbers));
        let mut pem = String::from("-----BEGIN RSA PUBLIC KEY-----\n");
        for (i, letter) in encoded.chars().enumerate() {
            if i > 0 && i % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push_str("\n-----END RSA PUBLIC KEY-----\n");
        pem
    }

    /// The private operation, `None` when the number is not below the modulus.
    pub(crate) fn decrypt(&self, encrypted: &[u8]) -> Option<[u8; RSA_LENGTH]> {
        let c = BigUint::from_bytes_be(encrypted);
        if c >= self.n {
            return None;
        }
        let m_p = c.modpow(&self.d_p, &self.p);
        let m_q = c.modpow(&self.d_q, &self.q);
        let h = ((&m_p + &self.p) - (&m_q % &self.p)) * &self.q_inverse % &self.p;
        padded(&(m_q + h * &self.q))
    }
}

/// A number as exactly 256 big-endian bytes.
pub(crate) fn padded(number: &BigUint) -> Option<[u8; 256]> {
    let bytes = number.to_bytes_be();
    let mut out = [0u8; 256];
    let from = out.len().checked_sub(bytes.len())?;
    out.get_mut(from..)?.copy_from_slice(&bytes);
    Some(out)
}

/// DER wants a leading zero where the first bit would say "negative".
fn unsigned(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=0x7f => out.push(short as u8),
        long => {
            let length: Vec<u8> = long.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | length.len() as u8);
            out.extend(length);
        }
    }
    out.extend_from_slice(content);
    out
}

/// How long one salt is the current one, in seconds; it is taken for half as long after that.
pub(crate) const SALT_PERIOD: i64 = 3600;

/// One device on one datacenter.
pub(crate) struct AuthKey {
    data: Box<[u8; 256]>,
    id: i64,
    dc: i32,
    /// The salt that the exchange itself agreed on, and until when it is taken.
    first_salt: i64,
    first_salt_until: i64,
    /// [`Epochs`] when the key was made.
    made_in: Epochs,
    /// The layer that the client named last.
    layer: AtomicI32,
    /// When a temporary key ends (unix seconds).
    expires_at: Option<i64>,
    /// The permanent key for which a temporary one stands.
    bound_to: OnceLock<i64>,
}

impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthKey").field("dc", &self.dc).finish_non_exhaustive()
    }
}

/// Counters that scripted trouble moves: each step makes older salts, or older keys, worthless.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Epochs {
    pub(crate) salts: u64,
    pub(crate) keys: u64,
}

impl AuthKey {
    /// A key as both sides computed it, made at `now` (unix seconds).
    pub(crate) fn new(data: [u8; 256], dc: i32, first_salt: i64, now: i64, made_in: Epochs) -> Self {
        let digest: [u8; 20] = Sha1::digest(data).into();
        let id = digest.last_chunk::<8>().map_or(0, |tail| i64::from_le_bytes(*tail));
        Self {
            data: Box::new(data),
            id,
            dc,
            first_salt,
            first_salt_until: now + SALT_PERIOD,
            made_in,
            layer: AtomicI32::new(0),
            expires_at: None,
            bound_to: OnceLock::new(),
        }
    }

    /// The same as a temporary key: <https://core.telegram.org/api/pfs>.
    pub(crate) fn temporary(mut self, expires_at: i64) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// When a temporary key ends; `None` for a permanent one.
    pub(crate) fn expires_at(&self) -> Option<i64> {
        self.expires_at
    }

    /// The id under which the world knows the device: of the permanent key, once a temporary one is bound to it.
    pub(crate) fn device(&self) -> Option<i64> {
        match self.expires_at {
            None => Some(self.id),
            Some(_) => self.bound_to.get().copied(),
        }
    }

    /// A temporary key stands for this permanent one from now on; `false` when it stands for another already.
    pub(crate) fn bind(&self, permanent: i64) -> bool {
        *self.bound_to.get_or_init(|| permanent) == permanent
    }

    /// The secret itself.
    pub(crate) fn data(&self) -> &[u8; 256] {
        &self.data
    }

    /// The lower 64 bits of its SHA1.
    pub(crate) fn id(&self) -> i64 {
        self.id
    }

    /// The datacenter on which it was made, the only one that knows it.
    pub(crate) fn dc(&self) -> i32 {
        self.dc
    }

    /// The layer that the client named last, 0 before.
    pub(crate) fn layer(&self) -> i32 {
        self.layer.load(Ordering::Relaxed)
    }

    /// The client speaks this layer from now on.
    pub(crate) fn set_layer(&self, layer: i32) {
        self.layer.store(layer, Ordering::Relaxed);
    }

    /// The salt of the period in which `at` lies.
    pub(crate) fn salt(&self, at: i64, epochs: Epochs) -> i64 {
        let digest: [u8; 32] = Sha256::new()
            .chain_update(self.data.as_slice())
            .chain_update(at.div_euclid(SALT_PERIOD).to_le_bytes())
            .chain_update(epochs.salts.to_le_bytes())
            .finalize()
            .into();
        digest.first_chunk::<8>().map_or(1, |head| i64::from_le_bytes(*head))
    }

    /// Whether a message of this moment may carry this salt.
    pub(crate) fn takes_salt(&self, salt: i64, now: i64, epochs: Epochs) -> bool {
        salt == self.salt(now, epochs)
            || salt == self.salt(now - SALT_PERIOD / 2, epochs)
            || (salt == self.first_salt && now < self.first_salt_until && epochs.salts == self.made_in.salts)
    }
}

/// How many keys are kept; beyond it the oldest is forgotten, and its client has to make a new one.
const MOST_KEYS: usize = 4096;

/// All auth keys of all datacenters.
#[derive(Debug, Default)]
pub(crate) struct AuthKeys {
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    by_id: HashMap<i64, Arc<AuthKey>>,
    oldest_first: VecDeque<i64>,
}

impl AuthKeys {
    /// Keeps a new key; `false` when one with this id exists, so that the exchange has to be repeated.
    pub(crate) fn add(&self, key: Arc<AuthKey>) -> bool {
        let mut keys = self.lock();
        if key.id == 0 || keys.by_id.contains_key(&key.id) {
            return false;
        }
        keys.oldest_first.push_back(key.id);
        keys.by_id.insert(key.id, key);
        while keys.oldest_first.len() > MOST_KEYS {
            if let Some(oldest) = keys.oldest_first.pop_front() {
                keys.by_id.remove(&oldest);
            }
        }
        true
    }

    /// The key of this id, if it was made on this datacenter and since keys were forgotten last, and lives at `now`.
    pub(crate) fn find(&self, id: i64, dc: i32, now: i64, epochs: Epochs) -> Option<Arc<AuthKey>> {
        let keys = self.lock();
        let key = keys.by_id.get(&id).filter(|key| key.dc == dc && key.made_in.keys == epochs.keys)?;
        key.expires_at.is_none_or(|end| now < end).then(|| key.clone())
    }

    /// Forgets one key; `false` when there was none.
    pub(crate) fn remove(&self, id: i64) -> bool {
        let mut keys = self.lock();
        keys.oldest_first.retain(|other| *other != id);
        keys.by_id.remove(&id).is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `openssl rsa -RSAPublicKey_out` printed for the same primes.
    const OPENSSL_PEM: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAnTpWSBjT12pq7+4gBGHHXEWugAdGsq+30+5aqCaX/H6/l+O/2Mni
6UejbpSzcdLxMdYvRJR63NdMI3nLM1i8oTgQ1D3WJHeiHbzkgoTIccsudEYe5i2V
AQEEizJwDKN0IHNiZtFXVWJKQR9Z9AjYSbplc8RwmBd/o0wKY6GAPLnQSeGyj7/V
dSGVuNRtS/Fa/FCJFJOlrNbp/6dqmLHx6hT9HaEFrgIBOgdNGhca5H+Mw0GUYsbi
8c//ihHToqUYtSsp2fwcFdA0JfAgZ+FSGolvsiw3CRk1iDusSdGygoQFvHFDf222
c+Xjry3U+g2p86DtV63RWbAk2NAdhoHE/QIDAQAB
-----END RSA PUBLIC KEY-----
";

    #[test]
    fn the_public_key_is_the_one_that_openssl_writes() {
        assert_eq!(RsaKey::demo().unwrap().public_pem(), OPENSSL_PEM);
    }

    #[test]
    fn decrypts_what_the_public_half_encrypted() {
        let key = RsaKey::demo().unwrap();
        let e = BigUint::from(PUBLIC_EXPONENT);
        for start in [0u8, 1, 77] {
            let mut plain = [0u8; 256];
            plain.iter_mut().enumerate().skip(1).for_each(|(i, byte)| *byte = start.wrapping_mul(i as u8));
            let encrypted = BigUint::from_bytes_be(&plain).modpow(&e, &key.n).to_bytes_be();
            assert_eq!(key.decrypt(&encrypted).unwrap(), plain);
        }
        assert!(key.decrypt(&[0xff; 256]).is_none());
    }

    #[test]
    fn salts_overlap_and_expire() {
        let key = AuthKey::new([3; 256], 2, 99, 10_000, Epochs::default());
        let (now, none) = (10 * SALT_PERIOD, Epochs::default());
        let salt = key.salt(now, none);
        assert!(key.takes_salt(salt, now + SALT_PERIOD - 1, none));
        assert!(key.takes_salt(salt, now + SALT_PERIOD + 60, none));
        assert!(!key.takes_salt(salt, now + 2 * SALT_PERIOD, none));
        assert!(key.takes_salt(99, 10_001, none));
        assert!(!key.takes_salt(99, 10_000 + SALT_PERIOD, none));
        let later = Epochs { salts: 1, keys: 0 };
        assert!(!key.takes_salt(99, 10_001, later) && !key.takes_salt(salt, now, later));
        assert!(!key.takes_salt(salt ^ 1, now, none));
    }

    #[test]
    fn keys_belong_to_their_datacenter_and_are_bounded() {
        let keys = AuthKeys::default();
        let now = Epochs::default();
        let make = |i: u32| {
            let mut data = [0u8; 256];
            data[..4].copy_from_slice(&i.to_le_bytes());
            Arc::new(AuthKey::new(data, 2, 0, 0, Epochs::default()))
        };
        let first = make(0);
        assert!(keys.add(first.clone()));
        assert!(!keys.add(first.clone()), "the same id twice");
        assert!(keys.find(first.id(), 2, 0, now).is_some());
        assert!(keys.find(first.id(), 4, 0, now).is_none());
        assert!(keys.find(first.id(), 2, 0, Epochs { salts: 0, keys: 1 }).is_none(), "forgotten");
        for i in 1..=MOST_KEYS as u32 {
            assert!(keys.add(make(i)));
        }
        assert!(keys.find(first.id(), 2, 0, now).is_none(), "the oldest had to go");
        let last = make(MOST_KEYS as u32);
        assert!(keys.remove(last.id()) && !keys.remove(last.id()));
    }

    #[test]
    fn a_temporary_key_ends_and_stands_for_one_permanent_key() {
        let key = Arc::new(AuthKey::new([9; 256], 2, 0, 0, Epochs::default()).temporary(1000));
        assert_eq!(key.device(), None, "for nobody before it is bound");
        assert!(key.bind(77) && key.bind(77) && !key.bind(78));
        assert_eq!(key.device(), Some(77));
        let keys = AuthKeys::default();
        keys.add(key.clone());
        assert!(keys.find(key.id(), 2, 999, Epochs::default()).is_some());
        assert!(keys.find(key.id(), 2, 1000, Epochs::default()).is_none());
    }

    #[test]
    fn a_key_is_not_printed() {
        let key = AuthKey::new([0x5a; 256], 2, 77_777, 0, Epochs::default());
        let shown = format!("{key:?}");
        assert!(!shown.contains("90") && !shown.contains("77777"), "{shown}");
    }
}
