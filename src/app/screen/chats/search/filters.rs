//! What a search is narrowed down by: the kind of message, the chat, the sender, the date. Each is a small button that
//! says what is chosen, with a menu behind it.

use super::super::{Chats, Message as Screen, people};
use super::{Message, Place, Search};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{PeerId, PeerKind};
use heliograph_store::Wording;
use heliograph_telegram::Only;
use iced::widget::container;
use iced::{Fill, Padding};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;

/// So many are offered before anything is typed.
const OFFERED: usize = 14;
/// Longer names are cut on a button, at so many letters.
const LONGEST: usize = 16;
/// So many years back can be chosen.
const YEARS: i16 = 6;

/// From which time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Any.
    #[default]
    Any,
    /// Of today.
    Today,
    /// Of the last seven days.
    Week,
    /// Of the last month.
    Month,
    /// Of the last twelve months.
    Year,
    /// Of this year of the calendar.
    Of(i16),
}

impl When {
    /// Those that can be chosen on this day.
    fn all(today: Date) -> impl Iterator<Item = Self> {
        let years = (1..=YEARS).map(move |back| Self::Of(today.year() - back));
        [Self::Any, Self::Today, Self::Week, Self::Month, Self::Year].into_iter().chain(years)
    }

    /// The first and, if it ends, the last second but one of it, by the reader's calendar.
    pub fn bounds(self, today: Date, zone: &TimeZone) -> (Option<i64>, Option<i64>) {
        let at = |day: Date| day.to_zoned(zone.clone()).ok().map(|at| at.timestamp().as_second());
        let back = |span: jiff::Span| today.checked_sub(span).ok().and_then(at);
        match self {
            Self::Any => (None, None),
            Self::Today => (at(today), None),
            Self::Week => (back(6.days()), None),
            Self::Month => (back(1.month()), None),
            Self::Year => (back(1.year()), None),
            Self::Of(year) => {
                let first = |year| Date::new(year, 1, 1).ok().and_then(at);
                (first(year), first(year.saturating_add(1)))
            }
        }
    }

    fn named(self, words: &Words) -> String {
        match self {
            Self::Any => fl!(words, "when-any"),
            Self::Today => fl!(words, "day-today"),
            Self::Week => fl!(words, "when-week"),
            Self::Month => fl!(words, "when-month"),
            Self::Year => fl!(words, "when-year"),
            // Years have no thousands apart.
            Self::Of(year) => year.to_string(),
        }
    }
}

/// What a kind is called.
fn named(words: &Words, only: Only) -> String {
    match only {
        Only::Everything => fl!(words, "only-everything"),
        Only::Photos => fl!(words, "only-photos"),
        Only::Videos => fl!(words, "only-videos"),
        Only::Files => fl!(words, "only-files"),
        Only::Links => fl!(words, "only-links"),
        Only::Voice => fl!(words, "only-voice"),
        Only::Music => fl!(words, "only-music"),
    }
}

/// All four, above what was found in the place of the list.
pub(super) fn chips<'a>(
    chats: &'a Chats,
    search: &'a Search,
    place: Place,
    look: Look,
    words: &'a Words,
) -> Element<'a, Screen> {
    let chips = flow::row(look, [kinds(search.within.only, place, look, words)])
        .push(in_chat(chats, search.within.chat, place, look, words))
        .push(senders(chats, search.within.sender, place, look, words))
        .push(dates(chats, search.when, place, look, words))
        .spacing(4);
    let padding = Padding { left: 12.0, right: 12.0, top: 6.0, bottom: 2.0 };
    container(chips.wrap(4)).padding(padding).width(Fill).align_x(flow::start(look)).into()
}

/// The button of a filter: what is chosen, or what can be.
fn trigger<'a>(
    look: Look,
    sign: Icon,
    chosen: Option<String>,
    name: String,
    id: &'static str,
) -> control::Button<'a, control::Pressed> {
    let (label, kind) = match chosen {
        Some(chosen) => (cut(&chosen), control::Kind::Ghost),
        None => (name, control::Kind::Plain),
    };
    control::button(look, label).kind(kind).icon(sign).compact().id(id)
}

/// Short enough for a button.
fn cut(name: &str) -> String {
    let mut letters = name.graphemes(true);
    let start: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { format!("{}…", start.trim_end()) } else { start }
}

/// Which kind one looks for.
pub(super) fn kinds<'a>(chosen: Only, place: Place, look: Look, words: &'a Words) -> Element<'a, Screen> {
    let shown = (chosen != Only::Everything).then(|| named(words, chosen));
    let trigger = trigger(look, Icon::File, shown, fl!(words, "search-kind"), "search-kind");
    control::menu(look, trigger, move || {
        Only::ALL
            .into_iter()
            .map(|only| {
                control::Item::new(named(words, only), Screen::Search(place, Message::Only(only)))
                    .chosen(only == chosen)
                    .id(format!("only:{only:?}"))
            })
            .collect()
    })
    .into()
}

