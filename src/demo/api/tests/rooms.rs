//! Groups and channels: who may do what, and what the others hear.

use super::*;

fn user(stage: &Stage, me: i64, who: i64) -> enums::InputUser {
    let access_hash = stage.api.world.lock().access_hash(me, Place::User(who));
    types::InputUser { user_id: who, access_hash }.into()
}

fn channel_of(stage: &Stage, me: i64, channel_id: i64) -> enums::InputChannel {
    let access_hash = stage.api.world.lock().access_hash(me, Place::Channel(channel_id));
    types::InputChannel { channel_id, access_hash }.into()
}

fn named(answer: enums::Updates) -> i64 {
    let enums::Updates::Updates(updates) = answer else { panic!("updates") };
    updates.chats[0].id()
}

fn group(stage: &Stage, me: i64, other: i64, title: &str) -> i64 {
    let users = vec![user(stage, me, other)];
    let create = functions::messages::CreateChat { users, title: title.to_owned(), ttl_period: None };
    let enums::messages::InvitedUsers::Users(made) = stage.call(1, &create).unwrap();
    named(made.updates)
}

fn channel(stage: &Stage, megagroup: bool) -> i64 {
    let (title, about) = ("Tide tables".to_owned(), "High and low".to_owned());
    let create = functions::channels::CreateChannel {
        broadcast: !megagroup,
        megagroup,
        for_import: false,
        forum: false,
        title,
        about,
        geo_point: None,
        address: None,
        ttl_period: None,
    };
    named(stage.call(1, &create).unwrap())
}

fn invite_link(stage: &Stage, peer: enums::InputPeer, usage_limit: Option<i32>) -> Result<String, String> {
    let export = functions::messages::ExportChatInvite {
        legacy_revoke_permanent: false,
        request_needed: false,
        peer,
        expire_date: None,
        usage_limit,
        title: None,
        subscription_pricing: None,
    };
    let enums::ExportedChatInvite::ChatInviteExported(invite) = stage.call(1, &export)? else { panic!("a link") };
    Ok(invite.link.rsplit('+').next().unwrap().to_owned())
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, String>) -> String {
    answer.unwrap_err()
}

#[test]
fn a_group_is_made_and_somebody_is_removed_and_comes_back() {
    let stage = Stage::lifelike();
    let (me, other) = (stage.sign_in(1, 0), stage.sign_in(2, 1));
    let empty = functions::messages::CreateChat { users: Vec::new(), title: "Alone".to_owned(), ttl_period: None };
    assert_eq!(refusal(stage.call(1, &empty)), "400 USERS_TOO_FEW");
    let nameless = functions::messages::CreateChat { title: " ".to_owned(), ..empty };
    assert_eq!(refusal(stage.call(1, &nameless)), "400 CHAT_TITLE_EMPTY");
    let id = group(&stage, me, other, "Boat house");
    let heard = stage.heard(2);
    assert!(heard.iter().any(|update| matches!(update, enums::Update::ChatParticipants(_))));
    assert!(heard.iter().any(|update| matches!(update, enums::Update::NewMessage(_))));
    let peer: enums::InputPeer = types::InputPeerChat { chat_id: id }.into();
    stage.call(2, &message(peer.clone(), "ahoy", 1)).unwrap();
    let add = functions::messages::AddChatUser { chat_id: id, user_id: user(&stage, me, other), fwd_limit: 10 };
    assert_eq!(refusal(stage.call(1, &add)), "400 USER_ALREADY_PARTICIPANT");
    let mut remove =
        functions::messages::DeleteChatUser { revoke_history: false, chat_id: id, user_id: user(&stage, other, me) };
    assert_eq!(refusal(stage.call(2, &remove)), "400 CHAT_ADMIN_REQUIRED");
    remove.user_id = user(&stage, me, other);
    stage.call(1, &remove).unwrap();
    assert_eq!(refusal(stage.call(1, &remove)), "400 USER_NOT_PARTICIPANT");
    assert_eq!(refusal(stage.call(2, &message(peer.clone(), "still here?", 2))), "403 CHAT_WRITE_FORBIDDEN");
    let chats = functions::messages::GetChats { id: vec![id] };
    let enums::messages::Chats::Chats(seen) = stage.call(2, &chats).unwrap() else { panic!("chats") };
    assert!(matches!(seen.chats[0], enums::Chat::Forbidden(_)));
    // What was said meanwhile is shown when he comes back.
    stage.call(1, &message(peer.clone(), "a secret", 3)).unwrap();
    stage.call(1, &add).unwrap();
    let texts: Vec<_> = messages_in(stage.call(2, &history(peer, 10)).unwrap()).iter().map(text_of).collect();
    assert!(texts.contains(&"a secret".to_owned()), "{texts:?}");
}

