//! The box above the chat list, and what was found in the place of the list.

use super::super::{Chats, Message as Screen, header, list, people};
use super::command::Command;
use super::finding::{Finding, Hit, Stage, Target};
use super::marked::Marked;
use super::{Message, Place, Search, filters};
use crate::theme::{Look, fonts};
use crate::widget::avatar::{avatar, own_avatar};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::line;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Connection, PeerId};
use iced::widget::{column, container, scrollable, space};
use iced::{Center, Fill, Padding, Shrink};

/// How high a row is, at 100 % text.
const ROW: f32 = 64.0;
/// The same in the palette.
const SMALL: f32 = 52.0;

/// How high the list of hits in a conversation is at most, at 100 % text: five rows and a little of the next.
const HITS: f32 = 284.0;

/// The box.
pub fn head<'a>(chats: &'a Chats, look: Look, words: &Words) -> Element<'a, Screen> {
    let typed = |text| Screen::Search(Place::List, Message::Typed(text));
    let walked = |walk| Screen::Search(Place::List, Message::Walked(walk));
    let finder = control::finder(look, Place::List.field(), &chats.search.text, typed, walked)
        .placeholder(fl!(words, "search-placeholder"))
        .clear(fl!(words, "search-clear"))
        .keys(super::PALETTE_KEYS)
        .sign();
    header::frame(look, container(finder).padding([0, 12]))
}

/// What was found, while something is searched for.
pub fn view<'a>(chats: &'a Chats, look: Look, words: &'a Words) -> Option<Element<'a, Screen>> {
    let search = &chats.search;
    search.is_on().then(|| {
        let chips = filters::chips(chats, search, Place::List, look, words);
        column![chips, found(chats, search, Place::List, look, words)].into()
    })
}

/// What was found so far, and how it stands.
pub fn found<'a>(
    chats: &'a Chats,
    search: &'a Search,
    place: Place,
    look: Look,
    words: &'a Words,
) -> Element<'a, Screen> {
    let finding = &search.finding;
    if finding.is_empty() {
        return nothing(chats, search, place, look, words);
    }
    let rows = Rows { chats, search, place, look, words, chosen: search.chosen() };
    let list = rows.all();
    let list = column(list).width(Fill).padding(Padding { left: 6.0, right: 6.0, bottom: 8.0, top: 0.0 });
    let bar = scrollable::Scrollbar::new().width(4).scroller_width(4).margin(2);
    scrollable(list)
        .id(place.list())
        .width(Fill)
        .height(if place == Place::Palette { Shrink } else { Fill })
        .direction(scrollable::Direction::Vertical(bar))
        .style(move |_, _| control::quiet_bar(look))
        .into()
}

/// The rows of a place.
struct Rows<'a> {
    chats: &'a Chats,
    search: &'a Search,
    place: Place,
    look: Look,
    words: &'a Words,
    chosen: Option<Target>,
}

