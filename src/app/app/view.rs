//! What the window shows: the account that is the current one, the rail beside it, and what stands above both.

use super::{Heliograph, Message, at, shortcut};
use crate::screen::chats::Chats;
use crate::screen::rail;
use crate::theme::{Look, fonts};
use crate::widget::control::at_the_bottom;
use crate::widget::control::focus::keys;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{Words, fl};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, responsive, space, stack};
use iced::{Center, Fill, Size, Theme, window};

/// How high the line above an account that is not open is.
const BAR: f32 = 48.0;
/// Below this width of the window the rail makes room for the settings.
const SETTINGS_ALONE: f32 = 720.0;

static WORDS: Words = Words;

impl Heliograph {
    pub(super) fn view(&self, _window: window::Id) -> Element<'_, Message> {
        // Here at the latest: [`super::run`] has begun with it while the window was made.
        fonts::load();
        let shown = responsive(move |size| self.content(size));
        let escape = match self.rail.on_escape() {
            Some(message) => Some(Message::Rail(message)),
            // They answer it themselves.
            None if self.settings.is_some() => None,
            None => self.seat(self.current).and_then(|seat| Some(at(seat.id(), seat.on_escape()?))),
        };
        keys(shown).on_escape(escape).on_shortcut(shortcut).into()
    }

    fn content(&self, size: Size) -> Element<'_, Message> {
        let Some(seat) = self.seat(self.current) else { return space().into() };
        let (look, id) = (self.choices.look(), seat.id());
        let list = self.choices.preferences().list_width;
        let entries: Vec<_> = self.seats().map(|seat| seat.entry(self.current)).collect();
        let at_seat = move |message| at(id, message);
        let (screen, fills): (Element<'_, Message>, bool) = match (&self.settings, seat.chats()) {
            (Some(settings), chats) => {
                // In narrow windows, and where nobody is signed in, they have the window to themselves.
                let fills = chats.is_none() || size.width < SETTINGS_ALONE;
                let room = if fills { size.width } else { size.width - rail::WIDTH };
                let known = self.settings_know(seat);
                let view = settings.view(known, look, &WORDS, Size { width: room, ..size });
                (view.map(Message::Settings), fills)
            }
            (None, Some(chats)) => (seat.view(look, size, list).map(at_seat), chats.fills(size.width)),
            (None, None) => {
                let way_back = self.way_back().map(|back| rail::title(Words, &back.entry(self.current)));
                let screen = match way_back {
                    Some(name) => {
                        let size = Size { height: (size.height - look.size(BAR)).max(0.0), ..size };
                        column![bar(look, name), seat.view(look, size, list).map(at_seat)].into()
                    }
                    None => seat.view(look, size, list).map(at_seat),
                };
                (screen, true)
            }
        };
        let below = if fills {
            screen
        } else {
            let tabs = seat.chats().map(Chats::tabs).unwrap_or_default();
            let rail = self.rail.view(look, Words, &entries, tabs).map(Message::Rail);
            flow::row(look, [rail, screen]).width(Fill).height(Fill).into()
        };
        let above = self.rail.above(look, Words, &entries).map(|above| above.map(Message::Rail));
        let said = (!self.toasts.is_empty())
            .then(|| at_the_bottom(self.toasts.view(look, &fl!(Words, "close"), Message::Unsaid)));
        let question = self.rail.question(look, Words, &entries, Message::Rail);
        control::with_dialog(look, stack![below].push(above).push(said).width(Fill).height(Fill), question)
    }
}

/// The way back, above an account that is not open.
fn bar<'a>(look: Look, name: String) -> Element<'a, Message> {
    let palette = look.palette;
    let label = fl!(Words, "accounts-back", name = name);
    let words = text(label.clone()).size(look.body()).color(palette.muted).wrapping(Wrapping::None);
    let sign = icon(Icon::Back, look.size(20.0), palette.muted);
    let content = flow::row(look, [sign, words.into()]).spacing(8).align_y(Center);
    let back = control::row(look, label, content)
        .id("account-back")
        .width(iced::Shrink)
        .padding([8, 12])
        .on_press(Message::BackPressed);
    container(back)
        .padding([4, 8])
        .width(Fill)
        .height(look.size(BAR))
        .align_x(flow::start(look))
        .align_y(Center)
        .style(move |_: &Theme| container::background(palette.bg))
        .into()
}
