//! Every kind: a supergroup that holds one of everything that a message can be, so that one can look at it.

mod asking;
pub(super) mod babel;
mod events;
mod media;
mod words;

use super::{Body, DAY, MINUTE, NewChannel, Room, Seeder};
use crate::world::{Author, Channel, Place, Sign};

/// What the chat is called.
pub(super) const TITLE: &str = "Every kind";

/// The chat while it is being filled: what is said next is said some minutes later.
struct Kinds<'a> {
    seeder: &'a mut Seeder,
    room: Room,
    date: i32,
    /// The main account first.
    people: Vec<i64>,
    /// A broadcast channel that things are forwarded from.
    channel: i64,
    bot: i64,
}

/// `people` are the main account and at least seven others; the chat ends so many days ago.
pub(super) fn fill(seeder: &mut Seeder, people: Vec<i64>, bot: i64) {
    let made = NewChannel {
        title: TITLE,
        about: "One of everything that a message can be.",
        username: "every_kind_demo",
        photo: true,
        size: 240,
        creator: people.get(1).copied().unwrap_or_default(),
        ..NewChannel::default()
    };
    let room = seeder.channel(made, people.clone(), 30 * DAY);
    let is_news = |channel: &&Channel| channel.title == "Astronomy Weekly";
    let channel = seeder.state.channels.values().find(is_news).map_or(0, |channel| channel.id);
    let date = seeder.now - 26 * DAY;
    let mut kinds = Kinds { seeder, room, date, people, channel, bot };
    kinds.texts();
    kinds.answers();
    kinds.forwards();
    kinds.reactions();
    kinds.date += DAY;
    kinds.pictures();
    kinds.films();
    kinds.sounds_and_files();
    kinds.stickers();
    kinds.date += DAY;
    kinds.polls();
    kinds.places_and_people();
    kinds.previews();
    kinds.buttons();
    kinds.unknown();
    kinds.date += DAY;
    kinds.events();
    kinds.say(1, "That was one of everything. Thank you for scrolling.");
}

impl Kinds<'_> {
    fn person(&self, number: usize) -> i64 {
        self.people.get(number % self.people.len().max(1)).copied().unwrap_or_default()
    }

    /// The next moment at which something is said.
    fn next(&mut self) -> i32 {
        self.date += 3 * MINUTE;
        self.date
    }

    /// Words in the small markup.
    fn say(&mut self, who: usize, text: &str) -> usize {
        self.send(who, text, Body::Text)
    }

    fn send(&mut self, who: usize, text: &str, body: Body) -> usize {
        let date = self.next();
        self.seeder.send(self.room, self.person(who), date, text, body)
    }

    /// Something that is not what it seems to the world: another author.
    fn by(&mut self, letter: usize, author: Author) {
        if let Some(planned) = self.seeder.plan.get_mut(letter) {
            planned.author = author;
        }
    }

    fn react(&mut self, letter: usize, emoji: &str, people: &[usize]) {
        let people: Vec<i64> = people.iter().map(|number| self.person(*number)).collect();
        self.seeder.reacted(letter, Sign::Emoji(emoji.to_owned()), &people, false);
    }

    fn crowd(&mut self, letter: usize, signs: &[(&str, i32)]) {
        let signs = signs.iter().map(|(emoji, count)| (Sign::Emoji((*emoji).to_owned()), *count));
        if let Some(details) = self.seeder.details(letter) {
            details.nameless_signs.extend(signs);
        }
    }

    fn place(&self, number: usize) -> Place {
        Place::User(self.person(number))
    }
}
