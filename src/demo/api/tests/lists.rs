use super::*;

fn dialogs(limit: i32, exclude_pinned: bool) -> functions::messages::GetDialogs {
    functions::messages::GetDialogs {
        exclude_pinned,
        folder_id: None,
        offset_date: 0,
        offset_id: 0,
        offset_peer: enums::InputPeer::Empty,
        limit,
        hash: 0,
    }
}

struct Page {
    dialogs: Vec<types::Dialog>,
    messages: Vec<enums::Message>,
    count: usize,
}

fn page_of(answer: enums::messages::Dialogs) -> Page {
    let (dialogs, messages, chats, users, count) = match answer {
        enums::messages::Dialogs::Dialogs(page) => {
            let count = page.dialogs.len();
            (page.dialogs, page.messages, page.chats, page.users, count)
        }
        enums::messages::Dialogs::Slice(page) => {
            (page.dialogs, page.messages, page.chats, page.users, page.count as usize)
        }
        enums::messages::Dialogs::NotModified(_) => panic!("dialogs"),
    };
    let dialogs: Vec<types::Dialog> = dialogs
        .into_iter()
        .map(|dialog| match dialog {
            enums::Dialog::Dialog(dialog) => dialog,
            _ => panic!("a dialog"),
        })
        .collect();
    for message in &messages {
        message_named(message, &users, &chats);
    }
    for dialog in &dialogs {
        assert!(messages.iter().any(|message| message.id() == dialog.top_message));
    }
    Page { dialogs, messages, count }
}

/// All pages, each asked for by the last row of the one before.
fn all_pages(stage: &Stage, me: i64, limit: i32, exclude_pinned: bool) -> Vec<enums::Peer> {
    let mut all: Vec<enums::Peer> = Vec::new();
    let mut request = dialogs(limit, exclude_pinned);
    loop {
        let page = page_of(stage.call(1, &request).unwrap());
        let Some(last) = page.dialogs.last() else { break };
        let message = page
            .messages
            .iter()
            .find(|message| match message {
                enums::Message::Message(m) => m.id == last.top_message && m.peer_id == last.peer,
                enums::Message::Service(m) => m.id == last.top_message && m.peer_id == last.peer,
                enums::Message::Empty(_) => false,
            })
            .unwrap();
        request.offset_date = match message {
            enums::Message::Message(message) => message.date,
            enums::Message::Service(message) => message.date,
            enums::Message::Empty(_) => 0,
        };
        request.offset_id = last.top_message;
        request.offset_peer = stage.input(me, place_of(&last.peer));
        all.extend(page.dialogs.iter().map(|dialog| dialog.peer.clone()));
        assert!(all.len() <= page.count);
    }
    all
}

fn place_of(peer: &enums::Peer) -> Place {
    match peer {
        enums::Peer::User(peer) => Place::User(peer.user_id),
        enums::Peer::Chat(peer) => Place::Group(peer.chat_id),
        enums::Peer::Channel(peer) => Place::Channel(peer.channel_id),
    }
}

#[test]
fn pages_of_dialogs_make_the_whole_list() {
    for kind in [WorldKind::Lifelike, WorldKind::Plain] {
        let stage = Stage::new(kind);
        let me = stage.sign_in(1, 0);
        // More pins than one, so that a page can end among them.
        for number in [30, 31] {
            let place = stage.api.world.lock().rows(me)[number].place;
            let peer = types::InputDialogPeer { peer: stage.input(me, place) }.into();
            let pin = functions::messages::ToggleDialogPin { pinned: true, peer };
            assert_eq!(stage.call(1, &pin), Ok(true));
        }
        let rows = stage.api.world.lock().rows(me);
        for exclude_pinned in [false, true] {
            let pins = stage.api.world.lock().accounts[&me].pinned.clone();
            let unpinned = rows.iter().map(|row| row.place).filter(|place| !pins.contains(place));
            let expected: Vec<enums::Peer> = if exclude_pinned {
                unpinned.map(Place::peer).collect()
            } else {
                pins.iter().copied().chain(unpinned).map(Place::peer).collect()
            };
            for limit in [1, 2, 3, 7, 20, 100, 500] {
                assert_eq!(all_pages(&stage, me, limit, exclude_pinned), expected, "{limit} {exclude_pinned}");
            }
        }
    }
}

