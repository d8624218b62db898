//! Reading the command line.

mod demo_server;

pub use demo_server::DemoServer;

use crate::link;
use crate::platform::instance::MOST_LINKS;
use heliograph_store::KeyStorage;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// What the command line asks for.
#[derive(Debug)]
pub struct Invocation {
    /// Options that hold for every command.
    pub global: Global,
    /// What to do.
    pub command: Command,
}

/// Options that may stand before or after the subcommand.
#[derive(Debug, Default)]
pub struct Global {
    /// Run on the embedded demo server.
    pub demo: Option<Demo>,
    /// Where everything is kept.
    pub data_dir: Option<PathBuf>,
    /// Another server than Telegram's.
    pub server: Option<CustomServer>,
    /// Telegram's test servers.
    pub test_dc: bool,
    /// Where the data key lives; `None` where the command line does not say.
    pub key_storage: Option<KeyStorage>,
    /// Which account, by its id.
    pub account: Option<String>,
    /// What goes to the log.
    pub log: Level,
}

/// How `--demo` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// At the sign-in screen.
    SignIn,
    /// In the sample account.
    SignedIn,
}

/// `--server` and `--server-key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomServer {
    /// `host:port`.
    pub address: String,
    /// The PEM file of its public key.
    pub key: PathBuf,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Level {
    Off,
    Error,
    #[default]
    Warn,
    Info,
    Debug,
    Trace,
}

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Open the window.
    Window {
        /// Links to open in it.
        links: Vec<String>,
    },
    /// List the accounts.
    Accounts,
    /// Sign in from the terminal.
    SignIn {
        /// The account's number.
        phone: String,
    },
    /// Run the demo server alone.
    DemoServer(DemoServer),
    /// The helper process that shows the desktop's own dialog; for ourselves only.
    SaveDialog {
        /// The name to suggest.
        name: String,
        /// The folder to suggest.
        folder: Option<PathBuf>,
    },
    /// Print the version.
    Version,
    /// Print the help.
    Help,
}

/// What is wrong with a command line, in one line.
#[derive(Debug, PartialEq, Eq)]
pub struct Usage(String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Arguments may carry anything; the answer stays one line.
        self.0
            .chars()
            .map(|c| if c.is_control() { '\u{fffd}' } else { c })
            .try_for_each(|c| fmt::Write::write_char(f, c))
    }
}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        match error {
            lexopt::Error::UnexpectedOption(option) => Self(format!("unknown option {option}")),
            lexopt::Error::UnexpectedArgument(word) => Self(format!("unknown command {}", word.to_string_lossy())),
            lexopt::Error::MissingValue { option: Some(option) } => Self(format!("{option} needs a value")),
            other => Self(other.to_string()),
        }
    }
}

