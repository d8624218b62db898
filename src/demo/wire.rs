//! Messages as bytes: plain and encrypted packets, containers, gzip.
//!
//! MTProto 2.0, the server's side of <https://core.telegram.org/mtproto/description>.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use grammers_crypto::aes::{ige_decrypt, ige_encrypt};
use grammers_tl_types::{Cursor, Deserializable, Serializable};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// `msg_container#73f1f8dc messages:vector<message>`, with a bare vector of bare messages.
pub(crate) const MSG_CONTAINER: u32 = 0x73f1_f8dc;
/// `gzip_packed#3072cfa1 packed_data:bytes`.
pub(crate) const GZIP_PACKED: u32 = 0x3072_cfa1;
/// `rpc_result#f35c6d01 req_msg_id:long result:Object`.
pub(crate) const RPC_RESULT: u32 = 0xf35c_6d01;

/// The most messages that a container may hold: the figure of the documentation.
pub(crate) const MOST_IN_CONTAINER: usize = 1020;
/// The most bytes that gzip may unfold to; a request is never near it.
pub(crate) const LARGEST_UNPACKED: usize = 8 * 1024 * 1024;
/// Smaller answers than this are not worth packing.
const WORTH_PACKING: usize = 1024;

/// Which way a message goes: the two use different parts of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Client,
    Server,
}

/// One message, as it stands in a packet or a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: Vec<u8>,
}

/// A decrypted packet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    /// What a quick acknowledgement of it says:
    /// <https://core.telegram.org/mtproto/mtproto-transports#quick-ack>.
    pub(crate) receipt: u32,
    pub(crate) salt: i64,
    pub(crate) session_id: i64,
    pub(crate) message: Message,
}

/// Why a packet was not taken. All mean damage or forgery, and end the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Refused {
    #[error("too short or not in blocks")]
    Length,
    #[error("the message key does not fit the message")]
    MessageKey,
    #[error("the length inside does not fit the packet")]
    InnerLength,
}

/// The auth key id that every packet starts with; 0 means that the rest is not encrypted.
pub(crate) fn key_id(packet: &[u8]) -> Option<i64> {
    packet.first_chunk::<8>().map(|head| i64::from_le_bytes(*head))
}

/// The message id and body of a packet that is not encrypted. Padding may follow.
pub(crate) fn read_plain(packet: &[u8]) -> Option<(i64, &[u8])> {
    let (head, rest) = packet.split_first_chunk::<8>()?;
    let (msg_id, rest) = rest.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    if i64::from_le_bytes(*head) != 0 {
        return None;
    }
    let body = rest.get(..usize::try_from(i32::from_le_bytes(*length)).ok()?)?;
    Some((i64::from_le_bytes(*msg_id), body))
}

/// A packet that is not encrypted.
pub(crate) fn write_plain(msg_id: i64, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 20);
    out.extend(0i64.to_le_bytes());
    out.extend(msg_id.to_le_bytes());
    out.extend((body.len() as i32).to_le_bytes());
    out.extend_from_slice(body);
    out
}

/// The parts of the auth key that each direction uses: two for the AES key, one for the message key.
fn key_parts(key: &[u8; 256], from: Side) -> (&[u8], &[u8], &[u8]) {
    match from {
        Side::Client => (&key[0..36], &key[40..76], &key[88..120]),
        Side::Server => (&key[8..44], &key[48..84], &key[96..128]),
    }
}

/// The message key, and the receipt that comes out of the same sum.
fn message_key(key: &[u8; 256], from: Side, plain: &[u8]) -> ([u8; 16], u32) {
    let (_, _, part) = key_parts(key, from);
    let large: [u8; 32] = Sha256::new().chain_update(part).chain_update(plain).finalize().into();
    let mut middle = [0u8; 16];
    middle.copy_from_slice(&large[8..24]);
    (middle, u32::from_le_bytes([large[0], large[1], large[2], large[3]]))
}

