//! Text that is selected, rows that are picked, menus.

use super::*;
use crate::widget::text;
use iced::advanced::widget::Id;
use std::any::Any;
use std::ops::Range;

/// What each text shows as selected, from top to bottom.
fn shown(pane: &mut Pane) -> Vec<(f32, Option<Range<usize>>)> {
    #[derive(Default)]
    struct Shown(Vec<(f32, Option<Range<usize>>)>);
    impl Operation for Shown {
        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
        fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
            let Some(text) = state.downcast_ref::<text::State>() else { return };
            self.0.push((bounds.y, text.selected()));
        }
    }
    let mut out = Shown::default();
    pane.stage.with_operation(view(&pane.given), &mut out);
    out.0
}

fn last(pane: &Pane) -> Option<Selection<i32>> {
    let said = pane.said.iter().rev().find_map(|said| match said {
        Said::Select(selection) => Some(*selection),
        _ => None,
    });
    said.expect("something was said")
}

/// A point within the text of a row, so far from where it begins.
fn at(pane: &mut Pane, key: i32, x: f32, y: f32) -> Point {
    Point::new(GUTTER + x, pane.top(key).unwrap() + 20.0 + y)
}

fn drag(pane: &mut Pane, from: Point, to: Point) {
    pane.move_to(from);
    pane.down(mouse::Button::Left);
    pane.move_to(to);
    pane.up(mouse::Button::Left);
}

#[test]
fn text_is_selected_within_a_row() {
    let mut pane = Pane::new(texts(1..=30));
    let (from, to) = (at(&mut pane, 30, 0.0, 10.0), at(&mut pane, 30, 40.0, 10.0));
    drag(&mut pane, from, to);
    let selection = last(&pane).unwrap();
    assert_eq!((selection.first, selection.last.0), ((30, 0), 30));
    assert!((4..9).contains(&selection.last.1), "{selection:?}");
    let marked: Vec<_> = shown(&mut pane).into_iter().filter_map(|(_, range)| range).collect();
    assert_eq!(marked, vec![0..selection.last.1; 1]);
    // Backwards it is the same.
    drag(&mut pane, to, from);
    assert_eq!(last(&pane), Some(selection));
    // A click ends it.
    pane.down(mouse::Button::Left);
    pane.up(mouse::Button::Left);
    assert_eq!(last(&pane), None);
    assert!(shown(&mut pane).iter().all(|(_, range)| range.is_none()));
}

#[test]
fn text_is_selected_across_rows_and_rows_that_come_into_being_show_it() {
    let mut pane = Pane::new(texts(1..=30));
    let (from, to) = (at(&mut pane, 28, 30.0, 10.0), at(&mut pane, 30, 30.0, 10.0));
    drag(&mut pane, from, to);
    let selection = last(&pane).unwrap();
    assert_eq!((selection.first.0, selection.last.0), (28, 30));
    let len = |pane: &mut Pane, key| pane.item(key).text.as_ref().unwrap().text.len();
    let expected = vec![selection.first.1..len(&mut pane, 28), 0..len(&mut pane, 29), 0..selection.last.1];
    let marked = |pane: &mut Pane| shown(pane).into_iter().filter_map(|(_, range)| range).collect::<Vec<_>>();
    assert_eq!(marked(&mut pane), expected);
    // Far away and back.
    (0..3).for_each(|_| pane.wheel(1000.0));
    pane.rest();
    assert_eq!(marked(&mut pane), Vec::<Range<usize>>::new());
    (0..3).for_each(|_| pane.wheel(-1000.0));
    pane.rest();
    assert_eq!(marked(&mut pane), expected);
    // Rows that were left while it was there do not keep it when it ends.
    (0..3).for_each(|_| pane.wheel(1000.0));
    pane.key(Named::Escape);
    assert_eq!(last(&pane), None);
    (0..3).for_each(|_| pane.wheel(-1000.0));
    pane.rest();
    assert_eq!(marked(&mut pane), Vec::<Range<usize>>::new());
}

