use super::highlight::Token;
use super::*;
use crate::widget::stage::Stage;
use heliograph_model::EntityKind;
use iced_test::simulator;

#[test]
fn words_are_found_and_links_open() {
    let text = FormattedText::from_utf16("see a.example".into(), [(4, 9, EntityKind::Url)]);
    let element: Element<'_, Link> = formatted(Look::day(), &text, Color::BLACK).on_link(|link| link).into();
    let mut ui = simulator(element);
    let _found = ui.find("see a.example").expect("found by its words");
    let end = _found.bounds();
    ui.point_at(Point::new(end.x + end.width - 20.0, end.center_y()));
    let _ = ui.simulate(simulator::click());
    assert_eq!(ui.into_messages().collect::<Vec<_>>(), [Link::Url("https://a.example".into())]);
}

/// Words as they are shown in so much room, and what can be asked of them.
fn state(text: &FormattedText, room: f32) -> State {
    crate::theme::fonts::load();
    let mut state = State::new();
    state.settle(text, Look::day(), room, true);
    state
}

fn text(words: &str, entities: &[(i64, i64, EntityKind)]) -> FormattedText {
    FormattedText::from_utf16(words.into(), entities.iter().cloned())
}

/// Every boundary between characters as people see them.
fn boundaries(words: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    words.grapheme_indices(true).map(|(at, _)| at).chain([words.len()]).collect()
}

const MIXED: &str = "One line, two.\nмир 👩‍👩‍👧 and 👍🏽 e\u{301}\n\nسلام hello עולם 12\n漢字";

#[test]
fn the_pointer_finds_each_character_where_it_is_drawn() {
    let kinds = [
        (0, 3, EntityKind::Bold),
        (4, 5, EntityKind::Code),
        (9, 3, EntityKind::Italic),
        (20, 9, EntityKind::Underline),
    ];
    for words in [text(MIXED, &[]), text(MIXED, &kinds)] {
        for room in [500.0, 90.0] {
            let mut state = state(&words, room);
            for pair in boundaries(&words.text).windows(2) {
                let (from, to) = (pair[0], pair[1]);
                if words.text[from..to].trim().is_empty() {
                    continue;
                }
                state.select(Some(from..to));
                let drawn = state.chosen();
                assert_eq!(drawn.len(), 1, "{:?} in {room}", &words.text[from..to]);
                let region = drawn[0];
                assert!(region.width > 1.0);
                let near = |x: f32| state.hit(Point::new(region.x + region.width * x, region.center_y()));
                let mut ends = [near(0.2), near(0.8)];
                ends.sort_unstable();
                assert_eq!(ends, [from, to], "{:?} in {room}", &words.text[from..to]);
            }
        }
    }
}

#[test]
fn what_is_beside_the_words_is_the_end_of_their_line() {
    let words = text("left\nسلام עולם", &[]);
    let state = state(&words, 400.0);
    let at = |x: f32, y: f32| state.hit(Point::new(x, y));
    assert_eq!((at(-50.0, 5.0), at(900.0, 5.0)), (0, 4));
    // Right to left: the line begins at the right.
    assert_eq!((at(900.0, 30.0), at(-50.0, 30.0)), (5, words.text.len()));
    assert_eq!((at(-5.0, -100.0), at(900.0, 900.0)), (0, 5));
}

#[test]
fn a_choice_over_both_directions_is_drawn_in_parts() {
    let words = text("ab שלום cd", &[]);
    let mut state = state(&words, 400.0);
    // From inside the Latin letters to inside the Hebrew ones.
    state.select(Some(1..5));
    assert_eq!(state.chosen().len(), 2);
    state.select(Some(0..words.text.len()));
    let whole = state.chosen();
    let right = whole.iter().map(|region| region.x + region.width).fold(0.0, f32::max);
    assert!((right - state.size.width).abs() < 2.0, "{whole:?} {}", state.size.width);
    assert!(whole.iter().all(|region| region.height > 0.0));
}

#[test]
fn a_chosen_break_shows() {
    let words = text("one\n\ntwo", &[]);
    let mut state = state(&words, 400.0);
    state.select(Some(0..5));
    let drawn = state.chosen();
    // The first line with its break, and the empty line.
    assert_eq!(drawn.iter().map(|region| region.y).collect::<Vec<_>>(), [0.0, 0.0, 20.0]);
    state.select(Some(0..3));
    assert_eq!(state.chosen().len(), 1);
}

#[test]
fn words_and_paragraphs_are_found_by_a_byte() {
    let words = text("Hello, wide world\nsecret here", &[(18, 6, EntityKind::Spoiler)]);
    let state = state(&words, 400.0);
    assert_eq!(&words.text[state.word_at(8)], "wide");
    assert_eq!(&words.text[state.paragraph_at(8)], "Hello, wide world");
    assert_eq!(&words.text[state.word_at(19)], "secret");
    assert_eq!(&words.text[state.paragraph_at(words.text.len())], "secret here");
    assert_eq!(state.word_at(9999), state.word_at(words.text.len() - 1));
    assert_eq!(state.len(), words.text.len());
}

