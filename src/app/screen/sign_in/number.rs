//! Phone numbers as people type and paste them.

use super::countries::Country;

/// No number in the world is longer; a little room for what is mistyped.
const MOST_DIGITS: usize = 17;

/// What the field holds after a change.
#[derive(Debug, PartialEq, Eq)]
pub struct Edited {
    /// The number: a plus, the calling code, and groups of digits as they are written in its country.
    pub number: String,
    /// Where the caret belongs, in characters.
    pub caret: usize,
    /// The country that the number is of.
    pub country: Option<&'static Country>,
}

/// Takes in a change of the field from `old` to `typed`, while this country is chosen.
pub fn edited(old: &str, typed: &str, country: Option<&'static Country>) -> Edited {
    let typed: Vec<char> = typed.chars().map(plain).collect();
    let old: Vec<char> = old.chars().collect();
    // What stands before and after the change tells where the caret is.
    let before = old.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let after = |text: &[char]| text.iter().skip(before).rev().copied().collect::<Vec<_>>();
    let after = after(&old).iter().zip(&after(&typed)).take_while(|(a, b)| a == b).count();
    let at = typed.len() - after;
    let replaced = before == 0 && after == 0;
    let inserted = at.saturating_sub(before);

    // A second plus begins a new number: somebody pasted a whole one behind what was there.
    let start = typed.iter().rposition(|c| *c == '+');
    let international = start.is_some();
    let typed = typed.get(start.unwrap_or(0)..).unwrap_or_default();
    let at = at.saturating_sub(start.unwrap_or(0));
    let mut digits: String = digits_of(typed);
    let mut left_of_caret = digits_of(typed.get(..at).unwrap_or_default()).len();
    let at_end = at == typed.len();

    let old_digits = digits_of(&old);
    if digits == old_digits && typed.len() < old.len() && inserted == 0 {
        if start.is_none() && digits.is_empty() {
            return Edited { number: String::new(), caret: 0, country };
        }
        // A space was deleted, which would only come back: the digit before it is meant.
        if left_of_caret > 0 && international {
            left_of_caret -= 1;
            digits.remove(left_of_caret);
        }
    }
    if digits.is_empty() {
        let number = if international { "+" } else { "" };
        return Edited { number: number.to_owned(), caret: number.len(), country };
    }

    let whole = |digits: String, left: usize, spaced: &[char]| finished(digits, left, at_end, spaced, country);
    if let Some(rest) = digits.strip_prefix("00")
        && !international
    {
        let rest = rest.to_owned();
        return whole(rest, left_of_caret.saturating_sub(2), &[]);
    }
    // Into an empty field, or over all of it, without a plus: a number as it is dialled inside the country, if it looks
    // so.
    if let Some(home) = country
        && !international
        && (old.is_empty() || replaced)
    {
        let has_code = digits.starts_with(home.code) && digits.len() >= home.code.len() + 7;
        let dialled = digits.starts_with('0') || (digits.len() > 5 && !has_code);
        if dialled {
            let national = home.without_trunk(&digits);
            return whole(format!("{}{national}", home.code), 0, &[]);
        }
    }
    if let Some(home) = country
        && let Some(rest) = digits.strip_prefix(home.code)
    {
        if let Some(anew) = rest.strip_prefix("00") {
            return whole(anew.to_owned(), left_of_caret, &[]);
        }
        // A pasted number that brought its code along, without a plus.
        if inserted > 4
            && let Some(once) = rest.strip_prefix(home.code)
            && once.len() >= 7
        {
            return whole(format!("{}{once}", home.code), left_of_caret, &[]);
        }
        let national = home.without_trunk(rest);
        if national.len() < rest.len() {
            let left = left_of_caret.saturating_sub(rest.len() - national.len());
            return whole(format!("{}{national}", home.code), left, &[]);
        }
    }
    whole(digits, left_of_caret, typed)
}

