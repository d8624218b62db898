use super::*;

fn new_texts(updates: &[enums::Update]) -> Vec<String> {
    updates
        .iter()
        .filter_map(|update| match update {
            enums::Update::NewMessage(update) => Some(text_of(&update.message)),
            enums::Update::NewChannelMessage(update) => Some(text_of(&update.message)),
            _ => None,
        })
        .collect()
}

#[test]
fn what_is_sent_reaches_all_devices_of_both() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    stage.sign_in(2, 1);
    for (title, random_id) in [("Mara Lindqvist", 1), ("Lighthouse Keepers", 2)] {
        let answer = updates_in(stage.call(1, &message(stage.peer(me, title), "to all", random_id)).unwrap());
        assert!(matches!(answer.first(), Some(enums::Update::MessageId(update)) if update.random_id == random_id));
        assert_eq!(new_texts(&answer), ["to all"]);
        assert!(stage.heard(1).is_empty(), "the answer has said it");
        assert_eq!(new_texts(&stage.heard(11)), ["to all"]);
        assert_eq!(new_texts(&stage.heard(2)), ["to all"]);
    }
    // Sent once.
    let again = stage.call(1, &message(stage.peer(me, "Mara Lindqvist"), "to all", 1)).map(|_| ());
    assert_eq!(again, Err("500 RANDOM_ID_DUPLICATE".to_owned()));
    assert!(stage.heard(2).is_empty());
}

#[test]
fn what_may_not_be_sent_is_refused() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let refused =
        |title: &str, text: &str| stage.call(1, &message(stage.peer(me, title), text, 99)).map(|_| ()).unwrap_err();
    assert_eq!(refused("Mara Lindqvist", " \n "), "400 MESSAGE_EMPTY");
    assert_eq!(refused("Mara Lindqvist", &"я".repeat(4097)), "400 MESSAGE_TOO_LONG");
    assert_eq!(refused("Astronomy Weekly", "mine now"), "403 CHAT_WRITE_FORBIDDEN");
    let mut reply = message(stage.peer(me, "Mara Lindqvist"), "what?", 100);
    let missing = types::InputReplyToMessage {
        reply_to_msg_id: 999_999,
        top_msg_id: None,
        reply_to_peer_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        monoforum_peer_id: None,
        todo_item_id: None,
        poll_option: None,
    };
    reply.reply_to = Some(missing.into());
    assert_eq!(stage.call(1, &reply).map(|_| ()).unwrap_err(), "400 REPLY_MESSAGE_ID_INVALID");
    assert!(stage.call(1, &message(stage.peer(me, "Mara Lindqvist"), &"я".repeat(4096), 101)).is_ok());
    assert!(stage.call(1, &message(stage.peer(me, "Robin's window"), "own channel", 102)).is_ok());
}

#[test]
fn entities_stand_within_the_text() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let mut request = message(stage.peer(me, "Mara Lindqvist"), "🌅 bold, see https://a.example", 7);
    request.entities = Some(vec![
        types::MessageEntityBold { offset: 3, length: 4 }.into(),
        types::MessageEntityItalic { offset: 5, length: 0 }.into(),
    ]);
    let answer = updates_in(stage.call(1, &request).unwrap());
    let entities = answer.iter().find_map(|update| match update {
        enums::Update::NewMessage(types::UpdateNewMessage { message: enums::Message::Message(message), .. }) => {
            message.entities.clone()
        }
        _ => None,
    });
    let expected: Vec<enums::MessageEntity> = vec![
        types::MessageEntityBold { offset: 3, length: 4 }.into(),
        types::MessageEntityUrl { offset: 13, length: 17 }.into(),
    ];
    assert_eq!(entities, Some(expected));
    // Beyond the end, before the start, inside a character.
    for (offset, length) in [(25, 900), (-1, 4), (1, 3), (0, 1), (i32::MAX, i32::MAX)] {
        request.random_id += 1;
        request.entities = Some(vec![types::MessageEntityItalic { offset, length }.into()]);
        let refused = stage.call(1, &request).map(|_| ());
        assert_eq!(refused, Err("400 ENTITY_BOUNDS_INVALID".to_owned()), "{offset} {length}");
    }
}

#[test]
fn reading_tells_both_sides() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let other = stage.sign_in(2, 1);
    stage.call(2, &message(stage.peer(other, "Robin Vale"), "read this", 1)).unwrap();
    for key in [1, 11, 2] {
        stage.heard(key);
    }
    let read = functions::messages::ReadHistory { peer: stage.peer(me, "Mara Lindqvist"), max_id: 0 };
    let enums::messages::AffectedMessages::Messages(affected) = stage.call(1, &read).unwrap();
    assert_eq!(affected.pts_count, 1);
    assert!(stage.heard(1).is_empty());
    assert!(matches!(stage.heard(11).as_slice(), [enums::Update::ReadHistoryInbox(u)] if u.still_unread_count == 0));
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::ReadHistoryOutbox(_)]));
    // Nothing new, nothing said.
    let enums::messages::AffectedMessages::Messages(affected) = stage.call(1, &read).unwrap();
    assert_eq!(affected.pts_count, 0);
    assert!(stage.heard(11).is_empty() && stage.heard(2).is_empty());

    let keepers = functions::channels::ReadHistory { channel: stage.channel(me, "Lighthouse Keepers"), max_id: 0 };
    assert_eq!(stage.call(1, &keepers), Ok(true));
    assert!(matches!(stage.heard(11).as_slice(), [enums::Update::ReadChannelInbox(u)] if u.still_unread_count == 0));
    assert!(matches!(stage.heard(2).as_slice(), [] | [enums::Update::ReadChannelOutbox(_)]));
}

