//! The world for people to look at.

use super::{Body, DAY, HOUR, MINUTE, NewChannel, Room, Seeder, Sketch, herald, keepers, kinds, watch};
use crate::world::{Deed, Place, cast};

pub(super) fn fill(seeder: &mut Seeder) {
    let accounts: Vec<i64> = cast::ACCOUNTS
        .iter()
        .map(|(first, last, username, about, password)| {
            seeder.account(Sketch { first, last, username, about, photo: true, ..Sketch::default() }, *password)
        })
        .collect();
    let people: Vec<i64> = cast::PEOPLE
        .iter()
        .map(|p| {
            let (first, last, username, about, photo) = (p.first, p.last, p.username, p.about, p.photo);
            seeder.person(Sketch { first, last, username, about, photo, ..Sketch::default() })
        })
        .collect();
    let Some(main) = accounts.first().copied() else { return };
    acquaint(seeder, &accounts, &people);

    let crowd: Vec<i64> = accounts.iter().take(5).chain(people.iter().take(9)).copied().collect();
    keepers::fill(seeder, crowd);
    watch::fill(seeder, accounts.iter().chain(people.iter().skip(4).take(14)).copied().collect());
    private(seeder, &accounts);
    friends(seeder, main, &people);
    bakery(seeder, main);
    saved(seeder, main);
    groups(seeder, &accounts, &people);
    channels(seeder, main, &people);
    pin(seeder, main);
    seeder.stickers(main);
    // Last, so that what was there before stays as it was.
    let crowd: Vec<i64> = accounts.iter().chain(people.iter().take(8)).copied().collect();
    let pilot = herald::pilot(seeder, main);
    kinds::fill(seeder, crowd.clone(), pilot);
    kinds::babel::fill(seeder, crowd.clone());
    herald::channel(seeder, &crowd);
    herald::sealed(seeder, &crowd);
}

/// Who is in whose address book.
fn acquaint(seeder: &mut Seeder, accounts: &[i64], people: &[i64]) {
    for account in accounts {
        if let Some(mailbox) = seeder.state.accounts.get_mut(account) {
            mailbox.contacts.extend(accounts.iter().filter(|other| *other != account));
        }
    }
    if let Some(mailbox) = accounts.first().and_then(|main| seeder.state.accounts.get_mut(main)) {
        mailbox.contacts.extend(people.iter().take(24));
    }
}

fn room(a: i64, b: i64) -> Room {
    Room::Private(a.min(b), a.max(b))
}

/// The chats of the accounts with each other.
fn private(seeder: &mut Seeder, accounts: &[i64]) {
    let [robin, mara, theo, ilse, noor, okafor] = *accounts else { return };
    let now = seeder.now;
    let at = |minutes: i32| now - minutes * MINUTE;
    for (number, other) in (0_i32..).zip([mara, theo, ilse, noor, okafor]) {
        small_talk(seeder, room(robin, other), [other, robin], cast::ENGLISH, 26, at(25 * 60 + number * 200));
    }
    small_talk(seeder, room(mara, theo), [mara, theo], cast::ENGLISH, 14, at(300));
    small_talk(seeder, room(ilse, noor), [ilse, noor], cast::ENGLISH, 12, at(500));

    seeder.say(room(robin, mara), mara, at(34), "Crane is booked for nine, the north lens goes up today 🤞");
    let asked = seeder.say(room(robin, mara), robin, at(31), "Do you need hands? I can be up by ten");
    let yes = seeder.say(room(robin, mara), mara, at(5), "Hands, and your good camera");
    seeder.answering(yes, asked);
    seeder.say(room(robin, theo), robin, at(70), "Can I have your tripod for tonight?");
    seeder.say(room(robin, theo), theo, at(48), "Only if it comes back with all three legs");
    let doc = seeder.document("reading-list.md", 5_400, at(3 * 60));
    seeder.send(room(robin, ilse), ilse, at(3 * 60), "The list for the winter, in no order", doc);
    let call = Deed::Called { seconds: 187 };
    seeder.deed(room(robin, noor), noor, at(20 * 60), call);
    seeder.say(
        room(robin, okafor),
        robin,
        at(3 * DAY / MINUTE + 20),
        "The results came by post, I put a copy in your tray.",
    );
    seeder.say(room(robin, okafor), okafor, at(3 * DAY / MINUTE), "Thank you, that is very clear.");
    seeder.unread.insert((mara, Place::User(robin)), 0);
    seeder.unseen.push((robin, Place::User(ilse)));
}

