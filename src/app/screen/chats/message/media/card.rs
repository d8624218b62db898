//! Contacts, points on the map and dice.

use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, people};
use crate::screen::sign_in::number as phone;
use crate::theme::{Look, fonts};
use crate::widget::avatar::{avatar, named_avatar};
use crate::widget::control::{self, Kind};
use crate::widget::icon::{Icon, icon};
use crate::widget::text::line;
use crate::widget::{Element, flow};
use crate::words::date as dates;
use crate::words::{Words, fl, number};
use heliograph_model::{Contact, Dice, Location, Message as Said, PeerId};
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer};
use iced::widget::{column, container, stack};
use iced::{Border, Center, Fill, Length, Rectangle, Renderer, Size, Theme};

/// How wide the card of a contact is, at 100 % text.
const CONTACT: f32 = 260.0;
/// The drawing of a point on the map, in pixels.
const MAP: (f32, f32) = (300.0, 130.0);

/// Somebody's number: who it is, and a way to write to them.
pub fn contact<'a>(scene: &Scene<'a>, said: &'a Said, contact: &'a Contact) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let known = contact.user.and_then(|user| scene.state.peers.get(&user));
    let hue = contact.user.map_or(0, PeerId::hue);
    let face = known.and_then(|peer| scene.photos.get(peer)).map(|face| &face.medium);
    let name = match contact.name.trim().is_empty() {
        true => known.map_or_else(|| fl!(words, "unknown-peer"), |peer| people::name(&words, peer).into_owned()),
        false => contact.name.clone(),
    };
    let second = match (contact.phone.is_empty(), contact.user) {
        (false, _) => {
            let digits = phone::digits(&contact.phone);
            // A sign of its own direction, so that the plus stays before the number.
            format!("\u{2066}{}\u{2069}", phone::shown(&format!("+{digits}")))
        }
        (true, Some(_)) => fl!(words, "media-contact"),
        (true, None) => fl!(words, "contact-elsewhere"),
    };
    let lines = flow::column(
        look,
        [
            line(look.body(), palette.text).push(name, Some(fonts::SEMIBOLD), None).into(),
            line(look.second(), palette.muted).push(second, None, None).into(),
        ],
    );
    let sign = match known {
        Some(me) if me.is_self() => avatar(look, me, face, still::COVER),
        _ => named_avatar(look, &contact.name, hue, face, still::COVER),
    };
    let head = flow::row(look, [sign]).push(lines.width(Fill)).spacing(12);
    // Whom we were told about can be written to.
    let write = known.map(|peer| {
        control::button(look, fl!(words, "contact-write"))
            .kind(Kind::Ghost)
            .icon(Icon::Chat)
            .compact()
            .width(Fill)
            .id(format!("write:{}", said.id.server().unwrap_or(0)))
            .on_press(Message::Opened(peer.id))
    });
    flow::column(look, [head.align_y(Center).into()]).push(write).spacing(8).width(look.size(CONTACT)).into()
}

/// Degrees as people say them.
fn degrees(words: &Words, location: &Location) -> String {
    let latitude = fl!(
        words,
        "location-latitude",
        degrees = number::decimal(location.latitude.abs(), 4),
        south = u8::from(location.latitude < 0.0)
    );
    let longitude = fl!(
        words,
        "location-longitude",
        degrees = number::decimal(location.longitude.abs(), 4),
        west = u8::from(location.longitude < 0.0)
    );
    fl!(words, "location-point", latitude = latitude, longitude = longitude)
}

/// Where a map of the place is.
fn map_link(location: &Location) -> String {
    let (latitude, longitude) = (location.latitude.clamp(-90.0, 90.0), location.longitude.clamp(-180.0, 180.0));
    format!("https://www.openstreetmap.org/?mlat={latitude:.6}&mlon={longitude:.6}#map=16/{latitude:.5}/{longitude:.5}")
}

