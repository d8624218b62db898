//! The box of scheduled messages (core.telegram.org/api/scheduled-messages).

use super::sending::own_updates;
use super::{Ask, Fine, View, bad};
use crate::world::{News, Place, hash_of};
use grammers_tl_types::{enums, functions, types};

/// Numbers of what waits in this chat, what goes out last first.
fn waiting_in(view: &View<'_>, place: Place) -> Vec<i32> {
    let Some(account) = view.state.accounts.get(&view.me) else { return Vec::new() };
    let mut ids: Vec<(i32, i32)> = account
        .scheduled
        .iter()
        .filter(|(_, waiting)| waiting.place == place)
        .map(|(id, waiting)| (waiting.date, *id))
        .collect();
    ids.sort_unstable();
    ids.into_iter().rev().map(|(_, id)| id).collect()
}

fn packed(view: &mut View<'_>, ids: &[i32]) -> enums::messages::Messages {
    let messages: Vec<enums::Message> = ids.iter().filter_map(|id| view.scheduled(*id)).collect();
    let (chats, users) = view.everyone();
    types::messages::Messages { messages, topics: Vec::new(), chats, users }.into()
}

pub(crate) fn get_scheduled_history(
    ask: &mut Ask<'_>,
    request: functions::messages::GetScheduledHistory,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    view.name(place);
    let ids = waiting_in(&view, place);
    if request.hash != 0 && request.hash == hash_of(ids.iter().map(|id| i64::from(*id))) {
        return Ok(types::messages::MessagesNotModified { count: ids.len() as i32 }.into());
    }
    Ok(packed(&mut view, &ids))
}

pub(crate) fn get_scheduled_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::GetScheduledMessages,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let known = waiting_in(&view, place);
    let ids: Vec<i32> = request.id.into_iter().filter(|id| known.contains(id)).collect();
    Ok(packed(&mut view, &ids))
}

pub(crate) fn send_scheduled_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::SendScheduledMessages,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let known = waiting_in(&ask.view()?, place);
    if !request.id.iter().all(|id| known.contains(id)) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let notices = ask.state.send_scheduled(me, place, &request.id);
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn delete_scheduled_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::DeleteScheduledMessages,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let notices = ask.state.unschedule(me, place, &request.id);
    own_updates(ask, notices, Vec::new())
}

/// Changes what waits: its words, or when it goes out.
pub(crate) fn edit(ask: &mut Ask<'_>, place: Place, request: functions::messages::EditMessage) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let text = request.message.clone();
    let entities = match &text {
        Some(text) => Some(super::entities::checked(ask, text, request.entities.unwrap_or_default())?),
        None => None,
    };
    let waiting = ask.state.accounts.get_mut(&me).and_then(|account| account.scheduled.get_mut(&request.id));
    let waiting = waiting.filter(|waiting| waiting.place == place).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if let (Some(text), Some(entities)) = (text, entities) {
        waiting.draft.text = text;
        waiting.draft.entities = entities;
    }
    if let Some(date) = request.schedule_date {
        waiting.date = date;
        ask.state.wake_at(date);
    }
    let notices = ask.state.tell(me, News::Scheduled(request.id)).into_iter().collect();
    own_updates(ask, notices, Vec::new())
}