#[test]
fn pages_of_history_make_the_whole_chat() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    for title in ["Long Watch", "Family", "Mara Lindqvist", "Saved Messages", "Release notes"] {
        let place = stage.place(me, title);
        let expected: Vec<i32> = stage.api.world.lock().ids_in(me, place).iter().rev().copied().collect();
        for limit in [9, 100] {
            let mut all = Vec::new();
            let mut request = history(stage.input(me, place), limit);
            loop {
                let page = messages_in(stage.call(1, &request).unwrap());
                let Some(last) = page.last() else { break };
                request.offset_id = last.id();
                all.extend(page.iter().map(enums::Message::id));
                if limit == 9 && all.len() > 300 {
                    break;
                }
            }
            assert_eq!(all, expected[..all.len()], "{title}");
            assert!(limit == 9 || all.len() == expected.len());
        }
    }
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let mut request = history(stage.peer(me, "Family"), 20);
    let page = messages_in(stage.call(1, &request).unwrap());
    request.hash = crate::world::hash_of(page.iter().map(|message| i64::from(message.id())));
    assert!(matches!(stage.call(1, &request).unwrap(), enums::messages::Messages::NotModified(_)));
    stage.call(1, &message(request.peer.clone(), "something new", 5)).unwrap();
    assert!(!matches!(stage.call(1, &request).unwrap(), enums::messages::Messages::NotModified(_)));
}

#[test]
fn a_dialog_tells_how_the_chat_stands() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let page = page_of(stage.call(1, &dialogs(100, false)).unwrap());
    let dialog = |title: &str| {
        let peer = stage.place(me, title).peer();
        page.dialogs.iter().find(|dialog| dialog.peer == peer).unwrap().clone()
    };
    let keepers = dialog("Lighthouse Keepers");
    assert!(keepers.pinned && keepers.unread_count == 3 && keepers.pts.is_some());
    let enums::PeerNotifySettings::Settings(muted) = dialog("Astronomy Weekly").notify_settings;
    assert_eq!(muted.mute_until, Some(i32::MAX));
    let enums::PeerNotifySettings::Settings(loud) = dialog("Mara Lindqvist").notify_settings;
    assert_eq!(loud.mute_until, None);
    let pinned = stage.call(1, &functions::messages::GetPinnedDialogs { folder_id: 0 }).unwrap();
    let enums::messages::PeerDialogs::Dialogs(pinned) = pinned;
    assert_eq!(pinned.dialogs.len(), 1);
    let own = functions::messages::GetPeerDialogs {
        peers: vec![types::InputDialogPeer { peer: stage.peer(me, "Astronomy Weekly") }.into()],
    };
    let enums::messages::PeerDialogs::Dialogs(own) = stage.call(1, &own).unwrap();
    assert!(matches!(own.dialogs.as_slice(), [enums::Dialog::Dialog(dialog)] if dialog.unread_count == 128));
}

#[test]
fn peers_need_the_right_hash() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let keepers = stage.place(me, "Lighthouse Keepers");
    assert!(stage.call(1, &history(stage.input(me, keepers), 5)).is_ok());
    // The other account's hash is not one's own.
    let borrowed = stage.call(1, &history(stage.input(other, keepers), 5)).map(|_| ());
    assert_eq!(borrowed, Err("400 CHANNEL_INVALID".to_owned()));
    let stranger = types::InputPeerUser { user_id: other, access_hash: 5 };
    assert_eq!(stage.call(1, &history(stranger.into(), 5)).map(|_| ()), Err("400 PEER_ID_INVALID".to_owned()));
    let users = functions::users::GetUsers { id: vec![types::InputUser { user_id: other, access_hash: 5 }.into()] };
    assert!(matches!(stage.call(1, &users).unwrap().as_slice(), [enums::User::Empty(_)]));
    let group = types::InputPeerChat { chat_id: 77 };
    assert_eq!(stage.call(1, &history(group.into(), 5)).map(|_| ()), Err("400 CHAT_ID_INVALID".to_owned()));
}

