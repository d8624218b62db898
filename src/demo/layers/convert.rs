//! From one schema to another.

use heliograph_schema::{Combinator, Field, Flags, Kind, Reader, Schema, Unknown};

const VECTOR: u32 = 0x1cb5_c415;
const BOOL_FALSE: u32 = 0xbc79_9737;
/// Deeper than anything that a client sends or the world answers.
const DEEPEST: usize = 48;

/// Rows of buttons have a type of their own since layer 229.
const RENAMED: [(&str, &str); 1] = [("keyboardInlineButtonRow", "keyboardButtonRow")];
/// Since layer 229 what a button does is a value inside it, before that it was the button's constructor: (constructor,
/// field, prefix of the value's constructor, prefix of the old one).
const FOLDED: [(&str, &str, &str, &str); 2] = [
    ("keyboardInlineButton", "type", "inlineButtonType", "keyboardButton"),
    ("keyboardButton", "type", "buttonType", "keyboardButton"),
];
/// What stands for something that an older layer has no word for, where something has to.
const SUBSTITUTES: [(&str, &str); 4] = [
    ("MessageAction", "messageActionEmpty"),
    ("MessageMedia", "messageMediaUnsupported"),
    ("PageBlock", "pageBlockUnsupported"),
    ("RichText", "textEmpty"),
];

/// A field as it came: its bytes in both schemas, as far as it has any in the second.
struct Got<'s, 'a> {
    field: &'s Field,
    raw: &'a [u8],
    converted: Option<Vec<u8>>,
}

/// The way from one schema to another.
pub(super) struct Converter<'s> {
    from: &'s Schema,
    to: &'s Schema,
}

impl<'s> Converter<'s> {
    pub(super) fn new(from: &'s Schema, to: &'s Schema) -> Self {
        Self { from, to }
    }

    /// Whether the value means the same in both schemas as it is.
    pub(super) fn is_same(&self, bytes: &[u8], kind: &Kind) -> Result<bool, Unknown> {
        let mut reader = Reader::new(bytes);
        let same = self.skip(&mut reader, kind, DEEPEST)?;
        if reader.is_empty() { Ok(same) } else { Err(Unknown::Rest) }
    }

    /// The value in the other schema, `None` when that has no word for it.
    pub(super) fn whole(&self, bytes: &[u8], kind: &Kind) -> Result<Option<Vec<u8>>, Unknown> {
        let mut reader = Reader::new(bytes);
        let converted = self.value(&mut reader, kind, DEEPEST)?;
        if reader.is_empty() { Ok(converted) } else { Err(Unknown::Rest) }
    }

    /// A call in the other schema, `None` when that has no such method.
    pub(super) fn call(&self, bytes: &[u8]) -> Result<Option<Vec<u8>>, Unknown> {
        let id = Reader::new(bytes).word()?;
        if self.from.result(id).is_none() {
            return Err(Unknown::Constructor(id));
        }
        let mut reader = Reader::new(bytes);
        // Clients may say more at the end than we know of.
        self.object(&mut reader, DEEPEST)
    }

