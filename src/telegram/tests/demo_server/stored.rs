//! What was seen stands in the store, and is there without the server.

use crate::stage::{KEEPERS, PATIENCE, Stage, User};
use heliograph_model::{Message, MessageId, Place};
use heliograph_telegram::Search;
use std::time::Duration;

/// The words that the store has at the end of a chat, once they are these; else as they are in the end.
async fn words_once(user: &User, chat: heliograph_model::PeerId, wanted: &[String]) -> Vec<String> {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let page = user.account.stored_history(chat, Place::Newest, 10_000).await.unwrap();
        let words: Vec<String> = page.messages.into_iter().map(|message| message.text.text).collect();
        if words == wanted || tokio::time::Instant::now() > until {
            return words;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn found(user: &User, text: &str) -> Vec<MessageId> {
    let wanted = Search { text: text.into(), limit: 20, ..Search::default() };
    let found = user.account.search_stored(wanted).await.unwrap();
    found.hits.into_iter().map(|hit| hit.message.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pinned_is_there_without_the_server() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    assert!(user.account.stored_pinned(keepers).await.unwrap().is_none(), "nobody has asked yet");
    let pinned = user.account.pinned(keepers, 100).await.unwrap();
    assert!(!pinned.messages.is_empty());
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let stored = user.account.stored_pinned(keepers).await.unwrap();
        // They are written behind the answer.
        if stored.is_some_and(|stored| stored.messages == pinned.messages) {
            break;
        }
        assert!(tokio::time::Instant::now() < until, "what is pinned is not stored");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_seen_is_there_without_the_server() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let mut before: Option<i32> = None;
    loop {
        let place = before.map_or(Place::Newest, Place::Before);
        let page = user.account.history(keepers, place, 60).await.unwrap();
        before = page.messages.first().and_then(|message| message.id.server());
        if page.complete {
            break;
        }
    }
    // By updates, by ourselves, changed and taken back.
    other.chat(KEEPERS).await;
    other.say(keepers, "A zebra came over the causeway").await.unwrap();
    let told = user.heard.message("A zebra came over the causeway").await;
    let own = user.say(keepers, "And an okapi").await.unwrap();
    let gone = other.say(keepers, "Forget the wombat").await.unwrap();
    user.heard.message("Forget the wombat").await;
    other.account.delete(keepers, &[gone.id.server().unwrap()], true).await.unwrap();
    let mine: Message = user.say(keepers, "A quokka by mistake").await.unwrap();
    user.account.delete(keepers, &[mine.id.server().unwrap()], true).await.unwrap();
    user.account.mark_read(keepers, own.id.server().unwrap()).await.unwrap();
    let all = stage.texts(&user, KEEPERS);
    assert!(all.len() > 100, "{}", all.len());
    assert_eq!(words_once(&user, keepers, &all).await, all);
    let list = user.everything().await;
    // The last piece of the list is being written.
    let until = tokio::time::Instant::now() + PATIENCE;
    while user.account.stored_chats(1000).await.unwrap().chats != list.chats && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let demo = user.demo.clone();
    drop(user);

    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    let (account, heard) = stage.open("one").await;
    let account = User { account, heard, demo };
    let stored = account.account.stored_chats(1000).await.unwrap();
    assert_eq!(stored.chats, list.chats);
    for chat in &list.chats {
        assert!(stored.peers.iter().any(|peer| peer.id == chat.id), "{:?} has a name", chat.id);
    }
    let page = account.account.stored_history(keepers, Place::Newest, 10_000).await.unwrap();
    assert!(page.newest && page.verified);
    let words: Vec<&str> = page.messages.iter().map(|message| message.text.text.as_str()).collect();
    assert_eq!(words, all);
    assert!(page.messages.iter().all(|m| page.peers.iter().any(|peer| peer.id == m.sender)), "all have names");
    assert_eq!(found(&account, "zebra").await, [told.id]);
    assert_eq!(found(&account, "okapi").await, [own.id]);
    assert_eq!(found(&account, "wombat").await, []);
    assert_eq!(found(&account, "quokka").await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_after_logging_out() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let keepers = user.chat(KEEPERS).await.id;
    user.account.history(keepers, Place::Newest, 60).await.unwrap();
    let wanted = |page: heliograph_telegram::StoredPage| !page.messages.is_empty();
    while !wanted(user.account.stored_history(keepers, Place::Newest, 9).await.unwrap()) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    user.account.log_out().await.unwrap();
    assert!(user.account.stored_chats(9).await.unwrap().chats.is_empty());
    assert!(!wanted(user.account.stored_history(keepers, Place::Newest, 9).await.unwrap()));
}
