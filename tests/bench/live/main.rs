//! The whole program before a live server: `cargo bench -p heliograph-tests --bench live [-- PART ...] [-- --quick] [-- --strict]`.
//!
//! `reading`: upwards through 5,000 messages at three screens a second, the server 0, 50 and 200 ms away in each direction:
//! is the next page there before the reader is? `storm`: 5,000 messages a second for a minute, three of four into the open
//! conversation: is one of them lost, does memory stay as it is, what does a frame cost? The server runs in a process of
//! its own; frames are measured in processor time of the thread that draws, with what it rasterises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers: it may end with a message, and it prints"
)]

mod reading;
mod server;
mod storm;

use heliograph_tests::Screen;
use iced::{Point, Rectangle};
use std::time::Duration;

/// A group of five thousand messages, each with its number.
const WATCH: &str = "Long Watch";
/// Where messages are.
const ROOM: Rectangle = Rectangle { x: 400.0, y: 108.0, width: 880.0, height: 633.0 };

/// What was measured against what is wanted.
#[derive(Default)]
struct Report {
    missed: Vec<String>,
}

impl Report {
    fn say(&self, words: impl std::fmt::Display) {
        println!("  {words}");
    }

    fn at_most(&mut self, name: &str, value: f64, most: f64, unit: &str) {
        let met = value <= most;
        println!("  {name:<44} {value:>8.2}{unit}   target {most}{unit}: {}", if met { "met" } else { "MISSED" });
        if !met {
            self.missed.push(name.to_owned());
        }
    }
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    if has("--serve") {
        server::serve();
        return std::process::ExitCode::SUCCESS;
    }
    // As the program does it.
    heliograph::platform::memory::prepare();
    let quick = has("--quick");
    let parts: Vec<&str> = arguments.iter().map(String::as_str).filter(|part| !part.starts_with("--")).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let mut report = Report::default();
    if is_wanted("reading") {
        for distance in [0, 50, 200] {
            reading::measure(&mut report, distance, if quick { 600 } else { 4900 });
        }
    }
    if is_wanted("storm") {
        storm::measure(&mut report, if quick { 6 } else { 60 });
    }
    if report.missed.is_empty() {
        println!("\nAll targets are met.");
        return std::process::ExitCode::SUCCESS;
    }
    println!("\nMissed: {}.", report.missed.join("; "));
    if has("--strict") { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}

/// Processor time of this thread so far.
fn processor() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
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
