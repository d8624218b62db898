//! What a message answers: whose words, which of them, with a little picture.

use super::{media, name_and_color};
use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, people, preview};
use crate::theme::fonts;
use crate::widget::icon::{Icon, icon};
use crate::widget::quoted::quoted;
use crate::widget::text::{clamped, line};
use crate::widget::{Element, control, picture};
use crate::words::fl;
use heliograph_model::{Message as Said, Reply};
use iced::{Color, Shrink};
use std::borrow::Cow;

/// How wide and high the little picture is.
pub const PICTURE: f32 = 36.0;
/// A quote may have so many lines.
const LINES: usize = 3;

/// What this message answers; nothing for what has no place to lead to and no words.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said, reply: &'a Reply) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let palette = look.palette;
    let chat = reply.chat.unwrap_or(said.chat);
    let place = reply.message.map(|number| (chat, number));
    let answered = place.and_then(|(chat, number)| scene.message(chat, number));

    let (name, color) = match answered {
        Some(answered) => name_and_color(scene, answered),
        None => unknown(scene, reply),
    };
    let carried = answered.map_or(reply.media.as_deref(), |answered| answered.media.as_ref());
    let what: Cow<'a, str> = match (&reply.quote, answered) {
        (Some(quote), _) => preview::unspoiled(quote),
        (None, Some(answered)) => preview::what(scene, answered),
        (None, None) => Cow::Owned(match &reply.media {
            _ if reply.story => fl!(scene.words, "reply-story"),
            Some(media) => preview::named(&scene.words, media),
            None if place.is_some_and(|place| scene.is_gone(place)) => fl!(scene.words, "reply-gone"),
            None => fl!(scene.words, "reply-message"),
        }),
    };

    let sign = reply.quote.is_some().then(|| icon(Icon::Quote, look.size(11.0).round(), color));
    let name = line(look.name(), color).push(name, Some(fonts::SEMIBOLD), None);
    let words: Element<'a, Message> = match reply.quote {
        Some(_) => clamped(what, look.name(), palette.text, LINES).into(),
        None => line(look.name(), palette.muted).push(what, None, None).into(),
    };
    let picture = carried.and_then(|media| still::small_square(media, PICTURE)).map(|still| little(scene, &still));
    let content = quoted(look, color, name, words).with(sign, picture);
    Some(match place {
        Some((chat, number)) => control::row(look, String::new(), content)
            .padding(0)
            .radius(3.0)
            .width(Shrink)
            .on_press(Message::MessageWanted(chat, number))
            .into(),
        None => content.into(),
    })
}

/// Who wrote what is not here.
fn unknown(scene: &Scene<'_>, reply: &Reply) -> (String, Color) {
    let palette = scene.look.palette;
    match (reply.sender, &reply.name) {
        (Some(sender), _) if sender == scene.state.me => (fl!(scene.words, "you"), palette.accent_text),
        (Some(sender), _) => {
            let peer = scene.peer(sender);
            (people::name(&scene.words, peer).into_owned(), palette.name(peer.hue))
        }
        (None, Some(name)) => (name.clone(), palette.accent_text),
        (None, None) => (fl!(scene.words, "reply"), palette.accent_text),
    }
}

/// The place of a little picture, and the picture once it is there.
pub fn little<'a>(scene: &Scene<'a>, still: &still::Still) -> Element<'a, Message> {
    match scene.pictures.get(still.key) {
        Some(handle) => picture::picture(handle, PICTURE, PICTURE),
        None => media::blank(scene.look, iced::Size::new(PICTURE, PICTURE), 4.0),
    }
}
