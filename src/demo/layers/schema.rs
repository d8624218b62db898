//! Schemas, as far as it takes to find one's way through serialized values.

use std::collections::HashMap;
use std::sync::Arc;

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// So many bytes.
    Fixed(usize),
    /// A word of flags.
    Flags,
    /// A length and bytes.
    Bytes,
    /// `boolTrue` or `boolFalse`.
    Bool,
    /// Nothing: its flag is all.
    True,
    /// Some constructor of this type.
    Boxed(Box<str>),
    /// A list, with its constructor.
    Vector(Box<Kind>),
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: Box<str>,
    /// Which word of flags, by its name, and which bit says that it is there.
    pub(super) flag: Option<(Box<str>, u32)>,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) struct Combinator {
    pub(super) id: u32,
    pub(super) name: Box<str>,
    pub(super) fields: Vec<Field>,
    result: Kind,
    is_function: bool,
}

/// The constructors and methods of one layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema {
    by_id: HashMap<u32, Arc<Combinator>>,
    by_name: HashMap<Box<str>, Arc<Combinator>>,
}

impl Schema {
    /// Reads lines of TL. What is no line of TL is passed over: the tables are our own, and tests look at each line.
    pub(super) fn read(text: &str) -> Self {
        let mut schema = Self::default();
        schema.add(text);
        schema
    }

    /// The schema of an older layer, from the table of what differs there.
    pub(super) fn older(&self, table: &str) -> Self {
        let mut schema = self.clone();
        if let Some((_, absent)) = table.split_once("---absent---") {
            for name in absent.lines() {
                schema.remove(name.trim());
            }
        }
        schema.add(table);
        schema
    }

    fn remove(&mut self, name: &str) {
        if let Some(gone) = self.by_name.remove(name) {
            self.by_id.remove(&gone.id);
        }
    }

    fn add(&mut self, text: &str) {
        let mut is_function = false;
        for line in text.lines() {
            if line.starts_with("---") {
                is_function = line == "---functions---";
            } else if let Some(combinator) = combinator(line, is_function) {
                self.remove(&combinator.name);
                let combinator = Arc::new(combinator);
                self.by_id.insert(combinator.id, combinator.clone());
                self.by_name.insert(combinator.name.clone(), combinator);
            }
        }
    }

    pub(super) fn by_id(&self, id: u32) -> Option<&Arc<Combinator>> {
        self.by_id.get(&id)
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&Arc<Combinator>> {
        self.by_name.get(name)
    }

    /// What the method of this constructor answers.
    pub(super) fn result(&self, id: u32) -> Option<&Kind> {
        self.by_id.get(&id).filter(|combinator| combinator.is_function).map(|combinator| &combinator.result)
    }

    /// How many constructors and methods it has.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        assert_eq!(self.by_id.len(), self.by_name.len());
        self.by_id.len()
    }
}

fn combinator(line: &str, is_function: bool) -> Option<Combinator> {
    let (left, result) = line.strip_suffix(';')?.split_once(" = ")?;
    let mut words = left.split_whitespace();
    let (name, id) = words.next()?.split_once('#')?;
    let fields = words.map(field).collect::<Option<Vec<_>>>()?;
    let id = u32::from_str_radix(id, 16).ok()?;
    Some(Combinator { id, name: name.into(), fields, result: kind(result), is_function })
}

fn field(word: &str) -> Option<Field> {
    let (name, rest) = word.split_once(':')?;
    let (flag, rest) = match rest.split_once('?') {
        Some((flag, rest)) => {
            let (word, bit) = flag.split_once('.')?;
            (Some((word.into(), bit.parse().ok().filter(|bit| *bit < 32)?)), rest)
        }
        None => (None, rest),
    };
    Some(Field { name: name.into(), flag, kind: kind(rest) })
}

fn kind(text: &str) -> Kind {
    match text {
        "#" => Kind::Flags,
        "int" => Kind::Fixed(4),
        "long" | "double" => Kind::Fixed(8),
        "int128" => Kind::Fixed(16),
        "int256" => Kind::Fixed(32),
        "string" | "bytes" => Kind::Bytes,
        "true" => Kind::True,
        "Bool" => Kind::Bool,
        other => match other.strip_prefix("Vector<").and_then(|rest| rest.strip_suffix('>')) {
            Some(inner) => Kind::Vector(Box::new(kind(inner))),
            None => Kind::Boxed(other.into()),
        },
    }
}
