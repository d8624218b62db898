//! The window while messages rain into the store: on a thread of its own they are written, and the screen hears of them.

use crate::pane::{Pane, clock};
use crate::screen::Screen;
use crate::{Report, WINDOW, millis, said, wheel};
use heliograph_model::{Change, Message, MessageId, PeerId};
use heliograph_store::Batch;
use heliograph_telegram::Event;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const BATCH: i32 = 1000;
const BATCHES: i32 = 60;
/// Between two frames.
const BEAT: Duration = Duration::from_millis(16);

/// Frames, each with its processor time and with the time that went by.
#[derive(Default)]
struct Frames(Vec<(Duration, Duration)>);

impl Frames {
    fn say(&mut self, report: &mut Report, name: &str) {
        self.0.sort_unstable();
        let at = |share: f64| self.0.get((self.0.len().saturating_sub(1) as f64 * share) as usize).copied();
        let (median, late) = (at(0.5).unwrap_or_default(), at(0.99).unwrap_or_default());
        let by_clock = self.0.iter().map(|(_, went_by)| *went_by).max().unwrap_or_default();
        report.say(
            name,
            format!(
                "{} frames, median {:.1} ms, 99 of 100 within {:.1} ms; the slowest by the clock {:.1} ms",
                self.0.len(),
                millis(median.0),
                millis(late.0),
                millis(by_clock)
            ),
        );
    }

    fn slowest(&self) -> Duration {
        self.0.iter().map(|(processor, _)| *processor).max().unwrap_or_default()
    }
}

/// Every fourth message is for the conversation that is open, the others for 40 other chats.
fn batch(number: i32, open_has: i32) -> Vec<Change> {
    let one = |at: i32| {
        let at = number * BATCH + at;
        let said = said::message(at % 5000 + 1);
        let (chat, id) = match at % 4 {
            0 => (said::KEEPERS, open_has + 1 + at / 4),
            _ => (PeerId::Channel(1000 + i64::from(at % 40)), 1 + at),
        };
        Change::NewMessage(Message { chat, id: MessageId::Server(id), date: 1_790_000_000 + i64::from(at), ..said })
    };
    (0..BATCH).map(one).collect()
}

pub fn measure(report: &mut Report) {
    const OPEN_HAS: i32 = 5000;
    report.title("The whole window, the wheel turned, while messages rain into the store (targets of issue 6)");
    let mut screen = Screen::new();
    let mut pane = Pane::new(WINDOW);
    screen.open(OPEN_HAS);
    for _ in 0..60 {
        let _ = screen.frame(&mut pane, &wheel(1.0));
        let _ = screen.serve();
    }
    let mut frame = |screen: &mut Screen, came: Vec<Change>| {
        let (begun, on_clock) = (clock(), Instant::now());
        if !came.is_empty() {
            screen.event(Event::Changes(came));
        }
        let heard = clock() - begun;
        let drawn = screen.frame(&mut pane, &wheel(1.0));
        let _ = screen.serve();
        let took = (heard + drawn.whole(), on_clock.elapsed());
        std::thread::sleep(BEAT.saturating_sub(took.1));
        took
    };
    let mut quiet = Frames::default();
    for _ in 0..120 {
        quiet.0.push(frame(&mut screen, Vec::new()));
    }
    quiet.say(report, "before");

    let (store, (came, coming)) = (screen.store(), mpsc::channel());
    let begun = Instant::now();
    let rain = screen.spawn(async move {
        let mut writing = Duration::ZERO;
        for number in 0..BATCHES {
            let changes = batch(number, OPEN_HAS);
            let begun = Instant::now();
            store.apply(Batch { changes: changes.clone(), ..Batch::default() }).await.unwrap();
            writing += begun.elapsed();
            let _ = came.send(changes);
        }
        writing
    });
    let mut busy = Frames::default();
    while !rain.is_finished() {
        let changes = coming.try_iter().flatten().collect();
        busy.0.push(frame(&mut screen, changes));
    }
    let (took, writing) = (begun.elapsed(), screen.wait(rain));
    let messages = f64::from(BATCH * BATCHES);
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
