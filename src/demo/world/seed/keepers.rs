//! Lighthouse Keepers: the first chat of the list, written by hand.

use super::{Body, DAY, HOUR, MINUTE, NewChannel, Room, Seeder};
use crate::drawing::Style;
use crate::world::{Deed, Place};

/// Robin, Mara, Theo, Ilse and Noor are among `members`, in this order, before the others.
pub(super) fn fill(seeder: &mut Seeder, members: Vec<i64>) {
    let [robin, mara, theo, ilse, noor, ..] = *members.as_slice() else { return };
    let made = NewChannel {
        title: "Lighthouse Keepers",
        about: "Rotas, lenses, weather and the occasional sunrise.",
        username: "lighthouse_keepers_demo",
        photo: true,
        size: 14,
        creator: mara,
        ..NewChannel::default()
    };
    let room = seeder.channel(made, members.clone(), 310 * DAY);
    let now = seeder.now;
    seeder.deed(room, mara, now - 309 * DAY, Deed::Added(vec![robin, theo, ilse]));
    seeder.deed(room, noor, now - 300 * DAY, Deed::JoinedByLink(mara));

    // Months of daily talk, thinning out towards the past.
    let mut date = now - 250 * DAY;
    while date < now - 3 * DAY {
        let who = members.get(seeder.chance.below(members.len())).copied().unwrap_or(mara);
        let line = seeder.chance.line(LINES);
        let letter = if seeder.chance.percent(7) {
            let body = seeder.view(date);
            seeder.send(room, who, date, line, body)
        } else {
            seeder.say(room, who, date, line)
        };
        if letter > 3 && seeder.chance.percent(14) {
            let answered = letter - 1;
            // The letter before may be of another chat; only answer within this one.
            if seeder.plan.get(answered).is_some_and(|planned| planned.room == room) {
                seeder.answering(letter, answered);
            }
        }
        date += seeder.chance.between(20, 30 * 60) * MINUTE;
    }

    let rota = seeder.say(
        room,
        mara,
        now - 6 * DAY,
        "**Rota for the week**\nMon, Tue: Theo\nWed: Ilse\nThu: Robin\nFri to Sun: me\nSwap among yourselves, tell @theo_lamp.",
    );
    seeder.pinned(rota);
    let pin = seeder.deed(room, mara, now - 6 * DAY + MINUTE, Deed::Pinned);
    seeder.answering(pin, rota);
    let answers = [("Sea green", 6), ("Signal red", 2), ("Leave the rust, it has character", 4)];
    let poll = seeder.poll(theo, "Paint for the gallery rail?", &answers);
    seeder.send(room, theo, now - 2 * DAY - 3 * HOUR, "", poll);
    let map = Body::Geo { long: -4.4895, lat: 48.4737 };
    seeder.send(room, noor, now - 2 * DAY, "", map);
    let code = seeder.say(
        room,
        ilse,
        now - DAY - 5 * HOUR,
        "For the flash controller, this is all it does:\n```rust\nfn flash(period: Duration) {\n    loop {\n        lamp.on();\n        sleep(period / 8);\n        lamp.off();\n        sleep(period * 7 / 8);\n    }\n}\n```",
    );
    let praise =
        seeder.say(room, robin, now - DAY - 4 * HOUR, "That is shorter than the __manual's__ table of contents.");
    seeder.answering(praise, code);
    let log = seeder.document("gallery-log.txt", 48 * 1024, now - DAY);
    seeder.send(room, theo, now - DAY, "The log up to last night", log);

    let at = |minutes: i32| now - minutes * MINUTE;
    let sunrise = Body::Photo(seeder.photo(Style::Sunrise, 1280, 720, false, at(40)));
    seeder.send(room, ilse, at(40), "Morning! Sunrise from the gallery rail, no filter.", sunrise);
    let stunning =
        seeder.say(room, robin, at(38), "Stunning. Which mount did you use in the end? The log says `AZ-GTi`");
    let notes = seeder.say(room, mara, at(11), "The old one. Full alignment notes are here: keepers.example/align");
    seeder.answering(notes, stunning);
    let survey = seeder.document("north-lens-survey.pdf", 11_900_000, at(9));
    seeder.send(room, mara, at(9), "", survey);
    let voice = seeder.voice(42, at(6));
    seeder.send(room, theo, at(6), "", voice);
    seeder.say(room, noor, at(4), "Boat is back at **noon**, can bring two people and the long ladder 🪜");
    seeder.say(room, mara, at(1), "the north lens is in place");
    if let Room::Channel(id) = room {
        for account in [robin, ilse] {
            seeder.unread.insert((account, Place::Channel(id)), 3);
        }
    }
}

const LINES: &[&str] = &[
    "Lamp steady, sea state three, visibility fine.",
    "Who has the key to the oil store?",
    "Fog from the south again. I put the horn on at 04:10.",
    "There is soup in the kitchen, the big pot.",
    "The radio hisses on channel 12, use 9.",
    "A pod of dolphins, east side, **right now**",
    "Could someone bring 5 mm screws from the mainland?",
    "Glass cleaned, both panes. Gulls informed.",
    "Wind over thirty knots, nobody on the gallery please.",
    "I take over at six.",
    "Tide table is on the fridge.",
    "Good night from the top 🌙",
    "The supply boat moves to Thursday.",
    "Generator needs its filter, I wrote it on the board.",
    "Rainbow, double.",
    "First swallow of the year!",
    "Whoever fixed the stair lamp: thank you.",
    "New battery in the weather mast, readings look sane again: `7.4 kn NNE`",
    "The inspector comes on the 12th, shoes off the stairs please.",
    "Stars all night. I counted meteors and lost at forty.",
    "@mara_lindqvist the prism crate is here",
    "#rota swap: I can do Sunday if someone takes my Tuesday",
];
