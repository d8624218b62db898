//! The pieces of the chart: bars cut by kind, and the squares that explain their colours. They begin where reading
//! begins.

use crate::theme::{Direction, Look};
use crate::widget::{Element, flow};
use heliograph_model::PeerId;
use iced::border::Radius;
use iced::widget::{Id, container, space};
use iced::{Color, Fill, Length, Theme, border};

/// Finer than pixels.
const WHOLE: f32 = 4000.0;
/// However little there is, it is seen.
const LEAST: f32 = 24.0;

/// A bar that is filled as far as `part` (0 to 1), cut by what is in it.
pub(super) fn bar<'a, M: 'a>(
    look: Look,
    height: f32,
    part: f32,
    pieces: impl IntoIterator<Item = (Color, u64)>,
) -> Element<'a, M> {
    let palette = look.palette;
    let height = look.size(height).round().max(4.0);
    let pieces: Vec<(Color, u64)> = pieces.into_iter().filter(|(_, bytes)| *bytes > 0).collect();
    let all: u64 = pieces.iter().map(|(_, bytes)| bytes).sum();
    let room = WHOLE * part.clamp(0.0, 1.0);
    let portions: Vec<u16> =
        pieces.iter().map(|(_, bytes)| (*bytes as f32 / all.max(1) as f32 * room).max(LEAST) as u16).collect();
    let rest = (WHOLE as u16).saturating_sub(portions.iter().sum());
    let last = pieces.len().saturating_sub(1);
    let round = (height / 3.0).min(8.0);
    let cut = pieces.into_iter().zip(portions).enumerate().map(|(at, ((color, _), portion))| {
        piece(look, color, portion, height, if at == 0 { round } else { 0.0 }, if at == last { round } else { 0.0 })
    });
    let cut: Vec<Element<'a, M>> = cut.collect();
    let rest = (rest > 0).then(|| space::horizontal().width(Length::FillPortion(rest)).height(height));
    let row = flow::row(look, cut).push(rest).spacing(if height > 8.0 { 2 } else { 1 }).width(Fill).height(height);
    let ground = palette.quiet;
    container(row)
        .width(Fill)
        .style(move |_: &Theme| container::Style { border: border::rounded(round), ..container::background(ground) })
        .into()
}

fn piece<'a, M: 'a>(look: Look, color: Color, portion: u16, height: f32, start: f32, end: f32) -> Element<'a, M> {
    let (left, right) = if look.direction == Direction::RightToLeft { (end, start) } else { (start, end) };
    let radius = Radius { top_left: left, bottom_left: left, top_right: right, bottom_right: right };
    container(space::horizontal().width(Fill).height(height))
        .width(Length::FillPortion(portion))
        .style(move |_: &Theme| container::Style { border: border::rounded(radius), ..container::background(color) })
        .into()
}

/// The square beside a name.
pub(super) fn swatch<'a, M: 'a>(look: Look, color: Color) -> Element<'a, M> {
    let side = look.size(10.0).round();
    container(space::horizontal().width(side).height(side))
        .style(move |_: &Theme| container::Style { border: border::rounded(3), ..container::background(color) })
        .into()
}

/// A stable name for the button of a chat.
pub(super) fn chat_id(chat: PeerId) -> Id {
    Id::from(format!("settings-clear-chat:{}", chat.marked()))
}