#[test]
fn escape_ends_the_selection_and_the_cursor_before_anything_else() {
    let mut pane = Pane::new(texts(1..=30));
    let (from, to) = (at(&mut pane, 30, 0.0, 10.0), at(&mut pane, 30, 40.0, 10.0));
    drag(&mut pane, from, to);
    pane.key(Named::ArrowUp);
    pane.key(Named::Escape);
    assert_eq!(last(&pane), None);
    pane.key(Named::Escape);
    assert!(pane.said.contains(&Said::Cursor(None)));
    assert!(!pane.said.contains(&Said::Escaped));
    pane.key(Named::Escape);
    assert!(pane.said.contains(&Said::Escaped), "then it is for others");
}

#[test]
fn two_clicks_take_the_word_and_three_the_paragraph() {
    let mut pane = Pane::new(texts(1..=30));
    let point = at(&mut pane, 28, 10.0, 10.0);
    pane.move_to(point);
    let click: Vec<_> =
        [mouse::Event::ButtonPressed(mouse::Button::Left), mouse::Event::ButtonReleased(mouse::Button::Left)]
            .map(Event::Mouse)
            .into();
    let text = pane.item(28).text.clone().unwrap().text;
    pane.events(&[click.clone(), click.clone()].concat());
    let Selection { first, last: end } = last(&pane).unwrap();
    assert_eq!((first.0, end.0), (28, 28));
    let word = &text[first.1..end.1];
    assert!(!word.contains(' ') && word.starts_with("28"), "{word:?}");
    pane.pass(0);
    pane.events(&[click.clone(), click.clone(), click].concat());
    let whole = last(&pane).unwrap();
    assert_eq!((whole.first, whole.last), ((28, 0), (28, text.len())));
}

#[test]
fn near_an_edge_it_scrolls_and_selects_on() {
    let mut pane = Pane::new(texts(1..=60));
    pane.rest();
    let from = at(&mut pane, 60, 30.0, 10.0);
    pane.move_to(from);
    pane.down(mouse::Button::Left);
    pane.move_to(Point::new(100.0, 4.0));
    assert!(pane.stirs());
    (0..40).for_each(|_| pane.pass(50));
    pane.up(mouse::Button::Left);
    let selection = last(&pane).unwrap();
    assert!(selection.first.0 < 50, "{selection:?}");
    assert_eq!(selection.last.0, 60);
    let first = pane.last_visible().first;
    assert!((first..first + 3).contains(&selection.first.0), "{selection:?} {first}");
    pane.rest();
    assert!(!pane.stirs(), "the button is up");
}

#[test]
fn rows_are_picked_with_control_and_shift_and_in_picking_by_plain_clicks() {
    let mut pane = Pane::new(items(1..=30));
    let point = Point::new(150.0, pane.top(29).unwrap() + 5.0);
    pane.move_to(point);
    let click = |pane: &mut Pane| {
        pane.said.clear();
        pane.down(mouse::Button::Left);
        pane.up(mouse::Button::Left);
        pane.said.iter().filter(|said| matches!(said, Said::Pick(..))).cloned().collect::<Vec<_>>()
    };
    assert_eq!(click(&mut pane), []);
    pane.hold(keyboard::Modifiers::CTRL);
    assert_eq!(click(&mut pane), [Said::Pick(29, Pick::Toggle)]);
    pane.hold(keyboard::Modifiers::SHIFT);
    assert_eq!(click(&mut pane), [Said::Pick(29, Pick::Extend)]);
    pane.hold(keyboard::Modifiers::empty());
    pane.given.picking = true;
    assert_eq!(click(&mut pane), [Said::Pick(29, Pick::Toggle)]);
    // What is no message is not picked.
    pane.item(29).steady = false;
    assert_eq!(click(&mut pane), []);
}

#[test]
fn a_drag_over_the_avatars_picks_each_row_once() {
    let mut pane = Pane::new(items(1..=30));
    let y = |pane: &mut Pane, key| pane.top(key).unwrap() + 5.0;
    let (from, to) = (y(&mut pane, 29), y(&mut pane, 26));
    drag(&mut pane, Point::new(10.0, from), Point::new(10.0, to));
    let picks: Vec<_> = pane.said.iter().filter(|said| matches!(said, Said::Pick(..))).cloned().collect();
    assert_eq!(picks, [26, 27, 28, 29].map(|key| Said::Pick(key, Pick::Set(true))));
    // From one that is picked it takes away.
    pane.said.clear();
    pane.given.picked = vec![26, 27, 28, 29];
    let near = y(&mut pane, 28);
    drag(&mut pane, Point::new(10.0, from), Point::new(10.0, near));
    let picks: Vec<_> = pane.said.iter().filter(|said| matches!(said, Said::Pick(..))).cloned().collect();
    assert_eq!(picks, [28, 29].map(|key| Said::Pick(key, Pick::Set(false))));
    // Elsewhere a drag selects text.
    pane.said.clear();
    drag(&mut pane, Point::new(150.0, from), Point::new(150.0, to));
    assert!(!pane.said.iter().any(|said| matches!(said, Said::Pick(..))));
}

