//! The key wrapped with a passphrase: Argon2id makes a key of the words, XChaCha20-Poly1305 wraps the data key with it.
//!
//! The file, all numbers little endian: `HELIOKEY`, version (1 byte, now 1), memory in KiB (u32), passes (u32),
//! lanes (u32), salt (16), nonce (24), wrapped key with its tag (48). All before the nonce is authenticated.

use super::{DataKey, KeyError};
use crate::folder::write_private_file;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::path::Path;
use zeroize::Zeroizing;

pub(super) const NAME: &str = "key";

const MAGIC: &[u8; 8] = b"HELIOKEY";
const VERSION: u8 = 1;
const SALT: usize = 16;
const HEADER: usize = 8 + 1 + 12 + SALT;
const NONCE: usize = 24;
const WRAPPED: usize = 32 + 16;

/// What guessing one passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes: the second recommendation of RFC 9106, with one lane.
    pub(super) const STRONG: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The file's numbers are not authenticated before they are used: they must not take the machine down.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 64, lanes: 16 };

    fn bearable(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib && self.passes <= Self::MOST.passes && self.lanes <= Self::MOST.lanes
    }
}

pub(super) fn read(account_dir: &Path) -> Result<Option<Vec<u8>>, KeyError> {
    match std::fs::read(account_dir.join(NAME)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(KeyError::Io(e.to_string())),
    }
}

pub(super) fn write(account_dir: &Path, wrapped: &[u8]) -> Result<(), KeyError> {
    Ok(write_private_file(&account_dir.join(NAME), wrapped)?)
}

pub(super) fn wrap(key: &DataKey, passphrase: &str, cost: Cost) -> Result<Vec<u8>, KeyError> {
    let mut salt = [0; SALT];
    let mut nonce = [0; NONCE];
    for bytes in [salt.as_mut_slice(), nonce.as_mut_slice()] {
        getrandom::fill(bytes).map_err(|e| KeyError::Io(format!("no randomness from the system: {e}")))?;
    }
    let mut file = Vec::with_capacity(HEADER + NONCE + WRAPPED);
    file.extend_from_slice(MAGIC);
    file.push(VERSION);
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        file.extend_from_slice(&number.to_le_bytes());
    }
    file.extend_from_slice(&salt);
    let wrapped = cipher(passphrase, &salt, cost)?
        .encrypt(&XNonce::from(nonce), Payload { msg: key.bytes(), aad: &file })
        .map_err(|_| KeyError::Io("the key could not be wrapped".into()))?;
    file.extend_from_slice(&nonce);
    file.extend_from_slice(&wrapped);
    Ok(file)
}

pub(super) fn unwrap(file: &[u8], passphrase: &str) -> Result<DataKey, KeyError> {
    let (header, rest) = file.split_at_checked(HEADER).ok_or(KeyError::Corrupt)?;
    let (nonce, wrapped) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Corrupt)?;
    let (magic, fields) = header.split_first_chunk::<8>().ok_or(KeyError::Corrupt)?;
    let (&version, fields) = fields.split_first().ok_or(KeyError::Corrupt)?;
    if magic != MAGIC || version != VERSION || wrapped.len() != WRAPPED {
        return Err(KeyError::Corrupt);
    }
    let (memory_kib, fields) = number(fields)?;
    let (passes, fields) = number(fields)?;
    let (lanes, salt) = number(fields)?;
    let cost = Cost { memory_kib, passes, lanes };
    if !cost.bearable() {
        return Err(KeyError::Corrupt);
    }
    let bytes = cipher(passphrase, salt, cost)?
        .decrypt(&XNonce::from(*nonce), Payload { msg: wrapped, aad: header })
        .map(Zeroizing::new)
        .map_err(|_| KeyError::WrongPassphrase)?;
    DataKey::from_slice(&bytes).ok_or(KeyError::Corrupt)
}

fn number(bytes: &[u8]) -> Result<(u32, &[u8]), KeyError> {
    let (number, rest) = bytes.split_first_chunk().ok_or(KeyError::Corrupt)?;
    Ok((u32::from_le_bytes(*number), rest))
}

fn cipher(passphrase: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, KeyError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| KeyError::Corrupt)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|e| KeyError::Io(format!("the passphrase could not be used: {e}")))?;
    XChaCha20Poly1305::new_from_slice(key.as_ref()).map_err(|_| KeyError::Corrupt)
}
