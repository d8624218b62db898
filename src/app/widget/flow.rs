//! The direction of reading. iced lays rows out from left to right only; everything in which "first" means "where
//! reading begins" is placed through here, so that it is mirrored in languages that are read from right to left.
//!
//! *Start* is where a line begins (left in English, right in Arabic), *end* is where it stops.

use super::Element;
use crate::theme::{Direction, Look};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Row, tooltip};
use iced::{Event, Length, Padding, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector};

/// Things beside each other in the order of reading; made by [`row`].
pub struct Flow<'a, M> {
    direction: Direction,
    children: Vec<Element<'a, M>>,
    spacing: f32,
    padding: Padding,
    /// As its children want it, unless said.
    width: Option<Length>,
    height: Option<Length>,
    align: Vertical,
}

/// Things beside each other, the first where reading begins. More can be pushed.
pub fn row<'a, M>(look: Look, children: impl IntoIterator<Item = Element<'a, M>>) -> Flow<'a, M> {
    Flow {
        direction: look.direction,
        children: children.into_iter().collect(),
        spacing: 0.0,
        padding: Padding::ZERO,
        width: None,
        height: None,
        align: Vertical::Top,
    }
}

impl<'a, M> Flow<'a, M> {
    /// The next one.
    pub fn push(mut self, child: impl Into<Element<'a, M>>) -> Self {
        self.children.push(child.into());
        self
    }

    /// So many pixels between them.
    pub fn spacing(self, amount: impl Into<Pixels>) -> Self {
        Self { spacing: amount.into().0, ..self }
    }

    /// Room around them. One that differs at start and end comes from [`padding`].
    pub fn padding(self, padding: impl Into<Padding>) -> Self {
        Self { padding: padding.into(), ..self }
    }

    /// How wide the row is.
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: Some(width.into()), ..self }
    }

    /// How high the row is.
    pub fn height(self, height: impl Into<Length>) -> Self {
        Self { height: Some(height.into()), ..self }
    }

    /// How they stand to each other.
    pub fn align_y(self, align: impl Into<Vertical>) -> Self {
        Self { align: align.into(), ..self }
    }

    /// Goes on in a further line, so many pixels below, where there is no more room.
    pub fn wrap(self, gap: impl Into<Pixels>) -> Element<'a, M>
    where
        M: 'a,
    {
        let direction = self.direction;
        in_direction(direction, self.into_row().wrap().vertical_spacing(gap))
    }

    /// The same, with lines that stand at the end.
    pub fn wrap_at_end(self, gap: impl Into<Pixels>) -> Element<'a, M>
    where
        M: 'a,
    {
        let direction = self.direction;
        in_direction(direction, self.into_row().wrap().vertical_spacing(gap).align_x(Horizontal::Right))
    }

    /// As it is before the mirror.
    fn into_row(self) -> Row<'a, M> {
        let padding = match self.direction {
            Direction::LeftToRight => self.padding,
            Direction::RightToLeft => Padding { left: self.padding.right, right: self.padding.left, ..self.padding },
        };
        // As `Row::with_children` does it, which would put all of them into a list of its own: every frame makes hundreds.
        let (mut children, mut size) = (self.children, Size::new(Length::Shrink, Length::Shrink));
        children.retain(|child| {
            let wants = child.as_widget().size_hint();
            if !wants.is_void() {
                size = Size::new(size.width.enclose(wants.width), size.height.enclose(wants.height));
            }
            !wants.is_void()
        });
        let (width, height) = (self.width.unwrap_or(size.width), self.height.unwrap_or(size.height));
        let row = Row::from_vec(children).width(width).height(height);
        row.spacing(self.spacing).padding(padding).align_y(self.align)
    }
}

impl<'a, M: 'a> From<Flow<'a, M>> for Element<'a, M> {
    fn from(flow: Flow<'a, M>) -> Self {
        let direction = flow.direction;
        in_direction(direction, flow.into_row())
    }
}

