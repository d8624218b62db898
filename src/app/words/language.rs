//! The languages: which there are, which one the program speaks now, and what it says in it.

use crate::theme::Direction;
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) struct Entry {
    id: &'static str,
    name: &'static str,
    direction: Direction,
    pub(super) source: &'static str,
}

macro_rules! languages {
    ($($id:literal $name:literal $direction:ident,)*) => {
        /// English is the first: it stands in for what is missing elsewhere.
        const ENTRIES: &[Entry] = &[$(Entry {
            id: $id,
            name: $name,
            direction: Direction::$direction,
            source: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../i18n/", $id, "/heliograph.ftl")),
        },)*];
    };
}

languages! {
    "en" "English" LeftToRight,
    "ar" "العربية" RightToLeft,
    "de" "Deutsch" LeftToRight,
    "es" "Español" LeftToRight,
    "uk" "Українська" LeftToRight,
}

/// A language that the program speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// The one that the words were first written in.
    pub const ENGLISH: Self = Self(0);

    #[allow(clippy::indexing_slicing, reason = "the first is there, or this would not compile")]
    pub(super) fn entry(self) -> &'static Entry {
        ENTRIES.get(self.0).unwrap_or(const { &ENTRIES[0] })
    }

    /// Its code, as in `de`; what the preferences keep and what Telegram is told.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// What it is called in itself.
    pub fn own_name(self) -> &'static str {
        self.entry().name
    }

    /// Where reading begins.
    pub fn direction(self) -> Direction {
        self.entry().direction
    }

    /// How it writes numbers and times.
    pub(super) fn signs(self) -> &'static Signs {
        &self.spoken().signs
    }

    fn spoken(self) -> &'static Spoken {
        static SPOKEN: [OnceLock<Spoken>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];
        static NONE: OnceLock<Spoken> = OnceLock::new();
        SPOKEN.get(self.0).unwrap_or(&NONE).get_or_init(|| read(self.entry()))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A language that was read.
struct Spoken {
    bundle: FluentBundle<FluentResource>,
    signs: Signs,
}

/// How a language writes numbers and times.
pub(super) struct Signs {
    /// Between whole and part.
    pub(super) decimal: String,
    /// Between thousands.
    pub(super) group: String,
    /// From so many digits on there are thousands.
    pub(super) grouped_from: usize,
    /// How many hours the clock has.
    pub(super) hours: u8,
}

fn read(entry: &Entry) -> Spoken {
    let id = entry.id.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    let resource = FluentResource::try_new(entry.source.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!("the words in {} could not all be read: {errors:?}", entry.id);
        resource
    });
    if let Err(errors) = bundle.add_resource(resource) {
        tracing::error!("the words in {} do not go together: {errors:?}", entry.id);
    }
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => {
            let places = if number.value.fract() == 0.0 { 0 } else { 1 };
            Some(super::number::decimal(number.value, places))
        }
        _ => None,
    }));
    let sign = |id, otherwise: &str| plain(&bundle, id).unwrap_or_else(|| otherwise.to_owned());
    let signs = Signs {
        decimal: sign("number-decimal", "."),
        group: sign("number-group", ","),
        grouped_from: sign("number-grouped-from", "4").parse().unwrap_or(4),
        hours: sign("clock-hours", "24").parse().unwrap_or(24),
    };
    Spoken { bundle, signs }
}

/// A message without arguments.
fn plain(bundle: &FluentBundle<FluentResource>, id: &str) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
}

/// The language of the program.
static CURRENT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// The language of this thread, where it has one of its own.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Every language, English first.
pub fn languages() -> impl Iterator<Item = Language> {
    (0..ENTRIES.len()).map(Language)
}

/// The language with this code; `de-AT` and `de_AT.UTF-8` are `de`.
pub fn language(id: &str) -> Option<Language> {
    let main = id.split(['-', '_', '.', '@']).next().unwrap_or_default();
    languages().find(|language| language.id().eq_ignore_ascii_case(main))
}

/// The language that everything is said in now.
pub fn current() -> Language {
    HERE.get().unwrap_or_else(|| Language(CURRENT.load(Ordering::Relaxed)))
}

/// Whether this thread has a language of its own.
pub(super) fn is_own() -> bool {
    HERE.get().is_some()
}

/// Says everything in this language from now on. Views say it with the next drawing.
pub fn set(language: Language) {
    match HERE.get() {
        Some(_) => HERE.set(Some(language)),
        None => CURRENT.store(language.0, Ordering::Relaxed),
    }
}

/// Gives this thread a language of its own, which [`set`] changes then, until the guard is dropped: tests that run
/// beside each other keep theirs.
pub fn here(language: Language) -> Here {
    Here { before: HERE.replace(Some(language)), _thread: PhantomData }
}

/// See [`here`].
pub struct Here {
    before: Option<Language>,
    _thread: PhantomData<*const ()>,
}

