//! The round buttons in the corner of a conversation: to what names us, to what was reacted to, and down.

use super::state::Calls;
use super::{Chats, Message, Open};
use crate::theme::Look;
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::{Element, control};
use crate::words::{Words, fl};
use heliograph_model::{Change, Messages, PeerId};
use heliograph_telegram::Error;
use iced::widget::{column, container, stack};
use iced::{Bottom, Fill, Padding, Task, Theme, border};

impl Chats {
    /// What calls for us in a chat came.
    pub(super) fn calls_came(
        &mut self,
        chat: PeerId,
        came: Result<Messages, Error>,
        list: impl Fn(&mut Calls) -> &mut Vec<i32>,
    ) -> Task<Message> {
        let Ok(came) = came else { return Task::none() };
        self.state.learn(came.peers);
        let list = list(self.state.calls.entry(chat).or_default());
        list.extend(came.messages.iter().filter_map(|said| said.id.server()));
        list.sort_unstable();
        list.dedup();
        self.watch()
    }

    /// How often posts were seen came.
    pub(super) fn views_counted(&mut self, chat: PeerId, counts: Vec<(i32, u32, u32)>) -> Task<Message> {
        let views = counts.into_iter().map(|(message, views, forwards)| Change::Views {
            chat,
            message,
            views: Some(views),
            forwards: Some(forwards),
        });
        self.changed(views.collect())
    }
}

/// The buttons that there is a use for.
pub(super) fn view<'a>(chats: &Chats, open: &Open, look: Look, words: &Words) -> Option<Element<'a, Message>> {
    let row = chats.state.roster.get(open.chat);
    let (unread, mentions, reactions) = row.map_or((0, 0, 0), |row| (row.unread, row.mentions, row.reactions));
    let calls = chats.state.calls.get(&open.chat);
    // Only what can be gone to.
    let mentions = calls.map_or(0, |calls| if calls.mentions.is_empty() { 0 } else { mentions.max(1) });
    let reactions = calls.map_or(0, |calls| if calls.reactions.is_empty() { 0 } else { reactions.max(1) });
    // Where nothing but what waits to be sent is here, nothing lies further down.
    let more = chats.history().is_some_and(|history| history.is_loaded() && !history.is_newest());
    let away = open.visible.is_some_and(|visible| !visible.at_end || more);
    let buttons: Vec<Element<'a, Message>> = [
        (reactions > 0).then(|| {
            let button = round(look, Icon::Smile, fl!(words, "to-reaction"), "to-reaction", Message::ReactionWanted);
            counted(look, button, reactions)
        }),
        (mentions > 0).then(|| {
            let button = round(look, Icon::At, fl!(words, "to-mention"), "to-mention", Message::MentionWanted);
            counted(look, button, mentions)
        }),
        away.then(|| {
            let (sign, label) = match chats.can_go_back() {
                true => (Icon::ToBottom, fl!(words, "to-where-i-was")),
                false => (Icon::ToBottom, fl!(words, "to-bottom")),
            };
            counted(look, round(look, sign, label, "to-bottom", Message::EndWanted), unread)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if buttons.is_empty() {
        return None;
    }
    let placed = container(column(buttons).spacing(8)).align_x(flow::end(look)).align_y(Bottom);
    Some(placed.width(Fill).height(Fill).padding(flow::padding(look, 0.0, 20.0, 14.0, 0.0)).into())
}

fn round<'a>(look: Look, sign: Icon, label: String, id: &'static str, message: Message) -> Element<'a, Message> {
    let palette = look.palette;
    let size = look.size(40.0).round();
    let button = control::icon_button(look, sign, label)
        .size(40.0)
        .round()
        .id(id)
        .tooltip_at(flow::before(look))
        .on_press(message);
    container(button)
        .style(move |_: &Theme| container::Style {
            border: border::rounded(size / 2.0).color(palette.line).width(1),
            ..container::background(palette.raised)
        })
        .into()
}

/// With a count on its upper edge.
fn counted<'a>(look: Look, button: Element<'a, Message>, count: u32) -> Element<'a, Message> {
    let size = look.size(40.0).round();
    let top = look.size(10.0).round();
    let button = container(button).padding(Padding { top, ..Padding::ZERO });
    let badge = (count > 0).then(|| container(control::badge(look, count, false)).center_x(size));
    stack![button].push(badge).into()
}
