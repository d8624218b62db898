//! Making an auth key, the server's side of <https://core.telegram.org/mtproto/auth_key>.
//!
//! No I/O: one [`Exchange`] a connection takes the bodies of plain messages and gives the bodies to answer.

mod puzzle;

use std::sync::Arc;

use grammers_crypto::aes::{ige_decrypt, ige_encrypt};
use grammers_crypto::generate_key_data_from_nonce;
use grammers_tl_types::{Cursor, Deserializable, Identifiable, Serializable, enums, functions, types};
use num_bigint::BigUint;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use thiserror::Error;

use self::puzzle::two_primes;
use crate::key::{AuthKey, Epochs, RSA_LENGTH, RsaKey, padded};
use crate::wire::constructor;

/// The 2048-bit safe prime that Telegram's own servers use; clients know it and need not test it.
const DH_PRIME: &str = "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
    48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
    20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
    2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
    a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
    fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
    e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
    0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";
/// Generates the subgroup of quadratic residues, as the prime is 2 modulo 3.
const GENERATOR: i32 = 3;

/// The longest life of a temporary key, in seconds: 30 days. Clients ask for a day.
const LONGEST_LIFE: i32 = 30 * 24 * 3600;

/// Why an exchange cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Refusal {
    #[error("not a message of the key exchange, or out of order")]
    Unexpected,
    #[error("a nonce differs")]
    Nonce,
    #[error("the factors are wrong")]
    Factors,
    #[error("another RSA key was used")]
    Fingerprint,
    #[error("the encrypted part cannot be opened")]
    Encrypted,
    #[error("made for another datacenter")]
    Datacenter,
    #[error("the system gives no randomness")]
    Randomness,
}

/// What the exchange needs to know of the server around it.
pub(crate) struct Surroundings<'a> {
    pub(crate) rsa: &'a RsaKey,
    pub(crate) dc: i32,
    /// Unix seconds.
    pub(crate) now: i64,
    pub(crate) epochs: Epochs,
    /// Keeps the new key, or does not.
    pub(crate) keep: &'a dyn Fn(Arc<AuthKey>) -> Kept,
}

/// What became of a new key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is known from now on.
    Known,
    /// There is one of this id: the client has to choose another.
    Taken,
    /// The exchange has failed: the client has to begin anew.
    Failed,
}

/// One exchange, from the first question to the key.
#[derive(Default)]
pub(crate) struct Exchange {
    stage: Stage,
}

#[derive(Default)]
enum Stage {
    #[default]
    Fresh,
    Asked {
        nonces: Nonces,
        p: u32,
        q: u32,
    },
    Parameters(Box<Parameters>),
}

#[derive(Clone, Copy)]
struct Nonces {
    client: [u8; 16],
    server: [u8; 16],
}

struct Parameters {
    nonces: Nonces,
    new_nonce: [u8; 32],
    a: BigUint,
    prime: BigUint,
    /// The auxiliary hash of the key that had to be given up, 0 on the first try.
    retry_id: i64,
    /// How many seconds a temporary key is to live.
    lifetime: Option<i32>,
}

fn random<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| Refusal::Randomness)?;
    Ok(bytes)
}

/// Reads a function of the exchange; its `deserialize` starts behind the constructor.
fn arguments<T: Deserializable>(body: &[u8]) -> Result<T, Refusal> {
    T::from_bytes(body.get(4..).unwrap_or_default()).map_err(|_| Refusal::Unexpected)
}

