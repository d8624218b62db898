//! What a message carries besides words.

use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, file, photo, preview};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::text::line;
use crate::words::fl;
use heliograph_model::{Media, Message as Said};
use iced::widget::{container, space};
use iced::{Theme, border};

/// A part of a bubble.
pub enum Part<'a> {
    /// Reaches close to the edge of the bubble.
    Picture(Element<'a, Message>),
    /// Stands where words would.
    Plain(Element<'a, Message>),
    /// Stands on the wall by itself where the message says nothing else: stickers, round films, dice.
    Bare(Element<'a, Message>),
}

/// What one message carries.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said) -> Option<Part<'a>> {
    let Scene { look, words, .. } = *scene;
    let media = said.media.as_ref()?;
    Some(match media {
        Media::Photo(media) => {
            let still = still::photo(media, false);
            let handle = scene.pictures.get(still.key).cloned();
            Part::Picture(photo::frame(look, still.key.form, handle, fl!(words, "media-photo")).into())
        }
        Media::Document(document) => {
            let number = said.id.server().unwrap_or(0);
            let speed = scene.speeds.get((said.chat, number));
            Part::Plain(file::view(look, &words, document, number, scene.file(said), speed))
        }
        Media::Dice(dice) if dice.value == 0 => {
            let sign = line(look.size(64.0), look.palette.text).push(dice.emoji.as_str(), None, None);
            Part::Bare(sign.into())
        }
        other => {
            let name = preview::named(&words, other);
            Part::Plain(line(look.body(), look.palette.muted).push(name, None, None).into())
        }
    })
}

/// What the messages of an album carry, as one part.
pub fn album<'a>(scene: &Scene<'a>, messages: &[&'a Said]) -> Option<Part<'a>> {
    // One below the other.
    let parts: Vec<_> = messages.iter().filter_map(|said| view(scene, said)).collect();
    let all_pictures = parts.iter().all(|part| matches!(part, Part::Picture(_)));
    let parts = parts.into_iter().map(|part| match part {
        Part::Picture(content) | Part::Plain(content) | Part::Bare(content) => content,
    });
    let column = crate::widget::flow::column(scene.look, parts).spacing(4).into();
    Some(if all_pictures { Part::Picture(column) } else { Part::Plain(column) })
}

/// The place of a picture that is not here yet.
pub fn blank<'a>(look: Look, size: iced::Size, radius: f32) -> Element<'a, Message> {
    let ground = look.palette.quiet;
    let style = move |_: &Theme| container::Style { border: border::rounded(radius), ..container::background(ground) };
    container(space().width(size.width).height(size.height)).style(style).into()
}
