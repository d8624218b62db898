//! Nothing jumps: the same rows are drawn before and after something changed elsewhere, and the pictures are compared.

use super::*;
use crate::widget::stage::Stage;
use crate::widget::text::line;
use iced::widget::{container, space};
use iced::{Fill, Point};
use iced_test::selector::Candidate;

/// A row with a height and words of its own.
#[derive(Clone, Debug)]
struct Item {
    key: i32,
    height: f32,
}

fn items(range: std::ops::RangeInclusive<i32>) -> Vec<Item> {
    range.map(|key| Item { key, height: 30.0 + (key.rem_euclid(7) * 9) as f32 }).collect()
}

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Reached(Edge),
    Visible(Visible<i32>),
}

/// What the list is given, and what it has said.
struct Pane {
    items: Vec<Item>,
    stage: Stage,
    place: u64,
    start: Option<i32>,
    seek: u64,
    said: Vec<Said>,
}

const SIZE: (f32, f32) = (300.0, 400.0);

fn view(items: &[Item], place: u64, start: Option<i32>, seek: u64) -> Element<'_, Said> {
    let look = Look::day();
    timeline(
        look,
        items,
        |item: &Item| item.key,
        move |item| {
            let shade = 0.5 + (item.key.rem_euclid(5)) as f32 * 0.1;
            let words = line(14.0, Color::BLACK).push(format!("row {}", item.key), None, None);
            container(words)
                .width(Fill)
                .height(item.height)
                .style(move |_: &Theme| container::background(Color::from_rgb(shade, shade, 1.0)))
                .into()
        },
    )
    .id("list")
    .place(place)
    .start(start)
    .seek_end(seek)
    .on_reach(Said::Reached)
    .on_visible(Said::Visible)
    .into()
}

impl Pane {
    fn new(items: Vec<Item>) -> Self {
        let mut stage = Stage::new(SIZE.0, SIZE.1);
        // Beside the list, so that the scrollbar, which may well move, is not seen.
        stage.point_at(Point::new(-10.0, -10.0));
        Self { items, stage, place: 0, start: None, seek: 0, said: Vec::new() }
    }

    fn view(&self) -> Element<'_, Said> {
        view(&self.items, self.place, self.start, self.seek)
    }

    fn picture(&mut self) -> Vec<u8> {
        // What the list says while it is drawn is not lost.
        self.redraw();
        let view = view(&self.items, self.place, self.start, self.seek);
        self.stage.picture(view, Look::day()).pixels().to_vec()
    }

    fn events(&mut self, events: &[Event]) {
        let view = view(&self.items, self.place, self.start, self.seek);
        let said = self.stage.events(view, events);
        self.said.extend(said);
    }

    fn redraw(&mut self) {
        self.events(&[Event::Window(iced::window::Event::RedrawRequested(std::time::Instant::now()))]);
    }

    /// Turns the wheel over the list, then takes the pointer away.
    fn wheel(&mut self, pixels: f32) {
        self.stage.point_at(Point::new(150.0, 200.0));
        self.events(&[Event::Mouse(mouse::Event::WheelScrolled {
            delta: mouse::ScrollDelta::Pixels { x: 0.0, y: pixels },
        })]);
        self.stage.point_at(Point::new(-10.0, -10.0));
        let moved = mouse::Event::CursorMoved { position: Point::new(-10.0, -10.0) };
        self.events(&[Event::Mouse(moved)]);
    }

    /// Where a row stands, if it exists.
    fn top(&mut self, key: i32) -> Option<f32> {
        let wanted = format!("row {key}");
        let view = view(&self.items, self.place, self.start, self.seek);
        self.stage.find(view, move |candidate: Candidate<'_>| match candidate {
            Candidate::Text { content, bounds, .. } if content == wanted => Some(bounds.y),
            _ => None,
        })
    }

    fn last_visible(&mut self) -> Visible<i32> {
        self.redraw();
        let seen = self.said.iter().rev().find_map(|said| match said {
            Said::Visible(visible) => Some(*visible),
            Said::Reached(_) => None,
        });
        seen.unwrap()
    }
}

#[test]
fn it_begins_at_the_end_and_sticks_to_it() {
    let mut pane = Pane::new(items(1..=100));
    assert_eq!(pane.last_visible().last, 100);
    assert!(pane.last_visible().at_end);
    let bottom = pane.top(100).unwrap() + pane.items[99].height;
    pane.items.extend(items(101..=103));
    assert_eq!(pane.top(103).unwrap() + pane.items[102].height, bottom);
    assert!(pane.last_visible().at_end);
}

#[test]
fn prepending_a_page_does_not_move_the_screen() {
    let mut pane = Pane::new(items(200..=400));
    let end = pane.picture();
    pane.wheel(1333.0);
    let before = pane.picture();
    assert!(end != before, "the wheel moved the list");
    pane.items.splice(0..0, items(150..=199));
    assert!(pane.picture() == before);
}

#[test]
fn new_rows_below_do_not_move_what_is_read_above() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(700.0);
    let before = pane.picture();
    pane.items.extend(items(101..=140));
    assert!(pane.picture() == before);
    assert!(!pane.last_visible().at_end);
}

#[test]
fn late_heights_and_deletions_out_of_sight_move_nothing() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(1500.0);
    let before = pane.picture();
    let seen = pane.last_visible();
    for item in &mut pane.items {
        if item.key < seen.first || item.key > seen.last {
            item.height += 77.0;
        }
    }
    assert!(pane.picture() == before);
    pane.items.retain(|item| item.key % 2 == 0 || (seen.first..=seen.last).contains(&item.key));
    assert!(pane.picture() == before);
}

