//! Nothing jumps: the same rows are drawn before and after something changed, and the pictures are compared.

use super::*;
use std::ops::RangeInclusive;

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Where {
    Oldest,
    Middle,
    Newest,
}

const EVERYWHERE: [Where; 3] = [Where::Oldest, Where::Middle, Where::Newest];

impl Where {
    /// A list in which the reader is there.
    fn pane(self) -> Pane {
        let mut pane = Pane::new(items(1..=200));
        pane.redraw();
        match self {
            Self::Newest => {}
            Self::Middle => (0..4).for_each(|_| pane.wheel(901.0)),
            Self::Oldest => (0..30).for_each(|_| pane.wheel(1000.0)),
        }
        pane.rest();
        let seen = pane.last_visible();
        match self {
            Self::Newest => assert!(seen.at_end),
            Self::Middle => assert!(seen.first > 20 && seen.last < 180, "{seen:?}"),
            Self::Oldest => assert!(seen.first == 1 && !seen.at_end),
        }
        pane
    }
}

/// Something that happens to rows.
type Change = fn(&mut Vec<Item>, RangeInclusive<i32>);

fn unseen(rows: &mut [Item], seen: &RangeInclusive<i32>, change: impl Fn(&mut Item)) {
    rows.iter_mut().filter(|item| !seen.contains(&item.key)).for_each(change);
}

/// All that may happen out of sight, by the name that a failure shows.
const CHANGES: [(&str, Change); 11] = [
    ("a page of older rows", |rows, _| {
        rows.splice(0..0, items(-49..=0));
    }),
    ("a page of newer rows", |rows, seen| {
        // At the end these are seen, and the list goes on with them.
        if *seen.end() < 200 {
            rows.extend(items(201..=250));
        }
    }),
    ("older rows dropped", |rows, seen| {
        let last = *seen.start() - 3;
        rows.retain(|item| item.key >= last);
    }),
    ("newer rows dropped", |rows, seen| {
        let last = *seen.end() + 3;
        rows.retain(|item| item.key <= last);
    }),
    ("late pictures", |rows, seen| unseen(rows, &seen, |item| item.height += 180.0)),
    ("edits", |rows, seen| unseen(rows, &seen, |item| item.height = 20.0 + item.height / 2.0)),
    ("reactions", |rows, seen| {
        unseen(rows, &seen, |item| {
            if item.key % 3 == 0 {
                item.height += 28.0;
            }
        });
    }),
    ("previews", |rows, seen| {
        unseen(rows, &seen, |item| {
            if item.key % 5 == 0 {
                item.height += 96.5;
            }
        });
    }),
    ("deletions", |rows, seen| rows.retain(|item| item.key % 2 == 0 || seen.contains(&item.key))),
    ("all others deleted above", |rows, seen| {
        let first = *seen.start();
        rows.retain(|item| item.key >= first - 30 || item.key == 1);
    }),
    ("everything at once", |rows, seen| {
        unseen(rows, &seen, |item| item.height += (item.key % 4) as f32 * 17.25);
        rows.retain(|item| item.key % 3 != 0 || seen.contains(&item.key));
        rows.splice(0..0, items(-49..=0));
    }),
];

#[test]
fn what_happens_out_of_sight_moves_no_pixel() {
    for place in EVERYWHERE {
        for (name, change) in CHANGES {
            let mut pane = place.pane();
            // Where the list ends there is a little room, in which more of it may come to stand.
            let picture = |pane: &mut Pane| match place {
                Where::Oldest => strip(&pane.picture(), PADDING.0, SIZE.1).to_vec(),
                _ => pane.picture(),
            };
            let before = picture(&mut pane);
            let seen = pane.last_visible();
            change(&mut pane.given.items, seen.first..=seen.last);
            assert!(picture(&mut pane) == before, "{name}, at {place:?}");
            pane.rest();
            assert!(picture(&mut pane) == before, "{name}, at {place:?}, later");
            // Nor when the rows that changed are met on the way there and back.
            if place != Where::Newest {
                continue;
            }
            for _ in 0..3 {
                pane.wheel(700.0);
            }
            (0..6).for_each(|_| pane.wheel(-700.0));
            pane.rest();
            assert!(picture(&mut pane) == before, "{name}, there and back");
        }
    }
}

