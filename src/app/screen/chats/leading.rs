//! What pressed words lead to.

use super::{Action, Chats, Message, search};
use crate::theme::Look;
use crate::widget::control::{Dialog, dialog};
use crate::widget::icon::Icon;
use crate::widget::text::Link;
use crate::words::{Words, fl};
use heliograph_model::{FormattedText, PeerId, PeerKind};
use iced::Task;
use iced::widget::{operation, text_editor};
use std::sync::Arc;

/// An address that is not the one that one sees.
#[derive(Debug)]
pub(super) struct Doubted {
    shown: String,
    url: String,
}

impl Chats {
    /// Words in a message were pressed.
    pub(super) fn led(&mut self, link: Link) -> Action {
        match link {
            Link::Url(url) => self.update(Message::LinkPressed(url)),
            Link::Masked { shown, url } => {
                self.doubted = Some(Doubted { shown, url });
                Action::None
            }
            Link::Mention(name) => self.open_name(name),
            Link::MentionName(id) => self.peer_wanted(PeerId::User(id)),
            Link::Email(address) => self.update(Message::LinkPressed(format!("mailto:{address}"))),
            Link::Hashtag(words) | Link::Cashtag(words) => {
                let tasks = [search::Message::Wanted, search::Message::Typed(words)].map(|message| {
                    match self.searching(search::Place::Inside, message) {
                        Action::Run(task) => task,
                        _ => Task::none(),
                    }
                });
                Action::Run(Task::batch(tasks))
            }
            Link::Command(words) => self.bot_commanded(words),
            Link::Phone(words) | Link::BankCard(words) => self.copied(words),
        }
    }

    /// A command was pressed: a bot is told at once; where others read, it is only put into the composer.
    fn bot_commanded(&mut self, words: String) -> Action {
        let Some(chat) = self.open_chat() else { return Action::None };
        match self.peer(chat).kind {
            PeerKind::User { bot: true, .. } => Action::Run(self.say(chat, FormattedText::plain(words))),
            // Few may write there.
            PeerKind::Channel => self.copied(words),
            _ => {
                let edit = text_editor::Edit::Paste(Arc::new(words + " "));
                let written = self.composed(text_editor::Action::Edit(edit));
                Action::Run(Task::batch([written, operation::focus("composer")]))
            }
        }
    }

    /// Words that nothing else can be done with are copied.
    fn copied(&mut self, words: String) -> Action {
        self.notice = Some(fl!(Words, "words-copied", words = words.clone()));
        Action::Run(self.platform.clipboard.write(words).map(|()| Message::Told))
    }

    /// The question about an address was answered.
    pub(super) fn link_answered(&mut self, open: bool) -> Action {
        match self.doubted.take() {
            Some(doubted) if open => self.update(Message::LinkPressed(doubted.url)),
            _ => Action::None,
        }
    }

    /// Asks about an address that is not the one that one sees.
    pub(super) fn doubt(&self, look: Look) -> Option<Dialog<'_, Message>> {
        let Doubted { shown, url } = self.doubted.as_ref()?;
        let dialog = dialog(look, fl!(Words, "link-doubted"))
            .icon(Icon::Warning)
            .text(fl!(Words, "link-doubted-shown", shown = shown.clone()))
            .text(fl!(Words, "link-doubted-leads", url = url.clone()))
            .danger(fl!(Words, "link-doubted-open"), Some(Message::LinkAnswered(true)))
            .cancel(fl!(Words, "cancel"), Message::LinkAnswered(false));
        Some(dialog.named("link-open", "link-cancel"))
    }
}
