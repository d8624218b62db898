//! People, groups, channels, contacts.

use super::reactions::available_in;
use super::{Ask, Fine, View, bad};
use crate::world::{Place, Presence, Room, TELEGRAM, hash_of};
use enums::PrivacyKey;
use grammers_tl_types::{enums, functions, types};

/// Those who do not exist, or may not be named like this, are empty users.
pub(crate) fn get_users(ask: &mut Ask<'_>, request: functions::users::GetUsers) -> Fine<Vec<enums::User>> {
    let view = ask.view()?;
    let users = request.id.iter().take(200).map(|user| match ask.person(user) {
        Ok(person) => view.user(person),
        Err(_) => types::UserEmpty { id: 0 }.into(),
    });
    Ok(users.collect())
}

/// What a client may offer to do about a chat: with strangers, to keep or to block them.
pub(crate) fn peer_settings(view: &View<'_>, place: Place) -> enums::PeerSettings {
    let (me, state) = (view.me, view.state);
    let stranger = match place {
        Place::User(id) if id != me && id != TELEGRAM => {
            let contact = state.accounts.get(&me).is_some_and(|account| account.contacts.contains(&id));
            !contact && !state.blocks(me, id) && state.people.get(&id).is_some_and(|person| !person.bot)
        }
        _ => false,
    };
    types::PeerSettings {
        report_spam: false,
        add_contact: stranger,
        block_contact: stranger,
        share_contact: false,
        need_contacts_exception: false,
        report_geo: false,
        autoarchived: false,
        invite_members: false,
        request_chat_broadcast: false,
        business_bot_paused: false,
        business_bot_can_reply: false,
        geo_distance: None,
        request_chat_title: None,
        request_chat_date: None,
        business_bot_id: None,
        business_bot_manage_url: None,
        charge_paid_message_stars: None,
        registration_month: None,
        phone_country: None,
        name_change_date: None,
        photo_change_date: None,
    }
    .into()
}

fn pinned_in(view: &View<'_>, place: Place) -> Option<i32> {
    view.state.pinned_in(view.me, place).last().copied()
}

fn folder_in(view: &View<'_>, place: Place) -> Option<i32> {
    view.state.chat(view.me, place).map(|chat| chat.folder).filter(|folder| *folder != 0)
}

fn ttl_in(view: &View<'_>, place: Place) -> Option<i32> {
    view.state.rules_of(Room::of(view.me, place)).and_then(|rules| rules.ttl)
}

/// Something waits in the box of scheduled messages.
fn has_scheduled(view: &View<'_>, place: Place) -> bool {
    let account = view.state.accounts.get(&view.me);
    account.is_some_and(|account| account.scheduled.values().any(|waiting| waiting.place == place))
}

pub(crate) fn get_full_user(ask: &mut Ask<'_>, request: functions::users::GetFullUser) -> Fine<enums::users::UserFull> {
    let id = ask.person(&request.id)?;
    let mut view = ask.view()?;
    let place = Place::User(id);
    view.name(place);
    let Some(person) = view.state.people.get(&id) else { return Err(bad("USER_ID_INVALID")) };
    let common = view.state.groups.values().map(|group| &group.members);
    let common = common.chain(view.state.channels.values().filter(|channel| !channel.broadcast).map(|c| &c.members));
    let common = common.filter(|members| members.contains(&id) && members.contains(&view.me)).count();
    let bot_info = person.bot.then(|| {
        types::BotInfo {
            has_preview_medias: false,
            user_id: Some(id),
            description: Some(person.about.clone()),
            description_photo: None,
            description_document: None,
            commands: Some(vec![
                types::BotCommand {
                    ephemeral: false,
                    command: "order".to_owned(),
                    description: "Order bread".to_owned(),
                }
                .into(),
            ]),
            menu_button: None,
            privacy_policy_url: None,
            app_settings: None,
            verifier_settings: None,
        }
        .into()
    });
    let full = types::UserFull {
        blocked: view.state.blocks(view.me, id),
        phone_calls_available: false,
        phone_calls_private: false,
        can_pin_message: true,
        has_scheduled: has_scheduled(&view, place),
        video_calls_available: false,
        voice_messages_forbidden: false,
        translations_disabled: false,
        stories_pinned_available: false,
        blocked_my_stories_from: false,
        wallpaper_overridden: false,
        contact_require_premium: false,
        read_dates_private: false,
        sponsored_enabled: false,
        can_view_revenue: false,
        bot_can_manage_emoji_status: false,
        display_gifts_button: false,
        noforwards_my_enabled: false,
        noforwards_peer_enabled: false,
        unofficial_security_risk: false,
        id,
        about: (!person.about.is_empty() && view.state.shows(id, &PrivacyKey::About, view.me))
            .then(|| person.about.clone()),
        settings: peer_settings(&view, place),
        personal_photo: None,
        profile_photo: view.portrait_of(person).map(|photo| view.photo(photo)),
        fallback_photo: None,
        notify_settings: view.notify(place),
        bot_info,
        pinned_msg_id: pinned_in(&view, place),
        common_chats_count: if id == view.me { 0 } else { common as i32 },
        folder_id: folder_in(&view, place),
        ttl_period: ttl_in(&view, place),
        theme: None,
        private_forward_name: None,
        bot_group_admin_rights: None,
        bot_broadcast_admin_rights: None,
        wallpaper: None,
        stories: None,
        business_work_hours: None,
        business_location: None,
        business_greeting_message: None,
        business_away_message: None,
        business_intro: None,
        birthday: None,
        personal_channel_id: None,
        personal_channel_message: None,
        stargifts_count: None,
        starref_program: None,
        bot_verification: None,
        send_paid_messages_stars: None,
        disallowed_gifts: None,
        stars_rating: None,
        stars_my_pending_rating: None,
        stars_my_pending_rating_date: None,
        main_tab: None,
        saved_music: None,
        note: None,
        bot_manager_id: None,
    };
    let (chats, users) = view.everyone();
    Ok(types::users::UserFull { full_user: full.into(), chats, users }.into())
}