impl Drop for Here {
    fn drop(&mut self) {
        HERE.set(self.before);
    }
}

/// The language that the desktop asks for, if we speak it; else English.
pub fn desktop() -> Language {
    wanted(|name| std::env::var(name).ok())
}

/// As gettext reads them: `LANGUAGE` is a list, and counts only where a language is set at all.
fn wanted(variable: impl Fn(&str) -> Option<String>) -> Language {
    let said = |name| variable(name).filter(|value: &String| !value.is_empty());
    let Some(locale) = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(said) else { return Language::ENGLISH };
    if locale == "C" || locale == "POSIX" || locale.starts_with("C.") {
        return Language::ENGLISH;
    }
    let list = said("LANGUAGE").unwrap_or_default();
    list.split(':').chain([locale.as_str()]).find_map(language).unwrap_or(Language::ENGLISH)
}

/// Messages that insert nothing, as they were said, in which language.
type Said = (Option<Language>, HashMap<String, String, foldhash::fast::RandomState>);

thread_local! {
    /// Every frame says dozens of these, and none of them changes.
    static SAID: RefCell<Said> = RefCell::default();
}

/// A message, or what belongs to it, in the current language.
pub(super) fn say(id: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> String {
    if attribute.is_some() || args.is_some() {
        return compose(id, attribute, args);
    }
    let language = current();
    let known = SAID.with_borrow(|(spoken, said)| said.get(id).filter(|_| *spoken == Some(language)).cloned());
    known.unwrap_or_else(|| {
        let words = compose(id, None, None);
        SAID.with_borrow_mut(|(spoken, said)| {
            if *spoken != Some(language) {
                said.clear();
                *spoken = Some(language);
            }
            said.insert(id.to_owned(), words.clone());
        });
        words
    })
}

fn compose(id: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> String {
    for language in [current(), Language::ENGLISH] {
        let bundle = &language.spoken().bundle;
        let message = bundle.get_message(id);
        let pattern = match attribute {
            None => message.and_then(|message| message.value()),
            Some(name) => message.and_then(|message| message.get_attribute(name)).map(|found| found.value()),
        };
        let Some(pattern) = pattern else { continue };
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!("saying {id} in {language:?}: {errors:?}");
        }
        return untangled(said, language.direction());
    }
    tracing::error!("there are no words for {id}");
    format!("No localization for id: {id}")
}

/// Fluent puts marks around what it inserts, so that a name in letters of the other direction, or a number, does not
/// tear the sentence around it. They are not drawn, but nobody who looks for a text expects them: they stay only where
/// something can be torn.
fn untangled(said: String, direction: Direction) -> String {
    let marks = ['\u{2068}', '\u{2069}'];
    if !said.contains(marks) || direction == Direction::RightToLeft || said.chars().any(is_right_to_left) {
        return said;
    }
    said.replace(marks, "")
}

/// Whether it is a letter that is read from right to left (the blocks of Hebrew, Arabic and their neighbours).
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_may_have_a_language_of_its_own() {
        let last = languages().last().unwrap();
        let outside = current();
        {
            let _here = here(Language::ENGLISH);
            set(last);
            assert_eq!(current(), last);
            assert_eq!(std::thread::spawn(current).join().unwrap(), outside);
        }
        assert_eq!(current(), outside);
    }

    #[test]
    fn marks_stand_only_where_something_can_be_torn() {
        use crate::words::{Words, fl};
        let _here = here(Language::ENGLISH);
        let words = Words;
        assert_eq!(fl!(words, "typing-one", name = "Mara"), "Mara is typing…");
        assert_eq!(fl!(words, "typing-one", name = "عمر"), "\u{2068}عمر\u{2069} is typing…");
        set(language("ar").unwrap());
        assert!(fl!(words, "typing-one", name = "Mara").contains("\u{2068}Mara\u{2069}"));
    }

    #[test]
    fn the_desktop_is_asked_as_gettext_does() {
        let with = |set: &[(&str, &str)]| {
            wanted(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "C.UTF-8"), ("LANGUAGE", "de")]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "en_GB.UTF-8")]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "xx_XX.UTF-8")]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "de_AT.UTF-8")]).id(), "de");
        assert_eq!(with(&[("LANG", "de_AT.UTF-8"), ("LC_MESSAGES", "uk_UA")]).id(), "uk");
        assert_eq!(with(&[("LANG", "de_AT.UTF-8"), ("LC_ALL", "ar_EG"), ("LC_MESSAGES", "uk_UA")]).id(), "ar");
        assert_eq!(with(&[("LANG", "de_AT.UTF-8"), ("LANGUAGE", "xx:es:uk")]).id(), "es");
        assert_eq!(with(&[("LANG", "de_AT.UTF-8"), ("LANGUAGE", "xx")]).id(), "de");
    }
}
