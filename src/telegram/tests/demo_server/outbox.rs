//! What is sent goes out once and in order, whatever ends in between.

use crate::stage::{A_WHILE, Heard, KEEPERS, PATIENCE, Stage, User, eventually, pending};
use heliograph_model::{Change, Delivery, FormattedText, Message, MessageId, PeerId, Place, ReactionKind};
use heliograph_store::{Progress, Task};
use heliograph_telegram::{Account, Error, Event};
use std::time::Duration;

/// A message of ours that waits.
fn ours(chat: PeerId, words: &str) -> Message {
    Message { id: pending(), chat, outgoing: true, text: FormattedText::plain(words), ..Message::default() }
}

/// The program ends and starts again on the same device.
async fn again(stage: &Stage, user: User) -> User {
    let User { account, heard, demo } = user;
    account.shut_down().await;
    drop((account, heard));
    let (account, heard) = stage.open("one").await;
    User { account, heard, demo }
}

fn offline(stage: &Stage) {
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
}

async fn is_offline(heard: &mut Heard) {
    use heliograph_model::Connection as C;
    heard.next(|event| matches!(event, Event::Connection(C::Waiting(_) | C::Connecting))).await;
}

/// How often the server has these words.
fn copies(stage: &Stage, user: &User, words: &str) -> usize {
    stage.texts(user, KEEPERS).iter().filter(|text| *text == words).count()
}

async fn in_outbox(account: &Account, count: usize) -> Vec<Message> {
    for _ in 0..1200 {
        let all = account.outgoing().await;
        if all.len() == count {
            return all;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} wait", account.outgoing().await.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_without_a_connection_goes_out_after_a_restart_once_and_in_order() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    offline(&stage);
    is_offline(&mut user.heard).await;
    for words in ["One", "Two", "Three"] {
        user.account.submit(ours(keepers, words));
    }
    let waiting = in_outbox(&user.account, 3).await;
    assert!(waiting.iter().all(|message| message.delivery == Delivery::Sending));
    let mut user = again(&stage, user).await;
    assert_eq!(in_outbox(&user.account, 3).await, waiting, "they are shown before there is a connection");
    stage.scenario.refuse_connections(false);
    user.heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == waiting[2].id)).await;
    let kept = stage.texts(&user, KEEPERS);
    assert_eq!(kept[kept.len() - 3..], ["One", "Two", "Three"]);
    assert!(in_outbox(&user.account, 0).await.is_empty());
    user.heard.listen().await;
    assert!(user.heard.words().is_empty(), "they are no news: {:?}", user.heard.words());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_answer_was_lost_with_the_program_is_not_sent_twice() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let (first, second) = (ours(keepers, "Got it"), ours(keepers, "Then this"));
    user.account.submit(first.clone());
    user.account.submit(second.clone());
    eventually("it was carried out", || copies(&stage, &user, "Got it") == 1).await;
    let mut user = again(&stage, user).await;
    user.heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == second.id)).await;
    user.heard.listen().await;
    let sent = |id: MessageId| {
        user.heard.changes().filter(|c| matches!(c, Change::Sent { pending, .. } if *pending == id)).count()
    };
    assert_eq!((sent(first.id), sent(second.id)), (1, 1));
    assert_eq!((copies(&stage, &user, "Got it"), copies(&stage, &user, "Then this")), (1, 1));
    assert!(user.heard.words().is_empty(), "they are no news: {:?}", user.heard.words());
    assert!(in_outbox(&user.account, 0).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_may_have_arrived_is_no_news_while_the_server_wants_a_pause_before_it_is_asked() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let first = ours(keepers, "Got it");
    user.account.submit(first.clone());
    eventually("it was carried out", || copies(&stage, &user, "Got it") == 1).await;
    stage.scenario.fail("messages.sendMessage", 2, 420, "FLOOD_WAIT_2");
    let mut user = again(&stage, user).await;
    let held = |event: &Event| matches!(event, Event::Outgoing { delivery: Delivery::Held(_), .. });
    user.heard.next(held).await;
    assert!(matches!(in_outbox(&user.account, 1).await[0].delivery, Delivery::Held(_)));
    user.heard.listen().await;
    assert!(user.heard.words().is_empty(), "it is no news: {:?}", user.heard.words());
    // Neither that nor another end of the program makes it something that never went out.
    let mut user = again(&stage, user).await;
    user.heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == first.id)).await;
    user.heard.listen().await;
    assert_eq!(copies(&stage, &user, "Got it"), 1);
    assert!(user.heard.words().is_empty(), "it is no news: {:?}", user.heard.words());
    assert!(in_outbox(&user.account, 0).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_arrived_is_no_news_where_the_connection_repeats_it_and_the_server_wants_a_pause() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let message = ours(keepers, "Got it");
    user.account.submit(message.clone());
    eventually("it was carried out", || copies(&stage, &user, "Got it") == 1).await;
    let before = stage.scenario.calls("messages.sendMessage");
    stage.scenario.fail("messages.sendMessage", 2, 420, "FLOOD_WAIT_2");
    stage.scenario.cut_connections();
    eventually("it was repeated", || stage.scenario.calls("messages.sendMessage") > before).await;
    user.heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == message.id)).await;
    user.heard.listen().await;
    assert_eq!(copies(&stage, &user, "Got it"), 1);
    assert!(user.heard.words().is_empty(), "it is no news: {:?}", user.heard.words());
    assert!(in_outbox(&user.account, 0).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_with_the_same_words_are_two() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    user.say(keepers, "ha").await.unwrap();
    // The second one never reaches the server.
    stage.scenario.fail("messages.sendMessage", 1, 500, "INTERNAL");
    user.account.submit(ours(keepers, "ha"));
    eventually("it was tried", || stage.scenario.calls("messages.sendMessage") >= 2).await;
    let user = again(&stage, user).await;
    eventually("both are there", || copies(&stage, &user, "ha") == 2).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(copies(&stage, &user, "ha"), 2);
}