/// The part of a picture between two heights.
fn strip(picture: &[u8], from: f32, to: f32) -> &[u8] {
    let row = SIZE.0 as usize * 4;
    let at = |y: f32| y.clamp(0.0, SIZE.1) as usize * row;
    &picture[at(from)..at(to)]
}

#[test]
fn a_change_inside_a_row_in_sight_moves_nothing_above_it_and_at_the_end_nothing_below() {
    for place in EVERYWHERE {
        for by in [60.0, -9.0, 600.0] {
            let keys = {
                let seen = place.pane().last_visible();
                seen.first..=seen.last
            };
            for key in keys {
                let mut pane = place.pane();
                let (before, seen) = (pane.picture(), pane.last_visible());
                let (top, bottom) = (pane.top(key).unwrap(), pane.top(key).unwrap() + pane.item(key).height);
                let first = pane.top(seen.first).unwrap();
                pane.item(key).height += by;
                let after = pane.picture();
                let at = format!("{place:?} row {key} by {by}");
                if place == Where::Newest {
                    assert!(strip(&before, bottom, SIZE.1) == strip(&after, bottom, SIZE.1), "{at}");
                    assert!(pane.last_visible().at_end, "{at}");
                } else {
                    assert!(strip(&before, 0.0, top) == strip(&after, 0.0, top), "{at}");
                    // It may shrink out of sight, or push the next one out.
                    let next = first + pane.item(seen.first).height;
                    let (here, there) = (pane.top(seen.first), pane.top(seen.first + 1));
                    assert!(here.is_none_or(|top| top == first) && there.is_none_or(|top| top == next), "{at}");
                    assert!(here.or(there).is_some(), "{at}");
                }
            }
        }
    }
}

#[test]
fn when_the_row_that_holds_the_place_is_gone_the_older_one_takes_its_part() {
    let mut pane = Where::Middle.pane();
    let (before, seen) = (pane.picture(), pane.last_visible());
    let next = pane.top(seen.first + 1).unwrap();
    pane.given.items.retain(|item| item.key != seen.first);
    let older = pane.top(seen.first - 1).unwrap() + pane.item(seen.first - 1).height;
    assert_eq!(older, next, "it stands where the other one stood");
    let after = pane.picture();
    assert!(strip(&before, next, SIZE.1) == strip(&after, next, SIZE.1), "and what is below does not move");
    // All that was seen is gone: the next older row ends where the first of them ended.
    let mut pane = Where::Middle.pane();
    let seen = pane.last_visible();
    let bottom = pane.top(seen.first).unwrap() + pane.item(seen.first).height;
    pane.given.items.retain(|item| item.key < seen.first || item.key > seen.last);
    let older = pane.top(seen.first - 1).unwrap() + pane.item(seen.first - 1).height;
    assert_eq!(older, bottom);
}

#[test]
fn rows_that_come_and_go_do_not_hold_the_place() {
    let mut pane = Where::Middle.pane();
    let seen = pane.last_visible();
    let index = pane.given.items.iter().position(|item| item.key == seen.first).unwrap();
    pane.given.items[index].steady = false;
    let (before, next) = (pane.picture(), pane.top(seen.first + 1).unwrap());
    pane.item(seen.first).height += 50.0;
    assert_eq!(pane.top(seen.first + 1), Some(next));
    pane.given.items.remove(index);
    let after = pane.picture();
    assert!(strip(&before, next, SIZE.1) == strip(&after, next, SIZE.1));
}

#[test]
fn at_the_end_rows_that_are_deleted_leave_it_at_the_end() {
    let mut pane = Where::Newest.pane();
    let bottom = pane.top(200).unwrap() + pane.item(200).height;
    pane.given.items.truncate(195);
    assert_eq!(pane.top(195).unwrap() + pane.item(195).height, bottom);
    assert!(pane.last_visible().at_end);
}

