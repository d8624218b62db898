//! The languages: which there are, which one the program speaks now, and what it says in it.

use crate::theme::Direction;
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Entry {
    id: &'static str,
    name: &'static str,
    direction: Direction,
    source: &'static str,
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
}

/// A language that the program speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// The one that the words were first written in.
    pub const ENGLISH: Self = Self(0);

    #[allow(clippy::indexing_slicing, reason = "the first is there, or this would not compile")]
    fn entry(self) -> &'static Entry {
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

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; ENTRIES.len()] =
            [const { OnceLock::new() }; ENTRIES.len()];
        static NONE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
        BUNDLES.get(self.0).unwrap_or(&NONE).get_or_init(|| read(self.entry()))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

fn read(entry: &Entry) -> FluentBundle<FluentResource> {
    let id = entry.id.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(entry.source.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!("the words in {} could not all be read: {errors:?}", entry.id);
        resource
    });
    if let Err(errors) = bundle.add_resource(resource) {
        tracing::error!("the words in {} do not go together: {errors:?}", entry.id);
    }
    bundle
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

/// A message, or what belongs to it, in the current language.
pub(super) fn say(id: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> String {
    for language in [current(), Language::ENGLISH] {
        let bundle = language.bundle();
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
        return said;
    }
    tracing::error!("there are no words for {id}");
    format!("No localization for id: {id}")
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
    fn the_desktop_is_asked_as_gettext_does() {
        let with = |set: &[(&str, &str)]| {
            wanted(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "C.UTF-8"), ("LANGUAGE", "de")]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "en_GB.UTF-8")]), Language::ENGLISH);
        assert_eq!(with(&[("LANG", "xx_XX.UTF-8")]), Language::ENGLISH);
    }
}