impl Exchange {
    /// Takes one plain message and gives the body of the answer.
    pub(crate) fn step(&mut self, body: &[u8], around: &Surroundings<'_>) -> Result<Vec<u8>, Refusal> {
        // After a refusal the exchange starts anew.
        let stage = std::mem::take(&mut self.stage);
        match (constructor(body), stage) {
            (Some(functions::ReqPqMulti::CONSTRUCTOR_ID), _) => {
                self.ask(arguments::<functions::ReqPqMulti>(body)?.nonce, around)
            }
            (Some(functions::ReqPq::CONSTRUCTOR_ID), _) => self.ask(arguments::<functions::ReqPq>(body)?.nonce, around),
            (Some(functions::ReqDhParams::CONSTRUCTOR_ID), Stage::Asked { nonces, p, q }) => {
                self.parameters(&arguments(body)?, nonces, (p, q), around)
            }
            (Some(functions::SetClientDhParams::CONSTRUCTOR_ID), Stage::Parameters(parameters)) => {
                self.finish(arguments(body)?, *parameters, around)
            }
            _ => Err(Refusal::Unexpected),
        }
    }

    fn ask(&mut self, client: [u8; 16], around: &Surroundings<'_>) -> Result<Vec<u8>, Refusal> {
        let server = random()?;
        let (p, q) = two_primes()?;
        self.stage = Stage::Asked { nonces: Nonces { client, server }, p, q };
        Ok(enums::ResPq::Pq(types::ResPq {
            nonce: client,
            server_nonce: server,
            pq: (u64::from(p) * u64::from(q)).to_be_bytes().to_vec(),
            server_public_key_fingerprints: vec![around.rsa.fingerprint()],
        })
        .to_bytes())
    }

    fn parameters(
        &mut self,
        request: &functions::ReqDhParams,
        nonces: Nonces,
        (p, q): (u32, u32),
        around: &Surroundings<'_>,
    ) -> Result<Vec<u8>, Refusal> {
        if request.nonce != nonces.client || request.server_nonce != nonces.server {
            return Err(Refusal::Nonce);
        }
        if number(&request.p) != Some(p.into()) || number(&request.q) != Some(q.into()) {
            return Err(Refusal::Factors);
        }
        if request.public_key_fingerprint != around.rsa.fingerprint() {
            return Err(Refusal::Fingerprint);
        }
        let inner = Inner::from(open(around.rsa, &request.encrypted_data).ok_or(Refusal::Encrypted)?);
        if inner.nonce != nonces.client || inner.server_nonce != nonces.server {
            return Err(Refusal::Nonce);
        }
        if number(&inner.p) != Some(p.into())
            || number(&inner.q) != Some(q.into())
            || number(&inner.pq) != Some(u64::from(p) * u64::from(q))
        {
            return Err(Refusal::Factors);
        }
        // Test datacenters count from 10000, media connections are negative.
        if inner.dc.is_some_and(|dc| dc.unsigned_abs() % 10_000 != around.dc.unsigned_abs()) {
            return Err(Refusal::Datacenter);
        }

        let prime = BigUint::parse_bytes(DH_PRIME.as_bytes(), 16).ok_or(Refusal::Unexpected)?;
        let g = BigUint::from(GENERATOR.unsigned_abs());
        let (a, g_a) = loop {
            let a = BigUint::from_bytes_be(&random::<256>()?);
            let g_a = g.modpow(&a, &prime);
            if in_safe_range(&g_a, &prime) {
                break (a, g_a);
            }
        };
        let answer = enums::ServerDhInnerData::Data(types::ServerDhInnerData {
            nonce: nonces.client,
            server_nonce: nonces.server,
            g: GENERATOR,
            dh_prime: prime.to_bytes_be(),
            g_a: g_a.to_bytes_be(),
            server_time: i32::try_from(around.now).unwrap_or(i32::MAX),
        })
        .to_bytes();
        let mut encrypted = Sha1::digest(&answer).to_vec();
        encrypted.extend(answer);
        let padding = (16 - encrypted.len() % 16) % 16;
        encrypted.extend(random::<16>()?.iter().take(padding));
        let (key, iv) = generate_key_data_from_nonce(&nonces.server, &inner.new_nonce);
        ige_encrypt(&mut encrypted, &key, &iv);

        let (new_nonce, lifetime) = (inner.new_nonce, inner.lifetime);
        self.stage = Stage::Parameters(Box::new(Parameters { nonces, new_nonce, a, prime, retry_id: 0, lifetime }));
        Ok(enums::ServerDhParams::Ok(types::ServerDhParamsOk {
            nonce: nonces.client,
            server_nonce: nonces.server,
            encrypted_answer: encrypted,
        })
        .to_bytes())
    }

