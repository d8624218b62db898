//! Lists of things to do (core.telegram.org/api/todo).

use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::world::{Author, Body, Deed, Draft, LetterId, Place, Room};
use grammers_tl_types::{enums, functions};

const MOST: usize = 30;

fn list(ask: &Ask<'_>, peer: &enums::InputPeer, id: i32) -> Fine<(Place, LetterId)> {
    let place = ask.own_place(peer)?;
    match ask.state.letter_at(ask.me()?, place, id) {
        Some((number, letter)) if matches!(letter.body, Body::Todo { .. }) => Ok((place, number)),
        _ => Err(bad("MESSAGE_ID_INVALID")),
    }
}

/// Ticks things off, or not.
pub(crate) fn toggle_todo_completed(
    ask: &mut Ask<'_>,
    request: functions::messages::ToggleTodoCompleted,
) -> Fine<enums::Updates> {
    let (place, number) = list(ask, &request.peer, request.msg_id)?;
    let (me, now) = (ask.me()?, ask.state.now());
    let Some(letter) = ask.state.letters.get_mut(number) else { return Err(bad("MESSAGE_ID_INVALID")) };
    let own = letter.is_by(me);
    let Body::Todo { list, done } = &mut letter.body else { return Err(bad("MESSAGE_ID_INVALID")) };
    if !own && !list.others_can_complete {
        return Err(crate::rpc::RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    let known = |id: &i32| list.list.iter().any(|item| matches!(item, enums::TodoItem::Item(item) if item.id == *id));
    if !request.completed.iter().chain(&request.incompleted).all(known) {
        return Err(bad("TODO_ITEM_ID_INVALID"));
    }
    let before = done.clone();
    done.retain(|(id, _, _)| !request.incompleted.contains(id));
    for id in &request.completed {
        if !done.iter().any(|(known, _, _)| known == id) {
            done.push((*id, me, now));
        }
    }
    if *done == before {
        return Err(bad("TODO_NOT_MODIFIED"));
    }
    let mut notices = ask.state.tell_of_edit(number);
    let deed = Deed::Todone { done: request.completed, undone: request.incompleted };
    let draft = Draft { reply_to: Some(number), ..Draft::deed(deed) };
    notices.extend(ask.state.post(Room::of(me, place), Author::Person(me), now, draft).1);
    own_updates(ask, notices, Vec::new())
}

/// More things to do.
pub(crate) fn append_todo_list(
    ask: &mut Ask<'_>,
    request: functions::messages::AppendTodoList,
) -> Fine<enums::Updates> {
    let (_, number) = list(ask, &request.peer, request.msg_id)?;
    let me = ask.me()?;
    let Some(letter) = ask.state.letters.get_mut(number) else { return Err(bad("MESSAGE_ID_INVALID")) };
    let own = letter.is_by(me);
    let Body::Todo { list, .. } = &mut letter.body else { return Err(bad("MESSAGE_ID_INVALID")) };
    if !own && !list.others_can_append {
        return Err(crate::rpc::RpcError::new(403, "MESSAGE_AUTHOR_REQUIRED"));
    }
    let enums::TodoItem::Item(_) = request.list.first().ok_or_else(|| bad("TODO_ITEMS_EMPTY"))?;
    if list.list.len() + request.list.len() > MOST || request.list.iter().any(|item| list.list.contains(item)) {
        return Err(bad("TODO_ITEM_DUPLICATE"));
    }
    list.list.extend(request.list);
    let notices = ask.state.tell_of_edit(number);
    own_updates(ask, notices, Vec::new())
}
