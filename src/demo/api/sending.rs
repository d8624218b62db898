//! Writing.

use super::life::Heard;
use super::media::{Carried, body, page_for};
pub(crate) use super::rights::may_write;
use super::rights::{author, may_carry};
use super::{Ask, Fine, announce, bad, drafts, entities};
use crate::rpc::RpcError;
use crate::world::{Body, Details, Draft, LetterId, Notice, Place, Quote, Room, Scheduled, scheduled};
use grammers_tl_types::{enums, functions, types};

/// The longest message, in characters.
pub(crate) const LONGEST: usize = 4_096;
/// The longest caption.
pub(crate) const LONGEST_CAPTION: usize = 1_024;
/// What is scheduled for so soon is sent at once, in seconds.
const SOON: i32 = 10;
const LATEST: i32 = 366 * 24 * 60 * 60;
/// Letters that may wait in one chat.
const MOST_SCHEDULED: usize = 100;

/// How something is to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Manner {
    pub schedule: Option<i32>,
    pub clear_draft: bool,
}

pub(crate) fn send_message(ask: &mut Ask<'_>, request: functions::messages::SendMessage) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    if request.message.trim().is_empty() {
        return Err(bad("MESSAGE_EMPTY"));
    }
    if request.message.chars().count() > LONGEST {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    let (reply_to, mut details) = answered(ask, place, request.reply_to.as_ref())?;
    let entities = entities::checked(ask, &request.message, request.entities.unwrap_or_default())?;
    let page = if request.no_webpage { None } else { page_for(ask, &request.message, &entities) };
    details.silent = request.silent;
    details.noforwards = request.noforwards;
    details.invert_media = request.invert_media;
    let draft =
        Draft { text: request.message, entities, body: page.unwrap_or(Body::Text), reply_to, views: 1, details };
    let manner = Manner { schedule: request.schedule_date, clear_draft: request.clear_draft };
    send(ask, place, vec![(draft, request.random_id)], manner)
}

pub(crate) fn send_media(ask: &mut Ask<'_>, request: functions::messages::SendMedia) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    if request.message.chars().count() > LONGEST_CAPTION {
        return Err(bad("MEDIA_CAPTION_TOO_LONG"));
    }
    let (reply_to, mut details) = answered(ask, place, request.reply_to.as_ref())?;
    may_write(ask, place)?;
    let entities = entities::checked(ask, &request.message, request.entities.unwrap_or_default())?;
    let Carried { body, spoiler, ttl } = body(ask, place, request.media)?;
    details.silent = request.silent;
    details.noforwards = request.noforwards;
    details.invert_media = request.invert_media;
    details.spoiler = spoiler;
    details.media_ttl = ttl;
    let draft = Draft { text: request.message, entities, body, reply_to, views: 1, details };
    let manner = Manner { schedule: request.schedule_date, clear_draft: request.clear_draft };
    send(ask, place, vec![(draft, request.random_id)], manner)
}

/// The letter that is answered, and what the answer says of it: the quoted part and the thread.
pub(crate) fn answered(
    ask: &Ask<'_>,
    place: Place,
    reply: Option<&enums::InputReplyTo>,
) -> Fine<(Option<LetterId>, Details)> {
    let invalid = || bad("REPLY_MESSAGE_ID_INVALID");
    let mut details = Details::default();
    let reply = match reply {
        None => return Ok((None, details)),
        Some(enums::InputReplyTo::Message(reply)) => reply,
        Some(_) => return Err(invalid()),
    };
    let me = ask.me()?;
    let from = match &reply.reply_to_peer_id {
        Some(peer) => ask.own_place(peer)?,
        None => place,
    };
    let top = match reply.top_msg_id {
        Some(top) => Some(ask.state.letter_at(me, place, top).ok_or_else(|| bad("TOPIC_ID_INVALID"))?.0),
        None => None,
    };
    details.top = top;
    let (number, letter) = ask.state.letter_at(me, from, reply.reply_to_msg_id).ok_or_else(invalid)?;
    if let Some(text) = reply.quote_text.as_ref().filter(|text| !text.is_empty()) {
        if !letter.text.contains(text.as_str()) {
            return Err(bad("QUOTE_TEXT_INVALID"));
        }
        let entities = reply.quote_entities.clone().unwrap_or_default();
        details.quote = Some(Quote { text: text.clone(), entities, offset: reply.quote_offset });
    }
    Ok((Some(number), details))
}