#[test]
fn code_and_quotes_take_part_in_the_choice() {
    let words = text("see\nlet a = 1;\nthen", &[(4, 10, EntityKind::Pre("rust".into()))]);
    let mut state = state(&words, 400.0);
    let code = state.blocks[1].place + iced::Vector::new(1.0, 3.0);
    assert_eq!(state.hit(code), 4);
    state.select(Some(0..words.text.len()));
    let mut tops: Vec<_> = state.chosen().iter().map(|region| region.y).collect();
    tops.dedup();
    assert_eq!(tops.len(), 3);
}

#[derive(Clone, Debug, PartialEq)]
enum Did {
    Led(Link),
    Copied(String),
    Revealed(usize),
}

fn element(said: &FormattedText) -> Element<'_, Did> {
    let words = formatted(Look::day(), said, Look::day().palette.hover)
        .selectable()
        .on_link(Did::Led)
        .on_copy(Did::Copied)
        .on_reveal(Did::Revealed);
    iced::widget::container(words).padding(20).into()
}

/// Does something with the state of the words.
fn with_state<R: Send>(
    stage: &mut Stage,
    said: &FormattedText,
    run: impl FnOnce(&mut State, Rectangle) -> R + Send,
) -> R {
    struct Ask<F, R>(Option<F>, Option<R>);
    impl<R: Send, F: FnOnce(&mut State, Rectangle) -> R + Send> Operation for &mut Ask<F, R> {
        fn custom(&mut self, _id: Option<&iced::widget::Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
            if let (Some(state), Some(run)) = (state.downcast_mut::<State>(), self.0.take()) {
                self.1 = Some(run(state, bounds));
            }
        }
        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
    }
    let mut ask = Ask(Some(run), None);
    stage.with_operation(element(said), &mut &mut ask);
    ask.1.unwrap()
}

/// Where something that can be pressed is, in the window.
fn place(stage: &mut Stage, said: &FormattedText, what: What) -> Rectangle {
    with_state(stage, said, |state, bounds| {
        let control = state.controls.iter().find(|control| control.what == what).unwrap();
        control.regions[0] + (bounds.position() - Point::ORIGIN)
    })
}

fn click(stage: &mut Stage, said: &FormattedText, what: What) -> Vec<Did> {
    let at = place(stage, said, what).center();
    let mut did = stage.move_to(element(said), at);
    did.extend(stage.events(element(said), &simulator::click().collect::<Vec<_>>()));
    did
}

fn stage(said: &FormattedText) -> Stage {
    let mut stage = Stage::new(400.0, 300.0);
    let _ = stage.pass(element(said), Duration::ZERO);
    stage
}

#[test]
fn code_is_copied_by_pointer_and_by_keys() {
    let said = text("see\nlet a;\nthen", &[(4, 6, EntityKind::Pre("rust".into()))]);
    let mut stage = stage(&said);
    assert_eq!(click(&mut stage, &said, What::Copy(4)), [Did::Copied("let a;".into())]);
    let view = || super::super::control::focus::keys(element(&said));
    let _ = stage.press(view(), key::Named::Tab);
    assert_eq!(stage.press(view(), key::Named::Enter), [Did::Copied("let a;".into())]);
}

#[test]
fn a_collapsed_quote_opens_and_closes_and_hides_what_is_below() {
    let words = "one\ntwo\nthree\nfour\nfive\nsix";
    let said = text(words, &[(0, words.len() as i64, EntityKind::Quote { collapsed: true })]);
    let mut stage = stage(&said);
    let height = |stage: &mut Stage| with_state(stage, &said, |state, _| state.size.height);
    let closed = height(&mut stage);
    let _ = click(&mut stage, &said, What::Quote(0));
    let open = height(&mut stage);
    assert!(open > closed + 40.0, "{closed} {open}");
    let _ = click(&mut stage, &said, What::Quote(0));
    assert_eq!(height(&mut stage), closed);
    // What is hidden cannot be hit, and a short quote does not open.
    let hit = with_state(&mut stage, &said, |state, _| state.hit(Point::new(500.0, 500.0)));
    assert_eq!(hit, "one\ntwo\nthree".len());
    let short = text("one", &[(0, 3, EntityKind::Quote { collapsed: true })]);
    assert!(state(&short, 300.0).controls.is_empty());
}