fn in_direction<'a, M: 'a>(direction: Direction, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    match direction {
        Direction::LeftToRight => content.into(),
        Direction::RightToLeft => Element::new(Mirrored(content.into())),
    }
}

/// Something whose children lie as in a mirror. Their order stays, and with it that of Tab and of what is remembered.
struct Mirrored<'a, M>(Element<'a, M>);

impl<M> Widget<M, Theme, Renderer> for Mirrored<'_, M> {
    fn tag(&self) -> tree::Tag {
        self.0.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.0.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.0.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.0.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.0.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.0.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let node = self.0.as_widget_mut().layout(tree, renderer, limits);
        let whole = node.size();
        let mirrored = node.children().iter().map(|child| {
            let place = child.bounds();
            child.clone().move_to(Point::new(whole.width - place.x - place.width, place.y))
        });
        layout::Node::with_children(whole, mirrored.collect())
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.0.as_widget_mut().operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        self.0.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.0.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.0.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.0.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}

/// Things below each other, each beginning where reading begins.
pub fn column<'a, M>(look: Look, children: impl IntoIterator<Item = Element<'a, M>>) -> Column<'a, M> {
    Column::with_children(children).align_x(start(look))
}

/// The side where reading begins.
pub fn start(look: Look) -> Horizontal {
    match look.direction {
        Direction::LeftToRight => Horizontal::Left,
        Direction::RightToLeft => Horizontal::Right,
    }
}

/// The side where a line ends.
pub fn end(look: Look) -> Horizontal {
    match look.direction {
        Direction::LeftToRight => Horizontal::Right,
        Direction::RightToLeft => Horizontal::Left,
    }
}

/// Room around something, clockwise from the top as it is in English.
pub fn padding(look: Look, top: f32, end: f32, bottom: f32, start: f32) -> Padding {
    match look.direction {
        Direction::LeftToRight => Padding { top, right: end, bottom, left: start },
        Direction::RightToLeft => Padding { top, right: start, bottom, left: end },
    }
}

/// Where a tooltip stands that lies before what it belongs to.
pub fn before(look: Look) -> tooltip::Position {
    match look.direction {
        Direction::LeftToRight => tooltip::Position::Left,
        Direction::RightToLeft => tooltip::Position::Right,
    }
}

/// Where a tooltip stands that lies behind what it belongs to.
pub fn behind(look: Look) -> tooltip::Position {
    match look.direction {
        Direction::LeftToRight => tooltip::Position::Right,
        Direction::RightToLeft => tooltip::Position::Left,
    }
}

/// For widgets that place things themselves: where something lies in a view of this width that would begin at `x`
/// in English and is so wide.
pub fn at(look: Look, x: f32, width: f32, whole: f32) -> f32 {
    match look.direction {
        Direction::LeftToRight => x,
        Direction::RightToLeft => whole - x - width,
    }
}

