//! Choosing: whole messages to do something with, or words to copy.

use super::rows::Key;
use super::{Asking, Chats, Message as Screen};
use crate::theme::{Look, fonts};
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::timeline::{Pick, Selection};
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Entity, FormattedText, Message as Said, MessageId};
use iced::widget::{container, space};
use iced::{Center, Task};
use std::collections::BTreeSet;

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choosing {
    /// Messages as a whole.
    picked: BTreeSet<MessageId>,
    /// The row that was picked last.
    last: Option<Key>,
    /// Words.
    words: Option<Selection<Key>>,
    /// This was chosen last, and not something in the composer.
    is_latest: bool,
}

/// What happens while choosing.
#[derive(Clone, Debug)]
pub enum Message {
    /// Rows are picked.
    Picked(Key, Pick),
    /// Other words are selected.
    Selected(Option<Selection<Key>>),
    /// No message is chosen any more.
    Ended,
    /// Copy what is chosen.
    CopyWanted,
    /// Delete what is chosen.
    DeleteWanted,
}

impl Choosing {
    /// Messages are being chosen.
    pub fn is_on(&self) -> bool {
        !self.picked.is_empty()
    }

    /// Whether this message is chosen.
    pub fn has(&self, id: MessageId) -> bool {
        self.picked.contains(&id)
    }

    /// The messages that are chosen, oldest first.
    pub fn picked(&self) -> impl Iterator<Item = MessageId> + '_ {
        self.picked.iter().copied()
    }

    /// The keys for copying mean this, and not what is selected elsewhere.
    pub fn takes_copy(&self) -> bool {
        self.is_latest && (self.is_on() || self.words.is_some())
    }

    /// Something was chosen elsewhere.
    pub fn yields(&mut self) {
        self.is_latest = false;
    }

    /// These are gone.
    pub fn forget(&mut self, gone: impl Fn(MessageId) -> bool) {
        self.picked.retain(|id| !gone(*id));
    }
}

impl Chats {
    /// Something happened while choosing.
    pub(super) fn choosing(&mut self, message: Message) -> Task<Screen> {
        match message {
            Message::Picked(key, pick) => self.pick(key, pick),
            Message::Selected(words) => {
                if let Some(open) = &mut self.open {
                    open.choosing.is_latest |= words.is_some();
                    open.choosing.words = words;
                }
            }
            Message::Ended => self.choose_nothing(),
            Message::CopyWanted => return self.copy_chosen(),
            Message::DeleteWanted => {
                let Some(open) = &self.open else { return Task::none() };
                let chosen: Vec<MessageId> = open.choosing.picked().collect();
                self.ask_to_delete(&chosen);
            }
        }
        Task::none()
    }

    pub(super) fn choose_nothing(&mut self) {
        if let Some(open) = &mut self.open {
            open.choosing.picked.clear();
            open.choosing.last = None;
        }
    }

    fn pick(&mut self, key: Key, pick: Pick) {
        let Some(open) = &mut self.open else { return };
        let Some(history) = self.state.histories.get(&open.chat) else { return };
        let rows = history.rows();
        let at = |key: Key| rows.binary_search_by(|row| row.key.cmp(&key)).ok();
        let Some(here) = at(key) else { return };
        let choosing = &mut open.choosing;
        let from = choosing.last.and_then(at).filter(|_| pick == Pick::Extend).unwrap_or(here);
        let range = rows.get(from.min(here)..=from.max(here)).unwrap_or_default();
        // What waits to be sent has no place on the server yet, and what happened cannot be handed on.
        let can =
            |id: &&MessageId| history.get(**id).is_some_and(|said| said.service.is_none() && id.server().is_some());
        let ids: Vec<MessageId> = range.iter().flat_map(|row| row.messages()).filter(can).copied().collect();
        let on = match pick {
            Pick::Toggle => !ids.iter().all(|id| choosing.picked.contains(id)),
            Pick::Extend => true,
            Pick::Set(on) => on,
        };
        for id in ids {
            let _ = if on { choosing.picked.insert(id) } else { choosing.picked.remove(&id) };
        }
        choosing.last = Some(key);
        choosing.is_latest = true;
    }

    /// Whether words may be taken from this message.
    pub(super) fn may_copy(&self, said: &Said) -> bool {
        !said.protected && !self.peer(said.chat).protected
    }

