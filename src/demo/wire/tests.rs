use grammers_crypto::{AuthKey, DequeBuffer, decrypt_data_v2, encrypt_data_v2};

use super::*;

/// Random bytes that are the same in every run.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 16) as usize % limit
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| (self.next() >> 24) as u8).collect()
    }
}

/// How many rounds a long test runs: `full` times HELIOGRAPH_EFFORT, a tenth without it.
pub(crate) fn rounds(full: usize) -> usize {
    let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.1);
    ((full as f64 * effort) as usize).max(200)
}

fn key() -> [u8; 256] {
    std::array::from_fn(|i| i as u8 ^ 0x5a)
}

/// What a client would send: grammers encrypts.
fn from_client(plain: &[u8]) -> Vec<u8> {
    let mut buffer = DequeBuffer::with_capacity(plain.len() + 64, 64);
    buffer.extend(plain.iter().copied());
    encrypt_data_v2(&mut buffer, &AuthKey::from_bytes(key()));
    buffer[..].to_vec()
}

fn plain(message: &Message) -> Vec<u8> {
    let mut out = 5i64.to_le_bytes().to_vec();
    out.extend(6i64.to_le_bytes());
    write_message(message, &mut out);
    out
}

fn message() -> Message {
    Message { msg_id: 7 << 32, seq_no: 1, body: vec![1, 2, 3, 4, 5, 6, 7, 8] }
}

#[test]
fn opens_what_a_client_closed_and_the_other_way_round() {
    let packet = decrypt(&key(), &from_client(&plain(&message()))).unwrap();
    assert_eq!((packet.salt, packet.session_id, packet.message), (5, 6, message()));

    let auth = AuthKey::from_bytes(key());
    for length in [4usize, 8, 12, 16, 1000, 600_000] {
        let sent = Message { msg_id: 9, seq_no: 3, body: vec![0xab; length] };
        let digest: [u8; 20] = {
            use sha1::{Digest, Sha1};
            Sha1::digest(key()).into()
        };
        let key_id = i64::from_le_bytes(*digest.last_chunk::<8>().unwrap());
        let mut reply = encrypt(&key(), key_id, 5, 6, &sent);
        let opened = decrypt_data_v2(&mut reply, &auth).unwrap();
        assert_eq!(&opened[..plain(&sent).len()], &plain(&sent)[..]);
        let padding = opened.len() - plain(&sent).len();
        assert!((12..=1024).contains(&padding), "{padding}");
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let sealed = from_client(&plain(&message()));
    // The first 8 bytes only choose the key.
    for at in 8..sealed.len() {
        for bit in 0..8 {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1 << bit;
            assert_eq!(decrypt(&key(), &damaged), Err(Refused::MessageKey), "byte {at} bit {bit}");
        }
    }
    for length in 0..sealed.len() {
        assert!(decrypt(&key(), &sealed[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn the_padded_transport_may_leave_bytes_behind() {
    let mut sealed = from_client(&plain(&message()));
    sealed.extend([9; 15]);
    assert_eq!(decrypt(&key(), &sealed).unwrap().message, message());
}

/// Encrypts as a client would, but with a length and padding of our choice.
fn sealed_with(length: i32, after_header: usize) -> Vec<u8> {
    let mut inside = 5i64.to_le_bytes().to_vec();
    inside.extend(6i64.to_le_bytes());
    inside.extend((7i64 << 32).to_le_bytes());
    inside.extend(1i32.to_le_bytes());
    inside.extend(length.to_le_bytes());
    inside.resize(32 + after_header, 0);
    assert_eq!(inside.len() % 16, 0);
    let (message_key, _) = message_key(&key(), Side::Client, &inside);
    let (aes, iv) = aes_key(&key(), Side::Client, &message_key);
    ige_encrypt(&mut inside, &aes, &iv);
    let mut packet = vec![0; 8];
    packet.extend(message_key);
    packet.extend(inside);
    packet
}

#[test]
fn padding_and_length_are_checked() {
    assert!(decrypt(&key(), &sealed_with(4, 16)).is_ok());
    assert!(decrypt(&key(), &sealed_with(48, 1072)).is_ok());
    for (length, after, what) in [
        (8, 16, "8 bytes of padding"),
        (16, 16, "none"),
        (20, 16, "length past the end"),
        (-4, 16, "negative"),
        (i32::MIN, 16, "very negative"),
        (0, 16, "empty"),
        (3, 32, "not in words"),
        (32, 1072, "1040 bytes of padding"),
    ] {
        assert_eq!(decrypt(&key(), &sealed_with(length, after)), Err(Refused::InnerLength), "{what}");
    }
}

#[test]
fn containers_round_trip_and_are_refused_when_damaged() {
    let messages = [message(), Message { msg_id: 8 << 32, seq_no: 2, body: vec![9; 4] }];
    let body = write_container(messages.iter());
    assert_eq!(read_container(&body).unwrap(), messages);
    for length in 0..body.len() {
        assert!(read_container(&body[..length]).is_none());
    }
    let mut longer = body.clone();
    longer.extend([0; 4]);
    assert!(read_container(&longer).is_none());
    let mut many = MSG_CONTAINER.to_le_bytes().to_vec();
    many.extend(i32::MAX.to_le_bytes());
    assert!(read_container(&many).is_none());
}

#[test]
fn gzip_packs_what_shrinks_and_unpacks_with_a_limit() {
    let text = b"lighthouse ".repeat(500);
    let packed = pack_if_smaller(text.clone());
    assert!(packed.len() < text.len() / 2);
    assert_eq!(unpack(&packed).unwrap(), text);

    let noise = Noise::new(3).bytes(5000);
    assert_eq!(pack_if_smaller(noise.clone()), noise, "random bytes do not shrink");
    assert_eq!(pack_if_smaller(vec![0; 100]), vec![0; 100], "too small to bother");

    let bomb = pack_if_smaller(vec![0; LARGEST_UNPACKED + 1]);
    assert!(bomb.len() < 100_000 && unpack(&bomb).is_none());
    let mut damaged = packed.clone();
    damaged[40] ^= 0xff;
    assert_ne!(unpack(&damaged), Some(text));
    assert!(unpack(&packed[..packed.len() / 2]).is_none());
}

#[test]
fn plain_packets_round_trip() {
    let packet = write_plain(11, &[1, 2, 3, 4]);
    assert_eq!(read_plain(&packet), Some((11, &[1u8, 2, 3, 4][..])));
    assert_eq!(key_id(&packet), Some(0));
    for length in 0..packet.len() {
        assert!(read_plain(&packet[..length]).is_none());
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut noise = Noise::new(5);
    for _ in 0..rounds(20_000) {
        let length = noise.below(200);
        let bytes = noise.bytes(length);
        let _ = decrypt(&key(), &bytes);
        let _ = read_plain(&bytes);
        let _ = read_plain(&write_plain(1, &bytes)[..noise.below(bytes.len() + 20)]);
        let _ = unpack(&bytes);
        for head in [MSG_CONTAINER, GZIP_PACKED] {
            let mut framed = head.to_le_bytes().to_vec();
            framed.extend((noise.below(5) as i32).to_le_bytes());
            framed.extend(&bytes);
            let _ = read_container(&framed);
            let _ = unpack(&framed);
        }
    }
}