    fn constructor(&self, reader: &mut Reader<'_>) -> Result<&'s Combinator, Unknown> {
        let id = reader.word()?;
        self.from.by_id(id).map(AsRef::as_ref).ok_or(Unknown::Constructor(id))
    }

    fn is_known(&self, combinator: &Combinator) -> bool {
        self.to.by_name(&combinator.name).is_some_and(|other| other.id == combinator.id)
    }

    fn skip(&self, reader: &mut Reader<'_>, kind: &Kind, depth: usize) -> Result<bool, Unknown> {
        let depth = depth.checked_sub(1).ok_or(Unknown::Depth)?;
        let mut same = true;
        match kind {
            Kind::Fixed(count) => drop(reader.take(*count)?),
            Kind::Flags | Kind::Bool => drop(reader.word()?),
            Kind::Bytes => drop(reader.bytes()?),
            Kind::True => {}
            Kind::Vector(inner) => {
                for _ in 0..reader.vector()? {
                    same &= self.skip(reader, inner, depth)?;
                }
            }
            Kind::Boxed(_) => {
                let combinator = self.constructor(reader)?;
                same = self.is_known(combinator);
                let mut flags = Flags::default();
                for field in &combinator.fields {
                    if !flags.has(field) {
                        continue;
                    }
                    if field.kind == Kind::Flags {
                        flags.read(field, reader)?;
                    } else {
                        same &= self.skip(reader, &field.kind, depth)?;
                    }
                }
            }
        }
        Ok(same)
    }

    fn value(&self, reader: &mut Reader<'_>, kind: &Kind, depth: usize) -> Result<Option<Vec<u8>>, Unknown> {
        let depth = depth.checked_sub(1).ok_or(Unknown::Depth)?;
        match kind {
            Kind::Vector(inner) => {
                let count = reader.vector()?;
                let (mut items, mut kept) = (Vec::new(), 0u32);
                for _ in 0..count {
                    if let Some(item) = self.value(reader, inner, depth)? {
                        items.extend(item);
                        kept += 1;
                    }
                }
                let mut out = VECTOR.to_le_bytes().to_vec();
                out.extend(kept.to_le_bytes());
                out.extend(items);
                Ok(Some(out))
            }
            Kind::Boxed(_) => self.object(reader, depth),
            plain => {
                let before = *reader;
                self.skip(reader, plain, depth)?;
                Ok(Some(reader.since(before).to_vec()))
            }
        }
    }

    fn object(&self, reader: &mut Reader<'_>, depth: usize) -> Result<Option<Vec<u8>>, Unknown> {
        let combinator = self.constructor(reader)?;
        let fields = self.fields(combinator, reader, depth)?;
        if self.is_known(combinator) || self.to.by_name(&combinator.name).is_some() && !is_folded(&combinator.name) {
            let target = self.to.by_name(&combinator.name);
            return Ok(target.and_then(|target| self.build(target, &fields, &[])));
        }
        if let Some((_, field, inner_prefix, prefix)) = FOLDED.iter().find(|(name, ..)| **name == *combinator.name)
            && let Some(got) = fields.iter().find(|got| *got.field.name == **field)
        {
            let mut inner = Reader::new(got.raw);
            let value = self.constructor(&mut inner)?;
            let inner = self.fields(value, &mut inner, depth)?;
            let rest = value.name.strip_prefix(inner_prefix).map(|rest| if rest == "Default" { "" } else { rest });
            let target = rest.and_then(|rest| self.to.by_name(&format!("{prefix}{rest}")));
            return Ok(target.and_then(|target| self.build(target, &fields, &inner)));
        }
        let renamed = RENAMED.iter().find(|(name, _)| **name == *combinator.name);
        let target = renamed.and_then(|(_, name)| self.to.by_name(name));
        Ok(target.and_then(|target| self.build(target, &fields, &[])))
    }

    fn fields<'a>(
        &self,
        combinator: &'s Combinator,
        reader: &mut Reader<'a>,
        depth: usize,
    ) -> Result<Vec<Got<'s, 'a>>, Unknown> {
        let mut flags = Flags::default();
        let mut all = Vec::with_capacity(combinator.fields.len());
        for field in combinator.fields.iter() {
            if !flags.has(field) {
                continue;
            }
            if field.kind == Kind::Flags {
                flags.read(field, reader)?;
                continue;
            }
            let before = *reader;
            let converted = self.value(reader, &field.kind, depth)?;
            all.push(Got { field, raw: reader.since(before), converted });
        }
        Ok(all)
    }

    /// The object as `target`, out of fields of the same names. `None` when something is missing that has to be there.
    fn build(&self, target: &Combinator, fields: &[Got<'_, '_>], more: &[Got<'_, '_>]) -> Option<Vec<u8>> {
        let mut values = Vec::with_capacity(target.fields.len());
        for field in &target.fields {
            let got = fields.iter().chain(more).find(|got| got.field.name == field.name);
            let value = got.and_then(|got| self.fit(got, &field.kind));
            values.push(match (value, &field.flag) {
                (Some(value), _) => Some(value),
                (None, Some(_)) => None,
                (None, None) if field.kind == Kind::Flags => None,
                (None, None) => Some(self.default(&field.kind)?),
            });
        }
        let mut out = target.id.to_le_bytes().to_vec();
        for (field, value) in target.fields.iter().zip(&values) {
            if field.kind == Kind::Flags {
                let word = target.fields.iter().zip(&values).fold(0u32, |word, (other, value)| match &other.flag {
                    Some((name, bit)) if *name == field.name && value.is_some() => word | 1 << bit,
                    _ => word,
                });
                out.extend(word.to_le_bytes());
            } else if let Some(value) = value {
                out.extend(value);
            }
        }
        Some(out)
    }

    /// The value of a field where the other schema wants this kind.
    fn fit(&self, got: &Got<'_, '_>, wanted: &Kind) -> Option<Vec<u8>> {
        match (&got.field.kind, wanted) {
            // Formatted text where there was plain text before.
            (Kind::Boxed(_), Kind::Bytes) => {
                let mut reader = Reader::new(got.raw);
                let text = self.constructor(&mut reader).ok()?;
                let fields = self.fields(text, &mut reader, DEEPEST).ok()?;
                fields.into_iter().find(|got| &*got.field.name == "text").map(|got| got.raw.to_vec())
            }
            (Kind::Boxed(_), Kind::Boxed(_)) | (Kind::Vector(_), Kind::Vector(_)) => got.converted.clone(),
            (from, to) if from == to => got.converted.clone(),
            _ => None,
        }
    }

    /// What stands where nothing was said.
    fn default(&self, kind: &Kind) -> Option<Vec<u8>> {
        match kind {
            Kind::Fixed(count) => Some(vec![0; *count]),
            Kind::Bytes => Some(vec![0; 4]),
            Kind::Bool => Some(BOOL_FALSE.to_le_bytes().to_vec()),
            Kind::Vector(_) => Some([VECTOR.to_le_bytes(), [0; 4]].concat()),
            Kind::Boxed(name) => {
                let (_, substitute) = SUBSTITUTES.iter().find(|(of, _)| **of == **name)?;
                self.to.by_name(substitute).map(|combinator| combinator.id.to_le_bytes().to_vec())
            }
            Kind::Flags | Kind::True => None,
        }
    }
}

fn is_folded(name: &str) -> bool {
    FOLDED.iter().any(|(of, ..)| *of == name)
}
