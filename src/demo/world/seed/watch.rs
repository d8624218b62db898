//! Long Watch: five thousand messages.

use super::{DAY, MINUTE, NewChannel, Room, Seeder};
use crate::world::{Place, cast};

/// With the message that says that it was made.
const LETTERS: usize = 5_000;

pub(super) fn fill(seeder: &mut Seeder, members: Vec<i64>) {
    let made = NewChannel {
        title: "Long Watch",
        about: "The log of every watch since the lamp was lit.",
        username: "long_watch_demo",
        photo: true,
        size: 61,
        creator: members.get(2).copied().unwrap_or_default(),
        ..NewChannel::default()
    };
    let room = seeder.channel(made, members.clone(), 420 * DAY);
    let newest = seeder.now - 9 * 60 * MINUTE;
    let step = 110 * MINUTE;
    let mut before = None;
    for number in 1..LETTERS {
        let back = (LETTERS - 1 - number) as i32;
        let date = newest - back * step - seeder.chance.between(0, 40) * MINUTE;
        let who = members.get(seeder.chance.below(members.len())).copied().unwrap_or_default();
        let letter = match seeder.chance.below(100) {
            0..60 => {
                let text = watch(seeder, number);
                seeder.say(room, who, date, &text)
            }
            60..78 => {
                let line = cast::PAIRS.get(seeder.chance.below(cast::PAIRS.len())).map_or("", |pair| pair.0);
                seeder.say(room, who, date, line)
            }
            78..92 => {
                let line = seeder.chance.line(cast::MUSINGS);
                seeder.say(room, who, date, line)
            }
            92..95 => {
                let line = seeder.chance.line(cast::LONG_WORDS);
                seeder.say(room, who, date, line)
            }
            95..98 => {
                let body = seeder.view(date);
                seeder.send(room, who, date, "", body)
            }
            _ => {
                let name = format!("watch-{number:04}.csv");
                let body = seeder.document(&name, 3_000 + number as u64 * 7, date);
                seeder.send(room, who, date, "", body)
            }
        };
        if let Some(before) = before
            && seeder.chance.percent(9)
        {
            seeder.answering(letter, before);
        }
        before = Some(letter);
    }
    if let (Room::Channel(id), Some(main)) = (room, members.first()) {
        seeder.unread.insert((*main, Place::Channel(id)), 25);
    }
}

/// One entry of the log.
fn watch(seeder: &mut Seeder, number: usize) -> String {
    let wind = seeder.chance.line(&["N", "NNE", "NE", "E", "SE", "S", "SSW", "SW", "W", "NW"]);
    let knots = seeder.chance.between(2, 34);
    let sea = seeder.chance.line(&["calm", "slight", "moderate", "rough", "long low swell", "short and choppy"]);
    let remark = seeder.chance.line(&[
        "Lamp steady.",
        "Two trawlers, one yacht, all lit.",
        "Fog bank to the south, thinning.",
        "Clear to the horizon.",
        "Horn on for forty minutes.",
        "Gulls very interested in my sandwich.",
        "Ferry late, passed at a walk.",
        "Northern lights, faint, green.",
        "Changed the spare bulb, **all three** are good now.",
        "Nothing moves but the light.",
        "Radio check fine on 9 and 12.",
        "A seal on the steps again.",
    ]);
    format!("Watch {number}: wind {wind} `{knots} kn`, sea {sea}. {remark}")
}
