//! What was read: only what was in view for a moment, in a window that had the focus.

use super::rows::Key;
use super::{Chats, Message, work};
use crate::widget::timeline::Visible;
use heliograph_model::{Media, Message as Said, MessageId, PeerId};
use iced::Task;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// So long a message is in view before it counts as read.
const MOMENT: Duration = Duration::from_millis(500);

/// What was said or asked about so long ago, in seconds, may have other reactions by now.
const STALE: i64 = 60;

/// What is in view, and since when; how far the server was told.
#[derive(Debug, Default)]
pub struct Reading {
    /// The window has the focus.
    focused: bool,
    since: HashMap<MessageId, Instant>,
    /// Somebody will look again.
    waits: bool,
    /// How far reading is told for each chat, and how far it should be.
    marking: HashMap<PeerId, (i32, i32)>,
    /// Posts whose views were counted since the chat was opened.
    counted: HashSet<i32>,
    /// When the server said last how a message of the open chat stands, in seconds.
    checked: HashMap<i32, i64>,
}

impl Reading {
    /// The window has the focus.
    pub fn is_focused(&self) -> bool {
        self.focused
    }

    /// Another chat is in front, or none.
    pub fn turn_away(&mut self) {
        self.since.clear();
        self.counted.clear();
        self.checked.clear();
    }

    /// What was told may be old: something was missed.
    pub fn doubt(&mut self) {
        self.checked.clear();
    }

    /// The server says how these stand at this time.
    pub fn check(&mut self, ids: impl IntoIterator<Item = i32>, now: i64) {
        self.checked.extend(ids.into_iter().map(|id| (id, now)));
    }

    /// Whether the server says how this one stands, or is asked.
    #[cfg(test)]
    pub fn is_checked(&self, id: i32) -> bool {
        self.checked.contains_key(&id)
    }

    /// How far reading is being told.
    #[cfg(test)]
    pub fn marking(&self, chat: PeerId) -> Option<(i32, i32)> {
        self.marking.get(&chat).copied()
    }
}

impl Chats {
    /// Other messages are in view.
    pub(super) fn seen(&mut self, visible: Visible<Key>) -> Task<Message> {
        let Some(open) = &mut self.open else { return Task::none() };
        open.visible = Some(visible);
        let chat = open.chat;
        let _went = self.state.history(chat).keep_around(visible.first.message, visible.last.message);
        Task::batch([self.visible_changed(), self.pages_near(), self.watch()])
    }

    /// The window has the focus, or not any more.
    pub(super) fn focus_changed(&mut self, focused: bool) -> Task<Message> {
        self.reading.focused = focused;
        self.reading.since.clear();
        self.watch()
    }

    /// Takes note of what is in view, and looks again when it was for a moment.
    pub(super) fn watch(&mut self) -> Task<Message> {
        let Some(visible) = self.open.as_ref().and_then(|open| open.visible) else { return Task::none() };
        if !self.reading.focused {
            return Task::none();
        }
        let now = self.platform.clock.instant();
        let shown: Vec<MessageId> = self.whole_in_view(visible);
        self.reading.since.retain(|id, _| shown.contains(id));
        for id in shown {
            let _ = self.reading.since.entry(id).or_insert(now);
        }
        self.look_again()
    }

    fn look_again(&mut self) -> Task<Message> {
        let wanted = self.reading.since.keys().any(|id| self.is_news(*id) || self.is_stale(*id));
        if self.reading.waits || !wanted {
            return Task::none();
        }
        self.reading.waits = true;
        Task::future(async {
            tokio::time::sleep(MOMENT).await;
            Message::Lingered
        })
    }

    /// The messages that are in view whole, or as much of them as fits.
    fn whole_in_view(&self, visible: Visible<Key>) -> Vec<MessageId> {
        let Some(history) = self.history() else { return Vec::new() };
        let (first, last) = visible.fully.unwrap_or((visible.last, visible.first));
        let rows = history.rows();
        let begin = rows.partition_point(|row| row.key < first);
        let end = rows.partition_point(|row| row.key <= last);
        rows.get(begin..end).unwrap_or_default().iter().flat_map(|row| row.messages()).copied().collect()
    }

    /// Whether it was not read, heard or counted yet.
    fn is_news(&self, id: MessageId) -> bool {
        let Some(said) = self.history().and_then(|history| history.get(id)) else { return false };
        let Some(number) = id.server() else { return false };
        let read = self.state.roster.get(said.chat).map_or(i32::MAX, |row| row.read_inbox);
        let unread = !said.outgoing && number > read;
        unread || self.calls_for_us(said, number) || said.views.is_some() && !self.reading.counted.contains(&number)
    }

