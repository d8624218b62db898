//! A list in a headless window: what it shows, says and does.

mod kept;
mod moving;
mod selecting;
mod still;

use super::*;
use crate::widget::control::focus::keys;
use crate::widget::stage::Stage;
use crate::widget::text::{formatted, line};
use heliograph_model::FormattedText;
use iced::keyboard::{self, key::Named};
use iced::time::{Duration, Instant};
use iced::widget::{column, container};
use iced::{Fill, mouse};
use iced_test::selector::Candidate;

/// A row with a height and words of its own.
#[derive(Clone, Debug)]
struct Item {
    key: i32,
    height: f32,
    /// What holds the place.
    steady: bool,
    /// Text that can be selected, instead of a height.
    text: Option<FormattedText>,
}

fn item(key: i32, height: f32) -> Item {
    Item { key, height, steady: true, text: None }
}

fn items(range: std::ops::RangeInclusive<i32>) -> Vec<Item> {
    range.map(|key| item(key, 30.0 + (key.rem_euclid(7) * 9) as f32)).collect()
}

/// Rows of words, longer and shorter ones, in which each word is the number of itself.
fn texts(range: std::ops::RangeInclusive<i32>) -> Vec<Item> {
    let text = |key: i32| {
        let words: Vec<String> = (0..3 + key.rem_euclid(5) * 11).map(|word| format!("{key}.{word}")).collect();
        FormattedText::plain(words.join(" "))
    };
    range.map(|key| Item { text: Some(text(key)), ..item(key, 0.0) }).collect()
}

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Reached(Edge),
    Visible(Visible<i32>),
    Place(Saved<i32>),
    Menu(i32, Point),
    Pick(i32, Pick),
    Select(Option<Selection<i32>>),
    Cursor(Option<i32>),
    Escaped,
}

/// What the list is given.
#[derive(Clone, Debug)]
struct Given {
    items: Vec<Item>,
    look: Look,
    place: u64,
    start: Option<i32>,
    restore: Option<Saved<i32>>,
    seek: u64,
    live: bool,
    jump: Option<Jump<i32>>,
    picking: bool,
    picked: Vec<i32>,
    /// Rows draw nothing, so that what stands behind them shows.
    bare: bool,
    /// Rows are those of before as long as this is.
    revision: Option<u64>,
    /// This one grows when it is pressed.
    grows: Option<i32>,
}

const SIZE: (f32, f32) = (300.0, 400.0);
const GUTTER: f32 = 40.0;

thread_local! {
    /// The rows that were made, in order.
    static MADE: std::cell::RefCell<Vec<i32>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn row(look: Look, item: &Item) -> Element<'_, Said> {
    MADE.with_borrow_mut(|made| made.push(item.key));
    let shade = 0.5 + (item.key.rem_euclid(5)) as f32 * 0.1;
    let name = line(look.body(), Color::BLACK).push(format!("row {}", item.key), None, None);
    let height = if item.text.is_some() { Length::Shrink } else { item.height.into() };
    let words = item.text.as_ref().map(|text| formatted(look, text, Color::WHITE).selectable());
    container(column![name].push(words))
        .width(Fill)
        .height(height)
        .padding([0.0, GUTTER])
        .style(move |_: &Theme| container::background(Color::from_rgb(shade, shade, 1.0)))
        .into()
}

fn view(given: &Given) -> Element<'_, Said> {
    let look = given.look;
    let list = timeline(
        look,
        &given.items,
        |item: &Item| item.key,
        move |item| {
            if given.bare {
                iced::widget::space().height(item.height).into()
            } else if given.grows == Some(item.key) {
                Element::new(kept::Growing(row(look, item)))
            } else {
                row(look, item)
            }
        },
    )
    .id("list")
    .place(given.place)
    .steady(|item| item.steady)
    .start(given.start)
    .restore(given.restore)
    .seek_end(given.seek)
    .live(given.live)
    .jump(given.jump)
    .gutter(GUTTER)
    .picking(given.picking)
    .picked(|key| given.picked.contains(&key))
    .on_reach(Said::Reached)
    .on_visible(Said::Visible)
    .on_place(Said::Place)
    .on_menu(Said::Menu)
    .on_pick(Said::Pick)
    .on_select(Said::Select)
    .on_cursor(Said::Cursor);
    let list = match given.revision {
        Some(revision) => list.revision(revision),
        None => list,
    };
    // As in the window, where Escape closes the conversation.
    keys(list).on_escape(Some(Said::Escaped)).into()
}

