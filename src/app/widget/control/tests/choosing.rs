//! Tabs, sliders and drop-downs.

use super::*;
use crate::theme::Direction;
use iced::widget::{column, container};
use iced::{Event, Point, mouse};

const RTL: Look = Look { direction: Direction::RightToLeft, ..LOOK };

fn strip(look: Look, chosen: u8, down: bool) -> Element<'static, u8> {
    let tabs = tabs(look, "What to see", chosen, |chosen| chosen)
        .page(0, Icon::Photo, "Media", "media")
        .page(1, Icon::File, "Files", "files")
        .page(2, Icon::Link, "Links", "links")
        .id("tabs");
    keys(if down { tabs.down() } else { tabs }).into()
}

#[test]
fn tabs_are_one_stop_of_the_keyboard_and_the_arrows_choose() {
    let mut stage = stage();
    stage.press(strip(LOOK, 0, false), Named::Tab);
    assert!(stage.has_focus(strip(LOOK, 0, false), "tabs"));
    stage.press(strip(LOOK, 0, false), Named::Tab);
    assert!(stage.has_focus(strip(LOOK, 0, false), "tabs"), "there is nothing else");
    for (look, chosen, down, key, expected) in [
        (LOOK, 0, false, Named::ArrowRight, vec![1]),
        (LOOK, 2, false, Named::ArrowRight, vec![0]),
        (LOOK, 0, false, Named::ArrowLeft, vec![2]),
        (RTL, 0, false, Named::ArrowLeft, vec![1]),
        (RTL, 0, false, Named::ArrowRight, vec![2]),
        (LOOK, 1, false, Named::ArrowDown, vec![]),
        (LOOK, 1, true, Named::ArrowDown, vec![2]),
        (LOOK, 1, true, Named::ArrowUp, vec![0]),
        (LOOK, 1, false, Named::Home, vec![0]),
        (LOOK, 1, false, Named::End, vec![2]),
        (LOOK, 2, false, Named::End, vec![]),
    ] {
        assert_eq!(stage.press(strip(look, chosen, down), key), expected, "{chosen} {down} {key:?}");
    }
}

#[test]
fn tabs_are_clicked_and_mirrored() {
    let mut stage = stage();
    assert_eq!(stage.click(|| strip(LOOK, 0, false), "links"), [2]);
    assert!(stage.click(|| strip(LOOK, 2, false), "links").is_empty());
    let x = |stage: &mut Stage, look, id| stage.bounds_of(strip(look, 0, false), id).unwrap().x;
    assert!(x(&mut stage, LOOK, "media") < x(&mut stage, LOOK, "links"));
    assert!(x(&mut stage, RTL, "media") > x(&mut stage, RTL, "links"));
}

#[test]
fn tabs_go_on_in_the_next_line_where_there_is_no_room() {
    let look = LOOK.with_text(2.0);
    let mut stage = Stage::new(260.0, 300.0);
    let y = |stage: &mut Stage, id| stage.bounds_of(strip(look, 0, false), id).unwrap();
    let (media, links) = (y(&mut stage, "media"), y(&mut stage, "links"));
    assert!(links.y > media.y && links.x + links.width <= 260.0, "{links:?}");
}

#[derive(Clone, Debug, PartialEq)]
enum Slid {
    To(f32),
    LetGo,
}

fn size(look: Look, value: f32, enabled: bool) -> Element<'static, Slid> {
    let slider = slider(look, "Text size", value, 80.0..=200.0).step(10.0).says("100 %").id("size");
    let slider = if enabled { slider.on_change(Slid::To).on_release(Slid::LetGo) } else { slider };
    keys(container(slider).padding(20)).into()
}

#[test]
fn a_slider_goes_by_steps_with_the_keyboard() {
    let mut stage = stage();
    stage.press(size(LOOK, 100.0, true), Named::Tab);
    assert!(stage.has_focus(size(LOOK, 100.0, true), "size"));
    for (look, value, key, to) in [
        (LOOK, 100.0, Named::ArrowRight, 110.0),
        (LOOK, 100.0, Named::ArrowLeft, 90.0),
        (RTL, 100.0, Named::ArrowRight, 90.0),
        (RTL, 100.0, Named::ArrowLeft, 110.0),
        (RTL, 100.0, Named::ArrowUp, 110.0),
        (LOOK, 100.0, Named::ArrowDown, 90.0),
        (LOOK, 100.0, Named::PageUp, 150.0),
        (LOOK, 100.0, Named::PageDown, 80.0),
        (LOOK, 100.0, Named::Home, 80.0),
        (LOOK, 100.0, Named::End, 200.0),
    ] {
        assert_eq!(stage.press(size(look, value, true), key), [Slid::To(to), Slid::LetGo], "{key:?}");
    }
    assert_eq!(stage.press(size(LOOK, 200.0, true), Named::ArrowRight), [], "not past the end");
}

