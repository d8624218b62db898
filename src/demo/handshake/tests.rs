use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grammers_crypto::rsa::{Key, encrypt_hashed};
use grammers_crypto::{AuthKey as ClientKey, factorize};

use super::*;
use crate::key::AuthKeys;
use crate::wire::tests::{Noise, rounds};

/// The client's side of the exchange, over the public parts of grammers.
pub(crate) struct Client {
    pub(crate) dc: Option<i32>,
    pub(crate) temporary: bool,
    /// Encrypt like Telethon does: SHA1 in front, no RSA_PAD.
    pub(crate) old_padding: bool,
    pub(crate) retry_id: i64,
    pub(crate) g_b: Option<BigUint>,
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    inner: Option<types::ServerDhInnerData>,
    key: [u8; 256],
}

/// What both sides agreed on.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) key: [u8; 256],
    pub(crate) salt: i64,
    pub(crate) server_time: i32,
}

/// The modulus, out of the PEM that the server hands out.
fn modulus(rsa_pem: &str) -> BigUint {
    let base: String = rsa_pem.lines().filter(|line| !line.starts_with("---")).collect();
    let der = STANDARD.decode(base).unwrap();
    assert_eq!(der.len(), 4 + 4 + 257 + 5);
    BigUint::from_bytes_be(&der[9..265])
}

impl Client {
    pub(crate) fn new() -> Self {
        Self {
            dc: None,
            temporary: false,
            old_padding: false,
            retry_id: 0,
            g_b: None,
            nonce: random().unwrap(),
            server_nonce: [0; 16],
            new_nonce: random().unwrap(),
            inner: None,
            key: [0; 256],
        }
    }

    pub(crate) fn ask(&self) -> Vec<u8> {
        functions::ReqPqMulti { nonce: self.nonce }.to_bytes()
    }

    pub(crate) fn prove(&mut self, answer: &[u8], pem: &str) -> Vec<u8> {
        let enums::ResPq::Pq(res) = enums::ResPq::from_bytes(answer).unwrap();
        assert_eq!(res.nonce, self.nonce);
        self.server_nonce = res.server_nonce;
        let pq = u64::from_be_bytes(res.pq.clone().try_into().unwrap());
        let (p, q) = factorize(pq);
        assert!(p < q && p * q == pq && p > 1);
        let bytes = |n: u64| n.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect::<Vec<u8>>();
        let (p, q) = (bytes(p), bytes(q));
        let (nonce, server_nonce, new_nonce) = (self.nonce, self.server_nonce, self.new_nonce);
        let shared = types::PQInnerData { pq: res.pq, p: p.clone(), q: q.clone(), nonce, server_nonce, new_nonce };
        let d = shared.clone();
        let inner = match (self.dc, self.temporary) {
            (None, false) => enums::PQInnerData::Data(shared),
            (Some(dc), false) => enums::PQInnerData::Dc(types::PQInnerDataDc {
                pq: d.pq,
                p: d.p,
                q: d.q,
                nonce,
                server_nonce,
                new_nonce,
                dc,
            }),
            (None, true) => enums::PQInnerData::Temp(types::PQInnerDataTemp {
                pq: d.pq,
                p: d.p,
                q: d.q,
                nonce,
                server_nonce,
                new_nonce,
                expires_in: 3600,
            }),
            (Some(dc), true) => enums::PQInnerData::TempDc(types::PQInnerDataTempDc {
                pq: d.pq,
                p: d.p,
                q: d.q,
                nonce,
                server_nonce,
                new_nonce,
                dc,
                expires_in: 3600,
            }),
        }
        .to_bytes();
        let n = modulus(pem);
        let encrypted_data = if self.old_padding {
            let mut block = Sha1::digest(&inner).to_vec();
            block.extend(&inner);
            block.resize(255, 0x77);
            let encrypted = BigUint::from_bytes_be(&block).modpow(&BigUint::from(65537u32), &n);
            padded(&encrypted).unwrap().to_vec()
        } else {
            encrypt_hashed(&inner, &Key::new(&n.to_string(), "65537").unwrap(), &random().unwrap())
        };
        functions::ReqDhParams {
            nonce,
            server_nonce,
            p,
            q,
            public_key_fingerprint: res.server_public_key_fingerprints[0],
            encrypted_data,
        }
        .to_bytes()
    }

