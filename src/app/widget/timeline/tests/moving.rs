//! How the list moves: wheel, fingers, keys, the thumb, jumps.

use super::*;

fn notch(pane: &mut Pane, lines: f32) {
    pane.turn(mouse::ScrollDelta::Lines { x: 0.0, y: lines });
}

#[test]
fn a_notch_of_the_wheel_glides() {
    let mut pane = Pane::new(items(1..=100));
    let start = pane.top(98).unwrap();
    notch(&mut pane, 1.0);
    assert_eq!(pane.top(98), Some(start), "it begins with the next frame");
    pane.pass(16);
    let soon = pane.top(98).unwrap();
    assert!(start < soon && soon < start + NOTCH, "{soon}");
    pane.rest();
    assert_eq!(pane.top(98), Some(start + NOTCH));
    // Two notches that follow each other go twice as far.
    notch(&mut pane, -1.0);
    pane.pass(16);
    notch(&mut pane, -1.0);
    pane.rest();
    assert_eq!(pane.top(98), Some(start), "and there is nothing past the end");
}

#[test]
fn without_motion_it_is_there_at_once() {
    let mut pane = Pane::new(items(1..=100));
    pane.given.look.reduce_motion = true;
    let start = pane.top(98).unwrap();
    notch(&mut pane, 1.0);
    assert_eq!(pane.top(98), Some(start + NOTCH));
    pane.given.jump = Some(Jump { number: 1, key: 20, align: Align::Top, highlight: false });
    assert_eq!(pane.top(20), Some(PADDING.0));
    pane.given.seek = 1;
    assert_eq!(pane.top(98), Some(start));
    // Fingers that let go leave it where it is.
    let start = pane.top(96).unwrap();
    for _ in 0..6 {
        pane.turn(mouse::ScrollDelta::Pixels { x: 0.0, y: 30.0 });
        pane.pass(16);
    }
    pane.rest();
    assert_eq!(pane.top(96), Some(start + 180.0));
}

#[test]
fn fingers_move_it_at_once_and_a_flick_goes_on() {
    let mut pane = Pane::new(items(1..=1000));
    let start = pane.top(998).unwrap();
    for step in 1..=8 {
        pane.turn(mouse::ScrollDelta::Pixels { x: 0.0, y: 10.5 });
        assert_eq!(pane.top(998), Some(start + (10.5 * step as f32).trunc()));
        pane.pass(16);
    }
    pane.rest();
    assert!(pane.top(998).is_none_or(|top| top > start + 150.0), "it went on");
}

#[test]
fn the_wheel_stops_at_both_ends() {
    let mut pane = Pane::new(items(1..=60));
    (0..10).for_each(|_| pane.wheel(1000.0));
    assert_eq!(pane.top(1), Some(PADDING.0));
    notch(&mut pane, 5.0);
    pane.pass(16);
    pane.pass(16);
    assert!(!pane.stirs(), "there is nothing further, and it knows");
    (0..10).for_each(|_| pane.wheel(-1000.0));
    assert!(pane.last_visible().at_end);
}

#[test]
fn keys_turn_the_pages() {
    let mut pane = Pane::new(items(1..=100));
    let last = pane.top(100).unwrap();
    pane.key(Named::PageUp);
    assert!(pane.top(100).is_none_or(|top| top > last + 300.0));
    pane.key(Named::Home);
    assert!(pane.top(1).is_none(), "without the focus Home is not for the list");
    pane.move_to(Point::new(150.0, 200.0));
    pane.down(mouse::Button::Left);
    pane.up(mouse::Button::Left);
    pane.key(Named::Home);
    assert_eq!(pane.top(1), Some(PADDING.0));
    pane.key(Named::End);
    assert_eq!(pane.top(100), Some(last));
    assert_eq!(pane.place(), Anchor::End);
}

