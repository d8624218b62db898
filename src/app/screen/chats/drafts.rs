//! What was begun and not sent: kept as one types, the same on all devices, and never taken from whoever types.

use super::message::{bar, name_and_color};
use super::{Chats, Message, preview};
use crate::theme::{Look, fonts};
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::text::line;
use crate::widget::{Element, control, flow};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{FormattedText, PeerId};
use heliograph_store::{Draft, Drafts};
use iced::widget::container;
use iced::widget::text::Wrapping;
use iced::{Center, Fill, Task};

impl Chats {
    /// What stands in the composer of a chat is other than before.
    pub(super) fn typed(&mut self, chat: PeerId) {
        let reply = self.draft_of(chat).and_then(|draft| draft.reply);
        let words = self.composers.get(&chat).map(|composer| composer.model().formatted()).unwrap_or_default();
        self.tell_typed(chat, words, reply);
    }

    /// It was sent: nothing is left of it.
    pub(super) fn sent_off(&mut self, chat: PeerId) {
        if let Some(drafts) = self.drafts.get_mut(&chat) {
            drafts.current = None;
        }
        self.tell_typed(chat, FormattedText::default(), None);
    }

    fn tell_typed(&mut self, chat: PeerId, words: FormattedText, reply: Option<i32>) {
        let number = self.typed.entry(chat).or_default();
        *number += 1;
        self.account.typed(chat, words, reply, *number);
    }

    /// The chat that is open is left.
    pub(super) fn draft_left(&mut self) {
        if let Some(chat) = self.open_chat() {
            self.account.left(chat);
        }
    }

    /// One goes on where one was.
    pub(super) fn draft_entered(&mut self, chat: PeerId) {
        let draft = self.draft_of(chat).map(|draft| draft.text.clone());
        let composer = self.composers.entry(chat).or_default();
        if let Some(draft) = draft
            && composer.model().is_blank()
        {
            composer.load(draft);
        }
    }

    /// The drafts of a chat stand so. What was typed since is newer.
    pub(super) fn draft_came(&mut self, chat: PeerId, drafts: Drafts, number: u64) {
        if self.typed.get(&chat).copied().unwrap_or(0) == number {
            let words = drafts.current.as_ref().map(|draft| draft.text.clone()).unwrap_or_default();
            let is_open = self.open_chat() == Some(chat);
            match self.composers.get_mut(&chat) {
                Some(composer) if composer.model().text().trim() != words.text.trim() => composer.load(words),
                None if is_open => self.composers.entry(chat).or_default().load(words),
                _ => {}
            }
        }
        if drafts == Drafts::default() {
            let _ = self.drafts.remove(&chat);
        } else {
            let _ = self.drafts.insert(chat, drafts);
        }
    }

    /// What is begun answers nothing any more.
    pub(super) fn reply_dropped(&mut self) -> Task<Message> {
        if let Some(chat) = self.open_chat() {
            if let Some(current) = self.drafts.get_mut(&chat).and_then(|drafts| drafts.current.as_mut()) {
                current.reply = None;
            }
            self.typed(chat);
        }
        super::focusing::to_the_composer()
    }

    /// What the draft of the chat that is open answers: its number, if it is not here.
    pub(super) fn answered_by_draft(&self) -> Option<(PeerId, i32)> {
        let chat = self.open_chat()?;
        Some((chat, self.draft_of(chat)?.reply?))
    }

    /// The other draft is wanted; this one is kept in its place.
    pub(super) fn draft_wanted(&mut self) -> Task<Message> {
        if let Some(chat) = self.open_chat() {
            self.account.bring_back_draft(chat);
        }
        iced::widget::operation::focus("composer")
    }

    /// What is begun in a chat.
    pub(super) fn draft_of(&self, chat: PeerId) -> Option<&Draft> {
        self.drafts.get(&chat)?.current.as_ref()
    }

    /// The words that the list shows of it.
    pub(super) fn draft_in_list(&self, chat: PeerId) -> Option<String> {
        if self.open_chat() == Some(chat) {
            return None;
        }
        let words = &self.draft_of(chat)?.text.text;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

/// The message that is being answered, above the composer.
pub(super) fn answers<'a>(chats: &'a Chats, chat: PeerId, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let palette = look.palette;
    let number = chats.draft_of(chat)?.reply?;
    let scene = chats.scene(look);
    let answered = chats.state.message(chat, number);
    let (title, what) = match answered {
        Some(said) => {
            let (name, _) = name_and_color(&scene, said);
            (fl!(words, "reply-to", name = name), preview::what(&scene, said).into_owned())
        }
        None if chats.state.answered.is_gone(chat, number) => (fl!(words, "reply"), fl!(words, "reply-gone")),
        None => (fl!(words, "reply"), fl!(words, "reply-message")),
    };
    let lines = flow::column(look, [])
        .push(line(look.name(), palette.accent_text).push(title, Some(fonts::SEMIBOLD), None))
        .push(line(look.name(), palette.muted).push(what, None, None))
        .width(Fill);
    let drop = control::icon_button(look, Icon::Cross, fl!(words, "reply-drop"))
        .compact()
        .id("drop-reply")
        .on_press(Message::ReplyDropped);
    let press = control::row(look, String::new(), lines)
        .padding(0)
        .radius(3.0)
        .id("draft-reply")
        .on_press(Message::MessageWanted(chat, number));
    let height = look.size(36.0).round();
    let strip = flow::row(look, []).push(bar(palette.accent)).push(press).push(drop).spacing(8).align_y(Center);
    Some(container(strip.height(height)).width(Fill).into())
}

/// Another draft than the one in the composer, and a way to it.
pub(super) fn other<'a>(chats: &Chats, chat: PeerId, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let draft = chats.drafts.get(&chat)?.loser.as_ref()?;
    let when = dates::short(words, draft.date, chats.now(), &chats.zone);
    let says = text(fl!(words, "draft-other", time = when)).size(look.second()).color(look.palette.muted);
    let take = control::button(look, fl!(words, "draft-use"))
        .kind(control::Kind::Ghost)
        .compact()
        .id("other-draft")
        .on_press(Message::DraftWanted);
    Some(flow::row(look, []).push(says.wrapping(Wrapping::WordOrGlyph)).push(take).spacing(6).align_y(Center).into())
}
