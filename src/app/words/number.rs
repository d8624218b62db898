//! Numbers, amounts and lists as the language writes them.

use super::{Words, fl, language};

/// A whole number with its thousands apart. Inside of a message a number says itself like this.
pub fn whole(number: u64) -> String {
    grouped(&number.to_string())
}

/// A number with so many digits behind the decimal sign.
pub fn decimal(number: f64, places: usize) -> String {
    let text = format!("{:.places$}", number.abs());
    let (digits, rest) = text.split_once('.').map_or((text.as_str(), None), |(digits, rest)| (digits, Some(rest)));
    let mut out = String::from(if number < 0.0 { "-" } else { "" });
    out.push_str(&grouped(digits));
    if let Some(rest) = rest {
        out.push_str(&language::current().signs().decimal);
        out.push_str(rest);
    }
    out
}

fn grouped(digits: &str) -> String {
    let signs = language::current().signs();
    if digits.len() < signs.grouped_from {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * signs.group.len());
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(&signs.group);
        }
        out.push(digit);
    }
    out
}

/// A part of a whole, from 0 to 1, in per cent.
pub fn percent(part: f32) -> String {
    let number = (part.clamp(0.0, 10.0) * 100.0).round() as u32;
    fl!(Words, "percent", number = number)
}

/// A count for a badge, never long.
pub fn badge(count: u32) -> String {
    match count {
        0..=9_999 => count.to_string(),
        10_000..=999_999 => fl!(Words, "count-thousands", number = (count / 1000)),
        _ => fl!(Words, "count-millions", number = (count / 1_000_000)),
    }
}

/// An amount of bytes, in the unit that people would use.
pub fn bytes(count: u64) -> String {
    let (value, unit) = scaled(count);
    with_unit(value, unit)
}

/// How much of how much: one unit where it is the same.
pub fn bytes_of(done: u64, total: u64) -> String {
    let (whole, unit) = scaled(total);
    let (part, part_unit) = scaled(done);
    let part = if part_unit == unit { part } else { with_unit(part, part_unit) };
    fl!(Words, "progress", done = part, total = with_unit(whole, unit))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Bytes,
    Kilobytes,
    Megabytes,
    Gigabytes,
    Terabytes,
}

fn scaled(count: u64) -> (String, Unit) {
    if count < 1000 {
        return (count.to_string(), Unit::Bytes);
    }
    let mut value = count as f64 / 1000.0;
    let mut unit = Unit::Kilobytes;
    for next in [Unit::Megabytes, Unit::Gigabytes, Unit::Terabytes] {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    (decimal(value, if value < 99.95 { 1 } else { 0 }), unit)
}

fn with_unit(value: String, unit: Unit) -> String {
    match unit {
        Unit::Bytes => fl!(Words, "unit-bytes", value = value),
        Unit::Kilobytes => fl!(Words, "unit-kilobytes", value = value),
        Unit::Megabytes => fl!(Words, "unit-megabytes", value = value),
        Unit::Gigabytes => fl!(Words, "unit-gigabytes", value = value),
        Unit::Terabytes => fl!(Words, "unit-terabytes", value = value),
    }
}

/// How long a film or a sound is: minutes and seconds, hours before them where there are some.
pub fn length(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{:02}:{seconds:02}", minutes % 60),
    }
}

/// "A, B and C".
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    let Some(last) = items.pop() else { return String::new() };
    match items.into_iter().reduce(|list, next| fl!(Words, "list-join", list = list, next = next)) {
        None => last,
        Some(list) => fl!(Words, "list-last", list = list, last = last),
    }
}

/// Two things that are said in one line and have nothing to do with each other.
pub fn beside(first: String, second: String) -> String {
    fl!(Words, "beside", first = first, second = second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{here, language};

    fn speak(id: &str) -> crate::words::Here {
        here(language(id).unwrap())
    }

    #[test]
    fn numbers_are_read_at_a_glance() {
        let _here = speak("en");
        assert_eq!([0, 7, 999, 1000, 1_234_567].map(whole), ["0", "7", "999", "1,000", "1,234,567"]);
        assert_eq!([3, 9_999, 12_345, 4_000_000].map(badge), ["3", "9999", "12K", "4M"]);
        assert_eq!([decimal(1234.56, 1), decimal(-0.5, 2), decimal(7.0, 0)], ["1,234.6", "-0.50", "7"]);
        assert_eq!(percent(0.504), "50%");
    }

    #[test]
    fn amounts_are_in_fitting_units() {
        let _here = speak("en");
        assert_eq!([7, 999, 1000, 7_440_000, 11_900_000].map(bytes), ["7 B", "999 B", "1.0 KB", "7.4 MB", "11.9 MB"]);
        assert_eq!(bytes(999_960), "1.0 MB");
        assert_eq!(bytes(52_428_800_000), "52.4 GB");
        assert_eq!(bytes_of(7_440_000, 11_900_000), "7.4 of 11.9 MB");
        assert_eq!(bytes_of(440_000, 11_900_000), "440 KB of 11.9 MB");
    }

    #[test]
    fn lengths_are_as_players_show_them() {
        assert_eq!([0, 9, 65, 3599, 3661].map(length), ["0:00", "0:09", "1:05", "59:59", "1:01:01"]);
    }

    #[test]
    fn lists_end_with_a_word() {
        let _here = speak("en");
        let names = |count: usize| ["A", "B", "C"].iter().take(count).map(|name| (*name).to_owned());
        assert_eq!([0, 1, 2, 3].map(|count| list(names(count))), ["", "A", "A and B", "A, B and C"]);
    }

    #[test]
    fn every_language_has_its_own_signs() {
        let million = |id| {
            let _here = speak(id);
            (whole(1234), decimal(1_234_567.89, 2))
        };
        assert_eq!(million("de"), ("1234".into(), "1.234.567,89".into()));
        assert_eq!(million("es"), ("1234".into(), "1.234.567,89".into()));
        assert_eq!(million("uk"), ("1234".into(), "1\u{a0}234\u{a0}567,89".into()));
        assert_eq!(million("ar"), ("1,234".into(), "1,234,567.89".into()));
        let _here = speak("uk");
        assert_eq!(bytes_of(7_440_000, 11_900_000), "7,4 із 11,9 МБ");
        assert_eq!(fl!(Words, "members", count = 12_345), "12\u{a0}345 учасників");
    }

    #[test]
    fn plurals_are_those_of_the_language() {
        let said = |id: &str, counts: &[u32]| -> Vec<String> {
            let _here = speak(id);
            counts.iter().map(|count| fl!(Words, "new-messages", count = (*count))).collect()
        };
        assert_eq!(said("de", &[1, 2]), ["1 neue Nachricht", "2 neue Nachrichten"]);
        assert_eq!(
            said("uk", &[1, 3, 11, 22]),
            ["1 нове повідомлення", "3 нові повідомлення", "11 нових повідомлень", "22 нові повідомлення"]
        );
        let bare = |said: String| said.replace(['\u{2068}', '\u{2069}'], "");
        let arabic: Vec<String> = said("ar", &[0, 1, 2, 3, 11, 100]).into_iter().map(bare).collect();
        assert_eq!(
            arabic,
            ["لا رسائل جديدة", "رسالة جديدة", "رسالتان جديدتان", "3 رسائل جديدة", "11 رسالة جديدة", "100 رسالة جديدة"]
        );
    }
}