#[test]
fn arrows_move_a_cursor_that_stays_in_view() {
    let mut pane = Pane::new(items(1..=100));
    pane.item(90).steady = false;
    pane.move_to(Point::new(150.0, 200.0));
    pane.down(mouse::Button::Left);
    pane.up(mouse::Button::Left);
    pane.away();
    let plain = pane.picture();
    pane.key(Named::ArrowUp);
    assert!(pane.said.contains(&Said::Cursor(Some(100))));
    assert!(pane.picture() != plain, "a ring stands around the row");
    for _ in 0..20 {
        pane.key(Named::ArrowUp);
        let Some(Said::Cursor(Some(at))) = pane.said.iter().rfind(|said| matches!(said, Said::Cursor(_))).cloned()
        else {
            panic!("no cursor")
        };
        let top = pane.top(at).unwrap();
        assert!(top >= PADDING.0 && top + pane.item(at).height <= SIZE.1, "row {at} at {top}");
    }
    assert!(pane.said.contains(&Said::Cursor(Some(79))), "row 90 is passed over");
    assert!(!pane.said.contains(&Said::Cursor(Some(90))));
    // The row's menu opens within the row.
    pane.key(Named::Enter);
    pane.key(Named::ContextMenu);
    let menus = pane.said.iter().filter_map(|said| match said {
        Said::Menu(key, at) => Some((*key, *at)),
        _ => None,
    });
    let menus: Vec<_> = menus.collect();
    assert_eq!(menus.len(), 2);
    let (key, at) = menus[0];
    let top = pane.top(key).unwrap();
    assert!(key == 79 && top < at.y && at.y < top + pane.item(key).height);
    pane.key(Named::Escape);
    assert_eq!(pane.said.last(), Some(&Said::Cursor(None)));
}

#[test]
fn a_row_taller_than_the_view_is_read_before_the_cursor_goes_on() {
    let mut pane = Pane::new(vec![item(1, 50.0), item(2, 1500.0), item(3, 50.0)]);
    pane.move_to(Point::new(150.0, 200.0));
    pane.down(mouse::Button::Left);
    pane.up(mouse::Button::Left);
    pane.key(Named::ArrowUp);
    pane.key(Named::ArrowUp);
    let mut steps = 0;
    while !pane.said.contains(&Said::Cursor(Some(1))) && steps < 30 {
        pane.key(Named::ArrowUp);
        steps += 1;
    }
    assert!((6..20).contains(&steps), "{steps}");
}

#[test]
fn the_thumb_can_be_dragged() {
    let mut pane = Pane::new(items(1..=1000));
    pane.redraw();
    let button = mouse::Button::Left;
    pane.move_to(Point::new(296.0, 390.0));
    pane.down(button);
    pane.move_to(Point::new(296.0, 0.0));
    assert_eq!(pane.top(1), Some(PADDING.0));
    pane.move_to(Point::new(296.0, 200.0));
    let middle = pane.last_visible();
    assert!((480..520).contains(&middle.first), "{middle:?}");
    pane.up(button);
    pane.move_to(Point::new(296.0, 300.0));
    assert_eq!(pane.last_visible(), middle, "it was let go");
    pane.rest();
    assert_eq!(pane.last_visible(), middle);
}

#[test]
fn dragging_the_thumb_never_goes_back() {
    // Very different heights, none of them known before.
    let tall = (1..=600).map(|key| item(key, if (key / 40) % 2 == 0 { 20.0 } else { 260.0 }));
    let mut pane = Pane::new(tall.collect());
    pane.redraw();
    pane.move_to(Point::new(296.0, 395.0));
    pane.down(mouse::Button::Left);
    let mut before = 601.0;
    for y in (0..=390).rev() {
        pane.move_to(Point::new(296.0, y as f32));
        let seen = pane.last_visible();
        let key = seen.first;
        let top = pane.top(key).unwrap();
        let here = key as f32 - top / pane.item(key).height;
        assert!(here <= before + 0.001, "at {y}: {here} after {before}");
        before = here;
    }
    assert_eq!(pane.top(1), Some(PADDING.0));
}

#[test]
fn a_page_that_comes_while_the_thumb_is_held_moves_nothing() {
    let mut pane = Pane::new(items(1..=300));
    pane.redraw();
    pane.move_to(Point::new(296.0, 395.0));
    pane.down(mouse::Button::Left);
    pane.move_to(Point::new(296.0, 60.0));
    let before = pane.picture();
    let seen = pane.last_visible();
    pane.given.items.splice(0..0, items(-100..=0));
    assert!(pane.picture() == before, "nothing moves, the thumb neither");
    pane.move_to(Point::new(296.0, 61.0));
    let after = pane.last_visible();
    assert!((seen.first..seen.first + 3).contains(&after.first), "{seen:?} {after:?}");
    pane.move_to(Point::new(296.0, 0.0));
    assert_eq!(pane.top(-100), Some(PADDING.0));
}

