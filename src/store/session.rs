//! What a session needs to go on where it stopped: datacenters with their keys, who we are, peers, update state.

use crate::Error;
use heliograph_model::{Change, PeerId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::HashMap;
use std::fmt;
use zeroize::Zeroizing;

/// The datacenter that a new account starts at; `PHONE_MIGRATE` names another where needed.
pub const HOME_DATACENTER: i32 = 2;

/// What the telegram floor reads once at its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The datacenter that has the account; [`HOME_DATACENTER`] while none was saved.
    pub home: i32,
    /// Who is signed in.
    pub me: Option<PeerId>,
    /// Every datacenter that was ever spoken with, by rising id.
    pub datacenters: Vec<Datacenter>,
    /// How far the updates got.
    pub updates: Option<UpdateState>,
}

/// One datacenter as we know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Datacenter {
    /// Its number.
    pub id: i32,
    /// `host:port`, where it differs from what is built in.
    pub address: Option<String>,
    /// What was agreed with it (core.telegram.org/mtproto/auth_key).
    pub auth_key: Option<AuthKey>,
    /// The salt last given by the server.
    pub salt: i64,
    /// Server time minus our clock, in seconds.
    pub time_offset: i32,
    /// The key carries the account's authorization.
    pub authorized: bool,
}

/// 256 bytes agreed with a datacenter: who has them is the account. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthKey(Box<Zeroizing<[u8; 256]>>);

impl AuthKey {
    /// Takes the key's bytes.
    pub fn new(bytes: [u8; 256]) -> Self {
        Self(Box::new(Zeroizing::new(bytes)))
    }

    /// The key's bytes.
    pub fn bytes(&self) -> &[u8; 256] {
        &self.0
    }
}

impl From<[u8; 256]> for AuthKey {
    fn from(bytes: [u8; 256]) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthKey(..)")
    }
}

/// How far the updates got (core.telegram.org/api/updates#update-sequence).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateState {
    /// Of the common message box.
    pub pts: i32,
    /// Of secret chats and bots.
    pub qts: i32,
    /// Server time of the newest batch, Unix seconds.
    pub date: i32,
    /// Of the batches.
    pub seq: i32,
    /// The pts of every channel whose updates are followed: bare channel id, pts. Saving replaces the whole list.
    pub channels: Vec<(i64, i32)>,
}

/// What it takes to name a peer in a request.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPeer {
    /// Identity.
    pub id: PeerId,
    /// The key that the server gave us for it; small groups have none.
    pub access_hash: Option<i64>,
    /// The hash came with a "min" constructor (core.telegram.org/api/min): good for photos only.
    pub min: bool,
}

impl fmt::Debug for StoredPeer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredPeer").field("id", &self.id).field("min", &self.min).finish_non_exhaustive()
    }
}

/// What one batch of updates leaves behind; saved as one, or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The state after the batch, whole; `None`: it is as it was.
    pub state: Option<UpdateState>,
    /// Peers that it named.
    pub peers: Vec<StoredPeer>,
    /// What happened, in the server's order.
    pub changes: Vec<Change>,
}

const HOME: &str = "home";
pub(crate) const ME: &str = "me";