/// Writes the number out, with the caret behind as many digits as were left of it.
fn finished(
    mut digits: String,
    left_of_caret: usize,
    at_end: bool,
    spaced: &[char],
    now: Option<&'static Country>,
) -> Edited {
    digits.truncate(MOST_DIGITS);
    let country = Country::of(&digits, now);
    let number = match country {
        Some(country) => on_paper(country, &digits),
        None if digits_of(spaced) == digits => as_typed(spaced),
        None => format!("+{digits}"),
    };
    let length = number.chars().count();
    let caret = if at_end || left_of_caret >= digits.len() {
        length
    } else {
        let mut seen = 0;
        number
            .chars()
            .take_while(|c| {
                seen < left_of_caret.max(1) && {
                    seen += usize::from(c.is_ascii_digit());
                    true
                }
            })
            .count()
    };
    Edited { number, caret: caret.min(length), country }
}

/// A number of this country, which begins with its calling code.
fn on_paper(country: &Country, digits: &str) -> String {
    let national = digits.get(country.code.len()..).unwrap_or_default();
    format!("+{} {}", country.code, country.written(national))
}

/// A number of no country that we know keeps the spaces it was typed with.
fn as_typed(typed: &[char]) -> String {
    let mut kept = String::from("+");
    for c in typed {
        if c.is_ascii_digit() && kept.len() < MOST_DIGITS + 6 {
            kept.push(*c);
        } else if !matches!(c, '+') && kept.ends_with(|last: char| last.is_ascii_digit()) {
            kept.push(' ');
        }
    }
    kept
}

fn digits_of(text: &[char]) -> String {
    text.iter().filter(|c| c.is_ascii_digit()).collect()
}

/// Digits and signs of other scripts as those of ASCII.
fn plain(c: char) -> char {
    let digit = |zero: u32| char::from_digit(u32::from(c) - zero, 10).unwrap_or(c);
    match c {
        '\u{ff0b}' => '+',
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{966}'..='\u{96f}' => digit(0x966),
        '\u{ff10}'..='\u{ff19}' => digit(0xff10),
        c => c,
    }
}

/// What a field for a number of this country begins with.
pub fn begun(country: &Country) -> String {
    format!("+{} ", country.code)
}

/// The number moved to another country: what stands after the calling code stays.
pub fn moved(number: &str, from: Option<&Country>, to: &'static Country) -> String {
    let digits = digits(number);
    let national = match from {
        Some(from) => digits.strip_prefix(from.code).unwrap_or(&digits),
        None => "",
    };
    on_paper(to, &format!("{}{national}", to.code))
}

