//! Times as people read them: the clock today, then the day's name, then the date.

use super::{Language, Words, fl, language};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use std::cell::RefCell;
use std::sync::atomic::{AtomicU8, Ordering};

/// A moment in a place.
pub fn zoned(seconds: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// The day of a moment.
pub fn day(seconds: i64, zone: &TimeZone) -> Date {
    zoned(seconds, zone).date()
}

/// How many hours the clock has by the desktop's own settings: 0 says nothing.
static HOURS: AtomicU8 = AtomicU8::new(0);

/// Where the clock has two times twelve hours (CLDR, supplemental data on time, preferred "h").
const TWELVE: &[&str] = &[
    "AE", "AU", "BD", "BH", "CA", "CO", "DZ", "EG", "GR", "HK", "IN", "IQ", "JO", "KR", "KW", "LB", "LY", "MR", "MY",
    "NZ", "OM", "PA", "PH", "PK", "PR", "QA", "SA", "SD", "SG", "SY", "TN", "TW", "US", "VE", "YE",
];

/// Reads from the environment whether the desktop writes times with twelve hours.
pub fn follow_desktop() {
    let said = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_TIME", "LANG"].into_iter().find_map(said);
    HOURS.store(locale.and_then(|locale| hours_of(&locale)).unwrap_or(0), Ordering::Relaxed);
}

fn hours_of(locale: &str) -> Option<u8> {
    let (_, rest) = locale.split_once('_')?;
    let region = rest.get(..2)?.to_ascii_uppercase();
    Some(if TWELVE.contains(&region.as_str()) { 12 } else { 24 })
}

/// How many hours the clock has: by the desktop where it speaks of it, else by what is usual in the language. A thread
/// with a language of its own asks only that.
fn hours(language: Language) -> u8 {
    match HOURS.load(Ordering::Relaxed) {
        0 => language.signs().hours,
        _ if language::is_own() => language.signs().hours,
        hours => hours,
    }
}

/// The minutes of a day.
const MINUTES: usize = 24 * 60;

/// The times of a day as they were said, in a language with so many hours.
#[derive(Default)]
struct Clocks {
    how: Option<(Language, u8)>,
    said: Vec<Option<Box<str>>>,
}

thread_local! {
    /// Every message says one of them in every frame.
    static CLOCKS: RefCell<Clocks> = RefCell::default();
}

/// Hours and minutes.
pub fn clock(seconds: i64, zone: &TimeZone) -> String {
    let at = zone.to_datetime(Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH));
    let (hour, minute) = (at.hour(), at.minute());
    let language = language::current();
    let how = (language, hours(language));
    CLOCKS.with_borrow_mut(|clocks| {
        if clocks.how != Some(how) {
            *clocks = Clocks { how: Some(how), said: vec![None; MINUTES] };
        }
        let place = usize::try_from(i32::from(hour) * 60 + i32::from(minute)).unwrap_or(0);
        match clocks.said.get_mut(place) {
            Some(said) => {
                let said: &str = said.get_or_insert_with(|| say_clock(how.1, hour, minute).into());
                said.to_owned()
            }
            None => say_clock(how.1, hour, minute),
        }
    })
}

fn say_clock(hours: u8, hour: i8, minute: i8) -> String {
    let minute = format!("{minute:02}");
    if hours == 12 {
        let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
        fl!(Words, "clock-12", hour = shown, minute = minute, half = (hour / 12))
    } else {
        fl!(Words, "clock-24", hour = format!("{hour:02}"), minute = minute)
    }
}

/// How long something lasts, as players write it: minutes and seconds, and hours where there are any.
pub fn length(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// How far a day lies back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Back {
    Today,
    Yesterday,
    ThisWeek,
    ThisYear,
    Earlier,
}

fn back(day: Date, today: Date) -> Back {
    if day >= today {
        return Back::Today;
    }
    match today.checked_sub(1.day()) {
        Ok(yesterday) if day == yesterday => return Back::Yesterday,
        _ => {}
    }
    match today.checked_sub(6.days()) {
        Ok(week) if day >= week => Back::ThisWeek,
        _ if day.year() == today.year() => Back::ThisYear,
        _ => Back::Earlier,
    }
}

/// When, as short as it can be said: for the chat list.
pub fn short(words: &Words, seconds: i64, now: i64, zone: &TimeZone) -> String {
    let date = day(seconds, zone);
    match back(date, day(now, zone)) {
        Back::Today => clock(seconds, zone),
        Back::Yesterday => fl!(words, "day-yesterday"),
        Back::ThisWeek => weekday(words, date),
        Back::ThisYear => date_short(words, date),
        Back::Earlier => numeric(words, date),
    }
}

/// A day, for the line between the messages.
pub fn chip(words: &Words, date: Date, now: i64, zone: &TimeZone) -> String {
    match back(date, day(now, zone)) {
        Back::Today => fl!(words, "day-today"),
        Back::Yesterday => fl!(words, "day-yesterday"),
        Back::ThisWeek | Back::ThisYear => fl!(words, "date-long", day = date.day(), month = date.month()),
        Back::Earlier => {
            fl!(words, "date-full", day = date.day(), month = date.month(), year = date.year().to_string())
        }
    }
}

