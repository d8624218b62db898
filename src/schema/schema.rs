//! Schemas, as far as it takes to find one's way through serialized values.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Layer 230, as far as it takes to follow answers, updates and calls that hold what differs in other layers or what can
/// stand in itself. `src/demo/layers/generate.py` writes it.
pub const NATIVE: &str = include_str!("native.tl");

/// The schema of [`NATIVE`], read once.
pub fn native() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| Schema::read(NATIVE))
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
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

impl Kind {
    /// The type inside, past lists.
    fn boxed(&self) -> Option<&str> {
        match self {
            Self::Boxed(name) => Some(name),
            Self::Vector(inner) => inner.boxed(),
            _ => None,
        }
    }
}

/// One field of a constructor.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// Which word of flags, by its name, and which bit says that it is there.
    pub flag: Option<(Box<str>, u32)>,
    /// What it holds.
    pub kind: Kind,
}

/// A constructor or a method.
#[derive(Clone, Debug)]
pub struct Combinator {
    /// The number that it begins with.
    pub id: u32,
    /// Its name, with that of its namespace.
    pub name: Box<str>,
    /// What follows the number.
    pub fields: Vec<Field>,
    result: Kind,
    is_function: bool,
}

/// The constructors and methods of one layer.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    by_id: HashMap<u32, Arc<Combinator>>,
    by_name: HashMap<Box<str>, Arc<Combinator>>,
}

impl Schema {
    /// Reads lines of TL. What is no line of TL is passed over: the tables are our own, and tests look at each line.
    pub fn read(text: &str) -> Self {
        let mut schema = Self::default();
        schema.add(text);
        schema
    }

    /// The schema of an older layer, from the table of what differs there.
    pub fn older(&self, table: &str) -> Self {
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

    /// The constructor or method of this number.
    pub fn by_id(&self, id: u32) -> Option<&Arc<Combinator>> {
        self.by_id.get(&id)
    }

    /// The constructor or method of this name.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Combinator>> {
        self.by_name.get(name)
    }

    /// What the method of this constructor answers.
    pub fn result(&self, id: u32) -> Option<&Kind> {
        self.by_id.get(&id).filter(|combinator| combinator.is_function).map(|combinator| &combinator.result)
    }

    /// All constructors and methods, in no order.
    pub fn combinators(&self) -> impl Iterator<Item = &Combinator> {
        self.by_id.values().map(AsRef::as_ref)
    }

    /// The constructors through which a value can stand in another of its own type.
    pub(crate) fn recursive(&self) -> impl Iterator<Item = u32> {
        let mut inside: HashMap<&str, HashSet<&str>> = HashMap::new();
        let constructors = || self.by_id.values().filter(|combinator| !combinator.is_function);
        for combinator in constructors() {
            let Some(of) = combinator.result.boxed() else { continue };
            inside.entry(of).or_default().extend(combinator.fields.iter().filter_map(|field| field.kind.boxed()));
        }
        let reach = |from: &str| {
            let (mut seen, mut waiting) = (HashSet::new(), vec![from.to_owned()]);
            while let Some(next) = waiting.pop() {
                for kind in inside.get(next.as_str()).into_iter().flatten() {
                    if seen.insert((*kind).to_owned()) {
                        waiting.push((*kind).to_owned());
                    }
                }
            }
            seen
        };
        let reached: HashMap<&str, HashSet<String>> = inside.keys().map(|kind| (*kind, reach(kind))).collect();
        let leads = |from: &str, to: &str| reached.get(from).is_some_and(|reached| reached.contains(to));
        let recursive: Vec<u32> = constructors()
            .filter(|combinator| {
                let of = combinator.result.boxed().unwrap_or_default();
                combinator
                    .fields
                    .iter()
                    .filter_map(|field| field.kind.boxed())
                    .any(|kind| kind == of || leads(kind, of))
            })
            .map(|combinator| combinator.id)
            .collect();
        recursive.into_iter()
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