/// A point on the map: a quiet drawing (no map is fetched from anybody), what is there, and the way to a map.
pub fn location<'a>(scene: &Scene<'a>, said: &'a Said, location: &'a Location) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let degrees = degrees(&words, location);
    let (title, address) = match (&location.venue, location.live_until) {
        (Some((name, address)), _) if !name.trim().is_empty() => (name.clone(), Some(address.clone())),
        (_, Some(until)) if until > scene.now => {
            let until = dates::clock(until, scene.zone);
            (fl!(words, "media-live-location"), Some(fl!(words, "location-live-until", time = until)))
        }
        (_, Some(_)) => (fl!(words, "media-live-location"), Some(fl!(words, "location-live-over"))),
        _ => (fl!(words, "media-location"), None),
    };
    let pin = container(icon(Icon::Place, look.size(36.0).round(), palette.accent)).center(Fill);
    let drawing = stack![Graticule { look, location: (location.latitude, location.longitude) }, pin];
    let row = |words: String| line(look.second(), palette.muted).push(words, None, None).into();
    let lines: Vec<Element<'a, Message>> = [
        Some(line(look.body(), palette.text).push(title, Some(fonts::SEMIBOLD), None).into()),
        address.filter(|address| !address.trim().is_empty()).map(row),
        Some(row(degrees)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let open = control::button(look, fl!(words, "location-open"))
        .kind(Kind::Ghost)
        .icon(Icon::Globe)
        .compact()
        .width(Fill)
        .id(format!("map:{}", said.id.server().unwrap_or(0)))
        .on_press(Message::LinkPressed(map_link(location)));
    column![drawing, container(flow::column(look, lines)).padding([0, 6]), container(open).padding([0, 6])]
        .align_x(flow::start(look))
        .spacing(6)
        .max_width(MAP.0)
        .into()
}

/// Lines of a map without anything on it, another one for each place.
struct Graticule {
    look: Look,
    location: (f64, f64),
}

impl<M> Widget<M, Theme, Renderer> for Graticule {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::Node::new(Size::new(limits.max().width.min(MAP.0), MAP.1))
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        if !bounds.intersects(viewport) {
            return;
        }
        let palette = self.look.palette;
        let border = Border { radius: still::RADIUS.into(), width: 1.0, color: palette.line };
        renderer.fill_quad(renderer::Quad { bounds, border, ..Default::default() }, palette.hover);
        // Where the place lies between two lines of the hundredth degree.
        let step = 46.0_f32;
        let between = |degrees: f64| (degrees * 100.0).rem_euclid(1.0) as f32 * step;
        let mut line = |bounds: Rectangle| {
            renderer.fill_quad(renderer::Quad { bounds, ..Default::default() }, palette.line);
        };
        let (middle, (latitude, longitude)) = (bounds.center(), self.location);
        let first = |middle: f32, from: f32, off: f32| middle - off - ((middle - off - from) / step).floor() * step;
        let (mut x, mut y) =
            (first(middle.x, bounds.x, between(longitude)), first(middle.y, bounds.y, step - between(latitude)));
        while x < bounds.x + bounds.width - 1.0 {
            line(Rectangle { x: x.round(), y: bounds.y + 1.0, width: 1.0, height: bounds.height - 2.0 });
            x += step;
        }
        while y < bounds.y + bounds.height - 1.0 {
            line(Rectangle { x: bounds.x + 1.0, y: y.round(), width: bounds.width - 2.0, height: 1.0 });
            y += step;
        }
    }
}

impl<'a, M: 'a> From<Graticule> for Element<'a, M> {
    fn from(graticule: Graticule) -> Self {
        Element::new(graticule)
    }
}

/// An emoji by itself.
pub fn emoji<'a>(emoji: &str, size: f32) -> Element<'a, Message> {
    line(size, iced::Color::BLACK).push(emoji.to_owned(), None, None).into()
}

/// Dice and its like: what it shows is said beside the time.
pub fn dice<'a>(look: Look, dice: &'a Dice) -> Element<'a, Message> {
    emoji(&dice.emoji, look.size(72.0))
}

/// What it shows, in words.
pub fn shown(words: &Words, dice: &Dice) -> String {
    match dice.value {
        value if value > 0 => fl!(words, "dice-value", value = value),
        _ => fl!(words, "dice-rolling"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{here, language};

    fn point(latitude: f64, longitude: f64) -> Location {
        Location { latitude, longitude, venue: None, live_until: None }
    }

    #[test]
    fn places_are_said_in_words_and_lead_to_a_map() {
        let said = |id: &str, at: &Location| {
            let _here = here(language(id).unwrap());
            degrees(&Words, at)
        };
        assert_eq!(said("en", &point(57.69661, 11.97447)), "57.6966° N, 11.9745° E");
        assert_eq!(said("en", &point(-33.8568, -70.5)), "33.8568° S, 70.5000° W");
        assert_eq!(said("de", &point(57.69661, -11.97447)), "57,6966° N, 11,9745° W");
        let link = map_link(&point(57.69661, 11.97447));
        assert_eq!(link, "https://www.openstreetmap.org/?mlat=57.696610&mlon=11.974470#map=16/57.69661/11.97447");
        assert!(map_link(&point(f64::NAN, 1e300)).contains("mlon=180.000000"), "whatever was sent");
    }
}
