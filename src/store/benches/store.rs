//! The figures of the store: `cargo bench -p heliograph-store`.
//!
//! `HELIOGRAPH_BENCH_MESSAGES` says how many messages (1,000,000 without it), `HELIOGRAPH_BENCH_FOLDER` where the file is
//! kept and taken up again (a new temporary folder without it).
//!
//! `cargo bench -p heliograph-store -- --fill=FOLDER` measures nothing: it fills the account in this folder, whose key lies
//! beside it in a file, for `tests/bench/stored.py`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a program that measures")]

mod corpus;

use corpus::Corpus;
use heliograph_model::{Change, Peer, PeerId, PeerKind, Place, Presence};
use heliograph_store::{Batch, DataKey, KeyStorage, Search, Store, UpdateState, key};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const KEY: [u8; 32] = [42; 32];

/// Messages in one batch of updates, where they come faster than they can be written (`heliograph-telegram` takes in so many).
const BATCH: usize = 2000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(run());
}

fn say(line: std::fmt::Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Median, 95th of a hundred, worst; in milliseconds.
fn figures(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("median {:7.2} ms, p95 {:7.2} ms, worst {:7.2} ms", at(0.5), at(0.95), at(1.0))
}

async fn run() {
    let count: usize =
        std::env::var("HELIOGRAPH_BENCH_MESSAGES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    if let Some(folder) = std::env::args().find_map(|option| option.strip_prefix("--fill=").map(PathBuf::from)) {
        return fill_account(&folder, count).await;
    }
    let temporary = tempfile::tempdir().unwrap();
    let root = std::env::var_os("HELIOGRAPH_BENCH_FOLDER").map_or(temporary.path().to_owned(), PathBuf::from);
    let folder = root.join("account");
    let key = DataKey::from_bytes(KEY);
    let mut corpus = Corpus::new(count);
    if folder.exists() {
        say(format_args!("taking up {}", folder.display()));
        corpus.skip(count);
    } else {
        fill(&folder, &key, &mut corpus, count).await;
    }
    if std::env::args().any(|option| option == "--ingest") {
        return;
    }
    let started = Instant::now();
    let store = Store::open(&folder, &key).await.unwrap();
    let opened = started.elapsed();
    let first = store.chats(30).await.unwrap();
    say(format_args!(
        "opening the file: {:.1} ms; with 30 rows of the list: {:.1} ms ({} rows)",
        opened.as_secs_f64() * 1e3,
        started.elapsed().as_secs_f64() * 1e3,
        first.chats.len()
    ));
    lists(&store).await;
    conversations(&store, &mut corpus).await;
    searches(&store, &corpus).await;
    names(&store, &corpus).await;
    meanwhile(&store, &mut corpus).await;
    store.close().await.unwrap();
    sizes(&folder, &corpus, count);
    encryption(&folder, &root);
}

/// Processor time that the thread that writes has had so far. On a busy machine it says more than the clock.
fn processor() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mut all = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
    let stat = all.find(|stat| stat.contains("(store)")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

async fn fill(folder: &Path, key: &DataKey, corpus: &mut Corpus, count: usize) {
    let store = Store::open(folder, key).await.unwrap();
    let mut writing = Duration::ZERO;
    let mut processing = Duration::ZERO;
    let mut batches = Vec::new();
    let mut pts = 0;
    let mut done = 0;
    while done < count {
        let size = BATCH.min(count - done);
        let changes: Vec<Change> = (0..size).map(|_| Change::NewMessage(corpus.next_message())).collect();
        pts += 1;
        let state = UpdateState { pts, qts: 0, date: 0, seq: 0, channels: vec![] };
        let (started, before) = (Instant::now(), processor());
        store.apply(Batch { state: Some(state), peers: vec![], changes }).await.unwrap();
        let took = started.elapsed();
        writing += took;
        processing += processor() - before;
        batches.push(took);
        done += size;
        if done % (count / 10).max(1) < BATCH {
            say(format_args!(
                "{done} messages: {:.0} a second so far, {:.0} a second of the writer's processor time",
                done as f64 / writing.as_secs_f64(),
                done as f64 / processing.as_secs_f64()
            ));
        }
    }
    say(format_args!(
        "ingest in batches of {BATCH}: {:.0} messages a second, {:.0} a second of the writer's processor time; a batch: {}",
        count as f64 / writing.as_secs_f64(),
        count as f64 / processing.as_secs_f64(),
        figures(&mut batches)
    ));
    store.close().await.unwrap();
}

/// Puts messages into an account that somebody is signed in to: all read, with names, the largest chat open.
async fn fill_account(folder: &Path, count: usize) {
    let key = key::obtain(KeyStorage::File, folder, "session", None).await.unwrap();
    let mut corpus = Corpus::new(count);
    let store = Store::open(folder, &key).await.unwrap();
    let mut done = 0;
    while done < count {
        let size = BATCH.min(count - done);
        let changes = (0..size).map(|_| Change::NewMessage(corpus.next_message())).collect();
        store.apply(Batch { changes, ..Batch::default() }).await.unwrap();
        done += size;
    }
    let listed = store.chats(usize::MAX).await.unwrap().chats;
    let chats = listed.iter().map(|chat| chat.id);
    let senders = listed.iter().filter_map(|chat| chat.last.as_ref()).map(|last| last.sender);
    store.save_shown(chats.chain(senders).map(somebody).collect()).await.unwrap();
    let read = |(place, chat): (usize, &heliograph_model::Chat)| Change::ReadInbox {
        chat: chat.id,
        up_to: chat.last.as_ref().and_then(|last| last.id.server()).unwrap_or(0),
        unread: Some(if place % 5 == 0 { 3 } else { 0 }),
    };
    let changes = listed.iter().enumerate().map(read).collect();
    store.apply(Batch { changes, ..Batch::default() }).await.unwrap();
    store.set_open(Some(chat_of(0))).await.unwrap();
    store.close().await.unwrap();
    say(format_args!("{count} messages in {} chats stand in {}", listed.len(), folder.display()));
}

fn somebody(id: PeerId) -> Peer {
    let kind = match id {
        PeerId::User(_) => PeerKind::User { is_self: false, bot: false, deleted: false, presence: Presence::Unknown },
        PeerId::Group(_) => PeerKind::Group,
        PeerId::Channel(_) => PeerKind::Supergroup,
    };
    Peer {
        id,
        kind,
        name: format!("Somebody {}", id.bare()),
        username: None,
        photo: None,
        hue: id.hue(),
        members: None,
        verified: false,
        protected: false,
        writable: true,
        contact: false,
    }
}

async fn lists(store: &Store) {
    for rows in [30, 500] {
        let mut times = Vec::new();
        for _ in 0..20 {
            let started = Instant::now();
            assert!(!store.chats(rows).await.unwrap().chats.is_empty());
            times.push(started.elapsed());
        }
        say(format_args!("{rows:3} rows of the chat list:        {}", figures(&mut times)));
    }
}

async fn conversations(store: &Store, corpus: &mut Corpus) {
    let chats = corpus.chats();
    let mut newest = Vec::new();
    let mut middle = Vec::new();
    for chat in &chats {
        let started = Instant::now();
        let page = store.page(*chat, Place::Newest, 60).await.unwrap();
        newest.push(started.elapsed());
        let Some(last) = page.messages.last().and_then(|message| message.id.server()) else { continue };
        let around = 1 + (corpus.random(u64::try_from(last).unwrap()) as i32);
        let started = Instant::now();
        let _ = store.page(*chat, Place::Around(around), 60).await.unwrap();
        middle.push(started.elapsed());
    }
    say(format_args!("opening each of {} at its end:   {}", chats.len(), figures(&mut newest)));
    say(format_args!("opening each somewhere within:   {}", figures(&mut middle)));
}

async fn searches(store: &Store, corpus: &Corpus) {
    let chats = corpus.chats();
    for (name, text) in corpus.queries() {
        for chat in [None, Some(chats[0]), Some(chats[chats.len() / 2])] {
            let wanted = || Search { text: text.clone(), chat, limit: 50, ..Search::default() };
            let mut times = Vec::new();
            let mut hits = 0;
            let started = Instant::now();
            let _ = store.search(wanted()).await.unwrap();
            let first = started.elapsed();
            for _ in 0..20 {
                let started = Instant::now();
                hits = store.search(wanted()).await.unwrap().hits.len();
                times.push(started.elapsed());
            }
            let place = match chat {
                None => "everywhere",
                Some(chat) if chat == chats[0] => "in the largest chat",
                Some(_) => "in a middling chat",
            };
            say(format_args!(
                "search: {name:32} {place:20} {} ({hits:2} hits, first time {:.2} ms)",
                figures(&mut times),
                first.as_secs_f64() * 1e3
            ));
        }
    }
}

/// Looking through the names of 10,000 people, as for each key that is pressed.
async fn names(store: &Store, corpus: &Corpus) {
    let words = corpus.names();
    let peers = (0..10_000).map(|n| Peer {
        name: format!("{} {}", words[n * 7 % words.len()], words[n * 13 % words.len()]),
        username: Some(format!("{}{n}", words[n * 5 % words.len()])),
        ..somebody(PeerId::User(1_000_000 + n as i64))
    });
    store.save_shown(peers.collect()).await.unwrap();
    let name = &words[words.len() / 2];
    let typed: Vec<String> = (1..=name.chars().count()).map(|letters| name.chars().take(letters).collect()).collect();
    let mut times = Vec::new();
    for text in typed.iter().cycle().take(60) {
        let started = Instant::now();
        let found = store.find_peers(text.clone(), 20).await.unwrap();
        times.push(started.elapsed());
        assert!(!found.people.is_empty());
    }
    say(format_args!("names of 10,000 people, each key: {}", figures(&mut times)));
}

/// Opening conversations and searching while updates come in.
async fn meanwhile(store: &Store, corpus: &mut Corpus) {
    let batches: Vec<Vec<Change>> =
        (0..10).map(|_| (0..BATCH).map(|_| Change::NewMessage(corpus.next_message())).collect()).collect();
    let chats = corpus.chats();
    let writer = store.clone();
    let started = Instant::now();
    let writing = tokio::spawn(async move {
        for changes in batches {
            writer.apply(Batch { changes, ..Batch::default() }).await.unwrap();
        }
        started.elapsed()
    });
    let mut times = Vec::new();
    for chat in chats.iter().cycle() {
        if writing.is_finished() {
            break;
        }
        let started = Instant::now();
        store.page(*chat, Place::Newest, 60).await.unwrap();
        times.push(started.elapsed());
    }
    let took = writing.await.unwrap();
    say(format_args!(
        "10,000 messages came in {:.2} s meanwhile; opening then: {}",
        took.as_secs_f64(),
        figures(&mut times)
    ));
}

fn sizes(folder: &Path, corpus: &Corpus, count: usize) {
    let bytes = std::fs::metadata(folder.join("account.db")).unwrap().len() as f64;
    let raw = corpus.raw_bytes() as f64;
    let made = (count + 10 * BATCH) as f64;
    say(format_args!(
        "file: {:.0} MB, {:.0} kB for 1,000 messages, beside {:.0} kB of raw text",
        bytes / 1e6,
        bytes / made,
        raw / made
    ));
}

/// The same tables encrypted and not: what is read and written costs how much more.
fn encryption(folder: &Path, root: &Path) {
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let encrypted = rusqlite::Connection::open(folder.join("account.db")).unwrap();
    encrypted.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"")).unwrap();
    let mut tables =
        encrypted.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8").unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| Ok(format!("{} {} kB", row.get::<_, String>(0)?, row.get::<_, i64>(1)? / 1000)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    say(format_args!("of it: {}", tables.join(", ")));
    let plain_path = root.join("plain.db");
    let _ = std::fs::remove_file(&plain_path);
    encrypted
        .execute_batch(&format!("ATTACH '{}' AS plain KEY ''; CREATE TABLE plain.message AS SELECT * FROM main.message LIMIT 200000; DETACH plain", plain_path.display()))
        .unwrap();
    let plain = rusqlite::Connection::open(&plain_path).unwrap();
    let mut told = Vec::new();
    for connection in [&encrypted, &plain] {
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;").unwrap();
        let started = Instant::now();
        let sum: i64 = connection
            .query_row("SELECT sum(length(body)) FROM (SELECT body FROM message LIMIT 200000)", [], |row| row.get(0))
            .unwrap();
        let read = started.elapsed();
        assert!(sum > 0);
        let started = Instant::now();
        connection
            .execute_batch("BEGIN; CREATE TABLE copy AS SELECT * FROM message LIMIT 50000; COMMIT; DROP TABLE copy;")
            .unwrap();
        told.push((read, started.elapsed()));
    }
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    say(format_args!(
        "encryption: reading 200,000 rows {:.0} ms against {:.0} ms ({:.1} times), copying 50,000 rows {:.0} ms against {:.0} ms ({:.1} times)",
        told[0].0.as_secs_f64() * 1e3,
        told[1].0.as_secs_f64() * 1e3,
        ratio(told[0].0, told[1].0),
        told[0].1.as_secs_f64() * 1e3,
        told[1].1.as_secs_f64() * 1e3,
        ratio(told[0].1, told[1].1),
    ));
    let _ = std::fs::remove_file(&plain_path);
}

/// Chats of the corpus, the largest first.
pub(crate) fn chat_of(number: usize) -> PeerId {
    let id = number as i64 + 1;
    match number % 3 {
        0 => PeerId::Channel(id),
        1 => PeerId::User(id),
        _ => PeerId::Group(id),
    }
}
