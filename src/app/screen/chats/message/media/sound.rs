//! Spoken messages and music, as rows. Playing comes later; they are fetched and saved as other files.

use super::waveform::waveform;
use crate::media::still;
use crate::screen::chats::file::{self, Face};
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, preview};
use crate::theme::fonts;
use crate::widget::text::line;
use crate::widget::{Element, control, flow};
use crate::words::{fl, number};
use heliograph_model::{Audio, Message as Said, Voice};
use iced::Center;
use iced::widget::{container, space};
use iced::{Theme, border};

/// A spoken message: how it sounds, how long it is, and a dot until it was listened to.
pub fn voice<'a>(scene: &Scene<'a>, said: &'a Said, voice: &'a Voice) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let unheard = said.unheard && !said.outgoing;
    let color = if unheard || said.outgoing { palette.accent } else { palette.faint };
    let bars: Element<'a, Message> = waveform(look, &voice.waveform, color).into();
    let title = match unheard {
        false => bars,
        true => {
            let dot = space().width(7).height(7);
            let style = move |_: &Theme| container::Style {
                border: border::rounded(3.5),
                ..container::background(palette.accent)
            };
            let dot = container(dot).style(style);
            let dot = control::hint(look, dot, fl!(words, "voice-unheard"), None, iced::widget::tooltip::Position::Top);
            flow::row(look, [bars, dot]).spacing(8).align_y(Center).into()
        }
    };
    let idle = number::beside(fl!(words, "media-voice"), number::length(voice.duration));
    file::row(scene, said, &voice.document, Face { cover: None, title, idle })
}

/// Music: what it is called, who plays it, how long it is.
pub fn music<'a>(scene: &Scene<'a>, said: &'a Said, audio: &'a Audio) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let said_so = |words: &'a Option<String>| words.as_deref().filter(|words| !words.trim().is_empty());
    let title = match said_so(&audio.title) {
        Some(title) => title.to_owned(),
        None => preview::document_name(&words, &audio.document.name),
    };
    let title = line(look.body(), look.palette.text).push(title, Some(fonts::SEMIBOLD), None).into();
    let length = number::length(audio.duration);
    let idle = match said_so(&audio.performer) {
        Some(performer) => number::beside(performer.to_owned(), length),
        None => number::beside(length, file::size(&words, &audio.document)),
    };
    file::row(scene, said, &audio.document, Face { cover: still::cover(&audio.document), title, idle })
}
