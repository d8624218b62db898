//! What people do by themselves while one watches: they come, type, write, and answer those who write to them.

use super::Api;
use crate::world::{Author, Chance, Draft, LetterId, Notice, Place, Presence, Room, State, cast, markup};
use grammers_tl_types::enums::SendMessageAction;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

/// Somebody signed in has written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    pub room: Room,
    pub by: i64,
    pub letter: LetterId,
}

/// How long somebody is there after being heard of.
const ONLINE_SECONDS: i32 = 180;
/// What people do at the same time; who writes faster than they answer is answered less.
const MOST_DOINGS: usize = 32;

/// Lives until aborted.
pub(super) async fn live(api: Arc<Api>) {
    let (tell, mut heard) = mpsc::unbounded_channel();
    if api.heard.set(tell).is_err() {
        // It lives already.
        return;
    }
    let seed = api.world.lock().seed;
    let mut chance = Chance::new(seed, "life");
    let mut doings = JoinSet::new();
    let mut next = Instant::now();
    loop {
        tokio::select! {
            () = sleep_until(next) => {
                next = Instant::now() + Duration::from_millis(chance.between(2_500, 7_000) as u64);
                if doings.len() < MOST_DOINGS {
                    doings.spawn(happen(Arc::clone(&api), chance.draw()));
                }
            }
            Some(heard) = heard.recv() => {
                if doings.len() < MOST_DOINGS {
                    doings.spawn(answer(Arc::clone(&api), heard, chance.draw()));
                }
            }
            Some(_) = doings.join_next(), if !doings.is_empty() => {}
        }
    }
}

/// Something by itself: somebody comes, or types and then writes.
async fn happen(api: Arc<Api>, dice: u64) {
    let (api, chance) = (api.as_ref(), &mut Chance::new(dice, "happen"));
    let Some((who, room, tongue)) = somebody(&api.world.lock(), chance) else { return };
    appear(api, who);
    if chance.percent(25) {
        return;
    }
    let broadcast = is_broadcast(&api.world.lock(), room);
    if !broadcast {
        say_typing(api, room, who, SendMessageAction::SendMessageTypingAction);
        sleep(Duration::from_millis(chance.between(1_200, 3_500) as u64)).await;
        if chance.percent(10) {
            // Thought better of it.
            say_typing(api, room, who, SendMessageAction::SendMessageCancelAction);
            return;
        }
    }
    let line = match room {
        Room::Channel(id) if broadcast => {
            let title = api.world.lock().channels.get(&id).map(|channel| channel.title.clone()).unwrap_or_default();
            cast::CHANNELS.iter().find(|cast| cast.title == title).map_or("", |cast| chance.line(cast.lines))
        }
        _ if tongue == cast::ENGLISH && chance.percent(50) => chance.line(cast::MUSINGS),
        _ => {
            let pairs = cast::TONGUES.get(tongue).map_or(cast::PAIRS, |tongue| tongue.pairs);
            pairs.get(chance.below(pairs.len())).map_or("", |pair| pair.0)
        }
    };
    write(api, room, who, line, None);
}

/// Somebody who may write by himself in a chat of an account, and the tongue spoken there.
fn somebody(state: &State, chance: &mut Chance) -> Option<(i64, Room, usize)> {
    let main = *state.accounts.keys().next()?;
    // The newest chats are the ones in which things happen.
    let rows = state.rows(main);
    let row = rows.get(chance.below(rows.len().min(25)))?;
    let room = Room::of(main, row.place);
    let may = |person: &i64| {
        !state.is_in_use(*person) && *person != main && state.people.get(person).is_some_and(|person| !person.bot)
    };
    let members: Vec<i64> = match room {
        Room::Channel(id) => {
            let channel = state.channels.get(&id)?;
            let writers = if channel.broadcast { vec![channel.creator] } else { channel.members.clone() };
            writers.into_iter().filter(may).collect()
        }
        room => state.members(room).into_iter().filter(may).collect(),
    };
    let who = chance.one_of(&members)?;
    Some((who, room, tongue_of(state, main, row.place)))
}

fn tongue_of(state: &State, viewer: i64, place: Place) -> usize {
    let title = state.title_of(viewer, place);
    match place {
        Place::User(person) => {
            let username = state.people.get(&person).and_then(|person| person.username.clone()).unwrap_or_default();
            cast::PEOPLE.iter().find(|cast| cast.username == username).map_or(cast::ENGLISH, |cast| cast.tongue)
        }
        _ => cast::GROUPS.iter().find(|cast| cast.title == title).map_or(cast::ENGLISH, |cast| cast.tongue),
    }
}