/// Makes the outbox of the device believe that what is on its way was tried so many seconds ago.
async fn age(stage: &Stage, seconds: i64) {
    let store = stage.store("one").await;
    let rows = store.outbox().await.unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let since = row.since - seconds;
        assert!(store.set_outgoing(row.random_id, Progress::OnTheWay, since).await.unwrap());
    }
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_the_server_has_is_known_by_its_words_when_its_number_is_forgotten() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.drop_answers("messages.sendMessage", 1);
    let message = ours(keepers, "Long ago");
    user.account.submit(message.clone());
    eventually("it was carried out", || copies(&stage, &user, "Long ago") == 1).await;
    user.account.shut_down().await;
    let User { account, demo, .. } = user;
    drop(account);
    age(&stage, 500).await;
    stage
        .server
        .world()
        .set_limits(heliograph_demo::Limits { random_ids_for: 0, ..heliograph_demo::Limits::default() });
    let (account, mut heard) = stage.open("one").await;
    heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == message.id)).await;
    let user = User { account, heard, demo };
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(copies(&stage, &user, "Long ago"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_about_one_of_unknown_fate() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.fail("messages.sendMessage", 1, 500, "INTERNAL");
    let tried = stage.scenario.calls("messages.sendMessage");
    let message = ours(keepers, "Perhaps");
    user.account.submit(message.clone());
    eventually("it was tried", || stage.scenario.calls("messages.sendMessage") > tried).await;
    user.account.shut_down().await;
    let User { account, demo, .. } = user;
    drop(account);
    age(&stage, 25 * 60 * 60).await;
    let (account, heard) = stage.open("one").await;
    let mut user = User { account, heard, demo };
    user.heard.until(|event| matches!(event, Event::Outgoing { delivery: Delivery::Unknown, .. })).await;
    assert_eq!(copies(&stage, &user, "Perhaps"), 0);
    // It holds nobody up.
    user.say(keepers, "Another").await.unwrap();
    assert_eq!(in_outbox(&user.account, 1).await[0].delivery, Delivery::Unknown);
    user.account.send_again(message.id);
    user.heard.change(|change| matches!(change, Change::Sent { pending, .. } if *pending == message.id)).await;
    assert_eq!(copies(&stage, &user, "Perhaps"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_server_wants_is_shown_and_kept() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.fail("messages.sendMessage", 1, 420, "SLOWMODE_WAIT_2");
    user.say(keepers, "After a pause").await.unwrap();
    assert!(!user.heard.all.iter().any(|event| matches!(event, Event::Refused { .. })));
    user.heard.until(|event| matches!(event, Event::Outgoing { delivery: Delivery::Held(_), .. })).await;
    assert_eq!(copies(&stage, &user, "After a pause"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_refused_is_kept_and_can_be_taken_back() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.fail("messages.sendMessage", 1, 400, "MESSAGE_POLL_CLOSED");
    let message = ours(keepers, "Refused");
    user.account.submit(message.clone());
    user.heard.until(|event| matches!(event, Event::Outgoing { delivery: Delivery::Failed(_), .. })).await;
    let user = again(&stage, user).await;
    let waiting = in_outbox(&user.account, 1).await;
    assert!(matches!(waiting[0].delivery, Delivery::Failed(_)));
    assert_eq!(user.account.take_back(message.id).await.unwrap().text.text, "Refused");
    assert!(in_outbox(&user.account, 0).await.is_empty());
    assert_eq!(user.account.take_back(message.id).await, None);
    assert_eq!(copies(&stage, &user, "Refused"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_messages_without_a_connection_is_done_later_and_in_order() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let first = user.say(keepers, "First").await.unwrap();
    let second = user.say(keepers, "Second").await.unwrap();
    let number = |message: &Message| message.id.server().unwrap();
    offline(&stage);
    is_offline(&mut user.heard).await;
    let better = |words: &str| Message { text: FormattedText::plain(words), ..first.clone() };
    user.account.queue(keepers, Task::Edit(Box::new(better("Better"))));
    user.account.queue(keepers, Task::Edit(Box::new(better("Best"))));
    let reactions = vec![ReactionKind::Emoji("👍".into())];
    user.account.queue(keepers, Task::React { message: number(&first), reactions });
    user.account.queue(keepers, Task::Delete { messages: vec![number(&second)], for_everyone: true });
    user.account.queue(keepers, Task::Read(number(&second)));
    // Shown at once.
    user.heard.change(|c| matches!(c, Change::Edited(message) if message.text.text == "Best")).await;
    user.heard.change(|c| matches!(c, Change::Deleted { messages, .. } if *messages == [number(&second)])).await;
    let user = again(&stage, user).await;
    let edits = stage.scenario.calls("messages.editMessage");
    stage.scenario.refuse_connections(false);
    eventually("it was done", || copies(&stage, &user, "Best") == 1 && copies(&stage, &user, "Second") == 0).await;
    assert_eq!(stage.scenario.calls("messages.editMessage"), edits + 1, "the edit in between is not sent");
    eventually("it was read", || stage.scenario.calls("channels.readHistory") > 0).await;
    let reacted = async {
        loop {
            let page = user.account.history(keepers, Place::Newest, 5).await.unwrap();
            if page.messages.iter().any(|m| m.id == first.id && m.reactions.iter().any(|r| r.chosen)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, reacted).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_as_done_and_is_refused_is_told() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let message = user.say(keepers, "To stay").await.unwrap();
    stage.scenario.fail("channels.deleteMessages", 1, 403, "MESSAGE_DELETE_FORBIDDEN");
    let messages = vec![message.id.server().unwrap()];
    user.account.queue(keepers, Task::Delete { messages, for_everyone: true });
    let refused = user.heard.until(|event| matches!(event, Event::Refused { .. })).await;
    assert!(
        matches!(refused, Event::Refused { chat, error: Error::NotAllowed | Error::Rpc { .. } } if chat == keepers)
    );
    user.heard.change(|change| *change == Change::Refetch).await;
}
