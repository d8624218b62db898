mod choosing;
mod dialog;
mod gallery;
mod menu;
mod passing;

use super::focus::keys;
use super::*;
use crate::theme::Look;
use crate::widget::stage::Stage;
use iced::keyboard::key::Named;
use iced::widget::column;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Did {
    First,
    Second,
    Row,
    Switched(bool),
    Typed,
    Submitted,
    Escaped,
}

const LOOK: Look = Look::day();

fn all<'a>() -> Element<'a, Did> {
    let content = column![
        button(LOOK, "First").id("first").on_press(Did::First),
        button(LOOK, "Nothing").id("disabled"),
        icon_button(LOOK, Icon::Send, "Second").id("second").on_press(Did::Second),
        row(LOOK, "Lighthouse Keepers", iced::widget::text("inside")).id("row").on_press(Did::Row),
        toggle(LOOK, "Switch", false).id("switch").on_toggle(Did::Switched),
        field(LOOK, "Name", "").id("field").on_input(|_| Did::Typed).on_submit(Did::Submitted),
    ]
    .spacing(20)
    .padding(20);
    keys(content).on_escape(Some(Did::Escaped)).into()
}

fn stage() -> Stage {
    Stage::new(400.0, 500.0)
}

#[test]
fn tab_goes_round_all_that_can_be_used_and_back() {
    let mut stage = stage();
    for id in ["first", "second", "row", "switch", "field", "first"] {
        assert!(stage.press(all(), Named::Tab).is_empty());
        assert!(stage.has_focus(all(), id), "{id} should have the focus");
    }
    for id in ["field", "switch"] {
        assert!(stage.press_with_shift(all(), Named::Tab).is_empty());
        assert!(stage.has_focus(all(), id), "{id} should have the focus");
    }
}

#[test]
fn enter_and_space_press_what_has_the_focus() {
    let mut stage = stage();
    assert_eq!(stage.press(all(), Named::Enter), []);
    stage.press(all(), Named::Tab);
    assert_eq!(stage.press(all(), Named::Enter), [Did::First]);
    assert_eq!(stage.press(all(), Named::Space), [Did::First]);
    stage.press(all(), Named::Tab);
    assert_eq!(stage.press(all(), Named::Enter), [Did::Second]);
    stage.press(all(), Named::Tab);
    assert_eq!(stage.press(all(), Named::Space), [Did::Row]);
    stage.press(all(), Named::Tab);
    assert_eq!(stage.press(all(), Named::Space), [Did::Switched(true)]);
    stage.press(all(), Named::Tab);
    assert_eq!(stage.typewrite(all(), "a"), [Did::Typed]);
    assert_eq!(stage.press(all(), Named::Enter), [Did::Submitted]);
}

#[test]
fn the_pointer_presses_and_disabled_controls_do_nothing() {
    let mut stage = stage();
    assert_eq!(stage.click(all, "first"), [Did::First]);
    assert_eq!(stage.click(all, "disabled"), []);
    assert_eq!(stage.press(all(), Named::Enter), []);
    assert_eq!(stage.click(all, "row"), [Did::Row]);
    assert_eq!(stage.click(all, "switch"), [Did::Switched(true)]);
}

#[test]
fn a_press_that_is_let_go_elsewhere_does_nothing() {
    let mut stage = stage();
    let first = stage.bounds_of(all(), "first").unwrap().center();
    let mut click = iced_test::simulator::click();
    stage.point_at(first);
    assert_eq!(stage.events(all(), &[click.next().unwrap()]), []);
    stage.point_at(iced::Point::new(390.0, 490.0));
    assert_eq!(stage.events(all(), &[click.next().unwrap()]), []);
}

