//! The world for measurements: text only, the same length in every chat but one.

use super::{DAY, MINUTE, NewChannel, Room, Seeder, Sketch};
use crate::world::cast;

const CHATS: usize = 200;
const SHORT: usize = 20;
const LONG: usize = 3_000;

pub(super) fn fill(seeder: &mut Seeder) {
    let accounts: Vec<i64> = cast::ACCOUNTS
        .iter()
        .map(|(first, last, username, about, password)| {
            let sketch = Sketch { first, last, username, about, ..Sketch::default() };
            seeder.account(sketch, *password)
        })
        .collect();
    let Some(main) = accounts.first().copied() else { return };
    let mut rooms = Vec::new();
    for number in 0..CHATS {
        // Every fourth is a group that the accounts share.
        if number % 4 == 3 {
            let title = format!("Room {}", number + 1);
            let made = NewChannel { title: &title, creator: main, unannounced: true, ..NewChannel::default() };
            rooms.push((seeder.channel(made, accounts.clone(), 400 * DAY), SHORT));
        } else {
            let first = cast::FIRST_NAMES.get(number % cast::FIRST_NAMES.len()).copied().unwrap_or("Alex");
            let last = cast::LAST_NAMES.get(number / 3 % cast::LAST_NAMES.len()).copied().unwrap_or_default();
            let person = seeder.person(Sketch { first, last, ..Sketch::default() });
            rooms.push((Room::Private(main.min(person), main.max(person)), SHORT));
        }
    }
    let long = NewChannel { title: "The long room", creator: main, unannounced: true, ..NewChannel::default() };
    rooms.push((seeder.channel(long, accounts.clone(), 400 * DAY), LONG));
    for (place, (room, count)) in (0_i32..).zip(rooms) {
        let people = seeder.state.members(room);
        let newest = seeder.now - place * 37 * MINUTE - 5 * MINUTE;
        for number in 0..count {
            let who = people.get(seeder.chance.below(people.len())).copied().unwrap_or(main);
            let back = (count - number - 1) as i32;
            let line = seeder.chance.line(cast::PLAIN_LINES);
            seeder.say(room, who, newest - back * 31 * MINUTE, line);
        }
        if place % 5 == 0 {
            seeder.unread.insert((main, room.seen_by(main)), (place % 7) as usize);
        }
    }
}
