//! What the log of a whole session tells, at its most verbose: nothing that is anybody's business.

use crate::friend::Friend;
use crate::stage::{API_HASH, KEEPERS, Stage, sign_in};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use heliograph_demo::{Options, WorldKind};
use heliograph_model::{Media, Place};
use heliograph_telegram::{Error, Proxy, ProxyTrouble, Purpose, QrStep, Search, SignedIn, Wish};
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Everything that was said in this process, in lines.
static HEARD: Mutex<String> = Mutex::new(String::new());

fn all_heard() -> MutexGuard<'static, String> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes whatever anybody says: ours by `tracing`, the libraries' by `log`.
struct Ear;

/// What the program can be made to write at its most verbose (`directives` in its `cli/logging.rs`): all of ours, and of
/// others only warnings, as the libraries' inner life is whole updates. The demo server is the other side: it knows
/// everything by right.
fn is_written(target: &str, warns: bool) -> bool {
    !target.starts_with("heliograph_demo") && (warns || target.starts_with("heliograph"))
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {field}={value}");
    }
}

fn note(target: &str, warns: bool, fill: impl FnOnce(&mut Line)) {
    if is_written(target, warns) {
        let mut line = Line(target.to_owned());
        fill(&mut line);
        let mut all = all_heard();
        all.push_str(&line.0);
        all.push('\n');
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        note(span.metadata().target(), *span.metadata().level() <= Level::WARN, |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        note("heliograph span", true, |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        note(event.metadata().target(), *event.metadata().level() <= Level::WARN, |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        note(record.target(), record.level() <= log::Level::Warn, |line| {
            let _ = write!(line.0, " {}", record.args());
        });
    }

    fn flush(&self) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Ear).unwrap();
        log::set_logger(&Ear).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// A secret, and how it may not be written.
struct Secret {
    what: &'static str,
    forms: Vec<String>,
}

/// Words that a person types or reads.
fn words(what: &'static str, words: &str) -> Secret {
    let mut secret = bytes(what, words.as_bytes());
    secret.forms.push(words.to_owned());
    secret
}

/// Bytes, in each of the ways in which Rust people print them. The beginning is enough to give them away.
fn bytes(what: &'static str, bytes: &[u8]) -> Secret {
    let start = &bytes[..bytes.len().min(12)];
    let hex = |upper: bool| -> String {
        start.iter().map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }).collect()
    };
    let list = format!("{start:?}");
    let mut forms = vec![hex(false), hex(true), list.trim_matches(['[', ']']).to_owned()];
    forms.push(STANDARD.encode(start).trim_end_matches('=').to_owned());
    forms.push(URL_SAFE_NO_PAD.encode(start));
    Secret { what, forms }
}

/// Whether the text holds the words; digits only where no other digits go on, or times would look like codes.
fn holds(text: &str, form: &str) -> bool {
    let is_number = form.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(form).any(|(at, _)| {
        let before = text[..at].bytes().next_back();
        let after = text[at + form.len()..].bytes().next();
        let goes_on = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit() || byte == b'.');
        !is_number || !(goes_on(before) || goes_on(after))
    })
}

/// A SOCKS5 proxy that takes no password.
async fn refusing_proxy() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut some = [0; 512];
                let _ = client.read(&mut some).await;
                let _ = client.write_all(&[5, 2]).await;
                let _ = client.read(&mut some).await;
                let _ = client.write_all(&[1, 1]).await;
            });
        }
    });
    port
}

const PROXY_KEY: &str = "8d2f4c6a9b1e3d5f7081a2b3c4d5e6f9";
const PROXY_PASSWORD: &str = "lantern-oil-and-rope";
const WRITTEN: &str = "the spare key lies under the third stone";
const RECEIVED: &str = "we meet at the old jetty by moonrise";
const WRONG_PASSWORD: &str = "was-it-this-one";
const DRAFTED: &str = "half a thought about the harbour master";
const SOUGHT: &str = "jetty moonrise";