/// The same for a place within `whole`, both in the same coordinates.
pub fn mirrored(look: Look, place: Rectangle, whole: Rectangle) -> Rectangle {
    Rectangle { x: whole.x + at(look, place.x - whole.x, place.width, whole.width), ..place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::stage::Stage;
    use iced::widget::{container, space};

    fn boxes(look: Look) -> Element<'static, ()> {
        let square = |id: &'static str| container(space().width(10).height(10)).id(id).into();
        row(look, [square("first"), square("second")]).push(container(space().width(30)).id("third")).spacing(5).into()
    }

    #[test]
    fn rows_are_mirrored() {
        let mut stage = Stage::new(200.0, 50.0);
        let x = |stage: &mut Stage, look, id| stage.bounds_of(boxes(look), id).unwrap().x;
        let english = Look::day();
        let arabic = Look { direction: Direction::RightToLeft, ..english };
        assert_eq!(["first", "second", "third"].map(|id| x(&mut stage, english, id)), [0.0, 15.0, 30.0]);
        assert_eq!(["third", "second", "first"].map(|id| x(&mut stage, arabic, id)), [0.0, 35.0, 50.0]);
    }

    #[test]
    fn a_row_takes_the_room_that_its_children_want() {
        let wide = || -> Element<'static, ()> {
            let child = container(space()).width(Length::Fill).height(Length::Fill).id("child");
            row(Look::day(), [child.into()]).into()
        };
        let bounds = Stage::new(200.0, 50.0).bounds_of(wide(), "child").unwrap();
        assert_eq!((bounds.width, bounds.height), (200.0, 50.0));
    }

    #[test]
    fn paddings_are_mirrored_once_and_lines_go_on_below() {
        let arabic = Look { direction: Direction::RightToLeft, ..Look::day() };
        let square =
            |id: &'static str| -> Element<'static, ()> { container(space().width(30).height(10)).id(id).into() };
        let padded = || -> Element<'static, ()> {
            row(arabic, [square("first")]).padding(padding(arabic, 0.0, 5.0, 0.0, 20.0)).width(100).into()
        };
        let mut stage = Stage::new(100.0, 50.0);
        assert_eq!(stage.bounds_of(padded(), "first").unwrap().x, 100.0 - 20.0 - 30.0);
        let wrapped = || row(arabic, [square("first"), square("second")]).wrap(4);
        let mut stage = Stage::new(50.0, 50.0);
        let [first, second] = ["first", "second"].map(|id| stage.bounds_of(wrapped(), id).unwrap());
        assert_eq!((first.y, second.y), (0.0, 14.0));
    }

    #[test]
    fn what_is_pressed_begins_where_reading_begins() {
        use crate::widget::control;
        let arabic = Look { direction: Direction::RightToLeft, ..Look::day() };
        let view = || -> Element<'static, ()> {
            let content = container(space().width(30).height(10)).id("content");
            control::row(arabic, "row", content).padding([0, 10]).on_press(()).into()
        };
        assert_eq!(Stage::new(100.0, 50.0).bounds_of(view(), "content").unwrap().x, 60.0);
    }

    #[test]
    fn tab_goes_in_the_order_of_reading() {
        use crate::widget::control::{self, focus::keys};
        use iced::keyboard::key::Named;
        let arabic = Look { direction: Direction::RightToLeft, ..Look::day() };
        let button = |id: &'static str| control::button(arabic, id).id(id).on_press(()).into();
        let view = || -> Element<'static, ()> { keys(row(arabic, [button("first"), button("second")])).into() };
        let mut stage = Stage::new(300.0, 50.0);
        let _nothing = stage.press(view(), Named::Tab);
        assert!(stage.has_focus(view(), "first"));
        let _nothing = stage.press(view(), Named::Tab);
        assert!(stage.has_focus(view(), "second"));
    }

    #[test]
    fn places_and_paddings_are_mirrored() {
        let english = Look::day();
        let arabic = Look { direction: Direction::RightToLeft, ..english };
        assert_eq!(padding(english, 1.0, 2.0, 3.0, 4.0), Padding { top: 1.0, right: 2.0, bottom: 3.0, left: 4.0 });
        assert_eq!(padding(arabic, 1.0, 2.0, 3.0, 4.0), Padding { top: 1.0, right: 4.0, bottom: 3.0, left: 2.0 });
        assert_eq!((at(english, 8.0, 20.0, 100.0), at(arabic, 8.0, 20.0, 100.0)), (8.0, 72.0));
        let whole = Rectangle { x: 50.0, y: 0.0, width: 100.0, height: 10.0 };
        let place = Rectangle { x: 58.0, y: 2.0, width: 20.0, height: 4.0 };
        assert_eq!(mirrored(english, place, whole), place);
        assert_eq!(mirrored(arabic, place, whole), Rectangle { x: 122.0, ..place });
    }
}
