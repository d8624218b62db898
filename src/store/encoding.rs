//! How values of the model stand in the file: MessagePack with the names of the fields, made small by LZ4 with a
//! dictionary that knows these names.
//!
//! The names make it last: a field that is added later has its default when an older value is read, one that is gone
//! is passed over. The first byte says which form follows. A dictionary, once released, is never changed, only
//! followed by another one.

use crate::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// MessagePack as it is.
const PLAIN: u8 = 0;
/// A little-endian `u32` with the full length, then LZ4 with the first dictionary.
const PACKED: u8 = 1;

/// Messages of many kinds in the form that is to be packed.
const DICTIONARY: &[u8] = include_bytes!("encoding/dictionary-1.bin");

/// Nothing that we store is so large; a damaged length must not take all memory.
const LARGEST: usize = 16 << 20;

pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let plain = rmp_serde::to_vec_named(value).map_err(|_| Error::Damaged("a value cannot be written".into()))?;
    let packed = lz4_flex::block::compress_with_dict(&plain, DICTIONARY);
    let mut bytes = Vec::with_capacity(packed.len().min(plain.len()) + 5);
    match u32::try_from(plain.len()) {
        Ok(length) if packed.len() + 4 < plain.len() => {
            bytes.push(PACKED);
            bytes.extend(length.to_le_bytes());
            bytes.extend(packed);
        }
        _ => {
            bytes.push(PLAIN);
            bytes.extend(plain);
        }
    }
    Ok(bytes)
}

pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let damaged = || Error::Damaged("a stored value cannot be read".into());
    let (form, rest) = bytes.split_first().ok_or_else(damaged)?;
    match *form {
        PLAIN => rmp_serde::from_slice(rest).map_err(|_| damaged()),
        PACKED => {
            let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
            let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| damaged())?;
            if length > LARGEST {
                return Err(damaged());
            }
            let plain = lz4_flex::block::decompress_with_dict(rest, length, DICTIONARY).map_err(|_| damaged())?;
            rmp_serde::from_slice(&plain).map_err(|_| damaged())
        }
        _ => Err(damaged()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
