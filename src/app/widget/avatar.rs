//! The round sign of a peer: its photo, or its initials on the colour of its name.

use super::icon::{Icon, icon};
use super::{Element, picture};
use crate::theme::{Look, fonts};
use heliograph_model::{Peer, has_initials, initials};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Renderer as _, Shaping, Text, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer};
use iced::alignment::Vertical;
use iced::widget::{container, image, text};
use iced::{Background, Border, Color, Length, Pixels, Point, Rectangle, Renderer, Size, Theme};
use unicode_segmentation::UnicodeSegmentation;

/// A round avatar, `size` pixels wide. `photo` must be round already (transparent corners): it is drawn as it is.
///
/// Saved Messages has a star instead of a face, and a deleted account a plain person.
pub fn avatar<'a, Message: 'a>(
    look: Look,
    peer: &'a Peer,
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
    peer: &'a Peer,
    photo: Option<&image::Handle>,
    size: f32,
) -> Element<'a, Message> {
    named_avatar(look, &peer.name, peer.hue, photo, size)
}

/// The same for somebody of whom there is only a name.
pub fn named_avatar<'a, Message: 'a>(
    look: Look,
    name: &'a str,
    hue: u8,
    photo: Option<&image::Handle>,
    size: f32,
) -> Element<'a, Message> {
    if let Some(photo) = photo {
        return picture::picture(photo, size, size);
    }
    let ground = look.palette.avatar(hue);
    if !has_initials(name) {
        return circle(ground, size, icon(Icon::Person, size * 0.5, Color::WHITE));
    }
    Element::new(Letters { name, ground, size })
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

/// Initials in a circle. They are looked for and shaped when the name is another one, not whenever they are drawn.
struct Letters<'a> {
    name: &'a str,
    ground: Color,
    size: f32,
}

#[derive(Default)]
struct Shaped {
    name: String,
    size: f32,
    initials: String,
    words: Paragraph,
}

impl<Message> Widget<Message, Theme, Renderer> for Letters<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size), Length::Fixed(self.size))
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Shaped>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Shaped::default())
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let shaped = tree.state.downcast_mut::<Shaped>();
        if shaped.name != self.name || shaped.size != self.size {
            let initials = initials(self.name);
            // Three capital letters in some scripts are wide: the size is chosen for two of them.
            let words = Paragraph::with_text(Text {
                content: initials.as_str(),
                bounds: Size::new(self.size, self.size),
                size: Pixels((self.size * 0.36).round()),
                line_height: LineHeight::default(),
                font: fonts::SEMIBOLD,
                align_x: Alignment::Default,
                align_y: Vertical::Top,
                shaping: Shaping::Advanced,
                wrapping: Wrapping::None,
            });
            *shaped = Shaped { name: self.name.to_owned(), size: self.size, initials, words };
        }
        layout::atomic(limits, Length::Fixed(self.size), Length::Fixed(self.size))
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &tree.state.downcast_ref::<Shaped>().initials);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(clip) = bounds.intersection(viewport) else { return };
        let border = Border { radius: (self.size / 2.0).into(), ..Border::default() };
        renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, self.ground);
        let words = &tree.state.downcast_ref::<Shaped>().words;
        let room = words.min_bounds();
        let at =
            Point::new(bounds.x + (bounds.width - room.width) / 2.0, bounds.y + (bounds.height - room.height) / 2.0);
        renderer.fill_paragraph(words, at, Color::WHITE, clip);
    }
}
