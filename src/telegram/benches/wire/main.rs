//! What the way to the server costs: `cargo bench -p heliograph-telegram --bench wire [-- PART ...] [-- --strict]`.
//!
//! The parts are `messages`, `photos`, `beside`, `storm` and `wake`. The demo server runs in a process of its own, as far
//! away as each measurement says: every byte comes so many milliseconds later, there and back. Telethon, with cryptg, does
//! the same against the same server, where `tests/.venv` is there (`tests/run` makes it).
//! `--quick` does less of everything: to see whether it works, not how fast.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers: it may end with a message, and it prints"
)]

mod client;
mod measure;
mod parts;
mod server;

use measure::Report;

/// Added to every byte's way, in each direction.
pub const DISTANCES: [u64; 3] = [0, 50, 200];

/// What is measured, and how thoroughly.
pub struct Plan {
    pub quick: bool,
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if arguments.iter().any(|argument| argument == "--serve") {
        runtime.block_on(server::serve());
        return std::process::ExitCode::SUCCESS;
    }
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let wanted: Vec<&str> = arguments.iter().map(String::as_str).filter(|part| !part.starts_with("--")).collect();
    let is_wanted = |part: &str| wanted.is_empty() || wanted.contains(&part);
    let plan = Plan { quick: has("--quick") };
    let mut report = Report::default();
    runtime.block_on(async {
        if is_wanted("messages") {
            parts::messages(&plan, &mut report).await;
        }
        if is_wanted("photos") {
            parts::photos(&plan, &mut report).await;
        }
        if is_wanted("beside") {
            parts::beside(&plan, &mut report).await;
        }
        if is_wanted("storm") {
            parts::storm(&plan, &mut report).await;
        }
        if is_wanted("wake") {
            parts::wake(&plan, &mut report).await;
        }
    });
    if report.missed.is_empty() {
        println!("\nAll targets are met.");
        return std::process::ExitCode::SUCCESS;
    }
    println!("\nMissed: {}.", report.missed.join("; "));
    if has("--strict") { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}
