//! The head of a message: who wrote it, where it comes from, what it answers.

use super::{Filling, reply};
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, people};
use crate::theme::fonts;
use crate::widget::control;
use crate::widget::text::{Line, line};
use crate::widget::{Element, flow};
use crate::words::{Language, Words, fl};
use heliograph_model::{Forward, Message as Said, PeerId};
use iced::Color;
use std::borrow::Cow;
use std::cell::RefCell;

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

/// Words with a name in them that stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Via,
    Forwarded,
    Imported,
}

/// What stands before and after a name.
type Sides = (String, String);

thread_local! {
    /// The words around the name in the language that was spoken last: every frame shows some.
    static AROUND: RefCell<Option<(Language, [Sides; 3])>> = const { RefCell::new(None) };
}

/// Stands in words for the name that is put there later.
const MARK: char = '\u{fffc}';

impl About {
    const ALL: [Self; 3] = [Self::Via, Self::Forwarded, Self::Imported];

    fn sides(self, words: &Words) -> Sides {
        let name = MARK.to_string();
        let said = match self {
            Self::Via => fl!(words, "via-bot", bot = name),
            Self::Forwarded => fl!(words, "forwarded", name = name),
            Self::Imported => fl!(words, "imported", name = name),
        };
        let (before, after) = said.split_once(MARK).unwrap_or((&said, ""));
        (before.to_owned(), after.to_owned())
    }

    /// A line of it, with the name.
    fn line<'a>(self, scene: &Scene<'_>, name: Cow<'a, str>, color: Color) -> Line<'a> {
        let words = line(scene.look.name(), scene.look.palette.muted);
        let (before, after) = AROUND.with_borrow_mut(|around| {
            let language = crate::words::current();
            if around.as_ref().is_none_or(|(known, _)| *known != language) {
                *around = Some((language, Self::ALL.map(|about| about.sides(&scene.words))));
            }
            let sides = around.as_ref().and_then(|(_, all)| all.get(self as usize));
            sides.cloned().unwrap_or_default()
        });
        let words = if before.is_empty() { words } else { words.push(before, None, None) };
        let words = words.push(name, Some(fonts::SEMIBOLD), Some(color));
        if after.is_empty() { words } else { words.push(after, None, None) }
    }
}

/// The inline bot that made it.
fn via<'a>(scene: &Scene<'a>, bot: PeerId) -> Element<'a, Message> {
    let peer = scene.peer(bot);
    let name = match &peer.username {
        Some(username) => Cow::Owned(format!("@{username}")),
        None => people::name(&scene.words, peer),
    };
    let line = About::Via.line(scene, name, scene.look.palette.accent_text);
    pressed(scene, line, Message::PeerWanted(bot))
}

/// Where it was forwarded from.
fn forwarded<'a>(scene: &Scene<'a>, forward: &'a Forward) -> Element<'a, Message> {
    let palette = scene.look.palette;
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
    let about = if forward.imported { About::Imported } else { About::Forwarded };
    let line = about.line(scene, name, color);
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
