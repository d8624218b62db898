//! Reading bytes by a schema.

use thiserror::Error;

use crate::{Field, Kind, Schema};

const VECTOR: u32 = 0x1cb5_c415;

/// The bytes are none of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unknown {
    /// They end before the value does.
    #[error("it ends too early")]
    End,
    /// The schema has no such constructor.
    #[error("constructor {0:08x}")]
    Constructor(u32),
    /// Values lie deeper in each other than was allowed.
    #[error("too deep")]
    Depth,
    /// They do not end with the value.
    #[error("more bytes than it has")]
    Rest,
}

/// Takes values off the front of some bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the start of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything was taken.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Unknown> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Unknown::End)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Four bytes as a number.
    pub fn word(&mut self) -> Result<u32, Unknown> {
        let (word, rest) = self.rest.split_first_chunk::<4>().ok_or(Unknown::End)?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*word))
    }

    /// A string with its length and padding.
    pub fn bytes(&mut self) -> Result<&'a [u8], Unknown> {
        let (header, length) = match *self.rest {
            [254, a, b, c, ..] => (4, u32::from_le_bytes([a, b, c, 0]) as usize),
            [length, ..] => (1, usize::from(length)),
            [] => return Err(Unknown::End),
        };
        self.take((header + length).next_multiple_of(4))
    }

    /// The head of a list: how many elements follow.
    pub fn vector(&mut self) -> Result<u32, Unknown> {
        match self.word()? {
            VECTOR => self.word(),
            id => Err(Unknown::Constructor(id)),
        }
    }

    /// What was taken since this copy was made.
    pub fn since(&self, before: Reader<'a>) -> &'a [u8] {
        before.rest.get(..before.rest.len().saturating_sub(self.rest.len())).unwrap_or_default()
    }

    /// Passes over a value that is no deeper than this.
    pub fn skip(&mut self, schema: &Schema, kind: &Kind, depth: usize) -> Result<(), Unknown> {
        let depth = depth.checked_sub(1).ok_or(Unknown::Depth)?;
        match kind {
            Kind::Fixed(count) => drop(self.take(*count)?),
            Kind::Flags | Kind::Bool => drop(self.word()?),
            Kind::Bytes => drop(self.bytes()?),
            Kind::True => {}
            Kind::Vector(inner) => {
                for _ in 0..self.vector()? {
                    self.skip(schema, inner, depth)?;
                }
            }
            Kind::Boxed(_) => {
                let id = self.word()?;
                let combinator = schema.by_id(id).ok_or(Unknown::Constructor(id))?;
                let mut flags = Flags::default();
                for field in &combinator.fields {
                    if field.kind == Kind::Flags {
                        flags.read(field, self)?;
                    } else if flags.has(field) {
                        self.skip(schema, &field.kind, depth)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The words of flags of an object, as far as they were read.
#[derive(Debug, Default)]
pub struct Flags<'s>(Vec<(&'s str, u32)>);

impl<'s> Flags<'s> {
    /// Whether the object has this field.
    pub fn has(&self, field: &Field) -> bool {
        field
            .flag
            .as_ref()
            .is_none_or(|(name, bit)| self.0.iter().any(|(known, word)| *known == &**name && word & (1 << bit) != 0))
    }

    /// Reads a word of flags.
    pub fn read(&mut self, field: &'s Field, reader: &mut Reader<'_>) -> Result<(), Unknown> {
        self.0.push((&field.name, reader.word()?));
        Ok(())
    }
}