impl<'a> Rows<'a> {
    fn all(&self) -> Vec<Element<'a, Screen>> {
        let (look, words, finding) = (self.look, self.words, &self.search.finding);
        let idle = *finding.stage() == Stage::Idle;
        let mut rows: Vec<Element<'a, Screen>> = Vec::new();
        if !finding.chats.is_empty() {
            rows.push(heading(look, fl!(words, "chats"), None));
            rows.extend(finding.chats.iter().map(|id| self.peer(*id)));
        }
        if !finding.people.is_empty() {
            rows.push(heading(look, fl!(words, "search-people"), None));
            rows.extend(finding.people.iter().map(|id| self.peer(*id)));
        }
        if !finding.commands.is_empty() {
            rows.push(heading(look, fl!(words, "search-actions"), None));
            rows.extend(finding.commands.iter().map(|command| self.command(*command)));
        }
        if !finding.here.is_empty() {
            rows.push(heading(look, fl!(words, "search-messages"), None));
            rows.extend(finding.here.iter().map(|hit| self.hit(hit)));
            rows.extend(finding.has_more_here().then(|| self.more(Target::MoreHere)));
        }
        if let Some(error) = &finding.failed_here {
            rows.push(note(look, format!("{} {}", fl!(words, "search-failed-here"), crate::words::error(error))));
        }
        if !idle {
            let sign = under_way(self.chats, finding, look, words);
            rows.push(heading(look, fl!(words, "search-there"), sign));
            rows.extend(finding.found.iter().map(|id| self.peer(*id)));
            rows.extend(finding.there.iter().map(|hit| self.hit(hit)));
            rows.extend(finding.has_more_there().then(|| self.more(Target::MoreThere)));
            rows.extend(trouble(self.chats, self.search, self.place, look, words));
        }
        rows
    }

    /// A row that can be chosen.
    fn row(&self, target: Target, label: String, content: impl Into<Element<'a, Screen>>) -> Element<'a, Screen> {
        let height = if self.place == Place::List { ROW } else { SMALL };
        control::row(self.look, label, content)
            .id(target.id_in(self.place))
            .selected(self.chosen == Some(target))
            .padding([0, 12])
            .height(self.look.size(height).max(height).round())
            .on_press(Screen::Search(self.place, Message::Chosen(target)))
            .into()
    }

    /// How large a face is.
    fn side(&self) -> f32 {
        if self.place == Place::List { 48.0 } else { 36.0 }
    }

    fn face(&self, id: PeerId) -> Element<'a, Screen> {
        let peer = self.chats.peer(id);
        let face = self.chats.photos.get(peer).map(|face| if self.side() < 40.0 { &face.medium } else { &face.large });
        avatar(self.look, peer, face, self.side())
    }

    /// A chat or somebody.
    fn peer(&self, id: PeerId) -> Element<'a, Screen> {
        let (chats, look, words) = (self.chats, self.look, self.words);
        let palette = look.palette;
        let peer = chats.peer(id);
        let shown = people::name(words, peer);
        let sign = peer.verified.then(|| icon(Icon::Verified, look.size(15.0).round(), palette.accent));
        let name = Marked::name(&shown, self.search.finding.wording())
            .line(look, look.body(), palette.text, Some(fonts::SEMIBOLD))
            .reserve(if sign.is_some() { look.size(15.0).round() + 4.0 } else { 0.0 });
        let name = flow::row(look, []).push(name).push(sign).spacing(4).align_y(Center);
        let about = match (people::about(words, peer, chats.now(), &chats.zone), &peer.username) {
            (Some(about), Some(username)) => Some(fl!(words, "beside", first = format!("@{username}"), second = about)),
            (about, username) => about.or(username.as_ref().map(|username| format!("@{username}"))),
        };
        let about = about.map(|about| line(look.second(), palette.muted).push(about, None, None));
        let about = about.map(|about| container(about).width(Fill).align_x(flow::start(look)));
        let name = container(name).width(Fill).align_x(flow::start(look));
        let lines = column![name].push(about).spacing(self.gap()).width(Fill);
        let key = (self.place == Place::Palette && self.chosen == Some(Target::Peer(id)))
            .then(|| control::keycap(look, fl!(words, "key-enter")));
        let content = flow::row(look, [self.face(id)]).push(lines).push(key).spacing(12).align_y(Center);
        self.row(Target::Peer(id), shown.into_owned(), container(content).center_y(Fill).width(Fill))
    }

    /// Room between the two lines of a row.
    fn gap(&self) -> f32 {
        if self.place == Place::List { 4.0 } else { 0.0 }
    }

    /// Something that can be done.
    fn command(&self, command: Command) -> Element<'a, Screen> {
        let (look, words) = (self.look, self.words);
        let palette = look.palette;
        let side = self.side();
        let sign = container(icon(command.sign(), look.size(20.0), palette.muted)).center_x(side);
        let name = command.name(words);
        let shown = Marked::name(&name, self.search.finding.wording()).line(look, look.body(), palette.text, None);
        let about = command.about(words).map(|about| text(about).size(look.second()).color(palette.muted));
        let keys = command.keys().map(|keys| control::keycap(look, keys));
        let shown = container(shown).width(Fill).align_x(flow::start(look));
        let content =
            flow::row(look, [sign.into()]).push(shown).push(about).push(keys).spacing(12).align_y(Center).width(Fill);
        self.row(Target::Command(command), name, container(content).center_y(Fill).width(Fill))
    }

    /// A message: in which chat, when, and the words around what is searched for.
    fn hit(&self, hit: &'a Hit) -> Element<'a, Screen> {
        let (chats, look, words) = (self.chats, self.look, self.words);
        let palette = look.palette;
        // In a conversation it goes without saying which it is.
        let of = if self.place == Place::Inside { hit.message.sender } else { hit.message.chat };
        let chat = chats.peer(of);
        let ours = self.place == Place::Inside && of == chats.state.me;
        let name: Element<'a, Screen> = match ours {
            true => line(look.body(), palette.text).push(fl!(words, "you"), Some(fonts::SEMIBOLD), None).into(),
            false => list::name(look, words, chat, false),
        };
        let name = container(name).width(Fill).align_x(flow::start(look));
        let date = dates::short(words, hit.message.date, chats.now(), &chats.zone);
        let faint = if self.place == Place::Palette { palette.muted } else { palette.faint };
        let date = text(date).size(look.second()).color(faint);
        let above = flow::row(look, []).push(name).push(date).spacing(8).align_y(Center);
        let who = hit
            .who
            .as_ref()
            .filter(|_| self.place != Place::Inside)
            .map(|who| line(look.body(), palette.text).push(who.as_str(), None, None));
        let what = hit.what.line(look, look.body(), palette.muted, None).fill().align_x(flow::start(look));
        let below = flow::row(look, []).push(who).push(what).spacing(4).align_y(Center);
        let below = container(below).width(Fill).align_x(flow::start(look));
        let lines = column![above, below].spacing(self.gap()).width(Fill);
        // As whoever wrote, not as Saved Messages.
        let face = match ours {
            true => own_avatar(look, chat, chats.face(), self.side()),
            false => self.face(of),
        };
        let content = flow::row(look, [face]).push(lines).spacing(12).align_y(Center);
        let target = Target::Message(hit.message.chat, hit.number);
        self.row(target, hit.what.text.clone(), container(content).center_y(Fill).width(Fill))
    }

    /// The row that brings more.
    fn more(&self, target: Target) -> Element<'a, Screen> {
        let look = self.look;
        let palette = look.palette;
        let said = fl!(self.words, "search-more");
        let sign = match self.search.finding.is_more_under_way() {
            true => control::spinner(look, look.size(14.0), palette.muted),
            false => icon(Icon::ChevronDown, look.size(16.0), palette.accent_text),
        };
        let label = text(said.clone()).size(look.body()).color(palette.accent_text);
        let content = flow::row(look, [sign]).push(label).spacing(8).align_y(Center);
        control::row(look, said, content)
            .id(target.id_in(self.place))
            .selected(self.chosen == Some(target))
            .padding([8, 12])
            .on_press(Screen::Search(self.place, Message::Chosen(target)))
            .into()
    }
}

