//! The conversation that is open: header, messages, composer.

use super::message::keyboard;
use super::rows::Kind;
use super::{Chats, Message, Open, header, message};
use crate::theme::{Look, fonts};
use crate::widget::composer::composer;
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::timeline::timeline;
use crate::widget::{Element, control};
use crate::words::{Words, fl};
use heliograph_model::PeerKind;
use iced::widget::text::Wrapping;
use iced::widget::{column, container, scrollable, space, stack};
use iced::{Bottom, Center, Fill, Padding, Theme, border};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How high the keys of a bot are at most, at 100 % text.
const KEYS: f32 = 196.0;

/// A conversation. With `back`, a way back to the list.
pub(super) fn view<'a>(
    chats: &'a Chats,
    open: &'a Open,
    look: Look,
    words: &'a Words,
    back: bool,
) -> Element<'a, Message> {
    let wall = look.palette.wall;
    let messages = container(messages(chats, open, look, words))
        .width(Fill)
        .height(Fill)
        .style(move |_: &Theme| container::background(wall));
    column![header::view(chats, open.chat, look, words, back), messages]
        .push(foot(chats, open, look, words))
        .width(Fill)
        .into()
}

/// Nothing is open.
pub fn none<'a>(look: Look, words: &Words) -> Element<'a, Message> {
    let palette = look.palette;
    let lead = container(text(fl!(words, "no-chat")).size(look.name()).color(palette.muted)).padding([6, 14]).style(
        move |_: &Theme| container::Style { border: border::rounded(16), ..container::background(palette.surface) },
    );
    container(lead).center(Fill).style(move |_: &Theme| container::background(palette.wall)).into()
}

fn messages<'a>(chats: &'a Chats, open: &'a Open, look: Look, words: &'a Words) -> Element<'a, Message> {
    let palette = look.palette;
    let Some(history) = chats.state.histories.get(&open.chat) else { return centered(space::horizontal()) };
    if history.rows().is_empty() {
        return match (&history.failed, history.loaded) {
            (Some(error), _) => centered(
                column![
                    text(fl!(words, "history-failed")).size(look.body()).font(fonts::SEMIBOLD).color(palette.text),
                    text(crate::words::error(error)).size(look.second()).color(palette.muted).align_x(Center),
                    control::button(look, fl!(words, "retry"))
                        .kind(control::Kind::Ghost)
                        .id("retry-history")
                        .on_press(Message::HistoryRetried),
                ]
                .spacing(6)
                .max_width(360)
                .align_x(Center),
            ),
            (None, false) => centered(control::spinner(look, 24.0, palette.muted)),
            (None, true) => centered(
                container(text(fl!(words, "history-empty")).size(look.name()).color(palette.muted))
                    .padding([6, 14])
                    .style(move |_: &Theme| container::Style {
                        border: border::rounded(16),
                        ..container::background(palette.surface)
                    }),
            ),
        };
    }
    let scene = chats.scene(look);
    let rows = timeline(
        look,
        history.rows(),
        |row| row.key,
        move |row| match &row.kind {
            Kind::Message { first, last } => match history.get(row.key.message) {
                Some(said) => message::view(&scene, said, (*first, *last)),
                None => space::horizontal().into(),
            },
            kind => message::between(chats, look, words, kind),
        },
    )
    .id("history")
    .place(place(open))
    .steady(|row| row.is_steady())
    .start(history.unread_row())
    .seek_end(chats.seek)
    .on_reach(Message::Reached)
    .on_visible(Message::Seen);

    let away = open.visible.is_some_and(|visible| !visible.at_end);
    let unread = chats.state.roster.get(open.chat).map_or(0, |chat| chat.unread);
    stack![rows].push(away.then(|| to_bottom(look, words, unread))).into()
}

/// A number for the list of this chat.
fn place(open: &Open) -> u64 {
    let mut hasher = DefaultHasher::new();
    open.chat.hash(&mut hasher);
    hasher.finish()
}

/// The round button that leads to the newest message, with how many are unread.
fn to_bottom<'a>(look: Look, words: &Words, unread: u32) -> Element<'a, Message> {
    let palette = look.palette;
    let size = look.size(40.0).round();
    let button = control::icon_button(look, Icon::ToBottom, fl!(words, "to-bottom"))
        .size(40.0)
        .round()
        .id("to-bottom")
        .tooltip_at(flow::before(look))
        .on_press(Message::EndWanted);
    let button = container(button).style(move |_: &Theme| container::Style {
        border: border::rounded(size / 2.0).color(palette.line).width(1),
        ..container::background(palette.raised)
    });
    // The count sits on the upper edge of the button.
    let top = look.size(10.0).round();
    let button = container(button).padding(Padding { top, ..Padding::ZERO });
    let badge = (unread > 0).then(|| container(control::badge(look, unread, false)).center_x(size));
    let placed = container(stack![button].push(badge)).align_x(flow::end(look)).align_y(Bottom);
    placed.width(Fill).height(Fill).padding(flow::padding(look, 0.0, 20.0, 14.0, 0.0)).into()
}

/// What stands below the messages: the composer, or why there is none.
fn foot<'a>(chats: &'a Chats, open: &Open, look: Look, words: &Words) -> Element<'a, Message> {
    let palette = look.palette;
    let surface = move |_: &Theme| container::background(palette.surface);
    let content: Element<'a, Message> = match (&chats.peer(open.chat).kind, chats.composers.get(&open.chat)) {
        // What the server lets us do in a channel is not known yet; few may write there.
        (PeerKind::Channel, _) | (_, None) => {
            container(text(fl!(words, "channel-read-only")).size(look.name()).color(palette.muted))
                .center_x(Fill)
                .padding([10, 0])
                .into()
        }
        (_, Some(state)) => {
            let blank = state.model().is_blank();
            let editor =
                composer(look, state, fl!(words, "composer-placeholder"), Message::Composed, Message::Submitted);
            let send = control::icon_button(look, Icon::Send, fl!(words, "send"))
                .kind(control::Kind::Primary)
                .size(40.0)
                .round()
                .id("send")
                .tooltip_at(iced::widget::tooltip::Position::Top)
                .shortcut("Enter")
                .on_press_maybe((!blank).then_some(Message::Submitted));
            flow::row(look, [editor]).push(send).spacing(14).align_y(Bottom).into()
        }
    };
    let notice = chats
        .notice
        .as_ref()
        .map(|notice| text(notice).size(look.second()).color(palette.muted).wrapping(Wrapping::WordOrGlyph));
    // A bot may have put its own keys here; many of them are scrolled.
    let history = chats.state.histories.get(&open.chat);
    let keys = history.and_then(|history| keyboard::view(&chats.scene(look), history.newest_first()));
    let keys = keys.map(|keys| container(scrollable(keys)).max_height(look.size(KEYS)));
    let content = flow::column(look, []).push(notice).push(content).push(keys).spacing(6);
    let bar = container(content).width(Fill).padding(Padding { top: 8.0, right: 16.0, bottom: 10.0, left: 16.0 });
    column![header::hairline(look), bar.style(surface)].into()
}

fn centered<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).center(Fill).padding(24).into()
}
