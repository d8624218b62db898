//! The body of a message: what it carries, its words, what a link in it leads to.

use super::{Filling, media, page};
use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::widget::text::formatted;
use heliograph_model::Message as Said;

/// Puts the body in.
pub fn push<'a>(
    scene: &Scene<'a>,
    mut out: Filling<'a>,
    said: &'a Said,
    carried: Option<media::Part<'a>>,
) -> Filling<'a> {
    let carries = carried.is_some();
    let words = || {
        formatted(scene.look, &said.text, scene.look.palette.hover)
            .selectable()
            .on_link(Message::Led)
            .on_copy(Message::CodeCopied)
            .on_reveal(move |start| Message::SpoilerOpened(said.id, start))
    };
    let words_first = said.words_first && carries && !said.text.is_empty();
    if words_first {
        out = out.words(if said.reply.is_some() { 4.0 } else { 0.0 }, words());
    }
    let above = !out.is_empty();
    let gap = if words_first { 6.0 } else { 4.0 };
    match carried {
        None => {}
        // A picture at the top reaches closer to the edge there, too.
        Some(media::Part::Picture(picture)) => out = out.picture(if above { gap } else { -1.0 }, picture),
        Some(media::Part::Plain(part) | media::Part::Bare(part)) => {
            out = out.part(if above { gap } else { 0.0 }, part);
        }
    }
    let preview = said.preview.as_ref().and_then(|preview| Some((page::view(scene, preview)?, preview.above)));
    let (over, under) = match preview {
        Some((preview, true)) => (Some(preview), None),
        Some((preview, false)) => (None, Some(preview)),
        None => (None, None),
    };
    if let Some(over) = over {
        let gap = if out.is_empty() { 3.0 } else { 6.0 };
        out = out.part(gap, over);
    }
    if !said.text.is_empty() && !words_first {
        let gap = match (carries || said.preview.as_ref().is_some_and(|page| page.above), said.reply.is_some()) {
            (true, _) => 6.0,
            (false, true) => 4.0,
            (false, false) => 0.0,
        };
        out = out.words(gap, words());
    }
    match under {
        Some(under) => out.part(6.0, under),
        None => out,
    }
}
