use super::*;
use crate::theme::Direction;
use iced::keyboard::{self, Modifiers};
use iced::widget::{column, container, text};
use iced::{Event, Point, Rectangle};

#[derive(Clone, Debug, PartialEq)]
enum Chose {
    Reply,
    Copy,
    Forward,
    Delete,
    Below,
}

fn items<'a>() -> Vec<Item<'a, Chose>> {
    vec![
        Item::heading("Message"),
        Item::new("Reply", Chose::Reply).icon(Icon::Reply).shortcut("Ctrl R").id("reply"),
        Item::new("Copy text", Chose::Copy).icon(Icon::Copy).id("copy"),
        Item::disabled("Pin").icon(Icon::Pin).id("pin"),
        Item::new("Forward", Chose::Forward).id("forward"),
        Item::divider(),
        Item::new("Delete", Chose::Delete).icon(Icon::Trash).danger().id("delete"),
    ]
}

fn view(look: Look) -> Element<'static, Chose> {
    let below = button(look, "Below").id("below").on_press(Chose::Below);
    let trigger = menu(look, icon_button(look, Icon::More, "More").id("more"), items);
    keys(column![trigger, below].spacing(20).padding(20)).into()
}

fn key<'a, M>(stage: &mut Stage, view: Element<'a, M>, named: Named, modifiers: Modifiers) -> Vec<M> {
    let mut event = iced_test::simulator::press_key(named, None);
    if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers: held, .. }) = &mut event {
        *held = modifiers;
    }
    stage.events(view, &[event])
}

fn is_open(stage: &mut Stage) -> bool {
    stage.bounds_of(view(LOOK), "copy").is_some()
}

#[test]
fn a_menu_opens_by_the_pointer_and_one_line_is_chosen() {
    let mut stage = stage();
    assert!(!is_open(&mut stage));
    assert_eq!(stage.click(|| view(LOOK), "more"), []);
    assert!(is_open(&mut stage));
    assert_eq!(stage.click(|| view(LOOK), "copy"), [Chose::Copy]);
    assert!(!is_open(&mut stage));
    assert!(stage.has_focus(view(LOOK), "more"));
}

#[test]
fn a_click_elsewhere_closes_a_menu_and_does_nothing_else() {
    let mut stage = stage();
    let below = stage.bounds_of(view(LOOK), "below").unwrap();
    stage.click(|| view(LOOK), "more");
    // The button under it does not hear of the click, where the menu does not cover it.
    stage.point_at(Point::new(390.0, below.center_y()));
    assert_eq!(stage.events(view(LOOK), &iced_test::simulator::click().collect::<Vec<_>>()), []);
    assert!(!is_open(&mut stage));
    stage.click(|| view(LOOK), "more");
    assert_eq!(stage.click(|| view(LOOK), "pin"), [], "what is disabled cannot be chosen");
    assert!(is_open(&mut stage));
}

#[test]
fn the_keyboard_opens_walks_and_chooses() {
    let mut stage = stage();
    stage.press(view(LOOK), Named::Tab);
    stage.press(view(LOOK), Named::Enter);
    assert!(is_open(&mut stage));
    // It begins at the first line that can be chosen, goes past what cannot, and round.
    assert_eq!(stage.press(view(LOOK), Named::Enter), [Chose::Reply]);
    for (steps, chosen) in [(1, Chose::Copy), (2, Chose::Forward), (3, Chose::Delete), (4, Chose::Reply)] {
        stage.press(view(LOOK), Named::ArrowDown);
        for _ in 0..steps {
            stage.press(view(LOOK), Named::ArrowDown);
        }
        assert_eq!(stage.press(view(LOOK), Named::Enter), [chosen], "{steps} down");
    }
    stage.press(view(LOOK), Named::Space);
    stage.press(view(LOOK), Named::End);
    assert_eq!(stage.press(view(LOOK), Named::Space), [Chose::Delete]);
    stage.press(view(LOOK), Named::Space);
    stage.press(view(LOOK), Named::ArrowUp);
    stage.press(view(LOOK), Named::Home);
    assert_eq!(stage.press(view(LOOK), Named::Space), [Chose::Reply]);
    stage.press(view(LOOK), Named::Space);
    stage.typewrite(view(LOOK), "fo");
    assert_eq!(stage.press(view(LOOK), Named::Enter), [Chose::Forward]);
}

