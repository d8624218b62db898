//! Forwarding (core.telegram.org/api/forwards).

use super::sending::{Manner, answered, may_write, send};
use super::{Ask, Fine, bad};
use crate::world::{Author, Body, Draft, Forwarded, Letter, Place, Room};
use grammers_tl_types::{enums, functions};
use std::collections::HashMap;

const MOST: usize = 100;

pub(crate) fn forward_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::ForwardMessages,
) -> Fine<enums::Updates> {
    let from = ask.own_place(&request.from_peer)?;
    let to = ask.place(&request.to_peer)?;
    let me = ask.me()?;
    if request.id.is_empty() {
        return Err(bad("MESSAGE_IDS_EMPTY"));
    }
    if request.id.len() != request.random_id.len() || request.id.len() > MOST {
        return Err(bad("RANDOM_ID_INVALID"));
    }
    may_write(ask, to)?;
    let (reply_to, mut common) = answered(ask, to, request.reply_to.as_ref())?;
    if let Some(top) = request.top_msg_id {
        let top = ask.state.letter_at(me, to, top).ok_or_else(|| bad("TOPIC_ID_INVALID"))?;
        common.top = Some(top.0);
    }
    if ask.state.rules_of(Room::of(me, from)).is_some_and(|rules| rules.noforwards) {
        return Err(bad("CHAT_FORWARDS_RESTRICTED"));
    }
    let mut albums: HashMap<i64, i64> = HashMap::new();
    let mut drafts = Vec::new();
    let mut taken = Vec::new();
    for (id, random_id) in request.id.iter().zip(&request.random_id) {
        let Some((number, letter)) = ask.state.letter_at(me, from, *id) else {
            return Err(bad("MESSAGE_ID_INVALID"));
        };
        if matches!(letter.body, Body::Service(_)) {
            return Err(bad("MESSAGE_ID_INVALID"));
        }
        if letter.details.noforwards || letter.details.media_ttl.is_some() {
            return Err(bad("CHAT_FORWARDS_RESTRICTED"));
        }
        let mut details = common.clone();
        details.silent = request.silent;
        details.noforwards = request.noforwards;
        details.spoiler = letter.details.spoiler;
        details.invert_media = letter.details.invert_media;
        if !request.drop_author {
            let mut header = header(letter, me);
            if to == Place::User(me) {
                header.saved_from = Some((from, *id));
            }
            details.forwarded = Some(header);
        }
        let grouped = letter.details.grouped;
        let without_words = request.drop_media_captions && !matches!(letter.body, Body::Text | Body::Page(_));
        let (text, entities) =
            if without_words { (String::new(), Vec::new()) } else { (letter.text.clone(), letter.entities.clone()) };
        let draft = Draft { text, entities, body: letter.body.clone(), reply_to, views: letter.views.max(1), details };
        taken.push(number);
        drafts.push((draft, *random_id, grouped));
    }
    // What stood together stands together again, as a new album.
    let mut ready = Vec::new();
    for (mut draft, random_id, grouped) in drafts {
        draft.details.grouped = grouped.map(|old| *albums.entry(old).or_insert_with(|| ask.state.new_album_id()));
        ready.push((draft, random_id));
    }
    let answer = send(ask, to, ready, Manner { schedule: request.schedule_date, clear_draft: false })?;
    for number in taken {
        if let Some(letter) = ask.state.letters.get_mut(number) {
            letter.forwards = letter.forwards.saturating_add(1);
        }
    }
    Ok(answer)
}

/// Who a letter is from: those who wrote it first, not who passed it on.
fn header(letter: &Letter, me: i64) -> Forwarded {
    if let Some(earlier) = &letter.details.forwarded {
        return Forwarded { saved_from: None, ..earlier.clone() };
    }
    let (from, post) = match (letter.author, letter.room) {
        (Author::Person(person), _) => (Place::User(person), None),
        (Author::Post(channel), _) => (Place::Channel(channel), None),
        (Author::Channel, Room::Channel(channel)) => (Place::Channel(channel), letter.id_for(me)),
        (Author::Channel, room) => (room.seen_by(me), None),
    };
    Forwarded { from: Some(from), date: letter.date, post, ..Forwarded::default() }
}
