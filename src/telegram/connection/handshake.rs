//! The key exchange: how client and server agree on an auth key (core.telegram.org/mtproto/auth_key), with every
//! check that the protocol and its security guidelines ask for (core.telegram.org/mtproto/security_guidelines).
//!
//! The steps are values without I/O ([`Opening`], [`Offer`], [`Proposal`]); [`exchange`] drives them over a wire.

mod factors;
mod group;

use super::packet::{PacketError, Wire, empty};
use super::session::{unix_now, unix_seconds};
use crate::server_keys::ServerKey;
use grammers_crypto::{AuthKey, DequeBuffer, aes, generate_key_data_from_nonce, rsa};
use grammers_tl_types::{Cursor, Deserializable, Serializable, enums, functions, types};
use num_bigint::BigUint;
use sha1::{Digest as _, Sha1};

/// How often the server may ask for another try of the last step.
const MOST_RETRIES: u32 = 5;

/// What came out of a key exchange.
pub(super) struct Agreed {
    /// The auth key.
    pub key: heliograph_store::AuthKey,
    /// The first salt.
    pub salt: i64,
    /// Server time minus ours, in seconds.
    pub time_offset: i32,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HandshakeError {
    /// The stream failed.
    #[error(transparent)]
    Packet(#[from] PacketError),
    /// The server sent something that the protocol forbids: it has a fault, or is not who it says.
    #[error("the key exchange was refused: {0}")]
    Refused(&'static str),
    /// The server gave up.
    #[error("the server ended the key exchange")]
    GivenUp,
    /// No randomness from the system, or our own task ended.
    #[error("the key exchange failed here: {0}")]
    Local(&'static str),
}

type Outcome<T> = Result<T, HandshakeError>;

fn refuse<T>(why: &'static str) -> Outcome<T> {
    Err(HandshakeError::Refused(why))
}

fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| HandshakeError::Local("no randomness from the system"))?;
    Ok(bytes)
}

/// Agrees on a key with `dc` (its number as the protocol counts: test servers from 10000 on), if its number is known.
pub(super) async fn exchange(wire: &mut Wire, keys: &[ServerKey], dc: Option<i32>) -> Outcome<Agreed> {
    let opening = Opening::new()?;
    let answer: enums::ResPq = ask(wire, &opening.request()).await?;
    let (known, keys) = (opening, keys.to_vec());
    let (request, offer) = off_thread(move || known.answered(answer, &keys, dc)).await?;

    let answer: enums::ServerDhParams = ask(wire, &request).await?;
    let mut proposal = off_thread(move || offer.answered(answer, unix_seconds())).await?;

    for _ in 0..MOST_RETRIES {
        let answer: enums::SetClientDhParamsAnswer = ask(wire, &proposal.request()).await?;
        match off_thread(move || proposal.answered(answer)).await? {
            Verdict::Agreed(agreed) => return Ok(agreed),
            Verdict::Again(next) => proposal = *next,
        }
    }
    Err(HandshakeError::GivenUp)
}

/// Asks who is there, and whether they answer as a server would. Nothing comes of it.
pub(super) async fn probe(wire: &mut Wire) -> Outcome<()> {
    let opening = Opening::new()?;
    let enums::ResPq::Pq(answer) = ask(wire, &opening.request()).await?;
    if answer.nonce == opening.nonce { Ok(()) } else { refuse("the answer is to somebody else's question") }
}

/// The arithmetic takes tens of milliseconds: not on a thread that serves sockets.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or(Err(HandshakeError::Local("the calculation was broken off")))
}

async fn ask<T: Deserializable>(wire: &mut Wire, request: &impl Serializable) -> Outcome<T> {
    wire.send(plain_message(&request.to_bytes())).await?;
    let packet = wire.receive().await?;
    T::from_bytes(plain_body(&packet)?).or_else(|_| refuse("an answer is not what was asked for"))
}

/// Wraps a request as an unencrypted message (core.telegram.org/mtproto/description).
fn plain_message(body: &[u8]) -> DequeBuffer<u8> {
    let now = unix_now();
    let id = (i64::try_from(now.as_secs()).unwrap_or(0) << 32) | (i64::from(now.subsec_nanos()) << 2);
    let mut packet = empty(20 + body.len());
    packet.extend(&0i64.to_le_bytes());
    packet.extend(&id.to_le_bytes());
    packet.extend(&u32::try_from(body.len()).unwrap_or(0).to_le_bytes());
    packet.extend(body);
    packet
}

/// The body of an unencrypted message of the server.
fn plain_body(packet: &[u8]) -> Outcome<&[u8]> {
    let (key, rest) = packet.split_first_chunk::<8>().ok_or(HandshakeError::Refused("an answer is too short"))?;
    let (id, rest) = rest.split_first_chunk::<8>().ok_or(HandshakeError::Refused("an answer is too short"))?;
    let (length, body) = rest.split_first_chunk::<4>().ok_or(HandshakeError::Refused("an answer is too short"))?;
    if *key != [0; 8] {
        return refuse("an answer is encrypted");
    }
    // A message of the server that answers one of ours leaves 1 when divided by 4.
    if i64::from_le_bytes(*id).rem_euclid(4) != 1 {
        return refuse("an answer has the number of no answer");
    }
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    body.get(..length).ok_or(HandshakeError::Refused("an answer is cut"))
}

/// Before the first answer.
struct Opening {
    nonce: [u8; 16],
}

/// We have said who we think the server is, and gave it our secret.
struct Offer {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
}

/// We have sent our half of the key.
struct Proposal {
    offer: Offer,
    group: group::Group,
    g_a: BigUint,
    time_offset: i32,
    retry_id: i64,
    g_b: BigUint,
    key: AuthKey,
    padding: [u8; 16],
}

enum Verdict {
    Agreed(Agreed),
    Again(Box<Proposal>),
}

impl Opening {
    fn new() -> Outcome<Self> {
        Ok(Self { nonce: random()? })
    }