#[test]
fn editing_and_deleting_reach_the_other_side() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let peer = stage.peer(me, "Mara Lindqvist");
    let sent = updates_in(stage.call(1, &message(peer.clone(), "frist", 1)).unwrap());
    let Some(enums::Update::MessageId(number)) = sent.first() else { panic!("a number") };
    stage.heard(2);
    let changed = updates_in(stage.call(1, &edit(peer.clone(), number.id, "first")).unwrap());
    assert!(matches!(changed.as_slice(), [enums::Update::EditMessage(_)]));
    let heard = stage.heard(2);
    let [enums::Update::EditMessage(update)] = heard.as_slice() else { panic!("an edit") };
    assert_eq!(text_of(&update.message), "first");
    let same = stage.call(1, &edit(peer.clone(), number.id, "first")).map(|_| ());
    assert_eq!(same, Err("400 MESSAGE_NOT_MODIFIED".to_owned()));
    let theirs = stage.call(2, &edit(stage.peer(other, "Robin Vale"), update.message.id(), "forged")).map(|_| ());
    assert_eq!(theirs, Err("403 MESSAGE_AUTHOR_REQUIRED".to_owned()));

    let delete = functions::messages::DeleteMessages { revoke: true, id: vec![number.id, 999_999] };
    let enums::messages::AffectedMessages::Messages(affected) = stage.call(1, &delete).unwrap();
    assert_eq!(affected.pts_count, 1);
    assert!(
        matches!(stage.heard(2).as_slice(), [enums::Update::DeleteMessages(u)] if u.messages == [update.message.id()])
    );
    let page = messages_in(stage.call(1, &history(peer, 5)).unwrap());
    assert!(page.iter().all(|message| message.id() != number.id));

    let keepers = stage.channel(me, "Lighthouse Keepers");
    let place = stage.place(me, "Lighthouse Keepers");
    let newest = *stage.api.world.lock().ids_in(me, place).last().unwrap();
    let delete = functions::channels::DeleteMessages { channel: keepers, id: vec![newest] };
    assert_eq!(stage.call(1, &delete).map(|_| ()), Err("403 MESSAGE_DELETE_FORBIDDEN".to_owned()));
}

#[test]
fn typing_and_coming_are_told_to_those_whom_they_concern() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    stage.sign_in(3, 4);
    let typing = |title: &str| functions::messages::SetTyping {
        peer: stage.peer(me, title),
        top_msg_id: None,
        action: enums::SendMessageAction::SendMessageTypingAction,
    };
    assert_eq!(stage.call(1, &typing("Mara Lindqvist")), Ok(true));
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::UserTyping(u)] if u.user_id == me));
    assert!(stage.heard(3).is_empty() && stage.heard(1).is_empty());
    assert_eq!(stage.call(1, &typing("Lighthouse Keepers")), Ok(true));
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::ChannelUserTyping(_)]));
    assert!(matches!(stage.heard(3).as_slice(), [enums::Update::ChannelUserTyping(_)]));
    assert_eq!(stage.call(1, &functions::account::UpdateStatus { offline: false }), Ok(true));
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::UserStatus(u)] if u.user_id == me));
}

#[test]
fn somebody_says_something() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let phone = stage.api.world.accounts()[0].phone.clone();
    let mara = stage.api.world.accounts()[1].user_id;
    stage.api.say(mara, "Lighthouse Keepers", &phone, "the lamp is lit");
    assert_eq!(new_texts(&stage.heard(1)), ["the lamp is lit"]);
    assert_eq!(stage.api.world.texts_in(&phone, "Lighthouse Keepers").last().unwrap(), "the lamp is lit");
    assert!(me > 0);
}

#[test]
fn people_answer_those_who_write_to_them() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let life = alive(&stage);
    stage.call(1, &message(stage.peer(me, "Petra Novák"), "hello there", 1)).unwrap();
    let mut all = Vec::new();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let answered = |all: &[enums::Update]| {
        all.iter().any(|update| match update {
            enums::Update::NewMessage(update) => cast_answers().contains(&text_of(&update.message)),
            _ => false,
        })
    };
    while !answered(&all) && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(50));
        all.extend(stage.heard(1));
    }
    life.abort();
    assert!(answered(&all));
    assert!(all.iter().any(|update| matches!(update, enums::Update::UserTyping(_))));
    assert!(all.iter().any(|update| matches!(update, enums::Update::ReadHistoryOutbox(_))));
}

/// Starts life, and waits until it listens.
fn alive(stage: &Stage) -> tokio::task::JoinHandle<()> {
    let inside = stage.runtime.enter();
    let life = stage.api.start_life();
    drop(inside);
    while stage.api.heard.get().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    life
}

#[test]
fn people_write_by_themselves() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let life = alive(&stage);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(90);
    let mut all = Vec::new();
    while new_texts(&all).is_empty() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(50));
        all.extend(stage.heard(1));
    }
    life.abort();
    assert!(new_texts(&all).iter().any(|text| !text.is_empty()));
    assert!(all.iter().any(|update| matches!(update, enums::Update::UserStatus(_))));
}

fn cast_answers() -> Vec<String> {
    let lines = crate::world::cast::ANSWERS.iter().find(|(word, _)| *word == "hello").unwrap().1;
    lines.iter().map(|line| (*line).to_owned()).collect()
}
