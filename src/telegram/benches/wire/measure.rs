//! Clocks, memory, and how figures are told.

use std::time::Duration;

/// Figures against their targets.
#[derive(Default)]
pub struct Report {
    pub missed: Vec<String>,
}

impl Report {
    pub fn title(&self, words: &str) {
        println!("\n{words}");
    }

    pub fn say(&self, name: &str, words: impl std::fmt::Display) {
        println!("  {name:<52} {words}");
    }

    pub fn at_most(&mut self, name: &str, value: f64, most: f64) {
        self.judge(name, value, most, "at most", value <= most);
    }

    pub fn at_least(&mut self, name: &str, value: f64, least: f64) {
        self.judge(name, value, least, "at least", value >= least);
    }

    fn judge(&mut self, name: &str, value: f64, bound: f64, kind: &str, met: bool) {
        println!("  {name:<52} {value:>8.3}   {kind} {bound:.3}: {}", if met { "met" } else { "MISSED" });
        if !met {
            self.missed.push(name.to_owned());
        }
    }
}

/// Processor time of all threads of this process so far.
pub fn processor() -> Duration {
    #[cfg(target_os = "linux")]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
    }
    #[cfg(not(target_os = "linux"))]
    Duration::ZERO
}

/// What the process holds in memory, in MiB.
pub fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}

/// The middle one, in milliseconds.
pub fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

pub fn slowest(times: &[Duration]) -> f64 {
    times.iter().max().map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
