//! How a file is sealed: pieces of 16 KiB, each encrypted and authenticated on its own (ChaCha20-Poly1305), so that any
//! part can be read without the rest.
//!
//! A key seals one file, and each piece of it always with the same content. The number of the piece is its nonce, and the length of the whole is authenticated with
//! each: a file that was cut, lengthened, mixed up or exchanged for another does not open.

use crate::DataKey;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// Bytes of a piece before it is sealed.
const PIECE: u64 = 16 << 10;
/// What sealing adds to each.
const SEAL: u64 = 16;
const NAME: &[u8; 16] = b"heliograph file1";

/// The length of the sealed file.
pub(crate) fn sealed_length(length: u64) -> u64 {
    length.saturating_add(length.div_ceil(PIECE).saturating_mul(SEAL))
}

/// Seals the whole of something.
pub(crate) fn seal(plain: &[u8], key: &DataKey, into: &mut impl Write) -> io::Result<()> {
    seal_part(plain, 0, u64::try_from(plain.len()).map_err(|_| damaged())?, key, into)
}

/// Seals a part of something of so many bytes in all. The part begins with a piece, and ends with one or with the whole.
pub(crate) fn seal_part(plain: &[u8], start: u64, whole: u64, key: &DataKey, into: &mut impl Write) -> io::Result<()> {
    let end = u64::try_from(plain.len()).ok().and_then(|length| start.checked_add(length)).ok_or_else(damaged)?;
    if !start.is_multiple_of(PIECE) || end > whole || (end != whole && !end.is_multiple_of(PIECE)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let cipher = cipher(key)?;
    let piece = usize::try_from(PIECE).map_err(|_| damaged())?;
    for (number, plain) in (start / PIECE..).zip(plain.chunks(piece)) {
        let payload = Payload { msg: plain, aad: &beside(whole) };
        into.write_all(&cipher.encrypt(&nonce(number), payload).map_err(|_| damaged())?)?;
    }
    Ok(())
}

/// Where a part that begins there lies in the sealed file.
pub(crate) fn sealed_start(start: u64) -> u64 {
    (start / PIECE).saturating_mul(PIECE + SEAL)
}

/// A sealed file that is read.
pub(crate) struct Sealed<R> {
    file: R,
    cipher: ChaCha20Poly1305,
    length: u64,
}

impl<R: Read + Seek> Sealed<R> {
    /// Looks whether the file is as long as it must be.
    pub fn open(mut file: R, key: &DataKey, length: u64) -> io::Result<Self> {
        if file.seek(SeekFrom::End(0))? != sealed_length(length) {
            return Err(damaged());
        }
        Ok(Self { file, cipher: cipher(key)?, length })
    }

    /// The bytes of this range, as far as it lies within the file.
    pub fn read(&mut self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let range = range.start..range.end.min(self.length);
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let first = range.start / PIECE;
        let last = (range.end - 1) / PIECE;
        let mut plain = Vec::with_capacity(usize::try_from(range.end - range.start).map_err(|_| damaged())?);
        self.file.seek(SeekFrom::Start(first * (PIECE + SEAL)))?;
        let mut sealed = Vec::new();
        for number in first..=last {
            let start = number * PIECE;
            let length = PIECE.min(self.length - start);
            sealed.resize(usize::try_from(length + SEAL).map_err(|_| damaged())?, 0);
            self.file.read_exact(&mut sealed)?;
            let payload = Payload { msg: &sealed, aad: &beside(self.length) };
            let piece = self.cipher.decrypt(&nonce(number), payload).map_err(|_| damaged())?;
            let from = usize::try_from(range.start.saturating_sub(start)).map_err(|_| damaged())?;
            let to = usize::try_from(length.min(range.end - start)).map_err(|_| damaged())?;
            plain.extend_from_slice(piece.get(from..to).ok_or_else(damaged)?);
        }
        Ok(plain)
    }
}

fn cipher(key: &DataKey) -> io::Result<ChaCha20Poly1305> {
    ChaCha20Poly1305::new_from_slice(key.bytes()).map_err(|_| damaged())
}

fn nonce(number: u64) -> Nonce {
    let mut bytes = [0; 12];
    for (to, from) in bytes.iter_mut().zip(number.to_le_bytes()) {
        *to = from;
    }
    Nonce::from(bytes)
}

/// What is authenticated with each piece.
fn beside(length: u64) -> [u8; 24] {
    let mut bytes = [0; 24];
    for (to, from) in bytes.iter_mut().zip(NAME.iter().copied().chain(length.to_le_bytes())) {
        *to = from;
    }
    bytes
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a sealed file is damaged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn content(length: usize) -> Vec<u8> {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    fn sealed(plain: &[u8], key: &DataKey) -> Vec<u8> {
        let mut file = Vec::new();
        seal(plain, key, &mut file).unwrap();
        assert_eq!(file.len() as u64, sealed_length(plain.len() as u64));
        file
    }

    fn all(file: &[u8], key: &DataKey, length: usize) -> io::Result<Vec<u8>> {
        Sealed::open(Cursor::new(file), key, length as u64)?.read(0..u64::MAX)
    }

    #[test]
    fn every_range_is_what_it_was() {
        let key = DataKey::random().unwrap();
        let piece = PIECE as usize;
        for length in [0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 77] {
            let plain = content(length);
            let file = sealed(&plain, &key);
            let mut opened = Sealed::open(Cursor::new(&file), &key, length as u64).unwrap();
            let marks: Vec<usize> = (0..=4)
                .flat_map(|number| (number * piece).saturating_sub(2)..number * piece + 3)
                .chain([length.saturating_sub(1), length, length + 1])
                .collect();
            for from in &marks {
                for to in &marks {
                    let wanted = plain.get((*from).min(length)..(*to).min(length)).unwrap_or_default();
                    assert_eq!(opened.read(*from as u64..*to as u64).unwrap(), wanted, "{from}..{to} of {length}");
                }
            }
            assert_eq!(opened.read(0..u64::MAX).unwrap(), plain);
        }
    }

    #[test]
    fn every_byte_that_was_changed_is_noticed() {
        let key = DataKey::random().unwrap();
        let plain = content(300);
        let mut file = sealed(&plain, &key);
        for at in 0..file.len() {
            for bit in [1, 0x80] {
                file[at] ^= bit;
                assert!(all(&file, &key, plain.len()).is_err(), "{at}");
                file[at] ^= bit;
            }
        }
        assert_eq!(all(&file, &key, plain.len()).unwrap(), plain);
        // Only the piece that is touched counts.
        let plain = content(3 * PIECE as usize);
        let mut file = sealed(&plain, &key);
        let second = (PIECE + SEAL) as usize;
        file[second] ^= 4;
        let mut opened = Sealed::open(Cursor::new(&file), &key, plain.len() as u64).unwrap();
        assert!(opened.read(0..PIECE + 1).is_err());
        assert_eq!(opened.read(2 * PIECE..3 * PIECE).unwrap(), plain[2 * PIECE as usize..]);
    }

    #[test]
    fn what_was_cut_lengthened_mixed_or_exchanged_is_refused() {
        let key = DataKey::random().unwrap();
        let plain = content(2 * PIECE as usize + 5);
        let file = sealed(&plain, &key);
        for length in [0, 1, 16, file.len() / 2, file.len() - 21, file.len() - 1] {
            assert!(all(&file[..length], &key, plain.len()).is_err());
        }
        // Cut together with what is known of its length.
        let whole = (PIECE + SEAL) as usize;
        assert!(all(&file[..whole], &key, PIECE as usize).is_err());
        assert!(all(&[&file[..], &[0]].concat(), &key, plain.len()).is_err());
        let mixed = [&file[whole..2 * whole], &file[..whole], &file[2 * whole..]].concat();
        assert!(all(&mixed, &key, plain.len()).is_err());
        let other = DataKey::random().unwrap();
        assert!(all(&sealed(&plain, &other), &key, plain.len()).is_err());
        assert!(!file.windows(8).any(|part| plain.windows(8).step_by(8).any(|piece| piece == part)));
    }
}
