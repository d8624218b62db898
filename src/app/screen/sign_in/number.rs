//! Phone numbers and codes as people type them.

use heliograph_telegram::SentCode;

/// What may stand in the field: digits, one plus in front, and single spaces between.
pub fn typed(input: &str) -> String {
    let mut kept = String::new();
    for c in input.chars() {
        match c {
            '+' | '\u{ff0b}' if kept.is_empty() => kept.push('+'),
            c if c.is_ascii_digit() => kept.push(c),
            c if (c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.' | '/'))
                && kept.ends_with(|last: char| last.is_ascii_digit()) =>
            {
                kept.push(' ');
            }
            _ => {}
        }
        if kept.len() >= 24 {
            break;
        }
    }
    kept
}

/// Only the digits, without the international prefix `00`.
pub fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("00") {
        Some(rest) if !number.starts_with('+') => rest.to_owned(),
        _ => digits,
    }
}

/// The number to show: as it was typed, with its plus.
pub fn shown(number: &str) -> String {
    let number = number.trim();
    match number.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None if number.starts_with('+') => number.to_owned(),
        None => format!("+{number}"),
    }
}

/// How many boxes a code needs. Where the server did not say, the longest usual one.
pub fn places(sent: &SentCode) -> usize {
    sent.length().unwrap_or(6)
}

/// Whether a code may be whole.
pub fn complete(sent: &SentCode, code: &str) -> bool {
    code.len() >= sent.length().unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_number_has_is_kept() {
        assert_eq!(typed("+46 (70) 123-45-67"), "+46 70 123 45 67");
        assert_eq!(typed("call 12a3"), "123");
        assert_eq!(typed("+1+2"), "+12");
        assert_eq!(typed("46 "), "46 ");
        assert!(typed(&"9".repeat(100)).len() <= 24);
    }

    #[test]
    fn digits_are_normalised() {
        assert_eq!(digits("+46 70 123"), "4670123");
        assert_eq!(digits("0046 70 123"), "4670123");
        assert_eq!(digits("+00 1"), "001");
        assert_eq!(digits(""), "");
    }

    #[test]
    fn it_is_shown_as_typed() {
        assert_eq!(shown("46 70 123 "), "+46 70 123");
        assert_eq!(shown("+46 70 123"), "+46 70 123");
        assert_eq!(shown("0046 70"), "+46 70");
    }
}
