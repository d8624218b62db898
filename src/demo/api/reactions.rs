//! Reactions (core.telegram.org/api/reactions).

use super::history::page;
use super::sending::own_updates;
use super::{Ask, Fine, View, bad};
use crate::world::{News, Place, Room, Sign, Window, hash_of, rules::Reactions};
use grammers_tl_types::{enums, functions, types};

/// The signs that everybody has, with their names.
pub(crate) const SIGNS: &[(&str, &str)] = &[
    ("👍", "Thumbs Up"),
    ("👎", "Thumbs Down"),
    ("❤", "Red Heart"),
    ("🔥", "Fire"),
    ("🥰", "Smiling Face with Hearts"),
    ("👏", "Clapping Hands"),
    ("😁", "Beaming Face"),
    ("🤔", "Thinking Face"),
    ("🎉", "Party Popper"),
    ("😢", "Crying Face"),
    ("🤩", "Star-Struck"),
    ("🙏", "Folded Hands"),
    ("👌", "OK Hand"),
    ("🕊", "Dove of Peace"),
    ("💯", "Hundred Points"),
    ("🏆", "Trophy"),
];
const MOST_RECENT: usize = 50;

/// A sign that exists.
fn sign_of(ask: &Ask<'_>, reaction: &enums::Reaction) -> Fine<Option<Sign>> {
    match reaction {
        enums::Reaction::Empty => Ok(None),
        enums::Reaction::Emoji(emoji) => {
            let plain = emoji.emoticon.trim_end_matches('\u{fe0f}');
            match SIGNS.iter().find(|(known, _)| *known == plain) {
                Some(_) => Ok(Some(Sign::Emoji(plain.to_owned()))),
                None => Err(bad("REACTION_INVALID")),
            }
        }
        enums::Reaction::CustomEmoji(custom) if ask.state.documents.contains_key(&custom.document_id) => {
            Ok(Some(Sign::Custom(custom.document_id)))
        }
        _ => Err(bad("REACTION_INVALID")),
    }
}

pub(crate) fn send_reaction(ask: &mut Ask<'_>, request: functions::messages::SendReaction) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let (number, letter) = ask.state.letter_at(me, place, request.msg_id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let room = letter.room;
    let mut before: Vec<&Sign> =
        letter.reactions.iter().filter(|reaction| reaction.who == me).map(|reaction| &reaction.sign).collect();
    let mut signs = Vec::new();
    for reaction in request.reaction.iter().flatten() {
        signs.extend(sign_of(ask, reaction)?);
    }
    let allowed = ask.state.rules_of(room).map(|rules| rules.reactions.clone()).unwrap_or_default();
    let may = |sign: &Sign| match &allowed {
        Reactions::All => true,
        Reactions::Some(signs) => signs.contains(sign),
        Reactions::None => false,
    };
    if !signs.iter().all(may) {
        return Err(bad("REACTION_INVALID"));
    }
    if signs.len() > 3 {
        return Err(bad("REACTIONS_TOO_MANY"));
    }
    before.truncate(3);
    if before.len() == signs.len() && before.iter().zip(&signs).all(|(old, new)| *old == new) {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let mut notices = ask.state.react(me, number, signs.clone(), request.big);
    if request.add_to_recent
        && let Some(account) = ask.state.accounts.get_mut(&me)
    {
        for sign in signs {
            account.drawer.signs.retain(|known| *known != sign);
            account.drawer.signs.insert(0, sign);
        }
        account.drawer.signs.truncate(MOST_RECENT);
        notices.extend(ask.state.tell(me, News::RecentReactions));
    }
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn get_messages_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessagesReactions,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let numbers = request.id.iter().take(100).filter_map(|id| Some(state.letter_at(me, place, *id)?.0));
    let updates =
        numbers.filter_map(|number| super::announce::news_update(&mut view, &News::Reactions(number))).collect();
    let (chats, users) = view.everyone();
    Ok(types::Updates { updates, users, chats, date: state.now(), seq: 0 }.into())
}

pub(crate) fn get_message_reactions_list(
    ask: &mut Ask<'_>,
    request: functions::messages::GetMessageReactionsList,
) -> Fine<enums::messages::MessageReactionsList> {
    let place = ask.own_place(&request.peer)?;
    let wanted = match &request.reaction {
        Some(reaction) => sign_of(ask, reaction)?,
        None => None,
    };
    let mut view = ask.view()?;
    let (state, me) = (view.state, view.me);
    let (_, letter) = state.letter_at(me, place, request.id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if matches!(place, Place::Channel(id) if state.channels.get(&id).is_some_and(|channel| channel.broadcast)) {
        return Err(bad("BROADCAST_FORBIDDEN"));
    }
    let all: Vec<_> = letter
        .reactions
        .iter()
        .rev()
        .filter(|reaction| wanted.as_ref().is_none_or(|sign| reaction.sign == *sign))
        .collect();
    let start: usize = request.offset.as_deref().and_then(|offset| offset.parse().ok()).unwrap_or(0);
    let limit = request.limit.clamp(1, 100) as usize;
    let own = letter.is_by(me);
    let reactions = all.iter().skip(start).take(limit).map(|reaction| view.peer_reaction(reaction, own)).collect();
    let next = start.saturating_add(limit);
    let next_offset = (next < all.len()).then(|| next.to_string());
    let (chats, users) = view.everyone();
    Ok(types::messages::MessageReactionsList { count: all.len() as i32, reactions, chats, users, next_offset }.into())
}

/// Each has an icon; where there is no animation, the icon stands for it.
pub(crate) fn get_available_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetAvailableReactions,
) -> Fine<enums::messages::AvailableReactions> {
    let hash = SIGNS.len() as i32;
    let view = ask.view()?;
    if request.hash == hash {
        return Ok(enums::messages::AvailableReactions::NotModified);
    }
    let icon = |emoji: &str| {
        let sets = view.state.sticker_sets.iter();
        let item = sets.flat_map(|set| &set.items).find(|(_, stands_for)| stands_for == emoji);
        let first = view.state.sticker_sets.iter().flat_map(|set| &set.items).next();
        item.or(first).map_or_else(|| types::DocumentEmpty { id: 0 }.into(), |(id, _)| view.document(*id))
    };
    let reactions = SIGNS.iter().map(|(emoji, title)| {
        types::AvailableReaction {
            inactive: false,
            premium: false,
            reaction: (*emoji).to_owned(),
            title: (*title).to_owned(),
            static_icon: icon(emoji),
            appear_animation: icon(emoji),
            select_animation: icon(emoji),
            activate_animation: icon(emoji),
            effect_animation: icon(emoji),
            around_animation: None,
            center_icon: None,
        }
        .into()
    });
    Ok(types::messages::AvailableReactions { hash, reactions: reactions.collect() }.into())
}

fn listed(signs: &[Sign], limit: i32, hash: i64) -> enums::messages::Reactions {
    let limit = if limit <= 0 { 50 } else { limit.min(100) as usize };
    let signs: Vec<&Sign> = signs.iter().take(limit).collect();
    let mut known: Vec<i64> = Vec::new();
    for sign in &signs {
        match sign {
            Sign::Emoji(emoji) => known.push(emoji.chars().map(|c| i64::from(u32::from(c))).sum()),
            Sign::Custom(id) => known.push(*id),
        }
    }
    let now = hash_of(known);
    if hash != 0 && hash == now {
        return enums::messages::Reactions::NotModified;
    }
    let reactions = signs.into_iter().map(super::view::sign).collect();
    types::messages::Reactions { hash: now, reactions }.into()
}

pub(crate) fn get_top_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetTopReactions,
) -> Fine<enums::messages::Reactions> {
    ask.me()?;
    let all: Vec<Sign> = SIGNS.iter().map(|(emoji, _)| Sign::Emoji((*emoji).to_owned())).collect();
    Ok(listed(&all, request.limit, request.hash))
}

