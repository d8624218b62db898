//! A disk that refuses single writes, or all of them for a while: what was acknowledged is there, what was refused is
//! not, and the same store goes on when the disk does.

use super::disk::Disk;
use super::{DATABASE, Store, unlock};
use crate::history::tests::{effort, ingest, said};
use crate::migrations::{STEPS, migrate};
use crate::{
    Batch, Clear, DataKey, Draft, Error, Outgoing, Progress, Search, Task, UpdateState, drafts, outbox, session,
};
use heliograph_model::{Change, FormattedText, HistoryPage, Message, MessageId, PeerId, Place};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CHAT: PeerId = PeerId::Channel(5);
const FRIEND: PeerId = PeerId::User(3);

fn key() -> DataKey {
    DataKey::from_bytes([7; 32])
}

/// A folder on a disk of its own.
struct Room {
    root: tempfile::TempDir,
    disk: Arc<Disk>,
}

impl Room {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let disk = Disk::below(root.path());
        Self { root, disk }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("account")
    }

    async fn open(&self) -> Result<Store, Error> {
        Store::open(&self.folder(), &key()).await
    }
}

/// Every page opens, and what one table says of another is so. Looked at beside the store, which would mend or refuse it.
fn sound(folder: &Path) {
    let path = folder.join(DATABASE);
    let connection = Connection::open(&path).unwrap();
    unlock(&connection, &key(), &path).unwrap();
    // That check looks past the log, from which a page may be half carried over.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check").unwrap();
    let damaged: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(damaged.is_empty(), "{damaged:?}");
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let made = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'word_parts'").unwrap().exists([]).unwrap();
    for index in ["word_index", "word_parts"].into_iter().filter(|_| made) {
        connection.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('integrity-check')")).unwrap();
    }
}

/// The folder as it lies there now, as if the process ended here.
fn copy(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in [DATABASE.to_owned(), format!("{DATABASE}-wal"), format!("{DATABASE}-journal")] {
        let there = folder.join(&name);
        if there.exists() {
            std::fs::copy(there, copy.path().join(name)).unwrap();
        }
    }
    copy
}

fn outgoing(id: i64) -> Outgoing {
    let message = Message { id: MessageId::Pending(id as u64), outgoing: true, ..said(CHAT, 0, &unsent(id)) };
    let task = Task::Send { message: Box::new(message), files: vec![], after: 0 };
    Outgoing { random_id: id, chat: CHAT, task, progress: Progress::Waiting, since: id }
}

fn unsent(id: i64) -> String {
    format!("ours{id}x")
}

fn draft(date: i64) -> Draft {
    Draft { text: FormattedText::plain(format!("begun {date}")), reply: None, date }
}

/// What is done with the store.
#[derive(Clone, Debug)]
enum Deed {
    Write(i64),
    /// It goes to the wire.
    Begin(i64),
    /// It got this number.
    Sent(i64, i32),
    Drop(i64),
    Draft(i64),
    /// A batch of updates that leads here: a message is new, the one before it is edited, old ones are deleted.
    Updates(i32),
    /// A page of the newest messages, as they are.
    Page,
    /// The log is carried over.
    Tidy,
}

/// What must stand in the store.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    outbox: BTreeMap<i64, bool>,
    draft: i64,
    pts: i32,
    texts: BTreeMap<i32, String>,
}

impl Known {
    fn after(&self, deed: &Deed) -> Self {
        let mut known = self.clone();
        match deed {
            Deed::Write(id) => drop(known.outbox.insert(*id, false)),
            Deed::Begin(id) => drop(known.outbox.insert(*id, true)),
            Deed::Drop(id) => drop(known.outbox.remove(id)),
            Deed::Sent(id, number) => {
                known.outbox.remove(id);
                known.pts = *number;
                known.texts.insert(*number, unsent(*id));
            }
            Deed::Draft(date) => known.draft = *date,
            Deed::Updates(n) => {
                known.pts = *n;
                known.texts.insert(*n, format!("fresh{n}x"));
                if let Some(text) = known.texts.get_mut(&(n - 1)) {
                    *text = format!("edited{}x", n - 1);
                }
                known.texts.retain(|id, _| *id > n - 10);
            }
            Deed::Page | Deed::Tidy => {}
        }
        known
    }

