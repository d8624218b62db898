//! Drafts (core.telegram.org/api/drafts).

use super::{Ask, Fine, entities};
use crate::world::{News, Notice, Place, State};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn save_draft(ask: &mut Ask<'_>, request: functions::messages::SaveDraft) -> Fine<bool> {
    let place = ask.place(&request.peer)?;
    let me = ask.me()?;
    if request.message.is_empty() && request.reply_to.is_none() {
        let notices = clear(ask.state, me, place);
        ask.notices.extend(notices);
        return Ok(true);
    }
    let entities = entities::checked(ask, &request.message, request.entities.unwrap_or_default())?;
    let draft = types::DraftMessage {
        no_webpage: request.no_webpage,
        invert_media: request.invert_media,
        reply_to: request.reply_to,
        message: request.message,
        entities: (!entities.is_empty()).then_some(entities),
        media: request.media,
        date: ask.state.now(),
        effect: request.effect,
        suggested_post: None,
        rich_message: None,
    };
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.chats.entry(place).or_default().draft = Some(Box::new(draft));
    }
    let notice = ask.state.tell(me, News::Draft(place));
    ask.notices.extend(notice);
    Ok(true)
}

/// There is no draft in this chat any more.
pub(crate) fn clear(state: &mut State, me: i64, place: Place) -> Option<Notice> {
    let chat = state.accounts.get_mut(&me)?.chats.get_mut(&place)?;
    chat.draft.take()?;
    state.tell(me, News::Draft(place))
}

fn with_drafts(ask: &Ask<'_>) -> Fine<Vec<Place>> {
    let me = ask.me()?;
    let chats = ask.state.accounts.get(&me).map(|account| account.chats.iter());
    let mut places: Vec<Place> =
        chats.into_iter().flatten().filter(|(_, chat)| chat.draft.is_some()).map(|(place, _)| *place).collect();
    places.sort();
    Ok(places)
}

pub(crate) fn get_all_drafts(ask: &mut Ask<'_>, _: functions::messages::GetAllDrafts) -> Fine<enums::Updates> {
    let places = with_drafts(ask)?;
    let mut view = ask.view()?;
    let updates =
        places.into_iter().filter_map(|place| super::announce::news_update(&mut view, &News::Draft(place))).collect();
    let (chats, users) = view.everyone();
    Ok(types::Updates { updates, users, chats, date: ask.state.now(), seq: 0 }.into())
}

pub(crate) fn clear_all_drafts(ask: &mut Ask<'_>, _: functions::messages::ClearAllDrafts) -> Fine<bool> {
    let me = ask.me()?;
    for place in with_drafts(ask)? {
        let notice = clear(ask.state, me, place);
        ask.notices.extend(notice);
    }
    Ok(true)
}
