//! The accounts for every way of signing in, and Telegram itself.

use super::{HOUR, MINUTE, Person, Presence, Room, Seeder, Sketch, TELEGRAM};
use crate::world::{Account, Password, cast};

/// Comes last: it draws from chance only after all others have.
pub(super) fn fill(seeder: &mut Seeder) {
    seeder.state.people.insert(
        TELEGRAM,
        Person {
            id: TELEGRAM,
            first: "Telegram".to_owned(),
            last: String::new(),
            username: None,
            phone: "42777".to_owned(),
            about: String::new(),
            bot: false,
            photo: None,
            earlier: Vec::new(),
            presence: Presence::Recently,
        },
    );
    let mut ids: Vec<i64> = Vec::new();
    for door in cast::DOORS {
        let id = seeder.person(Sketch {
            first: door.first,
            last: door.last,
            username: door.username,
            about: "At the door.",
            ..Sketch::default()
        });
        if let Some(person) = seeder.state.people.get_mut(&id) {
            person.phone = door.phone.to_owned();
        }
        let password = door.password.map(|words| Password::of_cast(seeder.state.seed, id, words, door.recovery_email));
        let mut account = Account::new(id, door.code, password);
        account.way = door.way;
        account.login_email = door.login_email.map(str::to_owned);
        account.dc = door.dc;
        account.contacts.extend(ids.iter().copied());
        seeder.state.accounts.insert(id, account);

        let now = seeder.now;
        seeder.say(Room::Private(id, id), id, now - 26 * HOUR, "Where did I put the key?");
        for (number, other) in (1_i32..).zip(ids.iter().rev().take(3)) {
            let at = now - number * HOUR;
            let room = Room::Private(*other, id);
            seeder.say(room, *other, at - 9 * MINUTE, "Are you in?");
            seeder.say(room, id, at, "Nearly. The door sticks.");
        }
        ids.push(id);
    }
}
