//! A broadcast channel whose posts are seen, signed, passed on, reacted to and talked about; a chat whose words must not
//! leave it; a bot that answers buttons.

use super::{Body, DAY, HOUR, MINUTE, NewChannel, Room, Seeder, Sketch};
use crate::world::{Place, Rules, Sign, cast};

/// How many posts the channel has.
const POSTS: usize = 320;
/// Who signs the posts.
const PENS: [&str; 4] = ["Vera Holm", "Nils", "The night desk", "Ада Орлова"];

/// Fills the channel; `people` are the main account, the editor and those who talk.
pub(super) fn channel(seeder: &mut Seeder, people: &[i64]) {
    let [main, editor, talkers @ ..] = people else { return };
    let made = NewChannel {
        title: "Harbour Herald",
        about: "News from the quay, twice a day. Talk under every post.",
        username: "harbour_herald_demo",
        broadcast: true,
        verified: true,
        photo: true,
        size: 41_203,
        creator: *editor,
        ..NewChannel::default()
    };
    let room = seeder.channel(made, vec![*editor, *main], 300 * DAY);
    let talk = NewChannel {
        title: "Herald talk",
        about: "Under the posts.",
        photo: true,
        size: 812,
        creator: *editor,
        unannounced: true,
        ..NewChannel::default()
    };
    let group = seeder.channel(talk, talkers.iter().copied().chain([*editor]).collect(), 300 * DAY);
    let (Room::Channel(channel), Room::Channel(talk)) = (room, group) else { return };
    seeder.state.discussions.insert(channel, talk);
    let newest = seeder.now - 19 * DAY;
    for number in 0..POSTS {
        let date = newest - (POSTS - number) as i32 * 17 * HOUR;
        let line = if number.is_multiple_of(9) {
            seeder.chance.line(cast::LONG_WORDS)
        } else {
            seeder.chance.line(cast::MUSINGS)
        };
        let post = if number % 3 == 1 {
            let body = seeder.view(date);
            seeder.send(room, *editor, date, line, body)
        } else {
            seeder.say(room, *editor, date, line)
        };
        let crowd = seeder.chance.between(2, 900);
        if let Some(details) = seeder.details(post) {
            details.signed = PENS.get(number % PENS.len()).map(|pen| (*pen).to_owned());
            let signs = ["👍", "❤", "🔥", "😁"].into_iter().take(number % 5);
            let signs = (1..).zip(signs).map(|(part, emoji)| (Sign::Emoji(emoji.to_owned()), crowd / part + 1));
            details.nameless_signs = signs.collect();
        }
        for comment in 0..number % 4 {
            let who = talkers.get((number + comment) % talkers.len().max(1)).copied().unwrap_or_default();
            let line = seeder.chance.line(cast::MUSINGS);
            let at = date + (comment as i32 + 1) * 11 * MINUTE;
            let said = seeder.say(group, who, at, line);
            if let Some(planned) = seeder.plan.get_mut(said) {
                planned.comments = Some((post, talk));
            }
        }
    }
    seeder.unread.insert((*main, Place::Channel(channel)), 12);
}

/// Fills the chat whose words must not leave it.
pub(super) fn sealed(seeder: &mut Seeder, people: &[i64]) {
    let creator = people.get(1).copied().unwrap_or_default();
    let made = NewChannel {
        title: "Sealed letters",
        about: "What is said here stays here.",
        photo: true,
        size: 12,
        creator,
        ..NewChannel::default()
    };
    let room = seeder.channel(made, people.to_vec(), 60 * DAY);
    seeder.state.rules.insert(room, Rules { noforwards: true, ..Rules::default() });
    for (number, line) in (1_i32..).zip(cast::MUSINGS) {
        let date = seeder.now - 24 * DAY + number * 25 * MINUTE;
        let who = people.get(number as usize % people.len().max(1)).copied().unwrap_or_default();
        seeder.say(room, who, date, line);
        if number % 6 == 0 {
            let body = seeder.view(date);
            seeder.send(room, who, date + MINUTE, "", body);
        }
    }
    let body = seeder.document("do-not-copy.pdf", 120_000, seeder.now - 23 * DAY);
    seeder.send(room, creator, seeder.now - 23 * DAY, "Not to be passed on", body);
}

/// Makes the bot that answers buttons, and what it has said so far.
pub(super) fn pilot(seeder: &mut Seeder, main: i64) -> i64 {
    let bot = seeder.person(Sketch {
        first: "Harbour pilot",
        username: "harbour_pilot_demo_bot",
        about: "Press something.",
        bot: true,
        photo: true,
        ..Sketch::default()
    });
    let room = Room::Private(main.min(bot), main.max(bot));
    let date = seeder.now - 20 * DAY;
    seeder.send(room, main, date, "/start", Body::Text);
    let greeting = seeder.say(room, bot, date + 2, "**Good morning.** Every button does something else.");
    seeder.with_markup(greeting, crate::api::pilot_keyboard());
    let asked = seeder.say(room, bot, date + MINUTE, "And this one counts: 0");
    seeder.with_markup(asked, crate::api::pilot_keyboard());
    bot
}
