//! The key exchange against a server's side written here, with its own key, and with every message damaged.

use super::*;
use num_bigint::BigInt;

/// A key of 2048 bits made for this test: modulus and private exponent.
struct Server {
    key: ServerKey,
    private: BigUint,
    modulus: BigUint,
}

/// What the server does to the exchange.
#[derive(Clone, Copy, Default)]
struct Twist {
    generator: Option<i32>,
    retries: u32,
    fail: bool,
    wrong_hash: bool,
    g_a: Option<u32>,
    wrong_nonce_at: u32,
}

struct Side {
    server: &'static Server,
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    a: BigUint,
    prime: BigUint,
    tries: u32,
    twist: Twist,
}

fn server() -> &'static Server {
    static SERVER: std::sync::OnceLock<Server> = std::sync::OnceLock::new();
    SERVER.get_or_init(|| {
        let number = |text: &str| BigUint::parse_bytes(text.as_bytes(), 16).unwrap();
        let (p, q) = (number(PRIME_P), number(PRIME_Q));
        let modulus = &p * &q;
        let phi = (&p - 1u8) * (&q - 1u8);
        let exponent = BigUint::from(65537u32);
        let inverse = BigInt::from(exponent.clone()).modinv(&BigInt::from(phi)).unwrap();
        let key = ServerKey::new(modulus.clone(), exponent).unwrap();
        Server { key, private: inverse.to_biguint().unwrap(), modulus }
    })
}

const PRIME_P: &str = "ef57dd59aa276161f54cdf344c12a032bcf367220b1da4276077cf915a7edf5b67295cfcc8bfc68254ea727743039f8cdfeb\
     7456c6439a727760ca54a8ed0a10515ce5b2775e99ee82fb1a97f850871c0fede2e8e14f7888229e56fb645786fc42c6e984\
     71fcc6e879e6354823e11a0b1f276034cfee94092296fa4191ddb5eb";
const PRIME_Q: &str = "f1e78d5806e1493c2e54911fe2adc1984d89310c5d6e6fa606b7ffad7fa8329c94c9ea7ab50be256552d144dec905caa0092\
     2c6f5c8a26bd481e2bb5fdc8d820297c58e02d8776eba6c4b0e682ea446ceed5502187264e879d0014bf2ad004718e4b279d\
     257ecb318e747a20f15b3c6a2516addca6faaffabf1730819690cddf";

impl Side {
    fn new(twist: Twist) -> Self {
        let prime = BigUint::from_bytes_be(&group::WELL_KNOWN_PRIME);
        let a = BigUint::from_bytes_be(&[0x39; 256]);
        Self { server: server(), nonce: [0; 16], server_nonce: [3; 16], new_nonce: [0; 32], a, prime, tries: 0, twist }
    }

    fn nonce_at(&self, step: u32) -> [u8; 16] {
        if self.twist.wrong_nonce_at == step { [9; 16] } else { self.nonce }
    }

    fn pq(&mut self, request: &functions::ReqPqMulti) -> enums::ResPq {
        self.nonce = request.nonce;
        enums::ResPq::Pq(types::ResPq {
            nonce: self.nonce_at(1),
            server_nonce: self.server_nonce,
            pq: (0x494C_553B_u64 * 0x5391_1073).to_be_bytes().to_vec(),
            server_public_key_fingerprints: vec![17, self.server.key.fingerprint()],
        })
    }

