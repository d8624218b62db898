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
/// The byte for the form and the length.
const PACKED_HEAD: usize = 5;

/// Messages of many kinds in the form that is to be packed.
const DICTIONARY: &[u8] = include_bytes!("encoding/dictionary-1.bin");

/// Nothing that we store is so large; a damaged length must not take all memory.
const LARGEST: usize = 16 << 20;

pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let failed = || Error::Damaged("a value cannot be written".into());
    // Most values fit into this, so that it need not grow: every message that comes is written so.
    let mut plain = Vec::with_capacity(1024);
    plain.push(PLAIN);
    rmp_serde::encode::write_named(&mut plain, value).map_err(|_| failed())?;
    let value = plain.get(1..).unwrap_or_default();
    let Ok(length) = u32::try_from(value.len()) else { return Ok(plain) };
    let mut packed = vec![0; PACKED_HEAD + lz4_flex::block::get_maximum_output_size(value.len())];
    let (head, room) = packed.split_at_mut_checked(PACKED_HEAD).ok_or_else(failed)?;
    let (form, told) = head.split_first_mut().ok_or_else(failed)?;
    *form = PACKED;
    told.copy_from_slice(&length.to_le_bytes());
    let took = lz4_flex::block::compress_into_with_dict(value, room, DICTIONARY).map_err(|_| failed())?;
    packed.truncate(PACKED_HEAD + took);
    Ok(if packed.len() < plain.len() { packed } else { plain })
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
