//! Sending.

use crate::stage::{KEEPERS, Stage, User, eventually, pending};
use futures::future::join_all;
use heliograph_model::{Change, Entity, EntityKind, FormattedText, Message, MessageId, PeerId, PeerKind};
use heliograph_telegram::Error;
use std::time::Duration;

/// A person with whom there is a chat, and their name.
async fn friend(user: &User) -> (PeerId, String) {
    let all = user.everything().await;
    let person = all.peers.iter().find(|peer| {
        matches!(peer.kind, PeerKind::User { is_self: false, bot: false, deleted: false, .. })
            && all.chats.iter().any(|chat| chat.id == peer.id)
    });
    let person = person.unwrap();
    (person.id, person.name.clone())
}

/// The sent messages that the app was told of, and whether any came as news.
async fn told(user: &mut User, message: &Message) -> (usize, usize) {
    user.heard.change(|change| matches!(change, Change::Sent { message: m, .. } if m.id == message.id)).await;
    user.heard.listen().await;
    let is_it = |other: &Message| other.chat == message.chat && other.id == message.id;
    let sent = user.heard.changes().filter(|c| matches!(c, Change::Sent { message, .. } if is_it(message))).count();
    let news = user.heard.changes().filter(|c| matches!(c, Change::NewMessage(message) if is_it(message))).count();
    (sent, news)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_appears_once() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (person, name) = friend(&user).await;
    let keepers = user.chat(KEEPERS).await.id;
    for (chat, title) in [(person, name.as_str()), (keepers, KEEPERS)] {
        let words = format!("Hello from a test in {title}");
        let message = user.say(chat, &words).await.unwrap();
        assert!(message.outgoing && message.id.server().is_some() && message.chat == chat);
        assert_eq!((message.text.text.as_str(), Some(message.sender)), (words.as_str(), user.account.me()));
        assert_eq!(told(&mut user, &message).await, (1, 0));
        assert_eq!(stage.texts(&user, title).last(), Some(&words));
        let newest =
            user.account.history(chat, heliograph_model::Place::Newest, 1).await.unwrap().messages.pop().unwrap();
        assert_eq!(newest, message);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn formatting_arrives() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (person, _) = friend(&user).await;
    let text = FormattedText {
        text: "🔥 hot and cold".into(),
        entities: vec![Entity { start: 5, end: 8, kind: EntityKind::Bold }],
    };
    user.account.send(person, pending(), text.clone()).await.unwrap();
    let newest =
        user.account.history(person, heliograph_model::Place::Newest, 1).await.unwrap().messages.pop().unwrap();
    assert_eq!(newest.text, text);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_chat_keeps_its_order_and_others_do_not_wait() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (person, name) = friend(&user).await;
    let keepers = user.chat(KEEPERS).await.id;
    let words: Vec<String> = (0..10).map(|number| format!("Number {number}")).collect();
    let sends = words.iter().map(|words| user.say(person, words));
    let sent: Vec<MessageId> = join_all(sends).await.into_iter().map(|message| message.unwrap().id).collect();
    assert!(sent.is_sorted());
    let kept = stage.texts(&user, &name);
    assert_eq!(kept[kept.len() - words.len()..], words);

    // While one chat waits for its answer, another gets its own.
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let before = stage.scenario.calls("messages.sendMessage");
    let (account, number) = (user.account.clone(), pending());
    let stuck = tokio::spawn(async move { account.send(person, number, FormattedText::plain("Stuck")).await });
    eventually("the first one is on its way", || stage.scenario.calls("messages.sendMessage") > before).await;
    user.say(keepers, "Not stuck").await.unwrap();
    assert!(!stuck.is_finished());
    stuck.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_does_not_make_two_of_one() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (person, name) = friend(&user).await;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let before = stage.scenario.calls("messages.sendMessage");
    let account = user.account.clone();
    let number = pending();
    let send = tokio::spawn(async move { account.send(person, number, FormattedText::plain("Only once")).await });
    eventually("it was carried out", || stage.scenario.calls("messages.sendMessage") > before).await;
    eventually("it was carried out", || stage.texts(&user, &name).last().is_some_and(|last| last == "Only once")).await;
    stage.scenario.cut_connections();
    let message = tokio::time::timeout(crate::stage::PATIENCE, send).await.unwrap().unwrap().unwrap();
    assert_eq!(told(&mut user, &message).await, (1, 0));
    let copies = stage.texts(&user, &name).iter().filter(|words| *words == "Only once").count();
    assert_eq!(copies, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_can_be_sent_again() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (person, name) = friend(&user).await;
    stage.scenario.fail("messages.sendMessage", 1, 403, "CHAT_WRITE_FORBIDDEN");
    let number = pending();
    let text = FormattedText::plain("At last");
    assert_eq!(user.account.send(person, number, text.clone()).await, Err(Error::NotAllowed));
    user.account.send(person, number, text).await.unwrap();
    assert_eq!(stage.texts(&user, &name).last().map(String::as_str), Some("At last"));
    let nothing = user.account.send(person, pending(), FormattedText::plain(" \n ")).await;
    assert!(matches!(nothing, Err(Error::Rpc { .. })));
    let nobody = PeerId::User(999_999_999_999);
    assert_eq!(user.say(nobody, "Hello?").await.err(), Some(Error::UnknownPeer));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stops_to_wait_does_not_call_it_off() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (person, name) = friend(&user).await;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let impatient = tokio::time::timeout(Duration::from_millis(500), user.say(person, "First")).await;
    assert!(impatient.is_err());
    stage.scenario.cut_connections();
    assert!(user.say(person, "Second").await.is_ok());
    let kept = stage.texts(&user, &name);
    assert_eq!(kept[kept.len() - 2..], ["First", "Second"]);
}