#[test]
fn a_jump_ends_in_the_middle_or_at_the_top() {
    let mut pane = Pane::new(items(1..=1000));
    pane.rest();
    let jumps = [
        (995, Align::Centre),
        (20, Align::Centre),
        (700, Align::Top),
        (703, Align::Centre),
        (1, Align::Centre),
        (1000, Align::Top),
    ];
    for (number, (key, align)) in (1..).zip(jumps) {
        pane.given.jump = Some(Jump { number, key, align, highlight: false });
        pane.rest();
        let (top, height) = (pane.top(key).unwrap(), pane.item(key).height);
        let wanted = match (key, align) {
            (1, _) => PADDING.0,
            (1000, _) => SIZE.1 - PADDING.1 - height,
            (_, Align::Centre) => ((SIZE.1 - height) / 2.0).round(),
            (_, Align::Top) => PADDING.0,
        };
        assert_eq!(top, wanted, "row {key}");
        // The same jump is not made again.
        pane.wheel(-150.0);
        pane.rest();
        assert!(key == 1000 || pane.top(key) != Some(wanted));
    }
}

#[test]
fn a_jump_waits_for_its_row_and_is_smooth() {
    let mut pane = Pane::new(items(500..=600));
    pane.rest();
    pane.given.jump = Some(Jump { number: 7, key: 100, align: Align::Centre, highlight: false });
    pane.rest();
    assert!(pane.last_visible().at_end);
    pane.given.items.splice(0..0, items(1..=499));
    pane.pass(16);
    let first = pane.top(100).unwrap();
    let mut before = first;
    for _ in 0..30 {
        pane.pass(16);
        let top = pane.top(100).unwrap();
        assert!(top >= before && top - before < SIZE.1 / 2.0, "{before} {top}");
        before = top;
    }
    let wanted = ((SIZE.1 - pane.item(100).height) / 2.0).round();
    assert_eq!(before, wanted);
    assert!(first < wanted - 50.0, "it came from above: {first}");
}

#[test]
fn a_jump_arrives_although_heights_change_on_the_way() {
    let mut pane = Pane::new(items(1..=100));
    pane.rest();
    pane.given.jump = Some(Jump { number: 1, key: 50, align: Align::Top, highlight: false });
    pane.pass(16);
    pane.pass(16);
    for key in 30..60 {
        pane.item(key).height += 41.0;
    }
    pane.rest();
    assert_eq!(pane.top(50), Some(PADDING.0));
}

#[test]
fn a_press_or_the_wheel_ends_a_jump() {
    for stop in [true, false] {
        let mut pane = Pane::new(items(1..=1000));
        pane.rest();
        pane.given.jump = Some(Jump { number: 1, key: 50, align: Align::Centre, highlight: false });
        pane.pass(16);
        pane.pass(16);
        let here = pane.top(50).unwrap();
        if stop {
            pane.move_to(Point::new(150.0, 200.0));
            pane.down(mouse::Button::Left);
            pane.up(mouse::Button::Left);
        } else {
            pane.wheel(1.0);
        }
        pane.rest();
        assert!((pane.top(50).unwrap() - here).abs() <= 1.0);
    }
}

#[test]
fn the_row_that_was_gone_to_is_lit_for_a_while() {
    for reduce_motion in [false, true] {
        let mut pane = Pane::new(items(1..=100));
        pane.given.look.reduce_motion = reduce_motion;
        pane.given.bare = true;
        pane.rest();
        let dark = pane.picture();
        pane.given.jump = Some(Jump { number: 1, key: 99, align: Align::Centre, highlight: true });
        (0..8).for_each(|_| pane.pass(50));
        assert!(pane.picture() != dark);
        pane.rest();
        assert!(pane.picture() == dark);
        assert!(!pane.stirs());
    }
}
