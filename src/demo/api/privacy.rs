//! Who may see and do what (core.telegram.org/api/privacy).

use super::{Ask, Fine, View, bad};
use crate::world::{News, Place};
use grammers_tl_types::enums::{InputPrivacyKey, InputPrivacyRule, PrivacyKey, PrivacyRule};
use grammers_tl_types::{enums, functions, types};

/// People and chats that the rules for one thing may name.
const MOST_NAMED: usize = 1_000;

fn key_of(key: &InputPrivacyKey) -> PrivacyKey {
    match key {
        InputPrivacyKey::StatusTimestamp => PrivacyKey::StatusTimestamp,
        InputPrivacyKey::ChatInvite => PrivacyKey::ChatInvite,
        InputPrivacyKey::PhoneCall => PrivacyKey::PhoneCall,
        InputPrivacyKey::PhoneP2P => PrivacyKey::PhoneP2P,
        InputPrivacyKey::Forwards => PrivacyKey::Forwards,
        InputPrivacyKey::ProfilePhoto => PrivacyKey::ProfilePhoto,
        InputPrivacyKey::PhoneNumber => PrivacyKey::PhoneNumber,
        InputPrivacyKey::AddedByPhone => PrivacyKey::AddedByPhone,
        InputPrivacyKey::VoiceMessages => PrivacyKey::VoiceMessages,
        InputPrivacyKey::About => PrivacyKey::About,
        InputPrivacyKey::Birthday => PrivacyKey::Birthday,
        InputPrivacyKey::StarGiftsAutoSave => PrivacyKey::StarGiftsAutoSave,
        InputPrivacyKey::NoPaidMessages => PrivacyKey::NoPaidMessages,
        InputPrivacyKey::SavedMusic => PrivacyKey::SavedMusic,
    }
}

/// Those whom rules name must come along.
pub(crate) fn name_those_in(view: &mut View<'_>, rules: &[PrivacyRule]) {
    for rule in rules {
        match rule {
            PrivacyRule::PrivacyValueAllowUsers(types::PrivacyValueAllowUsers { users })
            | PrivacyRule::PrivacyValueDisallowUsers(types::PrivacyValueDisallowUsers { users }) => {
                for user in users {
                    view.name(Place::User(*user));
                }
            }
            PrivacyRule::PrivacyValueAllowChatParticipants(types::PrivacyValueAllowChatParticipants { chats })
            | PrivacyRule::PrivacyValueDisallowChatParticipants(types::PrivacyValueDisallowChatParticipants {
                chats,
            }) => {
                for chat in chats {
                    let is_group = view.state.groups.contains_key(chat);
                    view.name(if is_group { Place::Group(*chat) } else { Place::Channel(*chat) });
                }
            }
            _ => {}
        }
    }
}

fn rules(ask: &Ask<'_>, key: &PrivacyKey) -> Fine<enums::account::PrivacyRules> {
    let mut view = ask.view()?;
    let account = view.state.accounts.get(&view.me).ok_or_else(super::ask::unregistered)?;
    let rules = account.circle.rules(key);
    name_those_in(&mut view, &rules);
    let (chats, users) = view.everyone();
    Ok(types::account::PrivacyRules { rules, chats, users }.into())
}

pub(crate) fn get_privacy(
    ask: &mut Ask<'_>,
    request: functions::account::GetPrivacy,
) -> Fine<enums::account::PrivacyRules> {
    ask.me()?;
    rules(ask, &key_of(&request.key))
}