    fn request(&self) -> functions::ReqPqMulti {
        functions::ReqPqMulti { nonce: self.nonce }
    }

    fn answered(
        self,
        answer: enums::ResPq,
        keys: &[ServerKey],
        dc: Option<i32>,
    ) -> Outcome<(functions::ReqDhParams, Offer)> {
        let enums::ResPq::Pq(answer) = answer;
        if answer.nonce != self.nonce {
            return refuse("the nonce is not ours");
        }
        let fingerprints = &answer.server_public_key_fingerprints;
        let Some(key) = keys.iter().find(|key| fingerprints.contains(&key.fingerprint())) else {
            return refuse("the server has another public key than the one we know");
        };
        let Ok(pq) = <[u8; 8]>::try_from(answer.pq.as_slice()).map(u64::from_be_bytes) else {
            return refuse("pq has a wrong length");
        };
        let Some((p, q)) = factors::of(pq) else { return refuse("pq is no product of two primes") };
        let (p, q) = (shortest_bytes(p), shortest_bytes(q));

        let offer = Offer { nonce: self.nonce, server_nonce: answer.server_nonce, new_nonce: random()? };
        let (pq, nonce, server_nonce, new_nonce) = (answer.pq, offer.nonce, offer.server_nonce, offer.new_nonce);
        let (p_copy, q_copy) = (p.clone(), q.clone());
        let secret: enums::PQInnerData = match dc {
            Some(dc) => types::PQInnerDataDc { pq, p: p_copy, q: q_copy, nonce, server_nonce, new_nonce, dc }.into(),
            None => types::PQInnerData { pq, p: p_copy, q: q_copy, nonce, server_nonce, new_nonce }.into(),
        };
        let rsa_key = key.rsa().ok_or(HandshakeError::Local("the public key cannot be used"))?;
        let encrypted_data = rsa::encrypt_hashed(&secret.to_bytes(), &rsa_key, &random()?);
        let request = functions::ReqDhParams {
            nonce: offer.nonce,
            server_nonce: offer.server_nonce,
            p,
            q,
            public_key_fingerprint: key.fingerprint(),
            encrypted_data,
        };
        Ok((request, offer))
    }
}

/// Big-endian, without leading zeros: the server refuses any other form.
fn shortest_bytes(number: u64) -> Vec<u8> {
    number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

impl Offer {
    /// `now` is our time in unix seconds.
    fn answered(self, answer: enums::ServerDhParams, now: i64) -> Outcome<Proposal> {
        let answer = match answer {
            enums::ServerDhParams::Ok(answer) => answer,
            enums::ServerDhParams::Fail(fail) => {
                self.check_nonces(&fail.nonce, &fail.server_nonce)?;
                let hash: [u8; 20] = Sha1::digest(self.new_nonce).into();
                if !hash.ends_with(&fail.new_nonce_hash) {
                    return refuse("the hash of the new nonce is wrong");
                }
                return Err(HandshakeError::GivenUp);
            }
        };
        self.check_nonces(&answer.nonce, &answer.server_nonce)?;
        let inner = self.opened(answer.encrypted_answer)?;
        self.check_nonces(&inner.nonce, &inner.server_nonce)?;

        let group = group::Group::checked(&inner.dh_prime, inner.g).map_err(HandshakeError::Refused)?;
        let g_a = BigUint::from_bytes_be(&inner.g_a);
        if !group.is_safe(&g_a) {
            return refuse("g_a is out of range");
        }
        let offset = i64::from(inner.server_time) - now;
        let time_offset = i32::try_from(offset).or_else(|_| refuse("the server's time is absurd"))?;
        Proposal::new(self, group, g_a, time_offset, 0)
    }

    /// Decrypts the server's half and checks its hash.
    fn opened(&self, mut encrypted: Vec<u8>) -> Outcome<types::ServerDhInnerData> {
        if encrypted.len() < 32 || !encrypted.len().is_multiple_of(16) {
            return refuse("the encrypted answer has a wrong length");
        }
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        aes::ige_decrypt(&mut encrypted, &key, &iv);
        let Some((hash, plain)) = encrypted.split_first_chunk::<20>() else {
            return refuse("the encrypted answer is too short");
        };
        let mut cursor = Cursor::from_slice(plain);
        let Ok(enums::ServerDhInnerData::Data(inner)) = enums::ServerDhInnerData::deserialize(&mut cursor) else {
            return refuse("the encrypted answer cannot be read");
        };
        let Some((data, padding)) = plain.split_at_checked(cursor.pos()) else {
            return refuse("the encrypted answer cannot be read");
        };
        let expected: [u8; 20] = Sha1::digest(data).into();
        if *hash != expected || padding.len() >= 16 {
            return refuse("the hash of the encrypted answer is wrong");
        }
        Ok(inner)
    }

    fn check_nonces(&self, nonce: &[u8; 16], server_nonce: &[u8; 16]) -> Outcome<()> {
        if *nonce != self.nonce {
            return refuse("the nonce is not ours");
        }
        if *server_nonce != self.server_nonce {
            return refuse("the server's nonce has changed");
        }
        Ok(())
    }
}

impl Proposal {
    fn new(offer: Offer, group: group::Group, g_a: BigUint, time_offset: i32, retry_id: i64) -> Outcome<Self> {
        // The chance that a random number is out of range is nil; a broken generator would show here.
        for _ in 0..3 {
            let b = BigUint::from_bytes_be(&random::<256>()?);
            let g_b = group.power(&b);
            if !group.is_safe(&g_b) {
                continue;
            }
            let key = AuthKey::from_bytes(group::padded(&g_a.modpow(&b, group.prime())));
            return Ok(Self { offer, group, g_a, time_offset, retry_id, g_b, key, padding: random()? });
        }
        Err(HandshakeError::Local("no usable randomness"))
    }

    fn request(&self) -> functions::SetClientDhParams {
        let data = enums::ClientDhInnerData::Data(types::ClientDhInnerData {
            nonce: self.offer.nonce,
            server_nonce: self.offer.server_nonce,
            retry_id: self.retry_id,
            g_b: self.g_b.to_bytes_be(),
        })
        .to_bytes();
        let mut encrypted_data = Vec::with_capacity(data.len() + 36);
        encrypted_data.extend_from_slice(&Sha1::digest(&data));
        encrypted_data.extend_from_slice(&data);
        let missing = encrypted_data.len().next_multiple_of(16) - encrypted_data.len();
        encrypted_data.extend(self.padding.iter().take(missing));
        let (key, iv) = generate_key_data_from_nonce(&self.offer.server_nonce, &self.offer.new_nonce);
        aes::ige_encrypt(&mut encrypted_data, &key, &iv);
        functions::SetClientDhParams { nonce: self.offer.nonce, server_nonce: self.offer.server_nonce, encrypted_data }
    }

    fn answered(self, answer: enums::SetClientDhParamsAnswer) -> Outcome<Verdict> {
        use enums::SetClientDhParamsAnswer as Answer;
        let (nonce, server_nonce, hash, number) = match &answer {
            Answer::DhGenOk(ok) => (ok.nonce, ok.server_nonce, ok.new_nonce_hash1, 1),
            Answer::DhGenRetry(retry) => (retry.nonce, retry.server_nonce, retry.new_nonce_hash2, 2),
            Answer::DhGenFail(fail) => (fail.nonce, fail.server_nonce, fail.new_nonce_hash3, 3),
        };
        self.offer.check_nonces(&nonce, &server_nonce)?;
        if hash != self.key.calc_new_nonce_hash(&self.offer.new_nonce, number) {
            return refuse("the hash of the new nonce is wrong");
        }
        match answer {
            Answer::DhGenOk(_) => Ok(Verdict::Agreed(Agreed {
                salt: self.salt(),
                time_offset: self.time_offset,
                key: heliograph_store::AuthKey::new(self.key.to_bytes()),
            })),
            Answer::DhGenRetry(_) => {
                // The server knows our last try by the first 64 bits of the SHA1 of the key that it would have made.
                let hash: [u8; 20] = Sha1::digest(self.key.to_bytes()).into();
                let retry_id = hash.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes));
                let next = Proposal::new(self.offer, self.group, self.g_a, self.time_offset, retry_id)?;
                Ok(Verdict::Again(Box::new(next)))
            }
            Answer::DhGenFail(_) => Err(HandshakeError::GivenUp),
        }
    }

    /// The first salt: the starts of both nonces, one over the other.
    fn salt(&self) -> i64 {
        let start = |bytes: &[u8]| bytes.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes));
        start(&self.offer.new_nonce) ^ start(&self.offer.server_nonce)
    }
}

#[cfg(test)]
mod tests;
