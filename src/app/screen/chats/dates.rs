//! Times as people read them: the clock today, then the day's name, then the date.

use crate::words::{Words, fl};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// A moment in a place.
pub fn zoned(seconds: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// The day of a moment.
pub fn day(seconds: i64, zone: &TimeZone) -> Date {
    zoned(seconds, zone).date()
}

/// Hours and minutes.
pub fn clock(seconds: i64, zone: &TimeZone) -> String {
    let at = zoned(seconds, zone);
    format!("{:02}:{:02}", at.hour(), at.minute())
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
        Back::ThisYear => fl!(words, "date-short", day = date.day(), month = month_short(words, date)),
        Back::Earlier => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
    }
}

/// A day, for the line between the messages.
pub fn chip(words: &Words, date: Date, now: i64, zone: &TimeZone) -> String {
    match back(date, day(now, zone)) {
        Back::Today => fl!(words, "day-today"),
        Back::Yesterday => fl!(words, "day-yesterday"),
        Back::ThisWeek | Back::ThisYear => fl!(words, "date-long", day = date.day(), month = month(words, date)),
        Back::Earlier => {
            fl!(words, "date-full", day = date.day(), month = month(words, date), year = date.year().to_string())
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
        _ => fl!(words, "seen-date", date = short(words, seconds, now, zone)),
    }
}

fn weekday(words: &Words, date: Date) -> String {
    fl!(words, "weekday", day = date.weekday().to_monday_one_offset())
}

fn month(words: &Words, date: Date) -> String {
    fl!(words, "month", month = date.month())
}

fn month_short(words: &Words, date: Date) -> String {
    fl!(words, "month-short", month = date.month())
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
        assert_eq!(short(NOW - 400 * DAY), "03.02.2025");
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
    fn nonsense_from_the_network_is_some_day() {
        let _ = short(&Words, i64::MAX, NOW, &TimeZone::UTC);
        let _ = short(&Words, i64::MIN, NOW, &TimeZone::UTC);
    }
}
