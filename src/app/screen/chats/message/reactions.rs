//! What people feel about a message: a chip for each sign, our own in the accent; pressing one joins or leaves.

use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::widget::avatar::mini;
use crate::widget::chips::{Chips, chips};
use crate::widget::control::{self, Chip};
use crate::widget::icon::{Icon, icon};
use crate::widget::text::{emoji::is_emoji, line};
use crate::widget::{Element, flow};
use crate::words::number;
use heliograph_model::{Message as Said, Reaction, ReactionKind};
use iced::Center;
use std::borrow::Cow;

/// Up to so many people are shown instead of their number.
const FACES: usize = 3;

/// The chips of a message.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said) -> Chips<'a, Message> {
    // Few people in all: their faces say more than numbers.
    let all: u64 = said.reactions.iter().map(|reaction| u64::from(reaction.count)).sum();
    let faces = all <= FACES as u64;
    let all = said.reactions.iter().map(|reaction| chip(scene, said, reaction, faces)).collect();
    chips(scene.look, 4.0, all)
}

/// The emoji as a picture: the server leaves out the sign that asks for one.
pub fn pictured(emoji: &str) -> Cow<'_, str> {
    match is_emoji(emoji) {
        true => Cow::Borrowed(emoji),
        false => Cow::Owned(format!("{emoji}\u{fe0f}")),
    }
}

fn chip<'a>(scene: &Scene<'a>, said: &'a Said, reaction: &'a Reaction, faces: bool) -> Element<'a, Message> {
    let look = scene.look;
    let (own, chosen) = (said.outgoing, reaction.chosen);
    let ink = Chip::<Message>::ink(look, own, chosen);
    let size = look.size(16.0).round();
    let sign: Element<'a, Message> = match &reaction.kind {
        ReactionKind::Emoji(emoji) => line(look.body(), ink).push(pictured(emoji), None, None).into(),
        // Pictures of the server: until these are here, a sign stands for them.
        ReactionKind::Custom(_) => icon(Icon::Smile, size, ink),
        ReactionKind::Paid => icon(Icon::Star, size, look.palette.accent),
    };
    let count = number::badge(reaction.count);
    let faces = faces && reaction.recent.len() == reaction.count as usize;
    let who: Element<'a, Message> = if faces {
        let side = look.size(18.0).round();
        let all = reaction.recent.iter().map(|id| scene.peer(*id));
        flow::row(look, all.map(|peer| mini(look, peer, scene.face(peer), side))).spacing(2).into()
    } else {
        line(look.second(), ink).push(count.clone(), Some(crate::theme::fonts::MEDIUM), None).into()
    };
    let content = flow::row(look, [sign, who]).spacing(4).align_y(Center);
    let press = said.id.server().map(|number| Message::ReactionPressed(number, reaction.kind.clone()));
    let label = match &reaction.kind {
        ReactionKind::Emoji(emoji) => format!("{emoji} {count}"),
        ReactionKind::Custom(_) | ReactionKind::Paid => count,
    };
    control::chip(look, label, content).on(own, chosen).on_press_maybe(press).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_a_picture_of_their_own_are_asked_for_it() {
        assert_eq!(["👍", "\u{2764}", "\u{1f54a}", "\u{270d}"].map(|emoji| is_emoji(&pictured(emoji))), [true; 4]);
        assert_eq!(pictured("👍"), "👍");
        assert_eq!(pictured("\u{270d}"), "\u{270d}\u{fe0f}");
    }
}