pub(crate) fn read(connection: &Connection) -> Result<Session, Error> {
    let home = value(connection, HOME)?
        .map(|home| i32::try_from(home).map_err(|_| Error::Damaged("home datacenter".into())))
        .transpose()?
        .unwrap_or(HOME_DATACENTER);
    let me = value(connection, ME)?
        .map(|id| PeerId::from_marked(id).ok_or_else(|| Error::Damaged("own id".into())))
        .transpose()?;
    let mut statement = connection
        .prepare("SELECT id, address, auth_key, salt, time_offset, authorized FROM datacenter ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut datacenters = Vec::new();
    while let Some(row) = rows.next()? {
        let auth_key = row.get::<_, Option<[u8; 256]>>(2)?.map(AuthKey::new);
        datacenters.push(Datacenter {
            id: row.get(0)?,
            address: row.get(1)?,
            auth_key,
            salt: row.get(3)?,
            time_offset: row.get(4)?,
            authorized: row.get(5)?,
        });
    }
    Ok(Session { home, me, datacenters, updates: update_state(connection)? })
}

fn value(connection: &Connection, name: &str) -> Result<Option<i64>, Error> {
    Ok(connection.query_row("SELECT value FROM session_value WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}

fn set_value(connection: &Connection, name: &str, value: Option<i64>) -> Result<(), Error> {
    match value {
        Some(value) => connection.execute(
            "INSERT INTO session_value (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, value],
        )?,
        None => connection.execute("DELETE FROM session_value WHERE name = ?1", [name])?,
    };
    Ok(())
}

pub(crate) fn set_home(connection: &Connection, id: i32) -> Result<(), Error> {
    set_value(connection, HOME, Some(i64::from(id)))
}

pub(crate) fn set_me(connection: &Connection, me: Option<PeerId>) -> Result<(), Error> {
    set_value(connection, ME, me.map(PeerId::marked))
}

pub(crate) fn save_datacenter(connection: &Connection, dc: &Datacenter) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO datacenter (id, address, auth_key, salt, time_offset, authorized)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET address = excluded.address, auth_key = excluded.auth_key,
            salt = excluded.salt, time_offset = excluded.time_offset, authorized = excluded.authorized",
        params![
            dc.id,
            dc.address,
            dc.auth_key.as_ref().map(|key| key.bytes().as_slice()),
            dc.salt,
            dc.time_offset,
            dc.authorized
        ],
    )?;
    Ok(())
}

pub(crate) fn peers(connection: &Connection) -> Result<Vec<StoredPeer>, Error> {
    let mut statement = connection.prepare("SELECT id, access_hash, min FROM peer ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut peers = Vec::new();
    while let Some(row) = rows.next()? {
        let id = PeerId::from_marked(row.get(0)?).ok_or_else(|| Error::Damaged("peer id".into()))?;
        peers.push(StoredPeer { id, access_hash: row.get(1)?, min: row.get(2)? });
    }
    Ok(peers)
}

/// A full hash stands above one from a "min" constructor, and that above none at all; the lower never replaces the higher.
pub(crate) fn save_peers(transaction: &Transaction<'_>, peers: &[StoredPeer]) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO peer (id, access_hash, min) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET access_hash = excluded.access_hash, min = excluded.min
         WHERE (excluded.access_hash IS NOT NULL) * (2 - excluded.min) >= (access_hash IS NOT NULL) * (2 - min)
           AND (excluded.access_hash IS NOT access_hash OR excluded.min IS NOT min)",
    )?;
    for peer in peers {
        statement.execute(params![peer.id.marked(), peer.access_hash, peer.min])?;
    }
    Ok(())
}

fn update_state(connection: &Connection) -> Result<Option<UpdateState>, Error> {
    let state = connection
        .query_row("SELECT pts, qts, date, seq FROM update_state", [], |row| {
            Ok(UpdateState {
                pts: row.get(0)?,
                qts: row.get(1)?,
                date: row.get(2)?,
                seq: row.get(3)?,
                channels: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut state) = state else { return Ok(None) };
    state.channels = channels(connection)?;
    Ok(Some(state))
}

fn channels(connection: &Connection) -> Result<Vec<(i64, i32)>, Error> {
    let mut statement = connection.prepare_cached("SELECT channel, pts FROM channel_state ORDER BY channel")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn save_update_state(transaction: &Transaction<'_>, state: &UpdateState) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO update_state (only_row, pts, qts, date, seq) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (only_row) DO UPDATE
         SET pts = excluded.pts, qts = excluded.qts, date = excluded.date, seq = excluded.seq",
        params![state.pts, state.qts, state.date, state.seq],
    )?;
    // Most batches advance no channel or one: only what differs is written.
    let mut known: HashMap<i64, i32> = channels(transaction)?.into_iter().collect();
    let mut write = transaction.prepare_cached(
        "INSERT INTO channel_state (channel, pts) VALUES (?1, ?2)
         ON CONFLICT (channel) DO UPDATE SET pts = excluded.pts",
    )?;
    for &(channel, pts) in &state.channels {
        if known.remove(&channel) != Some(pts) {
            write.execute(params![channel, pts])?;
        }
    }
    let mut forget = transaction.prepare_cached("DELETE FROM channel_state WHERE channel = ?1")?;
    for channel in known.into_keys() {
        forget.execute([channel])?;
    }
    Ok(())
}

pub(crate) fn clear(transaction: &Transaction<'_>) -> Result<(), Error> {
    transaction.execute_batch(
        "DELETE FROM picture; DELETE FROM transfer; DELETE FROM picture_gone;
         DELETE FROM datacenter; DELETE FROM session_value; DELETE FROM peer;
         DELETE FROM update_state; DELETE FROM channel_state;
         DELETE FROM shown_peer; DELETE FROM peer_name; DELETE FROM chat; DELETE FROM message; DELETE FROM poll_message; DELETE FROM page_message; DELETE FROM stretch;
         DELETE FROM tally; DELETE FROM document; DELETE FROM place; DELETE FROM draft; DELETE FROM outbox;
         DELETE FROM setting; DELETE FROM pinned;
         INSERT INTO word_index (word_index) VALUES ('delete-all');
         INSERT INTO word_parts (word_parts) VALUES ('delete-all');
         DELETE FROM word; DELETE FROM fresh_word;",
    )?;
    Ok(())
}
