//! What is left when the process dies, the disk is full or a write fails.

use super::{DATABASE, Store};
use crate::history::tests::{effort, said};
use crate::{Batch, DataKey, Draft, Outgoing, Progress, Search, Task, UpdateState};
use heliograph_model::{Change, FormattedText, MessageId, PeerId, Place};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "HELIOGRAPH_STORE_CRASH_FOLDER";
const LIMIT: &str = "HELIOGRAPH_STORE_CRASH_LIMIT";
const CHAT: PeerId = PeerId::Channel(5);

fn key() -> DataKey {
    DataKey::from_bytes([7; 32])
}

/// The life of the child: it goes on from where the file says that it was, and says what was acknowledged.
/// Batch `n` brings the message `n`, edits the one before it and deletes the one ten before it.
async fn live(folder: &Path) {
    let Ok(store) = Store::open(folder, &key()).await else {
        println!("closed");
        return;
    };
    let begin = store.session().await.unwrap().updates.map_or(0, |state| state.pts);
    for n in begin + 1.. {
        let mut changes = vec![Change::NewMessage(said(CHAT, n, &format!("fresh{n}x")))];
        if n > 1 {
            changes.push(Change::Edited(said(CHAT, n - 1, &format!("edited{}x", n - 1))));
        }
        if n > 10 {
            changes.push(Change::Deleted { chat: Some(CHAT), messages: vec![n - 10] });
        }
        let state = UpdateState { pts: n, qts: 0, date: 0, seq: 0, channels: vec![(5, n)] };
        let draft = Draft { text: FormattedText::plain(format!("draft {n}")), reply: None, date: n.into() };
        let mut message = said(CHAT, 0, &format!("to be sent {n}"));
        message.id = MessageId::Pending(n as u64);
        let task = Task::Send { message: Box::new(message), files: vec![], after: 0 };
        let outgoing = Outgoing { random_id: n.into(), chat: CHAT, task, progress: Progress::Waiting, since: n.into() };
        let written = async {
            store.put_outgoing(outgoing).await?;
            println!("queued {n}");
            store.set_draft(PeerId::User(3), draft).await?;
            println!("drafted {n}");
            store.apply(Batch { state: Some(state), peers: vec![], changes }).await?;
            println!("applied {n}");
            if n % 3 == 0 {
                store.drop_outgoing((n - 1).into()).await?;
                println!("dropped {}", n - 1);
            }
            Ok::<_, crate::Error>(())
        };
        if let Err(error) = written.await {
            println!("failed {error}");
            return;
        }
    }
}

/// What the child said last of each.
#[derive(Default, Debug)]
struct Said {
    queued: i64,
    drafted: i64,
    applied: i32,
    dropped: Vec<i64>,
    failed: bool,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let Some((what, rest)) = line.split_once(' ') else { return };
        match (what, rest.parse::<i64>()) {
            ("queued", Ok(n)) => self.queued = n,
            ("drafted", Ok(n)) => self.drafted = n,
            ("applied", Ok(n)) => self.applied = n as i32,
            ("dropped", Ok(n)) => self.dropped.push(n),
            ("failed", _) => self.failed = true,
            _ => {}
        }
    }
}

fn child(test: &str, folder: &Path, limit: Option<u64>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &format!("file::crash::{test}"), "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(limit) = limit {
        command.env(LIMIT, limit.to_string());
    }
    command.spawn().unwrap()
}