    fn finish(
        &mut self,
        mut request: functions::SetClientDhParams,
        parameters: Parameters,
        around: &Surroundings<'_>,
    ) -> Result<Vec<u8>, Refusal> {
        let Nonces { client: nonce, server: server_nonce } = parameters.nonces;
        let new_nonce = parameters.new_nonce;
        if request.nonce != nonce || request.server_nonce != server_nonce {
            return Err(Refusal::Nonce);
        }
        let inner = open_client_part(&mut request.encrypted_data, &server_nonce, &new_nonce)?;
        if inner.nonce != nonce || inner.server_nonce != server_nonce {
            return Err(Refusal::Nonce);
        }
        let g_b = BigUint::from_bytes_be(&inner.g_b);
        let data = padded(&g_b.modpow(&parameters.a, &parameters.prime)).ok_or(Refusal::Encrypted)?;
        let hash = |number: u8| grammers_crypto::AuthKey::from_bytes(data).calc_new_nonce_hash(&new_nonce, number);
        let failed = || {
            let told = types::DhGenFail { nonce, server_nonce, new_nonce_hash3: hash(3) };
            enums::SetClientDhParamsAnswer::DhGenFail(told).to_bytes()
        };
        if !in_safe_range(&g_b, &parameters.prime) || inner.retry_id != parameters.retry_id {
            return Ok(failed());
        }
        let first_salt = first_salt(&server_nonce, &new_nonce);
        let mut key = AuthKey::new(data, around.dc, first_salt, around.now, around.epochs);
        if let Some(lifetime) = parameters.lifetime {
            key = key.temporary(around.now + i64::from(lifetime.clamp(1, LONGEST_LIFE)));
        }
        match (around.keep)(Arc::new(key)) {
            Kept::Known => {
                let new_nonce_hash1 = hash(1);
                let done = types::DhGenOk { nonce, server_nonce, new_nonce_hash1 };
                return Ok(enums::SetClientDhParamsAnswer::DhGenOk(done).to_bytes());
            }
            Kept::Failed => return Ok(failed()),
            Kept::Taken => {}
        }
        let new_nonce_hash2 = hash(2);
        let digest: [u8; 20] = Sha1::digest(data).into();
        let retry_id = digest.first_chunk::<8>().map_or(0, |head| i64::from_le_bytes(*head));
        self.stage = Stage::Parameters(Box::new(Parameters { retry_id, ..parameters }));
        Ok(enums::SetClientDhParamsAnswer::DhGenRetry(types::DhGenRetry { nonce, server_nonce, new_nonce_hash2 })
            .to_bytes())
    }
}

/// The salt on which both sides agree without saying it.
fn first_salt(server_nonce: &[u8; 16], new_nonce: &[u8; 32]) -> i64 {
    let mut salt = [0u8; 8];
    for ((byte, a), b) in salt.iter_mut().zip(new_nonce).zip(server_nonce) {
        *byte = a ^ b;
    }
    i64::from_le_bytes(salt)
}

/// "We recommend checking that g_a and g_b are between 2^{2048-64} and dh_prime - 2^{2048-64} as well."
fn in_safe_range(power: &BigUint, prime: &BigUint) -> bool {
    let margin = BigUint::from(1u32) << (2048 - 64);
    *power > margin && *power < prime - &margin
}

