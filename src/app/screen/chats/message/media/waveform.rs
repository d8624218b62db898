//! How loud a spoken message is over time, as bars.

use crate::theme::Look;
use crate::widget::flow;
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer};
use iced::{Border, Color, Element, Length, Rectangle, Renderer, Size, Theme};
use std::sync::Arc;

/// A bar and the gap behind it, in pixels.
const BAR: (f32, f32) = (3.0, 2.0);
/// The lowest and the highest bar, at 100 % text.
const HEIGHT: (f32, f32) = (3.0, 22.0);
/// The loudest value.
const LOUDEST: u8 = 31;

/// Bars that fill the width. `loudness` has values from 0 to 31, as many as there are.
pub struct Waveform {
    look: Look,
    loudness: Arc<[u8]>,
    color: Color,
}

/// See [`Waveform`].
pub fn waveform(look: Look, loudness: &Arc<[u8]>, color: Color) -> Waveform {
    Waveform { look, loudness: loudness.clone(), color }
}

/// So many bars of these values, each from 0 to 1: the loudest of those that fall on it.
fn bars(loudness: &[u8], count: usize) -> impl Iterator<Item = f32> + '_ {
    (0..count).map(move |bar| {
        let from = bar * loudness.len() / count;
        let to = ((bar + 1) * loudness.len() / count).max(from + 1);
        let loudest = loudness.get(from..to.min(loudness.len())).unwrap_or_default().iter().max();
        f32::from(loudest.copied().unwrap_or(0).min(LOUDEST)) / f32::from(LOUDEST)
    })
}

impl<Message> Widget<Message, Theme, Renderer> for Waveform {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, self.look.size(HEIGHT.1).round())
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
        let step = BAR.0 + BAR.1;
        let count = ((bounds.width + BAR.1) / step).floor().max(1.0) as usize;
        let border = Border { radius: (BAR.0 / 2.0).into(), ..Border::default() };
        for (index, loud) in bars(&self.loudness, count).enumerate() {
            let height = (HEIGHT.0 + (bounds.height - HEIGHT.0) * loud).round();
            let place = Rectangle {
                x: bounds.x + index as f32 * step,
                y: (bounds.y + (bounds.height - height) / 2.0).round(),
                width: BAR.0,
                height,
            };
            let bounds = flow::mirrored(self.look, place, bounds);
            renderer.fill_quad(renderer::Quad { bounds, border, ..Default::default() }, self.color);
        }
    }
}

impl<'a, Message: 'a> From<Waveform> for Element<'a, Message> {
    fn from(waveform: Waveform) -> Self {
        Element::new(waveform)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_values_makes_any_number_of_bars() {
        let all = |loudness: &[u8], count| bars(loudness, count).collect::<Vec<_>>();
        assert_eq!(all(&[0, 31, 0, 0], 2), [1.0, 0.0]);
        assert_eq!(all(&[31, 0], 4), [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(all(&[], 3), [0.0, 0.0, 0.0]);
        assert_eq!(all(&[255], 1), [1.0], "what is too loud is the loudest");
        for values in 1..70 {
            let loudness: Vec<u8> = (0..values).map(|value| (value % 32) as u8).collect();
            for count in 1..70 {
                let bars = all(&loudness, count);
                assert!(bars.len() == count && bars.iter().all(|bar| (0.0..=1.0).contains(bar)));
            }
        }
    }
}
