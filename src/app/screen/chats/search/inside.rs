//! Searching in the conversation that is open: from one hit to the next, in the timeline itself.

use super::super::jumping::Aim;
use super::super::{Chats, Message as Screen, Open, calendar, header};
use super::finding::{Stage, Target};
use super::reveal::reveal;
use super::{Message, Place, filters, results};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{PeerId, PeerKind};
use iced::widget::{column, container, tooltip};
use iced::{Center, Fill, Padding, Task, Theme};

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
        let listed = search.listed;
        let more = next + NEAR >= numbers.len();
        let go = to.map_or_else(Task::none, |to| self.aim(Aim::Message(to)));
        let shown = to
            .zip(self.open_chat())
            .filter(|_| listed)
            .map(|(to, chat)| reveal(Place::Inside.list(), Target::Message(chat, to).id_in(Place::Inside), next == 0));
        let go = Task::batch([go].into_iter().chain(shown));
        match more {
            true if there => Task::batch([go, self.search_on(Place::Inside, true)]),
            true if here => Task::batch([go, self.search_on(Place::Inside, false)]),
            _ => go,
        }
    }

    /// Who has written what is here of the conversation, those first who did last.
    pub(super) fn senders(&self) -> Vec<PeerId> {
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
    let above = flow::row(look, [finder.into()])
        .push(standing(chats, search, place, look, words))
        .push(older)
        .push(newer)
        .push(end)
        .spacing(4)
        .align_y(Center);
    let several = matches!(chats.peer(open.chat).kind, PeerKind::Group | PeerKind::Supergroup);
    let below = flow::row(look, [filters::kinds(search.within.only, Place::Inside, look, words)])
        .push(several.then(|| filters::senders(chats, search.within.sender, Place::Inside, look, words)))
        .push(filters::dates(chats, search.when, Place::Inside, look, words))
        .push(days)
        .spacing(4)
        .align_y(Center);
    let below = container(below.wrap(4)).width(Fill).align_x(flow::start(look));
    let content = column![above, below].spacing(6);
    let bar = container(content).padding([8, 12]).width(Fill);
    let bar = bar.style(move |_: &Theme| container::background(palette.surface));
    let hits = search.listed.then(|| results::hits(chats, search, look, words)).flatten();
    let hits = hits.map(|hits| {
        let hits = container(hits).padding(Padding { left: 6.0, right: 6.0, bottom: 6.0, top: 0.0 }).width(Fill);
        hits.style(move |_: &Theme| container::background(palette.surface))
    });
    Some(column![bar].push(hits).push(header::hairline(look)).into())
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
    // Pressed, it lists them.
    let listing = |said: String| {
        let kind = if search.listed { control::Kind::Ghost } else { control::Kind::Plain };
        let button = control::button(look, said).kind(kind).compact().id("search-list");
        Element::from(button.tooltip(fl!(words, "search-list")).on_press(at(Message::Listed)))
    };
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
        (count, Some(place)) => Some(listing(fl!(words, "search-at", number = (place + 1), count = count))),
        (count, None) => Some(listing(fl!(words, "search-count", count = count))),
    };
    Some(flow::row(look, sign).push(what).spacing(6).align_y(Center).into())
}