/// From which time.
pub(super) fn dates<'a>(
    chats: &'a Chats,
    chosen: When,
    place: Place,
    look: Look,
    words: &'a Words,
) -> Element<'a, Screen> {
    let shown = (chosen != When::Any).then(|| chosen.named(words));
    let trigger = trigger(look, Icon::Clock, shown, fl!(words, "search-when"), "search-when");
    let today = dates::day(chats.now(), &chats.zone);
    control::menu(look, trigger, move || {
        When::all(today)
            .map(|when| {
                control::Item::new(when.named(words), Screen::Search(place, Message::When(when)))
                    .chosen(when == chosen)
                    .id(format!("when:{when:?}"))
            })
            .collect()
    })
    .into()
}

/// A menu of chats or people, found by their names; the first line takes the choice back.
struct Many<'a> {
    chats: &'a Chats,
    look: Look,
    words: &'a Words,
    chosen: Option<PeerId>,
    /// The button: while nothing is chosen, and its name.
    name: String,
    id: &'static str,
    sign: Icon,
    /// What the first line says.
    any: String,
    ids: Vec<PeerId>,
    say: fn(Option<PeerId>) -> Message,
    place: Place,
}

impl<'a> Many<'a> {
    fn menu(self) -> Element<'a, Screen> {
        let Self { chats, look, words, chosen, name, id, sign, any, ids, say, place } = self;
        let trigger = trigger(look, sign, chosen.map(|id| called(chats, words, id, say)), name, id);
        let found = move |query: &str| {
            let wording = Wording::new(query);
            let fits = |id: &PeerId| wording.is_empty() || wording.fit(&called(chats, words, *id, say)).is_some();
            let first = control::Item::new(any.clone(), Screen::Search(place, say(None))).chosen(chosen.is_none());
            let mut items = vec![first.id(format!("{id}:any"))];
            items.extend(ids.iter().copied().filter(fits).take(OFFERED).map(|of| {
                control::Item::new(called(chats, words, of, say), Screen::Search(place, say(Some(of))))
                    .chosen(chosen == Some(of))
                    .id(format!("{id}:{}", of.marked()))
            }));
            items
        };
        let placeholder = fl!(words, "search-names");
        control::menu_of_many(look, trigger, placeholder, fl!(words, "search-none"), found).into()
    }
}

/// What somebody is called as a sender, or a chat as a chat.
fn called(chats: &Chats, words: &Words, id: PeerId, say: fn(Option<PeerId>) -> Message) -> String {
    let sender = matches!(say(None), Message::From(_));
    match sender && id == chats.state.me {
        true => fl!(words, "search-from-me"),
        false => people::name(words, chats.peer(id)).into_owned(),
    }
}

/// In which chat one looks.
fn in_chat<'a>(
    chats: &'a Chats,
    chosen: Option<PeerId>,
    place: Place,
    look: Look,
    words: &'a Words,
) -> Element<'a, Screen> {
    let open = chats.open_chat();
    let others = chats.state.roster.order().iter().copied().filter(move |id| Some(*id) != open);
    let ids = open.into_iter().chain(others).collect();
    let (name, any) = (fl!(words, "search-chat"), fl!(words, "search-any-chat"));
    Many { chats, look, words, chosen, name, id: "search-chat", sign: Icon::Chat, any, ids, say: Message::In, place }
        .menu()
}

/// Whose messages one looks for: of a conversation those who wrote there, else whom one knows.
pub(super) fn senders<'a>(
    chats: &'a Chats,
    chosen: Option<PeerId>,
    place: Place,
    look: Look,
    words: &'a Words,
) -> Element<'a, Screen> {
    let mut ids = if place == Place::Inside { chats.senders() } else { vec![chats.state.me] };
    if place != Place::Inside {
        let hits = chats.search.finding.here.iter().chain(&chats.search.finding.there);
        let of_hits = hits.map(|hit| hit.message.sender);
        let is_person = |id: &PeerId| matches!(chats.peer(*id).kind, PeerKind::User { .. });
        let listed = chats.state.roster.order().iter().copied().filter(is_person);
        for id in of_hits.chain(listed).chain(chats.senders()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    let (name, any) = (fl!(words, "search-from"), fl!(words, "search-from-anybody"));
    Many {
        chats,
        look,
        words,
        chosen,
        name,
        id: "search-from",
        sign: Icon::Person,
        any,
        ids,
        say: Message::From,
        place,
    }
    .menu()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_begins_at_midnight_here_and_a_year_ends_with_the_next() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let today = Date::new(2026, 3, 31).unwrap();
        let at = |year, month, day| {
            Some(Date::new(year, month, day).unwrap().to_zoned(zone.clone()).unwrap().timestamp().as_second())
        };
        let bounds = |when: When| when.bounds(today, &zone);
        assert_eq!(bounds(When::Any), (None, None));
        assert_eq!(bounds(When::Today), (at(2026, 3, 31), None));
        assert_eq!(bounds(When::Week), (at(2026, 3, 25), None));
        assert_eq!(bounds(When::Month), (at(2026, 2, 28), None));
        assert_eq!(bounds(When::Year), (at(2025, 3, 31), None));
        assert_eq!(bounds(When::Of(2024)), (at(2024, 1, 1), at(2025, 1, 1)));
    }

    #[test]
    fn long_names_are_cut_between_letters() {
        assert_eq!(cut("Lighthouse"), "Lighthouse");
        assert_eq!(cut("The society for lamps"), "The society for…");
    }
}