#[test]
fn words_and_kinds_are_found() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let search = |title: &str, q: &str, filter| functions::messages::Search {
        peer: stage.peer(me, title),
        q: q.to_owned(),
        from_id: None,
        saved_peer_id: None,
        saved_reaction: None,
        top_msg_id: None,
        filter,
        min_date: 0,
        max_date: 0,
        offset_id: 0,
        add_offset: 0,
        limit: 100,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    let filter = enums::MessagesFilter::InputMessagesFilterEmpty;
    let found = messages_in(stage.call(1, &search("Lighthouse Keepers", "NORTH LENS", filter)).unwrap());
    assert!(found.iter().any(|message| text_of(message) == "the north lens is in place"));
    let filter = enums::MessagesFilter::InputMessagesFilterPhotos;
    let found = messages_in(stage.call(1, &search("One photo a day", "", filter)).unwrap());
    assert!(!found.is_empty());
    assert!(found.iter().all(|message| matches!(
        message,
        enums::Message::Message(types::Message { media: Some(enums::MessageMedia::Photo(_)), .. })
    )));
    let filter = enums::MessagesFilter::InputMessagesFilterDocument;
    let found = messages_in(stage.call(1, &search("Saved Messages", "star-map", filter)).unwrap());
    assert_eq!(found.len(), 1);

    let enums::contacts::Found::Found(found) = stage
        .call(1, &functions::contacts::Search { broadcasts: false, bots: false, q: "mara".into(), limit: 10 })
        .unwrap();
    assert!(!found.my_results.is_empty() && !found.users.is_empty());
    let resolve = functions::contacts::ResolveUsername { username: "astronomy_weekly_demo".into(), referer: None };
    let enums::contacts::ResolvedPeer::Peer(resolved) = stage.call(1, &resolve).unwrap();
    assert_eq!(resolved.peer, stage.place(me, "Astronomy Weekly").peer());
    assert_eq!(resolved.chats.len(), 1);
}

#[test]
fn full_peers_name_everyone() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let Place::Group(chat_id) = stage.place(me, "Family") else { panic!("a group") };
    let enums::messages::ChatFull::Full(full) = stage.call(1, &functions::messages::GetFullChat { chat_id }).unwrap();
    let enums::ChatFull::Full(chat) = full.full_chat else { panic!("a group") };
    let enums::ChatParticipants::Participants(participants) = chat.participants else { panic!("people") };
    assert_eq!(participants.participants.len(), full.users.len());
    let channel = stage.channel(me, "Lighthouse Keepers");
    let full = stage.call(1, &functions::channels::GetFullChannel { channel: channel.clone() }).unwrap();
    let enums::messages::ChatFull::Full(full) = full;
    let enums::ChatFull::ChannelFull(full) = full.full_chat else { panic!("a channel") };
    assert_eq!((full.participants_count, full.unread_count), (Some(14), 3));
    let participants = functions::channels::GetParticipants {
        channel,
        filter: enums::ChannelParticipantsFilter::ChannelParticipantsRecent,
        offset: 0,
        limit: 100,
        hash: 0,
    };
    let enums::channels::ChannelParticipants::Participants(people) = stage.call(1, &participants).unwrap() else {
        panic!("people")
    };
    assert_eq!((people.participants.len(), people.users.len()), (14, 14));
    let user = functions::users::GetFullUser { id: enums::InputUser::UserSelf };
    let enums::users::UserFull::Full(full) = stage.call(1, &user).unwrap();
    let enums::UserFull::Full(full) = full.full_user;
    assert!(full.profile_photo.is_some() && full.about.is_some());
}
