//! The languages beside each other: every language says everything, with the same insertions and all of its plurals.

use super::{Language, languages};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};

/// The same in another language as in English, and rightly so. Words that two languages share, units, names.
const SHARED: &[(&str, &[&str])] = &[
    ("ar", &["app-name", "sign-in-phone-example", "key-control", "key-shift", "key-enter", "key-tab", "key-escape"]),
    (
        "de",
        &[
            "app-name",
            "sign-in-phone-example",
            "chats",
            "media-video",
            "only-links",
            "only-videos",
            "media-animation",
            "media-sticker",
            "media-story",
            "media-quiz",
            "online",
            "opening-passphrase",
            "settings-server",
            "proxy-link",
            "proxy-port",
            "proxy-server",
            "settings-server-telegram",
            "settings-version",
            "key-tab",
            "key-escape",
        ],
    ),
    (
        "es",
        &[
            "app-name",
            "sign-in-phone-example",
            "chats",
            "media-animation",
            "media-sticker",
            "proxies",
            "bot",
            "settings-server-telegram",
            "key-control",
            "key-tab",
            "key-escape",
        ],
    ),
    (
        "uk",
        &[
            "app-name",
            "sign-in-phone-example",
            "media-animation",
            "settings-server-telegram",
            "key-control",
            "key-shift",
            "key-enter",
            "key-tab",
            "key-escape",
        ],
    ),
];

