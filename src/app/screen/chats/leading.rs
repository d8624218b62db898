//! What pressed words lead to.

use super::{Action, Chats, Message};
use crate::widget::text::Link;
use crate::words::{Words, fl};
use heliograph_model::PeerId;

impl Chats {
    /// Words in a message were pressed.
    pub(super) fn led(&mut self, link: Link) -> Action {
        match link {
            Link::Url(url) | Link::Masked { url, .. } => self.update(Message::LinkPressed(url)),
            Link::Mention(name) => self.open_name(name),
            Link::MentionName(id) => Action::Run(self.opened(PeerId::User(id))),
            Link::Email(address) => self.update(Message::LinkPressed(format!("mailto:{address}"))),
            Link::Hashtag(words)
            | Link::Cashtag(words)
            | Link::Command(words)
            | Link::Phone(words)
            | Link::BankCard(words) => {
                self.notice = Some(fl!(Words, "words-copied", words = words.clone()));
                Action::Run(self.platform.clipboard.write(words).map(|()| Message::Told))
            }
        }
    }
}
