//! What the conversation costs: `cargo bench -p heliograph --bench timeline [-- --strict] [-- PART ...]`.
//!
//! Every figure is processor time of the one thread that draws, with the software renderer, in a window of 896 by 800.
//! The targets are ratios to a reference frame of the same run, taken turn by turn with what is measured: 30 plain words
//! in a column of iced. Nothing fails, unless `--strict` is given and a target is missed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers: it may end with a message, and it prints"
)]

mod ingest;
mod live;
mod pane;
mod said;
mod screen;

use heliograph::screen::chats::Message;
use heliograph::screen::chats::bench::{Talk, list};
use heliograph::theme::Look;
use heliograph::widget::Element;
use heliograph::widget::icon::{Icon, icon};
use iced::{Event, Size, mouse};
use pane::{Frame, Pane};
use screen::Screen;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: live::Counting = live::Counting;

/// The room for the conversation beside the list in a window of 1280.
const PANE: Size = Size::new(896.0, 800.0);
const WINDOW: Size = Size::new(1216.0, 800.0);
const LATE: Duration = Duration::from_millis(33);

/// What was found, and whether all of it is as it should be.
struct Report {
    missed: Vec<String>,
}

impl Report {
    fn title(&self, words: &str) {
        println!("\n{words}");
    }

    fn say(&self, name: &str, words: impl std::fmt::Display) {
        println!("  {name:<44} {words}");
    }