    fn copy_chosen(&mut self) -> Task<Screen> {
        let Some(open) = &self.open else { return Task::none() };
        let Some(history) = self.history() else { return Task::none() };
        let (said, words): (Vec<&Said>, _) = match (open.choosing.is_on(), open.choosing.words) {
            (true, _) => (open.choosing.picked().filter_map(|id| history.get(id)).collect(), None),
            (false, Some(words)) => {
                let (first, last) = (words.first.0, words.last.0);
                let rows = history.rows().iter().filter(|row| first <= row.key && row.key <= last);
                // The words of an album are those of the one that has some.
                let spoken = |row: &super::rows::Row| {
                    let all = || row.messages().iter().filter_map(|id| history.get(*id));
                    all().find(|said| !said.text.is_empty()).or(all().next())
                };
                (rows.filter_map(spoken).collect(), Some(words))
            }
            (false, None) => return Task::none(),
        };
        if said.iter().any(|said| !self.may_copy(said)) {
            return Task::done(Screen::Say(fl!(Words, "copy-protected")));
        }
        let copied = match words {
            Some(words) => self.selected(&said, history, words),
            None => self.quoted(&said),
        };
        if copied.text.trim().is_empty() {
            return Task::none();
        }
        self.choose_nothing();
        self.platform.clipboard.write_formatted(&copied).map(|()| Screen::Told)
    }

    /// A part of the words of a message, as it is seen: what a spoiler hides that nobody looked under stays hidden.
    pub(super) fn seen_of(&self, said: &Said, part: std::ops::Range<usize>) -> FormattedText {
        said.text.seen(part, self.state.marks.opened_spoilers(said))
    }

    /// The words of messages; of several each with who wrote it and when.
    fn quoted(&self, said: &[&Said]) -> FormattedText {
        let spoken: Vec<&&Said> = said.iter().filter(|said| !said.text.is_empty()).collect();
        let alone = spoken.len() == 1;
        let blocks = spoken.into_iter().map(|said| {
            let words = self.seen_of(said, 0..said.text.text.len());
            if alone {
                return words;
            }
            let name = super::people::name(&Words, self.peer(said.sender)).into_owned();
            let at = dates::clock(said.date, &self.zone);
            let day = dates::chip(&Words, dates::day(said.date, &self.zone), self.now(), &self.zone);
            let mut block = FormattedText::plain(fl!(Words, "copied-from", name = name, day = day, time = at) + "\n");
            append(&mut block, words);
            block
        });
        joined(blocks, "\n\n")
    }

    /// The selected words of these messages.
    fn selected(&self, said: &[&Said], history: &super::history::History, words: Selection<Key>) -> FormattedText {
        let parts = said.iter().map(|said| {
            let key = history.key_of(said.id);
            let whole = said.text.text.len();
            let end = if key == Some(words.last.0) { words.last.1.min(whole) } else { whole };
            let start = if key == Some(words.first.0) { words.first.1.min(end) } else { 0 };
            self.seen_of(said, start..end)
        });
        joined(parts.filter(|part| !part.is_empty()), "\n")
    }
}

/// One after the other, with this between them.
fn joined(parts: impl Iterator<Item = FormattedText>, between: &str) -> FormattedText {
    parts.enumerate().fold(FormattedText::default(), |mut all, (index, part)| {
        if index > 0 {
            all.text.push_str(between);
        }
        append(&mut all, part);
        all
    })
}

fn append(all: &mut FormattedText, more: FormattedText) {
    let by = all.text.len();
    all.text.push_str(&more.text);
    let moved = |entity: Entity| Entity { start: entity.start + by, end: entity.end + by, ..entity };
    all.entities.extend(more.entities.into_iter().map(moved));
}

/// What stands in place of the header while messages are chosen.
pub(super) fn bar<'a>(choosing: &Choosing, look: Look, words: &Words) -> Element<'a, Screen> {
    let palette = look.palette;
    let end = control::icon_button(look, Icon::Cross, fl!(words, "choosing-end"))
        .id("choosing-end")
        .shortcut("Esc")
        .on_press(Screen::Choosing(Message::Ended));
    let count = choosing.picked.len();
    let count = text(fl!(words, "chosen", count = count)).size(look.body()).font(fonts::SEMIBOLD).color(palette.text);
    let copy = control::icon_button(look, Icon::Copy, fl!(words, "copy"))
        .id("choosing-copy")
        .shortcut("Ctrl+C")
        .on_press(Screen::Choosing(Message::CopyWanted));
    let delete = control::icon_button(look, Icon::Trash, fl!(words, "delete"))
        .kind(control::Kind::Danger)
        .id("choosing-delete")
        .on_press(Screen::Choosing(Message::DeleteWanted));
    let content = flow::row(look, [])
        .push(end)
        .push(count)
        .push(space::horizontal())
        .push(copy)
        .push(delete)
        .spacing(12)
        .align_y(Center);
    super::header::frame(look, container(content).padding(flow::padding(look, 0.0, 16.0, 0.0, 8.0)))
}

/// Asks what is asked of messages before they go.
impl Chats {
    pub(super) fn ask_to_delete(&mut self, chosen: &[MessageId]) {
        let ids: Vec<i32> = chosen.iter().filter_map(|id| id.server()).collect();
        let Some(asking) = self.deleting_of(ids) else { return };
        if let Some(open) = &mut self.open {
            open.asking = Some(Asking::Delete(asking));
        }
    }
}
