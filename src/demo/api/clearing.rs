//! Clearing histories and deleting chats.

use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Author, Body, Change, Deed, Letter, LetterId, Notice, Place, Room, State};
use grammers_tl_types::{enums, functions, types};

/// How many go with one call; the client asks again for the rest.
const AT_ONCE: usize = 1_000;

/// Where the numbering that a chat's changes belong to stands.
pub(crate) fn pts_of(ask: &Ask<'_>, place: Place) -> i32 {
    match (place, ask.me()) {
        (Place::Channel(id), _) => ask.state.channels.get(&id).map_or(1, |channel| channel.journal.pts()),
        (_, Ok(me)) => ask.state.accounts.get(&me).map_or(1, |account| account.journal.pts()),
        (_, Err(_)) => 1,
    }
}

/// What a call on a whole history answers when nothing is left to do.
pub(crate) fn affected(ask: &Ask<'_>, place: Place, pts_count: i32) -> enums::messages::AffectedHistory {
    types::messages::AffectedHistory { pts: pts_of(ask, place), pts_count, offset: 0 }.into()
}

pub(crate) fn delete_history(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteHistory,
) -> Fine<enums::messages::AffectedHistory> {
    let place = ask.place(&request.peer)?;
    let me = ask.me()?;
    if matches!(place, Place::Channel(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let before = pts_of(ask, place);
    let wanted = |letter: &Letter| {
        request.min_date.is_none_or(|date| letter.date >= date)
            && request.max_date.is_none_or(|date| letter.date <= date)
    };
    let ids: Vec<i32> = ask
        .state
        .ids_in(me, place)
        .iter()
        .copied()
        .filter(|id| request.max_id <= 0 || *id <= request.max_id)
        .filter(|id| ask.state.letter_at(me, place, *id).is_some_and(|(_, letter)| wanted(letter)))
        .collect();
    let letters: Vec<LetterId> =
        ids.iter().take(AT_ONCE).filter_map(|id| Some(ask.state.letter_at(me, place, *id)?.0)).collect();
    let whole = request.min_date.is_none() && request.max_date.is_none();
    let only = (!request.revoke || matches!(place, Place::Group(_))).then_some(me);
    let room = Room::of(me, place);
    let notices = ask.state.delete(room, &letters, only);
    ask.notices.extend(notices);
    let offset = ids.len().saturating_sub(letters.len()) as i32;
    if whole && offset == 0 {
        if request.just_clear {
            let notice = ask.state.note(me, place, Deed::Cleared);
            ask.notices.extend(notice);
        } else if let Some(account) = ask.state.accounts.get_mut(&me) {
            account.pinned.retain(|pinned| *pinned != place);
            account.pinned_archive.retain(|pinned| *pinned != place);
            account.chats.remove(&place);
        }
    }
    let pts = pts_of(ask, place);
    Ok(types::messages::AffectedHistory { pts, pts_count: pts - before, offset }.into())
}

/// For oneself a supergroup's history is hidden up to a number; for everybody its creator deletes it.
pub(crate) fn delete_channel_history(
    ask: &mut Ask<'_>,
    request: functions::channels::DeleteHistory,
) -> Fine<enums::Updates> {
    let id = ask.channel(&request.channel)?;
    let (me, place) = (ask.me()?, Place::Channel(id));
    let channel = ask.state.channels.get(&id).ok_or_else(|| bad("CHANNEL_INVALID"))?;
    ask.state.chat(me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    if request.for_everyone && !ask.state.may(Room::Channel(id), me, crate::world::Right::Delete) {
        return Err(RpcError::new(403, "CHAT_ADMIN_REQUIRED"));
    }
    let up_to = if request.max_id <= 0 { i32::MAX } else { request.max_id };
    let newest = channel.ids.iter().copied().filter(|message| *message <= up_to).max().unwrap_or(0);
    if !request.for_everyone {
        if let Some(chat) = ask.state.accounts.get_mut(&me).and_then(|account| account.chats.get_mut(&place)) {
            chat.available_from = chat.available_from.max(newest);
        }
        let first = vec![types::UpdateChannelAvailableMessages { channel_id: id, available_min_id: newest }.into()];
        return super::sending::own_updates(ask, Vec::new(), first);
    }
    let letters: Vec<LetterId> = channel
        .letters
        .iter()
        .filter(|(message, _)| **message <= up_to)
        .filter(|(_, letter)| {
            !matches!(
                ask.state.letters.get(**letter).map(|letter| &letter.body),
                Some(Body::Service(Deed::ChannelCreated(_)))
            )
        })
        .map(|(_, letter)| *letter)
        .collect();
    let notices = ask.state.delete(Room::Channel(id), &letters, None);
    super::sending::own_updates(ask, notices, Vec::new())
}

impl State {
    /// A service message that only one account sees.
    pub(crate) fn note(&mut self, account: i64, place: Place, deed: Deed) -> Option<Notice> {
        let (date, number) = (self.now(), self.letters.len());
        let mailbox = self.accounts.get_mut(&account)?;
        mailbox.last_id += 1;
        let message = mailbox.last_id;
        mailbox.letters.insert(message, number);
        let chat = mailbox.chats.entry(place).or_default();
        chat.ids.push(message);
        chat.read_inbox = message;
        let entry = mailbox.journal.record(Change::New(message), date);
        let mut letter = crate::world::Letter::empty(Room::of(account, place), Author::Person(account), date);
        letter.body = Body::Service(deed);
        letter.copies.push((account, message));
        self.letters.push(letter);
        Some(Notice::Mailbox { account, entry })
    }
}
