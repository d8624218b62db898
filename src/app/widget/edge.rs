//! The edge between two parts of a screen, which can be dragged to give one more room.

use super::flow;
use crate::theme::{Direction, Look};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::widget::Id;
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme};

/// So far behind the line it can be taken hold of; before it are scrollbars.
const REACH: f32 = 7.0;

/// A hairline that is dragged; made by [`edge`].
pub struct Edge<'a, M> {
    look: Look,
    width: f32,
    on_drag: Box<dyn Fn(f32) -> M + 'a>,
    on_drop: M,
    drawn_held: Option<bool>,
}

/// The edge at the end of a part that is so wide with it. Dragging tells the width that the part would have then.
pub fn edge<'a, M: Clone + 'a>(look: Look, width: f32, on_drag: impl Fn(f32) -> M + 'a, on_drop: M) -> Edge<'a, M> {
    Edge { look, width, on_drag: Box::new(on_drag), on_drop, drawn_held: None }
}

#[derive(Default)]
struct State {
    /// Where the hand took hold, and how wide the part was.
    held: Option<(f32, f32)>,
}

impl<M> Edge<'_, M> {
    fn reach(&self, line: Rectangle) -> Rectangle {
        let whole = Rectangle { x: line.x - REACH, width: line.width + 2.0 * REACH, ..line };
        flow::mirrored(self.look, Rectangle { width: line.width + REACH, ..line }, whole)
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Edge<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(1.0), Length::Fill)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, 1.0, Length::Fill)
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(Some(&Id::new("edge")), layout.bounds());
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let reach = self.reach(layout.bounds());
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                if let Some(at) = cursor.position_over(reach)
                    && !shell.is_event_captured()
                {
                    state.held = Some((at.x, self.width));
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                if let (Some((from, width)), Some(at)) = (state.held, cursor.land().position()) {
                    let by = at.x - from;
                    let rtl = self.look.direction == Direction::RightToLeft;
                    shell.publish((self.on_drag)(if rtl { width - by } else { width + by }));
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) if state.held.take().is_some() => {
                shell.publish(self.on_drop.clone());
                shell.capture_event();
            }
            _ => {}
        }
        let held = state.held.is_some() || cursor.is_over(reach);
        if let Event::Window(iced::window::Event::RedrawRequested(_)) = event {
            self.drawn_held = Some(held);
        } else if self.drawn_held.is_some_and(|drawn| drawn != held) {
            shell.request_redraw();
        }
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
        let palette = self.look.palette;
        let color = if self.drawn_held == Some(true) { palette.accent } else { palette.line };
        renderer.fill_quad(renderer::Quad { bounds: layout.bounds(), ..renderer::Quad::default() }, color);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let held = tree.state.downcast_ref::<State>().held.is_some();
        if held || cursor.is_over(self.reach(layout.bounds())) {
            mouse::Interaction::ResizingHorizontally
        } else {
            mouse::Interaction::None
        }
    }
}

impl<'a, M: Clone + 'a> From<Edge<'a, M>> for Element<'a, M> {
    fn from(edge: Edge<'a, M>) -> Self {
        Element::new(edge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::stage::Stage;
    use iced::Point;
    use iced::widget::space;

    #[derive(Clone, Debug, PartialEq)]
    enum Said {
        Dragged(f32),
        Dropped,
    }

    fn view(look: Look) -> Element<'static, Said> {
        let part = space().width(99).into();
        let edge = edge(look, 100.0, Said::Dragged, Said::Dropped).into();
        flow::row(look, [part, edge]).push(space().width(100)).width(200).into()
    }

    fn drag(look: Look, from: f32, to: f32) -> Vec<Said> {
        let mut stage = Stage::new(200.0, 100.0);
        let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        let release = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
        stage.point_at(Point::new(from, 50.0));
        let mut said = stage.events(view(look), &[press]);
        let to = Point::new(to, 50.0);
        stage.point_at(to);
        said.extend(stage.events(view(look), &[Event::Mouse(mouse::Event::CursorMoved { position: to })]));
        said.extend(stage.events(view(look), &[release]));
        said
    }

    #[test]
    fn dragging_the_edge_tells_the_new_width() {
        assert_eq!(drag(Look::day(), 102.0, 142.0), [Said::Dragged(140.0), Said::Dropped]);
        let arabic = Look { direction: Direction::RightToLeft, ..Look::day() };
        assert_eq!(drag(arabic, 98.0, 58.0), [Said::Dragged(140.0), Said::Dropped]);
    }

    #[test]
    fn beside_the_edge_nothing_is_dragged() {
        assert_eq!(drag(Look::day(), 90.0, 142.0), []);
        assert_eq!(drag(Look::day(), 120.0, 142.0), []);
    }
}