    fn dh(&mut self, request: &functions::ReqDhParams, time: i32) -> Outcome<enums::ServerDhParams> {
        let factors = (request.p.as_slice(), request.q.as_slice());
        if factors != (&[0x49, 0x4C, 0x55, 0x3B][..], &[0x53, 0x91, 0x10, 0x73][..]) {
            return refuse("the server: wrong factors");
        }
        // RSA_PAD undone: core.telegram.org/mtproto/auth_key, 4.1.
        let encrypted = BigUint::from_bytes_be(&request.encrypted_data);
        let padded = group::padded(&encrypted.modpow(&self.server.private, &self.server.modulus));
        let (mixed_key, body) = padded.split_at(32);
        let mut body = body.to_vec();
        let hash = <sha2::Sha256 as sha2::Digest>::digest(&body);
        let temporary: Vec<u8> = mixed_key.iter().zip(hash).map(|(a, b)| a ^ b).collect();
        aes::ige_decrypt(&mut body, temporary.as_slice().try_into().unwrap(), &[0; 32]);
        let data: Vec<u8> = body[..192].iter().rev().copied().collect();
        let enums::PQInnerData::Dc(inner) = enums::PQInnerData::from_bytes(&data).unwrap() else { panic!("no dc") };
        if (inner.dc, inner.nonce, inner.server_nonce) != (10002, self.nonce, self.server_nonce) {
            return refuse("the server: wrong nonces");
        }
        self.new_nonce = inner.new_nonce;

        let generator = self.twist.generator.unwrap_or(3);
        let g_a = match self.twist.g_a {
            Some(small) => BigUint::from(small),
            None => BigUint::from(generator.unsigned_abs()).modpow(&self.a, &self.prime),
        };
        let inner = enums::ServerDhInnerData::Data(types::ServerDhInnerData {
            nonce: self.nonce_at(3),
            server_nonce: self.server_nonce,
            g: generator,
            dh_prime: group::WELL_KNOWN_PRIME.to_vec(),
            g_a: g_a.to_bytes_be(),
            server_time: time,
        })
        .to_bytes();
        let mut answer = Sha1::digest(&inner).to_vec();
        if self.twist.wrong_hash {
            answer[0] ^= 1;
        }
        answer.extend(inner);
        answer.resize(answer.len().next_multiple_of(16), 0);
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        aes::ige_encrypt(&mut answer, &key, &iv);
        let (nonce, server_nonce) = (self.nonce_at(2), self.server_nonce);
        Ok(enums::ServerDhParams::Ok(types::ServerDhParamsOk { nonce, server_nonce, encrypted_answer: answer }))
    }

    fn finish(&mut self, request: &functions::SetClientDhParams) -> (enums::SetClientDhParamsAnswer, [u8; 256], i64) {
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        let mut data = request.encrypted_data.clone();
        aes::ige_decrypt(&mut data, &key, &iv);
        let mut cursor = Cursor::from_slice(&data[20..]);
        let enums::ClientDhInnerData::Data(inner) = enums::ClientDhInnerData::deserialize(&mut cursor).unwrap();
        let hash: [u8; 20] = Sha1::digest(&data[20..20 + cursor.pos()]).into();
        assert_eq!(data[..20], hash);
        let key = group::padded(&BigUint::from_bytes_be(&inner.g_b).modpow(&self.a, &self.prime));
        let hash = |number| AuthKey::from_bytes(key).calc_new_nonce_hash(&self.new_nonce, number);
        let (nonce, server_nonce) = (self.nonce_at(4), self.server_nonce);
        self.tries += 1;
        let answer = if self.twist.fail {
            types::DhGenFail { nonce, server_nonce, new_nonce_hash3: hash(3) }.into()
        } else if self.tries <= self.twist.retries {
            types::DhGenRetry { nonce, server_nonce, new_nonce_hash2: hash(2) }.into()
        } else {
            types::DhGenOk { nonce, server_nonce, new_nonce_hash1: hash(1) }.into()
        };
        (answer, key, inner.retry_id)
    }
}

/// Damages the answer with this number (from 0) at this byte.
type Damage = Option<(usize, usize)>;

fn damaged<T: Serializable + Deserializable>(answer: T, step: usize, damage: Damage) -> Outcome<T> {
    let mut bytes = answer.to_bytes();
    if let Some((at_step, byte)) = damage
        && at_step == step
    {
        let length = bytes.len();
        bytes[byte % length] ^= 1;
    }
    T::from_bytes(&bytes).or_else(|_| refuse("unreadable"))
}