    fn target(&mut self, name: &str, value: f64, most: f64, unit: &str) {
        let met = value <= most;
        println!("  {name:<44} {value:>8.2}{unit}   target {most}{unit}: {}", if met { "met" } else { "MISSED" });
        if !met {
            self.missed.push(name.to_owned());
        }
    }
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let strict = arguments.iter().any(|argument| argument == "--strict");
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let mut report = Report { missed: Vec::new() };
    type Part = (&'static str, fn(&mut Report));
    let parts: [Part; 6] = [
        ("warm", warm),
        ("cold", cold),
        ("changes", changes),
        ("window", window),
        ("ingest", ingest::measure),
        ("memory", memory),
    ];
    // For a profiler: the warm frame and nothing else, for some seconds.
    if let [part] = wanted.as_slice()
        && let Some(count) = part.strip_prefix("spin=").and_then(|count| count.parse().ok())
    {
        spin(count, arguments.iter().any(|argument| argument == "--wheel"));
        return std::process::ExitCode::SUCCESS;
    }
    for (name, run) in parts {
        if wanted.is_empty() || wanted.iter().any(|part| *part == name) {
            run(&mut report);
        }
    }
    if report.missed.is_empty() {
        println!("\nAll targets are met.");
        return std::process::ExitCode::SUCCESS;
    }
    println!("\nMissed: {}.", report.missed.join("; "));
    if strict { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}

/// 30 plain words in a column of iced.
fn reference<'a>() -> Element<'a, Message> {
    let rows = (0..30).map(|number| iced::widget::text(format!("Plain text in row {number}")).size(14).into());
    iced::widget::column(rows).width(iced::Fill).height(iced::Fill).into()
}

fn wheel(lines: f32) -> [Event; 1] {
    [Event::Mouse(mouse::Event::WheelScrolled { delta: mouse::ScrollDelta::Lines { x: 0.0, y: lines } })]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The middle one.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn parts(frames: &[Frame]) -> String {
    let of = |part: fn(&Frame) -> Duration| micros(median(frames.iter().map(part).collect()));
    format!(
        "{:.0} us (view {:.0}, layout {:.0}, update {:.0}, draw {:.0}); raster {:.0} us of {:.0} % of the window",
        of(Frame::cpu),
        of(|f| f.view),
        of(|f| f.layout),
        of(|f| f.update),
        of(|f| f.draw),
        of(|f| f.raster),
        frames.iter().map(|f| f.damage).fold(0.0, f32::max) * 100.0,
    )
}

/// Target 1: a frame in which nothing changed, whatever the number of rows.
fn warm(report: &mut Report) {
    const ROUNDS: usize = 60;
    /// So many places in each talk: some show a few pictures, some many words.
    const PLACES: usize = 8;
    report.title("Warm frames: view, layout, update and recording; the list alone, rows seen before, in eight places");
    let screen = Screen::new();
    let mut plain = Pane::new(PANE);
    let talks: Vec<_> = [100, 10_000, 100_000].map(|count| Talk::new(said::messages(1..count + 1))).into();
    let mut panes: Vec<_> = talks.iter().map(|_| Pane::new(PANE)).collect();
    let mut references = Vec::new();
    let mut frames = vec![Vec::new(); talks.len()];
    for place in 0..PLACES {
        for (talk, pane) in talks.iter().zip(&mut panes) {
            // On to the next place, not so far that a hundred rows end before the last one, and time to come to rest
            // there: what moves a pixel is drawn again.
            for number in 0..240 {
                let events = if number < 6 && place > 0 { &wheel(1.5)[..] } else { &[] };
                let _ = pane.frame(|| list(&screen.chats, Look::day(), talk), events);
            }
        }
        for _ in 0..ROUNDS {
            references.push(plain.frame(reference, &[]).0);
            for ((talk, pane), frames) in talks.iter().zip(&mut panes).zip(&mut frames) {
                frames.push(pane.frame(|| list(&screen.chats, Look::day(), talk), &[]).0);
            }
        }
    }
    if let Ok(folder) = std::env::var("HELIOGRAPH_PICTURES") {
        panes[0].save(&format!("{folder}/bench-list.png"));
    }
    report.say("reference: 30 plain rows", parts(&references));
    let cpu = |frames: &[Frame]| micros(median(frames.iter().map(Frame::cpu).collect()));
    let base = cpu(&references);
    for (talk, frames) in talks.iter().zip(&frames) {
        report.say(&format!("{} rows", talk.rows()), parts(frames));
    }
    for (talk, frames) in talks.iter().zip(&frames) {
        report.target(&format!("{} rows, times the reference", talk.rows()), cpu(frames) / base, 2.0, "");
    }
    report.target("100,000 messages, times 100 messages", cpu(&frames[2]) / cpu(&frames[0]), 1.2, "");

    // Without `view`: nothing was said, a widget asks for a frame.
    for (talk, pane) in talks.iter().zip(&mut panes) {
        let calls = live::calls();
        let _ = pane.frame(|| list(&screen.chats, Look::day(), talk), &[]);
        report.say(&format!("{} rows, pieces of memory asked for", talk.rows()), live::calls() - calls);
    }
}

/// Draws the same frame again and again, or turns the wheel to and fro.
fn spin(count: usize, turn: bool) {
    pane::PLAIN_CLOCK.store(true, std::sync::atomic::Ordering::Relaxed);
    let screen = Screen::new();
    let talk = Talk::new(said::messages(1..101));
    let mut pane = Pane::new(PANE);
    for number in 0..count {
        let lines = if number / 20 % 2 == 0 { 1.0 } else { -1.0 };
        let events = wheel(lines);
        let _ = pane.frame(|| list(&screen.chats, Look::day(), &talk), if turn { &events } else { &[] });
    }
}

fn slowest(report: &mut Report, name: &str, frames: &[Frame]) {
    let worst = frames.iter().map(Frame::whole).max().unwrap_or_default();
    let late = frames.iter().filter(|frame| frame.whole() > LATE).count();
    report.say(name, parts(frames));
    report.say("", format!("{} frames, slowest {:.1} ms, over 33 ms: {late}", frames.len(), millis(worst)));
    if let Some((number, frame)) = frames.iter().enumerate().max_by_key(|(_, frame)| frame.whole()) {
        report.say("", format!("the slowest is number {number}: {}", parts(&[*frame])));
    }
    report.target(&format!("{name}: slowest frame"), millis(worst), 33.0, " ms");
}

/// Target 2: what was never shown.
fn cold(report: &mut Report) {
    report.title("Cold: rows that were never shown; with rasterising");
    let screen = Screen::new();
    // The fonts are found once by the first words that any screen shows, and once more by its first sign: both were
    // long there when a conversation is opened.
    let warmed = Talk::new(said::messages(900_000..900_200));
    let mut pane = Pane::new(PANE);
    let sign = || iced::widget::stack![icon(Icon::Back, 24.0, iced::Color::BLACK)].into();
    let (first, _) = pane.frame::<Message>(sign, &[]);
    report.say("the very first sign of the program", format!("{:.1} ms", millis(first.whole())));
    let (first, _) = pane.frame(|| list(&screen.chats, Look::day(), &warmed), &[]);
    report.say("the very first words of the program", format!("{:.1} ms", millis(first.whole())));

    let mut opened = Vec::new();
    for chat in 0..12 {
        let talk = Talk::new(said::messages(chat * 1000 + 1..chat * 1000 + 101));
        pane.forget();
        let (frame, _) = pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]);
        opened.push(frame);
    }
    slowest(report, "opening a conversation", &opened);

    for (name, lines) in [("wheel, a notch a frame", 1.0), ("fling, a view a frame", 13.0)] {
        let talk = Talk::new(said::messages(100_000..104_000));
        pane.forget();
        let _ = pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]);
        let _ = pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]);
        let flung: Vec<_> =
            (0..150).map(|_| pane.frame(|| list(&screen.chats, Look::day(), &talk), &wheel(lines)).0).collect();
        slowest(report, name, &flung);
    }
}

/// Turns the wheel until there is nothing above.
fn to_the_top(screen: &Screen, pane: &mut Pane, talk: &Talk) {
    pane.blind = true;
    for number in 0..400 {
        let events = if number < 300 { &wheel(20.0)[..] } else { &[] };
        let _ = pane.frame(|| list(&screen.chats, Look::day(), talk), events);
    }
    pane.blind = false;
    let _ = pane.frame(|| list(&screen.chats, Look::day(), talk), &[]);
}