/// The first byte of the line at the top of the view, which is in this row.
fn line_at_top(pane: &mut Pane, key: i32) -> (usize, f32) {
    use crate::widget::text;
    use iced::advanced::widget::Id;
    struct Top(Vec<(Rectangle, Vec<usize>)>);
    impl Operation for Top {
        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }
        fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
            let Some(text) = state.downcast_ref::<text::State>() else { return };
            let starts = (0..bounds.height as i32).map(|y| text.hit(Point::new(0.0, y as f32)));
            self.0.push((bounds, starts.collect()));
        }
    }
    let name = pane.top(key).unwrap();
    let mut found = Top(Vec::new());
    pane.stage.with_operation(view(&pane.given), &mut found);
    let (bounds, starts) = found.0.into_iter().find(|(bounds, _)| bounds.y > name).unwrap();
    let at = (-bounds.y) as usize;
    let first = starts.iter().position(|start| *start == starts[at]).unwrap();
    (starts[at], bounds.y + first as f32)
}

/// A row of many lines, one of which is cut by the top of the view.
fn deep_in_a_long_row() -> (Pane, i32) {
    let mut pane = Pane::new(texts(1..=60));
    let words: Vec<String> = (0..400).map(|word| format!("word{word}")).collect();
    pane.item(30).text = Some(FormattedText::plain(words.join(" ")));
    pane.rest();
    pane.given.jump = Some(Jump { number: 1, key: 30, align: Align::Top, highlight: false });
    pane.rest();
    (0..3).for_each(|_| pane.wheel(-155.0));
    pane.rest();
    (pane, 30)
}

#[test]
fn the_line_at_the_top_stays_there_when_the_width_changes() {
    let (mut pane, key) = deep_in_a_long_row();
    let picture = pane.picture();
    let (byte, _) = line_at_top(&mut pane, key);
    assert!(byte > 100);
    for width in [290.0, 250.0, 200.0, 180.0, 240.0, 400.0, 330.0, 210.0] {
        pane.stage.resize(width, SIZE.1);
        let (start, y) = line_at_top(&mut pane, key);
        let text = pane.item(key).text.clone().unwrap().text;
        let next = text[start..].find(' ').map_or(text.len(), |at| start + at);
        assert!(start <= byte, "at {width}: the line begins at {start}, after {byte}");
        assert!(byte - start < 70, "at {width}: {start} is far above {byte}");
        assert!(y <= 0.0 && y > -20.0 && next > start, "at {width}: {y}");
    }
    // However often it was, the same width gives the same picture.
    pane.stage.resize(SIZE.0, SIZE.1);
    assert!(pane.picture() == picture);
}

#[test]
fn the_line_at_the_top_stays_there_when_the_text_grows() {
    let (mut pane, key) = deep_in_a_long_row();
    let picture = pane.picture();
    let (byte, _) = line_at_top(&mut pane, key);
    for size in [1.1, 1.5, 2.0, 0.8, 1.25] {
        pane.given.look = Look::day().with_text(size);
        let (start, y) = line_at_top(&mut pane, key);
        assert!(start <= byte && byte - start < 70, "at {size}: {start} {byte}");
        assert!(y <= 0.0 && y > -20.0 * size, "at {size}: {y}");
    }
    pane.given.look = Look::day();
    assert!(pane.picture() == picture);
}

#[test]
fn at_the_end_it_stays_at_the_end_when_the_width_or_the_height_changes() {
    let mut pane = Pane::new(texts(1..=60));
    pane.rest();
    let picture = pane.picture();
    for (width, height) in [(200.0, 400.0), (350.0, 300.0), (350.0, 600.0), (180.0, 200.0)] {
        pane.stage.resize(width, height);
        assert!(pane.last_visible().at_end);
    }
    pane.stage.resize(SIZE.0, SIZE.1);
    assert!(pane.picture() == picture);
}

#[test]
fn a_row_whose_top_is_in_sight_keeps_it_when_the_width_changes() {
    let mut pane = Pane::new(texts(1..=60));
    pane.given.jump = Some(Jump { number: 1, key: 30, align: Align::Top, highlight: false });
    pane.rest();
    // The row above shows nothing but its last pixels.
    pane.given.items.retain(|item| item.key >= 30);
    pane.rest();
    let top = pane.top(30);
    for width in [200.0, 350.0] {
        pane.stage.resize(width, SIZE.1);
        assert_eq!(pane.top(30), top);
    }
}