#[test]
fn a_row_that_grows_in_sight_keeps_the_top_or_at_the_end_the_bottom() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(1500.0);
    let seen = pane.last_visible();
    let top = pane.top(seen.first);
    let middle = (seen.first + seen.last) / 2;
    pane.items[middle as usize - 1].height += 50.0;
    assert_eq!(pane.top(seen.first), top);

    let mut pane = Pane::new(items(1..=100));
    let last = pane.top(100);
    pane.items[97].height += 50.0;
    assert_eq!(pane.top(100), last);
}

#[test]
fn when_the_row_that_holds_the_place_is_gone_the_older_one_takes_its_part() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(1500.0);
    let seen = pane.last_visible();
    let top = pane.top(seen.first).unwrap();
    pane.items.retain(|item| item.key != seen.first);
    assert_eq!(pane.top(seen.first - 1), Some(top));
}

#[test]
fn the_wheel_stops_at_both_ends() {
    let mut pane = Pane::new(items(1..=60));
    pane.wheel(100_000.0);
    assert_eq!(pane.top(1), Some(PADDING.0));
    pane.wheel(-100_000.0);
    assert!(pane.last_visible().at_end);
}

#[test]
fn only_what_is_in_view_and_a_little_more_exists() {
    let mut pane = Pane::new(items(1..=100_000));
    pane.redraw();
    assert!(pane.top(100_000).is_some() && pane.top(99_990).is_some());
    assert!(pane.top(99_900).is_none());
}

#[test]
fn older_rows_are_asked_for_before_they_are_needed_and_once() {
    let mut pane = Pane::new(items(1..=100));
    pane.redraw();
    let asked = |pane: &Pane| pane.said.iter().filter(|said| **said == Said::Reached(Edge::Oldest)).count();
    assert_eq!(asked(&pane), 0);
    pane.wheel(4400.0);
    pane.redraw();
    assert_eq!(asked(&pane), 1);
    assert!(pane.last_visible().first > 3, "the first row is not in sight yet");
    pane.wheel(100.0);
    pane.redraw();
    assert_eq!(asked(&pane), 1);
    pane.items.splice(0..0, items(-50..=0));
    pane.wheel(2800.0);
    pane.redraw();
    assert_eq!(asked(&pane), 2, "there is another first row now");
}

#[test]
fn keys_turn_the_pages() {
    let mut pane = Pane::new(items(1..=100));
    let last = pane.top(100).unwrap();
    let view_of = |pane: &Pane| pane.items.clone();
    let rows = view_of(&pane);
    let _ = pane.stage.press(view(&rows, 0, None, 0), Named::PageUp);
    assert!(pane.top(100).is_none_or(|top| top > last + 300.0));
    let _ = pane.stage.press(view(&rows, 0, None, 0), Named::Home);
    assert!(pane.top(1).is_none(), "without the focus Home is not for the list");
    let _ = pane.stage.click(|| view(&rows, 0, None, 0), "list");
    let _ = pane.stage.press(view(&rows, 0, None, 0), Named::Home);
    assert_eq!(pane.top(1), Some(PADDING.0));
    let _ = pane.stage.press(view(&rows, 0, None, 0), Named::End);
    assert_eq!(pane.top(100), Some(last));
}

#[test]
fn the_thumb_can_be_dragged() {
    let mut pane = Pane::new(items(1..=1000));
    pane.redraw();
    let button = mouse::Button::Left;
    let moved = |y| Event::Mouse(mouse::Event::CursorMoved { position: Point::new(296.0, y) });
    pane.stage.point_at(Point::new(296.0, 390.0));
    pane.events(&[moved(390.0), Event::Mouse(mouse::Event::ButtonPressed(button))]);
    pane.stage.point_at(Point::new(296.0, 0.0));
    pane.events(&[moved(0.0)]);
    assert_eq!(pane.top(1), Some(PADDING.0));
    pane.stage.point_at(Point::new(296.0, 200.0));
    pane.events(&[moved(200.0)]);
    let middle = pane.last_visible();
    assert!((300..700).contains(&middle.first), "{middle:?}");
    pane.events(&[Event::Mouse(mouse::Event::ButtonReleased(button))]);
    pane.stage.point_at(Point::new(296.0, 300.0));
    pane.events(&[moved(300.0)]);
    assert_eq!(pane.last_visible(), middle, "it was let go");
}

#[test]
fn another_list_begins_afresh_and_the_first_one_is_found_where_it_was() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(900.0);
    let before = pane.picture();
    let first = std::mem::replace(&mut pane.items, items(1..=50));
    pane.place = 1;
    assert!(pane.last_visible().at_end);
    pane.items = first;
    pane.place = 0;
    assert!(pane.picture() == before);
}

#[test]
fn a_list_can_begin_at_a_row_and_be_sent_to_its_end() {
    let mut pane = Pane::new(items(1..=100));
    pane.start = Some(60);
    assert_eq!(pane.top(60), Some((SIZE.1 * 0.3).round()));
    assert!(!pane.last_visible().at_end);
    pane.seek = 1;
    assert!(pane.last_visible().at_end);
    // A list that is empty at first begins when its rows come.
    let mut pane = Pane::new(Vec::new());
    pane.start = Some(60);
    pane.redraw();
    pane.items = items(1..=100);
    assert_eq!(pane.top(60), Some((SIZE.1 * 0.3).round()));
}

#[test]
fn rows_that_exist_are_drawn_once_and_nothing_else_is_said() {
    let mut pane = Pane::new(items(1..=5));
    pane.redraw();
    let said = pane.said.len();
    pane.redraw();
    pane.redraw();
    assert_eq!(pane.said.len(), said);
    let _ = space::horizontal();
    let _: Element<'_, Said> = pane.view();
}