/// A page before the first row, and another width.
fn changes(report: &mut Report) {
    report.title("Changes to what is shown");
    let screen = Screen::new();
    let mut pane = Pane::new(PANE);
    let mut talk = Talk::new(said::messages(50_000..50_200));
    let _ = pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]);
    // Near the oldest row, so that new ones come into what is built.
    to_the_top(&screen, &mut pane, &talk);
    let mut pages = Vec::new();
    for page in 1..=12 {
        let page = said::messages(50_000 - page * 50..50_050 - page * 50);
        let begun = pane::clock();
        talk.prepend(page);
        let joined = pane::clock() - begun;
        let (mut frame, _) = pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]);
        frame.update += joined;
        pages.push(frame);
        to_the_top(&screen, &mut pane, &talk);
    }
    report.say("a page of 50 comes before the first row", parts(&pages));
    let worst = pages.iter().map(Frame::whole).max().unwrap_or_default();
    report.target("a page of 50: slowest", millis(worst), 16.0, " ms");

    let mut widths = Vec::new();
    for step in 1..=24 {
        pane.resize(Size { width: PANE.width - step as f32 * 9.0, ..PANE });
        widths.push(pane.frame(|| list(&screen.chats, Look::day(), &talk), &[]).0);
    }
    slowest(report, "another width", &widths);
}

/// The whole window: list, header, conversation and composer.
fn window(report: &mut Report) {
    report.title("The whole window: the list of chats, the header, a conversation and the composer");
    let mut screen = Screen::new();
    let mut pane = Pane::new(WINDOW);
    screen.open(5000);
    for _ in 0..20 {
        let _ = screen.frame(&mut pane, &[]);
        let _ = screen.serve();
    }
    if let Ok(folder) = std::env::var("HELIOGRAPH_PICTURES") {
        pane.save(&format!("{folder}/bench-window.png"));
    }
    let frames: Vec<_> = (0..100).map(|_| screen.frame(&mut pane, &[])).collect();
    report.say("nothing changed", parts(&frames));
    let mut frames = Vec::new();
    for _ in 0..400 {
        frames.push(screen.frame(&mut pane, &wheel(1.0)));
        let begun = pane::clock();
        if screen.serve() > 0 {
            // The page that comes is part of the next frame.
            let came = pane::clock() - begun;
            let mut frame = screen.frame(&mut pane, &[]);
            frame.update += came;
            frames.push(frame);
        }
    }
    slowest(report, "wheel, a notch a frame", &frames);

    use iced::widget::text_editor::{Action, Edit};
    let typed: Vec<_> = (0..120)
        .map(|number| {
            let begun = pane::clock();
            let letter = if number % 6 == 5 { ' ' } else { 'n' };
            screen.update(Message::Composed(Action::Edit(Edit::Insert(letter))));
            let said = pane::clock() - begun;
            let mut frame = screen.frame(&mut pane, &[]);
            frame.update += said;
            frame
        })
        .collect();
    slowest(report, "a character in the composer", &typed);
}

/// Target 4: 20,000 messages through the conversation, and out again.
fn memory(report: &mut Report) {
    const MESSAGES: i32 = 20_000;
    report.title("Memory: scrolling up through 20,000 messages, and leaving");
    let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    let mut screen = Screen::new();
    let mut pane = Pane::new(WINDOW);
    let _ = screen.frame(&mut pane, &[]);
    pane.blind = true;
    let before = live::bytes();
    screen.open(MESSAGES);
    for _ in 0..20 {
        let _ = screen.frame(&mut pane, &[]);
        let _ = screen.serve();
    }
    let start = live::bytes();
    report.say("before, and with the conversation open", format!("{:.1} MiB, {:.1} MiB", mib(before), mib(start)));
    let (mut most, mut frames, mut pages, mut still) = (start, 0, 0, 0);
    while still < 200 && frames < 100_000 {
        let _ = screen.frame(&mut pane, &wheel(8.0));
        frames += 1;
        let served = screen.serve();
        pages += served;
        still = if served > 0 { 0 } else { still + 1 };
        most = most.max(live::bytes());
    }
    let after = live::bytes();
    let held = screen.chats.holds(said::KEEPERS);
    report.say("on the way", format!("{frames} frames, {pages} pages; {held} rows are held at the end"));
    screen.update(Message::Closed);
    for _ in 0..3 {
        let _ = screen.frame(&mut pane, &[]);
    }
    let left = live::bytes();
    report.say("at most, and at the oldest message", format!("{:.1} MiB, {:.1} MiB", mib(most), mib(after)));
    report.target("20,000 messages: above the start", (mib(most) - mib(start)).max(0.0), 15.0, " MiB");
    report.target("after leaving: above the start", (mib(left) - mib(before)).max(0.0), 5.0, " MiB");
}