/// A whole exchange without a network; the key as the server has it, and ours.
fn run(twist: Twist, damage: Damage) -> Outcome<([u8; 256], Agreed, Vec<i64>)> {
    let mut side = Side::new(twist);
    let opening = Opening::new()?;
    let answer = damaged(side.pq(&opening.request()), 0, damage)?;
    let (request, offer) = opening.answered(answer, &[server().key.clone()], Some(10002))?;
    let answer = damaged(side.dh(&request, 5000)?, 1, damage)?;
    let mut proposal = offer.answered(answer, 4000)?;
    let mut retry_ids = Vec::new();
    loop {
        let (answer, key, retry_id) = side.finish(&proposal.request());
        retry_ids.push(retry_id);
        match proposal.answered(damaged(answer, 2, damage)?)? {
            Verdict::Agreed(agreed) => return Ok((key, agreed, retry_ids)),
            Verdict::Again(next) => proposal = *next,
        }
    }
}

fn why(twist: Twist) -> &'static str {
    match run(twist, None) {
        Err(HandshakeError::Refused(why)) => why,
        Err(HandshakeError::GivenUp) => "given up",
        Err(_) => "other",
        Ok(_) => "agreed",
    }
}

#[test]
fn both_sides_get_the_same_key() {
    let (theirs, ours, retry_ids) = run(Twist::default(), None).unwrap();
    assert_eq!(theirs, *ours.key.bytes());
    assert_eq!(ours.time_offset, 1000);
    assert_ne!(ours.salt, 0);
    assert_eq!(retry_ids, [0]);
}

#[test]
fn a_retry_is_made_with_a_new_key_and_names_the_old_one() {
    let (theirs, ours, retry_ids) = run(Twist { retries: 2, ..Twist::default() }, None).unwrap();
    assert_eq!(theirs, *ours.key.bytes());
    assert!(retry_ids.len() == 3 && retry_ids[1] != 0 && retry_ids[1] != retry_ids[2]);
}

#[test]
fn a_server_that_breaks_the_rules_is_refused() {
    assert_eq!(why(Twist { fail: true, ..Twist::default() }), "given up");
    assert_eq!(why(Twist { wrong_hash: true, ..Twist::default() }), "the hash of the encrypted answer is wrong");
    for generator in [0, 1, 2, 5, 6, 8, -3] {
        assert_ne!(why(Twist { generator: Some(generator), ..Twist::default() }), "agreed", "{generator}");
    }
    for small in [0, 1, 2, 65537] {
        assert_eq!(why(Twist { g_a: Some(small), ..Twist::default() }), "g_a is out of range");
    }
    for step in 1..=4 {
        assert_eq!(why(Twist { wrong_nonce_at: step, ..Twist::default() }), "the nonce is not ours", "step {step}");
    }
    let stranger = ServerKey::production().unwrap();
    let opening = Opening::new().unwrap();
    let answer = Side::new(Twist::default()).pq(&opening.request());
    assert!(opening.answered(answer, &[stranger], Some(2)).is_err());
}

#[test]
fn damaged_answers_are_refused_without_a_panic() {
    // All but what does not count: the padding of pq, and the fingerprint of another key.
    let first = (0..45).chain(48..56).chain(64..72);
    for (step, bytes) in [(0, first.collect::<Vec<_>>()), (1, (0..632).step_by(23).collect()), (2, (0..52).collect())] {
        for byte in bytes {
            assert!(run(Twist::default(), Some((step, byte))).is_err(), "answer {step}, byte {byte}");
        }
    }
}

#[test]
fn plain_messages_are_checked() {
    let body = |key: i64, id: i64, length: u32| {
        [&key.to_le_bytes()[..], &id.to_le_bytes(), &length.to_le_bytes(), b"abcd"].concat()
    };
    assert_eq!(plain_body(&body(0, 5, 4)).unwrap(), b"abcd");
    assert!(plain_body(&body(1, 5, 4)).is_err());
    assert!(plain_body(&body(0, 4, 4)).is_err());
    assert!(plain_body(&body(0, 5, 5)).is_err());
    assert!(plain_body(&body(0, 5, u32::MAX)).is_err());
    for length in 0..20 {
        assert!(plain_body(&body(0, 5, 4)[..length]).is_err());
    }
    assert_eq!(plain_message(b"abcd").as_ref().len(), 24);
}
