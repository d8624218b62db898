//! The body of a message: what it carries, its words, what a link in it leads to.

use super::{Filling, media};
use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::widget::text::formatted;
use heliograph_model::Message as Said;

/// Puts the body in, with the media of a whole album if it is one.
pub fn push<'a>(scene: &Scene<'a>, mut out: Filling<'a>, said: &'a Said, album: &[&'a Said]) -> Filling<'a> {
    let above = !out.is_empty();
    let carried = if album.is_empty() { media::view(scene, said) } else { media::album(scene, album) };
    let carries = carried.is_some();
    match carried {
        None => {}
        // A picture at the top reaches closer to the edge there, too.
        Some(media::Part::Picture(picture)) => out = out.picture(if above { 4.0 } else { -1.0 }, picture),
        Some(media::Part::Plain(part)) => out = out.part(if above { 4.0 } else { 0.0 }, part),
    }
    if !said.text.is_empty() {
        let gap = match (carries, above && said.reply.is_some()) {
            (true, _) => 6.0,
            (false, true) => 4.0,
            (false, false) => 0.0,
        };
        let words = formatted(scene.look, &said.text, scene.look.palette.hover)
            .selectable()
            .on_link(Message::Led)
            .on_copy(Message::CodeCopied);
        out = out.words(gap, words);
    }
    out
}