/// Numbers that follow from a seed, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// One thing that happens to rows, none of which is in sight.
fn happens(dice: &mut Dice, rows: &mut Vec<Item>, seen: &RangeInclusive<i32>, at_end: bool) -> String {
    let height = |dice: &mut Dice| 12.0 + dice.roll(240) as f32 + dice.roll(4) as f32 * 0.25;
    let (oldest, newest) = (rows.first().unwrap().key, rows.last().unwrap().key);
    let count = 1 + dice.roll(60) as i32;
    match dice.roll(7) {
        0 => {
            let page = (oldest - count..oldest).map(|key| item(key, height(dice))).collect::<Vec<_>>();
            rows.splice(0..0, page);
            format!("{count} older")
        }
        1 if !at_end => {
            rows.extend((newest + 1..=newest + count).map(|key| item(key, height(dice))));
            format!("{count} newer")
        }
        2 => {
            // Enough of them stay to fill the view.
            let keep = *seen.start() - 40;
            rows.retain(|item| item.key >= keep);
            format!("dropped before {keep}")
        }
        3 if !at_end => {
            let keep = *seen.end() + 40;
            rows.retain(|item| item.key <= keep);
            format!("dropped after {keep}")
        }
        4 => {
            let odd = dice.roll(5) as i32;
            rows.retain(|item| item.key.rem_euclid(6) != odd || seen.contains(&item.key));
            format!("deleted each sixth {odd}")
        }
        5 => {
            // One that was not there before, between others.
            let gap = rows.windows(2).position(|pair| {
                pair[1].key - pair[0].key > 1 && !(seen.contains(&pair[0].key) && seen.contains(&pair[1].key))
            });
            if let Some(at) = gap {
                let key = rows[at].key + 1;
                let seen_then = seen.contains(&key) || (at_end && key > *seen.end());
                if !seen_then {
                    rows.insert(at + 1, item(key, height(dice)));
                    return format!("{key} appeared");
                }
            }
            "nothing".into()
        }
        _ => {
            let each = 1 + dice.roll(4) as i32;
            for row in rows.iter_mut().filter(|row| row.key % each == 0 && !seen.contains(&row.key)) {
                row.height = height(dice);
            }
            format!("each {each}. has another height")
        }
    }
}

#[test]
fn whatever_happens_out_of_sight_in_any_order_moves_no_pixel() {
    for seed in 1..=8_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut pane = Pane::new(items(1..=150));
        pane.redraw();
        let mut story = Vec::new();
        for step in 0..30 {
            if step % 5 == 0 {
                let by = dice.roll(2400) as f32 - 900.0;
                pane.wheel(by);
                story.push(format!("scrolled {by}"));
            }
            let before = pane.picture();
            let seen = pane.last_visible();
            // What stands within a view of either end may have to give way; elsewhere nothing does.
            let happened = happens(&mut dice, &mut pane.given.items, &(seen.first..=seen.last), seen.at_end);
            story.push(happened);
            let enough = |pane: &mut Pane| {
                let below: f32 = pane.given.items.iter().filter(|item| item.key >= seen.first).map(|i| i.height).sum();
                let all: f32 = pane.given.items.iter().map(|item| item.height).sum();
                seen.at_end || (below > SIZE.1 + 300.0 && all > 2.0 * SIZE.1)
            };
            if enough(&mut pane) {
                assert!(pane.picture() == before, "seed {seed}: {story:?}");
            }
            if dice.roll(3) == 0 {
                pane.rest();
                assert!(!enough(&mut pane) || pane.picture() == before, "seed {seed}, later: {story:?}");
            }
        }
    }
}

#[test]
fn whatever_happens_to_rows_in_sight_moves_none_above_them() {
    for seed in 1..=6_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut pane = Pane::new(items(1..=150));
        (0..3).for_each(|_| pane.wheel(900.0));
        for _ in 0..20 {
            let before = pane.picture();
            let seen = pane.last_visible();
            let key = seen.first + 1 + dice.roll((seen.last - seen.first) as usize) as i32;
            let Some(top) = pane.top(key) else { continue };
            let what = dice.roll(3);
            match what {
                0 => pane.given.items.retain(|item| item.key != key),
                1 => pane.item(key).height = 30.0 + dice.roll(300) as f32,
                _ => pane.item(key).height += 3.0,
            }
            let after = pane.picture();
            assert!(strip(&before, 0.0, top) == strip(&after, 0.0, top), "seed {seed}, row {key}, {what}");
        }
    }
}