pub(crate) fn get_chats(ask: &mut Ask<'_>, request: functions::messages::GetChats) -> Fine<enums::messages::Chats> {
    let view = ask.view()?;
    let chats = request
        .id
        .iter()
        .take(200)
        .map(|id| match view.state.chat(view.me, Place::Group(*id)) {
            Some(_) => view.chat(Place::Group(*id)),
            None => types::ChatEmpty { id: *id }.into(),
        })
        .collect();
    Ok(types::messages::Chats { chats }.into())
}

pub(crate) fn get_channels(
    ask: &mut Ask<'_>,
    request: functions::channels::GetChannels,
) -> Fine<enums::messages::Chats> {
    // Who was removed learns that he was.
    let ids = request.id.iter().take(200).map(|channel| ask.named_channel(channel)).collect::<Fine<Vec<_>>>()?;
    let view = ask.view()?;
    let chats = ids.into_iter().map(|id| view.chat(Place::Channel(id))).collect();
    Ok(types::messages::Chats { chats }.into())
}

pub(crate) fn get_full_chat(
    ask: &mut Ask<'_>,
    request: functions::messages::GetFullChat,
) -> Fine<enums::messages::ChatFull> {
    let mut view = ask.view()?;
    let place = Place::Group(request.chat_id);
    let group = view.state.groups.get(&request.chat_id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    view.state.chat(view.me, place).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    view.name(place);
    let participants = view.participants(request.chat_id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let invite = super::members::own_invite(&mut view, place);
    let full = types::ChatFull {
        can_set_username: false,
        has_scheduled: has_scheduled(&view, place),
        translations_disabled: false,
        has_welcome_messages: false,
        id: group.id,
        about: group.about.clone(),
        participants,
        chat_photo: group.photo.map(|photo| view.photo(photo)),
        notify_settings: view.notify(place),
        exported_invite: invite,
        bot_info: None,
        pinned_msg_id: pinned_in(&view, place),
        folder_id: folder_in(&view, place),
        call: None,
        ttl_period: ttl_in(&view, place),
        groupcall_default_join_as: None,
        theme_emoticon: None,
        requests_pending: None,
        recent_requesters: None,
        available_reactions: Some(available_in(&view, place)),
        reactions_limit: None,
    };
    let (chats, users) = view.everyone();
    Ok(types::messages::ChatFull { full_chat: full.into(), chats, users }.into())
}

pub(crate) fn get_full_channel(
    ask: &mut Ask<'_>,
    request: functions::channels::GetFullChannel,
) -> Fine<enums::messages::ChatFull> {
    let id = ask.channel(&request.channel)?;
    let mut view = ask.view()?;
    let place = Place::Channel(id);
    let channel = view.state.channels.get(&id).ok_or_else(|| bad("CHANNEL_INVALID"))?;
    view.name(place);
    let stands = view.state.chat(view.me, place).cloned().unwrap_or_default();
    let online =
        channel.members.iter().filter(|person| matches!(view.state.presence(**person), Presence::Online(_))).count();
    let linked = view.state.linked_to(id);
    if let Some(linked) = linked {
        view.name(Place::Channel(linked));
    }
    let invite = super::members::own_invite(&mut view, place);
    let room = Room::Channel(id);
    let is_admin = view.state.admin_rights(room, view.me).is_some();
    let counts = is_admin.then(|| super::members::counts(view.state, room));
    let rules = view.state.rules_of(room);
    let full = types::ChannelFull {
        can_view_participants: !channel.broadcast || is_admin,
        can_set_username: channel.creator == view.me,
        can_set_stickers: false,
        hidden_prehistory: false,
        can_set_location: false,
        has_scheduled: has_scheduled(&view, place),
        can_view_stats: false,
        blocked: false,
        can_delete_channel: channel.creator == view.me,
        antispam: false,
        participants_hidden: false,
        translations_disabled: false,
        stories_pinned_available: false,
        view_forum_as_messages: false,
        restricted_sponsored: true,
        can_view_revenue: false,
        paid_media_allowed: false,
        can_view_stars_revenue: false,
        paid_reactions_available: false,
        stargifts_available: false,
        paid_messages_available: false,
        has_welcome_messages: false,
        id,
        about: channel.about.clone(),
        participants_count: Some(channel.size),
        admins_count: counts.map(|counts| counts.admins),
        kicked_count: counts.map(|counts| counts.kicked),
        banned_count: counts.map(|counts| counts.restricted),
        online_count: (!channel.broadcast).then_some(online as i32),
        read_inbox_max_id: stands.read_inbox,
        read_outbox_max_id: stands.read_outbox,
        unread_count: view.state.unread(view.me, place),
        chat_photo: match channel.photo {
            Some(photo) => view.photo(photo),
            None => types::PhotoEmpty { id: 0 }.into(),
        },
        notify_settings: view.notify(place),
        exported_invite: invite,
        bot_info: Vec::new(),
        migrated_from_chat_id: None,
        migrated_from_max_id: None,
        pinned_msg_id: pinned_in(&view, place),
        stickerset: None,
        available_min_id: None,
        folder_id: folder_in(&view, place),
        linked_chat_id: linked,
        location: None,
        slowmode_seconds: rules.and_then(|rules| rules.slowmode),
        slowmode_next_send_date: rules.and_then(|rules| Some(rules.wrote.get(&view.me)? + rules.slowmode?)),
        stats_dc: None,
        pts: channel.journal.pts(),
        call: None,
        ttl_period: ttl_in(&view, place),
        pending_suggestions: None,
        groupcall_default_join_as: None,
        theme_emoticon: None,
        requests_pending: None,
        recent_requesters: None,
        default_send_as: None,
        available_reactions: Some(available_in(&view, place)),
        reactions_limit: None,
        stories: None,
        wallpaper: None,
        boosts_applied: None,
        boosts_unrestrict: None,
        emojiset: None,
        bot_verification: None,
        stargifts_count: None,
        send_paid_messages_stars: None,
        main_tab: None,
        guard_bot_id: None,
    };
    let (chats, users) = view.everyone();
    Ok(types::messages::ChatFull { full_chat: full.into(), chats, users }.into())
}

fn contacts_of(view: &View<'_>) -> Vec<i64> {
    let mut contacts: Vec<i64> =
        view.state.accounts.get(&view.me).map(|account| account.contacts.iter().copied().collect()).unwrap_or_default();
    contacts.sort_unstable();
    contacts
}

pub(crate) fn get_contacts(
    ask: &mut Ask<'_>,
    request: functions::contacts::GetContacts,
) -> Fine<enums::contacts::Contacts> {
    let mut view = ask.view()?;
    let people = contacts_of(&view);
    let count = people.len() as i32;
    if request.hash != 0 && request.hash == hash_of(std::iter::once(i64::from(count)).chain(people.iter().copied())) {
        return Ok(enums::contacts::Contacts::NotModified);
    }
    let mut contacts = Vec::new();
    for user_id in people {
        view.name(Place::User(user_id));
        let mutual = view.state.accounts.get(&user_id).is_some_and(|account| account.contacts.contains(&view.me));
        contacts.push(types::Contact { user_id, mutual }.into());
    }
    let (_, users) = view.everyone();
    Ok(types::contacts::Contacts { contacts, saved_count: count, users }.into())
}

pub(crate) fn get_statuses(ask: &mut Ask<'_>, _: functions::contacts::GetStatuses) -> Fine<Vec<enums::ContactStatus>> {
    let view = ask.view()?;
    let statuses = contacts_of(&view).into_iter().map(|user_id| {
        let status = view.status(user_id);
        types::ContactStatus { user_id, status }.into()
    });
    Ok(statuses.collect())
}

pub(crate) fn resolve_username(
    ask: &mut Ask<'_>,
    request: functions::contacts::ResolveUsername,
) -> Fine<enums::contacts::ResolvedPeer> {
    let name = request.username.trim_start_matches('@').to_lowercase();
    if name.is_empty() {
        return Err(bad("USERNAME_INVALID"));
    }
    let mut view = ask.view()?;
    let has = |username: &Option<String>| username.as_ref().is_some_and(|username| username.to_lowercase() == name);
    let person = view.state.people.values().find(|person| has(&person.username)).map(|person| Place::User(person.id));
    let place = person.or_else(|| {
        view.state.channels.values().find(|channel| has(&channel.username)).map(|channel| Place::Channel(channel.id))
    });
    let peer = view.name(place.ok_or_else(|| bad("USERNAME_NOT_OCCUPIED"))?);
    let (chats, users) = view.everyone();
    Ok(types::contacts::ResolvedPeer { peer, chats, users }.into())
}

pub(crate) fn get_peer_settings(
    ask: &mut Ask<'_>,
    request: functions::messages::GetPeerSettings,
) -> Fine<enums::messages::PeerSettings> {
    let place = ask.place(&request.peer)?;
    let mut view = ask.view()?;
    view.name(place);
    let (chats, users) = view.everyone();
    Ok(types::messages::PeerSettings { settings: peer_settings(&view, place), chats, users }.into())
}
