//! The window while messages rain into the store: on a thread of its own they are written, and the screen hears of them.

use crate::pane::{Frame, Pane, clock};
use crate::screen::Screen;
use crate::{Report, WINDOW, millis, parts, said, wheel};
use heliograph::app::pieces::Pieces;
use heliograph_model::{Change, Message, MessageId, PeerId};
use heliograph_store::Batch;
use heliograph_telegram::Event;
use std::ops::Range;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const BATCH: i32 = 1000;
const BATCHES: i32 = 60;
/// What the conversation that is open holds at first.
const OPEN_HAS: i32 = 5000;
/// Messages a second where they do not come as fast as they can be written: a quarter more than issue 6 asks for.
const PACE: f64 = 25_000.0;
/// Between two frames.
const BEAT: Duration = Duration::from_millis(16);

/// Frames, each with what it took, the processor time of taking in what happened before it, and the time that went by.
#[derive(Default)]
struct Frames(Vec<(Frame, Duration, Duration)>);

impl Frames {
    fn say(&mut self, report: &mut Report, name: &str) {
        self.0.sort_unstable_by_key(whole);
        let at = |share: f64| self.0.get((self.0.len().saturating_sub(1) as f64 * share) as usize).map(whole);
        let (median, late) = (at(0.5).unwrap_or_default(), at(0.99).unwrap_or_default());
        let by_clock = self.0.iter().map(|(_, _, went_by)| *went_by).max().unwrap_or_default();
        report.say(
            name,
            format!(
                "{} frames, median {:.1} ms, 99 of 100 within {:.1} ms; the slowest by the clock {:.1} ms",
                self.0.len(),
                millis(median),
                millis(late),
                millis(by_clock)
            ),
        );
        let heard = self.0.iter().map(|(_, heard, _)| *heard).max().unwrap_or_default();
        report.say("", format!("taking in what happened: at most {:.1} ms", millis(heard)));
        let frames: Vec<Frame> = self.0.iter().map(|(frame, ..)| *frame).collect();
        report.say("", parts(&frames));
        if let Some((frame, heard, _)) = self.0.last() {
            report.say("", format!("the slowest: {:.1} ms, and {}", millis(*heard), parts(&[*frame])));
        }
    }

    fn slowest(&self) -> Duration {
        self.0.iter().map(whole).max().unwrap_or_default()
    }
}

fn whole((frame, heard, _): &(Frame, Duration, Duration)) -> Duration {
    *heard + frame.whole()
}

/// Every fourth message is for the conversation that is open, the others for 40 other chats.
fn batch(number: i32) -> Vec<Change> {
    let one = |at: i32| {
        let at = number * BATCH + at;
        let said = said::message(at % 5000 + 1);
        let (chat, id) = match at % 4 {
            0 => (said::KEEPERS, OPEN_HAS + 1 + at / 4),
            _ => (PeerId::Channel(1000 + i64::from(at % 40)), 1 + at),
        };
        Change::NewMessage(Message { chat, id: MessageId::Server(id), date: 1_790_000_000 + i64::from(at), ..said })
    };
    (0..BATCH).map(one).collect()
}

pub fn measure(report: &mut Report) {
    report.title("The whole window, the wheel turned, while messages rain into the store (targets of issue 6)");
    let mut screen = Screen::new();
    let mut pane = Pane::new(WINDOW);
    screen.open(OPEN_HAS);
    for _ in 0..60 {
        let _ = screen.frame(&mut pane, &wheel(1.0));
        let _ = screen.serve();
    }
    let mut frame = |screen: &mut Screen, came: Vec<Event>| {
        let (begun, on_clock) = (clock(), Instant::now());
        came.into_iter().for_each(|event| screen.event(event));
        let heard = clock() - begun;
        let drawn = screen.frame(&mut pane, &wheel(1.0));
        let _ = screen.serve();
        let went_by = on_clock.elapsed();
        std::thread::sleep(BEAT.saturating_sub(went_by));
        (drawn, heard, went_by)
    };
    let mut quiet = Frames::default();
    for _ in 0..120 {
        quiet.0.push(frame(&mut screen, Vec::new()));
    }
    quiet.say(report, "before");

    report.say("at 25,000 messages a second", String::new());
    rain(report, &mut screen, &mut frame, 0..BATCHES, Some(PACE));
    report.say("as fast as they can be written", String::new());
    rain(report, &mut screen, &mut frame, BATCHES..2 * BATCHES, None);
}

/// Writes these batches and tells the window of them; so many messages a second, or as many as there can be.
fn rain(
    report: &mut Report,
    screen: &mut Screen,
    mut frame: impl FnMut(&mut Screen, Vec<Event>) -> (Frame, Duration, Duration),
    batches: Range<i32>,
    pace: Option<f64>,
) {
    let messages = f64::from(BATCH) * batches.len() as f64;
    let (store, (came, coming)) = (screen.store(), mpsc::channel());
    let begun = Instant::now();
    let rain = screen.spawn(async move {
        let mut writing = Duration::ZERO;
        for (done, number) in batches.enumerate() {
            if let Some(pace) = pace {
                let due = begun + Duration::from_secs_f64(f64::from(BATCH) * done as f64 / pace);
                tokio::time::sleep_until(due.into()).await;
            }
            let changes = batch(number);
            let begun = Instant::now();
            store.apply(Batch { changes: changes.clone(), ..Batch::default() }).await.unwrap();
            writing += begun.elapsed();
            let _ = came.send(changes);
        }
        writing
    });
    // As the program does it: what came is cut into pieces, of which each frame takes in one.
    let (mut busy, mut pieces) = (Frames::default(), Pieces::default());
    while !rain.is_finished() {
        coming.try_iter().for_each(|changes| pieces.put(Event::Changes(changes)));
        busy.0.push(frame(screen, pieces.take()));
    }
    let (took, writing) = (begun.elapsed(), screen.wait(rain));
    coming.try_iter().for_each(|changes| pieces.put(Event::Changes(changes)));
    let behind = Instant::now();
    while !pieces.is_empty() {
        busy.0.push(frame(screen, pieces.take()));
    }
    report.say("the window has heard of all", format!("{:.0} ms later", millis(behind.elapsed())));
    report.say(
        "messages a second",
        format!(
            "{:.0} with what makes them, {:.0} written",
            messages / took.as_secs_f64(),
            messages / writing.as_secs_f64()
        ),
    );
    busy.say(report, "meanwhile");
    report.target("meanwhile: slowest", millis(busy.slowest()), 16.0, " ms");
}
