//! Who is signed in, and where.

use super::card::{card, line, named};
use super::{Known, Message, Phone, Settings};
use crate::theme::{Look, fonts};
use crate::widget::avatar::own_avatar;
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{Words, fl};
use heliograph_telegram::Servers;
use iced::widget::column;
use iced::{Center, Fill, Pixels};

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, Message> {
    let palette = look.palette;
    let add = control::button(look, fl!(words, "settings-add-account"))
        .kind(control::Kind::Ghost)
        .id("settings-add-account")
        .on_press(Message::AccountWanted);
    let server = line(look, fl!(words, "settings-server"), Some(server(known, words)), iced::widget::space());
    let Some(me) = known.me else {
        let nobody = named(look, fl!(words, "settings-nobody"), Some(fl!(words, "settings-nobody-means")));
        return card(look, tight, [nobody, server]);
    };
    let face = own_avatar(look, me, known.photo, 48.0);
    let name = if me.name.is_empty() { fl!(words, "you") } else { me.name.clone() };
    let name = text(name)
        .size(look.size(17.0))
        .line_height(Pixels(look.size(24.0)))
        .font(fonts::SEMIBOLD)
        .width(Fill)
        .align_x(flow::start(look))
        .color(palette.text);
    let username = me.username.as_ref().map(|username| {
        text(format!("@{username}")).size(look.name()).width(Fill).align_x(flow::start(look)).color(palette.muted)
    });
    let who = flow::row(look, [face, column![name].push(username).spacing(2).into()])
        .spacing(16)
        .align_y(Center)
        .width(Fill)
        .into();
    let other = line(look, fl!(words, "settings-other-account"), Some(fl!(words, "settings-other-account-means")), add);
    column![
        card(look, tight, [who, phone(settings, look, words), server]),
        card(look, tight, [other, log_out(settings, look, words)])
    ]
    .spacing(16)
    .into()
}

fn phone<'a>(settings: &'a Settings, look: Look, words: &Words) -> Element<'a, Message> {
    let button = |label: String| control::button(look, label).kind(control::Kind::Ghost).id("settings-phone");
    let name = fl!(words, "settings-phone");
    match &settings.phone {
        Phone::Hidden | Phone::Asked => {
            let show = button(fl!(words, "settings-phone-show"))
                .busy(settings.phone == Phone::Asked)
                .on_press(Message::PhoneWanted);
            line(look, name, Some(fl!(words, "settings-phone-hidden")), show)
        }
        Phone::Shown(Some(phone)) => {
            let copy = button(fl!(words, "settings-copy")).on_press(Message::CopyWanted(format!("+{phone}")));
            // Digits keep their order in every direction of reading.
            line(look, name, Some(format!("\u{2066}+{phone}\u{2069}")), copy)
        }
        Phone::Shown(None) => line(look, name, Some(fl!(words, "settings-phone-unknown")), iced::widget::space()),
        Phone::Failed(error) => {
            let again = button(fl!(words, "retry")).on_press(Message::PhoneWanted);
            line(look, name, Some(crate::words::error(error)), again)
        }
    }
}

fn log_out<'a>(settings: &'a Settings, look: Look, words: &Words) -> Element<'a, Message> {
    let leave = control::button(look, fl!(words, "log-out")).kind(control::Kind::Danger);
    if settings.asks_log_out || settings.leaving {
        let no = control::button(look, fl!(words, "cancel")).id("settings-stay").on_press(Message::LogOutAsked(false));
        let yes = leave.id("settings-leave").busy(settings.leaving).on_press(Message::LogOutConfirmed);
        let both = flow::row(look, [no.into(), yes.into()]).spacing(4);
        return line(look, fl!(words, "log-out-question"), Some(fl!(words, "log-out-means")), both);
    }
    let ask = leave.id("settings-log-out").on_press(Message::LogOutAsked(true));
    line(look, fl!(words, "log-out"), Some(fl!(words, "log-out-means")), ask)
}

/// Which server, in words.
fn server(known: Known<'_>, words: &Words) -> String {
    match known.servers {
        _ if known.demo => fl!(words, "settings-server-demo"),
        Servers::Production => fl!(words, "settings-server-telegram"),
        Servers::Test => fl!(words, "settings-server-test"),
        Servers::Custom { address, .. } => fl!(words, "settings-server-own", address = address.clone()),
    }
}