/// Everything that was acknowledged is there, nothing is there twice or half, and the file is whole.
async fn check(folder: &Path, said_so: &Said) {
    let store = Store::open(folder, &key()).await.unwrap();
    let n = store.session().await.unwrap().updates.map_or(0, |state| state.pts);
    assert!(n >= said_so.applied, "{n} {said_so:?}");
    let page = store.page(CHAT, Place::Newest, 100).await.unwrap();
    let words: Vec<String> = page.messages.iter().map(|message| message.text.text.clone()).collect();
    let expected: Vec<String> =
        ((n - 9).max(1)..=n).map(|id| if id == n { format!("fresh{id}x") } else { format!("edited{id}x") }).collect();
    assert_eq!(words, expected);
    let find =
        async |text: String| store.search(Search { text, limit: 20, ..Search::default() }).await.unwrap().hits.len();
    if n > 0 {
        assert_eq!(find(format!("fresh{n}x")).await, 1);
        assert_eq!(find(format!("fresh{}x", n - 1)).await, 0);
        assert_eq!(find("edited".into()).await, expected.len() - 1);
    }
    let outbox = store.outbox().await.unwrap();
    let queued: Vec<i64> = outbox.iter().map(|outgoing| outgoing.random_id).collect();
    let most = queued.last().copied().unwrap_or(0);
    assert!(most >= said_so.queued, "{most} {said_so:?}");
    // Queued before it is applied, dropped after.
    assert!(queued.windows(2).all(|pair| pair[0] < pair[1]));
    for id in 1..=most {
        let here = queued.contains(&id);
        assert!(here || id % 3 == 2, "{id} of {queued:?}");
        assert!(!here || !said_so.dropped.contains(&id), "{id} of {queued:?}");
    }
    let draft = store.draft(PeerId::User(3)).await.unwrap().current.map_or(0, |draft| draft.date);
    assert!(draft >= said_so.drafted, "{draft} {said_so:?}");
    let sound: String = store
        .call(|connection| {
            connection.execute_batch("INSERT INTO word_index (word_index) VALUES ('integrity-check')")?;
            Ok(connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(sound, "ok");
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_process_that_is_killed_at_any_moment_loses_nothing() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return live(Path::new(&folder)).await;
    }
    let rounds = ((500.0 * effort()) as u64).max(8);
    let room = tempfile::tempdir().unwrap();
    let mut state = u64::from(std::process::id()) | 1;
    let mut last = Said::default();
    for _ in 0..rounds {
        let mut child = child("a_process_that_is_killed_at_any_moment_loses_nothing", room.path(), None);
        let output = BufReader::new(child.stdout.take().unwrap());
        let reading = std::thread::spawn(move || {
            let mut said = Said::default();
            for line in output.lines().map_while(Result::ok) {
                said.hear(&line);
            }
            said
        });
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // At any moment: also while it opens and migrates.
        std::thread::sleep(Duration::from_micros((state >> 20) % 120_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = reading.join().unwrap();
        last = Said {
            queued: last.queued.max(now.queued),
            drafted: last.drafted.max(now.drafted),
            applied: last.applied.max(now.applied),
            dropped: [last.dropped, now.dropped].concat(),
            failed: false,
        };
        check(room.path(), &last).await;
    }
    assert!(last.applied > 0, "it never came to anything");
}

/// No file may grow beyond a limit: as a full disk, every write past it fails.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_an_error_and_harms_nothing() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let limit: u64 = std::env::var(LIMIT).unwrap().parse().unwrap();
        refuse_larger_files(limit);
        return live(Path::new(&folder)).await;
    }
    let mut failed = 0;
    for limit in [40_000, 130_000, 200_000, 400_000, 700_000] {
        let room = tempfile::tempdir().unwrap();
        let mut child = child("a_full_disk_is_an_error_and_harms_nothing", room.path(), Some(limit));
        let mut said = Said::default();
        for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
            said.hear(&line);
        }
        child.wait().unwrap();
        failed += u32::from(said.failed);
        assert!(std::fs::metadata(room.path().join(DATABASE)).unwrap().len() <= limit);
        // There is room again: it goes on.
        check(room.path(), &said).await;
    }
    assert!(failed >= 2, "the limit was never reached");
}

#[cfg(target_os = "linux")]
fn refuse_larger_files(limit: u64) {
    #[allow(unsafe_code, reason = "two calls of the system without memory of ours but one struct")]
    unsafe {
        // Else the process would be ended.
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
        let limit = libc::rlimit { rlim_cur: limit, rlim_max: limit };
        assert_eq!(libc::setrlimit(libc::RLIMIT_FSIZE, &limit), 0);
    }
}

/// Whatever is written, none of it stands anywhere as it is, and nobody else may read it.
#[tokio::test]
async fn no_words_stand_in_any_file() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("account");
    let store = Store::open(&folder, &key()).await.unwrap();
    for n in 1..200 {
        let text = format!("recognisable words {n} 机密文件");
        store
            .apply(Batch { changes: vec![Change::NewMessage(said(CHAT, n, &text))], ..Batch::default() })
            .await
            .unwrap();
    }
    let draft = Draft { text: FormattedText::plain("recognisable draft"), reply: None, date: 1 };
    store.set_draft(CHAT, draft).await.unwrap();
    let wanted = Search { text: "recognisable".into(), limit: 500, ..Search::default() };
    assert_eq!(store.search(wanted).await.unwrap().hits.len(), 199);
    for open in [true, false] {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            for secret in ["recognisable", "recog", "机密文件", "SQLite format 3", "word_index", "CREATE TABLE"] {
                let secret = secret.as_bytes();
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{} open: {open}", path.display());
            }
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
            }
        }
        if open {
            store.clone().close().await.unwrap();
        }
    }
}
