//! What happens while we watch, and what happened while we did not.

use crate::stage::{KEEPERS, Stage, User, eventually};
use heliograph_model::{Change, Connection, PeerId, PeerKind, Place};
use heliograph_telegram::Event;
use std::collections::HashSet;
use std::time::Duration;

/// A small chat that is no channel: the account's own updates carry it.
async fn person(user: &User) -> (i64, String) {
    let all = user.everything().await;
    let person = all.peers.iter().find(|peer| {
        matches!(peer.kind, PeerKind::User { is_self: false, bot: false, deleted: false, .. })
            && all.chats.iter().any(|chat| chat.id == peer.id)
    });
    let person = person.unwrap();
    (person.id.bare(), person.name.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_write_arrives_with_their_names() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    user.settle().await;
    let keepers = other.chat(KEEPERS).await.id;
    other.say(keepers, "The lamp is lit").await.unwrap();
    let message = user.heard.message("The lamp is lit").await;
    assert_eq!((message.chat, message.sender), (keepers, PeerId::User(other.demo.user_id)));
    assert!(!message.outgoing);
    user.heard.listen().await;
    assert_eq!(user.heard.words(), ["The lamp is lit"]);
    assert!(user.heard.changes().any(|change| matches!(change, Change::Peer(peer) if peer.id == message.sender)));
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_and_reading_are_seen() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    user.settle().await;
    let keepers = other.chat(KEEPERS).await.id;
    let who = PeerId::User(other.demo.user_id);
    other.account.typing(keepers).await.unwrap();
    user.heard.change(|change| *change == Change::Typing { chat: keepers, who, stopped: false }).await;

    // Both accounts see it in the chat with each other, under different numbers.
    user.everything().await;
    let sent = user.say(who, "Did you see the light?").await.unwrap();
    let me = PeerId::User(user.demo.user_id);
    other.everything().await;
    let newest = other.account.history(me, heliograph_model::Place::Newest, 1).await.unwrap().messages.pop().unwrap();
    assert_eq!(newest.text.text, "Did you see the light?");
    other.account.mark_read(me, newest.id.server().unwrap()).await.unwrap();
    let up_to = sent.id.server().unwrap();
    user.heard.change(|change| *change == Change::ReadOutbox { chat: who, up_to }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_device_of_the_same_account() {
    let stage = Stage::new().await;
    let mut one = stage.sign_in(0, "one").await;
    let mut two = stage.sign_in(0, "two").await;
    one.settle().await;
    two.settle().await;
    let chat = one.chat(KEEPERS).await;
    one.say(chat.id, "From the other desk").await.unwrap();
    let message = two.heard.message("From the other desk").await;
    assert!(message.outgoing);
    one.account.mark_read(chat.id, message.id.server().unwrap()).await.unwrap();
    let up_to = message.id.server().unwrap();
    two.heard
        .change(|change| matches!(change, Change::ReadInbox { chat: c, up_to: u, .. } if (*c, *u) == (chat.id, up_to)))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_line_is_cut() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (someone, name) = person(&user).await;
    let speaker = stage.demo(1).user_id;
    let api = stage.server.api();
    let phone = user.demo.phone.clone();
    api.say(someone, &name, &phone, "Before");
    user.heard.message("Before").await;

    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.heard.next(|event| !matches!(event, Event::Connection(Connection::Online) | Event::Changes(_))).await;
    let mut expected = HashSet::from(["Before".to_owned()]);
    for number in 0..5 {
        for (who, title) in [(someone, name.as_str()), (speaker, KEEPERS)] {
            let words = format!("{title} {number}");
            api.say(who, title, &phone, &words);
            expected.insert(words);
        }
    }
    // Long enough that it is seen, however busy the machine is.
    stage.scenario.delay("updates.getChannelDifference", Duration::from_secs(1));
    stage.scenario.refuse_connections(false);
    for words in &expected {
        user.heard.message(words).await;
    }
    user.heard.listen().await;
    let words = user.heard.words();
    assert_eq!(words.len(), expected.len(), "each comes once: {words:?}");
    let order: Vec<_> = words.iter().filter(|words| words.starts_with(&name)).collect();
    assert!(order.is_sorted(), "in order: {order:?}");
    let shown: Vec<_> = user.heard.all.iter().filter(|event| matches!(event, Event::Connection(_))).collect();
    assert!(shown.contains(&&Event::Connection(Connection::Updating)));
    assert_eq!(shown.last(), Some(&&Event::Connection(Connection::Online)));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_program_is_closed() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    // The list tells how far channels are; what was missed in them counts from there.
    let (someone, name) = person(&user).await;
    let api = stage.server.api();
    let phone = user.demo.phone.clone();
    api.say(someone, &name, &phone, "Seen");
    user.heard.message("Seen").await;
    user.account.shut_down().await;
    drop(user);

    api.say(someone, &name, &phone, "Missed by the account");
    api.say(stage.demo(1).user_id, KEEPERS, &phone, "Missed in a channel");
    let (account, mut heard) = stage.open("one").await;
    heard.message("Missed by the account").await;
    heard.message("Missed in a channel").await;
    heard.listen().await;
    assert_eq!(heard.words().len(), 2, "what was seen is not shown again: {:?}", heard.words());
    // Who wrote is told along, though nobody has asked for the list in this run.
    assert!(heard.changes().any(|change| matches!(change, Change::Peer(peer) if peer.id == PeerId::User(someone))));
    drop(account);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_that_fails_is_asked_for_again() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (someone, name) = person(&user).await;
    stage.scenario.fail("updates.getDifference", 2, 500, "PERSISTENT_TIMESTAMP_OUTDATED");
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.heard.next(|event| matches!(event, Event::Connection(Connection::Waiting(_)))).await;
    stage.server.api().say(someone, &name, &user.demo.phone, "In between");
    stage.scenario.refuse_connections(false);
    user.heard.message("In between").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_the_server_refuses_means_a_fresh_start() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (someone, name) = person(&user).await;
    stage.scenario.fail("updates.getDifference", 1, 400, "PERSISTENT_TIMESTAMP_INVALID");
    stage.scenario.cut_connections();
    user.heard.change(|change| *change == Change::Refetch).await;
    stage.server.api().say(someone, &name, &user.demo.phone, "After");
    user.heard.message("After").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_missed_in_the_open_channel_is_asked_for_at_the_same_time() {
    const MISSED: usize = 250;
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    user.account.history(keepers, Place::Newest, 20).await.unwrap();
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.heard.next(|event| matches!(event, Event::Connection(Connection::Waiting(_)))).await;
    for number in 0..MISSED {
        stage.server.api().say(stage.demo(1).user_id, KEEPERS, &user.demo.phone, &format!("missed {number}"));
    }
    let calls = || stage.scenario.calls("updates.getChannelDifference");
    let before = calls();
    // Three slices are asked for although nobody answers the first.
    stage.scenario.delay("updates.getChannelDifference", Duration::from_secs(3600));
    stage.scenario.refuse_connections(false);
    eventually("the slices are asked for", || calls() >= before + 3).await;
    user.heard.listen().await;
    assert_eq!(calls(), before + 3, "nothing is asked for beyond what is there");
    assert!(user.heard.words().is_empty());
    stage.scenario.calm();
    stage.scenario.cut_connections();
    user.heard.message(&format!("missed {}", MISSED - 1)).await;
    let expected: Vec<String> = (0..MISSED).map(|number| format!("missed {number}")).collect();
    assert_eq!(user.heard.words(), expected, "each comes once, in its order");
}
