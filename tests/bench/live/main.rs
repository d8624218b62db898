//! The whole program before a live server: `cargo bench -p heliograph-tests --bench live [-- reading] [-- storm] [-- --quick]`.
//!
//! `reading`: upwards through 5,000 messages at three screens a second, the server 0, 50 and 200 ms away in each direction:
//! is the next page there before the reader is? `storm`: 5,000 messages a second for a minute come into the open
//! conversation: what does a frame cost? The server runs in the same process, on other threads; frames are measured in
//! processor time of the thread that draws.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program for developers: it may end with a message, and it prints"
)]

use heliograph_tests::{Desktop, Screen};
use iced::{Point, Rectangle};
use std::time::{Duration, Instant};

/// A group of five thousand messages, each with its number.
const WATCH: &str = "Long Watch";
/// Where messages are.
const ROOM: Rectangle = Rectangle { x: 400.0, y: 108.0, width: 880.0, height: 633.0 };
/// Pixels that a line of the wheel is worth.
const NOTCH: f32 = 60.0;
const SCREENS_A_SECOND: f32 = 3.0;
const A_SECOND: usize = 5000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let parts: Vec<&str> = arguments.iter().map(String::as_str).filter(|part| !part.starts_with("--")).collect();
    if parts.is_empty() || parts.contains(&"reading") {
        println!("Reading upwards at {SCREENS_A_SECOND} screens a second");
        for distance in [0, 50, 200] {
            reading(distance, if quick { 600 } else { 4900 });
        }
    }
    if parts.is_empty() || parts.contains(&"storm") {
        storm(if quick { 5 } else { 60 });
    }
}

/// Processor time of this thread so far.
fn processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// What the process holds, in MiB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() >> 10
}

/// The numbers of the messages that are seen, and whether the end of what is here is.
fn seen(screen: &mut Screen) -> (Vec<u32>, bool) {
    let (mut numbers, mut at_the_edge) = (Vec::new(), false);
    for seen in screen.seen() {
        let Some(words) = seen.words.filter(|_| seen.visible.is_some() && ROOM.contains(seen.bounds.center())) else {
            continue;
        };
        at_the_edge |= words.starts_with("Loading");
        numbers.extend(words.strip_prefix("Watch ").and_then(|rest| rest.split(':').next()?.parse::<u32>().ok()));
    }
    (numbers, at_the_edge)
}

fn open(screen: &mut Screen) {
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
    for _ in 0..60 {
        let row = screen.seen().into_iter().find(|seen| seen.words.as_deref() == Some(WATCH) && seen.visible.is_some());
        if let Some(row) = row {
            screen.click_at(row.bounds.center());
            break;
        }
        screen.scroll_at(Point::new(224.0, 400.0), -5.0);
        screen.run_for(Duration::from_millis(150));
    }
    screen.wait_find("composer");
    screen.wait_until("the conversation is at its end", |screen| {
        screen.run_for(Duration::from_millis(200));
        if screen.has("to-bottom") {
            screen.click("to-bottom");
        }
        !screen.has("to-bottom") && !seen(screen).0.is_empty()
    });
}

fn reading(distance: u64, count: u32) {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open(&mut screen);
    desktop.scenario().set_distance(Duration::from_millis(distance));
    desktop.scenario().cut_connections();
    screen.run_for(Duration::from_millis(2000 + 6 * distance));
    let newest = *seen(&mut screen).0.last().unwrap();
    let goal = newest.saturating_sub(count).max(1);
    let calls = desktop.scenario().calls("messages.getHistory");
    let (began, cpu) = (Instant::now(), processor());
    let mut last = began;
    let (mut first, mut looks, mut waited) = (newest, 0_u32, 0_u32);
    let mut slowest = Duration::ZERO;
    while first > goal && began.elapsed() < Duration::from_secs(400) {
        let past = last.elapsed();
        last = Instant::now();
        // A slow moment of the machine is no jump of the reader.
        let pixels = ROOM.height * SCREENS_A_SECOND * past.as_secs_f32().min(0.1);
        let before = processor();
        screen.scroll_at(ROOM.center(), pixels / NOTCH + 0.001);
        slowest = slowest.max(processor().saturating_sub(before));
        let (numbers, at_the_edge) = seen(&mut screen);
        looks += 1;
        waited += u32::from(at_the_edge);
        first = numbers.first().copied().unwrap_or(first);
        screen.run_for(Duration::from_millis(8));
    }
    let took = began.elapsed();
    let pages = desktop.scenario().calls("messages.getHistory") - calls;
    println!(
        "  {distance:>3} ms away: {} messages in {took:.1?}, {pages} pages; the reader stood at the edge in {waited} of {looks} \
         looks; slowest frame {:.1} ms, {:.1} s of processor time{}",
        newest - first,
        slowest.as_secs_f64() * 1e3,
        (processor() - cpu).as_secs_f64(),
        if waited == 0 { ": met" } else { ": MISSED" }
    );
}

fn storm(seconds: u64) {
    println!("A storm of {A_SECOND} messages a second for {seconds} s into the open conversation");
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open(&mut screen);
    let (api, phone, other) = (desktop.server().api(), desktop.account().phone, desktop.other_account().user_id);
    let said = std::thread::spawn(move || {
        let (began, mut said) = (Instant::now(), 0);
        while began.elapsed() < Duration::from_secs(seconds) {
            while said < (began.elapsed().as_secs_f64() * A_SECOND as f64) as usize {
                api.say(other, WATCH, &phone, &format!("storm {said}"));
                said += 1;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        said
    });
    let mut frames = Vec::new();
    let mut samples = Vec::new();
    let began = Instant::now();
    let mut count = None;
    let mut said = Some(said);
    while began.elapsed() < Duration::from_secs(seconds * 3 + 30) {
        let before = processor();
        if screen.turn() {
            frames.push(processor().saturating_sub(before));
        } else {
            std::thread::sleep(Duration::from_millis(1));
        }
        if samples.len() as u64 * 2 <= began.elapsed().as_secs() {
            samples.push(memory());
        }
        if said.as_ref().is_some_and(std::thread::JoinHandle::is_finished) {
            count = said.take().map(|said| said.join().unwrap());
        }
        if let Some(count) = count
            && frames.len() % 50 == 0
            && screen.shows(&format!("storm {}", count - 1))
        {
            break;
        }
    }
    frames.sort_unstable();
    let at = |part: usize| frames[(frames.len() - 1) * part / 1000].as_secs_f64() * 1e3;
    let (slowest, late) = (at(1000), frames.iter().filter(|frame| frame.as_millis() >= 16).count());
    println!(
        "  {} said, the last is shown after {:.1?}; {} turns with something to do: median {:.2} ms, 99 % {:.2} ms, slowest \
         {slowest:.1} ms, {late} over 16 ms{}",
        count.unwrap_or_default(),
        began.elapsed(),
        frames.len(),
        at(500),
        at(990),
        if late == 0 { ": met" } else { ": MISSED" }
    );
    let shown: Vec<String> =
        samples.iter().step_by(samples.len().div_ceil(8).max(1)).map(|memory| memory.to_string()).collect();
    println!("  memory with the server's world in MiB: {}", shown.join(" "));
}
