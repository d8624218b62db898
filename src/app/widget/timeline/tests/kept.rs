//! Rows of which it is said that they are those of before stay as they are laid out.

use super::*;

/// A row that is taller once it was pressed, without anybody being told.
pub struct Growing<'a>(pub Element<'a, Said>);

/// By how much.
const MORE: f32 = 25.0;

impl Widget<Said, Theme, Renderer> for Growing<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<bool>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(false)
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.0)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.0]);
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let node = self.0.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        let more = if *tree.state.downcast_ref::<bool>() { MORE } else { 0.0 };
        layout::Node::with_children(node.size() + Size::new(0.0, more), vec![node])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let child = layout.children().next().unwrap();
        self.0.as_widget_mut().operate(&mut tree.children[0], child, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Said>,
        _viewport: &Rectangle,
    ) {
        if matches!(event, Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)))
            && cursor.is_over(layout.bounds())
        {
            *tree.state.downcast_mut::<bool>() = true;
            shell.invalidate_layout();
        }
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
        let child = layout.children().next().unwrap();
        self.0.as_widget().draw(&tree.children[0], renderer, theme, style, child, cursor, viewport);
    }
}

fn pane(revision: u64) -> Pane {
    let mut pane = Pane::new(items(1..=100));
    pane.given.revision = Some(revision);
    pane.redraw();
    pane
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "a row changed that was said to be the same")]
fn a_row_that_changes_behind_the_same_number_is_found_out() {
    let mut pane = pane(1);
    pane.item(100).height += 20.0;
    pane.redraw();
}

#[test]
fn with_another_number_rows_are_built_anew() {
    let mut pane = pane(1);
    let before = pane.top(99).unwrap();
    pane.item(100).height += 20.0;
    pane.given.revision = Some(2);
    assert_eq!(pane.top(99).unwrap(), before - 20.0);
}

#[test]
fn a_row_that_was_left_and_comes_back_is_the_one_of_now() {
    let mut pane = pane(1);
    pane.wheel(900.0);
    pane.rest();
    assert_eq!(pane.top(100), None);
    pane.item(100).height += 20.0;
    pane.given.revision = Some(2);
    pane.wheel(-2000.0);
    pane.rest();
    let bottom = pane.top(100).unwrap() + pane.item(100).height;
    assert_eq!(bottom, Pane::new(items(1..=100)).top(100).unwrap() + items(100..=100)[0].height);
}

#[test]
fn a_row_may_grow_by_itself_all_the_same() {
    let mut pane = Pane::new(items(1..=100));
    (pane.given.revision, pane.given.grows) = (Some(1), Some(99));
    pane.redraw();
    let (above, row, below) = (pane.top(98).unwrap(), pane.top(99).unwrap(), pane.top(100).unwrap());
    pane.redraw();
    pane.move_to(Point::new(150.0, row + 10.0));
    pane.down(mouse::Button::Left);
    pane.up(mouse::Button::Left);
    pane.redraw();
    // The newest row holds the bottom edge: what is above moves up.
    let expected = (Some(above - MORE), Some(row - MORE), Some(below));
    assert_eq!((pane.top(98), pane.top(99), pane.top(100)), expected);
    // And it stays so when it was away, and in another width.
    pane.wheel(1500.0);
    pane.rest();
    pane.wheel(-3000.0);
    pane.rest();
    assert_eq!((pane.top(98), pane.top(99), pane.top(100)), expected);
}

#[test]
fn the_layer_is_another_one_exactly_when_rows_in_view_moved() {
    let seat = |key: i32, top: f32| state::Seat { key, top, height: 30.0, stale: false };
    let mut state = State::<i32>::new();
    state.view = 100.0;
    let mut mark = state.mark;
    let mut stands = |top: f32, keys: std::ops::Range<i32>| {
        let now = keys.map(|key| seat(key, top + key as f32 * 30.0)).collect();
        let before = std::mem::replace(&mut state.seats, now);
        state.compare(&before);
        std::mem::replace(&mut mark, state.mark) != state.mark
    };
    assert!(stands(0.0, 0..5));
    assert!(!stands(0.0, 0..5), "nothing moved");
    assert!(!stands(0.0, 0..9), "more is built out of sight");
    // However far it goes: the place before is never taken for the one after.
    assert!((1..500).all(|step| stands(-(step as f32) * 17.0, 0..400)));
}
