//! The chat list.

use super::message::ticks;
use super::state::is_online;
use super::{Chats, Message, header, people, preview, search};
use crate::theme::{Look, fonts};
use crate::widget::aside::aside;
use crate::widget::avatar::avatar;
use crate::widget::edge::edge;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::roll::roll;
use crate::widget::text::line;
use crate::widget::{Element, control};
use crate::widget::{flow, ground};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Chat, Connection, Peer, PeerId};
use iced::widget::{Id, column, container, keyed_column, space, stack};
use iced::{Bottom, Center, Fill, Padding, Theme, border};

/// How high a row is, at 100 % text.
const ROW: f32 = 64.0;

/// The list: so wide beside a conversation, over the whole width where it stands alone.
pub fn view<'a>(chats: &'a Chats, look: Look, words: &'a Words, beside: Option<f32>) -> Element<'a, Message> {
    let palette = look.palette;
    let order = chats.folders.order(&chats.state.roster);
    let body: Element<'a, Message> = match (&chats.state.roster.failed, order.is_empty()) {
        (Some(error), true) if chats.folders.chosen().is_none() => trouble(look, words, error),
        (None, true) if !chats.state.roster.loaded => centered(control::spinner(look, 24.0, palette.muted)),
        (None, true) if chats.folders.chosen().is_some() && !chats.is_list_known() => {
            centered(control::spinner(look, 24.0, palette.muted))
        }
        (_, true) if chats.folders.chosen().is_some() => centered(
            column![
                text(fl!(words, "folder-empty")).size(look.body()).font(fonts::SEMIBOLD),
                text(fl!(words, "folder-empty-lead")).size(look.second()).color(palette.muted).align_x(Center),
            ]
            .spacing(4)
            .align_x(Center),
        ),
        (None, true) => centered(
            column![
                text(fl!(words, "chats-none")).size(look.body()).font(fonts::SEMIBOLD),
                text(fl!(words, "chats-none-lead")).size(look.second()).color(palette.muted).align_x(Center),
            ]
            .spacing(4)
            .align_x(Center),
        ),
        _ => {
            let height = look.size(ROW).max(ROW).round();
            let list = roll(
                look,
                "chats",
                order,
                height,
                move |id| entry(chats, look, words, id),
                |id: PeerId| Id::from(format!("chat:{}", id.marked())),
                Message::Opened,
            )
            .selected(chats.open_chat())
            .on_visible(Message::Listed);
            // Each folder begins at its top.
            let folder = chats.folders.chosen().map_or(0, |folder| folder.id);
            let list = keyed_column([(folder, list.into())]).height(Fill);
            column![list].push(below(chats, look, words)).into()
        }
    };
    let body = container(body).width(Fill).height(Fill).padding(Padding { top: 4.0, ..Padding::ZERO });
    let body = container(aside(body, search::view(chats, look, words))).width(Fill).height(Fill);
    let column = column![search::head(chats, look, words), body].push(standing(chats, look, words));
    let column = container(column).height(Fill);
    let Some(width) = beside else { return ground::under(palette.surface, column.width(Fill)) };
    let edge = edge(look, width, Message::ListDragged, Message::ListDropped);
    flow::row(look, []).push(ground::under(palette.surface, column.width(width - 1.0))).push(edge).into()
}

/// How the connection stands when it is not live: below the list, where nothing moves when it comes and goes.
fn standing<'a>(chats: &Chats, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let palette = look.palette;
    let status = match chats.connection {
        Connection::Online => return None,
        Connection::Connecting => fl!(words, "connection-connecting"),
        Connection::Updating => fl!(words, "connection-updating"),
        Connection::Waiting(seconds) => fl!(words, "connection-waiting", time = crate::words::wait(seconds)),
    };
    let sign: Element<'a, Message> = match chats.connection {
        Connection::Waiting(_) => icon(Icon::Offline, look.size(14.0), palette.muted),
        _ => control::spinner(look, look.size(12.0), palette.muted),
    };
    let status = text(status).size(look.second()).color(palette.muted);
    // What is shown may be old.
    let current = chats.current.filter(|_| chats.away).map(|at| {
        let time = dates::short(words, at, chats.now(), &chats.zone);
        text(fl!(words, "chats-as-of", time = time)).size(look.second()).color(palette.faint)
    });
    let height = look.size(if current.is_some() { 48.0 } else { 32.0 }).round();
    let lines = flow::column(look, [status.into()]).push(current).spacing(2);
    let content = flow::row(look, [sign]).push(lines).spacing(8).align_y(Center);
    let shown = control::row(look, fl!(words, "connection-show"), container(content).center_y(height))
        .id("connection-status")
        .padding([0, 18])
        .radius(0.0)
        .on_press(Message::ConnectionPressed);
    Some(column![header::hairline(look), shown].into())
}

/// What stands below the rows: more are on their way, or did not come.
fn below<'a>(chats: &Chats, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let roster = &chats.state.roster;
    // Without a connection nothing would come of it; with the next one it is tried by itself.
    if roster.failed.is_some() && !chats.away {
        let retry = control::button(look, fl!(words, "chats-more-failed"))
            .kind(control::Kind::Ghost)
            .icon(Icon::Retry)
            .compact()
            .id("retry-chats")
            .on_press(Message::ChatsRetried);
        return Some(container(retry).center_x(Fill).padding(8).into());
    }
    None
}

