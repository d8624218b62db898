//! The head of a message: who wrote it, where it comes from, what it answers.

use super::{Filling, reply};
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, people};
use crate::theme::fonts;
use crate::widget::control;
use crate::widget::text::{Line, line};
use crate::widget::{Element, flow};
use crate::words::fl;
use heliograph_model::{Forward, Message as Said, PeerId};
use iced::Color;
use std::borrow::Cow;

/// Puts the head on. With `named` it says who wrote it.
pub fn push<'a>(scene: &Scene<'a>, mut out: Filling<'a>, said: &'a Said, named: bool) -> Filling<'a> {
    let look = scene.look;
    let palette = look.palette;
    let via = said.via_bot.map(|bot| via(scene, bot));
    if named {
        let sender = scene.peer(said.sender);
        let name = people::name(&scene.words, sender);
        let name = line(look.name(), palette.name(sender.hue)).push(name, Some(fonts::SEMIBOLD), None);
        let name = pressed(scene, name, Message::PeerWanted(said.sender));
        let name = match via {
            Some(via) => flow::row(look, [name, via]).spacing(6).into(),
            None => name,
        };
        out = out.part(0.0, name);
    } else if let Some(via) = via {
        out = out.part(0.0, via);
    }
    if let Some(forward) = &said.forward {
        out = out.part(0.0, forwarded(scene, forward));
    }
    if let Some(answers) = &said.reply
        && let Some(reply) = reply::view(scene, said, answers)
    {
        let gap = if out.is_empty() { 2.0 } else { 4.0 };
        out = out.part(gap, reply);
    }
    out
}

/// Words with a name in them that stands out. `words` has a mark where the name belongs.
fn around<'a>(words: &str, name: Cow<'a, str>, size: f32, color: Color, name_color: Color) -> Line<'a> {
    let (before, after) = words.split_once(MARK).unwrap_or((words, ""));
    line(size, color).push(before.to_owned(), None, None).push(name, Some(fonts::SEMIBOLD), Some(name_color)).push(
        after.to_owned(),
        None,
        None,
    )
}

/// Stands in words for the name that is put there later.
const MARK: char = '\u{fffc}';

/// The inline bot that made it.
fn via<'a>(scene: &Scene<'a>, bot: PeerId) -> Element<'a, Message> {
    let look = scene.look;
    let palette = look.palette;
    let peer = scene.peer(bot);
    let name = match &peer.username {
        Some(username) => Cow::Owned(format!("@{username}")),
        None => people::name(&scene.words, peer),
    };
    let words = fl!(scene.words, "via-bot", bot = MARK.to_string());
    let line = around(&words, name, look.name(), palette.muted, palette.accent_text);
    pressed(scene, line, Message::PeerWanted(bot))
}

/// Where it was forwarded from.
fn forwarded<'a>(scene: &Scene<'a>, forward: &'a Forward) -> Element<'a, Message> {
    let look = scene.look;
    let palette = look.palette;
    let (name, color) = match (forward.from, &forward.name) {
        (Some(from), _) => {
            let peer = scene.peer(from);
            let name = people::name(&scene.words, peer);
            let name = match &forward.author {
                Some(author) => Cow::Owned(crate::words::number::beside(name.into_owned(), author.clone())),
                None => name,
            };
            (name, palette.name(peer.hue))
        }
        (None, Some(name)) => (Cow::Borrowed(name.as_str()), palette.text),
        (None, None) => (Cow::Owned(fl!(scene.words, "unknown-peer")), palette.text),
    };
    let words = match forward.imported {
        true => fl!(scene.words, "imported", name = MARK.to_string()),
        false => fl!(scene.words, "forwarded", name = MARK.to_string()),
    };
    let line = around(&words, name, look.name(), palette.muted, color);
    match (forward.from, forward.post) {
        (Some(channel), Some(post)) => pressed(scene, line, Message::MessageWanted(channel, post)),
        (Some(from), None) => pressed(scene, line, Message::PeerWanted(from)),
        (None, _) => line.into(),
    }
}

/// A line that can be pressed, without a ground: it stands as if it were none.
fn pressed<'a>(scene: &Scene<'a>, line: Line<'a>, message: Message) -> Element<'a, Message> {
    control::row(scene.look, String::new(), line).padding(0).radius(4.0).width(iced::Shrink).on_press(message).into()
}