/// When somebody was last there.
pub fn last_seen(words: &Words, seconds: i64, now: i64, zone: &TimeZone) -> String {
    let ago = (now - seconds).max(0);
    if ago < 60 {
        return fl!(words, "seen-now");
    }
    if ago < 3600 {
        return fl!(words, "seen-minutes", count = (ago / 60));
    }
    let date = day(seconds, zone);
    let time = clock(seconds, zone);
    match back(date, day(now, zone)) {
        Back::Today => fl!(words, "seen-today", time = time),
        Back::Yesterday => fl!(words, "seen-yesterday", time = time),
        Back::ThisWeek | Back::ThisYear => fl!(words, "seen-date", date = date_short(words, date)),
        Back::Earlier => fl!(words, "seen-date", date = numeric(words, date)),
    }
}

fn weekday(words: &Words, date: Date) -> String {
    fl!(words, "weekday", day = date.weekday().to_monday_one_offset())
}

fn date_short(words: &Words, date: Date) -> String {
    fl!(words, "date-short", day = date.day(), month = date.month())
}

fn numeric(words: &Words, date: Date) -> String {
    fl!(words, "date-numeric", day = date.day(), month = date.month(), year = date.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday, 10 March 2026, 12:00 UTC.
    const NOW: i64 = 1_773_144_000;
    const DAY: i64 = 86_400;

    #[test]
    fn times_in_the_list_are_as_short_as_can_be() {
        let short = |at| short(&Words, at, NOW, &TimeZone::UTC);
        assert_eq!(short(NOW - 3 * 3600 - 19 * 60), "08:41");
        assert_eq!(short(NOW - DAY), "Yesterday");
        assert_eq!(short(NOW - 4 * DAY), "Fri");
        assert_eq!(short(NOW - 20 * DAY), "18 Feb");
        assert_eq!(short(NOW - 400 * DAY), "3 Feb 2025");
    }

    #[test]
    fn days_have_names() {
        let chip = |at| chip(&Words, day(at, &TimeZone::UTC), NOW, &TimeZone::UTC);
        assert_eq!(chip(NOW), "Today");
        assert_eq!(chip(NOW - DAY), "Yesterday");
        assert_eq!(chip(NOW - 3 * DAY), "7 March");
        assert_eq!(chip(NOW - 400 * DAY), "3 February 2025");
    }

    #[test]
    fn last_seen_grows_vaguer() {
        let seen = |at| last_seen(&Words, at, NOW, &TimeZone::UTC);
        assert_eq!(seen(NOW - 5), "last seen just now");
        assert_eq!(seen(NOW - 60), "last seen 1 minute ago");
        assert_eq!(seen(NOW - 2 * 3600), "last seen at 10:00");
        assert_eq!(seen(NOW - DAY), "last seen yesterday at 12:00");
        assert_eq!(seen(NOW - 20 * DAY), "last seen 18 Feb");
    }

    #[test]
    fn dates_are_written_as_in_the_language() {
        let said = |id: &str| {
            let _here = crate::words::here(crate::words::language(id).unwrap());
            let at = NOW - 20 * DAY;
            [
                chip(&Words, day(NOW - 400 * DAY, &TimeZone::UTC), NOW, &TimeZone::UTC),
                short(&Words, at, NOW, &TimeZone::UTC),
                short(&Words, NOW - 400 * DAY, NOW, &TimeZone::UTC),
                last_seen(&Words, at, NOW, &TimeZone::UTC),
            ]
            .map(|said| said.replace(['\u{2066}', '\u{2068}', '\u{2069}'], ""))
        };
        assert_eq!(said("de"), ["3. Februar 2025", "18. Feb.", "3.2.2025", "zuletzt online am 18. Feb."]);
        assert_eq!(said("es"), ["3 de febrero de 2025", "18 feb", "3/2/2025", "últ. vez el 18 feb"]);
        assert_eq!(said("uk"), ["3 лютого 2025 р.", "18 лют.", "3.2.2025", "востаннє в мережі 18 лют."]);
        assert_eq!(said("ar"), ["3 فبراير 2025", "18 فبراير", "3 فبراير 2025", "آخر ظهور 18 فبراير"]);
    }

    #[test]
    fn the_clock_has_as_many_hours_as_the_desktop_or_the_language_says() {
        let locales = ["en_US.UTF-8", "en_GB.UTF-8", "ar_EG", "de", "C.UTF-8"].map(hours_of);
        assert_eq!(locales, [Some(12), Some(24), Some(12), None, None]);
        let _here = crate::words::here(crate::words::language("ar").unwrap());
        let clock = |hour: i64| clock(hour * 3600 + 300, &TimeZone::UTC);
        let bare = |said: String| said.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
        assert_eq!([0, 9, 12, 23].map(clock).map(bare), ["12:05 ص", "9:05 ص", "12:05 م", "11:05 م"].map(str::to_owned));
    }

    #[test]
    fn the_clock_is_said_anew_in_another_language() {
        let said = |id: &str| {
            let _here = crate::words::here(crate::words::language(id).unwrap());
            clock(21 * 3600, &TimeZone::UTC).replace(['\u{2066}', '\u{2068}', '\u{2069}'], "")
        };
        assert_eq!(["en", "ar", "en", "ar"].map(said), ["21:00", "9:00 م", "21:00", "9:00 م"]);
        assert_eq!(clock(i64::MAX, &TimeZone::UTC).len(), clock(0, &TimeZone::UTC).len());
    }

    #[test]
    fn nonsense_from_the_network_is_some_day() {
        let _ = short(&Words, i64::MAX, NOW, &TimeZone::UTC);
        let _ = short(&Words, i64::MIN, NOW, &TimeZone::UTC);
    }
}