    pub(crate) fn choose(&mut self, answer: &[u8]) -> Vec<u8> {
        let enums::ServerDhParams::Ok(mut ok) = enums::ServerDhParams::from_bytes(answer).unwrap() else {
            panic!("server_DH_params_fail")
        };
        assert_eq!((ok.nonce, ok.server_nonce), (self.nonce, self.server_nonce));
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        ige_decrypt(&mut ok.encrypted_answer, &key, &iv);
        let mut cursor = Cursor::from_slice(&ok.encrypted_answer[20..]);
        let enums::ServerDhInnerData::Data(inner) = enums::ServerDhInnerData::deserialize(&mut cursor).unwrap();
        let hash: [u8; 20] = Sha1::digest(&ok.encrypted_answer[20..20 + cursor.pos()]).into();
        assert_eq!(hash, ok.encrypted_answer[..20]);
        assert!(ok.encrypted_answer.len() - 20 - cursor.pos() < 16);
        assert_eq!((inner.nonce, inner.server_nonce), (self.nonce, self.server_nonce));
        assert_eq!(inner.dh_prime.len(), 256);
        self.inner = Some(inner);
        self.choose_again()
    }

    pub(crate) fn choose_again(&mut self) -> Vec<u8> {
        let inner = self.inner.clone().unwrap();
        let prime = BigUint::from_bytes_be(&inner.dh_prime);
        let b = BigUint::from_bytes_be(&random::<256>().unwrap());
        let g_b = BigUint::from(inner.g as u32).modpow(&b, &prime);
        self.key = padded(&BigUint::from_bytes_be(&inner.g_a).modpow(&b, &prime)).unwrap();
        let g_b = self.g_b.clone().unwrap_or(g_b);
        let data = enums::ClientDhInnerData::Data(types::ClientDhInnerData {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            retry_id: self.retry_id,
            g_b: g_b.to_bytes_be(),
        })
        .to_bytes();
        let mut encrypted_data = Sha1::digest(&data).to_vec();
        encrypted_data.extend(data);
        encrypted_data.resize(encrypted_data.len().next_multiple_of(16), 0);
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        ige_encrypt(&mut encrypted_data, &key, &iv);
        functions::SetClientDhParams { nonce: self.nonce, server_nonce: self.server_nonce, encrypted_data }.to_bytes()
    }

    pub(crate) fn finish(&mut self, answer: &[u8]) -> Result<Made, enums::SetClientDhParamsAnswer> {
        let answer = enums::SetClientDhParamsAnswer::from_bytes(answer).unwrap();
        let key = ClientKey::from_bytes(self.key);
        match &answer {
            enums::SetClientDhParamsAnswer::DhGenOk(ok) => {
                assert_eq!(ok.new_nonce_hash1, key.calc_new_nonce_hash(&self.new_nonce, 1));
                let server_time = self.inner.as_ref().unwrap().server_time;
                Ok(Made { key: self.key, salt: first_salt(&self.server_nonce, &self.new_nonce), server_time })
            }
            enums::SetClientDhParamsAnswer::DhGenRetry(retry) => {
                assert_eq!(retry.new_nonce_hash2, key.calc_new_nonce_hash(&self.new_nonce, 2));
                let digest = Sha1::digest(self.key);
                self.retry_id = i64::from_le_bytes(digest[..8].try_into().unwrap());
                Err(answer)
            }
            enums::SetClientDhParamsAnswer::DhGenFail(_) => Err(answer),
        }
    }
}

struct World {
    rsa: RsaKey,
    keys: AuthKeys,
}

impl World {
    fn new() -> Self {
        Self { rsa: RsaKey::demo().unwrap(), keys: AuthKeys::default() }
    }

    fn step(&self, exchange: &mut Exchange, body: &[u8]) -> Result<Vec<u8>, Refusal> {
        let keep = |key| if self.keys.add(key) { Kept::Known } else { Kept::Taken };
        let around = Surroundings { rsa: &self.rsa, dc: 2, now: 1_700_000_000, epochs: Epochs::default(), keep: &keep };
        exchange.step(body, &around)
    }

    fn exchange(&self, client: &mut Client) -> Result<Made, Refusal> {
        let exchange = &mut Exchange::default();
        let answer = self.step(exchange, &client.ask())?;
        let answer = self.step(exchange, &client.prove(&answer, &self.rsa.public_pem()))?;
        let answer = self.step(exchange, &client.choose(&answer))?;
        Ok(client.finish(&answer).unwrap())
    }
}

