//! The scrollbar of our own lists: thin, seen while the pointer is over the list, held and dragged.

use crate::theme::Look;
use crate::widget::flow;
use iced::advanced::{Renderer as _, mouse, renderer};
use iced::{Border, Color, Event, Rectangle, Renderer};

/// How wide the strip is that takes the pointer.
const STRIP: f32 = 14.0;
/// How wide the thumb is drawn, and while it is held or pointed at.
const THUMB: (f32, f32) = (5.0, 8.0);
/// No thumb is shorter.
const SHORTEST: f32 = 32.0;

/// What the bar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// How much is seen.
    pub view: f32,
    /// How much there is.
    pub total: f32,
    /// From 0, the start, to 1, the end.
    pub at: f32,
}

/// What the bar remembers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bar {
    near: bool,
    over: bool,
    held: Option<Grip>,
}

/// How the thumb is held.
#[derive(Clone, Copy, Debug)]
struct Grip {
    /// Where it was taken, below its top.
    taken: f32,
    /// Where it stands now, from 0 to 1.
    at: f32,
    /// How much there was when it was taken: it keeps its length.
    total: f32,
}

/// What an event did to the bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reply {
    /// Nothing.
    Nothing,
    /// It looks different.
    Redraw,
    /// The event is the bar's.
    Hold,
    /// The reader wants to be there, from 0 to 1.
    MoveTo(f32),
}

impl Bar {
    /// Whether the thumb is being dragged.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Where the thumb stands while it is dragged, from 0 to 1.
    pub fn held_at(&self) -> Option<f32> {
        self.held.map(|grip| grip.at)
    }

    /// While the thumb is held it stays under the pointer and as long as it was, whatever is learned meanwhile.
    fn steadied(&self, span: Span) -> Span {
        self.held.map_or(span, |grip| Span { at: grip.at, total: grip.total, ..span })
    }

    /// The strip at the end of the lines.
    fn strip(look: Look, bounds: Rectangle) -> Rectangle {
        flow::mirrored(look, Rectangle { x: bounds.x + bounds.width - STRIP, width: STRIP, ..bounds }, bounds)
    }

    /// Where the thumb stands.
    fn thumb(look: Look, bounds: Rectangle, span: Span) -> Option<Rectangle> {
        if span.total <= span.view + 1.0 || bounds.height < 2.0 * SHORTEST {
            return None;
        }
        let height = (bounds.height * span.view / span.total).max(SHORTEST);
        let top = bounds.y + span.at.clamp(0.0, 1.0) * (bounds.height - height);
        Some(Rectangle { y: top, height, ..Self::strip(look, bounds) })
    }

    /// Follows the pointer.
    pub fn update(&mut self, look: Look, event: &Event, cursor: mouse::Cursor, bounds: Rectangle, span: Span) -> Reply {
        let Event::Mouse(event) = event else { return Reply::Nothing };
        let before = (self.near, self.over);
        let span = self.steadied(span);
        let thumb = Self::thumb(look, bounds, span);
        self.near = cursor.is_over(bounds);
        self.over = thumb.is_some() && cursor.is_over(Self::strip(look, bounds));
        let reply = match (event, thumb) {
            (mouse::Event::ButtonPressed(mouse::Button::Left), Some(thumb)) if self.over => {
                let y = cursor.position().map_or(0.0, |p| p.y);
                let taken = if thumb.y <= y && y <= thumb.y + thumb.height { y - thumb.y } else { thumb.height / 2.0 };
                let at = Self::at(y - taken, bounds, thumb.height);
                self.held = Some(Grip { taken, at, total: span.total });
                if taken == thumb.height / 2.0 { Reply::MoveTo(at) } else { Reply::Hold }
            }
            (mouse::Event::CursorMoved { position }, Some(thumb)) => match self.held {
                Some(grip) => {
                    let at = Self::at(position.y - grip.taken, bounds, thumb.height);
                    self.held = Some(Grip { at, ..grip });
                    Reply::MoveTo(at)
                }
                None => Reply::Nothing,
            },
            (mouse::Event::ButtonReleased(mouse::Button::Left), _) if self.held.take().is_some() => Reply::Hold,
            _ => Reply::Nothing,
        };
        if reply == Reply::Nothing && before != (self.near, self.over) { Reply::Redraw } else { reply }
    }

    fn at(top: f32, bounds: Rectangle, thumb: f32) -> f32 {
        ((top - bounds.y) / (bounds.height - thumb).max(1.0)).clamp(0.0, 1.0)
    }

    /// Draws the thumb where it is wanted.
    pub fn draw(&self, renderer: &mut Renderer, look: Look, bounds: Rectangle, span: Span) {
        if !self.near && self.held.is_none() {
            return;
        }
        let Some(thumb) = Self::thumb(look, bounds, self.steadied(span)) else { return };
        let wide = self.over || self.held.is_some();
        let width = if wide { THUMB.1 } else { THUMB.0 };
        let place =
            Rectangle { x: thumb.x + thumb.width - width - 3.0, y: thumb.y + 2.0, width, height: thumb.height - 4.0 };
        let bounds = flow::mirrored(look, place, thumb);
        let color = Color { a: if wide { 0.75 } else { 0.45 }, ..look.palette.faint };
        renderer.fill_quad(
            renderer::Quad {
                bounds,
                border: Border { radius: (width / 2.0).into(), ..Border::default() },
                ..Default::default()
            },
            color,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Direction;
    use iced::Point;

    const BOUNDS: Rectangle = Rectangle { x: 0.0, y: 0.0, width: 100.0, height: 400.0 };
    const SPAN: Span = Span { view: 400.0, total: 4000.0, at: 0.0 };

    fn at(x: f32, y: f32) -> mouse::Cursor {
        mouse::Cursor::Available(Point::new(x, y))
    }

    #[test]
    fn the_thumb_is_dragged_from_one_end_to_the_other() {
        let mut bar = Bar::default();
        let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        assert_eq!(bar.update(Look::day(), &press, at(95.0, 10.0), BOUNDS, SPAN), Reply::Hold);
        let moved = |y| Event::Mouse(mouse::Event::CursorMoved { position: Point::new(20.0, y) });
        assert_eq!(bar.update(Look::day(), &moved(190.0), at(20.0, 190.0), BOUNDS, SPAN), Reply::MoveTo(0.5));
        assert_eq!(bar.update(Look::day(), &moved(9000.0), at(20.0, 9000.0), BOUNDS, SPAN), Reply::MoveTo(1.0));
        let release = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
        assert_eq!(bar.update(Look::day(), &release, at(20.0, 300.0), BOUNDS, SPAN), Reply::Hold);
        assert!(!bar.is_held());
    }

    #[test]
    fn it_stands_where_lines_end() {
        let arabic = Look { direction: Direction::RightToLeft, ..Look::day() };
        let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        assert_eq!(Bar::default().update(arabic, &press, at(5.0, 10.0), BOUNDS, SPAN), Reply::Hold);
        assert_eq!(Bar::default().update(arabic, &press, at(95.0, 10.0), BOUNDS, SPAN), Reply::Redraw);
    }

    #[test]
    fn there_is_no_bar_when_everything_is_seen() {
        let mut bar = Bar::default();
        let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        let span = Span { total: 400.0, ..SPAN };
        assert_eq!(bar.update(Look::day(), &press, at(95.0, 10.0), BOUNDS, span), Reply::Redraw);
    }
}
