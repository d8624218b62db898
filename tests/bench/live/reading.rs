//! Reading upwards.

use crate::server::Far;
use crate::{ROOM, Report, millis, open, processor, seen};
use heliograph_tests::{Desktop, sign_in};
use std::time::{Duration, Instant};

/// Pixels that a line of the wheel is worth.
const NOTCH: f32 = 60.0;
const SCREENS_A_SECOND: f32 = 3.0;

pub fn measure(report: &mut Report, distance: u64, count: u32) {
    println!(
        "\nReading upwards at {SCREENS_A_SECOND} screens a second, the server {distance} ms away in each direction"
    );
    let mut far = Far::start();
    let desktop = Desktop::beyond(&far.address, &far.key);
    let mut screen = desktop.open();
    sign_in(&mut screen, &far.account);
    open(&mut screen);
    far.tell(&["far", &distance.to_string()]);
    far.tell(&["cut"]);
    screen.run_for(Duration::from_millis(2000 + 6 * distance));
    let newest = *seen(&mut screen).0.last().unwrap();
    let goal = newest.saturating_sub(count).max(1);
    let calls = far.tell(&["calls", "messages.getHistory"]).parse::<u64>().unwrap();
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
    let pages = far.tell(&["calls", "messages.getHistory"]).parse::<u64>().unwrap() - calls;
    report.say(format!(
        "{} messages in {took:.1?}, {pages} pages, {:.1} s of processor time; the slowest step {:.1} ms",
        newest - first,
        (processor() - cpu).as_secs_f64(),
        millis(slowest),
    ));
    let name = format!("{distance} ms: looks at the edge, of {looks}");
    report.at_most(&name, f64::from(waited), 0.0, "");
}
