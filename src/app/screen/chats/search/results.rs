//! The box above the chat list, and what was found in the place of the list.

use super::super::{Chats, Message as Screen, header, list, people};
use super::finding::{Hit, Stage, Target};
use super::marked::Marked;
use super::{BOX, Message};
use crate::theme::{Look, fonts};
use crate::widget::avatar::avatar;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::line;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Connection, PeerId};
use iced::widget::{column, container, scrollable, space};
use iced::{Center, Fill, Padding};

/// The list of what was found.
pub const LIST: &str = "search-results";
/// How high a row is, at 100 % text.
const ROW: f32 = 64.0;

/// The box.
pub fn head<'a>(chats: &'a Chats, look: Look, words: &Words) -> Element<'a, Screen> {
    let typed = |text| Screen::Search(Message::Typed(text));
    let walked = |walk| Screen::Search(Message::Walked(walk));
    let finder = control::finder(look, BOX, &chats.search.text, typed, walked)
        .placeholder(fl!(words, "search-placeholder"))
        .clear(fl!(words, "search-clear"))
        .sign();
    header::frame(look, container(finder).padding([0, 12]))
}

/// What was found, while something is searched for.
pub fn view<'a>(chats: &'a Chats, look: Look, words: &'a Words) -> Option<Element<'a, Screen>> {
    if !chats.search.is_on() {
        return None;
    }
    let finding = &chats.search.finding;
    if finding.is_empty() {
        return Some(nothing(chats, look, words));
    }
    let chosen = chats.search.cursor.and_then(|at| finding.targets().get(at).copied());
    let row = |target: Target, content: Element<'a, Screen>, label: String| -> Element<'a, Screen> {
        control::row(look, label, content)
            .id(target.id())
            .selected(chosen == Some(target))
            .padding([0, 12])
            .height(look.size(ROW).max(ROW).round())
            .on_press(Screen::Search(Message::Chosen(target)))
            .into()
    };
    let of_peer = |id: &PeerId| row(Target::Peer(*id), peer(chats, look, words, *id), label(chats, words, *id));
    let of_hit = |found: &'a Hit| {
        let target = Target::Message(found.message.chat, found.number);
        row(target, hit(chats, look, words, found), found.what.text.clone())
    };
    let mut rows: Vec<Element<'a, Screen>> = Vec::new();
    if !finding.chats.is_empty() {
        rows.push(heading(look, fl!(words, "chats"), None));
        rows.extend(finding.chats.iter().map(of_peer));
    }
    if !finding.people.is_empty() {
        rows.push(heading(look, fl!(words, "search-people"), None));
        rows.extend(finding.people.iter().map(of_peer));
    }
    if !finding.here.is_empty() {
        rows.push(heading(look, fl!(words, "search-messages"), None));
        rows.extend(finding.here.iter().map(of_hit));
        rows.extend(finding.has_more_here().then(|| more(chats, look, words, Target::MoreHere)));
    }
    if let Some(error) = &finding.failed_here {
        rows.push(note(look, format!("{} {}", fl!(words, "search-failed-here"), crate::words::error(error))));
    }
    rows.push(heading(look, fl!(words, "search-there"), under_way(chats, look, words)));
    rows.extend(finding.found.iter().map(of_peer));
    rows.extend(finding.there.iter().map(of_hit));
    rows.extend(finding.has_more_there().then(|| more(chats, look, words, Target::MoreThere)));
    rows.extend(trouble(chats, look, words));
    let rows = column(rows).width(Fill).padding(Padding { left: 6.0, right: 6.0, bottom: 12.0, top: 0.0 });
    let bar = scrollable::Scrollbar::new().width(4).scroller_width(4).margin(2);
    let rows = scrollable(rows)
        .id(LIST)
        .width(Fill)
        .height(Fill)
        .direction(scrollable::Direction::Vertical(bar))
        .style(move |_, _| control::quiet_bar(look));
    Some(rows.into())
}

