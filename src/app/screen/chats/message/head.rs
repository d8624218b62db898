//! The head of a message: who wrote it, where it comes from, what it answers.

use super::{Filling, bar, name_and_color};
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, people, preview};
use crate::theme::fonts;
use crate::widget::Element;
use crate::widget::flow;
use crate::widget::text::line;
use heliograph_model::Message as Said;
use iced::Shrink;

/// Puts the head on. With `named` it says who wrote it.
pub fn push<'a>(scene: &Scene<'a>, mut out: Filling<'a>, said: &'a Said, named: bool) -> Filling<'a> {
    let look = scene.look;
    let palette = look.palette;
    if named {
        let sender = scene.peer(said.sender);
        let name = people::name(&scene.words, sender);
        out = out.part(0.0, line(look.name(), palette.name(sender.hue)).push(name, Some(fonts::SEMIBOLD), None));
    }
    if let Some(answered) = said.answers().and_then(|number| scene.message(said.chat, number)) {
        out = out.part(2.0, quote(scene, answered));
    }
    out
}

/// The message that this one answers, in two lines.
fn quote<'a>(scene: &Scene<'a>, answered: &'a Said) -> Element<'a, Message> {
    let look = scene.look;
    let palette = look.palette;
    let (name, color) = name_and_color(scene, answered);
    let what = match &answered.service {
        Some(service) => preview::service(&scene.words, scene.state, answered, service),
        None => preview::what(&scene.words, answered),
    };
    let lines = flow::column(look, [])
        .push(line(look.name(), color).push(name, Some(fonts::SEMIBOLD), None))
        .push(line(look.name(), palette.muted).push(what, None, None));
    flow::row(look, []).push(bar(color)).push(lines).spacing(8).height(Shrink).into()
}
