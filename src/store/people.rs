//! People, groups and channels as they are shown.

use crate::Error;
use crate::encoding::{decode, encode};
use crate::search::wording::Wording;
use heliograph_model::{Message, Peer, PeerId, PeerKind, Service};
use rusqlite::{Connection, OptionalExtension, params};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Who was found by their names, the best fit first, then those who were heard of last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundPeers {
    /// Chats of the list.
    pub chats: Vec<Peer>,
    /// People without a chat in the list.
    pub people: Vec<Peer>,
}

/// Looks through the names of everyone who is known here.
pub(crate) fn find(connection: &Connection, text: &str, limit: usize) -> Result<FoundPeers, Error> {
    let wording = Wording::new(text);
    if wording.is_empty() {
        return Ok(FoundPeers::default());
    }
    let mut statement = connection.prepare_cached(
        "SELECT body, coalesce(listed, 0) <> 0, coalesce(last_date, 0)
         FROM shown_peer LEFT JOIN chat ON chat.id = shown_peer.id",
    )?;
    let mut rows = statement.query([])?;
    let (mut chats, mut people) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let Ok(peer) = decode::<Peer>(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?) else { continue };
        let (listed, date): (bool, i64) = (row.get(1)?, row.get(2)?);
        let by_username = peer.username.as_deref().and_then(|name| wording.fit(name));
        // Oneself is called "Saved Messages" in the reader's own words, which are not known here.
        let Some(fit) = wording.fit(&peer.name).into_iter().chain(by_username).min().filter(|_| !peer.is_self()) else {
            continue;
        };
        let found = (fit, Reverse(date), peer);
        match (listed, &found.2.kind) {
            (true, _) => chats.push(found),
            (false, PeerKind::User { .. }) => people.push(found),
            (false, _) => {}
        }
    }
    let best = |mut found: Vec<(_, _, Peer)>| {
        found.sort_by(|a, b| (a.0, a.1, &a.2.name, a.2.id).cmp(&(b.0, b.1, &b.2.name, b.2.id)));
        found.into_iter().take(limit).map(|(_, _, peer)| peer).collect()
    };
    Ok(FoundPeers { chats: best(chats), people: best(people) })
}

/// Keeps people as they are now.
pub(crate) fn save(connection: &Connection, peers: &[Peer]) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO shown_peer (id, body) VALUES (?1, ?2)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body",
    )?;
    for peer in peers {
        statement.execute(params![peer.id.marked(), encode(peer)?])?;
    }
    Ok(())
}

/// Those of these that are known.
pub(crate) fn some(connection: &Connection, ids: impl IntoIterator<Item = PeerId>) -> Result<Vec<Peer>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM shown_peer WHERE id = ?1")?;
    let mut peers = Vec::new();
    for id in ids {
        let body: Option<Vec<u8>> = statement.query_row([id.marked()], |row| row.get(0)).optional()?;
        peers.extend(body.and_then(|body| decode::<Peer>(&body).ok()));
    }
    Ok(peers)
}

/// Changes somebody who is known.
pub(crate) fn change(connection: &Connection, id: PeerId, change: impl FnOnce(&mut Peer)) -> Result<(), Error> {
    if let Some(mut peer) = some(connection, [id])?.pop() {
        change(&mut peer);
        save(connection, &[peer])?;
    }
    Ok(())
}

/// Everyone whom these messages name and who is known.
pub(crate) fn named(connection: &Connection, messages: &[Message]) -> Result<Vec<Peer>, Error> {
    let mut ids = BTreeSet::new();
    for message in messages {
        name(message, &mut ids);
    }
    some(connection, ids)
}

/// Adds whom a message names.
pub(crate) fn name(message: &Message, ids: &mut BTreeSet<PeerId>) {
    ids.extend([message.chat, message.sender]);
    ids.extend(message.via_bot);
    if let Some(forward) = &message.forward {
        ids.extend(forward.from);
    }
    if let Some(reply) = &message.reply {
        ids.extend(reply.chat);
        ids.extend(reply.sender);
    }
    if let Some(comments) = &message.comments {
        ids.extend(comments.group);
        ids.extend(&comments.recent);
    }
    for reaction in &message.reactions {
        ids.extend(&reaction.recent);
    }
    match &message.service {
        Some(Service::Joined(who) | Service::InvitedToCall(who) | Service::Shared(who)) => ids.extend(who),
        Some(Service::Left(who) | Service::MovedTo(who) | Service::Owner(who)) => ids.extend([who]),
        Some(Service::Near { who, to, .. }) => ids.extend([who, to]),
        _ => {}
    }
}
