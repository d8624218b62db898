//! Deleting messages, after a question.

use super::{Asking, Chats, Message as Screen, work};
use crate::theme::Look;
use crate::widget::control;
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use heliograph_model::{Change, MessageId, PeerId, PeerKind};
use iced::Task;

/// What is to be deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleting {
    messages: Vec<i32>,
    /// It can be chosen whether the others keep them; then whether they do not.
    for_everyone: Option<bool>,
    /// They are gone for everyone in any case.
    is_shared: bool,
    busy: bool,
}

/// What happens while it is asked.
#[derive(Clone, Debug)]
pub enum Message {
    /// The others lose them, too.
    ForEveryone(bool),
    /// Delete them.
    Confirmed,
    /// Keep them.
    Cancelled,
}

impl Chats {
    /// What is to be asked when these are to be deleted.
    pub(super) fn deleting_of(&self, messages: Vec<i32>) -> Option<Deleting> {
        let chat = self.open_chat().filter(|_| !messages.is_empty())?;
        let is_shared = matches!(chat, PeerId::Channel(_));
        let own = |id: &i32| {
            let said = self.history().and_then(|history| history.get(MessageId::Server(*id)));
            said.is_some_and(|said| said.outgoing)
        };
        // In private chats one can delete for both; in small groups what one wrote oneself.
        let can = match self.peer(chat).kind {
            PeerKind::User { is_self, bot, .. } => !is_self && !bot,
            PeerKind::Group => messages.iter().all(own),
            PeerKind::Supergroup | PeerKind::Channel => false,
        };
        let for_everyone = (can && !is_shared).then(|| messages.iter().all(own));
        Some(Deleting { messages, for_everyone, is_shared, busy: false })
    }

    pub(super) fn deleting(&mut self, message: Message) -> Task<Screen> {
        let Some(open) = &mut self.open else { return Task::none() };
        let Some(Asking::Delete(deleting)) = &mut open.asking else { return Task::none() };
        match message {
            Message::ForEveryone(yes) => {
                deleting.for_everyone = Some(yes);
                Task::none()
            }
            Message::Cancelled => {
                open.asking = None;
                Task::none()
            }
            Message::Confirmed if deleting.busy => Task::none(),
            Message::Confirmed => {
                deleting.busy = true;
                let for_everyone = deleting.is_shared || deleting.for_everyone == Some(true);
                work::delete(&self.account, open.chat, deleting.messages.clone(), for_everyone)
            }
        }
    }

    /// Messages are deleted; the server is told when it can be.
    pub(super) fn deleted(&mut self, chat: PeerId, messages: Vec<i32>) -> Task<Screen> {
        if let Some(open) = self.open.as_mut().filter(|open| open.chat == chat)
            && matches!(open.asking, Some(Asking::Delete(_)))
        {
            open.asking = None;
        }
        // The server tells it to our other devices only.
        let of = matches!(chat, PeerId::Channel(_)).then_some(chat);
        self.changed(vec![Change::Deleted { chat: of, messages }])
    }
}

/// The question.
pub(super) fn dialog<'a>(deleting: &Deleting, look: Look, words: &Words) -> control::Dialog<'a, Screen> {
    let count = deleting.messages.len();
    let means = match (deleting.is_shared, deleting.for_everyone) {
        (true, _) => fl!(words, "delete-shared"),
        (false, None) => fl!(words, "delete-own"),
        (false, Some(_)) => fl!(words, "delete-either"),
    };
    let dialog = control::dialog(look, fl!(words, "delete-title", count = count))
        .icon(Icon::Trash)
        .text(means)
        .danger(fl!(words, "delete"), Some(Screen::Deleting(Message::Confirmed)))
        .cancel(fl!(words, "cancel"), Screen::Deleting(Message::Cancelled))
        .busy(deleting.busy);
    match deleting.for_everyone {
        Some(yes) => dialog.content(
            control::toggle(look, fl!(words, "delete-everyone"), yes)
                .id("delete-everyone")
                .on_toggle(|yes| Screen::Deleting(Message::ForEveryone(yes))),
        ),
        None => dialog,
    }
}
