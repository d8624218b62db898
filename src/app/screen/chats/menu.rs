//! The menu of a message: what can be done with it.

use super::choosing::Message as Choosing;
use super::message::pictured;
use super::rows::Key;
use super::{Chats, Message as Screen, work};
use crate::platform::copies;
use crate::widget::control::Item;
use crate::widget::icon::Icon;
use crate::widget::timeline::Pick;
use crate::words::{self, Words, fl};
use heliograph_model::{EntityKind, FormattedText, Media, Message as Said, MessageId, PeerId, ReactionKind};
use heliograph_telegram::Error;
use iced::{Point, Task};

/// The menu of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Menu {
    /// Goes up with every one that is opened.
    pub number: u64,
    /// Of which row.
    pub key: Key,
    /// Where, in the window.
    pub at: Point,
}

/// What is chosen in the menu.
#[derive(Clone, Debug)]
pub enum Message {
    /// Go to what it answers.
    Answered(PeerId, i32),
    /// Copy these words.
    Copy(String),
    /// Copy its address.
    CopyLink(i32),
    /// Choose it, and others.
    Choose(Key),
    /// Take our vote back.
    Retract(i32),
    /// Send it again.
    Retry(MessageId),
    /// Give it up.
    GiveUp(MessageId),
    /// Take its words back into the composer.
    WriteAnew(MessageId),
    /// Show its file in another program.
    Open(i32),
    /// Save its file.
    Save(i32),
    /// Delete it.
    Delete(Vec<MessageId>),
    /// It may not be copied.
    Protected,
}

impl Chats {
    /// The menu of a row is wanted.
    pub(super) fn menu_wanted(&mut self, key: Key, at: Point) -> Task<Screen> {
        self.jumps += 1;
        let number = self.jumps;
        if let Some(open) = &mut self.open {
            open.menu = Some(Menu { number, key, at });
        }
        Task::none()
    }

    /// Something in it was chosen.
    pub(super) fn menu_chosen(&mut self, message: Message) -> Task<Screen> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        match message {
            Message::Answered(chat, id) => self.message_wanted(chat, id),
            Message::Copy(words) => self.platform.clipboard.write(words).map(|()| Screen::Told),
            Message::CopyLink(id) => work::message_link(&self.account, chat, id),
            Message::Choose(key) => self.choosing(Choosing::Picked(key, Pick::Set(true))),
            Message::Retract(id) => self.retracted(MessageId::Server(id)),
            Message::Retry(pending) => self.send_again(pending),
            Message::GiveUp(pending) => self.given_up(chat, pending),
            Message::WriteAnew(pending) => self.write_anew(pending),
            Message::Open(id) => self.open_file(id),
            Message::Save(id) => self.download(id),
            Message::Delete(ids) => {
                self.ask_to_delete(&ids);
                Task::none()
            }
            Message::Protected => Task::done(Screen::Say(fl!(Words, "copy-protected"))),
        }
    }

    /// The address of a message came.
    pub(super) fn message_link_came(&mut self, link: Result<Option<String>, Error>) -> Task<Screen> {
        match link {
            Ok(Some(link)) => {
                let copied = self.platform.clipboard.write(link).map(|()| Screen::Told);
                Task::batch([copied, Task::done(Screen::Say(fl!(Words, "link-is-copied")))])
            }
            Ok(None) => Task::done(Screen::Say(fl!(Words, "message-no-link"))),
            Err(error) => Task::done(Screen::Say(words::error(&error))),
        }
    }
}

