//! The conversation that is open: header, messages, composer.

use super::message::keyboard;
use super::rows::Kind;
use super::{
    Asking, Chats, Message, Open, calendar, choosing, corner, deleting, drafts, header, menu, message, pins, search,
};
use crate::theme::{Look, fonts};
use crate::widget::composer::composer;
use crate::widget::control::focus;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::timeline::timeline;
use crate::widget::{Element, control};
use crate::widget::{flow, ground};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Connection, PeerKind};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, scrollable, space, stack};
use iced::{Bottom, Center, Fill, Padding, Theme, border};

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
    let shown = messages(chats, open, look, words);
    let shown = match open.menu {
        Some(menu) => control::context_menu(look, shown, move || menu::items(chats, menu, words))
            .at(Some((menu.number, menu.at)))
            .into(),
        None => control::context_menu(look, shown, Vec::new).at(None).into(),
    };
    let shown: Element<'a, Message> = shown;
    let messages = ground::under(wall, container(shown).width(Fill).height(Fill));
    let head = match open.choosing.is_on() {
        true => choosing::bar(&open.choosing, look, words),
        false => header::view(chats, open.chat, look, words, back),
    };
    // In one, so that what comes and goes there does not change the place of what is below: widgets are known again by
    // their place, and the composer would lose the keyboard.
    let bars = column![]
        .push(search::inside::bar(chats, open, look, words))
        .push(pins::bar(chats, open.chat, look, words))
        .width(Fill);
    let conversation = column![head, bars].push(messages).push(foot(chats, open, look, words)).width(Fill);
    let takes_copy = open.choosing.takes_copy();
    focus::keys(conversation).on_shortcut(move |key, modifiers| shortcut(key, modifiers, takes_copy)).into()
}

/// What is asked before anything else, if anything.
pub(super) fn asking<'a>(chats: &Chats, look: Look, words: &Words) -> Option<control::Dialog<'a, Message>> {
    Some(match chats.open.as_ref()?.asking.as_ref()? {
        Asking::Date(month) => calendar::dialog(*month, dates::day(chats.now(), &chats.zone), look, words),
        Asking::Delete(deleting) => deleting::dialog(deleting, look, words),
    })
}

/// What the keys do in a conversation, wherever one is in it.
fn shortcut(key: &Key, modifiers: Modifiers, takes_copy: bool) -> Option<Message> {
    match key.as_ref() {
        Key::Named(Named::ArrowLeft) if modifiers == Modifiers::ALT => Some(Message::BackWanted),
        Key::Character("c") if modifiers == Modifiers::COMMAND && takes_copy => {
            Some(Message::Choosing(choosing::Message::CopyWanted))
        }
        _ => None,
    }
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
    let away = matches!(chats.connection, Connection::Waiting(_));
    if history.rows().is_empty() {
        return match (history.failed(), history.is_loaded() && history.whole().is_none()) {
            (Some((_, error)), _) => centered(
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
            (None, false) if away => centered(waiting(look, words)),
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
    let picked = &open.choosing;
    let faces = matches!(chats.peer(open.chat).kind, PeerKind::Group | PeerKind::Supergroup);
    let rows = timeline(
        look,
        history.rows(),
        |row| row.key,
        move |row| match &row.kind {
            Kind::Message { first, last } => match history.get(row.key.message) {
                Some(said) => message::view(&scene, said, (*first, *last)),
                None => space::horizontal().into(),
            },
            Kind::Album { messages, first, last } => {
                let messages: Vec<_> = messages.iter().filter_map(|id| history.get(*id)).collect();
                message::album(&scene, &messages, (*first, *last))
            }
            kind => message::between(chats, look, words, kind),
        },
    )
    .id("history")
    .revision(scene.revision(chats.revision))
    .place(open.session)
    .steady(|row| row.is_steady())
    .live(history.is_at_end())
    .restore(open.restore.map(|saved| history.nearest(saved)))
    .start(history.unread_row())
    .jump(open.jump)
    .seek_end(chats.seek)
    .on_reach(Message::Reached)
    .on_visible(Message::Seen)
    .on_place(Message::Placed)
    .on_menu(Message::MenuWanted)
    .on_pick(|key, pick| Message::Choosing(choosing::Message::Picked(key, pick)))
    // Where the avatars stand, or only the margin.
    .gutter(if faces { 56.0 } else { 12.0 })
    .picking(picked.is_on())
    .picked(move |key| history.is_picked(key, |id| picked.has(id)))
    .on_select(|words| Message::Choosing(choosing::Message::Selected(words)));
    let alone = !history.is_loaded() && history.failed().is_none();
    let waits = match (alone && away, alone || open.aim.is_some()) {
        (true, _) => Some(above(waiting(look, words))),
        (false, true) => Some(above(under_way(look, words))),
        (false, false) => None,
    };
    stack![rows].push(waits).push(corner::view(chats, open, look, words)).into()
}

/// What one wants to see is on its way.
fn under_way<'a>(look: Look, words: &Words) -> Element<'a, Message> {
    let palette = look.palette;
    let words = text(fl!(words, "loading-messages")).size(look.second()).color(palette.muted);
    let sign = control::spinner(look, look.size(16.0), palette.muted);
    chip(look, flow::row(look, [sign]).push(words).spacing(8).align_y(Center))
}

/// Nothing of it is here, and nobody can be asked for it now.
fn waiting<'a>(look: Look, words: &Words) -> Element<'a, Message> {
    chip(look, text(fl!(words, "messages-wait")).size(look.second()).color(look.palette.muted))
}

fn chip<'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let (palette, height) = (look.palette, look.size(32.0).round());
    let chip = container(content).center_y(height).padding([0, 12]);
    let chip = chip.style(move |_: &Theme| container::Style {
        border: border::rounded(height / 2.0).color(palette.line).width(1),
        ..container::background(palette.raised)
    });
    chip.into()
}

/// Above the messages, in the middle.
fn above(chip: Element<'_, Message>) -> Element<'_, Message> {
    container(chip).center_x(Fill).padding(Padding { top: 12.0, ..Padding::ZERO }).into()
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
    let other = drafts::other(chats, open.chat, look, words);
    let answers = drafts::answers(chats, open.chat, look, words);
    let gap = if notice.is_some() || other.is_some() || answers.is_some() { 6.0 } else { 0.0 };
    // As above: the composer keeps its place, whatever is said over it.
    let above = container(flow::column(look, []).push(notice).push(other).push(answers).spacing(6)).width(Fill);
    let below = flow::column(look, []).push(content).push(keys).spacing(6);
    let content = flow::column(look, []).push(above.padding(Padding::ZERO.bottom(gap))).push(below);
    let bar = container(content).width(Fill).padding(Padding { top: 8.0, right: 16.0, bottom: 10.0, left: 16.0 });
    column![header::hairline(look), bar.style(surface)].into()
}

fn centered<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).center(Fill).padding(24).into()
}