#[test]
fn a_slider_is_dragged() {
    let mut stage = stage();
    let at = |stage: &mut Stage, look, part: f32| {
        let bounds = stage.bounds_of(size(look, 100.0, true), "size").unwrap();
        Point::new(bounds.x + bounds.width * part, bounds.center_y())
    };
    let event = |event| [Event::Mouse(event)];
    for (look, end) in [(LOOK, 1.0), (RTL, 0.0)] {
        let to = at(&mut stage, look, end * 0.998 + 0.001);
        stage.point_at(to);
        let pressed = mouse::Event::ButtonPressed(mouse::Button::Left);
        assert_eq!(stage.events(size(look, 100.0, true), &event(pressed)), [Slid::To(200.0)]);
        // On, also beside the track.
        let beside = Point::new(at(&mut stage, look, 1.0 - end).x, 400.0);
        stage.point_at(beside);
        let moved = mouse::Event::CursorMoved { position: beside };
        assert_eq!(stage.events(size(look, 200.0, true), &event(moved)), [Slid::To(80.0)]);
        let released = mouse::Event::ButtonReleased(mouse::Button::Left);
        assert_eq!(stage.events(size(look, 80.0, true), &event(released)), [Slid::LetGo]);
        assert!(stage.events(size(look, 80.0, true), &event(moved)).is_empty());
    }
    let middle = at(&mut stage, LOOK, 0.5);
    stage.point_at(middle);
    assert_eq!(stage.events(size(LOOK, 100.0, false), &iced_test::simulator::click().collect::<Vec<_>>()), []);
    stage.press(size(LOOK, 100.0, false), Named::Tab);
    assert!(!stage.has_focus(size(LOOK, 100.0, false), "size"));
}

const COUNTRIES: [(&str, &str, &str); 6] = [
    ("DE", "Germany", "+49"),
    ("GB", "United Kingdom", "+44"),
    ("IT", "Italy", "+39"),
    ("SE", "Sweden", "+46"),
    ("UA", "Ukraine", "+380"),
    ("US", "United States", "+1"),
];

fn country(searchable: bool, inline: bool) -> Element<'static, &'static str> {
    let choices = COUNTRIES.map(|(id, name, code)| Choice::new(id, name).note(code).also(id));
    let select = select(LOOK, "Country", Some("SE"), choices).id("country").on_choose(|chosen| chosen);
    let select = if searchable { select.searchable("Search", "Nothing was found") } else { select };
    let select = if inline { select.inline() } else { select };
    keys(column![select].padding(20)).into()
}

#[test]
fn a_drop_down_opens_at_what_is_chosen() {
    let mut stage = stage();
    stage.press(country(false, false), Named::Tab);
    assert!(stage.has_focus(country(false, false), "country"));
    stage.press(country(false, false), Named::ArrowDown);
    assert!(stage.find(country(false, false), "Italy").is_some());
    stage.press(country(false, false), Named::ArrowDown);
    assert_eq!(stage.press(country(false, false), Named::Enter), ["UA"]);
    assert!(stage.has_focus(country(false, false), "country"));
}

#[test]
fn letters_choose_in_a_drop_down_also_while_it_is_closed() {
    let mut stage = stage();
    stage.press(country(false, false), Named::Tab);
    stage.typewrite(country(false, false), "united s");
    assert_eq!(stage.press(country(false, false), Named::Enter), ["US"]);
    stage.press(country(false, false), Named::Enter);
    stage.typewrite(country(false, false), "uu");
    assert_eq!(stage.press(country(false, false), Named::Enter), ["US"], "the second one with u after Sweden");
}

#[test]
fn a_drop_down_is_searched() {
    let mut stage = stage();
    stage.click(|| country(true, false), "country");
    stage.typewrite(country(true, false), "+4");
    let seen = |stage: &mut Stage| COUNTRIES.map(|(_, name, _)| stage.find(country(true, false), name).is_some());
    assert_eq!(seen(&mut stage), [true, true, false, true, false, false]);
    assert_eq!(stage.press(country(true, false), Named::Enter), ["DE"]);
    stage.click(|| country(true, false), "country");
    stage.typewrite(country(true, false), "xyz");
    // Sweden is chosen, and so still stands in the closed part.
    assert_eq!(seen(&mut stage), [false, false, false, true, false, false]);
    assert!(stage.find(country(true, false), "Nothing was found").is_some());
    assert!(stage.press(country(true, false), Named::Enter).is_empty());
    assert!(stage.press(country(true, false), Named::Escape).is_empty());
    // The first letter opens it and is searched for.
    stage.typewrite(country(true, false), "ital");
    assert_eq!(stage.press(country(true, false), Named::Enter), ["IT"]);
}

#[test]
fn a_drop_down_is_clicked() {
    for inline in [false, true] {
        let mut stage = stage();
        stage.click(|| country(false, inline), "country");
        assert_eq!(stage.click_words(|| country(false, inline), "Italy"), ["IT"]);
    }
}