/// The list, and what it has said.
struct Pane {
    given: Given,
    stage: Stage,
    said: Vec<Said>,
}

impl Pane {
    fn new(items: Vec<Item>) -> Self {
        let mut stage = Stage::new(SIZE.0, SIZE.1);
        // Beside the list, so that the scrollbar, which may well move, is not seen.
        stage.point_at(Point::new(-10.0, -10.0));
        let given = Given {
            items,
            look: Look::day(),
            place: 0,
            start: None,
            restore: None,
            seek: 0,
            live: true,
            jump: None,
            picking: false,
            picked: Vec::new(),
            bare: false,
            revision: None,
            grows: None,
        };
        Self { given, stage, said: Vec::new() }
    }

    fn item(&mut self, key: i32) -> &mut Item {
        self.given.items.iter_mut().find(|item| item.key == key).unwrap()
    }

    fn picture(&mut self) -> Vec<u8> {
        // What the list says while it is drawn is not lost.
        self.redraw();
        self.stage.picture(view(&self.given), Look::day()).pixels().to_vec()
    }

    fn events(&mut self, events: &[Event]) {
        let said = self.stage.events(view(&self.given), events);
        self.said.extend(said);
    }

    fn redraw(&mut self) {
        self.pass(0);
    }

    /// So many milliseconds go by, then a frame is drawn.
    fn pass(&mut self, time: u64) {
        let said = self.stage.pass(view(&self.given), Duration::from_millis(time));
        self.said.extend(said);
    }

    /// Frames go by until everything stands.
    fn rest(&mut self) {
        (0..60).for_each(|_| self.pass(50));
    }

    /// Whether a frame would be drawn although nothing happens.
    fn stirs(&mut self) -> bool {
        let later = Instant::now() + Duration::from_secs(3600);
        let (said, stirs) =
            self.stage.stirs(view(&self.given), &[Event::Window(iced::window::Event::RedrawRequested(later))]);
        self.said.extend(said);
        stirs
    }

    fn move_to(&mut self, position: Point) {
        self.stage.point_at(position);
        self.events(&[Event::Mouse(mouse::Event::CursorMoved { position })]);
    }

    fn away(&mut self) {
        self.move_to(Point::new(-10.0, -10.0));
    }

    fn down(&mut self, button: mouse::Button) {
        self.events(&[Event::Mouse(mouse::Event::ButtonPressed(button))]);
    }

    fn up(&mut self, button: mouse::Button) {
        self.events(&[Event::Mouse(mouse::Event::ButtonReleased(button))]);
    }

