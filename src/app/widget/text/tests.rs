use super::*;
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
