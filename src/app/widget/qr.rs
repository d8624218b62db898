//! A QR code: dark on white by day and by night, with the quiet zone that scanners need.

use super::Element;
use crate::theme::Look;
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Layout, Renderer as _, layout, mouse, renderer};
use iced::{Background, Border, Color, Length, Point, Rectangle, Renderer, Size, Theme};
use std::fmt;

/// The light margin on each side, in modules. The standard asks for four; the white card goes on around it.
const QUIET: usize = 4;
/// White in every theme: a light code on a dark ground is not read by many phones.
const PAPER: Color = Color::WHITE;
const INK: Color = Color::from_rgb(0.137, 0.129, 0.114);

/// What a code looks like, computed once.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// Modules each way.
    across: usize,
    /// Dark runs: row, first column, length.
    runs: Vec<(usize, usize, usize)>,
}

// What it says lets somebody in.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("across", &self.across).finish_non_exhaustive()
    }
}

impl Code {
    /// A code that says this; `None` if it is too long for any.
    pub fn new(words: &str) -> Option<Self> {
        let code = qrcode::QrCode::with_error_correction_level(words, qrcode::EcLevel::M).ok()?;
        let across = code.width();
        let colors = code.to_colors();
        let mut runs = Vec::new();
        for (row, line) in colors.chunks(across.max(1)).enumerate() {
            let mut column = 0;
            for run in line.chunk_by(|a, b| a == b) {
                if run.first() == Some(&qrcode::Color::Dark) {
                    runs.push((row, column, run.len()));
                }
                column += run.len();
            }
        }
        Some(Self { across, runs })
    }
}

/// Draws the code on a white square of so many pixels each way.
pub fn qr<'a, M: 'a>(look: Look, code: &'a Code, side: f32) -> Element<'a, M> {
    Element::new(Qr { look, code, side })
}

struct Qr<'a> {
    look: Look,
    code: &'a Code,
    side: f32,
}

impl<M> Widget<M, Theme, Renderer> for Qr<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.side), Length::Fixed(self.side))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.side, self.side)
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let card = renderer::Quad {
            bounds,
            border: Border { radius: (16.0 * self.look.text).min(24.0).into(), ..Border::default() },
            ..renderer::Quad::default()
        };
        renderer.fill_quad(card, Background::Color(PAPER));
        // Whole pixels for every module, or some would be wider than others.
        let module = (bounds.width / (self.code.across + 2 * QUIET - 2) as f32).floor().max(1.0);
        let margin = ((bounds.width - module * self.code.across as f32) / 2.0).floor();
        let origin = Point::new((bounds.x + margin).round(), (bounds.y + margin).round());
        for (row, column, length) in &self.code.runs {
            let at = Point::new(origin.x + *column as f32 * module, origin.y + *row as f32 * module);
            let run = renderer::Quad {
                bounds: Rectangle::new(at, Size::new(*length as f32 * module, module)),
                snap: true,
                ..renderer::Quad::default()
            };
            renderer.fill_quad(run, Background::Color(INK));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::stage::Stage;
    use iced::widget::container;

    const TOKEN: &str = "tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    #[test]
    fn it_is_made_of_whole_pixels_on_white_in_every_look() {
        let code = Code::new(TOKEN).unwrap();
        for (look, side) in [(Look::day(), 208.0), (Look::night(), 208.0), (Look::day().with_text(1.5), 312.0)] {
            let mut stage = Stage::new(400.0, 400.0);
            let element: Element<'_, ()> = container(qr(look, &code, side)).padding(20).into();
            let picture = stage.picture(element, look);
            let [r, g, b, _] = INK.into_rgba8();
            // Along a row through the code there are only the two colours.
            for y in [60, 100, 150] {
                for x in 40..(side as u32) {
                    let at = picture.at(x, y);
                    assert!(at == [255, 255, 255, 255] || at == [r, g, b, 255], "{x} {y}: {at:?}");
                }
            }
            // The quiet zone: three modules at least are white around it.
            let module = (side / (code.across + 6) as f32).floor() as u32;
            for x in 24..20 + 3 * module {
                assert_eq!(picture.at(x, 120), [255, 255, 255, 255]);
            }
        }
    }

    #[test]
    fn what_it_says_stays_out_of_logs_and_too_much_is_no_code() {
        assert_eq!(format!("{:?}", Code::new("x").unwrap()), "Code { across: 21, .. }");
        assert!(Code::new(&"x".repeat(5000)).is_none());
    }
}
