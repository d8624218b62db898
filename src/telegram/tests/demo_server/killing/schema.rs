//! The file as an older program would have left it.

use heliograph_store::SCHEMA;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// The database of a device, opened beside the store.
pub fn database(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("account.db")).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32))).unwrap();
    connection
}

/// Name of each object: its kind, its SQL.
fn objects(connection: &Connection) -> BTreeMap<String, (String, String)> {
    let mut statement = connection
        .prepare("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
    statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Takes from the file what came with the versions after one that knows chats, drafts and the outbox.
pub async fn step_back(folder: &Path) {
    let newest = SCHEMA.len() as u64;
    let version = 2 + super::below(newest - 2) as usize;
    let older = Connection::open_in_memory().unwrap();
    for step in &SCHEMA[..version] {
        older.execute_batch(step).unwrap();
    }
    let folder = folder.to_owned();
    let back = move || {
        let connection = database(&folder);
        connection.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE").unwrap();
        let (there, wanted) = (objects(&connection), objects(&older));
        if there.contains_key("fresh_word") {
            // It would have put them where they belong at once.
            let settle = "INSERT OR IGNORE INTO word (word) SELECT word FROM fresh_word; DELETE FROM fresh_word;
                INSERT INTO word_parts (word_parts) VALUES ('rebuild');";
            connection.execute_batch(settle).unwrap();
        }
        for kind in ["trigger", "view", "index", "table"] {
            for (name, (_, sql)) in there.iter().filter(|(_, object)| object.0 == kind) {
                let same = wanted.get(name).is_some_and(|(_, older)| older == sql || kind == "table");
                if !same {
                    connection.execute_batch(&format!("DROP {kind} IF EXISTS \"{name}\"")).unwrap();
                }
            }
        }
        for table in wanted.iter().filter(|(_, object)| object.0 == "table").map(|(name, _)| name) {
            let known = columns(&older, table);
            for column in columns(&connection, table).iter().filter(|column| !known.contains(column)) {
                connection.execute_batch(&format!("ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"")).unwrap();
            }
        }
        let there = objects(&connection);
        for (name, (_, sql)) in wanted.iter().filter(|(_, object)| object.0 != "table") {
            if !there.contains_key(name) {
                connection.execute_batch(sql).unwrap();
            }
        }
        connection.pragma_update(None, "user_version", version as i64).unwrap();
        connection.execute_batch("COMMIT").unwrap();
    };
    tokio::task::spawn_blocking(back).await.unwrap();
}
