//! Messages of a chat, by pages and by number.

use super::{Ask, Fine, View, announce, bad};
use crate::world::{News, Place, Room, Window, hash_of, window};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn get_history(
    ask: &mut Ask<'_>,
    request: functions::messages::GetHistory,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let ids = view.state.ids_in(view.me, place).to_vec();
    Ok(page(&mut view, place, &ids, asked, request.hash))
}

/// One page of a chat's messages, or of those found in it.
pub(crate) fn page(
    view: &mut View<'_>,
    place: Place,
    ids: &[i32],
    asked: Window,
    hash: i64,
) -> enums::messages::Messages {
    let (state, me) = (view.state, view.me);
    let date_of = |id| state.letter_at(me, place, id).map_or(0, |(_, letter)| letter.date);
    let (page, newer) = window(ids, asked, date_of);
    let count = ids.len() as i32;
    if hash != 0 && hash == hash_of(page.iter().map(|id| i64::from(*id))) {
        return types::messages::MessagesNotModified { count }.into();
    }
    let whole = page.len() == ids.len();
    packed(view, place, &page, count, Some(newer), whole)
}

/// Messages in the constructor that fits: channels say where their updates stand, others whether this is all.
fn packed(
    view: &mut View<'_>,
    place: Place,
    ids: &[i32],
    count: i32,
    offset_id_offset: Option<i32>,
    whole: bool,
) -> enums::messages::Messages {
    let messages = view.messages(place, ids);
    view.name(place);
    let (chats, users) = view.everyone();
    let topics = Vec::new();
    if let Place::Channel(id) = place {
        let pts = view.state.channels.get(&id).map_or(1, |channel| channel.journal.pts());
        let inexact = false;
        return types::messages::ChannelMessages {
            inexact,
            pts,
            count,
            offset_id_offset,
            messages,
            topics,
            chats,
            users,
        }
        .into();
    }
    if whole {
        return types::messages::Messages { messages, topics, chats, users }.into();
    }
    types::messages::MessagesSlice {
        inexact: false,
        count,
        next_rate: None,
        offset_id_offset,
        search_flood: None,
        messages,
        topics,
        chats,
        users,
    }
    .into()
}

/// The number that an input message means.
fn meant(view: &View<'_>, place: Option<Place>, message: &enums::InputMessage) -> Fine<i32> {
    match message {
        enums::InputMessage::Id(message) => Ok(message.id),
        enums::InputMessage::ReplyTo(message) => {
            let place = place.or_else(|| announce::place_in_mailbox(view.state, view.me, message.id));
            let answered = place
                .and_then(|place| view.state.letter_at(view.me, place, message.id))
                .and_then(|(_, letter)| letter.reply_to)
                .and_then(|number| view.state.letters.get(number))
                .and_then(|letter| letter.id_for(view.me));
            Ok(answered.unwrap_or(0))
        }
        enums::InputMessage::Pinned => {
            let place = place.ok_or_else(|| bad("MESSAGE_IDS_EMPTY"))?;
            let pinned = view.state.ids_in(view.me, place).iter().rev().find(|id| {
                view.state.letter_at(view.me, place, **id).is_some_and(|(_, letter)| letter.is_pinned_for(view.me))
            });
            Ok(pinned.copied().unwrap_or(0))
        }
        enums::InputMessage::CallbackQuery(_) => Err(bad("MESSAGE_IDS_EMPTY")),
    }
}

/// From the mailbox: private chats and small groups. A number that is nothing gives an empty message.
pub(crate) fn get_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessages,
) -> Fine<enums::messages::Messages> {
    let mut view = ask.view()?;
    let ids = request.id.iter().take(100).map(|id| meant(&view, None, id)).collect::<Fine<Vec<_>>>()?;
    let messages = ids
        .into_iter()
        .map(|id| {
            announce::mailbox_message(&mut view, id).unwrap_or_else(|| types::MessageEmpty { id, peer_id: None }.into())
        })
        .collect();
    let (chats, users) = view.everyone();
    Ok(types::messages::Messages { messages, topics: Vec::new(), chats, users }.into())
}

pub(crate) fn get_channel_messages(
    ask: &mut Ask<'_>,
    request: functions::channels::GetMessages,
) -> Fine<enums::messages::Messages> {
    let place = Place::Channel(ask.channel(&request.channel)?);
    let mut view = ask.view()?;
    view.state.chat(view.me, place).ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    let ids = request.id.iter().take(100).map(|id| meant(&view, Some(place), id)).collect::<Fine<Vec<_>>>()?;
    Ok(packed(&mut view, place, &ids, ids.len() as i32, None, true))
}

/// How often posts were seen; seeing one counts.
pub(crate) fn get_messages_views(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessagesViews,
) -> Fine<enums::messages::MessageViews> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let ids: Vec<i32> = request.id.into_iter().take(100).collect();
    if request.increment
        && let Place::Channel(channel) = place
    {
        for id in &ids {
            let Some((number, _)) = ask.state.letter_at(me, place, *id) else { continue };
            // Each account counts once.
            if ask.state.seen_posts.insert((me, number))
                && let Some(letter) = ask.state.letters.get_mut(number)
            {
                letter.views = letter.views.saturating_add(1);
                let notices = ask.state.tell_room(Room::Channel(channel), |_| News::Views { channel, id: *id });
                ask.notices.extend(notices);
            }
        }
    }
    let mut view = ask.view()?;
    let state = view.state;
    let mut views = Vec::new();
    for id in ids {
        let found = state.letter_at(me, place, id);
        let seen = found.map(|(_, letter)| letter.views);
        let forwards = found.map(|(_, letter)| letter.forwards + letter.views / 90);
        let replies = found.and_then(|(number, _)| view.replies(place, number));
        views.push(types::MessageViews { views: seen, forwards, replies }.into());
    }
    let (chats, users) = view.everyone();
    Ok(types::messages::MessageViews { views, chats, users }.into())
}

/// The address of a message of a channel or supergroup.
pub(crate) fn export_message_link(
    ask: &mut Ask<'_>,
    request: functions::channels::ExportMessageLink,
) -> Fine<enums::ExportedMessageLink> {
    let channel = ask.channel(&request.channel)?;
    let (me, place) = (ask.me()?, Place::Channel(channel));
    ask.state.letter_at(me, place, request.id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let username = ask.state.channels.get(&channel).and_then(|channel| channel.username.clone());
    let link = match username {
        Some(username) => format!("https://t.me/{username}/{}", request.id),
        None => format!("https://t.me/c/{channel}/{}", request.id),
    };
    Ok(types::ExportedMessageLink { html: String::new(), link }.into())
}
