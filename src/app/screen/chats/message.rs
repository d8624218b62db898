//! One message as it stands in the conversation.

use super::rows::Kind;
use super::{Chats, Message, file, people, photo, preview};
use crate::download;
use crate::theme::{Look, fonts};
use crate::widget::avatar::avatar;
use crate::widget::bubble::{bubble, margin};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::{formatted, line};
use crate::widget::{Element, control};
use crate::words::date as dates;
use crate::words::{Words, fl};
use heliograph_model::{Delivery, Media, Message as Said, MessageId, PeerKind};
use iced::widget::{column, container, row, rule, space};
use iced::{Center, Fill, Shrink, Theme, border};

/// A message.
pub fn view<'a>(
    chats: &'a Chats,
    look: Look,
    words: &Words,
    said: &'a Said,
    (first, last): (bool, bool),
) -> Element<'a, Message> {
    if let Some(service) = &said.service {
        return chip(look, preview::service(words, &chats.state, said, service));
    }
    let palette = look.palette;
    let own = said.outgoing;
    let in_group = matches!(chats.peer(said.chat).kind, PeerKind::Group | PeerKind::Supergroup);
    let named = in_group && !own;
    let sender = chats.peer(said.sender);

    let mut out = bubble(look, own).run(first, last);
    if named && first {
        let name = people::name(words, sender);
        out = out.part(0.0, line(look.name(), palette.name(sender.hue)).push(name, Some(fonts::SEMIBOLD), None));
    }
    if let Some(answered) = said.answers().and_then(|id| chats.history()?.get(MessageId::Server(id))) {
        out = out.part(2.0, quote(chats, look, words, answered));
    }
    let above = if (named && first) || said.reply.is_some() { 4.0 } else { 0.0 };
    match &said.media {
        None => {}
        Some(Media::Photo(media)) => {
            let handle = chats.pictures.get(media.id).cloned();
            let gap = if above > 0.0 { above } else { -1.0 };
            out = out.picture(gap, photo::frame(look, media.width, media.height, handle, fl!(words, "media-photo")));
        }
        Some(Media::Document(document)) => {
            let number = said.id.server().unwrap_or(0);
            let key = (said.chat, number);
            let state = match said.id.server() {
                Some(_) => chats.downloads.state(said.chat, number),
                None => download::State::Idle,
            };
            out = out.part(above, file::view(look, words, document, number, state, chats.speeds.get(key)));
        }
        Some(other) => {
            let sign = preview::sign(other.kind());
            let name = preview::other(words, other.kind());
            out = out.part(above, line(look.body(), palette.muted).push(format!("{sign}  {name}"), None, None));
        }
    }
    if !said.text.is_empty() {
        let gap = match (&said.media, &said.reply) {
            (Some(_), _) => 6.0,
            (None, Some(_)) => 4.0,
            (None, None) => 0.0,
        };
        out = out.words(gap, formatted(look, &said.text, palette.hover).on_link(Message::LinkPressed));
    }
    if let Delivery::Failed(failure) = said.delivery {
        out = out.part(4.0, failed(look, words, said, preview::failure(words, failure)));
    }
    let face =
        named.then(|| last.then(|| avatar(look, sender, chats.photos.get(sender).map(|face| &face.small), 32.0)));
    out.finish(time(chats, look, words, said), face).into()
}

/// The message that this one answers, in two lines.
fn quote<'a>(chats: &'a Chats, look: Look, words: &Words, answered: &'a Said) -> Element<'a, Message> {
    let palette = look.palette;
    let (name, color) = if answered.outgoing {
        (fl!(words, "you"), palette.accent_text)
    } else {
        let sender = chats.peer(answered.sender);
        (people::name(words, sender).into_owned(), palette.name(sender.hue))
    };
    let what = match &answered.service {
        Some(service) => preview::service(words, &chats.state, answered, service),
        None => preview::what(words, answered),
    };
    let bar = rule::vertical(3).style(move |_: &Theme| rule::Style {
        color,
        radius: 1.5.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    });
    let lines = flow::column(look, [])
        .push(line(look.name(), color).push(name, Some(fonts::SEMIBOLD), None))
        .push(line(look.name(), palette.muted).push(what, None, None));
    flow::row(look, []).push(bar).push(lines).spacing(8).height(Shrink).into()
}

