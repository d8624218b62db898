//! The foot of a message: what people feel about it, when it was said, how far it got.

use super::{Filling, comments, keyboard, media, reactions};
use crate::screen::chats::scene::Scene;
use crate::screen::chats::state::State;
use crate::screen::chats::{Message, preview};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::line;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl, number};
use heliograph_model::{Buttons, Delivery, Message as Said, MessageId};
use iced::widget::container;
use iced::widget::text::Wrapping;
use iced::{Center, Theme, border};
use std::borrow::Cow;

/// Puts the foot on, up to the time.
pub fn push<'a>(scene: &Scene<'a>, mut out: Filling<'a>, said: &'a Said) -> Filling<'a> {
    match said.delivery {
        Delivery::Failed(failure) => {
            let why = preview::failure(&scene.words, failure);
            out = out.part(4.0, failed(scene.look, &scene.words, said, why));
        }
        Delivery::Held(until) => {
            let left = u32::try_from(until.saturating_sub(scene.now)).unwrap_or(0).max(1);
            let wait = fl!(scene.words, "send-held", time = crate::words::wait(left));
            out = out.part(4.0, text(wait).size(scene.look.second()).color(scene.look.palette.muted));
        }
        Delivery::Unknown => out = out.part(4.0, unknown(scene.look, &scene.words, said)),
        Delivery::Sending | Delivery::Sent => {}
    }
    if !said.reactions.is_empty() {
        out = out.chips(6.0, reactions::view(scene, said));
    }
    if let Some(comments) = &said.comments
        && let Some(group) = comments.group
    {
        out = out.foot(comments::view(scene, said, comments, group));
    }
    match &said.buttons {
        Buttons::Inline(rows) if !rows.is_empty() => out.below(keyboard::under(scene, said, rows)),
        _ => out,
    }
}

/// When it was said, by whom it was seen, and how far it got. On the wall it has a ground of its own.
pub fn time<'a>(scene: &Scene<'a>, said: &'a Said, bare: bool) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let size = look.size(14.0).round();
    let small = |words: Cow<'a, str>| {
        text(words).size(look.time()).line_height(iced::Pixels(size)).color(palette.muted).wrapping(Wrapping::None)
    };
    let at = dates::clock(said.date, scene.zone);
    let at = if said.edited.is_some() { fl!(words, "edited", time = at) } else { at };
    let author = said.author.as_deref().filter(|author| !author.trim().is_empty());
    let author = author.map(|author| line(look.time(), palette.muted).push(author, None, None));
    let pin = said.pinned.then(|| icon(Icon::Pin, size, palette.muted));
    let seen = said.views.filter(|views| *views > 0).map(|views| {
        let eye = icon(Icon::Eye, size, palette.muted);
        flow::row(look, [eye]).push(small(number::badge(views).into())).spacing(3).align_y(Center)
    });
    let tick = ticks(scene.state, said)
        .map(|(sign, danger)| icon(sign, size, if danger { palette.danger } else { palette.muted }));
    // Most have nothing but a time, or a tick beside it: every frame makes dozens of these.
    let at: Element<'a, Message> = small(at.into()).into();
    let end = match tick {
        Some(tick) => flow::row(look, [at, tick]).spacing(4).align_y(Center).into(),
        None => at,
    };
    let told = media::told(scene, said).map(|told| small(told.into()));
    let all = if told.is_some() || pin.is_some() || seen.is_some() || author.is_some() {
        let row = flow::row(look, []).push(told).push(pin).push(seen).push(author).push(end);
        row.spacing(8).align_y(Center).into()
    } else {
        end
    };
    if !bare {
        return all;
    }
    let style = move |_: &Theme| container::Style {
        border: border::rounded(size).color(palette.line).width(1),
        ..container::background(palette.surface)
    };
    container(all).padding([2, 8]).style(style).into()
}

/// The sign of how far our own message got; `true` for trouble.
pub fn ticks(state: &State, said: &Said) -> Option<(Icon, bool)> {
    if !said.outgoing || said.chat == state.me && said.delivery == Delivery::Sent {
        return None;
    }
    Some(match said.delivery {
        Delivery::Sending | Delivery::Held(_) | Delivery::Unknown => (Icon::Clock, false),
        Delivery::Failed(_) => (Icon::Alert, true),
        Delivery::Sent if state.is_read(said) => (Icon::Checks, false),
        Delivery::Sent => (Icon::Check, false),
    })
}

/// A message that may have been sent: what is to become of it.
fn unknown<'a>(look: Look, words: &Words, said: &Said) -> Element<'a, Message> {
    let MessageId::Pending(pending) = said.id else { return iced::widget::space().into() };
    let why = text(fl!(words, "send-unknown")).size(look.second()).color(look.palette.muted);
    let button = |label: String, id: &str, message: Message| {
        control::button(look, label)
            .kind(control::Kind::Ghost)
            .compact()
            .id(format!("{id}:{pending}"))
            .on_press(message)
    };
    let again = button(fl!(words, "send-unknown-again"), "retry", Message::SendRetried(said.id));
    let sent = button(fl!(words, "send-unknown-sent"), "was-sent", Message::SendForgotten(said.id));
    let gone = button(fl!(words, "send-unknown-drop"), "drop", Message::SendForgotten(said.id));
    let buttons = flow::row(look, []).push(again).push(sent).push(gone).spacing(4).align_y(Center).wrap(4);
    flow::column(look, []).push(why).push(buttons).spacing(2).into()
}

/// A message that did not go out: why, and another try.
fn failed<'a>(look: Look, words: &Words, said: &Said, why: String) -> Element<'a, Message> {
    let pending = match said.id {
        MessageId::Pending(number) => number.to_string(),
        MessageId::Server(number) => number.to_string(),
    };
    let why = text(why).size(look.second()).color(look.palette.danger);
    let retry = control::button(look, fl!(words, "send-again"))
        .kind(control::Kind::Danger)
        .icon(Icon::Retry)
        .compact()
        .id(format!("retry:{pending}"))
        .on_press(Message::SendRetried(said.id));
    flow::row(look, []).push(why).push(retry).spacing(6).align_y(Center).wrap(6)
}