fn aes_key(key: &[u8; 256], from: Side, message_key: &[u8; 16]) -> ([u8; 32], [u8; 32]) {
    let (first, second, _) = key_parts(key, from);
    let a: [u8; 32] = Sha256::new().chain_update(message_key).chain_update(first).finalize().into();
    let b: [u8; 32] = Sha256::new().chain_update(second).chain_update(message_key).finalize().into();
    let mut aes = [0u8; 32];
    aes[..8].copy_from_slice(&a[..8]);
    aes[8..24].copy_from_slice(&b[8..24]);
    aes[24..].copy_from_slice(&a[24..]);
    let mut iv = [0u8; 32];
    iv[..8].copy_from_slice(&b[..8]);
    iv[8..24].copy_from_slice(&a[8..24]);
    iv[24..].copy_from_slice(&b[24..]);
    (aes, iv)
}

/// Opens a packet from a client.
pub(crate) fn decrypt(key: &[u8; 256], packet: &[u8]) -> Result<Packet, Refused> {
    let (_, rest) = packet.split_first_chunk::<8>().ok_or(Refused::Length)?;
    let (message_key_got, encrypted) = rest.split_first_chunk::<16>().ok_or(Refused::Length)?;
    // The padded transport leaves up to 15 bytes behind the last block.
    let blocks = encrypted.len() / 16 * 16;
    let mut plain = encrypted.get(..blocks).unwrap_or_default().to_vec();
    if plain.len() < 32 || encrypted.len() - blocks >= 16 {
        return Err(Refused::Length);
    }
    let (aes, iv) = aes_key(key, Side::Client, message_key_got);
    ige_decrypt(&mut plain, &aes, &iv);
    // Before anything in it is looked at: https://core.telegram.org/mtproto/security_guidelines
    let (expected, receipt) = message_key(key, Side::Client, &plain);
    if expected != *message_key_got {
        return Err(Refused::MessageKey);
    }
    let mut cursor = Cursor::from_slice(&plain);
    let mut header = || -> Result<_, grammers_tl_types::deserialize::Error> {
        Ok((
            i64::deserialize(&mut cursor)?,
            i64::deserialize(&mut cursor)?,
            i64::deserialize(&mut cursor)?,
            i32::deserialize(&mut cursor)?,
            i32::deserialize(&mut cursor)?,
        ))
    };
    let (salt, session_id, msg_id, seq_no, length) = header().map_err(|_| Refused::Length)?;
    let rest = plain.get(cursor.pos()..).unwrap_or_default();
    let length = usize::try_from(length).map_err(|_| Refused::InnerLength)?;
    let padding = rest.len().checked_sub(length).ok_or(Refused::InnerLength)?;
    if length % 4 != 0 || length < 4 || !(12..=1024).contains(&padding) {
        return Err(Refused::InnerLength);
    }
    let body = rest.get(..length).unwrap_or_default().to_vec();
    Ok(Packet { receipt, salt, session_id, message: Message { msg_id, seq_no, body } })
}

/// Closes a packet for a client.
pub(crate) fn encrypt(key: &[u8; 256], key_id: i64, salt: i64, session_id: i64, message: &Message) -> Vec<u8> {
    let mut plain = Vec::with_capacity(message.body.len() + 64);
    plain.extend(salt.to_le_bytes());
    plain.extend(session_id.to_le_bytes());
    write_message(message, &mut plain);
    let padding = 12 + (16 - (plain.len() + 12) % 16) % 16;
    let mut random = [0u8; 32];
    // Padding of zeros is still a valid message, should the system have no randomness to give.
    let _ = getrandom::fill(&mut random);
    plain.extend(random.iter().take(padding));
    let (message_key, _) = message_key(key, Side::Server, &plain);
    let (aes, iv) = aes_key(key, Side::Server, &message_key);
    ige_encrypt(&mut plain, &aes, &iv);
    let mut packet = Vec::with_capacity(plain.len() + 24);
    packet.extend(key_id.to_le_bytes());
    packet.extend(message_key);
    packet.append(&mut plain);
    packet
}

