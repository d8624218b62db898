//! What a message carries besides words.

use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, file, photo, preview};
use crate::widget::Element;
use crate::widget::text::line;
use crate::words::fl;
use heliograph_model::{Media, Message as Said};

/// A part of a bubble.
pub enum Part<'a> {
    /// Reaches close to the edge of the bubble.
    Picture(Element<'a, Message>),
    /// Stands where words would.
    Plain(Element<'a, Message>),
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
        other => {
            let sign = preview::sign(other.kind());
            let name = preview::other(&words, other.kind());
            Part::Plain(line(look.body(), look.palette.muted).push(format!("{sign}  {name}"), None, None).into())
        }
    })
}

/// What the messages of an album carry, as one part.
pub fn album<'a>(scene: &Scene<'a>, messages: &[&'a Said]) -> Option<Part<'a>> {
    // One below the other.
    let parts: Vec<_> = messages.iter().filter_map(|said| view(scene, said)).collect();
    let all_pictures = parts.iter().all(|part| matches!(part, Part::Picture(_)));
    let parts = parts.into_iter().map(|part| match part {
        Part::Picture(content) | Part::Plain(content) => content,
    });
    let column = crate::widget::flow::column(scene.look, parts).spacing(4).into();
    Some(if all_pictures { Part::Picture(column) } else { Part::Plain(column) })
}
