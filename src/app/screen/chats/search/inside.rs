//! Searching in the conversation that is open: from one hit to the next, in the timeline itself.

use super::super::jumping::Aim;
use super::super::{Chats, Message as Screen, Open, calendar, header, people};
use super::finding::Stage;
use super::{Message, Place, results};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{PeerId, PeerKind};
use heliograph_telegram::Only;
use iced::widget::{column, container, space, tooltip};
use iced::{Center, Fill, Task, Theme};

/// So many senders are offered.
const SENDERS: usize = 14;
/// So near to the last one that is here, more is asked for.
const NEAR: usize = 4;

impl Chats {
    /// To the next hit.
    pub(super) fn search_stepped(&mut self, older: bool) -> Task<Screen> {
        let Some(search) = self.search_at(Place::Inside) else { return Task::none() };
        let numbers = search.finding.numbers();
        // The newest is the first.
        let next = match search.at {
            None => 0,
            Some(at) if older => numbers.partition_point(|number| *number >= at),
            Some(at) => match numbers.partition_point(|number| *number > at).checked_sub(1) {
                Some(next) => next,
                None => return Task::none(),
            },
        };
        let (here, there) = (search.finding.has_more_here(), search.finding.has_more_there());
        let to = numbers.get(next).copied();
        search.at = to.or(search.at);
        let more = next + NEAR >= numbers.len();
        let go = to.map_or_else(Task::none, |to| self.aim(Aim::Message(to)));
        match more {
            true if there => Task::batch([go, self.search_on(Place::Inside, true)]),
            true if here => Task::batch([go, self.search_on(Place::Inside, false)]),
            _ => go,
        }
    }

    /// Who has written what is here of the conversation, those first who did last.
    fn senders(&self) -> Vec<PeerId> {
        let mut senders: Vec<PeerId> = Vec::new();
        for said in self.history().into_iter().flat_map(|history| history.newest_first()) {
            if said.service.is_none() && !senders.contains(&said.sender) {
                senders.push(said.sender);
            }
            if senders.len() >= SENDERS {
                break;
            }
        }
        senders
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

fn at(message: Message) -> Screen {
    Screen::Search(Place::Inside, message)
}

/// The bar below the header, while one searches.
pub fn bar<'a>(chats: &'a Chats, open: &'a Open, look: Look, words: &'a Words) -> Option<Element<'a, Screen>> {
    let palette = look.palette;
    let search = open.inside.as_ref()?;
    let typed = |text| at(Message::Typed(text));
    let walked = |walk| at(Message::Walked(walk));
    let finder = control::finder(look, Place::Inside.field(), &search.text, typed, walked)
        .placeholder(fl!(words, "search-inside"))
        .clear(fl!(words, "search-clear"))
        .sign();
    let end = control::icon_button(look, Icon::Cross, fl!(words, "search-end"))
        .id("search-end")
        .shortcut("Esc")
        .on_press(at(Message::Ended));
    let above = flow::row(look, [finder.into()]).push(end).spacing(8).align_y(Center);

    let numbers = search.finding.numbers();
    let place = search.at.map(|at| numbers.partition_point(|number| *number > at));
    let some = !numbers.is_empty();
    let older = control::icon_button(look, Icon::ChevronUp, fl!(words, "search-older"))
        .compact()
        .id("search-older")
        .shortcut("Enter")
        .on_press_maybe(some.then_some(at(Message::Stepped { older: true })));
    let newer = control::icon_button(look, Icon::ChevronDown, fl!(words, "search-newer"))
        .compact()
        .id("search-newer")
        .shortcut("Shift+Enter")
        .on_press_maybe((place > Some(0)).then_some(at(Message::Stepped { older: false })));
    let today = dates::day(chats.now(), &chats.zone);
    let days = control::icon_button(look, Icon::Calendar, fl!(words, "calendar-title"))
        .compact()
        .id("search-day")
        .on_press(Screen::Calendar(calendar::Message::Wanted(today)));
    let below = flow::row(look, [kinds(search.within.only, look, words)])
        .push(senders(chats, open, search.within.sender, look, words))
        .push(days)
        .push(space::horizontal())
        .push(standing(chats, search, place, look, words))
        .push(older)
        .push(newer)
        .spacing(4)
        .align_y(Center);
    let content = column![above, below].spacing(6);
    let bar = container(content).padding([8, 12]).width(Fill);
    let bar = bar.style(move |_: &Theme| container::background(palette.surface));
    Some(column![bar, header::hairline(look)].into())
}