/// Asking and answering, ending at `newest`.
fn small_talk(seeder: &mut Seeder, room: Room, between: [i64; 2], tongue: usize, letters: usize, newest: i32) {
    let [one, other] = between;
    let pairs = cast::TONGUES.get(tongue).map_or(cast::PAIRS, |tongue| tongue.pairs);
    let first = seeder.chance.below(pairs.len());
    let mut date = newest;
    for number in 0..letters.div_ceil(2) {
        let (asks, answers) = if seeder.chance.percent(50) { (one, other) } else { (other, one) };
        let (question, answer) = pairs.get((first + number) % pairs.len().max(1)).copied().unwrap_or_default();
        seeder.say(room, answers, date, answer);
        date -= seeder.chance.between(1, 50) * MINUTE;
        let asked = seeder.say(room, asks, date, question);
        if seeder.chance.percent(15) {
            seeder.answering(asked - 1, asked);
        }
        if seeder.chance.percent(4) {
            seeder.edited(asked);
        }
        if number % 9 == 8 {
            let body = seeder.view(date - MINUTE);
            seeder.send(room, asks, date - MINUTE, "", body);
        }
        date -= seeder.chance.between(2, 70) * HOUR;
    }
}

/// People without an account, from today back to last winter.
fn friends(seeder: &mut Seeder, main: i64, people: &[i64]) {
    for (number, (person, sketch)) in people.iter().zip(cast::PEOPLE).enumerate() {
        // Some today, some yesterday, some on a weekday, the rest further back.
        let newest = match number {
            0..5 => seeder.now - (number as i32 * 97 + 64) * MINUTE,
            5..10 => seeder.now - DAY - (number as i32 * 55) * MINUTE,
            10..18 => seeder.now - (number as i32 - 8) * DAY - (number as i32 * 41) * MINUTE,
            _ => seeder.now - (number as i32 - 10) * 6 * DAY - (number as i32 * 73) * MINUTE,
        };
        let letters = 6 + seeder.chance.below(40);
        small_talk(seeder, room(main, *person), [*person, main], sketch.tongue, letters, newest);
        let place = Place::User(*person);
        match number {
            1 => {
                seeder.unread.insert((main, place), 2);
            }
            4 | 11 => {
                seeder.unread.insert((main, place), 1);
            }
            3 => {
                seeder.say(room(main, *person), main, newest + 3 * MINUTE, "See you at the pier then?");
                seeder.unseen.push((main, place));
            }
            6 => {
                let body = seeder.view(newest + MINUTE);
                seeder.send(room(main, *person), *person, newest + MINUTE, "昨晚拍的 🌌", body);
            }
            8 => {
                let contact = Body::Contact {
                    first: "Harbour".to_owned(),
                    last: "office".to_owned(),
                    phone: "+1 555 010 0190".to_owned(),
                    person: 0,
                };
                seeder.send(room(main, *person), *person, newest + MINUTE, "", contact);
            }
            13 => {
                seeder.deed(room(main, *person), *person, newest + MINUTE, Deed::SignedUp);
            }
            17 => {
                let body = seeder.voice(19, newest + MINUTE);
                seeder.send(room(main, *person), *person, newest + MINUTE, "", body);
            }
            18 => {
                let body = seeder.document("hull-drawings.zip", 2_481_000, newest + MINUTE);
                seeder.send(room(main, *person), *person, newest + MINUTE, "Take what you need", body);
            }
            21 => {
                let body = seeder.document("second-cello.pdf", 288_000, newest + MINUTE);
                seeder.send(room(main, *person), *person, newest + MINUTE, "", body);
            }
            _ => {}
        }
    }
}

fn bakery(seeder: &mut Seeder, main: i64) {
    let bot = seeder.person(Sketch {
        first: "Bakery on Elm",
        username: "bakery_on_elm_bot",
        about: "Order before six, collect after seven.",
        bot: true,
        photo: true,
        ..Sketch::default()
    });
    let now = seeder.now;
    let chat = room(main, bot);
    for (days, what) in [(33, "two rye, one plait"), (19, "one rye"), (4, "one rye, six rolls")] {
        seeder.say(chat, main, now - days * DAY - 14 * HOUR, &format!("/order {what}"));
        seeder.say(chat, bot, now - days * DAY - 14 * HOUR + 2, &format!("Thank you! **Ordered**: {what}"));
        let ready = seeder.say(chat, bot, now - days * DAY, "Your order is ready to collect");
        if days < 5 {
            seeder.with_markup(ready, crate::api::order_keyboard());
        }
    }
}

