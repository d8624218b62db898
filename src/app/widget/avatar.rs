//! The round sign of a peer: its photo, or its initials on the colour of its name.

use super::icon::{Icon, icon};
use super::{Element, picture};
use crate::theme::{Look, fonts};
use heliograph_model::Peer;
use iced::widget::{container, image, text};
use iced::{Background, Border, Color};
use unicode_segmentation::UnicodeSegmentation;

/// A round avatar, `size` pixels wide. `photo` must be round already (transparent corners): it is drawn as it is.
///
/// Saved Messages has a star instead of a face, and a deleted account a plain person.
pub fn avatar<'a, Message: 'a>(
    look: Look,
    peer: &Peer,
    photo: Option<&image::Handle>,
    size: f32,
) -> Element<'a, Message> {
    if peer.is_self() {
        return circle(look.palette.accent, size, icon(Icon::Star, size * 0.46, look.palette.on_accent));
    }
    own_avatar(look, peer, photo, size)
}

/// The same for the signed-in person as a face (in the rail), not as Saved Messages.
pub fn own_avatar<'a, Message: 'a>(
    look: Look,
    peer: &Peer,
    photo: Option<&image::Handle>,
    size: f32,
) -> Element<'a, Message> {
    if let Some(photo) = photo {
        return picture::picture(photo, size, size);
    }
    let ground = look.palette.avatar(peer.hue);
    let initials = peer.initials();
    if initials.is_empty() {
        return circle(ground, size, icon(Icon::Person, size * 0.5, Color::WHITE));
    }
    // Three capital letters in some scripts are wide: the size is chosen for two of them.
    let letters = text(initials)
        .size((size * 0.36).round())
        .font(fonts::SEMIBOLD)
        .color(Color::WHITE)
        .wrapping(text::Wrapping::None)
        .shaping(text::Shaping::Advanced);
    circle(ground, size, letters.into())
}

/// A tiny one, beside words: with one letter.
pub fn mini<'a, Message: 'a>(
    look: Look,
    peer: &Peer,
    photo: Option<&image::Handle>,
    size: f32,
) -> Element<'a, Message> {
    if let (Some(photo), false) = (photo, peer.is_self()) {
        return picture::picture(photo, size, size);
    }
    let ground = look.palette.avatar(peer.hue);
    let initials = peer.initials();
    let Some(first) = initials.graphemes(true).next() else {
        return circle(ground, size, icon(Icon::Person, size * 0.6, Color::WHITE));
    };
    let letter = text(first.to_owned())
        .size((size * 0.5).round())
        .font(fonts::SEMIBOLD)
        .color(Color::WHITE)
        .wrapping(text::Wrapping::None)
        .shaping(text::Shaping::Advanced);
    circle(ground, size, letter.into())
}

fn circle<'a, Message: 'a>(ground: Color, size: f32, content: Element<'a, Message>) -> Element<'a, Message> {
    container(content)
        .center(size)
        .clip(true)
        .style(move |_theme| container::Style {
            background: Some(Background::Color(ground)),
            border: Border { radius: (size / 2.0).into(), ..Border::default() },
            ..container::Style::default()
        })
        .into()
}