pub(crate) fn get_recent_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetRecentReactions,
) -> Fine<enums::messages::Reactions> {
    let me = ask.me()?;
    let signs = ask.state.accounts.get(&me).map(|account| account.drawer.signs.clone()).unwrap_or_default();
    Ok(listed(&signs, request.limit, request.hash))
}

pub(crate) fn clear_recent_reactions(ask: &mut Ask<'_>, _: functions::messages::ClearRecentReactions) -> Fine<bool> {
    let me = ask.me()?;
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.drawer.signs.clear();
    }
    let notice = ask.state.tell(me, News::RecentReactions);
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn set_default_reaction(ask: &mut Ask<'_>, request: functions::messages::SetDefaultReaction) -> Fine<bool> {
    ask.me()?;
    sign_of(ask, &request.reaction)?;
    Ok(true)
}

pub(crate) fn get_default_tag_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetDefaultTagReactions,
) -> Fine<enums::messages::Reactions> {
    ask.me()?;
    let all: Vec<Sign> = SIGNS.iter().take(8).map(|(emoji, _)| Sign::Emoji((*emoji).to_owned())).collect();
    Ok(listed(&all, 0, request.hash))
}

/// The creator of a chat says which signs may be put there.
pub(crate) fn set_chat_available_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::SetChatAvailableReactions,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    super::ttl::may_rule(ask, place)?;
    let allowed = match request.available_reactions {
        enums::ChatReactions::None => Reactions::None,
        enums::ChatReactions::All(_) => Reactions::All,
        enums::ChatReactions::Some(some) => {
            let mut signs = Vec::new();
            for reaction in &some.reactions {
                signs.extend(sign_of(ask, reaction)?);
            }
            Reactions::Some(signs)
        }
    };
    let rules = ask.state.rules.entry(Room::of(me, place)).or_default();
    if rules.reactions == allowed {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    rules.reactions = allowed;
    own_updates(ask, Vec::new(), Vec::new())
}

pub(crate) fn get_unread_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::GetUnreadReactions,
) -> Fine<enums::messages::Messages> {
    let place = ask.own_place(&request.peer)?;
    let mut view = ask.view()?;
    let ids = view.state.unread_reaction_ids(view.me, place);
    let asked = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    Ok(page(&mut view, place, &ids, asked, 0))
}

pub(crate) fn read_reactions(
    ask: &mut Ask<'_>,
    request: functions::messages::ReadReactions,
) -> Fine<enums::messages::AffectedHistory> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let ids = ask.state.unread_reaction_ids(me, place);
    let letters: Vec<_> = ids.iter().filter_map(|id| Some(ask.state.letter_at(me, place, *id)?.0)).collect();
    ask.state.see_reactions(me, &letters);
    for number in letters {
        let notice = ask.state.tell(me, News::Reactions(number));
        ask.notices.extend(notice);
    }
    Ok(super::clearing::affected(ask, place, 0))
}

/// What a chat's full description says of the signs that may be put there.
pub(crate) fn available_in(view: &View<'_>, place: Place) -> enums::ChatReactions {
    match view.state.rules_of(Room::of(view.me, place)).map(|rules| &rules.reactions) {
        None | Some(Reactions::All) => types::ChatReactionsAll { allow_custom: true }.into(),
        Some(Reactions::None) => enums::ChatReactions::None,
        Some(Reactions::Some(signs)) => {
            types::ChatReactionsSome { reactions: signs.iter().map(super::view::sign).collect() }.into()
        }
    }
}