#[test]
fn spoilers_open_one_by_one() {
    let said = text("a cat and a dog", &[(2, 3, EntityKind::Spoiler), (12, 3, EntityKind::Spoiler)]);
    let mut stage = stage(&said);
    let told = |stage: &mut Stage| stage.words(element(&said)).remove(0).1;
    assert_eq!(told(&mut stage), "a ▒▒▒ and a ▒▒▒");
    let covered = stage.picture(element(&said), Look::day());
    assert_eq!(click(&mut stage, &said, What::Spoiler(2)), [Did::Revealed(2)]);
    assert_eq!(told(&mut stage), "a cat and a ▒▒▒");
    assert!(stage.picture(element(&said), Look::day()).pixels() != covered.pixels());
    assert_eq!(with_state(&mut stage, &said, |state, _| state.revealed().to_vec()), [2]);
}

#[test]
fn words_under_a_spoiler_are_not_in_the_picture() {
    // Emoji have colours of their own, and none of these may show.
    let picture = |words: &str| {
        let said = text(words, &[(2, 2, EntityKind::Spoiler)]);
        let mut stage = stage(&said);
        stage.picture(element(&said), Look::day()).pixels().to_vec()
    };
    assert!(picture("a 😀 b") == picture("a 😡 b"));
}

#[test]
fn a_drag_that_ends_on_the_link_is_no_press() {
    let said = text("see a.example", &[(4, 9, EntityKind::Url)]);
    let mut stage = stage(&said);
    let at = place(&mut stage, &said, What::Link(0));
    let event = |event| [Event::Mouse(event)];
    let _ = stage.move_to(element(&said), at.center());
    let _ = stage.events(element(&said), &event(mouse::Event::ButtonPressed(mouse::Button::Left)));
    let _ = stage.move_to(element(&said), at.center() + Vector::new(12.0, 0.0));
    let did = stage.events(element(&said), &event(mouse::Event::ButtonReleased(mouse::Button::Left)));
    assert!(did.is_empty(), "{did:?}");
    let web = Link::Url("https://a.example".into());
    assert_eq!(click(&mut stage, &said, What::Link(0)), [Did::Led(web)]);
}

#[test]
fn the_pointer_on_a_link_learns_where_it_leads() {
    let said = text("see here", &[(4, 4, EntityKind::TextUrl("https://a.example/x".into()))]);
    let mut stage = stage(&said);
    let at = place(&mut stage, &said, What::Link(0)).center();
    let says = |stage: &mut Stage| stage.words(element(&said)).iter().any(|(_, words)| words == "https://a.example/x");
    let _ = stage.move_to(element(&said), at);
    let _ = stage.pass(element(&said), Duration::ZERO);
    assert!(!says(&mut stage));
    let _ = stage.pass(element(&said), Duration::from_millis(600));
    assert!(says(&mut stage));
    let _ = stage.move_to(element(&said), Point::new(390.0, 290.0));
    assert!(!says(&mut stage));
}

#[test]
fn code_gets_its_colours_when_they_are_known() {
    let said = text("let waits = \"for colours\";", &[(0, 26, EntityKind::Pre("rust".into()))]);
    let mut stage = stage(&said);
    let green = Token::Text.color(Look::day().palette);
    while with_state(&mut stage, &said, |state, _| state.awaits) {
        let _ = stage.pass(element(&said), Duration::from_millis(30));
    }
    assert!(stage.picture(element(&said), Look::day()).shows(green));
}

#[test]
fn nothing_is_shaped_again_while_nothing_changes() {
    let said = text(MIXED, &[(0, 3, EntityKind::Bold), (4, 5, EntityKind::Code)]);
    let mut state = state(&said, 300.0);
    let shapes = |state: &State| -> Vec<_> {
        let buffer = |block: &state::Block| std::ptr::from_ref(block.shaped.paragraph.buffer());
        state.blocks.iter().map(buffer).collect()
    };
    let before = shapes(&state);
    state.settle(&said, Look::day(), 300.0, true);
    state.select(Some(0..4));
    state.settle(&said, Look::day(), 300.0, true);
    assert_eq!(shapes(&state), before);
    state.settle(&said, Look::day().with_text(1.5), 300.0, true);
    assert_ne!(shapes(&state), before);
}

#[test]
fn the_time_may_stand_beside_words_but_not_beside_blocks() {
    let ends = |said: &FormattedText| state(said, 300.0).last_line().width;
    assert!(ends(&text("one two", &[])) < 100.0);
    assert!(ends(&text("code\nthen", &[(0, 4, EntityKind::Pre(String::new()))])) < 100.0);
    assert!(ends(&text("so\ncode", &[(3, 4, EntityKind::Pre(String::new()))])).is_infinite());
    assert!(ends(&text("quoted", &[(0, 6, EntityKind::Quote { collapsed: false })])).is_infinite());
}

#[test]
fn a_few_emoji_alone_are_large() {
    let height = |words: &str| state(&text(words, &[]), 300.0).size.height;
    assert!(height("👍") > height("👍🏽❤️") && height("👍🏽❤️") > height("👩‍👩‍👧 🎉🎉"));
    assert_eq!(height("🎉🎉🎉🎉"), height("ab"));
    assert_eq!(height("🎉a"), height("ab"));
}
