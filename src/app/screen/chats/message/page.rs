//! What a link in a message leads to: the site, the title, what it is about, its picture.

use super::bar;
use crate::media::still;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, photo};
use crate::theme::{Direction, Look, fonts};
use crate::widget::text::{clamped, line};
use crate::widget::{Element, control, flow};
use crate::words::fl;
use heliograph_model::WebPage;
use iced::Shrink;
use iced::widget::container;

/// The title and the description may have so many lines.
const LINES: (usize, usize) = (2, 4);

/// The preview of a page; nothing while the server is still looking, or where there is nothing to say.
pub fn view<'a>(scene: &Scene<'a>, page: &'a WebPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let palette = look.palette;
    let site = page.site.as_deref().or((!page.display.is_empty()).then_some(page.display.as_str()));
    let title = page.title.as_deref().or(page.author.as_deref()).filter(|title| !title.trim().is_empty());
    let description = page.description.as_deref().filter(|words| !words.trim().is_empty());
    if page.pending || (title.is_none() && description.is_none() && page.photo.is_none()) {
        return None;
    }
    let site = site.map(|site| line(look.name(), palette.accent_text).push(site, Some(fonts::SEMIBOLD), None));
    let title = title.map(|title| clamped(title, look.body(), palette.text, LINES.0).font(fonts::SEMIBOLD));
    let description = description.map(|words| clamped(words, look.name(), palette.text, LINES.1));
    let still = still::page(page).map(|still| {
        let handle = scene.pictures.get(still.key).cloned();
        photo::frame(look, still.key.form, handle, fl!(scene.words, "media-photo"))
    });
    let (large, small) = if page.large { (still, None) } else { (None, still) };
    let large = large.map(|large| {
        let top = if site.is_some() || title.is_some() || description.is_some() { 6.0 } else { 0.0 };
        container(large).padding(iced::Padding { top, ..iced::Padding::ZERO })
    });
    let words = flow::column(look, []).push(site).push(title).push(description).push(large).spacing(1);
    // The picture stands at the end; the words have what room it leaves, so that it is laid out first.
    let reversed = Look {
        direction: match look.direction {
            Direction::LeftToRight => Direction::RightToLeft,
            Direction::RightToLeft => Direction::LeftToRight,
        },
        ..look
    };
    let beside: Element<'a, Message> = match small {
        Some(small) => flow::row(reversed, [small.into()]).push(words).spacing(12).into(),
        None => words.into(),
    };
    let content = flow::row(look, []).push(bar(palette.accent_text)).push(beside).spacing(8).height(Shrink);
    let content = container(content).padding(flow::padding(look, 0.0, 6.0, 0.0, 0.0));
    let press = control::row(look, String::new(), content).padding(0).radius(3.0).width(Shrink);
    Some(press.on_press(Message::LinkPressed(page.url.clone())).into())
}
