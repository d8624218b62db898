//! Countries: their calling codes, how their numbers are written, and what they are called. The table is made by
//! `packaging/countries.py`; it is read when somebody first comes to the sign-in screen.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A country, or a territory with calling codes of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166, two letters.
    pub id: &'static str,
    /// The calling code, without the plus.
    pub code: &'static str,
    /// What stands before a number that is dialled inside the country; not a part of the number.
    trunk: &'static str,
    /// The beginnings of its numbers, where it shares its calling code and is not the first there.
    beginnings: Vec<&'static str>,
    /// The usual way of writing a number, in groups of digits.
    usual: Groups,
    /// Numbers with these beginnings are written otherwise.
    others: Vec<(Vec<&'static str>, Groups)>,
}

/// How many digits stand together.
type Groups = Vec<usize>;

/// A country with its name in a language.
#[derive(Debug)]
pub struct Named {
    /// The country.
    pub country: &'static Country,
    /// Its name.
    pub name: &'static str,
    /// What else it is found by: the name in small letters, with and without marks.
    found_by: Vec<String>,
}

struct Table {
    countries: Vec<&'static Country>,
    /// In the order of the language's alphabet.
    names: HashMap<&'static str, Vec<Named>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../../../assets/countries.txt")));

fn read(text: &'static str) -> Table {
    let mut table = Table { countries: Vec::new(), names: HashMap::new() };
    let mut language = None;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let first = columns.next().unwrap_or_default();
        if let Some(id) = first.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            language = Some(id);
        } else if let Some(language) = language {
            let Some(country) = table.countries.iter().find(|country| country.id == first) else { continue };
            let name = columns.next().unwrap_or_default();
            let found_by = std::iter::once(name.to_lowercase()).chain(columns.next().map(str::to_owned)).collect();
            table.names.entry(language).or_default().push(Named { country, name, found_by });
        } else {
            let mut column = || columns.next().unwrap_or_default();
            let (code, trunk) = (column(), column());
            let beginnings = column().split(',').filter(|beginning| !beginning.is_empty()).collect();
            let mut ways = column().split(';');
            let usual = groups(ways.next().unwrap_or_default());
            let others = ways
                .filter_map(|way| way.split_once(':'))
                .map(|(beginnings, way)| (beginnings.split(',').collect(), groups(way)))
                .collect();
            // Read once for the life of the program, and pointed to from everywhere.
            table.countries.push(Box::leak(Box::new(Country { id: first, code, trunk, beginnings, usual, others })));
        }
    }
    table
}

fn groups(way: &str) -> Groups {
    way.split(' ').map(str::len).filter(|group| *group > 0).collect()
}

impl Country {
    /// The country with these two letters, small or large.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        TABLE.countries.iter().copied().find(|country| country.id.eq_ignore_ascii_case(id))
    }

    /// The country of a number, which begins with its calling code. Where the digits do not tell yet, it stays `now`.
    pub fn of(digits: &str, now: Option<&'static Self>) -> Option<&'static Self> {
        let sharing = || TABLE.countries.iter().copied().filter(|country| digits.starts_with(country.code));
        // No calling code is the beginning of another one.
        let first = sharing().next()?;
        let rest = digits.get(first.code.len()..).unwrap_or_default();
        let told = sharing()
            .flat_map(|country| country.beginnings.iter().map(move |beginning| (country, *beginning)))
            .filter(|(_, beginning)| rest.starts_with(beginning))
            .max_by_key(|(_, beginning)| beginning.len());
        if let Some((country, _)) = told {
            return Some(country);
        }
        let open = |country: &Self| country.beginnings.iter().any(|beginning| beginning.starts_with(rest));
        match now {
            Some(now) if now.code == first.code && (rest.is_empty() || sharing().any(open)) => Some(now),
            _ => Some(first),
        }
    }

    /// Its name; in English where the language has none.
    pub fn name(&self, language: &str) -> &'static str {
        names(language).iter().find(|named| named.country.id == self.id).map_or(self.id, |named| named.name)
    }

    /// Its flag, as the two letters that an emoji font draws as one.
    pub fn flag(&self) -> String {
        let letter = |c: char| char::from_u32(0x1F1E6 + u32::from(c).wrapping_sub(u32::from('A')));
        self.id.chars().filter_map(letter).collect()
    }

    /// Parts digits that follow the calling code, as far as they go; what is more than usual stays at the end.
    pub fn written(&self, digits: &str) -> String {
        let mut written = String::new();
        let mut left = digits;
        for group in self.groups(digits) {
            let (group, rest) = left.split_at_checked(*group).unwrap_or((left, ""));
            if !written.is_empty() && !group.is_empty() {
                written.push(' ');
            }
            written.push_str(group);
            left = rest;
        }
        written.push_str(left);
        written
    }

    /// An example of how numbers look here, for an empty field.
    pub fn example(&self) -> String {
        let digits: usize = self.usual.iter().sum();
        self.written(&"0".repeat(digits))
    }

    /// Without what is only dialled inside the country.
    pub fn without_trunk<'a>(&self, digits: &'a str) -> &'a str {
        let usual: usize = self.usual.iter().sum();
        match digits.strip_prefix(self.trunk) {
            // Nowhere does a number begin with the zero that is dialled before it; an 8 or a 1 may belong to it.
            Some(rest) if !self.trunk.is_empty() && !rest.is_empty() && (self.trunk == "0" || digits.len() > usual) => {
                rest
            }
            _ => digits,
        }
    }

    fn groups(&self, digits: &str) -> &Groups {
        let other = self
            .others
            .iter()
            .flat_map(|(beginnings, groups)| {
                beginnings.iter().map(move |beginning| (beginning.len(), *beginning, groups))
            })
            .filter(|(_, beginning, _)| digits.starts_with(beginning))
            .max_by_key(|(length, ..)| *length);
        other.map_or(&self.usual, |(.., groups)| groups)
    }
}