/// A number of at most eight big-endian bytes.
fn number(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// The parts that all four kinds of inner data share.
struct Inner {
    pq: Vec<u8>,
    p: Vec<u8>,
    q: Vec<u8>,
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    dc: Option<i32>,
    /// Of a temporary key.
    lifetime: Option<i32>,
}

impl From<enums::PQInnerData> for Inner {
    fn from(data: enums::PQInnerData) -> Self {
        macro_rules! shared {
            ($d:ident, $dc:expr, $lifetime:expr) => {
                Self {
                    dc: $dc,
                    lifetime: $lifetime,
                    pq: $d.pq,
                    p: $d.p,
                    q: $d.q,
                    nonce: $d.nonce,
                    server_nonce: $d.server_nonce,
                    new_nonce: $d.new_nonce,
                }
            };
        }
        match data {
            enums::PQInnerData::Data(d) => shared!(d, None, None),
            enums::PQInnerData::Dc(d) => shared!(d, Some(d.dc), None),
            enums::PQInnerData::Temp(d) => shared!(d, None, Some(d.expires_in)),
            enums::PQInnerData::TempDc(d) => shared!(d, Some(d.dc), Some(d.expires_in)),
        }
    }
}

/// Opens what was encrypted for the RSA key, in the form of today or the older one that Telethon uses.
fn open(rsa: &RsaKey, encrypted: &[u8]) -> Option<enums::PQInnerData> {
    if encrypted.len() > RSA_LENGTH {
        return None;
    }
    let block = rsa.decrypt(encrypted)?;
    open_rsa_pad(&block).or_else(|| open_with_hash(&block))
}

/// `RSA_PAD`: <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>.
fn open_rsa_pad(block: &[u8; RSA_LENGTH]) -> Option<enums::PQInnerData> {
    let (masked_key, encrypted) = block.split_first_chunk::<32>()?;
    let mask: [u8; 32] = Sha256::digest(encrypted).into();
    let mut key = *masked_key;
    key.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
    let mut opened = encrypted.to_vec();
    ige_decrypt(&mut opened, &key, &[0; 32]);
    let (data, hash) = opened.split_at_mut_checked(192)?;
    data.reverse();
    let expected: [u8; 32] = Sha256::new().chain_update(key).chain_update(&data).finalize().into();
    if *hash != expected {
        return None;
    }
    enums::PQInnerData::from_bytes(data).ok()
}

/// The older form: a zero, SHA1 of the data, the data, padding.
fn open_with_hash(block: &[u8; RSA_LENGTH]) -> Option<enums::PQInnerData> {
    let (0, rest) = block.split_first()? else { return None };
    let (hash, data) = rest.split_first_chunk::<20>()?;
    let mut cursor = Cursor::from_slice(data);
    let inner = enums::PQInnerData::deserialize(&mut cursor).ok()?;
    let expected: [u8; 20] = Sha1::digest(data.get(..cursor.pos())?).into();
    (*hash == expected).then_some(inner)
}

fn open_client_part(
    encrypted: &mut [u8],
    server_nonce: &[u8; 16],
    new_nonce: &[u8; 32],
) -> Result<types::ClientDhInnerData, Refusal> {
    if encrypted.is_empty() || !encrypted.len().is_multiple_of(16) {
        return Err(Refusal::Encrypted);
    }
    let (key, iv) = generate_key_data_from_nonce(server_nonce, new_nonce);
    ige_decrypt(encrypted, &key, &iv);
    let (hash, data) = encrypted.split_first_chunk::<20>().ok_or(Refusal::Encrypted)?;
    let mut cursor = Cursor::from_slice(data);
    let enums::ClientDhInnerData::Data(inner) =
        enums::ClientDhInnerData::deserialize(&mut cursor).map_err(|_| Refusal::Encrypted)?;
    let expected: [u8; 20] = Sha1::digest(data.get(..cursor.pos()).unwrap_or_default()).into();
    if *hash != expected || data.len() - cursor.pos() > 15 || inner.g_b.len() > 256 {
        return Err(Refusal::Encrypted);
    }
    Ok(inner)
}

#[cfg(test)]
pub(crate) mod tests;
