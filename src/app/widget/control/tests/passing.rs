//! What comes and goes with time: hints and toasts; and the signs in fields.

use super::*;
use iced::Point;
use iced::widget::{column, container};
use std::time::Duration;

const LONG: Duration = Duration::from_millis(600);

fn sign() -> Element<'static, Did> {
    let first = icon_button(LOOK, Icon::Send, "Send it").id("send").shortcut("Enter").on_press(Did::First);
    let second = button(LOOK, "Other").id("other").on_press(Did::Second);
    keys(column![first, second].spacing(100).padding(100)).into()
}

#[test]
fn a_hint_comes_when_the_pointer_rests_and_goes_with_a_click() {
    let mut stage = stage();
    let shown = |stage: &mut Stage| stage.find(sign(), "Enter").is_some();
    let there = stage.bounds_of(sign(), "send").unwrap().center();
    stage.move_to(sign(), there);
    assert!(!shown(&mut stage), "not at once");
    stage.pass(sign(), LONG);
    assert!(shown(&mut stage));
    assert_eq!(stage.events(sign(), &iced_test::simulator::click().collect::<Vec<_>>()), [Did::First]);
    assert!(!shown(&mut stage), "a click puts it away");
    stage.pass(sign(), LONG);
    stage.pass(sign(), LONG);
    assert!(!shown(&mut stage), "and it stays away while the pointer stays");
    stage.move_to(sign(), Point::new(5.0, 5.0));
    stage.pass(sign(), LONG);
    // The click gave the focus without a ring, which asks for no hint.
    assert!(!shown(&mut stage));
    stage.move_to(sign(), there);
    stage.pass(sign(), LONG);
    assert!(shown(&mut stage), "it comes again");
    stage.move_to(sign(), Point::new(5.0, 5.0));
    assert!(!shown(&mut stage));
}

#[test]
fn a_hint_comes_for_the_keyboard() {
    let mut stage = stage();
    let shown = |stage: &mut Stage| stage.find(sign(), "Enter").is_some();
    stage.press(sign(), Named::Tab);
    stage.pass(sign(), Duration::ZERO);
    stage.pass(sign(), LONG);
    assert!(shown(&mut stage));
    stage.press(sign(), Named::Tab);
    stage.pass(sign(), LONG);
    assert!(!shown(&mut stage));
}

#[test]
fn a_hint_stays_in_the_window() {
    for (x, y) in [(0.0, 0.0), (364.0, 0.0), (0.0, 464.0), (364.0, 464.0)] {
        let view = || -> Element<'static, Did> {
            let sign = icon_button(LOOK, Icon::Send, "A rather long hint for one sign").id("send").on_press(Did::First);
            container(sign).padding(iced::Padding { left: x, top: y, ..iced::Padding::ZERO }).into()
        };
        let mut stage = stage();
        let there = stage.bounds_of(view(), "send").unwrap().center();
        stage.move_to(view(), there);
        stage.pass(view(), LONG);
        let words = stage.find(view(), "A rather long hint for one sign").unwrap().bounds();
        let picture = stage.picture(view(), LOOK);
        assert!(picture.shows(LOOK.palette.text), "{words:?} at {x}, {y}");
        // Of two that say so the button comes first; the words of the hint are black on white somewhere.
        assert!(picture.shows(LOOK.palette.raised));
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Toasted {
    Close(u64),
    Undo,
}

fn toasted(toasts: &Toasts<Toasted>) -> Element<'static, Toasted> {
    at_the_bottom(toasts.view(LOOK, "Close", Toasted::Close))
}

#[test]
fn a_toast_goes_by_itself_but_not_under_the_pointer() {
    let mut toasts = Toasts::default();
    assert!(toasts.is_empty());
    toasts.push(Toast::new("Copied"));
    toasts.push(Toast::new("Copied"));
    let mut stage = stage();
    stage.pass(toasted(&toasts), Duration::ZERO);
    assert!(stage.pass(toasted(&toasts), Duration::from_secs(4)).is_empty());
    let there = stage.find(toasted(&toasts), "Copied").unwrap().bounds().center();
    stage.move_to(toasted(&toasts), there);
    assert!(stage.pass(toasted(&toasts), Duration::from_secs(60)).is_empty());
    stage.move_to(toasted(&toasts), Point::new(5.0, 5.0));
    assert!(stage.pass(toasted(&toasts), Duration::ZERO).is_empty());
    assert!(stage.pass(toasted(&toasts), Duration::from_secs(4)).is_empty(), "its time begins anew");
    assert_eq!(stage.pass(toasted(&toasts), Duration::from_secs(2)), [Toasted::Close(1)]);
    assert!(stage.pass(toasted(&toasts), Duration::from_secs(60)).is_empty(), "told once");
    toasts.close(1);
    assert!(toasts.is_empty(), "what is said already is not said again");
}

#[test]
fn toasts_wait_for_each_other_and_offer_what_can_be_done() {
    let mut toasts = Toasts::default();
    for words in ["One", "Two", "Three", "Four"] {
        toasts.push(Toast::new(words).action("Undo", Toasted::Undo).icon(Icon::Trash).tone(Tone::Danger));
    }
    let mut stage = stage();
    let seen = |stage: &mut Stage, toasts: &Toasts<Toasted>| {
        ["One", "Two", "Three", "Four"].map(|words| stage.find(toasted(toasts), words).is_some())
    };
    assert_eq!(seen(&mut stage, &toasts), [true, true, true, false]);
    toasts.close(1);
    assert_eq!(seen(&mut stage, &toasts), [false, true, true, true]);
    assert_eq!(stage.click_words(|| toasted(&toasts), "Undo"), [Toasted::Undo]);
    assert_eq!(stage.click_words(|| toasted(&toasts), "Close"), [Toasted::Close(2)]);
}

#[derive(Clone, Debug, PartialEq)]
enum Wrote {
    Typed(String),
    Showed(bool),
}

fn password(shown: bool) -> Element<'static, Wrote> {
    let field = field(LOOK, "Password", "secret").id("password").on_input(Wrote::Typed).clear("Empty it");
    let label = if shown { "Hide" } else { "Show" };
    keys(column![field.reveal(shown, label, Wrote::Showed(!shown))].padding(20)).into()
}

#[test]
fn a_field_shows_what_is_hidden_and_is_emptied() {
    let mut stage = stage();
    assert_eq!(stage.click_words(|| password(false), "Show"), [Wrote::Showed(true)]);
    assert_eq!(stage.click_words(|| password(true), "Hide"), [Wrote::Showed(false)]);
    assert_eq!(stage.click_words(|| password(true), "Empty it"), [Wrote::Typed(String::new())]);
    let (hidden, shown) = (stage.picture(password(false), LOOK), stage.picture(password(true), LOOK));
    assert_ne!(hidden.pixels(), shown.pixels());
    // What is typed never runs under the signs.
    let mut stage = self::stage();
    stage.press(password(false), Named::Tab);
    assert!(stage.has_focus(password(false), "password"));
}
