//! Going anywhere by the keyboard: chats, people, what can be done, messages.

use super::super::{Chats, Message as Screen};
use super::command::Command;
use super::finding::Finding;
use super::{Message, Place, results};
use crate::theme::Look;
use crate::widget::lift::{Height, lift};
use crate::widget::{Element, control};
use crate::words::{Words, fl};
use heliograph_store::Wording;
use iced::widget::{column, container, mouse_area, opaque, space};
use iced::{Fill, Padding, Theme, border};

/// How wide it is at most, at 100 % text.
const WIDTH: f32 = 600.0;
/// How high what was found is at most, at 100 % text.
const HEIGHT: f32 = 420.0;
/// So many chats are offered before anything is typed.
const RECENT: usize = 6;

impl Chats {
    /// Before anything is typed: the chats on top of the list, and what can be done.
    pub(super) fn palette_begins(&mut self) {
        let recent = self.state.roster.order().iter().copied().filter(|id| Some(*id) != self.open_chat());
        let recent = recent.take(RECENT).collect();
        let commands = Command::found(&Wording::new(&fl!(Words, "settings")), self.open.is_some());
        let inside = self.open.is_some().then_some(Command::SearchInside);
        if let Some(palette) = &mut self.palette {
            palette.finding = Finding::offering(recent, inside.into_iter().chain(commands).collect());
        }
    }
}

/// What lies over the screen while it is open.
pub fn view<'a>(chats: &'a Chats, look: Look, words: &'a Words) -> Option<Element<'a, Screen>> {
    let palette = look.palette;
    let search = chats.palette.as_ref()?;
    let typed = |text| Screen::Search(Place::Palette, Message::Typed(text));
    let walked = |walk| Screen::Search(Place::Palette, Message::Walked(walk));
    let finder = control::finder(look, Place::Palette.field(), &search.text, typed, walked)
        .placeholder(fl!(words, "palette-placeholder"))
        .clear(fl!(words, "search-clear"))
        .sign()
        .bare();
    let found = results::found(chats, search, Place::Palette, look, words);
    let found = container(found).max_height(look.size(HEIGHT)).padding(Padding::ZERO.bottom(6));
    let line = super::super::header::hairline(look);
    let card = column![container(finder).padding([6, 6]), line, found];
    let card = container(card).width(Fill).style(move |_: &Theme| container::Style {
        border: border::rounded(16).color(palette.line).width(1),
        ..container::background(palette.raised)
    });
    let card = container(opaque(lift(look, Height::High, 16.0, card))).max_width(look.size(WIDTH));
    let away = Screen::Search(Place::Palette, Message::Ended);
    let scrim = container(space()).width(Fill).height(Fill);
    let scrim = scrim.style(move |_: &Theme| container::background(palette.scrim));
    let placed = container(card).center_x(Fill).padding(Padding { top: 72.0, left: 16.0, right: 16.0, bottom: 16.0 });
    Some(opaque(iced::widget::stack![mouse_area(scrim).on_press(away), placed]))
}