    async fn read(store: &Store) -> Result<Self, Error> {
        let outbox = store.outbox().await?;
        let page = store.page(CHAT, Place::Newest, 1000).await?;
        Ok(Self {
            outbox: outbox.iter().map(|row| (row.random_id, row.progress == Progress::OnTheWay)).collect(),
            draft: store.draft(FRIEND).await?.current.map_or(0, |draft| draft.date),
            pts: store.session().await?.updates.map_or(0, |state| state.pts),
            texts: page.messages.into_iter().map(|m| (m.id.server().unwrap(), m.text.text)).collect(),
        })
    }

    fn did(&mut self, deed: &Deed, refused: &mut Vec<Deed>) {
        let after = self.after(deed);
        if after != *self {
            // It was written to where that lay.
            refused.clear();
        }
        *self = after;
    }

    /// Something to be done next.
    fn next(&self, random: &mut impl FnMut(u64) -> u64, written: &mut i64) -> Deed {
        let waiting = self.outbox.iter().find(|(_, on_the_way)| !**on_the_way).map(|(id, _)| *id);
        let on_the_way = self.outbox.iter().find(|(_, on_the_way)| **on_the_way).map(|(id, _)| *id);
        match (random(14), waiting, on_the_way) {
            (0..3, ..) => {
                *written += 1;
                Deed::Write(*written)
            }
            (3 | 4, Some(id), _) => Deed::Begin(id),
            (5 | 6, _, Some(id)) => Deed::Sent(id, self.pts + 1),
            (7, Some(id), _) => Deed::Drop(id),
            (8 | 9, ..) => Deed::Draft(self.draft + 1),
            (10, ..) => Deed::Page,
            (11, ..) => Deed::Tidy,
            _ => Deed::Updates(self.pts + 1),
        }
    }

    async fn doing(&self, store: &Store, deed: &Deed) -> Result<(), Error> {
        let state = |n| Some(UpdateState { pts: n, qts: 0, date: 0, seq: 0, channels: vec![(5, n)] });
        match deed {
            Deed::Write(id) => store.put_outgoing(outgoing(*id)).await,
            Deed::Begin(id) => store.begin_outgoing(*id, 9).await.map(|begun| assert!(begun.is_some())),
            Deed::Drop(id) => store.drop_outgoing(*id).await.map(|dropped| assert!(dropped)),
            Deed::Sent(id, number) => {
                let message = Message { outgoing: true, ..said(CHAT, *number, &unsent(*id)) };
                let changes = vec![Change::Sent { pending: MessageId::Pending(*id as u64), message }];
                store.apply(Batch { state: state(*number), peers: vec![], changes }).await
            }
            Deed::Draft(date) => store.set_draft(FRIEND, draft(*date)).await.map(drop),
            Deed::Updates(n) => {
                let mut changes = vec![Change::NewMessage(said(CHAT, *n, &format!("fresh{n}x")))];
                if self.texts.contains_key(&(n - 1)) {
                    changes.push(Change::Edited(said(CHAT, n - 1, &format!("edited{}x", n - 1))));
                }
                let old = self.texts.keys().copied().filter(|id| *id <= n - 10).collect();
                changes.push(Change::Deleted { chat: Some(CHAT), messages: old });
                store.apply(Batch { state: state(*n), peers: vec![], changes }).await
            }
            Deed::Page => {
                let messages = self.texts.iter().map(|(id, text)| said(CHAT, *id, text)).collect();
                let page = HistoryPage { messages, peers: vec![], complete: true, newest: true };
                store.save_page(CHAT, Place::Newest, page, store.mark()).await
            }
            Deed::Tidy => store.clear_pictures(Clear::All).await,
        }
    }

    /// Each word is found where it stands, and nowhere else.
    async fn find(&self, store: &Store) {
        let found = async |text: &str| {
            let wanted = Search { text: text.into(), limit: 50, ..Search::default() };
            let hits = store.search(wanted).await.unwrap().hits;
            hits.iter().filter_map(|hit| hit.message.id.server()).collect::<BTreeSet<i32>>()
        };
        for word in ["fresh", "edited", "ours"] {
            let expected = self.texts.iter().filter(|(_, text)| text.starts_with(word)).map(|(id, _)| *id);
            let expected: BTreeSet<i32> = expected.collect();
            // The newest of them, where there are many.
            assert!(found(word).await.is_subset(&expected), "{word}");
        }
        for (id, text) in self.texts.iter().rev().take(3) {
            assert_eq!(found(text).await, BTreeSet::from([*id]), "{text}");
        }
    }
}

