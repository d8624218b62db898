//! The command line: what scripts may rely on. Standard output carries only what is promised, all else goes to standard
//! error.

mod demo;
mod logging;
mod options;
mod output;
mod sign_in;
mod start;

use crate::words;
pub use options::{Command, CustomServer, Demo, DemoServer, Global, Invocation, Level, Usage, parse};
pub(crate) use output::print_path;
use output::{promise, say};
use std::process::ExitCode;

const HELP: &str = include_str!("cli/help.txt");

/// Runs the program as the command line says. Exit codes: 0 done, 1 refused (one line says why), 2 wrong usage.
pub fn main() -> ExitCode {
    crate::platform::memory::prepare();
    output::plain_panics();
    let invocation = match parse(std::env::args_os().skip(1)) {
        Ok(invocation) => invocation,
        Err(usage) => {
            say(&format!("heliograph: {usage} (heliograph --help lists what there is)"));
            return ExitCode::from(2);
        }
    };
    let Invocation { global, command } = invocation;
    logging::start(global.log);
    words::set(words::desktop());
    words::date::follow_desktop();
    let done = match command {
        Command::Help => promise(HELP),
        Command::Version => promise(concat!("heliograph ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Window { links } => window(&global, links),
        Command::Accounts => accounts(&global),
        Command::SignIn { phone } => sign_in::run(&global, &phone),
        Command::DemoServer(options) => demo::serve(options),
        Command::SaveDialog { name, folder } => {
            return ExitCode::from(crate::platform::save_dialog::show(&name, folder.as_deref()));
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal(why)) => {
            say(&format!("heliograph: {why}"));
            ExitCode::FAILURE
        }
    }
}

/// Why something was not done, in one line for people.
#[derive(Debug)]
struct Refusal(String);

impl Refusal {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

fn window(global: &Global, links: Vec<String>) -> Result<(), Refusal> {
    #[cfg(target_os = "linux")]
    crate::platform::libraries::check().map_err(Refusal)?;
    match global.demo {
        Some(demo) => demo::window(demo, links),
        None => start::first_or_hand_over(global, links),
    }
}

fn accounts(global: &Global) -> Result<(), Refusal> {
    let servers = start::servers(global)?;
    let accounts = start::kept(global, &start::data_dir(global)?, &servers)?;
    promise(&accounts.into_iter().map(|place| place.id + "\n").collect::<String>())
}