fn is_broadcast(state: &State, room: Room) -> bool {
    matches!(room, Room::Channel(id) if state.channels.get(&id).is_some_and(|channel| channel.broadcast))
}

fn appear(api: &Api, who: i64) {
    let mut state = api.world.lock();
    let until = state.now().saturating_add(ONLINE_SECONDS);
    let notices = state.set_presence(who, Presence::Online(until));
    api.announce(&state, &notices, None);
}

fn say_typing(api: &Api, room: Room, who: i64, action: SendMessageAction) {
    let state = api.world.lock();
    api.announce(&state, &[Notice::Typing { room, who, action }], None);
}

fn write(api: &Api, room: Room, who: i64, line: &str, reply_to: Option<LetterId>) {
    if line.is_empty() {
        return;
    }
    let mut state = api.world.lock();
    if let Room::Private(one, other) = room
        && state.blocks(if one == who { other } else { one }, who)
    {
        return;
    }
    let author = if is_broadcast(&state, room) { Author::Channel } else { Author::Person(who) };
    let (text, entities) = markup::parse(line);
    let date = state.now();
    let (_, notices) = state.post(room, author, date, Draft { entities, reply_to, ..Draft::text(text) });
    api.announce(&state, &notices, None);
}

/// The other side comes, reads, types, answers. In groups somebody does now and then.
async fn answer(api: Arc<Api>, heard: Heard, dice: u64) {
    let mut chance = Chance::new(dice, "answer");
    let Some((who, words, tongue)) = listener(&api.world.lock(), heard, &mut chance) else { return };
    sleep(Duration::from_millis(chance.between(500, 1_500) as u64)).await;
    appear(&api, who);
    {
        let mut state = api.world.lock();
        let notices = state.seen(heard.room, who, heard.letter);
        api.announce(&state, &notices, None);
    }
    if !matches!(heard.room, Room::Private(..)) && chance.percent(55) {
        return;
    }
    sleep(Duration::from_millis(chance.between(400, 1_200) as u64)).await;
    say_typing(&api, heard.room, who, SendMessageAction::SendMessageTypingAction);
    sleep(Duration::from_millis(chance.between(1_200, 2_600) as u64)).await;
    let line = reply_line(&words, tongue, &mut chance);
    let quotes = !matches!(heard.room, Room::Private(..)) || chance.percent(15);
    write(&api, heard.room, who, line, quotes.then_some(heard.letter));
}

/// Who answers, to which words, in which tongue.
fn listener(state: &State, heard: Heard, chance: &mut Chance) -> Option<(i64, String, usize)> {
    if is_broadcast(state, heard.room) {
        return None;
    }
    let others: Vec<i64> = state
        .members(heard.room)
        .into_iter()
        .filter(|person| *person != heard.by && !state.is_in_use(*person))
        .collect();
    let who = chance.one_of(&others)?;
    let words = state.letters.get(heard.letter)?.text.to_lowercase();
    Some((who, words, tongue_of(state, heard.by, heard.room.seen_by(heard.by))))
}

/// Something that fits.
fn reply_line(words: &str, tongue: usize, chance: &mut Chance) -> &'static str {
    if words.starts_with("/order") {
        return "Thank you! **Ordered**. We will write when it is ready.";
    }
    if let Some((_, lines)) = cast::ANSWERS.iter().find(|(word, _)| holds(words, word)) {
        return chance.line(lines);
    }
    if tongue == cast::ENGLISH {
        return chance.line(cast::FALLBACK_ANSWERS);
    }
    let pairs = cast::TONGUES.get(tongue).map_or(cast::PAIRS, |tongue| tongue.pairs);
    // Whoever repeats a known question gets its answer.
    match pairs.iter().find(|(question, _)| question.to_lowercase() == words) {
        Some((_, answer)) => answer,
        None => pairs.get(chance.below(pairs.len())).map_or("👍", |pair| pair.1),
    }
}

/// The word stands in the words by itself; marks anywhere.
fn holds(words: &str, word: &str) -> bool {
    if word.chars().any(char::is_alphabetic) && !word.contains(' ') {
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| part == word || (word.len() > 3 && part.starts_with(word)))
    } else {
        words.contains(word)
    }
}