#[test]
fn escape_and_tab_close_a_menu_and_the_focus_is_where_it_was() {
    for closing in [Named::Escape, Named::Tab] {
        let mut stage = stage();
        stage.press(view(LOOK), Named::Tab);
        stage.press(view(LOOK), Named::Enter);
        assert!(is_open(&mut stage));
        assert_eq!(stage.press(view(LOOK), closing), []);
        assert!(!is_open(&mut stage));
        assert!(stage.has_focus(view(LOOK), "more"));
    }
}

fn panel(stage: &mut Stage, view: impl Fn() -> Element<'static, Chose>) -> Rectangle {
    let (first, last) = (stage.bounds_of(view(), "reply").unwrap(), stage.bounds_of(view(), "delete").unwrap());
    Rectangle { height: last.y + last.height - first.y, ..first }
}

#[test]
fn a_context_menu_opens_at_the_pointer_and_stays_in_the_window() {
    let view = || -> Element<'static, Chose> {
        let content = container(row(LOOK, "Row", text("Row")).id("row").on_press(Chose::Below)).padding(10).height(500);
        keys(context_menu(LOOK, content, items)).into()
    };
    let mut stage = stage();
    for (x, y) in [(20.0, 20.0), (395.0, 20.0), (395.0, 495.0), (5.0, 495.0), (200.0, 250.0)] {
        stage.point_at(Point::new(x, y));
        assert_eq!(stage.right_click(view()), []);
        let panel = panel(&mut stage, view);
        let window = Rectangle::with_size(iced::Size::new(400.0, 500.0));
        assert!(panel.is_within(&window), "{panel:?} from {x}, {y}");
        let near = panel.expand(48.0).contains(Point::new(x, y));
        assert!(near, "{panel:?} is not at {x}, {y}");
        assert_eq!(stage.press(view(), Named::Escape), []);
    }
    // From the keyboard, for what has the focus.
    for (named, modifiers) in [(Named::ContextMenu, Modifiers::empty()), (Named::F10, Modifiers::SHIFT)] {
        stage.press(view(), Named::Tab);
        assert_eq!(key(&mut stage, view(), named, modifiers), []);
        assert_eq!(stage.press(view(), Named::Enter), [Chose::Reply]);
    }
    assert_eq!(key(&mut stage, view(), Named::F10, Modifiers::empty()), []);
    assert!(stage.bounds_of(view(), "copy").is_none());
}

#[test]
fn a_long_menu_scrolls_to_what_is_active() {
    let view = || -> Element<'static, usize> {
        let names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let items = move || (0..60).map(|at| Item::new(names[at % 10], at).id(names[at / 10])).collect();
        keys(menu(LOOK.with_text(2.0), button(LOOK, "Open").id("open"), items)).into()
    };
    let mut stage = stage();
    stage.press(view(), Named::Tab);
    stage.press(view(), Named::Enter);
    assert!(stage.bounds_of(view(), "5").is_none());
    stage.press(view(), Named::End);
    let last = stage.bounds_of(view(), "5").expect("the last lines are in view");
    assert!(last.y + last.height <= 500.0);
    assert_eq!(stage.press(view(), Named::Enter), [59]);
    stage.press(view(), Named::Enter);
    stage.press(view(), Named::PageDown);
    let chosen = stage.press(view(), Named::Enter);
    assert!(chosen[0] > 1 && chosen[0] < 20, "{chosen:?}");
}

#[test]
fn a_menu_is_mirrored() {
    let rtl = Look { direction: Direction::RightToLeft, ..LOOK };
    let view = |look| -> Element<'static, Chose> {
        let trigger = menu(look, button(look, "A rather long button").id("more").width(300), items);
        keys(container(trigger).padding(30)).into()
    };
    let mut stage = stage();
    stage.click(|| view(LOOK), "more");
    let (button, row) = (stage.bounds_of(view(LOOK), "more").unwrap(), stage.bounds_of(view(LOOK), "reply").unwrap());
    assert!((row.x - button.x).abs() < 10.0);
    let (button, row) = (stage.bounds_of(view(rtl), "more").unwrap(), stage.bounds_of(view(rtl), "reply").unwrap());
    assert!((row.x + row.width - button.x - button.width).abs() < 10.0);
}
