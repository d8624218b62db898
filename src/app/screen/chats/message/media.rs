//! What a message carries besides words.

mod card;
mod mosaic;
mod poll;
mod shares;
mod sound;
mod visual;
mod waveform;

#[cfg(test)]
mod tests;

use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, file, preview};
use crate::theme::Look;
use crate::widget::text::line;
use crate::widget::{Element, flow};
use heliograph_model::{Media, Message as Said, VideoKind};
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
    Some(match said.media.as_ref()? {
        Media::Photo(photo) => Part::Picture(visual::picture(scene, said, photo)),
        Media::Video(video) if video.kind == VideoKind::Round => Part::Bare(visual::film(scene, said, video)),
        Media::Video(video) => Part::Picture(visual::film(scene, said, video)),
        Media::Sticker(sticker) => Part::Bare(visual::sticker(scene, sticker)),
        Media::Document(document) => Part::Plain(file::view(scene, said, document)),
        Media::Voice(voice) => Part::Plain(sound::voice(scene, said, voice)),
        Media::Audio(audio) => Part::Plain(sound::music(scene, said, audio)),
        Media::Poll(poll) => Part::Plain(poll::view(scene, said, poll)),
        Media::Contact(contact) => Part::Plain(card::contact(scene, said, contact)),
        Media::Location(location) => Part::Picture(card::location(scene, said, location)),
        Media::Dice(dice) => Part::Bare(card::dice(scene.look, dice)),
        // By its name.
        other => {
            let name = preview::named(&scene.words, other);
            Part::Plain(line(scene.look.body(), scene.look.palette.muted).push(name, None, None).into())
        }
    })
}

/// What is said of it beside its time.
pub fn told(scene: &Scene<'_>, said: &Said) -> Option<String> {
    match said.media.as_ref()? {
        Media::Dice(dice) => Some(card::shown(&scene.words, dice)),
        _ => None,
    }
}

/// What the messages of an album carry, as one part.
pub fn album<'a>(scene: &Scene<'a>, messages: &[&'a Said]) -> Option<Part<'a>> {
    if still::is_grid(messages) {
        return Some(Part::Picture(visual::album(scene, messages)));
    }
    // Files and music, one below the other.
    let parts = messages.iter().filter_map(|said| view(scene, said)).map(|part| match part {
        Part::Picture(content) | Part::Plain(content) | Part::Bare(content) => content,
    });
    Some(Part::Plain(flow::column(scene.look, parts).spacing(8).into()))
}

/// The place of a picture that is not here yet.
pub fn blank<'a>(look: Look, size: iced::Size, radius: f32) -> Element<'a, Message> {
    let ground = look.palette.quiet;
    let style = move |_: &Theme| container::Style { border: border::rounded(radius), ..container::background(ground) };
    container(space().width(size.width).height(size.height)).style(style).into()
}