/// What was found in the conversation, the newest first, to be chosen from; where one is in it is lit.
pub fn hits<'a>(chats: &'a Chats, search: &'a Search, look: Look, words: &'a Words) -> Option<Element<'a, Screen>> {
    let place = Place::Inside;
    let finding = &search.finding;
    let hits = finding.in_order();
    let chat = hits.first()?.message.chat;
    let chosen = search.at.map(|at| Target::Message(chat, at));
    let rows = Rows { chats, search, place, look, words, chosen };
    let mut all: Vec<Element<'a, Screen>> = hits.into_iter().map(|hit| rows.hit(hit)).collect();
    if finding.has_more_there() {
        all.push(rows.more(Target::MoreThere));
    } else if finding.has_more_here() {
        all.push(rows.more(Target::MoreHere));
    }
    let bar = scrollable::Scrollbar::new().width(4).scroller_width(4).margin(2);
    let list = scrollable(column(all).width(Fill))
        .id(place.list())
        .width(Fill)
        .direction(scrollable::Direction::Vertical(bar))
        .style(move |_, _| control::quiet_bar(look));
    Some(container(list).max_height(look.size(HITS)).into())
}

/// The name of a section, and how it stands.
fn heading<'a>(look: Look, name: String, sign: Option<Element<'a, Screen>>) -> Element<'a, Screen> {
    let palette = look.palette;
    let name = text(name).size(look.second()).font(fonts::SEMIBOLD).color(palette.muted);
    let content = flow::row(look, [name.into()]).push(space::horizontal()).push(sign).align_y(Center);
    let height = look.size(36.0).round();
    container(content).padding(Padding { left: 12.0, right: 12.0, top: 8.0, bottom: 0.0 }).center_y(height).into()
}