/// A store that is opened, works, and is closed or ended at any moment, while one write, some, or all of them fail.
#[tokio::test]
async fn whatever_write_is_refused_nothing_that_was_acknowledged_is_lost() {
    let rounds = ((2000.0 * effort()) as u64).max(60);
    let room = Room::new();
    let mut random = {
        let disk = room.disk.clone();
        move |end| disk.random(end)
    };
    println!("HELIOGRAPH_DISK_SEED={}", room.disk.seed());
    let (mut known, mut written, mut open) = (Known::default(), 0, None);
    let mut failed: BTreeMap<String, u64> = BTreeMap::new();
    // What was refused since something was written: all of one may have reached the log before, and the end of the
    // process bring it back.
    let mut refused = Vec::new();
    for round in 0..rounds {
        let when = format!("round {round}");
        let may_fail = |error: &Error, what: &dyn std::fmt::Debug| {
            assert!(room.disk.has_failed(), "{when}, {what:?}: {error}");
            assert!(!matches!(error, Error::WrongKey(_) | Error::Damaged(_)), "{when}, {what:?}: {error}");
        };
        let times = [1, 1 + random(6), u64::MAX][random(3) as usize];
        let after = if random(4) == 0 { random(4) } else { random(120) };
        room.disk.fail(after, times);
        let mut certain = open.is_some();
        if open.is_none() {
            match room.open().await {
                Ok(store) => {
                    match Known::read(&store).await {
                        Ok(found) => {
                            settle(found, &mut known, &mut refused, &when);
                            certain = true;
                        }
                        Err(error) => may_fail(&error, &"reading"),
                    }
                    open = Some(store);
                }
                Err(error) => may_fail(&error, &"opening"),
            }
        }
        for _ in 0..40 {
            let Some(store) = open.as_ref().filter(|_| certain) else { break };
            let deed = known.next(&mut random, &mut written);
            match known.doing(store, &deed).await {
                Ok(()) => known.did(&deed, &mut refused),
                Err(error) => {
                    may_fail(&error, &deed);
                    if known.after(&deed) != known {
                        refused.push(deed);
                    }
                    if random(3) == 0 {
                        break;
                    }
                }
            }
        }
        // As if the process ended while nothing can be written.
        if random(4) == 0 {
            let copy = copy(&room.folder());
            if copy.path().join(DATABASE).exists() {
                sound(copy.path());
                let store = Store::open(copy.path(), &key()).await.unwrap();
                let (mut known, mut refused) = (known.clone(), refused.clone());
                settle(Known::read(&store).await.unwrap(), &mut known, &mut refused, &format!("{when}, ended"));
                known.find(&store).await;
                store.close().await.unwrap();
            }
        }
        let close = random(6);
        if close == 0
            && let Some(store) = open.take()
        {
            // What is not carried over stays in the log.
            let _ = store.close().await;
        }
        for step in room.disk.heal() {
            *failed.entry(format!("{step:?}")).or_default() += 1;
        }
        // The disk works again, and so does the store.
        if let Some(store) = &open {
            let found = Known::read(store).await.unwrap();
            if !certain {
                settle(found, &mut known, &mut refused, &when);
            } else {
                assert_eq!(found, known, "{when}, refused: {refused:?}");
            }
            for _ in 0..3 {
                let deed = known.next(&mut random, &mut written);
                known.doing(store, &deed).await.unwrap();
                known.did(&deed, &mut refused);
            }
            known.find(store).await;
        }
        if close == 1
            && let Some(store) = open.take()
        {
            store.close().await.unwrap();
        }
    }
    println!("{rounds} rounds; refused: {failed:?}");
    let tried = if effort() >= 1.0 { failed.len() == 6 } else { failed.contains_key("Write") };
    assert!(tried, "not everything was tried: {failed:?}");
    if let Some(store) = open {
        store.close().await.unwrap();
    }
    let store = room.open().await.unwrap();
    settle(Known::read(&store).await.unwrap(), &mut known, &mut refused, "the end");
    known.find(&store).await;
    store.close().await.unwrap();
    sound(&room.folder());
}