/// Notes to oneself, with the large file.
fn saved(seeder: &mut Seeder, main: i64) {
    let now = seeder.now;
    let chat = Room::Private(main, main);
    for (number, note) in (1_i32..).zip(cast::NOTES) {
        seeder.say(chat, main, now - number * 9 * DAY - number * 31 * MINUTE, note);
    }
    let star_map = seeder.document("star-map.fits", 50 * 1024 * 1024, now - 5 * DAY);
    seeder.send(chat, main, now - 5 * DAY, "The whole northern sky, **50 MB**", star_map);
    let list = seeder.document("rota-2026.csv", 9_216, now - 2 * DAY);
    seeder.send(chat, main, now - 2 * DAY, "", list);
    let booking = seeder.document("booking-confirmation.pdf", 84_300, now - DAY - HOUR);
    seeder.send(chat, main, now - DAY - HOUR, "", booking);
}

fn groups(seeder: &mut Seeder, accounts: &[i64], people: &[i64]) {
    let main = accounts.first().copied().unwrap_or_default();
    for (number, cast) in cast::GROUPS.iter().enumerate() {
        let mut members = vec![main];
        // Each has some of the accounts, so that what one writes reaches others.
        members.extend(accounts.iter().skip(1 + number % 3).step_by(1 + number % 2));
        members.extend(people.iter().skip(number * 2).take(4 + number % 4));
        let newest = match number {
            0 => seeder.now - DAY - 2 * HOUR,
            1 => seeder.now - 4 * DAY,
            _ => seeder.now - (number as i32 * number as i32) * 5 * HOUR - 100 * MINUTE,
        };
        let age = 380 * DAY;
        let room = if cast.large {
            let made = NewChannel {
                title: cast.title,
                about: cast.about,
                username: cast.username,
                photo: number % 4 != 3,
                size: cast.size,
                creator: members.get(1).copied().unwrap_or(main),
                ..NewChannel::default()
            };
            seeder.channel(made, members.clone(), age)
        } else {
            seeder.group(cast.title, cast.about, members.clone(), age)
        };
        chatter(seeder, room, &members, cast.tongue, cast.letters, newest);
        closing(seeder, room, &members, number, newest);
        let place = room.seen_by(main);
        if number == 2 {
            seeder.unread.insert((main, place), 42);
        } else if number % 4 == 1 && number > 1 {
            seeder.unread.insert((main, place), 3 + number);
        }
        mute(seeder, main, place, cast.muted);
    }
}

/// Many voices, ending before `newest`.
fn chatter(seeder: &mut Seeder, room: Room, members: &[i64], tongue: usize, letters: usize, newest: i32) {
    let pairs = cast::TONGUES.get(tongue).map_or(cast::PAIRS, |tongue| tongue.pairs);
    let mut date = newest;
    let mut written = 0;
    while written < letters {
        let who = members.get(seeder.chance.below(members.len())).copied().unwrap_or_default();
        let other = members.get(seeder.chance.below(members.len())).copied().unwrap_or_default();
        date -= seeder.chance.between(5, 26 * 60) * MINUTE;
        if tongue == cast::ENGLISH && seeder.chance.percent(40) {
            let line = seeder.chance.line(cast::MUSINGS);
            seeder.say(room, who, date, line);
            written += 1;
        } else {
            let (question, answer) = pairs.get(seeder.chance.below(pairs.len())).copied().unwrap_or_default();
            let asked = seeder.say(room, who, date, question);
            let later = date + seeder.chance.between(20, 240);
            let answered = seeder.say(room, other, later, answer);
            if seeder.chance.percent(35) {
                seeder.answering(answered, asked);
            }
            written += 2;
        }
        if seeder.chance.percent(5) {
            let body = seeder.view(date + MINUTE);
            seeder.send(room, who, date + MINUTE, "", body);
            written += 1;
        }
    }
}

/// The newest message of some groups, by hand.
fn closing(seeder: &mut Seeder, room: Room, members: &[i64], number: usize, newest: i32) {
    let [main, other, ..] = *members else { return };
    match number {
        0 => {
            seeder.say(room, other, newest - 20 * MINUTE, "When do you get in?");
            seeder.say(room, main, newest, "Landing at six, train after");
        }
        1 => {
            let body = seeder.voice(42, newest);
            seeder.send(room, other, newest, "", body);
        }
        2 => {
            seeder.say(room, other, newest, "chapter nine is on pinning, bring `Pin<&mut Self>` and patience");
        }
        3 => {
            let body = seeder.view(newest);
            seeder.send(room, other, newest, "Вот такой тут **рассвет**", body);
        }
        7 => {
            seeder.deed(room, other, newest, Deed::Renamed("Sunday football ⚽".to_owned()));
        }
        _ => {}
    }
}

