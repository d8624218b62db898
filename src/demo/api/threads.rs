//! Comments and threads (core.telegram.org/api/threads).

use super::history::page;
use super::{Ask, Fine, bad};
use crate::world::{LetterId, News, Place, Window};
use grammers_tl_types::{enums, functions, types};

/// The group in which one reads and writes under a message, and the first letter there.
fn thread(ask: &Ask<'_>, peer: &enums::InputPeer, id: i32) -> Fine<(i64, LetterId)> {
    // Whoever sees a channel may read what is said of its posts.
    let place = ask.own_place(peer)?;
    ask.state.thread_of(ask.me()?, place, id).ok_or_else(|| bad("MSG_ID_INVALID"))
}

fn numbers(ask: &Ask<'_>, letters: &[LetterId]) -> Vec<i32> {
    let mut ids: Vec<i32> = letters.iter().filter_map(|number| ask.state.letters.get(*number)?.id_for(0)).collect();
    ids.sort_unstable();
    ids
}

pub(crate) fn get_replies(
    ask: &mut Ask<'_>,
    request: functions::messages::GetReplies,
) -> Fine<enums::messages::Messages> {
    let (group, first) = thread(ask, &request.peer, request.msg_id)?;
    let ids = numbers(ask, &ask.state.comments(first));
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let mut view = ask.view()?;
    Ok(page(&mut view, Place::Channel(group), &ids, asked, request.hash))
}

pub(crate) fn get_discussion_message(
    ask: &mut Ask<'_>,
    request: functions::messages::GetDiscussionMessage,
) -> Fine<enums::messages::DiscussionMessage> {
    let (group, first) = thread(ask, &request.peer, request.msg_id)?;
    let comments = numbers(ask, &ask.state.comments(first));
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let place = Place::Channel(group);
    let id = state.letters.get(first).and_then(|letter| letter.id_for(0)).ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let read = state.chat(me, place).and_then(|chat| chat.threads.get(&id)).copied().unwrap_or(id);
    let unread = comments
        .iter()
        .filter(|comment| **comment > read)
        .filter(|comment| state.letter_at(me, place, **comment).is_some_and(|(_, letter)| !letter.is_by(me)))
        .count();
    let messages = view.messages(place, &[id]);
    let (chats, users) = view.everyone();
    Ok(types::messages::DiscussionMessage {
        messages,
        max_id: comments.last().copied(),
        read_inbox_max_id: Some(read),
        read_outbox_max_id: Some(comments.last().copied().unwrap_or(id)),
        unread_count: unread as i32,
        chats,
        users,
    }
    .into())
}

pub(crate) fn read_discussion(ask: &mut Ask<'_>, request: functions::messages::ReadDiscussion) -> Fine<bool> {
    let (group, first) = thread(ask, &request.peer, request.msg_id)?;
    let me = ask.me()?;
    let Some(top) = ask.state.letters.get(first).and_then(|letter| letter.id_for(0)) else { return Ok(false) };
    let max_id = request.read_max_id;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        let read = account.chats.entry(Place::Channel(group)).or_default().threads.entry(top).or_insert(0);
        if *read >= max_id {
            return Ok(false);
        }
        *read = max_id;
    }
    let notice = ask.state.tell(me, News::ThreadRead { channel: group, top, max_id });
    ask.notices.extend(notice);
    Ok(true)
}

/// No supergroup here is parted into topics.
pub(crate) fn get_forum_topics(
    ask: &mut Ask<'_>,
    request: functions::messages::GetForumTopics,
) -> Fine<enums::messages::ForumTopics> {
    ask.own_place(&request.peer)?;
    Err(bad("CHANNEL_FORUM_MISSING"))
}

pub(crate) fn get_forum_topics_by_id(
    ask: &mut Ask<'_>,
    request: functions::messages::GetForumTopicsById,
) -> Fine<enums::messages::ForumTopics> {
    ask.own_place(&request.peer)?;
    Err(bad("CHANNEL_FORUM_MISSING"))
}
