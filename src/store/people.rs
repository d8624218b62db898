//! People, groups and channels as they are shown.

use crate::Error;
use crate::encoding::{decode, encode};
use crate::search::wording::{Fit, Wording, folded_name};
use heliograph_model::{Message, Peer, PeerId, Service};
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

/// Somebody whose name fits.
struct Fitting {
    fit: Fit,
    /// When something was last said there.
    date: i64,
    name: String,
    id: PeerId,
}

/// Looks through the names of everyone who is known here. This is done for each key that is pressed, so only those who
/// are told are read.
pub(crate) fn find(connection: &Connection, text: &str, limit: usize) -> Result<FoundPeers, Error> {
    let wording = Wording::new(text);
    let Some(beginnings) = wording.beginnings() else { return Ok(FoundPeers::default()) };
    let mut statement = connection.prepare_cached("SELECT id, name FROM peer_name")?;
    let mut listed = connection.prepare_cached("SELECT listed <> 0, last_date FROM chat WHERE id = ?1")?;
    let mut rows = statement.query([])?;
    let (mut chats, mut people) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let Some(fit) = name.split('\n').filter_map(|name| beginnings.fit(name)).min() else { continue };
        let Some(id) = PeerId::from_marked(row.get(0)?) else { continue };
        let chat = listed.query_row([id.marked()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (listed, date) = chat.unwrap_or((false, 0));
        let found = Fitting { fit, date, name: name.to_owned(), id };
        match (listed, id) {
            (true, _) => chats.push(found),
            (false, PeerId::User(_)) => people.push(found),
            (false, _) => {}
        }
    }
    let best = |mut found: Vec<Fitting>| {
        found.sort_by(|a, b| (a.fit, Reverse(a.date), &a.name, a.id).cmp(&(b.fit, Reverse(b.date), &b.name, b.id)));
        let mut best: Vec<Peer> = Vec::new();
        for found in found {
            if best.len() >= limit {
                break;
            }
            // Oneself is called "Saved Messages" in the reader's own words, which are not known here.
            best.extend(some(connection, [found.id])?.into_iter().filter(|peer| !peer.is_self()));
        }
        Ok::<_, Error>(best)
    };
    Ok(FoundPeers { chats: best(chats)?, people: best(people)? })
}

/// Keeps people as they are now.
pub(crate) fn save(connection: &Connection, peers: &[Peer]) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO shown_peer (id, body) VALUES (?1, ?2)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body",
    )?;
    for peer in peers {
        if statement.execute(params![peer.id.marked(), encode(peer)?])? > 0 {
            save_name(connection, peer)?;
        }
    }
    Ok(())
}

fn save_name(connection: &Connection, peer: &Peer) -> Result<(), Error> {
    let mut name = folded_name(&peer.name);
    if let Some(username) = &peer.username {
        name.push('\n');
        name.push_str(&folded_name(username));
    }
    connection
        .prepare_cached(
            "INSERT INTO peer_name (id, name) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE name IS NOT excluded.name",
        )?
        .execute(params![peer.id.marked(), name])?;
    Ok(())
}

/// Makes the names of everyone who was saved before there were any.
pub(crate) fn fold_names(connection: &Connection) -> Result<(), Error> {
    let mut statement = connection.prepare("SELECT body FROM shown_peer")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(peer) = decode::<Peer>(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?) {
            save_name(connection, &peer)?;
        }
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