/// What can be done with the row whose menu is open.
pub(super) fn items<'a>(chats: &Chats, menu: Menu, words: &Words) -> Vec<Item<'a, Screen>> {
    let Some(history) = chats.history() else { return Vec::new() };
    let rows = history.rows();
    let row = rows.binary_search_by(|row| row.key.cmp(&menu.key)).ok().and_then(|index| rows.get(index));
    let Some(row) = row else { return Vec::new() };
    let all = || row.messages().iter().filter_map(|id| history.get(*id));
    // An album speaks by the one that has words.
    let Some(said) = all().find(|said| !said.text.is_empty()).or(all().next()) else { return Vec::new() };
    if let MessageId::Pending(_) = said.id {
        return waiting(said, words);
    }
    let Some(id) = said.id.server() else { return Vec::new() };
    let mut items = reactions(said, id);
    let item = |label: String, icon: Icon, message: Message| Item::new(label, Screen::Menu(message)).icon(icon);
    if let Some(reply) = &said.reply
        && let Some(answered) = reply.message
    {
        let chat = reply.chat.unwrap_or(said.chat);
        items.push(
            item(fl!(words, "menu-answered"), Icon::Reply, Message::Answered(chat, answered)).id("menu-answered"),
        );
    }
    let may = chats.may_copy(said);
    let copy = |words: String| if may { Message::Copy(words) } else { Message::Protected };
    if !said.text.is_empty() {
        // What a spoiler hides that nobody looked under is not copied either.
        let seen = chats.seen_of(said, 0..said.text.text.len());
        items.push(item(fl!(words, "menu-copy"), Icon::Copy, copy(seen.text.clone())).id("menu-copy"));
        if !seen.entities.is_empty() {
            let marked = seen.to_markdown();
            items.push(item(fl!(words, "menu-copy-formatted"), Icon::Copy, copy(marked)).id("menu-copy-formatted"));
        }
        if let Some(link) = first_link(&seen) {
            items.push(item(fl!(words, "menu-copy-link"), Icon::Link, copy(link)).id("menu-copy-link"));
        }
    }
    if matches!(said.chat, PeerId::Channel(_)) && said.service.is_none() {
        items.push(item(fl!(words, "menu-message-link"), Icon::Link, Message::CopyLink(id)).id("menu-message-link"));
    }
    if let Some(document) = said.media.as_ref().and_then(Media::document).filter(|_| may) {
        if copies::may_open(&document.name) {
            items.push(item(fl!(words, "menu-open-file"), Icon::File, Message::Open(id)).id("menu-open-file"));
        }
        items.push(item(fl!(words, "menu-save"), Icon::Download, Message::Save(id)).id("menu-save"));
    }
    if let Some(Media::Poll(poll)) = &said.media
        && poll.voted()
        && !poll.closed
        && !poll.quiz
    {
        items.push(item(fl!(words, "menu-retract"), Icon::Retry, Message::Retract(id)).id("menu-retract"));
    }
    if said.service.is_none() {
        items.push(item(fl!(words, "menu-choose"), Icon::Check, Message::Choose(menu.key)).id("menu-choose"));
    }
    items.push(Item::divider());
    let ids = row.messages().to_vec();
    items.push(item(fl!(words, "delete"), Icon::Trash, Message::Delete(ids)).danger().id("menu-delete"));
    items
}

/// What can be done with what did not go out, or not yet.
fn waiting<'a>(said: &Said, words: &Words) -> Vec<Item<'a, Screen>> {
    let mut items = vec![
        Item::new(fl!(words, "menu-copy"), Screen::Menu(Message::Copy(said.text.text.clone())))
            .icon(Icon::Copy)
            .id("menu-copy"),
    ];
    if said.delivery.needs_people() {
        let retry = Screen::Menu(Message::Retry(said.id));
        items.push(Item::new(fl!(words, "send-again"), retry).icon(Icon::Retry).id("menu-retry"));
        let anew = Screen::Menu(Message::WriteAnew(said.id));
        items.push(Item::new(fl!(words, "menu-write-anew"), anew).icon(Icon::Edit).id("menu-write-anew"));
        let drop = Screen::Menu(Message::GiveUp(said.id));
        items.push(Item::new(fl!(words, "menu-give-up"), drop).icon(Icon::Trash).danger().id("menu-give-up"));
    }
    items
}

/// The reactions that are at hand.
const REACTIONS: [&str; 6] = ["👍", "\u{2764}", "🔥", "🥰", "👏", "😁"];

/// Them, in one line; ours is marked, and taken back when it is chosen again.
fn reactions<'a>(said: &Said, id: i32) -> Vec<Item<'a, Screen>> {
    if said.service.is_some() {
        return Vec::new();
    }
    let tile = |(place, emoji): (usize, &&str)| {
        let kind = ReactionKind::Emoji((*emoji).into());
        let ours = said.reactions.iter().any(|reaction| reaction.chosen && reaction.kind == kind);
        let label = pictured(emoji).into_owned();
        Item::tile(label, Screen::ReactionPressed(id, kind)).chosen(ours).id(format!("menu-react:{place}"))
    };
    REACTIONS.iter().enumerate().map(tile).chain([Item::divider()]).collect()
}

/// The first address in the words.
fn first_link(text: &FormattedText) -> Option<String> {
    text.entities.iter().find_map(|entity| match &entity.kind {
        EntityKind::Url => text.text.get(entity.start..entity.end).map(str::to_owned),
        EntityKind::TextUrl(url) => Some(url.clone()),
        _ => None,
    })
}
