//! Where a link leads, said beside it.

use super::describe;
use super::state::What;
use crate::theme::Look;
use crate::widget::lift::{Height, draw_shadow};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Paragraph as _, Renderer as _, Span, Wrapping};
use iced::advanced::{Layout, Overlay, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::{Border, Font, Point, Rectangle, Renderer, Size, Theme, Vector};
use std::time::{Duration, Instant};

/// The pointer rests this long before the words show.
const RESTS: Duration = Duration::from_millis(500);
/// Room between the link and the words, and between these and the edge of the window.
const GAP: f32 = 6.0;
const MARGIN: f32 = 4.0;
const PADDING: (f32, f32) = (10.0, 6.0);
const RADIUS: f32 = 8.0;
/// How much of an address is shown.
const LONGEST: usize = 300;

/// Waits until somebody wants to know.
#[derive(Default)]
pub(super) struct Hint {
    /// On what, and since when.
    here: Option<(What, Instant)>,
    dismissed: bool,
    words: Option<Paragraph>,
}

impl Hint {
    /// Something was pressed: nothing more until the pointer was elsewhere.
    pub fn dismiss<M>(&mut self, shell: &mut Shell<'_, M>) {
        self.dismissed = self.here.is_some();
        self.hide(shell);
    }

    /// The pointer is elsewhere.
    pub fn move_to<M>(&mut self, what: Option<(What, Instant)>, shell: &mut Shell<'_, M>) {
        (self.here, self.dismissed) = (what, false);
        self.hide(shell);
    }

    fn hide<M>(&mut self, shell: &mut Shell<'_, M>) {
        if self.words.take().is_some() {
            shell.invalidate_layout();
            shell.request_redraw();
        }
    }

    /// The pointer is on this link now.
    pub fn rest<M>(&mut self, what: What, address: &str, look: Look, now: Instant, shell: &mut Shell<'_, M>) {
        match self.here {
            Some((here, since)) if here == what => {
                if self.dismissed || self.words.is_some() {
                    return;
                }
                if now < since + RESTS {
                    shell.request_redraw_at(since + RESTS);
                    return;
                }
                let address: String = match address.char_indices().nth(LONGEST) {
                    Some((end, _)) => address.get(..end).into_iter().chain(["…"]).collect(),
                    None => address.to_owned(),
                };
                let spans: [Span<'_, (), Font>; 1] = [Span::new(address.as_str())];
                let room = Size::new(look.size(360.0), f32::INFINITY);
                let size = look.second();
                let line = (size * 16.0 / 12.0).round();
                self.words = Some(Paragraph::with_spans(describe(&spans[..], room, size, line, Wrapping::WordOrGlyph)));
                shell.invalidate_layout();
                shell.request_redraw();
            }
            _ => {
                self.move_to(Some((what, now)), shell);
                shell.request_redraw_at(now + RESTS);
            }
        }
    }

    /// About what words are shown.
    pub fn shown(&self) -> Option<What> {
        self.words.as_ref().and(self.here).map(|(what, _)| what)
    }

    /// The words, beside this.
    pub fn overlay<'b, M: 'b>(&'b self, look: Look, around: Rectangle) -> overlay::Element<'b, M, Theme, Renderer> {
        overlay::Element::new(Box::new(Bubble { look, words: self.words.as_ref(), around }))
    }
}

struct Bubble<'b> {
    look: Look,
    words: Option<&'b Paragraph>,
    around: Rectangle,
}

impl<M> Overlay<M, Theme, Renderer> for Bubble<'_> {
    fn layout(&mut self, _renderer: &Renderer, window: Size) -> layout::Node {
        let words = self.words.map_or(Size::ZERO, Paragraph::min_bounds);
        let size = Size::new(words.width + 2.0 * PADDING.0, words.height + 2.0 * PADDING.1);
        let below = self.around.y + self.around.height + GAP;
        let above = self.around.y - size.height - GAP;
        let y = if below + size.height > window.height - MARGIN && above >= MARGIN { above } else { below };
        let x = (self.around.center_x() - size.width / 2.0).min(window.width - MARGIN - size.width).max(MARGIN);
        // The whole window, so that the shadow is not cut off.
        let bubble = layout::Node::new(size).move_to(Point::new(x.round(), y.round()));
        layout::Node::with_children(window, vec![bubble])
    }

    fn operate(
        &mut self,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn iced::advanced::widget::Operation,
    ) {
        if let (Some(words), Some(place)) = (self.words, layout.children().next()) {
            let lines: String = words.buffer().lines.iter().map(|line| line.text()).collect();
            operation.text(None, place.bounds(), &lines);
        }
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
    ) {
        let (Some(words), Some(place)) = (self.words, layout.children().next()) else { return };
        let palette = self.look.palette;
        let bounds = place.bounds();
        draw_shadow(renderer, self.look, Height::Low, RADIUS, bounds);
        let border = Border { color: palette.line, width: 1.0, radius: RADIUS.into() };
        renderer.fill_quad(renderer::Quad { bounds, border, ..Default::default() }, palette.raised);
        let at = bounds.position() + Vector::new(PADDING.0, PADDING.1);
        renderer.fill_paragraph(words, at, palette.text, bounds);
    }
}