/// All countries with their names, in the order of the language.
pub fn names(language: &str) -> &'static [Named] {
    let base = language.split(['-', '_']).next().unwrap_or_default();
    [language, base, "en"].iter().find_map(|language| TABLE.names.get(*language)).map_or(&[], Vec::as_slice)
}

/// The countries that these words may mean: names first that begin so, then those with a word that does, then those
/// with the code. English names are known in every language.
pub fn search(language: &str, words: &str) -> Vec<&'static Named> {
    let wanted = words.trim().to_lowercase();
    if wanted.is_empty() {
        return names(language).iter().collect();
    }
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    let rank = |named: &Named| {
        let english = names("en").iter().find(|english| english.country.id == named.country.id);
        let all = || named.found_by.iter().chain(english.into_iter().flat_map(|english| &english.found_by));
        let word = |name: &String| name.split([' ', '-', '(', '’', '\'']).any(|word| word.starts_with(&wanted));
        if all().any(|name| name.starts_with(&wanted)) || named.country.id.eq_ignore_ascii_case(&wanted) {
            Some(0)
        } else if all().any(word) {
            Some(1)
        } else if all().any(|name| wanted.chars().count() > 2 && name.contains(&wanted)) {
            Some(2)
        } else if !digits.is_empty() && named.country.code.starts_with(&digits) {
            Some(3)
        } else {
            None
        }
    };
    let mut found: Vec<_> = names(language).iter().filter_map(|named| Some((rank(named)?, named))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, named)| named).collect()
}

/// The country that the desktop is set up for.
pub fn of_desktop() -> Option<&'static Country> {
    of_locale(|name| std::env::var(name).ok())
}

