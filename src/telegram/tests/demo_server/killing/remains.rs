//! What a process left behind when it was killed, looked at in a copy, so that the next one finds it as it was.

use super::schema::database;
use super::{BETTER, Number, Said, is_deleted, number};
use crate::stage::KEEPERS;
use heliograph_store::{DataKey, Search, Store, Task};
use std::collections::BTreeSet;
use std::path::Path;

/// What the store says.
pub struct Remains {
    /// Those that wait to be sent.
    waiting: BTreeSet<Number>,
    /// Those that wait to be edited or deleted are no loss either.
    drafted: BTreeSet<Number>,
    /// What can be found of the newest words by others that were heard of.
    news: BTreeSet<u64>,
}

/// Every page opens, and what one table says of another is so.
pub fn sound(folder: &Path) {
    let connection = database(folder);
    let damaged: Vec<String> = {
        let mut statement = connection.prepare("PRAGMA cipher_integrity_check").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert!(damaged.is_empty(), "{damaged:?}");
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    connection.execute_batch("INSERT INTO word_index (word_index) VALUES ('integrity-check')").unwrap();
}

/// Looks at a copy of the folder.
pub async fn of(folder: &Path, said: &Said) -> Remains {
    let room = tempfile::tempdir().unwrap();
    for name in ["account.db", "account.db-wal"] {
        let there = folder.join(name);
        if there.exists() {
            std::fs::copy(there, room.path().join(name)).unwrap();
        }
    }
    // First by itself: the store would mend or refuse it.
    let path = room.path().to_owned();
    tokio::task::spawn_blocking(move || {
        let connection = database(&path);
        // That check looks past the log, from which a page may be half carried over.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let mut statement = connection.prepare("PRAGMA cipher_integrity_check").unwrap();
        assert_eq!(statement.query_map([], |_| Ok(())).unwrap().count(), 0, "damaged pages");
        let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    })
    .await
    .unwrap();
    let store = Store::open(room.path(), &DataKey::from_bytes([7; 32])).await.unwrap();
    let outbox = store.outbox().await.unwrap();
    let waiting = outbox.iter().filter_map(|outgoing| match &outgoing.task {
        Task::Send { message, .. } => Some(number(&message.text.text)?.0),
        _ => None,
    });
    let drafts = store.drafts().await.unwrap();
    let drafted = drafts.iter().filter_map(|(_, drafts)| Some(number(&drafts.current.as_ref()?.text.text)?.0));
    let (waiting, drafted) = (waiting.collect(), drafted.collect());
    // The store may be far ahead of what was said.
    let text = format!("news {}", said.heard);
    let found = store.search(Search { text, limit: 50, ..Search::default() }).await.unwrap();
    let news = found
        .hits
        .iter()
        .filter_map(|hit| hit.message.text.text.trim_end_matches(BETTER).strip_prefix("news ")?.parse().ok());
    let news = news.collect();
    store.close().await.unwrap();
    sound(room.path());
    Remains { waiting, drafted, news }
}

impl Remains {
    /// Everything that the process was sure of is here, or the server has it.
    pub fn check(&self, said: &Said, server: &[String]) {
        let there: BTreeSet<Number> = server.iter().filter_map(|text| Some(number(text)?.0)).collect();
        let missing = |n: &&Number| !is_deleted(**n) && !self.waiting.contains(n) && !there.contains(n);
        let lost: Vec<&Number> = said.kept.iter().filter(missing).collect();
        assert!(lost.is_empty(), "neither in the outbox nor in {KEEPERS}: {lost:?}");
        let draft = self.drafted.last().copied();
        assert!(draft >= said.drafted, "the draft {draft:?} is older than {:?}", said.drafted);
        // Told to the window only after it was stored. What was deleted meanwhile is no loss.
        let heard = said.heard;
        if heard % 7 != 3 && heard > 0 {
            assert!(self.news.contains(&heard), "{heard} was heard of and is not there: {:?}", self.news);
        }
    }
}