#[test]
fn a_link_is_looked_at_used_and_used_up() {
    let stage = Stage::lifelike();
    let (me, other) = (stage.sign_in(1, 0), stage.sign_in(2, 1));
    let id = channel(&stage, true);
    let peer = stage.input(me, Place::Channel(id));
    let hash = invite_link(&stage, peer.clone(), Some(1)).unwrap();
    let check = functions::messages::CheckChatInvite { hash: hash.clone() };
    let enums::ChatInvite::Invite(seen) = stage.call(2, &check).unwrap() else { panic!("an invite") };
    assert_eq!((seen.title.as_str(), seen.participants_count, seen.megagroup), ("Tide tables", 1, true));
    assert_eq!(refusal(stage.call(2, &history(stage.input(other, Place::Channel(id)), 5))), "400 CHANNEL_PRIVATE");
    stage.heard(1);
    let import = functions::messages::ImportChatInvite { hash };
    stage.call(2, &import).unwrap();
    assert!(stage.heard(1).iter().any(|update| matches!(update, enums::Update::NewChannelMessage(_))));
    assert_eq!(refusal(stage.call(2, &import)), "400 USER_ALREADY_PARTICIPANT");
    stage.sign_in(3, 2);
    assert_eq!(refusal(stage.call(3, &import)), "400 INVITE_HASH_EXPIRED");
    let nonsense = functions::messages::CheckChatInvite { hash: "short".to_owned() };
    assert_eq!(refusal(stage.call(3, &nonsense)), "400 INVITE_HASH_INVALID");
    let theirs = functions::messages::ExportChatInvite {
        legacy_revoke_permanent: false,
        request_needed: false,
        peer: stage.input(other, Place::Channel(id)),
        expire_date: None,
        usage_limit: None,
        title: None,
        subscription_pricing: None,
    };
    assert_eq!(refusal(stage.call(2, &theirs)), "400 CHAT_ADMIN_REQUIRED");
}

