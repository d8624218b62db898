use super::*;

/// Numbers that are tried; everything above stands for "later".
const MOST: i32 = 24;

/// The simple model: what is known of each number, and last of all of what comes later.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Not,
    Unverified,
    Verified,
}

type Model = [Known; MOST as usize + 1];

fn slot(id: i32) -> usize {
    (id.min(MOST + 1) - 1) as usize
}

fn model_of(ranges: &Ranges) -> Model {
    std::array::from_fn(|slot| {
        let id = if slot == MOST as usize { NOW } else { slot as i32 + 1 };
        match ranges.at(id) {
            None => Known::Not,
            Some(stretch) if stretch.verified => Known::Verified,
            Some(_) => Known::Unverified,
        }
    })
}

fn random(state: &mut u64, below: i32) -> i32 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    ((*state >> 33) % below as u64) as i32
}

#[test]
fn whatever_happens_it_equals_a_list_of_numbers() {
    for seed in 1..3000_u64 {
        let mut random = {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            move |below| random(&mut state, below)
        };
        let mut ranges = Ranges::default();
        let mut model = [Known::Not; MOST as usize + 1];
        for step in 0..40 {
            match random(9) {
                8 => {
                    let id = random(MOST) + 1;
                    let new = model[slot(id)] == Known::Not;
                    assert_eq!(ranges.sent(id), new);
                    if new {
                        model[slot(id)] = Known::Unverified;
                    }
                }
                0..4 => {
                    let first = random(MOST) + 1;
                    let last = (first + random(8)).min(MOST);
                    ranges.told(first, last);
                    model[slot(first)..=slot(last)].fill(Known::Verified);
                }
                4 => {
                    let first = random(MOST) + 1;
                    ranges.told(first, NOW);
                    model[slot(first)..].fill(Known::Verified);
                }
                5 => {
                    let id = random(MOST) + 1;
                    let live = model[MOST as usize] != Known::Not;
                    assert_eq!(ranges.arrived(id), !live);
                    if !live {
                        model[slot(id)..].fill(Known::Verified);
                    }
                }
                6 => {
                    let newest = random(MOST + 1);
                    // Only the stretch that goes on to now is cut.
                    if model[MOST as usize] != Known::Not {
                        let mut from = MOST as usize;
                        while from > 0 && model[from - 1] == model[MOST as usize] {
                            from -= 1;
                        }
                        model[from.max(newest as usize)..].fill(Known::Not);
                    }
                    for known in &mut model {
                        if *known == Known::Verified {
                            *known = Known::Unverified;
                        }
                    }
                    ranges.missed((newest > 0).then_some(newest));
                }
                // As it is read from the file, in any order.
                _ => {
                    let mut stored = ranges.stretches().to_vec();
                    stored.reverse();
                    assert_eq!(Ranges::new(stored), ranges);
                }
            }
            assert_eq!(model_of(&ranges), model, "seed {seed}, step {step}: {ranges:?}");
            for pair in ranges.stretches().windows(2) {
                assert!(pair[0].first <= pair[0].last && pair[0].last < pair[1].first, "{ranges:?}");
                assert!(pair[0].last + 1 < pair[1].first || pair[0].verified != pair[1].verified, "{ranges:?}");
            }
            let id = random(MOST) + 1;
            let whole = ranges.whole(id);
            assert_eq!(whole.is_some(), model[slot(id)] != Known::Not);
            if let Some(whole) = whole {
                let all = &model[slot(whole.first)..=slot(whole.last)];
                assert!(all.iter().all(|known| *known != Known::Not));
                assert_eq!(whole.verified, all.iter().all(|known| *known == Known::Verified));
                assert!(whole.first == 1 || model[slot(whole.first) - 1] == Known::Not);
                assert!(whole.last == NOW || model[slot(whole.last) + 1] == Known::Not, "{whole:?} {ranges:?}");
            }
        }
    }
}

#[test]
fn pages_that_touch_become_one_and_a_hole_stays_a_hole() {
    let mut ranges = Ranges::default();
    ranges.told(50, NOW);
    ranges.told(30, 49);
    ranges.told(10, 20);
    assert_eq!(
        ranges.stretches(),
        [Stretch { first: 10, last: 20, verified: true }, Stretch { first: 30, last: NOW, verified: true }]
    );
    assert_eq!(ranges.at(25), None);
    assert_eq!(ranges.whole(60).map(|stretch| stretch.first), Some(30));
}

#[test]
fn what_was_missed_is_asked_for_again_and_new_messages_stand_apart() {
    let mut ranges = Ranges::default();
    ranges.told(1, NOW);
    ranges.missed(Some(40));
    assert_eq!(ranges.stretches(), [Stretch { first: 1, last: 40, verified: false }]);
    assert!(ranges.arrived(55));
    assert!(!ranges.arrived(56));
    assert_eq!(ranges.at(45), None);
    ranges.told(31, 54);
    assert_eq!(ranges.whole(55), Some(Stretch { first: 1, last: NOW, verified: false }));
    assert_eq!(ranges.at(55), Some(Stretch { first: 31, last: NOW, verified: true }));
}
