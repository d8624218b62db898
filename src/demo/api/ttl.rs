//! Messages that vanish, and chats whose content stays where it is.

use super::sending::own_updates;
use super::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{Author, Deed, Draft, News, Place, Room};
use grammers_tl_types::{enums, functions, types};

const LONGEST: i32 = 366 * 24 * 60 * 60;

/// Rules of a private chat are made by both; of a group or channel by administrators.
pub(crate) fn may_rule(ask: &Ask<'_>, place: Place) -> Fine<()> {
    let me = ask.me()?;
    let rights = ask.state.admin_rights(Room::of(me, place), me);
    let may = matches!(place, Place::User(_)) || rights.is_some_and(|rights| rights.change_info);
    if may { Ok(()) } else { Err(RpcError::new(400, "CHAT_ADMIN_REQUIRED")) }
}

/// From now on, messages of this chat vanish so many seconds after they are written; 0 keeps them.
pub(crate) fn set_history_ttl(ask: &mut Ask<'_>, request: functions::messages::SetHistoryTtl) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    may_rule(ask, place)?;
    if !(0..=LONGEST).contains(&request.period) {
        return Err(bad("TTL_PERIOD_INVALID"));
    }
    let room = Room::of(me, place);
    let ttl = (request.period > 0).then_some(request.period);
    let rules = ask.state.rules.entry(room).or_default();
    if rules.ttl == ttl {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    rules.ttl = ttl;
    let mut notices = ask.state.tell_room(room, News::Ttl);
    let is_broadcast = matches!(place, Place::Channel(id)
        if ask.state.channels.get(&id).is_some_and(|channel| channel.broadcast));
    let author = if is_broadcast { Author::Channel } else { Author::Person(me) };
    let date = ask.state.now();
    notices.extend(ask.state.post(room, author, date, Draft::deed(Deed::Ttl(request.period))).1);
    own_updates(ask, notices, Vec::new())
}

pub(crate) fn set_default_history_ttl(
    ask: &mut Ask<'_>,
    request: functions::messages::SetDefaultHistoryTtl,
) -> Fine<bool> {
    let me = ask.me()?;
    if !(0..=LONGEST).contains(&request.period) {
        return Err(bad("TTL_PERIOD_INVALID"));
    }
    if let Some(account) = ask.state.accounts.get_mut(&me) {
        account.default_ttl = request.period;
    }
    Ok(true)
}

pub(crate) fn get_default_history_ttl(
    ask: &mut Ask<'_>,
    _: functions::messages::GetDefaultHistoryTtl,
) -> Fine<enums::DefaultHistoryTtl> {
    let me = ask.me()?;
    let period = ask.state.accounts.get(&me).map_or(0, |account| account.default_ttl);
    Ok(types::DefaultHistoryTtl { period }.into())
}

/// What is written here may be forwarded, or not.
pub(crate) fn toggle_no_forwards(
    ask: &mut Ask<'_>,
    request: functions::messages::ToggleNoForwards,
) -> Fine<enums::Updates> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    may_rule(ask, place)?;
    let rules = ask.state.rules.entry(Room::of(me, place)).or_default();
    if rules.noforwards == request.enabled {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    rules.noforwards = request.enabled;
    let first = match place {
        Place::Channel(channel_id) => vec![types::UpdateChannel { channel_id }.into()],
        Place::Group(chat_id) => vec![types::UpdateChat { chat_id }.into()],
        Place::User(_) => Vec::new(),
    };
    own_updates(ask, Vec::new(), first)
}
