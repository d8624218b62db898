//! Catching up (core.telegram.org/api/updates#recovering-gaps).

use super::{Ask, Fine, announce, bad};
use crate::world::{Change, Entry, News, Place};
use grammers_tl_types::{enums, functions, types};

/// How many changes of a channel travel in one answer.
const CHANNEL_SLICE: usize = 100;
/// How many messages come along where a channel must be loaded afresh.
const FRESH: usize = 20;
/// When an idle client may ask for a channel again.
const CHANNEL_SECONDS: i32 = 30;

pub(crate) fn get_state(ask: &mut Ask<'_>, _: functions::updates::GetState) -> Fine<enums::updates::State> {
    Ok(ask.view()?.update_state())
}

pub(crate) fn get_difference(
    ask: &mut Ask<'_>,
    request: functions::updates::GetDifference,
) -> Fine<enums::updates::Difference> {
    let mut view = ask.view()?;
    let state = view.state;
    let me = view.me;
    let Some(account) = state.accounts.get(&me) else { return Err(super::ask::unregistered()) };
    let now = account.journal.pts();
    let Some(entries) = account.journal.since(request.pts) else {
        return Ok(types::updates::DifferenceTooLong { pts: now }.into());
    };
    let total = request.pts_total_limit.filter(|limit| *limit > 0).map_or(usize::MAX, |limit| limit as usize);
    if entries.len() > total.min(state.limits.too_long) {
        return Ok(types::updates::DifferenceTooLong { pts: now }.into());
    }
    let most = state.limits.slice.max(1);
    let limit = request.pts_limit.filter(|limit| *limit > 0).map_or(most, |limit| (limit as usize).min(most));
    let sliced = entries.len() > limit;
    let mut new_messages = Vec::new();
    let mut other_updates = Vec::new();
    let mut reached = request.pts;
    for entry in entries.into_iter().take(limit) {
        reached = entry.pts;
        match &entry.change {
            Change::New(id) => new_messages.extend(announce::mailbox_message(&mut view, *id)),
            _ => other_updates.extend(announce::mailbox_update(&mut view, entry)),
        }
    }
    if !sliced {
        // Channels count for themselves; those that changed since are named.
        for (id, channel) in &state.channels {
            let place = Place::Channel(*id);
            let changed = channel.journal.noticed().is_some_and(|date| date >= request.date);
            if changed && state.chat(me, place).is_some() {
                view.name(place);
                let pts = Some(channel.journal.pts());
                other_updates.push(types::UpdateChannelTooLong { channel_id: *id, pts }.into());
            }
        }
    }
    if !sliced {
        let news: Vec<News> = account.news.since(request.date).cloned().collect();
        other_updates.extend(news.iter().filter_map(|news| announce::news_update(&mut view, news)));
    }
    if new_messages.is_empty() && other_updates.is_empty() && reached == request.pts {
        let date = state.date_for(me);
        return Ok(types::updates::DifferenceEmpty { date, seq: 1 }.into());
    }
    let (chats, users) = view.everyone();
    let new_encrypted_messages = Vec::new();
    if sliced {
        let intermediate_state =
            types::updates::State { pts: reached, qts: 0, date: request.date, seq: 1, unread_count: 0 }.into();
        return Ok(types::updates::DifferenceSlice {
            new_messages,
            new_encrypted_messages,
            other_updates,
            chats,
            users,
            intermediate_state,
        }
        .into());
    }
    let state = view.update_state();
    Ok(types::updates::Difference { new_messages, new_encrypted_messages, other_updates, chats, users, state }.into())
}

pub(crate) fn get_channel_difference(
    ask: &mut Ask<'_>,
    request: functions::updates::GetChannelDifference,
) -> Fine<enums::updates::ChannelDifference> {
    let id = ask.channel(&request.channel)?;
    let place = Place::Channel(id);
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    state.chat(me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    let channel = state.channels.get(&id).ok_or_else(|| bad("CHANNEL_INVALID"))?;
    let now = channel.journal.pts();
    let timeout = Some(CHANNEL_SECONDS);
    view.name(place);
    let Some(entries) = channel.journal.since(request.pts) else {
        let Some(row) = state.row(me, place) else {
            return Ok(types::updates::ChannelDifferenceEmpty { r#final: true, pts: now, timeout }.into());
        };
        let newest: Vec<i32> = channel.ids.iter().rev().take(FRESH).copied().collect();
        let dialog = view.dialog(row);
        let messages = view.messages(place, &newest);
        let (chats, users) = view.everyone();
        return Ok(
            types::updates::ChannelDifferenceTooLong { r#final: true, timeout, dialog, messages, chats, users }.into()
        );
    };
    if entries.is_empty() {
        return Ok(types::updates::ChannelDifferenceEmpty { r#final: true, pts: now, timeout }.into());
    }
    let limit = (request.limit.max(1) as usize).min(CHANNEL_SLICE);
    let r#final = entries.len() <= limit;
    let taken: Vec<&Entry> = entries.into_iter().take(limit).collect();
    let pts = taken.last().map_or(now, |entry| entry.pts);
    let mut new_messages = Vec::new();
    let mut other_updates = Vec::new();
    for entry in taken {
        match &entry.change {
            Change::New(message) if state.letter_at(me, place, *message).is_some() => {
                new_messages.push(view.message(place, *message));
            }
            Change::New(_) => {}
            _ => other_updates.extend(announce::channel_update(&mut view, id, entry)),
        }
    }
    let (chats, users) = view.everyone();
    Ok(types::updates::ChannelDifference { r#final, pts, timeout, new_messages, other_updates, chats, users }.into())
}