/// When it was said, and how far it got.
fn time<'a>(chats: &Chats, look: Look, words: &Words, said: &Said) -> Element<'a, Message> {
    let palette = look.palette;
    let at = dates::clock(said.date, &chats.zone);
    let at = if said.edited.is_some() { fl!(words, "edited", time = at) } else { at };
    let at = text(at).size(look.time()).line_height(iced::Pixels(look.size(14.0).round())).color(palette.muted);
    let size = look.size(14.0).round();
    let tick =
        ticks(chats, said).map(|(sign, danger)| icon(sign, size, if danger { palette.danger } else { palette.muted }));
    flow::row(look, []).push(at).push(tick).spacing(4).align_y(Center).into()
}

/// The sign of how far our own message got; `true` for trouble.
pub fn ticks(chats: &Chats, said: &Said) -> Option<(Icon, bool)> {
    if !said.outgoing || said.chat == chats.state.me && said.delivery == Delivery::Sent {
        return None;
    }
    Some(match said.delivery {
        Delivery::Sending => (Icon::Clock, false),
        Delivery::Failed(_) => (Icon::Alert, true),
        Delivery::Sent if chats.state.is_read(said) => (Icon::Checks, false),
        Delivery::Sent => (Icon::Check, false),
    })
}

/// A message that did not go out: why, and another try.
fn failed<'a>(look: Look, words: &Words, said: &Said, why: String) -> Element<'a, Message> {
    let pending = match said.id {
        MessageId::Pending(number) => number.to_string(),
        MessageId::Server(number) => number.to_string(),
    };
    let why = text(why).size(look.second()).color(look.palette.danger);
    let retry = control::button(look, fl!(words, "send-again"))
        .kind(control::Kind::Danger)
        .icon(Icon::Retry)
        .compact()
        .id(format!("retry:{pending}"))
        .on_press(Message::SendRetried(said.id));
    flow::row(look, []).push(why).push(retry).spacing(6).align_y(Center).wrap(6)
}

/// A row that is no message.
pub fn between<'a>(chats: &'a Chats, look: Look, words: &Words, kind: &Kind) -> Element<'a, Message> {
    match kind {
        Kind::Older => older(chats, look, words),
        Kind::Day(date) => chip(look, dates::chip(words, *date, chats.now(), &chats.zone)),
        Kind::Unread(count) => {
            let count = *count;
            unread(look, fl!(words, "new-messages", count = count))
        }
        Kind::Message { .. } => space::horizontal().into(),
    }
}

/// Words between the messages, on a ground of their own.
fn chip<'a>(look: Look, words: String) -> Element<'a, Message> {
    let palette = look.palette;
    let height = look.size(24.0).round();
    let words = text(words).size(look.second()).color(palette.muted).align_x(Center);
    let chip = container(words)
        .padding([((height - look.second() * 1.3) / 2.0 - 1.0).max(2.0), 10.0])
        .max_width(look.size(480.0))
        .style(move |_: &Theme| container::Style {
            border: border::rounded(height / 2.0).color(palette.line).width(1),
            ..container::background(palette.surface)
        });
    container(chip).center_x(Fill).padding(iced::Padding { top: 12.0, bottom: 4.0, left: 12.0, right: 12.0 }).into()
}

/// The line above what is new.
fn unread<'a>(look: Look, words: String) -> Element<'a, Message> {
    let palette = look.palette;
    let line = move || {
        rule::horizontal(1).style(move |_: &Theme| rule::Style {
            color: iced::Color { a: 0.35, ..palette.accent },
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        })
    };
    let words = text(words).size(look.second()).color(palette.accent_text);
    let side = margin(f32::INFINITY);
    container(row![line(), words, line()].spacing(12).align_y(Center))
        .padding(iced::Padding { top: 12.0, bottom: 4.0, left: side, right: side })
        .width(Fill)
        .into()
}

/// The state of what is older.
fn older<'a>(chats: &'a Chats, look: Look, words: &Words) -> Element<'a, Message> {
    let palette = look.palette;
    let failed = chats.history().and_then(|history| history.failed.as_ref());
    let content: Element<'a, Message> = match failed {
        None => flow::row(look, [control::spinner(look, look.size(16.0), palette.muted)])
            .push(text(fl!(words, "loading-older")).size(look.second()).color(palette.muted))
            .spacing(8)
            .align_y(Center)
            .into(),
        Some(error) => column![
            text(crate::words::error(error)).size(look.second()).color(palette.danger).align_x(Center),
            control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .compact()
                .id("retry-history")
                .on_press(Message::HistoryRetried)
        ]
        .spacing(4)
        .align_x(Center)
        .into(),
    };
    container(content).center_x(Fill).height(Shrink).padding([10, 24]).into()
}