#[test]
fn busy_controls_keep_the_focus_and_do_nothing() {
    let view = |busy| -> Element<'static, Did> {
        keys(column![button(LOOK, "Go").id("go").busy(busy).on_press(Did::First)].padding(20)).into()
    };
    let mut stage = stage();
    stage.press(view(false), Named::Tab);
    assert_eq!(stage.press(view(true), Named::Enter), []);
    assert_eq!(stage.click(|| view(true), "go"), []);
    stage.press(view(true), Named::Tab);
    assert!(stage.has_focus(view(true), "go"));
    assert_eq!(stage.press(view(false), Named::Enter), [Did::First]);
}

#[test]
fn the_ring_shows_for_the_keyboard_only() {
    // The plain button has no accent of its own.
    let view = || -> Element<'static, Did> {
        keys(column![button(LOOK, "Quiet").id("quiet").on_press(Did::First)].padding(20)).into()
    };
    let mut stage = stage();
    assert!(!stage.picture(view(), LOOK).shows(LOOK.palette.accent));
    stage.click(view, "quiet");
    assert!(stage.has_focus(view(), "quiet"));
    assert!(!stage.picture(view(), LOOK).shows(LOOK.palette.accent));
    stage.press(view(), Named::Tab);
    assert!(stage.picture(view(), LOOK).shows(LOOK.palette.accent));
    stage.click(view, "quiet");
    assert!(!stage.picture(view(), LOOK).shows(LOOK.palette.accent));
}

#[test]
fn controls_are_found_by_label_and_by_id() {
    let mut stage = stage();
    for label in ["First", "Nothing", "Second", "Lighthouse Keepers", "inside", "Switch", "Name"] {
        assert!(stage.find(all(), label).is_some(), "{label}");
    }
    for id in ["first", "disabled", "second", "row", "switch", "field"] {
        assert!(stage.bounds_of(all(), id).is_some(), "{id}");
    }
}

#[test]
fn escape_is_told() {
    assert_eq!(stage().press(all(), Named::Escape), [Did::Escaped]);
}

#[test]
fn hover_and_press_look_different() {
    let view =
        || -> Element<'static, Did> { button(LOOK, "Go").id("go").kind(Kind::Primary).on_press(Did::First).into() };
    let mut stage = stage();
    assert!(stage.picture(view(), LOOK).shows(LOOK.palette.accent));
    let middle = stage.bounds_of(view(), "go").unwrap().center();
    stage.point_at(middle);
    assert!(!stage.picture(view(), LOOK).shows(LOOK.palette.accent));
    let disabled = || -> Element<'static, Did> { button(LOOK, "Go").id("go").kind(Kind::Primary).into() };
    assert!(stage.picture(disabled(), LOOK).shows(LOOK.palette.quiet));
}

#[test]
fn the_code_field_takes_digits_only_and_no_more_than_it_has_boxes() {
    #[derive(Clone, Debug, PartialEq)]
    struct Typed(String);
    let mut stage = stage();
    let mut value = String::new();
    let view =
        |value: &'static str| -> Element<'static, Typed> { code(LOOK, value, 5).id("code").on_input(Typed).into() };
    stage.click(|| view(""), "code");
    assert!(stage.has_focus(view(""), "code"));
    for c in ["1", "x", "2", "3", "4", "5", "6"] {
        let shown: &'static str = value.clone().leak();
        if let Some(Typed(typed)) = stage.typewrite(view(shown), c).pop() {
            value = typed;
        }
    }
    assert_eq!(value, "12345");
    // A click in the middle does not bring the unseen caret there.
    stage.click(|| view("123"), "code");
    assert_eq!(stage.typewrite(view("123"), "9"), [Typed("1239".to_owned())]);
    // After a refusal the next digit begins anew, and backspace mends what is there.
    let refused =
        || -> Element<'static, Typed> { code(LOOK, "12345", 5).id("code").wrong(true).on_input(Typed).into() };
    stage.click(refused, "code");
    assert_eq!(stage.typewrite(refused(), "7"), [Typed("7".to_owned())]);
    assert_eq!(stage.press(refused(), Named::Backspace), [Typed("1234".to_owned())]);
}