fn usage<T>(text: impl Into<String>) -> Result<T, Usage> {
    Err(Usage(text.into()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subcommand {
    SignIn,
    Accounts,
    DemoServer,
    SaveDialog,
}

/// Reads the arguments that follow the program's name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, Usage> {
    let mut parser = Parser::from_args(arguments);
    let mut global = Global::default();
    let mut subcommand = None;
    let (mut address, mut key) = (None, None);
    let (mut phone, mut demo_server) = (None, demo_server::Draft::default());
    let (mut name, mut folder) = (None, None);
    let mut links = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Invocation { global, command: Command::Help }),
            Arg::Long("version") | Arg::Short('V') => return Ok(Invocation { global, command: Command::Version }),
            Arg::Long("demo") => {
                global.demo = Some(match parser.optional_value() {
                    None => Demo::SignIn,
                    Some(how) if how == "signed-in" => Demo::SignedIn,
                    Some(_) => return usage("--demo knows no other word than signed-in"),
                });
            }
            Arg::Long("data-dir") => {
                let folder = parser.value()?;
                if folder.is_empty() {
                    return usage("--data-dir needs a folder");
                }
                global.data_dir = Some(folder.into());
            }
            Arg::Long("account") => {
                global.account = Some(text(&mut parser, "--account")?).filter(|id| !id.is_empty());
                if global.account.is_none() {
                    return usage("--account needs an id (heliograph accounts lists them)");
                }
            }
            Arg::Long("server") => address = Some(host_and_port(&mut parser)?),
            Arg::Long("server-key") => key = Some(PathBuf::from(parser.value()?)),
            Arg::Long("test-dc") => global.test_dc = true,
            Arg::Long("key-storage") => {
                global.key_storage = Some(word(
                    &mut parser,
                    "--key-storage",
                    &[("os", KeyStorage::Os), ("passphrase", KeyStorage::Passphrase), ("file", KeyStorage::File)],
                )?);
            }
            Arg::Long("log") => {
                global.log = word(
                    &mut parser,
                    "--log",
                    &[
                        ("off", Level::Off),
                        ("error", Level::Error),
                        ("warn", Level::Warn),
                        ("info", Level::Info),
                        ("debug", Level::Debug),
                        ("trace", Level::Trace),
                    ],
                )?;
            }
            Arg::Value(link) if subcommand.is_none() && link.to_str().and_then(link::parse).is_some() => {
                links.extend(link.into_string());
                if links.len() > MOST_LINKS {
                    return usage(format!("more than {MOST_LINKS} links at once"));
                }
            }
            Arg::Value(command) if subcommand.is_none() => {
                subcommand = Some(match command.to_str() {
                    Some("sign-in") => Subcommand::SignIn,
                    Some("accounts") => Subcommand::Accounts,
                    Some("demo-server") => Subcommand::DemoServer,
                    Some("__save-dialog") => Subcommand::SaveDialog,
                    _ => return usage(format!("unknown command {}", command.to_string_lossy())),
                });
            }
            Arg::Long("phone") if subcommand == Some(Subcommand::SignIn) => {
                phone = Some(text(&mut parser, "--phone")?).filter(|phone: &String| !phone.trim().is_empty());
            }
            Arg::Long(option) if subcommand == Some(Subcommand::DemoServer) && demo_server::knows(option) => {
                let option = option.to_owned();
                demo_server.read(&option, &mut parser)?;
            }
            Arg::Long("name") if subcommand == Some(Subcommand::SaveDialog) => {
                name = Some(parser.value()?.to_string_lossy().into_owned());
            }
            Arg::Long("folder") if subcommand == Some(Subcommand::SaveDialog) => {
                folder = Some(PathBuf::from(parser.value()?));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    global.server = match (address, key) {
        (None, None) => None,
        (Some(address), Some(key)) => Some(CustomServer { address, key }),
        (Some(_), None) => return usage("--server needs --server-key, the server's public key"),
        (None, Some(_)) => return usage("--server-key needs --server"),
    };
    let command = match subcommand {
        Some(_) if !links.is_empty() => return usage("a link opens the window and goes with no subcommand"),
        None => Command::Window { links },
        Some(Subcommand::Accounts) => Command::Accounts,
        Some(Subcommand::SignIn) => match phone {
            Some(phone) => Command::SignIn { phone },
            None => return usage("sign-in needs --phone, the account's number"),
        },
        Some(Subcommand::DemoServer) => Command::DemoServer(demo_server.finish()?),
        Some(Subcommand::SaveDialog) => match name {
            Some(name) => Command::SaveDialog { name, folder },
            None => return usage("__save-dialog needs --name"),
        },
    };
    agree(&global, &command)?;
    Ok(Invocation { global, command })
}

/// Refuses options that contradict each other, rather than to follow one of them silently.
fn agree(global: &Global, command: &Command) -> Result<(), Usage> {
    if global.test_dc && global.server.is_some() {
        return usage("--server and --test-dc exclude each other");
    }
    if global.demo.is_none() {
        return Ok(());
    }
    if !matches!(command, Command::Window { .. }) {
        return usage("--demo opens the window and goes with no subcommand");
    }
    for (given, option) in [
        (global.server.is_some(), "--server"),
        (global.test_dc, "--test-dc"),
        (global.data_dir.is_some(), "--data-dir"),
        (global.account.is_some(), "--account"),
        (global.key_storage.is_some_and(|storage| storage != KeyStorage::File), "--key-storage"),
    ] {
        if given {
            return usage(format!("--demo brings its own: {option} does not go with it"));
        }
    }
    Ok(())
}

fn text(parser: &mut Parser, option: &str) -> Result<String, Usage> {
    // The value itself is not repeated: it may be a phone number.
    parser.value()?.into_string().or_else(|_| usage(format!("{option} needs text")))
}

fn number<T: FromStr>(parser: &mut Parser, option: &str, what: &str) -> Result<T, Usage> {
    parser.value()?.string()?.parse().or_else(|_| usage(format!("{option} needs {what}")))
}

fn word<T: Copy>(parser: &mut Parser, option: &str, words: &[(&str, T)]) -> Result<T, Usage> {
    let given = parser.value()?;
    words.iter().find(|(word, _)| given == *word).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Usage(format!("{option} needs one of {}", known.join(", ")))
    })
}

