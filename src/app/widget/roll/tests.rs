use super::*;
use crate::widget::stage::Stage;
use crate::widget::text::line;
use iced::Point;
use iced_test::selector::Candidate;

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Open(u32),
    Visible(Range<usize>),
}

const HEIGHT: f32 = 50.0;

fn view(items: &[u32]) -> Element<'_, Said> {
    roll(
        Look::day(),
        "rows",
        items,
        HEIGHT,
        |key| line(14.0, Color::BLACK).push(format!("row {key}"), None, None).into(),
        |key| Id::from(format!("row:{key}")),
        Said::Open,
    )
    .on_visible(Said::Visible)
    .into()
}

fn stage() -> Stage {
    let mut stage = Stage::new(200.0, 400.0);
    stage.point_at(Point::new(-10.0, -10.0));
    stage
}

fn top(stage: &mut Stage, items: &[u32], key: u32) -> Option<f32> {
    let wanted = format!("row {key}");
    stage.find(view(items), move |candidate: Candidate<'_>| match candidate {
        Candidate::Text { content, bounds, .. } if content == wanted => Some(bounds.y),
        _ => None,
    })
}

fn wheel(stage: &mut Stage, items: &[u32], lines: f32) {
    stage.point_at(Point::new(50.0, 200.0));
    let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: lines };
    let _ = stage.events(view(items), &[Event::Mouse(mouse::Event::WheelScrolled { delta })]);
    stage.point_at(Point::new(-10.0, -10.0));
}

#[test]
fn rows_are_pressed_and_found_by_their_ids() {
    let items: Vec<u32> = (0..500).collect();
    let mut stage = stage();
    assert_eq!(stage.click(|| view(&items), "row:3"), [Said::Open(3)]);
    assert!(stage.bounds_of(view(&items), "row:400").is_none(), "only what is in view exists");
}

#[test]
fn a_press_that_ends_elsewhere_opens_nothing() {
    let items: Vec<u32> = (0..500).collect();
    let mut stage = stage();
    let button = mouse::Button::Left;
    stage.point_at(Point::new(50.0, 25.0));
    let mut said = stage.events(view(&items), &[Event::Mouse(mouse::Event::ButtonPressed(button))]);
    stage.point_at(Point::new(50.0, 225.0));
    said.extend(stage.events(view(&items), &[Event::Mouse(mouse::Event::ButtonReleased(button))]));
    assert_eq!(said, []);
}

#[test]
fn at_the_top_it_stays_at_the_top() {
    let mut items: Vec<u32> = (0..100).collect();
    let mut stage = stage();
    assert_eq!(top(&mut stage, &items, 0), Some(0.0));
    items.insert(0, 777);
    assert_eq!(top(&mut stage, &items, 777), Some(0.0));
}

#[test]
fn further_down_a_row_that_moves_to_the_top_moves_nothing_else() {
    let mut items: Vec<u32> = (0..100).collect();
    let mut stage = stage();
    let _ = top(&mut stage, &items, 0);
    wheel(&mut stage, &items, -1000.0);
    let before = top(&mut stage, &items, 22);
    // One from below, then one that is in view.
    items.retain(|key| *key != 60);
    items.insert(0, 60);
    assert_eq!(top(&mut stage, &items, 22), before);
    items.retain(|key| *key != 21);
    items.insert(0, 21);
    assert_eq!(top(&mut stage, &items, 23), before.map(|y| y + HEIGHT));
}

#[test]
fn the_arrows_walk_and_enter_opens() {
    let items: Vec<u32> = (0..100).collect();
    let mut stage = stage();
    let _ = stage.click(|| view(&items), "row:2");
    for _ in 0..10 {
        let _ = stage.press(view(&items), Named::ArrowDown);
    }
    assert!(top(&mut stage, &items, 12).is_some_and(|y| y <= 350.0), "what the arrows point at is in view");
    assert!(stage.press(view(&items), Named::Enter).contains(&Said::Open(12)));
    let _ = stage.press(view(&items), Named::Home);
    assert!(stage.press(view(&items), Named::Enter).contains(&Said::Open(0)));
}

#[test]
fn what_is_in_view_is_said() {
    let items: Vec<u32> = (0..100).collect();
    let mut stage = stage();
    let redraw = Event::Window(iced::window::Event::RedrawRequested(std::time::Instant::now()));
    assert_eq!(stage.events(view(&items), std::slice::from_ref(&redraw)), [Said::Visible(0..8)]);
    assert_eq!(stage.events(view(&items), std::slice::from_ref(&redraw)), []);
    wheel(&mut stage, &items, -100.0);
    assert_eq!(stage.events(view(&items), &[redraw]), [Said::Visible(2..10)]);
}

#[test]
fn a_row_may_have_a_menu_of_its_own() {
    use crate::widget::control::{Item, context_menu};
    let items: Vec<u32> = (0..20).collect();
    let with_menus = || -> Element<'_, Said> {
        let row = |key: u32| {
            let words = iced::widget::container(line(14.0, Color::BLACK).push(format!("row {key}"), None, None));
            let menu = move || vec![Item::new(format!("open {key}"), Said::Open(key))];
            context_menu(Look::day(), words.width(iced::Fill).height(iced::Fill), menu).into()
        };
        roll(Look::day(), "rows", &items, HEIGHT, row, |key| Id::from(format!("row:{key}")), Said::Open).into()
    };
    let mut stage = stage();
    let _ = stage.picture(with_menus(), Look::day());
    stage.point_at(Point::new(60.0, HEIGHT * 2.5));
    assert!(stage.right_click(with_menus()).is_empty());
    assert_eq!(stage.click_words(with_menus, "open 2"), [Said::Open(2)]);
}