/// How many there are, and at which one is.
fn standing<'a>(
    chats: &Chats,
    search: &super::Search,
    place: Option<usize>,
    look: Look,
    words: &Words,
) -> Option<Element<'a, Screen>> {
    let palette = look.palette;
    if !search.is_on() {
        return None;
    }
    let count = search.finding.count();
    let said = |said: String| Element::from(text(said).size(look.second()).color(palette.muted));
    let busy = matches!(search.finding.stage(), Stage::Here | Stage::There) && !results::is_offline(chats);
    let sign = if busy {
        Some(control::spinner(look, look.size(12.0), palette.muted))
    } else if matches!(search.finding.stage(), Stage::Failed(_)) || results::is_offline(chats) {
        let sign = icon(Icon::Offline, look.size(14.0), palette.muted);
        Some(control::hint(look, sign, fl!(words, "search-offline"), None, tooltip::Position::Bottom))
    } else {
        None
    };
    let what = match (count, place) {
        (0, _) if busy => None,
        (0, _) => Some(said(fl!(words, "search-none"))),
        (count, Some(place)) => Some(said(fl!(words, "search-at", number = (place + 1), count = count))),
        (count, None) => Some(said(fl!(words, "search-count", count = count))),
    };
    Some(flow::row(look, sign).push(what).spacing(6).align_y(Center).into())
}

/// Which kind one looks for.
fn kinds<'a>(chosen: Only, look: Look, words: &'a Words) -> Element<'a, Screen> {
    let kind = if chosen == Only::Everything { control::Kind::Plain } else { control::Kind::Ghost };
    let trigger = control::button(look, named(words, chosen)).kind(kind).compact().id("search-kind");
    control::menu(look, trigger, move || {
        Only::ALL
            .into_iter()
            .map(|only| {
                control::Item::new(named(words, only), at(Message::Only(only)))
                    .chosen(only == chosen)
                    .id(format!("only:{only:?}"))
            })
            .collect()
    })
    .into()
}

/// Whose messages one looks for, where there are several people.
fn senders<'a>(
    chats: &'a Chats,
    open: &Open,
    chosen: Option<PeerId>,
    look: Look,
    words: &'a Words,
) -> Option<Element<'a, Screen>> {
    if !matches!(chats.peer(open.chat).kind, PeerKind::Group | PeerKind::Supergroup) {
        return None;
    }
    let name = move |id: PeerId| match id == chats.state.me {
        true => fl!(words, "search-from-me"),
        false => people::name(words, chats.peer(id)).into_owned(),
    };
    let (label, kind) = match chosen {
        Some(id) => (name(id), control::Kind::Ghost),
        None => (fl!(words, "search-from-anybody"), control::Kind::Plain),
    };
    let trigger = control::button(look, label).kind(kind).compact().id("search-from");
    let menu = control::menu(look, trigger, move || {
        let anybody = control::Item::new(fl!(words, "search-from-anybody"), at(Message::From(None)));
        let mut items = vec![anybody.chosen(chosen.is_none()).id("from:anybody")];
        items.extend(chats.senders().into_iter().map(|id| {
            control::Item::new(name(id), at(Message::From(Some(id))))
                .chosen(chosen == Some(id))
                .id(format!("from:{}", id.marked()))
        }));
        items
    });
    Some(menu.into())
}