fn write_message(message: &Message, out: &mut Vec<u8>) {
    out.extend(message.msg_id.to_le_bytes());
    out.extend(message.seq_no.to_le_bytes());
    out.extend((message.body.len() as i32).to_le_bytes());
    out.extend_from_slice(&message.body);
}

/// The TL constructor that a body starts with.
pub(crate) fn constructor(body: &[u8]) -> Option<u32> {
    body.first_chunk::<4>().map(|head| u32::from_le_bytes(*head))
}

/// The messages of a container, `None` when it is malformed.
pub(crate) fn read_container(body: &[u8]) -> Option<Vec<Message>> {
    let (id, rest) = body.split_first_chunk::<4>()?;
    let (count, mut rest) = rest.split_first_chunk::<4>()?;
    let count = usize::try_from(i32::from_le_bytes(*count)).ok()?;
    if u32::from_le_bytes(*id) != MSG_CONTAINER || count > MOST_IN_CONTAINER {
        return None;
    }
    let mut messages = Vec::with_capacity(count);
    for _ in 0..count {
        let (msg_id, after) = rest.split_first_chunk::<8>()?;
        let (seq_no, after) = after.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(i32::from_le_bytes(*length)).ok()?;
        if length % 4 != 0 || length < 4 {
            return None;
        }
        let (body, after) = after.split_at_checked(length)?;
        let (msg_id, seq_no) = (i64::from_le_bytes(*msg_id), i32::from_le_bytes(*seq_no));
        messages.push(Message { msg_id, seq_no, body: body.to_vec() });
        rest = after;
    }
    rest.is_empty().then_some(messages)
}

/// The body of a container.
pub(crate) fn write_container<'a>(messages: impl ExactSizeIterator<Item = &'a Message>) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(MSG_CONTAINER.to_le_bytes());
    out.extend((messages.len() as i32).to_le_bytes());
    for message in messages {
        write_message(message, &mut out);
    }
    out
}

/// What a `gzip_packed` body holds, `None` when it is damaged or unfolds to too much.
pub(crate) fn unpack(body: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor::from_slice(body);
    if u32::deserialize(&mut cursor) != Ok(GZIP_PACKED) {
        return None;
    }
    let packed = Vec::<u8>::deserialize(&mut cursor).ok()?;
    let mut out = Vec::new();
    // One byte more than allowed, to tell "just fits" from "goes on".
    GzDecoder::new(packed.as_slice()).take(LARGEST_UNPACKED as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() <= LARGEST_UNPACKED).then_some(out)
}

/// The body as `gzip_packed` where that is at least a fifth smaller, else as it was.
pub(crate) fn pack_if_smaller(body: Vec<u8>) -> Vec<u8> {
    if body.len() < WORTH_PACKING {
        return body;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = match encoder.write_all(&body).and_then(|()| encoder.finish()) {
        Ok(packed) if packed.len() + 12 < body.len() / 5 * 4 => packed,
        _ => return body,
    };
    let mut out = GZIP_PACKED.to_bytes();
    packed.serialize(&mut out);
    out
}

/// A `gzip_packed` of this many MiB of zeros.
pub(crate) fn gzip_bomb(mib: usize) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0u8; 1024 * 1024];
    for _ in 0..mib {
        encoder.write_all(&zeros).ok()?;
    }
    let mut out = GZIP_PACKED.to_bytes();
    encoder.finish().ok()?.serialize(&mut out);
    Some(out)
}

/// The answer to one request, where `result` is boxed.
pub(crate) fn rpc_result(req_msg_id: i64, result: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(result.len() + 12);
    out.extend(RPC_RESULT.to_le_bytes());
    out.extend(req_msg_id.to_le_bytes());
    out.extend_from_slice(result);
    out
}

#[cfg(test)]
pub(crate) mod tests;