/// That the server is being asked.
fn under_way<'a>(chats: &Chats, finding: &Finding, look: Look, words: &Words) -> Option<Element<'a, Screen>> {
    let palette = look.palette;
    let said = |words: String| text(words).size(look.second()).color(palette.faint);
    match finding.stage() {
        Stage::Here | Stage::There if is_offline(chats) => None,
        Stage::Here | Stage::There => Some(
            flow::row(look, [control::spinner(look, look.size(12.0), palette.muted)])
                .push(said(fl!(words, "search-under-way")))
                .spacing(6)
                .align_y(Center)
                .into(),
        ),
        Stage::Done if finding.found.is_empty() && finding.there.is_empty() && !finding.has_more_there() => {
            Some(said(fl!(words, "search-nothing-more")).into())
        }
        Stage::Idle | Stage::Done | Stage::Failed(_) => None,
    }
}

/// Whether the server cannot be asked now.
pub fn is_offline(chats: &Chats) -> bool {
    !matches!(chats.connection, Connection::Online | Connection::Updating)
}

/// Why the server's part is missing.
fn trouble<'a>(chats: &Chats, search: &Search, place: Place, look: Look, words: &Words) -> Option<Element<'a, Screen>> {
    match search.finding.stage() {
        Stage::Here | Stage::There | Stage::Failed(_) if is_offline(chats) => {
            Some(note(look, fl!(words, "search-offline")))
        }
        Stage::Failed(error) => {
            let why = format!("{} {}", fl!(words, "search-failed"), crate::words::error(error));
            let retry = control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .compact()
                .id("retry-search")
                .on_press(Screen::Search(place, Message::Retried));
            Some(column![note(look, why), container(retry).center_x(Fill)].spacing(4).into())
        }
        Stage::Idle | Stage::Here | Stage::There | Stage::Done => None,
    }
}

fn note<'a>(look: Look, words: String) -> Element<'a, Screen> {
    let words = text(words).size(look.second()).color(look.palette.muted).width(Fill);
    container(words).padding([6, 12]).into()
}

/// Nothing was found, or nothing yet.
fn nothing<'a>(chats: &Chats, search: &Search, place: Place, look: Look, words: &Words) -> Element<'a, Screen> {
    let finding = &search.finding;
    let offline = is_offline(chats);
    if place == Place::List && finding.wanted().is_blank() {
        let more = fl!(words, "search-more-words");
        return control::empty(look, Icon::Find, fl!(words, "search-type")).more(more).into();
    }
    // As high as it will be with something in it, or nearly so.
    let room = if place == Place::Palette { look.size(220.0).into() } else { Fill };
    container(nothing_said(finding, offline, place, look, words)).height(room).width(Fill).into()
}

fn nothing_said<'a>(finding: &Finding, offline: bool, place: Place, look: Look, words: &Words) -> Element<'a, Screen> {
    match finding.stage() {
        Stage::Here => space().width(Fill).height(Fill).into(),
        Stage::Idle | Stage::There if !offline => {
            let spinner = control::spinner(look, look.size(20.0), look.palette.muted);
            let said = text(fl!(words, "search-under-way")).size(look.second()).color(look.palette.muted);
            container(column![spinner, said].spacing(8).align_x(Center)).center(Fill).into()
        }
        Stage::Failed(error) if !offline => control::empty(look, Icon::Alert, fl!(words, "search-failed"))
            .more(crate::words::error(error))
            .action(fl!(words, "retry"), Screen::Search(place, Message::Retried))
            .action_id("retry-search")
            .into(),
        stage => {
            let more = match stage {
                Stage::Done => fl!(words, "search-none-more"),
                _ => fl!(words, "search-offline"),
            };
            control::empty(look, Icon::Find, fl!(words, "search-none")).more(more).into()
        }
    }
}