#[test]
fn every_kind_of_client_gets_the_key_that_the_server_keeps() {
    let world = World::new();
    for (dc, temporary, old_padding) in [
        (None, false, false),
        (Some(2), false, false),
        (Some(-2), false, false),
        (Some(10_002), false, false),
        (None, true, false),
        (Some(2), true, false),
        (None, false, true),
    ] {
        let mut client = Client { dc, temporary, old_padding, ..Client::new() };
        let made = world.exchange(&mut client).unwrap();
        let key = AuthKey::new(made.key, 2, made.salt, 0, Epochs::default());
        let kept = world.keys.find(key.id(), 2, 1_700_000_000, Epochs::default()).unwrap();
        assert_eq!(kept.expires_at(), temporary.then_some(1_700_003_600));
        assert_eq!(kept.data(), &made.key);
        assert!(kept.takes_salt(made.salt, 1_700_000_000, Epochs::default()));
        assert_eq!(made.server_time, 1_700_000_000);
    }
}

/// One exchange in 256 gives a key that begins with a zero byte. It is hashed with it, as the documentation says
/// ("auth_key ... 2048 bits"). Telethon 1.45 leaves the zeros out, finds the hash of the new nonce wrong and tries again.
#[test]
fn a_key_that_begins_with_zeros_keeps_them() {
    let world = World::new();
    let exchange = &mut Exchange::default();
    let mut client = Client::new();
    let answer = world.step(exchange, &client.ask()).unwrap();
    let answer = world.step(exchange, &client.prove(&answer, &world.rsa.public_pem())).unwrap();
    client.choose(&answer);
    let inner = client.inner.clone().unwrap();
    let prime = BigUint::from_bytes_be(&inner.dh_prime);
    let (g, g_a) = (BigUint::from(inner.g as u32), BigUint::from_bytes_be(&inner.g_a));
    // From one power to the next it takes one multiplication.
    let b = BigUint::from_bytes_be(&random::<256>().unwrap());
    let (mut g_b, mut g_ab) = (g.modpow(&b, &prime), g_a.modpow(&b, &prime));
    while g_ab.bits() > 2040 || !in_safe_range(&g_b, &prime) {
        g_b = g_b * &g % &prime;
        g_ab = g_ab * &g_a % &prime;
    }
    client.g_b = Some(g_b);
    let body = client.choose_again();
    client.key = padded(&g_ab).unwrap();
    assert_eq!(client.key[0], 0);
    let answer = world.step(exchange, &body).unwrap();
    let made = client.finish(&answer).expect("the hash of the new nonce is right");
    let key = AuthKey::new(made.key, 2, made.salt, 0, Epochs::default());
    assert_eq!(world.keys.find(key.id(), 2, 1_700_000_000, Epochs::default()).unwrap().data(), &made.key);
}

#[test]
fn another_datacenters_client_is_refused() {
    let mut client = Client { dc: Some(4), ..Client::new() };
    assert_eq!(World::new().exchange(&mut client).unwrap_err(), Refusal::Datacenter);
}

#[test]
fn a_taken_key_makes_the_client_try_again() {
    let world = World::new();
    let exchange = &mut Exchange::default();
    let mut client = Client::new();
    let answer = world.step(exchange, &client.ask()).unwrap();
    let answer = world.step(exchange, &client.prove(&answer, &world.rsa.public_pem())).unwrap();
    let body = client.choose(&answer);
    let refuse = |_| Kept::Taken;
    let around = Surroundings { rsa: &world.rsa, dc: 2, now: 1_700_000_000, epochs: Epochs::default(), keep: &refuse };
    let answer = exchange.step(&body, &around).unwrap();
    assert!(matches!(client.finish(&answer), Err(enums::SetClientDhParamsAnswer::DhGenRetry(_))));
    let body = client.choose_again();
    let answer = world.step(exchange, &body).unwrap();
    assert!(client.finish(&answer).is_ok());
}

#[test]
fn an_exchange_that_failed_begins_anew() {
    let world = World::new();
    let exchange = &mut Exchange::default();
    let mut client = Client::new();
    let answer = world.step(exchange, &client.ask()).unwrap();
    let answer = world.step(exchange, &client.prove(&answer, &world.rsa.public_pem())).unwrap();
    let body = client.choose(&answer);
    let fail = |_| Kept::Failed;
    let around = Surroundings { rsa: &world.rsa, dc: 2, now: 1_700_000_000, epochs: Epochs::default(), keep: &fail };
    let answer = exchange.step(&body, &around).unwrap();
    let Err(enums::SetClientDhParamsAnswer::DhGenFail(fail)) = client.finish(&answer) else { panic!() };
    let key = ClientKey::from_bytes(client.key);
    assert_eq!(fail.new_nonce_hash3, key.calc_new_nonce_hash(&client.new_nonce, 3));
    assert_eq!(world.step(exchange, &client.choose_again()), Err(Refusal::Unexpected));
    assert!(world.exchange(&mut Client::new()).is_ok());
}

