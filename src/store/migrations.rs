//! The versions of the schema. A step, once released, is never changed: a new one is appended.

use crate::{Error, people};
use rusqlite::{Connection, TransactionBehavior};

/// The schema of the file, step by step: step `n` (counted from 1) leads from version `n - 1` to version `n`.
pub const STEPS: &[&str] = &[
    // 1: the session.
    "CREATE TABLE datacenter (
        id INTEGER PRIMARY KEY,
        address TEXT,
        auth_key BLOB CHECK (auth_key IS NULL OR length(auth_key) = 256),
        salt INTEGER NOT NULL,
        time_offset INTEGER NOT NULL,
        authorized INTEGER NOT NULL CHECK (authorized IN (0, 1))
    ) STRICT;
    CREATE TABLE session_value (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- id: the marked id (PeerId::marked), one number for all kinds.
    CREATE TABLE peer (
        id INTEGER PRIMARY KEY,
        access_hash INTEGER,
        min INTEGER NOT NULL CHECK (min IN (0, 1))
    ) STRICT;
    CREATE TABLE update_state (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        pts INTEGER NOT NULL,
        qts INTEGER NOT NULL,
        date INTEGER NOT NULL,
        seq INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE channel_state (
        channel INTEGER PRIMARY KEY,
        pts INTEGER NOT NULL
    ) STRICT;",
    // 2: chats, messages and search, drafts and outbox.
    include_str!("migrations/2.sql"),
    // 3: kept pictures.
    include_str!("migrations/3.sql"),
    // 4: settings, transfers, pinned messages.
    include_str!("migrations/4.sql"),
    // 5: names, filled by `people::fold_names`.
    include_str!("migrations/5.sql"),
    // 6: transfers with their parts.
    include_str!("migrations/6.sql"),
    // 7: words that wait to be put among the others.
    include_str!("migrations/7.sql"),
    // 8: which chats are in the archive.
    include_str!("migrations/8.sql"),
];

/// The version that has the names.
const NAMES: usize = 5;

/// Brings the file to the newest version: all steps that it lacks in one transaction, so that a crash leaves it as it was.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let done = usize::try_from(found).map_err(|_| Error::Damaged("a negative version".into()))?;
    let missing = steps.get(done..).ok_or(Error::Newer { found, known })?;
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        transaction.execute_batch(step)?;
    }
    if done < NAMES && steps.len() >= NAMES {
        people::fold_names(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    tracing::debug!(from = found, to = known, "store migrated");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session;

    fn version(connection: &Connection) -> i64 {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_new_file_gets_every_step() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        assert_eq!(version(&connection), STEPS.len() as i64);
        migrate(&mut connection, STEPS).unwrap();
        assert_eq!(session::read(&connection).unwrap().datacenters, []);
    }

    /// A file as version 1 wrote it, whatever the newest version is: it must stay readable for good.
    #[test]
    fn version_1_with_content_is_carried_over() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(STEPS[0]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO datacenter VALUES (2, '127.0.0.1:443', zeroblob(256), 7, -3, 1);
                 INSERT INTO session_value VALUES ('home', 4), ('me', 77);
                 INSERT INTO peer VALUES (-1000000000005, 9, 0);
                 INSERT INTO update_state VALUES (1, 10, 20, 30, 40);
                 INSERT INTO channel_state VALUES (5, 50);
                 PRAGMA user_version = 1;",
            )
            .unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let read = session::read(&connection).unwrap();
        assert_eq!((read.home, read.me), (4, Some(heliograph_model::PeerId::User(77))));
        let dc = &read.datacenters[0];
        assert_eq!((dc.id, dc.salt, dc.time_offset, dc.authorized), (2, 7, -3, true));
        assert_eq!(dc.auth_key.as_ref().unwrap().bytes(), &[0; 256]);
        assert_eq!(read.updates.unwrap().channels, [(5, 50)]);
        assert_eq!(session::peers(&connection).unwrap()[0].id, heliograph_model::PeerId::Channel(5));
    }

    /// A file as version 2 wrote it: what stands in it stays, and pictures of its messages may be kept.
    #[test]
    fn version_2_with_content_is_carried_over() {
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &STEPS[..2] {
            connection.execute_batch(step).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO chat (number, id) VALUES (1, -1000000000005);
                 INSERT INTO message (key, date, kind, bytes, body) VALUES (4294967303, 9, 0, 0, x'00');
                 INSERT INTO draft VALUES (5, x'01');
                 PRAGMA user_version = 2;",
            )
            .unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!((count("message"), count("draft"), count("picture")), (1, 1, 0));
        connection
            .execute_batch(
                "INSERT INTO picture VALUES (1, 1, 'x', 10, 5, 'name', zeroblob(32), 1, 4096, 0);
                 INSERT INTO picture_message VALUES (4294967303, 1);
                 DELETE FROM message;",
            )
            .unwrap();
        assert_eq!((count("picture"), count("picture_message"), count("picture_gone")), (0, 0, 1));
    }

    /// A file as version 3 wrote it: its pictures stay, with the same keys.
    #[test]
    fn version_3_with_content_is_carried_over() {
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &STEPS[..3] {
            connection.execute_batch(step).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO picture VALUES (1, 2, '', 10, -1000000000005, 'name', zeroblob(32), 1, 4096, 9);
                 INSERT INTO picture_message VALUES (4294967303, 1);
                 INSERT INTO outbox VALUES (77, 5, 1, 0, 9, NULL, x'01');
                 PRAGMA user_version = 3;",
            )
            .unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let used = crate::media::used(&connection).unwrap();
        let chat = heliograph_model::PeerId::Channel(5);
        let kind = crate::PictureKind::Stickers;
        assert_eq!(used, [crate::Used { chat, kind, pictures: 1, bytes: 4096 }]);
        for table in ["setting", "transfer", "pinned"] {
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        }
        let waits: i64 = connection.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)).unwrap();
        assert_eq!(waits, 1);
    }

    /// A file as version 4 wrote it: who is known in it is found by name.
    #[test]
    fn version_4_with_people_is_carried_over() {
        use heliograph_model::{Peer, PeerId, PeerKind, Presence};
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &STEPS[..4] {
            connection.execute_batch(step).unwrap();
        }
        let kind = PeerKind::User { is_self: false, bot: false, deleted: false, presence: Presence::Unknown };
        let peer = Peer {
            id: PeerId::User(7),
            kind,
            name: "Élise Brandt".into(),
            username: Some("keeper".into()),
            photo: None,
            hue: 0,
            members: None,
            verified: false,
            protected: false,
            writable: true,
            contact: false,
        };
        let body = crate::encoding::encode(&peer).unwrap();
        connection.execute("INSERT INTO shown_peer VALUES (7, ?1), (8, x'09')", [body]).unwrap();
        connection.execute_batch("PRAGMA user_version = 4").unwrap();
        migrate(&mut connection, STEPS).unwrap();
        for name in ["elise", "bra", "keep", "rand"] {
            assert_eq!(people::find(&connection, name, 5).unwrap().people, std::slice::from_ref(&peer), "{name}");
        }
    }

    /// A file as version 6 wrote it: its words are found, and new ones beside them.
    #[test]
    fn version_6_with_words_is_carried_over() {
        use crate::history::tests::{ingest, said};
        use crate::{Search, search};
        use heliograph_model::PeerId;
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &STEPS[..6] {
            connection.execute_batch(step).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO word (id, word) VALUES (1, 'thunderstorm');
                 INSERT INTO word_parts (rowid, word) VALUES (1, 'thunderstorm');
                 PRAGMA user_version = 6;",
            )
            .unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let chat = PeerId::User(9);
        for (id, text) in [(1, "Thunderstorm"), (2, "a storm"), (3, "Thunderstorms")] {
            ingest(&connection, |ingest| ingest.put(&said(chat, id, text)));
        }
        let found = |text: &str| {
            let wanted = Search { text: text.into(), limit: 9, ..Search::default() };
            let hits = search::search(&connection, &wanted).unwrap().hits;
            hits.iter().filter_map(|hit| hit.message.id.server()).collect::<Vec<_>>()
        };
        assert_eq!((found("unders"), found("storm"), found("storms")), (vec![3, 1], vec![3, 2, 1], vec![3]));
    }

    /// A file as version 7 wrote it: its list stays as it is.
    #[test]
    fn version_7_with_chats_is_carried_over() {
        use crate::{chats, start};
        use heliograph_model::PeerId;
        let mut connection = Connection::open_in_memory().unwrap();
        for step in &STEPS[..7] {
            connection.execute_batch(step).unwrap();
        }
        connection.execute_batch("INSERT INTO chat (id, listed) VALUES (9, 1); PRAGMA user_version = 7").unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let start = start::read(&connection).unwrap();
        assert_eq!(start.chats.chats.iter().map(|chat| chat.id).collect::<Vec<_>>(), [PeerId::User(9)]);
        assert_eq!((start.archived, start.named), (vec![], chats::StoredChats::default()));
    }

    #[test]
    fn only_missing_steps_run_and_a_failing_one_leaves_the_old_version() {
        let steps = ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)"];
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &steps[..2]).unwrap();
        assert!(migrate(&mut connection, &[steps[0], steps[1], steps[2], "INSERT INTO nowhere VALUES (3)"]).is_err());
        assert_eq!(version(&connection), 2);
        let count = |c: &Connection| c.query_row("SELECT count(*) FROM a", [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count(&connection), 1);
        migrate(&mut connection, &steps).unwrap();
        assert_eq!((version(&connection), count(&connection)), (3, 2));
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA user_version = 1000").unwrap();
        assert!(matches!(migrate(&mut connection, STEPS), Err(Error::Newer { found: 1000, .. })));
        assert_eq!(version(&connection), 1000);
    }
}
