//! What is kept at the top of a chat: a bar under the header that leads to it.

use super::message::{LITTLE, little};
use super::{Chats, Message, preview};
use crate::media::still;
use crate::theme::{Look, fonts};
use crate::widget::text::line;
use crate::widget::{Element, control, flow};
use crate::words::{Words, fl};
use heliograph_model::{Message as Said, Messages, PeerId};
use heliograph_telegram::Error;
use iced::widget::{column, container, space};
use iced::{Center, Fill, Task, Theme};

/// So many strokes beside the bar at most.
const STROKES: usize = 4;

/// The pinned messages of a chat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pins {
    /// As they were when they came, newest first.
    messages: Vec<Said>,
    /// Which one is shown.
    at: usize,
}

impl Pins {
    /// The one that is shown.
    pub fn shown(&self) -> Option<&Said> {
        self.messages.get(self.at)
    }

    /// These are gone.
    pub fn forget(&mut self, gone: &[i32]) {
        self.messages.retain(|said| said.id.server().is_none_or(|id| !gone.contains(&id)));
        self.at = self.at.min(self.messages.len().saturating_sub(1));
    }
}

impl Chats {
    /// The pinned messages of a chat came.
    pub(super) fn pins_came(&mut self, chat: PeerId, pins: Result<Messages, Error>) -> Task<Message> {
        // Where it is not known, no bar is shown; it is asked again when the chat is opened the next time.
        let Ok(pins) = pins else { return Task::none() };
        let shown = self.pins.get(&chat).and_then(Pins::shown).map(|said| said.id);
        let mut messages = pins.messages;
        messages.sort_unstable_by_key(|said| std::cmp::Reverse(said.id));
        let at = shown.and_then(|shown| messages.iter().position(|said| said.id == shown)).unwrap_or(0);
        self.state.learn(pins.peers);
        let _ = self.pins.insert(chat, Pins { messages, at });
        self.visible_changed()
    }

    /// Others are pinned now than before.
    pub(super) fn pins_changed(&mut self, chats: &[PeerId]) -> Task<Message> {
        match self.open_chat().filter(|open| chats.contains(open)) {
            Some(chat) => super::work::pinned(&self.account, chat, false),
            None => Task::none(),
        }
    }

    /// To the pinned message that is shown; the next older one is shown then.
    pub(super) fn pin_pressed(&mut self) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let Some(pins) = self.pins.get_mut(&chat) else { return Task::none() };
        let Some(id) = pins.shown().and_then(|said| said.id.server()) else { return Task::none() };
        pins.at = (pins.at + 1) % pins.messages.len().max(1);
        self.message_wanted(chat, id)
    }
}

/// The bar, where something is pinned.
pub(super) fn bar<'a>(chats: &'a Chats, chat: PeerId, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let palette = look.palette;
    let pins = chats.pins.get(&chat)?;
    let said = pins.shown()?;
    // In the conversation it may have other words by now.
    let said = said.id.server().and_then(|id| chats.state.message(chat, id)).unwrap_or(said);
    let count = pins.messages.len();
    let title = match count {
        1 => fl!(words, "pinned"),
        _ => fl!(words, "pinned-nth", number = (count - pins.at)),
    };
    let what = preview::what(&chats.scene(look), said);
    // One stroke for each, the one that is shown in full colour; the newest is the lowest.
    let strokes = count.min(STROKES);
    let lit = strokes - 1 - pins.at * strokes / count;
    let strokes = (0..strokes).map(|stroke| {
        let color = if stroke == lit { palette.accent } else { palette.line };
        container(space::horizontal().width(2).height(Fill))
            .style(move |_: &Theme| container::Style {
                border: iced::border::rounded(1),
                ..container::background(color)
            })
            .into()
    });
    let height = look.size(36.0).round();
    let strokes = column(strokes).spacing(2).height(height);
    let lines = flow::column(look, [])
        .push(line(look.name(), palette.accent_text).push(title, Some(fonts::SEMIBOLD), None))
        .push(line(look.name(), palette.muted).push(what, None, None))
        .width(Fill);
    let still = said.media.as_ref().and_then(|media| still::small_square(media, LITTLE));
    let still = still.map(|still| little(&chats.scene(look), &still));
    let content = flow::row(look, [strokes.into()]).push(still).push(lines).spacing(10).align_y(Center);
    let content = container(content).padding([6, 16]).width(Fill);
    let press =
        control::row(look, String::new(), content).padding(0).radius(0.0).id("pinned").on_press(Message::PinPressed);
    let bar = container(press).width(Fill).style(move |_: &Theme| container::background(palette.surface));
    Some(column![bar, super::header::hairline(look)].into())
}
