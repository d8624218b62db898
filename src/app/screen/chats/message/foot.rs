//! The foot of a message: what people feel about it, when it was said, how far it got.

use super::Filling;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::state::State;
use crate::screen::chats::{Message, preview};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Delivery, Message as Said, MessageId};
use iced::Center;

/// Puts the foot on, up to the time.
pub fn push<'a>(scene: &Scene<'a>, mut out: Filling<'a>, said: &'a Said) -> Filling<'a> {
    if let Delivery::Failed(failure) = said.delivery {
        let why = preview::failure(&scene.words, failure);
        out = out.part(4.0, failed(scene.look, &scene.words, said, why));
    }
    out
}

/// When it was said, and how far it got.
pub fn time<'a>(scene: &Scene<'a>, said: &Said) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let at = dates::clock(said.date, scene.zone);
    let at = if said.edited.is_some() { fl!(words, "edited", time = at) } else { at };
    let at = text(at).size(look.time()).line_height(iced::Pixels(look.size(14.0).round())).color(palette.muted);
    let size = look.size(14.0).round();
    let tick = ticks(scene.state, said)
        .map(|(sign, danger)| icon(sign, size, if danger { palette.danger } else { palette.muted }));
    flow::row(look, []).push(at).push(tick).spacing(4).align_y(Center).into()
}

/// The sign of how far our own message got; `true` for trouble.
pub fn ticks(state: &State, said: &Said) -> Option<(Icon, bool)> {
    if !said.outgoing || said.chat == state.me && said.delivery == Delivery::Sent {
        return None;
    }
    Some(match said.delivery {
        Delivery::Sending => (Icon::Clock, false),
        Delivery::Failed(_) => (Icon::Alert, true),
        Delivery::Sent if state.is_read(said) => (Icon::Checks, false),
        Delivery::Sent => (Icon::Check, false),
    })
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