#[tokio::test(flavor = "multi_thread")]
async fn the_most_verbose_log_of_a_session_holds_no_secret() {
    listen();
    let mtproxy_secret = Some(PROXY_KEY.parse().unwrap());
    let options = Options { quiet: true, world: WorldKind::Lifelike, mtproxy_secret, ..Options::default() };
    let stage = Stage::with(options).await;
    let mut secrets = vec![words("api_hash", API_HASH)];

    // With a password, after a wrong code and a wrong password, and by a QR code that nobody scans.
    let locked = stage.server.accounts().into_iter().find(|demo| demo.password.is_some()).unwrap();
    let password = locked.password.clone().unwrap();
    let (account, mut heard_there) = stage.open("locked").await;
    let QrStep::Token { url, .. } = account.qr_step().await.unwrap() else { panic!("signed in already") };
    secrets.push(words("QR token", url.strip_prefix("tg://login?token=").unwrap()));
    let sent = account.request_code(&locked.phone).await.unwrap();
    let wrong: String = locked.code.chars().map(|digit| if digit == '7' { '3' } else { '7' }).collect();
    assert_eq!(account.sign_in(&sent, &wrong).await.err(), Some(Error::CodeInvalid));
    assert!(matches!(account.sign_in(&sent, &locked.code).await.unwrap(), SignedIn::Password { .. }));
    assert_eq!(account.check_password(WRONG_PASSWORD).await, Err(Error::PasswordInvalid));
    account.check_password(&password).await.unwrap();
    heard_there.listen().await;
    account.shut_down().await;
    drop(account);
    for datacenter in stage.store("locked").await.session().await.unwrap().datacenters {
        secrets.extend(datacenter.auth_key.map(|key| bytes("auth key", key.bytes())));
    }
    // On the next start, the keys come from the disk.
    let (account, _heard) = stage.open("locked").await;
    account.chats(None, 20).await.unwrap();
    account.log_out().await.unwrap();

    // Without a password: writing, reading, searching, files.
    let demo = stage.demo(0);
    let (account, heard) = stage.open("open").await;
    sign_in(&account, &demo).await;
    let mut user = crate::stage::User { account, heard, demo: demo.clone() };
    user.settle().await;
    let chat = user.chat(KEEPERS).await.id;
    user.say(chat, WRITTEN).await.unwrap();
    user.account.typed(chat, heliograph_model::FormattedText::plain(DRAFTED), None, 1);
    user.account.left(chat);
    let other = stage.server.accounts().into_iter().find(|other| other.user_id != demo.user_id).unwrap();
    stage.server.api().say(other.user_id, KEEPERS, &demo.phone, RECEIVED);
    user.heard.message(RECEIVED).await;
    user.account.search_stored(Search { text: SOUGHT.into(), ..Search::default() }).await.unwrap();
    let mut name = None;
    for chat in user.everything().await.chats {
        let page = user.account.history(chat.id, Place::Newest, 100).await.unwrap();
        let file = page.messages.iter().find_map(|message| match (message.id.server(), &message.media) {
            (Some(id), Some(Media::Document(document))) if document.file.size < 4 << 20 => Some((id, document.clone())),
            _ => None,
        });
        if let Some((id, document)) = file {
            let path = stage.path(&document.name);
            let wish = Wish::new(Purpose::Save);
            user.account.download((chat.id, id), &document, &wish, &path, |_, _| {}).await.unwrap();
            // And where nothing can be saved.
            let nowhere = stage.path("nowhere").join(&document.name);
            user.account.download((chat.id, id), &document, &wish, &nowhere, |_, _| {}).await.unwrap_err();
            name = Some(document.name);
            break;
        }
    }
    secrets.push(words("the name of a file", &name.unwrap()));

    // Proxies: one that leads, one that refuses, one with another key, one that is nobody, by links as people open them.
    let (host, port) = (stage.server.address().ip(), stage.server.address().port());
    let leads: Proxy = format!("tg://proxy?server={host}&port={port}&secret=dd{PROXY_KEY}").parse().unwrap();
    user.account.check_proxy(&leads).await.unwrap();
    let refuses = refusing_proxy().await;
    let refuses = format!("tg://socks?server=127.0.0.1&port={refuses}&user=keeper-of-it&pass={PROXY_PASSWORD}");
    let refuses: Proxy = refuses.parse().unwrap();
    assert_eq!(user.account.check_proxy(&refuses).await, Err(ProxyTrouble::Refused));
    let other_key: String = PROXY_KEY.chars().rev().collect();
    let strange: Proxy = format!("tg://proxy?server={host}&port={port}&secret={other_key}").parse().unwrap();
    user.account.set_proxies(vec![strange.clone(), refuses, leads], Some(0), true);
    user.account.reconnect_now();
    user.say(chat, "by another road").await.unwrap();
    secrets.push(words("a proxy's secret", PROXY_KEY));
    secrets.push(words("a proxy's secret", &other_key));

    // The server forgets us, somebody ends the session, and so on.
    stage.scenario.change_salts();
    stage.scenario.cut_connections();
    user.account.chats(None, 20).await.unwrap();
    user.account.set_proxies(Vec::new(), None, false);
    let friend = Friend::of(&stage, &demo).await;
    drop(friend);
    stage.scenario.fail("messages.getHistory", 1, 400, "PEER_ID_INVALID");
    let _ = user.account.history(chat, Place::Newest, 10).await;
    user.account.log_out().await.unwrap();

    secrets.extend([
        words("a phone number", demo.phone.trim_start_matches('+')),
        words("a phone number", locked.phone.trim_start_matches('+')),
        words("a code", &demo.code),
        words("a code", &locked.code),
        words("a code", &wrong),
        words("a password", &password),
        words("a password", WRONG_PASSWORD),
        words("a proxy's password", PROXY_PASSWORD),
        words("a proxy's user", "keeper-of-it"),
        words("what was written", WRITTEN),
        words("what was written", DRAFTED),
        words("what was sought", SOUGHT),
        words("what was received", RECEIVED),
    ]);
    let all = all_heard().clone();
    assert!(
        all.lines().filter(|line| line.starts_with("heliograph_telegram")).count() > 10,
        "nothing was heard:\n{all}"
    );
    assert!(secrets.iter().filter(|secret| secret.what == "auth key").count() >= 1);
    let mut told = String::new();
    for secret in &secrets {
        for line in all.lines().filter(|line| secret.forms.iter().any(|form| holds(line, form))) {
            let _ = writeln!(told, "{}: {line}", secret.what);
        }
    }
    assert!(told.is_empty(), "the log tells:\n{told}");
}

#[test]
fn the_search_for_secrets_finds_them() {
    let key: Vec<u8> = (0..=255).collect();
    let secret = bytes("a key", &key);
    for text in [format!("{key:?}"), STANDARD.encode(&key), "0x000102030405060708090a0b0c0d".to_owned()] {
        assert!(secret.forms.iter().any(|form| holds(&text, form)), "{text}");
    }
    assert!(holds("code=12345", "12345") && holds("(12345)", "12345"));
    assert!(!holds("waited=1.123456s", "12345") && !holds("took 0.12345", "12345"));
}