#[test]
fn picked_rows_stand_on_a_ground() {
    let mut pane = Pane::new(items(1..=3));
    pane.given.bare = true;
    let plain = pane.picture();
    pane.given.picked = vec![2];
    assert!(pane.picture() != plain);
}

#[test]
fn the_other_button_asks_for_the_menu_of_a_row_that_stays() {
    let mut pane = Pane::new(items(1..=30));
    let point = Point::new(150.0, pane.top(29).unwrap() + 5.0);
    pane.move_to(point);
    pane.down(mouse::Button::Right);
    assert!(pane.said.contains(&Said::Menu(29, point)));
    pane.said.clear();
    pane.item(29).steady = false;
    pane.down(mouse::Button::Right);
    assert!(!pane.said.iter().any(|said| matches!(said, Said::Menu(..))));
}

#[test]
fn what_is_selected_grows_with_shift_and_the_arrows() {
    let mut pane = Pane::new(texts(1..=30));
    let (from, to) = (at(&mut pane, 29, 0.0, 10.0), at(&mut pane, 29, 40.0, 10.0));
    drag(&mut pane, from, to);
    let begun = last(&pane).unwrap();
    pane.hold(keyboard::Modifiers::SHIFT);
    pane.shift(Named::ArrowRight);
    assert_eq!(last(&pane).unwrap(), Selection { last: (29, begun.last.1 + 1), ..begun });
    pane.shift(Named::ArrowLeft);
    assert_eq!(last(&pane).unwrap(), begun);
    let text = pane.item(29).text.clone().unwrap().text;
    pane.shift(Named::ArrowDown);
    let lower = last(&pane).unwrap();
    assert!(lower.last.0 == 29 && lower.last.1 > begun.last.1 + 10, "a line: {lower:?}");
    pane.shift(Named::ArrowUp);
    let back = last(&pane).unwrap().last.1;
    assert!(back.abs_diff(begun.last.1) <= 1, "{back} {begun:?}");
    // On into the next row, and what is shown follows.
    for _ in 0..40 {
        pane.shift(Named::ArrowDown);
        if last(&pane).unwrap().last.0 == 30 {
            break;
        }
    }
    assert_eq!(last(&pane).unwrap().last, (30, 0));
    let marked: Vec<_> = shown(&mut pane).into_iter().filter_map(|(_, range)| range).collect();
    assert_eq!(marked, vec![0..text.len(); 1]);
    // Back over where it was begun.
    for _ in 0..3 {
        pane.shift(Named::ArrowLeft);
    }
    assert_eq!(last(&pane).unwrap().last.0, 29);
}

#[test]
fn a_drag_that_turns_back_leaves_what_it_went_over() {
    let mut pane = Pane::new(items(1..=30));
    pane.given.picked = vec![26];
    let y = |pane: &mut Pane, key| pane.top(key).unwrap() + 5.0;
    let tops: Vec<f32> = [29, 28, 27, 26, 28].into_iter().map(|key| y(&mut pane, key)).collect();
    pane.move_to(Point::new(10.0, tops[0]));
    pane.down(mouse::Button::Left);
    for top in &tops[1..] {
        pane.said.clear();
        pane.move_to(Point::new(10.0, *top));
        for said in pane.said.clone() {
            if let Said::Pick(key, Pick::Set(on)) = said {
                pane.given.picked.retain(|picked| *picked != key);
                pane.given.picked.extend(on.then_some(key));
            }
        }
    }
    pane.up(mouse::Button::Left);
    pane.given.picked.sort_unstable();
    assert_eq!(pane.given.picked, [26, 28, 29], "what was picked before stays so");
}