/// The plural categories of whole numbers (CLDR).
fn categories(language: Language) -> &'static [&'static str] {
    match language.id() {
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        "uk" => &["one", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// What a message is made of.
#[derive(Clone, Default)]
struct Said {
    text: String,
    arguments: BTreeSet<String>,
    references: BTreeSet<String>,
    /// By what is selected, and then which variants there are.
    selectors: BTreeMap<String, BTreeSet<String>>,
    empty: bool,
}

impl Said {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        self.empty |= pattern.elements.is_empty();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let selected = match selector {
                    InlineExpression::VariableReference { id } => id.name.to_owned(),
                    other => format!("{other:?}"),
                };
                let keys = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                let keys: BTreeSet<String> = keys.collect();
                assert_eq!(keys.len(), variants.len(), "a variant stands twice: {keys:?}");
                self.selectors.entry(selected).or_default().extend(keys);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                let _new = self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
                let _new = self.references.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.inline(argument));
            }
            InlineExpression::StringLiteral { value } => self.text.push_str(value),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// Every message, term and attribute of a language by its name.
fn said(language: Language) -> BTreeMap<String, Said> {
    let resource = parser::parse(language.entry().source)
        .unwrap_or_else(|(_, errors)| panic!("the words in {language:?} cannot be read: {errors:?}"));
    let mut out = BTreeMap::new();
    let mut add = |name: String, pattern: &Pattern<&str>| {
        let mut said = Said::default();
        said.pattern(pattern);
        assert!(out.insert(name.clone(), said).is_none(), "{name} stands twice in {language:?}");
    };
    for entry in &resource.body {
        let (name, value, attributes) = match entry {
            Entry::Message(Message { id, value, attributes, .. }) => (id.name.to_owned(), value.as_ref(), attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            Entry::Junk { content } => panic!("{language:?}: {content}"),
            _ => continue,
        };
        if let Some(value) = value {
            add(name.clone(), value);
        }
        for attribute in attributes {
            add(format!("{name}.{}", attribute.id.name), &attribute.value);
        }
    }
    // What a message refers to belongs to it.
    let alone = out.clone();
    for said in out.values_mut() {
        for reference in &said.references {
            let inner = alone.get(reference).or_else(|| alone.get(&format!("-{reference}")));
            let inner = inner.unwrap_or_else(|| panic!("{reference} is nowhere"));
            said.arguments.extend(inner.arguments.iter().cloned());
            for (selected, keys) in &inner.selectors {
                said.selectors.entry(selected.clone()).or_default().extend(keys.iter().cloned());
            }
        }
    }
    out
}

fn others() -> impl Iterator<Item = Language> {
    languages().filter(|language| *language != Language::ENGLISH)
}

/// Collects what is wrong, so that one run says all of it.
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_language_has_every_message_and_no_other() {
    let english = said(Language::ENGLISH);
    let mut wrong = Vec::new();
    for language in others() {
        let said = said(language);
        wrong.extend(
            english.keys().filter(|key| !said.contains_key(*key)).map(|key| format!("{language:?} misses {key}")),
        );
        wrong.extend(
            said.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{language:?} has {key} alone")),
        );
    }
    none(wrong);
}

#[test]
fn every_message_inserts_the_same_in_every_language() {
    let english = said(Language::ENGLISH);
    let mut wrong = Vec::new();
    for language in others() {
        for (key, said) in said(language) {
            let Some(original) = english.get(&key) else { continue };
            if said.arguments != original.arguments {
                wrong.push(format!("{key} in {language:?} inserts {:?}, not {:?}", said.arguments, original.arguments));
            }
        }
    }
    none(wrong);
}

#[test]
fn every_plural_is_complete() {
    let english = said(Language::ENGLISH);
    let plural =
        |keys: &BTreeSet<String>| keys.iter().any(|key| ["zero", "one", "two", "few", "many"].contains(&key.as_str()));
    let mut wrong = Vec::new();
    for language in languages() {
        let wanted: BTreeSet<String> = categories(language).iter().map(|category| (*category).to_owned()).collect();
        for (key, said) in said(language) {
            for (selected, keys) in &said.selectors {
                let named: BTreeSet<String> = keys.iter().filter(|key| key.parse::<f64>().is_err()).cloned().collect();
                if plural(keys) && named != wanted {
                    wrong.push(format!("{key} in {language:?}: for ${selected} there is {named:?}, not {wanted:?}"));
                }
            }
            // Where English tells one from many, so does everybody.
            let original = english.get(&key).map(|original| &original.selectors);
            for (selected, keys) in original.into_iter().flatten() {
                let own = said.selectors.get(selected);
                if plural(keys) && !own.is_some_and(plural) {
                    wrong.push(format!("{key} in {language:?} does not tell one from many of ${selected}"));
                }
                let exact = |keys: &BTreeSet<String>| {
                    keys.iter().filter(|key| key.parse::<f64>().is_ok()).cloned().collect::<BTreeSet<_>>()
                };
                let own = own.map(exact).unwrap_or_default();
                if !plural(keys) && own != exact(keys) && !own.is_empty() {
                    wrong.push(format!(
                        "{key} in {language:?}: for ${selected} there is {own:?}, not {:?}",
                        exact(keys)
                    ));
                }
            }
        }
    }
    none(wrong);
}

#[test]
fn nothing_is_empty_and_nothing_is_left_in_english() {
    let english = said(Language::ENGLISH);
    let mut wrong = Vec::new();
    let letters = |text: &str| text.chars().any(char::is_alphabetic);
    for language in languages() {
        let shared = SHARED.iter().find(|(id, _)| *id == language.id()).map_or(&[][..], |(_, shared)| shared);
        let native = |text: &str| match language.id() {
            "uk" => {
                text.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ'))
            }
            "ar" => text.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}')),
            _ => true,
        };
        for (key, said) in said(language) {
            if said.empty {
                wrong.push(format!("{key} in {language:?} is empty"));
            }
            // A single letter is a unit.
            let word = english.get(&key).is_some_and(|original| {
                original.text.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
            });
            if language == Language::ENGLISH || !word || shared.contains(&key.as_str()) {
                continue;
            }
            let original = english.get(&key).map(|original| original.text.trim());
            if original == Some(said.text.trim()) || !letters(&said.text) || !native(&said.text) {
                wrong.push(format!("{key} is not translated into {language:?}: {}", said.text));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_tone_is_calm_in_every_language() {
    let mut wrong = Vec::new();
    for language in languages() {
        for (key, said) in said(language) {
            if said.text.contains(['!', '¡']) || said.text.contains("...") {
                wrong.push(format!("{key} in {language:?}: {}", said.text));
            }
        }
    }
    none(wrong);
}