    fn hold(&mut self, modifiers: keyboard::Modifiers) {
        self.events(&[Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers))]);
    }

    fn turn(&mut self, delta: mouse::ScrollDelta) {
        self.move_to(Point::new(150.0, 200.0));
        self.events(&[Event::Mouse(mouse::Event::WheelScrolled { delta })]);
    }

    /// Fingers move the list, then the pointer goes away.
    fn wheel(&mut self, pixels: f32) {
        self.turn(mouse::ScrollDelta::Pixels { x: 0.0, y: pixels });
        self.away();
        // They are taken away, and it is no flick.
        (0..2).for_each(|_| self.pass(60));
    }

    fn key(&mut self, key: Named) {
        let said = self.stage.press(view(&self.given), key);
        self.said.extend(said);
        self.rest();
    }

    fn shift(&mut self, key: Named) {
        let said = self.stage.press_with_shift(view(&self.given), key);
        self.said.extend(said);
        self.rest();
    }

    /// Where a row stands, if it exists.
    fn top(&mut self, key: i32) -> Option<f32> {
        let wanted = format!("row {key}");
        self.stage.find(view(&self.given), move |candidate: Candidate<'_>| match candidate {
            Candidate::Text { content, bounds, .. } if content == wanted => Some(bounds.y),
            _ => None,
        })
    }

    fn last_visible(&mut self) -> Visible<i32> {
        self.redraw();
        let seen = self.said.iter().rev().find_map(|said| match said {
            Said::Visible(visible) => Some(*visible),
            _ => None,
        });
        seen.unwrap()
    }

    fn place(&mut self) -> Saved<i32> {
        self.redraw();
        let place = self.said.iter().rev().find_map(|said| match said {
            Said::Place(place) => Some(*place),
            _ => None,
        });
        place.unwrap()
    }
}

#[test]
fn it_begins_at_the_end_and_sticks_to_it() {
    let mut pane = Pane::new(items(1..=100));
    assert_eq!(pane.last_visible().last, 100);
    assert!(pane.last_visible().at_end);
    let bottom = pane.top(100).unwrap() + pane.item(100).height;
    pane.given.items.extend(items(101..=103));
    assert_eq!(pane.top(103).unwrap() + pane.item(103).height, bottom);
    assert!(pane.last_visible().at_end);
}

#[test]
fn an_end_that_is_not_the_newest_row_is_no_end() {
    let mut pane = Pane::new(items(1..=100));
    pane.given.live = false;
    assert!(!pane.last_visible().at_end);
    let before = pane.top(98);
    pane.given.items.extend(items(101..=150));
    assert_eq!(pane.top(98), before, "the next page moves nothing");
    pane.given.live = true;
    (0..10).for_each(|_| pane.wheel(-1000.0));
    assert!(pane.last_visible().at_end);
}

#[test]
fn rows_are_seen_whole_or_by_their_end() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(1510.0);
    let seen = pane.last_visible();
    let (first, last) = seen.fully.unwrap();
    assert!(seen.first < first && last < seen.last, "{seen:?}");
    assert!(pane.top(first).unwrap() >= 0.0 && pane.top(seen.first).unwrap() < 0.0);
    // One taller than the view counts when its end is seen.
    let mut pane = Pane::new(vec![item(1, 900.0)]);
    assert_eq!(pane.last_visible().fully, Some((1, 1)));
    pane.wheel(50.0);
    assert_eq!(pane.last_visible().fully, None);
}

#[test]
fn only_what_is_in_view_exists_at_rest() {
    let mut pane = Pane::new(items(1..=100_000));
    pane.rest();
    assert!(pane.top(100_000).is_some() && pane.top(99_995).is_some());
    assert!(pane.top(99_985).is_none());
    // It costs nothing in every frame that others were made.
    let seen = pane.last_visible();
    MADE.take();
    pane.redraw();
    assert_eq!(MADE.take(), (seen.first..=seen.last).rev().collect::<Vec<_>>());
}

#[test]
fn what_is_not_in_view_is_made_in_later_frames_and_then_known() {
    let mut pane = Pane::new((1..=100).map(|key| item(key, 20.0)).collect());
    MADE.take();
    pane.redraw();
    let (at_once, seen) = (MADE.take(), pane.last_visible());
    pane.rest();
    let later = MADE.take();
    let beyond = |made: &[i32]| made.iter().filter(|key| **key < seen.first).count();
    assert!(beyond(&at_once) < 10 && beyond(&later) > 0, "{at_once:?} {later:?}");
    // Each once: 200 pixels beyond the view, and no more.
    let mut all: Vec<_> = at_once.iter().chain(&later).filter(|key| **key < seen.first).copied().collect();
    all.sort_unstable();
    assert_eq!(all, (seen.first - 10..seen.first).collect::<Vec<_>>());
}

