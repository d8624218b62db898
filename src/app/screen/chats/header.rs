//! The line above a conversation: with whom, and what is said of them.

use super::{Chats, Message, list, people, search};
use crate::theme::Look;
use crate::widget::avatar::avatar;
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::text::line;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Peer, PeerId, PeerKind, Presence};
use iced::widget::{column, container, rule};
use iced::{Center, Fill, Theme};

/// Its height at 100 % text, the hairline below included.
pub const HEIGHT: f32 = 56.0;

/// The header of a chat. With `back`, a way back to the list.
pub fn view<'a>(chats: &'a Chats, chat: PeerId, look: Look, words: &Words, back: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let peer = chats.peer(chat);
    let back = back.then(|| {
        control::icon_button(look, Icon::Back, fl!(words, "back")).id("back").on_press(Message::Closed).shortcut("Esc")
    });
    let face = avatar(look, peer, chats.photos.get(peer).map(|face| &face.medium), 40.0);
    let muted = chats.state.roster.get(chat).is_some_and(|row| row.muted);
    let name = list::name(look, words, peer, muted);
    let (about, color) = match people::typing(words, &chats.state, chat) {
        Some(typing) => (Some(typing), palette.accent_text),
        None => (about(chats, peer, words), palette.muted),
    };
    let about = about.map(|about| line(look.second(), color).push(about, None, None));
    let start = if back.is_some() { 8.0 } else { 16.0 };
    let find = control::icon_button(look, Icon::Find, fl!(words, "search-inside"))
        .id("search-in-chat")
        .shortcut("Ctrl+F")
        .on_press(Message::Search(search::Place::Inside, search::Message::Wanted));
    let about_it = flow::column(look, [name]).push(about).width(Fill);
    let content = flow::row(look, []).push(back).push(face).push(about_it).push(find).spacing(12).align_y(Center);
    frame(look, container(content).padding(flow::padding(look, 0.0, 16.0, 0.0, start)))
}

/// What is said of somebody below the name.
fn about(chats: &Chats, peer: &Peer, words: &Words) -> Option<String> {
    match &peer.kind {
        // Without a connection nobody can say who is there now.
        PeerKind::User { presence: Presence::Online(until), .. } if chats.away => {
            let seen = chats.current.map_or(*until, |current| current.min(*until));
            Some(dates::last_seen(words, seen, chats.now(), &chats.zone))
        }
        _ => people::about(words, peer, chats.now(), &chats.zone),
    }
}

/// A bar of the header's height on the surface, with the hairline below.
pub fn frame<'a>(look: Look, content: container::Container<'a, Message>) -> Element<'a, Message> {
    let palette = look.palette;
    let height = look.size(HEIGHT).max(HEIGHT) - 1.0;
    let content = content.center_y(height).width(Fill).style(move |_: &Theme| container::background(palette.surface));
    column![content, hairline(look)].into()
}

/// A line of one pixel across.
pub fn hairline<'a>(look: Look) -> Element<'a, Message> {
    let color = look.palette.line;
    let style = move |_: &Theme| rule::Style { color, radius: 0.0.into(), fill_mode: rule::FillMode::Full, snap: true };
    rule::horizontal(1).style(style).into()
}
