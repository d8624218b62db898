use super::*;
use iced::Point;
use iced::widget::{column, text};

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Ask,
    Yes,
    No,
    Third,
    Behind,
    Typed(String),
    Escaped,
    Picked(u8),
}

#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Nothing,
    Question,
    Field,
    Busy,
    Choice,
}

fn view(shown: Shown) -> Element<'static, Said> {
    let screen = column![
        button(LOOK, "Ask").id("ask").on_press(Said::Ask),
        button(LOOK, "Behind").id("behind").on_press(Said::Behind),
    ]
    .spacing(20)
    .padding(20);
    let question = || {
        dialog(LOOK, "Log out?")
            .text("This computer forgets the account.")
            .danger("Log out", Some(Said::Yes))
            .cancel("Cancel", Said::No)
            .other("More", Said::Third)
    };
    let dialog = match shown {
        Shown::Nothing => None,
        Shown::Question => Some(question()),
        Shown::Busy => Some(question().busy(true)),
        Shown::Field => {
            Some(question().content(column![text("Why"), field(LOOK, "Reason", "").id("reason").on_input(Said::Typed)]))
        }
        Shown::Choice => {
            let choices = [Choice::new(1, "One"), Choice::new(2, "Two")];
            Some(question().content(select(LOOK, "Number", Some(1), choices).id("number").on_choose(Said::Picked)))
        }
    };
    keys(with_dialog(LOOK, screen, dialog)).on_escape(Some(Said::Escaped)).into()
}

#[test]
fn escape_cancels_and_enter_goes_on() {
    let mut stage = stage();
    assert_eq!(stage.press(view(Shown::Nothing), Named::Escape), [Said::Escaped]);
    assert_eq!(stage.press(view(Shown::Question), Named::Escape), [Said::No]);
    assert_eq!(stage.press(view(Shown::Question), Named::Enter), [Said::Yes]);
    assert_eq!(stage.press(view(Shown::Busy), Named::Enter), []);
    // In a field that sends nothing by itself as well.
    let mut stage = self::stage();
    assert_eq!(stage.typewrite(view(Shown::Field), "x"), [Said::Typed("x".to_owned())]);
    assert_eq!(stage.press(view(Shown::Field), Named::Enter), [Said::Yes]);
    assert_eq!(stage.press(view(Shown::Field), Named::Escape), [Said::No]);
}

#[test]
fn the_focus_stays_inside_and_comes_back() {
    let mut stage = stage();
    stage.press(view(Shown::Nothing), Named::Tab);
    assert!(stage.has_focus(view(Shown::Nothing), "ask"));
    assert_eq!(stage.press(view(Shown::Nothing), Named::Enter), [Said::Ask]);
    assert!(stage.has_focus(view(Shown::Question), PRIMARY));
    for id in [OTHER, CANCEL, PRIMARY, OTHER] {
        stage.press(view(Shown::Question), Named::Tab);
        assert!(stage.has_focus(view(Shown::Question), id), "{id} should have the focus");
    }
    assert_eq!(stage.press(view(Shown::Question), Named::Enter), [Said::Third]);
    stage.press_with_shift(view(Shown::Question), Named::Tab);
    assert!(stage.has_focus(view(Shown::Question), PRIMARY));
    assert!(stage.has_focus(view(Shown::Nothing), "ask"));
    assert_eq!(stage.press(view(Shown::Nothing), Named::Enter), [Said::Ask]);
}

#[test]
fn the_first_field_has_the_focus() {
    let mut stage = stage();
    assert!(stage.has_focus(view(Shown::Field), "reason"));
    for id in [OTHER, CANCEL, PRIMARY, "reason"] {
        stage.press(view(Shown::Field), Named::Tab);
        assert!(stage.has_focus(view(Shown::Field), id), "{id} should have the focus");
    }
}

#[test]
fn what_is_behind_hears_nothing() {
    let mut stage = stage();
    let behind = stage.bounds_of(view(Shown::Nothing), "behind").unwrap().center();
    assert!(stage.bounds_of(view(Shown::Field), "behind").is_none());
    stage.point_at(behind);
    let click = || iced_test::simulator::click().collect::<Vec<_>>();
    // Nothing is lost with a question: a click beside it cancels. What was typed is not thrown away so.
    assert_eq!(stage.events(view(Shown::Field), &click()), []);
    assert_eq!(stage.events(view(Shown::Question), &click()), [Said::No]);
    assert_eq!(stage.events(view(Shown::Nothing), &click()), [Said::Behind]);
}

#[test]
fn each_answer_can_be_clicked() {
    let mut stage = stage();
    for (id, said) in [(PRIMARY, Said::Yes), (CANCEL, Said::No), (OTHER, Said::Third)] {
        assert_eq!(stage.click(|| view(Shown::Question), id), [said]);
    }
}

#[test]
fn a_drop_down_in_a_dialog_closes_before_the_dialog() {
    let mut stage = stage();
    assert!(stage.has_focus(view(Shown::Choice), "number"));
    stage.press(view(Shown::Choice), Named::Enter);
    assert!(stage.find(view(Shown::Choice), "Two").is_some());
    assert_eq!(stage.press(view(Shown::Choice), Named::Escape), []);
    assert!(stage.find(view(Shown::Choice), "Two").is_none());
    assert_eq!(stage.press(view(Shown::Choice), Named::Escape), [Said::No]);
    stage.press(view(Shown::Choice), Named::Enter);
    stage.press(view(Shown::Choice), Named::ArrowDown);
    assert_eq!(stage.press(view(Shown::Choice), Named::Enter), [Said::Picked(2)]);
}

#[test]
fn a_dialog_fits_into_small_windows_with_large_text() {
    let look = LOOK.with_text(2.0);
    let view = || -> Element<'static, Said> {
        let long = "Long words that go on and on, and say again what was said before in other words. ".repeat(6);
        let dialog = dialog(look, "Log out of every device that there is?")
            .text(long)
            .danger("Log out of all", Some(Said::Yes))
            .cancel("Cancel", Said::No);
        with_dialog(look, button(look, "Behind").on_press(Said::Behind), Some(dialog))
    };
    let mut stage = Stage::new(380.0, 480.0);
    let window = iced::Rectangle::with_size(iced::Size::new(380.0, 480.0));
    for id in [PRIMARY, CANCEL] {
        let bounds = stage.bounds_of(view(), id).unwrap();
        assert!(bounds.is_within(&window), "{id}: {bounds:?}");
    }
    assert!(window.contains(Point::ORIGIN));
}