#[test]
fn rights_are_given_used_and_taken() {
    let stage = Stage::lifelike();
    let (me, other) = (stage.sign_in(1, 0), stage.sign_in(2, 1));
    let id = channel(&stage, false);
    let (mine, theirs) = (channel_of(&stage, me, id), channel_of(&stage, other, id));
    let bring = functions::channels::InviteToChannel { channel: mine.clone(), users: vec![user(&stage, me, other)] };
    stage.call(1, &bring).unwrap();
    assert_eq!(refusal(stage.call(1, &bring)), "400 USER_ALREADY_PARTICIPANT");
    let peer = stage.input(other, Place::Channel(id));
    assert_eq!(refusal(stage.call(2, &message(peer.clone(), "a post", 1))), "403 CHAT_WRITE_FORBIDDEN");
    let rename = functions::channels::EditTitle { channel: theirs, title: "Ebb tables".to_owned() };
    assert_eq!(refusal(stage.call(2, &rename)), "400 CHAT_ADMIN_REQUIRED");
    let rights = types::ChatAdminRights { add_admins: false, ..crate::world::roster::all_rights() };
    let promote = functions::channels::EditAdmin {
        channel: mine.clone(),
        user_id: user(&stage, me, other),
        admin_rights: rights.into(),
        rank: Some("Pilot".to_owned()),
    };
    stage.call(1, &promote).unwrap();
    stage.call(2, &message(peer.clone(), "a post", 2)).unwrap();
    stage.call(2, &rename).unwrap();
    assert_eq!(refusal(stage.call(2, &rename)), "400 CHAT_NOT_MODIFIED");
    let log = functions::channels::GetAdminLog {
        channel: mine.clone(),
        q: String::new(),
        events_filter: None,
        admins: None,
        max_id: 0,
        min_id: 0,
        limit: 10,
    };
    let enums::channels::AdminLogResults::Results(log) = stage.call(1, &log).unwrap();
    assert_eq!(log.events.len(), 3);
    let enums::ChannelAdminLogEvent::Event(newest) = &log.events[0];
    assert!(matches!(newest.action, enums::ChannelAdminLogEventAction::ChangeTitle(_)));
    // Banned, one is out.
    let rights = types::ChatBannedRights { view_messages: true, ..crate::world::roster::no_bans() };
    let participant = stage.input(me, Place::User(other));
    let mut ban = functions::channels::EditBanned { channel: mine, participant, banned_rights: rights.into() };
    stage.heard(2);
    stage.call(1, &ban).unwrap();
    assert!(stage.heard(2).iter().any(|update| matches!(update, enums::Update::Channel(_))));
    assert_eq!(refusal(stage.call(2, &message(peer, "a post", 3))), "400 CHANNEL_PRIVATE");
    ban.banned_rights = crate::world::roster::no_bans().into();
    stage.call(1, &ban).unwrap();
}

#[test]
fn members_are_slowed_and_silenced() {
    let stage = Stage::lifelike();
    let (me, other) = (stage.sign_in(1, 0), stage.sign_in(2, 1));
    let id = channel(&stage, true);
    let mine = channel_of(&stage, me, id);
    let named = functions::channels::UpdateUsername { channel: mine.clone(), username: "tide_tables".to_owned() };
    assert_eq!(stage.call(1, &named), Ok(true));
    let join = functions::channels::JoinChannel { channel: channel_of(&stage, other, id) };
    stage.call(2, &join).unwrap();
    assert_eq!(refusal(stage.call(2, &join)), "400 USER_ALREADY_PARTICIPANT");
    let slow = functions::channels::ToggleSlowMode { channel: mine.clone(), seconds: 30 };
    stage.call(1, &slow).unwrap();
    let peer = stage.input(other, Place::Channel(id));
    stage.call(2, &message(peer.clone(), "one", 1)).unwrap();
    assert!(refusal(stage.call(2, &message(peer.clone(), "two", 2))).starts_with("420 SLOWMODE_WAIT_"));
    let rights = types::ChatBannedRights { send_messages: true, ..crate::world::roster::no_bans() };
    let participant = stage.input(me, Place::User(other));
    let ban = functions::channels::EditBanned { channel: mine.clone(), participant, banned_rights: rights.into() };
    stage.call(1, &ban).unwrap();
    assert_eq!(refusal(stage.call(2, &message(peer, "three", 3))), "400 USER_BANNED_IN_CHANNEL");
    let leave = functions::channels::LeaveChannel { channel: channel_of(&stage, other, id) };
    stage.call(2, &leave).unwrap();
    assert_eq!(refusal(stage.call(2, &leave)), "400 USER_NOT_PARTICIPANT");
    stage.call(1, &functions::channels::DeleteChannel { channel: mine.clone() }).unwrap();
    let again = functions::channels::EditTitle { channel: mine, title: "Gone".to_owned() };
    assert_eq!(refusal(stage.call(1, &again)), "400 CHANNEL_PRIVATE");
}