fn label(chats: &Chats, words: &Words, id: PeerId) -> String {
    people::name(words, chats.peer(id)).into_owned()
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
fn under_way<'a>(chats: &Chats, look: Look, words: &Words) -> Option<Element<'a, Screen>> {
    let palette = look.palette;
    let said = |words: String| text(words).size(look.second()).color(palette.faint);
    match chats.search.finding.stage() {
        Stage::Here | Stage::There if is_offline(chats) => None,
        Stage::Here | Stage::There => Some(
            flow::row(look, [control::spinner(look, look.size(12.0), palette.muted)])
                .push(said(fl!(words, "search-under-way")))
                .spacing(6)
                .align_y(Center)
                .into(),
        ),
        Stage::Done if chats.search.finding.found.is_empty() && chats.search.finding.there.is_empty() => {
            Some(said(fl!(words, "search-nothing-more")).into())
        }
        Stage::Idle | Stage::Done | Stage::Failed(_) => None,
    }
}

fn is_offline(chats: &Chats) -> bool {
    !matches!(chats.connection, Connection::Online | Connection::Updating)
}

/// Why the server's part is missing.
fn trouble<'a>(chats: &Chats, look: Look, words: &Words) -> Option<Element<'a, Screen>> {
    match chats.search.finding.stage() {
        Stage::Here | Stage::There | Stage::Failed(_) if is_offline(chats) => {
            Some(note(look, fl!(words, "search-offline")))
        }
        Stage::Failed(error) => {
            let why = format!("{} {}", fl!(words, "search-failed"), crate::words::error(error));
            let retry = control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .compact()
                .id("retry-search")
                .on_press(Screen::Search(Message::Retried));
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
fn nothing<'a>(chats: &Chats, look: Look, words: &Words) -> Element<'a, Screen> {
    let finding = &chats.search.finding;
    let offline = is_offline(chats);
    match finding.stage() {
        Stage::Here => space().width(Fill).height(Fill).into(),
        Stage::Idle | Stage::There if !offline => {
            let spinner = control::spinner(look, look.size(20.0), look.palette.muted);
            let said = text(fl!(words, "search-under-way")).size(look.second()).color(look.palette.muted);
            container(column![spinner, said].spacing(8).align_x(Center)).center(Fill).into()
        }
        Stage::Failed(error) if !offline => control::empty(look, Icon::Alert, fl!(words, "search-failed"))
            .more(crate::words::error(error))
            .action(fl!(words, "retry"), Screen::Search(Message::Retried))
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

/// The row that brings more.
fn more<'a>(chats: &Chats, look: Look, words: &Words, target: Target) -> Element<'a, Screen> {
    let finding = &chats.search.finding;
    let chosen = chats.search.cursor.and_then(|at| finding.targets().get(at).copied()) == Some(target);
    let said = fl!(words, "search-more");
    let palette = look.palette;
    let sign = match finding.is_more_under_way() {
        true => control::spinner(look, look.size(14.0), palette.muted),
        false => icon(Icon::ChevronDown, look.size(16.0), palette.accent_text),
    };
    let label = text(said.clone()).size(look.body()).color(palette.accent_text);
    let content = flow::row(look, [sign]).push(label).spacing(8).align_y(Center);
    control::row(look, said, content)
        .id(target.id())
        .selected(chosen)
        .padding([8, 12])
        .on_press(Screen::Search(Message::Chosen(target)))
        .into()
}

/// A chat or somebody.
fn peer<'a>(chats: &'a Chats, look: Look, words: &Words, id: PeerId) -> Element<'a, Screen> {
    let palette = look.palette;
    let peer = chats.peer(id);
    let face = avatar(look, peer, chats.photos.get(peer).map(|face| &face.large), 48.0);
    let shown = people::name(words, peer);
    let sign = peer.verified.then(|| icon(Icon::Verified, look.size(15.0).round(), palette.accent));
    let name = Marked::name(&shown, chats.search.finding.wording())
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
    let content = flow::row(look, [face]).push(column![name].push(about).spacing(4).width(Fill)).spacing(12);
    container(content.align_y(Center)).center_y(Fill).width(Fill).into()
}

/// A message: in which chat, when, and the words around what is searched for.
fn hit<'a>(chats: &'a Chats, look: Look, words: &Words, hit: &'a Hit) -> Element<'a, Screen> {
    let palette = look.palette;
    let chat = chats.peer(hit.message.chat);
    let face = avatar(look, chat, chats.photos.get(chat).map(|face| &face.large), 48.0);
    let name = container(list::name(look, words, chat, false)).width(Fill).align_x(flow::start(look));
    let date = dates::short(words, hit.message.date, chats.now(), &chats.zone);
    let date = text(date).size(look.second()).color(palette.faint);
    let above = flow::row(look, []).push(name).push(date).spacing(8).align_y(Center);
    let who = hit.who.as_ref().map(|who| line(look.body(), palette.text).push(who.as_str(), None, None));
    let what = hit.what.line(look, look.body(), palette.muted, None).fill().align_x(flow::start(look));
    let below = flow::row(look, []).push(who).push(what).spacing(4).align_y(Center);
    let below = container(below).width(Fill).align_x(flow::start(look));
    let content = flow::row(look, [face]).push(column![above, below].spacing(4).width(Fill)).spacing(12);
    container(content.align_y(Center)).center_y(Fill).width(Fill).into()
}