/// After opening: one that was refused may be there, or not; from now on it is certain.
fn settle(found: Known, known: &mut Known, refused: &mut Vec<Deed>, when: &str) {
    let refused = std::mem::take(refused);
    if found == *known || !refused.iter().any(|deed| found == known.after(deed)) {
        assert_eq!(found, *known, "{when}, refused: {refused:?}");
    }
    *known = found;
}

/// A new account, in which one step after the other fails, or all from it on.
#[tokio::test]
async fn an_account_that_could_not_be_made_is_made_later() {
    for failing in (0..).step_by(stride()) {
        for times in [1, u64::MAX] {
            let room = Room::new();
            room.disk.fail(failing, times);
            let opened = room.open().await;
            let failed = room.disk.heal();
            match opened {
                Ok(store) => store.close().await.unwrap(),
                Err(error) => assert!(!failed.is_empty(), "{error}"),
            }
            let store = room.open().await.unwrap_or_else(|error| panic!("{failing}, {failed:?}: {error}"));
            store.put_outgoing(outgoing(1)).await.unwrap();
            store.close().await.unwrap();
            sound(&room.folder());
            if failed.is_empty() {
                println!("{failing} steps");
                assert!(failing > 20);
                return;
            }
        }
    }
}

/// A file of an older program, in which one step after the other fails, or all from it on.
#[tokio::test]
async fn an_older_file_that_could_not_be_carried_over_is_as_it_was_and_carried_over_later() {
    for version in 2..STEPS.len() {
        let template = tempfile::tempdir().unwrap();
        older(template.path(), version);
        for failing in (0..).step_by(stride()) {
            let mut failed = Vec::new();
            for times in [1, u64::MAX] {
                let room = Room::new();
                crate::create_private_folder(&room.folder()).unwrap();
                std::fs::copy(template.path().join(DATABASE), room.folder().join(DATABASE)).unwrap();
                room.disk.fail(failing, times);
                let opened = room.open().await;
                failed = room.disk.heal();
                match opened {
                    Ok(store) => store.close().await.unwrap(),
                    Err(error) => {
                        assert!(!failed.is_empty(), "{error}");
                        let left = copy(&room.folder());
                        sound(left.path());
                    }
                }
                let store =
                    room.open().await.unwrap_or_else(|error| panic!("{version}, {failing}, {failed:?}: {error}"));
                assert_eq!(store.outbox().await.unwrap(), [outgoing(1)]);
                assert_eq!(store.draft(FRIEND).await.unwrap().current, Some(draft(7)));
                assert_eq!(store.session().await.unwrap().me, Some(FRIEND));
                let found = store.search(Search { text: "stays".into(), limit: 9, ..Search::default() }).await.unwrap();
                assert_eq!(found.hits.len(), 1);
                store.close().await.unwrap();
                sound(&room.folder());
            }
            if failed.is_empty() {
                println!("version {version}: {failing} steps");
                assert!(failing > 10);
                break;
            }
        }
    }
}

/// A file as this version left it.
fn older(folder: &Path, version: usize) {
    let path = folder.join(DATABASE);
    let mut connection = Connection::open(&path).unwrap();
    unlock(&connection, &key(), &path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    migrate(&mut connection, STEPS.get(..version).unwrap()).unwrap();
    outbox::put(&connection, &outgoing(1)).unwrap();
    drafts::change(&connection, FRIEND, |drafts| drafts.typed(draft(7))).unwrap();
    session::set_me(&connection, Some(FRIEND)).unwrap();
    // Where words that came wait now they went to their places at once.
    connection.execute_batch("CREATE TEMP TABLE fresh_word (word TEXT PRIMARY KEY)").unwrap();
    ingest(&connection, |ingest| ingest.put(&said(CHAT, 1, "what was said stays")));
    connection
        .execute_batch(
            "INSERT INTO word (word) SELECT word FROM fresh_word;
             INSERT INTO word_parts (word_parts) VALUES ('rebuild');
             DROP TABLE temp.fresh_word;",
        )
        .unwrap();
    connection.close().unwrap();
}

/// At full length every step fails once.
fn stride() -> usize {
    if effort() >= 1.0 { 1 } else { 7 }
}