/// Chats among those that the account is in; others are left out, as are people that it may not name.
fn rule(ask: &Ask<'_>, rule: InputPrivacyRule) -> Fine<PrivacyRule> {
    use InputPrivacyRule as Given;
    let me = ask.me()?;
    let people = |users: Vec<enums::InputUser>| users.iter().filter_map(|user| ask.person(user).ok()).collect();
    let chats = |chats: Vec<i64>| {
        let is_in = |place| ask.state.chat(me, place).is_some();
        chats.into_iter().filter(|id| is_in(Place::Group(*id)) || is_in(Place::Channel(*id))).collect()
    };
    Ok(match rule {
        Given::InputPrivacyValueAllowContacts => PrivacyRule::PrivacyValueAllowContacts,
        Given::InputPrivacyValueAllowAll => PrivacyRule::PrivacyValueAllowAll,
        Given::InputPrivacyValueDisallowContacts => PrivacyRule::PrivacyValueDisallowContacts,
        Given::InputPrivacyValueDisallowAll => PrivacyRule::PrivacyValueDisallowAll,
        Given::InputPrivacyValueAllowCloseFriends => PrivacyRule::PrivacyValueAllowCloseFriends,
        Given::InputPrivacyValueAllowPremium => PrivacyRule::PrivacyValueAllowPremium,
        Given::InputPrivacyValueAllowBots => PrivacyRule::PrivacyValueAllowBots,
        Given::InputPrivacyValueDisallowBots => PrivacyRule::PrivacyValueDisallowBots,
        Given::InputPrivacyValueAllowUsers(rule) => types::PrivacyValueAllowUsers { users: people(rule.users) }.into(),
        Given::InputPrivacyValueDisallowUsers(rule) => {
            types::PrivacyValueDisallowUsers { users: people(rule.users) }.into()
        }
        Given::InputPrivacyValueAllowChatParticipants(rule) => {
            types::PrivacyValueAllowChatParticipants { chats: chats(rule.chats) }.into()
        }
        Given::InputPrivacyValueDisallowChatParticipants(rule) => {
            types::PrivacyValueDisallowChatParticipants { chats: chats(rule.chats) }.into()
        }
    })
}

/// Which rule speaks before which: those that name people, then those for kinds of people, then those for all.
fn order(rule: &PrivacyRule) -> u8 {
    match rule {
        PrivacyRule::PrivacyValueAllowUsers(_) | PrivacyRule::PrivacyValueDisallowUsers(_) => 0,
        PrivacyRule::PrivacyValueAllowAll | PrivacyRule::PrivacyValueDisallowAll => 2,
        _ => 1,
    }
}

pub(crate) fn set_privacy(
    ask: &mut Ask<'_>,
    request: functions::account::SetPrivacy,
) -> Fine<enums::account::PrivacyRules> {
    let me = ask.me()?;
    let key = key_of(&request.key);
    let named = request.rules.iter().map(|rule| match rule {
        InputPrivacyRule::InputPrivacyValueAllowUsers(rule) => rule.users.len(),
        InputPrivacyRule::InputPrivacyValueDisallowUsers(rule) => rule.users.len(),
        InputPrivacyRule::InputPrivacyValueAllowChatParticipants(rule) => rule.chats.len(),
        InputPrivacyRule::InputPrivacyValueDisallowChatParticipants(rule) => rule.chats.len(),
        _ => 1,
    });
    if named.sum::<usize>() > MOST_NAMED {
        return Err(bad("PRIVACY_TOO_LONG"));
    }
    if request.rules.is_empty() {
        return Err(bad("PRIVACY_VALUE_INVALID"));
    }
    let mut given = request.rules.into_iter().map(|given| rule(ask, given)).collect::<Fine<Vec<_>>>()?;
    given.sort_by_key(order);
    say(ask, me, key.clone(), given);
    rules(ask, &key)
}

/// New rules hold; one's own sessions hear of them, and others that they see somebody otherwise.
pub(crate) fn say(ask: &mut Ask<'_>, me: i64, key: PrivacyKey, rules: Vec<PrivacyRule>) {
    let Some(account) = ask.state.accounts.get_mut(&me) else { return };
    account.circle.say(key.clone(), rules);
    let is_seen = matches!(
        key,
        PrivacyKey::StatusTimestamp | PrivacyKey::ProfilePhoto | PrivacyKey::PhoneNumber | PrivacyKey::About
    );
    let notice = ask.state.tell(me, News::Privacy(key));
    ask.notices.extend(notice);
    if is_seen {
        let others = ask.state.onlookers(me).into_iter().filter(|other| *other != me);
        for other in others.collect::<Vec<_>>() {
            let notice = ask.state.tell(other, News::Person(me));
            ask.notices.extend(notice);
        }
    }
}

pub(crate) fn get_global_privacy_settings(
    ask: &mut Ask<'_>,
    _: functions::account::GetGlobalPrivacySettings,
) -> Fine<enums::GlobalPrivacySettings> {
    let me = ask.me()?;
    let account = ask.state.accounts.get(&me).ok_or_else(super::ask::unregistered)?;
    Ok(account.circle.global.clone())
}

pub(crate) fn set_global_privacy_settings(
    ask: &mut Ask<'_>,
    request: functions::account::SetGlobalPrivacySettings,
) -> Fine<enums::GlobalPrivacySettings> {
    let me = ask.me()?;
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    account.circle.global = request.settings.clone();
    Ok(request.settings)
}
