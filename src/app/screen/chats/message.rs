//! One message as it stands in the conversation: its head (who, where from, what it answers), its body (media, words,
//! what a link leads to) and its foot (reactions, time, how far it got).

mod between;
mod body;
mod comments;
mod foot;
#[cfg(test)]
pub(super) mod gallery;
mod head;
pub mod keyboard;
mod media;
pub(super) mod on_picture;
mod page;
mod reactions;
mod reply;

pub use between::between;
pub use foot::ticks;
pub use reactions::pictured;
pub use reply::{PICTURE as LITTLE, little};

use super::scene::Scene;
use super::{Message, people, service};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::avatar::avatar;
use crate::widget::bubble::{Bubble, bubble};
use heliograph_model::{Message as Said, PeerKind};
use iced::Theme;
use iced::widget::{Rule, rule};

/// A message, and whether it is the first and the last of its run.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said, run: (bool, bool)) -> Element<'a, Message> {
    if let Some(service) = &said.service {
        return between::chip(scene.look, service::words(scene, said, service));
    }
    whole(scene, said, &[], run)
}

/// Several messages that are shown as one, oldest first: the pictures in a grid, the words that one of them carries below.
pub fn album<'a>(scene: &Scene<'a>, messages: &[&'a Said], run: (bool, bool)) -> Element<'a, Message> {
    // The one with the words speaks for all; without any it is the first.
    let spoken = messages.iter().find(|said| !said.text.is_empty()).or(messages.first());
    match (spoken, messages) {
        (None, _) => iced::widget::space().into(),
        (Some(said), [_]) => view(scene, said, run),
        (Some(said), _) => whole(scene, said, messages, run),
    }
}

/// One bubble. `album` is empty where the message stands alone.
fn whole<'a>(
    scene: &Scene<'a>,
    said: &'a Said,
    album: &[&'a Said],
    (first, last): (bool, bool),
) -> Element<'a, Message> {
    let named = is_named(scene, said);
    let carried = if album.is_empty() { media::view(scene, said) } else { media::album(scene, album) };
    let bare = matches!(carried, Some(media::Part::Bare(_))) && stands_alone(said);
    let mut out = bubble(scene.look, said.outgoing).run(first, last).bare(bare);
    out = head::push(scene, out, said, named && first && !bare);
    out = body::push(scene, out, said, carried);
    out = foot::push(scene, out, said);
    let sender = scene.peer(said.sender);
    let face = named.then(|| last.then(|| avatar(scene.look, sender, scene.face(sender), 32.0)));
    out.finish(foot::time(scene, said, bare), face).into()
}

/// Whether it says nothing but what it carries.
fn stands_alone(said: &Said) -> bool {
    said.text.is_empty() && said.reply.is_none() && said.forward.is_none() && said.via_bot.is_none()
}

/// Whether it says who wrote it: in groups, others do.
fn is_named(scene: &Scene<'_>, said: &Said) -> bool {
    let in_group = matches!(scene.peer(said.chat).kind, PeerKind::Group | PeerKind::Supergroup);
    in_group && !said.outgoing
}

/// A bubble that is being filled.
type Filling<'a> = Bubble<'a, Message>;

/// The upright bar beside what is quoted.
pub(in crate::screen::chats) fn bar<'a>(color: iced::Color) -> Rule<'a, Theme> {
    rule::vertical(3).style(move |_: &Theme| rule::Style {
        color,
        radius: 1.5.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    })
}

/// The name of whoever wrote something, as it is said where it is quoted, and in which colour.
pub(in crate::screen::chats) fn name_and_color(scene: &Scene<'_>, said: &Said) -> (String, iced::Color) {
    let Look { palette, .. } = scene.look;
    if said.outgoing {
        return (crate::words::fl!(scene.words, "you"), palette.accent_text);
    }
    let sender = scene.peer(said.sender);
    (people::name(&scene.words, sender).into_owned(), palette.name(sender.hue))
}