/// The country of the locale, for telephones before others: `sv_SE.UTF-8` is Sweden.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Option<&'static Country> {
    let said = |name| variable(name).filter(|value: &String| !value.is_empty());
    let locale = ["LC_ALL", "LC_TELEPHONE", "LC_ADDRESS", "LANG"].into_iter().find_map(said)?;
    let main = locale.split(['.', '@']).next().unwrap_or_default();
    main.split(['_', '-']).skip(1).find_map(Country::by_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(digits: &str) -> Option<&'static str> {
        Country::of(digits, None).map(|country| country.id)
    }

    #[test]
    fn the_table_is_whole() {
        assert!(TABLE.countries.len() > 220);
        for country in &TABLE.countries {
            assert!(!country.usual.is_empty(), "{}", country.id);
            assert!(country.code.bytes().all(|b| b.is_ascii_digit()) && !country.code.is_empty());
            assert!(country.flag().chars().count() == 2);
            assert!(names("en").iter().any(|named| named.country.id == country.id), "{}", country.id);
        }
        for (language, names) in &TABLE.names {
            assert_eq!(names.len(), TABLE.countries.len(), "{language}");
        }
    }

    #[test]
    fn no_calling_code_begins_another() {
        for a in &TABLE.countries {
            for b in &TABLE.countries {
                assert!(a.code == b.code || !a.code.starts_with(b.code), "{} {}", a.id, b.id);
            }
        }
    }

    #[test]
    fn numbers_tell_their_country() {
        assert_eq!(of("46701234567"), Some("SE"));
        assert_eq!(of("1"), Some("US"));
        assert_eq!(of("12125550123"), Some("US"));
        assert_eq!(of("14165550123"), Some("CA"));
        assert_eq!(of("18765550123"), Some("JM"));
        assert_eq!(of("79121234567"), Some("RU"));
        assert_eq!(of("77010009998"), Some("KZ"));
        assert_eq!(of("447400123456"), Some("GB"));
        assert_eq!(of("99966"), None);
        assert_eq!(of("888"), None);
        assert_eq!(of(""), None);
        assert_eq!(of("4"), None);
    }

    #[test]
    fn a_chosen_country_stays_until_the_digits_tell_another() {
        let canada = Country::by_id("ca");
        assert_eq!(Country::of("1", canada), canada);
        assert_eq!(Country::of("14", canada), canada);
        assert_eq!(Country::of("1416", canada), canada);
        assert_eq!(Country::of("1212", canada).unwrap().id, "US");
        assert_eq!(Country::of("46", canada).unwrap().id, "SE");
    }

    #[test]
    fn numbers_are_written_as_in_their_country() {
        let written = |id: &str, digits: &str| Country::by_id(id).unwrap().written(digits);
        assert_eq!(written("SE", "701234567"), "70 123 45 67");
        assert_eq!(written("SE", "70123"), "70 123");
        assert_eq!(written("SE", ""), "");
        assert_eq!(written("US", "2125550123"), "212 555 0123");
        assert_eq!(written("DE", "15112345678"), "1511 2345678");
        assert_eq!(written("DE", "1701234567"), "170 1234567");
        assert_eq!(written("RU", "9121234567"), "912 123 45 67");
        assert_eq!(written("SE", "7012345678901"), "70 123 45 678901");
    }

    #[test]
    fn the_zero_before_a_number_is_not_a_part_of_it() {
        let number = |id: &str, digits: &'static str| Country::by_id(id).unwrap().without_trunk(digits);
        assert_eq!(number("SE", "0701234567"), "701234567");
        assert_eq!(number("SE", "0"), "0");
        assert_eq!(number("IT", "0612345678"), "0612345678");
        assert_eq!(number("RU", "89121234567"), "9121234567");
        assert_eq!(number("RU", "8"), "8");
        assert_eq!(number("RU", "8121234567"), "8121234567");
    }

    #[test]
    fn they_are_found_by_name_word_letters_and_code() {
        let first = |words: &str| search("en", words).first().map(|named| named.country.id);
        assert_eq!(first("swe"), Some("SE"));
        assert_eq!(first("  Germ"), Some("DE"));
        assert_eq!(first("kingdom"), Some("GB"));
        assert_eq!(first("+380"), Some("UA"));
        assert_eq!(first("gb"), Some("GB"));
        assert_eq!(first("reunion"), Some("RE"));
        assert_eq!(first("côte"), Some("CI"));
        assert_eq!(first("nowhere"), None);
        assert_eq!(search("en", "").len(), TABLE.countries.len());
    }

    #[test]
    fn the_desktop_says_where_it_stands() {
        let with = |set: &[(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            of_locale(value).map(|country| country.id)
        };
        assert_eq!(with(&[("LANG", "sv_SE.UTF-8")]), Some("SE"));
        assert_eq!(with(&[("LANG", "en_US.UTF-8"), ("LC_TELEPHONE", "de_AT")]), Some("AT"));
        assert_eq!(with(&[("LANG", "zh_Hant_TW")]), Some("TW"));
        assert_eq!(with(&[("LANG", "C.UTF-8")]), None);
        assert_eq!(with(&[]), None);
    }

    #[test]
    fn an_unknown_language_has_english_names() {
        assert_eq!(Country::by_id("SE").unwrap().name("xx"), "Sweden");
        assert_eq!(Country::by_id("SE").unwrap().name("en-GB"), "Sweden");
    }
}
