//! People, groups and channels as they are shown.

use crate::Error;
use crate::encoding::{decode, encode};
use heliograph_model::{Message, Peer, PeerId, Service};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

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