fn host_and_port(parser: &mut Parser) -> Result<String, Usage> {
    let address = text(parser, "--server")?;
    let fits = address.rsplit_once(':').is_some_and(|(host, port)| {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        // An IPv6 address stands in brackets, or its end could not be told from the port.
        let host_fits = match bare {
            Some(bare) => bare.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && !host.contains([':', '[', ']']) && !host.contains(char::is_whitespace),
        };
        host_fits && port.parse::<u16>().is_ok_and(|port| port != 0)
    });
    if fits { Ok(address) } else { usage("--server needs HOST:PORT") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_demo::WorldKind;

    fn read(line: &str) -> Result<Invocation, Usage> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn refused(line: &str) -> String {
        let text = read(line).expect_err(line).to_string();
        assert_eq!(text.lines().count(), 1, "{line}: {text}");
        text
    }

    #[test]
    fn nothing_means_the_window() {
        let Invocation { global, command } = read("").unwrap();
        assert!(matches!(command, Command::Window { links } if links.is_empty()));
        assert!(global.demo.is_none() && global.data_dir.is_none() && global.server.is_none() && !global.test_dc);
        assert_eq!((global.key_storage, global.log), (None, Level::Warn));
    }

    #[test]
    fn global_options_stand_before_or_after_the_subcommand() {
        type Check = fn(&Global) -> bool;
        let options: [(&str, Check); 9] = [
            ("--account telegram-1", |g| g.account.as_deref() == Some("telegram-1")),
            ("--data-dir /d", |g| g.data_dir == Some("/d".into())),
            ("--data-dir=/d", |g| g.data_dir == Some("/d".into())),
            ("--server h:1 --server-key k.pem", |g| {
                g.server == Some(CustomServer { address: "h:1".into(), key: "k.pem".into() })
            }),
            ("--test-dc", |g| g.test_dc),
            ("--key-storage os", |g| g.key_storage == Some(KeyStorage::Os)),
            ("--key-storage passphrase", |g| g.key_storage == Some(KeyStorage::Passphrase)),
            ("--key-storage file", |g| g.key_storage == Some(KeyStorage::File)),
            ("--log debug", |g| g.log == Level::Debug),
        ];
        for (option, holds) in options {
            for line in [
                format!("{option} sign-in --phone +1"),
                format!("sign-in --phone +1 {option}"),
                format!("sign-in {option} --phone +1"),
            ] {
                let Invocation { global, command } = read(&line).expect(&line);
                assert!(matches!(command, Command::SignIn { phone } if phone == "+1"), "{line}");
                assert!(holds(&global), "{line}");
            }
            assert!(holds(&read(option).unwrap().global), "{option}");
            let Invocation { global, command } = read(&format!("demo-server --listen 127.0.0.1:0 {option}")).unwrap();
            assert!(matches!(command, Command::DemoServer(_)) && holds(&global), "{option}");
        }
    }

    #[test]
    fn demo_begins_in_two_ways() {
        assert_eq!(read("--demo").unwrap().global.demo, Some(Demo::SignIn));
        assert_eq!(read("--demo=signed-in").unwrap().global.demo, Some(Demo::SignedIn));
        assert_eq!(read("--demo --log=trace").unwrap().global.log, Level::Trace);
        refused("--demo=other");
        refused("--demo signed-in");
    }

    #[test]
    fn demo_brings_its_own() {
        for line in [
            "--demo --data-dir /d",
            "--demo --server h:1 --server-key k",
            "--demo --test-dc",
            "--demo --account a",
            "--demo --key-storage os",
            "--demo sign-in --phone +1",
            "demo-server --listen 127.0.0.1:0 --demo",
        ] {
            refused(line);
        }
        read("--demo --key-storage file").unwrap();
    }

    #[test]
    fn the_demo_server_has_options_of_its_own() {
        let secret = "dd00112233445566778899aabbccddeeff";
        let line =
            "--listen [::1]:4000 --seed 18446744073709551615 --world plain --quiet --allow-remote --scenario s.json";
        let line = format!("demo-server {line} --mtproxy-secret {secret}");
        let Command::DemoServer(all) = read(&line).unwrap().command else { panic!() };
        assert_eq!(all.listen, "[::1]:4000".parse().unwrap());
        assert_eq!((all.seed, all.quiet, all.allow_remote), (u64::MAX, true, true));
        assert!(matches!(all.world, WorldKind::Plain));
        assert_eq!((all.scenario, all.mtproxy_secret), (Some("s.json".into()), secret.parse().ok()));
        let Command::DemoServer(least) = read("demo-server --listen 127.0.0.1:0").unwrap().command else { panic!() };
        assert!(least.seed == 1 && !least.quiet && !least.allow_remote && matches!(least.world, WorldKind::Lifelike));
        assert!(least.scenario.is_none() && least.mtproxy_secret.is_none());
    }

    #[test]
    fn the_demo_server_leaves_this_computer_only_when_told_to() {
        for address in ["0.0.0.0:0", "[::]:443", "192.168.1.2:80", "[::ffff:10.0.0.1]:1"] {
            let told = refused(&format!("demo-server --listen {address}"));
            assert!(told.contains("--allow-remote"), "{told}");
            read(&format!("demo-server --listen {address} --allow-remote")).unwrap();
        }
        read("demo-server --listen 127.5.6.7:0").unwrap();
    }

    #[test]
    fn whatever_is_not_known_is_one_line() {
        for line in [
            "--no-such-option",
            "-x",
            "no-such-command",
            "sign-in",
            "sign-in --phone",
            "sign-in --phone=",
            "sign-in --phone +1 more",
            "sign-in --phone +1 --listen 127.0.0.1:0",
            "--phone +1 sign-in",
            "demo-server",
            "demo-server --listen nowhere",
            "demo-server --listen 127.0.0.1",
            "demo-server --listen 127.0.0.1:0 --seed x",
            "demo-server --listen 127.0.0.1:0 --seed -1",
            "demo-server --listen 127.0.0.1:0 --world flat",
            "demo-server --listen 127.0.0.1:0 --quiet=no",
            "demo-server --listen 127.0.0.1:0 sign-in",
            "demo-server --listen 127.0.0.1:0 --mtproxy-secret 0011",
            "demo-server --listen 127.0.0.1:0 --scenario=",
            "--mtproxy-secret 00112233445566778899aabbccddeeff",
            "--quiet",
            "--data-dir",
            "--data-dir=",
            "--key-storage paper",
            "--key-storage",
            "--log loud",
            "--server h:1",
            "--server-key k",
            "--server h --server-key k",
            "--server :1 --server-key k",
            "--server h:0 --server-key k",
            "--server h:65536 --server-key k",
            "--server ::1:443 --server-key k",
            "--server h:1 --server-key k --test-dc",
            "__save-dialog",
            "--account",
            "--account=",
            "accounts more",
            "tg://resolve?domain=mara sign-in --phone +1",
            "https://example.org/mara",
        ] {
            refused(line);
        }
        assert!(refused("--no-such-option").contains("--no-such-option"));
        assert!(refused("no-such-command").contains("no-such-command"));
        let odd = parse(["two\nlines".into()]).unwrap_err().to_string();
        assert_eq!(odd.lines().count(), 1);
    }

    #[test]
    fn links_open_the_window() {
        let line = "tg://resolve?domain=mara --account a https://t.me/mara t.me/+x";
        let Invocation { global, command } = read(line).unwrap();
        let Command::Window { links } = command else { panic!() };
        assert_eq!(links, ["tg://resolve?domain=mara", "https://t.me/mara", "t.me/+x"]);
        assert_eq!(global.account.as_deref(), Some("a"));
        refused(&"tg://resolve?domain=mara ".repeat(MOST_LINKS + 1));
        assert!(matches!(read("accounts --account a").unwrap().command, Command::Accounts));
    }

    #[test]
    fn servers_may_be_named_or_numbered() {
        for address in ["localhost:443", "127.0.0.1:1", "[::1]:65535", "a-b.example:80"] {
            let line = format!("--server {address} --server-key k.pem");
            assert_eq!(read(&line).unwrap().global.server.unwrap().address, address);
        }
    }

    #[test]
    fn a_phone_number_is_never_repeated_in_an_answer() {
        assert!(!refused("sign-in --phone +4915112345 --no-such").contains("4915112345"));
    }

    #[test]
    fn help_and_version_need_nothing_else() {
        for line in ["--help", "-h", "sign-in --help", "--demo --help", "demo-server --help"] {
            assert!(matches!(read(line).unwrap().command, Command::Help), "{line}");
        }
        assert!(matches!(read("--version").unwrap().command, Command::Version));
    }

    #[test]
    fn the_help_names_every_option() {
        for option in [
            "--demo",
            "--data-dir",
            "--account",
            "accounts",
            "LINK",
            "--server",
            "--server-key",
            "--test-dc",
            "--key-storage",
            "--log",
            "--version",
            "--help",
            "--phone",
            "--listen",
            "--seed",
            "--world",
            "--quiet",
            "--allow-remote",
            "--scenario",
            "--mtproxy-secret",
            "sign-in",
            "demo-server",
        ] {
            assert!(super::super::HELP.contains(option), "{option}");
        }
    }
}
