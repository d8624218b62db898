//! The port: a supergroup of thousands of mixed messages in many tongues, some of which speak to the main account.

use super::super::{DAY, MINUTE, NewChannel, Seeder};
use super::{Body, Kinds, Place, Room, Sign};
use crate::world::{Deed, cast};

const LETTERS: usize = 4_000;
/// How many of the newest the main account has not read.
const UNREAD: usize = 340;
const SIGNS: [&str; 6] = ["👍", "❤", "😁", "🔥", "🎉", "😢"];

/// `people` are the main account and others.
pub(in super::super) fn fill(seeder: &mut Seeder, people: Vec<i64>) {
    let main = people.first().copied().unwrap_or_default();
    let made = NewChannel {
        title: "Port of all tongues",
        about: "Everybody writes as they speak.",
        username: "all_tongues_demo",
        photo: true,
        size: 2_718,
        creator: people.get(2).copied().unwrap_or_default(),
        ..NewChannel::default()
    };
    let room = seeder.channel(made, people.clone(), 400 * DAY);
    let date = seeder.now - 22 * DAY;
    let mut port = Kinds { seeder, room, date, people, channel: 0, bot: 0 };
    let files = port.files();
    let step = 95 * MINUTE;
    let mut before: [Option<usize>; 3] = [None; 3];
    for number in 0..LETTERS {
        port.date = date - (LETTERS - number) as i32 * step;
        let back = LETTERS - number;
        let letter = port.something(&files, number, back);
        let chance = &mut port.seeder.chance;
        if chance.percent(14)
            && let Some(answered) = before.get(chance.below(3)).copied().flatten()
        {
            port.seeder.answering(letter, answered);
        }
        if port.seeder.chance.percent(12) {
            let sign = SIGNS.get(port.seeder.chance.below(SIGNS.len())).copied().unwrap_or("👍");
            let who = port.person(1 + number % 5);
            let others = [who, port.person(6 + number % 3)];
            port.seeder.reacted(letter, Sign::Emoji(sign.to_owned()), &others, false);
        }
        before = [Some(letter), before[0], before[1]];
    }
    port.unseen_signs();
    port.seeder.pinned(before[2].unwrap_or_default());
    if let Room::Channel(id) = room {
        seeder.unread.insert((main, Place::Channel(id)), UNREAD);
    }
}

impl Kinds<'_> {
    /// Files that are sent again and again: a new one for each message would take long to make.
    fn files(&mut self) -> Vec<Body> {
        let mut files: Vec<Body> = (0..12).map(|number| self.picture(number)).collect();
        files.extend(
            (0..3).map(|number| self.film("ship.mp4", (1280, 720), 9.0 + f64::from(number), false, number == 2)),
        );
        files.extend([4, 17, 63].map(|seconds| self.sound(true, seconds, None, "", false)));
        files.push(self.sound(false, 187, Some(("Low Water", "The Harbour Bells")), "low water.mp3", false));
        files.push(self.seeder.document("manifest.pdf", 340_000, self.date));
        files
    }

    fn something(&mut self, files: &[Body], number: usize, back: usize) -> usize {
        let who = self.seeder.chance.below(self.people.len());
        // Among the unread ones some speak to the main account, and none is its own.
        let who = if back <= UNREAD { 1 + who % self.people.len().saturating_sub(1).max(1) } else { who };
        if back <= UNREAD && back % 42 == 7 {
            return self.say(who, "@robin_vale could you look at this when you are here?");
        }
        match self.seeder.chance.below(100) {
            0..62 => {
                let tongue = cast::TONGUES.get(self.seeder.chance.below(cast::TONGUES.len()));
                let pairs = tongue.map_or(cast::PAIRS, |tongue| tongue.pairs);
                let (one, other) = pairs.get(self.seeder.chance.below(pairs.len())).copied().unwrap_or_default();
                self.say(who, if number.is_multiple_of(2) { one } else { other })
            }
            62..74 => {
                let line = self.seeder.chance.line(cast::MUSINGS);
                self.say(who, line)
            }
            74..80 => {
                let line = self.seeder.chance.line(cast::LONG_WORDS);
                self.say(who, line)
            }
            80..84 => self.say(who, if number.is_multiple_of(2) { "🌊🌊" } else { "👍" }),
            84..97 => {
                let body = files.get(self.seeder.chance.below(files.len())).cloned().unwrap_or(Body::Text);
                let caption = if number.is_multiple_of(3) { self.seeder.chance.line(cast::MUSINGS) } else { "" };
                self.send(who, caption, body)
            }
            97..99 => {
                let person = self.person(who);
                self.send(who, "", Body::Service(Deed::Added(vec![person])))
            }
            _ => self.send(who, "", Body::Geo { long: 2.0, lat: 51.0 }),
        }
    }

    /// Signs on the main account's own messages that it has not seen.
    fn unseen_signs(&mut self) {
        for days in [3, 2, 1] {
            // Among what was read already.
            self.date = self.seeder.now - 22 * DAY - UNREAD as i32 * 95 * MINUTE - days * DAY;
            let own = self.say(0, "Does anybody need a hand with the ropes?");
            let people = [self.person(2), self.person(3)];
            self.seeder.reacted(own, Sign::Emoji("👍".to_owned()), &people, true);
        }
    }
}