/// Only the digits.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// A number from elsewhere, written as in its country.
pub fn shown(number: &str) -> String {
    edited("", number, None).number.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(id: &str) -> Option<&'static Country> {
        Country::by_id(id)
    }

    /// Types one after the other at the end, as in life.
    fn type_in(
        mut number: String,
        mut country: Option<&'static Country>,
        keys: &str,
    ) -> (String, Option<&'static str>) {
        for key in keys.chars() {
            let new = edited(&number, &format!("{number}{key}"), country);
            assert_eq!(new.caret, new.number.chars().count(), "{keys}: the caret stays at the end of {}", new.number);
            (number, country) = (new.number, new.country);
        }
        (number, country.map(|country| country.id))
    }

    #[test]
    fn digits_fall_into_groups_as_they_are_typed() {
        assert_eq!(type_in("+46 ".into(), country("SE"), "701234567"), ("+46 70 123 45 67".into(), Some("SE")));
        assert_eq!(type_in("+46 ".into(), country("SE"), "70 123-45"), ("+46 70 123 45".into(), Some("SE")));
        assert_eq!(type_in("+46 ".into(), country("SE"), "70123456"), ("+46 70 123 45 6".into(), Some("SE")));
    }

    #[test]
    fn a_plus_and_a_code_choose_the_country() {
        assert_eq!(type_in(String::new(), None, "+46"), ("+46 ".into(), Some("SE")));
        assert_eq!(type_in("+46 ".into(), country("SE"), "+49 1511"), ("+49 1511".into(), Some("DE")));
        assert_eq!(type_in(String::new(), country("SE"), "+1 416 555"), ("+1 416 555".into(), Some("CA")));
        assert_eq!(type_in(String::new(), None, "380"), ("+380 ".into(), Some("UA")));
    }

    #[test]
    fn the_way_numbers_are_dialled_works() {
        assert_eq!(type_in("+46 ".into(), country("SE"), "0701234567"), ("+46 70 123 45 67".into(), Some("SE")));
        assert_eq!(type_in("+46 ".into(), country("SE"), "0049 1511"), ("+49 1511".into(), Some("DE")));
        assert_eq!(type_in(String::new(), country("SE"), "070123"), ("+46 70 123".into(), Some("SE")));
    }

    #[test]
    fn a_number_of_no_country_keeps_its_spaces() {
        assert_eq!(type_in(String::new(), None, "+99966 2 0001"), ("+99966 2 0001".into(), None));
        assert_eq!(type_in("+46 ".into(), country("SE"), "+99966 2 0001"), ("+99966 2 0001".into(), None));
        assert_eq!(type_in(String::new(), None, "+00 12"), ("+00 12".into(), None));
    }

    #[test]
    fn any_form_can_be_pasted() {
        for pasted in [
            "+46 (70) 123-45-67",
            "0046 70 1234567",
            "46701234567",
            "070-123 45 67",
            "tel:+46-70-123-45-67",
            "701234567",
            "+４６ ７０ １２３ ４５ ６７",
            "٠٧٠١٢٣٤٥٦٧",
        ] {
            for begun in ["", "+46 ", "+49 1511"] {
                // Over what was there.
                let here = if begun == "+49 1511" && !pasted.contains("46") { continue } else { begun };
                let new = edited(here, pasted, country("SE"));
                assert_eq!(new.number, "+46 70 123 45 67", "{pasted} over {here}");
                assert_eq!(new.country, country("SE"));
            }
            let new = edited("+46 ", &format!("+46 {pasted}"), country("SE"));
            assert_eq!(new.number, "+46 70 123 45 67", "{pasted} behind the code");
        }
    }

    #[test]
    fn backspace_takes_a_digit_not_only_the_space() {
        let new = edited("+46 70 123 4", "+46 70 123 ", country("SE"));
        assert_eq!((new.number.as_str(), new.caret), ("+46 70 123", 10));
        // The caret behind a space in the middle.
        let new = edited("+46 70 123", "+46 70123", country("SE"));
        assert_eq!((new.number.as_str(), new.caret), ("+46 71 23", 5));
        let new = edited("+46 ", "+46", country("SE"));
        assert_eq!(new.number, "+4");
        assert_eq!(edited("+4", "+", new.country).number, "+");
        assert_eq!(edited("+", "", None).number, "");
    }

    #[test]
    fn the_caret_stays_where_somebody_works() {
        let new = edited("+46 70 123 45 67", "+46 705 123 45 67", country("SE"));
        assert_eq!((new.number.as_str(), new.caret), ("+46 70 512 34 567", 8));
        let new = edited("+46 70 123 45 67", "+46 7 123 45 67", country("SE"));
        assert_eq!((new.number.as_str(), new.caret), ("+46 71 234 56 7", 5));
    }

    #[test]
    fn everything_can_be_cleared_and_the_country_stays() {
        assert_eq!(
            edited("+46 70", "", country("SE")),
            Edited { number: String::new(), caret: 0, country: country("SE") }
        );
    }

    #[test]
    fn another_country_keeps_what_was_typed() {
        assert_eq!(moved("+46 70 123", country("SE"), country("NO").unwrap()), "+47 70 12 3");
        assert_eq!(moved("", None, country("NO").unwrap()), "+47 ");
        assert_eq!(moved("+999 12", None, country("NO").unwrap()), "+47 ");
    }

    #[test]
    fn nothing_typed_breaks_it() {
        for typed in
            ["", "+", "++", " ", "abc", "+abc1", "\u{200f}+46", "🇸🇪", &"9".repeat(300), "+1+2+", "00", "+00", "0"]
        {
            for old in ["", "+", "+46 70", "+46 "] {
                for country in [None, country("SE"), country("US")] {
                    let new = edited(old, typed, country);
                    assert!(new.caret <= new.number.chars().count());
                    assert!(digits(&new.number).len() <= MOST_DIGITS + 6);
                }
            }
        }
    }
}