#[test]
fn bad_powers_and_a_wrong_retry_id_fail_the_exchange() {
    let prime = BigUint::parse_bytes(DH_PRIME.as_bytes(), 16).unwrap();
    let one = BigUint::from(1u32);
    let powers = [BigUint::default(), one.clone(), &prime - 1u32, &one << 1900, &prime - (&one << 1900), prime.clone()];
    for (g_b, retry_id) in powers.into_iter().map(|g_b| (Some(g_b), 0)).chain([(None, 5)]) {
        let world = World::new();
        let exchange = &mut Exchange::default();
        let mut client = Client { g_b, retry_id, ..Client::new() };
        let answer = world.step(exchange, &client.ask()).unwrap();
        let answer = world.step(exchange, &client.prove(&answer, &world.rsa.public_pem())).unwrap();
        let answer = world.step(exchange, &client.choose(&answer)).unwrap();
        assert!(matches!(client.finish(&answer), Err(enums::SetClientDhParamsAnswer::DhGenFail(_))));
    }
}

#[test]
fn steps_out_of_order_are_refused() {
    let world = World::new();
    let mut client = Client::new();
    let exchange = &mut Exchange::default();
    let answer = world.step(exchange, &client.ask()).unwrap();
    let prove = client.prove(&answer, &world.rsa.public_pem());
    assert_eq!(world.step(&mut Exchange::default(), &prove), Err(Refusal::Unexpected));
    let answer = world.step(exchange, &prove).unwrap();
    let choose = client.choose(&answer);
    assert_eq!(world.step(exchange, &prove), Err(Refusal::Unexpected), "the same step twice");
    assert_eq!(world.step(exchange, &choose), Err(Refusal::Unexpected), "after a refusal all starts anew");
}

#[test]
fn every_damaged_byte_of_the_proof_and_of_the_choice_is_refused() {
    let world = World::new();
    let pem = world.rsa.public_pem();
    let mut noise = Noise::new(1);
    // Each needs an exchange of its own, and each of those some 2048-bit powers: a sample of the bytes.
    for _ in 0..rounds(2000) / 8 {
        let exchange = &mut Exchange::default();
        let mut client = Client::new();
        let answer = world.step(exchange, &client.ask()).unwrap();
        let mut prove = client.prove(&answer, &pem);
        // Behind the constructor, and not in the zeros that fill up the TL strings of p and q.
        let at = loop {
            let at = 4 + noise.below(prove.len() - 4);
            if !(41..44).contains(&at) && !(49..52).contains(&at) {
                break at;
            }
        };
        prove[at] ^= 1 << noise.below(8);
        assert!(world.step(exchange, &prove).is_err(), "proof, byte {at}");
    }
    for _ in 0..20 {
        let exchange = &mut Exchange::default();
        let mut client = Client::new();
        let answer = world.step(exchange, &client.ask()).unwrap();
        let answer = world.step(exchange, &client.prove(&answer, &pem)).unwrap();
        let mut choose = client.choose(&answer);
        // The last block holds only padding that no hash covers.
        let at = 4 + noise.below(choose.len() - 24);
        choose[at] ^= 1 << noise.below(8);
        assert!(world.step(exchange, &choose).is_err(), "choice, byte {at}");
    }
}

#[test]
fn random_steps_never_panic() {
    let world = World::new();
    let mut noise = Noise::new(2);
    for round in 0..rounds(20_000) {
        let exchange = &mut Exchange::default();
        if round % 3 == 0 {
            world.step(exchange, &Client::new().ask()).unwrap();
        }
        let heads = [
            functions::ReqPqMulti::CONSTRUCTOR_ID,
            functions::ReqDhParams::CONSTRUCTOR_ID,
            functions::SetClientDhParams::CONSTRUCTOR_ID,
            noise.next() as u32,
        ];
        let mut body = heads[noise.below(4)].to_le_bytes().to_vec();
        let length = noise.below(400);
        body.extend(noise.bytes(length));
        let _ = world.step(exchange, &body);
    }
}
