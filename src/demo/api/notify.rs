//! How one is told of messages (core.telegram.org/api/push-updates#notification-settings).

use super::view::notify_settings;
use super::{Ask, Fine, bad};
use crate::world::{News, Notify, Place, notify::Kind};
use grammers_tl_types::{enums, functions, types};

/// What a setting is for.
enum Target {
    Chat(Place),
    Kind(Kind),
}

fn target(ask: &Ask<'_>, peer: &enums::InputNotifyPeer) -> Fine<Target> {
    use enums::InputNotifyPeer as Peer;
    Ok(match peer {
        Peer::Peer(peer) => Target::Chat(ask.place(&peer.peer)?),
        Peer::InputNotifyForumTopic(peer) => Target::Chat(ask.place(&peer.peer)?),
        Peer::InputNotifyUsers => Target::Kind(Kind::Users),
        Peer::InputNotifyChats => Target::Kind(Kind::Groups),
        Peer::InputNotifyBroadcasts => Target::Kind(Kind::Broadcasts),
        _ => return Err(bad("PEER_ID_INVALID")),
    })
}

pub(crate) fn get_notify_settings(
    ask: &mut Ask<'_>,
    request: functions::account::GetNotifySettings,
) -> Fine<enums::PeerNotifySettings> {
    let target = target(ask, &request.peer)?;
    let view = ask.view()?;
    Ok(match target {
        Target::Chat(place) => view.notify(place),
        Target::Kind(kind) => {
            let account = view.state.accounts.get(&view.me);
            let said = account.and_then(|account| account.notify.get(kind as usize)).cloned().unwrap_or_default();
            notify_settings(&Notify {
                show_previews: said.show_previews.or(Some(true)),
                silent: said.silent.or(Some(false)),
                mute_until: said.mute_until.or(Some(0)),
            })
        }
    })
}

pub(crate) fn update_notify_settings(
    ask: &mut Ask<'_>,
    request: functions::account::UpdateNotifySettings,
) -> Fine<bool> {
    let target = target(ask, &request.peer)?;
    let me = ask.me()?;
    let enums::InputPeerNotifySettings::Settings(settings) = request.settings;
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    let (known, news) = match target {
        Target::Chat(place) => (Some(&mut account.chats.entry(place).or_default().notify), News::NotifyChat(place)),
        Target::Kind(kind) => (account.notify.get_mut(kind as usize), News::NotifyKind(kind)),
    };
    if let Some(known) = known {
        // A setting that is not given is the default again.
        let types::InputPeerNotifySettings { show_previews, silent, mute_until, .. } = settings;
        *known = Notify { show_previews, silent, mute_until: mute_until.filter(|until| *until != 0) };
    }
    let notice = ask.state.tell(me, news);
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn reset_notify_settings(ask: &mut Ask<'_>, _: functions::account::ResetNotifySettings) -> Fine<bool> {
    let me = ask.me()?;
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    account.notify = Default::default();
    let mut changed = Vec::new();
    for (place, chat) in &mut account.chats {
        if !chat.notify.is_default() {
            chat.notify = Notify::default();
            changed.push(*place);
        }
    }
    changed.sort();
    for place in changed {
        let notice = ask.state.tell(me, News::NotifyChat(place));
        ask.notices.extend(notice);
    }
    Ok(true)
}

/// The chats of which something is said by themselves.
pub(crate) fn get_notify_exceptions(
    ask: &mut Ask<'_>,
    request: functions::account::GetNotifyExceptions,
) -> Fine<enums::Updates> {
    let wanted = match &request.peer {
        Some(peer) => Some(target(ask, peer)?),
        None => None,
    };
    let mut view = ask.view()?;
    let state = view.state;
    let is_wanted = |place: &Place| match (&wanted, place) {
        (None, _) => true,
        (Some(Target::Chat(chat)), place) => chat == place,
        (Some(Target::Kind(Kind::Users)), place) => matches!(place, Place::User(_)),
        (Some(Target::Kind(kind)), Place::Channel(id)) => {
            let broadcast = state.channels.get(id).is_some_and(|channel| channel.broadcast);
            broadcast == (*kind == Kind::Broadcasts)
        }
        (Some(Target::Kind(kind)), Place::Group(_)) => *kind == Kind::Groups,
        (Some(Target::Kind(_)), Place::User(_)) => false,
    };
    let chats = state.accounts.get(&view.me).map(|account| account.chats.iter());
    let mut places: Vec<Place> = chats
        .into_iter()
        .flatten()
        .filter(|(place, chat)| !chat.notify.is_default() && is_wanted(place))
        .map(|(place, _)| *place)
        .collect();
    places.sort();
    let updates = places
        .into_iter()
        .filter_map(|place| super::announce::news_update(&mut view, &News::NotifyChat(place)))
        .collect();
    let (chats, users) = view.everyone();
    Ok(types::Updates { updates, users, chats, date: state.now(), seq: 0 }.into())
}

pub(crate) fn get_saved_ringtones(
    ask: &mut Ask<'_>,
    _: functions::account::GetSavedRingtones,
) -> Fine<enums::account::SavedRingtones> {
    ask.me()?;
    Ok(types::account::SavedRingtones { hash: 0, ringtones: Vec::new() }.into())
}
