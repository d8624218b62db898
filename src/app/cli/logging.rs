//! The log, on standard error.

use super::Level;
use tracing_subscriber::EnvFilter;

/// Our own crates; what others log about their inner life is of no use below a warning.
const OURS: [&str; 5] =
    ["heliograph", "heliograph_demo", "heliograph_model", "heliograph_store", "heliograph_telegram"];

/// Starts the log. Whatever may be written at the most verbose is searched for secrets by a test of `heliograph_telegram`
/// (`demo_server/secrecy.rs`); libraries are not to speak below a warning, as their inner life is whole updates.
/// Times, colours and thread names are left to who reads it.
pub(super) fn start(level: Level) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(directives(level)))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .finish();
    // Only fails when there is one already, as in tests.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

fn directives(level: Level) -> String {
    let (others, ours) = match level {
        Level::Off => return "off".into(),
        Level::Error => ("error", "error"),
        Level::Warn => ("error", "warn"),
        Level::Info => ("warn", "info"),
        Level::Debug => ("warn", "debug"),
        Level::Trace => ("warn", "trace"),
    };
    OURS.iter().fold(others.to_owned(), |all, name| format!("{all},{name}={ours}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_crates_talk_much() {
        let trace = directives(Level::Trace);
        assert!(trace.starts_with("warn,heliograph=trace,"));
        assert!(!directives(Level::Off).contains("heliograph"));
        for level in [Level::Error, Level::Warn, Level::Info, Level::Debug, Level::Trace] {
            EnvFilter::try_new(directives(level)).unwrap();
        }
    }
}