    /// Whether nobody has said for a while how others have reacted to it. What is stored is as old as it is.
    fn is_stale(&self, id: MessageId) -> bool {
        let Some(said) = self.history().and_then(|history| history.get(id)) else { return false };
        let Some(number) = id.server().filter(|_| said.service.is_none() && self.is_live()) else { return false };
        let told = self.reading.checked.get(&number).copied().unwrap_or(said.date);
        self.now().saturating_sub(told) >= STALE
    }

    /// Names us, or has new reactions. What is to be listened to is not heard by being seen.
    fn calls_for_us(&self, said: &Said, number: i32) -> bool {
        let calls = self.state.calls.get(&said.chat);
        let in_list = calls.is_some_and(|c| c.mentions.contains(&number) || c.reactions.contains(&number));
        (said.mentioned && said.unheard || in_list) && !is_to_be_heard(said)
    }

    /// A moment has passed.
    pub(super) fn lingered(&mut self) -> Task<Message> {
        self.reading.waits = false;
        let Some(chat) = self.open_chat().filter(|_| self.reading.focused) else { return Task::none() };
        let now = self.platform.clock.instant();
        let stayed = self.reading.since.iter().filter(|(_, since)| now.duration_since(**since) >= MOMENT);
        let stayed: Vec<i32> = stayed.filter_map(|(id, _)| id.server()).collect();
        let Some(history) = self.history() else { return Task::none() };
        let said: Vec<&Said> = stayed.iter().filter_map(|id| history.get(MessageId::Server(*id))).collect();
        let read = said.iter().filter(|said| !said.outgoing).filter_map(|said| said.id.server()).max();
        let numbered = || said.iter().filter_map(|said| Some((*said, said.id.server()?)));
        let heard: Vec<i32> = numbered().filter(|(said, id)| self.calls_for_us(said, *id)).map(|(_, id)| id).collect();
        let viewed: Vec<i32> = numbered()
            .filter(|(said, id)| said.views.is_some() && !self.reading.counted.contains(id))
            .map(|(_, id)| id)
            .collect();
        let stale: Vec<i32> = stayed.iter().filter(|id| self.is_stale(MessageId::Server(**id))).copied().collect();
        let mut tasks = Vec::new();
        if let Some(up_to) = read {
            tasks.push(self.mark_read(chat, up_to));
        }
        if !heard.is_empty() {
            tasks.push(self.mark_heard(chat, heard));
        }
        if !viewed.is_empty() {
            self.reading.counted.extend(&viewed);
            tasks.push(work::count_views(&self.account, chat, viewed));
        }
        if !stale.is_empty() {
            self.reading.check(stale.iter().copied(), self.now());
            tasks.push(work::refresh_reactions(&self.account, chat, stale));
        }
        tasks.push(self.look_again());
        Task::batch(tasks)
    }

    fn mark_read(&mut self, chat: PeerId, up_to: i32) -> Task<Message> {
        if self.state.roster.get(chat).is_none_or(|row| row.read_inbox >= up_to) {
            return Task::none();
        }
        self.state.read(chat, up_to, None);
        match self.reading.marking.get_mut(&chat) {
            // One at a time; the next one tells all that was read meanwhile.
            Some((_, wanted)) => {
                *wanted = up_to;
                Task::none()
            }
            None => {
                let _ = self.reading.marking.insert(chat, (up_to, up_to));
                work::mark_read(&self.account, chat, up_to)
            }
        }
    }

    pub(super) fn marked(&mut self, chat: PeerId, well: bool) -> Task<Message> {
        match self.reading.marking.remove(&chat) {
            Some((told, wanted)) if wanted > told && well => {
                let _ = self.reading.marking.insert(chat, (wanted, wanted));
                work::mark_read(&self.account, chat, wanted)
            }
            _ => Task::none(),
        }
    }

    /// What called for us was seen.
    fn mark_heard(&mut self, chat: PeerId, messages: Vec<i32>) -> Task<Message> {
        self.state.seen_calls(chat, &messages);
        work::read_contents(&self.account, chat, messages)
    }
}

/// It is done with only when it was listened to.
fn is_to_be_heard(said: &Said) -> bool {
    use heliograph_model::VideoKind;
    match &said.media {
        Some(Media::Voice(_)) => true,
        Some(Media::Video(video)) => video.kind == VideoKind::Round,
        _ => false,
    }
}