#[test]
fn both_edges_are_asked_for_before_they_are_needed_and_once() {
    let mut pane = Pane::new(items(1..=100));
    pane.redraw();
    let asked = |pane: &Pane, edge| pane.said.iter().filter(|said| **said == Said::Reached(edge)).count();
    assert_eq!(asked(&pane, Edge::Oldest), 0);
    assert_eq!(asked(&pane, Edge::Newest), 1);
    for _ in 0..45 {
        pane.wheel(100.0);
    }
    pane.redraw();
    assert_eq!(asked(&pane, Edge::Oldest), 1);
    assert!(pane.last_visible().first > 3, "the first row is not in sight yet");
    pane.wheel(100.0);
    pane.redraw();
    assert_eq!(asked(&pane, Edge::Oldest), 1);
    // A row that tells that older ones are on their way is not another first row.
    pane.given.items.insert(0, Item { steady: false, ..item(i32::MIN, 40.0) });
    pane.redraw();
    assert_eq!(asked(&pane, Edge::Oldest), 1);
    pane.given.items.splice(1..1, items(-50..=0));
    (0..5).for_each(|_| pane.wheel(700.0));
    pane.redraw();
    assert_eq!(asked(&pane, Edge::Oldest), 2, "there is another first row now");
    assert_eq!(asked(&pane, Edge::Newest), 1);
}

#[test]
fn another_list_begins_afresh_and_the_first_one_is_found_where_it_was() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(900.0);
    let before = pane.picture();
    let first = std::mem::replace(&mut pane.given.items, items(1..=50));
    pane.given.place = 1;
    assert!(pane.last_visible().at_end);
    pane.given.items = first;
    pane.given.place = 0;
    assert!(pane.picture() == before);
}

#[test]
fn a_place_that_was_kept_is_found_again_in_another_window() {
    let mut pane = Pane::new(items(1..=100));
    pane.wheel(901.0);
    pane.rest();
    let (place, before) = (pane.place(), pane.picture());
    assert!(matches!(place, Anchor::At { .. }));
    let mut other = Pane::new(items(-40..=200));
    other.given.restore = Some(place);
    other.given.start = Some(150);
    assert!(other.picture() == before);
    // Where the rows do not reach so far, the start is taken.
    let mut other = Pane::new(items(140..=200));
    (other.given.restore, other.given.start) = (Some(place), Some(150));
    assert_eq!(other.top(150), Some((SIZE.1 * 0.3).round()));
    let mut at_end = Pane::new(items(1..=100));
    assert_eq!(at_end.place(), Anchor::End);
}

#[test]
fn a_list_can_begin_at_a_row_and_be_sent_to_its_end() {
    let mut pane = Pane::new(items(1..=100));
    pane.given.start = Some(60);
    assert_eq!(pane.top(60), Some((SIZE.1 * 0.3).round()));
    assert!(!pane.last_visible().at_end);
    pane.given.seek = 1;
    pane.rest();
    assert!(pane.last_visible().at_end);
    // A list that is empty at first begins when its rows come.
    let mut pane = Pane::new(Vec::new());
    pane.given.start = Some(60);
    pane.redraw();
    pane.given.items = items(1..=100);
    assert_eq!(pane.top(60), Some((SIZE.1 * 0.3).round()));
}

#[test]
fn while_nothing_moves_nothing_is_drawn_or_said() {
    let mut pane = Pane::new(items(1..=50));
    pane.rest();
    let said = pane.said.len();
    assert!(!pane.stirs());
    pane.turn(mouse::ScrollDelta::Lines { x: 0.0, y: 1.0 });
    assert!(pane.stirs(), "it glides");
    pane.away();
    pane.rest();
    assert!(pane.said.len() > said);
    let said = pane.said.len();
    assert!(!pane.stirs());
    pane.rest();
    assert_eq!(pane.said.len(), said);
}