/// Nothing may be sent more than once, more often than allowed, or sooner after the last than the room wants.
fn admitted(ask: &mut Ask<'_>, place: Place, random_ids: &[i64], scheduled: bool) -> Fine<()> {
    let me = ask.me()?;
    let (now, limits) = (ask.state.now(), ask.state.limits);
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    account.sent.retain(|_, date| now.saturating_sub(*date) < limits.random_ids_for);
    for (place, id) in random_ids.iter().enumerate() {
        if *id == 0 {
            return Err(bad("RANDOM_ID_EMPTY"));
        }
        let twice = random_ids.iter().take(place).any(|other| other == id);
        if twice || account.sent.contains_key(id) {
            return Err(RpcError::new(500, "RANDOM_ID_DUPLICATE"));
        }
    }
    account.bursts.retain(|date| now.saturating_sub(*date) < limits.burst_seconds);
    if account.bursts.len().saturating_add(random_ids.len()) > limits.burst as usize {
        let first = account.bursts.first().copied().unwrap_or(now);
        let wait = first.saturating_add(limits.burst_seconds).saturating_sub(now).max(1);
        return Err(RpcError::new(420, format!("FLOOD_WAIT_{wait}")));
    }
    let room = Room::of(me, place);
    let privileged = ask.state.admin_rights(room, me).is_some();
    if let Some(rules) = ask.state.rules.get_mut(&room)
        && let Some(seconds) = rules.slowmode
        && !privileged
        && !scheduled
    {
        let next = rules.wrote.get(&me).map_or(0, |wrote| wrote.saturating_add(seconds));
        if next > now {
            return Err(RpcError::new(420, format!("SLOWMODE_WAIT_{}", next - now)));
        }
        rules.wrote.insert(me, now);
    }
    let Some(account) = ask.state.accounts.get_mut(&me) else { return Ok(()) };
    account.sent.extend(random_ids.iter().map(|id| (*id, now)));
    if limits.burst < u32::MAX {
        account.bursts.extend(random_ids.iter().map(|_| now));
    }
    Ok(())
}

/// Writes, once for each random number, and says which numbers the messages got.
pub(crate) fn send(ask: &mut Ask<'_>, place: Place, drafts: Vec<(Draft, i64)>, manner: Manner) -> Fine<enums::Updates> {
    let me = ask.me()?;
    may_write(ask, place)?;
    for (draft, _) in &drafts {
        may_carry(ask, place, &draft.body)?;
    }
    let now = ask.state.now();
    let later = match manner.schedule {
        Some(date) if date == scheduled::WHEN_ONLINE => Some(date),
        Some(date) if date > now.saturating_add(LATEST) => return Err(bad("SCHEDULE_DATE_TOO_LATE")),
        Some(date) if date < 0 => return Err(bad("SCHEDULE_DATE_INVALID")),
        Some(date) if date > now.saturating_add(SOON) => Some(date),
        _ => None,
    };
    let random_ids: Vec<i64> = drafts.iter().map(|(_, random_id)| *random_id).collect();
    admitted(ask, place, &random_ids, later.is_some())?;
    let mut notices = Vec::new();
    let mut first = Vec::new();
    if let Some(date) = later {
        let waiting = ask
            .state
            .accounts
            .get(&me)
            .map_or(0, |account| account.scheduled.values().filter(|waiting| waiting.place == place).count());
        if waiting + drafts.len() > MOST_SCHEDULED {
            return Err(bad("SCHEDULE_TOO_MUCH"));
        }
        for (draft, random_id) in drafts {
            let (id, notice) =
                ask.state.schedule(me, Scheduled { place, date, draft }).ok_or_else(super::ask::unregistered)?;
            first.push(types::UpdateMessageId { id, random_id }.into());
            notices.push(notice);
        }
    } else {
        let room = Room::of(me, place);
        let author = author(ask.state, me, room);
        for (draft, random_id) in drafts {
            let (letter, news) = ask.state.post(room, author, now, draft);
            let id = ask.state.letters.get(letter).and_then(|letter| letter.id_for(me)).unwrap_or_default();
            ask.heard.push(Heard { room, by: me, letter });
            first.push(types::UpdateMessageId { id, random_id }.into());
            notices.extend(news);
        }
    }
    if manner.clear_draft {
        notices.extend(drafts::clear(ask.state, me, place));
    }
    own_updates(ask, notices, first)
}

/// The caller's own part of what happened, as the answer; the others are told.
pub(crate) fn own_updates(ask: &mut Ask<'_>, notices: Vec<Notice>, first: Vec<enums::Update>) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let answer = announce::updates_for(ask.state, &ask.api.world.pictures, me, &notices, first);
    ask.notices.extend(notices);
    let date = ask.state.now();
    let nothing = types::Updates { updates: Vec::new(), users: Vec::new(), chats: Vec::new(), date, seq: 0 };
    Ok(answer.unwrap_or_else(|| nothing.into()))
}

pub(crate) fn set_typing(ask: &mut Ask<'_>, request: functions::messages::SetTyping) -> Fine<bool> {
    let place = ask.own_place(&request.peer)?;
    let who = ask.me()?;
    may_write(ask, place)?;
    ask.notices.push(Notice::Typing { room: Room::of(who, place), who, action: request.action });
    Ok(true)
}
