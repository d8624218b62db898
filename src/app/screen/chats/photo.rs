//! A picture in a message: its place is there from the first frame, blurred, then sharp; narrower where there is less
//! room, never of another shape.

use crate::media::still::Form;
use crate::theme::Look;
use crate::widget::ground;
use iced::advanced::image::{Image, Renderer as _};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::border::Radius;
use iced::widget::image::{FilterMethod, Handle};
use iced::{Element, Length, Rectangle, Renderer, Size, Theme};

/// The place of a picture, and the picture as far as it is there.
pub struct Frame {
    look: Look,
    form: Form,
    handle: Option<Handle>,
    label: String,
    /// Takes all the room there is.
    fills: bool,
    /// Nothing stands in its place until it is there.
    clear: bool,
}

/// A picture in its form. The label is what it is called by those who do not see it.
pub fn frame(look: Look, form: Form, handle: Option<Handle>, label: String) -> Frame {
    Frame { look, form, handle, label, fills: false, clear: false }
}

impl Frame {
    /// Takes all the room there is, as in a grid.
    pub fn fill(self, fills: bool) -> Self {
        Self { fills, ..self }
    }

    /// Nothing stands in its place until it is there: for what has a shape of its own.
    pub fn clear(self) -> Self {
        Self { clear: true, ..self }
    }
}

fn radius(form: Form) -> Radius {
    let [top_left, top_right, bottom_right, bottom_left] = form.corners.map(f32::from);
    Radius { top_left, top_right, bottom_right, bottom_left }
}

impl<Message> Widget<Message, Theme, Renderer> for Frame {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        if self.fills {
            return layout::Node::new(limits.max());
        }
        let Size { width, height } = self.form.size();
        let scale = (limits.max().width / width).min(1.0);
        layout::Node::new(Size::new((width * scale).floor(), (height * scale).floor()))
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.label);
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
        match &self.handle {
            Some(handle) => {
                let image = Image::new(handle.clone()).filter_method(FilterMethod::Linear).snap(true);
                renderer.draw_image(image, bounds, *viewport);
            }
            None if self.clear => {}
            None => ground::fill(renderer, bounds, radius(self.form), self.look.palette.line, viewport),
        }
    }
}

impl<'a, Message: 'a> From<Frame> for Element<'a, Message> {
    fn from(frame: Frame) -> Self {
        Element::new(frame)
    }
}