/// Nothing came at all.
fn trouble<'a>(look: Look, words: &Words, error: &heliograph_telegram::Error) -> Element<'a, Message> {
    let palette = look.palette;
    centered(
        column![
            text(fl!(words, "chats-failed")).size(look.body()).font(fonts::SEMIBOLD).color(palette.text),
            text(crate::words::error(error)).size(look.second()).color(palette.muted).align_x(Center),
            control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .id("retry-chats")
                .on_press(Message::ChatsRetried),
        ]
        .spacing(6)
        .align_x(Center),
    )
}

fn centered<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).center(Fill).padding(24).into()
}

/// One chat.
fn entry<'a>(chats: &'a Chats, look: Look, words: &Words, id: PeerId) -> Element<'a, Message> {
    let palette = look.palette;
    let peer = chats.peer(id);
    let Some(chat) = chats.state.roster.get(id) else { return space::horizontal().into() };

    let face = avatar(look, peer, chats.photos.get(peer).map(|face| &face.large), 48.0);
    let face: Element<'a, Message> = if !chats.away && is_online(peer, chats.now()) {
        let chosen = chats.open_chat() == Some(id);
        stack![face, container(dot(look, chosen)).width(48).height(48).align_x(flow::end(look)).align_y(Bottom)].into()
    } else {
        face
    };

    let name = name(look, words, peer, chat.muted);
    let date = chat.last.as_ref().map(|last| {
        text(dates::short(words, last.date, chats.now(), &chats.zone)).size(look.second()).color(palette.faint)
    });
    let name = container(name).width(Fill).align_x(flow::start(look));
    let above = flow::row(look, []).push(name).push(date).spacing(8).align_y(Center);

    let second = second(chats, look, words, chat);
    let pin =
        (chats.folders.is_pinned(chat) && chat.unread == 0).then(|| icon(Icon::Pin, look.size(16.0), palette.faint));
    let second = container(second).width(Fill).align_x(flow::start(look));
    let below = flow::row(look, []).push(second).push(badge(look, chat)).push(pin).spacing(8).align_y(Center);

    let content =
        flow::row(look, [face]).push(column![above, below].spacing(4).width(Fill)).spacing(12).align_y(Center);
    container(content).padding(Padding::from([0, 18])).center_y(Fill).width(Fill).into()
}

/// A name in one line, and behind it, however long it is, whether it is verified and makes no sound.
pub fn name<'a>(look: Look, words: &Words, peer: &'a Peer, muted: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let size = look.size(15.0).round();
    let signs: Vec<Element<'a, Message>> = [
        peer.verified.then(|| icon(Icon::Verified, size, palette.accent)),
        muted.then(|| icon(Icon::Muted, size, palette.faint)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let name = line(look.body(), palette.text)
        .push(people::name(words, peer), Some(fonts::SEMIBOLD), None)
        .reserve(signs.len() as f32 * (size + 4.0));
    signs.into_iter().fold(flow::row(look, []).push(name), flow::Flow::push).spacing(4).align_y(Center).into()
}

/// What is said of the chat below its name: who writes, or its last message.
fn second<'a>(chats: &Chats, look: Look, words: &Words, chat: &Chat) -> Element<'a, Message> {
    let palette = look.palette;
    if let Some(typing) = people::typing(words, &chats.state, chat.id) {
        return line(look.body(), palette.accent_text).push(typing, None, None).into();
    }
    if let Some(draft) = chats.draft_in_list(chat.id) {
        let label = line(look.body(), palette.danger).push(fl!(words, "draft-label"), None, None);
        let what = line(look.body(), palette.muted).fill().align_x(flow::start(look)).push(draft, None, None);
        return flow::row(look, []).push(label).push(what).spacing(4).align_y(Center).into();
    }
    let Some(last) = &chat.last else { return line(look.body(), palette.muted).push(" ", None, None).into() };
    let preview::Preview { who, what } = preview::preview(&chats.scene(look), last);
    let sign = ticks(&chats.state, last)
        .map(|(sign, danger)| icon(sign, look.size(16.0), if danger { palette.danger } else { palette.muted }));
    // Apart from each other: a name in one direction must not turn words in the other around.
    let who = who.map(|who| line(look.body(), palette.text).push(who, None, None));
    let what = line(look.body(), palette.muted).fill().align_x(flow::start(look)).push(what, None, None);
    flow::row(look, []).push(who).push(sign).push(what).spacing(4).align_y(Center).into()
}

/// How many are unread; quiet where the chat makes no sound.
fn badge<'a>(look: Look, chat: &Chat) -> Option<Element<'a, Message>> {
    (chat.unread > 0).then(|| control::badge(look, chat.unread, chat.muted))
}

/// The sign that somebody is there.
fn dot<'a>(look: Look, chosen: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let around = if chosen { palette.selected } else { palette.surface };
    container(space::horizontal().width(12).height(12))
        .style(move |_: &Theme| container::Style {
            border: border::rounded(6).color(around).width(2),
            ..container::background(palette.ok)
        })
        .into()
}
