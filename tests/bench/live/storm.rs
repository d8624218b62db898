//! Very much happens at once.

use crate::server::Far;
use crate::{ROOM, Report, WATCH, millis, open, processor};
use heliograph_model::{MessageId, Place};
use heliograph_store::{KeyStorage, Store, key};
use heliograph_tests::{Desktop, Screen, sign_in};
use std::collections::HashSet;
use std::time::{Duration, Instant};

const A_SECOND: usize = 5000;
/// Where it is said; the first one is open.
const CHATS: [&str; 3] = [WATCH, "Lighthouse Keepers", "Family"];
/// So long nothing new may come before the rest counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// In which of so many chats this one is said.
pub fn chat_of(number: usize, chats: usize) -> usize {
    if number.is_multiple_of(4) { 1 + number / 4 % (chats - 1) } else { 0 }
}

pub fn words(number: usize) -> String {
    format!("storm {number}")
}

fn number(words: &str) -> Option<usize> {
    words.strip_prefix("storm ")?.parse().ok()
}

/// What the process holds of its own, in MiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}

/// The numbers that stand in the open conversation, from top to bottom.
fn rows(screen: &mut Screen) -> Vec<usize> {
    let seen = screen.seen().into_iter();
    let shown = seen.filter(|seen| seen.visible.is_some() && ROOM.contains(seen.bounds.center()));
    shown.filter_map(|seen| number(&seen.words?)).collect()
}

/// A turn of the program, with what it draws: what it took, if there was anything to do.
fn turn(screen: &mut Screen) -> Option<Duration> {
    let before = processor();
    let happened = screen.turn();
    screen.present();
    happened.then(|| processor() - before)
}

pub fn measure(report: &mut Report, seconds: u64) {
    println!("\nA storm of {A_SECOND} messages a second for {seconds} s, three of four into the open conversation");
    let mut far = Far::start();
    let desktop = Desktop::beyond(&far.address, &far.key);
    let mut screen = desktop.open();
    sign_in(&mut screen, &far.account);
    open(&mut screen);
    screen.run_for(Duration::from_secs(2));
    // What is drawn at the very first is drawn whole.
    screen.present();
    far.begin(&["storm", &A_SECOND.to_string(), &seconds.to_string(), CHATS[0], CHATS[1], CHATS[2]]);
    let began = Instant::now();
    let over = std::thread::spawn(move || (far.done().parse::<usize>().unwrap(), began.elapsed(), far));
    let (mut frames, mut samples): (Vec<Duration>, Vec<(Duration, f64)>) = (Vec::new(), Vec::new());
    let (mut newest, mut grew) = (0, Instant::now());
    let mut over = Some(over);
    let (mut said, mut lasted, mut keep) = (None, Duration::ZERO, None);
    loop {
        match turn(&mut screen) {
            Some(took) => frames.push(took),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
        if samples.last().is_none_or(|(at, _)| began.elapsed() - *at >= Duration::from_secs(1)) {
            samples.push((began.elapsed(), memory()));
        }
        if over.as_ref().is_some_and(std::thread::JoinHandle::is_finished)
            && let Some(over) = over.take()
        {
            let (count, time, far) = over.join().unwrap();
            (said, lasted, keep) = (Some(count), time, Some(far));
            grew = Instant::now();
        }
        // Looking costs a layout: only when all has been said.
        if let Some(said) = said {
            let shown = rows(&mut screen).into_iter().max().unwrap_or_default();
            if shown > newest {
                (newest, grew) = (shown, Instant::now());
            }
            let last = (0..said).rev().find(|number| chat_of(*number, CHATS.len()) == 0).unwrap_or_default();
            if shown >= last || grew.elapsed() > PATIENCE {
                break;
            }
            screen.run_for(Duration::from_millis(20));
        }
    }
    let said = said.unwrap_or_default();
    report.say(format!(
        "{said} said at {:.0} a second, the last is shown {:.1?} after it was said",
        said as f64 / lasted.as_secs_f64(),
        began.elapsed() - lasted
    ));
    // What stands on the screen follows each other.
    screen.run_for(Duration::from_secs(1));
    let rows = rows(&mut screen);
    let expected: Vec<usize> = (0..said).filter(|number| chat_of(*number, CHATS.len()) == 0).collect();
    let gaps = !expected.windows(rows.len().max(1)).any(|window| window == rows);
    report.at_most("storm: holes on the screen", f64::from(u8::from(gaps || rows.len() < 3)), 0.0, "");
    drop((screen, keep));
    let stored = stored(&desktop);
    let all: HashSet<usize> = stored.iter().copied().collect();
    report.at_most("storm: not stored", (0..said).filter(|number| !all.contains(number)).count() as f64, 0.0, "");
    report.at_most("storm: stored twice", (stored.len() - all.len()) as f64, 0.0, "");

    let list: Vec<String> =
        samples.iter().step_by(samples.len().div_ceil(10).max(1)).map(|(_, memory)| format!("{memory:.0}")).collect();
    report.say(format!("memory over it in MiB: {}", list.join(" ")));
    let settled = samples.get(samples.len() / 6).map_or(0.0, |(_, memory)| *memory);
    let most = samples.iter().map(|(_, memory)| *memory).fold(0.0, f64::max);
    report.at_most("storm: memory, most / after a sixth of the time", most / settled, 1.15, "");

    frames.sort_unstable();
    let at = |part: usize| millis(frames[(frames.len() - 1) * part / 1000]);
    let late = frames.iter().filter(|frame| **frame > Duration::from_millis(16)).count();
    report.say(format!(
        "{} frames: median {:.2} ms, 99 % {:.2} ms, 99.9 % {:.2} ms; {late} over 16 ms",
        frames.len(),
        at(500),
        at(990),
        at(999)
    ));
    report.at_most("storm: slowest frame", at(1000), 16.0, " ms");
}

/// The numbers of all that the program has kept.
fn stored(desktop: &Desktop) -> Vec<usize> {
    desktop.run(async {
        let key = key::obtain(KeyStorage::File, &desktop.account_dir(), "1", None).await.unwrap();
        let began = Instant::now();
        let store = loop {
            // It is closed a moment after the program.
            match Store::open(&desktop.account_dir(), &key).await {
                Ok(store) => break store,
                Err(error) if began.elapsed() > PATIENCE => panic!("the store stays closed: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        let mut numbers = Vec::new();
        for chat in store.chats(1000).await.unwrap().chats {
            let mut place = Place::Newest;
            loop {
                let page = store.page(chat.id, place, 1000).await.unwrap();
                let storm: Vec<usize> = page.messages.iter().filter_map(|said| number(&said.text.text)).collect();
                let first = page.messages.first().map(|said| said.id);
                let ends = storm.is_empty();
                numbers.extend(storm);
                match first {
                    Some(MessageId::Server(first)) if !ends => place = Place::Before(first),
                    _ => break,
                }
            }
        }
        numbers
    })
}