fn channels(seeder: &mut Seeder, main: i64, people: &[i64]) {
    for (number, cast) in cast::CHANNELS.iter().enumerate() {
        // The last one is the main account's own, so there is one where it may write.
        let editor = people.get(number + 20).copied().unwrap_or(main);
        let made = NewChannel {
            title: cast.title,
            about: cast.about,
            username: cast.username,
            broadcast: true,
            verified: cast.verified,
            photo: true,
            size: cast.size,
            creator: editor,
            ..NewChannel::default()
        };
        let room = seeder.channel(made, vec![editor, main], 400 * DAY);
        let posts = if number == 0 { 180 } else { 30 + seeder.chance.below(50) };
        let newest = seeder.now - 29 * MINUTE - number as i32 * (9 * HOUR + 17 * MINUTE);
        for post in 0..posts {
            let date = newest - post as i32 * (if number == 2 { 12 * HOUR } else { 47 * HOUR });
            let line = seeder.chance.line(cast.lines);
            let with_picture = cast.pictures > 0 && (post % cast.pictures == 0 || line.is_empty());
            if post == 0 && number < 2 {
                continue;
            } else if with_picture {
                let body = seeder.view(date);
                seeder.send(room, editor, date, line, body);
            } else {
                seeder.say(room, editor, date, line);
            }
        }
        match number {
            0 => {
                let body = seeder.view(newest);
                seeder.send(room, editor, newest, "The Pleiades, 40 minutes of exposure", body);
                seeder.unread.insert((main, room.seen_by(main)), 128);
            }
            1 => {
                let text = "**v2.4**: faster first paint, smaller cache\n```sh\ncargo install heliograph-notes\n```";
                seeder.say(room, editor, newest - 42 * MINUTE, text);
                seeder.unread.insert((main, room.seen_by(main)), 1);
            }
            _ => {}
        }
        mute(seeder, main, room.seen_by(main), cast.muted);
    }
    let own = NewChannel {
        title: "Robin's window",
        about: "What one sees from here.",
        username: "robins_window_demo",
        broadcast: true,
        photo: true,
        size: 37,
        creator: main,
        ..NewChannel::default()
    };
    let room = seeder.channel(own, vec![main], 200 * DAY);
    // What one sees is talked about: posts of the channel appear in this group too.
    let talk = NewChannel {
        title: "Window talk",
        about: "What one says of what one sees.",
        photo: true,
        size: 9,
        creator: main,
        ..NewChannel::default()
    };
    let members = std::iter::once(main).chain(people.iter().copied().take(4)).collect();
    let group = seeder.channel(talk, members, 200 * DAY);
    if let (Room::Channel(channel), Room::Channel(group)) = (room, group) {
        seeder.state.discussions.insert(channel, group);
    }
    for week in 1..14 {
        let date = seeder.now - week * 7 * DAY - 2 * HOUR;
        let body = seeder.view(date);
        seeder.send(room, main, date, "", body);
    }
    let newest = seeder.now - 7 * DAY - 2 * HOUR;
    let neighbour = people.first().copied().unwrap_or(main);
    seeder.say(group, neighbour, newest + 25 * MINUTE, "That roof again. I can see your curtain from mine.");
    seeder.say(group, main, newest + 40 * MINUTE, "Then wave tomorrow at six.");
}

fn mute(seeder: &mut Seeder, account: i64, place: Place, muted: bool) {
    if let Some(mailbox) = seeder.state.accounts.get_mut(&account) {
        mailbox.chats.entry(place).or_default().notify.mute_until = muted.then_some(i32::MAX);
    }
}

/// The first chat of the list stays the first.
fn pin(seeder: &mut Seeder, main: i64) {
    let keepers = seeder.state.channels.values().find(|channel| channel.title == "Lighthouse Keepers");
    let Some(place) = keepers.map(|channel| Place::Channel(channel.id)) else { return };
    if let Some(mailbox) = seeder.state.accounts.get_mut(&main) {
        mailbox.pinned.push(place);
    }
}
